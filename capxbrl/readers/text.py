"""Plain text: tab-separated or pipe tables, markdown left by OCR, EDGAR ASCII, `pdftotext -layout`.

What is removed from the text: white space that folds, markdown escapes (backslash before a sign), tags (<u>, <PAGE>,
<S>).  Everything else, stray marks too, is kept.
"""

from __future__ import annotations

from ..findings import Outcome, UnreadableInput
from ..model import Document
from .encoding import decode
from .lines_to_blocks import read_lines
from .source_lines import split_lines

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
