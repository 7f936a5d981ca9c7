"""A Table of the document -> the rows and cells of a page, with the classes of the style sheet.

The look comes from what is known of the statement: column headings stretch over the columns they head, figures are set
flush on their last digit, a rule stands above every total that the arithmetic proved and a double one below the last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from ...model import Cell, Row, Table, seen
from ...records import dataclass, replace
from ..escaping import escaped
from .layout import Layout, TextLine, guessed, is_amount, is_rule
from .marks import Mark, Place, classes, render, span

_CURRENCY = re.compile(r"\(?(?:US)?[$€£¥]")
_LITTLE = 20  # characters that are not broken
_HEADING = 15  # digits that a heading over one column may ask for; a longer one wraps
_WIDE = 6  # columns of figures that still fit the measure of the text


class PageCell(NamedTuple):
    """html: what it holds, as markup; span and rows: the columns and rows it takes."""

    html: str
    cls: str = ""
    span: int = 1
    rows: int = 1
    tag: str = "td"


_EMPTY, _EMPTY_FIGURE = PageCell(""), PageCell("", "e")
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PageTable:
    """html: its rows, as markup. widths: of the columns, in digits; 0 where the page decides."""

    html: Markup
    cls: str
    widths: tuple[int, ...] = ()


def _written(cells: Iterable[PageCell], cls: str) -> str:
    """A row as markup: its cells one a line."""
    inner = "".join([f"<{c.tag}{_attributes(c.cls, c.span, c.rows)}>{c.html}</{c.tag}>\n" for c in cells])
    return f"<tr{_attributes(cls, 1, 1)}>\n{inner}</tr>\n"


@lru_cache(maxsize=4096)
def _attributes(cls: str, span: int, rows: int) -> str:
    """What stands in the tag: class, colspan, rowspan, those that are not the default."""
    words = (("class", cls), ("colspan", span if span > 1 else ""), ("rowspan", rows if rows > 1 else ""))
    return "".join(f' {key}="{value}"' for key, value in words if value)


# --- rows ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of the page: those of the table in which any cell begins. figures: the columns of figures."""

    columns: Mapping[int, int]
    width: int
    figures: Collection[int]
    label: int  # the first column of figures: what stands to the left of it is a label
    drawn: bool  # the source draws its own rules
    lined: Collection[tuple[int, int]]  # (row, cell) of column headings with a line of ours below


def build(number: int, table: Table, layout: Layout | None, facts: Mapping[Place, Sequence[Mark]]) -> PageTable:
    """The table of the block numbered `number`."""
    known = layout or guessed(table)
    rows = _cut(_stretched(table, known), known)
    grid = _grid(rows, table.width, known)
    out = Markup("".join(_rows(number, rows, known, grid, facts)))
    if not grid.figures:
        return PageTable(out, "plain")
    percent = any("%" in rows[r].cells[c].text for r, c in known.figures)
    words = ["figures", *(["wide"] if len(grid.figures) > _WIDE else []), *(["percent"] if percent else [])]
    return PageTable(out, " ".join(words), _widths(rows, grid, known))


def _rows(
    number: int, rows: Sequence[Row], known: Layout, grid: _Grid, facts: Mapping[Place, Sequence[Mark]]
) -> Iterator[str]:
    """The rows of the page as markup; a label over several rows of the source stands in one."""
    waiting: list[PageCell] = []  # labels of rows that flow on into the next
    open_rows = [0] * grid.width  # how many more rows each column is covered by a cell from above
    spanned = any([cell.rows > 1 for row in rows for cell in row.cells])
    for r, row in enumerate(rows):
        line = known.lines.get(r)
        texts = [_cell(cell, (number, r, c), known, grid, facts) for c, cell in enumerate(row.cells)]
        if line and not spanned and _flows_on(rows, known, r, line):
            waiting.append(texts[0])
            continue
        if line and waiting:
            texts, line, waiting = _joined(waiting, texts, row, grid), replace(line, first=True), []
        yield _row(r, row, texts, known, grid, line, open_rows)


def _stretched(table: Table, layout: Layout) -> list[Row]:
    """The rows, with each column heading (and a rule drawn under it) over all the columns that it heads."""
    rows = list(table.rows)
    reach: dict[int, int] = {}
    for r in sorted(layout.heads):
        columns, row = layout.heads[r], rows[r]
        cells: list[Cell] = []
        for c, cell in enumerate(row.cells):
            limit = row.cells[c + 1].col if c + 1 < len(row.cells) else table.width
            words = " ".join(cell.text.split())
            if is_rule(cell.text):
                size = reach.get(cell.col, 1)
            else:
                own = [k.grid for k in columns if cell.col <= k.grid < limit and words in k.heading]
                size = max(own, default=cell.col) - cell.col + 1
            size = max(cell.span, min(size, limit - cell.col))
            reach[cell.col] = size
            cells.append(replace(cell, span=size) if size != cell.span else cell)
        rows[r] = replace(row, cells=tuple(cells))
    return rows


