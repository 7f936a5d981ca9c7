"""The parts of a spreadsheet -> Document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal, InvalidOperation

from .. import words
from ..findings import Finding, Outcome, Position, Severity, UnreadableInput, counted
from ..markup import Element
from ..model import Document
from ..records import dataclass
from .number_formats import shown_number, shown_text
from .office_zip import Parts, child, children, open_parts, value
from .sheet_styles import Look, read_looks
from .written import Run, Written, left_out

_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
#: More cells than this are a list of data; so many empty rows end a table.
_MOST, _APART = 300_000, 2
#: So many places are named in a finding.
_NAMED = 6
_ERRORS = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!)")


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read an XLSX. Raises UnreadableInput for a damaged, encrypted or hostile file, and for one without text."""
    parts = open_parts(data, name)
    main = parts.main()
    if main.endswith(".bin"):
        raise UnreadableInput(f"{name}: is a binary workbook (.xlsb); save it as .xlsx")
    book, related = parts.xml(main), parts.related(main)
    reader = _Reader(
        parts=parts,
        strings=_strings(parts, related),
        looks=read_looks(parts, related),
        from_1904=value(child(book, "workbookPr"), "date1904") in ("1", "true"),
    )
    sheets = child(book, "sheets")
    for sheet in () if sheets is None else children(sheets, "sheet"):
        kind, part = related.get(sheet.get(_rel_id(sheet), ""), ("", ""))
        title = sheet.get("name", "")
        if kind == "worksheet" and sheet.get("state", "visible") != "visible":
            reader.hidden.append(f"sheet {title!r}")
        elif kind == "worksheet" and part in parts:
            reader.sheet(title, parts.xml(part))
    blocks, text = reader.page.finish(name)
    if not blocks:
        raise UnreadableInput(f"{name}: a spreadsheet without any text in the sheets that are shown")
    return Outcome(
        Document(name=name, format="xlsx", blocks=tuple(blocks), text=text), tuple(_told(reader, name, text))
    )


def _rel_id(sheet: Element) -> str:
    return next((str(key) for key in sheet.attrib if str(key).endswith("}id")), "")


def _told(reader: _Reader, name: str, text: str) -> Iterator[Finding]:
    at = Position(source=name)
    yield from left_out(reader.hidden, name)
    if reader.empty:
        yield Finding(
            code="read.no-value",
            severity=Severity.WARNING,
            at=at,
            message=f"no value is kept of {counted(len(reader.empty), 'formula')}: {_named(reader.empty)}",
            hint="open the file in a spreadsheet program, let it calculate, and save",
        )
    for thousands, places in sorted(reader.divided.items()):
        said = words.pattern("scale", str(3 * thousands)).search(text) is not None
        unit = {1: "thousands", 2: "millions", 3: "billions"}.get(thousands, f"10^{3 * thousands}")
        yield Finding(
            code="read.divided",
            severity=Severity.NOTE if said else Severity.WARNING,
            at=at,
            message=f"{counted(len(places), 'cell')} shown in {unit} by number formats, read as shown: "
            f"{_named(places)}",
            hint=f"if no caption says so, give --assume scale={3 * thousands}",
        )


def _named(places: Sequence[str]) -> str:
    return ", ".join(places[:_NAMED]) + (", ..." if len(places) > _NAMED else "")


def _strings(parts: Parts, related: Mapping[str, tuple[str, str]]) -> tuple[tuple[Run, ...], ...]:
    """The shared strings, each as its runs."""
    part = next((r[1] for r in related.values() if r[0] == "sharedStrings" and r[1] in parts), None)
    return tuple(_rich(entry) for entry in children(parts.xml(part), "si")) if part else ()


