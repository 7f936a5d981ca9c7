"""Decision: how the period of each column stands, by what the rest of the filing says of its days.

The words over a column state its period.  Independent of them are the header of the submission, the days that running
text prints, the other statements (a day that several close on, a figure that stands in two), and the columns beside it,
which are whole years or periods apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..evidence import Calendar, DecidedTable
from ..findings import Finding, Outcome, Severity
from ..model import Column, Decision, Kind, LineItem, LineRole, Period, Standing, Statement, Unit, Witness
from . import OPENING_DAY, PERIOD, decide

#: A filing is made within so many days of its own period; later ends are of another year, or misread.
_LATE = dt.timedelta(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A column of a statement, by its numbers."""

    statement: int
    column: int


def decide_dates(
    tables: Sequence[DecidedTable], statements: Sequence[Statement], calendar: Calendar
) -> Outcome[tuple[Statement, ...]]:
    """The statements with a decision on the period of each column.

    Findings: `periods.late` (a column ends after the report's own period), `periods.step` (years that no other column
    is near), `periods.swapped` (figures that stand in two statements stand under each other's headings).
    """
    printed = {day for day, _ in calendar.printed}
    ties = {p for pair in _tied(statements) for p in pair}
    made: dict[_Place, Decision] = {}
    for s, (table, statement) in enumerate(zip(tables, statements, strict=True)):
        for c, column in enumerate(statement.columns):
            at = _Place(statement=s, column=c)
            heard = [*_stated(table, column), *_around(s, column, statements, calendar, printed)]
            if at in ties:
                says = "a figure of the column stands in another statement for the same period"
                heard.append(Witness(value=str(column.period), says=says, independent=True))
            made[at] = _capped(decide(PERIOD, heard, default=str(column.period)))
    made |= {at: _doubted(made[at]) for at in _late(statements, calendar)}
    made |= dict(_beside(statements, made))
    days = frozenset(printed | {c.period.end for s in statements for c in s.columns})
    out = tuple(
        replace(
            statement,
            lines=_opening(statement, days),
            columns=tuple(
                replace(column, decisions=(*column.decisions, made[_Place(statement=s, column=c)]))
                for c, column in enumerate(statement.columns)
            ),
        )
        for s, statement in enumerate(statements)
    )
    told = (
        *_told_late(statements, calendar),
        *_steps(statements),
        *_swapped(statements),
        *_inferred(statements, made),
    )
    return Outcome(out, told)


# --- witnesses -----------------------------------------------------------------------------------------------------


def _stated(table: DecidedTable, column: Column) -> Iterator[Witness]:
    """What stands over the column; where no word gives its day, the day is an inference and nothing states it."""
    heading = next((h for h in table.headed.headings if h.col == column.grid), None)
    if heading is None:
        return
    end, clues, title = column.period.end, heading.clues, table.headed.title
    whole = end in (*clues.dates, *title.dates) or any(span[1] == end for span in (*clues.spans, *title.spans))
    day = (end.month, end.day) in (*clues.days, *title.days)
    if whole or day:
        words = column.heading or table.headed.table.name
        yield Witness(value=str(column.period), says=f"{words[:60]!r} stands over it", at=table.at)


def _around(
    number: int, column: Column, statements: Sequence[Statement], calendar: Calendar, printed: set[dt.date]
) -> Iterator[Witness]:
    """The header, the running text and the days of the other statements."""
    value, end = str(column.period), column.period.end
    if calendar.report_period == end:
        yield Witness(value=value, says=f"the header of the submission says {end}", independent=True)
    if end in printed:
        yield Witness(value=value, says=f"the text prints {end:%B} {end.day}, {end.year}", independent=True)
    for other, statement in enumerate(statements):
        if other != number and any(_meets(column.period, c.period) for c in statement.columns):
            kind = statement.kind.value.replace("_", " ")
            yield Witness(value=value, says=f"the {kind} has the same day", at=statement.at, independent=True)
            return


def _meets(mine: Period, other: Period) -> bool:
    """The two end on one day, or one begins on the day after the other."""
    eve = dt.timedelta(1)
    return (
        mine.end == other.end
        or (other.start is not None and mine.end == other.start - eve)
        or (mine.start is not None and mine.start - eve == other.end)
    )


