"""Running text -> the figures in it: value, unit of the last place, and what it counts. No judgement of what it
means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from ..model import Counted, Number
from ..patterns import compiled
from . import tolerances as tol

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
#: The sign of a currency directly before a figure.
_BEFORE = r"(?:us\$|\$|€|£)\s?\(?\s?\Z"
_MOST_BEFORE = len("US$ ( ")
#: One number with what stands directly behind it.
_FIGURE = (
    rf"(?=[0-9.])(?P<number>{_NUMBER})(?!\d|[,.][^\D0-9])(?:\s?\))?"
    r"(?:[\s-](?P<scale>thousand|million|billion|trillion)\b)?(?:\s?(?P<percent>%|percent\b"
    r"|per\scent\b))?(?:\s(?P<cents>cents?)\b)?"
)
_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PER_SHARE = r"^\W{0,2}(?:[a-z-]+\s){0,3}?per\s(?:[a-z-]+\s){0,3}?(?:share|ads)\b"
_PER_OTHER = r"^\W{0,2}(?:per\s(?!share)(?!cent)[a-z]+|(?:a|an|each|/)\s(?:unit|ton|barrel|ounce|day|month|hour))\b"
_POINTS = r"^\W{0,2}(?:percentage\s|basis\s)?points?\b"
_EPS_BEFORE = r"\b(?:per\s(?:[a-z-]+\s){0,3}?share|eps)\b[^.;$]{0,60}$"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def figures(text: str) -> Iterator[Number]:
    """The amounts, percentages and figures per share of a sentence in small letters; bare numbers (dates, counts) are
    left out."""
    last = 0
    for match in _compiled(_FIGURE).finditer(text):
        first, last = max(last, match.start() - _MOST_BEFORE), match.end()
        begin = _begin(text, first, match.start())
        if not (begin < match.start() or match["percent"] or match["cents"]):
            continue
        before = text[:begin]
        number = match["number"]
        places = len(number.partition(".")[2])
        value, step = Decimal(number.replace(",", "")), Decimal(10) ** -places
        after = text[match.end() : match.end() + 120]
        if match["percent"]:
            if _compiled(_POINTS).match(after):
                continue
            unit = Counted.PERCENT
        elif match["cents"]:
            value, step, unit = (
                value / 100,
                step / 100,
                Counted.SHARE if _compiled(_PER_SHARE).match(after) else Counted.OTHER,
            )
        else:
            power = _POWERS.get(match["scale"], 0)
            cents = power == 0 and places == 2 and value < 1000
            value, step, unit = value.scaleb(power), step.scaleb(power), _unit(before, after, cents)
        yield Number(
            start=match.start("number"), end=match.end("number"), stop=match.end(), value=value, step=step, unit=unit
        )


def _begin(text: str, first: int, number: int) -> int:
    """Where the sign of a currency before a number begins, no further left than the first place; else the number."""
    near = text[first:number]
    if not ("$" in near or "€" in near or "£" in near):
        return number
    sign = _compiled(_BEFORE).search(near)
    return first + sign.start() if sign else number


def _unit(before: str, after: str, cents: bool) -> Counted:
    """What an amount is of. cents: two places and no more than hundreds, as figures per share are."""
    if _compiled(_PER_SHARE).match(after):
        return Counted.SHARE
    if _compiled(_PER_OTHER).match(after):
        return Counted.OTHER
    return Counted.SHARE if cents and _compiled(_EPS_BEFORE).search(before[-tol.PROSE.per_share :]) else Counted.MONEY
