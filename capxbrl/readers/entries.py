"""Rows of cells that do not say which columns they stand in -> a table: by order, by the cells before them, by
headings.

Dumps of pages lose the spans of cells, and many lose the grid too.  What is left of a row is its label and its cells in
their order.  As many figures as nearly every row has stand in order; a row with fewer is placed by how many cells stand
before each figure, where the dump kept that; else it is loose: its columns are not known, and that is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..amounts import PrintedKind, closes, opens, parse_amount
from ..findings import Position
from ..grammar import MONTHS, YEAR
from ..model import Cell, Row, Table
from ..records import dataclass
from . import tolerances as tol
from .compared import compared_columns, compares
from .notes import may_refer
from .source_lines import SourceLine

_IS_YEAR = re.compile(rf"\(?{YEAR}\)?(?:\s?\((?:\d|[a-z])\)|\s?\*+)?")
_DATED = re.compile(
    rf"(?:{YEAR})|(?:{MONTHS})\b"
    r"|\b(?:months|weeks|quarters?|years?) ended",
    re.I,
)


class WordKind(NamedTuple):
    """What words can be in a row: a figure, the beginning of one, the end of one."""

    figure: bool
    opens: bool
    closes: bool
    dash: bool

    @property
    def begins(self) -> bool:
        """No figure, but the beginning of one."""
        return self.opens and not self.dash

    @property
    def ends(self) -> bool:
        return self.closes and not self.figure


@lru_cache(maxsize=8192)
def kind(words: str) -> WordKind:
    """What words can be in a row."""
    printed = parse_amount(words)
    dash = printed is not None and printed.kind is PrintedKind.DASH
    return WordKind(printed is not None, opens(words), closes(words), dash)


class Scrap(NamedTuple):
    """A slice of a line of the source."""

    line: SourceLine
    x0: int
    x1: int

    @property
    def text(self) -> str:
        return self.line.text[self.x0 : self.x1]


#: What one cell holds, over as many lines as it has.
Text = tuple[Scrap, ...]


class Part(NamedTuple):
    """A cell right of the label. place: how many cells stand before it, as near as the form tells; None where it does
    not.
    """

    text: Text
    place: int | None = None

    @property
    def words(self) -> str:
        return shown(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row: its label, and what stands right of it."""

    label: Text = ()
    parts: tuple[Part, ...] = ()
    rule: bool = False

    @property
    def has_data(self) -> bool:
        figures = [p.words for p in self.parts if is_figure(p.words)]
        return any(not _IS_YEAR.fullmatch(text) for text in figures)


def shown(text: Text) -> str:
    return text[0].text if len(text) == 1 else " ".join(scrap.text for scrap in text)


def is_figure(words: str) -> bool:
    return parse_amount(words) is not None


def is_dated(words: str) -> bool:
    """The words name a year, a month or a length of period."""
    return _DATED.search(words) is not None


def whole_figures(parts: Sequence[Part], worded: Set[int | None] = frozenset()) -> tuple[Part, ...]:
    """ "$", "(1,234" and ")" that stand in cells of their own as one figure. A "$" counts for no place: a figure
    without one has the room of both. worded: the places where other rows have words; a lone letter there is no sign."""
    kinds = [kind(part.words) for part in parts]
    if not any(one.begins or one.ends for one in kinds):
        return tuple(parts)
    out: list[Part] = []
    marks = 0
    # Codes of currencies stand behind their figures in a row that ends with one.
    behind = kinds[-1].opens
    for part, one in zip(parts, kinds, strict=True):
        part = _moved(part, marks)
        last = out[-1] if out else None
        if last and one.figure and _begins(last, worded):
            marks += 1
            out[-1] = Part((*last.text, *part.text), _moved(part, 1).place)
        elif last and one.ends and (behind or not one.opens) and is_figure(last.words):
            out[-1] = Part((*last.text, *part.text), last.place)
        else:
            out.append(part)
    return tuple(out)


def _moved(part: Part, places: int) -> Part:
    """The part so many places further left."""
    return part._replace(place=part.place - places) if places and part.place is not None else part


def _begins(part: Part, worded: Set[int | None]) -> bool:
    """The part is no figure, but the beginning of one."""
    refers = part.place in worded and may_refer(part.words)
    return kind(part.words).begins and not refers


def entries_table(entries: Sequence[Entry], source: str, number: int) -> Table | None:
    """The table of these rows; None where they show no columns of figures."""
    worded = {p.place for e in entries for p in e.parts if p.place is not None and not any(kind(p.words))}
    rows = _unbroken([replace(e, parts=whole_figures(e.parts, worded)) for e in entries])
    columns = _columns([r for r in rows if r.has_data])
    if columns is None:
        return None
    columns = _with_compared(columns, rows)
    made: list[Row] = []
    for row in rows:
        cells, loose = _cells(row, columns)
        if cells:
            made.append(_row(cells, source, number, len(made) + 1, row.rule, loose))
    return Table(rows=tuple(made), width=columns.number + 1, at=replace(made[0].at, row=None, cell=None))


