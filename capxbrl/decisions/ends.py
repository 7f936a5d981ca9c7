"""Decision: where a statement ends: its next page is joined, what stands below its last line is cut off.

The last line is a landmark: the total of liabilities and equity, net income, cash at the end.  What follows it under
words of its own that no statement uses, or that shows lines of the statement again, is another table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from .. import words
from ..amounts import PrintedKind
from ..evidence import AnnotatedRow, HeadedTable, RowKind, TitledTable
from ..findings import Finding, Outcome, Severity, counted
from ..model import Kind
from ..periods import Clues
from ..records import replace
from . import tolerances as tol
from .kinds import is_extract, kind_of, says
from .landmarks import labels_of, last_landmark

# --- its next page ----------------------------------------------------------------------------------------------------

#: A longer table is a list: the longest statements of banks and insurers have some 150 rows.
LONGEST = 600


def join_pages(tables: Sequence[HeadedTable]) -> tuple[HeadedTable, ...]:
    """A table that goes on with the statement before it is joined: same columns, no headings or the same, no
    end yet."""
    out: list[HeadedTable] = []
    for headed in tables:
        if out and _goes_on(out[-1], headed):
            out[-1] = joined(out[-1], headed)
        else:
            out.append(headed)
    return tuple(out)


def joined(last: HeadedTable, page: HeadedTable) -> HeadedTable:
    """Both as one table, under the columns of the first."""
    onto = _onto(last, page)
    rows = (*last.table.rows, *(moved(r, onto) for r in without_running_heads(page.table.rows)))
    kind, points = kind_of(last.table.named, [r.label for r in rows])
    table = replace(last.table, blocks=(*last.table.blocks, *page.table.blocks), rows=rows, kind=kind, points=points)
    return replace(last, table=table)


def without_running_heads(rows: Sequence[AnnotatedRow]) -> Sequence[AnnotatedRow]:
    """The rows of a next page without what is printed over each page: it heads no lines."""
    first = next((i for i, r in enumerate(rows) if r.has_data or not says("running head", _head(r))), 0)
    return rows[first:]


def _onto(last: HeadedTable, page: HeadedTable) -> dict[int, int]:
    """The columns of the page before for those of this one; other columns are put out of the way."""
    columns = last.table.columns
    aside = {c.col: 1000 + c.col for r in page.table.rows for c in r.cells if c.col in columns}
    return aside | dict(zip(page.table.columns, columns, strict=True))


def _goes_on(before: HeadedTable, page: HeadedTable) -> bool:
    """The table is the next page of the statement before it."""
    last, part = before.table, page.table
    again = says("continued", part.title) and last.kind in part.named
    if not _may_go_on(last, part, again) or not _same_headings(before, page, again):
        return False
    now = _told(page)
    fits = kind_of((), [r.label for r in part.rows])[0] in (last.kind, Kind.OTHER)
    if last.kind is Kind.BALANCE_SHEET:
        # Assets on one page, liabilities on the next.
        return not _ended(before) and (fits or again)
    if again:
        return True
    if part.named:
        return bool(now) and fits and _folded(last.name) == _folded(part.name)
    if not fits or (_ended(before) and last.kind is not Kind.CASH_FLOW):
        return False
    return not _ended(before) if now else len(part.above) <= 3


def follows(before: HeadedTable, part: HeadedTable) -> bool:
    """The table stands right behind the other, under the same columns, without the title of a statement."""
    between = part.table.blocks[0] - before.table.blocks[-1] - len(part.table.above_blocks)
    alike = len(before.table.columns) == len(part.table.columns) and _told(part) == _told(before)
    return between <= tol.TABLES.near and alike and not part.table.named


def _may_go_on(last: TitledTable, part: TitledTable, again: bool) -> bool:
    """Place, columns and title allow that the part goes on. again: its title says so."""
    # The title of the page is none of what lies between.
    between = part.blocks[0] - last.blocks[-1] - len(part.above_blocks)
    if len(last.rows) + len(part.rows) > LONGEST or between > (tol.TABLES.far if again else tol.TABLES.near):
        return False
    if len(last.columns) != len(part.columns) or last.kind is Kind.OTHER:
        return False
    if part.named and part.named[0] is not last.kind and not again:
        return False
    return not _repeats(last.rows, part.rows)


def _same_headings(before: HeadedTable, page: HeadedTable, again: bool) -> bool:
    """The page heads its columns as the one before it, or not at all."""
    told, now = _told(before), _told(page)
    return not now or told == now or (again and len(now) == len(told))


#: Kinds that have a last line.
_ENDING = (Kind.BALANCE_SHEET, Kind.CASH_FLOW, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)


def _ended(headed: HeadedTable) -> bool:
    """The statement has its last line: nothing is missing on a next page."""
    rows = headed.table.rows[-tol.TABLES.last :]
    told = (label for i, r in enumerate(rows) if r.has_data for label in labels_of(rows, i))
    return headed.kind in _ENDING and any(says(f"end {headed.kind}", label) for label in told)


def _told(headed: HeadedTable) -> tuple[Clues, ...]:
    """What the headings tell, column by column; empty where the table has none."""
    found = tuple(h.clues for h in headed.headings)
    return found if any(found) else ()


def _repeats(last: Sequence[AnnotatedRow], page: Sequence[AnnotatedRow]) -> bool:
    """The page shows the lines of the other again (for other periods, or in short): it is no continuation."""
    mine = {r.label.lower() for r in page if r.has_data} - {""}
    theirs = {r.label.lower() for r in last if r.has_data}
    return len(mine) > 2 and len(mine & theirs) > tol.TABLES.repeated * len(mine)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def moved(row: AnnotatedRow, columns: Mapping[int, int]) -> AnnotatedRow:
    """The row with cells moved to other columns."""
    cells = tuple(replace(c, col=columns.get(c.col, c.col)) for c in row.cells)
    return replace(row, source=replace(row.source, cells=cells))


# --- the statement again, for other periods ---------------------------------------------------------------------------


def name_blocks(tables: Sequence[HeadedTable]) -> tuple[HeadedTable, ...]:
    """A second block in a table, under headings of its own and with the lines of the first, is the same statement for
    other periods: it has its kind, its title and its captions."""
    out: list[HeadedTable] = []
    for headed in tables:
        if out and _is_block(out[-1], headed):
            first = out[-1]
            table = replace(
                headed.table,
                kind=first.kind,
                points=first.table.points,
                title=first.table.title,
                name=first.table.name,
                named=first.table.named,
                above=first.table.above,
                above_blocks=first.table.above_blocks,
            )
            headed = replace(headed, table=table, title_lines=first.title_lines)
        out.append(headed)
    return tuple(out)


def _is_block(first: HeadedTable, second: HeadedTable) -> bool:
    if second.kind is not Kind.OTHER or first.kind is Kind.OTHER or second.table.named:
        return False
    if second.table.blocks[0] != first.table.blocks[-1] or not _told(second) or _told(second) == _told(first):
        return False
    mine = {_label(r) for r in second.table.rows if r.has_data} - {""}
    theirs = {_label(r) for r in first.table.rows if r.has_data}
    same = len(second.table.columns) == len(first.table.columns)
    return same and len(mine) > 2 and len(mine & theirs) >= tol.TABLES.again * len(mine)


#: A line as it is recognised again: its label and its figures.
_Line: TypeAlias = tuple[str, tuple[Decimal, ...]]

# --- what stands below it ---------------------------------------------------------------------------------------------


def end_statements(tables: Sequence[HeadedTable]) -> Outcome[tuple[HeadedTable, ...]]:
    """Each statement without what stands below its last line. Finding: `statements.below`, of what is cut off."""
    out: list[HeadedTable] = []
    findings: list[Finding] = []
    for headed in tables:
        rows = headed.table.rows
        titled = headed.kind in headed.table.named and not is_extract(headed.table.title)
        off = set(_below(headed.kind, rows, titled))
        if off:
            kept = tuple(r for i, r in enumerate(rows) if i not in off)
            headed = replace(headed, table=replace(headed.table, rows=kept))
            findings += _told_below(headed, [rows[i] for i in sorted(off)])
        out.append(headed)
    return Outcome(tuple(out), tuple(findings))


def _told_below(headed: HeadedTable, off: Sequence[AnnotatedRow]) -> list[Finding]:
    count = sum(r.has_data for r in off)
    if not count:
        return []
    first = next((r for r in off if r.text.strip()), off[0])
    return [
        Finding(
            code="statements.below",
            severity=Severity.NOTE,
            at=first.source.at,
            message=f"left alone: {counted(count, 'line')} below the "
            f"{headed.kind.value.replace('_', ' ')}, "
            f"from {_head(first)[:60]!r}",
            hint="they belong to no statement; ask for all tables to read tables of their own",
        )
    ]


def _below(kind: Kind, rows: Sequence[AnnotatedRow], titled: bool) -> Iterator[int]:
    """The rows below the last landmark that are no lines of the statement. titled: its title names it; else a block of
    balances tells that it is selected data."""
    last = last_landmark(kind, rows)
    if last is None:
        return
    above = {_line(r) for r in rows[: last + 1] if r.has_data and _label(r)}
    off, above_head = False, ""
    for start, end in _sections(rows, last + 1):
        head = _head(rows[start])
        whole = f"{above_head} {head}"  # a heading on two lines
        above_head = head if end == start + 1 else ""
        if says("not below", head):
            off = False
        elif not off:
            body = rows[start + 1 : end]
            off = _is_foreign(kind, head, body, above) or (
                _told_per_share(rows[last:start])
                and (
                    _is_within(head, body, above)
                    or (titled and kind is Kind.INCOME_STATEMENT and _is_apart(whole, body))
                )
            )
        if off:
            yield from range(start, end)
    if kind is Kind.INCOME_STATEMENT:
        yield from (i for i in range(last + 1, len(rows)) if rows[i].has_data and _counts_things(rows[i]))


def foot_of(rows: Sequence[AnnotatedRow]) -> int | None:
    """The row below the last landmark that ends a statement in words: "The accompanying notes ...", "Note 12 - ..."."""
    last = last_landmark(kind_of((), [r.label for r in rows])[0], rows)
    if last is None:
        return None
    feet = (i for i in range(last + 1, len(rows)) if not rows[i].has_data and says("ends all", _head(rows[i])))
    return next(feet, None)


def _head(row: AnnotatedRow) -> str:
    return " ".join(row.text.split())


def _sections(rows: Sequence[AnnotatedRow], first: int) -> Iterator[tuple[int, int]]:
    """Where rows of words stand below a row, each to the next one."""
    starts = [i for i in range(first, len(rows)) if rows[i].kind is RowKind.WORDS]
    yield from pairwise([*starts, len(rows)])


def _is_foreign(kind: Kind, head: str, body: Sequence[AnnotatedRow], above: Set[_Line]) -> bool:
    """A section below the last line is another table: by its heading, or as it begins with net income again."""
    if says("below", head) and (kind is not Kind.CASH_FLOW or says("measure", head)):
        return True
    if kind is not Kind.INCOME_STATEMENT:
        return False
    first = next((r for r in body if r.has_data), None)
    return (
        head.endswith(":")
        and first is not None
        and says(f"mark {kind} net income", _label(first))
        and _line(first) in above
    )


def _told_per_share(rows: Sequence[AnnotatedRow]) -> bool:
    """An income statement is told to its end."""
    told = (label for i, r in enumerate(rows) if r.has_data for label in labels_of(rows, i))
    return any(says(f"mark {Kind.INCOME_STATEMENT} per share", label) for label in told)


def _is_apart(head: str, body: Sequence[AnnotatedRow]) -> bool:
    """A block of its own behind the end of the statement, by its heading: "Store data:"."""
    lines = [r for r in body if r.has_data]
    if not lines or says("not below", head) or says("not below", _label(lines[0])):
        return False
    if all(p.places == tol.TABLES.cents for r in lines for _, p in r.figures if p.kind is PrintedKind.NUMBER):
        return False  # earnings per share of another kind
    return head.endswith(":")  # else it may be the beginning of a label


def _counts_things(row: AnnotatedRow) -> bool:
    """Employees, stores: no line of a statement."""
    return words.pattern("units", "number of things").search(row.label) is not None and all(
        p.places == 0 for _, p in row.figures
    )


def _is_within(head: str, body: Sequence[AnnotatedRow], above: Set[_Line]) -> bool:
    """Lines behind the earnings per share that are called as those above: what is within them, or would be."""
    lines = [r for r in body if r.has_data]
    if any(_tells_otherwise(r, above) for r in lines):
        return True
    return bool(lines) and says("not face", head) and not any(says("not face", r.label) for r in lines)


def _tells_otherwise(row: AnnotatedRow, above: Set[_Line]) -> bool:
    """A line of the statement again, with other figures of money: what is within it, or what it would have been."""
    label, figures = _line(row)
    whole = all(f == f.to_integral_value() and abs(f) >= tol.TABLES.per_share for f in figures)
    others = [known for name, known in above if name == label]
    return bool(figures) and whole and bool(others) and (label, figures) not in above


def _line(row: AnnotatedRow) -> _Line:
    """Its label and its figures: two lines that have both in common are one line, shown twice."""
    return _label(row), tuple(p.value for _, p in row.figures)


def _label(row: AnnotatedRow) -> str:
    return " ".join(row.label.lower().split()).strip(" .:*$")
