"""Linkbases (XBRL 2.1, 3.5 and 5.2), of a filing's own taxonomy and of ours: links, arcs and labels as they are
written.

Who makes one says what is linked and where the concepts are declared; how that looks as XML is known here alone, the
frame in the template, the rows in `_rows`: a template takes ten times as long for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from markupsafe import Markup

from ..records import dataclass, replace
from .escaping import escaped
from .template import render

ROLE = "http://www.xbrl.org/2003/role/"
_ARCROLE = "http://www.xbrl.org/2003/arcrole/"
_DIMENSION = "http://xbrl.org/int/dim/arcrole/"
#: Of the arc from the line items to their cube (XBRL Dimensions 1.0, 2.3).
_CUBE = {"xbrldt:contextElement": "segment", "xbrldt:closed": "true"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """source, target: labels of locators or resources. more: further attributes, in order."""

    arcrole: str
    source: str
    target: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text for a concept. label: what arcs call it; role: the URI of its role."""

    label: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An extended link. locators: the address of each concept by its label."""

    role: str
    locators: Mapping[str, str]
    arcs: tuple[Arc, ...]
    resources: tuple[Label, ...] = ()


class LinkbaseKind(StrEnum):
    """The linkbases of a taxonomy that are written."""

    LABEL = "label"
    PRESENTATION = "presentation"
    CALCULATION = "calculation"
    DEFINITION = "definition"


def linkbase(
    kind: LinkbaseKind, links: Sequence[Link], role_refs: Iterable[tuple[str, str]] = (), arcroles: Sequence[str] = ()
) -> bytes:
    """The bytes of a linkbase. role_refs: (URI, address) of the roles that are used;
    arcroles: short names of the arc roles of dimensions that are."""
    return render(
        "linkbase.xml.j2",
        kind=kind,
        links=[(link.role, Markup(_rows(kind, link))) for link in links],
        role_refs=list(dict.fromkeys(role_refs)),
        arcrole_refs=arcroles,
        dimensional=kind is LinkbaseKind.DEFINITION,
    )


def _rows(kind: LinkbaseKind, link: Link) -> str:
    """The locators, labels and arcs of a link, one a line. Labels are names of XML (XLink 1.1, 5.6), and the roles of
    labels and arcs are those of the standards: there is nothing in them to escape."""
    locators = [
        f'    <link:loc xlink:type="locator" xlink:href="{escaped(href)}" xlink:label="{label}"/>\n'
        for label, href in link.locators.items()
    ]
    labels = [
        f'    <link:label xlink:type="resource" xlink:label="{one.label}" xlink:role="{one.role}" '
        f'xml:lang="en-US">{escaped(one.text)}</link:label>\n'
        for one in link.resources
    ]
    arcs = [
        f'    <link:{kind}Arc xlink:type="arc" xlink:arcrole="{arc.arcrole}" '
        f'xlink:from="{arc.source}" xlink:to="{arc.target}"{_attributes(arc.more)}/>\n'
        for arc in link.arcs
    ]
    return "".join((*locators, *labels, *arcs))


def _attributes(more: Mapping[str, str]) -> str:
    return "".join([f' {name}="{value}"' for name, value in more.items()])


def labels_of(concept: str, texts: Mapping[str, str]) -> tuple[tuple[Label, ...], Arc]:
    """The labels of a concept, by the label of its locator, and the arc that joins them. texts: URI of a role
    -> text."""
    name = f"{concept}_lab"
    made = tuple(Label(label=name, role=role, text=text) for role, text in texts.items())
    return made, Arc(arcrole=f"{_ARCROLE}concept-label", source=concept, target=name)


def below(parent: str, child: str, order: int, preferred: str = "") -> Arc:
    """A line of a presentation tree. preferred: the URI of the role of its label; "" = the standard one."""
    more = {"order": str(order)} | ({"preferredLabel": preferred} if preferred else {})
    return Arc(arcrole=f"{_ARCROLE}parent-child", source=parent, target=child, more=more)


def summation(total: str, part: str, weight: int, order: int) -> Arc:
    """A part of a total."""
    more = {"order": str(order), "weight": str(weight)}
    return Arc(arcrole=f"{_ARCROLE}summation-item", source=total, target=part, more=more)


def dimension(arcrole: str, source: str, target: str) -> Arc:
    """An arc of XBRL Dimensions 1.0, by the short name of its role: all, hypercube-dimension, domain-member, ..."""
    return Arc(arcrole=f"{_DIMENSION}{arcrole}", source=source, target=target, more=_CUBE if arcrole == "all" else {})


def in_order(arcs: Iterable[Arc]) -> tuple[Arc, ...]:
    """The arcs, each with its number as its order."""
    return tuple(replace(arc, more={"order": str(n), **arc.more}) for n, arc in enumerate(arcs, 1))
