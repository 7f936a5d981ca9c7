"""Lines of a page that a browser without pictures dumped (lynx, w3m) -> lines as a typist would set them.

Such dumps put blank lines where the page had empty cells, set a label on one line and its figures on the next, or each
cell on a line of its own, and part a label from its first figure by one blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ..grammar import IS_YEAR
from ..model import Cell, Row, Table
from . import tolerances as tol
from .line_pieces import cut_figure
from .piece_columns import Pieces, figure_columns
from .source_lines import SourceLine

#: A line drawn across the page (<hr>).
_DRAWN = re.compile(r"\s*_{40,}\s*")
#: What a number of a label ("Item 5") seldom is.
_FIGURE = re.compile(r"[,.(]")


def without_blank_runs(lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
    """The lines with every run of blank ones as one, if most of the text is blank lines; rules within tables, which
    cross the whole page, are blank too."""
    lines = _without_drawn(lines)
    blank = sum(not line.text.strip() and "\f" not in line.text for line in lines)
    if len(lines) < tol.DUMPS.enough or blank < tol.DUMPS.blank * len(lines):
        return lines
    indents = [indent_of(line) for line in lines if line.text.strip()]
    if sum(indent >= tol.DUMPS.centred for indent in indents) >= tol.DUMPS.share * len(indents):
        # Everything is centred in a wide page: what stands further left says nothing.
        lines = [line.part(indent_of(line)) for line in lines]
    out: list[SourceLine] = []
    for line in lines:
        if line.text.strip() or "\f" in line.text or not out or out[-1].text.strip():
            out.append(line)
    return out


def _without_drawn(lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
    """The lines; those drawn across the page are blank where there are many."""
    drawn = {n for n, line in enumerate(lines) if "____" in line.text and _DRAWN.fullmatch(line.text)}
    if len(lines) < tol.DUMPS.enough or len(drawn) <= tol.DUMPS.drawn * sum(bool(line.text.strip()) for line in lines):
        return lines
    return [replace(line, text="") if n in drawn else line for n, line in enumerate(lines)]


def indent_of(line: SourceLine) -> int:
    """How many blanks a line begins with."""
    return len(line.text) - len(line.text.lstrip())


def with_first_figures_cut(rows: Sequence[Pieces], texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each line; where nearly every label ends in a figure, one blank parts labels from figures here."""
    plain = list(rows)
    cut = [_cut(row, text) for row, text in zip(rows, texts, strict=True)]
    firsts = [(b[-1 - _amounts(a)], text) for a, b, text in zip(plain, cut, texts, strict=True) if a is not b]
    if not firsts:
        return plain
    before = Counter(n for row in plain if (n := _amounts(row)))
    after = Counter(n for row in cut if (n := _amounts(row)))
    changed = len(firsts)
    plainly = sum(_FIGURE.search(text[p.x0 : p.x1]) is not None for p, text in firsts)
    if not after or changed * 2 < sum(before.values()) or plainly * 2 < changed:
        return plain
    most, often = after.most_common(1)[0]
    fewer = max(before, key=lambda n: (before[n], n))
    return cut if most > fewer and often >= tol.DUMPS.share * sum(after.values()) else plain


def _amounts(row: Pieces) -> int:
    return sum(p.is_amount for p in row)


def _cut(row: Pieces, text: str) -> Pieces:
    """The row with the figure at the end of its label as one of its figures."""
    labels = [p for p in row if not p.is_amount]
    if not labels or len(labels) == len(row):
        return row
    cut = cut_figure(text, labels[-1])
    return (*labels[:-1], *cut, *row[len(labels) :]) if cut else row


def with_labels_beside(table: Table) -> Table:
    """The table with each label that stands on a line above its figures beside them, if nearly all labels do; and where
    figures stand at the margin, in no column."""
    above, most = _below_labels(table.rows)
    if not above:
        return table
    rows: list[Row] = []
    for number, row in enumerate(table.rows):
        if number in above:
            label = rows.pop()
            rows.append(replace(row, cells=(_joined(label.cells), *row.cells), at=label.at))
        elif most and number > above[0] - 2 and _words_only(row):
            rows.append(replace(row, cells=(_joined(row.cells),)))
        else:
            rows.append(row)
    return replace(table, rows=tuple(rows))


def _below_labels(rows: Sequence[Row]) -> tuple[list[int], bool]:
    """The rows of figures whose label stands above them, and whether nearly all do; else those at the margin."""
    figures = [n for n, row in enumerate(rows) if _is_bare(row)]
    labelled = sum(bool(row.cells) and row.cells[0].col == 0 and len(row.cells) > 1 for row in rows)
    above = [n for n in figures if n and _words_only(rows[n - 1])]
    if len(above) >= tol.DUMPS.above and len(above) >= tol.DUMPS.share * (len(figures) + labelled):
        return above, True
    return [n for n in above if (rows[n].at.column or 0) <= tol.DUMPS.margin + 1], False


def with_margin_rows(rows: Sequence[Pieces], years: AbstractSet[int]) -> tuple[list[Pieces], frozenset[int]]:
    """The rows, and which begin with figures at the margin: these have them in the columns of the others, if they have
    as many. years: numbers of rows whose figures are headings."""
    margin = {n for n in range(1, len(rows)) if years.isdisjoint((n, n - 1)) and _at_margin(rows[n], rows[n - 1])}
    if not margin or 2 * len(margin) > sum(_amounts(row) > 1 for row in rows):
        return list(rows), frozenset()
    edges = [column.usual for column in figure_columns(rows, years | margin)]
    moved = frozenset(n for n in margin if len(rows[n]) == len(edges))
    return [
        tuple(p._replace(edge=edge) for p, edge in zip(row, edges, strict=True)) if n in moved else row
        for n, row in enumerate(rows)
    ], moved


def _at_margin(row: Pieces, above: Pieces) -> bool:
    """Figures alone that begin at the margin, below words."""
    alone = len(row) > 1 and all(p.is_amount for p in row)
    return alone and row[0].x0 <= tol.DUMPS.margin and any(not p.is_amount for p in above)


def _is_bare(row: Row) -> bool:
    """Figures without a label; years and days are headings."""
    if any(cell.col <= 0 for cell in row.cells):
        return False
    texts = [cell.text for cell in row.cells]
    figures = (t for t in texts if any(map(str.isdigit, t)) and not any(map(str.isalpha, t)))
    return any(not IS_YEAR.fullmatch(t.strip()) for t in figures)


def _words_only(row: Row) -> bool:
    return len(row.cells) == 1 and any(c.isalpha() for c in row.cells[0].text)


def _joined(cells: Sequence[Cell]) -> Cell:
    return replace(cells[0], col=0, span=1, indent=0)
