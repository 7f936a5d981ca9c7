"""Presentation: one role a statement, one for the figures in its labels, one for the cover page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..model import Concept, ItemType, Kind, LineItem, Moment, PeriodType, PresentationNode, Role, Tagged
from ..naming import camel_case, meaning, words_of
from ..records import dataclass, replace
from ..taxonomy import Taxonomy
from .cover import Front
from .names import Names, candidates, published, tidy, written
from .settle import value_of
from .uses import Use, member_of

#: Role name, root of the tree, and short name in the taxonomy's tables, by kind of statement.
_KINDS = {
    Kind.BALANCE_SHEET: ("BalanceSheet", "StatementOfFinancialPositionAbstract", "BS"),
    Kind.INCOME_STATEMENT: ("IncomeStatement", "IncomeStatementAbstract", "IS"),
    Kind.CASH_FLOW: ("CashFlow", "StatementOfCashFlowsAbstract", "CF"),
    Kind.EQUITY: ("Equity", "StatementOfStockholdersEquityAbstract", "EQ"),
    Kind.COMPREHENSIVE_INCOME: ("ComprehensiveIncome", "StatementOfComprehensiveIncomeAbstract", "CI"),
    Kind.OTHER: ("Statement", "StatementAbstract", ""),
}
_LONGEST = 200
Dimensions = tuple[tuple[Concept, Concept, tuple[Concept, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a statement is presented with: its number among the roles, name and title, and its uses in page order."""

    tagged: Tagged
    number: int
    name: str
    title: str
    uses: tuple[Use, ...]


def role_names(tagged: Sequence[Tagged]) -> list[str]:
    """BalanceSheet, IncomeStatement, ...: with a number from the second statement of a kind on."""
    out: list[str] = []
    for t in tagged:
        name = _KINDS[t.statement.kind][0]
        number = sum(o.rstrip("0123456789") == name for o in out) + 1
        out.append(name if number == 1 else f"{name}{number}")
    return out


def title_of(tagged: Tagged) -> str:
    """The title as the page has it, on one line."""
    title = " ".join(tagged.statement.title.split()) or words_of(_KINDS[tagged.statement.kind][0])
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0] + " ..."


def _make(namespace: str, number: int, name: str, definition: str, nodes: Sequence[PresentationNode]) -> Role:
    return Role(uri=f"{namespace}/role/{name}", id=name, definition=f"{number:04d} - {definition}", nodes=tuple(nodes))


def cover_role(namespace: str, front: Sequence[Front], taxonomy: Taxonomy, names: Names) -> Role:
    """The cover page: its facts in order, each concept once; a table of classes of securities where it has some."""
    root = written(taxonomy.dei["CoverAbstract"], taxonomy, names)
    nodes = [PresentationNode(concept=root, depth=0, label="")]
    dimensions = _dimensions((pair for f in front for pair in f.members), taxonomy, names)
    table, items = _table(nodes, dimensions, taxonomy, names)
    seen: set[str] = set()
    for one in front:
        if one.fact.concept.name not in seen:
            seen.add(one.fact.concept.name)
            nodes.append(
                PresentationNode(concept=one.fact.concept, depth=2 if table else 1, label=tidy(one.item.label))
            )
    made = _make(namespace, 1, "Cover", "Document - Cover", nodes)
    return replace(made, dimensions=dimensions, table=table, items=items, kind=Kind.COVER)


def _table(
    nodes: list[PresentationNode], dimensions: Dimensions, taxonomy: Taxonomy, names: Names
) -> tuple[Concept | None, Concept | None]:
    """The hypercube and its line items, placed below the root, where there are dimensions."""
    if not dimensions:
        return None, None
    table = _structure("StatementTable", ItemType.TABLE, taxonomy, names)
    items = _structure("StatementLineItems", ItemType.LINE_ITEMS, taxonomy, names)
    nodes.append(PresentationNode(concept=table, depth=1))
    for axis, domain, members in dimensions:
        nodes += [PresentationNode(concept=axis, depth=2), PresentationNode(concept=domain, depth=3)]
        nodes += [PresentationNode(concept=m, depth=4) for m in members]
    nodes.append(PresentationNode(concept=items, depth=1))
    return table, items


def statement_roles(namespace: str, page: Page, taxonomy: Taxonomy, names: Names) -> list[Role]:
    """The role of the statement and, where its labels hold figures, of these, as filers keep them apart."""
    out = []
    cells = [u for u in page.uses if u.figure is None]
    figures = [u for u in page.uses if u.figure is not None]
    if cells:
        out.append(_role(namespace, page, page.number, "", cells, taxonomy, names))
    if figures:
        number = page.number + len(out)
        out.append(_role(namespace, page, number, "Parenthetical", figures, taxonomy, names))
    return out


