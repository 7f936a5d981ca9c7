"""Where a position of the source is on the page: after how many characters, and which words stand there.

Every layout shows the words of the document in their order, so characters are counted, but for blanks, which browsers
fold. A page may set some words elsewhere; so the words are told, too, and looked for near the count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ..findings import Position
from ..model import Cell, Document, PageBreak, Paragraph, Table, place, seen
from ..records import dataclass

#: Characters of running text that are marked.
_MARKED = 80


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that begin at a place of the source. count: the characters of the page before them, without blanks."""

    line: int
    column: int
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document by their place."""

    stretches: tuple[_Stretch, ...]

    def place(self, at: Position) -> list[int | str] | None:
        """[characters of the page before it, the words], both without blanks; None where it has no line, or nothing
        stands there or before."""
        if at.line is None:
            return None
        after = bisect_right(self.stretches, (at.line, at.column or 1), key=lambda s: (s.line, s.column))
        if not after:
            return None
        found = self.stretches[after - 1]
        skipped = min((at.column or 1) - found.column, len(found.text)) if found.line == at.line else 0
        words = _folded(found.text[skipped:])
        if not words:
            return [found.count, _folded(found.text)[:_MARKED]]
        return [found.count + len(_folded(found.text[:skipped])), words[:_MARKED]]


def words_of(document: Document) -> Words:
    """The stretches of a document, in the order of the source."""
    found, count = [], 0
    for line, column, text in _texts(document):
        if folded := _folded(text):
            found.append(_Stretch(line, column, count, text))
            count += len(folded)
    return Words(tuple(sorted(found, key=lambda s: (s.line, s.column))))


def _texts(document: Document) -> Iterator[tuple[int, int, str]]:
    """(line, column, text) of all that a page shows, in its order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from _stretches(block)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _stretches(cell)
        elif isinstance(block, PageBreak):
            yield block.at.line or 0, block.at.column or 1, block.text


def _stretches(block: Paragraph | Cell) -> Iterator[tuple[int, int, str]]:
    """The text in parts that each stand together in the source."""
    text = seen(block)
    starts = sorted({0, *(offset for offset, _, _ in block.jumps if offset < len(text))})
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        at = place(block, start)
        yield at.line or 0, at.column or 1, text[start:end]


def _folded(text: str) -> str:
    return "".join(text.split())
