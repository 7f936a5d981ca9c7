"""Pieces of the lines of a table -> its columns of figures: the right edges of amounts, clustered over all lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import pairwise

from ..records import dataclass
from . import tolerances as tol
from .line_pieces import Piece

Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column of figures: its extent, how often each right edge occurs, and the rows that have a figure in it."""

    x0: int
    x1: int
    edges: Mapping[int, int]
    rows: frozenset[int]

    def distance(self, edge: int) -> int:
        """How far an edge is from the nearest edge of the column."""
        return min(abs(edge - e) for e in self.edges)

    @property
    def usual(self) -> int:
        """The right edge that most of its figures have."""
        return max(self.edges, key=lambda e: (self.edges[e], e))


def _union(a: FigureColumn, b: FigureColumn) -> FigureColumn:
    edges = {e: a.edges.get(e, 0) + b.edges.get(e, 0) for e in sorted({*a.edges, *b.edges})}
    return FigureColumn(x0=min(a.x0, b.x0), x1=max(a.x1, b.x1), edges=edges, rows=a.rows | b.rows)


def figure_columns(rows: Sequence[Pieces], skip: AbstractSet[int]) -> list[FigureColumn]:
    """The columns of figures, from left to right. skip: numbers of rows whose figures make no columns (years)."""
    found: dict[int, list[tuple[int, Piece]]] = {}
    for number, row in enumerate(rows):
        for piece in row:
            if piece.edge is not None and number not in skip:
                found.setdefault(piece.edge, []).append((number, piece))
    columns = [
        FigureColumn(
            x0=min(p.x0 for _, p in group),
            x1=max(p.x1 for _, p in group),
            edges={edge: len(group)},
            rows=frozenset(number for number, _ in group),
        )
        for edge, group in sorted(found.items())
    ]
    return _without_overlaps(reduce(_merged, tol.COLUMNS.merge, columns))


def _merged(columns: Sequence[FigureColumn], reach: int) -> list[FigureColumn]:
    """Neighbours within `reach` are one column unless some row has an amount in both."""
    out: list[FigureColumn] = []
    for column in columns:
        last = out[-1] if out else None
        if last and min(column.edges) - max(last.edges) <= reach and not (last.rows & column.rows):
            out[-1] = _union(last, column)
        else:
            out.append(column)
    return out


def _without_overlaps(columns: Sequence[FigureColumn]) -> list[FigureColumn]:
    """Amounts that lie under another column's extent and never beside it belong to it."""
    out = list(columns)
    at = 0
    while at + 1 < len(out):
        a, b = out[at], out[at + 1]
        if not (a.rows & b.rows) and b.x0 < a.x1 and max(a.edges) > b.x0:
            out[at : at + 2] = [_union(a, b)]
            at = 0
        else:
            at += 1
    return out


# --- rows that do not stand where the others do --------------------------------------------------------------------


def with_moved_rows(
    rows: Sequence[Pieces], columns: Sequence[FigureColumn], skip: AbstractSet[int]
) -> tuple[list[Pieces], list[FigureColumn]]:
    """Rows that stand aside as a whole, with the edges they would have among the others; and the columns anew.

    As many figures as there are columns can only stand in this order.  A column that has a heading of its own, or whose
    rows are many, is a column and no row moved.
    """
    most = max((len(c.rows) for c in columns), default=0)
    main = _main(columns, most)
    plain = list(rows)
    if len(main) < 2 or len(main) == len(columns):
        return plain, list(columns)
    found = {number: _moved(row, main) for number, row in enumerate(rows) if number not in skip}
    moved = {number: put for number, put in found.items() if put is not None}
    aside = [c for c in columns if c not in main and c.rows & moved.keys()]
    own = any(c.rows - moved.keys() or _headed(c, main, rows, skip) for c in aside)
    if not moved or own:
        return plain, list(columns)
    put_back = [moved.get(number, row) for number, row in enumerate(rows)]
    return put_back, figure_columns(put_back, skip)


def _main(columns: Sequence[FigureColumn], most: int) -> list[FigureColumn]:
    """The columns with not much fewer rows than the one that has most."""
    return [c for c in columns if len(c.rows) >= max(tol.COLUMNS.main_rows, most * tol.COLUMNS.main)]


def _moved(row: Pieces, main: Sequence[FigureColumn]) -> Pieces | None:
    """The row with its figures at the edges of the main columns, if it is all of them moved by one distance."""
    amounts = [p for p in row if p.edge is not None]
    if len(amounts) != len(main):
        return None
    shifts = [(p.edge or 0) - c.usual for p, c in zip(amounts, main, strict=True)]
    near, far = min(map(abs, shifts)), max(map(abs, shifts))
    if (
        max(shifts) - min(shifts) > tol.COLUMNS.same_shift
        or near <= tol.COLUMNS.merge[2]
        or far > tol.COLUMNS.farthest_shift
    ):
        return None
    edges = iter(c.usual for c in main)
    return tuple(p if p.edge is None else p._replace(edge=next(edges)) for p in row)


