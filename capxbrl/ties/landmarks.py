"""The lines that every statement of a kind has: totals that the sums of a page lead up to.

They are found by what a line is (`TaggedLine.role`), and by what the figures say: total assets stand twice on a balance
sheet, and closing cash is opening cash and one more figure.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from ..footing.wording import result, says, taken_off
from ..model import Kind, LineRole, Moment, Tagged, Unit
from .loose import is_total, money
from .places import INCOME, unit_at

#: Since then net income and equity count the share of other owners in (FAS 160, for years that begin then or later).
OTHERS_WITHIN = dt.date(2008, 12, 15)

#: Since then whoever prints basic earnings per share prints diluted ones (FAS 128); before, fully diluted ones stood
#: beside primary ones only where they were less by 3 % (APB 15).
BOTH_PER_SHARE = dt.date(1997, 12, 15)

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
    LineRole.INCOME_TO_OTHERS: "the share of others in net income",
    LineRole.EPS: "earnings per share of all operations",
    LineRole.EPS_BASIC: "basic earnings per share",
    LineRole.EPS_DILUTED: "diluted earnings per share",
    LineRole.SHARES_BASIC: "the number of basic shares",
    LineRole.SHARES_DILUTED: "the number of diluted shares",
    LineRole.OPERATING_CASH: "the total of operating activities",
    LineRole.INVESTING_CASH: "the total of investing activities",
    LineRole.FINANCING_CASH: "the total of financing activities",
    LineRole.CASH_CHANGE: "the change in cash",
    LineRole.OPENING: "cash at the beginning of the period",
    LineRole.CLOSING: "cash at the end of the period",
}

#: Lines of equity that most balance sheets have.
_EQUITY = (LineRole.COMMON_STOCK, LineRole.RETAINED_EARNINGS)
_EPS = (LineRole.EPS, LineRole.EPS_BASIC, LineRole.EPS_DILUTED)
_OTHER_COUNT = {LineRole.SHARES_BASIC: LineRole.SHARES_DILUTED, LineRole.SHARES_DILUTED: LineRole.SHARES_BASIC}
#: What the owners of the parent get of net income.
_OWNERS = (LineRole.INCOME_TO_PARENT, LineRole.NET_INCOME_TO_COMMON)


def missing(one: Tagged) -> tuple[LineRole, ...]:
    """The landmarks that a face statement ought to have and has not, each of them in `NAMES`."""
    rows = money(one.statement)
    if not rows:
        return ()
    find = {Kind.BALANCE_SHEET: _balance, Kind.INCOME_STATEMENT: _income, Kind.CASH_FLOW: _cash_flow}
    check = find.get(one.statement.kind)
    return tuple(check(one, rows)) if check else ()


def _balance(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there, (left, right) = _roles(one, rows), _sides(one, rows)
    if not _stands_twice(one, rows):
        yield from (r for r in (LineRole.TOTAL_ASSETS, LineRole.TOTAL_LIABILITIES_AND_EQUITY) if r not in there)
    if not _equity(one, right):
        yield LineRole.TOTAL_EQUITY
    current = {LineRole.TOTAL_CURRENT_ASSETS, LineRole.TOTAL_CURRENT_LIABILITIES} - there
    side = left if LineRole.TOTAL_CURRENT_ASSETS in current else right
    if len(current) == 1 and not _unnamed(one, side, side[:1]):
        yield from current


def _sides(one: Tagged, rows: list[int]) -> tuple[list[int], list[int]]:
    """The rows of assets, and those of liabilities and equity; the totals of both belong to neither.

    Where total assets cannot be told apart all rows may be of either side.
    """
    whole = next((i for i in rows if one.lines[i].role is LineRole.TOTAL_ASSETS), None)
    if whole is None and not _stands_twice(one, rows):
        return rows, rows
    figures = _figures(one, whole) if whole is not None else _largest(one, rows)
    ends = [i for i in rows if _figures(one, i) == figures]
    above, below = [i for i in rows if i < ends[0]], [i for i in rows if i > ends[0] and i not in ends]
    # Some balance sheets begin with what is owed.
    return (below, above) if one.lines[ends[0]].role is LineRole.TOTAL_LIABILITIES_AND_EQUITY else (above, below)


def _equity(one: Tagged, right: list[int]) -> bool:
    """The total of equity, or equity in one line, or a total without words that may be it."""
    words = {i: one.statement.lines[i].label for i in right}
    # What has lines of equity below it is no total of all of them, unless its words say so.
    last = max((i for i in right if says("in equity", words[i])), default=-1)
    if any(one.lines[i].role is LineRole.TOTAL_EQUITY for i in right if words[i] or i > last):
        return _others_counted(one, right)
    parts = [i for i in right if one.lines[i].role in _EQUITY]
    found = any(says("equity in one line", label) for label in words.values())
    return found or _unnamed(one, [i for i in right if i > last], parts)


def _others_counted(one: Tagged, right: list[int]) -> bool:
    """Since FAS 160 a total of equity counts the share of other owners in: it stands below that line."""
    lines = one.statement.lines
    owners = [i for i in right if one.lines[i].role is LineRole.TOTAL_EQUITY and lines[i].label]
    # What is printed for both may stand above the two that it is made of.
    if len(owners) != 1 or min(column.period.end for column in one.statement.columns) < OTHERS_WITHIN:
        return True
    return not says("others in equity", lines[right[-1]].label) or right[-1] in owners


def _income(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there = _roles(one, rows)
    if not there & INCOME:
        yield LineRole.NET_INCOME
    above = _above_taxes(one, rows)
    # What discontinued operations earn before their taxes is their own.
    before = [i for i in rows if one.lines[i].role is LineRole.INCOME_BEFORE_TAX]
    own = all(says("of discontinued operations", one.statement.lines[i].label) for i in before)
    if above is not None and own and not _taxed(one, above):
        yield LineRole.INCOME_BEFORE_TAX
    if not _owners(one, rows):
        yield LineRole.INCOME_TO_PARENT
    elif not _shares_of_others(one, rows):
        yield LineRole.INCOME_TO_OTHERS
    yield from _per_share(one)


def _above_taxes(one: Tagged, rows: list[int]) -> int | None:
    """The line that the taxes are taken from; of taxes that are told in parts, the one above these."""
    taxes = next((i for i in rows[1:] if one.lines[i].role is LineRole.INCOME_TAX), None)
    first = min((i for p in one.footing.proofs if p.total == taxes for i, _ in p.parts), default=taxes)
    return max((i for i in rows if first is not None and i < first), default=None)


def _taxed(one: Tagged, line: int) -> bool:
    """A result by its words, or without any, which taxes below it are taken from. What a sum subtracts is none."""
    proofs, label = one.footing.proofs, one.statement.lines[line].label
    if label:
        return result(label) and (any(p.total == line for p in proofs) or is_total(one.statement.lines[line]))
    return not any((line, -1) in p.parts for p in proofs)


def _owners(one: Tagged, rows: list[int]) -> bool:
    """Where the share of others is taken off net income, what is left stands below it."""
    lines = one.statement.lines
    shares = [i for i in rows if one.lines[i].role is LineRole.INCOME_TO_OTHERS and taken_off(lines[i].label)]
    if not shares or not any(one.lines[i].role is LineRole.NET_INCOME for i in rows if i < shares[0]):
        return True
    return any(result(lines[i].label) for i in rows if i > shares[-1])


def _shares_of_others(one: Tagged, rows: list[int]) -> bool:
    """Where net income and that of the owners, right below it, differ, what others get of it is printed between."""
    for above, i in pairwise(rows):
        if one.lines[above].role is LineRole.NET_INCOME and one.lines[i].role in _OWNERS:
            label = one.statement.lines[i].label
            return says("of common stock", label) or _figures(one, above) == _figures(one, i)
    return True


def _per_share(one: Tagged) -> Iterator[LineRole]:
    """Where basic and diluted earnings are told apart there are as many lines of the one as of the other.

    Of the counts of shares that is so where the words ask for the other one: some filers print one of the two.
    """
    count = Counter(line.role for line in one.lines)
    basic, diluted = count[LineRole.EPS_BASIC], count[LineRole.EPS_DILUTED]
    paired = max(column.period.end for column in one.statement.columns) >= BOTH_PER_SHARE
    if paired and basic != diluted and not (count[LineRole.EPS] and not (basic and diluted)):
        yield LineRole.EPS_BASIC if basic < diluted else LineRole.EPS_DILUTED
    if basic and diluted:
        yield from _counts(one)
    if not _whole_per_share(one):
        yield LineRole.EPS


def _whole_per_share(one: Tagged) -> bool:
    """Earnings per share of operations that go on and of others have those of all below them."""
    lines = one.statement.lines
    rows = [i for i, line in enumerate(lines) if unit_at(line) is Unit.PER_SHARE]
    parts = [n for n, i in enumerate(rows) if one.lines[i].role not in _EPS and is_component(lines[i].label)]
    for n in parts:
        above = n > 0 and says("of continuing operations", lines[rows[n - 1]].label)
        below = next((one.lines[i].role for m, i in enumerate(rows) if m > n and m not in parts), LineRole.NONE)
        if above and below not in _EPS:
            return False
    return True


def is_component(label: str) -> bool:
    """What is told below income from continuing operations: discontinued ones, extraordinary items, changes."""
    return says("below continuing", label) and not says("not below continuing", label)


def _counts(one: Tagged) -> Iterator[LineRole]:
    """The number of shares that is not there beside the only one that is."""
    lines = zip(one.statement.lines, one.lines, strict=True)
    counts = [(line, tagged.role) for line, tagged in lines if unit_at(line) is Unit.SHARES]
    if len(counts) == 1 and says("half of a pair", counts[0][0].label):
        yield from (_OTHER_COUNT[role] for _, role in counts if role in _OTHER_COUNT)


def _cash_flow(one: Tagged, rows: list[int]) -> Iterator[LineRole]:
    there = _roles(one, rows)
    absent = {LineRole.OPERATING_CASH, LineRole.INVESTING_CASH, LineRole.FINANCING_CASH} - there
    if len(absent) == 1 and not _unnamed(one, rows):
        yield from absent
    if LineRole.CASH_CHANGE not in there and not _rolls(one):
        yield LineRole.CASH_CHANGE
    if not there & {LineRole.CLOSING, LineRole.CLOSING_ITEM}:
        if LineRole.OPENING in there or not _ends_with_change(one, rows[-1]):
            yield LineRole.CLOSING
    elif LineRole.OPENING not in there:
        yield LineRole.OPENING


def _ends_with_change(one: Tagged, last: int) -> bool:
    """A statement of liquid funds may end with their change; one of cash reconciles it (ASC 230-10-45-24)."""
    return one.lines[last].role is LineRole.CASH_CHANGE and not says("of cash", one.statement.lines[last].label)


def _roles(one: Tagged, rows: list[int]) -> set[LineRole]:
    """What the rows are, by words or by concept."""
    return {one.lines[i].role for i in rows}


def _stands_twice(one: Tagged, rows: list[int]) -> bool:
    """The largest figures of the statement stand twice: both sides of the balance."""
    largest = _largest(one, rows)
    return sum(_figures(one, i) == largest for i in rows) >= 2


def _largest(one: Tagged, rows: list[int]) -> list[Decimal | None]:
    lines = one.statement.lines
    return _figures(one, max(rows, key=lambda i: max(abs(a.value) for a in lines[i].amounts if a is not None)))


def _figures(one: Tagged, line: int) -> list[Decimal | None]:
    return [a.value if a is not None else None for a in one.statement.lines[line].amounts]


def _unnamed(one: Tagged, rows: Collection[int], among: Collection[int] = ()) -> bool:
    """Some total has no words: it may be the one that is looked for. among: lines of which that counts one at least."""
    bare = {i for i in rows if not one.statement.lines[i].label.strip(" .:*$")}
    parts = {p.total: {i for i, _ in p.parts} for p in one.footing.proofs}
    return any(i not in parts or not among or _made_of(i, parts) & {*among} for i in bare)


def _made_of(total: int, parts: Mapping[int, Collection[int]]) -> set[int]:
    """The lines that a total adds up, those of its own subtotals too."""
    out: set[int] = set()
    left = [*parts.get(total, ())]
    while left:
        i = left.pop()
        if i not in out:
            out.add(i)
            left += parts.get(i, ())
    return out


def _rolls(one: Tagged) -> bool:
    """Closing cash is opening cash and one figure more: that is the change, whatever it is called."""
    lines = one.statement.lines
    return any(
        lines[p.total].balance is Moment.END
        and len(p.parts) == 2
        and any(lines[i].balance is Moment.START for i, _ in p.parts)
        for p in one.footing.proofs
    )
