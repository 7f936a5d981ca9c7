"""What a reader collected (`collected`) -> texts with their places in the source, and lines laid out with blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from ..findings import Position
from ..model import Block, Cell, Paragraph, Row, Table
from ..records import dataclass
from . import tolerances as tol
from .collected import Lines, Para, Pre, parted
from .lines_to_blocks import read_lines
from .origins import WORDS, Places
from .source_lines import SourceLine
from .words_to_lines import Placed, lay


class PlacedText(NamedTuple):
    """The text of some lines. jumps: (offset, line, column) wherever its source does not simply go on, first at 0;
    marks: (offset, mark) of the raised marks of notes, blank in the text."""

    text: str
    jumps: tuple[tuple[int, int, int], ...]
    marks: tuple[tuple[int, str], ...] = ()


def placed_text(lines: Sequence[Lines], places: Places) -> PlacedText:
    """The text of some lines with its places."""
    if len(lines) == 1 and len(lines[0].words) == 1 and not lines[0].words[0].raised:
        text, at = lines[0].words[0][:2]  # by far the most frequent
        spread = places.spread(text, at)
        return PlacedText(text, tuple(spread if len(spread) == 1 else _jumps([], spread, 0)))
    return _placed(lines, places)


def _placed(lines: Sequence[Lines], places: Places) -> PlacedText:
    out: list[str] = []
    jumps: list[tuple[int, int, int]] = []
    marks: list[tuple[int, str]] = []
    size = 0
    for number, line in enumerate(lines):
        if number:
            out.append("\n")
            size += 1
        for i, word in enumerate(line.words):
            if word.gap and i:
                out.append(" ")
                size += 1
            _jumps(jumps, places.spread(word.text, word.at), size)
            if word.raised:
                marks.append((size, word.text))
            out.append(" " * len(word.text) if word.raised else word.text)
            size += len(word.text)
    return PlacedText("".join(out), tuple(jumps), tuple(marks))


def _jumps(
    jumps: list[tuple[int, int, int]], spread: Sequence[tuple[int, int, int]], size: int
) -> list[tuple[int, int, int]]:
    """The jumps so far and those of a word that begins at `size`: where its source does not simply go on."""
    for done, row, column in spread:
        at = size + done
        if not jumps or jumps[-1][1] != row or column - at != jumps[-1][2] - jumps[-1][0]:
            jumps.append((at, row, column))
    return jumps


@dataclass(slots=True)
class Laid:
    """Lines whose blanks are their layout: the text of each, and where its words come from: (column, offset)."""

    texts: list[str] = field(default_factory=list)
    words: list[list[tuple[int, int]]] = field(default_factory=list)

    def add(self, parts: Iterable[tuple[int, str, int]]) -> None:
        """A line of words at columns: (column, text, offset). A word never touches the one before."""
        text, words = "", []
        for column, word, at in parts:
            start = max(column, len(text) + 1 if text else 0)
            words.append((start, at))
            text = text.ljust(start) + word
        self.texts.append(text)
        self.words.append(words)

    def blocks(self, places: Places, source: str, first_table: int) -> list[Block]:
        """Read as a plain text is read, with the places of the words in the HTML source."""
        lines = [SourceLine(text=text, number=i + 1) for i, text in enumerate(self.texts)]
        return [self._moved(block, places) for block in read_lines(lines, source, first_table)]

    def _place(self, line: int, column: int, places: Places) -> tuple[int, int]:
        words = self.words[line - 1]
        if not words:
            return places.first
        start, at = next((w for w in reversed(words) if w[0] <= column - 1), words[0])
        return places.place(at, max(0, column - 1 - start))

    def _at(self, at: Position, places: Places) -> Position:
        if at.line is None or at.column is None:
            return at
        found = self._place(at.line, at.column, places)
        return Position(source=at.source, line=found[0], column=found[1], table=at.table, row=at.row, cell=at.cell)

    def _jump(self, jump: tuple[int, int, int], places: Places) -> tuple[int, int, int]:
        line, column = self._place(jump[1], jump[2], places)
        return jump[0], line, column

    def _moved(self, block: Block, places: Places) -> Block:
        if isinstance(block, Table):
            # Built anew rather than with `replace`, which is slow: a page may have a hundred thousand cells.
            rows = tuple(
                Row(
                    cells=tuple(self._moved_cell(cell, places) for cell in row.cells),
                    at=self._at(row.at, places),
                    rule=row.rule,
                )
                for row in block.rows
            )
            return replace(block, rows=rows, at=self._at(block.at, places))
        if isinstance(block, Paragraph):
            return replace(block, at=self._at(block.at, places), jumps=self._jumps(block.jumps, places))
        return replace(block, at=self._at(block.at, places))

    def _moved_cell(self, cell: Cell, places: Places) -> Cell:
        return Cell(
            text=cell.text,
            at=self._at(cell.at, places),
            col=cell.col,
            span=cell.span,
            rows=cell.rows,
            indent=cell.indent,
            bold=cell.bold,
            jumps=self._jumps(cell.jumps, places),
        )

    def _jumps(self, jumps: Sequence[tuple[int, int, int]], places: Places) -> tuple[tuple[int, int, int], ...]:
        return tuple([self._jump(jump, places) for jump in jumps]) if jumps else ()


def laid_pre(pre: Pre, places: Places) -> Laid:
    """The lines of preformatted text. Tabs stay: they part the cells of tables."""
    laid = Laid()
    parts: list[str] = []
    words: list[tuple[int, int]] = []
    size = 0
    for piece, at in pre.pieces:
        whole = piece.replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate((whole if at >= 0 else whole.replace("\xa0", " ")).split("\n")):
            if number:
                laid.texts.append("".join(parts))
                laid.words.append(words)
                parts, words, size = [], [], 0
            parts.append(line)
            if at >= 0:
                found, at = _word_places(line, at, places)
                words += [(size + start, place) for start, place in found]
            size += len(line)
    laid.texts.append("".join(parts))
    laid.words.append(words)
    return laid


def _word_places(line: str, at: int, places: Places) -> tuple[list[tuple[int, int]], int]:
    """(column, offset) of the words of a line, of the first alone where the others stand in the source as they do
    here; and the offset behind the last."""
    first = WORDS.search(line)
    if first is None:
        return [], at
    if places.is_verbatim(line[first.start() :], at):
        return [(first.start(), at)], at + len("".join(line.split()))
    found = []
    for match in WORDS.finditer(line):
        found.append((match.start(), at))
        at += len(match.group())
    return found, at


def laid_pages(paras: Sequence[Para]) -> list[Laid]:
    """The pages of paragraphs that are placed by x and y, each as lines from the top down.

    A page ends where the next text stands far above the last.
    """
    pages: list[list[Placed]] = [[]]
    lowest = 0.0
    for para in paras:
        x, y = para.place or (0.0, 0.0)
        if pages[-1] and y < lowest - tol.CELLS.page:
            pages.append([])
            lowest = 0.0
        lowest = max(lowest, y)
        for number, line in enumerate(para.lines):
            left = x + 5.0 * line.lead
            for word in parted(line.words):
                left += 5.0 if word.gap else 0.0
                right = left + 5.0 * len(word.text)
                pages[-1].append(Placed(x0=left, x1=right, y=y + 14.0 * number, text=word.text, at=word.at))
                left = right
    out = []
    for page in pages:
        laid = Laid()
        for parts in lay(page):
            laid.add(parts)
        out.append(laid)
    return out
