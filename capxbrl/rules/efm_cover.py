"""EDGAR: the facts of dei that every report has; what the page does not say is told.

Why: what a form of its time did not print, EDGAR asks for today; nobody can fill it in but the filer.
Source: EDGAR Filer Manual, volume II, 6.5.20 and 6.5.21.
"""

from __future__ import annotations

from ..findings import Finding, Position, Severity
from ..model import Profile, Report

_ASKED = ("DocumentType", "DocumentPeriodEndDate", "AmendmentFlag", "EntityRegistrantName", "EntityCentralIndexKey")


def check(report: Report) -> tuple[Finding, ...]:
    if report.profile is not Profile.EDGAR:
        return ()
    said = {fact.concept.name for fact in report.facts}
    missing = [name for name in _ASKED if name not in said]
    if not missing:
        return ()
    return (
        Finding(
            code="efm.cover",
            severity=Severity.WARNING,
            at=Position(source=report.document.name),
            message=f"the page does not say what EDGAR asks of every report: {', '.join(missing)}",
            hint="file it with its cover, or add the facts by hand",
        ),
    )
