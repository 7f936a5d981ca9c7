"""Figures of a period that no filing prints, of longer and shorter ones: six months less three, the year less nine.

The printed periods are roads between the days on which they begin and end; a period is derived along the shortest way
from its beginning to its end: forward along a period adds its figure, backward takes it off. Only flows of money have
such sums: shares, figures a share and ratios of periods do not add up, and balances have no length.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..model import Standing
from ..records import dataclass
from .printed import State, States, half, up_to, weakest
from .records import How, Part, Slot, Vintage
from .restated import Event, events_of, within

_DAY = dt.timedelta(1)
#: No way is longer, and none leads so many days before or after the period: the year it belongs to is near enough.
_STEPS, _REACH = 4, 380
#: A way over a figure that was restated in part, or is in doubt, is taken where there is no other.
_STALE, _DOUBT = 1000, 10


def is_additive(unit: str | None, slot: Slot) -> bool:
    """Money of a duration."""
    return bool(unit) and unit not in ("shares", "pure") and "/" not in str(unit) and slot.start is not None


@dataclass(frozen=True, slots=True)
class _Step:
    slot: Slot
    sign: int
    state: State
    stale: bool

    @property
    def cost(self) -> int:
        return 1 + _STALE * self.stale + _DOUBT * (self.state.standing is Standing.DOUBTFUL)


class Derived(NamedTuple):
    """vintages: the values that follow for a period, as known one after the other. mixed: what would follow of figures
    of which some were given before the line was restated, and others since; no value of the period."""

    vintages: tuple[Vintage, ...] = ()
    mixed: Vintage | None = None


def derive(target: Slot, states: States) -> Derived:
    """What follows for a period from the others. states: of the line, in one unit.

    Where a filing restated one of the figures and no other filing the rest, the value is as it was before.
    """
    events = events_of(states)
    out: list[Vintage] = []
    mixed: list[Vintage] = []
    for number in (*(n - 1 for n in sorted({e.number for e in events})), _latest(states)):
        made, apart = _at(target, up_to(states, number), [e for e in events if e.number <= number])
        if made is not None and apart:
            mixed.append(made)
        elif made is not None and (not out or out[-1].value != made.value):
            out.append(made)
    return Derived(tuple(out), mixed[-1] if mixed and not out else None)


def _at(target: Slot, states: States, events: Sequence[Event]) -> tuple[Vintage | None, bool]:
    """What follows as known at one time; True where its figures are not of one reading of the line."""
    way = _way(target, states, events)
    if not way:
        return None, False
    apart = any(step.stale for step in way) or _is_across(way, {e.since for e in events if not e.said})
    return _vintage(way, apart), apart


def _latest(states: States) -> int:
    """The number of the last filing."""
    return max((found[-1].entries[-1].source.number for found in states.values()), default=-1)


def _way(target: Slot, states: States, events: Sequence[Event]) -> tuple[_Step, ...]:
    """The cheapest way from the beginning of a period to its end, but along itself."""
    if target.start is None:
        return ()
    begin, end = target.start - _DAY, target.end
    roads = _roads(target, states, events)
    heap: list[tuple[int, int, dt.date, tuple[_Step, ...]]] = [(0, 0, begin, ())]
    seen: dict[tuple[dt.date, int], int] = {}
    count = 0
    while heap:
        cost, _, day, way = heapq.heappop(heap)
        if day == end:
            return way if len(way) > 1 else ()
        if len(way) == _STEPS or seen.get((day, len(way)), cost) < cost:
            continue
        for other, step in roads.get(day, ()):
            total = cost + step.cost
            if total < seen.get((other, len(way) + 1), 1 << 30) and step.slot not in [s.slot for s in way]:
                seen[other, len(way) + 1] = total
                count += 1
                heapq.heappush(heap, (total, count, other, (*way, step)))
    return ()


def _roads(target: Slot, states: States, events: Sequence[Event]) -> Mapping[dt.date, list[tuple[dt.date, _Step]]]:
    out: dict[dt.date, list[tuple[dt.date, _Step]]] = defaultdict(list)
    assert target.start is not None
    low, high = target.start - dt.timedelta(_REACH), target.end + dt.timedelta(_REACH)
    near = {s: found for s, found in states.items() if s.start and s.start >= low and s.end <= high}
    stale = {slot for slot, found in near.items() if _is_stale(slot, found[-1], events)}
    for slot in sorted(near, key=lambda s: (s.end, s.start or s.end)):
        same_end = slot.end == target.end and slot.months == target.months
        if slot == target or same_end or slot.start is None:
            continue
        state = near[slot][-1]
        begin = slot.start - _DAY
        out[begin].append((slot.end, _Step(slot, 1, state, slot in stale)))
        out[slot.end].append((begin, _Step(slot, -1, state, slot in stale)))
    return out


def _is_stale(slot: Slot, state: State, events: Iterable[Event]) -> bool:
    """A part of it, or what it is a part of, was restated since it was last given."""
    last = state.entries[-1].source.number
    return any(e.since > last and e.slot != slot and within(slot, e.slot) for e in events)


def _is_across(way: Sequence[_Step], changes: Iterable[int]) -> bool:
    """Some figures are of filings before the line was restated, and others of filings since.

    changes: of restatements that the page does not tell: whatever else the filings show of the line may be of another
    reading, too, as when a part of it has become a line of its own.
    """
    homes = [[e.source.number for e in step.state.entries] for step in way]
    return any(
        not all(min(numbers) < n for numbers in homes) and not all(max(numbers) >= n for numbers in homes)
        for n in changes
    )


def _vintage(way: Sequence[_Step], apart: bool) -> Vintage:
    """The figure that a way comes to. apart: its figures are not of one reading of the line."""
    steps = sorted(way, key=lambda s: -s.sign)
    value = sum((s.sign * s.state.value for s in steps), Decimal(0))
    latest = max((s.state.entries[0].source for s in steps), key=lambda source: source.number)
    standing = weakest(s.state.standing for s in steps)
    decimals = [d for s in steps if (d := s.state.best.row.decimals) is not None]
    return Vintage(
        value=value,
        decimals=min(decimals, default=None),
        known=latest.known,
        known_by=latest.known_by,
        how=How.DERIVED,
        parts=tuple(Part(sign=s.sign, entry=s.state.best) for s in steps),
        standing=standing,
        why=" ".join(_words(steps)) + (", but the line was restated in between" if apart else ""),
    )


def _words(steps: Sequence[_Step]) -> Iterator[str]:
    for number, step in enumerate(steps):
        lead = "" if not number else "less " if step.sign < 0 else "and "
        yield f"{lead}{step.slot} ({step.state.best.at})"


def tolerance(vintage: Vintage) -> Decimal:
    """How far a value may be off by the rounding of the figures it is made of: a unit of the last place each, since
    pages round figures so that their columns add up."""
    return sum((2 * half(part.entry.row.decimals) for part in vintage.parts), Decimal(0))
