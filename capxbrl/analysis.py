"""A document -> everything that is known of it: statements, proofs, concepts, cover, report, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from . import cover, footing, prose, readings, reports, review, rules, statements, tables, tagging, taxonomy, ties
from . import repair as repairing
from .collector import COLLECTOR_PAUSED
from .conversion import Conversion
from .decisions import WHOSE
from .decisions.whose import same_company
from .findings import Finding, Outcome, Position, Severity
from .model import CoverFact, Document, Entity, Fact, Footing, Header, LineItem, Report, Span, Statement, Tagged
from .options import DEFAULTS, Options
from .records import dataclass, replace
from .sequences import Findings, Statements

_UNDECIDED = review.Decided()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mapped:
    """The statements, what they prove, and their concepts."""

    statements: tuple[Statement, ...]
    footings: tuple[Footing, ...]
    tagged: tuple[Tagged, ...]


@COLLECTOR_PAUSED
def analyse(document: Document, options: Options = DEFAULTS) -> Outcome[Conversion]:
    """Every stage from the document to the report, without files and without Arelle.

    Args:
        document: what `read` gave.
        options: what the caller chooses.

    Returns a Conversion without files, and the findings of these stages, in the order of the page; findings of reading
    are not among them. Raises BadData for a wrong table of the caller's.
    """
    changes: tuple[Finding, ...] = ()
    if options.repair:
        document, changes = repaired(document, options)
    cover_facts, b = cover.read_cover(document)
    registrant = _registrant(cover_facts)
    entity, c = cover.find_entity(document, cover_facts, cik=options.cik)
    journal = review.read(options.review) if options.review is not None else None
    decided = review.rows_for(journal, entity, document) if journal is not None else _UNDECIDED
    mapped, a = _map(document, options, registrant, decided)
    parsed = mapped.statements
    related = ties.relations(mapped.tagged)
    mentions = prose.read_prose(document, mapped.tagged)
    tagged = readings.weigh(readings.hear(mapped.tagged, mentions), related)
    mapped = replace(mapped, tagged=tagged, statements=tuple(one.statement for one in tagged))
    day = reports.report_date(document, cover_facts, mapped.tagged)
    concepts, v = taxonomy.vintage_of(options.taxonomy, day)
    if other := _another(mapped.statements, entity, options):
        # The cover is the filer's, and so is its identifier.
        cover_facts = ()
        entity, c = cover.find_entity(replace(document, blocks=(), header=Header(company=other)), (), cik=options.cik)
    report, d = reports.build_report(
        document,
        mapped.tagged,
        cover_facts,
        entity,
        concepts,
        namespace_base=options.namespace_base or taxonomy.BASE_URL,
        profile=options.profile,
        layout=options.layout,
    )
    report = replace(report, mentions=mentions)
    e = rules.check(report)
    if options.tag_prose:
        report = replace(report, facts=prose.prose_facts(report))
    arithmetic = repairing.explained((*a, *e), repairing.problems(related, mapped.tagged), mapped.tagged)
    told = [*_guessed(options), *_unheard(document, options, parsed, registrant), *changes, *arithmetic]
    told += [*b, *v, *c, *d]
    told += readings.doubtful(mapped.tagged, related, cover_facts, told, strict=options.strict)
    if journal is not None:
        told += review.apply(journal, review.filing_of(document, entity, report, cover_facts), report).findings
    # In the order of the page, as a person goes through it.
    findings = tuple(sorted(told, key=_line))
    made = Conversion(
        document=document,
        statements=_presented(mapped.tagged, report),
        footings=mapped.footings,
        tagged=mapped.tagged,
        cover=cover_facts,
        entity=entity,
        report=report,
        files={},
        findings=Findings(findings, report),
        options=options,
        journal=journal,
    )
    return Outcome(made, findings)


def _presented(tagged: Sequence[Tagged], report: Report) -> Statements:
    """The statements, each line with the facts of its figures."""
    by_span: dict[Span, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        by_span[fact.span].append(fact)
    out = []
    for one in tagged:
        totals = {proof.total for proof in one.footing.proofs if proof.is_total}
        lines = tuple(
            replace(line, facts=tuple(_facts_of(line, by_span)), total=n in totals)
            for n, line in enumerate(one.statement.lines)
        )
        out.append(replace(one.statement, lines=lines))
    return Statements(out)


def _facts_of(line: LineItem, by_span: Mapping[Span, list[Fact]]) -> Iterator[Fact]:
    for amount in (*line.amounts, *(figure.amount for figure in line.figures)):
        if amount is not None:
            yield from by_span.get(amount.span, ())


def _another(found: Sequence[Statement], entity: Entity, options: Options) -> str:
    """The company that the statements are of, as the page names it, where that was asked for and is not the filer."""
    names = [d.value for s in found for d in s.decisions if d.subject == WHOSE] if options.statements_of else []
    return names[0] if names and not same_company(names[0], entity.name) else ""


def _unheard(document: Document, options: Options, made: tuple[Statement, ...], registrant: str) -> tuple[Finding, ...]:
    """What the user assumed that no decision needed: nobody may believe that it was heeded."""
    return tuple(
        Finding(
            code="options.unheard",
            severity=Severity.WARNING,
            message=f"--assume {name}={value} changed nothing",
            hint="the page is read as without it; check what it is about by hand",
        )
        for name, value in options.assume.said().items()
        if _statements(document, replace(options, assume=options.assume.without(name)), registrant).value == made
    )


def _guessed(options: Options) -> Iterator[Finding]:
    """Overrides that are neither marked nor UTF-8."""
    for table in (*options.overrides, *options.precedents):
        if tables.decoded(table)[1]:
            yield Finding(
                code="read.encoding",
                severity=Severity.NOTE,
                at=Position(source=table.name),
                message="neither UTF-8 nor marked: read as Windows-1252",
                hint="save it as CSV UTF-8 where letters with accents matter",
            )


def _registrant(cover_facts: Sequence[CoverFact]) -> str:
    return next((f.value for f in cover_facts if f.concept == "EntityRegistrantName"), "")


def _statements(document: Document, options: Options, registrant: str) -> Outcome[tuple[Statement, ...]]:
    return statements.parse_statements(
        document,
        all_tables=options.all_tables,
        assume=options.assume,
        registrant=registrant,
        statements_of=options.statements_of,
    )


def _map(
    document: Document, options: Options, registrant: str, decided: review.Decided = _UNDECIDED
) -> Outcome[_Mapped]:
    """The statements of a document and their concepts. decided: what a review says of them."""
    found, a = _statements(document, options, registrant)
    proofs, b = footing.foot(found)
    tagged, c = _tagged(found, proofs, options, decided)
    if again := tagging.overruled(decided.accepted, tagged, taxonomy.load()):
        tagged, c = _tagged(found, proofs, options, replace(decided, chosen=(*decided.chosen, *again)))
    return Outcome(_Mapped(statements=found, footings=proofs, tagged=tagged), (*a, *b, *c))


def _tagged(
    found: Sequence[Statement], proofs: Sequence[Footing], options: Options, decided: review.Decided
) -> Outcome[tuple[Tagged, ...]]:
    return tagging.tag(
        found,
        proofs,
        taxonomy.load(),
        overrides=tagging.load_overrides(options.overrides, options.precedents, decided.chosen),
        accepted=decided.accepted,
        learned=options.learned,
        min_confidence=options.min_confidence,
    )


def repaired(document: Document, options: Options = DEFAULTS) -> Outcome[Document]:
    """The document with every figure changed that one slip explains beyond doubt, and a finding for each change."""
    mapped, _ = _map(document, options, _registrant(cover.read_cover(document).value))
    return repairing.apply(document, repairing.problems(ties.relations(mapped.tagged), mapped.tagged), mapped.tagged)


def _line(finding: Finding) -> tuple[int, int]:
    at = finding.at
    return (at.line or 0, at.column or 0) if at else (0, 0)