def _role(
    namespace: str, page: Page, number: int, part: str, uses: Sequence[Use], taxonomy: Taxonomy, names: Names
) -> Role:
    _, root_name, _ = _KINDS[page.tagged.statement.kind]
    root = taxonomy.concepts.get(root_name)
    root = (
        written(root, taxonomy, names)
        if root
        else names.add(_heading(words_of(root_name[: -len("Abstract")])), [root_name])
    )
    nodes = [PresentationNode(concept=root, depth=0)]
    pairs = (pair for use in uses for shown in use.shown for pair in shown.members)
    dimensions = _dimensions(pairs, taxonomy, names)
    table, items = _table(nodes, dimensions, taxonomy, names)
    nodes += _lines(page, uses, 2 if dimensions else 1, {root.qname}, bool(part), taxonomy, names)
    made = _make(namespace, number, page.name + part, f"Statement - {page.title}{f' ({part})' if part else ''}", nodes)
    kind = page.tagged.statement.kind
    return replace(made, dimensions=dimensions, table=table, items=items, kind=kind, parenthetical=bool(part))


def _lines(
    page: Page, uses: Sequence[Use], depth: int, used: set[str], plain: bool, taxonomy: Taxonomy, names: Names
) -> list[PresentationNode]:
    """The lines below their headings; a concept that comes again under the same heading with the same label role is
    left out.
    """
    statement = page.tagged.statement
    totals = {p.total for p in page.tagged.footing.proofs}
    nodes: list[PresentationNode] = []
    open_path: tuple[str, ...] = ()
    seen: set[tuple[int, str, str]] = set()
    branch = 0
    for use in uses:
        line = statement.lines[use.line]
        path = () if plain else line.path
        if path != open_path:
            common = next(
                (i for i, (a, b) in enumerate(zip(path, open_path, strict=False)) if a != b),
                min(len(path), len(open_path)),
            )
            branch = len(nodes)
            for level in range(common, len(path)):
                heading = _abstract(path[level], path[:level], statement.kind, used, taxonomy, names)
                used.add(heading.qname)
                nodes.append(PresentationNode(concept=heading, depth=depth + level, label=tidy(path[level])))
            open_path = path
        for preferred in _preferred(use, line, totals):
            if (branch, use.concept.qname, preferred) not in seen:
                seen.add((branch, use.concept.qname, preferred))
                nodes.append(
                    PresentationNode(concept=use.concept, depth=depth + len(path), preferred=preferred, label=use.label)
                )
    return nodes


def _preferred(use: Use, line: LineItem, totals: set[int]) -> list[str]:
    """The label roles under which a viewer shows the figures of a use with the signs of the page."""
    negated = use.weight < 0 and any(value_of(use, s) for s in use.shown)
    marks = list(dict.fromkeys(s.mark for s in use.shown))
    total = use.figure is None and (use.line in totals or line.label.lower().lstrip().startswith("total"))
    out = []
    for mark in marks:
        base = {Moment.START: "periodStart", Moment.END: "periodEnd", Moment.NONE: "total" if total else ""}[mark]
        out.append(("negated" + base[:1].upper() + base[1:]) if negated else base)
    return out


def _heading(label: str) -> Concept:
    return Concept(name="", type=ItemType.ABSTRACT, period=PeriodType.DURATION, label=label, abstract=True)


def _structure(name: str, kind: ItemType, taxonomy: Taxonomy, names: Names) -> Concept:
    known = taxonomy.concepts.get(name)
    if known:
        return written(known, taxonomy, names)
    return names.add(replace(_heading(words_of(name)), type=kind), [name])


def _abstract(
    heading: str, above: Sequence[str], kind: Kind, used: set[str], taxonomy: Taxonomy, names: Names
) -> Concept:
    """The taxonomy's abstract of that meaning, else that of its name, else the filer's own; one that is not in the tree
    yet, since children hang on concepts, not on places."""
    key = meaning(heading)
    for concept in taxonomy.headings(_KINDS[kind][2]) if key else ():
        if key in _meanings(concept.label, concept.name):
            found = written(concept, taxonomy, names)
            if found.qname not in used:
                return found
    new = _heading(tidy(heading))
    named = published(replace(new, name=f"{camel_case(heading)}Abstract"), "abstract", taxonomy)
    if named is not None and named.qname not in used:
        return named
    return names.keep(next(c for c in names.offers(new, candidates(heading, above, "Abstract")) if c.qname not in used))


@lru_cache(maxsize=1024)
def _meanings(label: str, name: str) -> tuple[frozenset[str], frozenset[str]]:
    return meaning(label), meaning(words_of(name))


def _dimensions(pairs: Iterable[tuple[Concept, Concept]], taxonomy: Taxonomy, names: Names) -> Dimensions:
    """(axis, domain, members) of the pairs that facts carry, in order of appearance."""
    found: dict[str, tuple[Concept, dict[str, Concept]]] = {}
    for axis, member in pairs:
        found.setdefault(axis.qname, (axis, {}))[1].setdefault(member.qname, member)
    return tuple((axis, _domain(axis, taxonomy, names), tuple(members.values())) for axis, members in found.values())


def _domain(axis: Concept, taxonomy: Taxonomy, names: Names) -> Concept:
    """StatementClassOfStockAxis -> ClassOfStockDomain: by name, as the taxonomy names its domains."""
    stem = axis.name.removesuffix("Axis")
    for name in (f"{stem.removeprefix('Statement')}Domain", f"{stem}Domain"):
        if name in taxonomy.concepts:
            return member_of(name, taxonomy, names)
    return member_of(f"{stem.removeprefix('Statement')}Domain", taxonomy, names)
