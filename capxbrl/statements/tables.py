"""Annotated rows -> tables cut and titled: each under headings of its own, with the words around it.

A table of a document may hold several statements, one below the other; each part begins with its column headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .. import words
from ..amounts import PrintedKind
from ..decisions.ends import LONGEST, foot_of, moved, without_running_heads
from ..decisions.kinds import is_sentence, kind_of, says, title_kinds
from ..evidence import AnnotatedRow, AnnotatedTables, RowKind, TitledTable
from ..model import Document, Kind, PageBreak, Paragraph, Section, Table
from ..records import replace
from . import tolerances as tol
from .rows import has_letters

_PAGE_NUMBER = re.compile(r"(?:page )?-? ?\d{1,3} ?-?", re.I)
#: Lines above a title that belong to what stands before it: a note to the last table.
_FURNITURE = re.compile(r"\s*(?:\*|\(\d\)\s|table\s+of\s+contents\s*$)", re.I)
#: More tables that look like statements than this are in no filing, not in one of a dozen registrants.
MOST = 400


def cut_tables(document: Document, annotated: AnnotatedTables) -> tuple[TitledTable, ...]:
    """Every table, or part of one under headings of its own, that shows figures, in order.

    The search ends after MOST tables that look like statements.
    """
    out: list[TitledTable] = []
    likely = 0
    for number, drawn in _whole(document, annotated):
        if likely >= MOST:
            break
        rows = _without_page_number(_undrawn(drawn))
        if sum(r.has_data for r in rows) < (1 if _follows(document, number) else 2):
            continue
        above = _above(document, annotated, number)
        first: TitledTable | None = None
        for part in _split(rows):
            for index, piece in enumerate(_at_foot(part)):
                made = _titled(number, piece, _Above() if first else above)
                if made is None or (len(piece) > LONGEST and not made.named):
                    continue
                if index == 0:
                    made = _under(made, first) if first else _under_last(made, out, annotated)
                first = first or made
                out.append(made)
                likely += made.kind is not Kind.OTHER
    return tuple(out)


def _follows(document: Document, number: int) -> bool:
    """Nothing but a page end stands between the table and the one before: a row alone may be its last."""
    ended = True
    for at in range(number - 1, max(-1, number - 2 - tol.BLOCKS.page_end), -1):
        block = document.blocks[at]
        if isinstance(block, Table):
            return ended
        if isinstance(block, Section) or (isinstance(block, Paragraph) and len(block.text) > tol.BLOCKS.short):
            return False
        ended = any(isinstance(b, PageBreak) for b in document.blocks[at:number])
    return False


def _under(block: TitledTable, first: TitledTable) -> TitledTable:
    """A second block under headings of its own has the title of its table, unless it has one or is of another kind."""
    if block.name or block.kind is not first.kind or not first.named:
        return block
    title = f"{first.title} {block.title}".strip()
    return replace(block, title=title, titles=first.titles, name=first.name, named=first.named)


def _under_last(block: TitledTable, before: Sequence[TitledTable], annotated: AnnotatedTables) -> TitledTable:
    """A table with nothing but headings above it that shows the lines of the one before: its second block."""
    last = before[-1] if before else None
    if (
        last is None
        or _says_words(block.above)
        or not block.heads
        or block.rows[0].block != _following(last, annotated)
    ):
        return block
    mine, theirs = ({r.label.lower() for r in t.rows if r.has_data} - {""} for t in (block, last))
    return _under(block, last) if len(mine & theirs) > tol.BLOCKS.same * len(mine) else block


def _says_words(lines: Sequence[str]) -> bool:
    return any(c.isalpha() for line in lines for c in line)


def _following(last: TitledTable, annotated: AnnotatedTables) -> int:
    """The number of the next table of the document."""
    return min((n for n in annotated if n > max(last.blocks)), default=0)


def _whole(document: Document, annotated: AnnotatedTables) -> list[tuple[int, tuple[AnnotatedRow, ...]]]:
    """Every table with its number and rows; one that a page end cut in two is whole again."""
    out: list[tuple[int, tuple[AnnotatedRow, ...]]] = []
    for number, rows in annotated.items():
        block = document.blocks[number]
        if out and isinstance(block, Table) and block.goes_on:
            out[-1] = (out[-1][0], (*out[-1][1], *without_running_heads(rows)))
        else:
            out.append((number, rows))
    return out


def _undrawn(rows: Sequence[AnnotatedRow]) -> list[AnnotatedRow]:
    return [r for r in rows if r.kind is not RowKind.RULE]


class _Above(NamedTuple):
    """What stands directly above a table: all lines, those that are no running text, and the numbers of their
    blocks. near: how many of the titles no running text parts from the table."""

    lines: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()
    near: int = 0


def _above(document: Document, annotated: AnnotatedTables, number: int) -> _Above:
    """The short paragraphs above a table, nearest last."""
    lines: list[str] = []
    titles: list[str] = []
    blocks: list[int] = []
    near: int | None = None
    for at in range(number - 1, max(-1, number - 1 - tol.BLOCKS.above), -1):
        block = document.blocks[at]
        if isinstance(block, Table):
            rows = _undrawn(annotated.get(at, ()))
            # A small table of titles (layout), or a note of scale in a table of its own, belongs to the title.
            if at not in annotated or len(rows) > 6 or any(r.has_data for r in rows):
                break
            lines[:0] = titles[:0] = [r.text for r in rows]
            blocks.insert(0, at)
            continue
        if isinstance(block, Section):
            break
        if isinstance(block, PageBreak):
            if lines:
                break
            continue
        assert isinstance(block, Paragraph)
        texts = [t for t in block.text.split("\n") if t.strip()]
        if _is_long(texts):
            break
        lines[:0] = texts
        if not is_sentence(" ".join(texts)):
            titles[:0] = texts
        elif near is None:
            near = len(titles)
        blocks.insert(0, at)
    return _Above(tuple(lines[-12:]), tuple(titles[-12:]), tuple(blocks), len(titles) if near is None else near)


def _is_long(texts: Sequence[str]) -> bool:
    """Lines that are no title for their length."""
    if len(texts) == 1 and len(texts[0]) > 200 and not _is_title(texts[0]):
        return True
    return sum(len(" ".join(t.split())) for t in texts) > 400


def _is_title(text: str) -> bool:
    """A title whose lines run together: "... BALANCE SHEETS(UNAUDITED) (in millions, except per share amounts)"."""
    return len(text) < 300 and bool(title_kinds(text)) and not is_sentence(text)


def _titled(block: int, rows: Sequence[AnnotatedRow], above: _Above) -> TitledTable | None:
    """One part of a table, with its columns and its title; None where it shows no figures."""
    heads, body = _headed(rows)
    columns = value_columns(body)
    if not columns:
        return None
    columns = sorted({*columns, *_sparse(heads, body)})
    if halves := merge_halves(body, columns, max(map(_dated_cells, heads), default=0)):
        columns = [c for c in columns if c not in halves]
        body = [moved(r, halves) for r in body]
    lines = [t for t in title_lines(above.titles) if not _FURNITURE.match(t) and not says("running head", t)]
    name, named = _name(lines, [r.text for r in heads])
    if name and not any(title_kinds(t) for t in lines):
        lines = lines[-min(2, above.near) :] if above.near else []  # the title stands among the column headings
    # Words over some columns only ("Pro forma") tell of those columns, not of the statement.
    title = " ".join([*lines, *(r.text for r in heads if len(r.cells) == 1 and not _over_some(r, columns))])
    kind, points = kind_of(named, [r.label for r in body])
    shown = {r.cells[i].col for r in body for i, _ in r.figures}
    return TitledTable(
        blocks=tuple(dict.fromkeys([block, *(r.block for r in body)])),
        rows=tuple(body),
        heads=tuple(heads),
        above=above.lines,
        titles=above.titles,
        above_blocks=above.blocks,
        columns=tuple(columns),
        left_out=tuple(sorted(shown - set(columns))),
        kind=kind,
        points=points,
        title=title,
        name=name,
        named=named,
    )


def _over_some(row: AnnotatedRow, columns: Sequence[int]) -> bool:
    """Words alone in their row, away from the middle of the columns, that tell no period: "Pro forma" over the last."""
    cell = row.cells[0]
    if row.clues[0] or cell.span > 1 or cell.col not in columns:
        return False
    return abs(2 * columns.index(cell.col) - len(columns) + 1) > 1


def _dated_cells(row: AnnotatedRow) -> int:
    """How many cells over figures tell a period."""
    return sum(bool(clues) and row.cells[i].col > 0 for i, clues in enumerate(row.clues))


def _headed(rows: Sequence[AnnotatedRow]) -> tuple[Sequence[AnnotatedRow], list[AnnotatedRow]]:
    """The rows of headings, and those below them; section headings above the first figures ("ASSETS") are no
    headings."""
    first = next((i for i, r in enumerate(rows) if r.has_data), None)
    if first is None:
        return rows, []
    last = max((i for i in range(first) if _over_columns(rows[i])), default=-1)
    if last < 0:
        # A heading alone in its row, over everything, is one only where no row of headings follows it.
        last = max((i for i in range(first) if rows[i].is_heading), default=-1)
    # "Note / number", over a column that is none of figures.
    rest = words.pattern("columns", "rest of reference")
    last += 0 <= last < first - 1 and rest.search(rows[last + 1].text) is not None
    return rows[: last + 1], list(rows[last + 1 :])


def _without_page_number(rows: list[AnnotatedRow]) -> list[AnnotatedRow]:
    """Without a last row that is a number alone: "12", "- 3 -"."""
    if len(rows) > 3 and len(rows[-1].cells) <= 3 and _PAGE_NUMBER.fullmatch(rows[-1].text.strip()):
        return rows[:-1]
    return rows


def _sparse(heads: Sequence[AnnotatedRow], rows: Sequence[AnnotatedRow]) -> set[int]:
    """Columns with a date of their own that show but one figure or two."""
    dated = {
        row.cells[i].col
        for row in heads
        for i, c in enumerate(row.clues)
        if (c.dates or c.years) and row.cells[i].span == 1 and row.cells[i].col > 0
    }
    shown = {row.cells[i].col for row in rows for i, p in row.figures if p.kind is PrintedKind.NUMBER}
    return dated & shown


def _over_columns(row: AnnotatedRow) -> bool:
    """Words over the columns of figures: "(Unaudited)", "Restated"."""
    return any(c.col > 0 for c in row.cells) and not row.has_data


def _name(titles: Sequence[str], heads: Sequence[str]) -> tuple[str, tuple[Kind, ...]]:
    """The line that names the statement, nearest to the table, and the kinds it names. It may run over two lines."""
    for upwards, lines in ((True, titles[::-1]), (False, heads)):
        for i, line in enumerate(lines):
            if kinds := title_kinds(line):
                return line, kinds
            following = lines[i + 1] if i + 1 < len(lines) else ""
            pair = f"{following} {line}" if upwards else f"{line} {following}"
            if following and len(pair) < 160 and not title_kinds(following) and (kinds := title_kinds(pair)):
                return pair, kinds
        if upwards and lines and heads and (kinds := title_kinds(f"{lines[0]} {heads[0]}")):
            return f"{lines[0]} {heads[0]}", kinds
    return "", ()


def title_lines(above: Sequence[str]) -> list[str]:
    """The lines of the title: from the nearest line that names a statement on; else the last lines."""
    for i in range(len(above) - 1, -1, -1):
        if title_kinds(above[i]) and len(above[i]) < 200 and not is_sentence(above[i]):
            return list(above[max(0, i - 1) :])
    return list(above[-4:])


# --- columns of figures, and where a table is cut -------------------------------------------------------------------


def value_columns(rows: Sequence[AnnotatedRow]) -> list[int]:
    """Grid columns, from left to right, that hold figures in enough rows; columns of percentages are left out."""
    numbers: Counter[int] = Counter()
    percents: Counter[int] = Counter()
    total = 0
    for row in rows:
        if row.is_heading:
            continue
        figures, cells = row.figures, row.cells
        total += bool(figures)
        for i, printed in figures:
            col = cells[i].col
            if printed.kind in (PrintedKind.NUMBER, PrintedKind.DASH):
                numbers[col] += 1
            elif printed.kind is PrintedKind.PERCENT:
                percents[col] += 1
    most = max(numbers.values(), default=0)
    floor = 1 if total <= 3 else 2
    return [c for c in sorted(numbers) if numbers[c] >= max(floor, most * 0.08) and numbers[c] >= percents[c]]


def merge_halves(rows: Sequence[AnnotatedRow], columns: Sequence[int], headed: int) -> dict[int, int]:
    """{column: column it belongs to} where two columns of figures are one: details at the left, their totals at the
    right.

    headed: how many columns the headings tell apart.  No row may show figures in both.
    """
    wide = len(columns) // max(1, headed)
    if wide < 2 or len(columns) != wide * max(1, headed):
        return {}
    groups = [columns[i : i + wide] for i in range(0, len(columns), wide)]
    for row in rows:
        shown = {row.cells[i].col for i, p in row.figures if p.kind in (PrintedKind.NUMBER, PrintedKind.DASH)}
        if any(len(shown & set(group)) > 1 for group in groups):
            return {}
    return {col: group[0] for group in groups for col in group[1:]}


def _split(rows: Sequence[AnnotatedRow]) -> list[list[AnnotatedRow]]:
    """Cut the rows of one table where new column headings begin after rows of figures: each part has its own
    columns."""
    parts: list[list[AnnotatedRow]] = []
    current: list[AnnotatedRow] = []
    seen_data = False
    for row in rows:
        if seen_data and ((row.is_heading and _opens(row)) or _overruns(row, current)):
            # Titles directly above the new headings go with them.
            keep: list[AnnotatedRow] = []
            while current and not current[-1].has_data and len(keep) < 5:
                keep.insert(0, current.pop())
            parts.append(current)
            current, seen_data = [*keep, row], False
        else:
            current.append(row)
            seen_data |= row.has_data
    if current:
        parts.append(current)
    return parts


def _at_foot(rows: list[AnnotatedRow]) -> list[list[AnnotatedRow]]:
    """Cut where words end a statement: what stands below them has headings of its own."""
    foot = foot_of(rows)
    return [rows] if foot is None else [rows[:foot], rows[foot:]]


def _overruns(row: AnnotatedRow, above: Sequence[AnnotatedRow]) -> bool:
    """Words over more columns than have shown figures: "First  Second  Third  Fourth" under figures of two years."""
    if row.kind is not RowKind.WORDS:
        return False
    beyond = [c for c in row.cells if c.col > 0 and has_letters(c.text)]
    if len(beyond) < len(row.cells):
        return False
    return len(beyond) > max((len(r.figures) for r in above), default=0) > 0


def _opens(row: AnnotatedRow) -> bool:
    """The heading stands over at least one column of figures: it is not a line that merely names a date."""
    beyond = [i for i, cell in enumerate(row.cells) if cell.col > 0 and row.clues[i]]
    return bool(beyond)
