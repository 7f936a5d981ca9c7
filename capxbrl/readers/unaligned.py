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

from ..amounts import closes, opens
from ..grammar import ANY_YEAR, IS_YEAR, MONTHS, SHORT_MONTHS
from .dumps import MARGIN
from .entries import Entry, Part, Scrap, Text, is_figure, whole_figures
from .flattened import Flat
from .line_pieces import Word, words_of
from .source_lines import SourceLine
from .source_marks import PAGE

#: So many rows with the same number of figures make a table, and this part of them must be set without columns.
_ROWS, _SHARE = 5, 0.3
#: No row has more words in its cells.
_MOST = 80
#: The right edges of one column are so near.
_NEAR = 2
#: So many lines of words between two rows end it; a longer line is running text, if it ends in one figure or none.
_APART, _WIDEST, _LONGEST = 8, 200, 800
#: Headings begin at most so many lines of words above the first row; so many labels stand below them, at most.
_HEADINGS, _BETWEEN = 14, 6

_MONTH = rf"(?:{MONTHS}|{SHORT_MONTHS})\.?"
_NUMBER = r"(?:one|two|three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2})"
_ORDINAL = r"(?:first|second|third|fourth)"
#: What may head a column, from the most to the least particular: (kind, pattern, an example).
_HEADS = (
    ("length", rf"(?:for the\s+)?{_NUMBER}[\s-]+(?:months?|weeks?|years?)(?:\s+ended)?", "Three Months Ended"),
    (
        "length",
        rf"(?:for the\s+)?(?:fiscal\s+)?{_ORDINAL}[\s-]+(?:quarters?|half)(?:\s+ended)?",
        "Fiscal Second Quarter Ended",
    ),
    ("length", r"(?:for the\s+)?(?:fiscal\s+)?(?:years?|quarters?)\s+ended", "Year Ended"),
    ("day", rf"{_MONTH}\s+\d{{1,2}},?\s+{ANY_YEAR}(?!\d)", "July 2, 2023"),
    ("day", r"\d{1,2}/\d{1,2}/(?:\d\d){1,2}(?!\d)", "3/31/2022"),
    ("month", rf"{_MONTH}\s+\d{{1,2}}(?!\d),?", "March 31,"),
    ("year", rf"(?:{_MONTH}\s+)?{ANY_YEAR}(?!\d)", "2023"),
    (
        "change",
        r"(?:%|percent(?:age)?\b)(?:\s*(?:increase|change|\(?decrease\)?|(?:of|to)\s+(?:net\s+)?[a-z]+))?(?:\s+(?:from|vs))?",
        "Percent to Sales",
    ),
    ("change", r"(?:increase|change|variance)\b(?:\s*/?\s*\(decrease\))?(?:\s+(?:from|vs))?", "Change from"),
)
_HEAD = re.compile("|".join(rf"(?P<k{n}>(?<!\w){pattern})" for n, (_, pattern, _) in enumerate(_HEADS)), re.I)
#: What may stand beside headings; what is a word of something else.
_BESIDE = re.compile(
    r"\(?unaudited\)?|\b(?:and|ended|as of|at|in|dollars|u\.?s\.?|(?:mill|bill)ions|thousands|000s?|omitted|except"
    r"|per|share|data|amounts)\b",
    re.I,
)
_OTHER = re.compile(r"[^\W_]{2,}")
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
            start, heads = _headings(lines, rows[at], floor, number)
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
    columns = [_edges(row) for row in full if not row.unaligned]
    stray = [row for row in full if row.unaligned and not any(_below(_edges(row), other) for other in columns)]
    loud = any(row.loud for row in stray)
    return number > 1 and len(full) >= _ROWS and loud and len(stray) >= _SHARE * len(full)


def _edges(row: _Row) -> list[int]:
    return [part.text[-1].x1 for part in row.parts]


def _below(edges: Sequence[int], others: Sequence[int]) -> bool:
    """The figures stand below those of another row, for all that their label reaches up to them."""
    return all(abs(a - b) <= _NEAR for a, b in zip(edges, others, strict=True))


