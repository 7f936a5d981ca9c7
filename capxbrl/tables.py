"""A CSV table that a person edits, read whole; every complaint names file and line.

Spreadsheets write tables with semicolons, byte order marks, UTF-16 or Windows-1252, and take a cell that begins with
= + - @ for a formula; such a cell is written with an apostrophe before it, and read without.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from .files import load
from .findings import BadData, UnreadableInput

#: A table is no larger, and no cell of it.
_LARGEST, _LONGEST = 256 << 20, 100_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What a formula begins with (OWASP, "CSV Injection").
_FORMULA = frozenset("=+-@\t\r")


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV table with their line numbers. Raises BadData naming file and line when it has not these
    columns.
    """
    text, _ = decoded(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise BadData(f"{path}:1: the column {missing[0]!r} is missing")
        for row in reader:
            if None in row or None in row.values():
                raise BadData(f"{path}:{reader.line_num}: not as many cells as the heading has")
            if any(len(cell) > _LONGEST for cell in row.values()):
                raise BadData(f"{path}:{reader.line_num}: a cell of more than {_LONGEST:,} characters")
            yield reader.line_num, {name: plain(cell) for name, cell in row.items()}
    except csv.Error as error:
        raise BadData(f"{path}:{reader.line_num + 1}: is no CSV ({error})") from None


def decoded(path: Path) -> tuple[str, bool]:
    """The text of a table, and whether its encoding is a guess: neither marked nor UTF-8, so Windows-1252."""
    try:
        data = load(path, _LARGEST)
    except UnreadableInput as error:
        raise BadData(str(error)) from None
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        if b"\0" in data:
            raise BadData(f"{path}: is no text") from None
        return data.decode("cp1252", "replace"), True


def harmless(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA & {*cell.lstrip("'")[:1]} else cell


def plain(cell: str) -> str:
    """The cell that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA & {*cell.lstrip("'")[:1]} else cell


def _delimiter(text: str) -> str:
    """What parts the cells of the heading."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)