def heading_rows(entries: Sequence[Entry], width: int, shift: int, like: Table) -> list[Row]:
    """Rows of headings over so many columns of figures, the first of which is the grid column `shift`, of a table."""
    out: list[Row] = []
    for entry in entries:
        cells = _headings(entry, _Columns(width, ()))
        put = [(text, col + shift - 1 if col else 0, span) for text, col, span in cells]
        out.append(_row(put, like.at.source, like.at.table or 0, len(out) + 1, False, False))
    return out


class _Columns(NamedTuple):
    """How many columns of figures there are; the usual place of each, where the form tells places."""

    number: int
    places: tuple[int, ...]
    #: The columns that are no percentages; how many percentages stand at the right end.
    plain: tuple[int, ...] = ()
    changes: int = 0


def _columns(rows: Sequence[Entry]) -> _Columns | None:
    found = [[p for p in row.parts if is_figure(p.words)] for row in rows]
    counts = Counter(map(len, found))
    if not counts or max(counts) > tol.RUNS.columns:
        return None
    most = max(counts, key=lambda n: (counts[n], n))
    if counts[most] < tol.RUNS.same * len(found):
        return _uneven(found)
    full = [parts for parts in found if len(parts) == most]
    columns = list(zip(*full, strict=True))
    shares = [2 * sum(p.words.rstrip(" )").endswith("%") for p in column) > len(full) for column in columns]
    changes = next((n for n, share in enumerate(reversed(shares)) if not share), most)
    plain = tuple(k for k, share in enumerate(shares) if not share)
    return _Columns(most, _usual_places(columns), plain, changes)


def _uneven(found: Sequence[Sequence[Part]]) -> _Columns:
    """Of rows with as many figures as they like: the places where figures stand more than once."""
    places = Counter(p.place for parts in found for p in parts if p.place is not None)
    usual = tuple(sorted(place for place, times in places.items() if times > 1))
    return _Columns(len(usual) or max(map(len, found)), usual)


def _usual_places(columns: Sequence[Sequence[Part]]) -> tuple[int, ...]:
    """Where most figures of each column stand; none where the form does not tell, or these are not in order."""
    told = [Counter(part.place for part in column).most_common(1)[0][0] for column in columns]
    usual = tuple(place for place in told if place is not None)
    return usual if len(usual) == len(told) and all(a < b for a, b in pairwise(usual)) else ()


def _unbroken(rows: Sequence[Entry]) -> list[Entry]:
    """The rows; one with fewer figures than most have, and those without label below it that have the rest, are one
    row that line breaks in its cells broke."""
    counts = Counter(n for row in rows if (n := _figures(row)))
    number = max(counts, key=lambda n: (counts[n], n), default=0)
    out: list[Entry] = []
    at = 0
    while at < len(rows):
        end, figures = at + 1, _figures(rows[at])
        while 0 < figures < number and end < len(rows) and not rows[end].label and _figures(rows[end]):
            figures, end = figures + _figures(rows[end]), end + 1
        if figures == number and end > at + 1 and rows[at].label:
            parts = (part._replace(place=None) for row in rows[at:end] for part in row.parts)
            out.append(replace(rows[at], parts=tuple(parts)))
            at = end
        else:
            out.append(rows[at])
            at += 1
    return out


def _figures(row: Entry) -> int:
    """How many figures stand in a row; none in one with years."""
    return sum(is_figure(p.words) for p in row.parts) if row.has_data else 0


def _with_compared(columns: _Columns, rows: Sequence[Entry]) -> _Columns:
    """The columns; the last ones hold changes, and others shares of sales, where their headings say so."""
    heads = [[part.words for part in row.parts] for row in rows if row.parts and not row.has_data]
    dated = [words for words in heads if len(words) != columns.number or all(map(is_dated, words))]
    changes = columns.changes or compared_columns(dated, columns.number)
    return columns._replace(changes=changes, plain=_plain(columns, heads))


