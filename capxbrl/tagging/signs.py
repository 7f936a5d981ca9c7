"""The sign of each line: fact value = weight x printed value, by the concept's balance and the proofs of the statement.

With the weights of the calculation tree the signed facts must tie, so a proof fixes the sign of each part relative to
its total; what no proof reaches is read by its wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Concept, Footing, Kind, LineItem, Unit
from ..taxonomy import Taxonomy

#: Concepts that may be of either sign: their printed sign is their own.
_EITHER = re.compile(
    r"IncomeLoss|GainLoss|ProfitLoss|LossGain|GainsLosses|Deficit|IncreaseDecrease|DecreaseIncrease|ProvidedByUsedIn|GrossProfit|AccumulatedOther|ExpenseBenefit|BenefitExpense"
    r"|EarningsPerShare|IncomeExpense|ExpenseIncome|RetainedEarnings|StockholdersEquity|Adjustment|NetIncome|PerShare|PerBasic|PerDilutedShare|RevenueExpense|ProceedsFromPayments|PaymentsForProceeds|ProceedsFromRepayments|EffectOf|ComprehensiveIncome|MinorityInterest|Noncontrolling|PeriodIncrease|NetOf|Translation|DeferredTax|DeferredIncomeTax|Equity"
)  # fmt: skip
#: Where the indirect method starts.
_START = re.compile(r"NetIncomeLoss|ProfitLoss|IncomeLossFromContinuingOperations(?!Before)")
_LOSS = re.compile(r"\bloss(?:es)?\b", re.I)
_GAIN = re.compile(r"income|earnings|profit|gain|\(loss", re.I)


def weights(
    kind: Kind, lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing, taxonomy: Taxonomy
) -> list[int]:  # fmt: skip
    """+1 or -1 for every line."""
    out = [_by_wording(line, concept, kind) if concept else 1 for line, concept in zip(lines, concepts, strict=True)]
    fixed = [False] * len(lines)
    # Totals from the last to the first: the sign of a total is settled before that of its parts.
    for proof in sorted(footing.proofs, key=lambda p: -p.total):
        total = concepts[proof.total]
        if total is None or not proof.complete:
            continue
        wanted = {
            i: w * r for i, w in proof.parts if (part := concepts[i]) and (r := _relation(part, total, kind, taxonomy))
        }
        if not fixed[proof.total] and wanted:
            # Net loss printed as a positive figure: the parts tell which way the statement runs.
            agree = sum(out[proof.total] * s == out[i] for i, s in wanted.items() if _telling(lines[i]))
            against = sum(-out[proof.total] * s == out[i] for i, s in wanted.items() if _telling(lines[i]))
            if against > agree and _EITHER.search(total.name):
                out[proof.total] = -out[proof.total]
            fixed[proof.total] = True
        for i, s in wanted.items():
            if not fixed[i]:
                out[i] = out[proof.total] * s
                fixed[i] = True
    _per_share(lines, concepts, out)
    return out


def _telling(line: LineItem) -> bool:
    """Revenue and the like: lines whose sign is not in doubt."""
    return any(a and a.value > 0 for a in line.amounts)


def _relation(part: Concept, total: Concept, kind: Kind, taxonomy: Taxonomy) -> int:
    """+1 where the part adds to the total as concepts, -1 where it is subtracted, 0 where nothing says."""
    if part.name == total.name:
        return 1
    if kind is Kind.CASH_FLOW:
        return _cash_weight(part)
    weight = _path_weight(part.name, total.name, taxonomy)
    if weight:
        return weight
    if part.balance and total.balance:
        return 1 if part.balance == total.balance else -1
    return 0


def _cash_weight(concept: Concept) -> int:
    """+1 where a positive value of the concept brings cash in, -1 where it takes cash out, 0 where nothing says.

    Cash is a debit: debits bring it in. Net income, a credit, is where the indirect method starts.
    """
    if concept.period == "instant" or _START.match(concept.name):
        return 1
    return {"debit": 1, "credit": -1}.get(concept.balance, 0)


def _path_weight(part: str, total: str, taxonomy: Taxonomy) -> int:
    reached = {part: 1}
    frontier = [part]
    for _ in range(8):
        found: list[str] = []
        for name in frontier:
            for _, parent, weight in taxonomy.parents(name):
                if parent not in reached:
                    reached[parent] = reached[name] * weight
                    found.append(parent)
        if total in reached:
            return reached[total]
        frontier = found
    return 0


def _by_wording(line: LineItem, concept: Concept, kind: Kind) -> int:
    """The sign where no sum tells it: a cost in parentheses is a cost; a loss in parentheses is a negative income; a
    statement of cash flows shows what each line brings in."""
    values = [a.value for a in line.amounts if a is not None and a.value]
    if not values or concept.type in ("shares", "perShare"):
        return 1
    negative = sum(v < 0 for v in values) * 2 > len(values)
    if _EITHER.search(concept.name):
        if kind is Kind.CASH_FLOW:
            return _cash_weight(concept) or 1
        if not negative and _LOSS.search(line.label) and not _GAIN.search(line.label) and concept.balance == "credit":
            return -1
        return 1
    return -1 if negative else 1


def _per_share(lines: Sequence[LineItem], concepts: Sequence[Concept | None], out: list[int]) -> None:
    """Earnings per share have the sign of the income they come from."""
    income = next(
        (i for i, c in enumerate(concepts) if c is not None and c.name in ("NetIncomeLoss", "ProfitLoss", "IncomeLossFromContinuingOperations")), None
    )  # fmt: skip
    if income is None:
        return
    for i, concept in enumerate(concepts):
        if concept is None or concept.type != "perShare" or not concept.name.startswith("EarningsPerShare"):
            continue
        votes = 0
        for a, b in zip(lines[income].amounts, lines[i].amounts, strict=True):
            if a and b and a.value and b.value and b.unit is Unit.PER_SHARE:
                votes += 1 if (out[income] * a.value > 0) == (b.value > 0) else -1
        if votes < 0:
            out[i] = -1
