"""The lines that every statement of a kind has: totals that the sums of a page lead up to.

They are found by their words (`words/landmarks.csv`), by their concept, and by what the figures say: total assets stand
twice on a balance sheet, and closing cash is opening cash and one more figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model import Kind, LineItem, Tagged
from ..words import pattern
from .loose import is_total, money
from .places import concept_at

#: Concepts of a landmark, where its words are unusual.
_CONCEPTS: dict[str, frozenset[str]] = {
    "total-assets": frozenset({"Assets", "AssetsNet"}),
    "liabilities-and-equity": frozenset({"LiabilitiesAndStockholdersEquity"}),
    "equity": frozenset(
        {
            "StockholdersEquity",
            "PartnersCapital",
            "MembersEquity",
            "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
        }
    ),
    "net-income": frozenset(
        {
            "NetIncomeLoss",
            "ProfitLoss",
            "NetIncomeLossAvailableToCommonStockholdersBasic",
            "IncomeLossFromContinuingOperations",
            "IncomeLossAttributableToParent",
            "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple",
        }
    ),
    "operating-cash": frozenset({"NetCashProvidedByUsedInOperatingActivities"}),
    "investing-cash": frozenset({"NetCashProvidedByUsedInInvestingActivities"}),
    "financing-cash": frozenset({"NetCashProvidedByUsedInFinancingActivities"}),
    "change-in-cash": frozenset(
        {
            "CashAndCashEquivalentsPeriodIncreaseDecrease",
            "CashPeriodIncreaseDecrease",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseExcludingExchangeRateEffect",
        }
    ),
}
#: What a landmark is called in a sentence.
NAMES = {
    "total-assets": "total assets",
    "liabilities-and-equity": "the total of liabilities and equity",
    "equity": "the total of equity",
    "current-assets": "the total of current assets",
    "current-liabilities": "the total of current liabilities",
    "net-income": "net income or loss",
    "before-taxes": "income before income taxes",
    "operating-cash": "the total of operating activities",
    "investing-cash": "the total of investing activities",
    "financing-cash": "the total of financing activities",
    "change-in-cash": "the change in cash",
    "opening-cash": "cash at the beginning of the period",
    "closing-cash": "cash at the end of the period",
}


def missing(one: Tagged) -> tuple[str, ...]:
    """The landmarks that a face statement ought to have and has not, by their names in `NAMES`."""
    rows = money(one.statement)
    if not rows:
        return ()
    find = {Kind.BALANCE_SHEET: _balance, Kind.INCOME_STATEMENT: _income, Kind.CASH_FLOW: _cash_flow}
    check = find.get(one.statement.kind)
    return tuple(check(one, rows)) if check else ()


def has(one: Tagged, rows: list[int], name: str) -> bool:
    """A line with figures has the words or the concept of a landmark."""
    wording, concepts = pattern("landmarks", name), _CONCEPTS.get(name, frozenset())
    lines = one.statement.lines
    return any(
        wording.search(_words(lines[i])) or wording.search(_joined(lines[i])) or concept_at(one, i) in concepts
        for i in rows
    )


def _words(line: LineItem) -> str:
    return line.label.strip(" .:*$")


def _joined(line: LineItem) -> str:
    """One word alone may end a label that was broken over two rows."""
    label = _words(line)
    return " ".join((*line.path[-1:], label)) if label.isalpha() else label


def _balance(one: Tagged, rows: list[int]) -> Iterator[str]:
    twice = _stands_twice(one, rows)
    assets, other = has(one, rows, "total-assets"), has(one, rows, "liabilities-and-equity")
    if not assets and not twice:
        yield "total-assets"
    if not other and not twice:
        yield "liabilities-and-equity"
    if not has(one, rows, "equity") and not _unnamed(one, rows):
        yield "equity"
    current = [name for name in ("current-assets", "current-liabilities") if not has(one, rows, name)]
    if len(current) == 1 and not _unnamed(one, rows):
        yield current[0]


def _income(one: Tagged, rows: list[int]) -> Iterator[str]:
    if not has(one, rows, "net-income"):
        yield "net-income"
    taxes, others = pattern("landmarks", "income-taxes"), pattern("landmarks", "not-income-taxes")
    proven = {p.total for p in one.footing.proofs}
    for above, i in pairwise(rows):
        label = _words(one.statement.lines[i])
        if taxes.search(label) and not others.search(label):
            # Taxes right below another total are taken from that.
            total = above in proven or is_total(one.statement.lines[above])
            if not total and not has(one, rows, "before-taxes") and not _unnamed(one, rows):
                yield "before-taxes"
            return


def _cash_flow(one: Tagged, rows: list[int]) -> Iterator[str]:
    balances = {one.statement.lines[i].balance for i in rows}
    sections = ("operating-cash", "investing-cash", "financing-cash")
    absent = [name for name in sections if not has(one, rows, name)]
    if len(absent) == 1 and not _unnamed(one, rows):
        yield absent[0]
    if not has(one, rows, "change-in-cash") and not _rolls(one):
        yield "change-in-cash"
    if "end" not in balances:
        yield "closing-cash"
    elif "start" not in balances:
        yield "opening-cash"


def _stands_twice(one: Tagged, rows: list[int]) -> bool:
    """The largest figures of the statement stand twice: both sides of the balance."""
    lines = one.statement.lines
    largest = max(rows, key=lambda i: max(abs(a.value) for a in lines[i].amounts if a is not None))
    values = [a and a.value for a in lines[largest].amounts]
    return sum([a and a.value for a in lines[i].amounts] == values for i in rows) >= 2


def _unnamed(one: Tagged, rows: list[int]) -> bool:
    """Some total has no words: it may be the one that is looked for."""
    return any(not _words(one.statement.lines[i]) for i in rows)


def _rolls(one: Tagged) -> bool:
    """Closing cash is opening cash and one figure more: that is the change, whatever it is called."""
    lines = one.statement.lines
    return any(
        lines[p.total].balance == "end" and len(p.parts) == 2 and any(lines[i].balance == "start" for i, _ in p.parts)
        for p in one.footing.proofs
    )
