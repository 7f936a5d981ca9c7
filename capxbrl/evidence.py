"""What a page shows before anything is decided: rows annotated once, tables cut and titled, columns headed.

The rooms of `statements` hand these records on in the order of the data; `decisions` read them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from .amounts import Printed, PrintedKind
from .findings import Position
from .model import Cell, Column, Decision, Kind, Period, Row
from .periods import Clues
from .records import dataclass, replace

# --- rows ----------------------------------------------------------------------------------------------------------


class RowKind(StrEnum):
    """What a row of a table is.

    HEADING tells periods over columns of figures; DATA shows figures, TOTAL figures directly under a drawn rule; WORDS
    has only words (the name of a section, the rest of a label); RULE is a drawn line; BLANK has no cell.
    """

    HEADING = "heading"
    DATA = "data"
    TOTAL = "total"
    WORDS = "words"
    RULE = "rule"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedRow:
    """A row and what was seen in it, once; block and row: where it stands in the document.

    printed: the figure of each cell, or None. clues: what each cell tells of periods. figures: (cell number, figure) of
    the figures beyond the label column. text: its words, cut where they are too many for a heading. label: the words at
    its left.
    """

    block: int
    row: int
    source: Row
    kind: RowKind
    printed: tuple[Printed | None, ...]
    clues: tuple[Clues, ...]
    figures: tuple[tuple[int, Printed], ...]
    text: str
    label: str
    after_rule: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.source.cells

    @property
    def is_heading(self) -> bool:
        return self.kind is RowKind.HEADING

    @property
    def has_data(self) -> bool:
        """It shows figures: it is a line item."""
        return self.kind in (RowKind.DATA, RowKind.TOTAL)


#: The rows of every table of a document by the number of its block; a table too long to be a statement has none.
AnnotatedTables: TypeAlias = Mapping[int, tuple[AnnotatedRow, ...]]


# --- tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledTable:
    """A table, or the part of one under its own column headings, with the words around it; pages of one statement
    joined.

    rows: rows of figures and the words among them. heads: rows above the first figures. above: lines of the paragraphs
    above, nearest last. titles: those of them that are no running text. columns: grid columns of figures. left_out:
    other columns with figures (percentages). title: the words of the title, also of its lines among the column
    headings.
    name: the line that names the statement, or "". named: the kinds it names.
    """

    blocks: tuple[int, ...]
    rows: tuple[AnnotatedRow, ...]
    heads: tuple[AnnotatedRow, ...]
    above: tuple[str, ...]
    titles: tuple[str, ...]
    above_blocks: tuple[int, ...]
    columns: tuple[int, ...]
    left_out: tuple[int, ...]
    kind: Kind
    points: int
    title: str
    name: str
    named: tuple[Kind, ...]


# --- columns -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands over a column: the words joined, and the clues in them from the top down.

    own: the words that do not stand over all columns. period: None until it is decided, and where the page does not say
    it.
    """

    col: int
    text: str
    clues: Clues
    own: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedTable:
    """A table whose columns are headed. title_lines: the lines of its title; title: what they tell of periods."""

    table: TitledTable
    headings: tuple[Heading, ...]
    title_lines: tuple[str, ...]
    title: Clues

    @property
    def kind(self) -> Kind:
        return self.table.kind

    @property
    def first_row(self) -> AnnotatedRow:
        return self.table.rows[0]

    def dated(self, periods: tuple[Period | None, ...]) -> HeadedTable:
        """With the period of each column."""
        headings = (replace(h, period=p) for h, p in zip(self.headings, periods, strict=True))
        return replace(self, headings=tuple(headings))


# --- decisions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LongPeriod:
    """A quarter (or a whole year, quarter None) of a fiscal year whose number of weeks the text tells."""

    year: int
    quarter: int | None
    weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The calendar of a filing, as its header, its balance sheets and its text tell it.

    year_end: (month, day) of the fiscal year's end. latest: the latest balance-sheet date. ends: last days of fiscal
    years that are known. annual: the balance sheets are of year ends. printed: (full date of the running text, how
    often).
    report_period: the last day of the report's own period, where the submission's header says it.
    """

    year_end: tuple[int, int] | None = None
    latest: dt.date | None = None
    ends: tuple[dt.date, ...] = ()
    annual: bool = False
    printed: tuple[tuple[dt.date, int], ...] = ()
    long_periods: tuple[LongPeriod, ...] = ()
    report_period: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Powers of ten: of money, of numbers of shares (None: not said, so as money). Per-share figures are never scaled.

    said: the page states it.
    """

    money: int = 0
    shares: int | None = None
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedTable:
    """A table that is a statement, with all that its lines rest on. decisions: that it is one, and whose."""

    headed: HeadedTable
    face: bool
    columns: tuple[Column, ...]
    scale: Scale
    currency: str
    decisions: tuple[Decision, ...] = ()

    @property
    def at(self) -> Position:
        """Where it begins: its first heading, else its first row."""
        table = self.headed.table
        return (table.heads or table.rows)[0].source.at

    @property
    def data_rows(self) -> int:
        """How many rows show a figure in a column that is kept; percentages and "n/a" are none."""
        kept = {c.grid for c in self.columns}
        return sum(bool(kept & _shown_in(row)) for row in self.headed.table.rows)


def _shown_in(row: AnnotatedRow) -> set[int]:
    """The grid columns over which the figures of a row stand."""
    cells = (row.cells[i] for i, p in row.figures if p.kind in (PrintedKind.NUMBER, PrintedKind.DASH))
    return {col for c in cells for col in range(c.col, c.col + c.span)}
