"""Whether the days over the columns of all statements of a filing agree: what a slip in a heading breaks.

The statements of a filing close on one day, their columns are a year (or one period) apart and run in one direction. A
heading that none of these explains has a slip, or was misread.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..evidence import Calendar, DecidedTable
from ..findings import counted
from ..grammar import ANY_YEAR
from ..model import Basis, Kind, Statement
from ..periods import Clues, months_of, read_clues
from . import tolerances as tol
from .twice import Doubt, Place, doubt, name_of

_KINDS = (Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.CASH_FLOW, Kind.COMPREHENSIVE_INCOME)


def disagreements(
    tables: Sequence[DecidedTable], statements: Sequence[Statement], tied: frozenset[Place], calendar: Calendar
) -> tuple[Doubt, ...]:
    """What the headings of the statements contradict, one for a statement and a cause.

    tied: columns with a figure that stands in another statement for the same day. Findings: `periods.apart` (a
    statement closes on another day than the others, or than its own columns of another length), `periods.step` (a day
    that is no step from those beside it, or columns that overlap), `periods.two-days` (two days stand over one column),
    `periods.order` (columns run the other way), `periods.title` (the title names other years than the headings).
    """
    faces = [n for n, s in enumerate(statements) if s.face and s.kind in _KINDS and s.columns]
    out = [
        *_apart(statements, faces, calendar.report_period),
        *_short(statements, faces),
        *(d for n in faces for d in _stacked(tables[n], statements, n)),
        *_overlaps(statements, faces),
        *_steps(statements, faces),
        *_order(statements, faces, tied),
        *(d for n in faces for d in _titled(tables[n], statements[n], n, calendar.year_end)),
    ]
    return tuple(out)


_LOOK = "look for a slip in the heading: compare with the original"


# --- the day on which all close --------------------------------------------------------------------------------------


def _apart(statements: Sequence[Statement], faces: Sequence[int], own: dt.date | None) -> Iterator[Doubt]:
    """A statement whose last column ends on another day than those of the others do, and that none of them has."""
    last = {n: max(c.period.end for c in statements[n].columns) for n in faces}
    reference = _reference(statements, last, own)
    if reference is None:
        return
    for n, end in last.items():
        others = {d for m in faces if m != n for d in _days(statements[m])}
        if end == reference or end in others:
            continue
        columns = [Place(statement=n, column=c) for c, x in enumerate(statements[n].columns) if x.period.end == end]
        message = (
            f"the {name_of(statements[n])} closes on {end}, "
            + ("the report's own period" if own == reference else "the other statements")
            + f" on {reference}"
        )
        yield doubt("periods.apart", statements, columns, message, _LOOK)


def _reference(statements: Sequence[Statement], last: Mapping[int, dt.date], own: dt.date | None) -> dt.date | None:
    """The day on which the filing closes: that of the header or the cover, else that of most kinds of statements; where
    two kinds disagree, the one that columns of another kind have too, or the balance sheet's."""
    by_kind: dict[Kind, dt.date] = {}
    for n, end in last.items():
        kind = statements[n].kind
        by_kind[kind] = max(end, by_kind.get(kind, end))
    if own is not None and any(abs(end - own).days < tol.DAYS.same for end in by_kind.values()):
        return min(by_kind.values(), key=lambda end: abs(end - own))
    if len(by_kind) < 2:
        return None
    votes = Counter(by_kind.values())
    shown = Counter(end for end in votes for n in last if last[n] != end and end in _days(statements[n]))
    sheet = by_kind.get(Kind.BALANCE_SHEET)
    return max(votes, key=lambda end: (votes[end], shown[end], end == sheet, end))


def _short(statements: Sequence[Statement], faces: Sequence[int]) -> Iterator[Doubt]:
    """The columns of one length close on another day than those of another length beside them."""
    for n in faces:
        last: dict[int, dt.date] = {}
        for column in statements[n].columns:
            length = months_of(column.period)
            last[length] = max(column.period.end, last.get(length, column.period.end))
        end = max(last.values(), default=dt.date.min)
        elsewhere = _elsewhere(statements, faces, n)
        for length, day in last.items():
            if day == end or length not in _INTERIM or (day in elsewhere and (end - day).days < tol.DAYS.interim):
                continue
            columns = [
                Place(statement=n, column=c)
                for c, x in enumerate(statements[n].columns)
                if months_of(x.period) == length and x.period.end == day
            ]
            name = name_of(statements[n])
            message = f"the columns of {length} months of the {name} close on {day}, those beside them on {end}"
            yield doubt("periods.apart", statements, columns, message, _LOOK)


#: Lengths of periods that stand beside those of the year to date, in months.
_INTERIM = (3, 6, 9)


def _days(statement: Statement) -> Iterator[dt.date]:
    """The days on which its columns end, and the eves of their first days."""
    for column in statement.columns:
        yield column.period.end
        if column.period.start is not None:
            yield column.period.start - dt.timedelta(1)


