"""The tables of concepts, of what is known of them, and of their sums, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..findings import BadData
from ..model import Balance, Concept, ItemType, LineRole, PeriodType, Unit
from ..tables import read_rows, read_table

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


def read_concepts(path: Path, prefix: str) -> tuple[dict[str, Concept], dict[str, str]]:
    """The concepts of a table, checked, and the statement of each, where the table has it. Raises BadData."""
    out: dict[str, Concept] = {}
    statements: dict[str, str] = {}
    for line, row in read_table(path, ("name", "type", "period", "balance", "label", "documentation")):
        name, kind, period, balance = row["name"], row["type"], row["period"], row["balance"]
        if name in out or kind not in _TYPES or period not in _PERIODS or balance not in BALANCES:
            raise _no_concept(f"{path}:{line}: {name}", row, name in out)
        if balance and kind != "monetary":
            raise _no_concept(f"{path}:{line}: {name}", row, False)
        statements[name] = row.get("statement", "")
        out[name] = Concept(
            name=name,
            type=_TYPES[kind],
            period=_PERIODS[period],
            balance=BALANCES[balance],
            label=row["label"],
            documentation=row["documentation"],
            prefix=prefix,
            abstract=_TYPES[kind] in ABSTRACT_TYPES,
            vintages=tuple((k, v) for k, v in row.items() if k.isdigit()),
        )
    return out, statements


def _no_concept(where: str, row: Mapping[str, str], twice: bool) -> BadData:
    if twice:
        return BadData(f"{where} is there twice")
    if row["type"] not in _TYPES:
        return BadData(f"{where} has the unknown type {row['type']!r}")
    if row["period"] not in _PERIODS:
        return BadData(f"{where} needs the period instant or duration, not {row['period']!r}")
    return BadData(f"{where} has the balance {row['balance']!r}; only monetary concepts have one, debit or credit")


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
    for line, (statement, parent, child, weight) in read_rows(path, ("statement", "parent", "child", "weight")):
        wrong = _no_sum(statement, parent, child, weight, concepts, above)
        if wrong:
            raise BadData(f"{path}:{line}: {wrong}")
        above[statement, child] = parent
        out.append((statement, parent, child, int(weight)))
    return tuple(out)


def _no_sum(
    statement: str,
    parent: str,
    child: str,
    weight: str,
    concepts: Mapping[str, Concept],
    above: Mapping[tuple[str, str], str],
) -> str:
    """What is wrong with a row, "" where nothing is. above: the parents of the rows before."""
    for name in (parent, child):
        if name not in concepts:
            return f"there is no concept {name}"
    if weight not in ("1", "-1"):
        return f"the weight is {weight!r}, not 1 or -1"
    a, b = concepts[parent], concepts[child]
    if a.type is not b.type or a.period is not b.period:
        return f"{parent} and {child} differ in type or period"
    # XBRL 2.1, 5.1.1.2: equal balances add, opposite ones subtract.
    if a.balance and b.balance and (weight == "1") is not (a.balance is b.balance):
        return f"the weight {weight} of {child} in {parent} contradicts their balances"
    if (statement, child) in above:
        return f"{child} has two parents in {statement}"
    step: str | None = parent
    while step is not None:
        if step == child:
            return f"{child} would be a part of itself"
        step = above.get((statement, step))
    return ""


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
