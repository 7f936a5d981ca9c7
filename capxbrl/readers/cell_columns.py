"""The columns of an HTML table: figures that stand one below the other are one column, whatever their spans say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..amounts import is_dash
from . import tolerances as tol
from .cell_parts import BEHIND, GridLine, Part, append

#: The raw columns of a cell, and the number of its row.
Extent = tuple[tuple[int, int], int]


@dataclass(slots=True, kw_only=True)
class GridColumn:
    """One column of the result: raw columns start..end-1, and the rows that have a cell in it."""

    start: int
    end: int
    figures: bool
    rows: set[int] = field(default_factory=set)


def columns_of(lines: Sequence[GridLine]) -> list[GridColumn]:
    """The columns from left to right; the first one is that of the labels."""
    figures = _figure_columns(lines)
    if not figures:
        texts = clusters(((p.near, n) for n, line in enumerate(lines) for p in line.parts), False)
        return texts or [GridColumn(start=0, end=1, figures=False)]
    outer = _outer(lines, figures)
    labels = _labels(_left_of(lines, outer[0][0]))
    extra = [*_between(lines, figures, outer), *_empty(lines, outer)]
    for column, (a, b) in zip(figures, outer, strict=True):
        column.start, column.end = a, b
    return [*labels, *sorted([*figures, *extra], key=lambda c: (c.start, c.end))]


def _figure_columns(lines: Sequence[GridLine]) -> list[GridColumn]:
    """The columns of figures. A first column of years or numbers is one of labels, where no row has another label."""
    bodies = [(n, line) for n, line in enumerate(lines) if not line.heading]
    figures = clusters(((p.near, n) for n, line in bodies for p in line.parts if p.figure), True)
    if len(figures) > 1 and figures[0].start == 0:
        labelled = {n for n, line in enumerate(lines) if line.parts and not line.parts[0].figure}
        if not (figures[0].rows & labelled) and _counts(lines, figures[0]):
            del figures[0]
    return figures


def _left_of(lines: Sequence[GridLine], first: int) -> list[Extent]:
    """The extents of what begins left of the first column of figures."""
    return [
        ((p.start, min(p.end, first)), n)
        for n, line in enumerate(lines)
        for p in line.parts
        if p.start < first and not (line.heading and p.figure)
    ]


def _between(
    lines: Sequence[GridLine], figures: Sequence[GridColumn], outer: Sequence[tuple[int, int]]
) -> list[GridColumn]:
    """Columns of text among the figures: far from them, or in rows that have a figure beside it."""
    first = outer[0][0]
    texts = [
        ((p.start, p.end), n)
        for n, line in enumerate(lines)
        for p in line.parts
        if p.start >= first and not p.figure and not any(p.start < b and a < p.end for a, b in outer)
    ]
    out: list[GridColumn] = []
    for column in clusters(texts, False):
        near = min(figures, key=lambda f: (max(f.start - column.end, column.start - f.end), -f.start))
        if max(near.start - column.end, column.start - near.end) > tol.CELLS.apart or near.rows & column.rows:
            out.append(column)
    return out


def _empty(lines: Sequence[GridLine], outer: Sequence[tuple[int, int]]) -> list[GridColumn]:
    """Columns without a figure, which headings stand over: those beside one heading for each column of figures."""
    for number, line in enumerate(lines):
        heads = [p for p in line.parts if p.start >= outer[0][0]]
        if line.heading and len(heads) > len(outer) and all(any(_stands(p, o) for p in heads) for o in outer):
            bare = [p for p in heads if not any(_stands(p, o) for o in outer)]
            return [GridColumn(start=p.start, end=p.end, figures=False, rows={number}) for p in bare]
    return []


def _stands(part: Part, extent: tuple[int, int]) -> bool:
    return part.start < extent[1] and extent[0] < part.end


def _counts(lines: Sequence[GridLine], column: GridColumn) -> bool:
    """Every cell of the column is a year or a small number."""
    texts = [p.text for n in column.rows for p in lines[n].parts if p.near[0] < column.end and p.near[1] > column.start]
    return all(text.isdigit() and len(text) <= tol.CELLS.counting for text in texts)


def clusters(items: Iterable[Extent], figures: bool) -> list[GridColumn]:
    """Cells that lie one below the other. Narrow cells first: a wide one may span several columns."""
    rows: dict[tuple[int, int], set[int]] = {}
    for extent, number in items:
        rows.setdefault(extent, set()).add(number)
    out: list[GridColumn] = []
    for start, end in sorted(rows, key=lambda e: (e[1] - e[0], -len(rows[e]), e)):
        over = [c for c in out if start < c.end and c.start < end]
        mine = rows[start, end]
        if not over:
            out.append(GridColumn(start=start, end=end, figures=figures, rows=set(mine)))
        elif len(over) == 1 and not over[0].rows & mine:
            over[0].rows |= mine
            _widen(over[0], start, end, out)
    return sorted(out, key=lambda c: c.start)


def _widen(column: GridColumn, start: int, end: int, columns: Sequence[GridColumn]) -> None:
    """Stretch a column over start..end, unless it would then lie over another one."""
    low, high = min(start, column.start), max(end, column.end)
    if not any(low < c.end and c.start < high for c in columns if c is not column):
        column.start, column.end = low, high


def _outer(lines: Sequence[GridLine], figures: Sequence[GridColumn]) -> list[tuple[int, int]]:
    """The raw columns of each column of figures with their "$" and ")": never into its neighbours."""
    out = [[c.start, c.end] for c in figures]
    for line in lines:
        if line.heading:
            continue
        for part in line.parts:
            if part.figure and (i := best(part.near, figures)) is not None and part.near[0] >= figures[i].start - 2:
                low = figures[i - 1].end if i else 0
                high = figures[i + 1].start if i + 1 < len(figures) else part.end
                out[i] = [max(low, min(out[i][0], part.start)), min(high, max(out[i][1], part.end))]
    for i in range(len(out) - 1):
        if out[i][1] > out[i + 1][0]:
            out[i][1] = max(figures[i].end, min(out[i][1], out[i + 1][0]))
    return [(a, b) for a, b in out]


def best(near: tuple[int, int], columns: Sequence[GridColumn]) -> int | None:
    """The column that a figure overlaps most."""
    start, end = near
    found, most = None, 0
    for i, column in enumerate(columns):
        if column.start < end and start < column.end:
            over = min(end, column.end) - max(start, column.start)
            if over > most:
                found, most = i, over
    return found


def _labels(cells: Sequence[tuple[tuple[int, int], int]]) -> list[GridColumn]:
    """The columns left of the figures. Cells that are never in one row are one column: indents made by cells."""
    found = clusters(cells, False)
    out: list[GridColumn] = []
    for column in found:
        if out and not (out[-1].rows & column.rows):
            out[-1].end = max(out[-1].end, column.end)
            out[-1].rows |= column.rows
        else:
            out.append(column)
    return out or [GridColumn(start=-1, end=0, figures=False)]


# --- minus signs ---------------------------------------------------------------------------------------------------


def join_minus(lines: Sequence[GridLine]) -> None:
    """A dash before digits of the same column is their minus; one in a column of its own says that there is nothing."""
    bodies = [line for line in lines if not line.heading]
    if not any(is_dash(part.text) for line in bodies for part in line.parts):
        return
    columns = clusters(((p.near, n) for n, line in enumerate(bodies) for p in line.parts if p.digits), True)
    heads = [p for line in lines if _has_no_digits(line) for p in line.parts if p.start and not is_dash(p.text)]
    for line in bodies:
        line.parts = _with_minus(line.parts, columns, heads)


def _with_minus(parts: Sequence[Part], columns: Sequence[GridColumn], heads: Sequence[Part]) -> list[Part]:
    out: list[Part] = []
    for part in parts:
        if out and part.digits and is_dash(out[-1].text) and _is_minus(out[-1], part, columns, heads):
            append(out[-1], part, glue=True, near=part.near)
        else:
            out.append(part)
    return out


def _has_no_digits(line: GridLine) -> bool:
    return line.heading or not any(part.digits for part in line.parts)


def _is_minus(dash: Part, figure: Part, columns: Sequence[GridColumn], heads: Sequence[Part]) -> bool:
    """Nothing on the page sets the dash apart from the figure: no column of other figures, no heading of its own."""
    if figure.near[0] - dash.end > BEHIND:
        return False
    own = best(figure.near, columns)
    if any(c.start < figure.near[0] and dash.start < c.end for i, c in enumerate(columns) if i != own):
        return False
    return not any(_stands(h, (dash.start, dash.end)) and not _stands(h, figure.near) for h in heads)
