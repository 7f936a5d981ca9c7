"""The events of the parser of HTML -> the flow of raw paragraphs, tables and page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..findings import UnreadableInput
from .collected import Break, Flow, Lines, Para, Pre, RawCell, RawRow, RawTable, Word
from .collected_to_blocks import opened_up
from .colors import WHITE
from .html_frames import KINDS, Frame, Frames, Said
from .origins import FIRM, ODD, WORDS, Origins, shown
from .sheets import Sheet
from .styles import Style

#: Blanks that do not fold.
_HARD = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
#: Tables in tables beyond this depth are no tables; every level copies what it holds once.
_DEEPEST = 30


@dataclass(slots=True, kw_only=True)
class _Open:
    """A table that is being read, and the flow it stands in. depth, cell_depth: how many elements were open when it,
    and the cell that is open, began."""

    table: RawTable
    flow: Flow
    depth: int
    cell: RawCell | None = None
    cell_depth: int = 0


class Walker:
    """The target of the parser: builds the flow of raw paragraphs and tables. Nothing in it recurses."""

    def __init__(self, flow: Flow, origins: Origins, most: int, source: str, sheet: Sheet) -> None:
        self._left = most
        self._most = f"{source}: more than {most:,} elements with hardly any text: not a page of a filing"
        self._origins = origins
        # A page has thousands of elements and few kinds of them: what one says and hands down is found out once.
        self._framed = lru_cache(maxsize=KINDS)(Frames(sheet).inside)
        # Where grounds are set that are not understood none is known but those that the elements set themselves.
        self._frames = [Frame(ends=True, ground=None if sheet.unknown_grounds else WHITE)]
        self._open: list[_Open] = []
        self._flow = flow
        self._lines: list[Lines] = []
        self._first: Frame | None = None
        self._gap = 0
        self._soft = False
        self._pre: list[tuple[str, int]] = []

    # --- the parser's events

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise UnreadableInput(self._most)
        frame = self._framed(self._frames[-1], tag, tuple(attrib.items()) if attrib else ())
        if frame.begins:
            self._begin(frame.said)
        self._frames.append(frame)

    def _begin(self, element: Said) -> None:
        """What an element does besides handing down how its text looks."""
        if element.tag == "br":
            self._break_line()
            return
        if element.block:
            self._end_paragraph()
        if element.style.page_before or element.tag == "page":
            self._flow.append(Break())
        self._begin_part(element)

    def _begin_part(self, element: Said) -> None:
        """What an element of a table begins, and the lines that others draw in its cells."""
        tag, style = element.tag, element.style
        if tag in ("td", "th"):
            self._start_cell(element)
        elif tag == "tr":
            self._start_row(style)
        elif tag == "table" and len(self._open) < _DEEPEST:
            self._open.append(_Open(table=RawTable(), flow=self._flow, depth=len(self._frames)))
        elif tag == "hr":
            self._rule()
        elif style.line_above or style.line_below:
            cell = self._open[-1].cell if self._open else None
            if cell is not None:
                cell.line_above |= style.line_above
                cell.line_below |= style.line_below

    def end(self, tag: str) -> None:
        frame = self._frames.pop()
        if frame.ends:
            self._end(frame)

    def _end(self, frame: Frame) -> None:
        """What the end of an element does besides taking back how its text looks."""
        depth = len(self._frames)
        if depth == 0:
            self._frames.append(frame)  # that of the page itself, which no element began
            return
        if frame.said.block:
            self._end_paragraph()
            opened = self._open[-1] if self._open else None
            if opened is not None and opened.cell is not None and opened.cell_depth == depth:
                self._end_cell()
            elif opened is not None and opened.depth == depth:
                self._end_table()
        if frame.said.style.page_after:
            self._flow.append(Break())

    def data(self, data: str) -> None:
        frame = self._frames[-1]
        if data.isspace() and not frame.pre and (blank := _folded(data)) is not None:
            if not frame.hidden:  # by far the most frequent: white space between elements
                self._gap += blank[0]
                self._soft |= blank[1]
            return
        if not data.isprintable():
            data = shown(data)
        if frame.pre and not frame.hidden and not frame.unseen:
            self._preformatted(data)
        elif frame.hidden or frame.unseen or frame.raised:
            self._words(data, frame)
        elif data.isascii():
            self._text(data, frame)
        elif ODD.search(data):
            self._words(data, frame)
        else:
            self._apart(data, frame)

    def close(self) -> None:
        while self._open:
            self._end_paragraph()
            if self._open[-1].cell is not None:
                self._end_cell()
            self._end_table()
        self._end_paragraph()
        # A parser and its target hold each other: what hangs on them waits for the collector.
        self._flow, self._origins = [], Origins("")

    # --- text

    def _text(self, data: str, frame: Frame) -> None:
        """Words between white space that folds: they are kept as one."""
        words = data.split()
        if not words:
            self._space(data)
            return
        at = self._origins.follow("".join(words))
        if at is None:
            self._words(data, frame)
            return
        self._soft |= data[0].isspace()
        self._add(" ".join(words), at, frame)
        self._soft = data[-1].isspace()

    def _apart(self, data: str, frame: Frame) -> None:
        """The same between blanks that do not fold."""
        end = 0
        for match in FIRM.finditer(data):
            self._text(data[end : match.start()], frame)
            self._space(match.group())
            end = match.end()
        self._text(data[end:], frame)

    def _words(self, data: str, frame: Frame) -> None:
        """The same one by one: raised or unseen."""
        end = 0
        for match in WORDS.finditer(data):
            blank, word = data[end : match.start()], match.group()
            end = match.end()
            at = self._origins.find(word)
            if frame.hidden:
                continue
            self._space(blank)
            if frame.unseen:
                self._gap += 1  # its place on the page stays empty
            else:
                self._add(word, at, frame)
        if not frame.hidden:
            self._space(data[end:])

    def _add(self, text: str, at: int, frame: Frame) -> None:
        """A word behind the blanks since the last one."""
        if not self._lines:
            self._lines, self._first = [Lines()], frame
        line = self._lines[-1]
        gap = self._gap or int(self._soft)
        if not line.words:
            line.lead, gap = self._gap, 0
        line.words.append(Word(text, at, gap, frame.bold, frame.raised))
        self._gap, self._soft = 0, False

    def _space(self, blank: str) -> None:
        """White space folds; non-breaking blanks count."""
        if blank == " ":
            self._soft = True
        elif folded := _folded(blank):
            self._gap += folded[0]
            self._soft |= folded[1]

    def _break_line(self) -> None:
        frame = self._frames[-1]
        if frame.pre:
            self._pre.append(("\n", -1))
            return
        if not self._lines:
            self._lines, self._first = [Lines()], frame
        self._lines.append(Lines())
        self._gap, self._soft = 0, False

    def _preformatted(self, data: str) -> None:
        """Text whose blanks are its layout, together where they are no others than those of ASCII."""
        inner = data.strip()
        together = None
        if inner and (data.isascii() or not (FIRM.search(data) or ODD.search(data))):
            together = self._origins.follow("".join(inner.split()))
        if together is not None:
            before, inner, behind = data.partition(inner)
            self._pre += [(before, -1), (inner, together), (behind, -1)]
            return
        at = 0
        for match in WORDS.finditer(data):
            blank, word = data[at : match.start()], match.group()
            if blank:
                self._pre.append((blank, -1))
            self._pre.append((word, self._origins.find(word)))
            at = match.end()
        if at < len(data):
            self._pre.append((data[at:], -1))

    def _end_paragraph(self) -> None:
        self._gap, self._soft = 0, False
        if self._pre:
            if any(at >= 0 for _, at in self._pre):
                self._flow.append(Pre(pieces=self._pre))
            self._pre = []
        lines, frame = self._lines, self._first
        if frame is None:
            return  # by far the most frequent: none is open
        self._lines, self._first = [], None
        if any([line.words for line in lines]):
            heading = frame.said.tag.startswith("h")
            self._flow.append(
                Para(lines=lines, align=frame.align, indent=frame.indent, heading=heading, place=frame.place)
            )

    def _rule(self) -> None:
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.hr = True

    # --- tables

    def _start_row(self, style: Style) -> None:
        if not self._open:
            return
        if self._open[-1].cell is not None:
            self._end_cell()
        self._open[-1].table.rows.append(RawRow(line_above=style.line_above, line_below=style.line_below))

    def _start_cell(self, element: Said) -> None:
        if not self._open:
            return
        opened = self._open[-1]
        if opened.cell is not None:
            self._end_cell()
        if not opened.table.rows:
            opened.table.rows.append(RawRow())
        style = element.style
        opened.cell = cell = RawCell(element.span, element.rows, style.line_above, style.line_below)
        opened.cell_depth = len(self._frames)
        opened.table.rows[-1].cells.append(cell)
        self._flow = cell.flow

    def _end_cell(self) -> None:
        opened = self._open[-1]
        opened.cell = None
        self._flow = opened.flow

    def _end_table(self) -> None:
        opened = self._open.pop()
        self._flow = opened.flow
        self._flow.extend(opened_up(opened.table))


@lru_cache(maxsize=1024)
def _folded(blank: str) -> tuple[int, bool] | None:
    """How many blanks do not fold, and whether one does; None where there is a word."""
    blank = shown(blank)
    if WORDS.search(blank):
        return None
    hard = len(_HARD.findall(blank))
    return hard, hard < len(blank) and any(c in " \t\n\r\f\v" for c in blank)
