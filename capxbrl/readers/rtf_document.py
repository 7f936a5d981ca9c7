"""The tokens of RTF -> Document."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import field, replace

from ..findings import Finding, Outcome, Position, Severity, UnreadableInput
from ..model import Document
from ..records import dataclass
from .rtf_words import CHARSETS, FORMATS, NO_LINES, PARAGRAPHS, SHOWN_ANYWAY, SIGNS, SKIPPED, SWITCHES, TEXTS
from .written import Run, Written, left_out

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|[^\\{}\r\n]+", re.S
)
#: Twentieths of a point to a character of indent.
_TWIPS = 105
#: Groups in groups beyond this depth are no document.
_DEEPEST = 1_000


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read an RTF. Positions are lines of its text: a paragraph or a row of a table each.

    Raises UnreadableInput for a file without text, or one that is nested without end.
    """
    reader = _Reader(colors=_colors(data), fonts=_fonts(data))
    for word, number, hexed, sign, brace, text in _tokens(data):
        reader.token(word, number, hexed, sign, brace, text)
    reader.end()
    blocks, shown = reader.page.finish(name)
    if not blocks:
        raise UnreadableInput(f"{name}: an RTF file without any text")
    findings = [*left_out(reader.hidden, name), *_cut_short(reader.depth, name)]
    return Outcome(Document(name=name, format="rtf", blocks=tuple(blocks), text=shown), tuple(findings))


def _cut_short(depth: int, name: str) -> Iterator[Finding]:
    if depth > 0:
        yield Finding(
            code="read.cut-short",
            severity=Severity.WARNING,
            at=Position(source=name),
            message="the file ends within its text: it was cut short",
            hint="get the file again, or look what is missing at its end",
        )


Token = tuple[str, int | None, str, str, str, bytes]


def _tokens(data: bytes) -> Iterator[Token]:
    """(control word, its number, hexadecimal character, control sign, brace, text), one of them given."""
    at, size = 0, len(data)
    while at < size:
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        word = (match[1] or b"").decode("ascii")
        number = int(match[2]) if match[2] else None
        if word == "bin":
            at += max(0, number or 0)
            continue
        text = match[0] if not match.lastindex and match[0][:1] not in b"\r\n" else b""
        signs = ((match[n] or b"").decode("latin-1") for n in (3, 4, 5))
        hexed, sign, brace = signs
        yield word, number, hexed, sign, brace, text


def _colors(data: bytes) -> tuple[str, ...]:
    """The colours of the table, "" for the automatic one."""
    found = re.search(rb"\{\\colortbl([^{}]{0,20000})\}", data)
    if found is None:
        return ()
    out = []
    for entry in found[1].split(b";"):
        parts = re.findall(rb"\\(?:red|green|blue)(\d{1,3})", entry)
        out.append("".join(f"{min(255, int(p)):02X}" for p in parts))
    return tuple(out)


