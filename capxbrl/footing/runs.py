"""Runs of lines that end the stack, with a pattern of signs: what a sum is looked for among."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Kind
from .lines import Line, Parts
from .wording import likely_total as worded_likely


def likely_total(line: Line, kind: Kind) -> bool:
    """Its words, a missing label or a rule above it say that it may be a total."""
    return worded_likely(line.label, kind) or not line.label or (line.rule and kind is not Kind.BALANCE_SHEET)


def first_is_sum(likely: bool, worded: Sequence[int]) -> bool:
    """ "Sales, products, services": without words for a total or a cost the first is the sum, not the last."""
    return not likely and worded == [1, 1]


def run_of(stack: Sequence[Line], weights: Sequence[int], start: int) -> Parts:
    """The lines from `start` on with their signs."""
    return list(zip(stack[start:], weights, strict=True))


class Gap(NamedTuple):
    """What a run misses the total by, column by column: of the lines from `start` on, with the signs of `base`."""

    start: int
    base: int
    off: list[int]


def gaps_of(total: Line, stack: Sequence[Line], kind: Kind, columns: Sequence[int]) -> Iterator[Gap]:
    """Every run of two lines and more, shorter before longer."""
    narrow = [[line.values[c] for c in columns] for line in stack]
    target = [total.values[c] for c in columns]
    signs = [line.sign for line in stack]
    plus, worded = [0] * len(columns), [0] * len(columns)
    for start in range(len(stack) - 1, -1, -1):
        first = narrow[start]
        if start < len(stack) - 1:
            yield Gap(start, 0, [f + p - t for f, p, t in zip(first, plus, target, strict=True)])
            yield Gap(start, 1, [f + w - t for f, w, t in zip(first, worded, target, strict=True)])
            if kind is not Kind.BALANCE_SHEET:
                yield Gap(start, 2, [f - p - t for f, p, t in zip(first, plus, target, strict=True)])
        plus = [p + f for p, f in zip(plus, first, strict=True)]
        worded = [w + signs[start] * f for w, f in zip(worded, first, strict=True)]


def signs_of(base: int, worded: Sequence[int], start: int) -> list[int]:
    """Of the lines from `start` on: all added; costs subtracted by their words; the first less all others."""
    size = len(worded) - start
    if base == 0:
        return [1] * size
    if base == 1:
        return [1, *worded[start + 1 :]]
    return [1] + [-1] * (size - 1)


def with_zeros(parts: Parts, stack: Sequence[Line]) -> Parts:
    """Lines of the same section that are zero in every column belong to the sum they stand before."""
    at = len(stack) - len(parts) - 1
    while at >= 0 and not any(stack[at].values) and stack[at].path == parts[0][0].path and not stack[at].named:
        parts.insert(0, (stack[at], 1))
        at -= 1
    return parts
