"""A statement that stops before its end: a balance sheet with one side, operations without net income, cash flows
without their end.

Why: a page lost in scanning or a file cut in the middle leaves figures that are right and a statement that is not.
Source: the minimum line items of Regulation S-X, 5-02 and 5-03, and ASC 230-10-45.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..model import Kind, Report, Tagged

#: What a whole statement shows: at least one concept of each group, and what the group is called.
_NEEDED: dict[Kind, tuple[tuple[str, frozenset[str]], ...]] = {
    Kind.BALANCE_SHEET: (
        ("total assets", frozenset({"Assets", "AssetsNet"})),
        (
            "the total of liabilities and equity",
            frozenset({"LiabilitiesAndStockholdersEquity", "StockholdersEquity", "PartnersCapital", "MembersEquity",
                       "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"}),
        ),
    ),
    Kind.INCOME_STATEMENT: (
        (
            "net income or loss",
            frozenset({"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic", "IncomeLossFromContinuingOperations",
                       "IncomeLossAttributableToParent", "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple"}),
        ),
    ),
    Kind.CASH_FLOW: (
        (
            "the change in cash or cash at the end of the period",
            frozenset({"CashAndCashEquivalentsPeriodIncreaseDecrease", "CashAndCashEquivalentsAtCarryingValue", "CashPeriodIncreaseDecrease",
                       "CashAndDueFromBanks", "Cash", "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
                       "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect",
                       "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseExcludingExchangeRateEffect"}),
        ),
    ),
}  # fmt: skip


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(finding for tagged in report.statements if tagged.statement.face for finding in _missing(tagged))


def _missing(tagged: Tagged) -> Iterator[Finding]:
    statement = tagged.statement
    shown = {m.concept.name for line in tagged.lines for m in line.matches}
    lines = [line for line in statement.lines if not line.is_heading]
    for what, names in _NEEDED.get(statement.kind, ()):
        if not shown & names and lines:
            yield Finding(
                code="statement.incomplete", severity=Severity.WARNING, at=lines[-1].at,
                message=f"{statement.title}: {what} cannot be found; the last line is {lines[-1].label!r}",
                hint="the filing may be cut here, or a page is missing: compare with the original",
            )  # fmt: skip
