"""The vintage of a filing, and the elements that it no longer has.

An element that was given up (us-gaap 2011 dropped the "other" adjustments of net income) gives way to the first choice
of its family in the vintage of the filing's own date, which may be of the opposite balance: the sign follows from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Statement
from ..taxonomy import Taxonomy
from . import tables
from .candidates import Candidate

#: Filings for periods that end in this year or later use elements of the vintages since 2011.
_RENEWED = 2011
_OLD, _NEW = "2009", "2025"


def vintage_of(statements: Sequence[Statement]) -> str:
    """The vintage whose elements the filing would use, by the last day that its columns show."""
    last = max((c.period.end for s in statements for c in s.columns), default=None)
    return _NEW if last is not None and last.year >= _RENEWED else _OLD


def of_vintage(chosen: Sequence[Candidate | None], vintage: str, taxonomy: Taxonomy) -> list[Candidate | None]:
    """The candidates, those that the vintage gave up replaced where no other line has what replaces them."""
    out = list(chosen)
    for i, candidate in enumerate(chosen):
        successor = _successor(candidate, vintage)
        if candidate is None or not successor or any(c is not None and c.called == successor for c in out):
            continue
        out[i] = replace(candidate, concept=taxonomy.concepts[successor])
    return out


def _successor(candidate: Candidate | None, vintage: str) -> str:
    if vintage == _OLD or candidate is None or candidate.concept is None or candidate.negate is not None:
        return ""
    years = dict(candidate.concept.vintages)
    family = tables.families().get(candidate.concept.name)
    if family is None or not years.get(_OLD) or years.get(vintage):
        return ""
    return next(
        (name for name, m in tables.families().items() if m.family == family.family and vintage in m.preferred), ""
    )
