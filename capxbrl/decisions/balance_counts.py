"""Decision: the scale of share counts in the cells of a balance sheet, which its caption seldom means.

"(In thousands)" over a balance sheet says nothing of "Shares outstanding 45,123,456" below it: the shares of the income
statement and those in its labels do, and then what no company has issued.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..evidence import Scale
from ..model import Amount, FigureKind, Kind, LineItem, Statement, Unit
from . import tolerances as tol
from .captions import scale_of
from .earnings import bare
from .shares import as_shares


def scale_counts_in_cells(statements: Sequence[Statement], scales: Sequence[Scale]) -> list[Statement]:
    """The statements; counts in the cells of balance sheets in full where the filing's other counts say so."""
    known = [count for s in statements for count in _counts_known(s)]
    return [
        replace(s, lines=tuple(_counted(line, scale, known) for line in s.lines)) if s.kind is Kind.BALANCE_SHEET else s
        for s, scale in zip(statements, scales, strict=True)
    ]


def _counts_known(statement: Statement) -> list[Decimal]:
    """The shares that the lines of an income statement count, and those that labels say are issued or outstanding."""
    cells = (a for line in statement.lines for a in line.amounts if a is not None)
    counts = [a for a in cells if a.unit is Unit.SHARES] if statement.kind is Kind.INCOME_STATEMENT else []
    issued = (FigureKind.ISSUED, FigureKind.OUTSTANDING)
    counts += [f.amount for line in statement.lines for f in line.figures if f.what in issued]
    return [a.value for a in counts if a.value]


def _counted(line: LineItem, scale: Scale, known: Sequence[Decimal]) -> LineItem:
    counts = [a for a in line.amounts if a is not None and a.unit is Unit.SHARES and a.value]
    said = scale_of(line.label) if "(" in line.label else None
    if not counts or scale.shares is not None or (said is not None and said.said) or not counts[0].scale:
        return line
    if not _is_full(counts[0], known):
        return line
    return replace(line, amounts=tuple(a and (as_shares(a, 0) if a.unit is Unit.SHARES else a) for a in line.amounts))


def _is_full(count: Amount, known: Sequence[Decimal]) -> bool:
    """The figure counts single shares. known: other numbers of shares of the filing."""
    whole = any(_alike(bare(count), other) for other in known)
    scaled = any(_alike(count.value, other) for other in known)
    return whole if whole != scaled else bare(count) >= tol.COUNTS.full


def _alike(one: Decimal, other: Decimal) -> bool:
    return 1 / tol.COUNTS.apart < one / other < tol.COUNTS.apart
