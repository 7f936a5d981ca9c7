"""What the statements say of the rows and cells of a table; for a table that is none of them, what its looks say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from ...grammar import ANY_YEAR
from ...model import Column, Kind, LineItem, Report, Table, Tagged
from ...records import dataclass

_AMOUNT = re.compile(r"(?:US)?[$€£¥(\s-]*[\d.,][\d.,\s]*[)%\s*]*|[($\s]*[-‐‑‒–—―−]{1,3}[)%\s]*")
_COUNTS = re.compile(r"[\d‐‑‒–—―−-]")
_YEAR = re.compile(ANY_YEAR)
_STROKES = "-=_─═‗~"
_RULE = re.compile(rf"[{_STROKES}\s]+")
_LONGEST = 40  # characters of an amount
#: A table with fewer figures than this outside the statements is set as text (signatures, lists of exhibits).
_FEW = 4


@dataclass(frozen=True, slots=True)
class TextLine:
    """What a row of a table is to its statement. first, last: of the rows of a label that is wrapped. indented: the
    source shows how deep some lines of the statement stand."""

    tagged: Tagged
    index: int
    first: bool
    last: bool
    indented: bool

    @property
    def item(self) -> LineItem:
        return self.tagged.statement.lines[self.index]


@dataclass(slots=True)
class Layout:
    """What the statements say of the rows and cells of one block."""

    lines: dict[int, TextLine] = field(default_factory=dict)
    figures: set[tuple[int, int]] = field(default_factory=set)  # (row, cell) of amounts in columns
    heads: dict[int, Sequence[Column]] = field(default_factory=dict)  # rows of column headings
    totals: dict[tuple[int, int], str] = field(default_factory=dict)  # (id of the statement, line) -> "t" or "t g"


def layouts(report: Report) -> Mapping[int, Layout]:
    """The Layout of every block that a statement takes rows of."""
    found: dict[int, Layout] = {}
    starts: list[tuple[int, int, Sequence[Column]]] = []
    for tagged in report.statements:
        totals = _totals(tagged)
        indented = any(item.indent for item in tagged.statement.lines)
        first: dict[int, int] = {}
        for index in range(len(tagged.statement.lines)):
            for block, row in _lay_line(found, tagged, index, totals.get(index), indented):
                first[block] = min(row, first.get(block, row))
        starts += [(block, row, tagged.statement.columns) for block, row in first.items()]
    for block, row, columns in starts:
        layout = found[block]
        above = row - 1
        while above >= 0 and above not in layout.lines:
            layout.heads[above] = columns
            above -= 1
    return found


def _lay_line(
    found: dict[int, Layout], tagged: Tagged, index: int, total: str | None, indented: bool
) -> list[tuple[int, int]]:
    """Enter a line and its figures into the layouts of their blocks; its (block, row), in order."""
    item = tagged.statement.lines[index]
    figures = [a.span for a in item.amounts if a]
    rows = sorted({(s.block, s.row) for s in (*item.spans, *figures) if s.row is not None})
    for number, (block, row) in enumerate(rows):
        layout = found.setdefault(block, Layout())
        layout.lines[row] = TextLine(tagged, index, number == 0, number == len(rows) - 1, indented)
        if total is not None:
            layout.totals[id(tagged), index] = total
    for figure in figures:
        if figure.row is not None and figure.cell is not None:
            found[figure.block].figures.add((figure.row, figure.cell))
    return rows


def _totals(tagged: Tagged) -> dict[int, str]:
    """The lines below a rule, and ("g") those above a double rule: what sums up all and is itself part of nothing."""
    statement, proofs = tagged.statement, tagged.footing.proofs
    totals = {proof.total: "t" for proof in proofs}
    parts = {part for proof in proofs for part, _ in proof.parts}
    tops = [t for t in totals if t not in parts]
    if statement.kind is Kind.BALANCE_SHEET:
        # Both sides come to the same: the sums of a part of one side, taken up by no other proof, are smaller.
        values = {t: abs(a.value) for t in tops if (a := next(filter(None, statement.lines[t].amounts), None))}
        most = max(values.values(), default=0)
        tops = [t for t, value in values.items() if value == most]
    else:
        tops = tops[-1:]
    for top in tops:
        totals[top] = "t g"
    return totals


def is_rule(text: str) -> bool:
    """Nothing but strokes: a line drawn with characters."""
    return (text[:1] in _STROKES or text[:1].isspace()) and bool(_RULE.fullmatch(text)) and not text.isspace()


def is_amount(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_AMOUNT.fullmatch(text)) and bool(_COUNTS.search(text))


def _right_of_labels(table: Table) -> Iterator[tuple[int, int, str]]:
    """(row, cell, text) of every cell that is not in the first column."""
    for r, row in enumerate(table.rows):
        yield from ((r, c, cell.text) for c, cell in enumerate(row.cells) if cell.col)


def guessed(table: Table) -> Layout:
    """A table of figures that is no statement: its amounts and its column headings, by their looks."""
    layout = Layout()
    right = [*_right_of_labels(table)]
    figures = [(r, c, text) for r, c, text in right if is_amount(text) and not is_rule(text[2:])]
    body: set[int] = set()
    for r, _, text in figures:
        if r not in body and not _YEAR.fullmatch(text.strip()):
            body.add(r)
    if len(figures) >= _FEW and len(body) >= 2:
        first = min(body)
        layout.figures = {(r, c) for r, c, _ in figures if r >= first}
        head = max((r for r, _, _ in right if r < first), default=-1)
        layout.heads = {r: () for r in range(head + 1)}
    return layout
