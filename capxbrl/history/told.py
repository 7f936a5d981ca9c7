"""What is to be told of filings together: restated values, periods that no filing shows, other currencies, a fiscal
year that moved, filings of no date."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..findings import Finding, Position, Severity, counted
from .bridges import index, lines_of
from .calendar import Calendar, expected
from .printed import states_of
from .records import Entry, KnownBy, Source
from .restated import Event, events_of

#: So many of the lines restated are told by name.
_SHOWN = 3


class Restated(NamedTuple):
    """A value that a later filing gives otherwise: the concept in the later one."""

    concept: str
    unit: str
    event: Event


def restated(entries: Sequence[Entry]) -> tuple[Restated, ...]:
    """Every value that was restated, in the order in which it was; a line under several concepts is one."""
    made = index(entries)
    taken: set[tuple[int, str]] = set()
    out: list[Restated] = []
    for name in dict.fromkeys(n for number in sorted(made.names, reverse=True) for n in made.names[number]):
        lines = {(n, line.entries[0].name): line for n, line in lines_of(made, name)[0].items()}
        found = [e for key, line in lines.items() if key not in taken for e in line.entries]
        taken |= lines.keys()
        out += _of_line(name, found)
    return tuple(sorted(out, key=lambda r: (r.event.number, r.event.slot.end, r.event.slot.months or 0)))


def _of_line(name: str, found: Sequence[Entry]) -> Iterator[Restated]:
    """Unit by unit."""
    for unit in dict.fromkeys(e.row.unit or "" for e in found):
        for event in events_of(states_of(e for e in found if (e.row.unit or "") == unit)):
            yield Restated(name, unit, event)


def findings_of(
    sources: Sequence[Source], entries: Sequence[Entry], calendars: Mapping[str, Calendar]
) -> tuple[Finding, ...]:
    """The findings of all companies, each company by itself."""
    out: list[Finding] = []
    for company, calendar in calendars.items():
        own = [s for s in sources if s.company == company]
        mine = [e for e in entries if e.source.company == company]
        out += [
            *_undated(own),
            *_moved(calendar, own),
            *_currencies(own, mine),
            *_restated(mine),
            *_gaps(calendar, own),
        ]
    return tuple(out)


def _undated(sources: Sequence[Source]) -> Iterator[Finding]:
    """Filings whose date nothing tells, where there is more than one to put in order."""
    found = [s for s in sources if s.known_by is KnownBy.PERIOD]
    if found and sources[1:]:
        names = ", ".join(s.name for s in found[:_SHOWN]) + (" ..." if found[_SHOWN:] else "")
        yield _told(
            "history.undated",
            Severity.NOTE,
            Position(source=found[0].name),
            f"nothing tells when {counted(len(found), 'filing was', 'filings were')} made ({names}): the end of the "
            f"period stands for it",
            "as_of= takes their figures for known some weeks too early; the full submission has the date in its header",
        )


def _moved(calendar: Calendar, sources: Sequence[Source]) -> Iterator[Finding]:
    for one, other in calendar.moves():
        source = next((s for s in sources if s.day >= other), sources[-1])
        months = round((other - one).days / 30.4375) % 12
        yield _told(
            "history.year-end",
            Severity.NOTE,
            Position(source=source.name),
            f"the fiscal year ends on {other:%B} {other.day} from {other.year} on, before on {one:%B} {one.day}: "
            f"{counted(months, 'month')} between the years are a period of their own",
            "years before and after are not of the same months; compare quarters",
        )


def _currencies(sources: Sequence[Source], entries: Sequence[Entry]) -> Iterator[Finding]:
    """Filings in another currency than the latest one."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        unit = entry.row.unit or ""
        if entry.row.value is not None and unit not in ("", "shares", "pure") and "/" not in unit:
            counts[entry.source.number][unit] += 1
    main = {number: found.most_common(1)[0][0] for number, found in counts.items()}
    if len(set(main.values())) > 1:
        last = main[max(main)]
        others = [s for s in sources if main.get(s.number, last) != last]
        yield _told(
            "history.currency",
            Severity.WARNING,
            Position(source=others[-1].name),
            f"{counted(len(others), 'filing is', 'filings are')} in {main[others[-1].number]}, the latest in {last}: a "
            f"series is of one of them",
            f"series(..., unit={main[others[-1].number]!r}) is the other one; nothing is converted",
        )


def _restated(entries: Sequence[Entry]) -> Iterator[Finding]:
    """One for each filing that restates figures, of what it says to be restated and of the rest."""
    groups: dict[tuple[int, str], list[Restated]] = defaultdict(list)
    for one in restated(entries):
        groups[one.event.number, one.event.said].append(one)
    for (_, said), found in groups.items():
        most = max(found, key=lambda r: abs(r.event.change) if r.unit not in ("shares", "pure") else Decimal(0))
        event, after = most.event, most.event.after.entries[0]
        slots = list(dict.fromkeys(str(r.event.slot) for r in found))
        periods = ", ".join(slots[:_SHOWN]) + (f" and {len(slots) - _SHOWN} more" if slots[_SHOWN:] else "")
        yield _told(
            "history.restated",
            Severity.NOTE if said else Severity.WARNING,
            after.at,
            f"{counted(len(found), 'figure is', 'figures are')} other than before, "
            f"{said or 'of which the page says nothing'} ({periods}); most of all {most.concept}, {event.slot}: "
            f"{event.after.value:,f}, before {event.before.value:,f} ({event.before.best.at})",
            "each value is kept with the day it is known from: as_of= asks for the earlier ones"
            if said
            else "restated in silence, or read wrongly in one of the filings: compare the two places",
        )


def _gaps(calendar: Calendar, sources: Sequence[Source]) -> Iterator[Finding]:
    """Quarters that no filing shows and that follow from none, in one finding."""
    slots = {calendar.slot(start, end) for s in sources for _, start, end, _ in s.columns}
    roads = {(slot.start - dt.timedelta(1), slot.end) for slot in slots if slot.start}
    linked = _linked(roads)
    every = expected(linked, 3)
    # A quarter follows from others where periods lead from its beginning to its end.
    missing = [
        day for before, day in pairwise(every) if linked.get(before) is None or linked[before] != linked.get(day)
    ]
    if missing:
        shown = ", ".join(map(str, missing[:_SHOWN])) + (
            f" and {len(missing) - _SHOWN} more" if missing[_SHOWN:] else ""
        )
        yield _told(
            "history.gap",
            Severity.NOTE,
            Position(source=sources[-1].name),
            f"no filing shows a quarter that ends about {shown}",
            "add the filings of these quarters; what follows from longer periods is derived",
        )


def _linked(roads: Iterable[tuple[dt.date, dt.date]]) -> dict[dt.date, int]:
    """A number for each day: equal where periods lead from one to the other."""
    out: dict[dt.date, int] = {}
    for number, (begin, end) in enumerate(sorted(roads)):
        joined = {out.get(day, number) for day in (begin, end)}
        out |= {day: number for day, old in out.items() if old in joined}
        out[begin] = out[end] = number
    return out


def _told(code: str, severity: Severity, at: Position, message: str, hint: str) -> Finding:
    return Finding(code=code, severity=severity, at=at, message=message, hint=hint)
