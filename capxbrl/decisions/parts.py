"""Decision: which tables are the parts of one statement, each under a heading of its own.

Insurers of Europe show a technical account of life insurance, one of other insurance, and a non-technical account that
both results are carried to (Directive 91/674/EEC, article 34): the parts have the same lines, so that what is carried
tells that they belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from ..evidence import AnnotatedRow, HeadedTable
from . import tolerances as tol
from .ends import follows, joined
from .landmarks import is_whole, landmarks


def join_parts(tables: Sequence[HeadedTable]) -> tuple[HeadedTable, ...]:
    """Each run of parts as one table: the first has the title of a statement and not its last lines, a later one has
    these, and the result of each part stands among the lines of a later one."""
    out: list[HeadedTable] = []
    at = 0
    while at < len(tables):
        count = _parts(tables[at : at + tol.TABLES.parts])
        out.append(reduce(joined, tables[at : at + count]))
        at += count
    return tuple(out)


def _parts(tables: Sequence[HeadedTable]) -> int:
    """How many tables make up the statement that the first one begins."""
    first = tables[0]
    if first.kind not in first.table.named or _whole(first):
        return 1
    for count, (before, part) in enumerate(pairwise(tables), start=2):
        if not follows(before, part):
            return 1
        if is_whole(first.kind, landmarks(first.kind, part.table.rows)):
            return count if all(_carried(tables[:count])) else 1
    return 1


def _whole(headed: HeadedTable) -> bool:
    return is_whole(headed.kind, landmarks(headed.kind, headed.table.rows))


def _carried(parts: Sequence[HeadedTable]) -> Iterator[bool]:
    """Whether the last line of each part but the last stands among the lines of a later one."""
    for n, part in enumerate(parts[:-1]):
        last = next(filter(None, map(_figures(part), reversed(part.table.rows))), ())
        long = any(abs(f) >= 10 ** (tol.TABLES.carried_digits - 1) for f in last)
        telling = len(last) >= tol.TABLES.carried_columns and long
        yield telling and any(last == figures for p in parts[n + 1 :] for figures in map(_figures(p), p.table.rows))


def _figures(part: HeadedTable) -> Callable[[AnnotatedRow], tuple[Decimal, ...]]:
    """What a row of the part shows below headings of periods; the numbers of notes are none."""
    dated = {h.col for h in part.headings if h.clues}
    return lambda row: tuple(p.value for i, p in row.figures if row.cells[i].col in dated)
