"""Figures that stand in two statements for one day or period: what ties their columns, and what contradicts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Finding, Severity
from ..model import REPEATS, Kind, LineRole, Statement, Unit
from ..periods import months_of
from ..records import dataclass
from . import tolerances as tol


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A column of a statement, by their numbers."""

    statement: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A finding about headings, and the columns that it puts in doubt."""

    finding: Finding
    places: tuple[Place, ...]


def name_of(statement: Statement) -> str:
    return statement.kind.value.replace("_", " ")


def doubt(
    code: str,
    statements: Sequence[Statement],
    places: Sequence[Place],
    message: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> Doubt:
    """A finding at the statement of the first place."""
    at = statements[places[0].statement].at
    return Doubt(finding=Finding(code=code, severity=severity, at=at, message=message, hint=hint), places=tuple(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure of money that stands for a day, or for a period (months > 0) that ends on it."""

    place: Place
    end: dt.date
    value: Decimal
    digits: int
    months: int = 0


def twice(statements: Sequence[Statement]) -> Iterator[tuple[list[Shown], list[Shown]]]:
    """The figures of each pair of statements that should be equal: net income of one period, cash of one day."""
    for line in REPEATS:
        for left in _with(statements, line.kind, (line.role,)):
            for right in _with(statements, line.other, line.there):
                yield left, right


def _with(statements: Sequence[Statement], kind: Kind, roles: Sequence[LineRole]) -> Iterator[list[Shown]]:
    for s, statement in enumerate(statements):
        if statement.kind is kind:
            found = [shown for role in roles for shown in _figures(statement, s, role)]
            if found:
                yield found


def _figures(statement: Statement, number: int, role: LineRole) -> Iterator[Shown]:
    line = next((x for x in statement.lines if x.role is role and any(x.amounts)), None)
    for c, column in enumerate(statement.columns if line is not None else ()):
        amount, period = line.amounts[c] if line is not None else None, column.period
        if amount is None or not amount.value or amount.unit is not Unit.USD:
            continue
        end = period.end
        if role is LineRole.OPENING:
            if period.start is None:
                continue
            end = period.start - dt.timedelta(1)
        yield Shown(
            place=Place(statement=number, column=c),
            end=end,
            value=amount.value,
            digits=sum(ch.isdigit() for ch in amount.shown),
            months=months_of(period) if role is LineRole.NET_INCOME else 0,
        )


def ties(statements: Sequence[Statement]) -> frozenset[Place]:
    """The columns with a figure that stands in another statement for the same day or period."""
    return frozenset(
        x.place
        for left, right in twice(statements)
        for a in left
        for b in right
        if a.end == b.end and a.months == b.months and a.value == b.value
        for x in (a, b)
    )


def exchanged(statements: Sequence[Statement]) -> tuple[Doubt, ...]:
    """`periods.swapped`: figures that stand in two statements, and in one of them under the heading of another day."""
    return tuple(doubt for left, right in twice(statements) for doubt in _crossed(statements, left, right))


def _crossed(statements: Sequence[Statement], left: Sequence[Shown], right: Sequence[Shown]) -> Iterator[Doubt]:
    once = [_unlike(left), _unlike(right)]
    cross = [
        (a, b)
        for a in once[0]
        for b in once[1]
        if a.value == b.value
        and a.months == b.months
        and abs(a.end - b.end).days >= tol.DAYS.same
        and not _holds(a, right)
        and not _holds(b, left)
    ]
    if not cross:
        return
    a, b = cross[0]
    names = [name_of(statements[x.place.statement]) for x in (a, b)]
    also = f", and {cross[1][0].value:,} of {cross[1][0].end} and {cross[1][1].end}" if len(cross) > 1 else ""
    message = (
        f"{a.value:,} is of {a.end} in the {names[0]} and of {b.end} in the {names[1]} "
        f"({statements[b.place.statement].at}){also}"
    )
    yield doubt(
        "periods.swapped",
        statements,
        [x.place for pair in cross for x in pair],
        message,
        "the headings of two columns are exchanged in one of them, or one has a slip: compare with the original",
        Severity.ERROR,
    )


def _unlike(shown: Sequence[Shown]) -> list[Shown]:
    """Figures that are long, and stand in a statement for one day only."""
    days: dict[Decimal, set[dt.date]] = {}
    for x in shown:
        days.setdefault(x.value, set()).add(x.end)
    return [x for x in shown if len(days[x.value]) == 1 and x.digits >= tol.TABLES.digits]


def _holds(one: Shown, others: Sequence[Shown]) -> bool:
    """The figure stands in the other statement for its day."""
    return any(
        abs(x.end - one.end).days < tol.DAYS.same and x.months == one.months and x.value == one.value for x in others
    )
