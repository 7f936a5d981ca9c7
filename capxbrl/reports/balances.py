"""EDGAR takes no element of money without a balance in a balance sheet or a statement of income (EDGAR Filer Manual II,
6.8.11): where no sum proves one, an element of the filer's own has that of its place, or of its words.

The figure stays as it is printed, and the element says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Balance, Concept, ItemType, Kind, LineRole, Tagged
from ..polarity import sense
from ..records import replace
from .uses import Use

_KINDS = (Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)


def balanced(uses: Sequence[Use], tagged: Sequence[Tagged]) -> list[Use]:
    """The uses, each of the filer's own elements of money with one balance."""
    made: dict[str, Concept] = {}
    for use in uses:
        concept, one = use.concept, tagged[use.statement]
        if _lacks(concept) and one.statement.kind in _KINDS:
            text = concept.documentation or as_printed(concept)
            made.setdefault(concept.qname, replace(concept, balance=_balance(use, one), documentation=text))
    return [replace(use, concept=made.get(use.concept.qname, use.concept)) for use in uses]


def _lacks(concept: Concept) -> bool:
    return concept.extension and concept.type is ItemType.MONETARY and not concept.balance


def as_printed(concept: Concept) -> str:
    """What a positive figure of money is, where no sum tells (EDGAR Filer Manual II, 6.11.5)."""
    return f"{concept.label}, positive where the page shows the figure without a minus sign or parentheses."


def _balance(use: Use, one: Tagged) -> Balance:
    """Below the total of assets and above it; a cost by its words; all else as what adds to income."""
    if one.statement.kind is Kind.BALANCE_SHEET:
        totals = [n for n, line in enumerate(one.statement.lines) if line.role is LineRole.TOTAL_ASSETS]
        return Balance.CREDIT if totals and use.line > totals[0] else Balance.DEBIT
    return Balance.DEBIT if sense(use.label).way < 0 else Balance.CREDIT
