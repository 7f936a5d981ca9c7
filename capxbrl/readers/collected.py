"""What a reader of HTML, RTF or DOCX collects before there are blocks: words, lines, paragraphs, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from .origins import WORDS


class Word(NamedTuple):
    """Text without blanks, or words of one type with one blank between. at: its offset in the source, as `Places`
    counts; gap: the blanks before it.

    raised: set above the line; once `notes.noted` has seen it: the mark of a note.
    """

    text: str
    at: int
    gap: int
    bold: bool
    raised: bool


def parted(words: Iterable[Word]) -> Iterator[Word]:
    """Each word of an HTML page by itself. There offsets count no blanks."""
    for word in words:
        at, gap = word.at, word.gap
        for text in word.text.split(" "):
            yield Word(text, at, gap, word.bold, word.raised)
            at, gap = at + len(text), 1


@dataclass(slots=True)
class Lines:
    """One line: its words, and the non-breaking blanks before them."""

    words: list[Word] = field(default_factory=list)
    lead: int = 0

    @property
    def text(self) -> str:
        """Its words, with blanks in the place of raised marks."""
        if len(self.words) == 1 and not self.words[0].raised and not self.words[0].gap:
            return self.words[0].text  # by far the most frequent
        return "".join([(" " if w.gap else "") + (" " * len(w.text) if w.raised else w.text) for w in self.words])


def all_bold(lines: Iterable[Lines]) -> bool:
    for line in lines:
        for word in line.words:
            if not word.bold:
                return False
    return True


@dataclass(slots=True, kw_only=True)
class Para:
    lines: list[Lines]
    align: str = ""
    indent: float = 0.0
    heading: bool = False
    place: tuple[float, float] | None = None


@dataclass(slots=True, kw_only=True)
class Pre:
    """Preformatted text: pieces with their offsets in the source (-1 for blanks). A piece begins with a word; of an
    HTML page it may hold more, and the blanks and line ends between."""

    pieces: list[tuple[str, int]]

    @property
    def words(self) -> Iterator[tuple[str, int]]:
        """Each word with its offset."""
        for piece, at in self.pieces:
            if at >= 0:
                for word in WORDS.findall(piece):
                    yield word, at
                    at += len(word)


class Break(NamedTuple):
    """A new page begins."""


@dataclass(slots=True)
class RawCell:
    span: int = 1
    rows: int = 1
    line_above: bool = False
    line_below: bool = False
    flow: list[Item] = field(default_factory=list)
    hr: bool = False

    @property
    def lines(self) -> list[Lines]:
        return [line for item in self.flow if isinstance(item, Para) for line in item.lines]

    @property
    def indent(self) -> float:
        for item in self.flow:
            if isinstance(item, Para):
                for line in item.lines:
                    if line.words:
                        return item.indent + line.lead
                return item.indent
        return 0.0


@dataclass(slots=True, kw_only=True)
class RawRow:
    cells: list[RawCell] = field(default_factory=list)
    line_above: bool = False
    line_below: bool = False


@dataclass(slots=True, kw_only=True)
class RawTable:
    rows: list[RawRow] = field(default_factory=list)


Item = Para | Pre | Break | RawTable


class Flow(Protocol):
    """What takes items in their order: a cell, or the page."""

    def append(self, item: Item, /) -> None: ...
    def extend(self, items: Iterable[Item], /) -> None: ...
