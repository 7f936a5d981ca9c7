"""Relations that fail -> the one figure, and the one slip in it, that makes them all hold; and its repair.

Every figure of a failing relation could be the wrong one. What tells them apart: a change must mend what fails and
break nothing that holds; it should be what a typist or an OCR does (`footing.edits`); and the figure should become
more like those beside it, not less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from . import tolerances as tol
from .findings import Finding, Outcome, Severity, counted, numbered
from .footing.edits import Slip, edit, slips
from .model import Amount, Document, Table, Tagged
from .records import dataclass, replace
from .ties import Place, Relation, Value, amount_at, gap, holds, label_at, value_at

#: How likely a slip is, as a logarithm; a change that is no slip of one figure is hardly ever the explanation.
_PRIOR = {
    Slip.DIGIT_ALIKE: 0.0,
    Slip.SIGN: -0.3,
    Slip.SWAPPED: -0.5,
    Slip.EXCHANGED: -0.5,
    Slip.POINT: -0.5,
    Slip.LOST: -0.7,
    Slip.DIGIT: -0.9,
    Slip.EXTRA: -1.0,
    Slip.NONE: -6.0,
}
_WORDS = {
    Slip.DIGIT_ALIKE: "one digit, of like shape",
    Slip.DIGIT: "one digit",
    Slip.SWAPPED: "two digits the other way round",
    Slip.LOST: "a digit lost",
    Slip.EXTRA: "a digit too many",
    Slip.SIGN: "the sign",
    Slip.EXCHANGED: "the figures of two columns exchanged",
    Slip.POINT: "a point for a comma, or a comma for a point",
    Slip.NONE: "more than one slip",
}
#: Slips whose gap has one digit, as round figures have.
_ROUND = (Slip.DIGIT_ALIKE, Slip.DIGIT, Slip.POINT)
#: Proposals of one problem that are told, and kept.
_TOLD, _KEPT = 3, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One explanation: these figures ought to have these values.

    mends, breaks, leaves: relations that it makes hold, that held, and that fail still. score: higher is likelier.
    """

    values: tuple[tuple[Place, Decimal], ...]
    kind: Slip
    mends: tuple[Relation, ...]
    breaks: int
    leaves: int
    score: float

    @property
    def place(self) -> Place:
        return self.values[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Relations that fail together, and the changes that would explain it, the likeliest first."""

    failing: tuple[Relation, ...]
    changes: tuple[Change, ...]

    @property
    def likely(self) -> tuple[Change, ...]:
        """The changes that are one slip, make all that fails hold, and break nothing."""
        return tuple(c for c in self.changes if c.kind and not c.breaks and not c.leaves)

    @property
    def certain(self) -> Change | None:
        """The change to apply: the only likely one, by exact relations of the page.

        What is derived (earnings per share x shares) proposes, and never repairs. Nor does a digit that one sum alone
        asks for: the gap is as well a row that is missing there.
        """
        if len(self.likely) != 1 or any(r.factors for r in self.failing):
            return None
        only = self.likely[0]
        return None if only.kind in _ROUND and len(only.mends) < 2 else only


def problems(found: Sequence[Relation], tagged: Sequence[Tagged]) -> tuple[Problem, ...]:
    """Every group of relations that fail together. found: all relations of the filing, of `ties.relations`."""
    value = value_at(tagged)
    where: dict[Place, list[Relation]] = {}
    for relation in found:
        for place in set(relation.places):
            where.setdefault(place, []).append(relation)
    failing = [r for r in found if r.sure and not holds(r, value)]
    out = []
    for group in _groups(failing):
        changes = sorted(_changes(group, where, value, tagged), key=lambda c: (-c.score, c.values))
        best: dict[tuple[tuple[Place, Decimal], ...], Change] = {}
        for change in changes:
            best.setdefault(change.values, change)
        out.append(Problem(failing=tuple(group), changes=tuple(best.values())[:_KEPT]))
    return tuple(sorted(out, key=lambda p: -p.changes[0].score if p.changes else math.inf))


def _groups(failing: Sequence[Relation]) -> list[list[Relation]]:
    """Relations that share a line, in any column, belong together."""
    groups: list[tuple[set[tuple[int, int]], list[Relation]]] = []
    for relation in failing:
        lines = {(place.statement, place.line) for place in relation.places}
        joined = [g for g in groups if g[0] & lines]
        groups = [g for g in groups if not g[0] & lines]
        groups.append((lines.union(*(g[0] for g in joined)), [*(r for g in joined for r in g[1]), relation]))
    return [relations for _, relations in groups]


def _changes(
    group: Sequence[Relation], where: dict[Place, list[Relation]], value: Value, tagged: Sequence[Tagged]
) -> Iterator[Change]:
    tried: set[tuple[Place, Decimal]] = set()
    for relation in group:
        for place in relation.places:
            amount = amount_at(tagged, place)
            if amount is None:
                continue
            for needed in _needed(relation, place, amount, value):
                if needed != amount.value and (place, needed) not in tried:
                    tried.add((place, needed))
                    yield _judge(((place, needed),), _kind(amount, needed), group, where, value, tagged)
        for place in relation.places:
            yield from _exchanges(place, group, where, value, tagged)


def _needed(relation: Relation, place: Place, amount: Amount, value: Value) -> Iterator[Decimal]:
    """The values of a figure with which the relation holds."""
    step = _step(amount)
    if relation.factors:
        for whole in slips(int(amount.value / step)):
            changed = whole * step
            if holds(relation, lambda at, changed=changed: changed if at == place else value(at)):  # type: ignore[misc]
                yield changed
        return
    weight = next(w for at, w in relation.terms if at == place)
    exact = amount.value - gap(relation, value) / weight
    yield exact
    if relation.slack or relation.code == "foot.difference":
        # Where the true figures miss by a unit of rounding, so does the exact answer.
        yield from (near for near in (exact - step, exact + step) if _kind(amount, near))


def _exchanges(
    place: Place, group: Sequence[Relation], where: dict[Place, list[Relation]], value: Value, tagged: Sequence[Tagged]
) -> Iterator[Change]:
    """The figures of two columns of the line changed places."""
    if place.column < 0:
        return
    failing = {p.column for r in group for p in r.places if (p.statement, p.line) == (place.statement, place.line)}
    for column in sorted(failing):
        other = replace(place, column=column)
        if column > place.column and value(place) != value(other):
            swapped = ((place, value(other)), (other, value(place)))
            yield _judge(swapped, Slip.EXCHANGED, group, where, value, tagged)


def _judge(
    values: tuple[tuple[Place, Decimal], ...],
    kind: Slip,
    group: Sequence[Relation],
    where: dict[Place, list[Relation]],
    value: Value,
    tagged: Sequence[Tagged],
) -> Change:
    new = dict(values)

    def changed(place: Place) -> Decimal:
        return new.get(place, value(place))

    near = list({id(r): r for place in new for r in where.get(place, ())}.values())
    mends = tuple(r for r in group if holds(r, changed))
    breaks = sum(holds(r, value) and not holds(r, changed) for r in near)
    leaves = len(group) - len(mends)
    likeness = sum(_likeness(place, value(place), needed, tagged) for place, needed in values)
    score = (
        tol.REPAIRS.mends * len(mends)
        + tol.REPAIRS.breaks * breaks
        + tol.REPAIRS.leaves * leaves
        + _PRIOR[kind]
        + tol.REPAIRS.likeness * likeness
    )
    return Change(values=values, kind=kind, mends=mends, breaks=breaks, leaves=leaves, score=score)


def _step(amount: Amount) -> Decimal:
    return Decimal(10) ** -(amount.decimals or 0)


def _kind(amount: Amount, needed: Decimal) -> Slip:
    """The slip that made what is printed of what is needed, "" where none did."""
    if (
        needed
        and amount.value
        and abs(needed / amount.value) in (Decimal(1000), Decimal("0.001"), Decimal(100), Decimal("0.01"))
    ):
        return Slip.POINT
    step = _step(amount)
    if needed % step:
        return Slip.NONE
    return edit(int(amount.value / step), int(needed / step))


def _likeness(place: Place, printed: Decimal, needed: Decimal, tagged: Sequence[Tagged]) -> float:
    """How much nearer the figure comes to those of its other columns: decades of magnitude, and the sign."""
    if place.column < 0:
        return 0.0
    others = [
        a.value
        for c, a in enumerate(tagged[place.statement].statement.lines[place.line].amounts)
        if c != place.column and a is not None and a.value
    ]
    if not others:
        return 0.0
    out = 0.0
    if printed and needed:
        before = min(abs(math.log10(abs(printed / v))) for v in others)
        after = min(abs(math.log10(abs(needed / v))) for v in others)
        out = max(-1.0, min(1.0, min(before, 2.0) - min(after, 2.0)))
        if (printed > 0) != (needed > 0):
            agree = sum((v > 0) == (needed > 0) for v in others) - sum((v > 0) == (printed > 0) for v in others)
            out += tol.REPAIRS.sign * max(-1, min(1, agree))
    return out


# --- findings and repair -------------------------------------------------------------------------------------------


def explained(told: Sequence[Finding], found: Sequence[Problem], tagged: Sequence[Tagged]) -> tuple[Finding, ...]:
    """The findings with one for each problem instead of one for each relation that fails.

    It stands at the figure where one slip is clearly the likeliest, else at the first total, and names what would make
    all of it agree. Problems that no single slip explains keep a finding for each kind of relation.
    """
    out = list(told)
    for problem in found:
        at = {(r.code, a.at) for r in problem.failing if (a := amount_at(tagged, r.terms[0][0])) is not None}
        same = [f for f in out if f.severity is Severity.WARNING and (f.code, f.at) in at]
        if not same:
            continue
        kept = [_at_the_likeliest(same, problem, tagged)] if problem.likely else _first_of_each(same)
        first = out.index(same[0])
        out = [f for f in out if f not in same]
        out[first:first] = kept
    return tuple(out)


def _at_the_likeliest(same: Sequence[Finding], problem: Problem, tagged: Sequence[Tagged]) -> Finding:
    first, *others = problem.likely
    clear = not others or first.score - others[0].score >= tol.REPAIRS.clear
    amount = amount_at(tagged, first.place)
    also = len(same) - 1
    more = f"; {also} more of its sums and ties {numbered(also, 'fails', 'fail')}" if also else ""
    said = " or ".join(_said(change, tagged) for change in problem.likely[:_TOLD])
    return replace(
        same[0],
        at=amount.at if clear and amount is not None else same[0].at,
        message=same[0].message + more,
        hint=f"{said} would make it agree: "
        + ("--repair applies it" if problem.certain else "compare with the original"),
    )


def _first_of_each(same: Sequence[Finding]) -> list[Finding]:
    """One finding for each code, which counts the others."""
    out = []
    for code in dict.fromkeys(f.code for f in same):
        first, *rest = [f for f in same if f.code == code]
        more = f"; so {numbered(len(rest), 'does', 'do')} {counted(len(rest), 'more figure')}" if rest else ""
        out.append(replace(first, message=first.message + more))
    return out


def _said(change: Change, tagged: Sequence[Tagged]) -> str:
    value = value_at(tagged)
    parts = []
    for place, needed in change.values:
        amount = amount_at(tagged, place)
        one = tagged[place.statement].statement
        period = f" of {one.columns[place.column].period}" if place.column >= 0 else ""
        parts.append(
            f"{label_at(tagged, place)!r}{period} as {needed:,} instead of {value(place):,} "
            f"({amount.at if amount else 'empty'})"
        )
    return f"{' and '.join(parts)} ({_WORDS[change.kind]})"


def _names(mended: Sequence[Relation]) -> str:
    names = list(dict.fromkeys(f"{r.what} of {r.period}" for r in mended))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def shown_as(amount: Amount, needed: Decimal) -> str:
    """The digits of a value, as the figure prints its own: scale, places and groups of three."""
    digits = abs(needed).scaleb(-amount.scale)
    places = amount.places
    groups = "," in amount.shown or (abs(amount.value).scaleb(-amount.scale) < 1000 <= digits)
    return f"{digits:,.{places}f}" if groups else f"{digits:.{places}f}"


def apply(document: Document, found: Sequence[Problem], tagged: Sequence[Tagged]) -> Outcome[Document]:
    """The document with every certain repair made in its cells, and a finding for each: a change of the source."""
    done: list[Finding] = []
    blocks = list(document.blocks)
    for problem in found:
        change = problem.certain
        if change is None:
            continue
        for place, needed in change.values:
            amount = amount_at(tagged, place)
            assert amount is not None
            block = blocks[amount.span.block]
            if not isinstance(block, Table) or amount.span.row is None or amount.span.cell is None:
                continue
            blocks[amount.span.block] = _edited(block, amount, needed)
        amount = amount_at(tagged, change.place)
        done.append(
            Finding(
                code="repair.applied",
                severity=Severity.WARNING,
                at=amount.at if amount else None,
                message=f"the source was changed: {_said(change, tagged)}; it makes {_names(change.mends)} agree",
                hint="the report shows the changed figure; compare with the original before you rely on it",
            )
        )
    return Outcome(replace(document, blocks=tuple(blocks)), tuple(done))


def _edited(table: Table, amount: Amount, needed: Decimal) -> Table:
    """The table with one figure replaced. A sign goes with parentheses, as its neighbours print it."""
    span = amount.span
    assert span.row is not None and span.cell is not None
    row = table.rows[span.row]
    cell = row.cells[span.cell]
    before, after = cell.text[: span.start], cell.text[span.end :]
    if (amount.value < 0) != (needed < 0) and needed:
        if needed < 0:
            before, after = before + "(", ")" + after
        else:
            before, after = before.rstrip("(-–—− "), after.lstrip(")- ")
            before += " " if before and not before[-1].isspace() else ""
    cells = list(row.cells)
    cells[span.cell] = replace(cell, text=before + shown_as(amount, needed) + after)
    rows = list(table.rows)
    rows[span.row] = replace(row, cells=tuple(cells))
    return replace(table, rows=tuple(rows))
