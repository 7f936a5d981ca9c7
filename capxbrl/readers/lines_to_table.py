"""Lines whose columns are made by blanks -> a table: EDGAR ASCII, `pdftotext -layout`, the words of a PDF page.

A line is cut into pieces with their extent in characters (`line_pieces`).  Amounts are taken from the right end of the
line; their right edges, clustered over all lines (`piece_columns`), are the columns.  The <S>/<C> ruler of EDGAR is not
used: it is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ..findings import Position
from ..grammar import ANY_YEAR, MONTHS, SHORT_MONTHS
from ..model import Cell, Row, Table
from .dumps import with_first_figures_cut, with_labels_beside
from .line_pieces import Piece, Word, is_number, is_rule, number_edge, pieces, words_of
from .minus import with_minus_joined
from .order import in_order
from .piece_columns import FigureColumn, Pieces, columns_of, figure_columns, with_empty, with_moved_rows, without_strays
from .source_lines import SourceLine
from .thousands import with_thousands_joined

_REFERENCE = re.compile(r"(?:[Nn]otes? ?)?[A-Z0-9]{1,2}(?: ?[,&] ?(?:and )?[A-Z0-9]{1,2}){0,3}")
#: The number of a note, and where it stands behind a year.
_NOTE_NUMBER = re.compile(r"\(\d\)")
_NOTED = re.compile(r"(?<=\d)\s{0,2}\(\d\)$")
#: Words of a heading that names a period.
_DATED = re.compile(
    rf"\b(?:{ANY_YEAR}|{MONTHS}|{SHORT_MONTHS}|months?|weeks?|quarters?|years?|ended)\b",
    re.I,
)
#: A day of a heading with words behind it that are no year.
_DAY_BEFORE_WORDS = re.compile(
    r"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2},?)\s+(?=[a-z])", re.I
)
_HAS_YEAR = re.compile(rf"\b{ANY_YEAR}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTolerances:
    """Where a piece of a heading or a label belongs; in characters.

    Found on releases and reports of 1993 to 2009 in text; a test for each moves it far and sees a table break.
    """

    #: A text that ends so far left of the first column is a label.
    clear_of_columns: int = 6
    #: A text that begins so far left of the first column is a label, even if it reaches under it.
    far_left: int = 25
    #: A heading over no column belongs to the nearest one within this reach.
    loose: int = 8


TOLERANCES = PlaceTolerances()
#: So wide are the figures of a column, from their usual right edge.
_CORE = 8


class _Placed(NamedTuple):
    """A piece with its grid column and how many columns it covers."""

    piece: Piece
    col: int
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
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

    @property
    def shift(self) -> int:
        """The grid column of the first column of figures: behind the labels, and the notes where there are any."""
        return 1 if self.notes is None else 2


def read_table(lines: Sequence[SourceLine], source: str, number: int) -> Table | None:
    """The table that these lines make, or None when no column of figures runs through them.

    Every character of the lines that is not a blank is in some cell.  Column 0 is the label.
    """
    found = read_pages([lines], source, number)
    return found[0] if found else None


def read_pages(pages: Sequence[Sequence[SourceLine]], source: str, number: int) -> list[Table]:
    """The tables that the pages of one table make, on one grid, numbered from `number` on; none without figures."""
    texts = [line.text for page in pages for line in page]
    rows = with_thousands_joined([_with_notes_of_years(pieces(text), text) for text in texts], texts)
    rows = with_first_figures_cut(with_minus_joined(rows, texts), texts)
    years = frozenset(n for n, (row, text) in enumerate(zip(rows, texts, strict=True)) if _is_row_of_years(row, text))
    columns = figure_columns(rows, years) or figure_columns(rows, frozenset())
    plain = rows
    rows, columns = with_moved_rows(rows, columns, years)
    rows, columns = without_strays(rows, columns, years)
    if not columns:
        return []
    dated = [[p for p in row if _HAS_YEAR.search(text, p.x0, p.x1)] for row, text in zip(rows, texts, strict=True)]
    ordered = in_order(plain, texts, columns, years)
    if ordered is not None:
        rows, columns = ordered.rows, ordered.columns
    else:
        columns = with_empty(rows, dated, columns)
    left = min((p.x0 for row in rows for p in row if not p.is_amount), default=0)
    grid = _Grid(
        columns=columns,
        notes=_notes(rows, texts, columns),
        inner=_inner(rows, years),
        left=left,
        by_order=ordered is not None,
        loose=ordered.loose if ordered else frozenset(),
    )
    out: list[Table] = []
    first = 0
    for page in pages:
        last = first + len(page)
        on_page = frozenset(n - first for n in years if first <= n < last)
        made = _table(page, rows[first:last], grid, on_page, source, number + len(out), len(out) > 0, first)
        out.append(with_labels_beside(made))
        first = last
    return out


def _table(
    lines: Sequence[SourceLine],
    rows: Sequence[Pieces],
    grid: _Grid,
    years: frozenset[int],
    source: str,
    number: int,
    goes_on: bool,
    first: int,
) -> Table:
    """One page of a table on its grid. first: the number of its first row among those of all pages."""
    out: list[Row] = []
    for i, line in enumerate(lines):
        if not rows[i]:
            continue
        below = rows[i + 1] if i + 1 < len(rows) and is_rule(lines[i + 1].text) else ()
        placed = _place_row(rows[i], line.text, grid, below, i in years)
        at = Position(
            source=source, line=line.number, column=line.column_at(rows[i][0].x0), table=number, row=len(out) + 1
        )
        cells = tuple(_cell(p, line, at, n, grid.left) for n, p in enumerate(_in_cells(placed), 1))
        out.append(Row(cells=cells, at=at, rule=is_rule(line.text), loose=first + i in grid.loose))
    at = Position(source=source, line=lines[0].number, column=lines[0].column, table=number)
    return Table(rows=tuple(out), width=len(grid.columns) + grid.shift, at=at, goes_on=goes_on)


def _cell(placed: _Placed, line: SourceLine, row: Position, number: int, left: int) -> Cell:
    piece = placed.piece
    at = Position(
        source=row.source, line=row.line, column=line.column_at(piece.x0), table=row.table, row=row.row, cell=number
    )
    return Cell(
        text=line.text[piece.x0 : piece.x1],
        at=at,
        col=placed.col,
        span=placed.span,
        indent=piece.x0 - left if placed.col == 0 else 0,
        jumps=line.jumps(piece.x0, piece.x1),
    )


def _with_notes_of_years(row: Pieces, text: str) -> Pieces:
    """ "2024 (1)" is a year with the mark of its note."""
    out: list[Piece] = []
    for piece in row:
        last = out[-1] if out else None
        note = _NOTE_NUMBER.fullmatch(text[piece.x0 : piece.x1])
        if last and note and piece.x0 - last.x1 <= 2 and _is_year(text[last.x0 : last.x1]):
            out[-1] = last._replace(x1=piece.x1)
        else:
            out.append(piece)
    return tuple(out)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _is_row_of_years(row: Sequence[Piece], text: str) -> bool:
    """Its figures do not make columns."""
    amounts = [p for p in row if p.is_amount]
    return bool(amounts) and all(_is_year(_NOTED.sub("", text[p.x0 : p.x1]).strip(" *()")) for p in amounts)


def _inner(rows: Sequence[Pieces], years: frozenset[int]) -> int:
    """Where nine of ten labels of rows of figures have begun."""
    starts = sorted(
        row[0].x0 for i, row in enumerate(rows) if i not in years and row and not row[0].is_amount and row[-1].is_amount
    )
    return starts[len(starts) * 9 // 10] if starts else 0


def _notes(rows: Sequence[Pieces], texts: Sequence[str], columns: Sequence[FigureColumn]) -> tuple[int, int] | None:
    """The extent of a column of references to notes ("C & R") between the labels and the first figures, if there is
    one.
    """
    found = [
        (p.x0, p.x1)
        for row, text in zip(rows, texts, strict=True)
        for q, p in pairwise(row)
        if q is row[0] and not p.is_amount and _REFERENCE.fullmatch(text[p.x0 : p.x1]) and p.x1 <= columns[0].x1
    ]
    if len(found) < 3:
        return None
    return min(a for a, _ in found), max(b for _, b in found)


# --- one row ---------------------------------------------------------------------------------------------------------


def _place_row(row: Pieces, text: str, grid: _Grid, below: Sequence[Piece], years: bool) -> list[_Placed]:
    """Each piece of a row on the grid. below: the rules drawn under it."""
    rule = is_rule(text)
    data = any(p.is_amount for p in row) and not years and not rule
    if data:
        row = _with_label_cut(row, text, grid.columns)
    elif grid.by_order and not rule:
        row = _with_dates_cut(row, text, len(grid.columns))
    columns = _columns_of_pieces(row, text, grid, below if not rule else (), years or rule, data)
    if rule and grid.by_order and len(row) == len(grid.columns):
        columns = [(n, 1) for n in range(len(row))]
    elif not data and not rule:
        columns = _headings_in_order(row, text, columns, grid)
    out: list[_Placed] = []
    for number, (piece, (column, span)) in enumerate(zip(row, columns, strict=True)):
        if column >= 0:
            out.append(_Placed(piece, column + grid.shift, span))
        elif number and _in_notes(piece, grid):
            out.append(_Placed(piece, 1, 1))
        else:
            out.append(_Placed(piece, 0, span))
    return out


def _in_notes(piece: Piece, grid: _Grid) -> bool:
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


def _headings_in_order(row: Pieces, text: str, columns: list[tuple[int, int]], grid: _Grid) -> list[tuple[int, int]]:
    """As many headings as columns, or one for every so many: each stands over its own, if places do not tell or
    mislead.
    """
    width = len(grid.columns)
    dated = [_DATED.search(text, p.x0, p.x1) is not None for p in row]
    stub = columns[0][0] < 0 and (not dated[0] or len(row) == width + 1)
    over = len(row) - stub
    told = columns[stub:]
    apart = all(column >= 0 for column, _ in told) and len({column for column, _ in told}) == len(told)
    if (
        over < 2
        or width % over
        or (apart and not grid.by_order)
        or not (all(dated[stub:]) or (grid.by_order and over == width))
    ):
        return columns
    span = width // over
    return [*columns[:stub], *((n * span, span) for n in range(over))]


def _in_cells(placed: Sequence[_Placed]) -> list[_Placed]:
    """Pieces that came to lie in the same column are one cell (a label in two parts); left-to-right order stays."""
    out: list[_Placed] = []
    for piece, col, span in placed:
        last = out[-1] if out else None
        if last and last.col + last.span > col:
            joined = Piece(last.piece.x0, max(last.piece.x1, piece.x1), piece.edge or last.piece.edge)
            out[-1] = _Placed(joined, last.col, max(last.span, col + span - last.col))
        else:
            out.append(_Placed(piece, col, span))
    return out


def _with_label_cut(row: Pieces, text: str, columns: Sequence[FigureColumn]) -> Pieces:
    """A label that runs up to its first figure with one blank: cut the figure off where a column stands."""
    labels = [p for p in row if not p.is_amount]
    if not labels:
        return row
    last = labels[-1]
    words = [Word(w.x0 + last.x0, w.x1 + last.x0, w.text) for w in words_of(text[last.x0 : last.x1])]
    if len(words) < 2 or not is_number(words[-1].text) or "," not in words[-1].text:
        return row
    amounts = tuple(p for p in row if p.edge is not None)
    taken = set(columns_of([p.edge for p in amounts if p.edge is not None], columns))
    edge = number_edge(words[-1])
    if not any(c not in taken and column.distance(edge) <= 1 for c, column in enumerate(columns)):
        return row
    cut = Piece(last.x0, words[-2].x1)
    return (*labels[:-1], cut, Piece(words[-1].x0, words[-1].x1, edge), *amounts)


def _columns_of_pieces(
    row: Pieces, text: str, grid: _Grid, below: Sequence[Piece], heading: bool, data: bool
) -> list[tuple[int, int]]:
    """For each piece its column of figures (-1: the label) and how many it covers."""
    columns = grid.columns
    edges = {p: p.edge for p in row if p.edge is not None and not heading}
    own = columns_of(list(edges.values()), columns)
    found: dict[Piece, tuple[int, int]] = {piece: (column, 1) for piece, column in zip(edges, own, strict=True)}
    taken = set(own)
    loose: list[Piece] = []
    for piece in row:
        if piece in found:
            continue
        x0, x1 = _extent(piece, row, below)
        over = [c for c, column in enumerate(columns) if x0 < column.x1 and column.x0 < x1]
        if _is_label(piece, row, (x0, x1), grid) or (data and not over):
            found[piece] = -1, 1
        elif over:
            found[piece] = over[0], over[-1] - over[0] + 1
            taken.update(over)
        else:
            loose.append(piece)
    free = [(n, c) for n, c in enumerate(columns) if n not in taken]
    for piece in loose:
        gap, nearest = _nearest(piece, free, len(columns) - 1)
        # Right of the first column stands no label; words of a heading there belong to a column.
        inside = not data and piece.x0 >= columns[0].x1 and any(c.isalpha() for c in text[piece.x0 : piece.x1])
        found[piece] = (nearest, 1) if gap <= TOLERANCES.loose or inside else (-1, 1)
    covers = [found[piece] for piece in row]
    return covers if data else _each_over_its_own(row, covers, columns)


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
        mine, other = (min(p.x1, edge) - max(p.x0, edge - _CORE) for p in (row[n], row[n + 1]))
        if wide_b > 1 and mine >= other:
            out[n + 1] = b + 1, wide_b - 1
        elif wide > 1 and other >= mine:
            out[n] = a, wide - 1
    return out


def _nearest(piece: Piece, free: Sequence[tuple[int, FigureColumn]], last: int) -> tuple[int, int]:
    """(how far, which) of the nearest column over which nothing else stands; far off, the last, where there is none."""
    return min(((max(c.x0 - piece.x1, piece.x0 - c.x1), n) for n, c in free), default=(99, last))


def _is_label(piece: Piece, row: Pieces, extent: tuple[int, int], grid: _Grid) -> bool:
    first = grid.columns[0].x0
    if piece is row[0] and not piece.is_amount and piece.x0 <= grid.inner and piece.x0 < first:
        return True
    if not piece.is_amount and extent[1] <= first - TOLERANCES.clear_of_columns:
        return True
    return extent[0] < first - TOLERANCES.far_left


def _extent(piece: Piece, row: Pieces, below: Sequence[Piece]) -> tuple[int, int]:
    """What a piece covers: a rule drawn below one heading alone spans the columns that the heading stands for."""
    x0, x1 = piece.x0, piece.x1
    for rule in below:
        alone = sum(p.x0 < rule.x1 and rule.x0 < p.x1 for p in row) == 1
        if alone and rule.x0 < x1 and x0 < rule.x1 and rule.x1 - rule.x0 >= x1 - x0 - 2:
            x0, x1 = rule.x0, rule.x1
    return x0, x1
