"""EDGAR: a figure has the sign of its element, and its label turns it where the page shows the other sign.

Why: the value follows the balance of the element, the page its own habit; between the two stands a negated label. Where
it is missing, the SEC's rendering shows an expense as a gain.
Source: EDGAR Filer Manual, volume II, 6.5.43 (what is never negative) and 6.6.30 (the balance decides, not the page);
Link Role Registry, negated labels (XBRL International).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..findings import Finding, Severity
from ..model import Amount, Fact, Profile, Report, Span
from . import OURS


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report)) if report.profile is Profile.EDGAR else ()


def _findings(report: Report) -> Iterator[Finding]:
    printed = _printed(report)
    labels: dict[str, set[bool]] = {}
    for role in report.extension.roles:
        for node in role.nodes:
            labels.setdefault(node.concept.qname, set()).add(node.preferred.startswith("negated"))
    for fact in report.facts:
        amount = printed.get(fact.span)
        if amount is None or not isinstance(fact.value, Decimal) or not amount.value:
            continue
        if abs(fact.value) != abs(amount.value):
            yield _finding(fact, f"is {fact.value}, and the page shows {amount.value}")
        elif (fact.value != amount.value) not in labels.get(fact.concept.qname, set()):
            way = "turned round" if fact.value != amount.value else "as printed"
            yield _finding(fact, f"is {way}, and no line of the presentation shows it so")


def _printed(report: Report) -> dict[Span, Amount]:
    """The figures in cells, by their places."""
    lines = (line for one in report.statements for line in one.statement.lines)
    return {amount.span: amount for line in lines for amount in line.amounts if amount is not None}


def _finding(fact: Fact, what: str) -> Finding:
    return Finding(
        code="efm.sign",
        severity=Severity.ERROR,
        at=fact.at,
        fact=fact.id,
        message=f"{fact.label!r}: {fact.concept.name} {what}",
        hint=OURS,
    )
