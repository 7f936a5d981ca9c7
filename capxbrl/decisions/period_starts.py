"""Where flows begin: the day after a balance sheet's date, where the page has one near the computed start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set

from ..evidence import DecidedTable
from ..model import Column, Kind, Period
from ..periods import in_weeks
from ..records import replace
from . import tolerances as tol
from .fiscal import annual, by_weeks, fiscal_year, year_end


def start_after_balances(tables: Sequence[DecidedTable]) -> tuple[DecidedTable, ...]:
    """Flows begin the day after a balance sheet's date where the page has one near the computed start.

    The first day of a 52-week period is seldom printed; a 14-week quarter makes thirteen weeks too few.
    """
    tables = _of_weeks(tables)
    printed, derived = _closings(tables)

    def settled(column: Column) -> Column:
        start, end = column.period.start, column.period.end
        if start is None or "week" in column.heading.lower():
            return column
        eve = start - dt.timedelta(1)
        near = _nearest(printed, eve, end, tol.DAYS.same) or _nearest(derived, eve, end, tol.DAYS.nearest)
        if near is None and _is_long(column) and eve - dt.timedelta(7) in derived:
            near = eve - dt.timedelta(7)  # a 53rd week, by the rule of the other years
        if near is None or near == eve:
            return column
        return replace(column, period=Period(start=near + dt.timedelta(1), end=end))

    return tuple(replace(t, columns=tuple(settled(c) for c in t.columns)) for t in tables)


def _of_weeks(tables: Sequence[DecidedTable]) -> Sequence[DecidedTable]:
    """Where all periods of the filing end on one weekday, and not all with a month, those that do are of weeks, too."""
    if not by_weeks({c.period.end for t in tables for c in t.columns}):
        return tables
    return [
        replace(t, columns=tuple(replace(c, period=in_weeks(c.period) or c.period) for c in t.columns)) for t in tables
    ]


def _is_long(column: Column) -> bool:
    """It covers a year, of 52 weeks or of 53."""
    start = column.period.start
    return start is not None and (column.period.end - start).days > tol.DAYS.long


def _nearest(closings: set[dt.date], eve: dt.date, end: dt.date, reach: int) -> dt.date | None:
    """The closing day within `reach` days of the eve of a period that ends later."""
    near = min((d for d in closings if d < end), key=lambda d: (abs((d - eve).days), d), default=None)
    return near if near and abs((near - eve).days) <= reach else None


def _closings(tables: Sequence[DecidedTable]) -> tuple[set[dt.date], set[dt.date]]:
    """The days on which periods closed: those of balance sheets and of years of flows, and the year ends before
    them."""
    shown = {c.period.end for t in tables for c in t.columns if t.headed.kind is Kind.BALANCE_SHEET}
    flows = [c.period for t in tables for c in t.columns if c.period.start]
    ends = {p.end for p in flows}
    years = {p.end for p in flows if p.start and (p.end - p.start).days > tol.DAYS.long}
    if annual(tuple(shown)):
        years |= shown
    elif shown:
        years |= shown - {max(shown)}
    return shown | years, {_year_before(d, years, by_weeks(shown | ends)) for d in years}


def _year_before(end: dt.date, years: Set[dt.date], weekly: bool) -> dt.date:
    """The end of the year before: by the rule of the other years' ends, 52 weeks before, or the same day."""
    if not weekly:
        return year_end(fiscal_year(end) - 1, [end])
    before = year_end(fiscal_year(end) - 1, sorted(years))
    return before if end - before in _YEARS_OF_WEEKS else end - _YEARS_OF_WEEKS[0]


#: Fifty-two weeks, and fifty-three.
_YEARS_OF_WEEKS = (dt.timedelta(364), dt.timedelta(371))
