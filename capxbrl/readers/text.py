"""Plain text: tab-separated or pipe tables, markdown left by OCR, EDGAR ASCII, `pdftotext -layout`.

What is removed from the text: white space that folds, markdown escapes (backslash before a sign), tags (<u>, <PAGE>,
<S>).  Everything else, stray marks too, is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..findings import Outcome, Position, UnreadableInput
from ..model import Block, Cell, Document, PageBreak, Paragraph, Row, Table
from .encoding import decode
from .halves import halves
from .layout import Line, is_rule, pieces, read_table

_DROP = re.compile(r"\\(?=[!-/:-@\[-`{-~])|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,80})?/?>")
_TABLE = re.compile(r"<\s*(/?)\s*TABLE\b[^>]*>", re.I)
_PAGE = re.compile(r"<PAGE>|\f", re.I)
_DAY = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\d{1,2}\b",
    re.I,
)
#: No table has more columns.
_WIDEST = 300
#: Lines of a table may be this far apart (headings, blank lines) before it is taken to have ended.
_REACH = 7
#: More lines than this in a row are no table.
_LONGEST = 10_000


ORDER = 100  # the last resort


def recognises(data: bytes) -> bool:
    """Anything; the dispatcher asks the more particular readers first, and `decode` refuses what is no text."""
    return True


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read a plain text. Raises UnreadableInput when there is nothing in it."""
    text, findings = decode(data, name)
    if not text.strip():
        raise UnreadableInput(f"{name}: the file is empty")
    blocks = read_lines(split_lines(text), name)
    return Outcome(Document(name=name, format="text", blocks=tuple(blocks), text=text), tuple(findings))


def split_lines(text: str, first: int = 1) -> list[Line]:
    """The lines of a text, numbered from `first`. A form feed at the beginning of a line is a line of its own, since
    the words behind it are the first of the new page."""
    out: list[Line] = []
    for number, row in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), first):
        column = 1
        while row.startswith("\f") and row != "\f":
            out.append(Line(text="\f", number=number, column=column))
            row, column = row[1:], column + 1
        out.append(Line(text=row, number=number, column=column))
    return out


def read_lines(lines: Sequence[Line], source: str, first_table: int = 1) -> list[Block]:
    """The blocks these lines make. Tables are numbered from first_table on."""
    blocks: list[Block] = []
    regions = _regions(lines)
    at, size, tables = 0, len(lines), first_table
    while at < size:
        line = lines[at]
        if not line.text.strip() and not _PAGE.search(line.text):
            at += 1
            continue
        table = None
        if at in regions and regions[at] - at > _LONGEST:
            # A list of data, not a table that a person reads: it stays lines.
            blocks.append(_paragraph(lines[at : regions[at]], source))
            at = regions[at]
            continue
        if at in regions:
            end = regions[at]
            clean = [_clean(line) for line in lines[at:end]]
            both = halves(clean)
            table = read_table(both[0] if both else clean, source, tables)
            if table is not None and both and (second := read_table(both[1], source, tables + 1)) is not None:
                blocks.append(table)
                table, tables = second, tables + 1
        elif _PAGE.search(line.text):
            # Words may share the line with the mark: "12<PAGE>".
            if not blocks or not isinstance(blocks[-1], PageBreak):
                blocks.append(PageBreak(at=Position(source=source, line=line.number, column=1)))
            rest = _PAGE.sub(lambda m: " " * len(m.group()), line.text)
            if rest.strip():
                blocks.append(_paragraph([Line(text=rest, number=line.number)], source))
            at += 1
            continue
        elif (end := _tabbed_end(lines, at)) > at:
            table = _delimited(lines[at:end], source, tables, "\t")
        elif (end := _piped_end(lines, at)) > at:
            rows = [row for row in lines[at:end] if not _is_pipe_rule(row.text)] or lines[at:end]
            table = _delimited(rows, source, tables, "|")
        if table is not None:
            blocks.append(table)
            tables += 1
            at = end
            continue
        end = at + 1
        while (
            end < size
            and lines[end].text.strip()
            and end not in regions
            and not _starts_other(lines, end)
            and not _centred_after(lines[end - 1].text, lines[end].text)
        ):
            end += 1
        blocks.append(_paragraph(lines[at:end], source))
        at = end
    return [b for b in blocks if not isinstance(b, Paragraph) or b.text.strip()]


