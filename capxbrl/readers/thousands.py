"""Blanks between thousands: "41 250" is one figure where a table writes its thousands so, two where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from . import tolerances as tol
from .line_pieces import Piece

_LEADING = re.compile(r"[$(\[{<€£¥ -]*\d{1,3}")
_GROUP = re.compile(r"\d{3}[)\]}>%*-]*")
_WITH_COMMA = re.compile(r"\d,\d{3}")


def with_thousands_joined(rows: Sequence[Sequence[Piece]], texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """The pieces of each line, figures with blanks between their thousands as one.

    Where any thousands are parted by commas, or two figures one blank apart do not look like groups, none are joined.
    """
    plain = [tuple(row) for row in rows]
    near = [
        (text[p.x0 : p.x1], text[q.x0 : q.x1])
        for row, text in zip(rows, texts, strict=True)
        for p, q in pairwise(row)
        if p.is_amount and q.is_amount and q.x0 - p.x1 == 1
    ]
    groups = sum(_is_group(p, q) for p, q in near)
    if groups < tol.TYPED.blanks or groups < len(near) or any(_WITH_COMMA.search(text) for text in texts):
        return plain
    return [_joined(row, text) for row, text in zip(plain, texts, strict=True)]


def _is_group(left: str, right: str) -> bool:
    return bool((_LEADING.fullmatch(left) or _GROUP.fullmatch(left)) and _GROUP.fullmatch(right))


def _joined(row: Sequence[Piece], text: str) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for piece in row:
        last = out[-1] if out else None
        near = last and last.is_amount and piece.is_amount and piece.x0 - last.x1 == 1
        if last and near and _is_group(text[last.x0 : last.x1].split(" ")[-1], text[piece.x0 : piece.x1]):
            out[-1] = Piece(last.x0, piece.x1, piece.edge)
        else:
            out.append(piece)
    return tuple(out)
