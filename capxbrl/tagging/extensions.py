"""The filer's own concept for a line that no standard one fits: name, type, balance, and the standard concept nearest
to it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..model import Balance, Concept, Footing, ItemType, Kind, PeriodType, Statement, Unit
from ..naming import UNNAMED, camel_case, unique
from ..taxonomy import Taxonomy
from .candidates import BARE, Candidate, unit_of
from .labels import normalise


def _total_of(at: int, footing: Footing, chosen: Sequence[Candidate | None]) -> str:
    """The standard concept of the first total that the line is a part of; "" where none has one."""
    totals = (chosen[proof.total] for proof in footing.proofs if at in dict(proof.parts))
    return next((t.concept.name for t in totals if t is not None and t.concept is not None), "")


def extension(
    statement: Statement,
    at: int,
    candidate: Candidate,
    balance: Balance,
    footing: Footing,
    chosen: Sequence[Candidate | None],
    taxonomy: Taxonomy,
    extensions: dict[tuple[str, str, str, str], Concept],
) -> Concept:
    """The filer's own concept for a line; the same label in the same kind of statement gives the same one.

    balance: what the sums of the statement prove ("" where none does); never that of a concept that is merely near.
    """
    line = statement.lines[at]
    unit = unit_of(line)
    period = PeriodType.INSTANT if statement.kind is Kind.BALANCE_SHEET or line.balance else PeriodType.DURATION
    kind = {
        Unit.USD: ItemType.MONETARY,
        Unit.SHARES: ItemType.SHARES,
        Unit.PER_SHARE: ItemType.PER_SHARE,
        Unit.PURE: ItemType.PURE,
    }[unit]
    key = (
        candidate.name or normalise(line.label),
        kind,
        period,
        "/".join(line.path[-1:]) if normalise(line.label) in BARE else "",
    )
    if key in extensions:
        return extensions[key]
    parent = _total_of(at, footing, chosen)
    near = candidate.near
    if near is not None:
        parent = parent or next((p for _, p, _ in taxonomy.parents(near.name)), near.name)
    name = candidate.name or _name(statement, at, {c.name for c in extensions.values()} | set(taxonomy.concepts))
    made = Concept(
        name=name,
        type=kind,
        period=period,
        balance=balance if kind is ItemType.MONETARY else Balance.NONE,
        label=line.label or name,
        documentation="",
        prefix="ext",
        extension=True,
        parent=parent,
    )
    extensions[key] = made
    return made


def _name(statement: Statement, at: int, taken: Collection[str]) -> str:
    """A name that says what the line is: its label, with its heading or its statement where that name is taken."""
    line = statement.lines[at]
    words = line.label if normalise(line.label) not in BARE else " ".join([line.label or "Total", *line.path[-1:]])
    first = camel_case(words) or UNNAMED
    told = [
        first,
        *(camel_case(f"{heading.rstrip(':')} {words}") for heading in line.path[-1:]),
        camel_case(f"{words} {statement.kind.value.replace('_', ' ')}"),
    ]
    return next((name for name in told if name and name not in taken), unique(first, taken))
