"""The filer's own taxonomy: schema, label, presentation, calculation and (where dimensions are used) definition linkbases.

It imports the element schemas alone, as real filings do, and carries its own arcs and labels for what it uses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model import Concept, PresentationNode, Report, Role
from .template import render

SUFFIX = ".xsd"

DTR = "http://www.xbrl.org/dtr/type/2022-03-31"
#: Item types by the short names of the concept tables.
TYPES = {
    "monetary": "xbrli:monetaryItemType", "shares": "xbrli:sharesItemType", "pure": "xbrli:pureItemType",
    "perShare": "dtr-types:perShareItemType", "percent": "dtr-types:percentItemType", "string": "xbrli:normalizedStringItemType",
    "date": "xbrli:dateItemType", "boolean": "xbrli:booleanItemType", "domain": "dtr-types:domainItemType",
    "abstract": "xbrli:stringItemType", "table": "xbrli:stringItemType", "lineitems": "xbrli:stringItemType",
    "axis": "xbrli:stringItemType",
}  # fmt: skip
GROUPS = {"table": "xbrldt:hypercubeItem", "axis": "xbrldt:dimensionItem"}
_ROLE = "http://www.xbrl.org/2003/role/"
_ARCROLE = "http://www.xbrl.org/2003/arcrole/"
_DIMENSION = "http://xbrl.org/int/dim/arcrole/"
_NEGATED = "http://www.xbrl.org/2009/role/"
#: Where the negated label roles are declared (XBRL International, Link Role Registry).
_NEGATED_AT = "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd"
_LINKBASES = (("label", "lab"), ("presentation", "pre"), ("calculation", "cal"), ("definition", "def"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arc:
    arcrole: str
    source: str
    target: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    label: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    role: str
    locators: tuple[tuple[str, str], ...]
    arcs: tuple[_Arc, ...]
    resources: tuple[_Label, ...] = ()


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    extension = report.extension
    made = {"label": _labels(report), "presentation": _presentation(report)}
    if any(role.arcs for role in extension.roles):
        made["calculation"] = _calculation(report)
    if any(role.dimensions for role in extension.roles):
        made["definition"] = _definition(report)
    names = {kind: f"{extension.stem}_{short}.xml" for kind, short in _LINKBASES if kind in made}
    schema = render(
        "extension.xsd.j2", extension=extension, dtr=DTR, types=TYPES, groups=GROUPS, printed=_printed(report),
        linkbases=[{"role": kind, "name": name} for kind, name in names.items()],
    )  # fmt: skip
    return {f"{extension.stem}.xsd": schema} | {name: made[kind] for kind, name in names.items()}


def _printed(report: Report) -> str:
    """The label role of the page's own words."""
    return f"{report.extension.namespace}/role/AsPrinted"


def _href(report: Report, concept: Concept) -> str:
    locations = dict(report.extension.imports)
    schema = f"{report.extension.stem}.xsd" if concept.extension else locations[report.namespaces[concept.prefix]]
    return f"{schema}#{concept.prefix}_{concept.name}"


def _label_of(concept: Concept) -> str:
    return f"{concept.prefix}_{concept.name}"


def _locators(report: Report, concepts: Iterable[Concept]) -> tuple[tuple[str, str], ...]:
    return tuple((_label_of(c), _href(report, c)) for c in dict.fromkeys(concepts))


def role_uri(preferred: str) -> str:
    """The URI of a label role by its short name: total, negatedTotal, periodStart, ..."""
    base = _NEGATED if preferred.startswith("negated") else _ROLE
    return f"{base}{preferred}Label" if preferred else f"{_ROLE}label"


def _linkbase(
    report: Report, kind: str, links: Sequence[_Link], refs: Iterable[tuple[str, str]], arcroles: Sequence[str] = ()
) -> bytes:  # fmt: skip
    return render(
        "linkbase.xml.j2", kind=kind, links=links, role_refs=list(dict.fromkeys(refs)), arcrole_refs=arcroles,
        dimensional=kind == "definition",
    )  # fmt: skip


def _role_ref(report: Report, role: Role) -> tuple[str, str]:
    return role.uri, f"{report.extension.stem}.xsd#{role.id}"


def _nodes(report: Report) -> Iterator[PresentationNode]:
    for role in report.extension.roles:
        yield from role.nodes


def _labels(report: Report) -> bytes:
    """Standard labels (and definitions of extension concepts), a label for every preferred role, the words of the page."""
    texts: dict[Concept, dict[str, str]] = defaultdict(dict)
    for node in _nodes(report):
        concept = node.concept
        found = texts[concept]
        found[role_uri("")] = concept.label or node.label or concept.name
        if concept.documentation:
            found[f"{_ROLE}documentation"] = concept.documentation
        if node.preferred:
            found[role_uri(node.preferred)] = concept.label or node.label
        if node.label and not concept.abstract:
            found.setdefault(_printed(report), node.label)
    for role in report.extension.roles:
        for concept in _dimension_concepts(role):
            texts[concept].setdefault(role_uri(""), concept.label or concept.name)
    resources: list[_Label] = []
    arcs = []
    refs = []
    for concept, found in texts.items():
        at = _label_of(concept)
        arcs.append(_Arc(arcrole=f"{_ARCROLE}concept-label", source=at, target=f"{at}_lab"))
        for uri, text in found.items():
            resources.append(_Label(label=f"{at}_lab", role=uri, text=text))
            if uri == _printed(report):
                refs.append((uri, f"{report.extension.stem}.xsd#AsPrinted"))
            elif uri.startswith(_NEGATED):
                refs.append((uri, f"{_NEGATED_AT}#{uri.rpartition('/')[2]}"))
    link = _Link(role=f"{_ROLE}link", locators=_locators(report, texts), arcs=tuple(arcs), resources=tuple(resources))
    return _linkbase(report, "label", [link], sorted(refs))


