"""Markdown: pipe tables, whole ones (GFM) and those that html2text leaves, with HTML between them (pandoc).

A row of html2text goes on in the next line wherever its cell had a line break; its cells have lost their spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from ..findings import Outcome, UnreadableInput
from ..grammar import MONTHS, YEAR
from ..model import Block, Document, Table
from ..patterns import compiled
from . import html
from .delimited_to_table import is_pipe_rule
from .encoding import decode
from .entries import Entry, Part, Scrap, Text, entries_table
from .grid_tables import RULE, grid_end, read_grid
from .lines_to_blocks import read_lines
from .source_lines import SourceLine, split_lines
from .source_marks import DROP

ORDER = 38

#: The line below the heading of a table; html2text leaves out the frame.
_RULE = re.compile(rb"^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+(?:\|[ \t]*)?\r?$", re.M)
#: Two cells of it.
_CROSSING = re.compile(rb"-:?[ \t]*\|[ \t]*:?-")
_GRID = re.compile(rb"^[ \t]*\+(?:[-=:]{3,}\+)+[ \t]*\r?\n[ \t]*\|", re.M)
_WHOLE_PAGE = re.compile(rb"<\s*(?:html|body|!doctype\s+html)\b", re.I)
#: Words before any tag; rows, tables and tags of HTML.
_WORDS_FIRST, _HTML_ROW = re.compile(rb"\s*[^<\s]"), re.compile(rb"<tr\b", re.I)
_HTML_TABLE, _ANY_TAG = re.compile(rb"<table\b.*?</table", re.I | re.S), re.compile(rb"</?[a-z]", re.I)
#: Marks of bold type, escapes and tags; they are no text.
_MARKS = compiled(rf"\*\*+|__+|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|{DROP.pattern}")
#: Bold and slanted type; in running text it becomes blanks, in rows it tells where a cell goes on.
_TYPE = compiled(r"\*\*+(?=\S)|(?<=\S)\*\*+|(?<!\w)_+(?=[^\s_])|(?<=[^\s_])_+(?!\w)")
#: A cell that ends so goes on in the next line; one that begins so went before.
_OPEN_DATE = compiled(rf"(?:{MONTHS})\s+\d{{1,2}},?$|,$", re.I)
_REST = compiled(rf"[^\w|]*{YEAR}\b")
#: A table of HTML, and tags that are no marks of a text.
_TABLE, _TABLE_END = compiled(r"<table\b", re.I), compiled(r"</table\b", re.I)
_TAG = compiled(r"</?(?:p|td|tr|div|font|span|br|b|u|sup|img|center)\b", re.I)
#: A rule drawn in a cell breaks its row (html2text): "|   | ", "* * *", "| 2002".
_CELL_RULE = compiled(r"\s*\* \* \*\s*")
_WORD = compiled(r"[a-z]{3,}")
#: A line of more cells is no row of a table that anybody reads.
_MOST_CELLS = 300


class _Segment(StrEnum):
    """What lines of a markdown text are: a table of pipes, a grid of pandoc, HTML, or words."""

    PIPES = "pipes"
    GRID = "grid"
    HTML = "html"
    TEXT = "text"


def recognises(data: bytes) -> bool:
    """A rule of pipes stands below a line with pipes, or a grid in it, or a table of HTML stands among text; it is no
    page of HTML, and no submission."""
    if not (b"|" in data and _has_rules(data)) and not _is_text_with_tables(data):
        return False
    return not _WHOLE_PAGE.search(data[:20_000])


def _has_rules(data: bytes) -> bool:
    piped = _CROSSING.search(data) is not None and _RULE.search(data) is not None
    return piped or (b"+" in data and _GRID.search(data) is not None)


def _is_text_with_tables(data: bytes) -> bool:
    """It begins with words, and nearly all its elements stand in tables of HTML."""
    if _WORDS_FIRST.match(data) is None or _HTML_ROW.search(data) is None:
        return False
    outside = _HTML_TABLE.sub(b"", data)
    return _ANY_TAG.search(outside) is None or len(_ANY_TAG.findall(outside)) * 10 < outside.count(b"\n")


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read a markdown text. Raises UnreadableInput when there is nothing in it."""
    text, findings = decode(data, name)
    if not text.strip():
        raise UnreadableInput(f"{name}: the file is empty")
    lines = split_lines(text)
    blocks: list[Block] = []
    segments = _segments(lines)
    known = frozenset(
        word
        for start, end, kind in segments
        if kind is not _Segment.GRID
        for line in lines[start:end]
        for word in _WORD.findall(line.text.casefold())
    )
    for start, end, kind in segments:
        tables = 1 + sum(isinstance(b, Table) for b in blocks)
        part = (
            lines[start:end]
            if kind in (_Segment.PIPES, _Segment.GRID)
            else [_without_type(line) for line in lines[start:end]]
        )
        blocks += _grid(part, name, tables, known) if kind is _Segment.GRID else _READ[kind](part, name, tables)
    return Outcome(Document(name=name, format="markdown", blocks=tuple(blocks), text=text), findings)


