"""The lines that every statement of a kind has: totals that the sums of a page lead up to.

They are found by what a line is (`TaggedLine.role`), and by what the figures say: total assets stand twice on a balance
sheet, and closing cash is opening cash and one more figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..footing.wording import result, taken_off
from ..model import Kind, LineRole, Moment, Tagged
from .loose import is_total, money
from .places import INCOME

#: What a landmark is called in a sentence.
NAMES = {
    LineRole.TOTAL_ASSETS: "total assets",
    LineRole.TOTAL_LIABILITIES_AND_EQUITY: "the total of liabilities and equity",
    LineRole.TOTAL_EQUITY: "the total of equity",
    LineRole.TOTAL_CURRENT_ASSETS: "the total of current assets",
    LineRole.TOTAL_CURRENT_LIABILITIES: "the total of current liabilities",
    LineRole.NET_INCOME: "net income or loss",
    LineRole.INCOME_BEFORE_TAX: "income before income taxes",
    LineRole.INCOME_TO_PARENT: "net income attributable to the owners",
    LineRole.EPS_BASIC: "basic earnings per share",
    LineRole.EPS_DILUTED: "diluted earnings per share",
    LineRole.OPERATING_CASH: "the total of operating activities",
    LineRole.INVESTING_CASH: "the total of investing activities",
    LineRole.FINANCING_CASH: "the total of financing activities",
    LineRole.CASH_CHANGE: "the change in cash",
    LineRole.OPENING: "cash at the beginning of the period",
    LineRole.CLOSING: "cash at the end of the period",
}


def missing(one: Tagged) -> tuple[LineRole, ...]:
    """The landmarks that a face statement ought to have and has not, each of them in `NAMES`."""
    rows = money(one.statement)
    if not rows:
        return ()
    find = {Kind.BALANCE_SHEET: _balance, Kind.INCOME_STATEMENT: _income, Kind.CASH_FLOW: _cash_flow}
    check = find.get(one.statement.kind)
    return tuple(check(one, rows)) if check else ()


def _balance(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there, unnamed = _roles(one, rows), _unnamed(one, rows)
    if not _stands_twice(one, rows):
        yield from (r for r in (LineRole.TOTAL_ASSETS, LineRole.TOTAL_LIABILITIES_AND_EQUITY) if r not in there)
    if LineRole.TOTAL_EQUITY not in there and not unnamed:
        yield LineRole.TOTAL_EQUITY
    current = {LineRole.TOTAL_CURRENT_ASSETS, LineRole.TOTAL_CURRENT_LIABILITIES} - there
    if len(current) == 1 and not unnamed:
        yield from current


def _income(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there = _roles(one, rows)
    if not there & INCOME:
        yield LineRole.NET_INCOME
    proven = {p.total for p in one.footing.proofs}
    for above, i in pairwise(rows):
        if one.lines[i].role is LineRole.INCOME_TAX:
            # Taxes right below another result are taken from that.
            line = one.statement.lines[above]
            total = (above in proven or is_total(line)) and (not line.label or result(line.label))
            if not total and LineRole.INCOME_BEFORE_TAX not in there and not _unnamed(one, rows):
                yield LineRole.INCOME_BEFORE_TAX
            break
    if not _owners(one, rows):
        yield LineRole.INCOME_TO_PARENT
    yield from _per_share(one)


def _owners(one: Tagged, rows: list[int]) -> bool:
    """Where the share of others is taken off net income, what is left stands below it."""
    lines = one.statement.lines
    shares = [i for i in rows if one.lines[i].role is LineRole.INCOME_TO_OTHERS and taken_off(lines[i].label)]
    if not shares or not any(one.lines[i].role is LineRole.NET_INCOME for i in rows if i < shares[0]):
        return True
    return any(result(lines[i].label) for i in rows if i > shares[-1])


def _per_share(one: Tagged) -> Iterator[LineRole]:
    """Where basic and diluted earnings are told apart there are as many lines of the one as of the other.

    Of the counts of shares that is not so: some filers print one of the two.
    """
    count = Counter(line.role for line in one.lines)
    basic, diluted = count[LineRole.EPS_BASIC], count[LineRole.EPS_DILUTED]
    if basic != diluted and not (count[LineRole.EPS] and not (basic and diluted)):
        yield LineRole.EPS_BASIC if basic < diluted else LineRole.EPS_DILUTED


def _cash_flow(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there = _roles(one, rows)
    absent = {LineRole.OPERATING_CASH, LineRole.INVESTING_CASH, LineRole.FINANCING_CASH} - there
    if len(absent) == 1 and not _unnamed(one, rows):
        yield from absent
    if LineRole.CASH_CHANGE not in there and not _rolls(one):
        yield LineRole.CASH_CHANGE
    if not there & {LineRole.CLOSING, LineRole.CLOSING_ITEM}:
        yield LineRole.CLOSING
    elif LineRole.OPENING not in there:
        yield LineRole.OPENING


def _roles(one: Tagged, rows: list[int]) -> set[LineRole]:
    """What the rows are, by words or by concept."""
    return {one.lines[i].role for i in rows}


def _stands_twice(one: Tagged, rows: list[int]) -> bool:
    """The largest figures of the statement stand twice: both sides of the balance."""
    lines = one.statement.lines
    largest = max(rows, key=lambda i: max(abs(a.value) for a in lines[i].amounts if a is not None))
    values = [a and a.value for a in lines[largest].amounts]
    return sum([a and a.value for a in lines[i].amounts] == values for i in rows) >= 2


def _unnamed(one: Tagged, rows: list[int]) -> bool:
    """Some total has no words: it may be the one that is looked for."""
    return any(not one.statement.lines[i].label.strip(" .:*$") for i in rows)


def _rolls(one: Tagged) -> bool:
    """Closing cash is opening cash and one figure more: that is the change, whatever it is called."""
    lines = one.statement.lines
    return any(
        lines[p.total].balance is Moment.END
        and len(p.parts) == 2
        and any(lines[i].balance is Moment.START for i, _ in p.parts)
        for p in one.footing.proofs
    )
