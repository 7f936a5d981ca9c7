"""The vintages of us-gaap, and what each concept is in one: the tables of `taxonomies/us-gaap`, read and checked."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from ..findings import BadData
from ..model import Balance, Concept
from ..records import dataclass
from ..reprs import Brief
from ..resources import taxonomies
from ..tables import read_table
from .concepts import BALANCES

DEFAULT = "capx-gaap"
#: The name of the published taxonomy: alone, the vintage of the filing's own date.
GAAP = "us-gaap"
#: The table in us-gaap/published.zip: every element of the vintages.
PUBLISHED = "published.csv"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Vintage(Brief):
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Element(Brief):
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Published(Brief):
    """An element of a vintage, whether or not a concept of ours is written with it. kind: abstract, domain or item."""

    prefix: str
    kind: str


#: Taxonomies of the tables -> ours.
_OURS = {GAAP: DEFAULT, "dei": "capx-dei"}


def read_elements(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
    """The elements of a year: prefixed name of our concept -> element. Raises BadData naming file and line."""
    order = list(vintages())
    out: dict[str, Element] = {}
    for line, row in read_table(path, ("taxonomy", "concept", "element", "years", "balance", "sign")):
        concept = _concept(f"{path}:{line}", row, ours)
        if row["balance"] not in BALANCES:
            raise BadData(f"{path}:{line}: {row['concept']} has the balance {row['balance']!r}; it is debit or credit")
        if _holds(row["years"], year, order):
            prefix, _, name = row["element"].rpartition(":")
            out[concept.qname] = Element(
                name=name,
                prefix=prefix or row["taxonomy"],
                balance=BALANCES[row["balance"]] or concept.balance,
                sign=-1 if row["sign"] == "-1" else 1,
            )
    return out


def read_members(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
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


def read_dated(path: Path, year: str, ours: Mapping[str, Concept]) -> dict[str, Element]:
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


def read_published(path: Path, year: str) -> dict[str, Published]:
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
