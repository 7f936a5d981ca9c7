"""A taxonomy folder -> concepts, relations, labels and vintages, read from the tables that people edit.

The XBRL files of the taxonomy are made from the same tables (`python -m capxbrl.taxonomies.build`).
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from .findings import BadData, Finding, Outcome, Severity
from .model import DATA_TYPES, Balance, Concept, ItemType, LineRole, PeriodType, Unit
from .resources import BASE_URL, taxonomies
from .tables import read_table

__all__ = ["BASE_URL", "DEFAULT", "Taxonomy", "load", "names", "vintage_of", "vintages"]

DEFAULT = "capx-gaap"
#: The name of the published taxonomy: alone, the vintage of the filing's own date.
GAAP = "us-gaap"
VERSION = "2026"
#: The table in us-gaap/published.zip: every element of the vintages.
PUBLISHED = "published.csv"
#: What `traits.csv` may say of a concept. role: what a line that carries it is (`LineRole`); twin: the element of the
#: diluted figure, of the basic one, which one line shows where the two are equal.
TRAITS = ("role", "twin")
#: The unit of a figure of an item type (XBRL 2.1, 4.8.2); the first of its unit is what an element of the filer's own
#: has.
UNIT_OF_TYPE = {
    ItemType.MONETARY: Unit.USD,
    ItemType.PER_SHARE: Unit.PER_SHARE,
    ItemType.SHARES: Unit.SHARES,
    ItemType.PURE: Unit.PURE,
    ItemType.PERCENT: Unit.PURE,
}
#: Item types that carry no facts.
ABSTRACT_TYPES = frozenset({ItemType.ABSTRACT, ItemType.TABLE, ItemType.LINE_ITEMS, ItemType.AXIS})
#: As the tables write them.
_TYPES = {str(one): one for one in ItemType}
_PERIODS = {str(one): one for one in PeriodType}
_BALANCES = {str(one): one for one in Balance}
#: Short names of the statements in the tables -> the definition of their role.
STATEMENTS = {
    "BS": "Statement of Financial Position",
    "IS": "Income Statement",
    "CI": "Statement of Comprehensive Income",
    "CF": "Statement of Cash Flows",
    "EQ": "Statement of Equity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
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

    @property
    def types(self) -> tuple[str, str, str]:
        """(prefix, namespace, URL) of the schema of item types: the vintage's, else that of the registry."""
        own = self.namespaces.get("us-types")
        return ("us-types", *own) if own else DATA_TYPES

    def reserved(self) -> frozenset[str]:
        """The names of the elements that reports are written in: no element of a filer may have one."""
        if not self.year:
            return frozenset((*self.concepts, *self.dei))
        return frozenset((*(e.name for e in self.elements.values()), *self.published))

    def parents(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """(statement, parent, weight) of every sum the concept is part of."""
        return self._parents.get(name, ())

    def children(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """(statement, child, weight) of every part of the concept."""
        return self._children.get(name, ())


def read_concepts(path: Path, prefix: str) -> dict[str, Concept]:
    """The concepts of a table, checked. Raises BadData."""
    out: dict[str, Concept] = {}
    for line, row in read_table(path, ("name", "type", "period", "balance", "label", "documentation")):
        where = f"{path}:{line}"
        name, kind = row["name"], row["type"]
        if name in out:
            raise BadData(f"{where}: {name} is there twice")
        if kind not in _TYPES:
            raise BadData(f"{where}: {name} has the unknown type {kind!r}")
        if row["period"] not in _PERIODS:
            raise BadData(f"{where}: {name} needs the period instant or duration, not {row['period']!r}")
        if row["balance"] not in _BALANCES or (row["balance"] and kind != ItemType.MONETARY):
            raise BadData(
                f"{where}: {name} has the balance {row['balance']!r}; only monetary concepts have one, debit or credit"
            )
        out[name] = Concept(
            name=name,
            type=_TYPES[kind],
            period=_PERIODS[row["period"]],
            balance=_BALANCES[row["balance"]],
            label=row["label"],
            documentation=row["documentation"],
            prefix=prefix,
            abstract=_TYPES[kind] in ABSTRACT_TYPES,
            vintages=tuple((k, v) for k, v in row.items() if k.isdigit()),
        )
    return out


def read_traits(path: Path, concepts: Mapping[str, Concept]) -> dict[str, dict[str, str]]:
    """{trait: {concept: value}} of a table of what is known of concepts beside their definitions, checked."""
    out: dict[str, dict[str, str]] = {}
    for line, row in read_table(path, ("concept", "trait", "value", "why")):
        where, name, trait, value = f"{path}:{line}", row["concept"], row["trait"], row["value"]
        if name not in concepts:
            raise BadData(f"{where}: there is no concept {name}")
        if trait not in TRAITS:
            raise BadData(f"{where}: the trait {trait!r} is none of {', '.join(TRAITS)}")
        if trait == "role" and value not in list(LineRole):
            raise BadData(f"{where}: there is no role {value!r}")
        if trait == "twin" and value not in concepts:
            raise BadData(f"{where}: there is no concept {value}")
        if name in out.setdefault(trait, {}):
            raise BadData(f"{where}: {name} has the trait {trait} twice")
        out[trait][name] = value
    return out


def read_calculations(path: Path, concepts: Mapping[str, Concept]) -> tuple[tuple[str, str, str, int], ...]:
    """The sums of a table, checked: known concepts, one period type, weights that agree with balances, no cycle."""
    out: list[tuple[str, str, str, int]] = []
    above: dict[tuple[str, str], str] = {}
    for line, row in read_table(path, ("statement", "parent", "child", "weight")):
        where = f"{path}:{line}"
        parent, child = row["parent"], row["child"]
        for name in (parent, child):
            if name not in concepts:
                raise BadData(f"{where}: there is no concept {name}")
        if row["weight"] not in ("1", "-1"):
            raise BadData(f"{where}: the weight is {row['weight']!r}, not 1 or -1")
        a, b, weight = concepts[parent], concepts[child], int(row["weight"])
        if (a.type, a.period) != (b.type, b.period):
            raise BadData(f"{where}: {parent} and {child} differ in type or period")
        # XBRL 2.1, 5.1.1.2: equal balances add, opposite ones subtract.
        if a.balance and b.balance and (weight == 1) != (a.balance == b.balance):
            raise BadData(f"{where}: the weight {weight} of {child} in {parent} contradicts their balances")
        if (row["statement"], child) in above:
            raise BadData(f"{where}: {child} has two parents in {row['statement']}")
        above[row["statement"], child] = parent
        step: str | None = parent
        while step is not None:
            if step == child:
                raise BadData(f"{where}: {child} would be a part of itself")
            step = above.get((row["statement"], step))
        out.append((row["statement"], parent, child, weight))
    return tuple(out)


#: What the label of an element that carries no figure ends with (FASB Taxonomy Style Guide), by its item type.
_MARKS = {
    ItemType.ABSTRACT: "Abstract",
    ItemType.TABLE: "Table",
    ItemType.LINE_ITEMS: "Line Items",
    ItemType.AXIS: "Axis",
    ItemType.DOMAIN: "Member",
}


def standard_label(concept: Concept) -> str:
    """The standard label of an element: its words and, where it carries no figure, what it is: "Assets [Abstract]"."""
    mark = _MARKS.get(concept.type)
    if mark is None:
        return concept.label
    if mark == "Member" and concept.name.endswith("Domain"):
        mark = "Domain"
    return f"{concept.label.removesuffix(f' {mark}')} [{mark}]"


def type_of(unit: Unit) -> ItemType:
    """The item type of an element of the filer's own, by the unit of its figures."""
    return next(name for name, own in UNIT_OF_TYPE.items() if own is unit)


def names() -> list[str]:
    """Every taxonomy that can be written; us-gaap alone is the vintage of the filing's own date."""
    return [DEFAULT, GAAP, *(f"{GAAP}-{year}" for year in vintages())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """A year of us-gaap. namespaces: prefix -> (namespace, URL of the schema), of us-gaap, dei and, where it has one,
    srt.

    dei_list: the year whose list of dei elements holds for it, "" = all that covers have asked for since 2019. srt: the
    elements that stand in the SEC reporting taxonomy.
    """

    year: str
    namespaces: Mapping[str, tuple[str, str]]
    dei_list: str
    srt: tuple[str, ...]


@cache
def vintages() -> Mapping[str, Vintage]:
    """Year -> vintage, in order, of us-gaap/vintages.csv."""
    out: dict[str, Vintage] = {}
    columns = ("year", "prefix", "namespace", "schema", "elements")
    for _, row in read_table(taxonomies() / GAAP / "vintages.csv", columns):
        year, prefix, where = row["year"], row["prefix"], (row["namespace"], row["schema"])
        one = out.get(year, Vintage(year=year, namespaces={}, dei_list="", srt=()))
        out[year] = Vintage(
            year=year,
            namespaces={**one.namespaces, prefix: where},
            dei_list=row["elements"] if prefix == "dei" else one.dei_list,
            srt=tuple(row["elements"].split()) if prefix == "srt" else one.srt,
        )
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What a concept is in a vintage. balance: that of the element. sign: -1 where it counts up what ours counts down.
    members: (axis, member) of ours that tell its facts from others of the element; shared: only where another line of
    the statement is written with that element. before: "" or the ISO date before which a report must end.
    """

    name: str
    prefix: str
    balance: Balance
    sign: int = 1
    members: tuple[tuple[str, str], ...] = ()
    shared: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An element of a vintage, whether or not a concept of ours is written with it. kind: abstract, domain or item."""

    prefix: str
    kind: str


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


@cache
def load(name: str = DEFAULT) -> Taxonomy:
    """A taxonomy by its name: capx-gaap, or a vintage (us-gaap-2009) that writes capx-gaap in its elements.

    Raises BadData for an unknown name or a wrong table.
    """
    if name not in names() or name == GAAP:
        raise BadData(f"there is no taxonomy {name!r}; known: {', '.join(names())}")
    folder = taxonomies() / DEFAULT
    concepts = read_concepts(folder / "concepts.csv", DEFAULT)
    dei = read_concepts(taxonomies() / "capx-dei" / "concepts.csv", "capx-dei")
    traits = read_traits(folder / "traits.csv", concepts)
    for concept, role in traits["role"].items():
        concepts[concept] = replace(concepts[concept], role=LineRole(role))
    calculations = read_calculations(folder / "calculations.csv", concepts)
    statement = {row["name"]: row["statement"] for _, row in read_table(folder / "concepts.csv", ("name", "statement"))}
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
        elements = _elements(taxonomies() / GAAP / "elements.csv", year, ours)
        elements |= _with_members(taxonomies() / GAAP / "members.csv", year, ours)
        dated = _dated(taxonomies() / GAAP / "dated.csv", year, ours)
        there = _published(taxonomies() / GAAP / "published.zip", year)
    parents: dict[str, list[tuple[str, str, int]]] = {}
    children: dict[str, list[tuple[str, str, int]]] = {}
    for role, parent, child, weight in calculations:
        parents.setdefault(child, []).append((role, parent, weight))
        children.setdefault(parent, []).append((role, child, weight))
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
    )


#: Taxonomies of the tables -> ours.
_OURS = {GAAP: DEFAULT, "dei": "capx-dei"}


def _elements(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
    """The elements of a year: prefixed name of our concept -> element. Raises BadData naming file and line."""
    order = list(vintages())
    out: dict[str, Element] = {}
    for line, row in read_table(path, ("taxonomy", "concept", "element", "years", "balance", "sign")):
        concept = _concept(f"{path}:{line}", row, ours)
        if row["balance"] not in _BALANCES:
            raise BadData(f"{path}:{line}: {row['concept']} has the balance {row['balance']!r}; it is debit or credit")
        if _holds(row["years"], year, order):
            prefix, _, name = row["element"].rpartition(":")
            out[concept.qname] = Element(
                name=name,
                prefix=prefix or row["taxonomy"],
                balance=_BALANCES[row["balance"]] or concept.balance,
                sign=-1 if row["sign"] == "-1" else 1,
            )
    return out


def _with_members(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
    """What is an element with a member in a year: {prefixed name of our concept: element}."""
    out: dict[str, Element] = {}
    for line, row in read_table(path, ("taxonomy", "concept", "element", "years", "axis", "member", "when", "why")):
        where = f"{path}:{line}"
        concept = _concept(where, row, ours)
        for name in (row["axis"], row["member"]):
            if f"{DEFAULT}:{name}" not in ours:
                raise BadData(f"{where}: there is no axis or member {name!r}")
        if row["when"] not in ("always", "shared"):
            raise BadData(f"{where}: `when` is {row['when']!r}; it is always or shared")
        if _holds(row["years"], year, list(vintages())):
            out[concept.qname] = Element(
                name=row["element"],
                prefix=row["taxonomy"],
                balance=concept.balance,
                members=((row["axis"], row["member"]),),
                shared=row["when"] == "shared",
            )
    return out


def _dated(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
    """What goes before the element of a year in reports that end before a date: {prefixed name of our concept:
    element}.
    """
    out: dict[str, Element] = {}
    for line, row in read_table(path, ("taxonomy", "concept", "element", "years", "before", "why")):
        concept = _concept(f"{path}:{line}", row, ours)
        if _holds(row["years"], year, list(vintages())):
            out[concept.qname] = Element(
                name=row["element"], prefix=row["taxonomy"], balance=concept.balance, before=row["before"]
            )
    return out


def _published(path: Path, year: str) -> dict[str, Published]:
    """Every element of a year by name, of the table that `python -m capxbrl.taxonomies.vintages` makes."""
    order = list(vintages())
    with zipfile.ZipFile(path) as archive:
        rows = archive.read(PUBLISHED).decode().splitlines()[1:]
    out: dict[str, Published] = {}
    held: dict[str, bool] = {}
    for prefix, name, kind, years in (row.split(",") for row in rows):
        if years not in held:
            held[years] = _holds(years, year, order)
        if held[years]:
            out[name] = Published(prefix=prefix, kind=kind)
    return out


def _concept(where: str, row: Mapping[str, str], ours: Mapping[str, Concept]) -> Concept:
    concept = ours.get(f"{_OURS.get(row['taxonomy'], '')}:{row['concept']}")
    if concept is None:
        raise BadData(f"{where}: there is no concept {row['concept']}")
    return concept


def _holds(years: str, year: str, order: Sequence[str]) -> bool:
    """ "2009-2012 2025" names a year, of all that there are."""
    runs = [run.partition("-") for run in years.split()]
    return any(order.index(a) <= order.index(year) <= order.index(b or a) for a, _, b in runs)
