"""A taxonomy folder -> concepts, relations, labels and vintages, read from the tables that people edit.

The XBRL files of the taxonomy are made from the same tables (`python -m capxbrl.taxonomies.build`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cache

from ..findings import BadData, Finding, Outcome, Severity, counted
from ..model import DATA_TYPES, Concept, ItemType, LineRole
from ..records import dataclass
from ..reprs import Brief
from ..resources import BASE_URL, taxonomies
from .concepts import (
    ABSTRACT_TYPES,
    UNIT_OF_TYPE,
    read_calculations,
    read_concepts,
    read_traits,
    standard_label,
    type_of,
)
from .elements import (
    DEFAULT,
    GAAP,
    PUBLISHED,
    Element,
    Published,
    read_dated,
    read_elements,
    read_members,
    read_published,
    vintages,
)

__all__ = [
    "ABSTRACT_TYPES",
    "BASE_URL",
    "DEFAULT",
    "PUBLISHED",
    "UNIT_OF_TYPE",
    "Taxonomy",
    "load",
    "load_taxonomy",
    "names",
    "read_calculations",
    "standard_label",
    "type_of",
    "vintage_of",
    "vintages",
]

VERSION = "2026"
#: Short names of the statements in the tables -> the definition of their role.
STATEMENTS = {
    "BS": "Statement of Financial Position",
    "IS": "Income Statement",
    "CI": "Statement of Comprehensive Income",
    "CF": "Statement of Cash Flows",
    "EQ": "Statement of Equity",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Taxonomy(Brief):
    """concepts and dei: by local name. statement: concept -> BS, IS, CI, CF, EQ. calculations: (statement, parent,
    child, weight). namespaces: prefix -> (namespace, URL of the schema to import).

    year: the vintage whose elements are written; "" is capx-gaap itself. elements: prefixed name of a concept -> its
    element in that vintage; dated: what goes before it in reports that end before a date (`vintage_of` settles that).
    published: every element of that vintage by its name, of ours or not.
    """

    name: str
    concepts: Mapping[str, Concept]
    dei: Mapping[str, Concept]
    statement: Mapping[str, str]
    calculations: tuple[tuple[str, str, str, int], ...]
    namespaces: Mapping[str, tuple[str, str]]
    year: str = ""
    elements: Mapping[str, Element] = field(default_factory=dict)
    dated: Mapping[str, Element] = field(default_factory=dict)
    #: The element of a basic figure -> that of the diluted one.
    twins: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, Published] = field(default_factory=dict)
    _parents: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    _children: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    _headings: Mapping[str, tuple[Concept, ...]] = field(default_factory=dict)

    @property
    def types(self) -> tuple[str, str, str]:
        """(prefix, namespace, URL) of the schema of item types: the vintage's, else that of the registry."""
        own = self.namespaces.get("us-types")
        return ("us-types", *own) if own else DATA_TYPES

    def _brief(self) -> Iterator[str]:
        yield from (self.name, counted(len(self.concepts), "concept"), counted(len(self.calculations), "arc"))

    def reserved(self) -> frozenset[str]:
        """The names of the elements that reports are written in: no element of a filer may have one."""
        if not self.year:
            return frozenset((*self.concepts, *self.dei))
        return frozenset((*(e.name for e in self.elements.values()), *self.published))

    def headings(self, statement: str) -> tuple[Concept, ...]:
        """The abstract concepts of a statement, by its short name.

        Args:
            statement: BS, IS, CI, CF, EQ; "" for those of none.
        """
        return self._headings.get(statement, ())

    def parents(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """(statement, parent, weight) of every sum a concept is part of.

        Args:
            name: of the concept, without its prefix.
        """
        return self._parents.get(name, ())

    def children(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """(statement, child, weight) of every part of a concept.

        Args:
            name: of the concept, without its prefix.
        """
        return self._children.get(name, ())


def names() -> list[str]:
    """Every taxonomy that can be written; us-gaap alone is the vintage of the filing's own date."""
    return [DEFAULT, GAAP, *(f"{GAAP}-{year}" for year in vintages())]


def vintage_of(name: str, day: dt.date | None) -> Outcome[Taxonomy]:
    """The taxonomy of that name for a report of that day: us-gaap is the vintage of its year, or the nearest at hand.

    Findings: `taxonomy.vintage`, where it is another year's. Raises BadData for an unknown name or a wrong table.
    """
    findings: tuple[Finding, ...] = ()
    if name == GAAP:
        years = [int(year) for year in vintages()]
        wanted = day.year if day else years[0]
        # Of two that are equally near the earlier one: it was in force.
        near = min(years, key=lambda year: (abs(year - wanted), year))
        name = f"{GAAP}-{near}"
        if near != wanted or day is None:
            what = f"us-gaap of {wanted} is not at hand" if day else "nothing tells the date of the report"
            findings = (
                Finding(
                    code="taxonomy.vintage",
                    severity=Severity.NOTE,
                    message=f"{what}: the facts are written in the elements of {name}, the nearest vintage",
                    hint=f"--taxonomy names another one: {', '.join(f'{GAAP}-{year}' for year in years)}",
                ),
            )
    made = load(name)
    dated = {
        concept: replace(made.elements.get(concept, e), name=e.name, prefix=e.prefix)
        for concept, e in made.dated.items()
        if day is None or day.isoformat() < e.before
    }
    return Outcome(replace(made, elements={**made.elements, **dated}), findings)


def load_taxonomy(name: str = DEFAULT, day: dt.date | str | None = None) -> Taxonomy:
    """A taxonomy: its concepts, sums and vintages, as the stages `tag` and `build_report` take it.

    Args:
        name: "capx-gaap"; a vintage that writes it in its elements ("us-gaap-2009"); "us-gaap": the vintage of `day`.
        day: the date of the report (or "2009-09-30"), for "us-gaap" and for elements that changed within a year.

    Raises BadData for a name that there is not, and for "us-gaap" without a day.
    """
    if name == GAAP and day is None:
        raise BadData(f"{GAAP} is the vintage of a day: give the day, or one of {', '.join(names()[2:])}")
    when = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return vintage_of(name, when).value


def load(name: str = DEFAULT) -> Taxonomy:
    """A taxonomy by its name: capx-gaap, or a vintage (us-gaap-2009) that writes capx-gaap in its elements.

    Raises BadData for an unknown name or a wrong table.
    """
    return _load(name)


@cache  # of the name: `load()` and `load("capx-gaap")` are one
def _load(name: str) -> Taxonomy:
    if name != DEFAULT and (name not in names() or name == GAAP):
        raise BadData(f"there is no taxonomy {name!r}; known: {', '.join(names())}")
    folder = taxonomies() / DEFAULT
    concepts, statement = read_concepts(folder / "concepts.csv", DEFAULT)
    dei, _ = read_concepts(taxonomies() / "capx-dei" / "concepts.csv", "capx-dei")
    traits = read_traits(folder / "traits.csv", concepts)
    for concept, role in traits["role"].items():
        concepts[concept] = replace(concepts[concept], role=LineRole(role))
    calculations = read_calculations(folder / "calculations.csv", concepts)
    namespaces = {
        prefix: (f"{BASE_URL}{prefix}/{VERSION}", f"{BASE_URL}{prefix}/{VERSION}/{prefix}.xsd")
        for prefix in (DEFAULT, "capx-dei")
    }
    year = name.rpartition("-")[2] if name != DEFAULT else ""
    elements: dict[str, Element] = {}
    dated: dict[str, Element] = {}
    there: dict[str, Published] = {}
    if year:
        namespaces.update(vintages()[year].namespaces)
        ours = {c.qname: c for c in (*concepts.values(), *dei.values())}
        elements = read_elements(taxonomies() / GAAP / "elements.csv", year, ours)
        elements |= read_members(taxonomies() / GAAP / "members.csv", year, ours)
        dated = read_dated(taxonomies() / GAAP / "dated.csv", year, ours)
        there = read_published(taxonomies() / GAAP / "published.zip", year)
    parents: dict[str, list[tuple[str, str, int]]] = {}
    children: dict[str, list[tuple[str, str, int]]] = {}
    for role, parent, child, weight in calculations:
        parents.setdefault(child, []).append((role, parent, weight))
        children.setdefault(parent, []).append((role, child, weight))
    headings: dict[str, list[Concept]] = {}
    for one in concepts.values():
        if one.type is ItemType.ABSTRACT:
            headings.setdefault(statement[one.name], []).append(one)
    return Taxonomy(
        name=name,
        concepts=concepts,
        dei=dei,
        statement=statement,
        calculations=calculations,
        namespaces=namespaces,
        year=year,
        elements=elements,
        dated=dated,
        twins=traits["twin"],
        published=there,
        _parents={k: tuple(v) for k, v in parents.items()},
        _children={k: tuple(v) for k, v in children.items()},
        _headings={k: tuple(v) for k, v in headings.items()},
    )
