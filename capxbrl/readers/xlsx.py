"""Spreadsheets (XLSX, ECMA-376 Part 1, 18): each sheet that is shown, each cell as it is shown.

A cell is read as its number format shows it, since that is the page; a formula by the value that was kept.  Hidden
sheets, rows, columns and cells are left out, and told.  Positions are lines of a text whose lines name sheet and row.
"""

from __future__ import annotations

from ..findings import Outcome
from ..model import Document
from ..zips import is_zip_of

ORDER = 22


def recognises(data: bytes) -> bool:
    """A zip file with parts of a spreadsheet."""
    return is_zip_of(data, b"xl/")


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read it, as `xlsx_document.read` says. Raises UnreadableInput."""
    from . import xlsx_document

    return xlsx_document.read(data, name)
