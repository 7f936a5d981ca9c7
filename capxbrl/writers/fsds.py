"""fsds/: the report in the layout of the SEC's Financial Statement Data Sets (sub, tag, num, pre), so that what is made
for filings since 2009 reads those before it. Source: readme.htm of the data sets, "Financial Statement Data Sets".

`joined` makes one set of many. The layout rounds: dates to the end of the nearest month, durations to quarters, values
to four places. A fact that it cannot hold beside another, or not exactly, is named in left-out.txt.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..findings import BadData
from ..model import Concept, Fact, ItemType, Kind, PeriodType, Report, Unit
from ..places import is_state
from ..tables import harmless
from .rows import filing_of, fiscal, said, year_end

SUFFIX = ".txt"
ASKED = True

FOLDER = "fsds/"
#: The files of a set, and their columns in order.
FILES = {
    "sub.txt": "adsh cik name sic countryba stprba cityba zipba bas1 bas2 baph countryma stprma cityma zipma mas1 mas2 "
    "countryinc stprinc ein former changed afs wksi fye form period fy fp filed accepted prevrpt detail instance nciks "
    "aciks",
    "tag.txt": "tag version custom abstract datatype iord crdr tlabel doc",
    "num.txt": "adsh tag version ddate qtrs uom segments coreg value footnote",
    "pre.txt": "adsh report line stmt inpth rfile tag version plabel negating",
    "left-out.txt": "adsh id tag period value why",
}
#: How many of the first columns tell a row of these files from all others.
_KEYS = {"sub.txt": 1, "tag.txt": 2}

_STATEMENTS = {
    Kind.BALANCE_SHEET: "BS",
    Kind.INCOME_STATEMENT: "IS",
    Kind.CASH_FLOW: "CF",
    Kind.EQUITY: "EQ",
    Kind.COMPREHENSIVE_INCOME: "CI",
    Kind.COVER: "CP",
    Kind.OTHER: "UN",
}
_FILERS = {
    "Large Accelerated Filer": "1-LAF",
    "Accelerated Filer": "2-ACC",
    "Smaller Reporting Accelerated Filer": "3-SRA",
    "Non-accelerated Filer": "4-NON",
    "Smaller Reporting Company": "5-SML",
}
_BUSINESS, _MAIL, _FORMER = "BUSINESS ADDRESS", "MAIL ADDRESS", "FORMER COMPANY"
_QUARTER = Decimal("91.3125")  # days
_PLACES = Decimal("0.0001")
#: A fiscal year that ends from then on is named by the year in which it does, whoever names it.
_NAMED_ALIKE = (3, 1)

Rows = list[dict[str, str]]


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{FOLDER}{name}": data for name, data in data_set(report).items()}


def data_set(report: Report) -> dict[str, bytes]:
    """The files of one filing by name."""
    adsh = accession_of(report)
    numbers, left = _numbers(report, adsh)
    used = {(row["tag"], row["version"]) for row in numbers}
    concepts = {f.concept.qname: f.concept for f in report.facts if f.unit}
    tags = [_tag(report, concept, adsh) for _, concept in sorted(concepts.items())]
    made: dict[str, Rows] = {
        "sub.txt": [_submission(report, adsh)],
        "tag.txt": [row for row in tags if (row["tag"], row["version"]) in used],
        "num.txt": numbers,
        "pre.txt": [row for row in _presented(report, adsh) if (row["tag"], row["version"]) in used],
    }
    if left:
        made["left-out.txt"] = left
    return {name: _table(FILES[name].split(), rows) for name, rows in made.items()}


def joined(sets: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    """One set of many, each as `data_set` gives it. Raises BadData where two filings have one accession number."""
    rows: dict[str, dict[tuple[str, ...], str]] = {}
    for one in sets:
        for name, data in one.items():
            head, *lines = data.decode().split("\n")[:-1]
            known = rows.setdefault(name, {(): head})
            for line in lines:
                key = tuple(line.split("\t")[: _KEYS.get(name)])
                if name == "sub.txt" and key in known:
                    raise BadData(f"two filings of the set have the accession number {key[0]}")
                known.setdefault(key, line)
    order = [name for name in FILES if name in rows]
    return {name: "".join(f"{line}\n" for line in rows[name].values()).encode() for name in order}


def accession_of(report: Report) -> str:
    """The accession number; where the filing does not say it, 20 characters that are none, of the input's digest."""
    header = report.document.header
    return header.accession if header and header.accession else f"sha256-{report.document.digest[:13]}"


def _table(columns: Sequence[str], rows: Rows) -> bytes:
    """Tab-delimited; no cell holds what parts cells or lines, and no text is a formula to a spreadsheet."""
    lines = ["\t".join(columns), *("\t".join(_cell(name, row.get(name, "")) for name in columns) for row in rows)]
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(name: str, text: str) -> str:
    said = " ".join(text.split())
    return said if name == "value" else harmless(said)


