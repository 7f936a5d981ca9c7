"""Document -> Statements: find them, read their headings, columns, scale and rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from ..findings import Finding, Outcome, Severity
from ..model import Column, Document, Kind, Paragraph, Period, Statement
from ..periods import Clues, read_clues
from .balances import mark_balances
from .figures import settle_shares
from .fiscal import annual, fiscal_year, year_end
from .grid import has_data
from .headings import Around, Heading, read_headings, resolve, title_clues
from .kinds import Scale, is_face, scale_of
from .lines import clean_label, read_lines
from .parts import MOST, Part, find_parts, row_label, title_lines
from .units import prove_shares

__all__ = ["parse_statements"]

_YEAR_ENDED = re.compile(r"\byears?\s+end(?:ed|s|ing)\s+(?:on\s+)?([A-Z][a-z]{2,8}\.?\s+\d{1,2})\b")
#: A table with more columns is a summary of many years.
_FACE_COLUMNS = 6
_CURRENCIES = (("€", "EUR"), ("£", "GBP"), ("¥", "JPY"))


def parse_statements(document: Document, *, all_tables: bool = False) -> Outcome[tuple[Statement, ...]]:
    """The statements of a document, in the order they stand.

    all_tables: also supplementary, pro forma, segment and non-GAAP tables, with face = False.  A filing without any
    statement gives an empty tuple and the finding `statements.none` (error).
    """
    findings: list[Finding] = []
    parts = find_parts(document)
    if sum(len(p.blocks) for p in parts if p.kind is not Kind.OTHER) >= MOST:
        findings.append(
            Finding(
                code="statements.too-many", severity=Severity.WARNING, at=parts[-1].rows[0].source.at,
                message=f"more than {MOST} tables look like statements: those after this one are not read",
                hint="if this is a file of several filings, give each its own file",
            )
        )  # fmt: skip
    if not all_tables:
        parts = _titled([p for p in parts if p.kind is not Kind.OTHER])
    chosen = [(p, is_face(p.title) and p.kind is not Kind.OTHER) for p in parts]
    around = _around(document, [p for p, face in chosen if face])
    statements: list[Statement] = []

    @cache
    def told() -> tuple[int, int] | None:
        return _year_end_in_prose(document)

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
        made = _statement(part, around, told, face, findings)
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


def _titled(parts: Sequence[Part]) -> list[Part]:
    """Where some part has the title of a statement, tables that only look like that statement are none: notes, summaries."""
    named = {p.kind for p in parts if is_face(p.title) and p.kind in p.named}
    return [p for p in parts if p.kind not in named or p.kind in p.named]


def _around(document: Document, parts: Sequence[Part]) -> Around:
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
    closed = None
    if header and len(header.fiscal_year_end) == 4 and header.fiscal_year_end.isdigit():
        closed = int(header.fiscal_year_end[:2]), int(header.fiscal_year_end[2:])
    elif latest:
        # Beside an interim balance sheet stands that of the last year end.
        closing = max((d for d in dates if 10 < (latest - d).days < 350), default=latest)
        closed = closing.month, closing.day
    yearly = annual(tuple(dates))
    return Around(
        title=Clues(), year_end=closed, latest=latest, annual=yearly, ends=tuple(sorted(dates)) if yearly else ()
    )


# --- one statement -------------------------------------------------------------------------------------------------


def _statement(
    part: Part, around: Around, told: Callable[[], tuple[int, int] | None], face: bool, findings: list[Finding]
) -> Statement | None:  # fmt: skip
    """told: the end of the year that the running text names, looked for only when it is needed."""
    lines_above = title_lines(part.titles)
    inside = [r.text for r in part.heads]
    clues = title_clues([*lines_above, *(r.text for r in part.heads if len(r.cells) == 1)])
    headings = read_headings(part.heads, part.columns, part.left_out)
    headings = resolve(headings, part.kind, replace(around, title=clues))
    kept = _kept(headings)
    if not kept and all(h.clues.years for h in headings):
        # Bare years, and no balance sheet says when they end: the text may.
        day = told()
        headings = resolve(headings, part.kind, replace(around, title=clues, year_end=day or (12, 31)))
        kept = _kept(headings)
        if kept and day is None:
            findings.append(
                Finding(
                    code="statements.year-end", severity=Severity.WARNING, at=part.rows[0].source.at,
                    message=f"a {part.kind.value.replace('_', ' ')} under bare years, and nothing says when they end: December 31 is assumed",
                    hint="give the complete submission: its header and its text tell the end of the fiscal year",
                )
            )  # fmt: skip
    if not kept:
        findings.append(
            Finding(
                code="statements.no-period", severity=Severity.WARNING, at=part.rows[0].source.at,
                message=f"a {part.kind.value.replace('_', ' ')} whose columns have no date that could be read",
                hint="the figures of this table are left out; the column headings need a date or a length of period",
            )
        )  # fmt: skip
        return None
    scale = _scale([*lines_above, *inside, *(row_label(r) for r in part.rows[:3] if not has_data(r))], part.above)
    columns = tuple(Column(grid=h.col, period=h.period, heading=h.text) for h in kept if h.period)
    lines = tuple(read_lines(part.rows, columns, part.kind, scale))
    lines = settle_shares(lines, part.kind, scale)
    lines = mark_balances(prove_shares(lines, part.kind), part.kind, columns)
    text = " ".join([*part.above[-4:], *inside])
    currency = next((code for sign, code in _CURRENCIES if sign in text), "USD")
    return Statement(
        kind=part.kind, title=clean_label(part.name).strip(" |") or part.kind.value.replace("_", " ").title(), currency=currency, scale=scale.money, columns=columns, lines=lines,
        at=part.heads[0].source.at if part.heads else part.rows[0].source.at, blocks=part.blocks, face=face, heading=part.above_blocks,
    )  # fmt: skip


def _year_end_in_prose(document: Document) -> tuple[int, int] | None:
    """The day most often named as the end of a year: "for the year ended June 30, 2003"."""
    days: Counter[tuple[int, int]] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for match in _YEAR_ENDED.finditer(block.text):
                clues = read_clues(match[1])
                days.update([*clues.days, *((d.month, d.day) for d in clues.dates)][:1])
    return days.most_common(1)[0][0] if days else None


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
    printed, derived = _closings(statements)

    def settled(column: Column) -> Column:
        start, end = column.period.start, column.period.end
        if start is None or "week" in column.heading.lower():
            return column
        eve = start - dt.timedelta(1)
        near = _nearest(printed, eve, end, 8) or _nearest(derived, eve, end, 3)
        if near is None or near == eve:
            return column
        return replace(column, period=Period(start=near + dt.timedelta(1), end=end))

    return [replace(s, columns=tuple(settled(c) for c in s.columns)) for s in statements]


def _nearest(closings: set[dt.date], eve: dt.date, end: dt.date, reach: int) -> dt.date | None:
    """The closing day within `reach` days of the eve of a period that ends later."""
    near = min((d for d in closings if d < end), key=lambda d: (abs((d - eve).days), d), default=None)
    return near if near and abs((near - eve).days) <= reach else None


def _closings(statements: Sequence[Statement]) -> tuple[set[dt.date], set[dt.date]]:
    """The days on which periods closed: those of balance sheets and of years of flows, and the year ends before them."""
    shown = {c.period.end for s in statements for c in s.columns if s.kind is Kind.BALANCE_SHEET}
    flows = [c.period for s in statements for c in s.columns if c.period.start]
    ends = {p.end for p in flows}
    years = {p.end for p in flows if p.start and (p.end - p.start).days > 350}
    if annual(tuple(shown)):
        years |= shown
    elif shown:
        years |= shown - {max(shown)}
    everything = shown | ends
    by_weeks = len({d.weekday() for d in everything}) == 1 and any((d + dt.timedelta(1)).day != 1 for d in shown)
    # Fifty-two weeks before a year's end, or the same day a year before.
    before = {d - dt.timedelta(364) if by_weeks else year_end(fiscal_year(d) - 1, [d]) for d in years}
    return shown | years, before


def _without_repeats(statements: Sequence[Statement], findings: list[Finding]) -> list[Statement]:
    """Of two statements of one kind for the same periods, keep the fuller one: the other is an extract or a restatement."""
    out: list[Statement] = []
    for statement in statements:
        twin = next((i for i, other in enumerate(out) if _same_periods(other, statement)), None)
        if twin is None:
            out.append(statement)
            continue
        drop = statement
        summary = len(out[twin].columns) > _FACE_COLUMNS, len(statement.columns) > _FACE_COLUMNS
        if summary == (True, False) or (summary != (False, True) and _rows(statement) > _rows(out[twin]) * 1.3):
            drop = out.pop(twin)
            out.append(statement)
        findings.append(
            Finding(
                code="statements.repeated", severity=Severity.NOTE, at=drop.at,
                message=f"left alone: a second {drop.kind.value.replace('_', ' ')} for the same periods",
            )
        )  # fmt: skip
    return out


def _same_periods(a: Statement, b: Statement) -> bool:
    """Two of one kind, one of which has no period that the other lacks."""
    mine, theirs = {c.period for c in a.columns}, {c.period for c in b.columns}
    return a.kind is b.kind and (mine <= theirs or theirs <= mine)


def _rows(statement: Statement) -> int:
    return sum(not line.is_heading for line in statement.lines)
