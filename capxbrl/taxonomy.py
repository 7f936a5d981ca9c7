"""A taxonomy folder -> concepts, relations, labels and vintages, read from the tables that people edit.

The XBRL files of the taxonomy are made from the same tables (`python -m capxbrl.taxonomies.build`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .findings import BadData
from .model import Concept
from .resources import BASE_URL, taxonomies
from .tables import read_table

__all__ = ["BASE_URL", "DEFAULT", "Taxonomy", "load", "names"]

DEFAULT = "capx-gaap"
VERSION = "2026"
#: Item types of the tables; the abstract ones carry no facts.
TYPES = frozenset({"monetary", "perShare", "shares", "pure", "percent", "string", "date", "boolean", "domain"})
ABSTRACT_TYPES = frozenset({"abstract", "table", "lineitems", "axis"})
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

    year: the vintage whose elements are written; "" is capx-gaap itself. elements: concept -> element of that vintage.
    """

    name: str
    concepts: Mapping[str, Concept]
    dei: Mapping[str, Concept]
    statement: Mapping[str, str]
    calculations: tuple[tuple[str, str, str, int], ...]
    namespaces: Mapping[str, tuple[str, str]]
    prefix: str = "capx-gaap"
    elements: Mapping[str, str] = field(default_factory=dict)
    _parents: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    _children: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)

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
        if kind not in TYPES | ABSTRACT_TYPES:
            raise BadData(f"{where}: {name} has the unknown type {kind!r}")
        if row["period"] not in ("instant", "duration"):
            raise BadData(f"{where}: {name} needs the period instant or duration, not {row['period']!r}")
        if row["balance"] not in ("", "debit", "credit") or (row["balance"] and kind != "monetary"):
            raise BadData(
                f"{where}: {name} has the balance {row['balance']!r}; only monetary concepts have one, debit or credit"
            )
        out[name] = Concept(
            name=name, type=kind, period=row["period"], balance=row["balance"], label=row["label"],
            documentation=row["documentation"], prefix=prefix, abstract=kind in ABSTRACT_TYPES,
            vintages=tuple((k, v) for k, v in row.items() if k.isdigit()),
        )  # fmt: skip
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


def names() -> list[str]:
    """Every taxonomy that can be written."""
    return [DEFAULT, *sorted(p.parent.name for p in taxonomies().glob("*/crosswalk.csv"))]


@cache
def load(name: str = DEFAULT) -> Taxonomy:
    """A taxonomy by its name: capx-gaap, or a crosswalk (us-gaap-2009) that writes capx-gaap in another's elements.

    Raises BadData for an unknown name or a wrong table.
    """
    if name not in names():
        raise BadData(f"there is no taxonomy {name!r}; known: {', '.join(names())}")
    folder = taxonomies() / DEFAULT
    concepts = read_concepts(folder / "concepts.csv", DEFAULT)
    calculations = read_calculations(folder / "calculations.csv", concepts)
    statement = {row["name"]: row["statement"] for _, row in read_table(folder / "concepts.csv", ("name", "statement"))}
    namespaces = {
        prefix: (f"{BASE_URL}{prefix}/{VERSION}", f"{BASE_URL}{prefix}/{VERSION}/{prefix}.xsd")
        for prefix in (DEFAULT, "capx-dei")
    }  # fmt: skip
    prefix = DEFAULT
    elements: dict[str, str] = {}
    if name != DEFAULT:
        prefix, elements, location = _crosswalk(taxonomies() / name / "crosswalk.csv", concepts)
        namespaces[prefix] = location
    parents: dict[str, list[tuple[str, str, int]]] = {}
    children: dict[str, list[tuple[str, str, int]]] = {}
    for role, parent, child, weight in calculations:
        parents.setdefault(child, []).append((role, parent, weight))
        children.setdefault(parent, []).append((role, child, weight))
    return Taxonomy(
        name=name, concepts=concepts, dei=read_concepts(taxonomies() / "capx-dei" / "concepts.csv", "capx-dei"),
        statement=statement, calculations=calculations, namespaces=namespaces, prefix=prefix, elements=elements,
        _parents={k: tuple(v) for k, v in parents.items()}, _children={k: tuple(v) for k, v in children.items()},
    )  # fmt: skip


def _crosswalk(path: Path, concepts: Mapping[str, Concept]) -> tuple[str, dict[str, str], tuple[str, str]]:
    """A crosswalk: its first rows name the prefix, namespace and schema; the others give concept -> element."""
    head: dict[str, str] = {}
    elements: dict[str, str] = {}
    for line, row in read_table(path, ("concept", "element")):
        if row["concept"].startswith("#"):
            head[row["concept"][1:]] = row["element"]
        elif row["concept"] not in concepts:
            raise BadData(f"{path}:{line}: there is no concept {row['concept']}")
        else:
            elements[row["concept"]] = row["element"]
    try:
        return head["prefix"], elements, (head["namespace"], head["schema"])
    except KeyError as missing:
        raise BadData(f"{path}: the row #{missing.args[0]} is missing") from None