def _rich(entry: Element) -> tuple[Run, ...]:
    """The runs of a string; phonetic hints are none."""
    out = [Run(t.text or "") for t in children(entry, "t")]
    for run in children(entry, "r"):
        about = child(run, "rPr")
        raised = value(child(about, "vertAlign")) == "superscript"
        out += [Run(t.text or "", child(about, "b") is not None, raised) for t in children(run, "t")]
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell with text: what it shows, and over how many columns and rows."""

    column: int
    runs: tuple[Run, ...]
    look: Look
    span: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads sheet after sheet; what was left out, without a value, and divided is kept to be told."""

    parts: Parts
    strings: tuple[tuple[Run, ...], ...]
    looks: tuple[Look, ...]
    from_1904: bool
    page: Written = field(default_factory=Written)
    hidden: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    divided: dict[int, list[str]] = field(default_factory=dict)
    _cells: int = 0
    _title: str = ""

    def sheet(self, title: str, root: Element) -> None:
        self._title = title
        columns = _hidden_columns(root)
        merged, covered = _merged(root)
        rows: list[tuple[int, list[_Cell]]] = []
        unseen: dict[str, None] = {}
        before = 0
        data = child(root, "sheetData")
        for row in () if data is None else children(data, "row"):
            number = int(row.get("r", "")) if row.get("r", "").isdigit() else before + 1
            before = number
            shut = row.get("hidden") in ("1", "true") or row.get("ht") == "0"
            found: list[_Cell] = []
            for column, cell in self._row(row, number):
                if (number, column) in covered or not cell.text.strip():
                    continue
                if shut or column in columns:
                    unseen[f"row {number}" if shut else f"column {_letters(column)}"] = None
                    continue
                rows_, span = merged.get((number, column), (1, 1))
                wide = sum(c not in columns for c in range(column, column + span))
                found.append(_Cell(column=column, runs=cell.runs, look=cell.look, span=max(1, wide), rows=rows_))
            if found:
                rows.append((number, found))
        self.hidden += [f"{place} of {title!r}" for place in unseen]
        if rows:
            self._write(title, rows, columns)

    def _row(self, row: Element, number: int) -> Iterator[tuple[int, _Cell]]:
        """The cells of a row with what they show."""
        column = -1
        for cell in children(row, "c"):
            match = _REF.fullmatch(cell.get("r", ""))
            column = _number(match[1]) if match else column + 1
            self._cells += 1
            if self._cells > _MOST:
                raise UnreadableInput(f"{self.parts.name}: more than {_MOST:,} cells: a list of data, not a filing")
            style = cell.get("s", "0")
            look = self.looks[int(style)] if style.isdigit() and int(style) < len(self.looks) else Look()
            yield column, _Cell(column=column, runs=self._shown(cell, look, f"{_letters(column)}{number}"), look=look)

    def _shown(self, cell: Element, look: Look, place: str) -> tuple[Run, ...]:
        """What a cell shows."""
        where = f"{self._title}!{place}"
        kind, kept = cell.get("t", "n"), child(cell, "v")
        text = (kept.text or "") if kept is not None else ""
        if not text and kind not in ("inlineStr", "s"):
            if child(cell, "f") is not None and kind != "str":
                self.empty.append(where)
            return ()
        if kind == "e" or (kind not in ("inlineStr", "s") and _ERRORS.fullmatch(text)):
            self.empty.append(f"{where} ({text})")
            return (Run(text),)
        runs = self._words(cell, kind, text)
        if runs is None:
            return self._figure(text, look, where)
        if len(runs) == 1:
            runs = (runs[0]._replace(text=shown_text(runs[0].text, look.format)),)
        return self._seen(runs, look, where)

    def _words(self, cell: Element, kind: str, text: str) -> tuple[Run, ...] | None:
        """The runs of a cell of words; None of one that holds a number."""
        if kind == "inlineStr":
            inline = child(cell, "is")
            return () if inline is None else _rich(inline)
        if kind == "s":
            return self.strings[int(text)] if text.isdigit() and int(text) < len(self.strings) else ()
        if kind == "b":
            return (Run("TRUE" if text == "1" else "FALSE"),)
        if kind in ("str", "d"):
            return (Run(text[:10] if kind == "d" else text),)
        return None

    def _figure(self, text: str, look: Look, where: str) -> tuple[Run, ...]:
        try:
            number = Decimal(text)
        except InvalidOperation:
            return (Run(text),)
        if not number.is_finite() or abs(number.adjusted()) > 300:
            return (Run(text),)
        made = shown_number(number, look.format, from_1904=self.from_1904)
        if made.thousands and number:
            self.divided.setdefault(made.thousands, []).append(where)
        if number and not made.text.strip():
            self.hidden.append(f"{where} (shown as nothing)")
        return self._seen((Run(made.text),), look, where)

    def _seen(self, runs: tuple[Run, ...], look: Look, where: str) -> tuple[Run, ...]:
        """The runs, if the cell is seen."""
        if look.unseen and any(run.text.strip() for run in runs):
            self.hidden.append(f"{where} (white on white)")
            return ()
        return tuple(run._replace(bold=run.bold or look.bold) for run in runs)

    def _write(self, title: str, rows: Sequence[tuple[int, list[_Cell]]], hidden: set[int]) -> None:
        """Tables, parted by empty rows; rows of one cell of words above and below a table are paragraphs."""
        self.page.page_break()
        self.page.run(title)
        self.page.end_paragraph(heading=True)
        columns = [cell.column for _, cells in rows for cell in cells]
        seen = [column for column in range(min(columns), max(columns) + 1) if column not in hidden]
        order = {column: place for place, column in enumerate(seen)}
        for part in _parted(rows):
            self._write_part(title, part, order)

    def _write_part(self, title: str, rows: Sequence[tuple[int, list[_Cell]]], order: Mapping[int, int]) -> None:
        first = min(cell.column for _, cells in rows for cell in cells)
        inside = [n for n, (_, cells) in enumerate(rows) if not _is_words(cells, first)]
        start, end = (inside[0], inside[-1] + 1) if inside else (len(rows), len(rows))
        for _, cells in rows[:start]:
            self._paragraph(cells[0])
        if inside:
            self.page.start_table()
            for number, cells in rows[start:end]:
                self.page.start_row(f"{title}!{number}: ")
                self._write_cells(cells, order)
                self.page.end_row()
            self.page.end_table()
        for _, cells in rows[end:]:
            self._paragraph(cells[0])

    def _paragraph(self, cell: _Cell) -> None:
        _tell(self.page, cell)
        self.page.end_paragraph(heading=cell.look.bold)

    def _write_cells(self, cells: Sequence[_Cell], order: Mapping[int, int]) -> None:
        at = 0
        for cell in cells:
            place = order[cell.column]
            if place > at:
                self.page.start_cell(span=place - at)
                self.page.end_cell()
            look = cell.look
            self.page.start_cell(span=cell.span, rows=cell.rows, above=look.above, below=look.below)
            _tell(self.page, cell)
            self.page.end_paragraph(indent=look.indent)
            self.page.end_cell()
            at = place + cell.span


