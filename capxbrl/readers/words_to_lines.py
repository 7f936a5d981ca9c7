"""Text that a page places by x and y (absolutely positioned HTML, the words of a PDF) -> lines laid out with blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from . import tolerances as tol


class Placed(NamedTuple):
    """A word between x0 and x1 whose middle stands at y (downwards). at: what its reader knows it by; size: how high
    its letters are, or 0."""

    x0: float
    x1: float
    y: float
    text: str
    at: int
    size: float = 0.0


#: What stands in a column of figures.
_FIGURE = re.compile(r"[$(]*\d[\d,.]*\)?")
#: Signs of currencies that stand apart from their figures.
_SIGNS = ("$", "€", "£", "¥", "US$", "C$")


def level(words: Sequence[Placed], height: float = 10.0) -> list[Placed]:
    """The words with the tilt of the page taken back, as words of one line tell it.

    A line is followed from word to near word, so that no line below is taken for it; its ends tell the slope.
    """
    lines = [line for line in _chains(words, height) if line[-1].x0 - line[0].x0 > tol.PRINTS.far * height]
    slopes = [(line[-1].y - line[0].y) / (line[-1].x0 - line[0].x0) for line in lines]
    slope = median(slopes) if len(slopes) >= tol.PRINTS.enough else 0.0
    if not tol.PRINTS.flat < abs(slope) < tol.PRINTS.steepest:
        return list(words)
    return [w._replace(x0=w.x0 + slope * w.y, x1=w.x1 + slope * w.y, y=w.y - slope * w.x0) for w in words]


def _chains(words: Sequence[Placed], height: float) -> list[list[Placed]]:
    """Words that follow each other on a line, each hardly higher or lower than the one before."""
    step = tol.PRINTS.step * height
    ends: dict[int, list[list[Placed]]] = {}  # by the band that the last word of a chain stands in
    chains: list[list[Placed]] = []
    for word in sorted(words, key=lambda w: (w.x0, w.y)):
        band = int(word.y / step)
        near = [
            (abs(word.y - chain[-1].y), n, at)
            for at in (band - 1, band, band + 1)
            for n, chain in enumerate(ends.get(at, ()))
            if -height < word.x0 - chain[-1].x1 < 2 * height and abs(word.y - chain[-1].y) < step
        ]
        if near:
            _, n, at = min(near)
            chain = ends[at].pop(n)
            chain.append(word)
        else:
            chain = [word]
            chains.append(chain)
        ends.setdefault(band, []).append(chain)
    return chains


class Measure(NamedTuple):
    """How words become columns: where column 0 is, how wide a character is, and how far words of a phrase are apart, in
    lines of the usual height."""

    left: float
    width: float
    phrase: float
    height: float = 0.0

    def apart(self, left: Placed, right: Placed) -> float:
        """How far two words of one phrase are apart: further in larger type."""
        size = min(left.size, right.size)
        return self.phrase * max(1.0, size / self.height if self.height else 0.0)


def measure(words: Sequence[Placed], height: float = 10.0) -> Measure:
    """The measure of a page such that nearly every phrase fits where it stands. height: of its lines."""
    lines = _lines(words, height)
    usual = median((w.x1 - w.x0) / len(w.text) for w in words)
    found = Measure(min(w.x0 for w in words), usual, tol.PRINTS.phrase * _blank(lines, usual), height)
    return found._replace(width=_width(lines, found))


def shared(measures: Sequence[Measure]) -> list[Measure]:
    """The measures of the pages of one print, made one where they hardly differ: tables go on over page ends."""
    usual = median(m.width for m in measures)
    alike = [m for m in measures if abs(m.width - usual) <= tol.PRINTS.alike * usual]
    left, width = min(m.left for m in alike), min(m.width for m in alike)
    return [m._replace(left=left, width=width) if m in alike else m for m in measures]


def lay(
    words: Sequence[Placed], height: float = 10.0, by: Measure | None = None
) -> Iterator[list[tuple[int, str, int]]]:
    """Lines from the top down; each word with the column where it begins, as a typewriter would set it.

    A number is set so that its right edge keeps its place: columns of figures stand on their right edges.
    height: of the lines; by: the measure to set with, else the page's own.
    """
    if not words:
        return
    found = by or measure(words, height)
    lines = _lines(words, height)
    edges = Counter(_edge(word, found) for line in lines for word in line if _FIGURE.fullmatch(word.text))
    for line in lines:
        yield _set(line, found, edges)


def _edge(word: Placed, by: Measure) -> int:
    """The column of its right edge."""
    return round((word.x1 - by.left) / by.width)


def _set(line: Sequence[Placed], by: Measure, edges: Mapping[int, int]) -> list[tuple[int, str, int]]:
    """The words of a line with their columns. edges: how many figures of the page end in a column."""
    out: list[tuple[int, str, int]] = []
    for n, word in enumerate(line):
        number = _is_figure(word)
        column = _edge(word, by) - len(word.text) if number else round((word.x0 - by.left) / by.width)
        if not out:
            out.append((max(column, 0), word.text, word.at))
            continue
        start, text, at = out[-1]
        end, gap = start + len(text), word.x0 - line[n - 1].x1
        behind_sign = number and text in _SIGNS
        if gap < tol.PRINTS.word * by.width:
            out[-1] = start, text + word.text, at
        elif (
            gap < by.apart(line[n - 1], word)
            and not (behind_sign and column > end)
            and not _is_apart(word, text, by, edges)
        ):
            # Words of one phrase stay one blank apart, however wide their letters are.
            out.append((end + 1, word.text, word.at))
        else:
            column = max(column, end + 2)
            if behind_sign:
                # A currency sign at the far edge of a column goes with its figure.
                out[-1] = max(start, column - 1 - len(text)), text, at
            out.append((column, word.text, word.at))
    return out


def _is_figure(word: Placed) -> bool:
    """It is set by its right edge."""
    return any(c.isdigit() for c in word.text) and not (" " in word.text and word.text[0].isalpha())


def _is_apart(word: Placed, before: str, by: Measure, edges: Mapping[int, int]) -> bool:
    """A figure that ends where a column of figures does is no word of the label that runs up to it."""
    grouped = _FIGURE.fullmatch(word.text) is not None and any(c in word.text for c in ",.($")
    return grouped and before[-1:].isalpha() and edges.get(_edge(word, by), 0) >= tol.PRINTS.column


def _blank(lines: Sequence[Sequence[Placed]], usual: float) -> float:
    """How wide a blank between the words of a phrase is: a fifth of an em in print, a whole character on a
    typewriter."""
    gaps = [b.x0 - a.x1 for line in lines for a, b in pairwise(line)]
    near = [gap for gap in gaps if tol.PRINTS.word * usual < gap < tol.PRINTS.blank * usual]
    return median(near) if near else tol.PRINTS.unseen * usual


def _width(lines: Sequence[Sequence[Placed]], by: Measure) -> float:
    """The width of a character such that nearly every phrase fits where it stands."""
    found: list[float] = []
    for line in lines:
        start, size = 0.0, 0
        for i, word in enumerate(line):
            size += len(word.text) + (1 if size else 0)
            start = word.x0 if size == len(word.text) else start
            if i + 1 == len(line) or line[i + 1].x0 - word.x1 > by.apart(word, line[i + 1]):
                if size >= tol.PRINTS.measured:
                    found.append((word.x1 - start) / size)
                size = 0
    found.sort()
    return max(0.5, found[len(found) // tol.PRINTS.misfit] if found else by.width)


def _lines(words: Sequence[Placed], height: float) -> list[list[Placed]]:
    """Words by lines from the top down, each from left to right."""
    lines: list[list[Placed]] = []
    y = 0.0
    for word in sorted(words, key=lambda w: w.y):
        if lines and word.y - y <= height * tol.PRINTS.same_line:
            lines[-1].append(word)
        else:
            lines.append([word])
            y = word.y
    return [sorted(line, key=lambda w: w.x0) for line in lines]
