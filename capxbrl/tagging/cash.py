"""The direction of cash: does a positive figure of a line bring cash in, or take it out?

In most statements parentheses take it out, and "used" or "decrease" only repeat it.  Others print uses as positive
figures: their heading says so, or "net cash used" printed positive does, or the change that leads from the opening to
the closing balance.  Elements then say what they count: a payment what goes out, IncreaseDecreaseInInventories an
increase, which takes cash.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from ..model import Balance, Concept, Footing, LineItem, Moment, PeriodType, Proof, ProofKind
from ..polarity import (
    called,
    earned,
    goes_out,
    is_use,
    less,
    mixed,
    negative,
    net_cash,
    one_way,
    opens,
    paid,
    raises_debt,
    received,
    reconciles,
    sense,
    starts_flows,
    supplemental,
    totals_flows,
)
from . import tolerances as tol


class Read(TypedDict):
    """As `signs.Signs`."""

    weights: tuple[int, ...]
    balances: tuple[Balance, ...]


def signs_of(lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing) -> Read:
    """weight and balance of every line of a statement of cash flows. concepts: None for the filer's own."""
    brings = directions(lines, concepts, footing)
    results = _results(concepts, footing)
    beside = _beside(lines, concepts, footing)
    weights: list[int] = []
    balances: list[Balance] = []
    for i, (line, concept) in enumerate(zip(lines, concepts, strict=True)):
        if concept is None:
            weight, balance = _own(line, brings[i], i in beside)
        elif i in beside and concept.period is PeriodType.DURATION:
            weight, balance = (-1 if negative(line) else 1), concept.balance
        elif _amount(concept) and negative(line) and not mixed(line):
            weight, balance = -1, concept.balance
        else:
            weight, balance = brings[i] * _counts(concept, i in results), concept.balance
        weights.append(weight)
        balances.append(balance)
    return Read(weights=tuple(weights), balances=tuple(balances))


def directions(lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing) -> list[int]:
    """+1 for every line whose positive figures bring cash in, -1 where they take it out."""
    read = [_by_words(line, concept, lines) for line, concept in zip(lines, concepts, strict=True)]
    out, sure = [way for way, _ in read], [known for _, known in read]
    # From the closing balance up: opening + change = closing, the change of its sections, each section of its lines.
    for proof in sorted(footing.proofs, key=lambda p: -p.total):
        if not _tells(proof, concepts) or _cancels(proof, lines) or _denied(proof, lines, out, sure):
            continue
        for i, w in proof.parts:
            if not sure[i]:
                # "Less: net change of what was sold": the change itself, which the sum takes off.
                off = -1 if net_cash(lines[i].label) and less(lines[i].label) else 1
                out[i], sure[i] = off * w * out[proof.total], True
    told = _parts([proof for proof in footing.proofs if proof.complete]) | {i for i, known in enumerate(sure) if known}
    return [way if i in told or not _was_paid(lines[i], concepts[i]) else -1 for i, way in enumerate(out)]


def _parts(proofs: Sequence[Proof]) -> set[int]:
    """The lines that count in sums."""
    return {i for proof in proofs for i, _ in proof.parts}


def _was_paid(line: LineItem, concept: Concept | None) -> bool:
    """A payment without parentheses that nothing tells of is what was paid."""
    return (concept is None or concept.balance is Balance.CREDIT) and paid(line.label) and not negative(line)


def _tells(proof: Proof, concepts: Sequence[Concept | None]) -> bool:
    columns = sum(tie is not None for tie in proof.ties)
    total = concepts[proof.total]
    named = proof.is_total or (total is not None and totals_flows(total.name))
    held = proof.complete and proof.columns >= min(2, columns)
    return held and (proof.kind is ProofKind.ROLL or (named and proof.chance <= tol.TAGS.chance))


def _cancels(proof: Proof, lines: Sequence[LineItem]) -> bool:
    """Two of its parts have the same figures and opposite signs: they may be anything."""
    parts = [(w, tuple(a.value for a in lines[i].amounts if a is not None)) for i, w in proof.parts]
    return any((-w, figures) in parts for w, figures in parts if any(figures))


def _denied(proof: Proof, lines: Sequence[LineItem], out: Sequence[int], sure: Sequence[bool]) -> bool:
    """Its total goes one way by words alone, and all the parts that are sure go the other: the sum tells nothing."""
    known = [out[i] == w * out[proof.total] for i, w in proof.parts if sure[i] and net_cash(lines[i].label)]
    return bool(known) and not sure[proof.total] and not any(known)


