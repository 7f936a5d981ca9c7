"""Decision: how the period of each column stands, by what the rest of the filing says of its days.

The words over a column state its period.  Independent of them are the header of the submission, the days that running
text prints, the other statements (a day that several close on, a figure that stands in two), and the columns beside it,
which are whole years or periods apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set

from ..evidence import Calendar, DecidedTable, HeadedTable, Heading
from ..findings import Finding, Outcome, Severity, counted
from ..model import Column, Decision, Kind, LineItem, LineRole, Period, Standing, Statement, Witness
from ..periods import Clues, merge, months_of
from ..records import replace
from . import OPENING_DAY, PERIOD, decide
from . import tolerances as tol
from .accord import disagreements
from .period_lengths import dealt
from .twice import Doubt, Place, exchanged, ties


def decide_dates(
    tables: Sequence[DecidedTable], statements: Sequence[Statement], calendar: Calendar
) -> Outcome[tuple[Statement, ...]]:
    """The statements with a decision on the period of each column.

    Findings: `periods.late` (a column ends after the report's own period), `periods.inferred`, `periods.length`, and
    what the statements contradict in each other (`accord`, `twice`).
    """
    printed = {day for day, _ in calendar.printed}
    tied = ties(statements)
    said = _said(tables, statements, calendar)
    worded = printed | {statements[at.statement].columns[at.column].period.end for at, heard in said.items() if heard}
    made: dict[Place, Decision] = {}
    for s, statement in enumerate(statements):
        for c, column in enumerate(statement.columns):
            at = Place(statement=s, column=c)
            heard = [*said[at], *_around(s, column, statements, calendar, printed)]
            if at in tied:
                says = "a figure of the column stands in another statement for the same period"
                heard.append(Witness(value=str(column.period), says=says, independent=True))
            known = _capped(decide(PERIOD, heard, default=str(column.period)), column.period.end in worded)
            apart = at in tied or known.standing is not Standing.PROVED or _is_told_apart(s, statements)
            made[at] = known if apart else replace(known, standing=Standing.STATED)
    doubts = (
        *exchanged(statements),
        *disagreements(tables, statements, tied, calendar),
        *_unmeasured(tables, statements, tied),
    )
    made |= dict(_beside(statements, made, worded))
    odd = _odd(statements, made, worded)
    late = _late(statements, calendar)
    made |= {at: _doubted(made[at]) for at in (*late, *odd, *(p for d in doubts for p in d.places))}
    days = frozenset(printed | {c.period.end for s in statements for c in s.columns})
    out = tuple(
        replace(
            statement,
            lines=_opening(statement, days),
            columns=tuple(
                replace(column, decisions=(*column.decisions, made[Place(statement=s, column=c)]))
                for c, column in enumerate(statement.columns)
            ),
        )
        for s, statement in enumerate(statements)
    )
    told = (
        *_told_late(statements, calendar),
        *_once(doubts),
        *_inferred(statements, odd),
    )
    return Outcome(out, told)


def _said(
    tables: Sequence[DecidedTable], statements: Sequence[Statement], calendar: Calendar
) -> dict[Place, list[Witness]]:
    """What the page states of the period of each column."""
    return {
        Place(statement=s, column=c): list(_stated(table, column, calendar))
        for s, (table, statement) in enumerate(zip(tables, statements, strict=True))
        for c, column in enumerate(statement.columns)
    }


def _once(doubts: Sequence[Doubt]) -> Iterator[Finding]:
    """One finding for a cause: what is said of columns that an earlier one tells of is folded into that."""
    told: set[Place] = set()
    for doubt in doubts:
        if told.isdisjoint(doubt.places):
            yield doubt.finding
        told.update(doubt.places)


# --- witnesses -----------------------------------------------------------------------------------------------------


def _stated(table: DecidedTable, column: Column, calendar: Calendar) -> Iterator[Witness]:
    """What stands over the column; where no word gives its day, the day is an inference and nothing states it.

    A quarter by its number ("2Q05") says its day where the filing says when its years end.
    """
    heading = next((h for h in table.headed.headings if h.col == column.grid), None)
    if heading is None:
        return
    end, clues, title = column.period.end, heading.clues, table.headed.title
    whole = end in (*clues.dates, *title.dates) or any(span[1] == end for span in (*clues.spans, *title.spans))
    day = (end.month, end.day) in (*clues.days, *title.days)
    numbered = clues.quarter and clues.years and calendar.year_end
    if whole or day or numbered or _listed(end, merge((clues, title))):
        words = column.heading or table.headed.table.name
        yield Witness(value=str(column.period), says=f"{words[:60]!r} stands over it", at=table.at)


def _listed(end: dt.date, told: Clues) -> bool:
    """Its year stands in the list behind a date of the same day: "December 31, 2003, 2002 and 2001"."""
    return end.year in told.years and any((d.month, d.day) == (end.month, end.day) for d in told.dates)


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


def _beside(
    statements: Sequence[Statement], made: Mapping[Place, Decision], worded: Set[dt.date]
) -> Iterator[tuple[Place, Decision]]:
    """A column whole years from a surer one, and of its length, stands nearly as it does: the page counts in years.

    With one that is proved one that is stated is proved; with one that is stated one of which no word gives the day is
    stated, where both end a month: years of weeks end on any day.
    """
    for s, statement in enumerate(statements):
        decisions = [made[Place(statement=s, column=n)] for n in range(len(statement.columns))]
        for n, column in enumerate(statement.columns):
            surer = _SURER.get(decisions[n].standing, ())
            others = (c for c, d in zip(statement.columns, decisions, strict=True) if d.standing in surer)
            near = next((c for c in others if _years_apart(c.period, column.period)), None)
            stated = decisions[n].standing is Standing.STATED
            if near is None or not (stated or _at_month_end(near.period, column.period)):
                continue
            says = f"it lies whole years from {near.period}, and is as long"
            witness = Witness(value=str(column.period), says=says, independent=True)
            made_of = decide(PERIOD, (*decisions[n].witnesses, witness))
            yield Place(statement=s, column=n), _capped(made_of, column.period.end in worded)


_SURER = {Standing.STATED: (Standing.PROVED,), Standing.DOUBTFUL: (Standing.PROVED, Standing.STATED)}


def _years_apart(a: Period, b: Period) -> bool:
    days = abs((a.end - b.end).days)
    years = round(days / 365.25)
    return (
        0 < years < 4 and abs(days - 365.25 * years) <= tol.DAYS.same and abs(_length(a) - _length(b)) <= tol.DAYS.same
    )


def _at_month_end(*periods: Period) -> bool:
    return all((p.end + dt.timedelta(1)).day == 1 for p in periods)


def _length(period: Period) -> int:
    return (period.end - period.start).days if period.start else 0


def _is_told_apart(number: int, statements: Sequence[Statement]) -> bool:
    """That a day is one of the filing's does not tell which column is of it: the order of the columns does, where it
    is that of another statement."""
    way = _leading(statements[number])
    others = (_leading(s) for n, s in enumerate(statements) if n != number)
    return len({c.period for c in statements[number].columns}) < 2 or (way != 0 and way in others)


def _leading(statement: Statement) -> int:
    """-1 where the latest of the columns of each length stands first, 1 where it stands last, 0 where neither."""
    ends: dict[int, list[dt.date]] = {}
    for column in statement.columns:
        ends.setdefault(months_of(column.period), []).append(column.period.end)
    several = [days for days in ends.values() if len(set(days)) > 1]
    if several and all(days[0] == max(days) for days in several):
        return -1
    return 1 if several and all(days[-1] == max(days) for days in several) else 0


def _capped(made: Decision, worded: bool) -> Decision:
    """A day that no word of the filing gives is an inference, however many statements share it: it is never proved."""
    if made.standing is Standing.PROVED and not worded and all(w.independent for w in made.witnesses):
        return replace(made, standing=Standing.STATED)
    return made


def _opening(statement: Statement, days: frozenset[dt.date]) -> tuple[LineItem, ...]:
    """The lines, with how the day of the opening balance stands: it is the eve of the period, seldom printed itself.

    The eve of so many months is the end of a month, that of so many weeks is counted; where the heading says months of
    a company that counts in weeks, the quarter may have had one more.
    """
    flows = [c for c in statement.columns if c.period.start]
    unsaid = [c for c in flows if c.period.start and c.period.start - dt.timedelta(1) not in days]
    if not unsaid:
        return statement.lines
    counted = all((c.period.start and c.period.start.day == 1) or "week" in c.heading.lower() for c in unsaid)
    standing = Standing.STATED if counted else Standing.DOUBTFUL
    made = Decision(subject=OPENING_DAY, value="the eve of the period", standing=standing)
    return tuple(
        replace(line, decisions=(*line.decisions, made)) if line.role is LineRole.OPENING else line
        for line in statement.lines
    )


def _doubted(made: Decision) -> Decision:
    return replace(made, standing=Standing.DOUBTFUL)


def _odd(statements: Sequence[Statement], made: Mapping[Place, Decision], worded: Set[dt.date]) -> dict[Place, dt.date]:
    """Days that no word gives, of years that end on a weekday: they may be a week off."""
    ends = {at: statements[at.statement].columns[at.column].period.end for at in made}
    stated = {ends[at] for at, d in made.items() if any(not w.independent for w in d.witnesses)}
    named = {(day.month, day.day) for day in stated}
    if len({day.day for day in stated}) < 2:
        return {}  # nothing shows that its years end on a weekday
    return {
        at: ends[at]
        for at, d in made.items()
        if all(w.independent for w in d.witnesses)
        and ends[at] not in worded
        and (ends[at].month, ends[at].day) not in named
    }


def _inferred(statements: Sequence[Statement], odd: Mapping[Place, dt.date]) -> Iterator[Finding]:
    """One finding for all days that may be a week off."""
    if odd:
        days = ", ".join(str(day) for day in sorted(set(odd.values())))
        yield Finding(
            code="periods.inferred",
            severity=Severity.WARNING,
            at=statements[next(iter(odd)).statement].at,
            message=f"no word gives the last day of every column: {days} follows from the other years and may be "
            "a week off",
            hint="give the complete submission, or compare with the balance sheets of the years before",
        )


# --- what contradicts ----------------------------------------------------------------------------------------------


def _unmeasured(tables: Sequence[DecidedTable], statements: Sequence[Statement], tied: Set[Place]) -> Iterator[Doubt]:
    """Columns of flows whose length no word tells: the line that says it may be lost."""
    for s, (table, statement) in enumerate(zip(tables, statements, strict=True)):
        if statement.kind is Kind.BALANCE_SHEET:
            continue
        unsaid = {h.col for h in table.headed.headings if _is_unsaid(h, table.headed)}
        places = [Place(statement=s, column=c) for c, column in enumerate(statement.columns) if column.grid in unsaid]
        if places := [at for at in places if at not in tied]:
            kind = statement.kind.value.replace("_", " ")
            yield Doubt(
                places=tuple(places),
                finding=Finding(
                    code="periods.length",
                    severity=Severity.WARNING,
                    at=statement.at,
                    message=f"no word tells how long the period of each column of the {kind} is: it is assumed",
                    hint="look for a line over the columns that was lost, such as 'Three months ended'; "
                    "--assume period=START/END tells the period of the first column",
                ),
            )


def _is_unsaid(heading: Heading, headed: HeadedTable) -> bool:
    """A column of whose length its heading says nothing, nor the title; or the title names several lengths, and not
    which columns are of which. Bare years are years, unless two columns would be of one."""
    clues, title = heading.clues, headed.title
    if heading.period is None or clues.length or any(c.spans or c.quarter or c.to_date for c in (clues, title)):
        return False
    if lengths := title.months or title.weeks:
        return not dealt(lengths, [h.period.end if h.period else None for h in headed.headings])
    alike = sum(h.period == heading.period for h in headed.headings)
    return bool(clues.dates or clues.days) or alike > 1


def _late(statements: Sequence[Statement], calendar: Calendar) -> list[Place]:
    """Columns that end after the report's own period, as its header says it."""
    own = calendar.report_period
    return [
        Place(statement=s, column=c)
        for s, statement in enumerate(statements)
        for c, column in enumerate(statement.columns)
        if own is not None and (column.period.end - own).days > tol.DAYS.late
    ]


def _told_late(statements: Sequence[Statement], calendar: Calendar) -> Iterator[Finding]:
    late = _late(statements, calendar)
    if late:
        first = statements[late[0].statement]
        period = first.columns[late[0].column].period
        more = f", and {counted(len(late) - 1, 'more column')}" if len(late) > 1 else ""
        yield Finding(
            code="periods.late",
            severity=Severity.ERROR,
            at=first.at,
            message=f"a column of the {first.kind.value.replace('_', ' ')} ends {period.end}{more}, after the "
            "report's own "
            f"period, {calendar.report_period}",
            hint="the heading has a slip, or the period was misread; --assume year-end=MM-DD tells when years end",
        )
