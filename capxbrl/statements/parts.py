"""The tables of a document that may be statements, with the words around them; pages of one statement joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..model import Cell, Document, Kind, PageBreak, Paragraph, Section, Table
from ..periods import Clues
from .grid import Read, has_data, is_heading, merge_halves, moved, read_rows, split, value_columns
from .headings import read_headings
from .kinds import is_sentence, kind_of, title_kinds
from .lines import clean_label

#: A title stands at most so many blocks above its table.
_ABOVE = 8
_PAGE_NUMBER = re.compile(r"(?:page )?-? ?\d{1,3} ?-?", re.I)
#: A longer table is a list: the longest statements of banks and insurers have some 150 rows.
_LONGEST = 600
#: More tables that look like statements than this are in no filing, not in one of a dozen registrants.
MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table, or the part of one under its own column headings, with the words around it."""

    blocks: tuple[int, ...]
    rows: tuple[Read, ...]  # rows of figures and the headings among them
    heads: tuple[Read, ...]  # rows above the first figures
    above: tuple[str, ...]  # lines of the paragraphs above, nearest last
    titles: tuple[str, ...]  # those of them that are no running text
    above_blocks: tuple[int, ...]
    columns: tuple[int, ...]
    left_out: tuple[int, ...]  # other columns with figures: percentages
    kind: Kind
    points: int
    title: str  # the words of the title, also of its lines among the column headings
    name: str  # the line that names the statement, or ""
    named: tuple[Kind, ...]  # the kinds it names

    @property
    def labels(self) -> list[str]:
        return [row_label(r) for r in self.rows]


def row_label(row: Read) -> str:
    """The words at the left of a row."""
    return clean_label(
        " ".join(c.text for c in row.cells if c.col == 0 or (c.col <= 2 and any(ch.isalpha() for ch in c.text)))
    )


def find_parts(document: Document) -> list[Part]:
    """Every table, or part of one under headings of its own, that shows figures; pages of one statement are joined.

    The search ends after MOST tables that look like statements.
    """
    out: list[Part] = []
    likely = 0
    for number, block in enumerate(document.blocks):
        if likely >= MOST:
            break
        if not isinstance(block, Table) or len(block.rows) > 8 * _LONGEST:
            continue
        rows = _without_page_number(read_rows(block, number))
        if sum(has_data(r) for r in rows) < 2:
            continue
        above = _above(document, number)
        for index, piece in enumerate(split(rows)):
            if len(piece) > _LONGEST:
                continue
            made = _part(number, piece, above if index == 0 else _Above())
            if made is not None:
                out.append(made)
                likely += made.kind is not Kind.OTHER
    return _join(out)


class _Above(NamedTuple):
    """What stands directly above a table: all lines, those that are no running text, and the numbers of their blocks."""

    lines: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()


def _above(document: Document, number: int) -> _Above:
    """The short paragraphs above a table, nearest last."""
    lines: list[str] = []
    titles: list[str] = []
    blocks: list[int] = []
    for at in range(number - 1, max(-1, number - 1 - _ABOVE), -1):
        block = document.blocks[at]
        if isinstance(block, Table):
            rows = read_rows(block, at)
            # A small table of titles (layout), or a note of scale in a table of its own, belongs to the title.
            if len(rows) > 6 or any(has_data(r) for r in rows):
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
        if sum(len(t) for t in texts) > 400 or (len(texts) == 1 and len(texts[0]) > 200 and not _is_title(texts[0])):
            break
        lines[:0] = texts
        if not is_sentence(" ".join(texts)):
            titles[:0] = texts
        blocks.insert(0, at)
    return _Above(tuple(lines[-12:]), tuple(titles[-12:]), tuple(blocks))


def _is_title(text: str) -> bool:
    """A title whose lines run together: "... BALANCE SHEETS(UNAUDITED) (in millions, except per share amounts)"."""
    return len(text) < 300 and bool(title_kinds(text)) and not is_sentence(text)


