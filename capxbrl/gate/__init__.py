"""The gate: an inline XBRL report in, findings out. The only part of the library that imports Arelle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .edgar import by_the_manual
from .equipment import edgar_plugin, packages_in
from .inputs import MAX_MEMBER_BYTES
from .limits import NORMAL, Limits
from .many import Asked, validate_each, validate_many, validated
from .receipts import receipt
from .records import Check, ReadFact, Validation
from .runs import judge
from .shown import REVIEW, VIEWER_FILES, holds_viewer
from .workers import Stopped, Workers

__all__ = [
    "MAX_MEMBER_BYTES",
    "REVIEW",
    "VIEWER_FILES",
    "Asked",
    "Check",
    "Limits",
    "ReadFact",
    "Stopped",
    "Validation",
    "Workers",
    "by_the_manual",
    "edgar_plugin",
    "holds_viewer",
    "packages_in",
    "receipt",
    "validate",
    "validate_each",
    "validate_many",
    "validated",
]


def validate(
    report: str | Path,
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    viewer: str | Path | None = None,
    oim: bool = False,
    edgar_plugin: str | Path | None = None,
    limits: Limits = NORMAL,
) -> Validation:
    """Validate a report package (.xbri, .xbr, .zip), an inline report (.xhtml, .htm) or an instance (.xml), offline.

    Args:
        report: the file.
        packages: taxonomy packages (zip) that it needs.
        folders: searched for packages that it needs besides; those of capxbrl's own taxonomies are always at hand.
        viewer: a folder to write the interactive viewer into.
        oim: also make xBRL-JSON and xBRL-CSV of it.
        edgar_plugin: the folder of the plug-in EDGAR, whose transformations of the SEC are used (else that of
            CAPXBRL_EDGAR); its rules are those of `by_the_manual`.
        limits: of time and memory; Arelle runs in a process of its own, and what exceeds them is a Finding.

    Raises UnreadableInput for a file that holds no report, is not safe to open, or refers to files outside of it;
    everything else that is wrong is a Finding.
    """
    given, searched = tuple(map(Path, packages)), tuple(map(Path, folders))
    plugin = Path(edgar_plugin) if edgar_plugin else None
    return judge(Path(report), given, searched, limits, Path(viewer) if viewer else None, oim=oim, plugin=plugin)[0]
