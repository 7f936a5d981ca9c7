"""Figures that later filings give otherwise: when each was restated, and what was restated with it.

A quarter that is restated restates the half and the year that it is a part of; filings print these again months later.
Changes by the same amount of a period and a part of it are one event, which began with the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ..model import Basis
from ..records import dataclass
from .printed import State, States, half
from .records import Slot

_QUARTER = 3  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A period whose figure changed with a filing, `number`. since: the filing in which a part of it, or what it is a
    part of, changed by as much."""

    slot: Slot
    before: State
    after: State
    number: int
    since: int

    @property
    def said(self) -> str:
        """What tells that the figure is restated; "" where nothing does."""
        entry = self.after.entries[0]
        if entry.basis in (Basis.RESTATED.value, Basis.ADJUSTED.value):
            return f"{entry.basis} as the column says"
        return f"in an amendment, {entry.source.form}" if (entry.source.form or "").endswith("/A") else ""

    @property
    def change(self) -> Decimal:
        return self.after.value - self.before.value


def events_of(states: States) -> tuple[Event, ...]:
    """The changes of a line, in time."""
    found = [
        Event(slot=slot, before=one, after=other, number=other.since, since=other.since)
        for slot, known in states.items()
        for one, other in pairwise(known)
    ]
    found = [replace(event, since=_since(event, found)) for event in found]
    return tuple(sorted(found, key=lambda e: (e.number, e.slot.end, e.slot.months or 0)))


def _since(event: Event, events: Sequence[Event]) -> int:
    """When it began: with a change as large of a part or of the whole, or with those of its quarters together."""
    near = [e for e in events if e.slot != event.slot and within(event.slot, e.slot)]
    first = min((e.number for e in near if _is_equal(e.change, event)), default=event.number)
    quarters = [e for e in near if e.slot.months == _QUARTER and e.number <= event.number]
    if quarters and _is_equal(sum((e.change for e in quarters), Decimal(0)), event):
        first = min(first, max(e.number for e in quarters))
    return min(first, event.number)


def _is_equal(change: Decimal, event: Event) -> bool:
    rounding = 4 * (half(event.before.best.row.decimals) + half(event.after.best.row.decimals))
    return abs(change - event.change) <= rounding


def within(one: Slot, other: Slot) -> bool:
    """One of two periods is a part of the other."""
    if one.start is None or other.start is None:
        return False
    inner, outer = sorted((one, other), key=lambda s: (s.end - s.start).days if s.start else 0)
    return bool(outer.start and inner.start and outer.start <= inner.start and inner.end <= outer.end)
