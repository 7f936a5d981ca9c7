"""The year to date less its last quarter is a plausible earlier part of the year.

Why: six months less three months is a quarter that somebody reported: its sales and its costs are not negative. A
digit lost, or two columns exchanged, makes it so.
Source: ASC 270-10-45-1 and 45-2 (each interim period is part of the annual period, on the same principles).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import Amount, Kind, Period, Report, Unit
from ..polarity import never_negative


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report))


def _findings(report: Report) -> Iterator[Finding]:
    for one in report.statements:
        if one.statement.kind is not Kind.INCOME_STATEMENT or not one.statement.face:
            continue
        pairs = list(_pairs([c.period for c in one.statement.columns]))
        for line, tagged in zip(one.statement.lines, one.lines, strict=True):
            if not any(never_negative(m.concept.name) for m in tagged.matches):
                continue
            for long, short in pairs:
                whole, part = line.amounts[long], line.amounts[short]
                if whole and part and whole.unit is Unit.USD and _less(whole, part):
                    yield Finding(
                        code="tie.year-to-date",
                        severity=Severity.WARNING,
                        at=whole.at,
                        message=(
                            f"{line.label!r} of {one.statement.columns[long].period} is {whole.value:,} "
                            f"({whole.at}) but its part "
                            f"{one.statement.columns[short].period} is {part.value:,} ({part.at}): the rest "
                            f"would be {whole.value - part.value:,}"
                        ),
                        hint="look for a lost digit, or for columns that were exchanged",
                    )


def _pairs(periods: list[Period]) -> Iterator[tuple[int, int]]:
    """(longer, shorter) columns that end on the same day."""
    for i, long in enumerate(periods):
        for j, short in enumerate(periods):
            if long.start and short.start and long.end == short.end and long.start < short.start:
                yield i, j


def _less(whole: Amount, part: Amount) -> bool:
    """The part is larger than the whole, by more than rounding."""
    step = 2 * max(10 ** -(whole.decimals or 0), 10 ** -(part.decimals or 0))
    return whole.value * part.value > 0 and abs(part.value) - abs(whole.value) > step