def _parted(rows: Sequence[tuple[int, list[_Cell]]]) -> list[list[tuple[int, list[_Cell]]]]:
    """The rows, parted where several empty ones stand between."""
    out: list[list[tuple[int, list[_Cell]]]] = []
    for row in rows:
        if out and row[0] - out[-1][-1][0] <= _APART:
            out[-1].append(row)
        else:
            out.append([row])
    return out


def _is_words(cells: Sequence[_Cell], first: int) -> bool:
    """One cell of words at the left: a title above a table, a note below it."""
    text = cells[0].text.strip()
    return len(cells) == 1 and cells[0].column == first and (text[:1].isalpha() or text.startswith(("(", "[", "*")))


def _tell(page: Written, cell: _Cell) -> None:
    for text, bold, raised in cell.runs:
        page.run(text.replace("\r\n", "\n").replace("\t", " "), bold=bold, raised=raised)


def _hidden_columns(root: Element) -> set[int]:
    """The columns that are not shown, from 0."""
    out: set[int] = set()
    about = child(root, "cols")
    for column in () if about is None else children(about, "col"):
        low, high = column.get("min", ""), column.get("max", "")
        shut = column.get("hidden") in ("1", "true") or column.get("width") == "0"
        if shut and low.isdigit() and high.isdigit():
            out.update(range(int(low) - 1, min(int(high), 16_384)))
    return out


def _merged(root: Element) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """{(row, column) of a merged cell: (rows, columns)}, and the cells that merged ones cover."""
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    about = child(root, "mergeCells")
    for one in () if about is None else children(about, "mergeCell"):
        found = [_REF.fullmatch(ref) for ref in one.get("ref", "").split(":")]
        if len(found) != 2 or found[0] is None or found[1] is None:
            continue
        top, left, low, right = int(found[0][2]), _number(found[0][1]), int(found[1][2]), _number(found[1][1])
        if not 0 < (low - top + 1) * (right - left + 1) < 10_000:
            continue
        sizes[top, left] = low - top + 1, right - left + 1
        covered |= {(r, c) for r in range(top, low + 1) for c in range(left, right + 1)} - {(top, left)}
    return sizes, covered


def _number(letters: str) -> int:
    """The number, from 0, of a column."""
    out = 0
    for letter in letters:
        out = out * 26 + ord(letter) - 64
    return out - 1


def _letters(column: int) -> str:
    out, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
