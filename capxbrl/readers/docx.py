"""Word documents (DOCX, ECMA-376 Part 1, 17): paragraphs, tables, page breaks, notes; running heads once.

Text that is deleted, hidden, or white on white is not on the page: it is left out, and told.  The parts are parsed by
`markup` alone; no library is needed.
"""

from __future__ import annotations

from ..findings import Outcome
from ..model import Document
from ..zips import is_zip_of

ORDER = 22


def recognises(data: bytes) -> bool:
    """A zip file with parts of Word."""
    return is_zip_of(data, b"word/")


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read it, as `docx_document.read` says. Raises UnreadableInput."""
    from . import docx_document

    return docx_document.read(data, name)
