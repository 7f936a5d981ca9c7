"""Tabs in a text -> blanks, where they are a typewriter's stops; where they part cells they stay.

Text of the 1990s was set with tabs and blanks mixed; what a reader saw is the text with every tab carried on to the
next multiple of eight.  Programs that export a table put one tab between two cells.  The figures tell which it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import tolerances as tol
from .line_pieces import Piece, pieces
from .source_lines import SourceLine

#: Columns from one tab stop to the next: what terminals, printers and HTML (4.01, 9.3.4) take.
TAB = 8


def with_tabs_set(lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
    """The lines with their tabs as blanks, if these tabs are a typewriter's; as they are, if tabs part cells."""
    tabbed = [line for line in lines if "\t" in line.text]
    return [_expanded(line) for line in lines] if tabbed and _on_a_grid(tabbed) else lines


def _expanded(line: SourceLine) -> SourceLine:
    if "\t" not in line.text:
        return line
    text, stops = "", []
    for at, char in enumerate(line.text):
        if char == "\t":
            text += " " * (TAB - len(text) % TAB)
            stops.append((len(text), line.column + at + 1))
        else:
            text += char
    return replace(line, text=text, stops=tuple(stops))


def _on_a_grid(lines: Sequence[SourceLine]) -> bool:
    """Blanks set figures apart within what two tabs enclose, or the figures line up on the grid and not by tabs."""
    fields = [line.text.split("\t") for line in lines]
    # The fields of each line that hold figures.
    filled = [[n for n, field in enumerate(row) if _figures(field)] for row in fields]
    with_figures = sum(map(bool, filled))
    blanks = sum(any(_set_with_blanks(row[n], n) for n in found) for row, found in zip(fields, filled, strict=True))
    if blanks * tol.TYPED.tabs >= with_figures:
        return with_figures > 0
    rows = [n for n, found in enumerate(filled) if len(found) >= 2]
    if len(rows) < 2:
        return False
    by_tab = set[int]().union(*(filled[n] for n in rows))
    wide = max(len(filled[n]) for n in rows)
    return len(by_tab) > wide and _columns_on_grid([lines[n] for n in rows]) <= wide


def _figures(field: str) -> list[Piece]:
    return [p for p in pieces(field) if p.is_amount and any(c.isdigit() for c in field[p.x0 : p.x1])]


def _set_with_blanks(field: str, number: int) -> bool:
    """A figure in the field stands behind blanks: other text of the field before it, or the stop itself."""
    found = _figures(field)
    if not found:
        return False
    first = found[0].x0
    return len(found) > 1 or bool(field[:first].strip()) or (number > 0 and first >= tol.TYPED.gap)


def _columns_on_grid(rows: Sequence[SourceLine]) -> int:
    """How many columns the figures make, by where they begin or where they end, whichever are fewer."""
    begins: set[int] = set()
    ends: set[int] = set()
    for line in rows:
        text = _expanded(line).text
        begins |= {p.x0 // TAB for p in _figures(text)}
        ends |= {(p.edge or 0) for p in _figures(text)}
    return min(len(begins), sum(edge - 1 not in ends for edge in ends))
