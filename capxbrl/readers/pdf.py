"""PDF with a text layer: every page is laid out with blanks, as `pdftotext -layout` does, and read as a plain text.

Needs the extra `pdf` (pypdfium2: ten times as fast as pdfminer, and one dependency).  A page that is a picture has no
text to read: it is read with the extra `ocr`, or that is said, with the tools that make a text.
"""

from __future__ import annotations

from collections.abc import Callable

from ..findings import Outcome
from ..model import Document

ORDER = 20
#: Asked for words that are read from pictures (`ocr`), and tells of each page that is read so.
PICTURES = True


def recognises(data: bytes) -> bool:
    """The mark of a PDF within the first kilobyte, as PDF readers look for it."""
    return b"%PDF-" in data[:1024]


def read(
    data: bytes, name: str, *, ocr: bool = False, tell: Callable[[str], None] = lambda step: None
) -> Outcome[Document]:
    """Read it, as `pdf_document.read` says. Raises UnreadableInput."""
    from . import pdf_document

    return pdf_document.read(data, name, ocr=ocr, tell=tell)
