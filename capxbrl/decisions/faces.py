"""Decision: where each statement ends, whether it is a face statement of the filer, and which of two is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..evidence import AnnotatedRow, DecidedTable, HeadedTable
from ..findings import Finding, Outcome, Severity
from ..model import Kind
from ..periods import Clues
from .kinds import is_face, kind_of, says

# --- where a statement ends ------------------------------------------------------------------------------------------

#: A longer table is a list: the longest statements of banks and insurers have some 150 rows.
LONGEST = 600


def join_pages(tables: Sequence[HeadedTable]) -> tuple[HeadedTable, ...]:
    """A table that goes on with the statement before it is joined: same columns, no headings or the same, no end yet."""
    out: list[HeadedTable] = []
    for headed in tables:
        if out and _goes_on(out[-1], headed):
            out[-1] = _joined(out[-1], headed)
        else:
            out.append(headed)
    return tuple(out)


def _joined(last: HeadedTable, page: HeadedTable) -> HeadedTable:
    onto = _onto(last, page)
    rows = (*last.table.rows, *(moved(r, onto) for r in page.table.rows))
    kind, points = kind_of(last.table.named, [r.label for r in rows])
    table = replace(last.table, blocks=(*last.table.blocks, *page.table.blocks), rows=rows, kind=kind, points=points)
    return replace(last, table=table)


def _onto(last: HeadedTable, page: HeadedTable) -> dict[int, int]:
    """The columns of the page before for those of this one; other columns are put out of the way."""
    columns = last.table.columns
    aside = {c.col: 1000 + c.col for r in page.table.rows for c in r.cells if c.col in columns}
    return aside | dict(zip(page.table.columns, columns, strict=True))


def _goes_on(before: HeadedTable, page: HeadedTable) -> bool:
    """The table is the next page of the statement before it."""
    last, part = before.table, page.table
    if len(last.rows) + len(part.rows) > LONGEST or part.blocks[0] - last.blocks[-1] > 6:
        return False
    if len(last.columns) != len(part.columns) or last.kind is Kind.OTHER:
        return False
    again = says("continued", part.title)
    if part.named and part.named[0] is not last.kind and not again:
        return False
    told, now = _told(before), _told(page)
    if now and told != now and not (again and len(now) == len(told)):
        return False
    if _repeats(last.rows, part.rows):
        return False
    mine = kind_of((), [r.label for r in part.rows])[0]
    fits = mine in (last.kind, Kind.OTHER)
    if last.kind is Kind.BALANCE_SHEET:
        # Assets on one page, liabilities on the next.
        return not _ended(before) and (fits or again)
    if again:
        return True
    if part.named:
        return bool(now) and fits and _folded(last.name) == _folded(part.name)
    if not fits:
        return False
    return not _ended(before) if now else len(part.above) <= 3


#: Kinds that have a last line.
_ENDING = (Kind.BALANCE_SHEET, Kind.CASH_FLOW, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)


def _ended(headed: HeadedTable) -> bool:
    """The statement has its last line: nothing is missing on a next page."""
    last = [r for r in headed.table.rows[-8:] if r.has_data]
    return headed.kind in _ENDING and any(says(f"end {headed.kind}", r.label) for r in last)


def _told(headed: HeadedTable) -> tuple[Clues, ...]:
    """What the headings tell, column by column; empty where the table has none."""
    found = tuple(h.clues for h in headed.headings)
    return found if any(found) else ()


def _repeats(last: Sequence[AnnotatedRow], page: Sequence[AnnotatedRow]) -> bool:
    """The page shows the lines of the other again (for other periods, or in short): it is no continuation."""
    mine = {r.label.lower() for r in page if r.has_data} - {""}
    theirs = {r.label.lower() for r in last if r.has_data}
    return len(mine) > 2 and len(mine & theirs) > 0.4 * len(mine)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def moved(row: AnnotatedRow, columns: Mapping[int, int]) -> AnnotatedRow:
    """The row with cells moved to other columns."""
    cells = tuple(replace(c, col=columns.get(c.col, c.col)) for c in row.cells)
    return replace(row, source=replace(row.source, cells=cells))


# --- which tables are face statements --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table that may be a statement. read: its lines are to be read; findings: why it is left alone."""

    headed: HeadedTable
    face: bool
    read: bool = True
    findings: tuple[Finding, ...] = ()


def choose_faces(tables: Sequence[HeadedTable], all_tables: bool) -> Outcome[tuple[Choice, ...]]:
    """The tables that are statements, in order, and whether each is a face statement of the filer.

    Findings: `statements.untitled`, of tables that only look like statements.
    """
    if all_tables:
        return Outcome(tuple(_choice(t, all_tables) for t in tables))
    likely = [t for t in tables if t.kind is not Kind.OTHER]
    titled = _with_titles(likely)
    kept = {id(t) for t in titled}
    untitled = _untitled([t for t in likely if id(t) not in kept])
    return Outcome(tuple(_choice(t, all_tables) for t in titled), untitled)


