"""Tagged statements and cover facts -> a Report: contexts, units, facts with stable ids, the extension taxonomy.

Nothing after this stage decides anything: writers only write.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..findings import Finding, Outcome, Position, Severity
from ..model import (
    PAGE,
    Concept,
    Context,
    CoverFact,
    Document,
    Entity,
    Extension,
    Fact,
    FactPlace,
    Kind,
    PageLayout,
    Profile,
    Report,
    Role,
    Standing,
    Tagged,
    TaggedLine,
    Unit,
)
from ..records import replace
from ..taxonomy import BASE_URL, Taxonomy
from .balances import balanced
from .contexts import context_id, members_qnames
from .cover import Front, cover_facts, cover_period, for_edgar, form_of, report_date
from .labels import labelled
from .located import in_source
from .names import Names, edgar_namespace, namespace_of, prefix_of
from .roles import Page, cover_role, role_names, statement_roles, title_of
from .settle import settle_concepts, value_of
from .sums import Arc, Reported, deal, decompositions, reported
from .uses import Shown, Use, collect

__all__ = ["build_report", "report_date"]

#: The day in the filer's namespace where nothing tells the date of the report.
_NO_DAY = dt.date(1900, 1, 1)


def build_report(
    document: Document,
    tagged: Sequence[Tagged],
    cover: Sequence[CoverFact],
    entity: Entity,
    taxonomy: Taxonomy,
    *,
    namespace_base: str = BASE_URL,
    profile: Profile = Profile.OPEN,
    layout: PageLayout = PageLayout.OWN,
) -> Outcome[Report]:
    """Everything that is written: contexts, units, facts, labels and the filer's own taxonomy.

    Args:
        document: what `read` gave.
        tagged: what `tag` gave.
        cover: the facts of its cover (`cover.read_cover`); () for none.
        entity: who reports.
        taxonomy: in whose elements the facts are written.
        namespace_base: where the filer's own namespace lives, an absolute URL.
        profile: what the report is made for.
        layout: how its page is set.

    Findings: `report.period`, `report.unit`, `report.conflict` (a line became an extension), `report.same-period`,
    `report.currency`, `report.cover`, `report.no-date`, `report.no-element` (what the vintage lacks).
    Raises CapxbrlError when namespace_base is no absolute URL.
    """
    day = f"{report_date(document, cover, tagged) or _NO_DAY:%Y%m%d}"
    prefix = prefix_of(entity)
    edgar = profile is Profile.EDGAR
    namespace = (edgar_namespace if edgar else namespace_of)(namespace_base, entity.identifier, day)
    company = (entity.name, *(f.value for f in cover if f.concept == "EntityRegistrantName")) if edgar else ()
    names = Names(prefix, taxonomy.reserved(), strict=edgar, company=company)
    currency = _currency(tagged)
    uses, findings = collect(tagged, taxonomy, names, currency)
    uses, found = settle_concepts(uses, tagged, taxonomy, names)
    findings += found
    if edgar:
        uses = balanced(uses, tagged)
    when = cover_period(document, cover, tagged)
    asked = tuple(for_edgar(cover, entity, document, taxonomy)) if edgar else cover
    front, untagged = cover_facts(asked, when, taxonomy, names, currency, edgar=edgar)
    findings += untagged
    facts, over = _in_page_order([f.fact for f in front] + [f for use in uses for f in _facts(use, tagged)])
    findings += over
    roles = [cover_role(namespace, front, taxonomy, names)] if front else []
    for page, sums in _summed(_pages(tagged, uses), reported(facts), once=edgar):
        roles += _with_sums(statement_roles(namespace, page, taxonomy, names), sums)
    concepts = _used(facts, roles)
    findings += _lacking(concepts, names, taxonomy, document)
    roles, labels = labelled(roles, concepts.values(), strict=edgar)
    imports = _imports(concepts.values(), taxonomy)
    extension = Extension(
        namespace=namespace,
        prefix=prefix,
        stem=f"{prefix}-{day}",
        concepts=tuple(c for c in concepts.values() if c.extension),
        roles=tuple(roles),
        imports=tuple(imports.values()),
        types=taxonomy.types,
        labels=labels,
    )
    form = form_of(document, cover)
    report = Report(
        document=document,
        entity=entity,
        contexts=_contexts(facts, uses, front),
        units=_units(facts),
        facts=_in(currency, facts),
        extension=extension,
        statements=tuple(tagged),
        namespaces={p: address for p, (address, *_) in imports.items()} | {prefix: namespace},
        title=" ".join(w for w in (entity.name or document.name, form) if w),
        currency=currency,
        profile=profile,
        page=f"{extension.stem}.htm" if edgar else PAGE,
    )
    return _set(report, findings, layout)


def _set(report: Report, findings: Sequence[Finding], layout: PageLayout) -> Outcome[Report]:
    """The report with the places of its facts in the source, where its page is kept."""
    if layout is not PageLayout.SOURCE:
        return Outcome(report, tuple(findings))
    places, told = in_source(report.document, report.facts)
    return Outcome(replace(report, located=places), (*findings, *told))


def _in(currency: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return facts if currency == "USD" else tuple(replace(fact, currency=currency) for fact in facts)


def _currency(tagged: Sequence[Tagged]) -> str:
    """The currency that most statements are in."""
    said = Counter(t.statement.currency for t in tagged if t.statement.currency)
    return said.most_common(1)[0][0] if said else "USD"


def _facts(use: Use, tagged: Sequence[Tagged]) -> list[Fact]:
    kind: Kind = tagged[use.statement].statement.kind
    line = tagged[use.statement].lines[use.line]
    out: list[Fact] = []
    for shown in use.shown:
        amount = shown.amount
        # A dash or a word ("none") stands for zero; everything else has digits (Transformation Registry 4).
        zero = not any(c.isdigit() for c in amount.shown)
        out.append(
            Fact(
                id=shown.id,
                concept=use.concept,
                context=context_id(shown.period, members_qnames(shown.members)),
                period=shown.period,
                value=value_of(use, shown),
                shown=amount.shown,
                span=amount.span,
                at=amount.at,
                statement=kind,
                place=FactPlace.CELL if use.figure is None else FactPlace.LABEL,
                label=use.label,
                unit=amount.unit,
                scale=amount.scale,
                decimals=amount.decimals,
                format="ixt:fixed-zero" if zero else amount.form,
                confidence=use.confidence,
                why=use.why,
                reading=_reading(line, use, shown),
            )
        )
    return out


def _reading(line: TaggedLine, use: Use, shown: Shown) -> Standing:
    """How the figure stands, as it was weighed; stated where nobody did. That one figure is two ("basic and diluted")
    the words say, and nothing bears it out."""
    if use.figure is not None:
        return line.figure_readings[use.figure] if line.figure_readings else Standing.STATED
    weighed = (line.readings[shown.place] if line.readings else None) or Standing.STATED
    return Standing.STATED if use.order and weighed is Standing.PROVED else weighed


def _in_page_order(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], list[Finding]]:
    """As they stand on the page; of several on one figure the outermost first. Tags nest: of two that overlap only in
    part the later one is left out."""

    def text(fact: Fact) -> tuple[int, int, int]:
        span = fact.span
        return span.block, -1 if span.row is None else span.row, -1 if span.cell is None else span.cell

    out: list[Fact] = []
    findings: list[Finding] = []
    around: list[Fact] = []  # the facts that the one at hand lies in
    for fact in sorted(facts, key=lambda f: (*text(f), f.span.start, -f.span.end)):
        while around and (text(around[-1]) != text(fact) or around[-1].span.end <= fact.span.start):
            around.pop()
        if around and around[-1].span.end < fact.span.end:
            findings.append(
                Finding(
                    code="report.overlap",
                    severity=Severity.WARNING,
                    at=fact.at,
                    message=f"{fact.concept.name} {fact.shown!r} is not tagged: it overlaps {around[-1].shown!r}",
                )
            )
            continue
        around.append(fact)
        out.append(fact)
    return tuple(out), findings


def _pages(tagged: Sequence[Tagged], uses: Sequence[Use]) -> list[Page]:
    """The statements that have facts, numbered as roles: 2, 4, 6, ... (each may have a parenthetical role after it)."""
    out: list[Page] = []
    for index, (one, name) in enumerate(zip(tagged, role_names(tagged), strict=True)):
        mine = tuple(sorted((u for u in uses if u.statement == index), key=_where))
        if mine:
            out.append(Page(tagged=one, number=2 + 2 * len(out), name=name, title=title_of(one), uses=mine))
    return out


def _summed(pages: Sequence[Page], figures: Reported, *, once: bool) -> Iterator[tuple[Page, list[list[Arc]]]]:
    """Every page with its sums, dealt over roles. once: a sum stands in one role alone, as EDGAR wants it (EDGAR Filer
    Manual II, 6.15.4)."""
    seen: set[frozenset[Arc]] = set()
    for page in pages:
        sums = list(decompositions(page.tagged.footing.proofs, page.uses, figures))
        if once:
            sums = [arcs for arcs in sums if frozenset(arcs) not in seen]
            seen |= {frozenset(arcs) for arcs in sums}
        yield page, deal(iter(sums))


def _where(use: Use) -> tuple[int, int, int]:
    return use.line, -1 if use.figure is None else use.figure, use.order


def _with_sums(roles: Sequence[Role], sums: Sequence[list[tuple[Concept, Concept, int]]]) -> list[Role]:
    """The sums join the role of their statement; a second decomposition of a total has a role of its own."""
    if not roles or not sums:
        return list(roles)
    head = roles[0]
    out = [replace(head, arcs=tuple(sums[0])), *roles[1:]]
    for number, arcs in enumerate(sums[1:], 2):
        number_text, _, title = head.definition.partition(" - ")
        out.append(
            Role(
                uri=f"{head.uri}Sums{number}",
                id=f"{head.id}Sums{number}",
                arcs=tuple(arcs),
                definition=f"{number_text} - {title} (Other sums {number - 1})",
            )
        )
    return out


def _used(facts: Sequence[Fact], roles: Sequence[Role]) -> dict[str, Concept]:
    """Every concept that the report or its presentation names, by prefixed name, in order of appearance."""
    out: dict[str, Concept] = {}
    for role in roles:
        for node in role.nodes:
            out.setdefault(node.concept.qname, node.concept)
        for concept in (role.table, role.items):
            if concept:
                out.setdefault(concept.qname, concept)
        for axis, domain, members in role.dimensions:
            for concept in (axis, domain, *members):
                out.setdefault(concept.qname, concept)
    for fact in facts:
        out.setdefault(fact.concept.qname, fact.concept)
    return out


def _lacking(
    concepts: Mapping[str, Concept], names: Names, taxonomy: Taxonomy, document: Document
) -> Iterator[Finding]:
    """One finding for all that the vintage has no element for, of what is used."""
    ours = [names.lacking[c.name] for c in concepts.values() if c.extension and c.name in names.lacking]
    if ours:
        yield Finding(
            code="report.no-element",
            severity=Severity.NOTE,
            at=Position(source=document.name),
            message=f"{taxonomy.name} has no element for {', '.join(ours)}: elements of the filer's own stand for "
            f"{'them' if len(ours) > 1 else 'it'}",
            hint="another vintage may have one: --taxonomy names it",
        )


def _imports(concepts: Iterable[Concept], taxonomy: Taxonomy) -> dict[str, tuple[str, str]]:
    """{prefix: (namespace, location)} of the schemas that declare the concepts, the filer's own left out."""
    return {p: taxonomy.namespaces[p] for p in sorted({c.prefix for c in concepts}) if p in taxonomy.namespaces}


def _contexts(facts: Sequence[Fact], uses: Sequence[Use], front: Sequence[Front]) -> tuple[Context, ...]:
    """One for each period and set of members, in the order of the page."""
    members: dict[str, tuple[tuple[str, str], ...]] = {}
    for shown in (s for use in uses for s in use.shown if s.members):
        named = members_qnames(shown.members)
        members.setdefault(context_id(shown.period, named), named)
    members |= {f.fact.context: members_qnames(f.members) for f in front}
    out: dict[str, Context] = {}
    for fact in facts:
        out.setdefault(
            fact.context, Context(id=fact.context, period=fact.period, members=members.get(fact.context, ()))
        )
    return tuple(out.values())


def _units(facts: Sequence[Fact]) -> tuple[Unit, ...]:
    used = {f.unit for f in facts}
    return tuple(u for u in Unit if u in used)
