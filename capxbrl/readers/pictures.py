"""Pictures of pages (PNG, JPEG, TIFF with all its pages), read with the extra `ocr` and laid out as PDF is."""

from __future__ import annotations

from collections.abc import Callable

from ..findings import Outcome
from ..model import Document

ORDER = 26
#: How the files begin, and what they are.
BEGINS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
#: Asked for words that are read from pictures (`ocr`), and tells of each page that is read so.
PICTURES = True


def recognises(data: bytes) -> bool:
    """The first bytes of PNG, JPEG or TIFF."""
    return data.startswith(tuple(BEGINS))


def read(
    data: bytes, name: str, *, ocr: bool = True, tell: Callable[[str], None] = lambda step: None
) -> Outcome[Document]:
    """Read it, as `pictures_document.read` says. Raises UnreadableInput."""
    from . import pictures_document

    return pictures_document.read(data, name, ocr=ocr, tell=tell)
