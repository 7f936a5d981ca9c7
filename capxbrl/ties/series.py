"""Two rows of figures that ought to be equal: which of their differences are sure to be errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..footing.edits import edit
from ..model import Period, Tagged
from ..records import replace
from .places import half_unit
from .relation import ZERO, Place, Relation, Value, amount_at, holds, value_at


def series_of(
    code: str, what: str, left: dict[Period, Place], right: dict[Period, Place], tagged: Sequence[Tagged]
) -> Iterator[Relation]:
    """Two rows of figures that ought to be equal at every period both have."""
    made = []
    for period in sorted(set(left) & set(right)):
        a, b = amount_at(tagged, left[period]), amount_at(tagged, right[period])
        if a is not None and b is not None:
            slack = ZERO if a.decimals == b.decimals else 2 * max(half_unit(a), half_unit(b))
            made.append(
                Relation(
                    code=code,
                    what=what,
                    terms=((left[period], 1), (right[period], -1)),
                    slack=slack,
                    period=str(period),
                )
            )
    yield from _judged(made, code, value_at(tagged))


def _judged(made: Sequence[Relation], code: str, value: Value) -> Iterator[Relation]:
    """Where one holds, the others are sure to be errors if a slip explains them; else only those that one explains."""
    equal = [r for r in made if holds(r, value)]
    if equal:
        for r in made:
            one, two = (value(place) for place, _ in r.terms)
            yield r if r in equal else replace(r, sure=code == "tie.balance" or slip_of(one, two, r.slack))
        return
    # Cash with restricted cash is seldom one digit off by more than chance: there only a power of ten is a slip.
    slip = thousandfold if code == "tie.cash" else slip_of
    yield from (r for r in made if slip(value(r.terms[0][0]), value(r.terms[1][0]), r.slack))
    for r, other in pairwise(made):
        # Exchanged columns: each figure stands at the period of the other.
        crossed = value(r.terms[0][0]) == value(other.terms[1][0]), value(r.terms[1][0]) == value(other.terms[0][0])
        if any(crossed) and not any(slip_of(value(x.terms[0][0]), value(x.terms[1][0]), x.slack) for x in (r, other)):
            yield from (r, other)


def slip_of(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    """One slip makes one of the other: a digit, a sign, a power of a thousand."""
    if not a or not b:
        return False
    if thousandfold(a, b, slack):
        return True
    # In units of the last place that is not zero in both.
    step = min(_last(a), _last(b))
    return bool(edit(int(a / step), int(b / step))) or bool(edit(int(b / step), int(a / step)))


def thousandfold(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    """The same digits at another power of a thousand."""
    return bool(a and b) and any(abs(a - b.scaleb(p)) <= slack for p in (-6, -3, 3, 6))


def _last(value: Decimal) -> Decimal:
    """The last place: of 1,230,000 it is 10,000; thousands at most, that figures in thousands stay what they are."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** min(exponent, 3)


def best_series(
    code: str, what: str, one: dict[Period, Place], others: Sequence[dict[Period, Place]], tagged: Sequence[Tagged]
) -> Iterator[Relation]:
    """The tie to that of several rows which agrees most often; where none agrees, to the first that a slip explains."""
    value = value_at(tagged)

    def agrees(other: dict[Period, Place]) -> int:
        return sum(value(one[p]) == value(other[p]) for p in set(one) & set(other))

    counted = [(agrees(other), -i) for i, other in enumerate(others)]
    if not counted:
        return
    number, at = max(counted)
    if number:
        yield from series_of(code, what, one, others[-at], tagged)
        return
    for other in others:
        if made := list(series_of(code, what, one, other, tagged)):
            yield from made
            return
