"""A figure printed positive is reported positive, and one in parentheses negative, unless the words say otherwise.

Why: a sign that was turned without a word of the page behind it is a wrong fact that still validates. What may turn it:
the name of the element (a payment in a statement of cash flows is an amount paid, an expense in parentheses an
expense), the words of the line ("net loss", "tax benefit", "less"), or its heading ("uses of cash").
Source: EDGAR Filer Manual, volume II, 6.6.26 to 6.6.30 (signs of values follow the element, not the presentation);
XBRL US Data Quality Committee rule DQC_0015 (negative values).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import ItemType, LineItem, Match, Report, Tagged
from ..polarity import may_turn, negative


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(f for one in report.statements for f in _findings(one))


def _findings(one: Tagged) -> Iterator[Finding]:
    for line, tagged in zip(one.statement.lines, one.lines, strict=True):
        for match in tagged.matches[:1]:
            if match.weight > 0 or match.concept.type is not ItemType.MONETARY or match.why.startswith("override"):
                continue
            if any(a is not None and a.value for a in line.amounts) and not may_turn(
                line, match.concept, one.statement.kind
            ):
                yield _finding(line, match)


def _finding(line: LineItem, match: Match) -> Finding:
    amount = next(a for a in line.amounts if a is not None and a.value)
    ways = ("in parentheses", "positive") if negative(line) else ("positive", "negative")
    return Finding(
        code="sign.turned",
        severity=Severity.ERROR,
        at=amount.at,
        message=f"{line.label!r} is printed {ways[0]} and reported {ways[1]} as {match.concept.name}, though "
        "neither says so",
        hint="the sign follows a sum; add a row to your overrides with the sign that is meant (negate true or false)",
    )
