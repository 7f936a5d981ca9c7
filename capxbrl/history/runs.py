"""A line of a company over its periods: printed where a filing prints it, else derived, else a gap with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..findings import Finding, Position, Severity, counted
from ..model import Standing
from ..records import dataclass
from ..tagging.labels import normalise
from .bridges import Index, Line, lines_of
from .calendar import Calendar, expected, months_of
from .derived import derive, is_additive, tolerance
from .printed import States, states_of, vintage, weakest
from .records import Entry, Gap, GapKind, Point, Slot, Source, Vintage

_DAY = dt.timedelta(1)
_QUARTER = 3  # months
#: Periods that end with a quarter.
_LENGTHS = (6, 9, 12)
#: What is said of a period that no filing prints.
_DERIVABLE = (GapKind.NO_FILING, GapKind.NOT_ON_PAGE, GapKind.ONLY_LONGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that a series is made of. spans: the periods of the statements that filings show: (statement, slot)."""

    sources: Mapping[int, Source]
    index: Index
    calendar: Calendar
    spans: Mapping[tuple[str, Slot], tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What `run` finds. lines: {filing: the line it shows}; unit: that of all points."""

    unit: str
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    lines: Mapping[int, Line]
    findings: tuple[Finding, ...]


def run(known: Known, concept: str, months: int | None, unit: str | None, least: Standing) -> Run | None:
    """The points and gaps of a concept; None where no filing shows it. months None: balances."""
    lines, unclear = lines_of(known.index, concept)
    shown = [e for line in lines.values() for e in _entries(line) if (e.slot.months is None) is (months is None)]
    if not shown:
        return None
    chosen = unit if unit is not None else shown[-1].row.unit or ""
    states = states_of(e for e in shown if e.row.unit == chosen)
    made = [_point(known, slot, states, lines, chosen) for slot in _slots(known, states, months)]
    points = [p for p in made if p is not None]
    kept = tuple(p for p in points if _is_enough(p.standing, least))
    return Run(
        unit=chosen,
        points=kept,
        gaps=tuple(
            _restated(gap, states, chosen) for gap in _gaps(known, months, chosen, shown, points, kept, unclear)
        ),
        lines=lines,
        findings=(*_bridged(lines), *_disagreeing(concept, kept)),
    )


def _entries(line: Line) -> Iterator[Entry]:
    """The figures of a line, which stand no better than what tells that it is this line."""
    for entry in line.entries:
        standing = weakest((entry.standing, line.standing))
        yield replace(entry, row=replace(entry.row, reading=standing.value)) if line.why else entry


_ORDER = (Standing.DOUBTFUL, Standing.STATED, Standing.PROVED)


def _is_enough(standing: Standing, least: Standing) -> bool:
    return _ORDER.index(standing) >= _ORDER.index(least)


def _has(points: Iterable[Point], slot: Slot) -> bool:
    return any(p.slot.end == slot.end and p.slot.months == slot.months for p in points)


# --- points -----------------------------------------------------------------------------------------------------------


def _slots(known: Known, states: States, months: int | None) -> Sequence[Slot]:
    """The periods that are printed or may be derived: those between two boundaries, by their end."""
    out = {(s.end, s.months): s for s in states if s.months == months}
    for slot in _between(states, months):
        if _is_fiscal(known, slot, months):
            out.setdefault((slot.end, months), slot)
    return [out[key] for key in sorted(out, key=lambda k: k[0])]


def _between(states: States, months: int | None) -> Iterator[Slot]:
    """The periods of a length that begin and end where printed ones do."""
    ends = sorted({day for s in states if s.start for day in (s.end, s.start - _DAY)})
    for n, begin in enumerate(ends if months is not None else ()):
        for end in ends[n + 1 :]:
            if months_of(begin + _DAY, end) == months:
                yield Slot(begin + _DAY, end, months)


def _is_fiscal(known: Known, slot: Slot, months: int | None) -> bool:
    """A quarter, or what begins with the fiscal year: twelve months to any quarter are no year."""
    closes = known.calendar.closes
    return months == _QUARTER or not closes or (slot.start is not None and slot.start - _DAY in closes)


def _point(known: Known, slot: Slot, states: States, lines: Mapping[int, Line], unit: str) -> Point | None:
    printed = [vintage(state) for state in states.get(slot, ())]
    derived = derive(slot, states).vintages if is_additive(unit, slot) else ()
    vintages = printed or list(derived)
    if not vintages:
        return None
    confirmed, against = _confirmed(printed, derived)
    why = vintages[-1].why
    if confirmed is False and against is not None:
        why = f"{why}; {against.value:,f} follows from {against.why}"
    entry = vintages[-1].parts[0].entry
    year, quarter = known.calendar.fiscal(slot.end)
    bridges = dict.fromkeys(lines[p.entry.source.number].why for p in vintages[-1].parts)
    return Point(
        slot=slot,
        fiscal_year=year,
        fiscal_quarter=quarter,
        unit=unit,
        concept=entry.name,
        label=entry.row.label,
        vintages=tuple(vintages),
        bridge="; ".join(w for w in bridges if w),
        confirmed=confirmed,
        checked=against.parts if against else (),
        why=why,
    )


def _confirmed(printed: Sequence[Vintage], derived: Sequence[Vintage]) -> tuple[bool | None, Vintage | None]:
    """Whether a printed figure is what follows from others, in any of its vintages; and what it was compared with."""
    sure = [d for d in derived if d.standing is not Standing.DOUBTFUL]
    if not printed or not sure:
        return None, None
    agreeing = (d for p in printed for d in sure if abs(p.value - d.value) <= tolerance(p) + tolerance(d))
    found = next(agreeing, None)
    return found is not None, found or sure[-1]


# --- gaps -------------------------------------------------------------------------------------------------------------


def _expected(known: Known, months: int | None, shown: Sequence[Entry], made: Sequence[Point]) -> Iterator[Slot]:
    """The periods that the series should have: between the first and the last that any filing shows of its statement,
    or that follow."""
    kinds = {e.row.statement for e in shown}
    step = months or 3
    longer = _LENGTHS if months == _QUARTER else ()
    ends = {slot.end for kind, slot in known.spans if kind in kinds and slot.months in (months, *longer)}
    ends |= {p.slot.end for p in made}
    if months in (6, 9):
        # Once a year: only from the same time of another year.
        return iter(Slot(None, end, months) for end in sorted(ends))
    return iter(Slot(None, end, months) for end in expected(ends, step))


def _reasons(
    known: Known, shown: Sequence[Entry], unit: str, made: Sequence[Point], unclear: Mapping[int, str]
) -> Callable[[Slot], Gap | None]:
    """Why a period is missing of which filings have some figure."""
    labels = {(normalise(e.row.label), e.row.statement, e.row.unit) for e in shown}
    named = {e.name for e in shown}

    def reason(slot: Slot) -> Gap | None:
        for point in (p for p in made if _is_same(p.slot, slot)):
            why = f"{point.value:,f} is {point.standing.value}: {point.why}"
            return Gap(slot=slot, kind=GapKind.DOUBTFUL, why=why, at=point.at)
        for entry in (e for e in shown if _is_same(e.slot, slot)):
            why = f"{entry.source.title} gives it in {entry.row.unit}, not {unit}"
            return Gap(slot=slot, kind=GapKind.OTHER_UNIT, why=why, at=entry.at)
        there = [n for (_, s), found in known.spans.items() if _is_same(s, slot) for n in found]
        for told in (unclear[n] for n in there if n in unclear):
            return Gap(slot=slot, kind=GapKind.UNCLEAR, why=told)
        other = _elsewhere(known, there, labels, named, slot)
        if other is None:
            return None
        why = f"the line {other.row.label!r} is {other.name} in {other.source.title}"
        return Gap(slot=slot, kind=GapKind.OTHER_CONCEPT, why=why, at=other.at)

    return reason


def _is_same(one: Slot, other: Slot) -> bool:
    return one.end == other.end and one.months == other.months


def _elsewhere(
    known: Known, there: Iterable[int], labels: set[tuple[str, str, str | None]], named: set[str], slot: Slot
) -> Entry | None:
    """The figure of a line with the same label, under another concept. labels: with statement and unit."""
    for number in dict.fromkeys(there):
        for label, statement, unit in sorted(labels, key=str):
            for name in known.index.labels.get((number, label), ()):
                found = [e for e in known.index.by_name[number, name] if _is_same(e.slot, slot) and name not in named]
                for entry in found:
                    if (entry.row.statement, entry.row.unit) == (statement, unit):
                        return entry
    return None


def _gaps(
    known: Known,
    months: int | None,
    unit: str,
    shown: Sequence[Entry],
    made: Sequence[Point],
    kept: Sequence[Point],
    unclear: Mapping[int, str],
) -> tuple[Gap, ...]:
    """The periods that are missing. made: all points; kept: those that stand well enough."""
    reason = _reasons(known, shown, unit, made, unclear)
    return tuple(
        reason(slot) or _plain(known, slot, shown)
        for slot in _expected(known, months, shown, made)
        if not _has(kept, slot)
    )


def _restated(gap: Gap, states: States, unit: str) -> Gap:
    """The gap, where a figure would follow if the line were not restated between the filings, with that reason."""
    if gap.kind not in _DERIVABLE:
        return gap
    for slot in (s for s in _between(states, gap.slot.months) if _is_same(s, gap.slot) and is_additive(unit, s)):
        mixed = derive(slot, states).mixed
        if mixed is not None:
            why = f"{mixed.value:,f} would follow from {mixed.why}"
            return Gap(slot=gap.slot, kind=GapKind.RESTATED, why=why, at=mixed.parts[0].entry.at)
    return gap


def _plain(known: Known, slot: Slot, shown: Sequence[Entry]) -> Gap:
    """A gap where no filing has a figure: what the filings show of the period."""
    kinds = {e.row.statement for e in shown}
    showing = [n for (k, s), found in known.spans.items() if k in kinds and _is_same(s, slot) for n in found]
    if showing:
        source = known.sources[showing[-1]]
        return Gap(slot=slot, kind=GapKind.NOT_ON_PAGE, why=f"{source.title} shows the period without such a line")
    longer = _longer(slot, shown)
    if longer is None:
        return Gap(slot=slot, kind=GapKind.NO_FILING, why="none of the filings shows this period")
    why = f"{longer.source.title} shows {longer.slot} only, and no filing what is to be taken off"
    return Gap(slot=slot, kind=GapKind.ONLY_LONGER, why=why, at=longer.at)


def _longer(slot: Slot, shown: Sequence[Entry]) -> Entry | None:
    """A figure of a longer period that ends then."""
    if slot.months is None:
        return None
    found = (e for e in shown if e.slot.end == slot.end and (e.slot.months or 0) > (slot.months or 0))
    return next(found, None)


# --- findings ---------------------------------------------------------------------------------------------------------


def _bridged(lines: Mapping[int, Line]) -> Iterator[Finding]:
    """One for each other concept that stands for it."""
    for why in dict.fromkeys(line.why for line in lines.values() if line.why):
        found = [line for line in lines.values() if line.why == why]
        doubtful = found[0].standing is Standing.DOUBTFUL
        yield Finding(
            code="history.concept",
            severity=Severity.WARNING if doubtful else Severity.NOTE,
            at=found[0].entries[0].at,
            message=f"{why} (in {counted(len(found), 'filing')})",
            hint="an override row, or --roll-forward, gives the line one concept in all filings",
        )


def _disagreeing(concept: str, points: Sequence[Point]) -> Iterator[Finding]:
    """One for the periods whose figures hang together: a figure that is wrong spoils what follows from it."""
    groups: list[tuple[list[Point], set[Position]]] = []
    for point in (p for p in points if p.confirmed is False):
        places = {part.entry.at for part in (*point.parts, *point.checked)}
        near = [group for group in groups if group[1] & places]
        joined = [p for group in near for p in group[0]] + [point]
        groups = [group for group in groups if group not in near]
        groups.append((joined, places.union(*(group[1] for group in near))))
    for found, _ in groups:
        first = found[0]
        more = f" (so for {counted(len(found) - 1, 'more period')} that it counts in)" if found[1:] else ""
        yield Finding(
            code="history.disagrees",
            severity=Severity.WARNING,
            at=first.at,
            message=f"{concept}, {first.slot}: {first.value:,f} is {first.why}{more}",
            hint="one of the figures was restated or is read wrongly; look at the places",
        )
