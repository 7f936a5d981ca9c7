"""The fundamental accounting relations hold between the facts of one context: a last guard on what is published.

Why: whatever the page looks like, assets are what pays for them, and the sections of a statement of cash flows are the
change in cash. A relation that breaks tells of a wrong digit, sign, period, scale or concept.
A relation is silent where a fact it needs is missing, where the difference is another fact of the same context
(temporary equity, income of an investee), and where a broken sum or tie of the page tells of the same figures.
Source: the table `taxonomies/capx-gaap/relations.csv`, a source a row; tolerance by Calculations 1.1, 3.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product

from .. import tolerances as tol
from ..findings import Finding, Severity
from ..fundamentals import Fundamental, LawKind, Term, TermMoment, fundamentals
from ..model import Fact, FactPlace, Kind, Period, Report, Span, Unit
from ..records import dataclass
from ..ties import amount_at, holds, relations, value_at

_HINTS = {
    LawKind.EQUAL: "compare these figures with the original: a digit, a sign, a scale or a concept is wrong, or a line "
    "between them is missing",
    LawKind.AT_MOST: "compare both figures with the original; look for exchanged lines, a wrong scale or "
    "a wrong concept",
    LawKind.AT_MOST_GAIN: "compare both figures with the original; look for exchanged lines or a wrong concept",
    LawKind.ONE_SIGN: "compare the signs with the original: a loss that is not marked as one, or a sign that was "
    "turned",
    LawKind.NOT_NEGATIVE: "look for a sign that was turned, or a line that is something else",
}

Members = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The numeric facts of a report by concept, period and members; of equal ones the first."""

    facts: dict[tuple[str, Period, Members], Fact]
    names: dict[tuple[Period, Members], frozenset[str]]  # of the concepts of a context
    balances: dict[tuple[str, Period, Members], Fact]  # those that a statement of cash flows opens and closes with
    beside: dict[tuple[Period, Members], tuple[Fact, ...]]

    def at(self, name: str, period: Period, members: Members) -> Fact | None:
        return self.facts.get((name, period, members))

    def term(self, name: str, moment: TermMoment, period: Period, members: Members) -> Fact | None:
        """The fact of a term; of "start" and "end" the balance of the statement of cash flows."""
        if not moment:
            return self.at(name, period, members)
        if period.start is None:
            return None
        day = period.end if moment is TermMoment.END else period.start - dt.timedelta(1)
        return self.balances.get((name, Period(end=day), members))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A fact as a term of a relation; weight 0: only shown."""

    fact: Fact
    weight: int

    @property
    def value(self) -> Decimal:
        assert isinstance(self.fact.value, Decimal)
        return self.weight * self.fact.value


def check(report: Report) -> tuple[Finding, ...]:
    book = _book(report)
    broken = list(_broken(book))
    if not broken:
        return ()
    told, sums = _told(report), _sums(report)
    by_law: dict[str, list[Broken]] = {}
    for one in broken:
        law, left, right, _ = one
        spans = {figure.fact.span for figure in (*left, *right)}
        if not spans & told and not (law.kind is LawKind.EQUAL and _another_sum(left, right, sums)):
            by_law.setdefault(law.name, []).append(one)
    return tuple(_finding(found) for found in by_law.values())


def _book(report: Report) -> Book:
    members = {context.id: context.members for context in report.contexts}
    facts: dict[tuple[str, Period, Members], Fact] = {}
    balances: dict[tuple[str, Period, Members], Fact] = {}
    beside: dict[tuple[Period, Members], list[Fact]] = {}
    for fact in report.facts:
        if isinstance(fact.value, Decimal) and fact.place in (FactPlace.CELL, FactPlace.LABEL):
            context = (fact.period, members.get(fact.context, ()))
            facts.setdefault((fact.concept.name, *context), fact)
            if fact.statement is Kind.CASH_FLOW:
                balances.setdefault((fact.concept.name, *context), fact)
            beside.setdefault(context, []).append(fact)
    return Book(
        facts=facts,
        names={context: frozenset(fact.concept.name for fact in found) for context, found in beside.items()},
        balances=balances,
        beside={context: tuple(found) for context, found in beside.items()},
    )


Broken = tuple[Fundamental, tuple[Reported, ...], tuple[Reported, ...], Period]


def _broken(book: Book) -> Iterator[Broken]:
    """Every relation that fails in a context, with the figures of both sides."""
    for law in fundamentals():
        for (period, members), there in book.names.items():
            if _asked(law, period, there):
                for left, right in _fails(law, book, period, members):
                    yield law, left, right, period


def _asked(law: Fundamental, period: Period, there: frozenset[str]) -> bool:
    """The relation speaks of the context: what it needs is there, and nothing beside which it is silent."""
    for term in (*law.left, *law.right):
        if not term.optional and (period.start is None if term.moment else there.isdisjoint(term.names)):
            return False
    return there.isdisjoint(law.unless)


def _fails(
    law: Fundamental, book: Book, period: Period, members: Members
) -> Iterator[tuple[tuple[Reported, ...], tuple[Reported, ...]]]:
    if law.kind is LawKind.NOT_NEGATIVE:
        for name in law.left[0].names:
            fact = book.at(name, period, members)
            if fact is not None and isinstance(fact.value, Decimal) and fact.value < 0:
                yield (Reported(fact=fact, weight=1),), ()
        return
    lefts, rights = (_sides(side, book, period, members) for side in (law.left, law.right))
    readings = list(product(lefts, rights))
    # A term may be one of several concepts: the relation is broken when it fails for each of them.
    if readings and all(_fail(law.kind, *reading) for reading in readings):
        left, right = readings[0]
        if law.kind is not LawKind.EQUAL or not any(
            _explained(*reading, book, period, members) for reading in readings
        ):
            yield left, right


def _sides(terms: Sequence[Term], book: Book, period: Period, members: Members) -> Iterator[tuple[Reported, ...]]:
    """Each way to fill the terms with facts; none where one that is needed is missing."""
    options: list[list[Reported | None]] = []
    for term in terms:
        found: list[Reported | None] = [
            Reported(fact=fact, weight=term.weight)
            for name in term.names
            if (fact := book.term(name, term.moment, period, members)) is not None
        ]
        # What may be there may also stand outside: the effect of exchange rates below the change in cash.
        options.append([*found, None] if term.optional else found)
    for chosen in product(*options):
        yield tuple(figure for figure in chosen if figure is not None)


def _fail(kind: LawKind, left: tuple[Reported, ...], right: tuple[Reported, ...]) -> bool:
    a, b = _sum(left), _sum(right)
    if kind is LawKind.ONE_SIGN:
        return a * b < 0
    gap, slack = a - b, _slack(left, right)
    if kind is LawKind.EQUAL:
        return abs(gap) > slack
    return gap > slack and (kind is LawKind.AT_MOST or b > 0)


@lru_cache(maxsize=64)
def _half(decimals: int | None) -> Decimal:
    """Half a unit of the last place (Calculations 1.1, 3.2)."""
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)


def _sum(side: Sequence[Reported]) -> Decimal:
    return sum([f.value for f in side], Decimal(0))


def _slack(left: Sequence[Reported], right: Sequence[Reported]) -> Decimal:
    """What rounding explains: half a unit a figure."""
    return sum([_half(f.fact.decimals) for f in (*left, *right)], Decimal(0))


def _gap(left: Sequence[Reported], right: Sequence[Reported]) -> Decimal:
    """How far apart the sides are."""
    return _sum(left) - _sum(right)


def _explained(
    left: tuple[Reported, ...], right: tuple[Reported, ...], book: Book, period: Period, members: Members
) -> bool:
    """The difference is another fact of the context, or two of them."""
    used, home = {f.fact.span for f in (*left, *right)}, left[0].fact
    gap, slack = abs(_gap(left, right)), _slack(left, right)
    others = sorted({abs(value) for value in _beside(home, used, book, period, members)})
    if any(abs(other - gap) <= slack for other in others):
        return True
    if home.unit is not Unit.USD or gap <= tol.RULES.telling * 2 * _half(home.decimals):
        return False
    return any(min(abs(a + b - gap), abs(abs(a - b) - gap)) <= slack for a, b in combinations(others, 2))


def _beside(home: Fact, used: set[Span], book: Book, period: Period, members: Members) -> Iterator[Decimal]:
    """The other figures of that statement and unit, but zero."""
    for fact in book.beside[period, members]:
        same = fact.unit is home.unit and fact.statement is home.statement and fact.span not in used
        if same and isinstance(fact.value, Decimal) and fact.value:
            yield fact.value


def _told(report: Report) -> set[Span]:
    """The figures of sums and ties that fail: they are told already."""
    value = value_at(report.statements)
    return {
        amount.span
        for relation in relations(report.statements)
        if not holds(relation, value)
        for place in relation.places
        if (amount := amount_at(report.statements, place)) is not None
    }


def _sums(report: Report) -> dict[Span, dict[Span, Decimal]]:
    """The figures that add up to a total on the page, for each that ties."""
    out: dict[Span, dict[Span, Decimal]] = {}
    for one in report.statements:
        lines = one.statement.lines
        for proof in one.footing.proofs:
            for column, ties in enumerate(proof.ties):
                total = lines[proof.total].amounts[column]
                if ties and total is not None:
                    parts = (lines[line].amounts[column] for line, _ in proof.parts)
                    out.setdefault(total.span, {}).update({a.span: a.value for a in parts if a is not None})
    return out


def _another_sum(
    left: tuple[Reported, ...], right: tuple[Reported, ...], sums: dict[Span, dict[Span, Decimal]]
) -> bool:
    """The page itself adds other lines up to the total, of a size that the difference may come from."""
    used = {figure.fact.span for figure in (*left, *right)}
    gap = abs(_gap(left, right))
    others = [
        abs(value) for figure in left for span, value in sums.get(figure.fact.span, {}).items() if span not in used
    ]
    return sum(others, Decimal(0)) >= gap


def _finding(found: Sequence[Broken]) -> Finding:
    """One finding for a relation, however many contexts break it: the first in full, the others by their periods."""
    law, left, right, period = found[0]
    figures = (*left, *right)
    shown = "; ".join(f"{f.fact.label!r} ({f.fact.concept.name}) is {f.fact.value:,} ({f.fact.at})" for f in figures)
    off = f"; a difference of {abs(_gap(left, right)):,}" if law.kind is LawKind.EQUAL else ""
    also = f"; so too in {', '.join(sorted({str(other[3]) for other in found[1:]}))}" if len(found) > 1 else ""
    return Finding(
        code="fundamental." + law.name.replace(" ", "-"),
        severity=Severity.WARNING,
        at=left[0].fact.at,
        fact=left[0].fact.id,
        message=f"{_says(law)} in {period}, but {shown}{off}{also} ({law.source})",
        hint=_HINTS[law.kind],
    )


def _says(law: Fundamental) -> str:
    """The relation in words."""
    left, right = (
        " ".join(f"{'-' if t.weight < 0 else '+'} {t.names[0]}" for t in side).removeprefix("+ ")
        for side in (law.left, law.right)
    )
    return {
        LawKind.EQUAL: f"{left} is {right}",
        LawKind.AT_MOST: f"{left} is at most {right}",
        LawKind.AT_MOST_GAIN: f"{left} is at most {right}",
        LawKind.ONE_SIGN: f"{left} and {right} have one sign",
        LawKind.NOT_NEGATIVE: "what this concept tells is never negative",
    }[law.kind]