def _beside(statements: Sequence[Statement], made: Mapping[_Place, Decision]) -> Iterator[tuple[_Place, Decision]]:
    """A column whole years from one that is proved, and of its length, is proved with it: the page counts in years."""
    for s, statement in enumerate(statements):
        sure = [
            c
            for n, c in enumerate(statement.columns)
            if made[_Place(statement=s, column=n)].standing is Standing.PROVED
        ]
        for n, column in enumerate(statement.columns):
            at = _Place(statement=s, column=n)
            if made[at].standing is not Standing.STATED:
                continue
            near = next((c for c in sure if _years_apart(c.period, column.period)), None)
            if near is not None:
                says = f"it lies whole years from {near.period}, and is as long"
                witness = Witness(value=str(column.period), says=says, independent=True)
                yield at, _capped(decide(PERIOD, (*made[at].witnesses, witness)))


def _years_apart(a: Period, b: Period) -> bool:
    days = abs((a.end - b.end).days)
    years = round(days / 365.25)
    return 0 < years < 4 and abs(days - 365.25 * years) <= 8 and abs(_length(a) - _length(b)) <= 8


def _length(period: Period) -> int:
    return (period.end - period.start).days if period.start else 0


def _capped(made: Decision) -> Decision:
    """A day that no word gives is an inference, however many statements share it: it is never proved."""
    if made.standing is Standing.PROVED and all(w.independent for w in made.witnesses):
        return replace(made, standing=Standing.STATED)
    return made


def _opening(statement: Statement, days: frozenset[dt.date]) -> tuple[LineItem, ...]:
    """The lines, with how the day of the opening balance stands: it is the eve of the period, seldom printed itself."""
    starts = [c.period.start for c in statement.columns if c.period.start]
    if not starts or all(start - dt.timedelta(1) in days for start in starts):
        return statement.lines
    made = Decision(subject=OPENING_DAY, value="the eve of the period", standing=Standing.STATED)
    return tuple(
        replace(line, decisions=(*line.decisions, made)) if line.role is LineRole.OPENING else line
        for line in statement.lines
    )


def _doubted(made: Decision) -> Decision:
    return replace(made, standing=Standing.DOUBTFUL)


# --- figures that stand in two statements --------------------------------------------------------------------------

#: (kind, role, kind, role, does the second open its period): lines that are equal for one day or one period.
_TWICE = (
    (Kind.INCOME_STATEMENT, LineRole.NET_INCOME, Kind.CASH_FLOW, LineRole.NET_INCOME, False),
    (Kind.INCOME_STATEMENT, LineRole.NET_INCOME, Kind.COMPREHENSIVE_INCOME, LineRole.NET_INCOME, False),
    (Kind.BALANCE_SHEET, LineRole.CASH, Kind.CASH_FLOW, LineRole.CLOSING, False),
    (Kind.BALANCE_SHEET, LineRole.CASH, Kind.CASH_FLOW, LineRole.OPENING, True),
)


def _pairs(
    statements: Sequence[Statement],
) -> Iterator[tuple[dict[_Place, tuple[object, Decimal]], dict[_Place, tuple[object, Decimal]]]]:
    """The figures of each pair of lines that should be equal, by their columns: (what day or period, figure)."""
    for kind, role, other, twin, opens in _TWICE:
        left = _figures(statements, kind, role, opens=False)
        right = _figures(statements, other, twin, opens=opens)
        if left and right:
            yield left, right


def _figures(
    statements: Sequence[Statement], kind: Kind, role: LineRole, *, opens: bool
) -> dict[_Place, tuple[object, Decimal]]:
    out: dict[_Place, tuple[object, Decimal]] = {}
    for s, statement in enumerate(statements):
        line = next((x for x in statement.lines if x.role is role and any(x.amounts)), None)
        if statement.kind is not kind or line is None:
            continue
        for c, (column, amount) in enumerate(zip(statement.columns, line.amounts, strict=True)):
            if amount is not None and amount.value and amount.unit is Unit.USD:
                out[_Place(statement=s, column=c)] = _day(column.period, role, opens=opens), amount.value
    return out


def _day(period: Period, role: LineRole, *, opens: bool) -> object:
    if role is LineRole.NET_INCOME:
        return period
    return period.start - dt.timedelta(1) if opens and period.start else period.end


