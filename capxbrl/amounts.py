"""Text of a cell or a phrase -> the number printed in it, with its sign, currency, exact digits and place.

A figure is what stands before its number, the number, and what stands behind it (`grammar` has the parts).  Each side
is cut into tokens of a small table; a token that is not known makes a word of the text, or, where it looks like a
figure, an unread one.  Every library tried loses the sign of parentheses or reads words as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from . import currencies, words
from . import tolerances as tol
from .findings import Position
from .grammar import (
    CLOSERS,
    COMMA_ALONE,
    COMMA_LIKELY,
    DASHES,
    FIGURE,
    FRACTION,
    IS_YEAR,
    MARKS,
    NO_FIGURE,
    OPENERS,
    PLAIN,
    POINT_ALONE,
    PRINTED,
    PRINTED_COMMA,
    TRIANGLES,
)
from .grammar import NUMBER as NUMBER
from .model import Amount, Span, Unit
from .patterns import compiled
from .records import dataclass

#: What is longer is no figure: cells with dot leaders are as wide as a page; more digits than a decimal keeps exact.
_WIDEST = 300
MOST_DIGITS = 18

#: The forms of Transformation Registry 4 (2020-02-12), and what none of them yields.
DOT, COMMA, HIDDEN = "ixt:num-dot-decimal", "ixt:num-comma-decimal", "hidden"
_DOTTED = compiled(r"[, \xa00-9]*(?:\.[0-9]+)?")

#: Tokens before a number: (name, pattern, examples). Dots are leaders, but the one that begins ".07".
_BEFORE = (
    ("leader", r"[\s_=:|+]+|\.{2,}|\.(?![0-9])", "....."),
    ("open", rf"[{OPENERS}]", "("),
    ("minus", rf"[{DASHES}]+|[{TRIANGLES}]", "- −"),
    ("mark", r"[*†‡#]+", "*"),
)
#: Tokens behind a number. A capital letter is the mark of a note ("41,250 A"), but one that may say a power of ten.
_BEHIND = (
    ("percent", r"[%％]", "%"),
    (
        "mark",
        rf"[(\[]\s?[0-9A-Za-z]{{1,2}}(?:\s?,\s?[0-9A-Za-z]{{1,2}}){{0,4}}\s?[)\]]|[{MARKS}]{{1,4}}|[¹²³⁰-⁹]+",
        "(1) [a] (1,2) #",
    ),
    ("close", rf"[{CLOSERS}]", ")"),
    ("minus", rf"[{DASHES}]+", "-"),
    ("credit", r"CR(?![A-Za-z])", "CR"),
    ("debit", r"DR(?![A-Za-z])", "DR"),
    ("letter", r"[AC-JLN-SU-WYZ](?![A-Za-z0-9])", "A"),
    ("leader", r"[\s.,;:_|=]+", "....."),
)
#: What a caption omits is no figure: "US$'000", "(000,000)".
_NOUGHTS = frozenset(["000", "000,000"])
_DAY = compiled(r"[0-9]{1,2}\s*,\s*")
_LETTERED = compiled(r"\(\s?[0-9]{0,2}\s?[A-Za-z][0-9A-Za-z]?\s?\)|\[\s?[0-9A-Za-z]{1,2}\s?\]")
#: What a number begins with, most often; "" is the end of the text.
_FIRST = frozenset(["", *"0123456789"])
_LETTER = compiled(r"[^\W\d_]")
#: Of any script.
_DIGIT = compiled(r"\d")
#: Without a digit and any of these, a text is words.
_STROKE = compiled(rf"[{DASHES}{TRIANGLES}]")
_ZERO = Decimal(0)
_EIGHTHS = {"½": 4, "¼": 2, "¾": 6, "⅛": 1, "⅜": 3, "⅝": 5, "⅞": 7}


class PrintedKind(StrEnum):
    """What stands in a cell. DASH: value 0; PERCENT: value in per cent; NONE: n/a, nm: no value is given; UNREAD: it
    looks like a figure, and what it says cannot be read; `shown` is all of it, value 0."""

    NUMBER = "number"
    DASH = "dash"
    PERCENT = "percent"
    NONE = "none"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A number as it stands in a text: value with the printed sign, not scaled; `shown` = text[start:end].

    currency: its sign or code as printed beside it ("RMB", "$"), "" where none is; `currencies.codes` tells what it
    means.
    form: the transformation that makes the value of `shown`, or HIDDEN where none does ("1'234", ".12 1/2").
    """

    value: Decimal
    shown: str
    start: int
    end: int
    kind: PrintedKind
    currency: str = ""
    places: int = 0  # digits after the decimal point
    form: str = DOT


@dataclass(slots=True)
class _Sides:
    """What the tokens before and behind a number say."""

    end: int = 0
    opened: bool = False
    closed: bool = False
    negative: bool = False
    percent: bool = False
    dash: tuple[int, int] | None = None
    currency: str = ""

    @property
    def unopened(self) -> bool:
        """A parenthesis ends that none begins: whether the figure is negative is not told."""
        return self.closed and not self.opened


