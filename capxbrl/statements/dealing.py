"""A row of headings dealt over columns: where its cells do not say which columns they cover, the deal is taken that
makes all periods different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..evidence import AnnotatedRow
from ..periods import Clues

#: Words of a length of period that is written over several lines: "Three", "Months".
FRAGMENT = re.compile(
    r"(?:for the )?(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2}|first|second|third"
    r"|fourth|months?|weeks?|fiscal|year|ended)"
    r"(?: (?:months?|weeks?|fiscal|quarter|ended))?",
    re.I,
)


def _partitions(columns: int, groups: int) -> Iterator[list[int]]:
    """Every way to deal columns 0..n-1 to `groups` neighbours in order: the group number of each column."""
    if groups == 1:
        yield [0] * columns
        return
    for first in range(1, columns - groups + 2):
        for rest in _partitions(columns - first, groups - 1):
            yield [0] * first + [g + 1 for g in rest]


def covers(row: AnnotatedRow, cell: int, col: int) -> bool:
    at = row.cells[cell]
    return at.col <= col < at.col + at.span


def deal(
    row: AnnotatedRow,
    cells: Sequence[int],
    columns: Sequence[int],
    known: Sequence[Sequence[Clues]],
    words: Sequence[str] = (),
) -> list[int | None]:
    """The number of the heading cell that belongs to each column; None where none does. known: what is told below,
    words: in what words."""
    covered = [[i for i in cells if covers(row, i, col)] for col in columns]
    first = [next(iter(c), None) for c in covered]
    if all(len(c) == 1 for c in covered) or _stands_aside(row, cells, first):
        return first
    if len(cells) == len(columns):
        return list(cells)
    if len(cells) > len(columns) or len(columns) > _MOST_DEALT:
        return [_nearest(row, cells, col) if c is None else c for c, col in zip(first, columns, strict=True)]
    dealt = [cells[group] for group in _best_deal(row, cells, covered, known, columns)]
    if _repeated(dealt, words) or _dates_from_the_middle(row, cells, columns, known):
        return list(dealt)
    return [
        cell if cell in over or _spreads(row, cell, columns, cells) or _dates_all(row.clues[cell], below) else None
        for cell, over, below in zip(dealt, covered, known, strict=True)
    ]


#: More columns are not dealt in every way: there are too many ways.
_MOST_DEALT = 12


def _repeated(dealt: Sequence[int], words: Sequence[str]) -> bool:
    """The same words, all different, stand below each heading: "Electric, Gas, Total" below 1996 and below 1995."""
    below = [[text for text, g in zip(words, dealt, strict=False) if g == group] for group in dict.fromkeys(dealt)]
    first = below[0] if below else []
    return len(below) > 1 and len(set(first)) == len(first) > 1 and all(texts == first for texts in below)


def _dates_from_the_middle(
    row: AnnotatedRow, cells: Sequence[int], columns: Sequence[int], known: Sequence[Sequence[Clues]]
) -> bool:
    """A bare year alone in its row, in the middle of three columns or more that nothing else dates."""
    at, clues = row.cells[cells[0]], row.clues[cells[0]]
    bare = len(cells) == len(row.cells) == 1 and bool(clues.years) and not clues.dates and not clues.days
    return bare and len(columns) % 2 == 1 and at.col == columns[len(columns) // 2] and not any(known)


def _stands_aside(row: AnnotatedRow, cells: Sequence[int], first: Sequence[int | None]) -> bool:
    """A wide heading alone in its row that does not stand in the middle of the columns is over those below it only."""
    under = [n for n, cell in enumerate(first) if cell is not None]
    if len(cells) != 1 or row.cells[cells[0]].span <= 1 or not under or len(first) == 1:
        return False
    return abs(under[0] - (len(first) - 1 - under[-1])) > 1


def _best_deal(
    row: AnnotatedRow,
    cells: Sequence[int],
    covered: Sequence[Sequence[int]],
    known: Sequence[Sequence[Clues]],
    columns: Sequence[int],
) -> list[int]:
    """The group of each column, dealt so that headings tell most columns apart, stand over them, words without a clue
    ("Change") over no others, share them evenly, tell quarters in order, and stand in their middle."""

    def score(groups: Sequence[int]) -> tuple[int, int, int, int, bool, int]:
        told = [(row.clues[cells[g]] or c, tuple(known[c])) for c, g in enumerate(groups)]
        sizes = [groups.count(g) for g in range(len(cells))]
        over = [cells[g] in covered[c] for c, g in enumerate(groups)]
        strays = sum(not row.clues[cells[g]] and not over[c] for c, g in enumerate(groups))
        off = sum(_off_centre(row, cell, columns, groups, g) for g, cell in enumerate(cells))
        ordered = _in_order([(row.clues[cells[g]].years, known[c]) for c, g in enumerate(groups)])
        return len(set(told)), sum(over), -strays, min(sizes) - max(sizes), ordered, -off

    return max(_partitions(len(covered), len(cells)), key=score)


def _in_order(told: Sequence[tuple[Sequence[int], Sequence[Clues]]]) -> bool:
    """The quarters of years follow each other, onwards or backwards."""
    numbers = [next((c.quarter for c in reversed(below) if c.quarter), None) for _, below in told]
    places = [4 * years[-1] + n for (years, _), n in zip(told, numbers, strict=True) if years and n]
    steps = {later > earlier for earlier, later in pairwise(places)}
    return len(steps) < 2


def _off_centre(row: AnnotatedRow, cell: int, columns: Sequence[int], groups: Sequence[int], group: int) -> int:
    """How far a heading stands from the middle of the columns of its group: twice the columns between."""
    at, mine = row.cells[cell], [col for col, g in zip(columns, groups, strict=True) if g == group]
    return abs(2 * at.col + at.span - 1 - mine[0] - mine[-1])


def _spreads(row: AnnotatedRow, cell: int, columns: Sequence[int], cells: Sequence[int]) -> bool:
    """The heading may hold for columns that it does not stand over; not one that plainly stands over another column."""
    at, clues = row.cells[cell], row.clues[cell]
    plain = len(cells) < len(columns) and at.span == 1 and not clues.length and at.col in columns
    return not plain or FRAGMENT.fullmatch(at.text) is not None or _one_day(clues)


def _dates_all(clues: Clues, below: Sequence[Clues]) -> bool:
    """ "2005" over quarters, over "Second Quarter" and "Six Months": the year of each column below that has none."""
    bare = bool(clues.years) and not (clues.dates or clues.days or clues.length or clues.quarter)
    return bare and any(below) and not any(c.years or c.dates for c in below)


def _one_day(clues: Clues) -> bool:
    """ "June 30," over columns of several years: the day holds for all of them."""
    return bool(clues.days) and not clues.years and not clues.dates


def _nearest(row: AnnotatedRow, cells: Sequence[int], col: int) -> int:
    return min(
        cells, key=lambda i: (min(abs(row.cells[i].col - col), abs(row.cells[i].col + row.cells[i].span - 1 - col)), i)
    )
