"""Earnings per share x shares = income (ASC 260-10-45-10): what it tells of the scales of money and of shares."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from ..findings import Position
from ..model import Amount, LineItem, LineRole, Statement, Unit
from . import tolerances as tol


def bare(amount: Amount) -> Decimal:
    """The figure as printed, not scaled."""
    return abs(amount.value).scaleb(-amount.scale)


def is_in_full(count: Amount) -> bool:
    """A number of shares that is printed to the last share."""
    return count.scale == 0 and len(count.shown.replace(",", "")) >= tol.COUNTS.digits


def rows(statement: Statement, roles: frozenset[LineRole]) -> list[LineItem]:
    return [line for line in statement.lines if line.role in roles and any(line.amounts)]


INCOME = frozenset({LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON})
EPS = frozenset({LineRole.EPS, LineRole.EPS_BASIC, LineRole.EPS_DILUTED})
SHARES = frozenset({LineRole.SHARES, LineRole.SHARES_BASIC, LineRole.SHARES_DILUTED})


def scale_step(statement: Statement) -> tuple[int, Decimal, Position, int] | None:
    """(money scale less share scale, a number of shares as printed, where, columns) that EPS x shares = income
    gives."""
    votes: dict[int, list[Amount]] = {}
    triples = product(rows(statement, INCOME), rows(statement, EPS), rows(statement, SHARES))
    for income, rate, shares in triples:
        for i, e, n in zip(income.amounts, rate.amounts, shares.amounts, strict=True):
            if i and e and n and (k := power_between(i, e, n)) is not None:
                votes.setdefault(k, []).append(n)
    if not votes:
        return None
    best = max(votes, key=lambda k: (len(votes[k]), -abs(k)))
    if sum(map(len, votes.values())) > 2 * len(votes[best]):
        return None
    first = votes[best][0]
    return best, max(bare(n) for n in votes[best]), first.at, len({n.at.column for n in votes[best]})


def power_between(income: Amount, rate: Amount, shares: Amount) -> int | None:
    """k where rate x shares = income x 10^k, on the figures as printed; None where no power fits."""
    if income.unit is not Unit.USD or rate.unit is not Unit.PER_SHARE:
        return None
    if not (income.value and rate.value and shares.value):
        return None
    ratio = abs(rate.value) * bare(shares) / bare(income)
    rounding = Decimal(5).scaleb(-rate.places - 1) / abs(rate.value)
    room = 1 + tol.COUNTS.earnings + rounding
    return next((k for k in range(-9, 10) if 1 / room < ratio.scaleb(-k) < room), None) if room < 2 else None
