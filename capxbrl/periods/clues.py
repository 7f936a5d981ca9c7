"""What the words of a text say of a period, before it is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from ..records import dataclass

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0, that ends periods: the last of the month, or the nearest to the day named."""

    number: int
    last: bool

    def near(self, day: dt.date) -> dt.date:
        """That weekday nearest to the day, or the last one up to it."""
        back = (day.weekday() - self.number) % 7
        return day - dt.timedelta(back) if self.last or back < 4 else day + dt.timedelta(7 - back)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the words of one text say of a period. Absent items are None or empty.

    months/weeks: lengths named, in order. dates: whole dates. days: (month, day) without a year.
    years: years that stand alone. instant: "as of", "at". to_date: "year to date". quarter: 1 to 4.
    spans: first and last days, "June 3, 1996 (inception) to December 31, 1996".
    weekday: on which periods end, and whether it is the last of its month or the one nearest to the day.
    """

    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    dates: tuple[dt.date, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    years: tuple[int, ...] = ()
    instant: bool = False
    to_date: bool = False
    quarter: int | None = None
    ended: bool = False
    spans: tuple[tuple[dt.date, dt.date], ...] = ()
    weekday: Weekday | None = None

    def __bool__(self) -> bool:
        return bool(self.months or self.weeks or self.dates or self.days or self.years or self.to_date or self.quarter)

    @property
    def length(self) -> bool:
        """It names how long the period is."""
        return bool(self.months or self.weeks or self.to_date)


NOTHING = Clues()


def merge(clues: Iterable[Clues]) -> Clues:
    """The clues of several texts, in order from the top down."""
    items = [c for c in clues if c is not NOTHING]
    return _merged(items) if len(items) > 1 else next(iter(items), NOTHING)


def _merged(items: Sequence[Clues]) -> Clues:
    return Clues(
        months=_joined(c.months for c in items),
        weeks=_joined(c.weeks for c in items),
        dates=_joined(c.dates for c in items),
        days=_joined(c.days for c in items),
        years=_joined(c.years for c in items),
        instant=any(c.instant for c in items),
        to_date=any(c.to_date for c in items),
        quarter=next((c.quarter for c in items if c.quarter), None),
        ended=any(c.ended for c in items),
        spans=_joined(c.spans for c in items),
        weekday=next((c.weekday for c in items if c.weekday), None),
    )


def _joined(parts: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(chain.from_iterable(parts))
