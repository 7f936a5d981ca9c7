"""The events of the parser of HTML -> the flow of raw paragraphs, tables and page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..findings import UnreadableInput
from .collected import Break, Item, Lines, Para, Pre, RawCell, RawRow, RawTable, Word
from .collected_to_blocks import opened_up
from .colors import WHITE
from .html_frames import BLOCKS, DROPPED, Frame, framed, paint
from .origins import BLANK, Origins, shown
from .sheets import Sheet
from .styles import NONE, Style, read_style

_PIECE = re.compile(f"[^{BLANK}]+")
#: Blanks that do not fold.
_HARD = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
#: Tables in tables beyond this depth are no tables; every level copies what it holds once.
_DEEPEST = 30
#: The longest columns and rows a cell is believed to span.
_SPAN = 64


@dataclass(slots=True, kw_only=True)
class _Open:
    """A table that is being read, and the flow it stands in."""

    table: RawTable
    flow: list[Item]
    cell: RawCell | None = None
    depth: int = 0


class Walker:
    """The target of the parser: builds the flow of raw paragraphs and tables. Nothing in it recurses."""

    def __init__(self, origins: Origins, most: int, source: str, sheet: Sheet) -> None:
        self._left = most
        self._most = f"{source}: more than {most:,} elements with hardly any text: not a page of a filing"
        self.items: list[Item] = []
        self._origins = origins
        self._sheet = sheet
        # Where grounds are set that are not understood none is known but those that the elements set themselves.
        self._frames = [Frame(tag="", ground=None if sheet.unknown_grounds else WHITE)]
        self._open: list[_Open] = []
        self._flow = self.items
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
        above = self._frames[-1]
        if above.hidden or tag in DROPPED:
            self._frames.append(Frame(tag=tag, hidden=True))
            return
        said = attrib.get("style", "")
        if sheet := self._sheet.style(tag, attrib):
            said = f"{sheet};{said}"
        style = read_style(said) if said else NONE
        if style.hidden or "hidden" in attrib:
            self._frames.append(Frame(tag=tag, hidden=True))
            return
        if tag == "br":
            self._break_line()
            self._frames.append(Frame(tag=tag, pre=above.pre, bold=above.bold, indent=above.indent, align=above.align))
            return
        block = tag in BLOCKS or bool(style.block) or style.absolute
        if block:
            self._flush()
        frame = framed(tag, attrib, style, above, block)
        paint(frame, attrib, style, above)
        if style.page_before or tag == "page":
            self._flow.append(Break())
        self._open_element(tag, frame, style, attrib)
        self._frames.append(frame)

    def _open_element(self, tag: str, frame: Frame, style: Style, attrib: Mapping[str, str]) -> None:
        """What an element of a table begins, and the lines that others draw in its cells."""
        if tag == "table" and len(self._open) < _DEEPEST:
            self._open.append(_Open(table=RawTable(), flow=self._flow, depth=len(self._frames)))
        elif tag == "tr":
            self._start_row(style)
        elif tag in ("td", "th"):
            self._start_cell(frame, style, attrib)
        elif tag == "hr":
            self._rule()
        elif style.line_above or style.line_below:
            cell = self._open[-1].cell if self._open else None
            if cell is not None:
                cell.line_above |= style.line_above
                cell.line_below |= style.line_below

    def end(self, tag: str) -> None:
        if len(self._frames) == 1:
            return
        frame = self._frames.pop()
        if frame.hidden:
            return
        if frame.block:
            self._flush()
        if frame.cell is not None and self._open and self._open[-1].cell is frame.cell:
            self._end_cell()
        elif tag == "table" and self._open and self._open[-1].depth == len(self._frames):
            self._end_table()
        if frame.page_after:
            self._flow.append(Break())

    def data(self, data: str) -> None:
        frame = self._frames[-1]
        data = shown(data)
        if frame.pre and not frame.hidden and not frame.unseen:
            self._preformatted(data)
            return
        end = 0
        for match in _PIECE.finditer(data):
            blank, word = data[end : match.start()], match.group()
            end = match.end()
            at = self._origins.find(word)
            if frame.hidden:
                continue
            self._space(blank)
            if frame.unseen:
                self._gap += 1  # its place on the page stays empty
                continue
            if not self._lines:
                self._lines, self._first = [Lines()], frame
            line = self._lines[-1]
            if not line.words:
                line.lead = self._gap
            line.words.append(
                Word(word, at, self._gap or (1 if self._soft else 0), frame.bold, frame.raised)
                if line.words
                else Word(word, at, 0, frame.bold, frame.raised)
            )
            self._gap, self._soft = 0, False
        if not frame.hidden and end < len(data):
            self._space(data[end:])

    def close(self) -> None:
        while self._open:
            self._flush()
            if self._open[-1].cell is not None:
                self._end_cell()
            self._end_table()
        self._flush()

    # --- text

    def _space(self, blank: str) -> None:
        """White space folds; non-breaking blanks count."""
        if blank == " ":
            self._soft = True  # by far the most frequent
            return
        if not blank:
            return
        hard = len(_HARD.findall(blank))
        self._gap += hard
        self._soft |= hard < len(blank) and any(c in " \t\n\r\f\v" for c in blank)

    def _break_line(self) -> None:
        frame = self._frames[-1]
        if frame.hidden:
            return
        if frame.pre:
            self._pre.append(("\n", -1))
            return
        if not self._lines:
            self._lines, self._first = [Lines()], frame
        self._lines.append(Lines())
        self._gap, self._soft = 0, False

    def _preformatted(self, data: str) -> None:
        at = 0
        for match in _PIECE.finditer(data):
            blank, word = data[at : match.start()], match.group()
            if blank:
                self._pre.append((blank, -1))
            self._pre.append((word, self._origins.find(word)))
            at = match.end()
        if at < len(data):
            self._pre.append((data[at:], -1))

    def _flush(self) -> None:
        """End the paragraph that is open."""
        if self._pre:
            if any(at >= 0 for _, at in self._pre):
                self._flow.append(Pre(pieces=self._pre))
            self._pre = []
        lines, frame = self._lines, self._first
        self._lines, self._first, self._gap, self._soft = [], None, 0, False
        if frame is None or not any(line.words for line in lines):
            return
        self._flow.append(
            Para(lines=lines, align=frame.align, indent=frame.indent, heading=frame.tag[0] == "h", place=frame.place)
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

    def _start_cell(self, frame: Frame, style: Style, attrib: Mapping[str, str]) -> None:
        if not self._open:
            return
        opened = self._open[-1]
        if opened.cell is not None:
            self._end_cell()
        if not opened.table.rows:
            opened.table.rows.append(RawRow())
        frame.indent = style.indent
        cell = RawCell(
            span=_number(attrib.get("colspan")),
            rows=_number(attrib.get("rowspan")),
            line_above=style.line_above,
            line_below=style.line_below,
        )
        opened.table.rows[-1].cells.append(cell)
        opened.cell = frame.cell = cell
        self._flow = cell.flow

    def _end_cell(self) -> None:
        self._flush()
        opened = self._open[-1]
        opened.cell = None
        self._flow = opened.flow

    def _end_table(self) -> None:
        opened = self._open.pop()
        self._flow = opened.flow
        self._flow.extend(opened_up(opened.table))


def _number(text: str | None) -> int:
    """A span; what is no number counts as one, as browsers do."""
    digits = (text or "").strip()[:6]
    return max(1, min(int(digits), _SPAN)) if digits.isascii() and digits.isdigit() else 1
