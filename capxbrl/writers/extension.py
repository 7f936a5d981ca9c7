"""The filer's own taxonomy: schema, label, presentation, calculation and (where dimensions are used) definition
linkbases.

It imports the element schemas alone, as real filings do, and carries its own arcs and labels for what it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model import DATA_TYPES, Concept, ItemType, PresentationNode, Profile, Report, Role
from ..records import dataclass
from .linkbases import ROLE, Arc, Link, LinkbaseKind, below, dimension, in_order, labels_of, linkbase, summation
from .template import render

SUFFIX = ".xsd"

#: Item types by the short names of the concept tables.
TYPES = {
    ItemType.MONETARY: "xbrli:monetaryItemType",
    ItemType.SHARES: "xbrli:sharesItemType",
    ItemType.PURE: "xbrli:pureItemType",
    ItemType.PER_SHARE: "dtr-types:perShareItemType",
    ItemType.PERCENT: "dtr-types:percentItemType",
    ItemType.STRING: "xbrli:normalizedStringItemType",
    ItemType.DATE: "xbrli:dateItemType",
    ItemType.BOOLEAN: "xbrli:booleanItemType",
    ItemType.DOMAIN: "dtr-types:domainItemType",
    ItemType.ABSTRACT: "xbrli:stringItemType",
    ItemType.TABLE: "xbrli:stringItemType",
    ItemType.LINE_ITEMS: "xbrli:stringItemType",
    ItemType.AXIS: "xbrli:stringItemType",
}
GROUPS = {ItemType.TABLE: "xbrldt:hypercubeItem", ItemType.AXIS: "xbrldt:dimensionItem"}
_NEGATED = "http://www.xbrl.org/2009/role/"
#: Where the negated label roles are declared (XBRL International, Link Role Registry).
_NEGATED_AT = "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd"
_LINKBASES = (("label", "lab"), ("presentation", "pre"), ("calculation", "cal"), ("definition", "def"))


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    extension = report.extension
    places = _places(report)
    made = {"label": _labels(report, places), "presentation": _presentation(report, places)}
    if any(role.arcs for role in extension.roles):
        made["calculation"] = _calculation(report, places)
    if any(role.dimensions for role in extension.roles):
        made["definition"] = _definition(report, places)
    names = {kind: f"{extension.stem}_{short}.xml" for kind, short in _LINKBASES if kind in made}
    prefix = extension.types[0]
    schema = render(
        "extension.xsd.j2",
        extension=extension,
        types={kind: name.replace(f"{DATA_TYPES[0]}:", f"{prefix}:") for kind, name in TYPES.items()},
        groups=GROUPS,
        linkbases=[{"role": kind, "name": name} for kind, name in names.items()],
    )
    files = {f"{extension.stem}.xsd": schema} | {name: made[kind] for kind, name in names.items()}
    if report.profile is Profile.EDGAR:  # nothing but ASCII (EDGAR Filer Manual II, 5.2.1.1)
        files = {name: data.decode().encode("ascii", "xmlcharrefreplace") for name, data in files.items()}
    return files


@dataclass(frozen=True, slots=True)
class _Places:
    """Where what a report names is declared: the filer's own schema, and by prefix those that it imports."""

    own: str
    imported: Mapping[str, str]

    def href(self, concept: Concept) -> str:
        return f"{self.own if concept.extension else self.imported[concept.prefix]}#{_label_of(concept)}"

    def locators(self, concepts: Iterable[Concept]) -> dict[str, str]:
        """{label: address} of every concept once."""
        return {_label_of(concept): self.href(concept) for concept in concepts}

    def role(self, role: Role) -> tuple[str, str]:
        """What a reference to a role of the filer's says."""
        return role.uri, f"{self.own}#{role.id}"


def _places(report: Report) -> _Places:
    locations = dict(report.extension.imports)
    imported = {prefix: locations[name] for prefix, name in report.namespaces.items() if name in locations}
    return _Places(f"{report.extension.stem}.xsd", imported)


def _label_of(concept: Concept) -> str:
    return f"{concept.prefix}_{concept.name}"


def role_uri(preferred: str) -> str:
    """The URI of a label role by its short name: total, negatedTotal, periodStart, documentation, ..."""
    if preferred in ("", "documentation"):
        return f"{ROLE}{preferred or 'label'}"
    base = _NEGATED if preferred.startswith("negated") else ROLE
    return f"{base}{preferred}Label"


def _labels(report: Report, places: _Places) -> bytes:
    """What every element is called, role by role."""
    made = [
        labels_of(_label_of(concept), {role_uri(role): text for role, text in texts.items()})
        for concept, texts in report.extension.labels
    ]
    link = Link(
        role=f"{ROLE}link",
        locators=places.locators(concept for concept, _ in report.extension.labels),
        arcs=tuple(arc for _, arc in made),
        resources=tuple(label for labels, _ in made for label in labels),
    )
    return linkbase(
        LinkbaseKind.LABEL, [link], _negated_refs(role for _, texts in report.extension.labels for role in texts)
    )


