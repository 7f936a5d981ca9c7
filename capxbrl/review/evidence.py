"""What a person who judges a line is shown: why it is as it is, what bears it out and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .. import readings, tagging, ties
from ..decisions.told import sentence
from ..findings import Finding, Severity, excerpt, source_lines
from ..model import (
    CoverFact,
    Footing,
    ItemType,
    Kind,
    Mention,
    Moment,
    PeriodType,
    Report,
    Span,
    Standing,
    Statement,
    Unit,
    Verdict,
)
from ..naming import camel_case
from ..records import dataclass
from ..tagging.overrides import DOUBTFUL
from ..tagging.tables import families
from ..taxonomy import UNIT_OF_TYPE, load
from .lines import LineFact, ReviewLine, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A concept that a line may have. share: its probability; differs: what tells it from its near-synonyms."""

    concept: str
    share: float
    why: str
    differs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A figure of a relation. weight 0: a factor. line: its number among the lines under review, -1 for none."""

    weight: int
    line: int
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A relation between figures. gap: how far it is from holding."""

    what: str
    period: str
    holds: bool
    gap: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What running text says of a figure."""

    words: str
    shown: str
    verdict: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding at a line."""

    code: str
    severity: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is shown of a line. rank: 0 what must be looked at, 1 a concept in doubt, 2 what is only stated, 3 what
    is proved; doubt: why, in one sentence. doubts: of each fact, "" where it has none. sums: numbers of the relations
    it is in. types, period: what a concept of the line must be."""

    rank: int
    doubt: str
    doubts: tuple[str, ...]
    source: str
    rivals: tuple[Rival, ...]
    sums: tuple[int, ...]
    said: tuple[Said, ...]
    decisions: tuple[str, ...]
    findings: tuple[Told, ...]
    types: tuple[str, ...]
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The evidence of every line, and the relations of the filing."""

    lines: tuple[Evidence, ...]
    sums: tuple[Sum, ...]


def gather(
    report: Report,
    lines: Sequence[ReviewLine],
    statements: Sequence[Statement],
    footings: Sequence[Footing],
    cover: Sequence[CoverFact],
    findings: Sequence[Finding],
    learned: Path | None = None,
) -> Gathered:
    """The evidence of the lines of a report. statements, footings: as they were tagged. learned: another learned table
    than the shipped one."""
    related = ties.relations(report.statements)
    numbers = {(line.statement, line.line): n for n, line in enumerate(lines)}
    value = ties.value_at(report.statements)
    sums = tuple(
        Sum(
            what=one.what,
            period=one.period,
            holds=ties.holds(one, value),
            gap=f"{abs(ties.gap(one, value)):,f}",
            terms=tuple(_terms(one, report, value, numbers)),
        )
        for one in related
    )
    within: dict[int, list[int]] = {}
    for n, one in enumerate(sums):
        for at in dict.fromkeys(term.line for term in one.terms):
            within.setdefault(at, []).append(n)
    doubts = readings.why_doubtful(report.statements, related)
    source = source_lines(report.document.text)
    rivals = tagging.rivals(statements, footings, load(), learned=learned)
    covers = {fact.span: fact for fact in cover}
    spoken: dict[tuple[int, int], list[Mention]] = {}
    for mention in report.mentions:
        if (of := line_of(mention, report)) is not None:
            spoken.setdefault(of, []).append(mention)
    made = []
    for n, line in enumerate(lines):
        own = tuple(_doubt(fact, line, doubts, covers) for fact in line.facts)
        told = tuple(_findings(line, findings))
        heard = tuple(map(_said, spoken.get((line.statement, line.line), ())))
        rank, why = _rank(line, own, told, heard)
        types, period = _fitting(line, report)
        made.append(
            Evidence(
                rank=rank,
                doubt=why,
                doubts=own,
                source=_source(line, source),
                rivals=() if line.is_cover else tuple(_rivals(line, rivals[line.statement][line.line])),
                sums=tuple(within.get(n, ())),
                said=heard,
                decisions=tuple(_decisions(line, report, covers)),
                findings=told,
                types=types,
                period=period,
            )
        )
    return Gathered(lines=tuple(made), sums=sums)


def line_of(mention: Mention, report: Report) -> tuple[int, int] | None:
    """(statement, line) that a figure of running text speaks of: the one that it was compared with, else the first that
    is what it is said of (a change, a share, what stands in another column). None where it was not compared."""
    if mention.verdict is Verdict.NOTHING:
        return None
    if mention.of is not None:
        return mention.of[0]
    places = (
        (s, i)
        for s, one in enumerate(report.statements)
        for i, line in enumerate(one.lines)
        if line.role.value == mention.subject and not one.statement.lines[i].is_heading
    )
    return next(places, None)


def _terms(
    one: ties.Relation, report: Report, value: ties.Value, numbers: Mapping[tuple[int, int], int]
) -> Iterator[Term]:
    for place, weight in (*one.terms, *((place, 0) for place in one.factors)):
        yield Term(
            weight=weight,
            line=numbers.get((place.statement, place.line), -1),
            label=ties.label_at(report.statements, place),
            value=f"{value(place):,f}",
        )