# --- num --------------------------------------------------------------------------------------------------------------


class _Key(NamedTuple):
    """What makes a row of num one."""

    tag: str
    version: str
    ddate: str
    qtrs: str
    uom: str
    segments: str


def _numbers(report: Report, adsh: str) -> tuple[Rows, Rows]:
    """The rows of num, and the facts that they do not tell."""
    members = {c.id: c.members for c in report.contexts}
    taken: dict[_Key, Fact] = {}
    left: Rows = []

    def leave(fact: Fact, why: str) -> None:
        tag, period, value = fact.concept.name, str(fact.period), f"{fact.value:f}"
        left.append({"adsh": adsh, "id": fact.id, "tag": tag, "period": period, "value": value, "why": why})

    for fact in sorted((f for f in report.facts if f.unit), key=_off):
        key = _key(report, fact, members[fact.context], adsh)
        other = taken.setdefault(key, fact)
        if _value(other) != _value(fact):
            leave(fact, f"its row is that of {other.id}, of {other.period}")
        elif other is fact and Decimal(_value(fact)) != fact.value:
            leave(fact, "rounded to four places")
    rows = [{"adsh": adsh, **key._asdict(), "value": _value(fact)} for key, fact in taken.items()]
    order = {fact.id: number for number, fact in enumerate(report.facts)}
    ids = [fact.id for fact in taken.values()]
    return [row for _, row in sorted(zip(ids, rows, strict=True), key=lambda pair: order[pair[0]])], left


def _off(fact: Fact) -> int:
    """How many days its date is moved: of two facts for one row the nearer is meant."""
    return abs((month_end(fact.period.end) - fact.period.end).days)


def _key(report: Report, fact: Fact, members: Iterable[tuple[str, str]], adsh: str) -> _Key:
    period = fact.period
    days = (period.end - period.start).days + 1 if period.start else 0
    return _Key(
        tag=fact.concept.name,
        version=_version(report, fact.concept, adsh),
        ddate=f"{month_end(period.end):%Y%m%d}",
        qtrs=str(round(days / _QUARTER)),
        uom=fact.unit.value.replace(Unit.USD.value, report.currency).partition("/")[0] if fact.unit else "",
        segments="".join(f"{_axis(axis)}={_local(member).removesuffix('Member')};" for axis, member in members),
    )


def _axis(name: str) -> str:
    return _local(name).removeprefix("Statement").removesuffix("Axis")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _value(fact: Fact) -> str:
    assert isinstance(fact.value, Decimal)
    return f"{fact.value:.4f}"


def month_end(day: dt.date) -> dt.date:
    """The end of the month that is nearest to a day."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    before = day.replace(day=1) - dt.timedelta(1)
    return before if day - before < last - day else last


# --- tag, pre ---------------------------------------------------------------------------------------------------------


def _version(report: Report, concept: Concept, adsh: str) -> str:
    """ "us-gaap/2009" of http://xbrl.us/us-gaap/2009-01-31; the accession number of an element of the filer's own."""
    if concept.extension:
        return adsh
    _, name, day = report.namespaces[concept.prefix].rsplit("/", 2)
    return f"{name}/{day[:4]}"


def _tag(report: Report, concept: Concept, adsh: str) -> dict[str, str]:
    labels = next((texts for c, texts in report.extension.labels if c.qname == concept.qname), {})
    return {
        "tag": concept.name,
        "version": _version(report, concept, adsh),
        "custom": "1" if concept.extension else "0",
        "abstract": "0",
        "datatype": concept.type.value,
        "iord": "I" if concept.period is PeriodType.INSTANT else "D",
        "crdr": concept.balance.value[:1].upper() if concept.type is ItemType.MONETARY else "",
        "tlabel": labels.get("", concept.label)[:512],
        "doc": concept.documentation,
    }


def _presented(report: Report, adsh: str) -> Iterator[dict[str, str]]:
    """The lines of each role; abstract ones have no row, but count."""
    labels = {concept.qname: texts for concept, texts in report.extension.labels}
    for number, role in enumerate(report.extension.roles, 1):
        for line, node in enumerate(role.nodes, 1):
            if node.concept.abstract:
                continue
            texts = labels.get(node.concept.qname, {})
            yield {
                "adsh": adsh,
                "report": str(number),
                "line": str(line),
                "stmt": _STATEMENTS[role.kind],
                "inpth": "1" if role.parenthetical else "0",
                "rfile": "H",
                "tag": node.concept.name,
                "version": _version(report, node.concept, adsh),
                "plabel": (texts.get(node.preferred) or node.label or texts.get("") or node.concept.label)[:512],
                "negating": "1" if node.preferred.startswith("negated") else "0",
            }


