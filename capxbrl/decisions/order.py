"""Decision: in which columns the figures of a loose row stand: those by which sums tie, else none, and that is told.

A reader that places figures by their order cannot place a row with fewer figures than columns.  The sums that the row
takes part in can: only with its figures in the right columns do the rows above a total add up to it in every column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ..amounts import PrintedKind
from ..evidence import AnnotatedRow, DecidedTable, RowKind
from ..findings import Finding, Outcome, Severity
from ..records import replace
from . import tolerances as tol


def place_loose(decided: DecidedTable) -> Outcome[DecidedTable]:
    """The table with its loose rows placed; figures whose columns nothing tells are left out: `columns.doubtful`."""
    table = decided.headed.table
    loose = [n for n, row in enumerate(table.rows) if row.source.loose and row.has_data]
    if not loose:
        return Outcome(decided, ())
    rows = list(table.rows)
    findings: list[Finding] = []
    for number in loose:
        placed = _by_sums(rows, number, table.columns, frozenset(loose))
        if placed is None:
            findings.append(_doubtful(rows[number]))
            placed = replace(rows[number], kind=RowKind.WORDS, figures=(), printed=(None,) * len(rows[number].cells))
        rows[number] = placed
    headed = replace(decided.headed, table=replace(table, rows=tuple(rows)))
    return Outcome(replace(decided, headed=headed), tuple(findings))


def _by_sums(
    rows: Sequence[AnnotatedRow], number: int, columns: Sequence[int], loose: frozenset[int]
) -> AnnotatedRow | None:
    """The row with its figures in the only columns in which a sum ties; None where none does, or more than one way."""
    row = rows[number]
    if not len(row.figures) < len(columns) <= tol.TABLES.widest:
        return None
    ways = [way for way in combinations(columns, len(row.figures)) if _ties(rows, number, way, columns, loose)]
    if len(ways) != 1:
        return None
    put = {i: col for (i, _), col in zip(row.figures, ways[0], strict=True)}
    cells = tuple(replace(c, col=put.get(i, c.col)) for i, c in enumerate(row.cells))
    return replace(row, source=replace(row.source, cells=cells, loose=False))


def _ties(
    rows: Sequence[AnnotatedRow], number: int, way: Sequence[int], columns: Sequence[int], loose: frozenset[int]
) -> bool:
    """With its figures in these columns, some rows with this one among them add up to the next row in every column."""
    mine = dict(zip(way, (p.value for _, p in rows[number].figures), strict=True))
    for total in range(number + 1, min(len(rows), number + tol.TABLES.reach)):
        if total in loose or not rows[total].has_data or not set(columns) <= set(_values(rows[total])):
            continue
        goal = [_values(rows[total])[col] for col in columns]
        for sums in _sums(rows, number, total, mine, columns, loose):
            if sums == goal:
                return True
    return False


def _sums(
    rows: Sequence[AnnotatedRow],
    number: int,
    total: int,
    mine: dict[int, Decimal],
    columns: Sequence[int],
    loose: frozenset[int],
) -> Iterator[list[Decimal]]:
    """What the rows from ever further above up to a total add up to, column by column."""
    if any(n in loose and n != number for n in range(number, total)):
        return
    sums = [Decimal(0)] * len(columns)
    taken = 0
    for at in range(total - 1, max(-1, total - tol.TABLES.reach), -1):
        if at in loose and at != number:
            return
        if not rows[at].has_data:
            continue
        values = mine if at == number else _values(rows[at])
        sums = [s + values.get(col, Decimal(0)) for s, col in zip(sums, columns, strict=True)]
        taken += 1
        if at <= number and taken > 1:
            yield sums


def _values(row: AnnotatedRow) -> dict[int, Decimal]:
    return {row.cells[i].col: p.value for i, p in row.figures if p.kind in (PrintedKind.NUMBER, PrintedKind.DASH)}


def _doubtful(row: AnnotatedRow) -> Finding:
    shown = ", ".join(p.shown for _, p in row.figures)
    return Finding(
        code="columns.doubtful",
        severity=Severity.WARNING,
        at=row.source.at,
        message=f"not read: {row.label[:60]!r} has {shown}, fewer figures than there are columns, and nothing "
        "tells in which of them",
        hint="put blanks, or a dash for each empty column, so that the figures stand below their headings",
    )
