"""Document -> the facts of its cover page, and who the filer is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..findings import Finding, Outcome, Position, Severity
from ..hints import holds, low
from ..model import CIK_SCHEME, CoverFact, Document, Entity, Header, Paragraph, place
from ..words import pattern
from .address import address_facts
from .auditor import auditor_facts
from .boxes import box_facts
from .dates import date_facts, form_facts
from .flat import Cover
from .header import header_says
from .judge import Facts
from .names import name_facts, state_facts
from .numbers import cik_facts, employer_number_facts, file_number_facts
from .securities import security_facts
from .telephone import telephone_facts
from .where import find_cover

__all__ = ["find_entity", "find_ticker", "read_cover"]

#: Blanks are counted, so that a long run of them cannot be split in many ways.
_TICKER = re.compile(
    r"(?:NASDAQ|NYSE|AMEX)(?:\s{1,9}(?:American|Arca|MKT)|\s{0,9}(?:NM|GS|GM))?"
    r"(?:\s{0,9}Global(?:\s{1,9}Select)?\s{1,9}Market)?\s{0,9}[:-]\s{0,9}\"?([A-Z]{1,5})\b",
    re.I,
)
#: One of them is named where a ticker is.
_MARKETS = ("nasdaq", "nyse", "amex")


def read_cover(document: Document) -> Outcome[tuple[CoverFact, ...]]:
    """The facts of the cover page, in the order of the form, each with its decision where witnesses were heard.

    Findings: `cover.none`, `cover.candidates` (two values for one fact), `cover.disagrees` (the header of the
    submission says otherwise), `cover.number` (no employer number), `cover.checkbox` (a damaged box),
    `cover.securities`, `cover.float`, `cover.registrants`, `cover.not-there` (what later covers have), `cover.ticker`,
    `cover.missing`.
    """
    cover = find_cover(document)
    if cover is None:
        note = Finding(
            code="cover.none",
            severity=Severity.NOTE,
            message="no cover page: the facts of the filing's cover are left out",
        )
        return Outcome((), (note,))
    parts = _parts(document, cover)
    facts = tuple(f for part in parts for f in part.value)
    told = [n for part in parts for n in part.findings]
    return Outcome(facts, (*told, *_registrants(cover), *_absent(document, cover, facts)))


def _parts(document: Document, cover: Cover) -> tuple[Facts, ...]:
    said = header_says(document)
    year_end = document.header.fiscal_year_end if document.header else ""
    return (
        form_facts(cover, said.get("DocumentType")),
        date_facts(cover, said.get("DocumentPeriodEndDate"), year_end),
        name_facts(cover, said.get("EntityRegistrantName")),
        cik_facts(cover, said.get("EntityCentralIndexKey")),
        state_facts(cover, said.get("EntityIncorporationStateCountryCode")),
        file_number_facts(cover, said.get("EntityFileNumber")),
        employer_number_facts(cover, said.get("EntityTaxIdentificationNumber")),
        address_facts(cover, said),
        telephone_facts(cover, said.get("Telephone")),
        box_facts(cover),
        security_facts(cover),
        auditor_facts(document),
    )


def _registrants(cover: Cover) -> Iterator[Finding]:
    """Several registrants on one cover: its facts are those of the first."""
    numbers = dict.fromkeys(m.group() for m in cover.all(_EMPLOYER_NUMBER))
    if len(numbers) > 1:
        yield Finding(
            code="cover.registrants",
            severity=Severity.WARNING,
            at=cover.at(cover.start),
            message=f"the cover names {len(numbers)} employer numbers ({', '.join(list(numbers)[:6])}): several "
            "registrants file together, and the facts here are those of the first",
            hint="convert the filing once for each registrant, with --cik",
        )


_EMPLOYER_NUMBER = re.compile(r"(?<![\d-])[0-9]{2}-[0-9]{7}(?![\d-])")
#: What a cover must have, and what it is called.
_WANTED = {
    "DocumentPeriodEndDate": "the date",
    "EntityRegistrantName": "the registrant's name",
    "EntityFileNumber": "the Commission file number",
}


def _absent(document: Document, cover: Cover, facts: Sequence[CoverFact]) -> Iterator[Finding]:
    have = {f.concept for f in facts}
    at = cover.at(cover.form[0] or cover.start)
    if not pattern("cover", "filer:EntityEmergingGrowthCompany").search(cover.text):
        yield Finding(
            code="cover.not-there",
            severity=Severity.NOTE,
            at=at,
            message="not on the cover: trading symbol, exchange and emerging growth status, which later forms ask for",
        )
    for concept, words in _WANTED.items():
        if concept not in have:
            yield Finding(
                code="cover.missing",
                severity=Severity.WARNING,
                at=at,
                message=f"{words} could not be read from the cover page",
                hint="look whether the page has it; --assume says what it is",
            )
    found = None if "TradingSymbol" in have else find_ticker(document)
    if found is not None:
        ticker, at = found
        yield Finding(
            code="cover.ticker",
            severity=Severity.NOTE,
            at=at,
            message=f"the ticker {ticker} is named in the text; it is not on the cover",
        )


def find_ticker(document: Document) -> tuple[str, Position] | None:
    """The first ticker that the text names with its exchange, "(Nasdaq:CPST)", and where."""
    for block in document.blocks:
        if not isinstance(block, Paragraph) or not holds(low(block.text), _MARKETS):
            continue
        if match := _TICKER.search(block.text):
            return match[1].upper(), place(block, match.start(1))
    return None


def find_entity(document: Document, facts: Sequence[CoverFact], cik: str | None = None) -> Outcome[Entity]:
    """Who reports: by CIK (the caller's, else the header's), else the IRS number, else the file number, else the name.

    Finding `cover.no-cik` (warning) where there is no CIK.
    """
    by = {f.concept: f.value for f in reversed(facts)}
    header = document.header or Header()
    name = by.get("EntityRegistrantName") or header.company
    found = find_ticker(document)
    ticker = by.get("TradingSymbol") or (found[0] if found else "")
    number = (cik or header.cik or by.get("EntityCentralIndexKey", "")).strip()
    if number.isdigit():
        return Outcome(Entity(scheme=CIK_SCHEME, identifier=number.zfill(10), name=name, ticker=ticker))
    slug = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "unknown"
    ways = (
        ("http://www.irs.gov/ein", by.get("EntityTaxIdentificationNumber") or header.irs_number, "the IRS number"),
        ("http://www.sec.gov/file-number", by.get("EntityFileNumber") or header.file_number, "the file number"),
        ("http://capxbrl.example/unknown", slug, "its name"),
    )
    scheme, identifier, what = next(way for way in ways if way[1])
    warning = Finding(
        code="cover.no-cik",
        severity=Severity.WARNING,
        at=document.blocks[0].at if document.blocks else None,
        message=f"no CIK in the filing: {what} ({identifier}) identifies the filer",
        hint="give the filer's CIK with --cik (cik= in Python)",
    )
    return Outcome(Entity(scheme=scheme, identifier=identifier, name=name, ticker=ticker), (warning,))
