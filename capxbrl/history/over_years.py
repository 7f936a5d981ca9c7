"""A statement over years as one table: rows aligned by concept, in the order of the latest page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from ..findings import Finding, NotFound
from ..model import Kind, Standing
from ..options import WrongOption
from ..records import dataclass
from ..reprs import Brief
from .records import Gap, Point, Slot
from .runs import Known, Run, run

if TYPE_CHECKING:
    import pandas

_KINDS = (
    Kind.INCOME_STATEMENT,
    Kind.BALANCE_SHEET,
    Kind.CASH_FLOW,
    Kind.COMPREHENSIVE_INCOME,
    Kind.EQUITY,
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line(Brief):
    """A row. label: of the latest page; labels: the words of all pages, the latest first. points: one a column, None
    where it is missing."""

    concept: str
    label: str
    labels: tuple[str, ...]
    unit: str
    points: tuple[Point | None, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OverYears(Brief):
    """A statement of a company over its periods. columns: in time. lines: in the order of the latest page; what only
    earlier pages show stands below the line that it followed there."""

    kind: str
    company: str
    months: int | None
    columns: tuple[Slot, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = field(default=())

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """One row a line, one column a period by its last day (pandas)."""
        from . import frames

        return frames.over_years(self, numbers=numbers)

    def _repr_html_(self) -> str:
        from . import frames

        return frames.over_years_html(self)


@dataclass(frozen=True, slots=True)
class _Made:
    concept: str
    labels: tuple[str, ...]
    found: Run


def table_of(known: Known, company: str, kind: str, months: int | None, unit: str | None) -> OverYears:
    """The table of a kind of statement. Raises NotFound where no filing has one, WrongOption where the kind is none."""
    if kind not in {k.value for k in _KINDS}:
        raise WrongOption(f"there is no statement {kind!r}; known: {', '.join(k.value for k in _KINDS)}")
    pages = _pages(known, kind)
    if not pages:
        raise NotFound(f"no filing has a statement {kind}")
    made = _lines(known, pages, months, unit)
    columns = sorted({(p.slot.end, p.slot.start or p.slot.end, p.slot) for m in made for p in m.found.points})
    slots = _distinct([slot for _, _, slot in columns])
    lines = tuple(_line(m, slots) for m in made)
    findings = tuple(dict.fromkeys(f for m in made for f in m.found.findings))
    return OverYears(kind=kind, company=company, months=months, columns=slots, lines=lines, findings=findings)


def _distinct(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    out: dict[dt.date, Slot] = {}
    for slot in slots:
        if slot.start is not None or slot.end not in out:
            out[slot.end] = slot
    return tuple(out[end] for end in sorted(out))


def _pages(known: Known, kind: str) -> dict[int, list[str]]:
    """{filing, the latest first: the concepts of its statement in the order of the page}."""
    out: dict[int, list[str]] = {}
    for number in sorted(known.sources, reverse=True):
        names = known.index.names.get(number, ())
        shown = [n for n in names if any(e.row.statement == kind for e in known.index.by_name[number, n])]
        if shown:
            out[number] = shown
    return out


def _lines(known: Known, pages: dict[int, list[str]], months: int | None, unit: str | None) -> list[_Made]:
    made: list[_Made] = []
    taken: dict[tuple[int, str], _Made] = {}
    for number, names in pages.items():
        before: _Made | None = None
        for name in names:
            if (number, name) in taken:
                before = taken[number, name]
                continue
            one = _run(known, name, months, unit)
            if one is None or not one.found.points:
                continue
            own = {(n, line.entries[0].name) for n, line in one.found.lines.items()}
            taken |= {key: one for key in own if key not in taken}
            at = next((i for i, m in enumerate(made) if m is before), -1)
            made.insert(at + 1 if before is not None or number != next(iter(pages)) else len(made), one)
            before = one
    return made


def _run(known: Known, name: str, months: int | None, unit: str | None) -> _Made | None:
    found = run(known, name, months, _unit_of(known, name, unit), Standing.DOUBTFUL)
    if found is None and months is not None:
        # A balance within a statement of flows: cash when the period ends.
        found = run(known, name, None, _unit_of(known, name, unit), Standing.DOUBTFUL)
        if found is not None:
            found = _at_ends(found, {slot.end for _, slot in known.spans if slot.months == months})
    if found is None:
        return None
    labels = [e.row.label for n in sorted(found.lines, reverse=True) for e in found.lines[n].entries]
    return _Made(name, tuple(dict.fromkeys(" ".join(label.split()) for label in labels)), found)


def _at_ends(found: Run, ends: set[dt.date]) -> Run:
    return Run(
        unit=found.unit,
        points=tuple(p for p in found.points if p.slot.end in ends),
        gaps=(),
        lines=found.lines,
        findings=found.findings,
    )


def _unit_of(known: Known, name: str, unit: str | None) -> str | None:
    """A currency that is asked for is that of money, and of money a share; other units are what they are."""
    if unit is None:
        return None
    entry = next((e for n in known.index.sources.get(name, ()) for e in known.index.by_name[n, name]), None)
    own = (entry.row.unit or "") if entry else ""
    if own in ("shares", "pure"):
        return own
    return f"{unit}/{own.partition('/')[2]}" if "/" in own else unit


def _line(made: _Made, slots: Sequence[Slot]) -> Line:
    by_end = {p.slot.end: p for p in made.found.points}
    return Line(
        concept=made.concept,
        label=made.labels[0],
        labels=made.labels,
        unit=made.found.unit,
        points=tuple(by_end.get(slot.end) for slot in slots),
        gaps=made.found.gaps,
    )


def points_of(table: OverYears) -> Iterator[Point]:
    for line in table.lines:
        yield from (p for p in line.points if p is not None)