def _by_words(line: LineItem, concept: Concept | None, lines: Sequence[LineItem]) -> tuple[int, bool]:
    """(direction, whether it is sure) by print and words."""
    if line.balance or (concept is not None and concept.period is PeriodType.INSTANT):
        return 1, True
    net = net_cash(line.label)
    if not net and (goes_out(line.path) or is_use(line.label)) and _mostly_positive(line, lines):
        return -1, True
    if net or (concept is not None and starts_flows(concept.name)):
        return _net(line)
    if paid(line.label):
        return 1, negative(line)
    if earned(line.label):
        return 1, False  # "gain on sale of land": no receipt; in parentheses or not, the sum takes it off
    return 1, received(line.label) and not negative(line)


def _net(line: LineItem) -> tuple[int, bool]:
    """Of a total of flows, or a result: "Used (381)" is used; "used 381" too, unless the sums say that it came in."""
    said = sense(line.label)
    if said.way >= 0 or mixed(line):
        return 1, said.way != 0 and not mixed(line)
    return (1, True) if negative(line) and not said.both else (-1, False)


def _mostly_positive(line: LineItem, lines: Sequence[LineItem]) -> bool:
    """Most lines under the same heading print positive figures."""
    section = [negative(other) for other in lines if other.path[-1:] == line.path[-1:] and any(other.amounts)]
    return 2 * sum(section) < len(section)


def _counts(concept: Concept, result: bool) -> int:
    """+1 where a positive value of the element brings cash in, -1 where it takes it out. Cash is a debit."""
    if concept.period is PeriodType.INSTANT or result or starts_flows(concept.name) or raises_debt(concept.name):
        return 1
    return -1 if concept.balance is Balance.CREDIT else 1


def _amount(concept: Concept) -> bool:
    """What is capitalized is an amount, though the indirect method takes it off."""
    return concept.balance is Balance.DEBIT and "Capitalized" in concept.name


def _results(concepts: Sequence[Concept | None], footing: Footing) -> set[int]:
    """Lines that add up to the net income that the statement starts from."""
    return {
        i
        for proof in footing.proofs
        if proof.complete
        and (total := concepts[proof.total]) is not None
        and total.name in ("NetIncomeLoss", "ProfitLoss")
        for i, _ in proof.parts
    }


def _beside(lines: Sequence[LineItem], concepts: Sequence[Concept | None], footing: Footing) -> set[int]:
    """Lines that are no part of the flows: below the closing balance, or under a heading that says so; but the indirect
    method told there is, and so is a section with its total."""
    reached = _parts(footing.proofs)
    totals = {i for i, c in enumerate(concepts) if c is not None and totals_flows(c.name) and not starts_flows(c.name)}
    section = totals | _parts([proof for proof in footing.proofs if proof.total in totals])
    end = next((i for i, line in enumerate(lines) if line.balance is Moment.END), len(lines))
    flows = next((i for i in range(end, len(lines)) if _opens(lines[i], concepts[i])), len(lines))
    return {
        i
        for i, line in enumerate(lines)
        if (end < i < flows and i not in section)
        or supplemental(" ".join(line.path[-1:] if i >= flows else line.path))
        or (i not in reached and supplemental(line.label))
    }


def _opens(line: LineItem, concept: Concept | None) -> bool:
    """The indirect method may begin with the line: a result, or what stands under a heading that says so."""
    told = any(reconciles(heading) for heading in line.path)
    return told or (concept is not None and starts_flows(concept.name))


def _own(line: LineItem, brings: int, beside: bool) -> tuple[int, Balance]:
    """(weight, balance) of the filer's own element: a payment is what was paid; all else is as it is printed."""
    if line.balance or opens(line.label):
        return 1, Balance.DEBIT if line.balance else Balance.NONE
    if net_cash(line.label):
        return brings, Balance.DEBIT
    if beside:
        return (-1 if paid(line.label) and negative(line) else 1), Balance.NONE
    once = one_way(line.label) and not mixed(line)
    if brings > 0 and negative(line) and (paid(line.label) or earned(line.label) or once):
        return -1, Balance.CREDIT
    weight = called(line.label)
    return weight, Balance.DEBIT if weight == brings else Balance.CREDIT
