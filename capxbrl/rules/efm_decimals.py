"""EDGAR: the decimals of a figure are those that the page shows; none of its digits is lost in them.

Why: a value whose last digits lie behind its decimals is read as if these were zero.
Source: EDGAR Filer Manual, volume II, 6.5.17 (decimals, not precision), 6.5.37 (no digit cut off), 6.6.32 (as shown).
"""

from __future__ import annotations

from decimal import Decimal

from ..findings import Finding, Severity
from ..model import Fact, Profile, Report


def check(report: Report) -> tuple[Finding, ...]:
    if report.profile is not Profile.EDGAR:
        return ()
    return tuple(_finding(fact, what) for fact in report.facts if (what := _wrong(fact)))


def _wrong(fact: Fact) -> str:
    """What is wrong with the decimals of a figure; "" where nothing is."""
    if not isinstance(fact.value, Decimal) or fact.unit is None:
        return ""
    places = fact.decimals
    if places is not None and fact.value.scaleb(places) % 1:
        return f"{fact.value} has digits behind its decimals ({places})"
    shown = "".join(c for c in fact.shown if c.isdigit() or c == ".")
    if places is not None and shown.strip(".") and fact.format == "ixt:num-dot-decimal":
        meant = len(shown.partition(".")[2]) - fact.scale
        if places != meant:
            return f"{fact.shown!r} in 10^{fact.scale} has {meant} decimals, not {places}"
    return ""


def _finding(fact: Fact, what: str) -> Finding:
    return Finding(
        code="efm.decimals",
        severity=Severity.ERROR,
        at=fact.at,
        fact=fact.id,
        message=f"{fact.label!r}: {what}",
        hint="this is a fault of the converter, or of an assumed scale: check --assume scale=",
    )
