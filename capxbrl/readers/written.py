"""Files that hold paragraphs and tables as such (DOCX, RTF, XLSX) -> raw items, and a text with a line for each.

Such files have no lines of their own, so positions are lines of that text: a paragraph or a row of a table is one,
the cells of a row are parted by tabs.  What was set with tabs and blanks is read as a plain text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..findings import Finding, Position, Severity, UnreadableInput
from ..model import Block
from . import tolerances as tol
from .collected import Break, Item, Lines, Para, Pre, RawCell, RawRow, RawTable, Word
from .collected_to_blocks import finish, opened_up
from .encoding import legal
from .origins import BLANK, WORDS, Places

_PIECE = re.compile(rf"[^{BLANK}]+|[{BLANK}]+")
#: A figure behind a tab or blanks: the paragraph is a row that was set by hand. So many of them make a text of them.
_SET_BY_HAND = re.compile(r"\S(?:\t| {2})[ \t]*[$(]*(?:[\d-]|\.\d)")
#: So much of what is hidden is named.
_NAMED = 6
#: Tables in tables beyond this depth are no pages.
_DEEPEST = 30


class Run(NamedTuple):
    """Text in one type. Line ends in it are line breaks."""

    text: str
    bold: bool = False
    raised: bool = False


@dataclass(slots=True, kw_only=True)
class _Held:
    """A paragraph outside of tables, until it is known whether it is a row that was set by hand."""

    runs: list[Run]
    align: str
    indent: float
    heading: bool

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Written:
    """Builds the items and the text, in the order of the page."""

    items: list[Item] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _size: int = 0
    _runs: list[Run] = field(default_factory=list)
    _held: list[_Held] = field(default_factory=list)
    _tables: list[tuple[RawTable, list[Item]]] = field(default_factory=list)
    _flows: list[list[Item]] = field(default_factory=list)

    def run(self, text: str, *, bold: bool = False, raised: bool = False) -> None:
        """Text of the paragraph that is open."""
        if text:
            self._runs.append(Run(legal(text), bold, raised))

    def end_paragraph(self, *, align: str = "", indent: float = 0.0, heading: bool = False) -> None:
        """indent: in characters."""
        held = _Held(runs=self._runs, align=align, indent=indent, heading=heading)
        self._runs = []
        if not self._tables:
            self._held.append(held)
        elif self._flows and held.text.strip():
            self._flows[-1].append(self._para(held))

    def page_break(self) -> None:
        if not self._tables:
            self._settle_held()
            self.items.append(Break())

    def start_table(self) -> None:
        """Within a cell: a table in a table. Raises UnreadableInput beyond all depth."""
        if not self._tables:
            self._settle_held()
        elif len(self._tables) >= _DEEPEST:
            raise UnreadableInput(f"tables in tables, more than {_DEEPEST} deep: not a page of a filing")
        self._tables.append((RawTable(), self._flows[-1] if self._flows else self.items))

    def start_row(self, mark: str = "") -> None:
        """mark: what the line of the row begins with in the text, which is no text of the row."""
        self._tables[-1][0].rows.append(RawRow())
        self._put(mark)

    def start_cell(self, *, span: int = 1, rows: int = 1, above: bool = False, below: bool = False) -> None:
        """A cell over `span` columns and `rows` rows; above, below: a line is drawn there."""
        cell = RawCell(span=span, rows=rows, line_above=above, line_below=below)
        row = self._tables[-1][0].rows[-1]
        if row.cells:
            self._put("\t")
        row.cells.append(cell)
        self._flows.append(cell.flow)

    def end_cell(self) -> None:
        if self._runs:
            self.end_paragraph()
        self._flows.pop()

    def end_row(self) -> None:
        if len(self._tables) == 1:
            self._put("\n")

    def end_table(self) -> None:
        table, flow = self._tables.pop()
        flow.extend(opened_up(table))

    def finish(self, source: str) -> tuple[list[Block], str]:
        """The blocks of the document, and its text."""
        if self._runs:
            self.end_paragraph()
        self._settle_held()
        text = "".join(self._text)
        return finish(self.items, Places(text), source, 1), text

    # --- text

    def _put(self, text: str) -> int:
        """Write on; the offset where it stands."""
        at = self._size
        self._text.append(text)
        self._size += len(text)
        return at

    def _settle_held(self) -> None:
        """Paragraphs since the last table: a text that was set by hand, or paragraphs."""
        held, self._held = self._held, []
        if sum(_SET_BY_HAND.search(h.text) is not None for h in held) >= tol.TYPED.rows:
            pieces: list[tuple[str, int]] = []
            for one in held:
                for text in _PIECE.findall(one.text + "\n"):
                    at = self._put(text)
                    pieces.append((text, at if WORDS.match(text) else -1))
            self.items.append(Pre(pieces=pieces))
            return
        for one in held:
            if one.text.strip():
                self.items.append(self._para(one))
                self._put("\n")

    def _para(self, held: _Held) -> Para:
        if self._tables and self._size and self._text[-1][-1:] not in ("\t", "\n", ""):
            self._put(" ")
        lines = [Lines()]
        gap = 0
        for text, run in _pieces(held.runs):
            if text == "\n":
                lines.append(Lines())
                self._put(" ")
                gap = 0
            elif WORDS.match(text) is None:
                self._put(" " * len(text))
                gap += len(text)
            else:
                line = lines[-1]
                if not line.words:
                    line.lead = gap
                at = self._put(text)
                line.words.append(Word(text, at, gap if line.words else 0, run.bold, run.raised))
                gap = 0
        return Para(lines=lines, align=held.align, indent=held.indent, heading=held.heading)


def _pieces(runs: Sequence[Run]) -> Iterator[tuple[str, Run]]:
    """Words, runs of blanks, and line ends by themselves."""
    for run in runs:
        for n, line in enumerate(run.text.split("\n")):
            if n:
                yield "\n", run
            for text in _PIECE.findall(line):
                yield text, run


def left_out(hidden: Sequence[str], name: str) -> tuple[Finding, ...]:
    """What a file holds and its page does not show, told once."""
    if not hidden:
        return ()
    shown = ", ".join(hidden[:_NAMED]) + (", ..." if len(hidden) > _NAMED else "")
    return (
        Finding(
            code="read.hidden",
            severity=Severity.NOTE,
            at=Position(source=name),
            message=f"left out, since it is hidden: {' '.join(shown.split())[:200]}",
            hint="if it belongs to the page, show it in the program that wrote the file, and save",
        ),
    )
