"""What captions near the figures, and notes for all figures, state of the scale of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ... import words
from ...evidence import DecidedTable, HeadedTable, Scale
from ...findings import Position
from ...hints import hinted, holds, low
from ...model import Document, Paragraph, Witness, place
from .. import tolerances as tol
from ..captions import captions_below, nearest, place_of, scale_of
from .page import name_of


def stated_scale(document: Document, headed: HeadedTable) -> Scale:
    """The scale stated nearest to the figures: by `_captions`."""
    found = _captions(document, headed)
    return found[0] if found else Scale()


def own_caption(document: Document, decided: DecidedTable) -> Iterator[Witness]:
    """The caption nearest to the figures."""
    found = _captions(document, decided.headed)
    if found and found[0].said:
        yield _stated(found[0].money, *found[1:])


def _captions(document: Document, headed: HeadedTable) -> tuple[Scale, str, Position | None] | None:
    """What the nearest caption states: title, headings and first rows, the paragraphs above, the lines below."""
    table = headed.table
    first = [(r.label, r.source.at) for r in table.rows[:3] if not r.has_data]
    heads = [(r.text, r.source.at) for r in table.heads]
    titles = [(line, place_of(line, document, table.above_blocks)) for line in headed.title_lines]
    above = [(line, place_of(line, document, table.above_blocks)) for line in table.above]
    near = [*titles, *heads, *first]
    joined = (" ".join(t for t, _ in near), near[0][1] if near else None)
    return nearest((*reversed(near), joined, *reversed(above))) or nearest(captions_below(document, table))


def _stated(power: int, text: str, at: Position | None) -> Witness:
    shown = " ".join(text.split())
    return Witness(value=str(power), says=f"{shown[:80]!r} says {name_of(str(power))}", at=at)


def general_notes(document: Document, tables: Sequence[DecidedTable]) -> Iterator[Witness]:
    """Notes for all figures: "Dollar figures in this release are in thousands", a title page's "(In thousands)"."""
    taken = {b for t in tables for b in t.headed.table.above_blocks}
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or number in taken:
            continue
        for line in _notes_in(block.text):
            found = scale_of(line)
            if found and found.said:
                yield _stated(found.money, line, place(block, max(0, block.text.find(line))))


def _notes_in(text: str) -> Iterator[str]:
    """The sentences of running text that speak of all figures, and the lines in parentheses, if they name a scale."""
    general, quick = hinted("scale", "general"), words.pattern("scale", "quick")
    small = low(text)
    said = holds(small, general.hints)
    if not (said or "(" in text):
        return
    for line in (*_sentences(text), *_lines_aside(text, small)):
        if (_is_aside(line) or (said and general.search(line, low(line)))) and quick.search(line):
            yield line


def _is_aside(line: str) -> bool:
    """A short line that is all in parentheses."""
    return len(line) < tol.SCALES.alone and "(" in line and line.strip().startswith("(") and line.strip().endswith(")")


def _lines_aside(text: str, small: str) -> Iterator[str]:
    """The lines in parentheses below the title of the notes: "(Tabular amounts in thousands)"."""
    if hinted("scale", "of the notes").search(text, small):
        yield from (line for line in text.split("\n")[1:] if _is_aside(line))


def _sentences(text: str) -> Iterator[str]:
    """Pieces of running text: a figure and its subject do not stand in two of them."""
    folded = text.replace("\n", " ") if len(text) < 20_000 else text
    yield from re.split(r"(?<=[.;!?])\s+(?=[A-Z(])", folded)