# --- steps from column to column -------------------------------------------------------------------------------------


def _stacked(table: DecidedTable, statements: Sequence[Statement], number: int) -> Iterator[Doubt]:
    """Two whole dates over one column, and no year that chooses between them: one is that of another column."""
    for c, column in enumerate(statements[number].columns):
        clues = next((h.clues for h in table.headed.headings if h.col == column.grid), Clues())
        days = sorted(set(clues.dates))
        if len(days) > 1 and not clues.years and not clues.spans:
            message = (
                f"over column {c + 1} of the {name_of(statements[number])} stand two days, "
                f"{' and '.join(map(str, days[:2]))}: read as {column.period}"
            )
            hint = "the headings of two columns may have come to stand over one: compare with the original"
            yield doubt("periods.two-days", statements, [Place(statement=number, column=c)], message, hint)


def _overlaps(statements: Sequence[Statement], faces: Sequence[int]) -> Iterator[Doubt]:
    """Columns of one length, a quarter or more, each of which begins before the one before it has ended: the length is
    that of another column."""
    for n in faces:
        columns = statements[n].columns
        for (first, a), (second, b) in _neighbours(statements[n]):
            length = months_of(columns[a].period)
            if not length or not tol.DAYS.same < (second - first).days < tol.DAYS.month * length:
                continue
            alike = [c for c, x in enumerate(columns) if months_of(x.period) == length]
            message = (
                f"columns {a + 1} and {b + 1} of the {name_of(statements[n])} are read as {length} months that end on "
                f"{first} and {second}, and would overlap"
            )
            hint = "look for the length of the period over each column; --assume period=... tells it"
            yield doubt("periods.step", statements, [Place(statement=n, column=c) for c in alike], message, hint)
            break


def _steps(statements: Sequence[Statement], faces: Sequence[int]) -> Iterator[Doubt]:
    """Two columns of one length that follow each other are a year apart, or less; and their days are not nearly one."""
    pairs = {n: list(_neighbours(statements[n])) for n in faces}
    for n in faces:
        known = {pair for m in faces if m != n for pair in _ends(pairs[m])}
        odd = next((p for p in pairs[n] if _is_odd(p, known)), None)
        if odd is None:
            continue
        (first, a), (second, b) = odd
        elsewhere = _elsewhere(statements, faces, n)
        doubted = [c for day, c in odd if day not in elsewhere] or [a, b]
        column = statements[n].columns[doubted[0]]
        message = (
            f"{column.heading or 'a column'!r} of the {name_of(statements[n])} ends {column.period.end}: "
            f"{first} and {second} stand side by side, {_apart_in_words(second - first)} apart"
        )
        yield doubt("periods.step", statements, [Place(statement=n, column=c) for c in doubted], message, _LOOK)


_Pair = tuple[tuple[dt.date, int], tuple[dt.date, int]]


def _elsewhere(statements: Sequence[Statement], faces: Sequence[int], number: int) -> set[dt.date]:
    """The days of the other statements."""
    return {day for n in faces if n != number for day in _days(statements[n])}


def _is_odd(pair: _Pair, known: set[tuple[dt.date, dt.date]]) -> bool:
    """Its days are no step apart, and no other statement has both."""
    days = pair[0][0], pair[1][0]
    return not _is_step(*days) and days not in known


def _neighbours(statement: Statement) -> Iterator[_Pair]:
    """Columns of one length and one basis that follow each other in time: (day, column) twice."""
    for group in _alike(statement):
        yield from pairwise(sorted(group))


def _alike(statement: Statement) -> Iterable[list[tuple[dt.date, int]]]:
    """The columns of one length, basis and currency, by the page: (day, column)."""
    groups: dict[object, list[tuple[dt.date, int]]] = {}
    for c, column in enumerate(statement.columns):
        key = (months_of(column.period), column.basis, column.currency, column.members)
        groups.setdefault(key, []).append((column.period.end, c))
    return groups.values()


def _ends(pairs: Sequence[_Pair]) -> Iterator[tuple[dt.date, dt.date]]:
    for (first, _), (second, _) in pairs:
        yield first, second


def _is_step(first: dt.date, second: dt.date) -> bool:
    return first == second or tol.DAYS.same <= (second - first).days <= tol.DAYS.year


def _apart_in_words(gap: dt.timedelta) -> str:
    return counted(gap.days, "day") if gap.days < tol.DAYS.same else f"{round(gap.days / 365.25, 1):g} years"


# --- direction -------------------------------------------------------------------------------------------------------


