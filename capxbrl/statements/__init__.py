"""Document -> Statements, through five rooms in the order of the data, each handing on a record (`evidence`).

rows annotated once -> tables cut and titled -> columns headed -> decisions (package `decisions`) -> lines read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..decisions.columns import reporting, tell_left_out
from ..decisions.currency import decide_currency
from ..decisions.faces import Choice, choose_faces, join_pages, without_repeats
from ..decisions.periods import decide_calendar, decide_periods, start_after_balances, year_end_in_prose
from ..decisions.scale import decide_scale
from ..evidence import DecidedTable, TitledTable
from ..findings import Finding, Outcome, Severity
from ..model import Document, Kind, Statement
from .columns import head_columns
from .lines import read_statement
from .remains import tell_remains
from .rows import annotate
from .tables import MOST, cut_tables

__all__ = ["parse_statements"]


def parse_statements(document: Document, *, all_tables: bool = False) -> Outcome[tuple[Statement, ...]]:
    """The statements of a document, in the order they stand.

    all_tables: also supplementary, pro forma, segment and non-GAAP tables, with face = False.  A filing without any
    statement gives an empty tuple and the finding `statements.none` (error).
    """
    tables = cut_tables(document, annotate(document))
    headed = join_pages([head_columns(t) for t in tables])
    choices, untitled = choose_faces(headed, all_tables)
    decided, findings = _decide(document, choices)
    statements = tuple(read_statement(t) for t in decided)
    lost = (f for t, s in zip(decided, statements, strict=True) for f in tell_remains(t, s.lines))
    return Outcome(
        statements, (*_too_many(tables), *untitled, *findings, *lost, *(() if statements else (_none(document),)))
    )


def _decide(document: Document, choices: Sequence[Choice]) -> Outcome[tuple[DecidedTable, ...]]:
    """All that the lines of the statements rest on: calendar, periods, columns, scale, currency, and which to keep."""
    calendar = decide_calendar(document, [c.headed for c in choices if c.face])

    @cache
    def day_in_prose() -> tuple[int, int] | None:
        return year_end_in_prose(document)

    out: list[DecidedTable] = []
    findings: list[Finding] = []
    for choice in choices:
        findings += choice.findings
        if not choice.read:
            continue
        headed, told = decide_periods(choice.headed, calendar, lambda h: bool(reporting(h)), day_in_prose)
        findings += told
        if columns := reporting(headed.headings):
            out.append(
                DecidedTable(
                    headed=headed, face=choice.face, columns=columns, scale=decide_scale(headed),
                    currency=decide_currency(headed),
                )
            )  # fmt: skip
    kept, repeated = without_repeats(out)
    aside = [f for t in kept for f in tell_left_out(t)]
    return Outcome(start_after_balances(kept), (*findings, *repeated, *aside))


def _too_many(tables: Sequence[TitledTable]) -> tuple[Finding, ...]:
    likely = [t for t in tables if t.kind is not Kind.OTHER]
    if len(likely) < MOST:
        return ()
    told = Finding(
        code="statements.too-many", severity=Severity.WARNING, at=tables[-1].rows[0].source.at,
        message=f"more than {MOST} tables look like statements: those after this one are not read",
        hint="if this is a file of several filings, give each its own file",
    )  # fmt: skip
    return (told,)


def _none(document: Document) -> Finding:
    return Finding(
        code="statements.none", severity=Severity.ERROR, at=document.blocks[0].at if document.blocks else None,
        message="no financial statement was found in this document",
        hint="if it holds one, check that its tables survived: columns need tabs, aligned blanks, or HTML cells",
    )  # fmt: skip
