"""Decision: whether a table is the statement it was taken for, and which lines are lines of it, once they are read.

Title and words name it (`faces`); its own figures bear it out: both sides of a balance, opening cash and its change,
earnings per share and shares, and figures that stand in another statement too.  A line below the last line that every
statement of the kind has is proved by none of them: it may be of another table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..model import Decision, Kind, LineItem, LineRole, Standing, Statement, Unit, Witness
from ..records import replace
from . import FACE, decide
from . import tolerances as tol
from .earnings import rows, scale_step
from .faces import BARE, TITLE
from .twice import ties


def bear_out(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with what their figures say of them, and a decision on each line below their last one."""
    tied = {place.statement for place in ties(statements)}
    return tuple(_below(_face(statement, n in tied)) for n, statement in enumerate(statements))


# --- is it one -------------------------------------------------------------------------------------------------------


def _face(statement: Statement, tied: bool) -> Statement:
    def heard(made: Decision) -> Decision:
        witnesses = tuple(w for w in made.witnesses if w.says != BARE)
        contradicted = any(w.against for w in witnesses) or made.standing is Standing.PROVED
        if made.subject != FACE or contradicted or made.value != statement.kind.value:
            return made
        says = _said_by_figures(statement, tied, any(w.says.startswith(TITLE) for w in witnesses))
        if not says:
            return made
        return decide(FACE, (*witnesses, Witness(value=made.value, says=says, at=statement.at, independent=True)))

    return replace(statement, decisions=tuple(heard(made) for made in statement.decisions))


def _said_by_figures(statement: Statement, tied: bool, titled: bool) -> str:
    """What the figures say; "" where they say nothing. titled: without, earnings per share make no statement of it."""
    if tied:
        return "a figure of it stands in another statement for the same period"
    if statement.kind is Kind.BALANCE_SHEET and _balances(statement):
        return "both sides of it balance"
    if statement.kind is Kind.CASH_FLOW and _rolls(statement):
        return "opening cash and its change are closing cash"
    if statement.kind is Kind.INCOME_STATEMENT and titled and scale_step(statement):
        return "EPS x shares is net income"
    return ""


def _money(line: LineItem) -> tuple[Decimal, ...]:
    return tuple(a.value if a is not None and a.unit is Unit.USD else Decimal(0) for a in line.amounts)


def _balances(statement: Statement) -> bool:
    """The largest figures of every column stand twice, and not side by side."""
    figures = [_money(line) for line in statement.lines]
    largest = max(figures, key=lambda f: max(map(abs, f), default=Decimal(0)), default=())
    at = [i for i, f in enumerate(figures) if f == largest]
    shown = [a.shown for i in at for a in statement.lines[i].amounts if a is not None]
    long = bool(shown) and min(sum(ch.isdigit() for ch in text) for text in shown) >= tol.TABLES.digits
    return long and all(largest) and len(at) == 2 and at[1] - at[0] > 2


def _rolls(statement: Statement) -> bool:
    found = [
        rows(statement, frozenset({role}))[:1] for role in (LineRole.OPENING, LineRole.CASH_CHANGE, LineRole.CLOSING)
    ]
    if not all(found):
        return False
    opening, change, closing = (_money(line[0]) for line in found)
    unit = Decimal(10) ** statement.scale
    return all(abs(o + c - e) <= unit and e for o, c, e in zip(opening, change, closing, strict=True))


# --- what stands below its last line ---------------------------------------------------------------------------------

_SHARES = (
    LineRole.EPS,
    LineRole.EPS_BASIC,
    LineRole.EPS_DILUTED,
    LineRole.SHARES,
    LineRole.SHARES_BASIC,
    LineRole.SHARES_DILUTED,
)
_INCOME = (LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.COMPREHENSIVE_INCOME, LineRole.CLOSING)
#: The last lines of a statement, with those of one that may follow it in the same table.
_LAST: Mapping[Kind, tuple[LineRole, ...]] = {
    Kind.BALANCE_SHEET: (LineRole.TOTAL_LIABILITIES_AND_EQUITY,),
    Kind.INCOME_STATEMENT: (*_SHARES, *_INCOME),
    Kind.COMPREHENSIVE_INCOME: (*_SHARES, *_INCOME),
}


def _below(statement: Statement) -> Statement:
    ends = [i for i, line in enumerate(statement.lines) if line.role in _LAST.get(statement.kind, ())]
    rest = [i for i in range(ends[-1] + 1, len(statement.lines)) if _counts(statement.lines[i])] if ends else []
    if not rest:
        return statement
    last = statement.lines[ends[-1]].label
    says = f"it stands below the last line of the statement, {last!r}"
    made = Decision(
        subject=FACE,
        value=statement.kind.value,
        standing=Standing.DOUBTFUL,
        witnesses=(Witness(value=statement.kind.value, says=says, at=statement.lines[ends[-1]].at, against=True),),
    )
    return replace(
        statement,
        lines=tuple(
            replace(line, decisions=(*line.decisions, made)) if i in rest else line
            for i, line in enumerate(statement.lines)
        ),
    )


def _counts(line: LineItem) -> bool:
    """A line with figures of money, or of something that is neither money nor shares."""
    units = {amount.unit for amount in line.amounts if amount is not None and amount.value}
    return bool(units & {Unit.USD, Unit.PURE})
