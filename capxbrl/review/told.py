"""The findings of a review: what has changed after it was accepted, what is gone, what is flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Finding, Position, Severity, counted
from ..model import Report
from .changes import Change, What
from .journal import Entry, State
from .lines import ReviewLine

#: Lines of one cause that are told by name.
_TOLD = 3
_AGAIN = "look at it again: `capxbrl review` with this --review opens it among the first"

Found = tuple[Entry, ReviewLine, tuple[Change, ...]]


def told_changes(found: Sequence[Found]) -> Iterator[Finding]:
    """`review.changed`: one for each cause, for all the lines that it changed."""
    causes: dict[tuple[str, ...], list[Found]] = {}
    for entry, line, made in found:
        for cause in dict.fromkeys(map(_cause, made)):
            own = tuple(change for change in made if _cause(change) == cause)
            key = cause if len(cause) > 1 else (*cause, str(line.key))
            causes.setdefault(key, []).append((entry, line, own))
    for group in causes.values():
        yield _changed(group)


def _cause(change: Change) -> tuple[str, ...]:
    """What many lines may share: a scale, a unit, a period; ("value",) is of one line."""
    if change.what is What.SCALE:
        return change.what, str(Decimal(change.now) / Decimal(change.was))
    if change.what in (What.UNIT, What.PERIOD, What.PRECISION, What.DIMENSION):
        return change.what, change.was, change.now
    return (change.what,)


def _changed(group: Sequence[Found]) -> Finding:
    entry, line, made = group[0]
    first = made[0]
    rest = f"; so have {counted(len(group) - 1, 'more line')}" if len(group) > 1 else ""
    named = ", ".join(repr(other.name) for _, other, _ in group[1 : 1 + _TOLD])
    more = f" ({named}{', ...' if len(group) > 1 + _TOLD else ''})" if named else ""
    return Finding(
        code="review.changed",
        severity=Severity.WARNING,
        at=first.at,
        fact=(first.fact.id or None) if first.fact else None,
        message=f"{line.name!r} has changed since it was {_judged(entry)}: {said(first)}{rest}{more}",
        hint=_AGAIN,
    )


def _judged(entry: Entry) -> str:
    what = "decided" if entry.after.state is State.CHANGED else "accepted"
    return f"{what} by {entry.who} on {entry.when[:10]}"


def said(change: Change) -> str:
    """ "the value of 2009-09-30 was 21,043,000 and is 21,034,000"."""
    if change.what is What.GONE:
        return f"the figure of {change.of}, {change.was}, is gone"
    if change.what is What.NEW:
        return f"a figure of {change.of}, {change.now}, was not there"
    return f"the {change.what} of {change.of} was {_shown(change.was)} and is {_shown(change.now)}"


def _shown(text: str) -> str:
    digits = text.removeprefix("-").replace(".", "", 1)
    return f"{Decimal(text):,f}" if digits.isascii() and digits.isdigit() else text or "none"


def gone(entry: Entry, report: Report) -> Finding:
    """`review.gone`: a line that was judged and is not in the filing any more."""
    kinds = (one.statement for one in report.statements if one.statement.kind.value == entry.key.statement)
    there = (line.at for statement in kinds for line in statement.lines)
    return Finding(
        code="review.gone",
        severity=Severity.WARNING,
        at=next(there, Position(source=report.document.name)),
        message=f"{entry.key.label!r} ({entry.at}) was {_judged(entry)} and is not in the filing any more",
        hint="see whether the line was lost, or is read as another one; what was decided of it decides nothing",
    )


def told_flag(entry: Entry, line: ReviewLine) -> Finding:
    """`review.flagged`: a line that a person flagged and nobody has settled."""
    note = f": {entry.after.note}" if entry.after.note else ""
    return Finding(
        code="review.flagged",
        severity=Severity.WARNING,
        at=line.facts[0].at if line.facts else line.at,
        fact=line.facts[0].id or None if line.facts else None,
        message=f"{line.name!r} was flagged by {entry.who} on {entry.when[:10]}{note}",
        hint="settle it in `capxbrl review`: accept it, or choose another concept",
    )
