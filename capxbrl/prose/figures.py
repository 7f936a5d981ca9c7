"""Running text -> the figures in it: value, unit of the last place, and what it counts. No judgement of what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
#: One figure with what stands directly at it.
_FIGURE = re.compile(
    rf"(?P<currency>US\$|\$|€|£)?\s?(?P<left>\()?\s?(?P<number>{_NUMBER})(?!\d)(?P<right>\s?\))?"
    r"(?:[\s-](?P<scale>thousand|million|billion|trillion)\b)?(?:\s?(?P<percent>%|percent\b|per\scent\b))?(?:\s(?P<cents>cents?)\b)?",
    re.I,
)
_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PER_SHARE = re.compile(r"^\W{0,2}(?:[a-z-]+\s){0,3}?per\s(?:[a-z-]+\s){0,3}?(?:share|ads)\b", re.I)
_PER_OTHER = re.compile(
    r"^\W{0,2}(?:per\s(?!share)(?!cent)[a-z]+|(?:a|an|each|/)\s(?:unit|ton|barrel|ounce|day|month|hour))\b", re.I
)
_POINTS = re.compile(r"^\W{0,2}(?:percentage\s|basis\s)?points?\b", re.I)
_EPS_BEFORE = re.compile(r"\b(?:per\s(?:[a-z-]+\s){0,3}?share|eps)\b[^.;$]{0,60}$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """text[start:end] of a sentence are the digits. value in units (per cent for "%"), step: a unit of the last place.

    unit: "money", "share" (money per share), "percent", or "other" (per unit of something else).
    """

    start: int
    end: int
    stop: int  # after the scale word, the sign and the parenthesis
    value: Decimal
    step: Decimal
    unit: str


def figures(text: str) -> Iterator[Figure]:
    """The amounts, percentages and figures per share of a sentence; bare numbers (dates, counts) are left out."""
    for match in _FIGURE.finditer(text):
        number = match["number"]
        if not (match["currency"] or match["percent"] or match["cents"]):
            continue
        places = len(number.partition(".")[2])
        value, step = Decimal(number.replace(",", "")), Decimal(10) ** -places
        after = text[match.end() :]
        if match["percent"]:
            if _POINTS.match(after):
                continue
            unit = "percent"
        elif match["cents"]:
            value, step, unit = value / 100, step / 100, "share" if _PER_SHARE.match(after) else "other"
        else:
            power = _POWERS.get((match["scale"] or "").lower(), 0)
            value, step = value.scaleb(power), step.scaleb(power)
            if _PER_SHARE.match(after):
                unit = "share"
            elif _PER_OTHER.match(after):
                unit = "other"
            elif power == 0 and places == 2 and value < 1000 and _EPS_BEFORE.search(text[: match.start()]):
                unit = "share"
            else:
                unit = "money"
        start = match.start("number")
        yield Figure(start=start, end=match.end("number"), stop=match.end(), value=value, step=step, unit=unit)
