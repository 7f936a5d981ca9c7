"""A decision as a person reads it: what was decided, who says so, who bears it out, and who contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..model import Decision, Standing, Statement, Witness
from . import SCALE_OF_MONEY, SCALE_OF_SHARES, YOU
from .scale import name_of

#: Witnesses of one side that are told.
_TOLD = 3


def value_of(subject: str, value: str) -> str:
    """The value in words: "thousands" for a scale of 3."""
    return name_of(value) if subject in (SCALE_OF_MONEY, SCALE_OF_SHARES) and value.isdigit() else value


def sentence(made: Decision) -> str:
    """ "scale of money: thousands; said at line 12: ...; proved, since EPS x shares is net income in 4 columns (line
    30)".
    """
    mine = [w for w in made.witnesses if w.value == made.value and not w.against]
    read = f"{made.subject}: {value_of(made.subject, made.value)}"
    if any(w.says == YOU for w in mine):
        return f"{read}, assumed by you"
    parts = [read, *_for(made, mine)]
    if len(mine) < len(made.witnesses):
        parts.append(f"but {contradicted(made)}")
    if not mine:
        parts.append("nothing says it")
    return "; ".join(parts) + (" - doubtful" if made.standing is Standing.DOUBTFUL else "")


def _for(made: Decision, mine: Sequence[Witness]) -> Iterator[str]:
    """What states the value, and what bears it out."""
    said = next((w for w in mine if not w.independent), None)
    if said is not None:
        yield f"said{_line(said)}: {said.says}"
    if proofs := [w for w in mine if w.independent]:
        yield f"{'proved' if made.standing is Standing.PROVED else 'borne out'}, since {_list(proofs)}"


def contradicted(made: Decision) -> str:
    """What speaks for another value, or against this one; "" where nothing does."""
    others = [w for w in made.witnesses if w.against or w.value != made.value]
    return _list(others, lambda w: "" if w.against else f", which is {value_of(made.subject, w.value)}")


def paragraph(statement: Statement) -> Iterator[str]:
    """The decisions of a statement, one a line: its own, then those of its columns and lines."""
    yield f"{statement.title or statement.kind.value.replace('_', ' ')}{_at(statement.at.line)}"
    for made in statement.decisions:
        yield f"  {sentence(made)}"
    for column in statement.columns:
        for made in column.decisions:
            heading = f" under {column.heading!r}" if column.heading else ""
            yield f"  {sentence(made)}{heading}"
    for line in statement.lines:
        for made in line.decisions:
            yield f"  {line.label!r}: {sentence(made)}"


def _list(witnesses: Sequence[Witness], more: Callable[[Witness], str] = lambda w: "") -> str:
    told = [f"{w.says}{_place(w)}{more(w)}" for w in witnesses[:_TOLD]]
    rest = len(witnesses) - len(told)
    return " and ".join([*told, *([f"{rest} more"] if rest else [])])


def _line(witness: Witness) -> str:
    return _at(witness.at.line if witness.at else None)


def _place(witness: Witness) -> str:
    return f" (line {witness.at.line})" if witness.at and witness.at.line else ""


def _at(line: int | None) -> str:
    return f" at line {line}" if line else ""
