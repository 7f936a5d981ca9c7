"""How long the period of a column of flows is: by its heading, the title, the calendar, or because it is a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..evidence import Calendar, LongPeriod
from ..model import Period
from ..periods import Clues
from . import tolerances as tol
from .fiscal import fiscal_year, year_end
from .period_ends import Told

#: Months, or weeks.
Length = tuple[int | None, int | None]


def as_printed(end: dt.date, calendar: Calendar) -> dt.date:
    """The day near a computed one that the text prints, most often; the computed one where it prints that or none.

    Years that end on a weekday end on no other; of others the text may print the day for another year.
    """
    weekly = len({(day.month, day.day) for day in calendar.ends}) > 1 and _one_weekday(*calendar.ends, end)
    days = [(day, count) for day, count in calendar.printed if not weekly or _one_weekday(day, end)]
    if any(day == end or (not weekly and (day.month, day.day) == (end.month, end.day)) for day, _ in days):
        return end
    near = [(count, -abs((day - end).days), day) for day, count in days if abs((day - end).days) <= tol.DAYS.late]
    return max(near)[2] if near else end


def _one_weekday(*days: dt.date) -> bool:
    return len({day.weekday() for day in days}) == 1


def weeks_said(
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


def settled_length(clues: Clues, own: Length, told: Told, index: int, ends: Sequence[dt.date | None]) -> Length:
    """How long the period of a column is: by its heading, the calendar, the title, or because it is a year. ends: the
    last days of all columns; that of this one is known."""
    end = ends[index]
    assert end is not None
    if own != (None, None):
        return own
    if clues.to_date:
        return _months_to_date(end, told), None
    titled = _title_length(told.title, index, ends)
    if titled == (None, None) and _is_year(clues, end, told):
        return 12, None
    return titled


def _months_to_date(end: dt.date, told: Told) -> int | None:
    """The months of a year to date: by the number of the quarter beside it, or by the end of the fiscal year; None
    where neither is told and the day closes no quarter of the calendar year."""
    if told.quarter:
        return 3 * told.quarter
    months = _months_into(end, told.calendar.year_end or (12, 31))
    return months if told.calendar.year_end or months % 3 == 0 else None


def _months_into(end: dt.date, year_end: tuple[int, int]) -> int:
    """The months of the fiscal year up to a day, by the nearest month's end."""
    month = end.month - (end.day <= 7)
    return (month - year_end[0] + (year_end[1] <= 7)) % 12 or 12


def _is_year(clues: Clues, end: dt.date, told: Told) -> bool:
    """Nothing says how long the period is: it is a year where the heading is a bare year or the day is a year's end."""
    # "Fiscal 2003" above "Sept. 27, 2003" is a bare year too.
    bare = bool(clues.years) and not clues.days and all(fiscal_year(d) in clues.years for d in clues.dates)
    near = told.calendar.annual and abs((end - year_end(fiscal_year(end), told.calendar.ends)).days) <= tol.DAYS.same
    return near or (bare and not told.calendar.latest)


def printed_span(clues: Clues, title: Clues, end: dt.date | None, cumulative: bool) -> Period | None:
    """The period whose first day is printed: over the column, or in the title for the year of the column.

    cumulative: the words over the column say that it goes back to the beginning. Where the title tells of years as
    well, a span of more than one belongs to such a column alone.
    """
    if clues.spans:
        return Period(start=clues.spans[-1][0], end=clues.spans[-1][1])
    if clues.length or clues.quarter or clues.dates:
        return None
    if cumulative and not clues.years and not clues.days:
        return _span_of(title.spans, None)
    if end is None:
        return None
    return _span_of(title.spans if cumulative else _of_a_year(title), end.year)


def _of_a_year(title: Clues) -> Sequence[tuple[dt.date, dt.date]]:
    """The spans of a title, without those of more than a year where it tells of years too."""
    return [s for s in title.spans if not (title.length and (s[1] - s[0]).days > tol.DAYS.year)]


def _span_of(spans: Sequence[tuple[dt.date, dt.date]], year: int | None) -> Period | None:
    """The first of the spans that ends in a year, or in any."""
    found = next((s for s in spans if year in (None, s[1].year)), None)
    return Period(start=found[0], end=found[1]) if found else None


def own_length(clues: Clues, title: Clues) -> Length:
    """The length that the heading of a column tells; the title says how much "year to date" is."""
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


def _title_length(title: Clues, index: int, ends: Sequence[dt.date | None]) -> Length:
    """The length that only the title tells; the last, where it tells several and not which columns are of which."""
    for months, values in ((True, title.months), (False, title.weeks)):
        if values:
            lengths = dealt(values, ends)
            pick = lengths[index] if lengths else list(dict.fromkeys(values))[-1]
            return (pick, None) if months else (None, pick)
    return None, None


def dealt(values: Sequence[int], ends: Sequence[dt.date | None]) -> list[int]:
    """The lengths that a title tells, one for each column: "three and six months" over the columns in halves, else a
    new one where the days begin again; nothing where neither deals them out."""
    distinct = list(dict.fromkeys(values))
    count = len(ends)
    if distinct and count % len(distinct) == 0:
        return [distinct[i * len(distinct) // count] for i in range(count)]
    run, seen = 0, set[dt.date | None]()
    runs = []
    for end in ends:
        if end in seen:
            run, seen = run + 1, set()
        seen.add(end)
        runs.append(run)
    return [distinct[run] for run in runs] if run + 1 == len(distinct) else []
