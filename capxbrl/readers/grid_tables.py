"""Grid tables of pandoc and reStructuredText: "+---+---+" between rows, "|" between cells, cells over several lines.

Where a column is narrow, pandoc cuts words that are wider: the first line has the rest, every other is full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from ..amounts import opens, parse_amount
from ..grammar import MONTHS
from ..model import Table
from .collected import Lines, Para, RawCell, RawRow, RawTable, Word
from .notes import may_refer
from .source_lines import SourceLine
from .source_marks import DROP

RULE = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
#: Words of headings that are often as wide as a narrow column, and were not cut.
_WHOLE = frozenset(f"months weeks years quarter quarters ended ending {MONTHS.replace('|', ' ')}".split())
#: Marks of bold type and escapes; they are no text.
_MARKS = re.compile(rf"\*\*+|{DROP.pattern}|\\$")


def grid_end(lines: Sequence[SourceLine], at: int) -> int:
    """Behind the last line of the grid that begins at this line; the line itself where none begins."""
    if RULE.fullmatch(lines[at].text) is None:
        return at
    end = at + 1
    while end < len(lines) and lines[end].text.lstrip()[:1] in ("|", "+"):
        end += 1
    return end if end - at > 2 else at


def read_grid(
    lines: Sequence[SourceLine], source: str, number: int, known: AbstractSet[str] = frozenset()
) -> Table | None:
    """The table of the lines of one grid. known: words of the text around it, in small letters: they were not cut."""
    text = "\n".join(line.text for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    edges = sorted({n for line in lines if RULE.fullmatch(line.text) for n, c in enumerate(line.text) if c == "+"})
    raw = RawTable()
    row: list[int] = []
    for n, line in enumerate(lines):
        if RULE.fullmatch(line.text) is None:
            row.append(n)
        elif row:
            raw.rows.append(_row([(lines[i].text, starts[i]) for i in row], edges, known))
            row = []
    if not any(cell.flow for made in raw.rows for cell in made.cells):
        return None
    from .cells import make_table
    from .origins import Places

    return make_table(raw, Places(text, lines[0].number), source, number)


def _row(lines: Sequence[tuple[str, int]], edges: Sequence[int], known: AbstractSet[str]) -> RawRow:
    """The cells of a row: parted where every line of it has a pipe; a "$" of its own goes with its figure."""
    parted = [n for n, edge in enumerate(edges) if all(text[edge : edge + 1] == "|" for text, _ in lines)]
    made = RawRow()
    for a, b in pairwise(parted):
        cell = RawCell(span=b - a)
        found = _cell([(text[edges[a] + 1 : edges[b]], at + edges[a] + 1) for text, at in lines], known)
        last = made.cells[-1] if made.cells else None
        if found.words and last is not None and _opens_figure(last, found):
            last.span += cell.span
            last.lines[0].words += [found.words[0]._replace(gap=1), *found.words[1:]]
            continue
        if found.words:
            cell.flow.append(Para(lines=[found]))
        made.cells.append(cell)
    return made


def _opens_figure(cell: RawCell, found: Lines) -> bool:
    """The cell holds only what the figure in the next one begins with."""
    before = " ".join(word.text for line in cell.lines for word in line.words)
    return (
        opens(before) and not may_refer(before) and parse_amount("".join(word.text for word in found.words)) is not None
    )


def _cell(lines: Sequence[tuple[str, int]], known: AbstractSet[str]) -> Lines:
    """The words of a cell, those that were cut whole again."""
    from .origins import WORDS

    out = Lines()
    last = ""
    for text, at in lines:
        shown = _MARKS.sub(lambda m: " " * len(m.group()), text)
        for n, match in enumerate(WORDS.finditer(shown)):
            full = n == 0 and bool(last) and len(text.rstrip(" ")) == len(text) - 1
            cut = (
                full
                and match.group().casefold().partition("]")[0] not in known | _WHOLE
                and _is_cut(last, match.group())
            )
            gap = 0 if cut or not out.words else 1
            out.words.append(Word(match.group(), at + match.start(), gap, False, False))
        last = shown.strip()
    out.words[:] = _without_spans(out.words)
    return out


def _without_spans(words: Sequence[Word]) -> list[Word]:
    """The words of "[Total assets]{style="..."}", as pandoc writes spans with attributes."""
    text = "".join(word.text for word in words)
    if "]{" not in text:
        return list(words)
    kept: list[Word] = []
    at, inside = 0, False
    for word in words:
        places = range(at, at + len(word.text))
        at = places.stop
        shown = []
        for n in places:
            inside = inside or text[n : n + 2] == "]{"
            if not inside and text[n] != "[":
                shown.append(n - places.start)
            inside = inside and text[n] != "}"
        if shown:
            first, last = shown[0], shown[-1] + 1
            kept.append(word._replace(text=word.text[first:last], at=word.at + first))
    return kept


def _is_cut(before: str, word: str) -> bool:
    """The first word of a line that is full is the rest of what stands alone on the line before."""
    if " " in before:
        return False
    if before[-1] in "0123456789,.($" and word[0] in "0123456789,.()":
        return True
    return before[-1].isalpha() and (word[0].islower() or word[0] == "-")
