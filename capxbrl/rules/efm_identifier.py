"""EDGAR: the filer is named by its Central Index Key, ten digits under the SEC's scheme, in every context.

Why: EDGAR suspends a submission whose contexts name the filer otherwise; a filing of paper days rarely prints the key.
Source: EDGAR Filer Manual, volume II, 6.5.1, 6.5.2 and 6.5.23.
"""

from __future__ import annotations

from ..findings import Finding, Position, Severity
from ..model import CIK_SCHEME, Profile, Report

_DIGITS = 10


def check(report: Report) -> tuple[Finding, ...]:
    entity = report.entity
    good = entity.scheme == CIK_SCHEME and entity.identifier.isdigit() and len(entity.identifier) == _DIGITS
    if report.profile is not Profile.EDGAR or good:
        return ()
    return (
        Finding(
            code="efm.identifier",
            severity=Severity.ERROR,
            at=Position(source=report.document.name),
            message=f"EDGAR takes a filer by its CIK alone, not by {entity.identifier} ({entity.scheme})",
            hint="give it with --cik (cik= in Python)",
        ),
    )
