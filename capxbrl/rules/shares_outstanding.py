"""Shares issued less treasury shares are the shares outstanding.

Why: the captions of a balance sheet state all three, in full; a digit wrong in one shows against the others.
Source: Regulation S-X, rule 5-02.29 (shares issued or outstanding on the face); ASC 505-30.
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import failures, shares


def check(report: Report) -> tuple[Finding, ...]:
    return failures(shares(report.statements), report.statements)
