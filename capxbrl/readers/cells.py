"""A table of HTML -> rows on a grid of label and figure columns.

HTML tables of filings have a column for the "$", one for the figure, one for the ")" and one of blank space for every
column that a reader sees.  The parts of a figure are joined (`cell_parts`); then the columns are those of the figures
(`cell_columns`), and every cell is set into its column.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Position
from ..grammar import IS_YEAR, RULE
from ..model import Cell, Row, Table
from .cell_columns import GridColumn, best, columns_of, join_minus
from .cell_parts import GridLine, Part, append, is_heading, is_piece, joined
from .collected import Lines, RawCell, RawTable, Word, all_bold
from .collected_to_lines import placed_text
from .notes import any_raised, noted, only_marks
from .origins import Places

#: The widest grid that is believed; what stands beyond it is one cell.
_WIDEST = 400


def make_table(raw: RawTable, places: Places, source: str, number: int) -> Table | None:
    """The table as the model has it; None where nothing is left of it."""
    lines = [piece for line in _placed(raw) for piece in _unstacked(line)]
    worded = _worded(lines)
    for line in lines:
        line.parts = joined(line.parts, worded)
        line.heading = is_heading(line.parts)
    join_minus(lines)
    if not any(line.parts for line in lines):
        return None
    columns = columns_of(lines)
    rows: list[Row] = []
    for line in lines:
        cells = _cells(line, columns, places, source, number, len(rows) + 1)
        if cells:
            rows.append(Row(cells=tuple(cells), at=_row_at(cells[0].at), rule=line.rule))
    at = rows[0].at
    width = max(cell.col + cell.span for row in rows for cell in row.cells)
    return Table(
        rows=tuple(rows),
        width=max(width, len(columns)),
        at=Position(source=source, line=at.line, column=at.column, table=number),
    )


def _worded(lines: Sequence[GridLine]) -> frozenset[tuple[int, int]]:
    """The extents on the raw grid of the cells beyond the labels that hold words."""
    return frozenset((p.start, p.end) for line in lines for p in line.parts[1:] if p.text and not is_piece(p.text))


def _row_at(at: Position) -> Position:
    return Position(source=at.source, line=at.line, column=at.column, table=at.table, row=at.row)


# --- the raw grid --------------------------------------------------------------------------------------------------


def _placed(raw: RawTable) -> list[GridLine]:
    """The rows with their cells on raw columns; rows without text leave their drawn line to the row above."""
    out: list[GridLine] = []
    busy: dict[int, int] = {}  # raw column -> first row that is free of a cell from above
    for number, row in enumerate(raw.rows):
        above, below = row.line_above, row.line_below
        found: list[tuple[int, RawCell, list[Lines]]] = []
        for at, cell in _on_columns(row.cells, number, busy):
            lines = _trimmed(cell.lines) if cell.flow else []
            if lines:
                found.append((at, cell, lines))
                below |= at > 0 and _is_rule(lines)
            if at > 0:
                above |= cell.line_above
                below |= cell.line_below or cell.hr
        if above and out:
            out[-1].rule = True
        if found:
            parts = _parts(found)
            out.append(GridLine(parts=parts, rule=below or all(RULE.fullmatch(part.text) for part in parts)))
        elif below and out:
            out[-1].rule = True
    return out


def _on_columns(cells: Sequence[RawCell], number: int, busy: dict[int, int]) -> list[tuple[int, RawCell]]:
    """The cells of row `number` with the raw columns they begin at."""
    out: list[tuple[int, RawCell]] = []
    at = 0
    for cell in cells:
        while busy and busy.get(at, 0) > number:
            at += 1
        if at > _WIDEST:
            at = _WIDEST
        if cell.rows > 1:
            busy.update((column, number + cell.rows) for column in range(at, at + cell.span))
        out.append((at, cell))
        at += cell.span
    return out


def _is_rule(lines: Sequence[Lines]) -> bool:
    return RULE.fullmatch(" ".join([line.text for line in lines if line.words])) is not None


def _parts(found: Sequence[tuple[int, RawCell, list[Lines]]]) -> list[Part]:
    """The cells of a row that have text. Raised marks at the left of a row without figures number the note that
    it is."""
    inner = [(at, cell, lines) for at, cell, lines in found if at < _WIDEST]
    parts = [_part(at, cell, lines, leading=True) for at, cell, lines in inner]
    if _has_marks(parts) and not any([part.figure for part in parts]):
        parts = [_part(at, cell, lines, leading=False) for at, cell, lines in inner]
    beyond: list[Word] = []
    for _, _, lines in found[len(inner) :]:
        beyond += [w if i else w._replace(gap=1) for line in lines for i, w in enumerate(line.words)]
    if beyond:
        parts.append(Part(start=_WIDEST, end=_WIDEST + 1, lines=[Lines(words=beyond)]))
    return parts


def _has_marks(parts: Sequence[Part]) -> bool:
    return any([any_raised(part.lines) for part in parts])


def _part(at: int, cell: RawCell, lines: Sequence[Lines], *, leading: bool) -> Part:
    raised = any_raised(lines)
    kept = noted(lines, leading=leading) if raised else list(lines)
    part = Part(start=at, end=at + cell.span, lines=kept, indent=round(cell.indent), rows=cell.rows)
    if raised and only_marks(lines):
        part.figure = part.digits = False  # "(1)" is the number of a note, not a loss of one
    return part


def _trimmed(lines: Sequence[Lines]) -> list[Lines]:
    """Without the empty lines at the end; those at the start and between hold a stacked row in its place."""
    end = len(lines)
    while end and not lines[end - 1].words:
        end -= 1
    return list(lines[:end])


def _unstacked(line: GridLine) -> list[GridLine]:
    """Cells that hold several figures one below the other are several rows."""
    height = max([len(part.lines) for part in line.parts])
    if height < 2 or not _is_stacked(line):
        return [line]
    out = []
    for i in range(height):
        parts = [
            Part(start=p.start, end=p.end, lines=[p.lines[i]], indent=p.indent + (p.lines[i].lead if i else 0))
            for p in line.parts
            if i < len(p.lines) and p.lines[i].words
        ]
        if parts:
            out.append(GridLine(parts=parts, rule=line.rule and i == height - 1))
    return out


def _is_stacked(line: GridLine) -> bool:
    """Every stack of figures has a line of the label for each of them. Years one below the other are a heading."""
    rows = [(part, [row.text for row in part.lines if row.words]) for part in line.parts]
    stacks = [(part, texts) for part, texts in rows if _is_stack(part, texts)]
    if not stacks or not all(is_piece(text) for _, texts in stacks for text in texts):
        return False
    if all(IS_YEAR.fullmatch(text) for _, texts in stacks for text in texts):
        return False
    label = line.parts[0]
    return all(part is not label and len(part.lines) <= len(label.lines) for part, _ in stacks)


def _is_stack(part: Part, texts: Sequence[str]) -> bool:
    return sum(map(is_piece, texts)) >= 2 and any(c.isdigit() for c in part.text)


# --- cells ---------------------------------------------------------------------------------------------------------


def _cells(
    line: GridLine, columns: Sequence[GridColumn], places: Places, source: str, table: int, row: int
) -> list[Cell]:
    taken = _settled(line, columns)
    cells: list[Cell] = []
    for i, (col, span, part) in enumerate(taken):
        if i + 1 < len(taken):
            span = max(1, min(span, taken[i + 1][0] - col))
        made = placed_text(part.lines, places)
        lead = len(made.text) - len(made.text.lstrip("\n")) if made.text.startswith("\n") else 0
        at = Position(
            source=source, line=made.jumps[0][1], column=made.jumps[0][2], table=table, row=row, cell=len(cells) + 1
        )
        # Labels that begin further to the right are indented by cells.
        shift = 2 * (part.start - columns[0].start) if col == 0 and columns[0].start >= 0 else 0
        cells.append(
            Cell(
                text=made.text[lead:],
                at=at,
                col=col,
                span=span,
                rows=part.rows,
                indent=part.indent + shift if col == 0 else 0,
                bold=all_bold(part.lines),
                jumps=tuple([(o - lead, a, b) for o, a, b in made.jumps[1:]]),
                marks=tuple([(o - lead, mark) for o, mark in made.marks]),
            )
        )
    return cells


def _settled(line: GridLine, columns: Sequence[GridColumn]) -> list[tuple[int, int, Part]]:
    """The parts with their columns and spans, ascending. A figure keeps its column: what is in its way moves left, or
    joins it where there is no room."""
    figures = [(i, c) for i, c in enumerate(columns) if c.figures]
    taken: list[tuple[int, int, Part]] = []
    for part in line.parts:
        col, span = _place(part, line, columns, figures)
        free = taken[-1][0] + 1 if taken else 0
        if col >= free:
            taken.append((col, span, part))
        elif not part.figure or line.heading or not figures:
            taken.append((free, 1 if part.figure or span == 1 else max(1, col + span - free), part))
        else:
            _make_room(taken, col, part)
    return taken


def _make_room(taken: list[tuple[int, int, Part]], col: int, part: Part) -> None:
    """Set a figure into a column that is taken already."""
    before = taken[-2][0] + 1 if len(taken) > 1 else 0
    last = taken[-1][2]
    if not last.figure and before < col:
        taken[-1] = (col - 1, 1, last)
        taken.append((col, 1, part))
        return
    left = taken[-2][2] if len(taken) > 1 else None
    if not last.figure and left is not None and last.start - left.end < part.start - last.end:
        append(left, last, glue=False, near=left.near)
        taken[-1] = (col, 1, part)
    else:
        append(last, part, glue=False, near=part.near)
        taken[-1] = (col, 1, last)


def _place(
    part: Part, line: GridLine, columns: Sequence[GridColumn], figures: Sequence[tuple[int, GridColumn]]
) -> tuple[int, int]:
    """The column and span of a part."""
    if part.figure and not line.heading and figures:
        own = best(part.near, [c for _, c in figures])
        if own is not None:
            return figures[own][0], 1
    over = [i for i, c in enumerate(columns) if part.start < c.end and c.start < part.end]
    if over:
        return over[0], over[-1] - over[0] + 1
    nearest = min(
        range(len(columns)),
        key=lambda i: (max(columns[i].start - part.end, part.start - columns[i].end), -columns[i].start),
    )
    return nearest, 1
