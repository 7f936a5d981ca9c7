"""The last day of each column: by its heading, the title of its table, or the calendar of the filing."""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from collections.abc import Sequence

from ..evidence import Calendar
from ..periods import Clues, same_day
from ..records import dataclass
from .fiscal import fiscal_year, year_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the surroundings say where headings are silent. shift: a fiscal year ends so many years after its name.
    named: the years over the columns. quarter: the number of the quarter that they name, the latest."""

    title: Clues
    calendar: Calendar
    shift: int = 0
    named: frozenset[int] = frozenset()
    quarter: int | None = None


def last_day(clues: Clues, told: Told, index: int, count: int) -> dt.date | None:
    """The last day of a column. index: the column's place among the `count` columns with the same length of period."""
    end = _named_day(clues, told, index, count)
    weekday = clues.weekday or told.title.weekday
    return weekday.near(end) if weekday and end else end


def _named_day(clues: Clues, told: Told, index: int, count: int) -> dt.date | None:
    """The last day as the words name it, but for the weekday."""
    year = clues.years[-1] if clues.years else None
    title = told.title
    if clues.quarter and (end := _end_of_quarter(clues.quarter, year, clues, told)):
        return end
    if clues.dates:
        # "July 3, 2004 and June 28, 2003" over columns headed 2004 and 2003; the date may be of the first column only.
        return _dated(year, clues.dates, told) if year is not None else clues.dates[-1]
    if clues.days:
        year = year or _year_of_title(title, index, count)
        if year is None:
            return next((d for d in title.dates if (d.month, d.day) == clues.days[-1]), None)
        return _day(year, clues.days[-1])
    if year is None:
        return _end_by_title(title, index, count)
    if not title.dates and len(title.days) == count > 1:
        return _day(year, title.days[index])
    return _end_of_year(year, clues, told)


def _end_of_quarter(quarter: int, year: int | None, clues: Clues, told: Told) -> dt.date | None:
    """The last day of a quarter by its number, in the year beside it or the one that the title tells."""
    title = told.title
    if not year and len(title.dates) == 1 and title.months == (12,):
        return _quarter_end(title.dates[0].year, quarter, (title.dates[0].month, title.dates[0].day))
    if year and not clues.dates and not clues.days:
        return _quarter_end(year, quarter, told.calendar.year_end or (12, 31))
    return None


def _year_of_title(title: Clues, index: int, count: int) -> int | None:
    """The year that the title names for a column: its only one, or the one at the column's place."""
    if len(title.years) + len(title.dates) == 1:
        return title.years[0] if title.years else title.dates[0].year
    return title.years[index] if len(title.years) == count else None


def _end_of_year(year: int, clues: Clues, told: Told) -> dt.date | None:
    """The last day of a column under a year without a day: by the title, or by the calendar of the filing."""
    if told.title.dates:
        return _dated(year, told.title.dates, told)
    if told.title.days:
        return _day(year, told.title.days[0])
    calendar = told.calendar
    if calendar.annual:
        return year_end(year + told.shift, calendar.ends)
    part = bool(clues.months) and clues.months[-1] in (3, 6, 9)
    if calendar.latest and calendar.latest.year - year in (0, 1) and (part or not clues.months):
        return same_day(year, calendar.latest)
    if calendar.year_end and part:
        return _quarter_end(year, clues.months[-1] // 3, calendar.year_end)
    return _day(year, calendar.year_end) if calendar.year_end else None


def _end_by_title(title: Clues, index: int, count: int) -> dt.date | None:
    """The last day of a column whose heading tells none: the date of the title at its place, or the only one."""
    dates = list(title.dates)
    dates += [same_day(y, dates[0]) for y in title.years if dates and y not in {d.year for d in dates}]
    if title.days and not dates:
        each = len(title.days) == len(title.years)  # "Sept. 30, Dec. 31," above "2015 2014"
        days = title.days if each else title.days[:1] * len(title.years)
        dates = [d for y, day in zip(title.years, days, strict=True) if (d := _day(y, day))]
    if len(dates) >= count:
        return dates[index]
    return dates[0] if dates and count == 1 else None


def _dated(year: int, dates: Sequence[dt.date], told: Told) -> dt.date:
    """The date of a year among those printed, or the one that belongs to it."""
    mine = [d for d in dates if fiscal_year(d) == year] or [d for d in dates if d.year == year]
    if mine:
        return mine[0]
    if any(d.year - year == 1 and d.month <= 2 and d.year not in told.named for d in dates):
        return dates[-1]  # "Fiscal 2009" over "January 30, 2010"
    same = [d for d in told.calendar.ends if any(e in told.calendar.ends for e in dates)]
    return year_end(year, [*dates, *same])


def _quarter_end(year: int, quarter: int, year_end: tuple[int, int]) -> dt.date:
    """The last day of a quarter of the fiscal year that ends in `year`."""
    back = 3 * (4 - quarter)
    total = year * 12 + year_end[0] - 1 - back
    return dt.date(total // 12, total % 12 + 1, months_of.monthrange(total // 12, total % 12 + 1)[1])


def _day(year: int, day: tuple[int, int]) -> dt.date | None:
    try:
        return dt.date(year, *day)
    except ValueError:
        return same_day(year, dt.date(2000, day[0], 28 if day[0] == 2 else 30)) if day[1] > 28 else None
