"""Make us-gaap/elements.csv and published.zip: `python -m capxbrl.taxonomies.vintages ELEMENTS_BY_YEAR`.

ELEMENTS_BY_YEAR is a list of the published elements (taxonomy,name,type,period,balance,years,in_linkbases,changes).
The columns 2009 and 2025 of capx-gaap/concepts.csv say which element a concept is; the list says in which years that
element stands, and with which balance.  One row for each element of a concept; 2009-2016 means every vintage from 2009
to 2016.  published.zip has the name of every element and its years: no element of a filer may have one.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from capxbrl.model import Concept
from capxbrl.resources import taxonomies
from capxbrl.tables import read_table
from capxbrl.taxonomy import ABSTRACT_TYPES, PUBLISHED, load, vintages

HEAD = "taxonomy,concept,element,years,balance,sign"
#: Of the table in published.zip. kind: abstract, domain, or item for all that may carry a figure.
PUBLISHED_HEAD = "taxonomy,name,kind,years"
#: Item types of ours -> those of the published elements that mean the same; others may have any.
_TYPES = {
    "monetary": {"monetaryItemType"},
    "perShare": {"perShareItemType"},
    "shares": {"sharesItemType"},
    "pure": {"pureItemType", "decimalItemType", "percentItemType"},
    "percent": {"percentItemType", "pureItemType"},
    "domain": {"domainItemType"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An element in one year, as the list has it; "" where the list does not say."""

    name: str
    type: str
    period: str
    balance: str


def published(path: Path, taxonomy: str, year: str) -> dict[str, Published]:
    """The elements of a year by name. What an element was before the year of its last change, the list does not say."""
    out: dict[str, Published] = {}
    columns = ("taxonomy", "name", "type", "period", "balance", "years", "in_linkbases", "changes")
    for _, row in read_table(path, columns):
        if row["taxonomy"] == taxonomy and year in (*row["years"].split(), *row["in_linkbases"].split()):
            known = year >= row["changes"].rpartition(";")[2].strip().partition(":")[0]
            kind, period, balance = (row["type"], row["period"], row["balance"]) if known else ("", "", "")
            out[row["name"]] = Published(name=row["name"], type=kind, period=period, balance=balance)
    return out


def fits(concept: Concept, element: Published) -> bool:
    """The element is of the type and period of the concept, as far as the list tells."""
    if concept.type in ABSTRACT_TYPES:
        return element.type in ("", "stringItemType")
    kinds = _TYPES.get(concept.type, set())
    return (not element.type or not kinds or element.type in kinds) and element.period in ("", concept.period)


def meant(concept: Concept) -> str:
    """The balance of a concept; of one without it, the side on which what it counts up would stand."""
    if concept.balance or concept.type != "monetary":
        return concept.balance
    if concept.name.startswith("OtherComprehensiveIncome"):
        return "debit" if "Tax" in concept.name.replace("NetOfTax", "").replace("BeforeTax", "") else "credit"
    return "debit" if concept.name.startswith("Cash") else ""


def rows(concepts: Mapping[str, Concept], lists: Mapping[str, Mapping[str, Published]], taxonomy: str) -> Iterator[str]:
    """The rows of the table, in the order of the concepts. lists: year -> its elements."""
    years = tuple(lists)
    for concept in concepts.values():
        told = dict(concept.vintages)
        found: dict[tuple[str, str, str], list[str]] = {}
        for year in years:
            element = _element(concept, told, lists[year], year)
            if element is None:
                continue
            # StockIssued1: a balance put right, and another name for it; what it counts stays the same.
            renamed = f"{concept.name}1" == element.name or f"{element.name}1" == concept.name
            turned = element.balance and meant(concept) and element.balance != meant(concept) and not renamed
            balance = element.balance if element.balance != concept.balance and element.balance else ""
            found.setdefault((element.name, balance, "-1" if turned else ""), []).append(year)
        for (name, balance, sign), there in found.items():
            yield ",".join((taxonomy, concept.name, name, ranges(there, years), balance, sign))


def _element(
    concept: Concept, told: Mapping[str, str], elements: Mapping[str, Published], year: str
) -> Published | None:
    """What a concept is in a year: as its column says; between two columns its own name, or that of either."""
    names = (told[year],) if year in told else (concept.name, *told.values())
    return next((e for name in names if (e := elements.get(name)) is not None and fits(concept, e)), None)


def ranges(some: Sequence[str], years: Sequence[str]) -> str:
    """2009 2011 2012 2025 -> "2009-2012 2025", among these years."""
    out: list[list[str]] = []
    for year in some:
        if out and years.index(year) == years.index(out[-1][-1]) + 1:
            out[-1].append(year)
        else:
            out.append([year])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in out)


def table(path: Path) -> str:
    """The whole table from a list of elements."""
    known, ours = vintages(), load()
    gaap = {year: published(path, "us-gaap", year) for year in known}
    gaap = {
        year: elements
        | {f"srt:{n}": Published(name=f"srt:{n}", type="", period="", balance="") for n in known[year].srt}
        for year, elements in gaap.items()
    }
    dei = {year: published(path, "dei", one.dei_list) for year, one in known.items() if one.dei_list}
    every = {c.name: Published(name=c.name, type="", period="", balance="") for c in ours.dei.values()}
    dei |= {year: every for year, one in known.items() if not one.dei_list}
    return "\n".join([HEAD, *rows(ours.concepts, gaap, "us-gaap"), *rows(ours.dei, dei, "dei"), ""])


def names(path: Path) -> str:
    """Every published element with its years, by name."""
    known = vintages()
    out = []
    for _, row in read_table(path, ("taxonomy", "name", "type", "abstract", "years", "in_linkbases")):
        said = {*row["years"].split(), *row["in_linkbases"].split()}
        gaap = row["taxonomy"] == "us-gaap"
        there = [year for year, one in known.items() if (year if gaap else one.dei_list) in said]
        if there:
            kind = "domain" if row["type"] == "domainItemType" else "abstract" if row["abstract"] == "1" else "item"
            out.append((row["taxonomy"], row["name"], kind, ranges(there, tuple(known))))
    return "\n".join([PUBLISHED_HEAD, *(",".join(row) for row in sorted(out)), ""])


def packed(text: str) -> bytes:
    """published.zip: the same bytes for the same text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(PUBLISHED, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def main() -> int:
    """Write the tables from the list that is named."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    csv.field_size_limit(10_000_000)
    folder, path = taxonomies() / "us-gaap", Path(sys.argv[1])
    (folder / "elements.csv").write_text(table(path), encoding="utf-8")
    (folder / "published.zip").write_bytes(packed(names(path)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
