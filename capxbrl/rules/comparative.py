"""The columns of a statement are of one scale: last year's figures are of the size of this year's.

Why: a scale word that was misread, or a column in thousands beside one in millions, changes every figure of the column
and no sum within it. Filers grow, but not all their lines by a thousand.
Source: Regulation S-X, 3-01 and 3-02 (comparative statements), 5-03 on the same basis for all periods presented.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from math import log10
from statistics import median

from .. import tolerances as tol
from ..findings import Finding, Severity
from ..model import Column, Report, Statement, Unit


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(f for one in report.statements if one.statement.face for f in _findings(one.statement))


def _findings(statement: Statement) -> Iterator[Finding]:
    sizes = [_sizes(statement, column) for column in range(len(statement.columns))]
    for a, b in combinations(range(len(statement.columns)), 2):
        decades = [sizes[a][line] - size for line, size in sizes[b].items() if line in sizes[a]]
        if len(decades) >= tol.RULES.lines and abs(median(decades)) >= tol.RULES.decades:
            yield Finding(
                code="tie.comparative",
                severity=Severity.WARNING,
                at=statement.at,
                message=(
                    f"the figures of {_name(statement.columns[a])} are about 10^{median(decades):.0f} times those of "
                    f"{_name(statement.columns[b])}, line by line"
                ),
                hint="look for columns of different scales, in thousands and in millions",
            )


def _sizes(statement: Statement, column: int) -> dict[int, float]:
    """The decades of the figures of money of a column, by their lines."""
    found = ((n, line.amounts[column]) for n, line in enumerate(statement.lines))
    return {n: _decades(a.value) for n, a in found if a is not None and a.unit is Unit.USD and a.value}


def _decades(value: Decimal) -> float:
    whole = value.adjusted()  # what is left is a float, however long the figure is
    return whole + log10(abs(value.scaleb(-whole)))


def _name(column: Column) -> str:
    return str(column.period)