def _fonts(data: bytes) -> dict[int, str]:
    """{number of a font: its code page}."""
    pairs = re.findall(rb"\\f(\d{1,5})(?:\\[a-z]{1,12}\d{0,5}){0,4}\\fcharset(\d{1,3})", data[:200_000])
    return {int(number): CHARSETS[int(charset)] for number, charset in pairs if int(charset) in CHARSETS}


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a group hands down and forgets at its end."""

    skipped: bool = False
    fresh: bool = False
    starred: bool = False
    on: frozenset[str] = frozenset()
    color: str = ""
    after: int = 1
    encoding: str = "cp1252"


@dataclass(slots=True, kw_only=True)
class _CellMark:
    """What \\cellx ends: the right edge, and what was said of the cell before it."""

    edge: int = 0
    above: bool = False
    below: bool = False


@dataclass(slots=True)
class _Level:
    """A table that is open: the marks of the row that is defined, and the cells since its last row."""

    marks: list[_CellMark] = field(default_factory=list)
    cells: list[list[list[Run]]] = field(default_factory=list)
    rows: list[tuple[list[_CellMark], list[list[list[Run]]]]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Tells the tokens to the page that is written. Nothing in it recurses."""

    colors: tuple[str, ...]
    fonts: dict[int, str]
    page: Written = field(default_factory=Written)
    hidden: list[str] = field(default_factory=list)
    depth: int = 0
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _lines: list[list[Run]] = field(default_factory=list)
    _table: _Level = field(default_factory=_Level)
    _mark: _CellMark = field(default_factory=_CellMark)
    _border: str = ""
    _in_table: bool = False
    _skip: int = 0
    _align: str = ""
    _indent: float = 0.0
    _default: str = "cp1252"
    _high: int = 0

    def token(self, word: str, number: int | None, hexed: str, sign: str, brace: str, text: bytes) -> None:
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, number)
        elif sign == "*":
            self._state = replace(self._state, starred=True)
        elif self._state.skipped:
            return
        elif hexed:
            self._bytes(bytes([int(hexed, 16)]))
        elif sign:
            if sign in "\n\r":
                self._end_paragraph()
            else:
                self._text(SIGNS.get(sign, sign))
        elif text:
            self._bytes(text)

    def end(self) -> None:
        """Close what is open."""
        if self._runs or self._lines:
            self._end_paragraph()
        self._close_table()

    def _brace(self, brace: str) -> None:
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise UnreadableInput("groups in groups without end: not a page of a filing")
            self._stack.append(self._state)
            self._state = replace(self._state, fresh=True, starred=False)
        elif self._stack:
            self._state = self._stack.pop()
        self.depth = len(self._stack)
        self._skip = 0

    # --- control words

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if state.fresh or state.starred:
            skipped = word in SKIPPED or (state.starred and word not in SHOWN_ANYWAY)
            self._state = state = replace(state, fresh=False, starred=False, skipped=state.skipped or skipped)
        if state.skipped:
            return
        if word in TEXTS:
            self._text(TEXTS[word])
        elif word == "u":
            self._unicode((number or 0) % 65536)
        elif word in ("par", "sect"):
            self._end_paragraph()
        elif word in FORMATS:
            self._format(word, number)
        elif word in PARAGRAPHS:
            self._paragraph_word(word, number)
        elif word in ("page", "pagebb"):
            if not self._in_table:
                self._end_paragraph()
                self.page.page_break()
        else:
            self._table_word(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """How text looks from here on."""
        state = self._state
        if word in SWITCHES:
            switched = {SWITCHES[word]}
            state = replace(state, on=state.on - switched if number == 0 else state.on | switched)
        elif word == "plain":
            state = _State(after=state.after, encoding=self._default)
        elif word == "nosupersub":
            state = replace(state, on=state.on - {"raised"})
        elif word == "cf":
            state = replace(state, color=self.colors[number] if number and number < len(self.colors) else "")
        elif word == "uc":
            state = replace(state, after=max(0, number or 0))
        elif word == "f":
            state = replace(state, encoding=self.fonts.get(number or 0, self._default))
        elif word in ("ansicpg", "mac"):
            self._default = "mac_roman" if word == "mac" else _known(f"cp{number}")
            state = replace(state, encoding=self._default)
        self._state = state

    def _paragraph_word(self, word: str, number: int | None) -> None:
        """How the paragraph is set."""
        if word == "pard":
            self._in_table, self._align, self._indent = False, "", 0.0
        elif word == "intbl":
            self._in_table = True
        elif word in ("li", "lin"):
            self._indent = max(0, number or 0) / _TWIPS
        else:
            self._align = "center" if word == "qc" else ""

    def _table_word(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._table.marks, self._mark = [], _CellMark()
        elif word == "cellx":
            self._mark.edge = number or 0
            self._table.marks.append(self._mark)
            self._mark = _CellMark()
        elif word in ("clbrdrt", "clbrdrb", "clbrdrl", "clbrdrr"):
            self._border = word[-1]
        elif word.startswith("brdr") and word not in NO_LINES:
            self._mark.above |= self._border == "t"
            self._mark.below |= self._border == "b"
            self._border = ""
        elif word in ("cell", "nestcell"):
            self._end_cell(nested=word == "nestcell")
        elif word == "row":
            self._end_row()

    def _end_cell(self, *, nested: bool) -> None:
        self._lines.append(self._runs)
        self._runs = []
        if nested:
            return  # a cell of a table in a table becomes a line of the cell it stands in
        self._table.cells.append([line for line in self._lines if line])
        self._lines = []
        self._in_table = True

    def _end_row(self) -> None:
        self._table.rows.append((self._table.marks, self._table.cells))
        self._table.cells = []

    def _end_paragraph(self) -> None:
        if self._in_table:
            self._lines.append(self._runs)
            self._runs = []
            return
        self._close_table()
        for text, bold, raised in self._runs:
            self.page.run(text, bold=bold, raised=raised)
        self._runs = []
        self.page.end_paragraph(align=self._align, indent=self._indent)

    def _close_table(self) -> None:
        """Write the table that has ended."""
        table, self._table = self._table, _Level(marks=self._table.marks)
        if table.cells:
            table.rows.append((table.marks, table.cells))
        if not table.rows:
            return
        edges = sorted({mark.edge for marks, _ in table.rows for mark in marks})
        self.page.start_table()
        for marks, cells in table.rows:
            self.page.start_row()
            before = 0
            for n, lines in enumerate(cells):
                mark = marks[n] if n < len(marks) else _CellMark()
                at = edges.index(mark.edge) + 1 if mark.edge in edges else before + 1
                self.page.start_cell(span=max(1, at - before), above=mark.above, below=mark.below)
                before = max(before + 1, at)
                for line in lines:
                    for text, bold, raised in line:
                        self.page.run(text, bold=bold, raised=raised)
                    self.page.end_paragraph()
                self.page.end_cell()
            self.page.end_row()
        self.page.end_table()

    # --- text

    def _bytes(self, data: bytes) -> None:
        """Characters in the encoding of the font; those that only repeat a Unicode character are skipped."""
        skip = min(self._skip, len(data))
        self._skip -= skip
        if data[skip:]:
            self._text(data[skip:].decode(self._state.encoding, "replace"))

    def _unicode(self, code: int) -> None:
        self._skip = self._state.after
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            high, self._high = self._high, 0
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        self._text(chr(code))

    def _text(self, text: str) -> None:
        state = self._state
        if state.skipped or not text:
            return
        self._state = replace(state, fresh=False) if state.fresh else state
        white = state.color == "FFFFFF" and "shaded" not in state.on and not self._in_table
        if "unseen" in state.on or white:
            self.hidden += [repr(text)] if text.strip() else []
            return
        self._runs.append(Run(text, "bold" in state.on, "raised" in state.on))


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
