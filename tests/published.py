"""Taxonomy packages of the vintages that are not at hand, made of the list of their elements: schemas only, no labels
and no relations, enough for a validator to judge names, types, periods, balances, axes and members of a report.

    python tests/published.py ELEMENTS_BY_YEAR YEAR PACKAGE.zip

ELEMENTS_BY_YEAR is the list that `capxbrl.taxonomies.vintages` reads.  What it does not tell (elements known from
linkbases only, dei since 2019) is taken from our own tables, so of these a report is judged by what we think they are;
the restricted types of dei (yes or no, states, exchanges, identifiers) are as EDGAR's manual describes them.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from capxbrl.model import Concept
from capxbrl.taxonomy import load, vintages

#: Types of XBRL itself that the list names; those of the data type registry follow.
_XBRLI = {
    f"{name}ItemType"
    for name in (
        *("monetary", "string", "shares", "decimal", "pure", "integer", "date", "boolean", "gYear", "gMonthDay"),
        *("gYearMonth", "dateTime", "normalizedString", "anyURI", "duration", "positiveInteger", "token"),
    )
}
_REGISTRY = {"perShareItemType", "percentItemType", "domainItemType", "textBlockItemType"}
#: The registry as a schema of the year would import it: prefix -> (namespace, address), types that are not numbers.
_OLD_REGISTRY = {
    "num": ("http://www.xbrl.org/dtr/type/numeric", "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd"),
    "nonnum": ("http://www.xbrl.org/dtr/type/non-numeric", "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd"),
}
_NEW_REGISTRY = {
    "dtr": ("http://www.xbrl.org/dtr/type/2024-01-31", "https://www.xbrl.org/dtr/type/2024-01-31/types.xsd")
}
_NOT_NUMBERS = {"domainItemType", "textBlockItemType"}
#: Item types of ours -> published ones.
_OURS = {
    **{"monetary": "monetaryItemType", "shares": "sharesItemType", "perShare": "perShareItemType"},
    **{"pure": "pureItemType", "percent": "percentItemType", "string": "stringItemType", "date": "dateItemType"},
    **{"boolean": "booleanItemType", "domain": "domainItemType"},
}
#: Restricted types: their values, or a pattern that holds for the whole of them.
_VALUES = {
    "yesNoItemType": ("Yes", "No"),
    "fiscalPeriodItemType": ("FY", "Q1", "Q2", "Q3", "Q4", "H1", "H2", "M9", "T1", "T2", "T3", "M8", "CY"),
    "filerCategoryItemType": (
        *("Large Accelerated Filer", "Accelerated Filer", "Non-accelerated Filer", "Smaller Reporting Company"),
    ),
    "reportTypeItemType": ("Annual Report", "Transition Report"),
    "edgarExchangeCodeItemType": (
        *("NYSE", "NASDAQ", "NYSEAMER", "NYSEArca", "NYSENAT", "CHX", "CBOE", "CboeBYX", "CboeBZX", "CboeEDGA"),
        *("CboeEDGX", "BOX", "BX", "C2", "IEX", "ISE", "LTSE", "MEMX", "MIAX", "PEARL", "PHLX", "NONE"),
    ),
}
_PATTERNS = {
    "centralIndexKeyItemType": "[0-9]{10}",
    "edgarStateCountryItemType": "[A-Z][A-Z0-9]",
    "stateOrProvinceItemType": "[A-Z][A-Z0-9]",
    "countryCodeItemType": "[A-Z]{2}",
    "fileNumberItemType": "[0-9]{1,3}-[0-9]{1,8}(-[0-9]{1,4})?",
    "employerIdItemType": "[0-9]{2}-[0-9]{7}",
    "submissionTypeItemType": "[0-9A-Z]{1,10}([- ][0-9A-Z]{1,8}){0,2}(/A)?",
    "tradingSymbolItemType": "[A-Za-z0-9./ -]{1,12}",
    "nonemptySequenceNumberItemType": "[0-9]{1,6}",
}
#: Types of the dei elements that the list does not have: those since 2019.
_DEI = {
    **{"DocumentFiscalYearFocus": "gYearItemType", "CurrentFiscalYearEndDate": "gMonthDayItemType"},
    **{"EntityIncorporationStateCountryCode": "edgarStateCountryItemType", "EntityFileNumber": "fileNumberItemType"},
    **{"EntityTaxIdentificationNumber": "employerIdItemType", "EntityAddressCountry": "countryCodeItemType"},
    **{"EntityAddressStateOrProvince": "stateOrProvinceItemType", "TradingSymbol": "tradingSymbolItemType"},
    **{"SecurityExchangeName": "edgarExchangeCodeItemType", "AuditorFirmId": "nonemptySequenceNumberItemType"},
    **{"EntityInteractiveDataCurrent": "yesNoItemType", "EntityCentralIndexKey": "centralIndexKeyItemType"},
    **dict.fromkeys(("EntityCurrentReportingStatus", "EntityWellKnownSeasonedIssuer"), "yesNoItemType"),
    **{"EntityVoluntaryFilers": "yesNoItemType", "EntityFilerCategory": "filerCategoryItemType"},
    **{"DocumentType": "submissionTypeItemType", "DocumentFiscalPeriodFocus": "fiscalPeriodItemType"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element as a schema declares it; balance: "" where it has none."""

    name: str
    type: str
    period: str
    balance: str
    abstract: bool