def _tied(statements: Sequence[Statement]) -> Iterator[tuple[_Place, _Place]]:
    """Columns of two statements that show the same figure for the same day or period."""
    for left, right in _pairs(statements):
        for a, (day, figure) in left.items():
            for b, (other, again) in right.items():
                if day == other and figure == again:
                    yield a, b


def _inferred(statements: Sequence[Statement], made: Mapping[_Place, Decision]) -> Iterator[Finding]:
    """Days that no word gives, of years that end on a weekday: they may be a week off. One finding for all."""
    stated = [
        statements[at.statement].columns[at.column].period.end
        for at, d in made.items()
        if any(not w.independent for w in d.witnesses)
    ]
    named = {(day.month, day.day) for day in stated}
    if len({day.day for day in stated}) < 2:
        return  # nothing shows that its years end on a weekday
    odd = {
        statements[at.statement].columns[at.column].period.end: at
        for at, d in made.items()
        if all(w.independent for w in d.witnesses)
        and (day := statements[at.statement].columns[at.column].period.end) not in stated
        and (day.month, day.day) not in named
    }
    if odd:
        first = statements[next(iter(odd.values())).statement]
        days = ", ".join(str(day) for day in sorted(odd))
        yield Finding(
            code="periods.inferred",
            severity=Severity.WARNING,
            at=first.at,
            message=f"no word gives the last day of every column: {days} follows from the other years and may be "
            "a week off",
            hint="give the complete submission, or compare with the balance sheets of the years before",
        )


# --- what contradicts ----------------------------------------------------------------------------------------------


def _swapped(statements: Sequence[Statement]) -> Iterator[Finding]:
    """Two columns whose figures stand in the other statement under each other's headings."""
    for left, right in _pairs(statements):
        here = {day: figure for day, figure in left.values()}
        there = {day: figure for day, figure in right.values()}
        days = [d for d in here if d in there and here[d] != there[d]]
        for n, first in enumerate(days):
            for second in days[n + 1 :]:
                if here[first] == there[second] and here[second] == there[first]:
                    s, t = (next(iter(side)).statement for side in (left, right))
                    names = [statements[i].kind.value.replace("_", " ") for i in (s, t)]
                    yield Finding(
                        code="periods.swapped",
                        severity=Severity.ERROR,
                        at=statements[s].at,
                        message=f"{here[first]:,} is of {first} in the {names[0]} and of {second} in the {names[1]} "
                        f"({statements[t].at}), and {here[second]:,} the other way round",
                        hint="the headings of two columns are exchanged in one of them: compare with the original",
                    )


def _late(statements: Sequence[Statement], calendar: Calendar) -> list[_Place]:
    """Columns that end after the report's own period, as its header says it."""
    own = calendar.report_period
    return [
        _Place(statement=s, column=c)
        for s, statement in enumerate(statements)
        for c, column in enumerate(statement.columns)
        if own is not None and column.period.end > own + _LATE
    ]


def _told_late(statements: Sequence[Statement], calendar: Calendar) -> Iterator[Finding]:
    late = _late(statements, calendar)
    if late:
        first = statements[late[0].statement]
        period = first.columns[late[0].column].period
        more = f", and {len(late) - 1} more column{'s' * (len(late) > 2)}" if len(late) > 1 else ""
        yield Finding(
            code="periods.late",
            severity=Severity.ERROR,
            at=first.at,
            message=f"a column of the {first.kind.value.replace('_', ' ')} ends {period.end}{more}, after the "
            "report's own "
            f"period, {calendar.report_period}",
            hint="the heading has a slip, or the period was misread; --assume year-end=MM-DD tells when years end",
        )


def _steps(statements: Sequence[Statement]) -> Iterator[Finding]:
    """A year that no other column of the filing is near: a slip in a heading."""
    ends = sorted({c.period.end for s in statements for c in s.columns})
    for s in statements:
        for column in s.columns:
            others = [d for d in ends if d != column.period.end]
            if others and min(abs((d - column.period.end).days) for d in others) > 2 * 366:
                yield Finding(
                    code="periods.step",
                    severity=Severity.WARNING,
                    at=s.at,
                    message=f"{column.heading or 'a column'!r} of the {s.kind.value.replace('_', ' ')} ends "
                    f"{column.period.end}, years from every other column",
                    hint="look for a slip in the year of its heading",
                )
                return
