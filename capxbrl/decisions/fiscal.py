"""The last days of fiscal years that a page does not print, from those that it does.

A fiscal year of 52 or 53 weeks ends on the same weekday each year: the last of its month, or the one nearest to a day.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence, Set
from itertools import combinations, pairwise

from ..periods import same_day
from . import tolerances as tol

_WEEK = dt.timedelta(7)


def fiscal_year(end: dt.date) -> int:
    """The year that a fiscal year's last day counts for: January 1, 2023 ends the year 2022."""
    return end.year - (end.month == 1 and end.day <= 7)


def year_end(year: int, known: Sequence[dt.date]) -> dt.date:
    """The last day of the fiscal year `year`. known: last days of other years, at least one."""
    mine = [d for d in known if fiscal_year(d) == year]
    if mine:
        return mine[0]
    near = min(known, key=lambda d: (abs(fiscal_year(d) - year), d))
    guess = _moved(near, year)
    alone = len(known) == 1 and _is_of_weeks(known[0])
    return _by_weekday(year, known, near, guess) if alone or _by_weeks(known) else guess


def _by_weekday(year: int, known: Sequence[dt.date], near: dt.date, guess: dt.date) -> dt.date:
    """The last day of a fiscal year of 52 or 53 weeks. near: of the known days the nearest; guess: it, moved."""
    around = (guess + dt.timedelta(n) for n in range(-tol.DAYS.same, tol.DAYS.same + 1))
    days = [day for day in around if day.weekday() == near.weekday()]
    last, nearest = all(map(_last_of_month, known)), all(map(_near_month_end, known))
    if last and nearest and abs(fiscal_year(near) - year) == 1:
        # Both rules fit: five years of six have 52 weeks.
        return near + (52 * _WEEK if year > fiscal_year(near) else -52 * _WEEK)
    if last:
        return next((d for d in days if _last_of_month(d) and d.month == near.month), guess)
    if nearest and len(known) > 1 and (around_end := [d for d in days if _near_month_end(d)]):
        return around_end[0]  # none is the last of its month: each is the one nearest to a month's end
    middle = sum(_off(d, near) for d in known) / len(known)
    return min(days, key=lambda d: abs(_off(d, near) - middle))


def by_weeks(days: Set[dt.date]) -> bool:
    """All days are of one weekday, and some is not the end of a month."""
    return len({d.weekday() for d in days}) == 1 and not all(map(_last_day, days))


def annual(dates: Sequence[dt.date]) -> bool:
    """The dates are all about a year apart: balance sheets of year ends, not of an interim date and the last
    year end."""
    ordered = sorted(dates)
    return len(ordered) > 1 and all(tol.DAYS.short_year <= (b - a).days <= tol.DAYS.year for a, b in pairwise(ordered))


def _moved(date: dt.date, year: int) -> dt.date:
    shifted = year - fiscal_year(date) + date.year
    return same_day(shifted, date)


def _by_weeks(known: Sequence[dt.date]) -> bool:
    """Two year ends on one weekday but on different days of the month, the month's last day aside."""
    return any(
        a.weekday() == b.weekday() and (a.month, a.day) != (b.month, b.day) and not (_last_day(a) and _last_day(b))
        for a, b in combinations(known, 2)
    )


def _is_of_weeks(date: dt.date) -> bool:
    """A year's end near that of a month, and not on it: only years of weeks end so."""
    return not _last_day(date) and (date.month, date.day) != (2, 28) and abs(_from_month_end(date)) <= tol.DAYS.weeks


def _last_day(date: dt.date) -> bool:
    return date.day == calendar.monthrange(date.year, date.month)[1]


def _last_of_month(date: dt.date) -> bool:
    """The last such weekday of its month."""
    return (date + _WEEK).month != date.month


def _from_month_end(date: dt.date) -> int:
    """How many days after the nearest month's end; negative before it."""
    ends = [dt.date(date.year, date.month, 1) - dt.timedelta(1)]
    ends.append(dt.date(date.year, date.month, calendar.monthrange(date.year, date.month)[1]))
    return min(((date - end).days for end in ends), key=abs)


def _near_month_end(date: dt.date) -> bool:
    """No other such weekday is nearer to a month's end."""
    return abs(_from_month_end(date)) <= tol.DAYS.nearest


def _off(date: dt.date, like: dt.date) -> int:
    """How many days `date` is after the day of `like` in its own fiscal year."""
    return (date - _moved(like, fiscal_year(date))).days
