"""Rich Text Format (RTF 1.9.1): paragraphs, tables (\\trowd, \\cellx, \\cell), \\'hh and \\u characters, page breaks.

Hidden and deleted text and white text without a ground is left out, and told.  Pictures, fonts, styles, field codes
and all that only programs read is skipped; headers and footers too, since they stand on every page.
"""

from __future__ import annotations

from ..findings import Outcome
from ..model import Document

ORDER = 24


def recognises(data: bytes) -> bool:
    """The first group of RTF."""
    return data.lstrip()[:5] == b"{\\rtf"


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read it, as `rtf_document.read` says. Raises UnreadableInput."""
    from . import rtf_document

    return rtf_document.read(data, name)
