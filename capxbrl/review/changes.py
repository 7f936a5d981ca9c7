"""What has changed of a line since a person judged it.

A judgement is of what the facts claim: another value, sign, unit, period, precision or concept makes it void; another
place in the file, other words or another case of its label do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ..findings import Position
from ..records import dataclass
from .journal import Entry, Seen
from .lines import Claim, LineFact, ReviewLine


class What(StrEnum):
    """What of a fact is another."""

    CONCEPT = "concept"
    VALUE = "value"
    SIGN = "sign"
    SCALE = "scale"
    UNIT = "unit"
    PERIOD = "period"
    PRECISION = "decimals"
    DIMENSION = "dimensions"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """of: the period of the fact. fact: as it is now, None where it is gone."""

    what: What
    was: str
    now: str
    of: str
    at: Position
    fact: LineFact | None


def expected(entry: Entry) -> tuple[Claim, ...]:
    """What the facts of a line claim where nothing but the choice of the person has changed.

    Where one line has two concepts (basic and diluted) a choice is of the first; the concept "?" is any.
    """
    chosen = entry.after.concept != entry.concept
    if not chosen:
        return tuple(one.claim for one in entry.facts)
    return tuple(_chosen(entry, one) for one in entry.facts)


def _chosen(entry: Entry, one: Seen) -> Claim:
    if one.own:
        return replace(one.claim, concept=entry.after.concept)
    return replace(one.claim, concept="?") if _is_twin(entry, one.claim) else one.claim


def _is_twin(entry: Entry, claim: Claim) -> bool:
    """Another concept on the same figure."""
    return any(
        one.own and one.claim != claim and (one.claim.period, one.claim.value) == (claim.period, claim.value)
        for one in entry.facts
    )


def shared(entry: Entry, line: ReviewLine) -> int:
    """How many of the facts are as they are expected."""
    claims = expected(entry)
    return sum(fact.claim in claims for fact in line.facts)


def changes(entry: Entry, line: ReviewLine) -> tuple[Change, ...]:
    """What is another than the person saw it, or chose it."""
    was, now = list(expected(entry)), list(line.facts)
    for fact in line.facts:
        if fact.claim in was:
            was.remove(fact.claim)
            now.remove(fact)
    return tuple(_told(was, now, line.at))


def _told(was: list[Claim], now: list[LineFact], at: Position) -> Iterator[Change]:
    for claim in list(was):
        fact = _counterpart(claim, now)
        if fact is not None:
            was.remove(claim)
            now.remove(fact)
            yield from _between(claim, fact)
    for claim in was:
        yield Change(what=What.GONE, was=_shown(claim), now="", of=claim.period, at=at, fact=None)
    for fact in now:
        yield Change(what=What.NEW, was="", now=_shown(fact.claim), of=fact.claim.period, at=fact.at, fact=fact)


def _counterpart(claim: Claim, now: Sequence[LineFact]) -> LineFact | None:
    """The fact that a claim has become: the one that shares most with it, and its value or its period at least."""

    def alike(fact: LineFact) -> int:
        other = fact.claim
        return (
            4 * (claim.period == other.period and claim.dimensions == other.dimensions)
            + 3 * (_size(claim.value) == _size(other.value))
            + 2 * (claim.concept in (other.concept, "?"))
        )

    best = max(now, key=alike, default=None)
    return best if best is not None and alike(best) >= 3 else None


def _between(claim: Claim, fact: LineFact) -> Iterator[Change]:
    other = fact.claim
    how = _of_value(claim.value, other.value)
    pairs = (
        (What.CONCEPT, claim.concept, other.concept),
        (how, claim.value, other.value),
        (What.UNIT, claim.unit, other.unit),
        (What.PERIOD, claim.period, other.period),
        (What.PRECISION, claim.decimals, other.decimals),
        (What.DIMENSION, claim.dimensions, other.dimensions),
    )
    for what, was, now in pairs:
        # Another scale is another precision, too.
        if was not in (now, "?") and (what, how) != (What.PRECISION, What.SCALE):
            yield Change(what=what, was=was, now=now, of=other.period, at=fact.at, fact=fact)


def _of_value(was: str, now: str) -> What:
    a, b = _number(was), _number(now)
    if not a or not b:
        return What.VALUE
    if a == -b:
        return What.SIGN
    ratio = b / a
    return What.SCALE if ratio > 0 and ratio == Decimal(10) ** ratio.adjusted() else What.VALUE


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _size(text: str) -> Decimal | str:
    number = _number(text)
    return text if number is None else abs(number)


def _shown(claim: Claim) -> str:
    number = _number(claim.value) if claim.unit else None
    return f"{number:,f} {claim.unit}" if number is not None else claim.value