def _headed(column: FigureColumn, main: Sequence[FigureColumn], rows: Sequence[Pieces], skip: AbstractSet[int]) -> bool:
    """A heading of its own stands over the column: bare years, or words above its first figure."""
    first = min(column.rows)
    return any(
        p.x0 < column.x1
        and column.x0 < p.x1
        and abs(p.x1 - column.usual) <= tol.COLUMNS.merge[-1]
        and not any(p.x0 < c.usual < p.x1 for c in main)
        for number, row in enumerate(rows)
        if number in skip or (number < first and not any(p.is_amount for p in row))
        for p in row
    )


def without_strays(
    rows: Sequence[Pieces], columns: Sequence[FigureColumn], skip: AbstractSet[int]
) -> tuple[list[Pieces], list[FigureColumn]]:
    """Leave out columns that only figures inside labels make ("(shares: 1996 - 2,179,066)"): few rows, left of all
    others, where those rows have their figures in the real columns too or where labels stand.  Such figures become text
    again.
    """
    most = max((len(c.rows) for c in columns), default=0)
    strays: list[FigureColumn] = []
    for i, column in enumerate(columns[:-1]):
        if not _is_stray(column, columns[i + 1 :], rows, most):
            break
        strays.append(column)
    if not strays:
        return list(rows), list(columns)
    edges = {(number, edge) for c in strays for edge in c.edges for number in c.rows}
    bare = [
        row if number in skip else tuple(p._replace(edge=None) if (number, p.edge) in edges else p for p in row)
        for number, row in enumerate(rows)
    ]
    return bare, [c for c in columns if c not in strays]


def _is_stray(column: FigureColumn, others: Sequence[FigureColumn], rows: Sequence[Pieces], most: int) -> bool:
    real = frozenset[int]().union(*(other.rows for other in others))
    few = len(column.rows) * tol.COLUMNS.stray_share < most and len(column.rows) <= tol.COLUMNS.stray_rows
    if few and (column.rows <= real or all(len(rows[n]) == 1 for n in column.rows)):
        return True
    under = sum(
        any(p.edge is None and p.x0 < column.x1 and column.x0 < p.x1 for p in rows[n]) for n in real - column.rows
    )
    return under > max(2, len(column.rows))


def with_empty(
    rows: Sequence[Pieces], dated: Sequence[Sequence[Piece]], columns: Sequence[FigureColumn]
) -> list[FigureColumn]:
    """The columns, and those that have a dated heading but no figures: of a row with more dates than columns, those
    over none. dated: the pieces of each row that name a year."""
    out = list(columns)
    first = min((min(c.rows) for c in columns if c.rows), default=len(rows))
    for found in dated[:first]:
        if len(found) <= len(out):
            continue
        for p in found:
            if not any((p.x0 < c.x1 and c.x0 < p.x1) or abs(p.x1 - max(c.edges)) <= 2 for c in out):
                out.append(FigureColumn(x0=p.x0, x1=p.x1, edges={p.x1: 0}, rows=frozenset()))
    return sorted(out, key=lambda c: max(c.edges))


# --- the column of each figure --------------------------------------------------------------------------------------


def columns_of(edges: Sequence[int], columns: Sequence[FigureColumn]) -> list[int]:
    """The column of each figure of a row, from left to right: the nearest, but no two figures in one column.

    Where the nearest would clash, the figures keep their order and together move as little as can be.
    """
    nearest = [_nearest(edge, columns) for edge in edges]
    if all(a < b for a, b in pairwise(nearest)) or len(edges) > len(columns):
        return nearest
    # best[c]: the least cost of the figures so far with the last one in column c or left of it, and their columns.
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (len(columns) + 1)
    for edge in edges:
        following: list[tuple[int, tuple[int, ...]]] = [(10**9, ())]
        for c, column in enumerate(columns):
            cost, taken = best[c]
            here = (cost + column.distance(edge), (*taken, c))
            following.append(min(following[-1], here))
        best = following
    return list(best[-1][1])


def _nearest(edge: int, columns: Sequence[FigureColumn]) -> int:
    """The column with the nearest edge, the first of those as near."""
    own = next((c for c, column in enumerate(columns) if edge in column.edges), None)
    return own if own is not None else min(range(len(columns)), key=lambda c: (columns[c].distance(edge), c))