def _without_type(line: SourceLine) -> SourceLine:
    if "**" not in line.text and "_" not in line.text:
        return line
    return replace(line, text=_TYPE.sub(lambda m: " " * len(m.group()), line.text))


def _segments(lines: Sequence[SourceLine]) -> list[tuple[int, int, _Segment]]:
    """The lines in turn: (first, behind the last, what they are); lines without tags are read together."""
    out: list[tuple[int, int, _Segment]] = []
    at = 0
    while at < len(lines):
        if not lines[at].text.strip():
            at += 1
            continue
        end, kind = _segment(lines, at)
        if out and kind is out[-1][2] is _Segment.TEXT:
            out[-1] = out[-1][0], end, kind
        else:
            out.append((at, end, kind))
        at = end
    return out


def _segment(lines: Sequence[SourceLine], at: int) -> tuple[int, _Segment]:
    """The line behind a table or a paragraph, and what it is."""
    if _TABLE.search(lines[at].text):
        return _table_end(lines, at), _Segment.HTML
    if (end := grid_end(lines, at)) > at:
        return end, _Segment.GRID
    if _begins_table(lines, at) or (is_pipe_rule(lines[at].text) and "|" in lines[at].text):
        return _pipes_end(lines, at), _Segment.PIPES
    end = at + 1
    while end < len(lines) and lines[end].text.strip() and not _begins_table(lines, end):
        end += 1
    return end, _Segment.HTML if any(_TAG.search(line.text) for line in lines[at:end]) else _Segment.TEXT


def _begins_table(lines: Sequence[SourceLine], at: int) -> bool:
    if _TABLE.search(lines[at].text) is not None or RULE.fullmatch(lines[at].text):
        return True
    below = _heading_end(lines, at)
    following = lines[below].text if below < len(lines) else ""
    return "|" in following and is_pipe_rule(following)


def _heading_end(lines: Sequence[SourceLine], at: int) -> int:
    """Behind the first row of a table of pipes, which rules in its cells may break."""
    last = at
    while "|" in lines[last].text and (behind := _behind_rule(lines, last + 1)) is not None:
        rule, row = behind
        if _ends_row(lines[rule]):
            return row
        last = row
    return last + 1


def _pipes_end(lines: Sequence[SourceLine], at: int) -> int:
    """Behind the last row of a table of pipes; a blank line parts rows of one table, where no new rule follows."""
    end = _heading_end(lines, at)
    while end < len(lines):
        if lines[end].text.strip() or _rows_follow(lines, end + 1):
            end += 1
        elif (behind := _behind_rule(lines, end)) is not None and not _begins_table(lines, behind[1]):
            end = behind[1]
        else:
            break
    return end


def _behind_rule(lines: Sequence[SourceLine], at: int) -> tuple[int, int] | None:
    """A rule in a cell that stands below blank lines here, and the line behind it, which goes on with the table."""
    found = [n for n in range(at, min(at + 5, len(lines))) if lines[n].text.strip()]
    if len(found) < 2 or found[0] == at or found[1] == found[0] + 1 or not _CELL_RULE.fullmatch(lines[found[0]].text):
        return None
    text = lines[found[1]].text
    return (found[0], found[1]) if text.startswith("|") or (_ends_row(lines[found[0]]) and "|" in text) else None


def _ends_row(rule: SourceLine) -> bool:
    """html2text sets two blanks behind the last cell of a row."""
    return rule.text.endswith("  ")


def _rows_follow(lines: Sequence[SourceLine], at: int) -> bool:
    return at < len(lines) and lines[at].text.count("|") > 1 and not _begins_table(lines, at)


