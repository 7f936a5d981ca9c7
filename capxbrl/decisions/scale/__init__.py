"""Decision: the scale of a statement's money, for all statements of a filing together.

A caption near the figures states it (`stated`). Borne out, or contradicted, it is by what the page computes: earnings
per share x shares = income (`proofs`), a figure that stands in two statements with captions of their own (`repeated`),
running text that repeats a figure with its scale in words, and the multiplier of a financial data schedule
(`elsewhere`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...evidence import DecidedTable, Scale
from ...findings import Outcome
from ...model import Decision, Document, Statement, Witness
from ...records import replace
from .. import SCALE_OF_MONEY, YOU, decide
from .elsewhere import data_schedule, mentions, scheduled
from .page import Page, called, name_of
from .proofs import by_earnings, by_par
from .repeated import by_repeats
from .sizes import of_a_size
from .stated import general_notes, own_caption, stated_scale
from .told import findings_of

__all__ = ["decide_scales", "name_of", "stated_scale"]


def decide_scales(
    document: Document, tables: Sequence[DecidedTable], statements: Sequence[Statement], assumed: int | None = None
) -> Outcome[tuple[tuple[Scale, Decision], ...]]:
    """The scale of each statement and how it was decided. statements: as first read, by what is stated nearest.

    assumed: the power of ten that the user says. Findings: `scale.contradiction`, `scale.unsaid`.
    """
    pages = [
        Page(table=t, statement=s, said=tuple(own_caption(document, t)), shares=t.scale.shares)
        for t, s in zip(tables, statements, strict=True)
    ]
    mentioned = mentions(document, statements)
    general = tuple(general_notes(document, tables))
    schedule = data_schedule(document)
    heard = [
        (
            *page.said,
            *by_earnings(page),
            *by_par(page),
            *(m for at, m in mentioned if at == n),
            *scheduled(page.statement, schedule),
        )
        for n, page in enumerate(pages)
    ]
    known = {n: int(decide(SCALE_OF_MONEY, h).value) for n, h in enumerate(heard) if h}
    decisions = of_a_size(pages, [_decide(n, pages, heard[n], known, general, assumed) for n in range(len(pages))])
    scales = [
        replace(page.table.scale, money=int(made.value), said=bool(page.said))
        for page, made in zip(pages, decisions, strict=True)
    ]
    return Outcome(tuple(zip(scales, decisions, strict=True)), tuple(findings_of(pages, decisions)))


def _decide(
    number: int,
    pages: Sequence[Page],
    heard: Sequence[Witness],
    known: Mapping[int, int],
    general: Sequence[Witness],
    assumed: int | None,
) -> Decision:
    """One statement's scale, by what was heard of it, by the statements that repeat its figures, else by the others."""
    ties = list(by_repeats(number, pages, known))
    witnesses = [*heard, *ties]
    if not any(not w.independent for w in heard) and not ties:
        witnesses += _elsewhere(number, pages, known, general)
    if assumed is not None:
        witnesses.append(Witness(value=str(assumed), says=YOU))
    return decide(SCALE_OF_MONEY, witnesses, default="0")


def _elsewhere(
    number: int, pages: Sequence[Page], known: Mapping[int, int], general: Sequence[Witness]
) -> Iterator[Witness]:
    """Where a statement has no caption: the scale of the other statements, and notes for all figures."""
    for other, power in known.items():
        if other != number:
            says = f"the {called(pages[other].statement)} is in {name_of(str(power))}"
            yield Witness(value=str(power), says=says, at=pages[other].table.at)
    yield from general[:1]
