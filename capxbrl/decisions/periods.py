"""Decision: the period of each column.

A column's own heading speaks first, then the title of its table, then the calendar of the filing; a column that none of
them dates has no period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from .. import words
from ..evidence import Calendar, HeadedTable, Heading
from ..findings import Finding, Outcome, Severity
from ..model import Kind, Period
from ..periods import duration, in_weeks
from ..records import replace
from .fiscal import by_weeks, fiscal_year
from .period_ends import Told, last_day
from .period_lengths import Length, as_printed, own_length, printed_span, settled_length, weeks_said


def balance_dates(faces: Sequence[HeadedTable]) -> set[dt.date]:
    """The days over the columns of the balance sheets, by their own words alone; the number of a quarter is no day."""
    sheets = (t for t in faces if t.kind is Kind.BALANCE_SHEET)
    over = (zip(t.headings, column_periods(t, Calendar()), strict=True) for t in sheets)
    return {p.end for pairs in over for h, p in pairs if p and (not h.clues.quarter or h.clues.dates or h.clues.days)}


def decide_periods(
    headed: HeadedTable,
    calendar: Calendar,
    reports: Callable[[Sequence[Heading]], bool],
    day_in_prose: Callable[[], tuple[int, int] | None],
    assumed: Period | None = None,
) -> Outcome[HeadedTable]:
    """The table with the period of each column. assumed: that of the first column, as the user says, where none is
    told.

    reports: some column of these headings reports. day_in_prose: the end of the year that the running text names,
    looked for only when nothing else says when bare years end. Findings: `statements.year-end`, `statements.no-period`.
    """
    findings: list[Finding] = []
    dated = headed.dated(column_periods(headed, calendar))
    if not reports(dated.headings) and _under_years(headed.headings):
        day = day_in_prose()
        dated = headed.dated(column_periods(headed, replace(calendar, year_end=day or (12, 31))))
        if reports(dated.headings) and day is None:
            findings.append(_assumed(headed))
    if not reports(dated.headings) and assumed is not None and headed.headings:
        own = Period(end=assumed.end) if headed.kind is Kind.BALANCE_SHEET else assumed
        dated = headed.dated((own, *(None for _ in headed.headings[1:])))
    if not reports(dated.headings):
        findings.append(_undated(headed))
    return Outcome(dated, tuple(findings))


def _under_years(headings: Sequence[Heading]) -> bool:
    """A year stands over each column that has words over it."""
    worded = [h for h in headings if h.text]
    return bool(worded) and all(h.clues.years for h in worded)


def _assumed(headed: HeadedTable) -> Finding:
    return Finding(
        code="statements.year-end",
        severity=Severity.WARNING,
        at=headed.first_row.source.at,
        message=f"a {headed.kind.value.replace('_', ' ')} under bare years, and nothing says when they end: "
        "December 31 is assumed",
        hint="give the complete submission: its header and its text tell the end of the fiscal year",
    )


def _undated(headed: HeadedTable) -> Finding:
    return Finding(
        code="statements.no-period",
        severity=Severity.WARNING,
        at=headed.first_row.source.at,
        message=f"a {headed.kind.value.replace('_', ' ')} whose columns have no date that could be read",
        hint="the figures of this table are left out; the column headings need a date or a length of period",
    )


def column_periods(headed: HeadedTable, calendar: Calendar) -> tuple[Period | None, ...]:
    """The period of each column; None where the page does not say it."""
    headings = headed.headings
    if calendar.year_end is None and any(h.clues.quarter and not h.clues.dates for h in headings):
        calendar = replace(calendar, year_end=(12, 31))  # quarters by number, and the year beside them
    told = _told(headed, calendar)
    if headed.kind is Kind.BALANCE_SHEET:
        ends = (last_day(h.clues, told, i, len(headings)) for i, h in enumerate(headings))
        return tuple(Period(end=end) if end else None for end in ends)
    lengths = [own_length(h.clues, told.title) for h in headings]
    if _are_parts(headings) and len(told.title.dates) == 1:
        return (_duration_of(0, headings[:1], lengths[:1], told),) * len(headings)
    return _alike(tuple(_duration_of(i, headings, lengths, told) for i in range(len(headings))))


def _told(headed: HeadedTable, calendar: Calendar) -> Told:
    """What the surroundings of the headings say."""
    headings = headed.headings
    return Told(
        title=headed.title,
        calendar=calendar,
        shift=_shift(headings, calendar),
        named=frozenset(y for h in headings for y in h.clues.years),
        quarter=max((h.clues.quarter for h in headings if h.clues.quarter), default=None),
    )


def _are_parts(headings: Sequence[Heading]) -> bool:
    """Three columns or more under names alone: the whole and its parts in the one period that the title tells."""
    names = {h.own for h in headings}
    return len(headings) > 2 and len(names) == len(headings) and not any(h.clues or not h.own for h in headings)


def _alike(periods: tuple[Period | None, ...]) -> tuple[Period | None, ...]:
    """Periods that end on one weekday, and not all with a month, are of weeks, those too that end with a month."""
    ends = {p.end for p in periods if p is not None}
    if not by_weeks(ends):
        return periods
    return tuple(p and (in_weeks(p) or p) for p in periods)


def _duration_of(index: int, headings: Sequence[Heading], lengths: Sequence[Length], told: Told) -> Period | None:
    """The period of a column of flows: as its heading spells it out, or its length back from its last day."""
    clues, own = headings[index].clues, lengths[index]
    peers = [j for j, other in enumerate(lengths) if other == own]
    end = last_day(clues, told, peers.index(index), len(peers))
    cumulative = words.pattern("columns", "cumulative").search(headings[index].own) is not None
    period = printed_span(clues, told.title, end, cumulative)
    if period is not None or end is None:
        return period
    if end not in clues.dates and not clues.days:
        end = as_printed(end, told.calendar)
    ends = [last_day(h.clues, told, j, len(headings)) for j, h in enumerate(headings)]
    ends[index] = end
    months, weeks = settled_length(clues, own, told, index, ends)
    weeks = weeks_said(end, months, weeks, told.calendar, [e for e in ends if e]) or weeks
    return duration(end, months=months, weeks=weeks) if months or weeks else None


def _shift(headings: Sequence[Heading], calendar: Calendar) -> int:
    """1 where "Fiscal 2009" ends in January 2010."""
    named = max((y for h in headings for y in h.clues.years[-1:]), default=0)
    last = calendar.ends[-1] if calendar.ends else None
    return int(last is not None and fiscal_year(last) - named == 1 and last.month <= 6)
