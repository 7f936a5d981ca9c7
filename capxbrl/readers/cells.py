"""A table of HTML -> rows on a grid of label and figure columns.

HTML tables of filings have a column for the "$", one for the figure, one for the ")" and one of blank space for every
column that a reader sees.  The parts of a figure are joined; then the columns are those of the figures: cells whose
figures stand one below the other are one column, whatever their spans say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..amounts import closes, is_dash, opens, parse_amount
from ..currencies import sign
from ..findings import Position
from ..grammar import CLOSERS, IS_YEAR, OPENERS, RULE
from ..model import Cell, Row, Table
from .laid import placed_text
from .notes import noted, only_marks
from .origins import Origins
from .raw import Lines, RawTable, Word

#: The widest grid that is believed; what stands beyond it is one cell.
_WIDEST = 400
#: So many raw columns may lie between a figure and what ends it, and between what begins it and the figure.
_BEHIND, _BEFORE = 1, 2


@dataclass(slots=True, kw_only=True)
class _Part:
    """A cell on the raw grid: raw columns start..end-1; near: those of the figure itself, without "$" and ")".

    text: without the raised marks of notes, which `lines` has. figure: it is one, or looks like one; digits: not a dash.
    """

    start: int
    end: int
    lines: list[Lines]
    indent: int = 0
    rows: int = 1
    near: tuple[int, int] = (0, 0)
    text: str = ""
    figure: bool = False
    digits: bool = False

    def __post_init__(self) -> None:
        self.near = (self.start, self.end)
        self.read()

    def read(self) -> None:
        self.text = "\n".join(line.text for line in self.lines if line.words).strip()
        self.figure = _is_figure(self.text)
        self.digits = self.figure and any(c.isdigit() for c in self.text)


@dataclass(slots=True, kw_only=True)
class _Line:
    """A row: its parts from left to right, and whether a line is drawn below it."""

    parts: list[_Part]
    rule: bool = False
    heading: bool = False


def make_table(raw: RawTable, origins: Origins, source: str, number: int) -> Table | None:
    """The table as the model has it; None where nothing is left of it."""
    lines = [piece for line in _placed(raw) for piece in _unstacked(line)]
    for line in lines:
        line.parts = _joined(line.parts)
        line.heading = _is_heading(line.parts)
    _join_minus(lines)
    if not any(line.parts for line in lines):
        return None
    columns = _columns(lines)
    rows: list[Row] = []
    for line in lines:
        cells = _cells(line, columns, origins, source, number, len(rows) + 1)
        if cells:
            rows.append(Row(cells=tuple(cells), at=_row_at(cells[0].at), rule=line.rule))
    at = rows[0].at
    width = max(cell.col + cell.span for row in rows for cell in row.cells)
    return Table(
        rows=tuple(rows),
        width=max(width, len(columns)),
        at=Position(source=source, line=at.line, column=at.column, table=number),
    )


def _row_at(at: Position) -> Position:
    return Position(source=at.source, line=at.line, column=at.column, table=at.table, row=at.row)


# --- the raw grid --------------------------------------------------------------------------------------------------


def _placed(raw: RawTable) -> list[_Line]:
    """The rows with their cells on raw columns; rows without text leave their drawn line to the row above."""
    out: list[_Line] = []
    busy: dict[int, int] = {}  # raw column -> first row that is free of a cell from above
    for number, row in enumerate(raw.rows):
        parts: list[_Part] = []
        beyond: list[Word] = []
        above, below = row.line_above, row.line_below
        at = 0
        for cell in row.cells:
            while busy.get(at, 0) > number:
                at += 1
            if at >= _WIDEST:
                at = _WIDEST
            end = at + cell.span
            if cell.rows > 1:
                for column in range(at, end):
                    busy[column] = number + cell.rows
            lines = noted(_trimmed(cell.lines), leading=True) if cell.flow else []
            ruled = cell.hr
            if lines:
                part = _Part(start=at, end=end, lines=lines, indent=round(cell.indent), rows=cell.rows)
                ruled = ruled or RULE.fullmatch(part.text) is not None
                if at < _WIDEST:
                    parts.append(part)
                else:
                    beyond += [w if i else w._replace(gap=1) for line in lines for i, w in enumerate(line.words)]
            if at > 0:
                above |= cell.line_above
                below |= cell.line_below or ruled
            at = end
        if beyond:
            parts.append(_Part(start=_WIDEST, end=_WIDEST + 1, lines=[Lines(words=beyond)]))
        if above and out:
            out[-1].rule = True
        if parts:
            only_rules = all(RULE.fullmatch(part.text) for part in parts)
            out.append(_Line(parts=parts, rule=below or only_rules))
        elif below and out:
            out[-1].rule = True
    return out


def _trimmed(lines: Sequence[Lines]) -> list[Lines]:
    """Without the empty lines at the end; those at the start and between hold a stacked row in its place."""
    end = len(lines)
    while end and not lines[end - 1].words:
        end -= 1
    return list(lines[:end])


def _unstacked(line: _Line) -> list[_Line]:
    """Cells that hold several figures one below the other are several rows."""
    heights = [len(part.lines) for part in line.parts]
    height = max(heights)
    if height < 2:
        return [line]
    stacks = [
        p for p in line.parts
        if sum(_is_piece(row.text) for row in p.lines if row.words) >= 2 and any(c.isdigit() for c in p.text)
    ]  # fmt: skip
    if not stacks or any(not all(_is_piece(r.text) or not r.words for r in p.lines) for p in stacks):
        return [line]
    if all(IS_YEAR.fullmatch(r.text) for p in stacks for r in p.lines if r.words):
        return [line]
    # Every stack must have a label line for each of its figures.
    label = line.parts[0]
    if label in stacks or len(label.lines) < max(len(p.lines) for p in stacks):
        return [line]
    out = []
    for i in range(height):
        parts = []
        for part in line.parts:
            if i < len(part.lines) and part.lines[i].words:
                row = part.lines[i]
                parts.append(
                    _Part(start=part.start, end=part.end, lines=[row], indent=part.indent + (row.lead if i else 0))
                )
        if parts:
            out.append(_Line(parts=parts, rule=line.rule and i == height - 1))
    return out


def _is_figure(text: str) -> bool:
    """A figure, or what looks like one. "1." numbers a line."""
    return parse_amount(text) is not None and not (text.endswith(".") and text[:1].isdigit())


def _is_piece(text: str) -> bool:
    return _is_figure(text.strip()) or opens(text) or closes(text)


# --- the parts of a figure -----------------------------------------------------------------------------------------


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """The parts of a figure that stand in cells of their own as one part."""
    out: list[_Part] = []
    # Codes of currencies stand behind their figures in a row that ends with one.
    behind = bool(parts) and sign().fullmatch(parts[-1].text) is not None
    for part in parts:
        last = out[-1] if out else None
        if last is None:
            out.append(part)
        elif _ends(last, part, behind):
            _append(last, part, glue=True, near=last.near)
        elif _begins(last, part):
            _append(last, part, glue=last.text.endswith(tuple(OPENERS)), near=part.near)
        else:
            out.append(part)
    return out


def _ends(last: _Part, part: _Part, behind: bool) -> bool:
    """The part is a mark of a note, or ends the figure before it."""
    if only_marks(part.lines):
        return True
    if not last.figure or part.start - last.end > _BEHIND or not closes(part.text):
        return False
    printed = parse_amount(part.text)
    if printed is not None and printed.kind in ("number", "percent", "dash"):
        return False
    if sign().fullmatch(part.text):
        return behind
    if part.text[0] not in CLOSERS:
        return True
    return sum(c in OPENERS for c in last.text) > sum(c in CLOSERS for c in last.text)


def _begins(last: _Part, part: _Part) -> bool:
    """The part before is the sign or the parenthesis of this one."""
    if last.figure or part.start - last.end > _BEFORE or not (opens(last.text) or only_marks(last.lines)):
        return False
    return part.figure or opens(part.text)


def _append(to: _Part, part: _Part, *, glue: bool, near: tuple[int, int]) -> None:
    words = [w for line in to.lines for w in line.words]
    more = [w for line in part.lines for w in line.words]
    to.lines = [Lines(words=[*words, more[0]._replace(gap=0 if glue else 1), *more[1:]])]
    to.end = part.end
    to.read()
    to.near = near


def _join_minus(lines: Sequence[_Line]) -> None:
    """A dash before digits of the same column is their minus; one in a column of its own says that there is nothing."""
    if not any(is_dash(part.text) for line in lines for part in line.parts):
        return
    bodies = [line for line in lines if not line.heading]
    columns = _clusters(((p.near, n) for n, line in enumerate(bodies) for p in line.parts if p.digits), True)
    heads = [
        p for line in lines if line.heading or not any(p.digits for p in line.parts)
        for p in line.parts if p.start and not is_dash(p.text)
    ]  # fmt: skip
    for line in bodies:
        out: list[_Part] = []
        for part in line.parts:
            if out and is_dash(out[-1].text) and part.digits and _is_minus(out[-1], part, columns, heads):
                _append(out[-1], part, glue=True, near=part.near)
            else:
                out.append(part)
        line.parts = out


def _is_minus(dash: _Part, figure: _Part, columns: Sequence[_Column], heads: Sequence[_Part]) -> bool:
    """Nothing on the page sets the dash apart from the figure: no column of other figures, no heading of its own."""
    if figure.near[0] - dash.end > _BEHIND:
        return False
    own = _best(figure.near, columns)
    if any(c.start < figure.near[0] and dash.start < c.end for i, c in enumerate(columns) if i != own):
        return False
    return not any(
        h.start < dash.end and dash.start < h.end and not (h.start < figure.near[1] and figure.near[0] < h.end)
        for h in heads
    )


def _is_heading(parts: Sequence[_Part]) -> bool:
    """Its figures are bare years: they do not make columns."""
    figures = [p for p in parts if p.figure]
    return bool(figures) and all(IS_YEAR.fullmatch(p.text.strip("* ()")) for p in figures)


# --- columns -------------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Column:
    """One column of the result: raw columns start..end-1, and the rows that have a cell in it."""

    start: int
    end: int
    figures: bool
    rows: set[int] = field(default_factory=set)


def _columns(lines: Sequence[_Line]) -> list[_Column]:
    """The columns from left to right; the first one is that of the labels."""
    figures = _clusters(
        ((p.near, n) for n, line in enumerate(lines) if not line.heading for p in line.parts if p.figure), True
    )
    labelled = {n for n, line in enumerate(lines) if line.parts and not line.parts[0].figure}
    # A first column of years or numbers is a column of labels, where no row has another label.
    if len(figures) > 1 and figures[0].start == 0 and not (figures[0].rows & labelled) and _counts(lines, figures[0]):
        del figures[0]
    if not figures:
        texts = _clusters(((p.near, n) for n, line in enumerate(lines) for p in line.parts), False)
        return texts or [_Column(start=0, end=1, figures=False)]
    outer = _outer(lines, figures)
    first = outer[0][0]
    left = [
        ((p.start, min(p.end, first)), n)
        for n, line in enumerate(lines)
        for p in line.parts
        if p.start < first and not (line.heading and p.figure)
    ]
    labels = _labels(left)
    between = [
        ((p.start, p.end), n)
        for n, line in enumerate(lines)
        for p in line.parts
        if p.start >= first and not p.figure and not any(p.start < b and a < p.end for a, b in outer)
    ]
    extra: list[_Column] = []
    for column in _clusters(between, False):
        near = min(figures, key=lambda f: (max(f.start - column.end, column.start - f.end), -f.start))
        if max(near.start - column.end, column.start - near.end) > 3 or near.rows & column.rows:
            extra.append(column)
    for column, (a, b) in zip(figures, outer, strict=True):
        column.start, column.end = a, b
    return [*labels, *sorted([*figures, *extra], key=lambda c: (c.start, c.end))]


def _counts(lines: Sequence[_Line], column: _Column) -> bool:
    """Every cell of the column is a year or a small number."""
    texts = [p.text for n in column.rows for p in lines[n].parts if p.near[0] < column.end and p.near[1] > column.start]
    return all(text.isdigit() and len(text) <= 4 for text in texts)


def _clusters(items: Iterable[tuple[tuple[int, int], int]], figures: bool) -> list[_Column]:
    """Cells that lie one below the other. Narrow cells first: a wide one may span several columns."""
    rows: dict[tuple[int, int], set[int]] = {}
    for extent, number in items:
        rows.setdefault(extent, set()).add(number)
    out: list[_Column] = []
    for start, end in sorted(rows, key=lambda e: (e[1] - e[0], -len(rows[e]), e)):
        over = [c for c in out if start < c.end and c.start < end]
        mine = rows[start, end]
        if len(over) == 1 and len(over[0].rows & mine) <= len(mine) // 4:
            over[0].rows |= mine
            others = [c for c in out if c is not over[0]]
            if not any(
                (start < c.end and c.start < over[0].end) or (over[0].start < c.end and c.start < end) for c in others
            ):
                over[0].start, over[0].end = min(start, over[0].start), max(end, over[0].end)
        elif not over:
            out.append(_Column(start=start, end=end, figures=figures, rows=set(mine)))
    return sorted(out, key=lambda c: c.start)


def _outer(lines: Sequence[_Line], figures: Sequence[_Column]) -> list[tuple[int, int]]:
    """The raw columns of each column of figures with their "$" and ")": never into its neighbours."""
    out = [[c.start, c.end] for c in figures]
    for line in lines:
        if line.heading:
            continue
        for part in line.parts:
            if part.figure and (i := _best(part.near, figures)) is not None and part.near[0] >= figures[i].start - 2:
                low = figures[i - 1].end if i else 0
                high = figures[i + 1].start if i + 1 < len(figures) else part.end
                out[i] = [max(low, min(out[i][0], part.start)), min(high, max(out[i][1], part.end))]
    for i in range(len(out) - 1):
        if out[i][1] > out[i + 1][0]:
            out[i][1] = max(figures[i].end, min(out[i][1], out[i + 1][0]))
    return [(a, b) for a, b in out]


def _best(near: tuple[int, int], columns: Sequence[_Column]) -> int | None:
    """The column that a figure overlaps most."""
    over = [(min(near[1], c.end) - max(near[0], c.start), -i) for i, c in enumerate(columns)]
    most = max(over)
    return -most[1] if most[0] > 0 else None


def _labels(cells: Sequence[tuple[tuple[int, int], int]]) -> list[_Column]:
    """The columns left of the figures. Cells that are never in one row are one column: indents made by cells."""
    found = _clusters(cells, False)
    out: list[_Column] = []
    for column in found:
        if out and not (out[-1].rows & column.rows):
            out[-1].end = max(out[-1].end, column.end)
            out[-1].rows |= column.rows
        else:
            out.append(column)
    return out or [_Column(start=-1, end=0, figures=False)]


# --- cells ---------------------------------------------------------------------------------------------------------


def _cells(line: _Line, columns: Sequence[_Column], origins: Origins, source: str, table: int, row: int) -> list[Cell]:
    taken = _settled(line, columns)
    cells: list[Cell] = []
    for i, (col, span, part) in enumerate(taken):
        if i + 1 < len(taken):
            span = max(1, min(span, taken[i + 1][0] - col))
        made = placed_text(part.lines, origins)
        lead = len(made.text) - len(made.text.lstrip("\n"))
        at = Position(
            source=source, line=made.jumps[0][1], column=made.jumps[0][2], table=table, row=row, cell=len(cells) + 1
        )
        # Labels that begin further to the right are indented by cells.
        shift = 2 * (part.start - columns[0].start) if col == 0 and columns[0].start >= 0 else 0
        cells.append(
            Cell(
                text=made.text[lead:], at=at, col=col, span=span, rows=part.rows,
                indent=part.indent + shift if col == 0 else 0, bold=all(w.bold for x in part.lines for w in x.words),
                jumps=tuple((o - lead, a, b) for o, a, b in made.jumps[1:]),
                marks=tuple((o - lead, mark) for o, mark in made.marks),
            )
        )  # fmt: skip
    return cells


def _settled(line: _Line, columns: Sequence[_Column]) -> list[tuple[int, int, _Part]]:
    """The parts with their columns and spans, ascending. A figure keeps its column: what is in its way moves left, or
    joins it where there is no room."""
    figures = [(i, c) for i, c in enumerate(columns) if c.figures]
    taken: list[tuple[int, int, _Part]] = []
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


def _make_room(taken: list[tuple[int, int, _Part]], col: int, part: _Part) -> None:
    """Set a figure into a column that is taken already."""
    before = taken[-2][0] + 1 if len(taken) > 1 else 0
    last = taken[-1][2]
    if not last.figure and before < col:
        taken[-1] = (col - 1, 1, last)
        taken.append((col, 1, part))
        return
    left = taken[-2][2] if len(taken) > 1 else None
    if not last.figure and left is not None and last.start - left.end < part.start - last.end:
        _append(left, last, glue=False, near=left.near)
        taken[-1] = (col, 1, part)
    else:
        _append(last, part, glue=False, near=part.near)
        taken[-1] = (col, 1, last)


def _place(
    part: _Part, line: _Line, columns: Sequence[_Column], figures: Sequence[tuple[int, _Column]]
) -> tuple[int, int]:
    """The column and span of a part."""
    if part.figure and not line.heading and figures:
        best = _best(part.near, [c for _, c in figures])
        if best is not None:
            return figures[best][0], 1
    over = [i for i, c in enumerate(columns) if part.start < c.end and c.start < part.end]
    if over:
        return over[0], over[-1] - over[0] + 1
    nearest = min(
        range(len(columns)),
        key=lambda i: (max(columns[i].start - part.end, part.start - columns[i].end), -columns[i].start),
    )
    return nearest, 1