def _doubt(fact: LineFact, line: ReviewLine, doubts: Mapping[ties.Place, str], covers: Mapping[Span, CoverFact]) -> str:
    """Why a fact is doubtful; "" where it is not."""
    if not fact.id:
        return "the figure carries no tag"
    if fact.reading is not Standing.DOUBTFUL:
        return ""
    if line.is_cover:
        said = covers.get(fact.span)
        return sentence(said.decision) if said and said.decision else (said.why if said else "the cover is in doubt")
    place = ties.Place(statement=line.statement, line=line.line, column=fact.column, figure=fact.figure)
    return doubts.get(place, "its witnesses disagree")


def _findings(line: ReviewLine, findings: Sequence[Finding]) -> Iterator[Told]:
    places = {line.at, *(fact.at for fact in line.facts)}
    ids = {fact.id for fact in line.facts if fact.id}
    for one in findings:
        if one.at in places or one.fact in ids:
            yield Told(code=one.code, severity=one.severity.value, message=one.message, hint=one.hint or "")


def _rank(line: ReviewLine, doubts: Sequence[str], told: Sequence[Told], heard: Sequence[Said]) -> tuple[int, str]:
    """How soon a line is to be looked at, and why."""
    warned = (one.message for one in told if one.severity != Severity.NOTE and one.code.partition(".")[0] != "tag")
    denied = (f"the text does not agree: {one.why}" for one in heard if one.verdict == "disagrees")
    doubt = next(filter(None, (*doubts, *warned, *denied)), "")
    if doubt:
        return 0, doubt
    match = line.match
    if match is not None and match.concept.extension:
        return 1, "no standard concept fits: it is an element of the company's own"
    if match is not None and match.confidence < DOUBTFUL:
        others = " or ".join(match.others) or "another concept"
        return 1, f"it may be {others} as well (confidence {match.confidence:.2f})"
    stated = any(fact.reading is not Standing.PROVED for fact in line.facts)
    return (
        (2, "the page says so, and nothing else bears it out")
        if stated
        else (3, "the arithmetic of the page proves it")
    )


def _source(line: ReviewLine, source: Sequence[str]) -> str:
    """The line of the source, or what is around the figure in a long one."""
    at = line.facts[0].at if line.facts else line.at
    if at.line is None or not 1 <= at.line <= len(source):
        return ""
    return excerpt(source[at.line - 1].replace("\f", ""), at.column or 1)


def _rivals(line: ReviewLine, options: Sequence[tagging.Candidate]) -> Iterator[Rival]:
    """The candidates of a line, that which it has among them; an element of the filer's own has the line's name."""
    seen = set()
    for one in options:
        name = asked(one.concept) if one.concept else f"ext:{_own_name(line)}"
        member = families().get(name)
        seen.add(name)
        yield Rival(concept=name, share=round(one.score, 3), why=one.why, differs=member.differs if member else "")
    if line.match is not None and line.concept not in seen:
        member = families().get(line.concept)
        differs = member.differs if member else ""
        yield Rival(concept=line.concept, share=line.match.confidence, why=line.match.why, differs=differs)


def _own_name(line: ReviewLine) -> str:
    if line.concept.startswith("ext:"):
        return line.concept.removeprefix("ext:")
    return camel_case(line.name) or "OwnElement"


def _said(one: Mention) -> Said:
    verdict = {Verdict.DISAGREES: "disagrees", Verdict.NOTHING: "nothing"}.get(one.verdict, "agrees")
    return Said(words=one.words, shown=one.shown, verdict=verdict, why=one.why, at=str(one.at))


def _decisions(line: ReviewLine, report: Report, covers: Mapping[Span, CoverFact]) -> Iterator[str]:
    """What the figures rest on, but for what holds of the whole statement."""
    if line.is_cover:
        yield from (sentence(said.decision) for fact in line.facts if (said := covers.get(fact.span)) and said.decision)
        return
    statement = report.statements[line.statement].statement
    yield from (sentence(made) for made in statement.lines[line.line].decisions)
    for column in dict.fromkeys(fact.column for fact in line.facts if fact.column >= 0):
        yield from (sentence(made) for made in statement.columns[column].decisions)


def _fitting(line: ReviewLine, report: Report) -> tuple[tuple[str, ...], str]:
    """The item types and the period type that a concept of the line must have; () where none is chosen."""
    if line.is_cover:
        return (), ""
    statement = report.statements[line.statement].statement
    item = statement.lines[line.line]
    unit = next((a.unit for a in item.amounts if a is not None), None)
    if unit is None:
        return (), ""
    instant = statement.kind is Kind.BALANCE_SHEET or item.balance is not Moment.NONE
    return _types(unit), (PeriodType.INSTANT if instant else PeriodType.DURATION).value


def _types(unit: Unit) -> tuple[str, ...]:
    return tuple(str(kind) for kind, of in UNIT_OF_TYPE.items() if of is unit and isinstance(kind, ItemType))
