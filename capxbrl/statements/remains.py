"""What of a statement's figures was not read: every cell with a digit in a column of figures is an amount, or is told.

Columns that are left out as a whole are told by `decisions.columns`; here is what stands in the columns that are kept,
in no column at all, or at the end of a label whose figure is missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from ..amounts import PrintedKind
from ..evidence import AnnotatedRow, DecidedTable
from ..findings import Finding, Position, Severity, counted
from ..model import LineItem, Span, place
from ..patterns import compiled
from ..records import dataclass
from ..words import pattern

_DIGIT = compiled(r"\d")
#: Words: "See Note 5", "December 31".
_WORDS = compiled(r"[^\W\d_]{3}")
#: A figure among words all the same: "9,918,707, and".
_GROUPED = compiled(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)")
#: The number of a page: "F-12".
_PAGE = compiled(r"[A-Z]{1,3}-\d{1,3}")
#: A reference to a note, in a column of its own left of the figures: "5", "12", "A3", "3, 7".
_REFERENCE = compiled(r"\W*[A-Z]{0,2}\d{0,2}(?:\s?[,&]\s?[A-Z]?\d{0,2}){0,4}\W*", re.I)
#: A figure at the end of a label: "Gross profit 35,516".
_ENDS_IN_FIGURE = compiled(r"\s\$?\s?\(?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?\W*$")


class Why(StrEnum):
    """Why a cell with a digit became no amount."""

    UNREADABLE = "no figure that can be read"
    SECOND = "a second figure in its column"
    PERCENT = "a percentage"
    STRAY = "outside the columns"
    LABEL = "a figure at the end of a label whose own figure is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remain:
    """A cell with a digit that became no amount. label: of its line, or ""; at: its first digit."""

    row: AnnotatedRow
    label: str
    text: str
    why: Why
    at: Position


Place = tuple[int, int | None, int | None]  # block, row, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read: the cells of amounts and labels, the line of each row; kept and aside: grid columns."""

    cells: frozenset[Place]
    lines: dict[tuple[int, int | None], LineItem]
    kept: frozenset[int]
    aside: frozenset[int]


def remains(decided: DecidedTable, lines: Sequence[LineItem]) -> tuple[Remain, ...]:
    """The cells with digits, in rows of the statement below its headings, that are neither amounts nor words."""
    by_row: dict[tuple[int, int | None], LineItem] = {}
    cells: set[Place] = set()
    for line in lines:
        spans = [*(a.span for a in line.amounts if a is not None), *line.spans]
        cells.update(map(_place, spans))
        by_row |= {(s.block, s.row): line for s in spans}
    kept = frozenset(c.grid for c in decided.columns)
    aside = frozenset(h.col for h in decided.headed.headings) - kept
    read = _Read(cells=frozenset(cells), lines=by_row, kept=kept, aside=aside)
    rows = (row for row in decided.headed.table.rows if not row.is_heading)
    return tuple(remain for row in rows for remain in (*_in_label(row, read), *_in_columns(row, read)))


def _place(span: Span) -> Place:
    return span.block, span.row, span.cell


def _in_columns(row: AnnotatedRow, read: _Read) -> Iterator[Remain]:
    line = read.lines.get((row.block, row.row))
    for i, cell in enumerate(row.cells):
        digit = _DIGIT.search(cell.text)
        if digit is None or cell.col == 0 or (row.block, row.row, i) in read.cells or _is_words(row, i):
            continue
        if why := _why(row, i, read):
            text = " ".join(cell.text.split())
            label = line.label if line else ""
            yield Remain(row=row, label=label, text=text, why=why, at=place(cell, digit.start()))


def _is_words(row: AnnotatedRow, number: int) -> bool:
    """A day, or a reference to a note or a page; not words of the label that run on into a figure."""
    text = row.cells[number].text.strip()
    if _PAGE.fullmatch(text):
        return True
    names = bool(row.clues[number]) or pattern("labels", "note").search(text) is not None
    return names and _WORDS.search(text) is not None and not _GROUPED.search(text)


def _why(row: AnnotatedRow, number: int, read: _Read) -> Why | None:
    """None: the column is left out as a whole, or it is one of references to notes."""
    cell, printed = row.cells[number], row.printed[number]
    over = set(range(cell.col, cell.col + cell.span))
    percent = printed is not None and printed.kind is PrintedKind.PERCENT
    if over & read.kept:
        return Why.PERCENT if percent else Why.SECOND if printed else Why.UNREADABLE
    if over & read.aside or percent or (cell.col < min(read.kept) and _REFERENCE.fullmatch(cell.text)):
        return None
    return Why.STRAY


def _in_label(row: AnnotatedRow, read: _Read) -> Iterator[Remain]:
    """A figure that stands too near to the words was taken for a part of them."""
    line = read.lines.get((row.block, row.row))
    if line is None or line.figures or not any(line.amounts) or all(line.amounts):
        return
    for i, cell in enumerate(row.cells):
        found = _ENDS_IN_FIGURE.search(cell.text) if cell.col < min(read.kept) else None
        if found and (row.block, row.row, i) in read.cells:
            text = found.group().strip()
            yield Remain(row=row, label=line.label, text=text, why=Why.LABEL, at=place(cell, found.start() + 1))


def tell_remains(
    decided: DecidedTable, lines: Sequence[LineItem], told: Collection[Position] = ()
) -> tuple[Finding, ...]:
    """`read.figure`: a warning for each row with a figure that was not read; percentages together are one note.

    told: where rows stand of which that is told already.
    """
    found = [r for r in remains(decided, lines) if r.row.source.at not in told]
    lost = (r for r in found if r.why is not Why.PERCENT)
    rows = groupby(lost, key=lambda r: (r.row.block, r.row.row))
    percents = [r for r in found if r.why is Why.PERCENT]
    return (*(_row_told(list(group)) for _, group in rows), *_percents_told(percents))


def _row_told(cells: Sequence[Remain]) -> Finding:
    shown = "; ".join(f"{r.text[:40]!r} is {r.why}" for r in cells)
    of = f" of {cells[0].label[:80]!r}" if cells[0].label else ""
    return Finding(
        code="read.figure",
        severity=Severity.WARNING,
        at=cells[0].at,
        message=f"not read{of}: {shown}",
        hint="compare it with the page and correct the figure in the input",
    )


def _percents_told(percents: Sequence[Remain]) -> tuple[Finding, ...]:
    if not percents:
        return ()
    rows = len({(r.row.block, r.row.row) for r in percents})
    told = Finding(
        code="read.figure",
        severity=Severity.NOTE,
        at=percents[0].at,
        message=f"not read: percentages in {counted(rows, 'row')}, the first of {percents[0].label!r}",
    )
    return (told,)