def _dimension_concepts(role: Role) -> Iterator[Concept]:
    for axis, domain, members in role.dimensions:
        yield from (axis, domain, *members)


def _presentation(report: Report) -> bytes:
    links = []
    refs = []
    for role in report.extension.roles:
        if not role.nodes:
            continue
        refs.append(_role_ref(report, role))
        arcs: dict[tuple[str, str], _Arc] = {}
        locators = dict(_locators(report, (n.concept for n in role.nodes)))
        above: list[PresentationNode] = []
        for order, node in enumerate(role.nodes):
            del above[node.depth :]
            if above:
                more = {"order": str(order)}
                if node.preferred:
                    more["preferredLabel"] = role_uri(node.preferred)
                source, target = _label_of(above[-1].concept), _label_of(node.concept)
                # Opening and closing balance under one heading: two arcs between the same two labels are not allowed
                # (XBRL 2.1, 3.5.3.9), so the second arc has a locator of its own.
                number = 2
                while (source, target) in arcs:
                    target = f"{_label_of(node.concept)}_{number}"
                    locators[target] = _href(report, node.concept)
                    number += 1
                arcs[source, target] = _Arc(arcrole=f"{_ARCROLE}parent-child", source=source, target=target, more=more)
            above.append(node)
        links.append(_Link(role=role.uri, locators=tuple(locators.items()), arcs=tuple(arcs.values())))
    refs += [
        (role_uri(n.preferred), f"{_NEGATED_AT}#{n.preferred}Label") for n in _nodes(report) if n.preferred.startswith("negated")
    ]  # fmt: skip
    return _linkbase(report, "presentation", links, refs)


def _calculation(report: Report) -> bytes:
    links = []
    refs = []
    for role in report.extension.roles:
        if not role.arcs:
            continue
        refs.append(_role_ref(report, role))
        arcs = tuple(
            _Arc(
                arcrole=f"{_ARCROLE}summation-item", source=_label_of(total), target=_label_of(part),
                more={"order": str(order), "weight": str(weight)},
            )
            for order, (total, part, weight) in enumerate(role.arcs, 1)
        )  # fmt: skip
        links.append(
            _Link(role=role.uri, locators=_locators(report, (c for arc in role.arcs for c in arc[:2])), arcs=arcs)
        )
    return _linkbase(report, "calculation", links, refs)


def _definition(report: Report) -> bytes:
    """The hypercube of every role with dimensions (XBRL Dimensions 1.0). The domain is the default of its axis, so that
    the lines without a member belong to the cube too."""
    links = []
    refs = []
    for role in report.extension.roles:
        if not role.dimensions or role.table is None or role.items is None:
            continue
        refs.append(_role_ref(report, role))
        cube = {"xbrldt:contextElement": "segment", "xbrldt:closed": "true"}
        arcs = [_arc("all", role.items, role.table, cube)]
        concepts = [role.items, role.table]
        for axis, domain, members in role.dimensions:
            arcs.append(_arc("hypercube-dimension", role.table, axis))
            arcs.append(_arc("dimension-domain", axis, domain))
            arcs += [_arc("domain-member", domain, member) for member in members]
            concepts += [axis, domain, *members]
        items = dict.fromkeys(n.concept for n in role.nodes if not n.concept.abstract and n.concept.type != "domain")
        arcs += [_arc("domain-member", role.items, c) for c in items]
        links.append(_Link(role=role.uri, locators=_locators(report, [*concepts, *items]), arcs=_in_order(arcs)))
        # In a link of its own: two arcs between the same two locators are an XLink error (XBRL 2.1, 3.5.3.9).
        pairs = [(axis, domain) for axis, domain, _ in role.dimensions]
        defaults = _in_order(_arc("dimension-default", axis, domain) for axis, domain in pairs)
        links.append(
            _Link(role=role.uri, locators=_locators(report, (c for pair in pairs for c in pair)), arcs=defaults)
        )
    arcroles = ("all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member")
    return _linkbase(report, "definition", links, refs, arcroles)


def _in_order(arcs: Iterable[_Arc]) -> tuple[_Arc, ...]:
    return tuple(replace(arc, more={"order": str(n), **arc.more}) for n, arc in enumerate(arcs, 1))


def _arc(arcrole: str, source: Concept, target: Concept, more: Mapping[str, str] | None = None) -> _Arc:
    return _Arc(arcrole=f"{_DIMENSION}{arcrole}", source=_label_of(source), target=_label_of(target), more=more or {})