def has_decimal_commas(texts: Iterable[str]) -> bool:
    """The cells of a table write "41.250,50" for what others write "41,250.50": none says otherwise, and one that
    nobody else prints says so, or some that others seldom print."""
    sure, likely = False, 0
    for text in texts:
        if not ("," in text or "." in text) or "%" in text or len(text) > _WIDEST:
            continue  # rates have three digits after their point
        match = FIGURE.search(text)
        if match is None or _letters(text) > tol.AMOUNTS.letters:
            continue
        figure = match.group()
        if POINT_ALONE.fullmatch(figure):
            return False
        sure = sure or COMMA_ALONE.fullmatch(figure) is not None
        likely += COMMA_LIKELY.fullmatch(figure) is not None
    return sure or likely >= tol.AMOUNTS.ways


def _letters(text: str) -> int:
    """How many letters a text has beside its currency; of many, how many it has."""
    letters = len(_LETTER.findall(text))
    return letters if letters > tol.AMOUNTS.spelled else len(_LETTER.findall(currencies.sign().sub("", text)))


@lru_cache(maxsize=8192)
def parse_amount(text: str, comma: bool = False) -> Printed | None:
    """The one number a cell holds, or None when the cell is empty or holds words.

    Takes "$ (1,234)", "1,234-", "(1,234", "1,234 CR", "- 1,234", "-$ 1,234", "RMB 1,234", "1 234", "--", "12.5%",
    ".07", ".12 1/2", "1,234 (a)", "n/a"; comma: and "1.234,50" (see `has_decimal_commas`).  What looks like a figure
    and is none of these is of kind "unread".
    """
    if not comma and (plain := PLAIN.fullmatch(text)) is not None:
        return _plain(plain)
    if _is_words(text):
        return None
    sides = _before(text)
    number = (PRINTED_COMMA if comma else PRINTED).match(text, sides.end)
    if number is None:
        return _without_number(text, sides)
    if _DAY.fullmatch(text, number.start()) or _LETTERED.fullmatch(text.strip()) or number.group() in _NOUGHTS:
        return None  # the day of a date whose month stands on the line above; a reference to a note; a caption of scale
    found = _number(text, number, comma)
    if found is None or not _behind(text, found.end, sides, letters=len(found.shown) >= 3) or sides.unopened:
        return _unread(text)
    negative = (sides.negative or sides.opened) and found.value
    return Printed(
        value=-found.value if negative else found.value,
        shown=found.shown,
        start=number.start(),
        end=found.end,
        kind=PrintedKind.PERCENT if sides.percent else PrintedKind.NUMBER,
        currency=sides.currency,
        places=_places(found.value),
        form=found.form,
    )


def _is_words(text: str) -> bool:
    """Too long for a figure; or there is no digit, no dash, and nothing said of a number."""
    if _DIGIT.search(text):
        return len(text) > _WIDEST
    return len(text) > tol.AMOUNTS.bare or not (_STROKE.search(text) or _not_given(text))


def _plain(match: re.Match[str]) -> Printed:
    """A figure with nothing but a dollar sign and parentheses around it."""
    before, shown = match.group("before", "shown")
    value, (start, end) = Decimal(shown.replace(",", "")), match.span("shown")
    places, currency = len(shown.partition(".")[2]), "$" if "$" in before else ""
    value = -value if match["open"] else value
    kind = PrintedKind.NUMBER
    return Printed(value=value, shown=shown, start=start, end=end, kind=kind, currency=currency, places=places)


@lru_cache(maxsize=4096)
def opens(text: str) -> bool:
    """The text only begins a figure: "$", "(", "-$", "RMB", "minus". A dash alone may be one: see `is_dash`."""
    if text[:1] in _FIRST or len(text) > tol.AMOUNTS.bare:
        return False
    sides = _before(text)
    return sides.end == len(text) and bool(sides.opened or sides.negative or sides.currency)


@lru_cache(maxsize=4096)
def closes(text: str) -> bool:
    """The text only ends a figure: ")", "%", "*", "(a)", ") (1)", "€"."""
    if len(text) > tol.AMOUNTS.bare or not _behind_token().match(text) or not text.strip(" .,;:_|="):
        return False
    sides = _Sides()
    return _behind(text, 0, sides, letters=False) and not sides.negative


def is_dash(text: str) -> bool:
    """The text is a dash that stands for nothing, or a minus whose number is not in it: "-", "$ -", "(—)"."""
    printed = parse_amount(text)
    return printed is not None and printed.kind is PrintedKind.DASH


def is_year(printed: Printed) -> bool:
    """The number may be a calendar year of a heading: four bare digits, 1980 to 2049."""
    return printed.kind is PrintedKind.NUMBER and IS_YEAR.fullmatch(printed.shown) is not None


def amount(printed: Printed, *, scale: int, unit: Unit, at: Position, span: Span) -> Amount:
    """The figure with its scale applied: exact decimal arithmetic.

    decimals: what is shown (thousands -3, cents 2); a whole number of shares is exact (INF).
    """
    value = printed.value * (Decimal(10) ** scale)
    decimals: int | None = printed.places - scale
    if unit is Unit.SHARES and decimals == 0:
        decimals = None
    return Amount(
        value=value,
        shown=printed.shown,
        scale=scale,
        decimals=decimals,
        unit=unit,
        at=at,
        span=span,
        currency=printed.currency,
        form=printed.form,
    )


