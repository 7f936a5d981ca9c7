"""The calendar of a company: which of its periods are the same, quarters and years, and where its fiscal years end.

Years of 52 or 53 weeks end a few days off the month; some filers date them to the month's end in one filing and to the
week's in another. A period is one of quarters by its length, and the same as another that ends within some days of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..records import dataclass
from ..writers.fsds import month_end
from ..writers.rows import fiscal
from .records import Slot, Source

_DAY = dt.timedelta(1)
_MONTH = 30.4375  # days
#: Days of one to four quarters: of 12 to 17 weeks the quarter, 23 to 28 the half (a retailer's first or last quarter
#: has 16 or 17 weeks), 36 to 41 for three, 50 to 54 for the year. No whole number of other months is among them.
_QUARTERS = ((77, 119, 3), (161, 196, 6), (246, 290, 9), (350, 380, 12))
#: Days so near are one end of a quarter; a chain of them spans no more than `_WIDEST`.
NEAR, _WIDEST = 10, 16
#: A fiscal year that ends so many days off the year before's has moved.
_MOVED = 25
_YEAR = 365
#: Twelve months that end at so many times of the year are no fiscal years (utilities print them each quarter).
_TRAILING = 3
#: A period that is so much shorter than the others is one of a year whose end was moved, and none is missing.
_SHORT = 0.4


def months_of(start: dt.date | None, end: dt.date) -> int | None:
    """The length of a period in months; None for an instant."""
    if start is None:
        return None
    days = (end - start).days + 1
    return next((months for low, high, months in _QUARTERS if low <= days <= high), round(days / _MONTH))


class Dated(NamedTuple):
    """A period as a filing has it."""

    source: int
    start: dt.date | None
    end: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """days: the day that each printed boundary of a period counts as. closes: the last days of fiscal years, sorted.
    told: month and day of the fiscal year's end as the filings tell it, by the end of their period."""

    days: Mapping[dt.date, dt.date]
    closes: tuple[dt.date, ...]
    told: tuple[tuple[dt.date, tuple[int, int]], ...]

    def slot(self, start: dt.date | None, end: dt.date) -> Slot:
        """The period that one as printed counts as."""
        day = self.days.get(end, end)
        if start is None:
            return Slot(None, day, None)
        before = self.days.get(start - _DAY, start - _DAY)
        return Slot(before + _DAY if before < day else start, day, months_of(start, end))

    def fiscal(self, end: dt.date) -> tuple[int | None, int | None]:
        """The fiscal year and quarter that end on a day, or contain it."""
        near = dt.timedelta(NEAR)
        close = next((c for c in self.closes if c >= end - near), None)
        if close is None or (close - end).days > _YEAR + NEAR:
            told = min(self.told, key=lambda pair: abs(pair[0] - end), default=None)
            day = told[1] if told else None
        else:
            day = close.month, close.day
        return fiscal(end, day) if day else (None, None)

    def moves(self) -> Iterator[tuple[dt.date, dt.date]]:
        """Pairs of fiscal years' ends that follow each other at different times of the year."""
        for one, other in pairwise(self.closes):
            if _off(one, other) > _MOVED:
                yield one, other


def calendar_of(periods: Iterable[Dated], sources: Sequence[Source]) -> Calendar:
    """The calendar of the filings of one company."""
    dated = sorted(set(periods), key=lambda p: (p.source, p.start or dt.date.min, p.end))
    counts: Counter[dt.date] = Counter()
    for one in dated:
        counts[one.end] += 2
        if one.start:
            counts[one.start - _DAY] += 1
    days = {
        day: rep
        for group in _groups(sorted(counts), _apart(dated))
        for rep in [_chosen(group, counts)]
        for day in group
    }
    told = tuple((s.day, s.closes) for s in sources if s.closes)
    return Calendar(days=days, closes=_closes(dated, days, told), told=told)


def _apart(dated: Sequence[Dated]) -> set[tuple[dt.date, dt.date]]:
    """Ends that are different: one filing has periods of one length that end on both."""
    ends: dict[tuple[int, int | None], set[dt.date]] = defaultdict(set)
    for one in dated:
        if one.start:
            ends[one.source, months_of(one.start, one.end)].add(one.end)
    return {(a, b) for group in ends.values() for a in group for b in group if a < b and (b - a).days <= _WIDEST}


def _groups(days: Sequence[dt.date], apart: set[tuple[dt.date, dt.date]]) -> Iterator[list[dt.date]]:
    group: list[dt.date] = []
    for day in days:
        if group and not _joins(day, group, apart):
            yield group
            group = []
        group.append(day)
    if group:
        yield group


def _joins(day: dt.date, group: Sequence[dt.date], apart: set[tuple[dt.date, dt.date]]) -> bool:
    near = (day - group[-1]).days <= NEAR and (day - group[0]).days <= _WIDEST
    return near and not any((other, day) in apart for other in group)


def _chosen(group: Sequence[dt.date], counts: Mapping[dt.date, int]) -> dt.date:
    """The day that most filings give; of two the earlier."""
    return max(group, key=lambda day: (counts[day], -day.toordinal()))


def _closes(
    dated: Sequence[Dated], days: Mapping[dt.date, dt.date], told: Sequence[tuple[dt.date, tuple[int, int]]]
) -> tuple[dt.date, ...]:
    """The ends of fiscal years: of years that are shown, and the days before a year to date begins."""
    years = {days[p.end] for p in dated if months_of(p.start, p.end) == 12}
    begun = {days[p.start - _DAY] for p in dated if p.start and months_of(p.start, p.end) in (6, 9)}
    times: list[dt.date] = []
    for day in sorted(years):
        if all(_off(day, other) > _MOVED for other in times):
            times.append(day)
    if len(times) >= _TRAILING:
        years = {day for day in years if any(_off(day, other) <= NEAR for other in begun) or _is_told(day, told)}
    return tuple(sorted(years | begun))


def _is_told(day: dt.date, told: Sequence[tuple[dt.date, tuple[int, int]]]) -> bool:
    return any(
        abs(_in_year(day) - _in_year(dt.date(2001, month, min(number, 28)))) <= NEAR for _, (month, number) in told
    )


def _in_year(day: dt.date) -> int:
    return day.timetuple().tm_yday


def _off(one: dt.date, other: dt.date) -> int:
    """How many days two dates are apart in the year."""
    apart = abs(_in_year(one) - _in_year(other))
    return min(apart, _YEAR - apart)


def expected(ends: Iterable[dt.date], months: int) -> tuple[dt.date, ...]:
    """The ends of all periods of a length from the first to the last, where filings leave some out.

    ends: those that are known.
    """
    known = sorted(set(ends))
    by_month = all(day == month_end(day) for day in known)
    out: list[dt.date] = known[:1]
    for first, day in pairwise(known):
        steps = int((day - first).days / (months * _MONTH) + _SHORT)
        between = [first + (day - first) * step // steps for step in range(1, steps)]
        out += [*(month_end(one) if by_month else one for one in between), day]
    return tuple(out)
