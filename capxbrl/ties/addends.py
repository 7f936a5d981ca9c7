"""Tagged statements -> sums that are no sums of money of the statement: numbers of shares, figures per share, closing
cash.

Basic shares with what dilutes them are the diluted ones; earnings per share are those of the operations that go on and
of the others; what closing cash is made of adds up to it. A sum of these is believed where it holds in a column, or
where it holds in two once two figures of one row change places.

Sources: ASC 260-10-45-10 and 45-16 (basic and diluted shares), 45-3 (per share figures of discontinued operations); ASC
230-10-45-4 and 50-8 (what closing cash is made of).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..footing.wording import called_total, says
from ..model import Kind, LineRole, Tagged, Unit
from .places import half_unit, lines_of, of_kind, unit_at
from .relation import Place, Relation, Value, amount_at, exchanged, holds, value_at

_EPS = (LineRole.EPS, LineRole.EPS_BASIC, LineRole.EPS_DILUTED)


def other_sums(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """The relations that are believed, whether they hold or not."""
    value = value_at(tagged)
    for s, one in of_kind(tagged, Kind.INCOME_STATEMENT):
        for parts, total in (*_shares(one), *_per_share(one)):
            yield from _believed(list(_columns(s, one, parts, total, tagged)), value)
        # Of the two ways to print the share of others the one that holds in more columns.
        tries = [list(_columns(s, one, parts, total, tagged)) for parts, total in _owners(one)]
        yield from _believed(max(tries, key=lambda made: sum(holds(r, value) for r in made), default=[]), value)
    for s, one in of_kind(tagged, Kind.CASH_FLOW):
        for parts, total in _closing(one):
            yield from _believed(list(_columns(s, one, parts, total, tagged)), value)


def _believed(made: Sequence[Relation], value: Value) -> Iterator[Relation]:
    telling = [r for r in made if sum(value(place) != 0 for place in r.places) > 2]
    if any(holds(r, value) for r in telling) or exchanged(made, value):
        yield from made


def _columns(s: int, one: Tagged, parts: Sequence[int], total: int, tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """One relation for each column that shows the total and a part; a unit of rounding for two parts, else two."""
    label = one.statement.lines[total].label or "a total"
    for c, column in enumerate(one.statement.columns):
        places = [Place(statement=s, line=i, column=c) for i in parts]
        whole = amount_at(tagged, Place(statement=s, line=total, column=c))
        if whole is not None and any(amount_at(tagged, place) is not None for place in places):
            yield Relation(
                code="foot.difference",
                what=f"the sum {label!r} of {', '.join(repr(one.statement.lines[i].label) for i in parts)}",
                terms=((Place(statement=s, line=total, column=c), -1), *((place, 1) for place in places)),
                slack=2 * half_unit(whole) * (1 if len(parts) < 3 else 2),
                period=str(column.period),
            )


def _shares(one: Tagged) -> Iterator[tuple[list[int], int]]:
    """Basic shares, what dilutes them in a line or more, diluted shares.

    What dilutes is what its words say: its unit may have been read from the very sum.
    """
    run: list[int] = []
    for i, line in enumerate(one.statement.lines):
        unit = unit_at(line)
        if unit in (Unit.SHARES, Unit.USD) and says("dilutes", line.label):
            run += [i] if run else []
        elif unit is Unit.SHARES:
            if len(run) > 1 and one.lines[i].role in (LineRole.SHARES_DILUTED, LineRole.SHARES):
                yield run, i
            run = [i]
        elif unit is not None:
            run = []


def _per_share(one: Tagged) -> Iterator[tuple[list[int], int]]:
    """Earnings per share of parts of the operations, and right below them of all."""
    run: list[int] = []
    for i, line in enumerate(one.statement.lines):
        if unit_at(line) is not Unit.PER_SHARE:
            run = [] if any(line.amounts) else run
        elif one.lines[i].role in _EPS:
            if len(run) > 1:
                yield run, i
            run = []
        else:
            run.append(i)


def _closing(one: Tagged) -> Iterator[tuple[list[int], int]]:
    """What closing cash is made of: its items with their total, or what is left of it once others are taken off."""
    items = lines_of(one, {LineRole.CLOSING_ITEM})
    closing = lines_of(one, {LineRole.CLOSING})
    totals = [i for i in items if called_total(one.statement.lines[i].label)]
    if len(items) > 2 and totals == items[-1:]:
        yield items[:-1], items[-1]
    if totals and closing:
        yield totals[:1], closing[0]
    if len(closing) > 1:
        rest = sorted((*(i for i in items if i < closing[-1]), *closing[1:]))
        if len(rest) > 1 and closing[0] < rest[0]:
            yield rest, closing[0]


def _owners(one: Tagged) -> Iterator[tuple[list[int], int]]:
    """Net income is that of the owners and of others; printed as it is taken off, the owners' is the sum."""
    lines = [i for i, line in enumerate(one.statement.lines) if unit_at(line) is Unit.USD]
    roles = [one.lines[i].role for i in lines]
    for n, role in enumerate(roles):
        end = next((m for m in range(n + 1, len(roles)) if roles[m] is not LineRole.INCOME_TO_OTHERS), 0)
        if role is LineRole.NET_INCOME and end > n + 1 and roles[end] is LineRole.INCOME_TO_PARENT:
            yield lines[n + 1 : end + 1], lines[n]
            yield lines[n:end], lines[end]
            return
