"""The pieces of one row of a table -> its cells on the grid that all rows of the table make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..grammar import ANY_YEAR, IS_YEAR, MONTHS, SHORT_MONTHS
from ..patterns import compiled
from ..records import dataclass
from . import tolerances as tol
from .compared import compares
from .line_pieces import Piece, cut_figure, is_rule
from .piece_columns import FigureColumn, Pieces, columns_of

#: Words of a heading that names a period.
_DATED = compiled(
    rf"\b(?:{ANY_YEAR}|{MONTHS}|{SHORT_MONTHS}|months?|weeks?|quarters?|half|years?|ended)\b",
    re.I,
)
#: A day of a heading with words behind it that are no year.
_DAY_BEFORE_WORDS = compiled(
    r"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2},?)\s+(?=[a-z])", re.I
)


#: The column, and how many it covers, of a piece in the label.
_LABEL = (-1, 1)


class Placed(NamedTuple):
    """A piece with its grid column and how many columns it covers."""

    piece: Piece
    col: int
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What the rows of a table are placed on."""

    columns: Sequence[FigureColumn]
    #: The extent of a column of references to notes, left of the figures.
    notes: tuple[int, int] | None
    #: Where nearly all labels have begun: a piece further right is no label.
    inner: int
    #: Where the leftmost label begins.
    left: int
    #: Figures stand in their columns by order, not by place; rows with fewer figures of which nothing tells the
    #: columns.
    by_order: bool = False
    loose: frozenset[int] = frozenset()
    #: So many of the last columns compare others.
    changes: int = 0

    @property
    def shift(self) -> int:
        """The grid column of the first column of figures: behind the labels, and the notes where there are any."""
        return 1 if self.notes is None else 2


def place_row(row: Pieces, text: str, grid: Grid, below: Sequence[Piece], years: bool) -> list[Placed]:
    """Each piece of a row on the grid. below: the rules drawn under it."""
    if is_rule(text):
        in_order = grid.by_order and len(row) == len(grid.columns)
        columns = [(n, 1) for n in range(len(row))] if in_order else _columns_of_words(row, text, grid, ())
    elif not years and any(p.is_amount for p in row):
        row = _with_label_cut(row, text, grid.columns)
        columns = _columns_of_figures(row, text, grid, below)
    else:
        row = _with_dates_cut(row, text, len(grid.columns)) if grid.by_order else row
        columns = _headings_in_order(row, text, _columns_of_words(row, text, grid, below), grid)
    out: list[Placed] = []
    for number, (piece, (column, span)) in enumerate(zip(row, columns, strict=True)):
        if column >= 0:
            out.append(Placed(piece, column + grid.shift, span))
        elif number and _in_notes(piece, grid):
            out.append(Placed(piece, 1, 1))
        else:
            out.append(Placed(piece, 0, span))
    return out


def _in_notes(piece: Piece, grid: Grid) -> bool:
    """The piece stands in the column of the numbers of notes."""
    return grid.notes is not None and grid.notes[0] < piece.x1 and piece.x0 < grid.notes[1]


def _with_dates_cut(row: Pieces, text: str, width: int) -> Pieces:
    """ "Sept 30, Year" over two columns, where each other one has its heading: the day, and what stands beside it."""
    out: list[Piece] = []
    for piece in row:
        day = _DAY_BEFORE_WORDS.match(text, piece.x0, piece.x1)
        if day is None:
            out.append(piece)
        else:
            out += [Piece(piece.x0, day.end(1)), Piece(day.end(), piece.x1)]
    stub = not _DATED.search(text, row[0].x0, row[0].x1)
    return tuple(out) if len(out) - stub == width else row


