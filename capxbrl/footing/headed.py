"""Totals that stand above their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import tolerances
from .lines import Line


def above(stack: Sequence[Line], *, last: bool = False) -> Iterator[tuple[int, int]]:
    """(total, end): stack[total] stands above the parts stack[total+1:end] that make it in every column.

    last: only parts that end the stack.
    """
    at = max(0, len(stack) - tolerances.TOLERANCES.below - 1) if last else 0
    while at < len(stack):
        end = _below(stack, at)
        if end and (end == len(stack) or not last):
            yield at, end
            at = end
        else:
            at += 1


def _below(stack: Sequence[Line], at: int) -> int:
    """Where the parts below stack[at] end, or 0."""
    total = stack[at].packed
    if not total or stack[at].named:
        return 0
    added = 0
    for below in range(at + 1, min(at + 1 + tolerances.TOLERANCES.below, len(stack))):
        if stack[below].named:
            break
        added += stack[below].packed
        if below > at + 1 and added == total:
            return below + 1
    return 0
