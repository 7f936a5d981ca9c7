"""Numbers of shares, figures per share and what closing cash is made of add up.

Why: they are in no sum of the statement's money, so a wrong digit or two cells exchanged would pass. Rounding is
allowed for.
Source: ASC 260-10-45-10 and 45-16 (basic and diluted shares), 45-3 (discontinued operations per share); ASC 230-10-50-8
(what closing cash is made of).
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import failures, other_sums


def check(report: Report) -> tuple[Finding, ...]:
    return failures(other_sums(report.statements), report.statements)
