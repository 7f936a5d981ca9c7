"""The cash that a statement of cash flows explains: with restricted cash where the page says so (ASU 2016-18)."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Kind, LineItem, LineRole, Statement
from ..records import replace
from ..taxonomy import Taxonomy
from ..words import pattern
from . import tolerances as tol
from .candidates import Candidate

_BALANCE = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
#: By the role of a line, and by the element of cash alone that it would take.
_BY_ROLE = {
    LineRole.OPENING: _BALANCE,
    LineRole.CLOSING: _BALANCE,
    LineRole.CASH_CHANGE: f"{_BALANCE}PeriodIncreaseDecreaseIncludingExchangeRateEffect",
    LineRole.EXCHANGE_EFFECT: f"EffectOfExchangeRateOn{_BALANCE}",
}
_BY_ELEMENT = {
    "CashAndCashEquivalentsAtCarryingValue": _BALANCE,
    "CashAndCashEquivalentsPeriodIncreaseDecrease": _BY_ROLE[LineRole.CASH_CHANGE],
    "EffectOfExchangeRateOnCashAndCashEquivalents": _BY_ROLE[LineRole.EXCHANGE_EFFECT],
}


def with_restricted(statement: Statement, options: Sequence[list[Candidate]], taxonomy: Taxonomy) -> None:
    """Opening and closing balance, the change between them and the effect of exchange rates are of one cash: where one
    of them says that restricted cash is in it, it is in all of them, and in the total of what the closing balance is
    made of."""
    if statement.kind is not Kind.CASH_FLOW:
        return
    lines = list(zip(statement.lines, options, strict=True))
    closing = next((line for line in statement.lines if line.role is LineRole.CLOSING), None)
    wanted = [
        (line, found, _BALANCE if _is_its_total(line, closing) else _element(line, found))
        for line, found in lines
        if found and not found[0].overridden
    ]
    if any(name and _says_so(line) for line, _, name in wanted):
        for line, found, name in wanted:
            if name and not pattern("concepts", "only restricted").search(line.label):
                concept = taxonomy.concepts[name]
                found.insert(
                    0,
                    Candidate(concept=concept, score=tol.TAGS.synonym, why="cash with restricted cash", sure=True),
                )


def one_cash(statement: Statement, options: Sequence[list[Candidate]]) -> None:
    """Opening and closing balance are one element at two days: what speaks for one of them speaks for both."""
    both = [
        found
        for line, found in zip(statement.lines, options, strict=True)
        if statement.kind is Kind.CASH_FLOW and line.role in (LineRole.OPENING, LineRole.CLOSING) and found
    ]
    if len(both) != 2 or any(found[0].overridden for found in both):
        return
    score: dict[str, float] = {}
    first: dict[str, Candidate] = {}
    for one in (*both[0], *both[1]):
        score[one.called] = score.get(one.called, 0.0) + one.score / 2
        if one.called not in first or (one.sure, one.score) > (first[one.called].sure, first[one.called].score):
            first[one.called] = one
    joint = [replace(one, score=score[name]) for name, one in first.items()]
    joint.sort(key=lambda c: (not c.sure, -c.score, c.called))
    for found in both:
        found[:] = joint


def _element(line: LineItem, found: Sequence[Candidate]) -> str:
    """The element with restricted cash; "" for a line that is none of the four, or a part of the closing balance."""
    if line.role is LineRole.CLOSING_ITEM:
        return ""
    return _BY_ROLE.get(line.role) or _BY_ELEMENT.get(found[0].called, "")


def _is_its_total(line: LineItem, closing: LineItem | None) -> bool:
    """What the closing balance is made of, added up."""
    if closing is None or line.role is not LineRole.CLOSING_ITEM or not _says_so(line):
        return False
    return [a and a.value for a in line.amounts] == [a and a.value for a in closing.amounts]


def _says_so(line: LineItem) -> bool:
    words = pattern("concepts", "restricted with the rest").search(line.label)
    return words is not None and not pattern("concepts", "more than cash").search(line.label)
