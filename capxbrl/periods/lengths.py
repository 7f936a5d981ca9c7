"""Periods by their last day and their length: months, or the weeks of filers whose periods end on a weekday."""

from __future__ import annotations

import calendar
import datetime as dt

from ..model import Period

#: Days of a month, of which a year has twelve.
_MONTH = 30.44


def months_of(period: Period) -> int:
    """Length in whole months; 0 for an instant."""
    return 0 if period.start is None else round(((period.end - period.start).days + 1) / _MONTH)


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of a period of whole months that ends on `day`: three months to 30 September begin on 1 July.

    A day that is not the last of its month keeps its number: three months to 15 May begin on 16 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        before = dt.date(year, month, last)
    else:
        before = dt.date(year, month, min(day.day, last))
    return before + dt.timedelta(1)


#: Weeks of a quarter, half year, three quarters and a year of filers whose periods end on a weekday.
_WEEKS = {3: 13, 6: 26, 9: 39, 12: 52}


def duration(end: dt.date, *, months: int | None = None, weeks: int | None = None) -> Period:
    """A period by its last day and its length.  weeks: start = end - 7n + 1 days.

    Months to a day that is not a month's last, yet within ten days of one, are weeks: filers with 52-week years write
    "three months ended June 27" and mean 13 weeks.
    """
    if weeks:
        return Period(start=end - dt.timedelta(7 * weeks - 1), end=end)
    assert months
    last = calendar.monthrange(end.year, end.month)[1]
    near_month_end = end.day != last and (last - end.day <= 10 or end.day <= 7)
    if near_month_end and months in _WEEKS:
        return Period(start=end - dt.timedelta(7 * _WEEKS[months] - 1), end=end)
    return Period(start=months_before(end, months), end=end)


def in_weeks(period: Period) -> Period | None:
    """A quarter, half year, three quarters or a year to the end of a month, counted in weeks; None where it is none."""
    for months, weeks in _WEEKS.items():
        if period.start and period.start == months_before(period.end, months):
            return duration(period.end, weeks=weeks)
    return None


def same_day(year: int, like: dt.date) -> dt.date:
    """`like` moved to another year; the last day of a month stays the last day."""
    last = calendar.monthrange(year, like.month)[1]
    if like.day == calendar.monthrange(like.year, like.month)[1]:
        return dt.date(year, like.month, last)
    return dt.date(year, like.month, min(like.day, last))