def _part(block: int, rows: Sequence[Read], above: _Above) -> Part | None:
    first = next((i for i, r in enumerate(rows) if has_data(r)), None)
    if first is None:
        return None
    # Section headings between the column headings and the first figures ("ASSETS") belong to the rows.
    last_head = max((i for i in range(first) if _over_columns(rows[i])), default=-1)
    if last_head < 0:
        # A heading alone in its row, over everything, is one only where no row of headings follows it.
        last_head = max((i for i in range(first) if is_heading(rows[i])), default=-1)
    heads, body = rows[: last_head + 1], rows[last_head + 1 :]
    columns = value_columns(body)
    if not columns:
        return None
    columns = sorted({*columns, *_sparse(heads, body)})
    headed = max((sum(1 for i, c in enumerate(r.clues) if c and r.cells[i].col > 0) for r in heads), default=0)
    if halves := merge_halves(body, columns, headed):
        columns = [c for c in columns if c not in halves]
        body = [moved(r, halves) for r in body]
    labels = [row_label(r) for r in body]
    texts = [r.text for r in heads]
    lines = [t for t in title_lines(above.titles) if not _FURNITURE.match(t)]
    name, named = _name(lines, texts)
    if name and not any(title_kinds(t) for t in lines):
        lines = lines[-2:]  # the title stands among the column headings
    # Words over some columns only ("Pro forma") tell of those columns, not of the statement.
    title = " ".join([*lines, *(r.text for r in heads if len(r.cells) == 1)])
    kind, points = kind_of(named, labels)
    return Part(
        blocks=(block,), rows=tuple(body), heads=tuple(heads), above=above.lines, titles=above.titles, above_blocks=above.blocks,
        columns=tuple(columns), left_out=tuple(sorted({c.col for r in body for c in _figure_cells(r)} - set(columns))), kind=kind, points=points, title=title,
        name=name, named=named,
    )  # fmt: skip


def _without_page_number(rows: list[Read]) -> list[Read]:
    """Without a last row that is a number alone: "12", "- 3 -"."""
    if len(rows) > 3 and len(rows[-1].cells) <= 3 and _PAGE_NUMBER.fullmatch(rows[-1].text.strip()):
        return rows[:-1]
    return rows


def _figure_cells(row: Read) -> list[Cell]:
    return [row.cells[i] for i, _ in row.figures()]


def _sparse(heads: Sequence[Read], rows: Sequence[Read]) -> set[int]:
    """Columns with a date of their own that show but one figure or two."""
    dated = {
        row.cells[i].col for row in heads for i, c in enumerate(row.clues)
        if (c.dates or c.years) and row.cells[i].span == 1 and row.cells[i].col > 0
    }  # fmt: skip
    shown = {row.cells[i].col for row in rows for i, p in row.figures() if p.kind == "number"}
    return dated & shown


def _over_columns(row: Read) -> bool:
    """Words over the columns of figures: "(Unaudited)", "Restated"."""
    return any(c.col > 0 for c in row.cells) and not has_data(row)


def _name(titles: Sequence[str], heads: Sequence[str]) -> tuple[str, tuple[Kind, ...]]:
    """The line that names the statement, nearest to the table, and the kinds it names. It may run over two lines."""
    for upwards, lines in ((True, titles[::-1]), (False, heads)):
        for i, line in enumerate(lines):
            if kinds := title_kinds(line):
                return line, tuple(kinds)
            following = lines[i + 1] if i + 1 < len(lines) else ""
            pair = f"{following} {line}" if upwards else f"{line} {following}"
            if following and len(pair) < 160 and not title_kinds(following) and (kinds := title_kinds(pair)):
                return pair, tuple(kinds)
        if upwards and lines and heads and (kinds := title_kinds(f"{lines[0]} {heads[0]}")):
            return f"{lines[0]} {heads[0]}", tuple(kinds)
    return "", ()


def title_lines(above: Sequence[str]) -> list[str]:
    """The lines of the title: from the nearest line that names a statement on; else the last lines."""
    for i in range(len(above) - 1, -1, -1):
        if title_kinds(above[i]) and len(above[i]) < 200 and not is_sentence(above[i]):
            return list(above[max(0, i - 1) :])
    return list(above[-4:])


