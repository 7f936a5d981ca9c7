"""The named parts that figures, years, marks of notes and drawn rules are made of, and the patterns composed of them.

A figure, a year or a rule is recognised by what stands here, wherever it is recognised.  The parts are strings; groups
have fixed lengths and no quantifier holds another one, so that no text makes them run long.
"""

from __future__ import annotations

import re

from .patterns import compiled

#: Every stroke that filings print for a minus, a dash or "nil"; inside a class of characters.
DASHES = r"\-‐‑‒–—―−﹣－"
#: What opens and closes a figure in parentheses, those of East Asian type too; inside a class of characters.
OPENERS, CLOSERS = r"(\[{<（［｛〈＜", r")\]}>）］｝〉＞"
#: Triangles that East Asian filers print for a minus.
TRIANGLES = "▲△▴▵"
#: What marks a note behind a figure; inside a class of characters.
MARKS = rf"*†‡§¶#+~^@!?°®™•●○■□◆◇◊♦★☆∆Δ▼▽{TRIANGLES}"
#: An apostrophe between thousands (Switzerland).
APOSTROPHES = "'’‘`´′"

DIGITS = r"[0-9]+"
_DECIMALS = r"(?:\.[0-9]+)?"
#: The ways to print a number, from the most to the least particular: (name, pattern, an example).
NUMBERS = (
    ("grouped by commas", rf"[0-9]{{1,3}}(?: ?, ?[0-9]{{3}})+(?![0-9]){_DECIMALS}", "1,234.50"),
    ("grouped by points", r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])(?:,[0-9]+)?", "1.234.567,50"),
    ("point and comma", r"[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}(?![0-9])", "1.234,50"),
    ("grouped by apostrophes", rf"[0-9]{{1,3}}(?:[{APOSTROPHES}][0-9]{{3}})+(?![0-9]){_DECIMALS}", "1'234.50"),
    ("grouped by blanks", rf"[0-9]{{1,3}}(?:\s[0-9]{{3}})+(?![0-9,]){_DECIMALS}", "1 234.50"),
    ("plain", rf"[0-9]+{_DECIMALS}|\.[0-9]+", "1234.50"),
)
#: One number of ASCII digits in a cell, in any of these ways.
PRINTED = compiled("|".join(pattern for _, pattern, _ in NUMBERS))
#: Nearly all of them, with nothing but a dollar sign and parentheses around: "1,234", "$ 1,234.50", "(12", "$(12)".
PLAIN = compiled(
    r"(?P<before>\$? *(?:(?P<open>\()(?:\$ *)?)?)"
    r"(?P<shown>[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,4})?|[1-9][0-9]{0,8}(?:\.[0-9]{1,8})?)(?(open)\)?)"
)
#: The same where a table writes its decimals behind a comma.
PRINTED_COMMA = compiled(r"[0-9]{1,3}(?:[. \xa0\u2009\u202f][0-9]{3})+(?![0-9.])(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?")
#: What tells the one way from the other: a figure of a cell; one that only a table with decimal commas prints; one that
#: it alone is likely to print (1,50), or that is no sum of money elsewhere (41.250); one of a table with decimal
#: points.
FIGURE = compiled(r"[0-9][0-9.,]*[0-9]|\.[0-9]+")
COMMA_ALONE = compiled(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
COMMA_LIKELY = compiled(r"[0-9]+,[0-9]{1,2}|[1-9][0-9]{1,2}\.[0-9]{3}")
POINT_ALONE = compiled(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+")
#: Digits of other scripts, which no transformation knows: a number that has them is none, no part of it either.
OTHER_DIGIT = r"[^\D0-9]"
UNMIXED, UNMIXED_END = rf"(?<!{OTHER_DIGIT})(?<!{OTHER_DIGIT}[,.])", rf"(?![0-9,.]*{OTHER_DIGIT})"
#: One number in running text, where a blank or a point ends it.
NUMBER = compiled(
    rf"{UNMIXED}(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+){UNMIXED_END}"
)
#: Fractions as one sign.
FRACTION_SIGNS = "½¼¾⅛⅜⅝⅞"
#: A fraction behind a number: ".12 1/2" is an eighth of a dollar and a half cent more. Those that end are exact.
FRACTION = compiled(
    rf"\s?-?\s?(?:(?P<over>[0-9]{{1,2}})\s?[/⁄]\s?(?P<under>2|4|8|16|32|64)(?![0-9/])|(?P<one>[{FRACTION_SIGNS}]))"
)
#: A calendar year that a filing may be about.
YEAR = r"(?:19[89]|20[0-4])[0-9]"
IS_YEAR = compiled(YEAR)
#: Any year of two centuries, where only dates stand.
ANY_YEAR = r"(?:19|20)[0-9]{2}"
#: What has digits and is no figure, though it is as short as one: (pattern, examples).
OTHERWISE = (
    (r"^\W*[0-9]{1,2}\s?[/:]\s?[0-9]", "12/31 10:30"),
    (rf"[0-9]\s?%?\s?[{DASHES}]\s?[0-9]", "3-5 6-30-99"),
    (rf"[A-Za-z][{DASHES}][0-9]|[0-9][{DASHES}][A-Za-z]", "F-3 10-K"),
    (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}", "30.06.99"),
    (r"[0-9](?:st|nd|rd|th|d)\b", "1st 2d"),
    (r"\b[QHF]Y?\s?'?[0-9]|[0-9][QH]\b|[0-9]\s?[QH][0-9]", "Q1 FY09 2Q"),
    (r"['’][0-9]{2}\b", "'09"),
    (r"^\W*(?:[0-9]{0,2}\s?\(?[A-Za-z]\)?|[A-Za-z]{1,2}[0-9]{1,2})\W*$", "1A (b) A1"),
    (r"^\W*[0-9]{1,2}\s?,\s*$", "30,"),
    (r"^\s*\[.{1,4}\]\s*$", "[1]"),
    (r"^\W*000|['’]000|[x×]\s?[$€£]?\s?1,000", "('000) x1,000"),
    (rf"\b{YEAR}\b[\s,&]+{YEAR}\b", "1998,1997"),
)
NO_FIGURE = compiled("|".join(pattern for pattern, _ in OTHERWISE), re.IGNORECASE)
#: The months by their names, and as they are cut short: alternatives, in any case of letters.
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
#: The strokes that lines are drawn with; inside a class of characters. A line drawn with them.
STROKES = "-=_─═‗~"
RULE = compiled(rf"[{STROKES}]{{3,}}")

_REFERENCE = r"(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,4}|[*†‡§¶#+~^]{1,4})"
_BRACKETED = rf"[(\[]\s?{_REFERENCE}\s?[)\]]"
#: A reference to a note, raised or not: "(1)", "[a]", "*", "1", "1)", "(1),(2)", "(1)(2)", "1,2", "a, b".
NOTE = compiled(
    rf"(?:{_BRACKETED}|{_REFERENCE}\)?)(?:\s?[,;&]\s?(?:{_BRACKETED}|{_REFERENCE}\)?)|\s?{_BRACKETED}){{0,5}}[,;]?"
)