def package(elements: Path, year: str, target: Path) -> Path:
    """Write the taxonomy package of a year to `target`, and return that."""
    schemas = dict(_schemas(elements, year))
    catalog = "".join(
        f'<rewriteURI uriStartString="{url}" rewritePrefix="../{number}.xsd"/>' for number, url in enumerate(schemas)
    )
    name = f"us-gaap-{year}"
    members = {
        "META-INF/taxonomyPackage.xml": '<tp:taxonomyPackage xml:lang="en" '
        'xmlns:tp="http://xbrl.org/2016/taxonomy-package">'
        f"<tp:identifier>urn:test:{name}</tp:identifier><tp:name>The elements of us-gaap {year}</tp:name>"
        "</tp:taxonomyPackage>",
        "META-INF/catalog.xml": f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{catalog}</catalog>',
        **{f"{number}.xsd": schema for number, schema in enumerate(schemas.values())},
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for member, text in members.items():
            archive.writestr(f"{name}/{member}", f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    return target


def _schemas(path: Path, year: str) -> Iterator[tuple[str, str]]:
    """(address, text) of each schema of a year."""
    vintage, ours = vintages()[year], load()
    # The dei of some years is that of another, or not in the list at all: then it is what our own table knows.
    listed = {
        "us-gaap": [_of_row(r, ours.concepts) for r in _rows(path, "us-gaap", year)],
        "dei": [_of_row(r, ours.dei) for r in _rows(path, "dei", vintage.dei_list)]
        or [_of_concept(c) for c in ours.dei.values()],
        "srt": [
            _of_row({"name": name, "type": "", "period": "", "abstract": ""}, ours.concepts) for name in vintage.srt
        ],
    }
    for prefix, (namespace, url) in vintage.namespaces.items():
        if prefix in listed:
            yield url, schema(prefix, namespace, listed[prefix], year)


def _rows(path: Path, taxonomy: str, year: str) -> list[dict[str, str]]:
    """The rows of the list for a year of a taxonomy."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["taxonomy"] == taxonomy and year in (*row["years"].split(), *row["in_linkbases"].split())
        ]


def _of_row(row: Mapping[str, str], ours: Mapping[str, Concept]) -> Element:
    name, known = row["name"], ours.get(row["name"])
    if not row["type"] and known is not None:
        return _of_concept(known)
    return Element(
        name=name,
        type=row["type"] or "stringItemType",
        period=row["period"] or (known.period if known else "duration"),
        balance=row["balance"] if row["type"] else "",
        abstract=row["abstract"] == "1" or name.endswith(("Axis", "Table", "Abstract", "LineItems")),
    )


def _of_concept(concept: Concept) -> Element:
    kind = _DEI.get(concept.name) or _OURS.get(concept.type, "stringItemType")
    return Element(
        name=concept.name, type=kind, period=concept.period, balance=concept.balance, abstract=concept.abstract
    )


def schema(prefix: str, namespace: str, elements: Iterable[Element], year: str) -> str:
    """The schema of these elements: their restricted types first."""
    registry = _OLD_REGISTRY if year < "2020" else _NEW_REGISTRY
    places = {
        "xbrli": ("http://www.xbrl.org/2003/instance", "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"),
        "xbrldt": ("http://xbrl.org/2005/xbrldt", "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
        **registry,
    }
    elements = list(elements)
    own = sorted({e.type for e in elements} - _XBRLI - _REGISTRY)
    known = {t: f"xbrli:{t}" for t in _XBRLI} | {t: f"{prefix}:{t}" for t in own}
    known |= {t: f"{_registry(registry, t)}:{t}" for t in _REGISTRY}
    return "\n".join(
        (
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"',
            *(f'  xmlns:{p}="{n}"' for p, (n, _) in places.items()),
            f'  xmlns:{prefix}="{namespace}" targetNamespace="{namespace}" elementFormDefault="qualified">',
            *(f'<xs:import namespace="{n}" schemaLocation="{url}"/>' for n, url in places.values()),
            *map(_type, own),
            *(_declared(e, prefix, known[e.type]) for e in elements),
            "</xs:schema>",
        )
    )


def _registry(registry: Mapping[str, tuple[str, str]], kind: str) -> str:
    return "dtr" if "dtr" in registry else "nonnum" if kind in _NOT_NUMBERS else "num"


def _type(name: str) -> str:
    """A restricted type; one of which we know no more is any text, or any number where its name says so."""
    facets = "".join(f'<xs:enumeration value="{v}"/>' for v in _VALUES.get(name, ()))
    if name in _PATTERNS:
        facets = f'<xs:pattern value="{_PATTERNS[name]}"/>'
    numbers = ("perUnit", "volume", "area", "boe", "mass", "energy", "flow", "interestRate")
    base = "decimal" if name.startswith(numbers) else "token" if facets else "string"
    return (
        f'<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="xbrli:{base}ItemType">{facets}'
        "</xs:restriction></xs:simpleContent></xs:complexType>"
    )


def _declared(element: Element, prefix: str, kind: str) -> str:
    group = "xbrldt:dimensionItem" if element.name.endswith("Axis") else "xbrli:item"
    if element.name.endswith("Table") and element.abstract:
        group = "xbrldt:hypercubeItem"
    abstract = 'abstract="true"' if element.abstract else ""
    balance = f'xbrli:balance="{element.balance}"' if element.balance else ""
    return (
        f'<xs:element id="{prefix}_{element.name}" name="{element.name}" type="{kind}" substitutionGroup="{group}" '
        f'{abstract} nillable="true" xbrli:periodType="{element.period}" {balance}/>'
    )


if __name__ == "__main__":
    csv.field_size_limit(10_000_000)
    package(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
