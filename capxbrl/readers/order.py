"""Figures that do not stand one below the other -> their columns by the order in which they stand in their rows.

OCR sets blanks of any width, a browser's dump ends its cells where it likes.  As long as nearly every row has as many
figures as the next, the order of figures says what their places do not; a row with fewer is placed by its neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from . import tolerances as tol
from .compared import compares
from .line_pieces import Piece
from .piece_columns import FigureColumn, Pieces


class Ordered(NamedTuple):
    """The rows with the edges that their figures would have one below the other; the columns; the rows with fewer
    figures of which nothing tells the columns."""

    rows: list[Pieces]
    columns: list[FigureColumn]
    loose: frozenset[int]


def in_order(
    rows: Sequence[Pieces], texts: Sequence[str], columns: Sequence[FigureColumn], skip: AbstractSet[int]
) -> Ordered | None:
    """The rows placed by order; None where their places tell the columns, or where not even their order does.

    skip: the rows whose figures are headings.
    """
    figures = {n: [p for p in row if p.is_amount] for n, row in enumerate(rows) if n not in skip}
    most = _usual_number(list(figures.values()))
    if not most or most >= len(columns) or _headed(rows, columns, skip, most):
        return None
    full = {n: found for n, found in figures.items() if len(found) == most}
    rows, figures = _without_label_figures(rows, figures, full)
    made = _columns(list(full.values()), frozenset(full))
    compared = _compared(rows, texts, min(full), most)
    plain = [k for k in _no_percentages(full, texts) if k not in compared]
    out, below = _below_dashes(rows, texts, figures)
    loose = set()
    for number, found in below.items():
        places = _places(number, found, full, plain, texts[number])
        if places is None:
            loose.add(number)
            places = list(range(len(found)))
        out[number] = _placed(rows[number], found[-most:], [made[k].usual for k in places])
    return Ordered(out, made, frozenset(loose))


def _below_dashes(
    rows: Sequence[Pieces], texts: Sequence[str], figures: dict[int, list[Piece]]
) -> tuple[list[Pieces], dict[int, list[Piece]]]:
    """Dashes above the first figure frame a heading: the rows with these as one piece, and the figures below them."""
    first = next((n for n, found in figures.items() if _has_digits(found, texts[n])), 0)
    out = list(rows)
    for number, found in figures.items():
        if number < first and found:
            out[number] = (Piece(rows[number][0].x0, rows[number][-1].x1),)
    return out, {n: found for n, found in figures.items() if n >= first and found}


def _without_label_figures(
    rows: Sequence[Pieces], figures: dict[int, list[Piece]], full: dict[int, list[Piece]]
) -> tuple[list[Pieces], dict[int, list[Piece]]]:
    """A figure alone in its line that begins left of every figure of the full rows is words of a label over several
    lines: "shares authorized; // 11,998,978 // and 12,123,595 issued"."""
    first = min(found[0].x0 for found in full.values())
    labels = {n for n, found in figures.items() if len(rows[n]) == 1 and found and found[0].x0 < first}
    out = [(Piece(row[0].x0, row[0].x1),) if n in labels else row for n, row in enumerate(rows)]
    return out, {n: [] if n in labels else found for n, found in figures.items()}


def _usual_number(figures: Sequence[Sequence[Piece]]) -> int:
    """How many figures nearly every row with more than one has, or 0."""
    counts = Counter(len(found) for found in figures if len(found) > 1)
    most = max(counts, key=lambda n: (counts[n], n), default=0)
    return most if counts[most] >= max(tol.RUNS.dealt, tol.RUNS.dealt_share * counts.total()) else 0


def _places(
    number: int, found: Sequence[Piece], full: dict[int, list[Piece]], plain: list[int], text: str
) -> list[int] | None:
    """The columns of the figures of a row, or None: all, all but percentages, or by the rows beside it."""
    most = len(next(iter(full.values())))
    if len(found) >= most:
        return list(range(most))
    if len(found) == len(plain) and not any(_is_percentage(p, text) for p in found):
        return plain
    return _beside(number, found, full)


def _has_digits(pieces: Sequence[Piece], text: str) -> bool:
    return any(c.isdigit() for p in pieces for c in text[p.x0 : p.x1])


def _is_percentage(piece: Piece, text: str) -> bool:
    return "%" in text[piece.x0 : piece.x1]


def _no_percentages(full: dict[int, list[Piece]], texts: Sequence[str]) -> list[int]:
    """The columns most of whose figures are no percentages: a row without these stands in the others."""
    most = len(next(iter(full.values())))
    shares = [sum(_is_percentage(found[k], texts[n]) for n, found in full.items()) for k in range(most)]
    return [k for k, share in enumerate(shares) if 2 * share < len(full)]


def _compared(rows: Sequence[Pieces], texts: Sequence[str], first: int, most: int) -> set[int]:
    """The columns over which words of a change or a share stand, in a row with a heading for each. first: the first
    row of figures."""
    out: set[int] = set()
    for row, text in zip(rows[:first], texts[:first], strict=True):
        heads = [text[p.x0 : p.x1] for p in row[-most:]]
        if len(row) in (most, most + 1) and not all(map(compares, heads)):
            out |= {k for k, words in enumerate(heads) if compares(words)}
    return out


def _headed(rows: Sequence[Pieces], columns: Sequence[FigureColumn], skip: AbstractSet[int], most: int) -> bool:
    """A row of years has one for each column that stands apart."""
    return any(most < sum(p.is_amount for p in rows[n]) == len(columns) for n in skip)


def _columns(full: Sequence[Sequence[Piece]], numbers: frozenset[int]) -> list[FigureColumn]:
    """One column for each place in the order, where most of its figures stand; none reaches into the next."""
    places = list(zip(*full, strict=True))
    ends = [median_low(sorted(p.edge or p.x1 for p in place)) for place in places]
    starts = [median_low(sorted(p.x0 for p in place)) for place in places]
    for k, (left, _) in enumerate(pairwise(ends)):
        starts[k + 1] = max(starts[k + 1], left + 1)
        ends[k + 1] = max(ends[k + 1], starts[k + 1] + 1)
    return [FigureColumn(x0=a, x1=b, edges={b: len(numbers)}, rows=numbers) for a, b in zip(starts, ends, strict=True)]


def _beside(number: int, found: Sequence[Piece], full: dict[int, list[Piece]]) -> list[int] | None:
    """The columns of the figures of a row with fewer, by what stands above and below them; None where that is not
    clear.
    """
    near = sorted(full, key=lambda n: (abs(n - number), n))[: tol.RUNS.neighbours]
    out: list[int] = []
    for piece in found:
        gaps = sorted(
            (min(abs((full[n][k].edge or 0) - (piece.edge or 0)) for n in near), k) for k in range(len(full[near[0]]))
        )
        (gap, column), (following, _) = gaps[0], gaps[1]
        if gap > tol.RUNS.neighbour and gap * tol.RUNS.clearly > following:
            return None
        out.append(column)
    return out if all(a < b for a, b in pairwise(out)) else None


def _placed(row: Pieces, figures: Sequence[Piece], edges: Sequence[int]) -> Pieces:
    """The row with its figures at these edges; further figures at its left are words of the label."""
    put = dict(zip(figures, edges, strict=True))
    return tuple(p._replace(edge=put.get(p)) for p in row)