def _order(statements: Sequence[Statement], faces: Sequence[int], tied: frozenset[Place]) -> Iterator[Doubt]:
    """A statement whose columns run the other way than those of the others; none that another statement bears out."""
    for n in faces:
        inside = _inside(statements[n])
        if inside is not None:
            latest = statements[n].columns[inside]
            name, shown = name_of(statements[n]), _shown(statements[n])
            message = f"{latest.period.end} of the {name} stands behind earlier days that run neither way ({shown})"
            hint = "the headings of its columns may be exchanged: compare with the original"
            yield doubt("periods.order", statements, [Place(statement=n, column=inside)], message, hint)
    ways = {n: way for n in faces if (way := _direction(statements[n]))}
    if len(set(ways.values())) < 2:
        return
    usual = max((1, -1), key=lambda w: (sum(x == w for x in ways.values()), w < 0))
    for n, way in ways.items():
        columns = [Place(statement=n, column=c) for c in range(len(statements[n].columns))]
        if way == usual or not tied.isdisjoint(columns):
            continue
        first = statements[next(m for m, x in ways.items() if x == usual)]
        message = (
            f"the columns of the {name_of(statements[n])} run {_WAYS[way]} ({_shown(statements[n])}), "
            f"those of the {name_of(first)} {_WAYS[usual]} ({_shown(first)})"
        )
        hint = "the headings of its columns may be exchanged: compare with the original"
        yield doubt("periods.order", statements, columns, message, hint)


_WAYS = {1: "from early to late", -1: "from late to early"}


def _direction(statement: Statement) -> int:
    """1 where later columns of one length stand further right, -1 where further left, 0 where neither."""
    signs: set[int] = set()
    last: dict[int, dt.date] = {}
    for column in statement.columns:
        length, end = months_of(column.period), column.period.end
        if length in last and last[length] != end:
            signs.add(1 if end > last[length] else -1)
        last[length] = end
    return signs.pop() if len(signs) == 1 else 0


def _inside(statement: Statement) -> int | None:
    """A column of the latest day of its length that does not stand first, where the days run neither way: restated
    or not, they stand in one order."""
    groups: dict[object, list[tuple[dt.date, int]]] = {}
    for c, column in enumerate(statement.columns):
        groups.setdefault((months_of(column.period), column.currency, column.members), []).append(
            (column.period.end, c)
        )
    for group in groups.values():
        days = [day for day, _ in group]
        latest, number = max(group)
        if days[0] != latest and days != sorted(days):
            return number
    return None


def _shown(statement: Statement) -> str:
    return ", ".join(dict.fromkeys(str(c.period.end) for c in statement.columns))


# --- the title -------------------------------------------------------------------------------------------------------


def _titled(
    table: DecidedTable, statement: Statement, number: int, year_end: tuple[int, int] | None
) -> Iterator[Doubt]:
    """The title names a year that no column ends or begins in, and some column ends in one that it does not name."""
    # A page's head has the day of the release.
    latest = max(c.period.end for c in statement.columns)
    lines = [*table.headed.title_lines, *_beside(table), *(h.text for h in table.headed.headings)]
    told = [(_years(line), clues) for line in lines if (clues := read_clues(line)) and not _is_made(clues, latest)]
    named = {y for years, clues in told for y in (*years, *clues.years, *(d.year for d in clues.dates))}
    shown = _shown_years(table, statement)
    if year_end not in (None, (12, 31)):
        shown.add(latest.year + 1)  # "Second quarter, fiscal 2007" ends in 2006
    odd = sorted(named - shown) or (sorted(named) if _names_one_twice([years for years, _ in told], statement) else [])
    if not odd or any(c.basis is not Basis.REPORTED for c in statement.columns):
        return
    columns = [Place(statement=number, column=c) for c in range(len(statement.columns))]
    message = (
        f"the title of the {name_of(statement)} names {', '.join(map(str, odd))}, its columns end {_shown(statement)}"
    )
    yield doubt(
        "periods.title", [statement] * (number + 1), columns, message, "look for a slip in the title or in the headings"
    )


def _shown_years(table: DecidedTable, statement: Statement) -> set[int]:
    """The years that its columns begin or end in, and those of their headings."""
    return {day.year for day in _days(statement)} | {y for x in table.headed.headings for y in x.clues.years}


def _names_one_twice(told: Sequence[Sequence[int]], statement: Statement) -> bool:
    """ "1993 and 1993" over 1993 and 1992."""
    ends = {c.period.end.year for c in statement.columns}
    return any(len(years) == len(ends) > len(set(years)) for years in told)


def _beside(table: DecidedTable) -> Iterator[str]:
    """What stands over the labels, beside the headings of the columns."""
    first = min((c.grid for c in table.columns), default=0)
    yield from (c.text for row in table.headed.table.heads for c in row.cells if c.col + c.span <= first)


#: Years that no filing is of count too: "1901" for 1991.
_YEAR_TOKEN = re.compile(rf"(?<![\d,.$-]){ANY_YEAR}(?![\d,.]\d)")


def _is_made(clues: Clues, latest: dt.date) -> bool:
    """A line with a day soon after the last column ends: that of the release or of the report."""
    return any(tol.DAYS.same < (day - latest).days < tol.DAYS.made for day in clues.dates)


def _years(line: str) -> list[int]:
    return [int(m[0]) for m in _YEAR_TOKEN.finditer(line)]
