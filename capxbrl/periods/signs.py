"""Dates and quarters written with signs, and rules of days: "6/30/09", "3Q95", "the Saturday nearest January 31"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from ..grammar import YEAR
from ..patterns import compiled
from .clues import Clues, Weekday
from .days import MONTH_NAMES, MONTHS, WEEKDAYS, date_of, full_year, known

_ISO = compiled(rf"(?<!\d)({YEAR})-(\d{{2}})-(\d{{2}})(?!\d)")
#: Not the prices "87 1/2-72 3/4": the signs are alike, and no number stands before.
_SLASHED = compiled(r"(?<![\d/])(?<!\d )(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")

#: "31.03.2011", "03.31.11": the day stands first unless it could be no month.
_DOTTED = compiled(r"(?<![\d.,$])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.%]|,\d)")
#: "3Q95", "Q3 1995", "Q3'95", "Q3 FY95".
_QUARTER = compiled(
    r"\b(?:([1-4])Q|Q([1-4]))(?![1-4](?!\d))[ ]?(?:F[Y]?)?[ ]?['’/-]?(\d{4}|\d{2})?\b(?!\s*\d{1,2},)", re.I
)
#: "H1 2015", "1H15".
_HALF = compiled(r"\b(?:([12])H|H([12]))(?![1-9](?!\d))[ ]?['’/-]?(\d{4}|\d{2})?\b(?!\s*\d{1,2},)", re.I)
#: "Dec-31-2003", "Dec/31/03".
_HYPHENED = compiled(rf"\b({MONTH_NAMES})\.?([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?!\d)", re.I)
#: "Y/E", "FY/E": a year ended.
_YEAR_END = compiled(r"\bF?Y/E\b", re.I)


def _year_ended(_: re.Match[str]) -> Clues:
    return Clues(months=(12,), ended=True)


def _iso(match: re.Match[str]) -> Clues | None:
    date = date_of(int(match[1]), int(match[2]), int(match[3]))
    return Clues(dates=(date,)) if date else None


def _slashed(match: re.Match[str]) -> Clues | None:
    year = full_year(match[4])
    date = date_of(year, int(match[1]), int(match[3])) if known(year) else None
    return Clues(dates=(date,)) if date else None


def _dotted(match: re.Match[str]) -> Clues | None:
    year, first, second = full_year(match[3]), int(match[1]), int(match[2])
    day, month = (second, first) if second > 12 else (first, second)
    date = date_of(year, month, day) if known(year) else None
    return Clues(dates=(date,)) if date else None


def _hyphened(match: re.Match[str]) -> Clues | None:
    year = full_year(match[4])
    date = date_of(year, MONTHS[match[1].lower()], int(match[3])) if known(year) else None
    return Clues(dates=(date,)) if date else None


def _numbered_quarter(match: re.Match[str]) -> Clues:
    return Clues(quarter=int(match[1] or match[2]), years=(full_year(match[3]),) if match[3] else ())


def _numbered_half(match: re.Match[str]) -> Clues:
    quarter = 2 * int(match[1] or match[2])
    return Clues(quarter=quarter, months=(6,), years=(full_year(match[3]),) if match[3] else ())


#: "the Saturday nearest", "the last Saturday in August"; the day or the year behind is read by itself.
_RULE = compiled(
    rf"\b(last )?({'|'.join(WEEKDAYS)}) (?:(?:nearest|closest)(?: to)?(?: the)?(?: end of)?|in|of)\b"
    rf"(?: ({MONTH_NAMES})\b(?!\.?,? ?\d))?",
    re.I,
)


def _weekday(match: re.Match[str]) -> Clues | None:
    last = match[1] is not None
    if not last and match[0].lower().endswith(("in", "of")):
        return None
    month = MONTHS.get((match[3] or "").lower())
    days = ((month, calendar.monthrange(2001, month)[1]),) if month else ()
    return Clues(weekday=Weekday(WEEKDAYS.index(match[2].lower()), last), days=days)


#: What is written with signs ("2009-06-30", "6/30/09", "3Q95"): one of these it has, in small letters; its pattern; how
#: it is read.
WRITTEN: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], Clues | None]], ...] = (
    (("-",), _ISO, _iso),
    (("/", "-"), _SLASHED, _slashed),
    ((".",), _DOTTED, _dotted),
    (("-", "/", "."), _HYPHENED, _hyphened),
    (("q",), _QUARTER, _numbered_quarter),
    (("h",), _HALF, _numbered_half),
    (("/",), _YEAR_END, _year_ended),
    (("day",), _RULE, _weekday),
)