def _rows(lines: Sequence[SourceLine]) -> Iterator[_Row]:
    """The lines that end in figures; lines of figures alone, one below the other, are a row with the words above."""
    at, above = 0, -1
    while at < len(lines):
        label, parts = _cut(lines[at])
        if label and parts:
            touches = parts[0].text[0].x0 - label[-1].x1 == 1
            yield _Row(at, at + 1, label, parts, touches, touches)
        elif _holds_cells(lines[at]):
            end, parts = _figures_from(lines, at)
            if parts:
                yield _bare(lines, above, at, end, parts)
            at = end - 1
        if lines[at].text.strip():
            above = at if not parts and _is_words(lines[at]) else -1
        at += 1


def _bare(lines: Sequence[SourceLine], above: int, at: int, end: int, parts: tuple[Part, ...]) -> _Row:
    """A row of figures, with the words above it as its label, unless it stands far right of them."""
    indent = parts[0].text[0].x0
    under = above >= 0 and indent <= max(MARGIN, _indent(lines[above]) + 4)
    label = _whole(lines[above]) if under else ()
    broken = sum(bool(line.text.strip()) for line in lines[at:end]) > 1
    return _Row(above if under else at, end, label, parts, indent <= MARGIN or broken, broken)


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
    figures = [p.words for p in parts if is_figure(p.words)]
    years = all(IS_YEAR.fullmatch(f) for f in figures)
    return end, parts if len(figures) == len(parts) > 1 and not years else ()


def _holds_cells(line: SourceLine) -> bool:
    """The line holds figures, or parts of them, and nothing else."""
    words = line.text.split()
    return 0 < len(words) <= _MOST and all(map(_is_cell, words)) and "\t" not in line.text


def _cut(line: SourceLine) -> tuple[Text, tuple[Part, ...]]:
    """The label of a line and the figures at its end; no figures where it has none, or years only."""
    text = line.text
    if len(text) > _LONGEST or "\t" in text or text.count("|") > 1 or PAGE.search(text):
        return (), ()
    words = words_of(text)
    first = len(words)
    while first and _is_cell(words[first - 1].text):
        first -= 1
    while first < len(words) and _opened(words[:first]):
        first += 1  # "(Note 9)", "($91 in 1994)"
    parts = whole_figures([Part((Scrap(line, w.x0, w.x1),)) for w in words[first:]])
    figures = [p.words for p in parts if is_figure(p.words)]
    if not figures or all(IS_YEAR.fullmatch(f) for f in figures) or len(figures) != len(parts):
        return (), ()
    if len(figures) == 1 and len(text.strip()) > _WIDEST:
        return (), ()
    if len(figures) == 1 and (_NOTE_NUMBER.fullmatch(figures[0]) or not any(c.isdigit() for c in figures[0])):
        return (), ()
    return ((Scrap(line, words[0].x0, words[first - 1].x1),) if first else ()), parts


def _is_cell(word: str) -> bool:
    return len(word) <= 40 and (is_figure(word) or opens(word) or closes(word))


def _opened(words: Sequence[Word]) -> bool:
    text = " ".join(w.text for w in words)
    return text.count("(") > text.count(")")


def _is_words(line: SourceLine) -> bool:
    return any(c.isalpha() for c in line.text) and len(line.text.strip()) <= _WIDEST and PAGE.search(line.text) is None


def _indent(line: SourceLine) -> int:
    return len(line.text) - len(line.text.lstrip())


def _whole(line: SourceLine) -> Text:
    return (Scrap(line, _indent(line), len(line.text.rstrip())),)


def _joined(lines: Sequence[SourceLine], row: _Row, following: _Row) -> bool:
    """Only labels stand between two rows, and no headings of another table."""
    between = [line for line in lines[row.end : following.start] if line.text.strip()]
    heads = sum(len(list(_HEAD.finditer(line.text))) for line in between)
    return len(between) <= _APART and all(map(_is_words, between)) and heads < 2


