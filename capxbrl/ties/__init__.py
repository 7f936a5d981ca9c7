"""Tagged statements -> the relations that tie figures to each other: sums, and ties between places and statements.

A relation that fails is only sure when something beside the figures in question speaks for it: it holds in another
column and one slip (a digit, a sign, a power of ten, exchanged columns) explains the difference.  So a tie that the
filer's statements do not have (restricted cash, preferred dividends) is no warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..footing.edits import slips
from ..model import REPEATS, FigureKind, Kind, LineRole, Moment, Period, Tagged, Unit
from ..records import replace
from . import tolerances as tol
from .addends import other_sums
from .places import (
    INCOME,
    PerShare,
    columns_of,
    count_line,
    half_unit,
    is_money,
    line_of,
    lines_of,
    of_kind,
    per_share_line,
    unit_at,
)
from .relation import ZERO, Place, Relation, Value, amount_at, exchanged, failures, gap, holds, label_at, value_at
from .series import best_series, series_of

__all__ = [
    "Place",
    "Relation",
    "Value",
    "amount_at",
    "balance",
    "cash",
    "earnings_per_share",
    "failures",
    "gap",
    "holds",
    "label_at",
    "net_income",
    "other_sums",
    "relations",
    "shares",
    "sums",
    "value_at",
]


#: So many times the slack is far off.
_FAR = Decimal("1.5")
#: Issued shares less those of the treasury are outstanding.
_COUNTED = (FigureKind.ISSUED, FigureKind.TREASURY, FigureKind.OUTSTANDING)


def relations(tagged: Sequence[Tagged]) -> tuple[Relation, ...]:
    """Every relation of a filing, whether it holds or not."""
    return (
        *sums(tagged),
        *balance(tagged),
        *cash(tagged),
        *net_income(tagged),
        *earnings_per_share(tagged),
        *shares(tagged),
        *other_sums(tagged),
    )


# --- within a statement --------------------------------------------------------------------------------------------


def sums(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """The proofs of footing, one relation a column."""
    for s, one in enumerate(tagged):
        for proof in one.footing.proofs:
            for c, (ties, difference) in enumerate(zip(proof.ties, proof.differences, strict=True)):
                if ties is None or difference is None or one.statement.lines[proof.total].amounts[c] is None:
                    continue
                label = one.statement.lines[proof.total].label or "a total"
                yield Relation(
                    code="foot.difference",
                    what=f"the sum {label!r}",
                    terms=(
                        (Place(statement=s, line=proof.total, column=c), -1),
                        *((Place(statement=s, line=i, column=c), w) for i, w in proof.parts),
                    ),
                    slack=abs(difference) if ties else ZERO,
                    period=str(one.statement.columns[c].period),
                )


def balance(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Assets = liabilities and equity."""
    for s, one in of_kind(tagged, Kind.BALANCE_SHEET):
        left = line_of(one, LineRole.TOTAL_ASSETS)
        right = line_of(one, LineRole.TOTAL_LIABILITIES_AND_EQUITY)
        if left is not None and right is not None and left != right:
            yield from series_of(
                "tie.balance",
                "assets and liabilities with equity",
                columns_of(s, one, left),
                columns_of(s, one, right),
                tagged,
            )


