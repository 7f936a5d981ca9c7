"""A CSV table that a person edits, read whole; every complaint names file and line.

Spreadsheets write tables with semicolons, byte order marks, UTF-16 or Windows-1252, and take a cell that begins with
= + - @ for a formula; such a cell is written with an apostrophe before it, and read without.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from .files import load
from .findings import BadData, UnreadableInput
from .records import dataclass

#: A table is no larger, and no cell of it.
_LARGEST, _LONGEST = 256 << 20, 100_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What a formula begins with (OWASP, "CSV Injection").
_FORMULA = frozenset("=+-@\t\r")
_MARKED = _FORMULA | {"'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A table that was given as rows, not as a file: what it is called, and its text as a CSV."""

    name: str
    text: str

    def __str__(self) -> str:
        return self.name


def from_rows(rows: Iterable[Any], name: str, columns: tuple[str, ...]) -> Given:
    """Rows, each a mapping by the names of the columns or as many cells as it needs from the left, as a table; what is
    missing is empty. Raises BadData naming the row."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping | tuple | list) or len(row) > len(columns):
            raise BadData(f"{name}, row {number}: is no row of {', '.join(columns)}")
        cells = row if isinstance(row, Mapping) else dict(zip(columns, row, strict=False))
        for key in cells:
            if key not in columns:
                raise BadData(f"{name}, row {number}: there is no column {key!r}; known: {', '.join(columns)}")
        writer.writerow({key: harmless(_written(cell)) for key, cell in cells.items()})
    return Given(name=name, text=buffer.getvalue())


def _written(cell: Any) -> str:
    """A cell as a table has it: nothing for None and the NaN and NA of numpy and pandas."""
    if isinstance(cell, bool):
        return str(cell).lower()
    try:
        missing = cell is None or bool(cell != cell)
    except TypeError:  # pandas.NA is neither equal nor unequal
        missing = True
    return "" if missing else str(cell)


def content(table: Path | Given) -> bytes:
    """The bytes of a table. Raises BadData."""
    if isinstance(table, Given):
        return table.text.encode()
    try:
        return load(table, _LARGEST)
    except UnreadableInput as error:
        raise BadData(str(error)) from None


def read_table(path: Path | Given, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV table with their line numbers. Raises BadData naming file and line when it has not these
    columns.
    """
    names, lines, rows = _parsed(path, columns)
    return ((line, dict(zip(names, cells, strict=True))) for line, cells in zip(lines, rows, strict=True))


def read_rows(path: Path | Given, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The cells of these columns alone, in their order, which takes a fifth of the time: for large tables."""
    names, lines, rows = _parsed(path, columns)
    return zip(lines, map(itemgetter(*map(names.index, columns)), rows), strict=True)


def _parsed(path: Path | Given, columns: tuple[str, ...]) -> tuple[list[str], list[int], list[list[str]]]:
    """The names of all columns, and the rows with their line numbers."""
    text, _ = decoded(path)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        names = next(reader, [])
        missing = [c for c in columns if c not in names]
        if missing:
            raise BadData(f"{path}:1: the column {missing[0]!r} is missing")
        for cells in reader:
            if cells:
                lines.append(reader.line_num)
                rows.append(cells)
    except csv.Error as error:
        raise BadData(f"{path}:{reader.line_num}: is no CSV ({error})") from None
    for line, cells in zip(lines, rows, strict=True):
        if len(cells) != len(names):
            raise BadData(f"{path}:{line}: not as many cells as the heading has")
        if max(map(len, cells)) > _LONGEST:
            raise BadData(f"{path}:{line}: a cell of more than {_LONGEST:,} characters")
    if any(f"{before}'" in text for before in (delimiter, *'\n\r"')):  # a cell begins with an apostrophe
        rows = [list(map(plain, cells)) for cells in rows]
    return names, lines, rows


def decoded(path: Path | Given) -> tuple[str, bool]:
    """The text of a table, and whether its encoding is a guess: neither marked nor UTF-8, so Windows-1252."""
    data = content(path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        if b"\0" in data:
            raise BadData(f"{path}: is no text") from None
        return data.decode("cp1252", "replace"), True


def harmless(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in _MARKED and cell.lstrip("'")[:1] in _FORMULA else cell


def plain(cell: str) -> str:
    """The cell that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA & {*cell.lstrip("'")[:1]} else cell


def _delimiter(text: str) -> str:
    """What parts the cells of the heading."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)
