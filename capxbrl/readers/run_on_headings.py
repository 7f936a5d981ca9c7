"""Headings that run on from line to line -> rows of headings, by their number: "July 2,", "2023 Percent", "to Sales".

Where a dump has lost the places of headings, only their order is left.  A block of lines that holds nothing but lengths
of periods, dates and words of change heads columns if there are as many as columns, or one for every so many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .. import words as vocabulary
from ..grammar import ANY_YEAR, IS_YEAR, MONTHS, SHORT_MONTHS
from ..model import Row, Table
from ..patterns import compiled
from . import tolerances as tol
from .entries import Entry, Part, Scrap, Text, heading_rows, is_figure
from .source_lines import SourceLine

_MONTH = rf"(?:{MONTHS}|{SHORT_MONTHS})\.?"
_NUMBER = r"(?:one|two|three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2})"
_ORDINAL = r"(?:first|second|third|fourth)"


class HeadKind(StrEnum):
    """What a heading says of its column. MONTH: a day without its year."""

    LENGTH = "length"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    CHANGE = "change"


#: What may head a column, from the most to the least particular: (kind, pattern, an example); then words of change.
_HEADS = (
    (HeadKind.LENGTH, rf"(?:for the\s+)?{_NUMBER}[\s-]+(?:months?|weeks?|years?)(?:\s+ended)?", "Three Months Ended"),
    (
        HeadKind.LENGTH,
        rf"(?:for the\s+)?(?:fiscal\s+)?{_ORDINAL}[\s-]+(?:quarters?|half)(?:\s+ended)?",
        "Fiscal Second Quarter Ended",
    ),
    (HeadKind.LENGTH, r"(?:for the\s+)?(?:fiscal\s+)?(?:years?|quarters?)\s+ended", "Year Ended"),
    (HeadKind.DAY, rf"{_MONTH}\s+\d{{1,2}},?\s+{ANY_YEAR}(?!\d)", "July 2, 2023"),
    (HeadKind.DAY, r"\d{1,2}/\d{1,2}/(?:\d\d){1,2}(?!\d)", "3/31/2022"),
    (HeadKind.MONTH, rf"{_MONTH}\s+\d{{1,2}}(?!\d),?", "March 31,"),
    (HeadKind.YEAR, rf"(?:{_MONTH}\s+)?{ANY_YEAR}(?!\d)", "2023"),
)
_ANY_DATE = compiled(rf"\b(?:{MONTHS}|{ANY_YEAR})\b", re.I)
_OTHER = compiled(r"[^\W_]{2,}")


@cache
def _head() -> re.Pattern[str]:
    """Any of the headings; a group for each."""
    found = [*(pattern for _, pattern, _ in _HEADS), vocabulary.pattern("columns", "change that heads").pattern]
    kinds = "|".join(f"(?P<k{n}>{pattern})" for n, pattern in enumerate(found))
    return compiled(rf"(?<!\w)(?=\S)(?:{kinds})", re.I)


class _Head(NamedTuple):
    kind: HeadKind
    text: Text


def headings_above(lines: Sequence[SourceLine], start: int, floor: int, width: int) -> tuple[int, list[Entry]]:
    """The first line of what heads so many columns above a line, and its rows: the longest block of lines that holds
    nothing but headings, as many as there are columns; labels below it. floor: the first line that they may take."""
    near = [n for n in range(floor, start) if lines[n].text.strip()][-tol.RUNS.headings :]
    # A line with a date is no label below headings, but one of them.
    dated = max((n for n, at in enumerate(near) if _ANY_DATE.search(lines[at].text)), default=0)
    for first in range(len(near)):
        if not _begins_with_head([lines[n] for n in near[first:]]):
            continue  # and so do fewer of these lines not
        for last in range(len(near), max(first, len(near) - tol.RUNS.between, dated), -1):
            heads, beside = _heads([lines[n] for n in near[first:last]])
            if made := _dealt(heads, width):
                labels = [*beside, *(whole_line(lines[n]) for n in near[last:])]
                return near[first], [*made, *(Entry(label=text) for text in labels)]
    return start, []


def with_run_on_headings(table: Table, lines: Sequence[SourceLine], shift: int) -> Table:
    """The table; where its headings stand one below the other, each over its column. lines: those of the table; shift:
    the grid column of its first column of figures."""
    width = table.width - shift
    first = next((n for n, row in enumerate(table.rows) if _has_figures(row, shift)), 0)
    if width < 2 or not _one_below_the_other(table.rows[:first]):
        return table
    body = table.rows[first].at.line or 0
    above = [line for line in lines if line.number < body]
    start, entries = headings_above(above, len(above), 0, width)
    if not entries:
        return table
    kept = [row for row in table.rows[:first] if (row.at.line or 0) < above[start].number]
    rows = (*kept, *heading_rows(entries, width, shift, table), *table.rows[first:])
    return replace(table, rows=tuple(replace(row, at=replace(row.at, row=n)) for n, row in enumerate(rows, 1)))


def _one_below_the_other(rows: Sequence[Row]) -> bool:
    """Two rows or more have a heading, and none has more than one."""
    heads = [sum(_head().search(cell.text) is not None for cell in row.cells) for row in rows]
    return heads.count(1) > 1 and max(heads) == 1


def _has_figures(row: Row, shift: int) -> bool:
    """It has a label and figures, or more than one figure."""
    texts = [cell.text for cell in row.cells if cell.col >= shift]
    return len(row.cells) > 1 and any(is_figure(text) and not IS_YEAR.fullmatch(text.strip()) for text in texts)


def count_heads(line: SourceLine) -> int:
    """How many headings stand in a line."""
    return sum(1 for _ in _head().finditer(line.text))


def whole_line(line: SourceLine) -> Text:
    """A line without the blanks around it."""
    return (Scrap(line, len(line.text) - len(line.text.lstrip()), len(line.text.rstrip())),)


def _begins_with_head(lines: Sequence[SourceLine]) -> bool:
    """A heading begins in the first line, behind a few words at most."""
    text = "".join(line.text + " " for line in lines)
    head = _head().search(text)
    lead = head.start() if head is not None else len(text)
    return lead <= len(lines[0].text) and len(text[:lead].strip()) <= tol.RUNS.lead


def _heads(lines: Sequence[SourceLine]) -> tuple[list[_Head], list[Text]]:
    """The headings in lines that hold nothing else, and the words beside them; no headings where they hold others."""
    if not _begins_with_head(lines):
        return [], []
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += line.text + " "
    found = list(_head().finditer(text))
    gaps = list(pairwise([0, *(edge for m in found for edge in m.span()), len(text)]))[::2]
    if any(_OTHER.search(vocabulary.pattern("columns", "beside headings").sub(" ", text[a:b])) for a, b in gaps[1:]):
        return [], []
    beside = [_scraps(lines, starts, a, b) for a, b in gaps if any(map(str.isalnum, text[a:b]))]
    return [_Head(_kind(m), _scraps(lines, starts, *m.span())) for m in found], beside


def _kind(match: re.Match[str]) -> HeadKind:
    number = int((match.lastgroup or "k0")[1:])
    return _HEADS[number][0] if number < len(_HEADS) else HeadKind.CHANGE


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
    months, dated = _of(heads, HeadKind.MONTH), _of(heads, HeadKind.DAY, HeadKind.YEAR)
    changes, lengths = _of(heads, HeadKind.CHANGE), _of(heads, HeadKind.LENGTH)
    # What compares stands over dates of its own, or in their row.
    apart = len(dated) == width
    row = dated if apart else _of(heads, HeadKind.DAY, HeadKind.YEAR, HeadKind.CHANGE)
    uneven = bool(lengths) and width % len(lengths) > 0
    if len(row) != width or not dated or len(months) not in (0, 1, width):
        return []
    if uneven and not apart and (width - len(changes)) % len(lengths):
        return []
    over = [*lengths, *changes] if apart or uneven else lengths
    return [Entry(parts=tuple(Part(head.text) for head in line)) for line in (over, months, row) if line]


def _of(heads: Sequence[_Head], *kinds: HeadKind) -> list[_Head]:
    return [head for head in heads if head.kind in kinds]


def _with_months(heads: Sequence[_Head], width: int) -> Iterator[_Head]:
    """The headings; a day that stands before one bare year less than there are columns is that of all of them."""
    kinds = [head.kind for head in heads if head.kind is not HeadKind.LENGTH]
    shared = width > 1 and kinds == [HeadKind.DAY, *[HeadKind.YEAR] * (width - 1)]
    for head in heads:
        at = len(head.text[-1].text) - 4
        if shared and head.kind is HeadKind.DAY and IS_YEAR.fullmatch(head.text[-1].text[at:]):
            line, x0, x1 = head.text[-1]
            month = (*head.text[:-1], *([Scrap(line, x0, x0 + len(line.text[x0 : x0 + at].rstrip()))] if at else []))
            yield _Head(HeadKind.MONTH, month)
            yield _Head(HeadKind.YEAR, (Scrap(line, x1 - 4, x1),))
        else:
            yield head
