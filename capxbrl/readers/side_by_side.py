"""Tables that stand side by side on one page: assets at the left, liabilities at the right.

A second column of labels, with figures before and behind it, gives them away: it begins at one place in many lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..patterns import compiled
from . import tolerances as tol
from .line_pieces import amount_like, words_of
from .source_lines import SourceLine

#: Nothing longer than this stands side by side.
_PAGE = 400
_DIGIT = compiled(r"\d")
#: Two blanks before a letter.
_APART = compiled(r"\s\s[^\W\d_]")


def split_side_by_side(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], list[SourceLine]] | None:
    """The lines of the left and of the right table, or None where only one table stands."""
    if len(lines) > _PAGE:
        return None
    starts = [start for line in lines if (start := _second_label(line.text)) is not None]
    if len(starts) < tol.PAGES.side_by_side:
        return None
    gutter = _gutter(
        lines, max(starts, key=lambda s: (sum(s <= other <= s + tol.PAGES.indent for other in starts), -s))
    )
    if gutter is None or sum(gutter <= s <= gutter + tol.PAGES.indent for s in starts) < max(
        tol.PAGES.side_by_side, len(starts) * 3 // 4
    ):
        return None
    left: list[SourceLine] = []
    right: list[SourceLine] = []
    for line in lines:
        if line.text[max(0, gutter - 1) : gutter].strip():
            # A title that runs across stands above both.
            left.append(line)
            continue
        left.append(line.part(0, gutter))
        right.append(line.part(gutter))
    return left, right


def _second_label(text: str) -> int | None:
    """Where words begin that have a figure before them and figures behind them, apart by two blanks or more."""
    if not _may_hold_two(text):
        return None
    figure = words = False
    start = None
    end = -9
    for a, b, word in words_of(text):
        like = amount_like(word)
        number = like and any(c.isdigit() for c in word)
        if number and not words:
            figure = True
        elif number and start is not None:
            return start
        elif word[:1].isalpha() and not like and figure and start is None and a - end >= 2:
            start, words = a, True
        end = b
    return None


def _may_hold_two(text: str) -> bool:
    """Words that stand apart have digits before them and digits behind them; most lines have no such words."""
    first = _DIGIT.search(text)
    second = first and _APART.search(text, first.end())
    return second is not None and _DIGIT.search(text, second.end()) is not None


def _gutter(lines: Sequence[SourceLine], near: int) -> int | None:
    """The place at or before `near` where the fewest lines have text; None where more than one in ten has."""
    busy = [line.text for line in lines if line.text.strip()]

    def crossing(at: int) -> int:
        return sum(text[at - 2 : at].strip() != "" for text in busy)

    best = min(range(near, max(2, near - tol.PAGES.indent), -1), key=crossing, default=None)
    return best if best is not None and crossing(best) * 10 <= len(busy) else None
