"""Document -> the facts of its cover page, and who the filer is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..findings import Finding, Outcome, Position, Severity
from ..model import CoverFact, Document, Entity, Paragraph, place
from .fields import facts_of
from .flat import LONGEST, Cover, Flat, flatten

__all__ = ["find_entity", "find_ticker", "read_cover"]

_FORM = re.compile(r"\bForm\s+(8-K/A|8-K|10-Q/A|10-Q|10-KT|10-K405|10-KSB|10-K/A|10-K|20-F|6-K)\b", re.I)
#: Blanks are counted, so that a long run of them cannot be split in many ways.
_TICKER = re.compile(
    r"(?:NASDAQ|NYSE|AMEX)(?:\s{1,9}(?:American|Arca|MKT)|\s{0,9}(?:NM|GS|GM))?"
    r"(?:\s{0,9}Global(?:\s{1,9}Select)?\s{1,9}Market)?\s{0,9}[:-]\s{0,9}\"?([A-Z]{1,5})\b",
    re.I,
)
_END = re.compile(r"^[^\S\n]*(?:Item\s+\d|TABLE\s+OF\s+CONTENTS|PART\s+I\b|INDEX\b)", re.I | re.M)


def read_cover(document: Document) -> Outcome[tuple[CoverFact, ...]]:
    """The facts of the cover page, in the order of the form.

    Findings: `cover.none`, `cover.checkbox` (a damaged box), `cover.not-there` (what later covers have), `cover.ticker`,
    `cover.disagrees` (the header of the submission says otherwise), `cover.missing`.
    """
    flat = flatten(document)
    form = _FORM.search(flat.text)
    if form is None or form.start() > LONGEST:
        note = Finding(
            code="cover.none",
            severity=Severity.NOTE,
            message="no cover page: the facts of the filing's cover are left out",
        )
        return Outcome((), (note,))
    end = _END.search(flat.text, form.end())
    limit = min(end.start() if end else len(flat.text), form.start() + LONGEST)
    cover = Cover(flat=flat, limit=limit, company=document.header.company if document.header else "")
    findings: list[Finding] = []
    facts = list(facts_of(cover, form, findings))
    _compare(document, facts, findings)
    findings += _absent(document, flat, form, facts)
    return Outcome(tuple(facts), tuple(findings))


def _compare(document: Document, facts: Sequence[CoverFact], findings: list[Finding]) -> None:
    """What the header of the submission says against the cover."""
    header = document.header
    if header is None:
        return
    for concept, said in (
        ("EntityTaxIdentificationNumber", header.irs_number),
        ("EntityIncorporationStateCountryCode", header.state),
    ):
        fact = next((f for f in facts if f.concept == concept), None)
        digits = re.compile(r"[^0-9A-Z]")
        if (
            fact is not None
            and said
            and digits.sub("", fact.value.upper()) != digits.sub("", said.upper())
            and said.strip("0")
        ):
            findings.append(
                Finding(
                    code="cover.disagrees", severity=Severity.WARNING, at=fact.at,
                    message=f"the cover says {fact.label} {fact.value}, the header of the submission {said}",
                    hint="the header is what the filer's agent typed; the cover decides here",
                )
            )  # fmt: skip


def _absent(document: Document, flat: Flat, form: re.Match[str], facts: Sequence[CoverFact]) -> Iterator[Finding]:
    have = {f.concept for f in facts}
    if not re.search(r"emerging\s+growth", flat.text, re.I):
        yield Finding(
            code="cover.not-there",
            severity=Severity.NOTE,
            at=flat.span(form.start(), form.end())[1],
            message="not on the cover: trading symbol, exchange and emerging growth status, which later forms ask for",
        )
    wanted = {
        "DocumentPeriodEndDate": "the date",
        "EntityRegistrantName": "the registrant's name",
        "EntityFileNumber": "the Commission file number",
    }
    for concept, words in wanted.items():
        if concept not in have:
            yield Finding(
                code="cover.missing", severity=Severity.WARNING, at=flat.span(form.start(), form.end())[1],
                message=f"{words} could not be read from the cover page",
            )  # fmt: skip
    if (found := find_ticker(document)) is not None:
        ticker, at = found
        yield Finding(
            code="cover.ticker", severity=Severity.NOTE, at=at, message=f"the ticker {ticker} is named in the text; it is not on the cover",
        )  # fmt: skip


def find_ticker(document: Document) -> tuple[str, Position] | None:
    """The first ticker that the text names with its exchange, "(Nasdaq:CPST)", and where."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and (match := _TICKER.search(block.text)):
            return match[1].upper(), place(block, match.start(1))
    return None


def find_entity(document: Document, facts: Sequence[CoverFact], cik: str | None = None) -> Outcome[Entity]:
    """Who reports: by CIK (the caller's, else the header's), else the IRS number, else the file number, else the name.

    Finding `cover.no-cik` (warning) where there is no CIK.
    """
    by = {f.concept: f for f in facts}
    header = document.header
    name = by["EntityRegistrantName"].value if "EntityRegistrantName" in by else header.company if header else ""
    found = find_ticker(document)
    ticker = found[0] if found else ""
    number = (cik or (header.cik if header else "")).strip()
    if number.isdigit():
        return Outcome(Entity(scheme="http://www.sec.gov/CIK", identifier=number.zfill(10), name=name, ticker=ticker))
    irs = (
        by["EntityTaxIdentificationNumber"].value
        if "EntityTaxIdentificationNumber" in by
        else header.irs_number
        if header
        else ""
    )
    file_number = by["EntityFileNumber"].value if "EntityFileNumber" in by else header.file_number if header else ""
    if irs:
        entity, what = (
            Entity(scheme="http://www.irs.gov/ein", identifier=irs, name=name, ticker=ticker),
            "the IRS number",
        )
    elif file_number:
        entity, what = (
            Entity(scheme="http://www.sec.gov/file-number", identifier=file_number, name=name, ticker=ticker),
            "the file number",
        )
    else:
        slug = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "unknown"
        entity, what = (
            Entity(scheme="http://capxbrl.example/unknown", identifier=slug, name=name, ticker=ticker),
            "its name",
        )
    first = document.blocks[0].at if document.blocks else None
    warning = Finding(
        code="cover.no-cik", severity=Severity.WARNING, at=first, message=f"no CIK in the filing: {what} ({entity.identifier}) identifies the filer",
        hint="give the filer's CIK with --cik (cik= in Python)",
    )  # fmt: skip
    return Outcome(entity, (warning,))
