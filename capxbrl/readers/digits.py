"""Figures in the digits of other scripts, which no transformation of inline XBRL knows: not read, and told once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import Cell, Document, Paragraph, Table, place

_RUN = re.compile(r"\d(?:[,.]?\d)+")


def of_other_scripts(document: Document) -> Iterator[Finding]:
    """One finding at the first of them."""
    found = [(text, m) for text in _texts(document) for m in _RUN.finditer(text.text) if not m[0].isascii()]
    if found:
        text, first = found[0]
        count = f"{len(found)} figures" if len(found) > 1 else "a figure"
        yield Finding(
            code="read.digits",
            severity=Severity.WARNING,
            at=place(text, first.start()),
            message=f"not read: {count} in digits of another script, such as {first[0]!r}",
            hint="write them in the digits 0 to 9 where they belong to a statement",
        )


def _texts(document: Document) -> Iterator[Paragraph | Cell]:
    """The texts that hold more than ASCII."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells if not cell.text.isascii())
        elif isinstance(block, Paragraph) and not block.text.isascii():
            yield block
