"""HTML of 1998 to 2025, inline XBRL too: the parser's events -> paragraphs, tables, page breaks.

All visible text is kept. Not visible are `display:none`, scripts, styles, the hidden header of inline XBRL, and what is
drawn so that nobody sees it: without opacity, in type of no size, or in the colour of what is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..findings import Outcome, UnreadableInput
from ..markup import walk_html
from ..model import Block, Document
from .collected import Break, Item, Lines, Para, Pre, RawCell, RawRow, RawTable, Word
from .collected_to_blocks import finish, opened_up
from .colors import WHITE, Color, read_color, unseen
from .encoding import decode
from .origins import BLANK, Origins, shown
from .sheets import Sheet, read_sheets
from .styles import NONE, Style, read_style

ORDER = 40

#: Elements that break lines or hold cells: a page of HTML has one.
_BREAKS = re.compile(rb"<(?:p|br|tr|td|li|pre|h[1-6])\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<\s*(?:html|body|!doctype\s+html)\b", re.I)
_ELEMENTS = re.compile(rb"<(?:p|td|tr|div|font|span|br|b|center)\b[^<>]{0,300}>", re.I)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "page",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "del",
        "strike",
        "style",
        "head",
        "template",
        "ix:header",
        "ix:hidden",
        "select",
        "textarea",
        "object",
        "applet",
        "map",
        "svg",
        "math",
    ]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_PIECE = re.compile(f"[^{BLANK}]+")
#: Blanks that do not fold.
_HARD = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
#: Elements of a table are placed by vertical-align; their text is not raised by it.
_CELLS = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"])
#: The attribute that says the colour of text, and all attributes that paint.
_COLORS = {"font": "color", "body": "text"}
_PAINTS = frozenset(["color", "text", "bgcolor", "background"])
#: The usual size of type, in px.
_TYPE = 16.0
#: A "<" that begins no tag; so many are not mistakes, and each would be told as a text of its own.
_STRAY = re.compile(r"<(?![A-Za-z/!?])")
_MOST_STRAY = 200_000
#: Tables in tables beyond this depth are no tables; every level copies what it holds once.
_DEEPEST = 30
#: A page of more elements than this has at least so many characters to each; real ones have sixty.
_MOST, _DENSEST = 300_000, 12
#: The longest columns and rows a cell is believed to span.
_SPAN = 64


def recognises(data: bytes) -> bool:
    """It says that it is HTML, or has many of its elements (EDGAR's <TABLE>, <S> and <C> are none).

    A page of EDGAR ASCII in a shell of HTML, without an element that breaks a line, is text.
    """
    if data.count(b"<S>") and not _BREAKS.search(data):
        return False
    head = data[:100_000].replace(b"\0", b"")
    if _MARKUP.search(head[:20_000]):
        return True
    found = _ELEMENTS.findall(head)
    return len(found) >= 4 and len(found) * 1600 > len(head)


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read an HTML page. Raises UnreadableInput when it has no text."""
    text, findings = decode(data, name)
    blocks = read_html(text, name)
    if not blocks:
        raise UnreadableInput(f"{name}: an HTML page without any text")
    return Outcome(Document(name=name, format="html", blocks=tuple(blocks), text=text), findings)


def read_html(text: str, source: str, *, first_line: int = 1, first_table: int = 1) -> list[Block]:
    """The blocks of an HTML text. first_line: the number of its first line in the whole file."""
    if len(_STRAY.findall(text)) > _MOST_STRAY:
        raise UnreadableInput(f"{source}: full of '<' that begin no tag; this is no HTML page")
    text = shown(text)
    origins = Origins(text, first_line)
    walker = _Walker(origins, most=max(_MOST, len(text) // _DENSEST), source=source, sheet=read_sheets(text))
    walk_html(text, walker)
    return finish(walker.items, origins, source, first_table)


@dataclass(slots=True, kw_only=True)
class _Frame:
    """An open element and what it hands down to the elements in it."""

    tag: str
    hidden: bool = False
    bold: bool = False
    raised: bool = False
    pre: bool = False
    block: bool = False
    align: str = ""
    indent: float = 0.0
    page_after: bool = False
    cell: RawCell | None = None
    place: tuple[float, float] | None = None
    color: Color | None = None
    ground: Color | None = WHITE
    size: float | None = None
    faint: bool = False
    unseen: bool = False


@dataclass(slots=True, kw_only=True)
class _Open:
    """A table that is being read, and the flow it stands in."""

    table: RawTable
    flow: list[Item]
    cell: RawCell | None = None
    depth: int = 0


class _Walker:
    """The target of the parser: builds the flow of raw paragraphs and tables. Nothing in it recurses."""

    def __init__(self, origins: Origins, most: int, source: str, sheet: Sheet) -> None:
        self._left = most
        self._most = f"{source}: more than {most:,} elements with hardly any text: not a page of a filing"
        self.items: list[Item] = []
        self._origins = origins
        self._sheet = sheet
        # Where grounds are set that are not understood none is known but those that the elements set themselves.
        self._frames = [_Frame(tag="", ground=None if sheet.unknown_grounds else WHITE)]
        self._open: list[_Open] = []
        self._flow = self.items
        self._lines: list[Lines] = []
        self._first: _Frame | None = None
        self._gap = 0
        self._soft = False
        self._pre: list[tuple[str, int]] = []

    # --- the parser's events

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise UnreadableInput(self._most)
        above = self._frames[-1]
        if above.hidden or tag in _DROPPED:
            self._frames.append(_Frame(tag=tag, hidden=True))
            return
        said = attrib.get("style", "")
        if sheet := self._sheet.style(tag, attrib):
            said = f"{sheet};{said}"
        style = read_style(said) if said else NONE
        if style.hidden or "hidden" in attrib:
            self._frames.append(_Frame(tag=tag, hidden=True))
            return
        if tag == "br":
            self._break_line()
            self._frames.append(_Frame(tag=tag, pre=above.pre, bold=above.bold, indent=above.indent, align=above.align))
            return
        block = tag in _BLOCKS or bool(style.block) or style.absolute
        if block:
            self._flush()
        frame = _framed(tag, attrib, style, above, block)
        _paint(frame, attrib, style, above)
        if style.page_before or tag == "page":
            self._flow.append(Break())
        self._open_element(tag, frame, style, attrib)
        self._frames.append(frame)

    def _open_element(self, tag: str, frame: _Frame, style: Style, attrib: Mapping[str, str]) -> None:
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

    def _start_cell(self, frame: _Frame, style: Style, attrib: Mapping[str, str]) -> None:
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


def _framed(tag: str, attrib: Mapping[str, str], style: Style, above: _Frame, block: bool) -> _Frame:
    """The frame of an element, painted as the one it stands in."""
    said = attrib.get("align", "").lower() if block else ""
    return _Frame(
        tag=tag,
        bold=style.bold if style.bold is not None else above.bold or tag in _BOLD,
        raised=above.raised or _is_raised(tag, style, above, block),
        pre=above.pre or tag in ("pre", "listing", "xmp") if style.pre is None else style.pre or tag == "pre",
        block=block,
        align="center" if tag == "center" else style.align or said or above.align,
        indent=above.indent + style.indent + (4 if tag in ("ul", "ol", "blockquote", "dd") else 0),
        page_after=style.page_after,
        place=_placed(style, above.place),
        color=above.color,
        ground=above.ground,
        size=style.size or above.size,
        faint=above.faint,
        unseen=above.unseen,
    )


def _is_raised(tag: str, style: Style, above: _Frame, block: bool) -> bool:
    """Set above the line of the text around it: a block is only moved."""
    if block or tag in _CELLS:
        return False
    small = style.top_set and style.size is not None and (style.size < (above.size or _TYPE))
    return tag == "sup" or style.raised or small


def _paint(frame: _Frame, attrib: Mapping[str, str], style: Style, above: _Frame) -> None:
    """Set colour and ground of an element, and whether what it holds can be seen."""
    if not _paints(frame.tag, attrib, style, above):
        return
    # Browsers let no colour of text into a table of an old page; what is then black is seen.
    inherited = None if frame.tag == "table" else above.color
    frame.color = style.color or _attribute(attrib, _COLORS.get(frame.tag, "")) or inherited
    ground = style.ground or _attribute(attrib, "bgcolor")
    if style.picture or "background" in attrib or ("bgcolor" in attrib and ground is None):
        frame.ground = None
    elif ground is not None and ground.opacity > 0.05:
        frame.ground = ground
    frame.faint = above.faint or style.faint
    frame.unseen = frame.faint or unseen(frame.color, frame.ground)


def _paints(tag: str, attrib: Mapping[str, str], style: Style, above: _Frame) -> bool:
    return style.paints or (tag == "table" and above.color is not None) or not _PAINTS.isdisjoint(attrib)


def _attribute(attrib: Mapping[str, str], name: str) -> Color | None:
    said = attrib.get(name)
    return read_color(said) if said else None


def _placed(style: Style, above: tuple[float, float] | None) -> tuple[float, float] | None:
    """Where an element stands that is placed by left and top, itself or by what it is in."""
    if style.left is None and style.top is None:
        return above
    x, y = above or (0.0, 0.0)
    return x + (style.left or 0.0), y + (style.top or 0.0)


def _number(text: str | None) -> int:
    """A span; what is no number counts as one, as browsers do."""
    digits = (text or "").strip()[:6]
    return max(1, min(int(digits), _SPAN)) if digits.isascii() and digits.isdigit() else 1
