"""Net income is the same on every statement of the same period.

Why: the indirect cash flow statement and the statement of comprehensive income start from the net income reported.
Source: ASC 230-10-45-28 (reconciliation starts from net income); ASC 220-10-45-1A.
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import failures, net_income


def check(report: Report) -> tuple[Finding, ...]:
    return failures(net_income(report.statements), report.statements)