def _cut(rows: list[Row], layout: Layout) -> list[Row]:
    """The rows, in which every figure keeps to the last of its columns, so that it does not lie under two headings."""
    wide: dict[int, list[int]] = {}
    for r, c in layout.figures:
        if rows[r].cells[c].span > 1:
            wide.setdefault(r, []).append(c)
    for r, several in wide.items():
        cells = list(rows[r].cells)
        for c in several:
            cells[c] = replace(cells[c], col=cells[c].col + cells[c].span - 1, span=1)
        rows[r] = replace(rows[r], cells=tuple(cells))
    return rows


def _grid(rows: Sequence[Row], width: int, layout: Layout) -> _Grid:
    starts = sorted({0, *(cell.col for row in rows for cell in row.cells)})
    columns, at = {}, -1
    ends = max([width, *(cell.col + cell.span for row in rows for cell in row.cells)])
    taken = set(starts)
    for col in range(ends + 1):
        at += col in taken
        columns[col] = at if col in taken else at + 1  # as an end: the first column that is not covered
    figures = {columns[rows[r].cells[c].col] for r, c in layout.figures}
    drawn = any(row.rule for row in rows)
    return _Grid(
        columns, len(starts), figures, min(figures, default=len(starts)), drawn, () if drawn else _lined(rows, layout)
    )


def _lined(rows: Sequence[Row], layout: Layout) -> set[tuple[int, int]]:
    """The column headings that end above the figures or above narrower headings."""
    found = set()
    for r in layout.heads:
        below = {(cell.col, cell.span) for cell in rows[r + 1].cells} if r + 1 in layout.heads else set()
        for c, cell in enumerate(rows[r].cells):
            if cell.col and (cell.col, cell.span) not in below and (cell.span > 1 or r + 1 not in layout.heads):
                found.add((r, c))
    return found


def _flows_on(rows: Sequence[Row], layout: Layout, r: int, line: TextLine) -> bool:
    """The row holds nothing but the beginning of a label that goes on in the next row, where its figures stand."""
    after = layout.lines.get(r + 1)
    return (
        not line.last
        and len(rows[r].cells) == 1
        and not rows[r].rule
        and (r, 0) not in layout.figures
        and after is not None
        and after.index == line.index
        and after.tagged is line.tagged
    )


def _joined(waiting: Sequence[PageCell], texts: Sequence[PageCell], row: Row, grid: _Grid) -> list[PageCell]:
    """The cells of the last row of a label, with the whole of it; where it has only figures, one cell more than it."""
    last = [texts[0]] if row.cells and grid.columns[row.cells[0].col] < grid.label else []
    whole = "\n".join(cell.html for cell in (*waiting, *last))
    return [waiting[0]._replace(html=whole, span=last[0].span if last else 1), *texts[len(last) :]]


def _row(
    r: int,
    row: Row,
    texts: Sequence[PageCell],
    layout: Layout,
    grid: _Grid,
    line: TextLine | None,
    open_rows: list[int],
) -> str:
    cells: list[PageCell] = []
    at = 0
    covered = _covered(open_rows) if any(open_rows) else _NONE
    starts = [grid.columns[cell.col] for cell in row.cells]
    if len(texts) > len(row.cells):
        starts.insert(0, 0)
    across = _stands_alone(texts, starts, grid, line) and not covered
    for start, text in zip(starts, texts, strict=True):
        if at < start:
            at = _fill(cells, at, start, covered, grid)
        size = grid.width if across else text.span if at == start else max(text.span + start - at, 1)
        if text.rows > 1:
            for col in range(at, min(at + size, grid.width)):
                open_rows[col] = max(open_rows[col], text.rows - 1)
        cells.append(text if size == text.span else text._replace(span=size))
        at += size
    _fill(cells, at, grid.width, covered, grid)
    return _written(cells, _row_class(r, row, layout, line, grid.drawn))


def _covered(open_rows: list[int]) -> frozenset[int]:
    """The columns that a cell from above reaches down to, by a row less from now on."""
    covered = frozenset(col for col, n in enumerate(open_rows) if n)
    open_rows[:] = [max(n - 1, 0) for n in open_rows]
    return covered


def _stands_alone(texts: Sequence[PageCell], starts: Sequence[int], grid: _Grid, line: TextLine | None) -> bool:
    """A heading of lines, or a text that is no line: it runs across the table."""
    alone = len(texts) == 1 and starts[0] == 0 and bool(grid.figures)
    return alone and (line is None or line.item.is_heading)


def _fill(cells: list[PageCell], at: int, upto: int, covered: Collection[int], grid: _Grid) -> int:
    """Empty cells up to a column, none where a cell from above reaches down. Returns the column reached."""
    while at < upto:
        if at not in covered:
            cells.append(_EMPTY_FIGURE if at in grid.figures else _EMPTY)
        at += 1
    return at


