"""Texts in which each cell of a table stands on a line of its own -> its rows.

What a page leaves when only its text was copied: a label, then its figures one below the other, "$" and ")" too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..grammar import IS_YEAR
from . import tolerances as tol
from .entries import Entry, Part, Scrap, is_figure, kind, whole_figures
from .source_lines import SourceLine
from .source_marks import ends_page


class Flat(NamedTuple):
    """A table whose cells stand on lines of their own: the line behind its last, and its rows."""

    end: int
    entries: tuple[Entry, ...]


class _Row(NamedTuple):
    start: int
    end: int
    label: int | None
    parts: tuple[Part, ...]


def flat_tables(lines: Sequence[SourceLine]) -> dict[int, Flat]:
    """{first line: table} of the tables with a cell on each line."""
    rows = _rows(lines)
    out: dict[int, Flat] = {}
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _joined(lines, rows[end - 1], rows[end]):
            end += 1
        counts = Counter(len(row.parts) for row in rows[at:end] if len(row.parts) > 1)
        if counts and counts.most_common(1)[0][1] >= tol.RUNS.rows:
            start = rows[at].start if rows[at].label is None else rows[at].label
            out[start or 0] = Flat(rows[end - 1].end, _entries(lines, rows[at:end]))
        at = end
    return out


def _rows(lines: Sequence[SourceLine]) -> list[_Row]:
    """The runs of lines that hold nothing but a figure, or a part of one, each with the line of words above it."""
    out: list[_Row] = []
    at, above = 0, None
    while at < len(lines):
        text = lines[at].text.strip()
        if not is_cell(text):
            above = at if text else above
            at += 1
            continue
        parts, start = [], at
        end = at
        while at < len(lines) and (not lines[at].text.strip() or is_cell(lines[at].text.strip())):
            if lines[at].text.strip():
                parts.append(Part((_scrap(lines[at]),)))
                end = at + 1
            at += 1
        figures = whole_figures(parts)
        if any(is_figure(p.words) and not IS_YEAR.fullmatch(p.words) for p in figures):
            label = above if above is not None and is_words(lines[above]) else None
            out.append(_Row(start, end, label, figures))
        above = None
    return out


def is_cell(text: str) -> bool:
    """A figure, or a part of one."""
    return 0 < len(text) <= tol.RUNS.cell and any(kind(text))


def is_words(line: SourceLine) -> bool:
    """A label: words, and no running text."""
    text = line.text.strip()
    return len(text) <= tol.RUNS.label and any(map(str.isalpha, text)) and not ends_page(line.text)


def _scrap(line: SourceLine) -> Scrap:
    return Scrap(line, len(line.text) - len(line.text.lstrip()), len(line.text.rstrip()))


def _joined(lines: Sequence[SourceLine], row: _Row, following: _Row) -> bool:
    """Only labels stand between two rows: the names of sections, the first lines of a label."""
    between = [line for line in lines[row.end : following.start] if line.text.strip()]
    return len(between) <= tol.RUNS.apart and all(is_words(line) for line in between)


def _entries(lines: Sequence[SourceLine], rows: Sequence[_Row]) -> tuple[Entry, ...]:
    out: list[Entry] = []
    done = rows[0].start if rows[0].label is None else rows[0].label
    for row in rows:
        for line in lines[done : row.label if row.label is not None else row.start]:
            if line.text.strip():
                out.append(Entry(label=(_scrap(line),)))
        label = () if row.label is None else (_scrap(lines[row.label]),)
        out.append(Entry(label=label, parts=row.parts))
        done = row.end
    return tuple(out)
