"""The front of a document as one text, whatever blocks it came in, with a map from every offset back to its place."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from ..findings import Position
from ..model import Cell, Document, Paragraph, Section, Span, Table, TextKind, place
from ..records import dataclass
from . import tolerances as tol

#: Words with single blanks between them: two blanks, a tab or a line end part what stands side by side.
CHUNK = re.compile(r"\S+(?: \S+)*")
#: Blanks, and the marks of emphasis and of table borders in text that was made from a page (markdown).
_EDGES = " \t\n\xa0*|\\>#"
#: What tabs, line ends and drawn rules part.
_PIECE = re.compile(r"(?:(?!- ?-{4}|[-_=]{5}|##)[^\t\n])+")
#: The cover ends somewhere in the first so many characters of the main document.
LONGEST = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """The front as one text. starts[i] is the offset of pieces[i] = (block, row, cell, the text's block or cell).

    section: the type of the submission's document that it is ("10-Q", "EX-99.1"), "" where nothing tells.
    """

    text: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int | None, int | None, Paragraph | Cell], ...]
    section: str = ""

    def span(self, start: int, end: int) -> tuple[Span, Position]:
        """The place of text[start:end], cut where its piece ends: a fact stands in one cell."""
        number = self.piece(start)
        block, row, cell, source = self.pieces[number]
        offset = start - self.starts[number]
        end = min(offset + end - start, len(source.text))
        return Span(block=block, row=row, cell=cell, start=offset, end=end), place(source, offset)

    def piece(self, at: int) -> int:
        """The number of the piece that an offset stands in."""
        return bisect.bisect_right(self.starts, at) - 1


Piece = tuple[int, int | None, int | None, Paragraph | Cell]


def flatten(document: Document) -> Flat:
    """The first document of a submission, or the whole of any other, as far as a cover may reach."""
    section, size, numbers = "", 0, list[int]()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Section):
            if numbers:
                break
            section = block.type
        elif pieces := _pieces(number, block):
            numbers.append(number)
            size += sum(len(source.text) + 1 for *_, source in pieces)
        if size > 4 * LONGEST:
            break
    return flat_of(document, numbers, section)


def flat_of(document: Document, numbers: Iterable[int], section: str = "") -> Flat:
    """These blocks of a document as one text."""
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[Piece] = []
    size = 0
    for number in numbers:
        own = _pieces(number, document.blocks[number])
        for at, piece in enumerate(own):
            last = at + 1 == len(own) or own[at + 1][1] != piece[1]
            starts.append(size)
            pieces.append(piece)
            parts.extend((piece[3].text, "\n" if last else "\t"))
            size += len(piece[3].text) + 1
    return Flat(text="".join(parts), starts=tuple(starts), pieces=tuple(pieces), section=section)


def _pieces(number: int, block: object) -> list[Piece]:
    """The texts of a block: a paragraph, or the cells of a table."""
    if isinstance(block, Paragraph):
        return [(number, None, None, block)]
    if isinstance(block, Table):
        return [(number, r, c, cell) for r, row in enumerate(block.rows) for c, cell in enumerate(row.cells)]
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover: text[start:limit] of the front. form: where its form is named, (0, 0) where it is not."""

    flat: Flat
    start: int
    limit: int
    form: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        return self.flat.text

    def search(
        self, pattern: re.Pattern[str], start: int | None = None, limit: int | None = None
    ) -> re.Match[str] | None:
        """The first match on the cover, or in the part of it that is named."""
        return pattern.search(self.text, *self._part(start, limit))

    def all(self, pattern: re.Pattern[str], start: int | None = None, limit: int | None = None) -> list[re.Match[str]]:
        """Every match on the cover, or in the part of it that is named."""
        return list(pattern.finditer(self.text, *self._part(start, limit)))

    def _part(self, start: int | None, limit: int | None) -> tuple[int, int]:
        return max(self.start, start or 0), self.limit if limit is None else min(self.limit, limit)

    def at(self, offset: int) -> Position:
        return self.flat.span(offset, offset + 1)[1]

    def line(self, at: int) -> tuple[int, int]:
        """(start, end) of the line of an offset: a line of the text, or a row of a table."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end

    def chunks(self, start: int, end: int) -> list[tuple[int, int]]:
        """(start, end) of the words that stand together, in the order of the page; rules, lone marks and marks of
        emphasis are left out."""
        return [place for m in CHUNK.finditer(self.text, start, end) for place in _trimmed(self.text, *m.span())]

    def lines_above(self, at: int, count: int) -> list[tuple[int, int]]:
        """(start, end) of the nearest texts above an offset, nearest first; tabs, line ends and rules part them."""
        out: list[tuple[int, int]] = []
        for piece in reversed(list(_PIECE.finditer(self.text, max(self.start, at - tol.COVER.high), at))):
            out += _trimmed(self.text, *piece.span())
            if len(out) >= count:
                break
        return out[:count]

    def column_above(self, at: int) -> list[tuple[int, int]]:
        """(start, end) of the texts above an offset in its column, nearest first; empty where no columns are.

        A column is that of a table, or the extent of the words in text whose blanks are its layout.
        """
        number = self.flat.piece(at)
        source = self.flat.pieces[number][3]
        if isinstance(source, Cell):
            return self._cells_above(number, source)
        return self._words_above(number, at) if source.kind is TextKind.PRE else []

    def _cells_above(self, number: int, source: Cell) -> list[tuple[int, int]]:
        block, row, _, _ = self.flat.pieces[number]
        out: list[tuple[int, int]] = []
        for start, (other, at_row, _, cell) in zip(
            self.flat.starts[:number][::-1], self.flat.pieces[:number][::-1], strict=True
        ):
            if other != block or not isinstance(cell, Cell):
                break
            overlap = cell.col < source.col + source.span and source.col < cell.col + cell.span
            if overlap and at_row != row:
                out += _trimmed(self.text, start, start + len(cell.text))
        return out

    def _words_above(self, number: int, at: int) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        begin = self.flat.starts[number]
        line = self.text.rfind("\n", begin, at) + 1 or begin
        left, right = _extent(self.text, line, at)
        while line > begin:
            start = max(self.text.rfind("\n", begin, line - 1) + 1, begin)
            for chunk in CHUNK.finditer(self.text, start, line - 1):
                if chunk.start() - start < right and left < chunk.end() - start:
                    out += _trimmed(self.text, chunk.start(), chunk.end())
            line = start
        return out


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if not any(c.isalnum() for c in piece):
        return []
    return [(start + len(piece) - len(piece.lstrip(_EDGES)), start + len(piece.rstrip(_EDGES)))]


def _extent(text: str, line: int, at: int) -> tuple[int, int]:
    """The columns that the words around text[at] take in their line, which begins at `line`."""
    end = text.find("\n", at)
    for chunk in CHUNK.finditer(text, line, len(text) if end < 0 else end):
        if chunk.start() <= at < chunk.end():
            return chunk.start() - line, chunk.end() - line
    return at - line, at - line + 1
