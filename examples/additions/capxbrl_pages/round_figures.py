"""A figure of money that ends in three noughts more than its statement is scaled by is told.

Why: an example of a rule. Source: none.
"""

from __future__ import annotations

from decimal import Decimal

from capxbrl.findings import Finding, Severity
from capxbrl.model import Report, Unit


def check(report: Report) -> tuple[Finding, ...]:
    """A note for every figure that looks rounded."""
    return tuple(
        Finding(
            code="pages.round",
            severity=Severity.NOTE,
            at=fact.at,
            fact=fact.id,
            message=f"{fact.label!r} is a round figure: {fact.shown}",
        )
        for fact in report.facts
        if fact.unit is Unit.USD and isinstance(fact.value, Decimal) and _is_round(fact.value, fact.scale + 3)
    )


def _is_round(value: Decimal, noughts: int) -> bool:
    return bool(value) and not value % 10**noughts
