"""What a reader of HTML, RTF or DOCX collects before there are blocks: words, lines, paragraphs, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """Text without blanks. at: its offset in the source; gap: the blanks before it.

    raised: set above the line; once `notes.noted` has seen it: the mark of a note.
    """

    text: str
    at: int
    gap: int
    bold: bool
    raised: bool


@dataclass(slots=True)
class Lines:
    """One line: its words, and the non-breaking blanks before them."""

    words: list[Word] = field(default_factory=list)
    lead: int = 0

    @property
    def text(self) -> str:
        """Its words, with blanks in the place of raised marks."""
        return "".join([(" " if w.gap else "") + (" " * len(w.text) if w.raised else w.text) for w in self.words])


@dataclass(slots=True, kw_only=True)
class Para:
    lines: list[Lines]
    align: str = ""
    indent: float = 0.0
    heading: bool = False
    place: tuple[float, float] | None = None


@dataclass(slots=True, kw_only=True)
class Pre:
    """Preformatted text: pieces with their offsets in the source (-1 for blanks)."""

    pieces: list[tuple[str, int]]


class Break(NamedTuple):
    """A new page begins."""


@dataclass(slots=True, kw_only=True)
class RawCell:
    span: int = 1
    rows: int = 1
    flow: list[Item] = field(default_factory=list)
    line_above: bool = False
    line_below: bool = False
    hr: bool = False

    @property
    def lines(self) -> list[Lines]:
        return [line for item in self.flow if isinstance(item, Para) for line in item.lines]

    @property
    def indent(self) -> float:
        first = next((item for item in self.flow if isinstance(item, Para)), None)
        if first is None:
            return 0.0
        lead = next((line.lead for line in first.lines if line.words), 0)
        return first.indent + lead


@dataclass(slots=True, kw_only=True)
class RawRow:
    cells: list[RawCell] = field(default_factory=list)
    line_above: bool = False
    line_below: bool = False


@dataclass(slots=True, kw_only=True)
class RawTable:
    rows: list[RawRow] = field(default_factory=list)


Item = Para | Pre | Break | RawTable