def shares(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Shares issued less treasury shares = shares outstanding, from the figures in labels."""
    for s, one in of_kind(tagged, Kind.BALANCE_SHEET):
        found: dict[Period, dict[FigureKind, list[Place]]] = {}
        for i, line in enumerate(one.statement.lines):
            for f, figure in enumerate(line.figures):
                if any(m.concept.name.startswith("PreferredStock") for m in one.lines[i].figures[f]):
                    continue
                for period in figure.periods:
                    found.setdefault(period, {}).setdefault(figure.what, []).append(
                        Place(statement=s, line=i, column=-1, figure=f)
                    )
        made = []
        for period, by in sorted(found.items()):
            if all(len(by.get(what, ())) == 1 for what in _COUNTED):
                figures = [by[what][0] for what in _COUNTED]
                # A figure said to hold at both dates, beside others that do not, was read from a list of two.
                dates = {len(one.statement.lines[p.line].figures[p.figure].periods) for p in figures}
                made.append(
                    Relation(
                        code="tie.shares",
                        what="shares issued less treasury shares and shares outstanding",
                        terms=tuple(zip(figures, (1, -1, -1), strict=True)),
                        period=str(period),
                        sure=len(dates) == 1,
                    )
                )
        value = value_at(tagged)
        if any(holds(r, value) for r in made):
            yield from made


# --- between statements --------------------------------------------------------------------------------------------


def cash(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """The cash flow statement begins and ends with the cash of the balance sheet."""
    flow: dict[Period, Place] = {}
    for s, one in of_kind(tagged, Kind.CASH_FLOW):
        for i, line in enumerate(one.statement.lines):
            for c, column in enumerate(one.statement.columns if line.balance else ()):
                if column.period.start is None or not is_money(line, c):
                    continue
                day = column.period.start - dt.timedelta(1) if line.balance is Moment.START else column.period.end
                flow.setdefault(Period(end=day), Place(statement=s, line=i, column=c))
    stock = [
        columns_of(s, one, i) for s, one in of_kind(tagged, Kind.BALANCE_SHEET) for i in lines_of(one, {LineRole.CASH})
    ]
    yield from best_series("tie.cash", "cash of the cash flow statement and of the balance sheet", flow, stock, tagged)


def net_income(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Net income is the same in the income statement and at the head of the cash flow statement."""
    income = [columns_of(s, one, i) for s, one in of_kind(tagged, Kind.INCOME_STATEMENT) for i in lines_of(one, INCOME)]
    for kind in (r.other for r in REPEATS if r.role is LineRole.NET_INCOME):
        for s, one in of_kind(tagged, kind):
            first = next(iter(lines_of(one, INCOME)), None)
            if first is not None:
                what = f"net income of the income statement and of the {kind.value.replace('_', ' ')} statement"
                yield from best_series("tie.net-income", what, columns_of(s, one, first), income, tagged)


def earnings_per_share(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Earnings per share x weighted average shares = the income available, within rounding."""
    for s, one in of_kind(tagged, Kind.INCOME_STATEMENT):
        rows = [i for i in lines_of(one, INCOME) if unit_at(one.statement.lines[i]) is Unit.USD]
        basic: int | None = None
        for sort in PerShare:
            per, count = per_share_line(one, sort), count_line(one, sort)
            if per is None or count is None or not rows:
                continue
            tries = {
                row: {r.period: r for r in _products(s, one, row, per, count, sort is PerShare.DILUTED)} for row in rows
            }
            row = max(rows, key=lambda row: _agreement(tries[row], value_at(tagged)))
            # Diluted earnings of another income than the basic ones have what else is in it.
            basic = row if sort is PerShare.BASIC else basic
            yield from _of_best(tries.pop(row), tuple(tries.values()), basic in (None, row), tagged)


def _of_best(
    best: Mapping[str, Relation], tries: Sequence[Mapping[str, Relation]], known: bool, tagged: Sequence[Tagged]
) -> Iterator[Relation]:
    """The relations with the income that agrees best, as far as they hold or a slip explains that they do not.

    tries: with the others. known: basic earnings are of the same income.
    """
    value = value_at(tagged)
    # What is hardly off has other reasons as likely.
    far = {period: relation for period, relation in best.items() if abs(gap(relation, value)) > _FAR * relation.slack}
    crossed = exchanged(list(far.values()), value)
    narrow = {period: _narrow(relation, tagged) for period, relation in best.items()}
    close = exchanged(list(narrow.values()), value)
    held = any(holds(r, value) for r in best.values())
    for period, relation in best.items():
        # Convertible preferred stock gives another income in another column.
        made = next(_holding(period, (best, *tries), value), None)
        if period in close:
            yield narrow[period]
        elif made is not None or period in crossed:
            yield made or relation
        elif not held and _scaled(relation, value):
            yield relation
        elif held:
            yield replace(relation, sure=period in far and known and _one_slip(relation, tagged))


def _holding(period: str, tries: Sequence[Mapping[str, Relation]], value: Value) -> Iterator[Relation]:
    return (made[period] for made in tries if period in made and holds(made[period], value))


def _narrow(relation: Relation, tagged: Sequence[Tagged]) -> Relation:
    """The same with what rounding explains alone, and nothing for participating securities."""
    income, rate, number = (amount_at(tagged, place) for place in relation.places)
    assert income is not None and rate is not None and number is not None
    slack = half_unit(rate) * number.value + half_unit(number) * abs(rate.value) + half_unit(income)
    return replace(relation, slack=slack)


def _products(s: int, one: Tagged, row: int, per: int, count: int, diluted: bool) -> Iterator[Relation]:
    for c, column in enumerate(one.statement.columns):
        income, rate, number = (one.statement.lines[i].amounts[c] for i in (row, per, count))
        if not (income and rate and number and income.value and rate.value and number.value):
            continue
        # Participating securities, and what conversion adds back, move a little: only what is far off is wrong.
        slack = 2 * (half_unit(rate) * number.value + half_unit(number) * abs(rate.value) + half_unit(income))
        slack += abs(income.value) * (tol.TIES.diluted if diluted else tol.TIES.basic)
        yield Relation(
            code="tie.earnings-per-share",
            what="earnings per share times shares, and income",
            terms=((Place(statement=s, line=row, column=c), 1),),
            slack=slack,
            period=str(column.period),
            factors=(Place(statement=s, line=per, column=c), Place(statement=s, line=count, column=c)),
        )


def _one_slip(relation: Relation, tagged: Sequence[Tagged]) -> bool:
    """One slip in one of the three figures makes earnings per share times shares the income."""
    value = value_at(tagged)
    for place in relation.places:
        amount = amount_at(tagged, place)
        assert amount is not None
        step = Decimal(10) ** -(amount.decimals or 0)
        for whole in slips(int(amount.value / step)):
            changed = whole * step

            def other(at: Place, place: Place = place, changed: Decimal = changed) -> Decimal:
                return changed if at == place else value(at)

            if holds(relation, other):
                return True
    return False


def _agreement(made: Mapping[str, Relation], value: Value) -> tuple[int, int]:
    """In how many columns the products are the income; and in how many once two figures of a row change places."""
    return sum(holds(r, value) for r in made.values()), len(exchanged(list(made.values()), value))


def _scaled(relation: Relation, value: Value) -> bool:
    """Income and earnings per share times shares differ by a power of ten: a scale was misread."""
    income = abs(value(relation.terms[0][0]))
    product = abs(value(relation.factors[0]) * value(relation.factors[1]))
    return any(abs(income - product.scaleb(p)) <= income * tol.TIES.scaled for p in (-6, -3, 3, 6))
