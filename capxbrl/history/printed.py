"""Printed figures of one line -> for each period, the values that filings gave it, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..model import Basis, Standing
from ..records import dataclass
from .records import Entry, How, Part, Slot, Vintage

_HALF = Decimal("0.5")
_STANDINGS = (Standing.DOUBTFUL, Standing.STATED, Standing.PROVED)
#: What a column says of itself that is worth telling.
_PLAIN = frozenset({"", Basis.REPORTED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A value of a period, and the figures that agree with it, in time. since: the number of the first filing that
    gives it. best: the most precise of them."""

    since: int
    entries: tuple[Entry, ...]
    best: Entry
    standing: Standing

    @property
    def value(self) -> Decimal:
        return self.best.value


States = Mapping[Slot, tuple[State, ...]]


def weakest(standings: Iterable[Standing]) -> Standing:
    return min(standings, key=_STANDINGS.index)


def half(decimals: int | None) -> Decimal:
    """Half a unit of the last place that is told."""
    return Decimal(0) if decimals is None else _HALF.scaleb(-decimals)


def agree(one: Entry, other: Entry) -> bool:
    """The intervals that value and decimals tell have a value in common (OIM 1.0, consistent duplicates)."""
    return abs(one.value - other.value) <= half(one.row.decimals) + half(other.row.decimals)


def states_of(entries: Iterable[Entry]) -> States:
    """The values of each period, in time."""
    out: dict[Slot, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        out[entry.slot][entry.source.number].append(entry)
    return {slot: _in_time([group[n] for n in sorted(group)]) for slot, group in out.items()}


def _in_time(filings: Sequence[Sequence[Entry]]) -> tuple[State, ...]:
    out: list[State] = []
    for entries in filings:
        entry, clear = _of_one(entries)
        if out and agree(out[-1].entries[-1], entry) and agree(out[-1].best, entry):
            out[-1] = _more(out[-1], entry, clear)
        else:
            standing = entry.standing if clear else Standing.DOUBTFUL
            out.append(State(since=entry.source.number, entries=(entry,), best=entry, standing=standing))
    return tuple(out)


def _more(state: State, entry: Entry, clear: bool) -> State:
    """The state with another figure that agrees: the most precise one counts, and the one that stands best."""
    best = entry if _precision(entry) > _precision(state.best) else state.best
    standing = state.standing
    if clear and _STANDINGS.index(entry.standing) > _STANDINGS.index(standing):
        standing = entry.standing
    return replace(state, entries=(*state.entries, entry), best=best, standing=standing)


def _precision(entry: Entry) -> float:
    return float("inf") if entry.row.decimals is None else entry.row.decimals


def _of_one(entries: Sequence[Entry]) -> tuple[Entry, bool]:
    """What one filing gives for a period: of duplicates the most precise; False where they contradict each other."""
    best = max(entries, key=_precision)
    return best, all(agree(best, other) for other in entries)


def up_to(states: States, number: int) -> States:
    """The values as known when a filing was made."""
    out = {}
    for slot, found in states.items():
        known = [s for s in found if s.since <= number]
        if known:
            last = known[-1]
            entries = tuple(e for e in last.entries if e.source.number <= number)
            known[-1] = replace(last, entries=entries)
            out[slot] = tuple(known)
    return out


def vintage(state: State) -> Vintage:
    """A printed value as a vintage."""
    first, best = state.entries[0], state.best
    basis = next((e.basis for e in state.entries if e.basis not in _PLAIN), "")
    others = f", and in {len(state.entries) - 1} more" if state.entries[1:] else ""
    return Vintage(
        value=best.value,
        decimals=best.row.decimals,
        known=first.source.known,
        known_by=first.source.known_by,
        how=How.PRINTED,
        parts=(Part(sign=1, entry=best),),
        standing=state.standing,
        basis=basis,
        why=f"printed in {best.source.title}{others}",
    )
