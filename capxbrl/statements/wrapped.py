"""Headings that are wrapped over several rows put together."""

from __future__ import annotations

from collections.abc import Sequence

from ..evidence import AnnotatedRow
from ..model import Cell
from ..periods import read_clues
from ..records import replace


def unwrapped(rows: Sequence[AnnotatedRow]) -> list[AnnotatedRow]:
    """The rows, with headings that are wrapped and centred in height put together: their lines take turns.

    "Six months" at the right, "Three months" at the left, "ended June 30," at the right, ... are two headings.
    """
    out: list[AnnotatedRow] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and _is_unheaded(rows[end]):
            end += 1
        end = max(end, at + 1)
        whole = _put_together(rows[at:end])
        out += rows[at:end] if whole is None else [whole]
        at = end
    return out


def _is_unheaded(row: AnnotatedRow) -> bool:
    """A row of headings without a year, and with nothing over the labels."""
    return all(c.col > 0 for c in row.cells) and not any(c.years for c in row.clues)


def _put_together(rows: Sequence[AnnotatedRow]) -> AnnotatedRow | None:
    """One row of the rows of wrapped headings; None where their lines do not take turns, or make no lengths."""
    alone = {row.cells[0].col for row in rows if len(row.cells) == 1}
    if len(alone) < 2 or len(rows) < 3:
        return None
    lines: dict[int, list[Cell]] = {}
    for cell in (cell for row in rows for cell in row.cells):
        lines.setdefault(cell.col, []).append(cell)
    cells = tuple(
        replace(parts[0], text=" ".join(c.text for c in parts), jumps=(), span=max(c.span for c in parts))
        for _, parts in sorted(lines.items())
    )
    clues = tuple(read_clues(cell.text) for cell in cells)
    if not all(c.length for c in clues):
        return None
    return replace(rows[0], source=replace(rows[0].source, cells=cells), printed=(None,) * len(cells), clues=clues)
