"""The gate: an inline XBRL report in, findings out. The only part of the library that imports Arelle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .inputs import check_report, check_zip
from .many import validate_many
from .receipts import receipt
from .records import Check, ReadFact, Validation

__all__ = ["VIEWER_FILES", "Check", "ReadFact", "Validation", "receipt", "validate", "validate_many"]

#: What `viewer=` writes: the page to open, and the script it needs beside it.
VIEWER_FILES = ("viewer.html", "ixbrlviewer.js")


def validate(
    report: str | Path, *, packages: Sequence[str | Path] = (), viewer: str | Path | None = None
) -> Validation:
    """Validate a report package (.xbri, .xbr, .zip), an inline report (.xhtml, .htm) or an instance (.xml), offline.

    packages: taxonomy packages (zip) the report needs.  viewer: a folder to write the interactive viewer into.
    Raises UnreadableInput for a file that holds no report; everything else that is wrong is a Finding.
    """
    path = Path(report)
    check_report(path)
    for package in packages:
        check_zip(Path(package))
    from .session import run

    return run(
        path, packages=tuple(map(Path, packages)), viewer=Path(viewer) if viewer else None, viewer_files=VIEWER_FILES
    )
