"""Two filings beside each other: `diff`, what is compared, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .facts import compare
from .records import ComparedFact, Comparison, Difference, DifferenceKind, Side
from .sources import side

if TYPE_CHECKING:
    from ..gate import Limits
    from ..pipeline import Conversion

__all__ = ["ComparedFact", "Comparison", "Difference", "DifferenceKind", "Side", "compare", "diff", "side"]


def diff(
    before: Conversion | str | Path,
    after: Conversion | str | Path,
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    limits: Limits | None = None,
) -> Comparison:
    """What differs between two reports: conversions, folders that they were saved in, facts.csv, report packages,
    inline reports and instances of anybody, or filings, which are converted.

    Args:
        before: the one.
        after: the other.
        packages: taxonomy packages (zip) that reports of others need.
        folders: searched for more.
        limits: of Arelle's time and memory.

    Raises CapxbrlError where the facts of one cannot be read.
    """
    sides = [side(source, packages=packages, folders=folders, limits=limits) for source in (before, after)]
    return compare(*sides)
