"""What each line of a statement is: its role, decided once by its words, its unit and its place.

Later stages ask `LineItem.role` and read no label again. The words are `words/roles.csv`; a line that they do not name
beyond doubt has no role.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from .. import words
from ..model import Column, Kind, LineItem, LineRole, Unit
from ..periods import read_clues
from ..records import dataclass, replace


def give_roles(lines: Sequence[LineItem], kind: Kind, columns: Sequence[Column]) -> tuple[LineItem, ...]:
    """The lines with their roles; a line without amounts has none."""
    out: list[LineItem] = []
    closed = False
    flows = bool(columns) and columns[0].period.start is not None
    for line in lines:
        role = LineRole.NONE
        if any(line.amounts):
            balance = _balance(line.label, kind, columns[0], closed) if flows else LineRole.NONE
            block = flows and any(_says("period-end block", heading.rstrip(" :")) for heading in line.path)
            role = balance or (LineRole.CLOSING_ITEM if block else _role(line, kind))
        closed |= role is LineRole.CLOSING
        out.append(replace(line, role=role) if role else line)
    return tuple(out)


# --- by words ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A line of money of these statements has the role where its label is one of the list `words`, and none of the list
    `but`; the first rule that fits decides."""

    role: LineRole
    kinds: tuple[Kind, ...]
    words: str
    but: str = ""


_INCOME = (Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)
_CASH = (Kind.CASH_FLOW,)
_FLOWS = (*_CASH, *_INCOME)
_BALANCE = (Kind.BALANCE_SHEET,)
_RULES = (
    _Rule(role=LineRole.EXCHANGE_EFFECT, kinds=_CASH, words="exchange effect"),
    _Rule(role=LineRole.OPERATING_CASH, kinds=_CASH, words="operating cash", but="no total of cash"),
    _Rule(role=LineRole.INVESTING_CASH, kinds=_CASH, words="investing cash", but="no total of cash"),
    _Rule(role=LineRole.FINANCING_CASH, kinds=_CASH, words="financing cash", but="no total of cash"),
    _Rule(role=LineRole.CASH_CHANGE, kinds=_CASH, words="cash change", but="no change of cash"),
    _Rule(role=LineRole.NET_INCOME, kinds=_FLOWS, words="net income"),
    _Rule(role=LineRole.NET_INCOME_TO_COMMON, kinds=_INCOME, words="net income to common", but="no income to common"),
    _Rule(role=LineRole.REVENUE, kinds=_INCOME, words="revenue"),
    _Rule(role=LineRole.GROSS_PROFIT, kinds=_INCOME, words="gross profit"),
    _Rule(role=LineRole.INCOME_BEFORE_TAX, kinds=_INCOME, words="income before tax"),
    _Rule(role=LineRole.OPERATING_INCOME, kinds=_INCOME, words="operating income"),
    _Rule(role=LineRole.INCOME_TAX, kinds=_INCOME, words="income tax"),
    _Rule(role=LineRole.COMPREHENSIVE_INCOME, kinds=_INCOME, words="comprehensive income"),
    _Rule(role=LineRole.INCOME_TO_OTHERS, kinds=_FLOWS, words="income to others", but="no income to others"),
    _Rule(role=LineRole.INCOME_TO_PARENT, kinds=_FLOWS, words="income to a holder", but="no income to others"),
    _Rule(role=LineRole.INCOME_FROM_CONTINUING, kinds=_FLOWS, words="continuing", but="no continuing"),
    _Rule(role=LineRole.COST_OF_SALES, kinds=_INCOME, words="cost of sales"),
    _Rule(role=LineRole.RESEARCH, kinds=_INCOME, words="research"),
    _Rule(role=LineRole.SELLING_AND_ADMINISTRATIVE, kinds=_INCOME, words="selling and administrative"),
    _Rule(role=LineRole.ADMINISTRATIVE, kinds=_INCOME, words="administrative"),
    _Rule(role=LineRole.OPERATING_EXPENSES, kinds=_INCOME, words="operating expenses"),
    _Rule(role=LineRole.INTEREST_EXPENSE, kinds=_INCOME, words="interest expense"),
    _Rule(role=LineRole.INTEREST_INCOME, kinds=_INCOME, words="interest income"),
    _Rule(role=LineRole.DIVIDENDS_PAID, kinds=_CASH, words="dividends", but="no dividends paid"),
    _Rule(role=LineRole.TOTAL_CURRENT_ASSETS, kinds=_BALANCE, words="total current assets"),
    _Rule(role=LineRole.TOTAL_ASSETS, kinds=_BALANCE, words="total assets"),
    _Rule(role=LineRole.TOTAL_CURRENT_LIABILITIES, kinds=_BALANCE, words="total current liabilities"),
    _Rule(role=LineRole.TOTAL_LIABILITIES, kinds=_BALANCE, words="total liabilities"),
    _Rule(role=LineRole.TOTAL_LIABILITIES_AND_EQUITY, kinds=_BALANCE, words="total liabilities and equity"),
    _Rule(role=LineRole.TOTAL_EQUITY, kinds=_BALANCE, words="total equity"),
    _Rule(role=LineRole.RETAINED_EARNINGS, kinds=_BALANCE, words="retained earnings"),
    _Rule(role=LineRole.COMMON_STOCK, kinds=_BALANCE, words="common stock"),
    _Rule(role=LineRole.CASH, kinds=_BALANCE, words="cash on hand", but="no cash on hand"),
)  # fmt: skip