# --- sub --------------------------------------------------------------------------------------------------------------


def _submission(report: Report, adsh: str) -> dict[str, str]:
    """What the header of the submission says, and the cover; what neither says is empty."""
    filing = filing_of(report)
    parts = _parts(report)
    day = _period(report)
    year, quarter = _focus(report, day)
    header = report.document.header
    closes = year_end(report)
    accepted = parts.get("", {}).get("ACCEPTANCE DATETIME", "")
    return {
        "adsh": adsh,
        "cik": filing.cik.lstrip("0") if filing.cik else "",
        "name": (header.company if header and header.company else (filing.entity or "").upper())[:150],
        "sic": header.sic if header else "",
        **_address(parts.get(_BUSINESS, {}), "ba", "bas"),
        "baph": parts.get(_BUSINESS, {}).get("BUSINESS PHONE", ""),
        **_address(parts.get(_MAIL, {}), "ma", "mas"),
        **_incorporated(report),
        "ein": "".join(c for c in said(report, "EntityTaxIdentificationNumber") or _ein(report) if c.isdigit()),
        "former": parts.get(_FORMER, {}).get("FORMER CONFORMED NAME", ""),
        "changed": parts.get(_FORMER, {}).get("DATE OF NAME CHANGE", ""),
        "afs": _FILERS.get(said(report, "EntityFilerCategory"), ""),
        "wksi": "0",
        "fye": f"{month_end(dt.date(2001, *_within(closes))):%m%d}" if closes else "",
        "form": filing.form or "",
        "period": f"{month_end(day):%Y%m%d}" if day else "",
        "fy": year,
        "fp": quarter,
        "filed": f"{filing.filed:%Y%m%d}" if filing.filed else "",
        "accepted": _time(accepted),
        "prevrpt": "0",
        "detail": "0",
        "instance": report.page,
        "nciks": "1",
    }


def _within(closes: tuple[int, int]) -> tuple[int, int]:
    """A day of a year that is no leap year."""
    return (2, 28) if closes == (2, 29) else closes


def _parts(report: Report) -> dict[str, dict[str, str]]:
    """The items of the header, those of an address or a former name by their heading; the first of each counts."""
    out: dict[str, dict[str, str]] = {}
    part = ""
    for key, value in report.document.header.items if report.document.header else ():
        if not value:
            part = key
        out.setdefault(part if part in (_BUSINESS, _MAIL, _FORMER) else "", {}).setdefault(key, value)
        if key in ("ACCEPTANCE DATETIME", "FILED AS OF DATE"):
            out.setdefault("", {}).setdefault(key, value)
    return out


def _address(said_there: Mapping[str, str], suffix: str, street: str) -> dict[str, str]:
    state = said_there.get("STATE", "")
    return {
        f"country{suffix}": "US" if is_state(state) else "",
        f"stpr{suffix}": state if is_state(state) else "",
        f"city{suffix}": said_there.get("CITY", ""),
        f"zip{suffix}": said_there.get("ZIP", ""),
        f"{street}1": said_there.get("STREET 1", ""),
        f"{street}2": said_there.get("STREET 2", ""),
    }


def _incorporated(report: Report) -> dict[str, str]:
    header = report.document.header
    state = said(report, "EntityIncorporationStateCountryCode") or (header.state if header else "")
    return {"countryinc": "US", "stprinc": state} if is_state(state) else {}


def _ein(report: Report) -> str:
    return report.document.header.irs_number if report.document.header else ""


def _period(report: Report) -> dt.date | None:
    """The date of the balance sheet; where there is none, the last day of a column."""
    columns = [(t.statement, c.period) for t in report.statements if t.statement.face for c in t.statement.columns]
    balances = [p.end for s, p in columns if s.kind is Kind.BALANCE_SHEET]
    return max(balances or [p.end for _, p in columns], default=None)


def _focus(report: Report, day: dt.date | None) -> tuple[str, str]:
    """Fiscal year and period: as the cover says, else by the end of the fiscal year where all name it alike."""
    year, period = said(report, "DocumentFiscalYearFocus"), said(report, "DocumentFiscalPeriodFocus")
    closes = year_end(report)
    if closes and day and not (year and period):
        number, quarter = fiscal(day, closes)
        year = year or (str(number) if closes >= _NAMED_ALIKE else "")
        period = period or ("FY" if quarter == 4 else f"Q{quarter}" if quarter else "")
    return year, period


def _time(digits: str) -> str:
    """ "2009-08-07 09:10:00.0" of 20090807091000."""
    try:
        return f"{dt.datetime.strptime(digits, '%Y%m%d%H%M%S'):%Y-%m-%d %H:%M:%S}.0"
    except ValueError:
        return ""
