"""Assets equal liabilities and equity.

Why: the accounting equation holds for every balance sheet; where it does not, a digit or a sign is wrong.
Source: FASB Concepts Statement No. 8, chapter 4 (assets, liabilities, equity as the residual).
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import balance, failures


def check(report: Report) -> tuple[Finding, ...]:
    return failures(balance(report.statements), report.statements)
