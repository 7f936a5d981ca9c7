"""Where relations fail, the one figure and the one slip that would make them all hold.

Why: a difference says that something is wrong, not what. One change that mends every sum and tie of a figure, breaks
none, and is what a typist or an OCR does, is most likely the answer; the finding gives the arithmetic for it.
Source: the classes of slips and of confused digits in `footing/edits.py`.
"""

from __future__ import annotations

from ..findings import Finding
from ..model import Report
from ..repair import findings, problems
from ..ties import relations


def check(report: Report) -> tuple[Finding, ...]:
    return findings(problems(relations(report.statements), report.statements), report.statements)
