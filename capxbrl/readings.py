"""How each figure of a statement stands: proved, stated or doubtful (DESIGN: decisions and witnesses).

A figure rests on the decisions of its statement and column (scale, currency, period) and on its digits; it stands as the
weakest of them.  Its digits are borne out by a relation of the page that holds and that chance would hardly give, and
are in doubt where the only relation that fails is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .decisions import CURRENCY, PERIOD, SCALE_OF_MONEY, SCALE_OF_SHARES, weakest
from .model import Amount, LineItem, Standing, Tagged, TaggedLine, Unit
from .ties import Place, Relation, amount_at, holds, value_at

#: What a figure rests on, by what it counts, besides the period of its column.
RESTS_ON: Mapping[Unit, tuple[str, ...]] = {
    Unit.USD: (SCALE_OF_MONEY, CURRENCY),
    Unit.SHARES: (SCALE_OF_SHARES,),
    Unit.PER_SHARE: (CURRENCY,),
    Unit.PURE: (),
}
#: Digits that must agree before a sum is believed: a sum of small figures holds by chance.
_DIGITS = 3


def weigh(tagged: Sequence[Tagged], relations: Iterable[Relation]) -> tuple[Tagged, ...]:
    """The same statements, each line with the standing of its figures in cells and in its label."""
    borne_out, in_doubt = _digits(tagged, relations)

    def standing(place: Place, decided: Iterable[Standing]) -> Standing:
        digits = Standing.STATED
        if place in borne_out:
            digits = Standing.PROVED
        elif place in in_doubt:
            digits = Standing.DOUBTFUL
        return weakest([digits, *decided])

    def line(s: int, i: int) -> TaggedLine:
        one = tagged[s]
        item = one.statement.lines[i]
        cells = tuple(
            standing(Place(statement=s, line=i, column=c), _decided(one, item, a, c)) if a is not None else None
            for c, a in enumerate(item.amounts)
        )
        figures = tuple(
            standing(Place(statement=s, line=i, column=-1, figure=f), _decided(one, item, figure.amount, None))
            for f, figure in enumerate(item.figures)
        )
        return replace(one.lines[i], readings=cells, figure_readings=figures)

    return tuple(replace(one, lines=tuple(line(s, i) for i in range(len(one.lines)))) for s, one in enumerate(tagged))


def _decided(one: Tagged, item: LineItem, amount: Amount, column: int | None) -> list[Standing]:
    """The standing of each decision that a figure rests on; one that was never made is only stated."""
    made = {d.subject: d.standing for d in one.statement.decisions}
    needed = [*RESTS_ON[amount.unit]]
    if column is not None:
        made |= {d.subject: d.standing for d in one.statement.columns[column].decisions}
        needed.append(PERIOD)
    made |= {d.subject: d.standing for d in item.decisions}
    others = [standing for subject, standing in made.items() if subject not in _FIGURES_OWN]
    return [*(made.get(subject, Standing.STATED) for subject in needed), *others]


#: Subjects that concern only the figures that count what they speak of.
_FIGURES_OWN = frozenset({PERIOD, *(subject for subjects in RESTS_ON.values() for subject in subjects)})


def _digits(tagged: Sequence[Tagged], relations: Iterable[Relation]) -> tuple[set[Place], set[Place]]:
    """The places that a relation bears out, and those of relations that surely fail."""
    value = value_at(tagged)
    borne_out: set[Place] = set()
    in_doubt: set[Place] = set()
    for relation in relations:
        shown = [p for p in relation.places if (a := amount_at(tagged, p)) is not None and a.value]
        if holds(relation, value):
            if len(shown) > 1 and _tells([amount_at(tagged, p) for p in shown]):
                borne_out.update(shown)
        elif relation.sure:
            in_doubt.update(shown)
    return borne_out, in_doubt


def _tells(amounts: Iterable[Amount | None]) -> bool:
    """Figures long enough that their relation is no accident."""
    return max(sum(ch.isdigit() for ch in a.shown) for a in amounts if a is not None) >= _DIGITS
