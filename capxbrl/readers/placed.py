"""Text that a page places by x and y (absolutely positioned HTML, the words of a PDF) -> lines laid out with blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Placed(NamedTuple):
    """A word between x0 and x1 whose middle stands at y (downwards). at: what its reader knows it by."""

    x0: float
    x1: float
    y: float
    text: str
    at: int


#: Words whose middles differ by less than this part of a line's height are on one line.
_SAME_LINE = 0.45
#: Words nearer than this part of a character's width are one word.
_WORD = 0.15
#: Words within this many usual blanks of each other are one phrase.
_PHRASE = 1.4


def lay(words: Sequence[Placed], height: float = 10.0) -> Iterator[list[tuple[int, str, int]]]:
    """Lines from the top down; each word with the column where it begins, as a typewriter would set it.

    A number is set so that its right edge keeps its place: columns of figures stand on their right edges.
    """
    if not words:
        return
    lines = [sorted(line, key=lambda w: w.x0) for line in _lines(words, height * _SAME_LINE)]
    usual = median((w.x1 - w.x0) / len(w.text) for w in words)
    phrase = _PHRASE * _blank(lines, usual)
    width = _width(lines, usual, phrase)
    left = min(w.x0 for w in words)
    for line in lines:
        out: list[tuple[int, str, int]] = []
        end, edge = -1, 0.0
        for word in line:
            gap = word.x0 - edge if out else 99 * width
            number = any(c.isdigit() for c in word.text)
            column = round((word.x1 - left) / width) - len(word.text) if number else round((word.x0 - left) / width)
            if gap < _WORD * width and out:
                out[-1] = (out[-1][0], out[-1][1] + word.text, out[-1][2])
            elif gap < phrase and not (number and _ends_apart(out, column, end)):
                # Words of one phrase stay one blank apart, however wide their letters are.
                out.append((end + 1, word.text, word.at))
            else:
                out.append((max(column, end + 2 if out else 0), word.text, word.at))
            end, edge = out[-1][0] + len(out[-1][1]), word.x1
        yield out


def _ends_apart(out: Sequence[tuple[int, str, int]], column: int, end: int) -> bool:
    """A figure behind its "$": the figure keeps its place, the sign its own."""
    return bool(out) and out[-1][1] in "$€£" and column > end


def _blank(lines: Sequence[Sequence[Placed]], usual: float) -> float:
    """How wide a blank between the words of a phrase is: a fifth of an em in print, a whole character on a typewriter."""
    gaps = [b.x0 - a.x1 for line in lines for a, b in pairwise(line)]
    near = [gap for gap in gaps if _WORD * usual < gap < 1.6 * usual]
    return median(near) if near else 0.6 * usual


def _width(lines: Sequence[Sequence[Placed]], usual: float, phrase: float) -> float:
    """The width of a character such that nearly every phrase fits where it stands."""
    found: list[float] = []
    for line in lines:
        start, size = 0.0, 0
        for i, word in enumerate(line):
            size += len(word.text) + (1 if size else 0)
            start = word.x0 if size == len(word.text) else start
            if i + 1 == len(line) or line[i + 1].x0 - word.x1 > phrase:
                if size >= 10:
                    found.append((word.x1 - start) / size)
                size = 0
    found.sort()
    return max(0.5, found[len(found) // 20] if found else usual)


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
