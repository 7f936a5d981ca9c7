"""Totals that add up nowhere -> what would make them add up: at most three candidates, the likeliest first.

Four things break a sum in every column at once, and each leaves its mark in the gaps of the columns: a row that is
missing (the gaps are its figures), two cells of a row exchanged (two gaps are opposite), a row that stands twice, and a
digit where there is one column only. A candidate is tried on the statement: what it leaves loose tells how good it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from ..footing import foot
from ..footing.edits import edit
from ..footing.lines import slack
from ..footing.wording import called_total, taken_off
from ..model import Amount, Footing, Kind, LineItem, LineRole, Statement, Unit
from ..records import dataclass, replace
from . import tolerances as tol
from .loose import Loose, loose, money


class CauseKind(StrEnum):
    """What breaks a sum: a row that stands twice, two cells exchanged, a digit, a row that is missing."""

    TWICE = "twice"
    EXCHANGED = "exchanged"
    DIGIT = "digit"
    MISSING = "missing"


#: How likely a cause is before its arithmetic is: a row is seldom missing where something smaller explains the gap.
_PRIOR = {CauseKind.TWICE: 0, CauseKind.EXCHANGED: 1, CauseKind.DIGIT: 2, CauseKind.MISSING: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """line: the row in question; of a missing one, the total below
    it.

    values: the row as it ought to be, one figure a column (None: nothing printed). after: the line that a missing row
    stands below, at the earliest. columns: the cells that change.
    """

    kind: CauseKind
    line: int
    values: tuple[Decimal | None, ...] = ()
    columns: tuple[int, ...] = ()
    after: int = -1

    @property
    def size(self) -> Decimal:
        return sum((abs(v) for v in self.values if v is not None), Decimal(0))


def causes(statement: Statement, footing: Footing) -> tuple[Cause, ...]:
    """The candidates that leave least of the statement loose; none where nothing is, or nothing helps."""
    now = loose(statement, footing)
    if not now:
        return ()
    tried: dict[Cause, int] = {}

    def attempt(some: Iterable[Cause]) -> None:
        for cause in some:
            if cause not in tried and len(tried) < tol.TIES.all:
                tried[cause] = _left(statement, cause)

    attempt(Cause(kind=CauseKind.TWICE, line=line) for _, line in repeated(statement, footing))
    for total in _suspects(statement, footing, now):
        some = sorted(_candidates(statement, footing, total), key=_likelihood)
        attempt(c for c in some[: tol.TIES.tried] if c.kind is not CauseKind.MISSING)
        attempt(_smallest(some))
    if not any(c.kind is not CauseKind.MISSING and not left for c, left in tried.items()):
        attempt(itertools.islice(_all_exchanges(statement, now), tol.TIES.blind))
    best = min(tried.values(), default=now.size)
    if best >= now.size:
        return ()
    return tuple(sorted((c for c, left in tried.items() if left == best), key=_likelihood)[: tol.TIES.told])


def _likelihood(cause: Cause) -> tuple[int, bool, Decimal, int]:
    """The likelier the less: a row has figures of one sign, and is the smaller the fewer lines it has to stand for."""
    signs = {v > 0 for v in cause.values if v}
    return _PRIOR[cause.kind], cause.kind is CauseKind.MISSING and len(signs) > 1, cause.size, cause.line


def repeated(statement: Statement, footing: Footing) -> Iterator[tuple[int, int]]:
    """Two lines of figures, one below the other, with the same words and figures, unless a sum takes both."""
    rows = [i for i, line in enumerate(statement.lines) if any(a is not None and a.value for a in line.amounts)]
    for above, i in itertools.pairwise(rows):
        one, two = statement.lines[above], statement.lines[i]
        # Of a label over two rows the second is what stands beside the figures.
        same = one.label.casefold().endswith(two.label.casefold()) and bool(one.label) == bool(two.label)
        if not same or _figures(one) != _figures(two):
            continue
        if not any({above, i} <= {part for part, _ in p.parts} for p in footing.proofs if p.complete):
            yield above, i


def _figures(line: LineItem) -> tuple[Decimal | None, ...]:
    return tuple(a.value if a is not None else None for a in line.amounts)


def _suspects(statement: Statement, footing: Footing, now: Loose) -> list[int]:
    """The totals that may be the first to fail: those below the first loose figure."""
    first = min((*now.orphans, *now.bottom))
    failing = [p.total for p in footing.proofs if not p.complete and p.total >= first]
    found = sorted({*(t for t in now.totals if t >= first), *now.bottom, *failing})
    return found[: tol.TIES.totals] or [max(now.orphans)]


def _candidates(statement: Statement, footing: Footing, total: int) -> Iterator[Cause]:
    stack = _stack(statement, footing, total)
    goal = statement.lines[total]
    shown = [c for c, a in enumerate(goal.amounts) if a is not None and a.unit is Unit.USD]
    begins = _begins(statement, footing, stack)
    for start, weights, gaps in _gaps(statement, stack, goal, shown):
        run = [*zip(stack[start:], weights, strict=True), (total, -1)]
        rounding = _slack(goal, len(weights))
        off = [c for c in shown if abs(gaps[c]) > rounding]
        if len(off) == 2 and abs(gaps[off[0]] + gaps[off[1]]) <= 2 * rounding:
            yield from _exchanged(statement, run, off, gaps[off[0]], rounding)
        if len(off) == 1:
            yield from _slipped(statement, run, off[0], gaps[off[0]])
        if off and start in begins:
            values = tuple(-gaps[c] if c in off else None for c in range(len(goal.amounts)))
            yield Cause(kind=CauseKind.MISSING, line=total, values=values, after=stack[start])


def _slack(goal: LineItem, parts: int) -> Decimal:
    """What rounding explains."""
    places = [a.decimals for a in goal.amounts if a is not None and a.decimals is not None]
    return slack(parts) * Decimal(10) ** -max(places, default=0)


def _stack(statement: Statement, footing: Footing, total: int) -> list[int]:
    """The lines above a total that no sum above it has taken; of a balance sheet, those of its side."""
    taken = {i for p in footing.proofs if p.complete and p.total < total for i, _ in p.parts}
    stack = [i for i in money(statement) if i < total and i not in taken]
    sides = [i for i in stack if statement.lines[i].role is LineRole.TOTAL_ASSETS]
    if statement.kind is Kind.BALANCE_SHEET and sides:
        stack = [i for i in stack if i > sides[-1]]
    return stack[-tol.TIES.reach :]


def _begins(statement: Statement, footing: Footing, stack: Sequence[int]) -> set[int]:
    """Where a sum may well begin: at or after a total, under a heading, at the top, or a few lines above the total."""
    proven = {p.total for p in footing.proofs}
    out = {0, *range(max(0, len(stack) - tol.TIES.near), len(stack))}
    for n, i in enumerate(stack):
        before = statement.lines[stack[n - 1]] if n else None
        if (
            before is None
            or before.path != statement.lines[i].path
            or i in proven
            or stack[n - 1] in proven
            or called_total(before.label)
            or before.balance
        ):
            out.add(n)
    return out


def _gaps(
    statement: Statement, stack: Sequence[int], goal: LineItem, shown: Sequence[int]
) -> Iterator[tuple[int, list[int], dict[int, Decimal]]]:
    """(start, weights, sum less total per column) of every run: all added; of an income statement also as worded."""
    rows = [statement.lines[i].amounts for i in stack]
    worded = [-1 if taken_off(statement.lines[i].label) and _positive(rows[n]) else 1 for n, i in enumerate(stack)]
    income = statement.kind is Kind.INCOME_STATEMENT
    for start in range(len(stack) - 1, -1, -1):
        size = len(stack) - start
        patterns = [[1] * size]
        if income:
            # Its first line may be what is missing: then all that is left is subtracted.
            patterns += [[1, *worded[start + 1 :]], [1] + [-1] * (size - 1), [-1] * size]
        for weights in (p for n, p in enumerate(patterns) if p not in patterns[:n]):
            gaps = {
                c: sum(
                    (w * _value(row[c]) for w, row in zip(weights, rows[start:], strict=True)), -_value(goal.amounts[c])
                )
                for c in shown
            }
            yield start, weights, gaps


def _value(amount: Amount | None) -> Decimal:
    return amount.value if amount is not None and amount.unit is Unit.USD else Decimal(0)


def _positive(amounts: Sequence[Amount | None]) -> bool:
    return any(a is not None and a.value > 0 for a in amounts)


def _exchanged(
    statement: Statement, run: Sequence[tuple[int, int]], off: Sequence[int], gap: Decimal, rounding: Decimal
) -> Iterator[Cause]:
    a, b = off
    for i, weight in run:
        amounts = statement.lines[i].amounts
        left, right = amounts[a], amounts[b]
        if left is not None and right is not None and abs(weight * (left.value - right.value) - gap) <= rounding:
            yield _exchange(statement, i, a, b)


def _exchange(statement: Statement, line: int, a: int, b: int) -> Cause:
    values = list(_figures(statement.lines[line]))
    values[a], values[b] = values[b], values[a]
    return Cause(kind=CauseKind.EXCHANGED, line=line, values=tuple(values), columns=(a, b))


def _all_exchanges(statement: Statement, now: Loose) -> Iterator[Cause]:
    """Every two cells of every loose row."""
    for i in sorted({*now.orphans, *now.totals, *now.bottom}):
        amounts = statement.lines[i].amounts
        filled = [c for c, a in enumerate(amounts) if a is not None and a.unit is Unit.USD]
        for a, b in itertools.combinations(filled, 2):
            if _value(amounts[a]) != _value(amounts[b]):
                yield _exchange(statement, i, a, b)


def _slipped(statement: Statement, run: Sequence[tuple[int, int]], column: int, gap: Decimal) -> Iterator[Cause]:
    for i, weight in run:
        amount = statement.lines[i].amounts[column]
        if amount is None:
            continue
        step, true = Decimal(10) ** -(amount.decimals or 0), amount.value - weight * gap
        if true % step == 0 and edit(int(amount.value / step), int(true / step)):
            values = list(_figures(statement.lines[i]))
            values[column] = true
            yield Cause(kind=CauseKind.DIGIT, line=i, values=tuple(values), columns=(column,))


def _smallest(some: Sequence[Cause]) -> list[Cause]:
    """Of missing rows, for each line where the sum may begin, the two with the smallest figures."""
    best: dict[int, list[Cause]] = {}
    for cause in some:
        if cause.kind is CauseKind.MISSING and len(best.setdefault(cause.after, [])) < 2:
            best[cause.after].append(cause)
    return [c for _, two in sorted(best.items(), reverse=True) for c in two][: tol.TIES.tried]


def _left(statement: Statement, cause: Cause) -> int:
    """How much is loose once the cause is mended."""
    made = mended(statement, cause)
    (footing,), _ = foot((made,))
    return loose(made, footing).size


def mended(statement: Statement, cause: Cause) -> Statement:
    """The statement as it would be without the error."""
    lines = list(statement.lines)
    if cause.kind is CauseKind.TWICE:
        del lines[cause.line]
    elif cause.kind is CauseKind.MISSING:
        total = lines[cause.line]
        like = next(a for a in total.amounts if a is not None)
        amounts = tuple(
            a if v is None else replace(a or like, value=v) for v, a in zip(cause.values, _empty(total), strict=True)
        )
        path = statement.lines[cause.line - 1].path
        lines.insert(cause.line, LineItem(label="(a row that is missing)", path=path, amounts=amounts, at=total.at))
    else:
        amounts = tuple(
            a and replace(a, value=v or Decimal(0))
            for v, a in zip(cause.values, lines[cause.line].amounts, strict=True)
        )
        lines[cause.line] = replace(lines[cause.line], amounts=amounts)
    return replace(statement, lines=tuple(lines))


def _empty(line: LineItem) -> tuple[Amount | None, ...]:
    return (None,) * len(line.amounts)
