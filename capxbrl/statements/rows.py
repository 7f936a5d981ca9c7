"""Document -> annotated rows: which cells are figures, what they tell of periods, and what kind of row each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..amounts import Printed, PrintedKind, has_decimal_commas, is_year, parse_amount
from ..evidence import AnnotatedRow, AnnotatedTables, RowKind
from ..model import Cell, Document, Row, Table
from ..periods import Clues, read_clues

#: What a row says is read up to here: headings and titles are shorter.
_LONGEST = 1000
#: A longer table is a list of something: the longest statements of banks and insurers have some 150 rows.
MOST_ROWS = 4800
#: Longer texts beside figures are no labels; they are cut.
_LONGEST_LABEL = 800


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
    printed = tuple(parse_amount(cell.text, comma) for cell in row.cells)
    clues = tuple(_clues(cell, p) for cell, p in zip(row.cells, printed, strict=True))
    figures = tuple((i, p) for i, p in enumerate(printed) if p is not None and row.cells[i].col > 0)
    text = " ".join(c.text[:_LONGEST] for c in row.cells[:_LONGEST])[:_LONGEST]
    made = AnnotatedRow(
        block=block,
        row=number,
        source=row,
        kind=RowKind.WORDS,
        printed=printed,
        clues=clues,
        figures=figures,
        text=text,
        label=_row_label(row),
        after_rule=after_rule,
    )
    return replace(made, kind=_kind(made))


def _kind(row: AnnotatedRow) -> RowKind:
    if not row.cells:
        return RowKind.RULE if row.source.rule else RowKind.BLANK
    if row.source.rule and not any(c.isalnum() for cell in row.cells for c in cell.text):
        return RowKind.RULE
    if _tells_periods(row):
        return RowKind.HEADING
    if row.figures:
        return RowKind.TOTAL if row.after_rule else RowKind.DATA
    return RowKind.WORDS


def _clues(cell: Cell, printed: Printed | None) -> Clues:
    """What a cell tells of periods: a figure tells none, unless it may be a year."""
    if printed is not None and not is_year(printed) and not any(c.isalpha() for c in cell.text):
        return Clues()
    return read_clues(cell.text)


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
    return clean_label(
        " ".join(c.text for c in row.cells if c.col == 0 or (c.col <= 2 and any(ch.isalpha() for ch in c.text)))
    )


def _tells_periods(row: AnnotatedRow) -> bool:
    """The row tells periods and holds no figures but years and days: "June 30,  December 31," or "2009  2008"."""
    figures = [(i, p) for i, p in row.figures if p.kind in (PrintedKind.NUMBER, PrintedKind.PERCENT)]
    if figures:
        return _tells_years(row, [p for _, p in figures])
    beyond = [c for i, c in enumerate(row.clues) if row.cells[i].col > 0 and c]
    if beyond:
        # Dashes may frame the words: "- - - Year ended December 31, - - -".
        dashes = any(p.kind is PrintedKind.DASH for _, p in row.figures)
        return not dashes or any(map(_tells_more_than_years, beyond))
    return len(row.cells) == 1 and not row.figures and _heads_all(row)


def _heads_all(row: AnnotatedRow) -> bool:
    """A centred heading over all the columns may have come to lie in the label column."""
    return _tells_more_than_years(row.clues[0]) and len(row.text) < 90 and not row.text.strip().endswith(".")


def _tells_more_than_years(clues: Clues) -> bool:
    return bool(clues.length or clues.dates or clues.days)


def _tells_years(row: AnnotatedRow, figures: Sequence[Printed]) -> bool:
    """All its figures are years, and they are no figures of a line item."""
    if not all(is_year(p) for p in figures):
        return False
    # Two bare years side by side are no figures: those would have a comma.
    if len(figures) > 1 and all(abs(a.value - b.value) <= 6 for a, b in pairwise(figures)):
        return True
    # A line item may have the figure 2,009, but then it has a label that is no heading.
    label = row.cells[0].text.strip() if row.cells[0].col == 0 else ""
    if not label or label.startswith("(") or bool(row.clues[0]):
        return True
    return len(figures) > 1 and label.endswith((",", ":"))
