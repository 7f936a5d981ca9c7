"""Decision: the calendar of a filing, and the period of each column.

A column's own heading speaks first, then the title of its table, then the calendar; a column that none of them dates
has no period.
"""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from ..evidence import Calendar, DecidedTable, HeadedTable, Heading, LongPeriod
from ..findings import Finding, Outcome, Severity
from ..model import Column, Kind, Period
from ..periods import Clues, duration, in_weeks, same_day
from .fiscal import annual, by_weeks, fiscal_year, year_end

#: A computed day gives way to one that the text prints so near to it, in days.
_NEAR = 7

# --- the calendar of a filing -----------------------------------------------------------------------------------------


def balance_dates(faces: Sequence[HeadedTable]) -> set[dt.date]:
    """The days over the columns of the balance sheets, by their own words alone."""
    sheets = (t for t in faces if t.kind is Kind.BALANCE_SHEET)
    return {p.end for t in sheets for p in column_periods(t, Calendar()) if p}


# --- the period of each column ----------------------------------------------------------------------------------------


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
    if not reports(dated.headings) and all(h.clues.years for h in headed.headings):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the surroundings say where headings are silent. shift: a fiscal year ends so many years after its name.
    named: the years over the columns."""

    title: Clues
    calendar: Calendar
    shift: int = 0
    named: frozenset[int] = frozenset()


_Length = tuple[int | None, int | None]  # months, weeks


def column_periods(headed: HeadedTable, calendar: Calendar) -> tuple[Period | None, ...]:
    """The period of each column; None where the page does not say it."""
    headings = headed.headings
    if calendar.year_end is None and any(h.clues.quarter and not h.clues.dates for h in headings):
        calendar = replace(calendar, year_end=(12, 31))  # quarters by number, and the year beside them
    named = frozenset(y for h in headings for y in h.clues.years)
    told = _Told(title=headed.title, calendar=calendar, shift=_shift(headings, calendar), named=named)
    if headed.kind is Kind.BALANCE_SHEET:
        ends = (_end(h.clues, told, i, len(headings)) for i, h in enumerate(headings))
        return tuple(Period(end=end) if end else None for end in ends)
    lengths = [_length(h.clues, told.title) for h in headings]
    if _are_parts(headings) and len(told.title.dates) == 1:
        return (_duration_of(0, headings[:1], lengths[:1], told),) * len(headings)
    return _alike(tuple(_duration_of(i, headings, lengths, told) for i in range(len(headings))))


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


def _duration_of(index: int, headings: Sequence[Heading], lengths: Sequence[_Length], told: _Told) -> Period | None:
    """The period of a column of flows: as its heading spells it out, or its length back from its last day."""
    clues, own = headings[index].clues, lengths[index]
    peers = [j for j, other in enumerate(lengths) if other == own]
    end = _end(clues, told, peers.index(index), len(peers))
    period = _span(clues, told.title, end)
    if period is not None or end is None:
        return period
    if end not in clues.dates and not clues.days:
        end = _as_printed(end, told.calendar)
    months, weeks = _settled_length(clues, own, end, told, index, len(headings))
    ends = [e for j, h in enumerate(headings) if (e := _end(h.clues, told, j, len(headings)))]
    weeks = _weeks_said(end, months, weeks, told.calendar, ends) or weeks
    return duration(end, months=months, weeks=weeks) if months or weeks else None


def _as_printed(end: dt.date, calendar: Calendar) -> dt.date:
    """The day near a computed one that the text prints, most often; the computed one where it prints none, or prints
    that day of the year for another year."""
    if any((day.month, day.day) == (end.month, end.day) for day, _ in calendar.printed):
        return end
    near = [(count, -abs((day - end).days), day) for day, count in calendar.printed if abs((day - end).days) <= _NEAR]
    return max(near)[2] if near else end


def _weeks_said(
    end: dt.date, months: int | None, weeks: int | None, calendar: Calendar, ends: Sequence[dt.date]
) -> int | None:
    """The weeks of the quarter or the year that ends on a day, where the text tells them: a 14th, a 53rd. ends: the
    last days of all columns."""
    if months not in (3, 12) and weeks not in (13, 52):
        return None
    length = 3 if months == 3 or weeks == 13 else 12
    for said in calendar.long_periods:
        if (said.quarter is None) == (length == 12) and _is_of(said, end, _is_longer(end, ends)):
            return said.weeks
    return None


def _is_of(said: LongPeriod, end: dt.date, longer: bool | None) -> bool:
    """The period ends in the quarter, or closes the year, that the text speaks of. longer: see `_is_longer`."""
    nominal = end - dt.timedelta(10)  # July 2 closes June
    months = nominal.month - 1 + 3 * (4 - (said.quarter or 4))
    year = nominal.year + months // 12
    if said.year == year - 1 and months % 12 < 6:
        return longer is True  # "Fiscal 2006" ends in February 2007
    return said.year == year and (said.weeks in _USUAL or longer is not False)


#: The weeks of quarters and years but those of a week more.
_USUAL = (13, 52)


def _is_longer(end: dt.date, ends: Sequence[dt.date]) -> bool | None:
    """A period that ends 53 weeks behind that of the year before has a week more, one that does 52 weeks behind it has
    not, nor has one before such a year. None: no other column tells."""
    gaps = {(end - other).days for other in ends}
    if 371 in gaps:
        return True
    return False if gaps & {364, -371} else None


def _shift(headings: Sequence[Heading], calendar: Calendar) -> int:
    """1 where "Fiscal 2009" ends in January 2010."""
    named = max((y for h in headings for y in h.clues.years[-1:]), default=0)
    last = calendar.ends[-1] if calendar.ends else None
    return int(last is not None and fiscal_year(last) - named == 1 and last.month <= 6)


def _settled_length(clues: Clues, own: _Length, end: dt.date, told: _Told, index: int, count: int) -> _Length:
    """How long the period of a column is: by its heading, the calendar, the title, or because it is a year."""
    if own != (None, None):
        return own
    if clues.to_date:
        return _months_into(end, told.calendar.year_end or (12, 31)), None
    titled = _title_length(told.title, index, count)
    if titled == (None, None) and _is_year(clues, end, told):
        return 12, None
    return titled


def _end(clues: Clues, told: _Told, index: int, count: int) -> dt.date | None:
    """The last day of a column. index: the column's place among the `count` columns with the same length of period."""
    year = clues.years[-1] if clues.years else None
    title = told.title
    if clues.quarter and not year and len(title.dates) == 1 and title.months == (12,):
        # The quarters of the year that the title tells.
        return _quarter_end(title.dates[0].year, clues.quarter, (title.dates[0].month, title.dates[0].day))
    if clues.quarter and year and not clues.dates and not clues.days:
        return _quarter_end(year, clues.quarter, told.calendar.year_end or (12, 31))
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


