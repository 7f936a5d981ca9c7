"""How much a sum says: how many columns and figures bear it out, how likely chance is, and whether its total is one."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from ..model import Moment, ProofKind
from . import tolerances
from .lines import Line, Parts, slack
from .wording import worded_total


def belief(total: Line, parts: Parts, columns: Sequence[int], tried: int) -> float:
    """Digits that agree, less the digits that chance gives: the runs tried, and the choices of lines to turn."""
    digits = sum(math.log10(abs(v)) for v in {abs(total.values[c]) for c in columns if total.values[c]})
    size = len(parts)
    return digits - math.log10(3 * tried) - sum(math.log10(max(1, size - i)) for i in range(turns(parts)))


def turns(parts: Parts) -> int:
    """The lines whose sign differs from the nearest of: all added, costs subtracted as worded, the first less the
    others.
    """
    size = len(parts)
    bases = [1] * size, [line.sign if i else 1 for i, (line, _) in enumerate(parts)], [1] + [-1] * (size - 1)
    return min(sum(w != v for (_, w), v in zip(parts, base, strict=True)) for base in bases)


def strength_of(total: Line, parts: Parts) -> tuple[int, int, float]:
    """(columns that tie and tell, figures in them, chance) of a sum: chance is how many such sums would tie by
    accident.
    """
    ties, rounded = [], 0
    for c, shown in enumerate(total.shown):
        gap = abs(total.values[c] - sum(w * line.values[c] for line, w in parts))
        if shown and total.values[c] and gap <= slack(len(parts)):
            ties.append(c)
            rounded += gap > 0
    columns = len({abs(total.values[c]) for c in ties})
    figures = sum(line.values[c] != 0 for c in ties for line, _ in parts)
    sure = belief(total, parts, ties, 2 * len(parts)) - tolerances.TOLERANCES.rounded * rounded
    return columns, figures, float(f"{min(1.0, 10 ** -max(-9.0, min(300.0, sure))):.2g}")


def is_total(total: Line, parts: Parts) -> bool:
    """Its words say so, or its place: it has no label, a rule stands above it, or its parts are set in below a
    heading."""
    if not total.label or total.rule or total.named or worded_total(total.label):
        return True
    return len(parts) > 1 and all(len(p.path) > len(total.path) or p.indent > total.indent for p, _ in parts)


def kind_of(total: Line, parts: Parts, settled: Collection[int]) -> ProofKind:
    """What the sum is. settled: numbers of the lines that are totals already."""
    if total.balance is Moment.END and any(line.balance is Moment.START for line, _ in parts):
        return ProofKind.ROLL
    if not is_total(total, parts):
        columns, _, chance = strength_of(total, parts)
        if chance > tolerances.TOLERANCES.by_chance or turns(parts) or columns < min(2, sum(total.shown)):
            return ProofKind.COINCIDENCE
    return ProofKind.CHAIN if parts[0][0].index in settled else ProofKind.SUM
