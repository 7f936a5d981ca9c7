"""Texts whose tables have lost their columns -> their rows: "Gross profit 54,855 50,332", or the figures a line below.

What a browser without pictures leaves of cells with blocks in them.  One blank parts a label from its figures, headings
run on from line to line ("July 2,", "2023 Percent", "to Sales July 3,"), and only the order of things is left: as many
headings as there are figures in nearly every row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..grammar import IS_YEAR
from . import tolerances as tol
from .dumps import indent_of
from .entries import Entry, Part, Scrap, Text, is_figure, whole_figures
from .flattened import Flat, is_cell, is_words
from .line_pieces import Word, words_of
from .notes import may_refer
from .run_on_headings import count_heads, headings_above, whole_line
from .source_lines import SourceLine
from .source_marks import ends_page

#: The number of a note behind a label.
_NOTE_NUMBER = re.compile(r"\(\d{1,2}\)")
#: What may be the number of a page below the last row.
_PAGE_NUMBER = re.compile(r"\d{1,3}")


class _Row(NamedTuple):
    """A row: its first line, the line behind its last, its label and its figures.

    unaligned: its figures stand in no column; loud: by the blank before them, or by the lines they are spread over.
    """

    start: int
    end: int
    label: Text
    parts: tuple[Part, ...]
    unaligned: bool
    loud: bool


def unaligned_tables(lines: Sequence[SourceLine]) -> dict[int, Flat]:
    """{first line: table} of the tables whose rows are set without columns."""
    rows = list(_rows(lines))
    out: dict[int, Flat] = {}
    at = floor = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _joined(lines, rows[end - 1], rows[end]):
            end += 1
        if _is_table(rows[at:end]):
            number = _usual(rows[at:end])
            start, heads = headings_above(lines, rows[at].start, floor, number)
            out[start] = Flat(rows[end - 1].end, (*heads, *_entries(lines, rows[at:end], number)))
            floor = rows[end - 1].end
        at = end
    return out


def _usual(rows: Sequence[_Row]) -> int:
    """How many figures most rows with more than one have."""
    counts = Counter(len(row.parts) for row in rows if len(row.parts) > 1)
    return max(counts, key=lambda n: (counts[n], n), default=0)


def _is_table(rows: Sequence[_Row]) -> bool:
    number = _usual(rows)
    full = [row for row in rows if len(row.parts) == number]
    if _in_columns(full):
        return False
    columns = [_edges(row) for row in full if not row.unaligned]
    stray = [row for row in full if row.unaligned and not any(_below(_edges(row), other) for other in columns)]
    loud = any(row.loud for row in stray)
    return number > 1 and len(full) >= tol.RUNS.rows and loud and len(stray) >= tol.RUNS.unaligned * len(full)


def _in_columns(rows: Sequence[_Row]) -> bool:
    """The last figures of most rows stand apart and end below each other, whatever stands before them: "Interest, Note
    7      512   167" has one more, and still stands in columns."""
    last = Counter((row.parts[-2].text[-1].x1, row.parts[-1].text[-1].x1) for row in rows if _stands_apart(row))
    near = range(-tol.RUNS.edge, tol.RUNS.edge + 1)
    most = max((sum(last[x + i, y + j] for i in near for j in near) for x, y in last), default=0)
    return most > tol.RUNS.in_columns * len(rows)


def _stands_apart(row: _Row) -> bool:
    """Two blanks or leaders part the last two figures from what stands before them in the line."""
    if len(row.parts) < 2:
        return False
    before = row.parts[-3].text if len(row.parts) > 2 else row.label
    if not before or row.end - row.start > 1:
        return False
    return row.parts[-2].text[0].x0 - before[-1].x1 > 1 or before[-1].text.endswith("..")


def _edges(row: _Row) -> list[int]:
    return [part.text[-1].x1 for part in row.parts]


def _below(edges: Sequence[int], others: Sequence[int]) -> bool:
    """The figures stand below those of another row, for all that their label reaches up to them."""
    return all(abs(a - b) <= tol.RUNS.edge for a, b in zip(edges, others, strict=True))


def _rows(lines: Sequence[SourceLine]) -> Iterator[_Row]:
    """The lines that end in figures; lines of figures alone, one below the other, are a row with the words above."""
    at, above = 0, -1
    while at < len(lines):
        text = lines[at].text
        if not _ends_in_cell(text):  # nearly all lines of running text
            above = at if text.strip() else above
            at += 1
            continue
        label, parts = _cut(lines[at])
        if label and parts:
            touches = parts[0].text[0].x0 - label[-1].x1 == 1
            yield _Row(at, at + 1, label, parts, touches, touches)
        elif _holds_cells(lines[at]):
            end, parts = _figures_from(lines, at)
            if parts:
                yield _bare(lines, above, at, end, parts)
            at = end - 1
        above = -1 if parts else at
        at += 1