def _untitled(tables: Sequence[HeadedTable]) -> tuple[Finding, ...]:
    """One note for all tables that look like statements, where others have the titles of those statements."""
    if not tables:
        return ()
    kinds = ", ".join(dict.fromkeys(t.kind.value.replace("_", " ") for t in tables))
    count = "a table that looks" if len(tables) == 1 else f"{len(tables)} tables that look"
    told = Finding(
        code="statements.untitled", severity=Severity.NOTE, at=tables[0].first_row.source.at,
        message=f"left alone: {count} like a statement ({kinds}) without its title, as another table has it",
        hint="ask for all tables to read it too",
    )  # fmt: skip
    return (told,)


def _with_titles(tables: Sequence[HeadedTable]) -> list[HeadedTable]:
    """Where some table has the title of a statement, tables that only look like that statement are none."""
    named = {t.kind for t in tables if is_face(t.table.title) and t.kind in t.table.named}
    return [t for t in tables if t.kind not in named or t.kind in t.table.named]


def _choice(headed: HeadedTable, all_tables: bool) -> Choice:
    at = headed.first_row.source.at
    title = headed.table.title
    face = is_face(title) and headed.kind is not Kind.OTHER
    if not face and not all_tables:
        told = Finding(
            code="statements.not-face", severity=Severity.NOTE, at=at,
            message=f"left alone: a supplementary, pro forma, segment or non-GAAP table ({title[:60].strip()!r})",
            hint="ask for all tables to read it too",
        )  # fmt: skip
        return Choice(headed=headed, face=face, read=False, findings=(told,))
    if headed.kind is Kind.EQUITY:
        told = Finding(
            code="statements.equity", severity=Severity.NOTE, at=at,
            message="a statement of equity: recognised, its figures are not tagged",
        )  # fmt: skip
        return Choice(headed=headed, face=face, read=False, findings=(told,))
    return Choice(headed=headed, face=face)


# --- which of two statements is kept ---------------------------------------------------------------------------------

#: A table that repeats a statement shares at least a part of its lines, if it has more than a few.
_FEW, _MOST_OTHER = 4, 0.9
#: The rest of a statement stands so many blocks behind its beginning: page number, running heads, title.
_CLOSE = 12
#: A table with more columns is a summary of many years.
_FACE_COLUMNS = 6


def without_repeats(tables: Sequence[DecidedTable]) -> Outcome[tuple[DecidedTable, ...]]:
    """Of two statements of one kind for the same periods the fuller one: the other is an extract or a restatement."""
    out: list[DecidedTable] = []
    findings: list[Finding] = []
    for table in tables:
        twin = next((i for i, other in enumerate(out) if _same_periods(other, table)), None)
        if twin is None:
            out.append(table)
            continue
        drop = table
        if _fuller(table, out[twin]):
            drop = out.pop(twin)
            out.append(table)
        findings.append(_repeated(drop, table if drop is not table else out[twin]))
    return Outcome(tuple(out), tuple(findings))


def _repeated(drop: DecidedTable, kept: DecidedTable) -> Finding:
    """A note; a warning where the table seems to be the rest of the one that is kept: close to it, with lines of its own."""
    what = f"left alone: a second {drop.headed.kind.value.replace('_', ' ')} for the same periods"
    mine = {r.label.lower() for r in drop.headed.table.rows if r.has_data} - {""}
    other = mine - {r.label.lower() for r in kept.headed.table.rows}
    if not _near(drop, kept) or len(mine) < _FEW or len(other) < _MOST_OTHER * len(mine):
        return Finding(code="statements.repeated", severity=Severity.NOTE, at=drop.at, message=what)
    return Finding(
        code="statements.repeated", severity=Severity.WARNING, at=drop.at,
        message=f"{what}, with {len(other)} lines of its own, such as {min(other)!r}",
        hint="if it is the rest of the other one, put the two tables together in the input",
    )  # fmt: skip


def _near(a: DecidedTable, b: DecidedTable) -> bool:
    """Few blocks lie between them, or one says that it goes on."""
    first, second = sorted((a.headed.table, b.headed.table), key=lambda t: t.blocks[0])
    return second.blocks[0] - first.blocks[-1] <= _CLOSE or says("continued", second.title)


def _fuller(table: DecidedTable, other: DecidedTable) -> bool:
    """The later table tells more than the earlier one."""
    summaries = len(other.columns) > _FACE_COLUMNS, len(table.columns) > _FACE_COLUMNS
    if summaries[0] != summaries[1]:
        return summaries[0]
    return table.data_rows > other.data_rows * 1.3


def _same_periods(a: DecidedTable, b: DecidedTable) -> bool:
    """Two of one kind, one of which has no period that the other lacks."""
    mine, theirs = {c.period for c in a.columns}, {c.period for c in b.columns}
    return a.headed.kind is b.headed.kind and (mine <= theirs or theirs <= mine)
