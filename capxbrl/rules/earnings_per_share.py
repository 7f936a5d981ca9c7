"""Earnings per share times weighted average shares is the income available to common stock, within rounding.

Why: it ties three figures printed with different scales, so it tells a misread scale. A difference that preferred
dividends, participating or convertible securities may explain is a note.
Source: ASC 260-10-45-10 (basic) and 45-16 (diluted).
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..ties import earnings_per_share, failures


def check(report: Report) -> tuple[Finding, ...]:
    return failures(earnings_per_share(report.statements), report.statements)
