"""Which of the lines before a total make it, with which signs: the search, on integers.

A hypothesis is a run of lines at the end of the stack with a pattern of signs, believed when it ties in every column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Kind
from . import tolerances
from .lines import Line, Parts, pack, slack
from .runs import first_is_sum, gaps_of, likely_total, run_of, signs_of, with_zeros
from .strength import belief


def explain(total: Line, stack: Sequence[Line], kind: Kind) -> Parts | None:
    """The lines at the end of the stack that make the total in every column; exact sums before rounded ones."""
    likely = likely_total(total, kind)
    found = _exact(total, stack, kind, likely) or (_rounded(total, stack, kind) if likely else None)
    return with_zeros(found, stack) if found else None


def _exact(total: Line, stack: Sequence[Line], kind: Kind, likely: bool) -> Parts | None:
    """The run that makes the total to the last unit: as worded before signs turned, shorter before longer."""
    columns = total.columns
    target = {total.values[c] for c in columns if total.values[c]}
    informative = len(target) >= 2 or max(map(abs, target), default=0) >= tolerances.TOLERANCES.telling
    if not likely and not informative:
        return None
    goal, packed = _packed(total, stack, columns)
    signs = [line.sign for line in stack]
    gaps: list[_Gap] = []
    for run in _packed_gaps(goal, packed, signs, kind, least=1 if likely else 2):
        if not run.gap and (run.base < 2 or not first_is_sum(likely, signs[run.start :])):
            return run_of(stack, signs_of(run.base, signs, run.start), run.start)
        gaps.append(run)
    if not informative:
        return None
    turned = _turned_once(stack, gaps, packed, likely)
    return turned or (_turned_more(total, stack, columns, gaps, packed) if likely else None)


def _packed(total: Line, stack: Sequence[Line], columns: Sequence[int]) -> tuple[int, list[int]]:
    """Each line as one integer, a column to so many digits: sums of lines are sums of integers."""
    if len(columns) == len(total.values):
        return total.packed, [line.packed for line in stack]
    return pack(total.values, columns, total.wide), [pack(line.values, columns, line.wide) for line in stack]


class _Gap(NamedTuple):
    """What a run from `start` to the end of the stack misses the total by, with the signs of `base`."""

    start: int
    base: int
    gap: int


def _packed_gaps(goal: int, packed: Sequence[int], signs: Sequence[int], kind: Kind, *, least: int) -> Iterator[_Gap]:
    """The runs of two lines and more with at least so many that are not zero, shorter before longer."""
    plus = worded = counted = 0
    for start in range(len(packed) - 1, -1, -1):
        first = packed[start]
        counted += first != 0
        if start < len(packed) - 1 and counted >= least:
            yield _Gap(start, 0, first + plus - goal)
            yield _Gap(start, 1, first + worded - goal)
            if kind is not Kind.BALANCE_SHEET:
                yield _Gap(start, 2, first - plus - goal)
        plus += first
        worded += signs[start] * first


def _turned_once(stack: Sequence[Line], gaps: Sequence[_Gap], packed: Sequence[int], likely: bool) -> Parts | None:
    """The shortest run that makes the total with the sign of one line turned."""
    signs = [line.sign for line in stack]
    #: Twice each line of the run after its first, by the sign it has in a base: turning it changes the sum by that.
    twice: tuple[dict[int, int], ...] = ({}, {}, {})
    known = len(stack)
    for start, base, gap in gaps:
        while known > start + 1:
            known -= 1
            for other, sign in enumerate((1, signs[known], -1)):
                twice[other][2 * sign * packed[known]] = known
        turned = start if gap == 2 * packed[start] else twice[base].get(gap)
        if turned is not None and not first_is_sum(likely, signs[start:]):
            weights = signs_of(base, signs, start)
            weights[turned - start] *= -1
            return run_of(stack, weights, start)
    return None


def _turned_more(
    total: Line,
    stack: Sequence[Line],
    columns: Sequence[int],
    gaps: Sequence[_Gap],
    packed: Sequence[int],
) -> Parts | None:
    """Runs with two signs turned, then three, that are believed."""
    signs = [line.sign for line in stack]
    for turns, longest in ((2, tolerances.TOLERANCES.two_turned), (3, tolerances.TOLERANCES.three_turned)):
        for start, base, gap in gaps:
            if len(stack) - start > longest:
                break
            weights = signs_of(base, signs, start)
            turned = _turned([2 * w * v for w, v in zip(weights, packed[start:], strict=True)], gap, turns)
            if turned:
                parts = run_of(stack, [-w if i in turned else w for i, w in enumerate(weights)], start)
                if belief(total, parts, columns, len(parts)) >= tolerances.TOLERANCES.belief_turned:
                    return parts
    return None


def _turned(doubled: Sequence[int], gap: int, turns: int) -> set[int]:
    """Turning the sign of a line changes the sum by twice its value: two lines or three that close the gap, or none."""
    where: dict[int, int] = {}
    for i, value in enumerate(doubled):
        where.setdefault(value, i)
    for i, value in enumerate(doubled):
        if not value:
            continue
        if turns == 2:
            j = where.get(gap - value, -1)
            if j > i and doubled[j]:
                return {i, j}
            continue
        for j in range(i + 1, len(doubled)):
            k = where.get(gap - value - doubled[j], -1)
            if k > j and doubled[k]:
                return {i, j, k}
    return set()


def _rounded(total: Line, stack: Sequence[Line], kind: Kind) -> Parts | None:
    """The shortest run that makes the total within what rounding explains."""
    columns = total.columns
    for start, base, gap in gaps_of(total, stack, kind, columns):
        if max(map(abs, gap)) <= slack(len(stack) - start) and any(any(line.values) for line in stack[start:]):
            signs = [line.sign for line in stack]
            return run_of(stack, signs_of(base, signs, start), start)
    return None
