"""Document -> Statements: find them, read their headings, columns, scale and rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..findings import Finding, Outcome, Severity
from ..model import Cell, Column, Document, Kind, PageBreak, Paragraph, Period, Section, Statement, Table
from ..periods import Clues
from .grid import Read, has_data, is_heading, read_rows, split, value_columns
from .headings import Around, Heading, read_headings, resolve, title_clues
from .kinds import Scale, is_face, is_sentence, kind_of, scale_of, title_kinds
from .lines import clean_label, read_lines
from .units import prove_shares

__all__ = ["parse_statements"]

#: A title stands at most so many blocks above its table.
_ABOVE = 8
_CURRENCIES = (("€", "EUR"), ("£", "GBP"), ("¥", "JPY"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
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


def parse_statements(document: Document, *, all_tables: bool = False) -> Outcome[tuple[Statement, ...]]:
    """The statements of a document, in the order they stand.

    all_tables: also supplementary, pro forma, segment and non-GAAP tables, with face = False.  A filing without any
    statement gives an empty tuple and the finding `statements.none` (error).
    """
    findings: list[Finding] = []
    parts = _join(_parts(document))
    if not all_tables:
        parts = _titled([p for p in parts if p.kind is not Kind.OTHER])
    chosen = [(p, is_face(p.title) and p.kind is not Kind.OTHER) for p in parts]
    around = _around(document, [p for p, face in chosen if face])
    statements: list[Statement] = []
    for part, face in chosen:
        if not face and not all_tables:
            findings.append(
                Finding(
                    code="statements.not-face", severity=Severity.NOTE, at=part.rows[0].source.at,
                    message=f"left alone: a supplementary, pro forma, segment or non-GAAP table ({part.title[:60].strip()!r})",
                    hint="ask for all tables to read it too",
                )
            )  # fmt: skip
            continue
        if part.kind is Kind.EQUITY:
            findings.append(
                Finding(
                    code="statements.equity", severity=Severity.NOTE, at=part.rows[0].source.at,
                    message="a statement of equity: recognised, its figures are not tagged",
                )
            )  # fmt: skip
            continue
        made = _statement(document, part, around, face, findings)
        if made is not None:
            statements.append(made)
    statements = _starting_after_balances(_without_repeats(statements, findings))
    if not statements:
        findings.append(
            Finding(
                code="statements.none", severity=Severity.ERROR, at=document.blocks[0].at if document.blocks else None,
                message="no financial statement was found in this document",
                hint="if it holds one, check that its tables survived: columns need tabs, aligned blanks, or HTML cells",
            )
        )  # fmt: skip
    return Outcome(tuple(statements), tuple(findings))


# --- finding the tables --------------------------------------------------------------------------------------------


def _parts(document: Document) -> list[_Part]:
    out: list[_Part] = []
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            continue
        rows = read_rows(block, number)
        if sum(has_data(r) for r in rows) < 2:
            continue
        above = _above(document, number)
        for index, piece in enumerate(split(rows)):
            made = _part(number, piece, above if index == 0 else _Above())
            if made is not None:
                out.append(made)
    return out


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
        if sum(len(t) for t in texts) > 400 or (len(texts) == 1 and len(texts[0]) > 200):
            break
        lines[:0] = texts
        if not is_sentence(" ".join(texts)):
            titles[:0] = texts
        blocks.insert(0, at)
    return _Above(tuple(lines[-12:]), tuple(titles[-12:]), tuple(blocks))


def _part(block: int, rows: Sequence[Read], above: _Above) -> _Part | None:
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
    labels = [row_label(r) for r in body]
    texts = [r.text for r in heads]
    lines = _title_lines(above.titles)
    name, named = _name(lines, texts)
    if name and not any(title_kinds(t) for t in lines):
        lines = lines[-2:]  # the title stands among the column headings
    # Words over some columns only ("Pro forma") tell of those columns, not of the statement.
    title = " ".join([*lines, *(r.text for r in heads if len(r.cells) == 1)])
    kind, points = kind_of(named, labels)
    return _Part(
        blocks=(block,), rows=tuple(body), heads=tuple(heads), above=above.lines, titles=above.titles, above_blocks=above.blocks,
        columns=tuple(columns), left_out=tuple(sorted({c.col for r in body for c in _figure_cells(r)} - set(columns))), kind=kind, points=points, title=title,
        name=name, named=named,
    )  # fmt: skip


def _figure_cells(row: Read) -> list[Cell]:
    return [row.cells[i] for i, _ in row.figures()]


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


def _title_lines(above: Sequence[str]) -> list[str]:
    """The lines of the title: from the nearest line that names a statement on; else the last lines."""
    for i in range(len(above) - 1, -1, -1):
        if title_kinds(above[i]) and len(above[i]) < 200 and not is_sentence(above[i]):
            return list(above[max(0, i - 1) :])
    return list(above[-4:])


def _join(parts: Sequence[_Part]) -> list[_Part]:
    """Join a part that goes on with the statement before it: same columns, no headings or the same ones, no end yet."""
    out: list[_Part] = []
    for part in parts:
        last = out[-1] if out else None
        if last is not None and _goes_on(last, part):
            rows = (*last.rows, *part.rows)
            kind, points = kind_of(last.named, [row_label(r) for r in rows])
            out[-1] = replace(last, blocks=(*last.blocks, *part.blocks), rows=rows, kind=kind, points=points)
        else:
            out.append(part)
    return out


def _goes_on(last: _Part, part: _Part) -> bool:
    """The part is the next page of the statement before it."""
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


_CONTINUED = re.compile(r"continued|concluded|cont'?d|\(con(?:tinu|t)", re.I)
_ENDS = {
    Kind.BALANCE_SHEET: re.compile(r"liabilities.*(?:equity|deficit|deficiency|capital|investment)", re.I),
    Kind.CASH_FLOW: re.compile(r"\b(?:end|ending|close) of (?:the )?(?:period|year|quarter)|ending balance", re.I),
    Kind.INCOME_STATEMENT: re.compile(r"per (?:common |basic |diluted )*share|^diluted\b", re.I),
    Kind.COMPREHENSIVE_INCOME: re.compile(r"^(?:total )?comprehensive (?:income|loss|\()", re.I),
}


def _ended(part: _Part) -> bool:
    """The statement has its last line: nothing is missing on a next page."""
    pattern = _ENDS.get(part.kind)
    return pattern is not None and any(pattern.search(row_label(r)) and has_data(r) for r in part.rows[-8:])


def _clues(part: _Part) -> tuple[Clues, ...]:
    """What the headings tell, column by column; empty where the part has none."""
    found = tuple(h.clues for h in read_headings(part.heads, part.columns, part.left_out))
    return found if any(found) else ()


def _repeats(last: _Part, part: _Part) -> bool:
    """The part shows the lines of the other again (for other periods, or in short): it is no continuation."""
    mine = {row_label(r).lower() for r in part.rows if has_data(r)} - {""}
    theirs = {row_label(r).lower() for r in last.rows if has_data(r)}
    return len(mine) > 2 and len(mine & theirs) > 0.4 * len(mine)


def _same_name(last: _Part, part: _Part) -> bool:
    return " ".join(last.name.lower().split()) == " ".join(part.name.lower().split())


def _titled(parts: Sequence[_Part]) -> list[_Part]:
    """Where some part has the title of a statement, tables that only look like that statement are none: notes, summaries."""
    named = {p.kind for p in parts if is_face(p.title) and p.kind in p.named}
    return [p for p in parts if p.kind not in named or p.kind in p.named]


def _around(document: Document, parts: Sequence[_Part]) -> Around:
    """What the whole filing says of its year end and its latest date."""
    dates: set[dt.date] = set()
    for part in parts:
        if part.kind is not Kind.BALANCE_SHEET:
            continue
        headings = resolve(
            read_headings(part.heads, part.columns, part.left_out), part.kind, Around(title=title_clues(part.titles))
        )
        dates |= {h.period.end for h in headings if h.period}
    latest = max(dates, default=None)
    header = document.header
    year_end = None
    if header and len(header.fiscal_year_end) == 4 and header.fiscal_year_end.isdigit():
        year_end = int(header.fiscal_year_end[:2]), int(header.fiscal_year_end[2:])
    elif latest:
        # Beside an interim balance sheet stands that of the last year end.
        closing = max((d for d in dates if 10 < (latest - d).days < 350), default=latest)
        year_end = closing.month, closing.day
    return Around(title=Clues(), year_end=year_end, latest=latest)


# --- one statement -------------------------------------------------------------------------------------------------


def _statement(
    document: Document, part: _Part, around: Around, face: bool, findings: list[Finding]
) -> Statement | None:
    title_lines = _title_lines(part.titles)
    inside = [r.text for r in part.heads]
    clues = title_clues([*title_lines, *(r.text for r in part.heads if len(r.cells) == 1)])
    headings = read_headings(part.heads, part.columns, part.left_out)
    headings = resolve(headings, part.kind, replace(around, title=clues))
    kept = _kept(headings)
    if not kept:
        findings.append(
            Finding(
                code="statements.no-period", severity=Severity.WARNING, at=part.rows[0].source.at,
                message=f"a {part.kind.value.replace('_', ' ')} whose columns have no date that could be read",
                hint="the figures of this table are left out; the column headings need a date or a length of period",
            )
        )  # fmt: skip
        return None
    scale = _scale([*title_lines, *inside, *(row_label(r) for r in part.rows[:3] if not has_data(r))], part.above)
    columns = tuple(Column(grid=h.col, period=h.period, heading=h.text) for h in kept if h.period)
    lines = tuple(read_lines(part.rows, columns, part.kind, scale))
    lines = prove_shares(lines, part.kind)
    text = " ".join([*part.above[-4:], *inside])
    currency = next((code for sign, code in _CURRENCIES if sign in text), "USD")
    return Statement(
        kind=part.kind, title=clean_label(part.name).strip(" |") or part.kind.value.replace("_", " ").title(), currency=currency, scale=scale.money, columns=columns, lines=lines,
        at=part.heads[0].source.at if part.heads else part.rows[0].source.at, blocks=part.blocks, face=face, heading=part.above_blocks,
    )  # fmt: skip


def _kept(headings: Sequence[Heading]) -> list[Heading]:
    """The columns that report: with a period, none that compares two others, no period twice."""
    out: list[Heading] = []
    for heading in headings:
        if heading.period is None or heading.compares or heading.other:
            continue
        if any(heading.period == other.period for other in out):
            continue
        out.append(heading)
    return out


def _scale(near: Sequence[str], above: Sequence[str]) -> Scale:
    """The scale stated nearest to the figures."""
    for text in reversed(near):
        if found := scale_of(text):
            return found
    joined = scale_of(" ".join(near))
    if joined:
        return joined
    for text in reversed(above):
        if found := scale_of(text):
            return found
    return Scale()


def _starting_after_balances(statements: Sequence[Statement]) -> list[Statement]:
    """Flows begin the day after a balance sheet's date where the page has one near the computed start.

    The first day of a 52-week period is seldom printed; a 14-week quarter makes thirteen weeks too few.
    """
    closings = {c.period.end for s in statements for c in s.columns if s.kind is Kind.BALANCE_SHEET}

    def settled(column: Column) -> Column:
        start, end = column.period.start, column.period.end
        if start is None or "week" in column.heading.lower():
            return column
        eve = start - dt.timedelta(1)
        near = min((d for d in closings if d < end), key=lambda d: abs((d - eve).days), default=eve)
        if not 0 < abs((near - eve).days) <= 8:
            return column
        return replace(column, period=Period(start=near + dt.timedelta(1), end=end))

    return [replace(s, columns=tuple(settled(c) for c in s.columns)) for s in statements]


def _without_repeats(statements: Sequence[Statement], findings: list[Finding]) -> list[Statement]:
    """Of two statements of one kind for the same periods, keep the fuller one: the other is an extract or a restatement."""
    out: list[Statement] = []
    for statement in statements:
        twin = next(
            (
                i
                for i, other in enumerate(out)
                if other.kind is statement.kind
                and {c.period for c in other.columns} & {c.period for c in statement.columns}
            ),
            None,
        )
        if twin is None:
            out.append(statement)
            continue
        drop = statement
        if _rows(statement) > _rows(out[twin]) * 1.3:
            drop = out.pop(twin)
            out.append(statement)
        findings.append(
            Finding(
                code="statements.repeated", severity=Severity.NOTE, at=drop.at,
                message=f"left alone: a second {drop.kind.value.replace('_', ' ')} for the same periods",
            )
        )  # fmt: skip
    return out


def _rows(statement: Statement) -> int:
    return sum(not line.is_heading for line in statement.lines)
