"""The gate: an inline XBRL report in, findings out. The only part of the library that imports Arelle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..files import scratch
from .at_hand import prepare
from .many import validate_many
from .receipts import receipt
from .records import Check, ReadFact, Validation

__all__ = ["VIEWER_FILES", "Check", "ReadFact", "Validation", "receipt", "validate", "validate_many"]

#: What `viewer=` writes: the page to open, and the script it needs beside it.
VIEWER_FILES = ("viewer.html", "ixbrlviewer.js")


def validate(
    report: str | Path,
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    viewer: str | Path | None = None,
) -> Validation:
    """Validate a report package (.xbri, .xbr, .zip), an inline report (.xhtml, .htm) or an instance (.xml), offline.

    packages: taxonomy packages (zip) the report needs.  folders: searched for packages that it needs besides; those of
    capxbrl's own taxonomies are always at hand.  viewer: a folder to write the interactive viewer into.
    Raises UnreadableInput for a file that holds no report, is not safe to open, or refers to files outside of it;
    everything else that is wrong is a Finding.
    """
    path = Path(report)
    with scratch() as place:
        prepared = prepare(path, tuple(map(Path, packages)), tuple(map(Path, folders)), place)
        if prepared.unjudged is not None:
            return prepared.unjudged
        from .session import run

        return run(path, packages=prepared.packages, viewer=Path(viewer) if viewer else None, viewer_files=VIEWER_FILES)
