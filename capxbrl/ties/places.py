"""Where the lines of a tie stand: by the words of their labels and by their concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ..model import Amount, Column, Kind, LineItem, Period, Tagged, Unit
from .relation import Place

_INCOME = re.compile(
    r"\bnet (?:\((?:income|loss|earnings)\) (?:and )?)?(?:income|loss|earnings|profit|\(loss\))"
    r"|^(?:income|loss|earnings|profit)\b.*(?:continuing|including|available|attributable|applicable)",
    re.I,
)
_NOT_INCOME = re.compile(
    r"(?:interest|investment|operating|other|rental) (?:income|loss)|per (?:common )?share|adjust|reconcil"
    r"|before .{0,20}tax"
    r"|attributable to (?:the )?(?:redeemable )?(?:non-?controlling|minority)|comprehensive",
    re.I,
)


def of_kind(tagged: Sequence[Tagged], kind: Kind) -> Iterator[tuple[int, Tagged]]:
    return ((s, one) for s, one in enumerate(tagged) if one.statement.kind is kind and one.statement.face)


def concept_at(one: Tagged, line: int) -> str:
    matches = one.lines[line].matches
    return matches[0].concept.name if matches else ""


def line_of(one: Tagged, names: Iterable[str], label: str) -> int | None:
    """The line by the words of its label, else by its concept."""
    lines = [i for i, line in enumerate(one.statement.lines) if any(line.amounts)]
    worded = next((i for i in lines if re.search(label, one.statement.lines[i].label.strip(), re.I)), None)
    return worded if worded is not None else next((i for i in lines if concept_at(one, i) in set(names)), None)


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


def is_income(line: LineItem) -> bool:
    return bool(_INCOME.search(line.label)) and not _NOT_INCOME.search(line.label)


def unit_at(line: LineItem) -> Unit | None:
    return next((a.unit for a in line.amounts if a is not None), None)


def half_unit(amount: Amount) -> Decimal:
    """Half a unit of the last place shown."""
    return Decimal(10) ** -(amount.decimals or 0) / 2


def per_share_line(one: Tagged, sort: str) -> int | None:
    return next(
        (
            i
            for i, _ in enumerate(one.statement.lines)
            if any(m.concept.name == f"EarningsPerShare{sort}" for m in one.lines[i].matches)
        ),
        None,
    )


def count_line(one: Tagged, sort: str) -> int | None:
    names = {
        "Basic": ("WeightedAverageNumberOfSharesOutstandingBasic",),
        "Diluted": ("WeightedAverageNumberOfDilutedSharesOutstanding",),
    }[sort]
    return next(
        (i for i, _ in enumerate(one.statement.lines) if any(m.concept.name in names for m in one.lines[i].matches)),
        None,
    )
