"""Document -> Statements, through five rooms in the order of the data, each handing on a record (`evidence`).

rows annotated once -> tables cut and titled -> columns headed -> decisions (package `decisions`) -> lines read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..decisions.balance_counts import scale_counts_in_cells, scale_counts_in_labels
from ..decisions.calendar import decide_calendar, year_end_in_prose
from ..decisions.columns import in_currency, parts_beside, reporting, reports, tell_left_out, tell_parts
from ..decisions.currency import decide_currencies
from ..decisions.dates import decide_dates
from ..decisions.ends import end_statements, join_pages, name_blocks
from ..decisions.faces import Choice, choose_faces, without_repeats
from ..decisions.order import place_loose
from ..decisions.parts import join_parts
from ..decisions.period_starts import start_after_balances
from ..decisions.periods import balance_dates, decide_periods
from ..decisions.scale import decide_scales, stated_scale
from ..decisions.shares import assume_share_scale, decide_share_scales
from ..decisions.whose import decide_whose
from ..decisions.within import bear_out
from ..evidence import Calendar, DecidedTable, TitledTable
from ..findings import Finding, Outcome, Severity
from ..model import Decision, Document, Kind, Period, Statement, Table
from ..options import NOTHING_ASSUMED, Assumptions
from ..records import replace
from .columns import head_columns
from .lines import read_statement
from .remains import tell_remains
from .rows import MOST_ROWS, annotate
from .tables import MOST, cut_tables

__all__ = ["parse_statements"]


def parse_statements(
    document: Document,
    *,
    all_tables: bool = False,
    assume: Assumptions = NOTHING_ASSUMED,
    registrant: str = "",
    statements_of: str | None = None,
) -> Outcome[tuple[Statement, ...]]:
    """The statements of a document, in the order they stand.

    Args:
        document: what `read` gave.
        all_tables: also supplementary, pro forma, segment and non-GAAP tables, with face = False.
        assume: what the user says of the filing.
        registrant: the filer's name on the cover.
        statements_of: whose statements, if not the filer's.

    A filing without any statement gives an empty tuple and the finding `statements.none` (error).
    """
    tables = cut_tables(document, annotate(document))
    headed, below = end_statements(name_blocks(join_parts(join_pages([head_columns(t) for t in tables]))))
    found, untitled = choose_faces(document, headed, all_tables)
    choices, owned = decide_whose(document, found, registrant, statements_of)
    faces = [c.headed for c in choices if c.face]
    calendar = decide_calendar(document, balance_dates(faces), faces, assume.year_end)
    decided, findings = _decide(document, choices, calendar, assume.period)
    statements, told = _read(document, decided, calendar, assume, all_tables)
    return Outcome(
        statements,
        (
            *_too_many(tables),
            *_too_long(document),
            *below,
            *untitled,
            *owned,
            *findings,
            *told,
            *_none(document, statements, owned),
        ),
    )


def _read(
    document: Document, decided: Sequence[DecidedTable], calendar: Calendar, assume: Assumptions, all_tables: bool
) -> Outcome[tuple[Statement, ...]]:
    """The statements in the currency and the scale that the whole filing bears out: those that a caption misled are
    read again. all_tables: behind each the columns of the parts that it is the sum of."""
    currencies, foreign = decide_currencies(document, decided, assume.currency)
    settled = [place_loose(in_currency(t, made.value)) for t, made in zip(decided, currencies, strict=True)]
    tables = [t.value for t in settled]
    first = [read_statement(t) for t in tables]
    scales, unscaled = decide_scales(document, tables, first, assume.scale)
    out: list[Statement] = []
    findings = [*foreign, *(f for t in settled for f in t.findings), *unscaled]
    for (table, unplaced), statement, (scale, _) in zip(settled, first, scales, strict=True):
        if scale.money != table.scale.money:
            statement = read_statement(replace(table, scale=scale))
        whole, remaining = _with_unread(table, statement, unplaced)
        out.append(whole)
        beside = parts_beside(table.headed, table.columns) if all_tables else ()
        findings += [*tell_left_out(replace(table, columns=(*table.columns, *beside))), *remaining]
    out = scale_counts_in_labels(out, [scale for scale, _ in scales])
    out = scale_counts_in_cells(out, [scale for scale, _ in scales])
    if assume.shares_scale is not None:
        out = [assume_share_scale(statement, assume.shares_scale) for statement in out]
    counts = decide_share_scales(out, [scale for scale, _ in scales], assume.shares_scale)
    dated, odd = decide_dates(tables, out, calendar)
    findings += odd
    made = zip(decided, scales, counts, currencies, dated, strict=True)
    borne = bear_out([_with_decisions(s, (*t.decisions, m, c, n)) for t, (_, m), c, n, s in made])
    if all_tables:
        borne = tuple(s for table, one in zip(tables, borne, strict=True) for s in (one, *_parts(table, one)))
    return Outcome(borne, tuple(findings))


def _with_unread(table: DecidedTable, statement: Statement, unplaced: Sequence[Finding]) -> Outcome[Statement]:
    """The statement with the places of what is not read of it, and what is told of that. unplaced: rows whose columns
    nothing tells."""
    apart = tuple(f.at for f in unplaced if f.at)
    remaining = tell_remains(table, statement.lines, apart)
    unread = (*apart, *(f.at for f in remaining if f.at and f.severity is Severity.WARNING))
    return Outcome(replace(statement, unread=unread), tuple(remaining))


def _with_decisions(statement: Statement, decisions: Sequence[Decision | None]) -> Statement:
    return replace(statement, decisions=tuple(d for d in decisions if d is not None))


def _parts(table: DecidedTable, whole: Statement) -> Iterator[Statement]:
    """What the columns show that a statement is the sum of, as a statement that is no face of the filing."""
    if columns := parts_beside(table.headed, table.columns):
        periods = {was.period: now.period for was, now in zip(table.columns, whole.columns, strict=True)}
        columns = tuple(replace(c, period=periods[c.period]) for c in columns)
        scale = replace(table.scale, money=whole.scale)
        made = read_statement(replace(table, columns=columns, scale=scale, currency=whole.currency, face=False))
        # What stands in a label is of the whole.
        yield replace(made, lines=tuple(replace(line, figures=()) for line in made.lines), decisions=whole.decisions)


def _decide(
    document: Document, choices: Sequence[Choice], calendar: Calendar, assumed: Period | None
) -> Outcome[tuple[DecidedTable, ...]]:
    """All that the lines of the statements rest on: periods, columns, the scale that is stated, and which to keep."""

    @cache
    def day_in_prose() -> tuple[int, int] | None:
        return year_end_in_prose(document)

    out: list[DecidedTable] = []
    findings: list[Finding] = []
    for choice in choices:
        findings += choice.findings
        if not choice.read:
            continue
        headed, told = decide_periods(choice.headed, calendar, reports, day_in_prose, assumed)
        findings += told
        if columns := reporting(headed):
            out.append(
                DecidedTable(
                    headed=headed,
                    face=choice.face,
                    columns=columns,
                    scale=stated_scale(document, headed),
                    currency="",
                    decisions=tuple(d for d in (choice.decision, choice.whose) if d is not None),
                )
            )
        elif choice.face and reports(headed.headings):
            findings.append(tell_parts(headed))
    kept, repeated = without_repeats(out)
    return Outcome(start_after_balances(kept), (*findings, *repeated))


def _too_many(tables: Sequence[TitledTable]) -> tuple[Finding, ...]:
    likely = [t for t in tables if t.kind is not Kind.OTHER]
    if len(likely) < MOST:
        return ()
    told = Finding(
        code="statements.too-many",
        severity=Severity.WARNING,
        at=tables[-1].rows[0].source.at,
        message=f"more than {MOST} tables look like statements: those after this one are not read",
        hint="if this is a file of several filings, give each its own file",
    )
    return (told,)


def _too_long(document: Document) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="statements.too-long",
            severity=Severity.WARNING,
            at=block.at,
            message=f"a table of {len(block.rows):,} rows: one of more than {MOST_ROWS:,} is taken for a list of data"
            " and not read",
            hint="if it holds statements, cut it into one table for each",
        )
        for block in document.blocks
        if isinstance(block, Table) and len(block.rows) > MOST_ROWS
    )


def _none(document: Document, statements: Sequence[Statement], owned: Sequence[Finding]) -> tuple[Finding, ...]:
    """That there is no statement; not where it is told that there are those of another company."""
    if statements or owned:
        return ()
    told = Finding(
        code="statements.none",
        severity=Severity.ERROR,
        at=document.blocks[0].at if document.blocks else None,
        message="no financial statement was found in this document",
        hint="if it holds one, check that its tables survived: columns need tabs, aligned blanks, or HTML cells",
    )
    return (told,)
