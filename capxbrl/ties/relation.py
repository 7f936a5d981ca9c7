"""A relation between figures: what it says, whether it holds, and the finding when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from ..findings import Finding, Severity
from ..model import Amount, Tagged
from ..records import dataclass

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A figure: number of the statement, the line, and the column; or of the figure in the label (column -1)."""

    statement: int
    line: int
    column: int
    figure: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The sum of weight x value over `terms` is zero, or the product of `factors` where there are any.

    slack: what rounding explains, in units. code: that of the finding when it fails; what: its name in words.
    sure: False where it fails and another reason than an error is as likely.
    """

    code: str
    what: str
    terms: tuple[tuple[Place, int], ...]
    slack: Decimal = ZERO
    factors: tuple[Place, ...] = ()
    period: str = ""
    sure: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        return (*(place for place, _ in self.terms), *self.factors)


Value = Callable[[Place], Decimal]


def amount_at(tagged: Sequence[Tagged], place: Place) -> Amount | None:
    """The figure of a place, None where the cell is empty."""
    line = tagged[place.statement].statement.lines[place.line]
    return line.figures[place.figure].amount if place.column < 0 else line.amounts[place.column]


def value_at(tagged: Sequence[Tagged]) -> Value:
    """The printed values of a filing as a function of the place; 0 where a cell is empty."""

    def value(place: Place) -> Decimal:
        amount = amount_at(tagged, place)
        return amount.value if amount is not None else ZERO

    return value


def gap(relation: Relation, value: Value) -> Decimal:
    """How far it is from holding: the sum less the product."""
    total = sum((w * value(place) for place, w in relation.terms), ZERO)
    if not relation.factors:
        return total
    product = Decimal(1)
    for place in relation.factors:
        product *= abs(value(place))
    return abs(total) - product


def holds(relation: Relation, value: Value) -> bool:
    return abs(gap(relation, value)) <= relation.slack


def exchanged(made: Sequence[Relation], value: Value) -> set[str]:
    """The periods whose relations fail, and hold once two figures of one row change places."""
    out: set[str] = set()
    failing = [r for r in made if not holds(r, value)]
    for a, b in combinations(failing, 2):
        for p, q in zip(a.places, b.places, strict=True):
            turned = {p: value(q), q: value(p)}

            def changed(at: Place, turned: dict[Place, Decimal] = turned) -> Decimal:
                return turned[at] if at in turned else value(at)

            if holds(a, changed) and holds(b, changed):
                out |= {a.period, b.period}
    return out


def failures(found: Iterable[Relation], tagged: Sequence[Tagged]) -> tuple[Finding, ...]:
    """A finding for each relation that fails: both places, both figures and the difference."""
    value = value_at(tagged)
    # One figure for basic and diluted is in two relations that say the same.
    return tuple(dict.fromkeys(_finding(r, tagged, value) for r in found if not holds(r, value)))


def _finding(relation: Relation, tagged: Sequence[Tagged], value: Value) -> Finding:
    first = amount_at(tagged, relation.terms[0][0])
    difference = abs(gap(relation, value))
    shown = [f"{label_at(tagged, p)!r} is {value(p):,} ({_where(tagged, p)})" for p in relation.places]
    message = f"{relation.what} of {relation.period} do not agree: {', '.join(shown)}; a difference of {difference:,}"
    return Finding(
        code=relation.code,
        severity=Severity.WARNING if relation.sure else Severity.NOTE,
        at=first.at if first else None,
        message=message,
        hint="the two agree in another column, or one slip explains the difference: compare with the original"
        if relation.sure
        else "no single slip explains it; restricted cash, preferred dividends or a restatement may",
    )


def label_at(tagged: Sequence[Tagged], place: Place) -> str:
    """The words of the line of a place, shortened."""
    label = tagged[place.statement].statement.lines[place.line].label or "a total"
    return label if len(label) <= 60 else label[:57] + "..."


def _where(tagged: Sequence[Tagged], place: Place) -> str:
    amount = amount_at(tagged, place)
    return str(amount.at) if amount is not None else "empty"
