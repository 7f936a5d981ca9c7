"""The cash flow statement begins and ends with the cash of the balance sheet.

Why: it explains the change of cash between two balance sheets, so a difference is a wrong figure, a wrong column or a
wrong scale. Restricted cash shown elsewhere is told apart: a note.
Source: ASC 230-10-45-4 (totals at the beginning and end agree with the balance sheet).
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import cash, failures


def check(report: Report) -> tuple[Finding, ...]:
    return failures(cash(report.statements), report.statements)
