"""What the gate finds on this machine to judge with: taxonomy packages, and the plug-in EDGAR."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..findings import CapxbrlError, UnreadableInput
from . import edgar
from .inputs import check_zip
from .references import rewritten_by, title
from .sec import home


def packages_in(folders: Sequence[Path]) -> tuple[tuple[Path, str, str], ...]:
    """(path, the taxonomies that it holds, why it cannot be used) of each zip of the folders; "" for the other one."""
    out = []
    for path in sorted(p for folder in folders for p in folder.glob("*.zip")):
        try:
            check_zip(path)
            holds = sorted({title(start.rstrip("/")) for start in rewritten_by(path)})
        except UnreadableInput as error:
            out.append((path, "", str(error)))
            continue
        out.append((path, ", ".join(holds), "" if holds else f"{path}: is no taxonomy package: it has no catalog"))
    return tuple(out)


def edgar_plugin(given: Path | None = None) -> tuple[Path, str] | None:
    """The folder of the plug-in EDGAR and its version; None where it is not here. given: a folder named by the user."""
    try:
        folder = home(given, "validate")
    except CapxbrlError:
        return None
    return (folder, edgar.version_of(folder)) if folder else None