def _entries(lines: Sequence[SourceLine], rows: Sequence[_Row], number: int) -> Iterator[Entry]:
    """The rows, and the labels between them; figures for several rows are a labelled row and rows without labels."""
    done = rows[0].start
    for row in rows:
        yield from (Entry(label=_whole(line)) for line in lines[done : row.start] if line.text.strip())
        page = row is rows[-1] and len(row.parts) > number and _PAGE_NUMBER.fullmatch(row.parts[-1].words) is not None
        parts = row.parts[:-1] if page else row.parts
        size = number if len(parts) % number == 0 else len(parts)
        for first in range(0, len(parts), size):
            yield Entry(label=() if first else row.label, parts=parts[first : first + size])
        if page:
            yield Entry(label=row.parts[-1].text)
        done = row.end


# --- headings ----------------------------------------------------------------------------------------------------


class _Head(NamedTuple):
    kind: str
    text: Text


def _headings(lines: Sequence[SourceLine], row: _Row, floor: int, width: int) -> tuple[int, list[Entry]]:
    """The first line of what heads the columns above a row, and its rows: the longest block of lines that holds nothing
    but headings, as many as there are columns; labels below it."""
    near = [n for n in range(floor, row.start) if lines[n].text.strip()][-_HEADINGS:]
    for first in range(len(near)):
        for last in range(len(near), max(first, len(near) - _BETWEEN), -1):
            made = _dealt(_heads([lines[n] for n in near[first:last]]), width)
            if made:
                return near[first], [*made, *(Entry(label=_whole(lines[n])) for n in near[last:])]
    return row.start, []


def _heads(lines: Sequence[SourceLine]) -> list[_Head]:
    """The headings in lines that hold nothing else; none where they hold other words."""
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += line.text + " "
    if _OTHER.search(_BESIDE.sub(" ", _HEAD.sub(" ", text))) or not (_HEAD.search(lines[0].text) and lines):
        return []
    return [_Head(_HEADS[_kind(m)][0], _scraps(lines, starts, *m.span())) for m in _HEAD.finditer(text)]


def _kind(match: re.Match[str]) -> int:
    return int((match.lastgroup or "k0")[1:])


def _scraps(lines: Sequence[SourceLine], starts: Sequence[int], x0: int, x1: int) -> Text:
    """The slices of lines that a slice of their text is made of."""
    out: list[Scrap] = []
    for line, start in zip(lines, starts, strict=True):
        a, b = max(0, x0 - start), min(len(line.text), x1 - start)
        part = line.text[a:b]
        if a < b and part.strip():
            out.append(Scrap(line, a + len(part) - len(part.lstrip()), a + len(part.rstrip())))
    return tuple(out)


def _dealt(heads: Sequence[_Head], width: int) -> list[Entry]:
    """The headings as rows over so many columns; nothing where their numbers do not fit."""
    heads = list(_with_months(heads, width))
    months = [head for head in heads if head.kind == "month"]
    dated = [head for head in heads if head.kind in ("day", "year")]
    changes = [head for head in heads if head.kind == "change"]
    lengths = [head for head in heads if head.kind == "length"]
    # What compares stands over dates of its own, or in their row.
    row = dated if len(dated) == width else [head for head in heads if head.kind in ("day", "year", "change")]
    over = [*lengths, *changes] if row is dated or (lengths and width % len(lengths)) else lengths
    if len(row) != width or not dated or len(months) not in (0, 1, width):
        return []
    if lengths and width % len(lengths) and (width - len(changes)) % len(lengths) and row is not dated:
        return []
    return [Entry(parts=tuple(Part(head.text) for head in line)) for line in (over, months, row) if line]


def _with_months(heads: Sequence[_Head], width: int) -> Iterator[_Head]:
    """The headings; a day that stands before one bare year less than there are columns is that of all of them."""
    kinds = [head.kind for head in heads if head.kind != "length"]
    shared = width > 1 and kinds == ["day", *["year"] * (width - 1)]
    for head in heads:
        at = len(head.text[-1].text) - 4
        if shared and head.kind == "day" and IS_YEAR.fullmatch(head.text[-1].text[at:]):
            line, x0, x1 = head.text[-1]
            month = (*head.text[:-1], *([Scrap(line, x0, x0 + len(line.text[x0 : x0 + at].rstrip()))] if at else []))
            yield _Head("month", month)
            yield _Head("year", (Scrap(line, x1 - 4, x1),))
        else:
            yield head