def _plain(columns: _Columns, heads: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns that are no percentages, by their figures and by a row with a heading for each."""
    full = (words for words in heads if len(words) == columns.number)
    shares = {k for words in full for k, text in enumerate(words) if compares(text)}
    return tuple(k for k in columns.plain if k not in shares) if len(shares) < columns.number else columns.plain


def _cells(row: Entry, columns: _Columns) -> tuple[list[tuple[Text, int, int]], bool]:
    """The cells of a row: (text, column, span); and whether nothing tells the columns of its figures."""
    if not row.has_data:
        return _headings(row, columns), False
    figures = [p for p in row.parts if is_figure(p.words)]
    words = [p for p in row.parts if not is_figure(p.words)]
    label = (*row.label, *(scrap for p in words for scrap in p.text))
    extra = max(0, len(figures) - columns.number)
    label = (*label, *(scrap for p in figures[:extra] for scrap in p.text))
    figures = figures[extra:]
    placed = list(range(columns.number)) if len(figures) == columns.number else _placed(figures, columns)
    loose = placed is None
    put = [(p.text, c + 1, 1) for p, c in zip(figures, placed or range(len(figures)), strict=False)]
    return [*([(label, 0, 1)] if label else []), *put], loose


def _placed(parts: Sequence[Part], columns: _Columns) -> list[int] | None:
    """The column of each part: as many figures as columns that are no percentages stand in these; else by its place,
    the only one as near as one cell; None where that is not clear."""
    if len(parts) == len(columns.plain) and not any("%" in part.words for part in parts):
        return list(columns.plain)
    if len(columns.places) != columns.number:
        return None
    out: list[int] = []
    for part in parts:
        if part.place is None:
            return None
        gaps = sorted((abs(place - part.place), c) for c, place in enumerate(columns.places))
        if gaps[0][0] > 1 or (len(gaps) > 1 and gaps[1][0] == gaps[0][0]):
            return None
        out.append(gaps[0][1])
    return out if all(a < b for a, b in pairwise(out)) else None


def _headings(row: Entry, columns: _Columns) -> list[tuple[Text, int, int]]:
    """Headings over their columns: as many as there are columns, or one for every so many, stand in order; others by
    place, each up to the next one."""
    count = columns.number
    heads, label = list(row.parts), row.label
    if label and is_dated(shown(label)) and heads and len(heads) < count and count % (len(heads) + 1) == 0:
        heads, label = [Part(label), *heads], ()
    if len(heads) > count:
        return [((*label, *(scrap for p in heads for scrap in p.text)), 0, 1)]
    out: list[tuple[Text, int, int]] = [(label, 0, 1)] if label else []
    return [*out, *_over(heads, columns)] if heads else out


def _over(heads: Sequence[Part], columns: _Columns) -> list[tuple[Text, int, int]]:
    """Headings, no more than there are columns, over these."""
    count = columns.number
    if changes := _changes(heads, columns):
        # "% Change" and the like stand over the percentages at the right end, one each; the others share the rest.
        others = columns._replace(number=count - columns.changes, changes=0)
        rest = _headings(Entry(parts=tuple(heads[:-changes])), others)
        span = columns.changes if changes == 1 else 1
        first = count - changes * span + 1
        return [*rest, *((p.text, first + n * span, span) for n, p in enumerate(heads[-changes:]))]
    if count % len(heads) == 0:
        span = count // len(heads)
        return [(p.text, n * span + 1, span) for n, p in enumerate(heads)]
    starts = _behind_gaps(heads, columns) or [_nearest(p, n, columns) for n, p in enumerate(heads)]
    if any(a >= b for a, b in pairwise(starts)):
        return [(p.text, n + 1, 1) for n, p in enumerate(heads)]
    ends = [*starts[1:], count]
    return [(p.text, a + 1, b - a) for p, a, b in zip(heads, starts, ends, strict=True)]


def _changes(heads: Sequence[Part], columns: _Columns) -> int:
    """How many headings at the right end stand over percentages, where that explains that they are fewer."""
    aside = next((n for n, p in enumerate(reversed(heads)) if not compares(p.words)), len(heads))
    return aside if aside <= columns.changes and aside < len(heads) < columns.number else 0


def _behind_gaps(heads: Sequence[Part], columns: _Columns) -> list[int] | None:
    """Where each period of a row of headings begins, if just so many wider gaps part groups of columns."""
    if len(columns.places) != columns.number or not all(is_dated(part.words) for part in heads):
        return None
    gaps = sorted(((b - a, n) for n, (a, b) in enumerate(pairwise(columns.places), 1)), reverse=True)
    cuts = len(heads) - 1
    return [0, *sorted(n for _, n in gaps[:cuts])] if gaps[cuts - 1][0] > gaps[cuts][0] else None


def _nearest(part: Part, number: int, columns: _Columns) -> int:
    if part.place is None or not columns.places:
        return min(number, columns.number - 1)
    return min(range(len(columns.places)), key=lambda c: (abs(columns.places[c] - (part.place or 0)), c))


def _row(cells: Sequence[tuple[Text, int, int]], source: str, table: int, row: int, rule: bool, loose: bool) -> Row:
    at = _position(cells[0][0], source, table, row)
    made = [_cell(text, col, span, replace(at, cell=n)) for n, (text, col, span) in enumerate(cells, 1)]
    return Row(cells=tuple(made), at=at, rule=rule, loose=loose)


def _position(text: Text, source: str, table: int, row: int) -> Position:
    line, x0, _ = text[0]
    return Position(source=source, line=line.number, column=line.column_at(x0), table=table, row=row)


def _cell(text: Text, col: int, span: int, at: Position) -> Cell:
    jumps: list[tuple[int, int, int]] = []
    size = 0
    for n, (line, x0, x1) in enumerate(text):
        size += n > 0
        if n:
            jumps.append((size, line.number, line.column_at(x0)))
        jumps += [(size + offset, number, column) for offset, number, column in line.jumps(x0, x1)]
        size += x1 - x0
    first = text[0]
    at = replace(at, line=first.line.number, column=first.line.column_at(first.x0))
    return Cell(text=shown(text), at=at, col=col, span=span, jumps=tuple(jumps))
