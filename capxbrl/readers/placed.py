"""Text that a page places by x and y (absolutely positioned HTML, the words of a PDF) -> lines laid out with blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple


class Placed(NamedTuple):
    """A word between x0 and x1 whose line stands at y (downwards). at: what its reader knows it by."""

    x0: float
    x1: float
    y: float
    text: str
    at: int


#: Words whose y differ by less than this part of a line's height are on one line.
_SAME_LINE = 0.4


def lay(words: Sequence[Placed], height: float = 10.0) -> Iterator[list[tuple[int, str, int]]]:
    """Lines from the top down; each word with the column where it begins, as a typewriter would set it.

    A number is set so that its right edge keeps its place: columns of figures stand on their right edges.
    """
    if not words:
        return
    width = max(1.0, median((w.x1 - w.x0) / len(w.text) for w in words))
    left = min(w.x0 for w in words)
    for line in _lines(words, height * _SAME_LINE):
        line.sort(key=lambda w: w.x0)
        out: list[tuple[int, str, int]] = []
        end, edge = -1, None
        for word in line:
            number = any(c.isdigit() for c in word.text)
            column = round((word.x1 - left) / width) - len(word.text) if number else round((word.x0 - left) / width)
            if edge is not None:
                gap = word.x0 - edge
                # Words of one phrase stay one blank apart, however wide their letters are.
                column = end + 1 if gap < 0.7 * width else max(column, end + 2 if gap > 1.5 * width else end + 1)
                if gap < 0.15 * width and out:
                    column = end
            column = max(column, 0)
            if out and column == end:
                out[-1] = (out[-1][0], out[-1][1] + word.text, out[-1][2])
            else:
                out.append((column, word.text, word.at))
            end, edge = out[-1][0] + len(out[-1][1]), word.x1
        yield out


def _lines(words: Sequence[Placed], reach: float) -> list[list[Placed]]:
    lines: list[list[Placed]] = []
    y = 0.0
    for word in sorted(words, key=lambda w: w.y):
        if lines and word.y - y <= reach:
            lines[-1].append(word)
        else:
            lines.append([word])
            y = word.y
    return lines
