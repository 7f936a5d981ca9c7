"""Readers: bytes of one input format -> Document. A module in this folder joins by itself.

Each has `recognises(data) -> bool` and `read(data, name) -> Outcome[Document]`; ORDER (default 50) says when it is
asked: the more particular formats first, plain text last. What it needs to read, it imports when it reads: every reader
is loaded to be asked. PICTURES: it may read words from pictures, and takes `ocr` and `tell` besides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from ..collector import COLLECTOR_PAUSED
from ..files import MAX_BYTES
from ..findings import Outcome, UnreadableInput, one_line
from ..model import Document
from ..plugins import added, naming
from .digits import of_other_scripts


@cache
def formats() -> tuple[ModuleType, ...]:
    """Every reader, those of other packages too, in the order in which they are asked."""
    found = [import_module(name) for name in naming(b"recognises", __name__, __path__)]
    readers = [*(m for m in found if hasattr(m, "recognises")), *(module for _, module in added("readers"))]
    return tuple(sorted(readers, key=lambda m: (getattr(m, "ORDER", 50), m.__name__)))


def read(data: bytes, name: str, *, ocr: bool = False, tell: Callable[[str], None] | None = None) -> Outcome[Document]:
    """Read a filing of any known format. `name` is what positions call it.

    ocr: pages that are pictures are read anew, whatever text they have; tell: is told each page that is read so.
    Raises UnreadableInput.
    """
    name = one_line(name)  # nobody's file shall write lines of our receipt
    if len(data) > MAX_BYTES:
        raise UnreadableInput(f"{name}: {len(data):,} bytes; filings are smaller than {MAX_BYTES:,}")
    if not data:
        raise UnreadableInput(f"{name}: the file is empty")
    for reader in formats():
        if reader.recognises(data):
            with COLLECTOR_PAUSED:
                document, findings = reader.read(data, name, **_of_pictures(reader, ocr, tell))
            told = (*findings, *of_other_scripts(document))
            return Outcome(replace(document, digest=hashlib.sha256(data).hexdigest()), told)
    known = "text, HTML, PDF, DOCX, RTF, XLSX, PNG, JPEG, TIFF, EDGAR submission"
    raise UnreadableInput(f"{name}: not a format that can be read ({known})")


def _of_pictures(reader: ModuleType, ocr: bool, tell: Callable[[str], None] | None) -> dict[str, Any]:
    """What a reader of pictures is asked besides."""
    if not getattr(reader, "PICTURES", False):
        return {}
    return {"ocr": ocr} | ({"tell": tell} if tell else {})
