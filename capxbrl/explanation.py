"""What was decided of a page and why, in words a bookkeeper understands: for the receipt, and for one line.

A line is told with the decisions its figures rest on, the relations that bear it out or fail, and how each figure
stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .decisions import CURRENCY, SCALE_OF_MONEY, SCALE_OF_SHARES
from .decisions.told import paragraph, sentence
from .findings import Position
from .model import CoverFact, Fact, FactPlace, LineItem, Report, Statement, Tagged
from .ties import Relation, Value, amount_at, holds, value_at

#: Relations told of a line.
_TOLD = 6
#: Decisions of a statement that each of its figures rests on.
_SHARED = (SCALE_OF_MONEY, SCALE_OF_SHARES, CURRENCY)


def how_read(statements: Sequence[Statement]) -> str:
    """The paragraph of the receipt: the decisions of each statement with their witnesses."""
    lines = ["How the page was read", "=" * 21]
    for statement in statements:
        lines += ["", *paragraph(statement)]
    return "\n".join(lines) + "\n"


def line_of(tagged: Sequence[Tagged], report: Report, query: str) -> str:
    """What finds the line of a fact, where `query` is its id: the place of the line; else `query` itself."""
    fact = next((f for f in report.facts if f.id == query), None)
    if fact is None:
        return query
    lines = (line for one in tagged for line in one.statement.lines)
    return next((str(line.at) for line in lines if fact.at in _places(line)), query)


def _places(line: LineItem) -> list[object]:
    return [*(a.at for a in line.amounts if a is not None), *(f.amount.at for f in line.figures)]


def explain(
    tagged: Sequence[Tagged], relations: Sequence[Relation], cover: Sequence[CoverFact], report: Report, query: str
) -> str:
    """How every line stands whose label has the words of `query`, or that stands there (`line_of`); so for a fact of
    the cover, by its id or label.  "" where there is none."""
    return "".join(
        f"{text}\n" for text in (*_of_lines(tagged, relations, report, query), *_of_cover(cover, report, query))
    )


def _of_lines(tagged: Sequence[Tagged], relations: Sequence[Relation], report: Report, query: str) -> Iterator[str]:
    for s, one in enumerate(tagged):
        found = [i for i, line in enumerate(one.statement.lines) if not line.is_heading and is_asked_for(line, query)]
        if not found:
            continue
        yield from (
            f"  {sentence(made)}" if n else f"{one.statement.title}: {sentence(made)}"
            for n, made in enumerate(one.statement.decisions)
        )
        for i in found:
            line = one.statement.lines[i]
            yield f"{line.at}: {line.label!r}"
            yield from (f"  {sentence(made)}" for made in line.decisions)
            yield from _figures(line, report)
            yield from (f"  {sentence(made)}" for column in one.statement.columns for made in column.decisions)
            yield from _relations(tagged, relations, s, i)


def witnesses(tagged: Sequence[Tagged], relations: Sequence[Relation]) -> Mapping[Position, tuple[str, ...]]:
    """For each figure of the statements, by its place: the relations it stands in, those that fail first; then the
    decisions it rests on."""
    value, told = value_at(tagged), defaultdict[Position, list[str]](list)
    for relation in sorted(relations, key=lambda r: holds(r, value)):
        for place in relation.places:
            amount = amount_at(tagged, place)
            if amount is not None:
                told[amount.at].append(_said(relation, value))
    for one in tagged:
        for at, said in _rested_on(one.statement):
            told[at] += said
    return {at: tuple(dict.fromkeys(said)) for at, said in told.items()}


def _rested_on(statement: Statement) -> Iterator[tuple[Position, list[str]]]:
    """Each figure's place, and the decisions that it rests on."""
    shared = [sentence(made) for made in statement.decisions if made.subject in _SHARED]
    columns = [[sentence(made) for made in column.decisions] for column in statement.columns]
    for line in statement.lines:
        own = [sentence(made) for made in line.decisions]
        yield from ((f.amount.at, [*own, *shared]) for f in line.figures)
        for amount, column in zip(line.amounts, columns, strict=True):
            if amount is not None:
                yield amount.at, [*own, *column, *shared]


def _said(relation: Relation, value: Value) -> str:
    if holds(relation, value):
        return f"borne out by {relation.what} of {relation.period}"
    return f"against it: {relation.what} of {relation.period} do not agree"


def is_asked_for(line: LineItem, query: str) -> bool:
    """The words of the query are in the label, or it is the place of the line: its number, or all of it."""
    return query.lower() in line.label.lower() or query in (str(line.at.line), str(line.at))


def _figures(line: LineItem, report: Report) -> Iterator[str]:
    places = _places(line)
    for fact in report.facts:
        if fact.at in places and fact.unit is not None and fact.place is not FactPlace.PROSE:
            yield f"  {_fact(fact)}"


def _fact(fact: Fact) -> str:
    return f"{fact.id}  {fact.period}  {fact.concept.name} {fact.value:,}: {fact.reading.value}"


def _relations(tagged: Sequence[Tagged], relations: Sequence[Relation], s: int, i: int) -> Iterator[str]:
    value = value_at(tagged)
    mine = [r for r in relations if any((p.statement, p.line) == (s, i) for p in r.places)]
    told = dict.fromkeys(f"  {_said(r, value)}" for r in sorted(mine, key=lambda r: holds(r, value)))
    yield from list(told)[:_TOLD]
    if len(told) > _TOLD:
        yield f"  and {len(told) - _TOLD} more"


def _of_cover(cover: Sequence[CoverFact], report: Report, query: str) -> Iterator[str]:
    spans = {fact.span for fact in report.facts if fact.id == query and fact.place is FactPlace.COVER}
    for item in cover:
        if item.span in spans or query.lower() in item.label.lower():
            yield f"{item.at}: {item.label}: {item.value}: {item.reading.value}"
            yield f"  {sentence(item.decision) if item.decision else item.why}"
