"""Statement and its proofs -> the totals that add up nowhere, and the figures that no sum takes.

On a page that is whole nearly every figure of money down to the last landmark is a total or a part of one. Where a row
was lost, stands twice, or has its cells exchanged, the sum fails in every column at once, so that no proof of it is
left to fail: what is left are figures that belong to no sum, and a line that must be one and is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..footing.wording import result, sure_total
from ..model import Footing, Kind, LineItem, LineRole, Moment, ProofKind, Statement, Unit
from ..records import dataclass

#: The statements whose figures add up.
ADDS_UP = (Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.CASH_FLOW)
#: The lines that the whole of a statement leads up to.
_LANDS = {
    Kind.BALANCE_SHEET: (LineRole.TOTAL_ASSETS, LineRole.TOTAL_LIABILITIES_AND_EQUITY),
    Kind.INCOME_STATEMENT: (LineRole.NET_INCOME,),
}
#: Whose income it is: what lies between need not be printed.
_ATTRIBUTED = (LineRole.NET_INCOME_TO_COMMON, LineRole.INCOME_TO_PARENT, LineRole.INCOME_TO_OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Numbers of lines, in order. orphans: figures in no sum. bottom: landmarks that no lines add up to.

    totals: all lines that look like a sum and are none; some of them are parts only.
    """

    totals: tuple[int, ...] = ()
    orphans: tuple[int, ...] = ()
    bottom: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.orphans or self.bottom)

    @property
    def size(self) -> int:
        """How much of the statement is loose: the fewer the better it is explained."""
        return len(self.totals) + len(self.orphans) + len(self.bottom)


def loose(statement: Statement, footing: Footing) -> Loose:
    """What no sum of the statement takes, down to its last landmark."""
    if not statement.face or statement.kind not in ADDS_UP:
        return Loose()
    rows = money(statement)
    again = _again(statement, rows)
    landings = {i for i in rows if _lands(statement, i)}
    last = _last(statement, rows, footing, again)
    counted = {i for i in rows if i <= last and i not in again}
    hanging = _hanging(statement, footing, rows, again, landings)
    among, sums = {i for i in counted if not _apart(statement.lines[i])}, counted - set(rows[:1])
    return Loose(
        totals=tuple(sorted({i for i in sums if is_total(statement.lines[i])} - footing.totals)),
        orphans=tuple(sorted(among & hanging | among - footing.totals - footing.parts)),
        bottom=tuple(sorted(sums & landings - _landed(statement, footing))),
    )


def _landed(statement: Statement, footing: Footing) -> frozenset[int]:
    """The totals that may be landings: closing cash is opening cash and the change, whatever else adds up to it."""
    rolls = frozenset(p.total for p in footing.proofs if p.kind is ProofKind.ROLL)
    return rolls if statement.kind is Kind.CASH_FLOW else footing.totals


def _hanging(
    statement: Statement, footing: Footing, rows: Sequence[int], again: Collection[int], landings: Collection[int]
) -> set[int]:
    """Totals that no later sum takes, where a line that is a total follows up to the next landing, and has no sum.

    So a row is lost between the two. Cash that is told in parts leaves totals on their own.
    """
    if statement.kind is Kind.CASH_FLOW:
        return set()
    proven = footing.totals
    out: set[int] = set()
    once = [i for i in rows if i not in again]
    ends = {*landings, *(i for i in once if statement.lines[i].role in _ATTRIBUTED)}
    for i in proven - footing.parts - ends - _carried(statement, rows):
        end = min((at for at in ends if at > i), default=-1)
        if any(i < at <= end and at not in proven and _leads(statement, at) for at in once):
            out.add(i)
    return out


def _leads(statement: Statement, i: int) -> bool:
    """A total by its words or for want of any, or a result of the chain of income."""
    line = statement.lines[i]
    chained = statement.kind is Kind.INCOME_STATEMENT and result(line.label)
    return not _apart(line) and (not line.label or is_total(line) or chained)


def money(statement: Statement) -> list[int]:
    """The lines that print an amount of money other than zero."""
    return [
        i
        for i, line in enumerate(statement.lines)
        if any(a is not None and a.unit is Unit.USD and a.value for a in line.amounts)
    ]


def is_total(line: LineItem) -> bool:
    """Its words, or a rule above a figure without any, say that it is a sum."""
    return sure_total(line.label) or (not line.label and line.rule)


def _lands(statement: Statement, i: int) -> bool:
    """A line that the whole statement leads up to."""
    line = statement.lines[i]
    return line.role in _LANDS.get(statement.kind, ()) or (
        statement.kind is Kind.CASH_FLOW and line.balance is Moment.END
    )


def _last(statement: Statement, rows: Sequence[int], footing: Footing, again: Collection[int]) -> int:
    """The line after which nothing adds up any more: closing cash; the last total or landing."""
    closing = [i for i in rows if statement.lines[i].balance is Moment.END]
    if statement.kind is Kind.CASH_FLOW and closing:
        return closing[0]
    totals = [i for i in rows if is_total(statement.lines[i]) or (_lands(statement, i) and i not in again)]
    return max((*footing.totals, *totals), default=-1)


def _again(statement: Statement, rows: Sequence[int]) -> set[int]:
    """Rows whose figures stand above already (net income above the figures per share), or in the total right below."""
    seen: set[tuple[object, ...]] = set()
    out: set[int] = set()
    values = [tuple(a and a.value for a in statement.lines[i].amounts) for i in rows]
    for n, i in enumerate(rows):
        below = n + 1 < len(rows) and values[n + 1] == values[n] and is_total(statement.lines[rows[n + 1]])
        if values[n] in seen or below:
            out.add(i)
        seen.add(values[n])
    return out


def _carried(statement: Statement, rows: Sequence[int]) -> set[int]:
    """Rows whose figures stand again further down: there they are taken up."""
    last = {tuple(a and a.value for a in statement.lines[i].amounts): i for i in rows}
    return set(rows) - set(last.values())


def _apart(line: LineItem) -> bool:
    """What is told beside the sums: opening cash (closing cash is what tells), whose income it is."""
    return line.balance is Moment.START or line.role in _ATTRIBUTED
