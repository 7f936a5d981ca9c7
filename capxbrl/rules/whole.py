"""A statement without a line that every such statement has: a balance sheet with one side, operations without net
income, cash flows without the total of a section; or without a total that the page itself asks for.

Why: a page lost in scanning, a file cut in the middle or a row that was skipped leaves figures that are right and a
statement that is not. A total that is lost breaks no sum: what it summed goes into the next one.
Source: the minimum line items of Regulation S-X, 5-02 and 5-03, and ASC 230-10-45.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import Kind, Report, Tagged
from ..ties.landmarks import NAMES, missing
from ..ties.results import asked
from ..ties.subtotals import named, untotalled


def check(report: Report) -> tuple[Finding, ...]:
    faces = [tagged for tagged in report.statements if tagged.statement.face]
    # One finding for a cause: a landmark that is lost leaves its rule behind.
    return tuple(finding for tagged in faces for finding in (tuple(_missing(tagged)) or _untotalled(tagged)))


def _missing(tagged: Tagged) -> Iterator[Finding]:
    statement = tagged.statement
    lines = [line for line in statement.lines if not line.is_heading]
    absent = missing(tagged)
    if absent and lines:
        what = " and ".join(NAMES[name] for name in absent)
        yield Finding(
            code="statement.incomplete",
            severity=Severity.WARNING,
            at=lines[-1].at,
            message=f"{statement.title}: {what} cannot be found; the last line is {lines[-1].label!r}",
            hint="a row was skipped, a page is missing, or the filing is cut here: compare with the original",
        )


def _untotalled(tagged: Tagged) -> Iterator[Finding]:
    lines = tagged.statement.lines
    found = [*untotalled(tagged.statement, tagged.footing)]
    if tagged.statement.kind is Kind.INCOME_STATEMENT:
        # Where two ask for a total of the same lines the cause is one.
        found += [a for a in asked(tagged) if not any(a.first <= b.last and b.first <= a.last for b in found)]
    for place in sorted(found, key=lambda one: one.last):
        last = next(a for a in lines[place.last].amounts if a is not None)
        parts = named(tagged.statement, (place.first, place.last))
        yield Finding(
            code="statement.incomplete",
            severity=Severity.WARNING,
            at=last.at,
            message=f"{tagged.statement.title}: the total of {parts} cannot be found: {place.why}",
            hint="the row of a total was skipped: compare with the original",
        )
