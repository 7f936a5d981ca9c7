"""The result that the cash flows start from is the line of the income statement that shows the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..model import Kind, LineItem, Period, Statement
from ..records import replace
from . import tables
from .candidates import Candidate

Chosen = Sequence[Candidate | None]
_RESULT = "net income"


def one_result(statements: Sequence[Statement], chosen: Sequence[Chosen]) -> list[Chosen]:
    """The candidates of every statement: net income of the cash flows with the share of others, or without it, as the
    income statement tells the two apart; the label says the same of both."""
    known = [pair for statement, picks in zip(statements, chosen, strict=True) for pair in _told(statement, picks)]
    return [
        [_as_told(line, pick, statement, known) for line, pick in zip(statement.lines, picks, strict=True)]
        if statement.kind is Kind.CASH_FLOW
        else picks
        for statement, picks in zip(statements, chosen, strict=True)
    ]


def _told(statement: Statement, picks: Chosen) -> Iterator[tuple[dict[Period, Decimal], Candidate]]:
    """The results of an income statement with what they are."""
    if statement.kind is Kind.INCOME_STATEMENT and statement.face:
        for line, pick in zip(statement.lines, picks, strict=True):
            if _is_result(pick):
                assert pick is not None
                yield _figures(line, statement), pick


def _is_result(pick: Candidate | None) -> bool:
    member = tables.families().get(pick.called) if pick is not None and pick.concept else None
    return member is not None and member.family == _RESULT


def _figures(line: LineItem, statement: Statement) -> dict[Period, Decimal]:
    shown = zip(statement.columns, line.amounts, strict=True)
    return {column.period: amount.value for column, amount in shown if amount is not None}


def _as_told(
    line: LineItem,
    pick: Candidate | None,
    statement: Statement,
    known: Sequence[tuple[dict[Period, Decimal], Candidate]],
) -> Candidate | None:
    if pick is None or pick.overridden or not _is_result(pick):
        return pick
    mine = _figures(line, statement)
    same = [one for theirs, one in known if mine.keys() & theirs.keys() and _agree(mine, theirs)]
    names = {one.called for one in same}
    return replace(pick, concept=same[0].concept) if len(names) == 1 and pick.called not in names else pick


def _agree(mine: dict[Period, Decimal], theirs: dict[Period, Decimal]) -> bool:
    return all(mine[period] == theirs[period] for period in mine.keys() & theirs.keys())