def _join(parts: Sequence[Part]) -> list[Part]:
    """Join a part that goes on with the statement before it: same columns, no headings or the same ones, no end yet."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if last is not None and _goes_on(last, part):
            rows = (*last.rows, *(moved(r, _onto(last, part)) for r in part.rows))
            kind, points = kind_of(last.named, [row_label(r) for r in rows])
            out[-1] = replace(last, blocks=(*last.blocks, *part.blocks), rows=rows, kind=kind, points=points)
        else:
            out.append(part)
    return out


def _onto(last: Part, part: Part) -> dict[int, int]:
    """The columns of the page before for those of this one; other columns are put out of the way."""
    aside = {c.col: 1000 + c.col for r in part.rows for c in r.cells if c.col in last.columns}
    return aside | dict(zip(part.columns, last.columns, strict=True))


def _goes_on(last: Part, part: Part) -> bool:
    """The part is the next page of the statement before it."""
    if len(last.rows) + len(part.rows) > _LONGEST:
        return False
    if len(last.columns) != len(part.columns) or last.kind is Kind.OTHER or part.blocks[0] - last.blocks[-1] > 6:
        return False
    named = part.named
    again = _CONTINUED.search(part.title) is not None
    if named and named[0] is not last.kind and not again:
        return False
    mine = kind_of((), part.labels)[0]
    before, now = _clues(last), _clues(part)
    if now and before != now and not (again and len(now) == len(before)):
        return False
    if _repeats(last, part):
        return False
    if last.kind is Kind.BALANCE_SHEET:
        # Assets on one page, liabilities on the next.
        return not _ended(last) and (mine in (Kind.BALANCE_SHEET, Kind.OTHER) or again)
    if again:
        return True
    if named:
        return bool(now) and _same_name(last, part) and mine in (last.kind, Kind.OTHER)
    if mine not in (last.kind, Kind.OTHER):
        return False
    return not _ended(last) if now else len(part.above) <= 3


#: Lines above a title that belong to what stands before it: the number of an item, a note to the last table.
_FURNITURE = re.compile(r"\s*(?:item\s+\d|\*|\(\d\)\s|table\s+of\s+contents\s*$)", re.I)
_CONTINUED = re.compile(r"continued|concluded|cont'?d|\(con(?:tinu|t)", re.I)
_ENDS = {
    Kind.BALANCE_SHEET: re.compile(r"liabilities.*(?:equity|deficit|deficiency|capital|investment)", re.I),
    Kind.CASH_FLOW: re.compile(r"\b(?:end|ending|close) of (?:the )?(?:period|year|quarter)|ending balance", re.I),
    Kind.INCOME_STATEMENT: re.compile(r"per (?:common |basic |diluted )*share|^diluted\b", re.I),
    Kind.COMPREHENSIVE_INCOME: re.compile(r"^(?:total )?comprehensive (?:income|loss|\()", re.I),
}


def _ended(part: Part) -> bool:
    """The statement has its last line: nothing is missing on a next page."""
    pattern = _ENDS.get(part.kind)
    return pattern is not None and any(pattern.search(row_label(r)) and has_data(r) for r in part.rows[-8:])


def _clues(part: Part) -> tuple[Clues, ...]:
    """What the headings tell, column by column; empty where the part has none."""
    found = tuple(h.clues for h in read_headings(part.heads, part.columns, part.left_out))
    return found if any(found) else ()


def _repeats(last: Part, part: Part) -> bool:
    """The part shows the lines of the other again (for other periods, or in short): it is no continuation."""
    mine = {row_label(r).lower() for r in part.rows if has_data(r)} - {""}
    theirs = {row_label(r).lower() for r in last.rows if has_data(r)}
    return len(mine) > 2 and len(mine & theirs) > 0.4 * len(mine)


def _same_name(last: Part, part: Part) -> bool:
    return " ".join(last.name.lower().split()) == " ".join(part.name.lower().split())
