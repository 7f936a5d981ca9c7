"""The rows of a table as the statement parser sees them: which cells are figures, which row is a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..amounts import Printed, is_year, parse_amount
from ..model import Cell, Row, Table
from ..periods import Clues, read_clues

#: What a row says is read up to here: headings and titles are shorter.
_LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A row with its figures: `printed` by cell number; `block` and `row` say where it stands in the document."""

    block: int
    row: int
    source: Row
    printed: tuple[Printed | None, ...]
    clues: tuple[Clues, ...]
    after_rule: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.source.cells

    @property
    def text(self) -> str:
        """Its words, cut where they are too many for a heading or a title."""
        return " ".join(c.text[:_LONGEST] for c in self.cells[:_LONGEST])[:_LONGEST]

    def figures(self) -> list[tuple[int, Printed]]:
        """(cell number, figure) of the cells that hold a figure beyond the label column."""
        return [(i, p) for i, p in enumerate(self.printed) if p is not None and self.cells[i].col > 0]


def read_rows(table: Table, block: int) -> list[Read]:
    """Every row of a table that is not a drawn rule."""
    out = []
    after_rule = False
    for number, row in enumerate(table.rows):
        if row.rule and not any(any(c.isalnum() for c in cell.text) for cell in row.cells):
            after_rule = True
            continue
        printed = tuple(parse_amount(cell.text) for cell in row.cells)
        # A figure tells no period, unless it may be a year.
        clues = tuple(
            Clues()
            if p is not None and not is_year(p) and not any(c.isalpha() for c in cell.text)
            else read_clues(cell.text)
            for p, cell in zip(printed, row.cells, strict=True)
        )
        out.append(Read(block=block, row=number, source=row, printed=printed, clues=clues, after_rule=after_rule))
        after_rule = row.rule
    return out


def is_heading(row: Read) -> bool:
    """The row tells periods and holds no figures but years and days: "June 30,  December 31," or "2009  2008"."""
    figures = [(i, p) for i, p in row.figures() if p.kind in ("number", "percent")]
    first = row.cells[0] if row.cells else None
    label = first.text if first and first.col == 0 else ""
    if figures:
        if not all(is_year(p) for _, p in figures):
            return False
        # Two bare years side by side are no figures: those would have a comma.
        if len(figures) > 1 and all(_neighbours(a, b) for (_, a), (_, b) in pairwise(figures)):
            return True
        # A line item may have the figure 2,009, but then it has a label that is no heading.
        return (
            not label.strip()
            or bool(read_clues(label))
            or label.strip().startswith("(")
            or (len(figures) > 1 and label.strip().endswith((",", ":")))
        )
    beyond = [c for i, c in enumerate(row.clues) if row.cells[i].col > 0 and c]
    if beyond:
        # Dashes may frame the words: "- - - Year ended December 31, - - -".
        dashes = any(p.kind == "dash" for _, p in row.figures())
        return not dashes or any(c.length or c.days or c.dates for c in beyond)
    # A centred heading over all the columns may have come to lie in the label column.
    alone = (
        len(row.cells) == 1
        and bool(row.clues[0])
        and bool(row.clues[0].length or row.clues[0].dates or row.clues[0].days)
    )
    return alone and not row.figures() and len(row.text) < 90 and not row.text.strip().endswith(".")


def _neighbours(a: Printed, b: Printed) -> bool:
    return abs(a.value - b.value) <= 6


def has_data(row: Read) -> bool:
    """The row shows figures: it is a line item."""
    return not is_heading(row) and any(p.kind in ("number", "dash", "percent", "none") for _, p in row.figures())


def value_columns(rows: Sequence[Read]) -> list[int]:
    """Grid columns, from left to right, that hold figures in enough rows; columns of percentages are left out."""
    numbers: Counter[int] = Counter()
    percents: Counter[int] = Counter()
    total = 0
    for row in rows:
        if is_heading(row):
            continue
        figures = row.figures()
        total += bool(figures)
        for i, printed in figures:
            col = row.cells[i].col
            if printed.kind in ("number", "dash"):
                numbers[col] += 1
            elif printed.kind == "percent":
                percents[col] += 1
    most = max(numbers.values(), default=0)
    floor = 1 if total <= 3 else 2
    return [c for c in sorted(numbers) if numbers[c] >= max(floor, most * 0.08) and numbers[c] >= percents[c]]


def merge_halves(rows: Sequence[Read], columns: Sequence[int], headed: int) -> dict[int, int]:
    """{column: column it belongs to} where two columns of figures are one: details at the left, their totals at the right.

    headed: how many columns the headings tell apart.  No row may show figures in both.
    """
    wide = len(columns) // max(1, headed)
    if wide < 2 or len(columns) != wide * max(1, headed):
        return {}
    groups = [columns[i : i + wide] for i in range(0, len(columns), wide)]
    for row in rows:
        shown = {row.cells[i].col for i, p in row.figures() if p.kind in ("number", "dash")}
        if any(len(shown & set(group)) > 1 for group in groups):
            return {}
    return {col: group[0] for group in groups for col in group[1:]}


def moved(row: Read, columns: Mapping[int, int]) -> Read:
    """The row with cells moved to other columns."""
    cells = tuple(replace(c, col=columns.get(c.col, c.col)) for c in row.cells)
    return replace(row, source=replace(row.source, cells=cells))


def split(rows: Sequence[Read]) -> list[list[Read]]:
    """Cut the rows of one table where new column headings begin after rows of figures: each part has its own columns."""
    parts: list[list[Read]] = []
    current: list[Read] = []
    seen_data = False
    for row in rows:
        if is_heading(row) and seen_data and _opens(row):
            # Titles directly above the new headings go with them.
            keep: list[Read] = []
            while current and not has_data(current[-1]) and len(keep) < 5:
                keep.insert(0, current.pop())
            parts.append(current)
            current, seen_data = [*keep, row], False
        else:
            current.append(row)
            seen_data |= has_data(row)
    if current:
        parts.append(current)
    return parts


def _opens(row: Read) -> bool:
    """The heading stands over at least one column of figures: it is not a line that merely names a date."""
    beyond = [i for i, cell in enumerate(row.cells) if cell.col > 0 and row.clues[i]]
    return bool(beyond)
