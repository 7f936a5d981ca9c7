"""Two sets of facts -> what differs. A fact is the same where element, period, unit and members are.

A fiscal year of 52 weeks is dated to the month's end by some and to its last Saturday by others: a period that only one
report has is that of the other which begins and ends within a week of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from .records import ComparedFact, Comparison, Difference, DifferenceKind, Side, Value

_HALF = Decimal("0.5")
#: A figure of so many digits is not met by chance under another element of the same period.
_TELLING = 4
_WEEK = dt.timedelta(7)
_Dates = tuple[dt.date | None, dt.date | None]


class _Key(NamedTuple):
    """What tells a fact from others of its report."""

    name: str
    start: dt.date | None
    end: dt.date | None
    unit: str
    members: tuple[tuple[str, str], ...]


def compare(before: Side, after: Side) -> Comparison:
    """What the second report says otherwise than the first."""
    old = _best(before.facts, {})
    same = _aligned(before.facts, after.facts)
    new = _best(after.facts, same)
    found = [made for key, fact in old.items() if key in new and (made := _value(fact, new[key], before, after))]
    gone = {key: fact for key, fact in old.items() if key not in new}
    added = {key: fact for key, fact in new.items() if key not in old}
    moved = _moved(gone, added)
    found += [Difference(kind=DifferenceKind.CONCEPT, before=a, after=b) for a, b in moved]
    found += _renamed(old.values(), new.values(), moved)
    known = {id(fact) for pair in moved for fact in pair}
    found += [Difference(kind=DifferenceKind.GONE, before=fact) for fact in gone.values() if id(fact) not in known]
    found += [Difference(kind=DifferenceKind.ADDED, after=fact) for fact in added.values() if id(fact) not in known]
    order = list(DifferenceKind)
    return Comparison(
        before=before,
        after=after,
        differences=tuple(sorted(found, key=lambda d: order.index(d.kind))),
        shared=_shared(before, after, same),
    )


def _shared(before: Side, after: Side, same: Mapping[_Dates, _Dates]) -> frozenset[str]:
    """The periods of either that both show."""
    olds, news = ({(f.start, f.end): f.period for f in side.facts} for side in (before, after))
    near = {name for new, old in same.items() for name in (news[new], olds[old])}
    return frozenset(near | (set(olds.values()) & set(news.values())))


def _aligned(before: Iterable[ComparedFact], after: Iterable[ComparedFact]) -> dict[_Dates, _Dates]:
    """{a period of the second report: what the first has for it}, of those that are not in both."""
    olds, news = ({(f.start, f.end) for f in facts if f.end and f.unit} for facts in (before, after))
    pairs = [(new, old) for new in news - olds for old in olds - news if _is_near(new, old)]
    counts = Counter(period for pair in pairs for period in pair)
    return {new: old for new, old in pairs if counts[new] == counts[old] == 1}


def _is_near(one: _Dates, other: _Dates) -> bool:
    return all(
        (a is None) is (b is None) and (not a or not b or abs(a - b) < _WEEK) for a, b in zip(one, other, strict=True)
    )


def _best(facts: Iterable[ComparedFact], periods: Mapping[_Dates, _Dates]) -> dict[_Key, ComparedFact]:
    """Each fact once, of duplicates the most precise one. periods: what those of the report count as."""
    out: dict[_Key, ComparedFact] = {}
    for fact in facts:
        start, end = periods.get((fact.start, fact.end), (fact.start, fact.end))
        key = _key(fact)._replace(start=start, end=end)
        known = out.get(key)
        if known is None or _precision(fact) > _precision(known):
            out[key] = fact
    return out


def _key(fact: ComparedFact) -> _Key:
    members = tuple((_local(axis), _local(member)) for axis, member in fact.members)
    return _Key(fact.name, fact.start, fact.end, fact.unit, members)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _precision(fact: ComparedFact) -> float:
    return float("inf") if fact.decimals is None else fact.decimals


def _value(old: ComparedFact, new: ComparedFact, before: Side, after: Side) -> Difference | None:
    if _same(old.value, new.value):
        return None
    if _agree(old, new):
        kind = DifferenceKind.ROUNDED
    else:
        kind = DifferenceKind.CHANGED if before.day == after.day else DifferenceKind.RESTATED
    return Difference(kind=kind, before=old, after=new)


def _same(old: Value, new: Value) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return " ".join(old.split()) == " ".join(new.split())
    return old == new


def _agree(old: ComparedFact, new: ComparedFact) -> bool:
    """The intervals that value and decimals tell have a value in common (OIM 1.0, consistent duplicates)."""
    if not isinstance(old.value, Decimal) or not isinstance(new.value, Decimal):
        return False
    return abs(old.value - new.value) <= _half(old) + _half(new)


def _half(fact: ComparedFact) -> Decimal:
    return Decimal(0) if fact.decimals is None else _HALF.scaleb(-fact.decimals)


# --- the same line under another element ------------------------------------------------------------------------------


def _moved(
    gone: Mapping[_Key, ComparedFact], added: Mapping[_Key, ComparedFact]
) -> list[tuple[ComparedFact, ComparedFact]]:
    """Facts of one period and value that are under another element now: with the label they had, or with a figure that
    is not met by chance; where only one element of each report has it."""
    places: dict[object, tuple[list[ComparedFact], list[ComparedFact]]] = defaultdict(lambda: ([], []))
    for number, facts in enumerate((gone, added)):
        for key, fact in facts.items():
            if isinstance(fact.value, Decimal) and fact.value:
                places[*key[1:], fact.value][number].append(fact)
    out = []
    for olds, news in places.values():
        for old in olds:
            alike = [new for new in news if _label(new) == _label(old) and _label(old)] or news
            if len(alike) == 1 and (len(olds) == 1 or alike is not news) and _is_meant(old, alike[0]):
                out.append((old, alike[0]))
    return out


def _is_meant(old: ComparedFact, new: ComparedFact) -> bool:
    assert isinstance(old.value, Decimal)
    digits = len(old.value.normalize().as_tuple().digits)
    return digits >= _TELLING or bool(_label(old) and _label(old) == _label(new))


def _renamed(
    old: Iterable[ComparedFact], new: Iterable[ComparedFact], moved: Sequence[tuple[ComparedFact, ComparedFact]]
) -> list[Difference]:
    """Lines of equal labels whose elements the other report does not have at all, where their periods are others."""
    olds, news = list(old), list(new)
    names = [{fact.name for fact in side} for side in (olds, news)]
    told = {(a.name, b.name) for a, b in moved}
    lines: dict[tuple[str, str, str], ComparedFact] = {}
    for fact in news:
        if fact.name not in names[0] and _label(fact):
            lines.setdefault((fact.statement, _label(fact), fact.unit), fact)
    out = []
    for fact in olds:
        other = lines.get((fact.statement, _label(fact), fact.unit))
        if other is not None and fact.name not in names[1] and (fact.name, other.name) not in told:
            told.add((fact.name, other.name))
            out.append(Difference(kind=DifferenceKind.CONCEPT, before=fact, after=other))
    return out


def _label(fact: ComparedFact) -> str:
    """Letters and digits of the label, to be compared."""
    return "".join(c for c in fact.label.casefold() if c.isalnum())
