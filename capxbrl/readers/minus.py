"""A dash one blank before a number: "-  1,234" is its minus, unless figures of other rows end where the dash stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from . import tolerances as tol
from .line_pieces import Piece, is_number

_DASH = re.compile(r"[$(]?[-‐‑‒–—―−]")


def with_minus_joined(rows: Sequence[Sequence[Piece]], texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """The pieces of each line, a number and the dash before it as one where no column ends at the dash."""
    ends: defaultdict[int, set[int]] = defaultdict(set)
    for n, row in enumerate(rows):
        for p in row:
            if p.edge is not None and any(c.isdigit() for c in texts[n][p.x0 : p.x1]):
                ends[p.edge].add(n)
    return [_joined(_with_nil(row, texts[n]), texts[n], n, ends) for n, row in enumerate(rows)]


#: Nothing, as typists wrote it.
_NIL = re.compile(r"[-–—] ?0 ?[-–—]")


def _with_nil(row: Sequence[Piece], text: str) -> list[Piece]:
    """ "- 0 -" is one piece."""
    out: list[Piece] = []
    for piece in row:
        out.append(piece)
        if len(out) > 2 and _NIL.fullmatch(text[out[-3].x0 : piece.x1]):
            out[-3:] = [Piece(out[-3].x0, piece.x1, piece.edge)]
    return out


def _joined(row: Sequence[Piece], text: str, number: int, ends: Mapping[int, set[int]]) -> tuple[Piece, ...]:
    """ends: {right edge: the numbers of the rows that have a figure there}."""
    minus = [
        p
        for p, q in pairwise(row)
        if p.is_amount
        and q.is_amount
        and q.x0 - p.x1 == 1
        and _DASH.fullmatch(text[p.x0 : p.x1])
        and is_number(text[q.x0 : q.x1])
        and not any(
            ends.get(edge, set()) - {number} for edge in range(p.x1 - tol.TYPED.edge, p.x1 + tol.TYPED.edge + 1)
        )
    ]
    if not minus:
        return tuple(row)
    out: list[Piece] = []
    for piece in row:
        if out and out[-1] in minus:
            out[-1] = Piece(out[-1].x0, piece.x1, piece.edge)
        else:
            out.append(piece)
    return tuple(out)