def _starts_other(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    return bool(_PAGE.search(text)) or "\t" in text or _piped_end(lines, at) > at


def _centred_after(before: str, text: str) -> bool:
    """A title stands directly below running text, without a blank line."""
    if before.rstrip().endswith(".") and len(text.strip()) < 70 and _titled(text.strip()):
        return True
    indent, above = (len(t) - len(t.lstrip()) for t in (text, before))
    return indent >= above + 12 and len(text.strip()) < 70 and above < 8


def _paragraph(lines: Sequence[Line], source: str) -> Paragraph:
    """One paragraph of one or more lines, with tags and escapes taken out and every jump noted."""
    out: list[str] = []
    jumps: list[tuple[int, int, int]] = []
    size = 0
    for i, line in enumerate(lines):
        text = line.text.rstrip()
        start = len(text) - len(text.lstrip()) if i == 0 else 0
        if i:
            out.append("\n")
            size += 1
        for a, b in _kept(text, start):
            jumps.append((size, line.number, line.column + a))
            out.append(text[a:b])
            size += b - a
    text = "".join(out)
    full = [line.text.strip() for line in lines]
    kind, align = "text", ""
    if len(full) == 1 and len(full[0]) <= 110 and not full[0].endswith((".", ";", ",")) and _titled(full[0]):
        kind = "heading"
    elif len(full) > 1 and _laid_out([line.text for line in lines]):
        kind = "pre"
        # Blanks at the start of the first line belong to the layout.
        first = lines[0].text.rstrip()
        indent = len(first) - len(first.lstrip())
        text = " " * indent + text
        jumps = [(offset + indent, number, column) for offset, number, column in jumps]
        jumps.insert(0, (0, lines[0].number, lines[0].column))
    elif len(full) == 1 and lines[0].text[:12].isspace() and len(full[0]) < 70:
        align = "center"
    at = (
        Position(source=source, line=jumps[0][1], column=jumps[0][2])
        if jumps
        else Position(source=source, line=lines[0].number, column=1)
    )
    return Paragraph(text=text, at=at, kind=kind, align=align, jumps=tuple(jumps[1:]))


def _kept(text: str, start: int) -> list[tuple[int, int]]:
    """The slices of a line that are text: escapes and tags left out."""
    out = []
    at = start
    for match in _DROP.finditer(text, start):
        if match.start() > at:
            out.append((at, match.start()))
        at = match.end()
    if at < len(text):
        out.append((at, len(text)))
    return out


def _titled(text: str) -> bool:
    words = [w for w in text.split() if w[:1].isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.6 * len(words)


def _laid_out(texts: Sequence[str]) -> bool:
    """The line breaks are meant: the lines are ragged, centred, or have gaps inside."""
    inner = [t for t in texts if t.strip()]
    gaps = sum("   " in t.strip() for t in inner)
    starts = {len(t) - len(t.lstrip()) for t in inner[1:]}
    short = sum(len(t.rstrip()) < 50 for t in inner[:-1])
    return gaps * 3 >= len(inner) or len(starts) > max(2, len(inner) // 4) or short * 2 > len(inner)


# --- tab and pipe tables -------------------------------------------------------------------------------------------


def _tabbed_end(lines: Sequence[Line], at: int) -> int:
    """Where the tab-separated table that begins at line `at` ends; `at` when none begins there."""
    if not 0 < _tabs(lines[at]) <= _WIDEST:
        return at
    end, probe = at, at
    while probe < len(lines):
        if 0 < _tabs(lines[probe]) <= _WIDEST:
            # A blank line parts two tables only where the number of columns changes.
            if probe > end and end > at and _tabs(lines[probe]) != _tabs(lines[end - 1]):
                break
            probe += 1
            end = probe
        elif not lines[probe].text.strip() and probe - end < 2:
            probe += 1
        elif lines[probe].text.strip() and probe == end and probe + 1 < len(lines) and "\t" in lines[probe + 1].text:
            probe += 1  # a line of its own between two rows: a label without figures
        else:
            break
    return end


def _tabs(line: Line) -> int:
    return line.text.count("\t")


def _piped_end(lines: Sequence[Line], at: int) -> int:
    end = at
    while end < len(lines) and 2 <= lines[end].text.count("|") <= _WIDEST:
        end += 1
    # Nothing but rules is no table.
    return end if end - at >= 2 and not all(_is_pipe_rule(line.text) for line in lines[at:end]) else at


def _is_pipe_rule(text: str) -> bool:
    """The line below a markdown heading: "|---|---:|"."""
    return "-" in text and not text.strip("|:+- \t")


def _delimited(lines: Sequence[Line], source: str, number: int, mark: str) -> Table:
    """Rows by lines, columns by the delimiter. A cell's text is what is left without escapes and tags."""
    rows: list[Row] = []
    width = 1
    for line in lines:
        text = line.text
        if not text.strip():
            continue
        cells: list[Cell] = []
        start = 0
        parts = text.split(mark)
        if mark == "|":
            # The pipes at both ends are a frame, not columns.
            if not parts[0].strip():
                start, parts = len(parts[0]) + 1, parts[1:]
            if parts and not parts[-1].strip():
                parts = parts[:-1]
        width = max(width, len(parts))
        for col, part in enumerate(parts):
            cell = _cell(part, line, start, source, number, len(rows) + 1, len(cells) + 1, col)
            if cell is not None:
                cells.append(cell)
            start += len(part) + 1
        if cells:
            at = Position(source=source, line=line.number, column=cells[0].at.column, table=number, row=len(rows) + 1)
            rows.append(Row(cells=tuple(cells), at=at, rule=all(is_rule(c.text) for c in cells)))
    first = lines[0]
    return Table(
        rows=tuple(rows), width=width, at=Position(source=source, line=first.number, column=first.column, table=number)
    )


def _cell(part: str, line: Line, start: int, source: str, table: int, row: int, cell: int, col: int) -> Cell | None:
    lead = len(part) - len(part.lstrip())
    out: list[str] = []
    jumps: list[tuple[int, int, int]] = []
    size = 0
    stripped = part.rstrip()
    for a, b in _kept(stripped, lead):
        jumps.append((size, line.number, line.column + start + a))
        out.append(stripped[a:b])
        size += b - a
    text = "".join(out)
    if not text.strip():
        return None
    at = Position(source=source, line=line.number, column=jumps[0][2], table=table, row=row, cell=cell)
    return Cell(text=text, at=at, col=col, indent=lead if col == 0 else 0, jumps=tuple(jumps[1:]))


# --- tables laid out with blanks -----------------------------------------------------------------------------------


def _clean(line: Line) -> Line:
    """Tags replaced by blanks, so that every column keeps its place."""
    if "<" not in line.text:
        return line
    return Line(text=_DROP.sub(lambda m: " " * len(m.group()), line.text), number=line.number, column=line.column)


def _is_data(text: str) -> bool:
    """The line ends in figures that stand apart from its words."""
    if is_rule(text):
        return False
    row = pieces(text)
    amounts = [p for p in row if p.is_amount]
    if not amounts or not any(c.isdigit() or c in "-–—" for p in amounts for c in text[p.x0 : p.x1]):
        return False
    if len(amounts) == len(row) == 1 and text[amounts[0].x0 : amounts[0].x1].strip("-– ").isdigit():
        return False  # a page number
    return len(amounts) >= 2 or len(row) >= 2


def _regions(lines: Sequence[Line]) -> dict[int, int]:
    """{first line: line after the last} of every blank-aligned table."""
    size = len(lines)
    texts = [_DROP.sub(lambda m: " " * len(m.group()), line.text) if "<" in line.text else line.text for line in lines]
    regions: dict[int, int] = {}
    data = [False] * size
    at = 0
    while at < size:
        mark = _TABLE.search(lines[at].text)
        if mark and not mark[1]:
            end = at + 1
            while end < size and not _TABLE.search(lines[end].text):
                end += 1
            closing = _TABLE.search(lines[end].text) if end < size else None
            last = end + 1 if closing and closing[1] else end
            regions |= _tagged(lines, texts, at, last)
            at = last
            continue
        data[at] = "\t" not in lines[at].text and not _PAGE.search(lines[at].text) and _is_data(texts[at])
        at += 1
    at, floor = 0, 0
    while at < size:
        if at in regions:
            at = floor = regions[at]
            continue
        if not data[at]:
            at += 1
            continue
        end = _forward(lines, texts, data, at, regions)
        if sum(data[at:end]) >= 2:
            start = _backward(lines, texts, at, floor)
            regions[start] = end
            floor = end
        at = end
    return regions


def _tagged(lines: Sequence[Line], texts: Sequence[str], first: int, last: int) -> dict[int, int]:
    """The tables between <TABLE> and </TABLE>: parted by page breaks, and where new column headings begin."""
    found: dict[int, int] = {}
    start, figures, ended = first, 0, first
    for at in range(first, last + 1):
        here = at == last or _PAGE.search(lines[at].text) is not None
        opens = not here and figures >= 4 and _opens_table(texts[at])
        if here or opens:
            # Titles above the new headings go with them.
            end = ended if opens else at
            if figures >= 2:
                found[start] = end
            start, figures = end + here, 0
            while start < last and not lines[start].text.strip():
                start += 1
        if not here and _is_data(texts[at]):
            figures, ended = figures + 1, at + 1
        elif not here and is_rule(texts[at]):
            ended = at + 1
    return found


def _forward(
    lines: Sequence[Line], texts: Sequence[str], data: Sequence[bool], at: int, regions: dict[int, int]
) -> int:
    """The line after the last of the table whose first row of figures is line `at`."""
    end = probe = at + 1
    between: list[str] = []
    blanks = labels = 0
    left = _figures_from(texts[at])
    while probe < len(lines) and probe not in regions and len(between) <= _REACH:
        text = texts[probe]
        if _opens_table(text):
            break
        if data[probe]:
            end, between, blanks, labels = probe + 1, [], 0, 0
            left = min(left, _figures_from(text))
        elif _PAGE.search(lines[probe].text) or "\t" in text:
            break
        elif not text.strip():
            blanks += 1
            if blanks > 4:
                break
        elif is_rule(text):
            end = probe + 1 if not between else end
        elif len(text.rstrip()) < left <= 30 and labels < 24 and blanks <= 1:
            labels += 1  # a label that runs over many lines of a narrow column
        else:
            between.append(text)
            if _is_title_block(between, blanks) or _is_prose(between):
                break
        probe += 1
    return end


def _figures_from(text: str) -> int:
    """Where the first figure of a row of figures begins."""
    return next((p.x0 for p in pieces(text) if p.is_amount), len(text))


def _backward(lines: Sequence[Line], texts: Sequence[str], at: int, floor: int) -> int:
    """Where the column headings above the first row of figures begin."""
    start = probe = at
    blank = False
    while probe > floor and at - probe < 14:
        probe -= 1
        text = texts[probe]
        if _PAGE.search(lines[probe].text) or "\t" in text:
            break
        if not text.strip():
            if blank:
                break
            blank = True
            continue
        row = pieces(text)
        indent = len(text) - len(text.lstrip())
        if len(row) >= 2 or is_rule(text) or any(p.is_amount for p in row) or (indent >= 25 and not blank):
            start, blank = probe, False
        elif blank or len(text.strip()) > 60:
            break
        # A heading at the left ("ASSETS") may stand between the column headings and the first figures.
    return start


def _opens_table(text: str) -> bool:
    """A row of years or of dates: the column headings of another table."""
    row = pieces(text)
    words = [text[p.x0 : p.x1].strip(" *,") for p in row]
    years = [w for w, p in zip(words, row, strict=True) if p.is_amount]
    if len(years) >= 2 and all(len(w) == 4 and w.isdigit() and w[:2] in ("19", "20") for w in years):
        return True
    return sum(bool(_DAY.match(w)) for w in words) >= 2


def _is_title_block(between: Sequence[str], blanks: int) -> bool:
    """Two centred lines one after the other: another statement begins."""
    if len(between) < 2 or not blanks:
        return False
    return all(len(t) - len(t.lstrip()) >= 12 and len(pieces(t)) == 1 for t in between[-2:])


def _is_prose(between: Sequence[str]) -> bool:
    """Three full lines of text that begin at the left."""
    return len(between) >= 3 and all(len(t.strip()) > 62 and len(pieces(t)) == 1 for t in between[-3:])