def _row_class(r: int, row: Row, layout: Layout, line: TextLine | None, drawn: bool) -> str:
    if _is_drawn(r, row, layout):
        return "rule"
    if r in layout.heads:
        return "head under" if row.rule else "head"
    words = () if line is None else _line_class(line, layout.totals.get((id(line.tagged), line.index), ""), drawn)
    return classes(*words, "under" if row.rule else "")


def _is_drawn(r: int, row: Row, layout: Layout) -> bool:
    """Nothing but strokes, none of them a figure that is nil."""
    if not row.cells or not is_rule(row.cells[0].text):
        return False
    return all(is_rule(cell.text) and (r, c) not in layout.figures for c, cell in enumerate(row.cells))


def _line_class(line: TextLine, total: str, drawn: bool) -> tuple[str, ...]:
    """total: "t" below a rule, "t g" above a double one; the source's own rules, where drawn, take their place."""
    return (
        "" if drawn else "t" if line.item.rule and not total else total,
        "grand" if total.endswith("g") else "",
        "group" if line.item.is_heading else "",
        "" if line.first else "on",
    )


# --- cells ---------------------------------------------------------------------------------------------------------


def _cell(cell: Cell, place: Place, layout: Layout, grid: _Grid, facts: Mapping[Place, Sequence[Mark]]) -> PageCell:
    _, r, c = place
    assert r is not None and c is not None
    text, shown, own = cell.text, seen(cell), facts.get(place, ())
    start = grid.columns[cell.col]
    size = max(grid.columns[cell.col + cell.span] - start, 1)
    bold = "b" if cell.bold else ""
    figure = (r, c) in layout.figures
    if not figure and is_rule(text) and len(text.strip()) > 2:
        return PageCell(render(shown, own, [span(0, len(text), "strokes")]), _strokes(text), size, cell.rows)
    if r in layout.heads:
        lined = "lined" if (r, c) in grid.lined else ""
        return PageCell(render(shown, own), "l" if start < grid.label else lined, size, cell.rows, "th")
    if figure or (grid.figures and start >= grid.label and is_amount(text)):
        return PageCell(_figure(shown, text, own), classes("n", bold), size, cell.rows)
    if grid.figures and start < grid.label:
        cls = classes("l", _indent(cell, r, layout), bold)
        return PageCell(render(shown, own, _leaders(text)), cls, size, cell.rows)
    return PageCell(render(shown, own), classes(_short(text, grid), bold), size, cell.rows)


def _strokes(text: str) -> str:
    """The class of a drawn rule."""
    return "double" if set(text) & set("=═‗") else "single"


def _short(text: str, grid: _Grid) -> str:
    """The class of a short text that is no figure: in a table of figures it stands as they do."""
    if len(text) > _LITTLE:
        return ""
    return "n" if grid.figures else "s"


def _figure(shown: str, text: str, facts: Sequence[Mark]) -> str:
    """A figure as markup: the currency sign stands at the left of its column; what follows the last digit hangs into
    the margin."""
    start, end = _edges(text)
    if facts:
        look = [span(0, start, "cur")] if start else []
        return render(shown, facts, [*look, span(end, len(text), "hang")] if end < len(text) else look)
    sign = f'<span class="cur">{escaped(shown[:start])}</span>' if start else ""
    rest = f'<span class="hang">{escaped(shown[end:])}</span>' if end < len(text) else ""
    return f"{sign}{escaped(shown[start:end])}{rest}"


def _edges(text: str) -> tuple[int, int]:
    """Where the currency sign ends, and where begins what hangs."""
    sign = None if text.startswith("(") else _CURRENCY.match(text)
    return sign.end() if sign else 0, len(text.rstrip(")%* ")) or len(text)


def _leaders(text: str) -> list[Mark]:
    """Dot leaders at the end of a label."""
    body = text.rstrip(". ")
    return [span(len(body), len(text), "dots")] if text.count(".", len(body)) >= 3 else []


def _indent(cell: Cell, r: int, layout: Layout) -> str:
    """How deep a label stands: as printed, or, where the source shows no depth, by the headings above it."""
    if cell.indent:
        return f"i{min((cell.indent + 1) // 2, 12)}"
    line = layout.lines.get(r)
    if line is None or line.indented:
        return ""
    # Headings in capitals part the statement; they do not indent what follows.
    depth = sum(not heading.isupper() for heading in line.item.path)
    depth += depth > 0 and (id(line.tagged), line.index) in layout.totals
    return f"i{min(2 * depth, 12)}" if depth else ""


def _widths(rows: Sequence[Row], grid: _Grid, layout: Layout) -> tuple[int, ...]:
    """The least width of each column in digits, 0 where the page decides; all columns of figures are equally wide."""
    longest = max((len(rows[r].cells[c].text) for r, c in layout.figures), default=0)
    heads = [len(cell.text) for r in layout.heads for cell in rows[r].cells if cell.span == 1 and cell.col]
    if len(grid.figures) <= _WIDE:
        longest = max([longest, *(min(size, _HEADING) for size in heads)])
    size = longest - longest // 8 + 1  # commas and points are narrower than digits
    return tuple(size if col in grid.figures else 0 for col in range(grid.width))