def _negated_refs(roles: Iterable[str]) -> list[tuple[str, str]]:
    """Where the label roles are declared that XBRL 2.1 does not have."""
    return sorted({(role_uri(r), f"{_NEGATED_AT}#{r}Label") for r in roles if r.startswith("negated")})


def _dimension_concepts(role: Role) -> Iterator[Concept]:
    for axis, domain, members in role.dimensions:
        yield from (axis, domain, *members)


def _presentation(report: Report, places: _Places) -> bytes:
    roles = [role for role in report.extension.roles if role.nodes]
    refs = [places.role(role) for role in roles]
    refs += _negated_refs(n.preferred for role in roles for n in role.nodes)
    return linkbase(LinkbaseKind.PRESENTATION, [_tree(places, role) for role in roles], refs)


def _tree(places: _Places, role: Role) -> Link:
    """The lines of a role, each below the nearest one that is less deep."""
    arcs: dict[tuple[str, str], Arc] = {}
    locators = places.locators(n.concept for n in role.nodes)
    above: list[PresentationNode] = []
    for order, node in enumerate(role.nodes):
        del above[node.depth :]
        if above:
            source, target = _label_of(above[-1].concept), _label_of(node.concept)
            # Opening and closing balance under one heading: two arcs between the same two labels are not allowed
            # (XBRL 2.1, 3.5.3.9), so the second arc has a locator of its own.
            number = 2
            while (source, target) in arcs:
                target = f"{_label_of(node.concept)}_{number}"
                locators[target] = places.href(node.concept)
                number += 1
            arcs[source, target] = below(source, target, order, role_uri(node.preferred) if node.preferred else "")
        above.append(node)
    return Link(role=role.uri, locators=locators, arcs=tuple(arcs.values()))


def _calculation(report: Report, places: _Places) -> bytes:
    roles = [role for role in report.extension.roles if role.arcs]
    return linkbase(
        LinkbaseKind.CALCULATION, [_sums(places, role) for role in roles], [places.role(role) for role in roles]
    )


def _sums(places: _Places, role: Role) -> Link:
    arcs = tuple(
        summation(_label_of(total), _label_of(part), weight, order)
        for order, (total, part, weight) in enumerate(role.arcs, 1)
    )
    return Link(role=role.uri, locators=places.locators(c for arc in role.arcs for c in arc[:2]), arcs=arcs)


def _definition(report: Report, places: _Places) -> bytes:
    """The hypercube of every role with dimensions (XBRL Dimensions 1.0). The domain is the default of its axis, so that
    the lines without a member belong to the cube too."""
    links = []
    refs = []
    for role in report.extension.roles:
        if role.dimensions and role.table is not None and role.items is not None:
            refs.append(places.role(role))
            # In a link of its own: two arcs between the same two locators are an XLink error (XBRL 2.1, 3.5.3.9).
            links += [_cube(places, role, role.table, role.items), _axis_defaults(places, role)]
    arcroles = ("all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member")
    return linkbase(LinkbaseKind.DEFINITION, links, refs, arcroles)


def _cube(places: _Places, role: Role, table: Concept, items: Concept) -> Link:
    # By name: what two of our concepts are in a vintage may be one element.
    lines = {
        n.concept.qname: n.concept
        for n in role.nodes
        if not n.concept.abstract and n.concept.type is not ItemType.DOMAIN
    }
    pairs = [("all", items, table)]
    for axis, domain, members in role.dimensions:
        pairs += [("hypercube-dimension", table, axis), ("dimension-domain", axis, domain)]
        pairs += [("domain-member", domain, member) for member in members]
    pairs += [("domain-member", items, line) for line in lines.values()]
    concepts = [items, table, *_dimension_concepts(role), *lines.values()]
    return Link(role=role.uri, locators=places.locators(concepts), arcs=_dimension_arcs(pairs))


def _axis_defaults(places: _Places, role: Role) -> Link:
    pairs = [("dimension-default", axis, domain) for axis, domain, _ in role.dimensions]
    concepts = [concept for _, axis, domain in pairs for concept in (axis, domain)]
    return Link(role=role.uri, locators=places.locators(concepts), arcs=_dimension_arcs(pairs))


def _dimension_arcs(pairs: Iterable[tuple[str, Concept, Concept]]) -> tuple[Arc, ...]:
    return in_order(dimension(arcrole, _label_of(source), _label_of(target)) for arcrole, source, target in pairs)