def _bare(lines: Sequence[SourceLine], above: int, at: int, end: int, parts: tuple[Part, ...]) -> _Row:
    """A row of figures, with the words above it as its label, unless it stands far right of them."""
    indent = parts[0].text[0].x0
    under = above >= 0 and _stands_under(indent, lines[above])
    label = whole_line(lines[above]) if under else ()
    broken = sum(bool(line.text.strip()) for line in lines[at:end]) > 1
    return _Row(above if under else at, end, label, parts, indent <= tol.DUMPS.margin or broken, broken)


def _stands_under(indent: int, above: SourceLine) -> bool:
    """What begins so far in stands below words, and not far right of them."""
    return indent <= max(tol.DUMPS.margin, indent_of(above) + tol.RUNS.under) and is_words(above)


def _figures_from(lines: Sequence[SourceLine], at: int) -> tuple[int, tuple[Part, ...]]:
    """Behind the last line of figures alone, and the figures; none where they are but one, or years."""
    cells: list[Part] = []
    end = at
    for n in range(at, len(lines)):
        if _holds_cells(lines[n]):
            cells += [Part((Scrap(lines[n], w.x0, w.x1),)) for w in words_of(lines[n].text)]
            end = n + 1
        elif lines[n].text.strip():
            break
    parts = whole_figures(cells)
    return end, parts if len(parts) > 1 and _are_figures(parts) else ()


def _holds_cells(line: SourceLine) -> bool:
    """The line holds figures, or parts of them, and nothing else."""
    words = line.text.split()
    return 0 < len(words) <= tol.RUNS.words and all(map(is_cell, words)) and "\t" not in line.text


def _cut(line: SourceLine) -> tuple[Text, tuple[Part, ...]]:
    """The label of a line and the figures at its end; no figures where it has none, or years only."""
    text = line.text
    if len(text) > tol.RUNS.text or "\t" in text or text.count("|") > 1 or ends_page(text):
        return (), ()
    words = words_of(text)
    first = _behind_label(text, words)
    parts = whole_figures([Part((Scrap(line, w.x0, w.x1),)) for w in words[first:]])
    if not _are_figures(parts) or (len(parts) == 1 and not _is_lone_figure(parts[0].words, text)):
        return (), ()
    return ((Scrap(line, words[0].x0, words[first - 1].x1),) if first else ()), parts


def _behind_label(text: str, words: Sequence[Word]) -> int:
    """The first of the words at the end of a line that are figures, or parts of them."""
    first = len(words)
    while first and is_cell(words[first - 1].text) and not words[first - 1].text.endswith(".."):
        first -= 1  # leaders end a label: "Long-term debt, Note 6......"
    while 0 < first < len(words) and _is_open(text, words[first - 1].x1):
        first += 1  # "(Note 9)", "($91 in 1994)"
    while 0 < first < len(words) - 1 and _refers(*words[first - 1 : first + 2]):
        first += 1  # "C & R     1,234"
    return first


def _refers(before: Word, word: Word, behind: Word) -> bool:
    """A letter that stands far from the figure behind it, and at the words before it: no sign of a currency."""
    return word.x0 - before.x1 == 1 and behind.x0 - word.x1 > 1 and may_refer(word.text)


def _ends_in_cell(text: str) -> bool:
    """Its last word may be a figure, or a part of one; leaders may run into it."""
    last = text.rsplit(None, 1)[-1:]
    return bool(last) and (".." in last[0] or is_cell(last[0]))


def _are_figures(parts: Sequence[Part]) -> bool:
    """All are figures, and not all of a heading."""
    texts = [part.words for part in parts]
    return bool(texts) and all(map(is_figure, texts)) and not all(map(_of_heading, texts))


def _is_lone_figure(figure: str, line: str) -> bool:
    """It has digits, and ends no line of running text."""
    return any(c.isdigit() for c in figure) and len(line.strip()) <= tol.RUNS.label


def _of_heading(figure: str) -> bool:
    """A year, or the number of a note."""
    return IS_YEAR.fullmatch(figure) is not None or _NOTE_NUMBER.fullmatch(figure) is not None


def _is_open(text: str, end: int) -> bool:
    """A parenthesis before this place is not closed there."""
    return text.count("(", 0, end) > text.count(")", 0, end)


def _joined(lines: Sequence[SourceLine], row: _Row, following: _Row) -> bool:
    """Only labels stand between two rows, and no headings of another table."""
    between = [line for line in lines[row.end : following.start] if line.text.strip()]
    return len(between) <= tol.RUNS.apart and all(map(is_words, between)) and sum(map(count_heads, between)) < 2


def _entries(lines: Sequence[SourceLine], rows: Sequence[_Row], number: int) -> Iterator[Entry]:
    """The rows, and the labels between them; figures for several rows are a labelled row and rows without labels."""
    done = rows[0].start
    for row in rows:
        yield from (Entry(label=whole_line(line)) for line in lines[done : row.start] if line.text.strip())
        page = row is rows[-1] and len(row.parts) > number and _PAGE_NUMBER.fullmatch(row.parts[-1].words) is not None
        parts = row.parts[:-1] if page else row.parts
        size = number if len(parts) % number == 0 else len(parts)
        for first in range(0, len(parts), size):
            yield Entry(label=() if first else row.label, parts=parts[first : first + size])
        if page:
            yield Entry(label=row.parts[-1].text)
        done = row.end
