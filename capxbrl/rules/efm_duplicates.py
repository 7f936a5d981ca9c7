"""EDGAR: an element has one value for a context and unit, however often it is printed.

Why: two figures under one tag are two statements of one thing; readers take either.
Source: EDGAR Filer Manual, volume II, 6.5.12.
"""

from __future__ import annotations

from decimal import Decimal

from ..findings import Finding, Severity
from ..model import Fact, Profile, Report


def check(report: Report) -> tuple[Finding, ...]:
    if report.profile is not Profile.EDGAR:
        return ()
    first: dict[object, Fact] = {}
    out = []
    for fact in report.facts:
        held = first.setdefault((fact.concept.qname, fact.context, fact.unit), fact)
        if not _agree(held, fact):
            out.append(
                Finding(
                    code="efm.duplicates",
                    severity=Severity.ERROR,
                    at=fact.at,
                    fact=fact.id,
                    message=f"{fact.concept.name} is {held.value} ({held.at}) and {fact.value} in one context",
                    hint="add a row to your overrides for the one that is another thing",
                )
            )
    return tuple(out)


def _agree(a: Fact, b: Fact) -> bool:
    """The values are the same, as far as both are shown."""
    if not (isinstance(a.value, Decimal) and isinstance(b.value, Decimal)):
        return a.value == b.value
    places = [f.decimals for f in (a, b) if f.decimals is not None]
    half = Decimal(1).scaleb(-min(places)) / 2 if places and a.decimals != b.decimals else Decimal(0)
    return abs(a.value - b.value) <= half