def _headings_in_order(row: Pieces, text: str, columns: list[tuple[int, int]], grid: Grid) -> list[tuple[int, int]]:
    """As many headings as columns, or one for every so many: each stands over its own, if places do not tell or
    mislead.
    """
    width = len(grid.columns)
    if grid.changes and 1 < len(row) < width and compares(text[row[-1].x0 : row[-1].x1]):
        label = columns[:1] if columns[0][0] < 0 else []
        dealt = _beside_changes(len(row) - len(label) - 1, width, grid.changes)
        return [*label, *dealt] if dealt else columns
    dated = [_heads(text[p.x0 : p.x1]) for p in row]
    stub = columns[0][0] < 0 and (not dated[0] or len(row) == width + 1 or _is_beside_years(row, text))
    over = len(row) - stub
    told = columns[stub:]
    if over < 2 or width % over or not (all(dated[stub:]) or (grid.by_order and over == width)):
        return columns
    tell = not grid.by_order and _apart(told) and not _drift(told, width // over, width)
    return columns if tell else [*columns[:stub], *_evenly(over, width)]


def _apart(told: Sequence[tuple[int, int]]) -> bool:
    """Each stands right of the one before, none over the labels."""
    return all(a < b for (a, _), (b, _) in pairwise([(-1, 1), *told]))


def _heads(words: str) -> bool:
    """They name a period, or what compares two."""
    return _DATED.search(words) is not None or compares(words)


def _beside_changes(heads: int, width: int, changes: int) -> list[tuple[int, int]]:
    """Headings evenly over the first columns, and one more over those that compare; nothing where that cannot be."""
    rest = _evenly(heads, width - changes) if heads else []
    return [*rest, (width - changes, changes)] if rest else []


def _drift(told: Sequence[tuple[int, int]], share: int, width: int) -> bool:
    """Headings stand over the first columns only, one over each, while those of the last share have none."""
    return share > 1 and [c for c, _ in told] == list(range(len(told))) and sum(told[-1]) <= width - share


def _evenly(heads: int, width: int) -> list[tuple[int, int]]:
    """Headings over as many columns each; nothing where that cannot be."""
    return [(n * (width // heads), width // heads) for n in range(heads)] if width % heads == 0 else []


def _is_beside_years(row: Pieces, text: str) -> bool:
    """ "Dec. 31    2017    2016": a day over the labels, beside bare years."""
    first, *rest = (text[p.x0 : p.x1] for p in row)
    return len(rest) > 1 and IS_YEAR.fullmatch(first) is None and all(IS_YEAR.fullmatch(t) for t in rest)


def in_cells(placed: Sequence[Placed]) -> list[Placed]:
    """Pieces that came to lie in the same column are one cell (a label in two parts); left-to-right order stays."""
    out: list[Placed] = []
    for piece, col, span in placed:
        last = out[-1] if out else None
        if last and last.col + last.span > col:
            joined = Piece(last.piece.x0, max(last.piece.x1, piece.x1), piece.edge or last.piece.edge)
            out[-1] = Placed(joined, last.col, max(last.span, col + span - last.col))
        else:
            out.append(Placed(piece, col, span))
    return out


def _with_label_cut(row: Pieces, text: str, columns: Sequence[FigureColumn]) -> Pieces:
    """A label that runs up to its first figure with one blank: cut the figure off where a column stands."""
    labels = [p for p in row if not p.is_amount]
    if not labels:
        return row
    cut = cut_figure(text, labels[-1])
    if not cut or "," not in text[cut[1].x0 : cut[1].x1]:
        return row
    amounts = tuple(p for p in row if p.edge is not None)
    taken = set(columns_of([p.edge for p in amounts if p.edge is not None], columns))
    edge = cut[1].edge or 0
    if not any(c not in taken and column.distance(edge) <= 1 for c, column in enumerate(columns)):
        return row
    return (*labels[:-1], *cut, *amounts)


def _columns_of_figures(row: Pieces, text: str, grid: Grid, below: Sequence[Piece]) -> list[tuple[int, int]]:
    """For each piece of a row of figures its column (-1: the label) and how many it covers."""
    edges = {p: p.edge for p in row if p.edge is not None}
    own = columns_of(list(edges.values()), grid.columns)
    figures = iter(own)
    out = [(next(figures), 1) if piece in edges else _covered(piece, row, grid, below) or _LABEL for piece in row]
    if row[0] not in edges and out[0][0] in own and any(c.isalpha() for c in text[row[0].x0 : row[0].x1]):
        out[0] = _LABEL  # words before the figure of their column: a label that reaches into it
    return out


def _columns_of_words(row: Pieces, text: str, grid: Grid, below: Sequence[Piece]) -> list[tuple[int, int]]:
    """For each heading, or drawn rule, its column of figures (-1: the label) and how many it covers."""
    columns = grid.columns
    found = {piece: _covered(piece, row, grid, below) for piece in row}
    taken = {c for at in found.values() if at for c in range(at[0], at[0] + at[1])}
    free = [(n, c) for n, c in enumerate(columns) if n not in taken]
    covers = [at or _nearest_column(piece, text, free, columns) for piece, at in found.items()]
    return _each_over_its_own(row, covers, columns)


def _covered(piece: Piece, row: Pieces, grid: Grid, below: Sequence[Piece]) -> tuple[int, int] | None:
    """The columns that it stands over, or the label; None where it stands over none."""
    x0, x1 = _extent(piece, row, below)
    if _is_label(piece, row, (x0, x1), grid):
        return _LABEL
    over = [c for c, column in enumerate(grid.columns) if x0 < column.x1 and column.x0 < x1]
    return (over[0], over[-1] - over[0] + 1) if over else None


def _nearest_column(
    piece: Piece, text: str, free: Sequence[tuple[int, FigureColumn]], columns: Sequence[FigureColumn]
) -> tuple[int, int]:
    """The nearest column over which nothing else stands, within reach; the label where there is none."""
    gap, nearest = _nearest(piece, free, len(columns) - 1)
    # Right of the first column stands no label; words of a heading there belong to a column.
    inside = piece.x0 >= columns[0].x1 and any(c.isalpha() for c in text[piece.x0 : piece.x1])
    return (nearest, 1) if gap <= tol.PLACES.loose or inside else _LABEL


def _each_over_its_own(
    row: Pieces, covers: list[tuple[int, int]], columns: Sequence[FigureColumn]
) -> list[tuple[int, int]]:
    """Of two headings that touch one column the one that stands less over it is over its other columns only."""
    out = list(covers)
    for n in range(len(out) - 1):
        (a, wide), (b, wide_b) = out[n], out[n + 1]
        if a < 0 or a + wide - 1 != b or max(wide, wide_b) < 2:
            continue
        edge = columns[b].usual
        mine, other = (min(p.x1, edge) - max(p.x0, edge - tol.PLACES.core) for p in (row[n], row[n + 1]))
        if wide_b > 1 and mine >= other:
            out[n + 1] = b + 1, wide_b - 1
        elif wide > 1 and other >= mine:
            out[n] = a, wide - 1
    return out


def _nearest(piece: Piece, free: Sequence[tuple[int, FigureColumn]], last: int) -> tuple[int, int]:
    """(how far, which) of the nearest column over which nothing else stands; far off, the last, where there is none."""
    return min(((max(c.x0 - piece.x1, piece.x0 - c.x1), n) for n, c in free), default=(99, last))


def _is_label(piece: Piece, row: Pieces, extent: tuple[int, int], grid: Grid) -> bool:
    first = grid.columns[0].x0
    if piece is row[0] and not piece.is_amount and piece.x0 <= grid.inner and piece.x0 < first:
        return True
    if not piece.is_amount and extent[1] <= first - tol.PLACES.clear_of_columns:
        return True
    return extent[0] < first - tol.PLACES.far_left


def _extent(piece: Piece, row: Pieces, below: Sequence[Piece]) -> tuple[int, int]:
    """What a piece covers: a rule drawn below one heading alone spans the columns that the heading stands for."""
    x0, x1 = piece.x0, piece.x1
    for rule in below:
        over = rule.x0 < x1 and x0 < rule.x1 and rule.x1 - rule.x0 >= x1 - x0 - 2
        if over and sum(p.x0 < rule.x1 and rule.x0 < p.x1 for p in row) == 1:
            x0, x1 = rule.x0, rule.x1
    return x0, x1
