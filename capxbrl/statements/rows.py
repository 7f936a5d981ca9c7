"""Document -> annotated rows: which cells are figures, what they tell of periods, and what kind of row each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from ..amounts import Printed, PrintedKind, has_decimal_commas, is_year, parse_amount
from ..evidence import AnnotatedRow, AnnotatedTables, RowKind
from ..model import Cell, Document, Row, Table
from ..periods import NOTHING, Clues, read_clues

#: What a row says is read up to here: headings and titles are shorter.
_LONGEST = 1000
#: A longer table is a list of something: the longest statements of banks and insurers have some 150 rows.
MOST_ROWS = 4800
#: Longer texts beside figures are no labels; they are cut.
_LONGEST_LABEL = 800
_ALNUM = re.compile(r"[^\W_]")
#: What figures are made of.
_OF_FIGURES = "0123456789,.$()%- "
_NUMBERS = (PrintedKind.NUMBER, PrintedKind.PERCENT)
#: The figures of a row with the numbers of their cells.
Figures: TypeAlias = Sequence[tuple[int, Printed]]


def annotate(document: Document) -> AnnotatedTables:
    """The rows of every table, read once."""
    return {
        number: annotate_table(block, number)
        for number, block in enumerate(document.blocks)
        if isinstance(block, Table) and len(block.rows) <= MOST_ROWS
    }


def annotate_table(table: Table, block: int) -> tuple[AnnotatedRow, ...]:
    """Every row of a table. Of a drawn rule only that it is one is kept, and that the next row stands under it."""
    out = []
    after_rule = False
    comma = has_decimal_commas(cell.text for row in table.rows for cell in row.cells)
    for number, row in enumerate(table.rows):
        made = _annotated(row, block, number, after_rule, comma)
        after_rule = made.kind is RowKind.RULE or row.rule
        out.append(made)
    return tuple(out)


def _annotated(row: Row, block: int, number: int, after_rule: bool, comma: bool) -> AnnotatedRow:
    cells = row.cells
    seen = [_seen(cell.text, comma) for cell in cells]
    printed = tuple([p for p, _ in seen])
    clues = tuple([c for _, c in seen])
    figures = tuple([(i, p) for i, p in enumerate(printed) if p is not None and cells[i].col > 0])
    text = " ".join([c.text[:_LONGEST] for c in cells[:_LONGEST]])[:_LONGEST]
    return AnnotatedRow(
        block=block,
        row=number,
        source=row,
        kind=_kind(row, clues, figures, text, after_rule),
        printed=printed,
        clues=clues,
        figures=figures,
        text=text,
        label=_row_label(row),
        after_rule=after_rule,
    )


def _kind(row: Row, clues: Sequence[Clues], figures: Figures, text: str, after_rule: bool) -> RowKind:
    if not row.cells:
        return RowKind.RULE if row.rule else RowKind.BLANK
    if row.rule and not any(_ALNUM.search(cell.text) for cell in row.cells):
        return RowKind.RULE
    if _tells_periods(row.cells, clues, figures, text):
        return RowKind.HEADING
    if figures:
        return RowKind.TOTAL if after_rule else RowKind.DATA
    return RowKind.WORDS


def _seen(text: str, comma: bool) -> tuple[Printed | None, Clues]:
    """The figure of a cell, and what it tells of periods: a figure tells nothing, unless it may be a year."""
    printed = parse_amount(text, comma)
    if printed is not None and not is_year(printed) and not has_letters(text):
        return printed, NOTHING
    return printed, read_clues(text)


def has_letters(text: str) -> bool:
    """It holds a letter of any script. Figures alone are told at once."""
    return bool(text.strip(_OF_FIGURES)) and any(map(str.isalpha, text))


def clean_label(text: str) -> str:
    """A label as words: blanks folded, dot leaders and drawn lines at its end taken off."""
    folded = " ".join(text.split())
    words = folded.rstrip(" ._")
    # One point directly at the last word is its own.
    leaders = folded[len(words) :]
    if leaders.startswith(".") and leaders.count(".") == 1:
        words += "."
    return words.lstrip(" _")[:_LONGEST_LABEL].rstrip()


def _row_label(row: Row) -> str:
    """The words at the left of a row."""
    return clean_label(" ".join([c.text for c in row.cells if c.col == 0 or (c.col <= 2 and has_letters(c.text))]))


def _tells_periods(cells: Sequence[Cell], clues: Sequence[Clues], figures: Figures, text: str) -> bool:
    """The row tells periods and holds no figures but years and days: "June 30,  December 31," or "2009  2008"."""
    numbers = [p for _, p in figures if p.kind in _NUMBERS]
    if numbers:
        return _tells_years(cells, clues, numbers)
    beyond = [c for i, c in enumerate(clues) if c is not NOTHING and cells[i].col > 0 and c]
    if beyond:
        # Dashes may frame the words: "- - - Year ended December 31, - - -".
        dashes = any(p.kind is PrintedKind.DASH for _, p in figures)
        return not dashes or any(map(_tells_more_than_years, beyond))
    return len(cells) == 1 and not figures and _heads_all(clues[0], text)


def _heads_all(clues: Clues, text: str) -> bool:
    """A centred heading over all the columns may have come to lie in the label column."""
    return _tells_more_than_years(clues) and len(text) < 90 and not text.strip().endswith(".")


def _tells_more_than_years(clues: Clues) -> bool:
    return bool(clues.length or clues.dates or clues.days)


def _tells_years(cells: Sequence[Cell], clues: Sequence[Clues], figures: Sequence[Printed]) -> bool:
    """All its figures are years, and they are no figures of a line item."""
    if not all(is_year(p) for p in figures):
        return False
    # Two bare years side by side are no figures: those would have a comma.
    if len(figures) > 1 and all(abs(a.value - b.value) <= 6 for a, b in pairwise(figures)):
        return True
    # A line item may have the figure 2,009, but then it has a label that is no heading.
    label = cells[0].text.strip() if cells[0].col == 0 else ""
    if not label or label.startswith("(") or bool(clues[0]):
        return True
    return len(figures) > 1 and label.endswith((",", ":"))
