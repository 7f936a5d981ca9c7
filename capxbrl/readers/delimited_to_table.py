"""Lines whose cells are parted by tabs or pipes -> a table."""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Position
from ..model import Cell, Row, Table
from .line_pieces import is_rule
from .source_lines import SourceLine
from .source_marks import kept_slices

#: No table has more columns.
_WIDEST = 300


def tabbed_end(lines: Sequence[SourceLine], at: int) -> int:
    """Where the tab-separated table that begins at line `at` ends; `at` when none begins there."""
    if not 0 < _tabs(lines[at]) <= _WIDEST:
        return at
    end, probe = at, at
    while probe < len(lines):
        if 0 < _tabs(lines[probe]) <= _WIDEST:
            # A blank line parts two tables only where the number of columns changes.
            if probe > end and end > at and _tabs(lines[probe]) != _tabs(lines[end - 1]):
                break
            probe += 1
            end = probe
        elif not lines[probe].text.strip() and probe - end < 2:
            probe += 1
        elif lines[probe].text.strip() and probe == end and probe + 1 < len(lines) and "\t" in lines[probe + 1].text:
            probe += 1  # a line of its own between two rows: a label without figures
        else:
            break
    return end


def _tabs(line: SourceLine) -> int:
    return line.text.count("\t")


def piped_ends(lines: Sequence[SourceLine]) -> dict[int, int]:
    """{line: the line behind the table of pipes that would begin there}, for each where one can."""
    ends: dict[int, int] = {}
    end, table = len(lines), False
    for at in range(len(lines) - 1, -1, -1):
        text = lines[at].text
        if not 2 <= text.count("|") <= _WIDEST:
            end, table = at, False
            continue
        table = table or not is_pipe_rule(text)  # nothing but rules is no table
        if table and end - at >= 2:
            ends[at] = end
    return ends


def is_pipe_rule(text: str) -> bool:
    """The line below a markdown heading: "|---|---:|"."""
    return "-" in text and not text.strip("|:+- \t")


def read_delimited(lines: Sequence[SourceLine], source: str, number: int, mark: str) -> Table:
    """Rows by lines, columns by the delimiter. A cell's text is what is left without escapes and tags."""
    rows: list[Row] = []
    width = 1
    for line in lines:
        text = line.text
        if not text.strip():
            continue
        cells: list[Cell] = []
        start = 0
        parts = text.split(mark)
        if mark == "|":
            # The pipes at both ends are a frame, not columns.
            if not parts[0].strip():
                start, parts = len(parts[0]) + 1, parts[1:]
            if parts and not parts[-1].strip():
                parts = parts[:-1]
        width = max(width, len(parts))
        for col, part in enumerate(parts):
            cell = _cell(part, line, start, source, number, len(rows) + 1, len(cells) + 1, col)
            if cell is not None:
                cells.append(cell)
            start += len(part) + 1
        if cells:
            at = Position(source=source, line=line.number, column=cells[0].at.column, table=number, row=len(rows) + 1)
            rows.append(Row(cells=tuple(cells), at=at, rule=all(is_rule(c.text) for c in cells)))
    first = lines[0]
    return Table(
        rows=tuple(rows), width=width, at=Position(source=source, line=first.number, column=first.column, table=number)
    )


def _cell(
    part: str, line: SourceLine, start: int, source: str, table: int, row: int, cell: int, col: int
) -> Cell | None:
    lead = len(part) - len(part.lstrip())
    out: list[str] = []
    jumps: list[tuple[int, int, int]] = []
    size = 0
    stripped = part.rstrip()
    for a, b in kept_slices(stripped, lead):
        jumps.append((size, line.number, line.column_at(start + a)))
        out.append(stripped[a:b])
        size += b - a
    text = "".join(out)
    if not text.strip():
        return None
    at = Position(source=source, line=line.number, column=jumps[0][2], table=table, row=row, cell=cell)
    return Cell(text=text, at=at, col=col, indent=lead if col == 0 else 0, jumps=tuple(jumps[1:]))
