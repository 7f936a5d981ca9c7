"""Decision: which columns of a table report figures of the filer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..evidence import Heading
from ..model import Column

#: Headings of columns that compare other columns.
_CHANGE = re.compile(
    r"%|percent|\bchange|variance|increase|decrease|\bfav|better|\binc\w*\.?\s*[(/]\s*\(?dec|\(dec\b|difference|growth",
    re.I,
)
#: Headings of columns that are not what the filer reports for the period.
_OTHER = re.compile(
    r"pro[\s-]?forma|adjust|as\s+previously|non[\s-]?gaap|eliminat|guarantor|combined|parent|note[s]?\b|ref\b", re.I
)


def reporting(headings: Sequence[Heading]) -> tuple[Column, ...]:
    """The columns that report: with a period, none that compares two others, no period twice."""
    out: list[Column] = []
    for heading in headings:
        if heading.period is None or _compares(heading) or _OTHER.search(heading.own):
            continue
        if all(heading.period != other.period for other in out):
            out.append(Column(grid=heading.col, period=heading.period, heading=heading.text))
    return tuple(out)


def _compares(heading: Heading) -> bool:
    """It shows what two other columns differ by."""
    return bool(_CHANGE.search(heading.own)) and not heading.clues.dates
