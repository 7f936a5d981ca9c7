"""The tables of concepts, of what is known of them, and of their sums, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..findings import BadData
from ..model import Balance, Concept, ItemType, LineRole, PeriodType, Unit
from ..tables import read_table

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
BALANCES = {str(one): one for one in Balance}


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
        if row["balance"] not in BALANCES or (row["balance"] and kind != ItemType.MONETARY):
            raise BadData(
                f"{where}: {name} has the balance {row['balance']!r}; only monetary concepts have one, debit or credit"
            )
        out[name] = Concept(
            name=name,
            type=_TYPES[kind],
            period=_PERIODS[row["period"]],
            balance=BALANCES[row["balance"]],
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
