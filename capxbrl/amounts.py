"""Text of a cell or a phrase -> the number printed in it, with its sign, exact digits and place.

A small grammar on tokens: every library tried loses the sign of parentheses or reads words as numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .findings import Position
from .model import Amount, Span, Unit

#: One number: digits in groups of three, or plain digits, or decimals only.  Groups are of fixed length, so this
#: cannot backtrack badly.
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
DASH = re.compile(r"[-‐-―−]+")
_CURRENCY = re.compile(r"US\$|C\$|Cdn\$|\$|€|£|¥|USD|EUR|GBP|Rs\.?", re.I)
_NOT_GIVEN = re.compile(r"n/?[am]\.?|nil|nmf?|\*+|n\.m\.|n\.a\.", re.I)
#: A mark that refers to a note: "(1)", "(a)", "[2]", "*", a superscript digit.
_NOTE = re.compile(
    r"\(\s?[0-9A-Za-z]{1,2}\s?\)|\[\s?[0-9A-Za-z]{1,2}\s?\]|[*†‡§#+]{1,3}|[¹²³⁰-⁹]+|\([0-9a-z],[0-9a-z]\)"
)
_DIGITS = str.maketrans("", "", ",")
#: What is longer is no figure: cells with dot leaders are as wide as a page; more digits than a decimal keeps exact.
_WIDEST = 300
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A number as it stands in a text: value with the printed sign, not scaled; `shown` = text[start:end].

    kind: "number", "dash" (value 0), "percent" (value in per cent), or "none" (n/a, nm: no value is given).
    """

    value: Decimal
    shown: str
    start: int
    end: int
    kind: str
    currency: str = ""
    places: int = 0  # digits after the decimal point


def parse_amount(text: str) -> Printed | None:
    """The one number a cell holds, or None when the cell is empty or holds words.

    Takes "$ (1,234)", "1,234-", "(1,234", "1,234 CR", "- 1,234", "--", "12.5%", ".07", "1,234 (a)", "n/a".
    """
    at, end = 0, len(text)
    if end > _WIDEST:
        return None
    negative = False
    currency = ""
    while at < end:
        char = text[at]
        if char.isspace() or char in "_=.:|":
            # Dot leaders run into the cell; a decimal point is followed by a digit and belongs to the number.
            if char == "." and at + 1 < end and text[at + 1].isdigit() and not (at and text[at - 1] == "."):
                break
            at += 1
        elif char in "([{<":
            if _NOTE.fullmatch(text[at:].strip()) and not text[at:].strip(" ()").isdigit():
                return None
            negative = True
            at += 1
        elif char in "-‐‑‒–—―−":
            dash = DASH.match(text, at)
            assert dash is not None
            rest = text[dash.end() :].lstrip(" \xa0$(").lstrip()
            if rest[:1].isdigit() or (rest[:1] == "." and rest[1:2].isdigit()):
                negative = True
                at = dash.end()
                continue
            if rest.strip(" )\xa0%*-‐‑‒–—―−") and not _NOTE.fullmatch(rest.strip()):
                return None
            if len(dash.group()) > 4:
                return None  # a drawn rule
            kind = "percent" if "%" in rest else "dash"
            return Printed(
                value=Decimal(0), shown=dash.group(), start=dash.start(), end=dash.end(), kind=kind, currency=currency
            )
        elif symbol := _CURRENCY.match(text, at):
            currency = symbol.group()
            at = symbol.end()
        elif char == "*" or char in "†‡":
            at += 1
        else:
            break
    number = NUMBER.match(text, at)
    if number is None:
        given = _NOT_GIVEN.fullmatch(text.strip(" \xa0()%"))
        return Printed(value=Decimal(0), shown=given.group(), start=at, end=end, kind="none") if given else None
    if len(number.group()) <= 2 and text[number.end() :].strip() == ",":
        return None  # the day of a date whose month stands on the line above
    after = text[number.end() :].replace("\xa0", " ").strip()
    kind = "number"
    if after.startswith(("%", ")%", ") %")):
        kind = "percent"
        after = after.replace("%", "", 1).strip()
    if after.startswith((")", "]", "}", ">")) or (after[:1] and after[0] in "-‐‑‒–—―−"):
        negative = True
        after = after[1:].strip()
    elif after[:2].upper() in ("CR", "DR") and not after[2:3].isalpha():
        negative = after[:2].upper() == "CR"
        after = after[2:].strip()
    if after.startswith("%"):
        kind, after = "percent", after[1:].strip()
    while after:
        note = _NOTE.match(after)
        if note is None:
            if after[0] in ".,;$)_|=":
                after = after[1:].strip()
                continue
            return None
        after = after[note.end() :].strip()
    shown = number.group()
    if len(shown) > MOST_DIGITS and sum(c.isdigit() for c in shown) > MOST_DIGITS:
        return None
    value = Decimal(shown.translate(_DIGITS))
    return Printed(
        value=-value if negative and value else value, shown=shown, start=number.start(), end=number.end(),
        kind=kind, currency=currency, places=len(shown.partition(".")[2]),
    )  # fmt: skip


def is_year(printed: Printed) -> bool:
    """The number may be a calendar year of a heading: four bare digits, 1980 to 2049."""
    return (
        printed.kind == "number"
        and printed.shown.isdigit()
        and len(printed.shown) == 4
        and 1980 <= printed.value < 2050
    )


def amount(printed: Printed, *, scale: int, unit: Unit, at: Position, span: Span) -> Amount:
    """The figure with its scale applied: exact decimal arithmetic.

    decimals: what is shown (thousands -3, cents 2); a whole number of shares is exact (INF).
    """
    value = printed.value * (Decimal(10) ** scale)
    decimals: int | None = printed.places - scale
    if unit is Unit.SHARES and decimals == 0:
        decimals = None
    return Amount(value=value, shown=printed.shown, scale=scale, decimals=decimals, unit=unit, at=at, span=span)
