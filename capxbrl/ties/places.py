"""Where the lines of a tie stand: by what they are, and by their concepts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from ..model import Amount, Column, Kind, LineItem, LineRole, Period, Tagged, Unit
from .relation import Place

#: The income of a period, all of it or what a holder of it gets: what earnings per share divide is one of them.
INCOME = frozenset(
    {LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.INCOME_TO_PARENT, LineRole.INCOME_FROM_CONTINUING}
)


class PerShare(StrEnum):
    """The sorts of earnings per share, as names of elements write them."""

    BASIC = "Basic"
    DILUTED = "Diluted"


_EPS = {PerShare.BASIC: LineRole.EPS_BASIC, PerShare.DILUTED: LineRole.EPS_DILUTED}
_COUNT = {
    PerShare.BASIC: ("WeightedAverageNumberOfSharesOutstandingBasic", LineRole.SHARES_BASIC),
    PerShare.DILUTED: ("WeightedAverageNumberOfDilutedSharesOutstanding", LineRole.SHARES_DILUTED),
}


def of_kind(tagged: Sequence[Tagged], kind: Kind) -> Iterator[tuple[int, Tagged]]:
    return ((s, one) for s, one in enumerate(tagged) if one.statement.kind is kind and one.statement.face)


def concept_at(one: Tagged, line: int) -> str:
    matches = one.lines[line].matches
    return matches[0].concept.name if matches else ""


def lines_of(one: Tagged, roles: Collection[LineRole]) -> list[int]:
    """The lines with figures that are one of these."""
    lines = zip(one.statement.lines, one.lines, strict=True)
    return [i for i, (line, tagged) in enumerate(lines) if tagged.role in roles and any(line.amounts)]


def line_of(one: Tagged, role: LineRole) -> int | None:
    """The first line that is this by its words, else by its concept."""
    found = lines_of(one, {role})
    worded = (i for i in found if one.statement.lines[i].role is role)
    return next(worded, found[0] if found else None)


def columns_of(s: int, one: Tagged, line: int) -> dict[Period, Place]:
    columns: Sequence[Column] = one.statement.columns
    return {
        column.period: Place(statement=s, line=line, column=c)
        for c, column in enumerate(columns)
        if is_money(one.statement.lines[line], c)
    }


def is_money(line: LineItem, column: int) -> bool:
    amount = line.amounts[column]
    return amount is not None and amount.unit is Unit.USD


def unit_at(line: LineItem) -> Unit | None:
    return next((a.unit for a in line.amounts if a is not None), None)


def half_unit(amount: Amount) -> Decimal:
    """Half a unit of the last place shown."""
    return Decimal(10) ** -(amount.decimals or 0) / 2


def per_share_line(one: Tagged, sort: PerShare) -> int | None:
    """The earnings per share of a sort, by concept, else by what the line is."""
    return _first(one, f"EarningsPerShare{sort}", _EPS[sort])


def count_line(one: Tagged, sort: PerShare) -> int | None:
    """The number of shares of a sort, likewise."""
    name, role = _COUNT[sort]
    return _first(one, name, role)


def _first(one: Tagged, name: str, role: LineRole) -> int | None:
    named = (i for i, line in enumerate(one.lines) if any(m.concept.name == name for m in line.matches))
    return next(iter((*named, *lines_of(one, {role}))), None)
