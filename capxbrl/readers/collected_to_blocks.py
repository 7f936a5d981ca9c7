"""What the reader of a page collected (`collected`) -> the blocks of the document.

A table that holds tables, or one column of paragraphs, is layout: it becomes what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..findings import Position
from ..model import Block, PageBreak, Paragraph, Table, TextKind
from . import tolerances as tol
from .cells import make_table
from .collected import Break, Item, Lines, Para, Pre, RawCell, RawTable, Word, all_bold
from .collected_to_lines import laid_pages, laid_pre, placed_text
from .notes import noted
from .origins import Places
from .titles import is_title, may_head

#: A row of more cells is no row of a table that anybody reads.
_MOST_CELLS = 300


def opened_up(table: RawTable) -> list[Item]:
    """What a table that has just ended is: itself, or what its cells hold, in their order."""
    rows = [[cell for cell in row.cells if cell.flow and _holds(cell, Para, Pre, RawTable)] for row in table.rows]
    cells = [cell for row in rows for cell in row]
    if not cells:
        return []
    nested = [cell for cell in cells if _holds(cell, Pre, RawTable)]
    if nested and _shows_figures(rows, len(nested)):
        # A note in a table of its own at the foot of a statement does not make the statement layout.
        for cell in nested:
            cell.flow = list(_as_paragraphs(cell.flow))
        return [table]
    return [item for cell in cells for item in cell.flow] if nested or _is_layout(rows, cells) else [table]


def _holds(cell: RawCell, *kinds: type) -> bool:
    return any([isinstance(item, kinds) for item in cell.flow])


def _shows_figures(rows: Sequence[Sequence[RawCell]], nested: int) -> bool:
    """Far more rows have figures beside a label than cells hold tables."""
    figures = sum(len(row) >= 2 and any(_is_short_figure(cell) for cell in row) for row in rows)
    return figures >= tol.CELLS.figures and figures > 2 * nested


def _is_layout(rows: Sequence[Sequence[RawCell]], cells: Sequence[RawCell]) -> bool:
    """One column, a text, or more cells in a row than anybody reads."""
    widest = max(map(len, rows))
    return widest <= 1 or widest > _MOST_CELLS or _is_text(cells)


def _is_text(cells: Sequence[RawCell]) -> bool:
    """A few cells, one of which holds a text."""
    sizes = (sum(len(w.text) - w.text.count(" ") for line in cell.lines for w in line.words) for cell in cells)
    return len(cells) <= tol.CELLS.few and max(sizes) > tol.CELLS.long


def _is_short_figure(cell: RawCell) -> bool:
    lines = cell.lines
    return len(lines) == 1 and len(lines[0].text) < tol.CELLS.figure and any(c.isdigit() for c in lines[0].text)


def _as_paragraphs(flow: Iterable[Item]) -> Iterable[Item]:
    """Tables and preformatted text in a cell as lines of the cell."""
    todo = list(flow)[::-1]
    while todo:
        item = todo.pop()
        if isinstance(item, RawTable):
            for row in item.rows[::-1]:
                todo += [i for cell in row.cells for i in cell.flow][::-1]
        elif isinstance(item, Pre):
            words = [Word(text, at, 1, False, False) for text, at in item.words]
            if words:
                yield Para(lines=[Lines(words=words)])
        elif isinstance(item, Para):
            yield item


# --- blocks ------


class Blocks:
    """Takes the items of a page in their order and makes the blocks of the document of them at once: what was collected
    takes several times the memory. Tables are numbered from first_table on."""

    def __init__(self, places: Places, source: str, first_table: int) -> None:
        self._places, self._source, self._tables = places, source, first_table
        self._made: list[Block] = []
        self._placed: list[Para] = []  # paragraphs placed by x and y that follow each other are laid out together
        self._last = Position(source=source, line=1, column=1)

    def append(self, item: Item) -> None:
        if isinstance(item, Para) and item.place is not None:
            self._placed.append(item)
            return
        self._settle_placed()
        self._add([item])

    def extend(self, items: Iterable[Item]) -> None:
        for item in items:
            self.append(item)

    def finish(self) -> list[Block]:
        """The blocks, when all items are there."""
        self._settle_placed()
        while self._made and isinstance(self._made[-1], PageBreak):
            self._made.pop()
        return self._made

    def _settle_placed(self) -> None:
        placed, self._placed = self._placed, []
        if placed:
            self._add(placed)

    def _add(self, group: Sequence[Item]) -> None:
        made = _blocks(group, self._places, self._source, self._tables, self._last)
        self._made += made
        self._tables += sum(isinstance(b, Table) for b in made)
        self._last = made[-1].at if made else self._last


def finish(items: Iterable[Item], places: Places, source: str, first_table: int) -> list[Block]:
    """The blocks of the items of a page."""
    blocks = Blocks(places, source, first_table)
    blocks.extend(items)
    return blocks.finish()


def _blocks(group: Sequence[Item], places: Places, source: str, tables: int, last: Position) -> list[Block]:
    """What an item makes, or placed paragraphs that follow each other. tables: the number of the first table; last:
    where the block before stands."""
    item = group[0]
    if isinstance(item, Break):
        return [PageBreak(at=last)]
    if isinstance(item, RawTable):
        table = make_table(item, places, source, tables)
        return [table] if table else []
    if isinstance(item, Pre):
        return laid_pre(item, places).blocks(places, source, tables)
    if len(group) == 1:
        return list(_paragraphs(item, places, source))
    made: list[Block] = []
    for number, page in enumerate(laid_pages([p for p in group if isinstance(p, Para)])):
        if number:
            made.append(PageBreak(at=made[-1].at if made else last))
        made += page.blocks(places, source, tables + sum(isinstance(b, Table) for b in made))
    return made


def _paragraphs(para: Para, places: Places, source: str) -> Iterable[Paragraph]:
    """The paragraphs between empty lines."""
    part: list[Lines] = []
    for line in [*para.lines, Lines()]:
        if line.words:
            part.append(line)
            continue
        if not part:
            continue
        made = placed_text(noted(part, leading=False), places)
        text, jumps = made.text, made.jumps
        short = len(part) == 1 and may_head(text)
        heading = para.heading or (short and (is_title(text) or all_bold(part)))
        yield Paragraph(
            text=text,
            at=Position(source=source, line=jumps[0][1], column=jumps[0][2]),
            kind=TextKind.HEADING if heading else TextKind.TEXT,
            align="center" if para.align in ("center", "middle") else "",
            jumps=jumps[1:],
            marks=made.marks,
        )
        part = []
