"""Lines whose columns are made by blanks -> a table: EDGAR ASCII, `pdftotext -layout`, the words of a PDF page.

A line is cut into pieces with their extent in characters (`line_pieces`).  Amounts are taken from the right end of the
line; their right edges, clustered over all lines (`piece_columns`), are the columns.  The <S>/<C> ruler of EDGAR is not
used: it is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..findings import Position
from ..grammar import ANY_YEAR
from ..model import Cell, Row, Table
from . import tolerances as tol
from .compared import compared_columns
from .dumps import with_first_figures_cut, with_labels_beside, with_margin_rows
from .line_pieces import Piece, is_rule, pieces
from .minus import with_minus_joined
from .order import in_order
from .piece_columns import FigureColumn, Pieces, figure_columns, with_empty, with_moved_rows, without_strays
from .row_to_grid import Grid, Placed, in_cells, place_row
from .run_on_headings import with_run_on_headings
from .source_lines import SourceLine
from .thousands import with_thousands_joined

_NUMBER = r"[A-Z0-9]{1,2}(?: ?\([a-z0-9]{1,3}\)){0,2}"
_REFERENCE = re.compile(rf"(?:[Nn]otes? ?)?{_NUMBER}(?: ?[,&] ?(?:and )?{_NUMBER}){{0,3}}")
#: The number of a note, and where it stands behind a year.
_NOTE_NUMBER = re.compile(r"\(\d\)")
_NOTED = re.compile(r"(?<=\d)\s{0,2}\(\d\)$")
_HAS_YEAR = re.compile(rf"\b{ANY_YEAR}\b")


def read_table(lines: Sequence[SourceLine], source: str, number: int) -> Table | None:
    """The table that these lines make, or None when no column of figures runs through them.

    Every character of the lines that is not a blank is in some cell.  Column 0 is the label.
    """
    found = read_pages([lines], source, number)
    return found[0] if found else None


def read_pages(pages: Sequence[Sequence[SourceLine]], source: str, number: int) -> list[Table]:
    """The tables that the pages of one table make, on one grid, numbered from `number` on; none without figures."""
    texts = [line.text for page in pages for line in page]
    plain = _rows(texts)
    years = frozenset(n for n, row in enumerate(plain) if _is_row_of_years(row, texts[n]))
    plain, margin = with_margin_rows(plain, years)
    # Neither years nor figures at the margin make columns.
    aside = years | margin
    columns = figure_columns(plain, aside) or figure_columns(plain, frozenset())
    rows, columns = with_moved_rows(plain, columns, aside)
    rows, columns = without_strays(rows, columns, aside)
    if not columns:
        return []
    inner = _inner(rows, years)
    ordered = in_order(plain, texts, columns, aside)
    if ordered is not None:
        rows, columns = ordered.rows, ordered.columns
    else:
        dated = [_behind_label(found, columns[0], inner) for found in _dated(rows, texts)]
        columns = with_empty(rows, dated, columns)
    grid = Grid(
        columns=columns,
        notes=_notes(rows, texts, columns),
        inner=inner,
        left=min((p.x0 for row in rows for p in row if not p.is_amount), default=0),
        by_order=ordered is not None,
        loose=ordered.loose if ordered else frozenset(),
        changes=_changes([_behind_label(row, columns[0], inner) for row in rows], texts, years, len(columns)),
    )
    return _tables(pages, rows, grid, years, source, number)


def _tables(
    pages: Sequence[Sequence[SourceLine]],
    rows: Sequence[Pieces],
    grid: Grid,
    years: frozenset[int],
    source: str,
    number: int,
) -> list[Table]:
    """The table of each page on their grid. rows: of all pages; years: numbers of those that are headings."""
    out: list[Table] = []
    first = 0
    for page in pages:
        last = first + len(page)
        on_page = frozenset(n - first for n in years if first <= n < last)
        made = _table(page, rows[first:last], grid, on_page, source, number + len(out), len(out) > 0, first)
        out.append(with_labels_beside(with_run_on_headings(made, page, grid.shift)))
        first = last
    return out


def _rows(texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each line."""
    rows = with_thousands_joined([_with_notes_of_years(pieces(text), text) for text in texts], texts)
    return with_first_figures_cut(with_minus_joined(rows, texts), texts)


def _dated(rows: Sequence[Pieces], texts: Sequence[str]) -> list[list[Piece]]:
    """The pieces of each row that name a year."""
    return [
        [p for p in row if _HAS_YEAR.search(text, p.x0, p.x1)] if "19" in text or "20" in text else []
        for row, text in zip(rows, texts, strict=True)
    ]


def _behind_label(row: Sequence[Piece], first: FigureColumn, inner: int) -> Sequence[Piece]:
    """The pieces of a row without the one in its label. inner: where nearly all labels have begun."""
    return row[1:] if row and row[0].x0 <= inner and row[0].x0 < first.x0 else row


def _changes(rows: Sequence[Sequence[Piece]], texts: Sequence[str], years: frozenset[int], width: int) -> int:
    """How many of the last columns compare others, by the headings above the first row of figures."""
    heads: list[list[str]] = []
    for n, (row, text) in enumerate(zip(rows, texts, strict=True)):
        if n not in years and any(p.is_amount for p in row):
            break
        if row and not is_rule(text):
            heads.append([text[p.x0 : p.x1] for p in row])
    return compared_columns(heads, width)


def _table(
    lines: Sequence[SourceLine],
    rows: Sequence[Pieces],
    grid: Grid,
    years: frozenset[int],
    source: str,
    number: int,
    goes_on: bool,
    first: int,
) -> Table:
    """One page of a table on its grid. first: the number of its first row among those of all pages."""
    out: list[Row] = []
    rules = [is_rule(line.text) for line in lines]
    for i, line in enumerate(lines):
        if not rows[i]:
            continue
        below = rows[i + 1] if i + 1 < len(rows) and rules[i + 1] else ()
        placed = place_row(rows[i], line.text, grid, below, i in years)
        at = Position(
            source=source, line=line.number, column=line.column_at(rows[i][0].x0), table=number, row=len(out) + 1
        )
        cells = tuple(_cell(p, line, at, n, grid.left) for n, p in enumerate(in_cells(placed), 1))
        out.append(Row(cells=cells, at=at, rule=rules[i], loose=first + i in grid.loose))
    at = Position(source=source, line=lines[0].number, column=lines[0].column, table=number)
    return Table(rows=tuple(out), width=len(grid.columns) + grid.shift, at=at, goes_on=goes_on)


def _cell(placed: Placed, line: SourceLine, row: Position, number: int, left: int) -> Cell:
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
    if "(" not in text:
        return row
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
    if len(found) < tol.COLUMNS.references:
        return None
    return min(a for a, _ in found), max(b for _, b in found)