def _role(line: LineItem, kind: Kind) -> LineRole:
    unit = next((a.unit for a in line.amounts if a is not None), None)
    if unit is Unit.PER_SHARE and kind in _INCOME:
        return _sort(line, "whole per share", "no whole per share", _PER_SHARE)
    if unit is Unit.SHARES and kind in _INCOME:
        return _sort(line, "", "no whole count", _COUNT)
    return role_of_words(line.label, kind) if unit is Unit.USD else LineRole.NONE


def role_of_words(label: str, kind: Kind) -> LineRole:
    """The role of a line of money by its words alone."""
    label = " ".join(label.split()).strip(" .:*,")
    for rule in _rules_of(kind):
        if _says(rule.words, label) and not _says(rule.but, label):
            return rule.role
    return LineRole.NONE


@cache
def _rules_of(kind: Kind) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _RULES if kind in rule.kinds)


def _says(name: str, text: str) -> bool:
    return bool(name) and words.pattern("roles", name).search(text) is not None


# --- per share, and numbers of shares ---------------------------------------------------------------------------------

#: By (basic, diluted).
_PER_SHARE = {
    (True, False): LineRole.EPS_BASIC, (False, True): LineRole.EPS_DILUTED,
    (True, True): LineRole.EPS, (False, False): LineRole.EPS,
}  # fmt: skip
_COUNT = {
    (True, False): LineRole.SHARES_BASIC, (False, True): LineRole.SHARES_DILUTED,
    (True, True): LineRole.SHARES, (False, False): LineRole.SHARES,
}  # fmt: skip


def _sort(line: LineItem, whole: str, but: str, sorts: dict[tuple[bool, bool], LineRole]) -> LineRole:
    """The role of a line of figures per share, or of shares, by its own words and those of the heading it
    stands under."""
    near = " ".join((*line.path[-1:], line.label))
    # "Net income", "Basic earnings per share" of itself is all of it, whatever heading it stands under.
    by_itself = _says("all of it", line.label) or (_says("by itself", line.label) and _says(whole, line.label))
    told = line.label if by_itself else near
    if _says(but, told) or (whole and not _says(whole, told)):
        return LineRole.NONE
    own = _says("basic", line.label), _says("diluted", line.label)
    return sorts[own if any(own) else (_says("basic", near), _says("diluted", near))]


# --- what there was when a period began and ended ---------------------------------------------------------------------


def _balance(label: str, kind: Kind, column: Column, closed: bool) -> LineRole:
    """Its figures hold at an instant: cash of a statement of flows, retained earnings below an income statement.

    Words decide, then the place: below the closing balance, lines that name cash and no flow say what it is made of.
    """
    if kind is Kind.CASH_FLOW:
        made_of_it = closed and _says("cash", label) and not _says("flow", label)
        return _worded(label, column) or (LineRole.CLOSING_ITEM if made_of_it else LineRole.NONE)
    if kind is Kind.INCOME_STATEMENT and _says("earnings kept", label):
        return _worded(label, column)
    return LineRole.NONE


def _worded(label: str, column: Column) -> LineRole:
    """What the words say: "at beginning of year", "at June 30" where the period ends on June 30."""
    bare = _says("dated balance", label.strip(" .:,"))
    if _says("balance changes", label) or not (bare or _says("balance", label)):
        return LineRole.NONE
    opening = words.pattern("roles", "opening").search(label)
    closing = words.pattern("roles", "closing").search(label)
    if opening or closing:
        first = opening and not (closing and closing.start() < opening.start())
        return LineRole.OPENING if first else LineRole.CLOSING
    if not bare and (not _says("plain balance", label) or _says("flow", label)):
        return LineRole.NONE
    return _dated(label, column)


def _dated(label: str, column: Column) -> LineRole:
    """The label names the last day of the period, or its first or the one before."""
    clues = read_clues(label)
    start, end = column.period.start, column.period.end
    assert start is not None
    eve = start - dt.timedelta(1)
    for day in (*clues.days, *((d.month, d.day) for d in clues.dates)):
        if day == (end.month, end.day):
            return LineRole.CLOSING
        if day in ((start.month, start.day), (eve.month, eve.day)):
            return LineRole.OPENING
    return LineRole.NONE