def _table_end(lines: Sequence[SourceLine], at: int) -> int:
    """Behind the line that closes the table of HTML which opens here, and all tables in it."""
    depth = 0
    for end in range(at, len(lines)):
        depth += len(_TABLE.findall(lines[end].text)) - len(_TABLE_END.findall(lines[end].text))
        if depth <= 0:
            return end + 1
    return len(lines)


def _read_html(lines: Sequence[SourceLine], source: str, number: int) -> list[Block]:
    text = "\n".join(line.text for line in lines)
    return html.read_html(text, source, first_line=lines[0].number, first_table=number)


def _tables(lines: Sequence[SourceLine], source: str, number: int) -> list[Block]:
    """The table of some lines with pipes; lines with other words than a table has are text."""
    rows = _rows(lines)
    framed = all(row[0].text.lstrip().startswith("|") for row in rows)
    entries = [_entry(cells, framed) for cells in map(_cells, rows) if any(cells)]
    table = entries_table(entries, source, number) if entries else None
    return [table] if table is not None else read_lines(lines, source, number)


def _rows(lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The rows, each with the lines that it takes."""
    out: list[list[SourceLine]] = []
    ruled = bold = False  # bold: it is open
    for line in lines:
        if _CELL_RULE.fullmatch(line.text):
            ruled = not _ends_row(line)
            continue
        if is_pipe_rule(line.text) or not line.text.strip():
            continue
        if out and (ruled or bold or _goes_on(out[-1][-1], line)):
            out[-1].append(line)
        else:
            out.append([line])
            bold = False
        bold ^= line.text.count("**") % 2 == 1
        ruled = False
    return out


def _goes_on(before: SourceLine, line: SourceLine) -> bool:
    """The line goes on with the last cell of the row: a date lacks its year, words are cut."""
    last = before.text.rsplit("|", 1)[-1]
    words = _MARKS.sub("", last).strip()
    if not words:
        return False
    dated = _OPEN_DATE.search(words) is not None and _REST.match(line.text) is not None
    return dated or _no_cells(words, line.text) or _cut_words(words, line.text)


def _cut_words(words: str, text: str) -> bool:
    """A line that begins in the midst of a sentence, behind a cell of words: "Percent", "to Sales|"."""
    return words[-1:].isalpha() and _MARKS.sub("", text).lstrip()[:1].islower()


def _no_cells(words: str, text: str) -> bool:
    """A line without pipes behind a cell that is no figure."""
    return "|" not in text and bool(text.strip()) and words[-1:].isalpha()


def _cells(row: Sequence[SourceLine]) -> list[Text]:
    """The cells of a row; the last of a line goes on with the first of the next."""
    out: list[Text] = []
    for number, line in enumerate(row):
        at = 0
        for n, part in enumerate(line.text.split("|")):
            text = _kept(line, at, at + len(part))
            at += len(part) + 1
            if n == 0 and number:
                out[-1] = (*out[-1], *text)
            elif len(out) < _MOST_CELLS:
                out.append(text)
    return out


def _kept(line: SourceLine, start: int, end: int) -> Text:
    """The words of a slice, without marks and without the blanks around them."""
    out: list[Scrap] = []
    at = start
    for a, b in [*(m.span() for m in _MARKS.finditer(line.text, start, end)), (end, end)]:
        text = line.text[at:a]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            out.append(Scrap(line, at + lead, at + len(text.rstrip())))
        at = b
    return tuple(out)


def _entry(cells: Sequence[Text], framed: bool) -> Entry:
    """A pipe before every row is a frame; without a frame, one at the start parts an empty label."""
    rest = cells[1:] if framed else cells
    label = rest[0] if rest else ()
    return Entry(label=label, parts=tuple(Part(text, n) for n, text in enumerate(rest[1:]) if text))


def _grid(lines: Sequence[SourceLine], source: str, number: int, known: frozenset[str]) -> list[Block]:
    table = read_grid(lines, source, number, known)
    return [table] if table is not None else []


_READ: dict[_Segment, Callable[[Sequence[SourceLine], str, int], list[Block]]] = {
    _Segment.PIPES: _tables,
    _Segment.HTML: _read_html,
    _Segment.TEXT: read_lines,
}
