"""The cover as one text, whatever blocks it came in, with a map that leads every offset back to its place."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ..findings import Position
from ..model import Cell, CoverFact, Document, Paragraph, Section, Span, Table, place

#: Words with single blanks between them.
_CHUNK = re.compile(r"\S+(?: \S+)*")
#: The cover ends somewhere in the first so many characters of the main document.
LONGEST = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """The cover as one text. starts[i] is the offset of pieces[i] = (block, row, cell, the text's block or cell)."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int | None, int | None, Paragraph | Cell], ...]

    def span(self, start: int, end: int) -> tuple[Span, Position]:
        """The place of text[start:end], cut where its piece ends: a fact stands in one cell."""
        at = bisect.bisect_right(self.starts, start) - 1
        block, row, cell, source = self.pieces[at]
        offset = start - self.starts[at]
        end = min(offset + end - start, len(source.text))
        return Span(block=block, row=row, cell=cell, start=offset, end=end), place(source, offset)


def flatten(document: Document, first: int = 0) -> Flat:
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int | None, int | None, Paragraph | Cell]] = []
    size = 0

    def add(block: int, row: int | None, cell: int | None, source: Paragraph | Cell, mark: str) -> None:
        nonlocal size
        starts.append(size)
        pieces.append((block, row, cell, source))
        parts.extend((source.text, mark))
        size += len(source.text) + len(mark)

    sections = 0
    for number, block in enumerate(document.blocks):
        if number < first:
            continue
        if isinstance(block, Section):
            sections += 1
            if sections > 1:
                break
        elif isinstance(block, Paragraph):
            add(number, None, None, block, "\n")
        elif isinstance(block, Table):
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row.cells):
                    add(number, r, c, cell, "\n" if c == len(row.cells) - 1 else "\t")
        if size > 4 * LONGEST:
            break
    return Flat(text="".join(parts), starts=tuple(starts), pieces=tuple(pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover up to `limit`; company: the name in the header of the submission, or ""."""

    flat: Flat
    limit: int
    company: str = ""

    @property
    def text(self) -> str:
        return self.flat.text

    def search(self, pattern: re.Pattern[str], start: int = 0) -> re.Match[str] | None:
        return pattern.search(self.text, start, self.limit)

    def fact(
        self,
        concept: str,
        label: str,
        start: int,
        end: int,
        value: str | None = None,
        form: str = "",
        sure: float = 1.0,
    ) -> CoverFact:
        span, at = self.flat.span(start, end)
        shown = self.text[start : start + span.end - span.start]
        value = " ".join(shown.split()) if value is None else value
        return CoverFact(
            concept=concept, value=value, shown=shown, label=label, span=span, at=at, format=form, confidence=sure
        )

    def lines_above(self, at: int, count: int) -> list[tuple[int, int]]:
        """(start, end) of the nearest pieces of text above an offset, nearest first; tabs and line ends part pieces."""
        out: list[tuple[int, int]] = []
        end = at
        while end > 0 and len(out) < count:
            start = max(self.text.rfind("\n", 0, end), self.text.rfind("\t", 0, end)) + 1
            out += _trimmed(self.text, start, end)
            end = start - 1
        return out

    def column_above(self, at: int) -> list[tuple[int, int]]:
        """(start, end) of the texts that stand above an offset in its column, nearest first; empty where no columns are.

        A column is that of a table, or the extent of the words in text whose blanks are its layout.
        """
        number = bisect.bisect_right(self.flat.starts, at) - 1
        block, row, _, source = self.flat.pieces[number]
        out: list[tuple[int, int]] = []
        if isinstance(source, Cell):
            for start, (other, at_row, _, cell) in zip(
                self.flat.starts[:number][::-1], self.flat.pieces[:number][::-1], strict=True
            ):
                if other != block or not isinstance(cell, Cell):
                    break
                overlap = cell.col < source.col + source.span and source.col < cell.col + cell.span
                if overlap and at_row != row:
                    out += _trimmed(self.text, start, start + len(cell.text))
            return out
        if source.kind != "pre":
            return out
        begin = self.flat.starts[number]
        line = self.text.rfind("\n", begin, at) + 1 or begin
        left, right = _extent(self.text, line, at)
        while line > begin:
            start = max(self.text.rfind("\n", begin, line - 1) + 1, begin)
            for chunk in _CHUNK.finditer(self.text, start, line - 1):
                if chunk.start() - start < right and left < chunk.end() - start:
                    out += _trimmed(self.text, chunk.start(), chunk.end())
            line = start
        return out

    def aligned(self, at: int, caption: int) -> bool:
        """text[at] stands in the column of the caption, above it."""
        return any(start <= at < end for start, end in self.column_above(caption))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if not any(c.isalnum() for c in piece):
        return []
    return [(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))]


def _extent(text: str, line: int, at: int) -> tuple[int, int]:
    """The columns that the words around text[at] take in their line, which begins at `line`."""
    end = text.find("\n", at)
    for chunk in _CHUNK.finditer(text, line, len(text) if end < 0 else end):
        if chunk.start() <= at < chunk.end():
            return chunk.start() - line, chunk.end() - line
    return at - line, at - line + 1
