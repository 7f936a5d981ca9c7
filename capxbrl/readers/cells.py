"""A table of HTML -> rows on a grid of label and figure columns.

HTML tables of filings have a column for the "$", one for the figure, one for the ")" and one of blank space for every
column that a reader sees.  The parts of a figure are joined; then the columns are those of the figures: cells whose
figures stand one below the other are one column, whatever their spans say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..findings import Position
from ..model import Cell, Row, Table
from .laid import placed_text
from .origins import Origins
from .raw import Lines, RawTable, Word

#: The widest grid that is believed; what stands beyond it is one cell.
_WIDEST = 400
_DASH = r"\-‐‑‒–—―−"
#: A cell that only begins a figure, or only ends one.
_PREFIX = re.compile(rf"[(\[]?\s?(?:US\$|C\$|Cdn\$|R\$|A\$|\$|€|£|¥)\s?[(\[{_DASH}]?|[(\[]", re.I)
_SUFFIX = re.compile(r"[)\]]+\s?%?|%\s?[)\]]?|\*{1,3}|[†‡]|\([a-z]\)|\)\s?\([a-z0-9]\)", re.I)
#: A whole figure, or one whose parenthesis is closed in the next cell.
_FIGURE = re.compile(
    rf"(?:US\$|C\$|[$€£¥(\[\s{_DASH}])*(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[)\]%*\s{_DASH}†‡]|\([a-z0-9]\))*(?:CR|DR)?", re.I
)
_EMPTY_FIGURE = re.compile(rf"\(?[$€£¥]?\s?[{_DASH}]{{1,4}}\s?\)?\s?%?|n/?a|nmf?|n\.[am]\.|nil", re.I)
_RULE = re.compile(r"[-=_─═‗~]{3,}")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")


@dataclass(slots=True, kw_only=True)
class _Part:
    """A cell on the raw grid: raw columns start..end-1; near: those of the figure itself, without "$" and ")"."""

    start: int
    end: int
    lines: list[Lines]
    indent: int = 0
    rows: int = 1
    near: tuple[int, int] = (0, 0)
    below: bool = False
    text: str = ""
    figure: bool = False

    def __post_init__(self) -> None:
        self.near = (self.start, self.end)
        self.read()

    def read(self) -> None:
        self.text = " ".join(line.text for line in self.lines if line.words)
        self.figure = bool(_FIGURE.fullmatch(self.text) or _EMPTY_FIGURE.fullmatch(self.text))


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
        _join(line)
        line.heading = _is_heading(line.parts)
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
            lines = _trimmed(cell.lines) if cell.flow else []
            ruled = cell.hr
            if lines:
                part = _Part(start=at, end=end, lines=lines, indent=round(cell.indent), rows=cell.rows)
                ruled = ruled or _RULE.fullmatch(part.text) is not None
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
            only_rules = all(_RULE.fullmatch(part.text) for part in parts)
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
        if sum(_is_figure(row.text) for row in p.lines if row.words) >= 2 and any(c.isdigit() for c in p.text)
    ]  # fmt: skip
    if not stacks or any(not all(_is_figure(r.text) or not r.words for r in p.lines) for p in stacks):
        return [line]
    if all(_YEAR.fullmatch(r.text) for p in stacks for r in p.lines if r.words):
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
    return bool(
        _FIGURE.fullmatch(text) or _EMPTY_FIGURE.fullmatch(text) or _PREFIX.fullmatch(text) or _SUFFIX.fullmatch(text)
    )


def _join(line: _Line) -> None:
    """Join the parts of a figure that stand in cells of their own."""
    out: list[_Part] = []
    for part in line.parts:
        last = out[-1] if out else None
        if (
            last is not None
            and last.figure
            and _SUFFIX.fullmatch(part.text)
            and part.start - last.end <= 1
            and _wants(last, part)
        ):
            _append(last, part, glue=True)
            last.near = last.near
        elif (
            last is not None and _PREFIX.fullmatch(last.text) and not last.figure and part.start - last.end <= 2
            and (part.figure or _PREFIX.fullmatch(part.text))
        ):  # fmt: skip
            near = part.near
            _append(last, part, glue=last.text.endswith(("(", "[")))
            last.near = near
        else:
            out.append(part)
    line.parts = out


def _wants(figure: _Part, suffix: _Part) -> bool:
    """A ")" closes what is open; a mark of a note or a "%" follows any figure."""
    if suffix.text[0] in ")]":
        return figure.text.count("(") + figure.text.count("[") > figure.text.count(")") + figure.text.count("]")
    return True


def _append(to: _Part, part: _Part, *, glue: bool) -> None:
    words = [w for line in to.lines for w in line.words]
    more = [w for line in part.lines for w in line.words]
    first = more[0]._replace(gap=0 if glue else 1)
    near = to.near
    to.lines = [Lines(words=[*words, first, *more[1:]])]
    to.end = part.end
    to.below |= part.below
    to.read()
    to.near = near


def _is_heading(parts: Sequence[_Part]) -> bool:
    """Its figures are bare years: they do not make columns."""
    figures = [p for p in parts if p.figure]
    return bool(figures) and all(_YEAR.fullmatch(p.text.strip("* ()")) for p in figures)


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
    taken: list[tuple[int, int, _Part]] = []
    figures = [(i, c) for i, c in enumerate(columns) if c.figures]
    free = 0
    for part in line.parts:
        col, span = _place(part, line, columns, figures)
        if col < free:
            col, span = (free, 1) if part.figure or span == 1 else (free, max(1, col + span - free))
        taken.append((col, span, part))
        free = col + 1
    cells: list[Cell] = []
    for i, (col, span, part) in enumerate(taken):
        if i + 1 < len(taken):
            span = max(1, min(span, taken[i + 1][0] - col))
        lines = part.lines
        text, jumps = placed_text(lines, origins)
        words = [w for x in lines for w in x.words]
        lead = text[: len(text) - len(text.lstrip("\n"))]
        if lead:
            text = text[len(lead) :]
            jumps = tuple((o - len(lead), a, b) for o, a, b in jumps)
        at = Position(source=source, line=jumps[0][1], column=jumps[0][2], table=table, row=row, cell=len(cells) + 1)
        # Labels that begin further to the right are indented by cells.
        shift = 2 * (part.start - columns[0].start) if col == 0 and columns[0].start >= 0 else 0
        cells.append(
            Cell(
                text=text, at=at, col=col, span=span, rows=part.rows, indent=part.indent + shift if col == 0 else 0,
                bold=all(w.bold for w in words), jumps=jumps[1:],
            )
        )  # fmt: skip
    return cells


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
