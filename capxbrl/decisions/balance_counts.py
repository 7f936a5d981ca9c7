"""Decision: the scale of share counts in a balance sheet, by the counts of other statements.

"(In thousands)" over a balance sheet says nothing of "Shares outstanding 45,123,456" below it: the shares of the income
statement and those in its labels do, and then what no company has issued. Counts in labels are mostly in full; where
those of the income statement are a million times as much, they are in millions too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..evidence import Scale
from ..model import Amount, FigureKind, Kind, LineItem, Statement, Unit
from ..records import replace
from . import tolerances as tol
from .captions import scale_of
from .earnings import bare
from .shares import as_shares, is_bare_count, with_powers


def scale_counts_in_cells(statements: Sequence[Statement], scales: Sequence[Scale]) -> list[Statement]:
    """The statements; counts in the cells of balance sheets in full where the filing's other counts say so."""
    known = [count for s in statements for count in _counts_known(s)]
    return [
        replace(s, lines=tuple(_counted(line, scale, known) for line in s.lines)) if s.kind is Kind.BALANCE_SHEET else s
        for s, scale in zip(statements, scales, strict=True)
    ]


def scale_counts_in_labels(statements: Sequence[Statement], scales: Sequence[Scale]) -> list[Statement]:
    """The statements; counts in the labels of balance sheets in its scale of money, where only so they are like those
    of the income statement."""
    earned = [a.value for s in statements if s.kind is Kind.INCOME_STATEMENT for a in _in_cells(s) if a.value]
    return [
        _labelled(s, scale.money) if s.kind is Kind.BALANCE_SHEET and _in_scale(s, scale, earned) else s
        for s, scale in zip(statements, scales, strict=True)
    ]


def _in_scale(statement: Statement, scale: Scale, earned: Sequence[Decimal]) -> bool:
    found = [f.amount for line in statement.lines for f in line.figures if f.what in _HELD and is_bare_count(f.amount)]
    if not scale.money or scale.shares is not None:
        return False
    known = [(bare(a), other) for a in found for other in earned]
    return any(_alike(a.scaleb(scale.money), b) for a, b in known) and not any(_alike(a, b) for a, b in known)


def _labelled(statement: Statement, power: int) -> Statement:
    powers = {id(f.amount): power for line in statement.lines for f in line.figures if is_bare_count(f.amount)}
    return replace(statement, lines=tuple(with_powers(line, powers) for line in statement.lines))


#: Shares that owners hold.
_HELD = (FigureKind.ISSUED, FigureKind.OUTSTANDING)


def _in_cells(statement: Statement) -> list[Amount]:
    cells = (a for line in statement.lines for a in line.amounts if a is not None)
    return [a for a in cells if a.unit is Unit.SHARES]


def _counts_known(statement: Statement) -> list[Decimal]:
    """The shares that the lines of an income statement count, and those that labels say are issued or outstanding."""
    counts = _in_cells(statement) if statement.kind is Kind.INCOME_STATEMENT else []
    counts += [f.amount for line in statement.lines for f in line.figures if f.what in _HELD]
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