# --- the sides -----------------------------------------------------------------------------------------------------


def _tokens(*named: tuple[str, str]) -> re.Pattern[str]:
    """One token, named by its group."""
    return compiled("|".join(f"(?P<{name}>{pattern})" for name, pattern in named))


@cache
def _before_token() -> re.Pattern[str]:
    minus = words.pattern("figures", "minus").pattern
    table = ((name, pattern) for name, pattern, _ in _BEFORE)
    return _tokens(*table, ("currency", _inline(currencies.sign())), ("word", rf"(?i:{minus})(?![A-Za-z])"))


@cache
def _behind_token() -> re.Pattern[str]:
    return _tokens(("currency", _inline(currencies.sign())), *((name, pattern) for name, pattern, _ in _BEHIND))


def _inline(pattern: re.Pattern[str]) -> str:
    return f"(?i:{pattern.pattern})"


def _before(text: str) -> _Sides:
    """What stands before the number, up to `end`."""
    sides, token = _Sides(), _before_token()
    while text[sides.end : sides.end + 1] not in _FIRST and (match := token.match(text, sides.end)) is not None:
        match match.lastgroup:
            case "open":
                sides.opened = True
            case "minus":
                sides.negative = True
                sides.dash = sides.dash or match.span()
            case "word":
                sides.negative = True
            case "currency":
                sides.currency = sides.currency or match.group()
        sides.end = match.end()
    return sides


def _behind(text: str, start: int, sides: _Sides, *, letters: bool) -> bool:
    """Read what stands behind the number into `sides`; False where it is not known. letters: one may be a mark."""
    token, at, first = _behind_token(), start, True
    while at < len(text):
        match = token.match(text, at)
        if match is None:
            return False
        match match.lastgroup:
            case "percent":
                sides.percent = True
            case "close":
                sides.closed = True
            case "minus" | "credit":
                if not first:
                    return False
                sides.negative = True
            case "letter":
                if not letters:
                    return False
            case "currency":
                sides.currency = sides.currency or match.group()
        first = first and match.lastgroup in ("leader", "percent", "currency")
        at = match.end()
    return True


# --- the number ----------------------------------------------------------------------------------------------------


class _Number(NamedTuple):
    """A number without its sides: text[..end] = shown."""

    value: Decimal
    shown: str
    end: int
    form: str


def _number(text: str, match: re.Match[str], comma: bool) -> _Number | None:
    """The number, with the fraction behind it, as it stands without its sides; None where it has too many digits."""
    shown, end, form = match.group(), match.end(), DOT
    if comma or shown.count(".") > 1 or ("." in shown and shown.rfind(",") > shown.rfind(".")):
        form, digits = COMMA, re.sub(r"[.\s]", "", shown).replace(",", ".")
    else:
        form, digits = DOT if _DOTTED.fullmatch(shown) else HIDDEN, re.sub(r"[^0-9.]", "", shown)
    if len(digits) > MOST_DIGITS + 1:
        return None
    value = Decimal(digits)
    fraction = FRACTION.match(text, end)
    if fraction is not None and (part := _part(fraction)) < 1:
        # Half a cent behind ".12": the fraction is one of the last digit.
        value += part.scaleb(-_places(value))
        value, form, end = value.normalize() if "." in digits else value, HIDDEN, fraction.end()
    return _Number(value, text[match.start() : end], end, form)


def _part(fraction: re.Match[str]) -> Decimal:
    if fraction["one"]:
        return Decimal(_EIGHTHS[fraction["one"]]) / 8
    return Decimal(fraction["over"]) / Decimal(fraction["under"])


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _without_number(text: str, sides: _Sides) -> Printed | None:
    """A dash, a word for "not given", an unread figure, or None for words."""
    if sides.dash is not None:
        start, end = sides.dash
        rest = _Sides()
        if end - start <= tol.AMOUNTS.dash and _behind(text, sides.end, rest, letters=False):
            return Printed(
                value=_ZERO,
                shown=text[start:end],
                start=start,
                end=end,
                kind=PrintedKind.PERCENT if rest.percent else PrintedKind.DASH,
                currency=sides.currency or rest.currency,
            )
    if (given := _not_given(text)) is not None:
        return Printed(value=_ZERO, shown=given.group(), start=sides.end, end=len(text), kind=PrintedKind.NONE)
    return _unread(text)


def _not_given(text: str) -> re.Match[str] | None:
    """Words for "no value is given": "n/a", "nm"."""
    return words.pattern("figures", "not given").fullmatch(text.strip(" \xa0()%"))


def _unread(text: str) -> Printed | None:
    """What looks like a figure; None for words, dates, codes and references."""
    if not _DIGIT.search(text) or _letters(text) > tol.AMOUNTS.letters or NO_FIGURE.search(text):
        return None
    shown = text.strip()
    start = text.index(shown)
    return Printed(value=_ZERO, shown=shown, start=start, end=start + len(shown), kind=PrintedKind.UNREAD)
