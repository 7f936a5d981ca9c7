"""What is told of the scales: what contradicts them, and where nothing says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Finding, Severity
from ...model import Decision, Standing, Witness
from .. import YOU
from .page import Page, called, name_of


def findings_of(pages: Sequence[Page], decisions: Sequence[Decision]) -> Iterator[Finding]:
    """One for a cause: statements with the same contradiction, or without a word of scale, are told together."""
    seen: set[tuple[str, ...]] = set()
    for page, made in zip(pages, decisions, strict=True):
        if any(w.says == YOU for w in made.witnesses):
            continue
        others = [w for w in made.witnesses if w.value != made.value or w.against]
        if others:
            key = (made.value, *sorted({w.value for w in others}))
            if key not in seen:
                seen.add(key)
                yield _contradiction(page, made, others)
        elif not any(not w.independent for w in made.witnesses) and ("unsaid", made.value) not in seen:
            seen.add(("unsaid", made.value))
            yield _unsaid(page, made)


def _contradiction(page: Page, made: Decision, others: Sequence[Witness]) -> Finding:
    against = next((w for w in others if w.independent), others[0])
    speaks = next((w for w in made.witnesses if w.value == made.value and not w.against), None)
    where = f" ({against.at})" if against.at else ""
    return Finding(
        code="scale.contradiction",
        severity=Severity.ERROR if against.independent else Severity.WARNING,
        at=(speaks.at if speaks else None) or page.table.at,
        message=f"the {called(page.statement)} is read in {name_of(made.value)}"
        + (f", since {speaks.says}" if speaks else "")
        + f"; but {against.says}{where}: {name_of(against.value)}",
        hint=f"see which is right; --assume scale={against.value} reads it the other way",
    )


def _unsaid(page: Page, made: Decision) -> Finding:
    if made.standing is Standing.DOUBTFUL:
        return Finding(
            code="scale.unsaid",
            severity=Severity.WARNING,
            at=page.table.at,
            message=f"nothing says the scale of the {called(page.statement)}: its figures are read as single units",
            hint="if they are in thousands, say --assume scale=3; in millions, scale=6",
        )
    return Finding(
        code="scale.unsaid",
        severity=Severity.NOTE,
        at=page.table.at,
        message=f"no caption says the scale of the {called(page.statement)}: {name_of(made.value)}, since "
        f"{made.witnesses[0].says}",
    )
