"""A total that adds up nowhere: no lines above it make it, in any column, and figures are left that no sum takes.

Why: one wrong digit shows in one column. A row that was skipped or read twice, or two cells exchanged, spoils a sum in
all its columns, so that there is no proof left that could fail. What would make the statement add up is told.
Source: Regulation S-X, 5-02 and 5-03 (the totals that statements show); ASC 230-10-45-24 (cash flows reconcile cash).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..findings import Finding, Position, Severity
from ..model import LineRole, Report, Statement, Tagged
from ..ties.causes import Cause, CauseKind, causes, repeated
from ..ties.landmarks import missing
from ..ties.loose import Loose, is_total, loose

#: The landmarks of one side of a balance sheet.
_ASSETS = frozenset({LineRole.TOTAL_ASSETS, LineRole.TOTAL_CURRENT_ASSETS})
_COMPARE = "compare with the original"


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(f for one in report.statements if one.statement.face for f in _findings(one))


def _findings(one: Tagged) -> Iterator[Finding]:
    statement = one.statement
    twice = list(repeated(statement, one.footing))
    yield from (_twice(statement, above, line) for above, line in twice)
    now = loose(statement, one.footing)
    # A landmark that is missing, or a row that stands twice, is the cause and is told already.
    if now and not twice and not _explained(statement, now, missing(one)):
        found = causes(statement, one.footing)
        if not _has_unread(statement, _line(now, found), found):
            yield _adrift(statement, now, found)


def _line(now: Loose, found: tuple[Cause, ...]) -> int:
    """The line that is told."""
    return found[0].line if found else (*now.bottom, *now.totals, *now.orphans)[0]


def _has_unread(statement: Statement, total: int, found: tuple[Cause, ...]) -> bool:
    """The row that the total lacks is one that was not read, which is told: it stands below the total before it."""
    if found and found[0].kind is not CauseKind.MISSING:
        return False
    before = max((i for i in range(total) if is_total(statement.lines[i])), default=0)
    first, last = (_order(statement.lines[i].at) for i in (before, total))
    return any(first < _order(at) <= last for at in statement.unread)


def _order(at: Position) -> tuple[int, int, int]:
    return at.line or 0, at.table or 0, at.row or 0


def _explained(statement: Statement, now: Loose, lost: tuple[LineRole, ...]) -> bool:
    """A landmark that is missing explains what is loose, but not on the other side of a balance sheet."""
    assets = any(statement.lines[i].role is LineRole.TOTAL_ASSETS for i in now.bottom)
    return bool(lost) and not (assets and not _ASSETS & {*lost})


def _twice(statement: Statement, above: int, line: int) -> Finding:
    one, two = (next(a.at for a in statement.lines[i].amounts if a is not None and a.value) for i in (above, line))
    return Finding(
        code="foot.twice",
        severity=Severity.WARNING,
        at=two,
        message=f"{_label(statement, line)} stands twice, with the same figures ({one} and {two})",
        hint=f"one of the two was copied or read twice: {_COMPARE}",
    )


def _adrift(statement: Statement, now: Loose, found: tuple[Cause, ...]) -> Finding:
    first = found[0] if found else None
    line = _line(now, found)
    amounts = [a for a in statement.lines[line].amounts if a is not None]
    cell = statement.lines[line].amounts[first.columns[0]] if first and first.columns else None
    missing = first is None or first.kind is CauseKind.MISSING
    others = " or ".join(_said(statement, cause) for cause in (found if missing else found[1:]))
    if others:
        hint = f"{others}: {_COMPARE}"
    else:
        hint = f"a row, a digit or a sign of the statement is wrong: {_COMPARE}" if first is None else _COMPARE
    return Finding(
        code="foot.total",
        severity=Severity.WARNING,
        at=(cell or amounts[0]).at,
        message=_nowhere(statement, now, line)
        if first is None or missing
        else f"{_said(statement, first)}: with that, the sums of the statement hold",
        hint=hint,
    )


def _nowhere(statement: Statement, now: Loose, line: int) -> str:
    """A line adds up nowhere, and what no sum takes."""
    orphans = ", ".join(_label(statement, i) for i in now.orphans[:3] if i != line)
    return f"{_label(statement, line)} adds up nowhere" + (f": no sum takes {orphans}" if orphans else "")


def _said(statement: Statement, cause: Cause) -> str:
    """A candidate in words."""
    what = _label(statement, cause.line)
    if cause.kind is CauseKind.MISSING:
        figures = " and ".join(
            f"{abs(v):,} ({column.period})"
            for v, column in zip(cause.values, statement.columns, strict=True)
            if v is not None
        )
        return f"a row of {figures} may be missing between {_label(statement, cause.after)} and {what}"
    if cause.kind is CauseKind.EXCHANGED:
        a, b = (statement.columns[c].period for c in cause.columns)
        return f"the figures of {what} for {a} and {b} may be exchanged"
    if cause.kind is CauseKind.DIGIT:
        (column,) = cause.columns
        amount = statement.lines[cause.line].amounts[column]
        printed = amount.value if amount else Decimal(0)
        return f"{what} of {statement.columns[column].period} may be {cause.values[column]:,} instead of {printed:,}"
    return f"{what} may stand twice"


def _label(statement: Statement, line: int) -> str:
    label = statement.lines[line].label
    return repr(label if len(label) <= 60 else label[:57] + "...") if label else "a total"
