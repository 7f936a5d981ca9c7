"""EDGAR: each context is used, no two say the same, and none ends on the day on which another begins.

Why: a converter that rounds a period by a day gives one quarter two contexts, and the renderer two columns.
Source: EDGAR Filer Manual, volume II, 6.5.7 (no two equal), 6.5.8 (none unused), 6.5.9 (ends and beginnings apart).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Position, Severity
from ..model import Fact, Profile, Report


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report)) if report.profile is Profile.EDGAR else ()


def _findings(report: Report) -> Iterator[Finding]:
    used: dict[str, Fact] = {}
    for fact in report.facts:
        used.setdefault(fact.context, fact)
    seen: dict[object, str] = {}
    for context in report.contexts:
        if context.id not in used:
            yield _finding(report, None, f"the context {context.id} is used by no fact")
        elif (same := seen.setdefault((context.period, context.members), context.id)) != context.id:
            yield _finding(report, used[context.id], f"the contexts {same} and {context.id} say the same")
    spans = {c.period: c.id for c in report.contexts if c.id in used and c.period.start not in (None, c.period.end)}
    starts = {period.start: id_ for period, id_ in spans.items()}
    for period, id_ in spans.items():
        if (other := starts.get(period.end)) is not None:
            told = f"{id_} ends on the day on which {other} begins"
            yield _finding(report, used[other], f"{told}: one of the two periods is a day off")


def _finding(report: Report, fact: Fact | None, message: str) -> Finding:
    return Finding(
        code="efm.contexts",
        severity=Severity.ERROR,
        at=fact.at if fact else Position(source=report.document.name),
        fact=fact.id if fact else None,
        message=message,
        hint="check the headings of the columns; --assume period= and year-end= say what they mean" if fact else None,
    )
