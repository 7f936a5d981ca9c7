"""What is reviewed: the lines of a filing with their facts, each fact with a hash of what it claims.

A line is a row of a statement (its cells, and the figures in its label), or a fact of the cover.  A figure that carries
no tag is a fact without a concept: that it has none may be accepted, too.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..findings import Position
from ..model import (
    Amount,
    Concept,
    Fact,
    FactPlace,
    Kind,
    Match,
    Period,
    Report,
    Span,
    Standing,
    Tagged,
    Unit,
    total_name,
)
from ..records import dataclass
from ..tagging.labels import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a fact claims. concept: as a row of overrides asks for it ("Assets", "ext:WarrantLiability"), "" for a
    figure without a tag. period, value: as in facts.csv. dimensions: "Axis=Member;...", local names. decimals: "INF" or
    a number, "" for a text."""

    concept: str
    period: str
    dimensions: str
    unit: str
    value: str
    decimals: str

    def hash_in(self, statement: str) -> str:
        """SHA-256 of the claim in a statement: another concept, period, unit, value, sign or precision is another
        hash; where on the page it stands, and under which words, is not in it."""
        said = [statement, self.concept, self.period, self.dimensions, self.unit, self.value, self.decimals]
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFact:
    """A fact of a line. id "" : a figure without a tag. column: of the statement, -1 for a figure in the label or of
    the cover; figure: its number in the label. own: it carries the concept of its line, which a choice changes."""

    id: str
    claim: Claim
    shown: str
    span: Span
    at: Position
    reading: Standing | None
    column: int = -1
    figure: int = -1
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """How a line is known again: its statement, its label and the heading it stands under, as overrides name them, and
    its number among the lines of which these are equal."""

    statement: str
    label: str
    under: str
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A line under review. statement, line: its place in the statements of the report, -1 on the cover. concept: as
    overrides ask for it, "" where it has none. name: what a reader calls it, where it has no label."""

    key: Key
    name: str
    path: tuple[str, ...]
    at: Position
    statement: int
    line: int
    concept: str
    match: Match | None
    facts: tuple[LineFact, ...]

    @property
    def is_cover(self) -> bool:
        return self.statement < 0


def asked(concept: Concept) -> str:
    """How a row of overrides asks for a concept."""
    return f"ext:{concept.name}" if concept.extension else concept.name


def lines_of(report: Report) -> tuple[ReviewLine, ...]:
    """Every line with figures, and every fact of the cover, in the order of the page."""
    facts: dict[Span, list[Fact]] = {}
    for fact in report.facts:
        if fact.place is not FactPlace.PROSE:
            facts.setdefault(fact.span, []).append(fact)
    dimensions = {c.id: ";".join(f"{_local(a)}={_local(m)}" for a, m in c.members) for c in report.contexts}
    made = [*_of_cover(report, dimensions), *_of_statements(report, facts, dimensions)]
    return tuple(_told_apart(made))


def same(key: Key) -> tuple[str, str, str]:
    """What two keys share whose rows of overrides find the same lines."""
    return key.statement, normalise(key.label), normalise(key.under)


def _told_apart(lines: Sequence[ReviewLine]) -> Iterator[ReviewLine]:
    """The lines under the innermost heading that no line of the same label stands under; else numbered."""
    paths: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for line in lines:
        paths.setdefault((line.key.statement, normalise(line.key.label)), []).append(line.path)
    seen: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        others = [path for path in paths[line.key.statement, normalise(line.key.label)] if path is not line.path]
        own = (heading for heading in reversed(line.path) if not any(heading in path for path in others))
        key = replace(line.key, under=next(own, line.key.under))
        seen[same(key)] += 1
        yield replace(line, key=replace(key, nth=seen[same(key)]))


def _local(qname: str) -> str:
    return qname.rpartition(":")[2]


def _of_cover(report: Report, dimensions: Mapping[str, str]) -> Iterator[ReviewLine]:
    for fact in report.facts:
        if fact.place is FactPlace.COVER:
            made = _fact(fact, report, dimensions, asked(fact.concept))
            yield ReviewLine(
                key=Key(statement=Kind.COVER.value, label=fact.label, under=""),
                name=fact.label,
                path=(),
                at=fact.at,
                statement=-1,
                line=-1,
                concept=asked(fact.concept),
                match=None,
                facts=(made,),
            )


def _of_statements(
    report: Report, facts: Mapping[Span, Sequence[Fact]], dimensions: Mapping[str, str]
) -> Iterator[ReviewLine]:
    for s, one in enumerate(report.statements):
        for i, (item, made) in enumerate(zip(one.statement.lines, one.lines, strict=True)):
            if item.is_heading:
                continue
            match = made.matches[0] if made.matches else None
            yield ReviewLine(
                key=Key(statement=one.statement.kind.value, label=item.label, under=item.path[-1] if item.path else ""),
                name=item.label or total_name(one.statement, one.footing, i) or "(no label)",
                path=item.path,
                at=item.at,
                statement=s,
                line=i,
                concept=asked(match.concept) if match else "",
                match=match,
                facts=tuple(_of_line(one, i, report, facts, dimensions)),
            )


def _of_line(
    one: Tagged, i: int, report: Report, facts: Mapping[Span, Sequence[Fact]], dimensions: Mapping[str, str]
) -> Iterator[LineFact]:
    item, made = one.statement.lines[i], one.lines[i]
    for f, figure in enumerate(item.figures):
        matches = made.figures[f] if made.figures else ()
        found = [fact for fact in facts.get(figure.amount.span, ()) if fact.place is FactPlace.LABEL]
        reading = made.figure_readings[f] if made.figure_readings else None
        yield from _told(figure.amount, found, matches, report, dimensions, figure.periods[:1], reading, figure=f)
    for c, amount in enumerate(item.amounts):
        if amount is not None:
            found = [fact for fact in facts.get(amount.span, ()) if fact.place is FactPlace.CELL]
            reading = made.readings[c] if made.readings else None
            periods = (one.statement.columns[c].period,)
            yield from _told(amount, found, made.matches, report, dimensions, periods, reading, column=c)


def _told(
    amount: Amount,
    found: Sequence[Fact],
    matches: Sequence[Match],
    report: Report,
    dimensions: Mapping[str, str],
    periods: Sequence[Period],
    reading: Standing | None,
    *,
    column: int = -1,
    figure: int = -1,
) -> Iterator[LineFact]:
    """The facts of one figure; where it has none, the figure itself."""
    for fact in found:
        meant = _meant(fact, matches)
        made = _fact(fact, report, dimensions, meant)
        own = column >= 0 and bool(matches) and meant == asked(matches[0].concept)
        yield replace(made, column=column, figure=figure, own=own)
    if not found:
        claim = Claim(
            concept="",
            period=str(periods[0]) if periods else "",
            dimensions="",
            unit=_unit(amount.unit, report),
            value=f"{amount.value:f}",
            decimals="INF" if amount.decimals is None else str(amount.decimals),
        )
        yield LineFact(
            id="",
            claim=claim,
            shown=amount.shown,
            span=amount.span,
            at=amount.at,
            reading=reading,
            column=column,
            figure=figure,
        )


def _meant(fact: Fact, matches: Sequence[Match]) -> str:
    """The concept of a fact in our own taxonomy, whatever vintage it is written in."""
    if fact.concept.extension:
        return asked(fact.concept)
    names = [m.concept.name for m in matches]
    if fact.concept.name in names or len(names) != 1:
        return fact.concept.name
    return names[0]


def _fact(fact: Fact, report: Report, dimensions: Mapping[str, str], concept: str) -> LineFact:
    number = isinstance(fact.value, Decimal)
    claim = Claim(
        concept=concept,
        period=str(fact.period),
        dimensions=dimensions[fact.context],
        unit=_unit(fact.unit, report) if fact.unit else "",
        value=f"{fact.value:f}" if isinstance(fact.value, Decimal) else fact.value,
        decimals=("INF" if fact.decimals is None else str(fact.decimals)) if number else "",
    )
    return LineFact(id=fact.id, claim=claim, shown=fact.shown, span=fact.span, at=fact.at, reading=fact.reading)


def _unit(unit: Unit, report: Report) -> str:
    return unit.value.replace(Unit.USD.value, report.currency)
