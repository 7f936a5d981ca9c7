"""Statement -> the sums it proves: which lines make which total, with what sign, on the printed values.

Lines are taken in order on a stack. A line that equals a signed sum of the last lines of the stack, in every column at
once, is their total: it takes their place.  So subtotals nest, a running chain (revenue to net income) proves itself,
and no list of known statements is needed.  All arithmetic is on integers, in units of the last place shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from ..findings import Finding, Outcome, Severity
from ..model import Amount, Footing, Kind, LineItem, Proof, ProofKind, Statement, Unit
from ..polarity import paid
from . import tolerances
from .headed import above
from .lines import Line, Parts, pack, slack, wide_enough, word_sign
from .near import explain_but_one
from .runs import likely_total
from .search import explain
from .strength import is_total, kind_of, strength_of, turns
from .wording import called_total


def foot(statements: Sequence[Statement]) -> Outcome[tuple[Footing, ...]]:
    """The proofs of each statement, in the same order.

    Args:
        statements: what `parse_statements` gave.

    Findings: `foot.difference` (warning) where a line is called a total and its sum ties in one column but not in
    another; `foot.sign` (warning) where the only payment of a cash flow statement without parentheses is subtracted all
    the same; `foot.rounding` where a sum misses by a unit or two (a note where the statement rounds elsewhere too).
    """
    out: list[Footing] = []
    findings: list[Finding] = []
    for statement in statements:
        proofs: list[Proof] = []
        for unit in (Unit.USD, Unit.PER_SHARE):
            lines, step = _integers(statement, unit)
            proofs += [_proof(step, *f) for f in _proofs(lines, statement.kind, whole=unit is Unit.USD)]
        proofs.sort(key=lambda p: p.total)
        chances = tuple(p for p in proofs if p.kind is ProofKind.COINCIDENCE)
        proofs = [p for p in proofs if p.kind is not ProofKind.COINCIDENCE]
        findings += _differences(statement, proofs)
        findings += _odd_sign(statement, proofs)
        findings += _roundings(statement, proofs)
        out.append(Footing(proofs=tuple(proofs), coincidences=chances))
    return Outcome(tuple(out), tuple(findings))


def _integers(statement: Statement, unit: Unit) -> tuple[list[Line], Decimal]:
    """The lines that count `unit`, as integers in units of the smallest place shown, and that unit."""
    chosen = [
        (i, line)
        for i, line in enumerate(statement.lines)
        if any(a is not None and a.unit is unit for a in line.amounts)
    ]
    step = _step([a for _, line in chosen for a in line.amounts if a is not None])
    rows = [(i, line, _words(line), _whole(line.amounts, step)) for i, line in chosen]
    wide = wide_enough(max((abs(v) for *_, values in rows for v in values), default=0))
    # Where every row has a rule above it, a rule tells nothing.
    ruled = 2 * sum(line.rule for _, line in chosen) <= len(chosen)
    lines = [
        Line(
            index=i,
            values=values,
            shown=tuple(a is not None for a in line.amounts),
            label=label,
            rule=line.rule and ruled,
            path=line.path,
            indent=line.indent,
            sign=word_sign(label, values),
            named=called_total(label),
            packed=pack(values, range(len(values)), wide),
            wide=wide,
            balance=line.balance,
        )
        for i, line, label, values in rows
    ]
    return lines, step


def _step(amounts: Sequence[Amount]) -> Decimal:
    """The smallest place shown, by figures that are not zero."""
    return Decimal(10) ** -max((a.decimals for a in amounts if a.decimals is not None and a.value), default=0)


def _whole(amounts: Sequence[Amount | None], step: Decimal) -> tuple[int, ...]:
    return tuple(0 if amount is None else int(amount.value / step) for amount in amounts)


def _words(line: LineItem) -> str:
    """The label; one word alone ends a label that was broken over two rows."""
    return " ".join((*line.path[-1:], line.label)) if line.label.isalpha() and line.label.islower() else line.label


def _proofs(lines: Sequence[Line], kind: Kind, *, whole: bool) -> Iterator[tuple[Line, Parts, ProofKind]]:
    """Every (total, signed parts, kind) in the order they are found.

    whole: figures of money, whose sums are exact. Figures per share are rounded quotients: a gap there tells nothing.
    """
    stack: list[Line] = []
    settled: set[int] = set()
    # What ties though its total is none: its parts stay where they are, until a later total bears it out.
    chances: list[tuple[Line, Parts]] = []
    balance = _balance(lines) if kind is Kind.BALANCE_SHEET else None
    for line in lines:
        yield from _told(_collapse(stack, _ended(stack, line)), settled)
        if (carried := _carried(line, stack, kind, settled)) is not None:
            del stack[carried]
        elif len(stack) >= 2 and any(line.values):
            for total, parts, what in _reduce(line, stack, kind, whole, settled, chances):
                settled.add(total.index)
                yield total, parts, what
        stack.append(line)
        if line.index == balance:
            yield from _told(_collapse(stack, _ended(stack, None)), settled)
            stack.clear()
    yield from _told(_collapse(stack, _ended(stack, None)), settled)
    yield from ((total, parts, ProofKind.COINCIDENCE) for total, parts in chances)


def _carried(line: Line, stack: Sequence[Line], kind: Kind, settled: Collection[int]) -> int | None:
    """Where the total stands whose figures a line of an income statement carries on: the result of an account above."""
    telling = len(line.columns) > 1 and max(map(abs, line.values)) >= tolerances.TOLERANCES.carried
    if kind is not Kind.INCOME_STATEMENT or not telling:
        return None
    at = next((i for i, t in enumerate(stack[:-1]) if t.index in settled and t.values == line.values), None)
    # What is told of it anew, part for part, is a sum of its own.
    return at if at is None or explain(line, stack[at + 1 :], kind) is None else None


def _told(sums: Iterable[tuple[Line, Parts]], settled: Collection[int]) -> Iterator[tuple[Line, Parts, ProofKind]]:
    return ((total, parts, kind_of(total, parts, settled)) for total, parts in sums)


def _reduce(
    line: Line, stack: list[Line], kind: Kind, whole: bool, settled: Collection[int], chances: list[tuple[Line, Parts]]
) -> Iterator[tuple[Line, Parts, ProofKind]]:
    """The proof of a line that is a total; its parts leave the stack."""
    near = stack[-tolerances.TOLERANCES.reach :]
    parts = explain(line, near, kind)
    if chances and (parts is None or turns(parts)) and (folded := _folded(near, chances)) != near:
        better = explain(line, folded, kind)
        if better is not None and (parts is None or turns(better) < turns(parts)):
            # A later total bears out what might have been chance.
            yield from ((t, p, ProofKind.SUM) for t, p in chances)
            chances.clear()
            stack[len(stack) - len(near) :] = near = folded
            parts = better
    if parts is None and likely_total(line, kind) and (groups := list(above(near))):
        # Totals that stand above their parts would count twice.
        folded = list(near)
        first = list(_collapse(folded, groups))
        parts = explain(line, folded, kind)
        if parts:
            yield from _told(first, settled)
            stack[len(stack) - len(near) :] = folded
    if parts is None:
        parts = explain_but_one(line, near, kind, settled, whole=whole)
    if parts and (what := kind_of(line, parts, settled)) is ProofKind.COINCIDENCE:
        chances.append((line, parts))
    elif parts:
        yield line, parts, what
        del stack[len(stack) - len(parts) :]
        yield from _borne_out({part.index for part, _ in parts}, stack, chances)
    elif line.named and stack[-1].values == line.values:
        stack.pop()  # the total of a section of one line


def _borne_out(
    counted: set[int], stack: list[Line], chances: list[tuple[Line, Parts]]
) -> Iterator[tuple[Line, Parts, ProofKind]]:
    """Sums whose total counts in a later one where their parts do not: no chance, and their parts leave the stack."""
    for total, parts in [one for one in chances if one[0].index in counted]:
        made_of = {part.index for part, _ in parts}
        if not made_of & counted:
            chances.remove((total, parts))
            stack[:] = [line for line in stack if line.index not in made_of]
            yield total, parts, ProofKind.SUM


def _folded(stack: Sequence[Line], chances: Sequence[tuple[Line, Parts]]) -> list[Line]:
    """The stack without the parts of the sums that may be chance, where their totals still stand on it."""
    here = {line.index for line in stack}
    gone = {part.index for total, parts in chances if total.index in here for part, _ in parts}
    return [line for line in stack if line.index not in gone]


def _collapse(stack: list[Line], groups: Sequence[tuple[int, int]]) -> Iterator[tuple[Line, Parts]]:
    for total, end in reversed(groups):
        yield stack[total], [(part, 1) for part in stack[total + 1 : end]]
        del stack[total + 1 : end]


def _ended(stack: Sequence[Line], line: Line | None) -> list[tuple[int, int]]:
    """The total above the last lines, which are set in below it, once a line comes that is not."""
    for total, end in above(stack[-tolerances.TOLERANCES.reach :], last=True):
        shift = max(0, len(stack) - tolerances.TOLERANCES.reach)
        if _deeper(stack, total + shift, end + shift) and (line is None or line.indent <= stack[total + shift].indent):
            return [(total + shift, end + shift)]
    return []


def _deeper(stack: Sequence[Line], total: int, end: int) -> bool:
    """The parts are set in, or stand under the total as their heading."""
    return all(
        part.indent > stack[total].indent or len(part.path) > len(stack[total].path) for part in stack[total + 1 : end]
    )


def _balance(lines: Sequence[Line]) -> int | None:
    """The line of total assets: the largest figures that stand twice. What comes after it is the other side.

    A wrong digit may spoil one column of one of the two, so equal figures in one column are enough.
    """
    best: tuple[int, int] | None = None
    for column in range(len(lines[0].values) if lines else 0):
        where: dict[int, int] = {}
        for line in lines:
            value = line.values[column]
            if value in where and value and (best is None or abs(value) > best[0]):
                best = abs(value), where[value]
            where.setdefault(value, line.index)
    return best[1] if best else None


def _proof(step: Decimal, total: Line, parts: Parts, kind: ProofKind) -> Proof:
    ties: list[bool | None] = []
    differences: list[Decimal | None] = []
    for c, shown in enumerate(total.shown):
        if not shown and not any(p.shown[c] for p, _ in parts):
            ties.append(None)
            differences.append(None)
            continue
        gap = total.values[c] - sum(w * p.values[c] for p, w in parts)
        ties.append(abs(gap) <= slack(len(parts)))
        differences.append(gap * step)
    columns, figures, chance = strength_of(total, parts)
    return Proof(
        total=total.index,
        parts=tuple((p.index, w) for p, w in parts),
        ties=tuple(ties),
        differences=tuple(differences),
        kind=kind,
        is_total=is_total(total, parts),
        columns=columns,
        figures=figures,
        chance=chance,
    )


# --- findings ------------------------------------------------------------------------------------------------------


def _differences(statement: Statement, proofs: Sequence[Proof]) -> Iterator[Finding]:
    """A sum that ties in one column and misses in another."""
    for proof in proofs:
        line = statement.lines[proof.total]
        for column, (ties, difference) in enumerate(zip(proof.ties, proof.differences, strict=True)):
            amount = line.amounts[column]
            if ties is not False or difference is None or amount is None or not _filled(statement, proof, column):
                continue
            value = amount.value
            yield Finding(
                code="foot.difference",
                severity=Severity.WARNING,
                at=amount.at,
                message=(
                    f"{line.label or 'a total'!r} of {statement.columns[column].period} is {value:,} but its "
                    "parts add up "
                    f"to {value - difference:,}: a difference of {difference:,}"
                ),
                hint="the same lines add up in another column; look for a wrong digit or sign in this one",
            )


def _odd_sign(statement: Statement, proofs: Sequence[Proof]) -> Iterator[Finding]:
    """Payments stand in parentheses; one that does not, and is subtracted all the same, has lost them."""
    if statement.kind is not Kind.CASH_FLOW:
        return
    payments = list(_payments(statement, proofs))
    plain = [line for line, weight, values in payments if weight < 0 and min(values) > 0]
    signed = sum(weight > 0 and max(values) < 0 for _, weight, values in payments)
    if len(plain) == 1 and signed >= 2:
        line = plain[0]
        amount = next(a for a in line.amounts if a is not None and a.value)
        yield Finding(
            code="foot.sign",
            severity=Severity.WARNING,
            at=amount.at,
            message=f"{line.label!r} is {amount.value:,} without parentheses, but its sum subtracts it, as it "
            "does the other payments",
            hint="look for lost parentheses or a lost minus",
        )


def _payments(statement: Statement, proofs: Sequence[Proof]) -> Iterator[tuple[LineItem, int, list[Decimal]]]:
    """The payments among the parts of sums that hold: (line, weight, figures that are not zero)."""
    for index, weight in (part for proof in proofs if proof.complete for part in proof.parts):
        line = statement.lines[index]
        values = [a.value for a in line.amounts if a is not None and a.value]
        if values and paid(line.label):
            yield line, weight, values


def _filled(statement: Statement, proof: Proof, column: int) -> bool:
    """Some part prints a figure in this column: else it was not read, or the page leaves the detail out."""
    amounts = [statement.lines[i].amounts[column] for i, _ in proof.parts]
    return any(a is not None and a.value for a in amounts)


def _roundings(statement: Statement, proofs: Sequence[Proof]) -> Iterator[Finding]:
    """One or two units: a note where the statement rounds elsewhere too, or per share; else a warning."""
    off = [(p, c, d) for p in proofs for c, d in enumerate(p.differences) if d and p.ties[c]]
    for proof, column, difference in off:
        line = statement.lines[proof.total]
        amount = line.amounts[column]
        often = len(off) > 1 or (amount is not None and amount.unit is Unit.PER_SHARE)
        yield Finding(
            code="foot.rounding",
            severity=Severity.NOTE if often else Severity.WARNING,
            at=amount.at if amount else line.at,
            message=(
                f"{line.label or 'a total'!r} of {statement.columns[column].period} differs from the sum of its parts "
                f"by {difference:,}"
            ),
            hint="rounding explains it"
            if often
            else "the rest of the statement adds up exactly: compare with the original",
        )
