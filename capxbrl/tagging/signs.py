"""The sign of each line: fact value = weight x printed value.

Print and words come first: a figure printed positive is positive, unless its words or its element's name say that it
counts down.  Only a line whose words leave it open asks a sum: one whose total is a total, that holds in every column
and in more than one, and whose total has a sign that is not in doubt itself.  Statements of cash flows: cash.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..model import Balance, Concept, Footing, ItemType, Kind, LineItem, PeriodType, Proof, ProofKind, Unit
from ..polarity import (
    called,
    contra,
    deducted,
    either,
    in_context,
    is_result,
    mixed,
    names_result,
    negative,
    of_others,
    recovered,
    sense,
    way,
)
from ..records import dataclass
from ..taxonomy import Taxonomy
from . import cash
from . import tolerances as tol

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """weights: +1 or -1 a line. balances: of the lines that get an element of the filer's own, where a sum
    proves it."""

    weights: tuple[int, ...]
    balances: tuple[Balance, ...]


def signs_of(
    kind: Kind, lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing, taxonomy: Taxonomy
) -> Signs:
    """The signs of one statement. concepts: the standard ones; None where there is none (yet)."""
    if kind is Kind.CASH_FLOW:
        return Signs(**cash.signs_of(lines, concepts, footing))
    read = _by_sums(kind, lines, concepts, footing, taxonomy)
    weights = _told_again(lines, concepts, _per_share(lines, concepts, read.weights))
    return Signs(weights=tuple(weights), balances=read.balances)


def _by_sums(
    kind: Kind, lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing, taxonomy: Taxonomy
) -> Signs:
    """By words, and by the sums where these leave it open."""
    pairs = list(zip(lines, concepts, strict=True))
    read = [_by_words(line, concept, kind) for line, concept in pairs]
    out, sure = [weight for weight, _ in read], [known for _, known in read]
    balances = [concept.balance if concept else _result_balance(line, kind) for line, concept in pairs]
    # From the last total to the first: a total is settled before its parts.
    for proof in sorted(footing.proofs, key=lambda p: -p.total):
        at = proof.total
        if not telling(proof, concepts, taxonomy) or not (sure[at] or _is_result(lines[at], concepts[at])):
            continue
        for i, w in proof.parts:
            concept, adds = concepts[i], out[at] * w
            if concept is None:
                if _gain_taken_off(lines[i], adds, balances[at]):
                    out[i] = -1
                balances[i] = balances[i] or (balances[at] if adds == out[i] else balances[at].opposite)
            elif not sure[i] and (related := _relation(concept, concepts[at], balances[at], taxonomy)):
                out[i], sure[i] = related * adds, True
    return Signs(weights=tuple(out), balances=tuple(balances))


def telling(proof: Proof, concepts: Sequence[Concept | None], taxonomy: Taxonomy) -> bool:
    """The sum may judge signs: its total is one, it holds in all columns and more than one, and none of its parts is
    what the total itself is a part of."""
    total = concepts[proof.total]
    columns = sum(tie is not None for tie in proof.ties)
    if (
        not proof.complete
        or proof.columns < min(2, columns)
        or (proof.chance > tol.TAGS.chance and not _as_printed(proof))
    ):
        return False
    parts = [part for i, _ in proof.parts if (part := concepts[i]) is not None]
    if total is not None and any(_path_weight(total.name, part.name, taxonomy) for part in parts if part != total):
        return False
    return proof.is_total or (
        total is not None and any(_path_weight(part.name, total.name, taxonomy) for part in parts)
    )


def _as_printed(proof: Proof) -> bool:
    """A chain of results that adds up as it is printed, with nothing subtracted: few small figures tell as well."""
    return proof.kind is ProofKind.CHAIN and proof.columns > 1 and all(w > 0 for _, w in proof.parts)


def _by_words(line: LineItem, concept: Concept | None, kind: Kind) -> tuple[int, bool]:
    """(weight, whether it is sure) by print, words and the name of the element."""
    if not any(a is not None and a.value for a in line.amounts):
        return 1, True
    if concept is None:
        return _own(line, kind), True
    if concept.type in (ItemType.SHARES, ItemType.PER_SHARE):
        return 1, True
    if either(concept.name):
        return _either(line, concept)
    if not negative(line):
        return (-1 if _came_back(line, concept) else 1), True
    if kind is not Kind.BALANCE_SHEET and concept.period is not PeriodType.INSTANT and concept.balance is Balance.DEBIT:
        # A cost printed with both signs came back in one of the years, or is taken off in parentheses: the sum knows.
        return -1, not mixed(line)
    stock = kind is Kind.BALANCE_SHEET or concept.period is PeriodType.INSTANT
    counts_down = contra(concept) if stock else in_context(line, concept).way < 0
    return (-1 if counts_down or deducted(line) else 1), False


def _came_back(line: LineItem, concept: Concept) -> bool:
    """An expense whose words say that it came back."""
    said = in_context(line, concept)
    return said.way > 0 and not said.both and way(concept) < 0 and recovered(line.label)


def _either(line: LineItem, concept: Concept) -> tuple[int, bool]:
    """Of an element that may be of either sign."""
    said, up, printed = in_context(line, concept), way(concept), negative(line)
    if said.both:
        # "Provision (benefit)" in a column where all that is taken off is in parentheses leaves it open.
        # Nor do the words "in income (loss)" of whose share it is tell which of the two it was.
        return said.way * up, (said.way > 0 or not printed) and not of_others(concept)
    if said.way * up < 0:
        # "Net loss 500", "tax benefit 902": words count down where the print does not.
        return (1 if printed or mixed(line) else -1), said.way < 0 or not printed
    if of_others(concept):
        # Words say whose share it is; which way it goes, the sum of the income.
        return (-1 if printed and deducted(line) else 1), False
    if said.way < 0 and printed:
        return -1, False  # a tax in parentheses
    return 1, (said.way != 0 or deducted(line)) and not printed


def _own(line: LineItem, kind: Kind) -> int:
    """Of the filer's own element: as printed, but for a loss that is a result, and for a cost or deduction in
    parentheses.

    "(Gain) loss" is called a gain, so a gain is positive.
    """
    result = names_result(line.label)
    stock = "stock-" if kind is Kind.BALANCE_SHEET else ""
    said = sense(line.label, stock)
    if said.both:
        return called(line.label)
    if not negative(line):
        return -1 if result and not mixed(line) else 1
    return -1 if not result and not mixed(line) and ((said.way < 0 and not stock) or deducted(line)) else 1


def _result_balance(line: LineItem, kind: Kind) -> Balance:
    """Income before something, and net income, are credits whoever names them."""
    return Balance.CREDIT if kind is Kind.INCOME_STATEMENT and is_result(line.label) else Balance.NONE


def _gain_taken_off(line: LineItem, adds: int, balance: Balance) -> bool:
    """A gain among costs, in parentheses: the sum counts it up, as its words do."""
    said = sense(line.label)
    up = {Balance.CREDIT: adds, Balance.DEBIT: -adds}.get(balance, 0)
    return said.way > 0 and not said.both and negative(line) and up < 0


def _is_result(line: LineItem, concept: Concept | None) -> bool:
    """A total of results is what it prints, whatever its words leave open."""
    return concept is not None and way(concept) > 0 and either(concept.name)


def _relation(part: Concept, total: Concept | None, balance: Balance, taxonomy: Taxonomy) -> int:
    """+1 where the part adds to the total as concepts, -1 where it is subtracted, 0 where nothing says.

    balance: of the total, whether it has a standard concept or not.
    """
    if total is not None:
        if part.name == total.name:
            return 1
        if weight := _path_weight(part.name, total.name, taxonomy):
            return weight
    if part.balance and balance:
        return 1 if part.balance == balance else -1
    return 0


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


#: The incomes that earnings per share are of.
_INCOMES = ("NetIncomeLoss", "ProfitLoss", "IncomeLossFromContinuingOperations")


def _per_share(lines: Sequence[LineItem], concepts: Sequence[Concept | None], weights: Sequence[int]) -> Sequence[int]:
    """The weights; earnings per share have the sign of the income they come from."""
    income = next((i for i, c in enumerate(concepts) if c is not None and c.name in _INCOMES), None)
    if income is None:
        return weights
    return [
        -1 if _is_earnings_per_share(concept) and _votes(lines[income], weights[income], line) < 0 else weight
        for line, concept, weight in zip(lines, concepts, weights, strict=True)
    ]


def _is_earnings_per_share(concept: Concept | None) -> bool:
    return concept is not None and concept.type is ItemType.PER_SHARE and concept.name.startswith("EarningsPerShare")


def _votes(income: LineItem, weight: int, per_share: LineItem) -> int:
    """In how many more columns than not the two lines have one sign."""
    return sum(
        1 if (weight * a.value > 0) == (b.value > 0) else -1
        for a, b in zip(income.amounts, per_share.amounts, strict=True)
        if a and b and a.value and b.value and b.unit is Unit.PER_SHARE
    )


def _told_again(lines: Sequence[LineItem], concepts: Sequence[Concept | None], weights: Sequence[int]) -> list[int]:
    """The weights; what a reconciliation below the result repeats has the value that it has above, however it is
    printed there."""
    out = list(weights)
    first: dict[tuple[str, tuple[Decimal, ...]], int] = {}
    for i, (line, concept) in enumerate(zip(lines, concepts, strict=True)):
        name = concept.name if concept else line.label.casefold()
        sizes = tuple(abs(a.value) if a else _NOTHING for a in line.amounts)
        if not name or not any(sizes):
            continue
        above = first.setdefault((name, sizes), i)
        pairs = zip(lines[above].amounts, line.amounts, strict=True)
        signs = {weights[above] * a.value == weights[i] * b.value for a, b in pairs if a and b and b.value}
        if signs == {False}:
            out[i] = -out[i]
    return out