def _year_of_title(title: Clues, index: int, count: int) -> int | None:
    """The year that the title names for a column: its only one, or the one at the column's place."""
    if len(title.years) + len(title.dates) == 1:
        return title.years[0] if title.years else title.dates[0].year
    return title.years[index] if len(title.years) == count else None


def _end_of_year(year: int, clues: Clues, told: _Told) -> dt.date | None:
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


def _dated(year: int, dates: Sequence[dt.date], told: _Told) -> dt.date:
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


def _months_into(end: dt.date, year_end: tuple[int, int]) -> int:
    """The months of the fiscal year up to a day, by the nearest month's end."""
    month = end.month - (end.day <= 7)
    return (month - year_end[0] + (year_end[1] <= 7)) % 12 or 12


def _day(year: int, day: tuple[int, int]) -> dt.date | None:
    try:
        return dt.date(year, *day)
    except ValueError:
        return same_day(year, dt.date(2000, day[0], 28 if day[0] == 2 else 30)) if day[1] > 28 else None


def _is_year(clues: Clues, end: dt.date, told: _Told) -> bool:
    """Nothing says how long the period is: it is a year where the heading is a bare year or the day is a year's end."""
    bare = bool(clues.years) and not clues.days and not clues.dates
    near = told.calendar.annual and abs((end - year_end(fiscal_year(end), told.calendar.ends)).days) <= 8
    return near or (bare and not told.calendar.latest)


def _span(clues: Clues, title: Clues, end: dt.date | None) -> Period | None:
    """The period whose first day is printed: over the column, or in the title for the year of the column."""
    if clues.spans:
        return Period(start=clues.spans[-1][0], end=clues.spans[-1][1])
    if clues.length or clues.quarter or clues.dates or end is None:
        return None
    # The first day of a period that the title tells in full is no last day of another.
    found = next((s for s in title.spans if s[1].year == end.year), None)
    return Period(start=found[0], end=found[1]) if found else None


def _length(clues: Clues, title: Clues) -> tuple[int | None, int | None]:
    if clues.weeks:
        return None, clues.weeks[-1]
    if clues.to_date:
        longest = max((m for m in title.months), default=0)
        if longest > 3:
            return longest, None
        if title.weeks and max(title.weeks) > 13:
            return None, max(title.weeks)
    if clues.months:
        return clues.months[-1], None
    if clues.quarter:
        return 3, None
    return None, None


def _title_length(title: Clues, index: int, count: int) -> tuple[int | None, int | None]:
    """The length that only the title tells; "three and six months" is dealt over the columns in halves."""
    for months, values in ((True, title.months), (False, title.weeks)):
        if values:
            distinct = list(dict.fromkeys(values))
            pick = distinct[index * len(distinct) // count] if count % len(distinct) == 0 else distinct[-1]
            return (pick, None) if months else (None, pick)
    return None, None


# --- where flows begin ------------------------------------------------------------------------------------------------


def start_after_balances(tables: Sequence[DecidedTable]) -> tuple[DecidedTable, ...]:
    """Flows begin the day after a balance sheet's date where the page has one near the computed start.

    The first day of a 52-week period is seldom printed; a 14-week quarter makes thirteen weeks too few.
    """
    printed, derived = _closings(tables)

    def settled(column: Column) -> Column:
        start, end = column.period.start, column.period.end
        if start is None or "week" in column.heading.lower():
            return column
        eve = start - dt.timedelta(1)
        near = _nearest(printed, eve, end, 8) or _nearest(derived, eve, end, 3)
        if near is None and _is_long(column) and eve - dt.timedelta(7) in derived:
            near = eve - dt.timedelta(7)  # a 53rd week, by the rule of the other years
        if near is None or near == eve:
            return column
        return replace(column, period=Period(start=near + dt.timedelta(1), end=end))

    return tuple(replace(t, columns=tuple(settled(c) for c in t.columns)) for t in tables)


def _is_long(column: Column) -> bool:
    """It covers a year, of 52 weeks or of 53."""
    start = column.period.start
    return start is not None and (column.period.end - start).days > 350


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
    years = {p.end for p in flows if p.start and (p.end - p.start).days > 350}
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
