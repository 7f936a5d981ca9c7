"""Figures in running text agree with the statements.

Why: a release says its numbers twice. Where the text names a line and a period and gives another period's figure, a
figure one slip away, or a percentage that its own amounts do not make, one of the two is wrong; where a percentage
comes out only from figures that were rounded first, a reader who computes it from the table should know.
Source: Regulation G and Regulation S-K 10(e) ask for figures that can be traced; Rule 12b-20 for none that mislead.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import Report
from ..prose import Mention, Verdict, read_prose

_SIGNS = {"money": "${}", "share": "${} a share", "percent": "{} %", "other": "{}"}


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(read_prose(report.document, report.statements)))


def _findings(found: tuple[Mention, ...]) -> Iterator[Finding]:
    for mention in found:
        said = _SIGNS[mention.figure.unit].format(f"{mention.figure.value:,f}")
        when = f" of {mention.periods[0]}" if mention.periods else ""
        if mention.verdict is Verdict.DISAGREES:
            yield Finding(
                code="prose.disagrees", severity=Severity.WARNING, at=mention.at,
                message=f"the text says {said} for {mention.subject}{when} ({mention.role}), but {mention.why}",
                hint=f'"...{mention.words}..."',
            )  # fmt: skip
        elif mention.verdict is Verdict.ROUNDED:
            yield Finding(
                code="prose.rounded", severity=Severity.NOTE, at=mention.at,
                message=f"{said} for {mention.subject}{when} ({mention.role}) agrees only from rounded figures: {mention.why}",
                hint=f'"...{mention.words}..."',
            )  # fmt: skip
