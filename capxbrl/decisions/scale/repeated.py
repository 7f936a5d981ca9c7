"""Figures that stand in two statements: both are of one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ...model import REPEATS, Amount, LineRole, Period, Statement, Unit, Witness
from .. import tolerances as tol
from ..earnings import bare, rows
from .page import NAMES, Page, called, name_of


def by_repeats(number: int, pages: Sequence[Page], known: Mapping[int, int]) -> Iterator[Witness]:
    """A figure that stands in another statement too, whose scale is known by itself: both are of one scale."""
    mine = pages[number].statement
    for other, power in known.items():
        page = pages[other].statement
        steps = set(_shared(mine, page)) if other != number else set()
        if len(steps) == 1 and (mine_power := power + steps.pop()) in NAMES:
            says = f"the {called(page)} repeats its figures in {name_of(str(power))}"
            yield Witness(value=str(mine_power), says=says, at=pages[other].table.at, independent=True)


def _shared(mine: Statement, other: Statement) -> Iterator[int]:
    """Powers of ten by which the figures that both statements show differ: their scale here less that there."""
    for line in REPEATS:
        for a, b, sign in ((mine, other, 1), (other, mine, -1)):
            if a.kind is not line.kind or b.kind is not line.other:
                continue
            here = _by_day(a, line.role)
            for there in (_by_day(b, role) for role in line.there):
                yield from (sign * step for step in _steps(here, there))


def _steps(here: Mapping[object, list[Amount]], there: Mapping[object, list[Amount]]) -> Iterator[int]:
    for day, figures in here.items():
        for x in figures:
            for y in there.get(day, ()):
                if (step := _step_between(x, y)) is not None:
                    yield step


def _by_day(statement: Statement, role: LineRole) -> Mapping[object, list[Amount]]:
    """The money of the lines of a role by period, of balances by their day."""
    out: dict[object, list[Amount]] = {}
    for line in rows(statement, frozenset({role})):
        for column, amount in zip(statement.columns, line.amounts, strict=True):
            if amount is not None and amount.value and amount.unit is Unit.USD:
                out.setdefault(_when(column.period, role), []).append(amount)
    return out


def _when(period: Period, role: LineRole) -> object:
    if role is LineRole.OPENING and period.start is not None:
        return period.start.toordinal() - 1
    return period if role is LineRole.NET_INCOME else period.end.toordinal()


def _step_between(x: Amount, y: Amount) -> int | None:
    """k where x = y x 10^-k as printed: equal digits, or one the rounding of the other."""
    a, b = bare(x), bare(y)
    if a == b:
        return 0
    for k in (-6, -3, 3, 6):
        low, high = (a, b.scaleb(-k)) if k > 0 else (a.scaleb(k), b)
        if low >= tol.SCALES.telling and abs(low - high) <= Decimal("0.5"):
            return k
    return None
