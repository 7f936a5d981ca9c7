"""Full EDGAR submissions: an SGML header and several <DOCUMENT>s in one text file, of 1993 to today.

The header gives its facts; the documents that report (the form itself, press releases, annual reports to shareholders)
become one document with a Section before each; pictures, PDFs, data schedules and XBRL files are left out, and told.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable

from ..findings import Finding, Outcome, Position, Severity, UnreadableInput
from ..model import Block, Document, Header, Section, Table
from ..patterns import compiled
from ..records import dataclass
from . import html
from .encoding import decode
from .lines_to_blocks import read_lines
from .source_lines import split_lines

ORDER = 10

_RECOGNISED = re.compile(
    rb"<(?:SEC-DOCUMENT|SEC-HEADER|IMS-DOCUMENT|IMS-HEADER)>|<SUBMISSION>\s{0,9}<|<DOCUMENT>\s{0,9}<TYPE>", re.I
)
_DOCUMENT = compiled(r"^[ \t]*<DOCUMENT>", re.I | re.M)
_DOCUMENT_END = compiled(r"^[ \t]*</DOCUMENT>", re.I | re.M)
_TEXT = compiled(r"<TEXT>[ \t]*(?:\r\n|\n|\r)?", re.I)
_TEXT_END = compiled(r"</TEXT>", re.I)
_TAG = compiled(r"^[ \t]*<([A-Z][A-Z0-9-]{0,40})>[ \t]*([^<\r\n]*)", re.I | re.M)
#: "COMPANY CONFORMED NAME:   ACME CORP", with tabs or blanks; a stray "]" of the line before may lead.
_ITEM = compiled(r"^[ \t\]]*([A-Z][A-Z0-9 ./&()-]{1,50}?)[ \t]*:[ \t]*([^\r\n]*)", re.M)
_ENCODED = compiled(r"^begin [0-7]{3,4} \S", re.M)
_LINE_END = compiled(r"\r\n|\n|\r")

#: Exhibits that report figures: annual and interim reports to holders, press releases.
_EXHIBITS = compiled(r"EX-(?:13|19|20|28|99)(?:$|[.\-A-Z0-9])", re.I)
#: Documents that are never the form itself.
_NEVER = compiled(r"(?:EX-|GRAPHIC|ZIP|EXCEL|XML|JSON|PDF|XSD|COVER$|CORRESP|LETTER|XBRL)", re.I)

#: What the items of a header are called, in its readable form and as SGML tags.
_NAMES: dict[str, tuple[str, ...]] = {
    "form": ("CONFORMED SUBMISSION TYPE", "FORM TYPE", "TYPE"),
    "accession": ("ACCESSION NUMBER",),
    "period": ("CONFORMED PERIOD OF REPORT", "PERIOD OF REPORT", "PERIOD"),
    "filed": ("FILED AS OF DATE", "FILING DATE"),
    "company": ("COMPANY CONFORMED NAME", "CONFORMED NAME"),
    "cik": ("CENTRAL INDEX KEY", "CIK"),
    "irs_number": ("IRS NUMBER",),
    "file_number": ("SEC FILE NUMBER", "COMMISSION FILE NUMBER", "FILE NUMBER"),
    "state": ("STATE OF INCORPORATION",),
    "fiscal_year_end": ("FISCAL YEAR END",),
    "sic": ("STANDARD INDUSTRIAL CLASSIFICATION", "ASSIGNED SIC"),
}
_DATES = ("period", "filed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One <DOCUMENT>: its tags, and where its body and itself stand in the file."""

    type: str
    filename: str
    description: str
    start: int
    body: int
    end: int


def recognises(data: bytes) -> bool:
    """A header or a <DOCUMENT> stands near the beginning (after a privacy-enhanced message's lines)."""
    return _RECOGNISED.search(data[:20_000].replace(b"\0", b"")) is not None


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read a submission. Raises UnreadableInput when it holds no document that can be read."""
    source, notes = decode(data, name)
    findings = list(notes)
    parts = _parts(source)
    header = _header(source[: parts[0].start if parts else len(source)])
    if not parts:
        raise UnreadableInput(f"{name}: an EDGAR header without any <DOCUMENT>; give the complete submission")
    lines = [0, *(m.end() for m in _LINE_END.finditer(source))]
    blocks: list[Block] = []
    left: list[str] = []
    chosen = _chosen(parts)
    for number, part in enumerate(parts):
        body = source[part.body : part.end]
        if number not in chosen or _ENCODED.search(body[:4000]) or "<PDF>" in body[:200].upper():
            left.append(part.type or "without a type")
            continue
        first = bisect_right(lines, part.body)
        tables = 1 + sum(isinstance(b, Table) for b in blocks)
        try:
            made = _blocks(body, name, first, tables)
        except UnreadableInput:
            made = []
        if not made:
            left.append(f"{part.type} (empty)")
            continue
        at = Position(source=name, line=bisect_right(lines, part.start), column=1)
        blocks += [Section(type=part.type, at=at, filename=part.filename, description=part.description), *made]
    if not blocks:
        raise UnreadableInput(
            f"{name}: none of the {len(parts)} documents of this submission can be read ({', '.join(left[:6])})"
        )
    if left:
        findings.append(
            Finding(
                code="edgar.left-out",
                severity=Severity.NOTE,
                at=Position(source=name),
                message=f"left out: {_counted(left)}",
            )
        )
    return Outcome(
        Document(name=name, format="edgar", blocks=tuple(blocks), text=source, header=header), tuple(findings)
    )


def _blocks(body: str, name: str, first_line: int, first_table: int) -> list[Block]:
    """The blocks of one document: HTML where it looks so, else plain text."""
    if html.recognises(body[:100_000].encode("utf-8", "replace")):
        return html.read_html(body, name, first_line=first_line, first_table=first_table)
    return read_lines(split_lines(body, first_line), name, first_table)


def _parts(source: str) -> list[_Part]:
    starts = [m.start() for m in _DOCUMENT.finditer(source)]
    out = []
    for start, limit in itertools.pairwise([*starts, len(source)]):
        closing = _DOCUMENT_END.search(source, start, limit)
        end = closing.start() if closing else limit
        opening = _TEXT.search(source, start, end)
        head = source[start : opening.start() if opening else min(end, start + 2000)]
        tags = {m[1].upper(): m[2].strip() for m in _TAG.finditer(head)}
        body = opening.end() if opening else start + sum(len(m.group()) for m in _TAG.finditer(head))
        # The last </TEXT>: one inside a program or a quotation does not end the document.
        for match in _TEXT_END.finditer(source, max(body, end - 200), end):
            end = match.start()
            break
        out.append(
            _Part(
                type=tags.get("TYPE", ""),
                filename=tags.get("FILENAME", ""),
                description=tags.get("DESCRIPTION", ""),
                start=start,
                body=min(body, end),
                end=end,
            )
        )
    return out


def _chosen(parts: list[_Part]) -> set[int]:
    """The numbers of the documents that report: the form itself, and the exhibits with figures."""
    main = next((i for i, part in enumerate(parts) if not _NEVER.match(part.type)), None)
    return {i for i, part in enumerate(parts) if i == main or _EXHIBITS.match(part.type)}


def _counted(left: list[str]) -> str:
    kinds = list(dict.fromkeys(left))
    return ", ".join(f"{left.count(kind)} x {kind}" if left.count(kind) > 1 else kind for kind in kinds)


def _header(source: str) -> Header | None:
    """The facts of the header; those of the first filer where there are several. None when there is no header."""
    items = [(m[1].strip().upper(), m[2].strip()) for m in _ITEM.finditer(source)]
    items += [(m[1].upper().replace("-", " "), m[2].strip()) for m in _TAG.finditer(source) if m[2].strip()]
    if not items:
        return None
    found: dict[str, str] = {}
    for field, names in _NAMES.items():
        value = next((v for wanted in names for key, v in items if key == wanted and v), "")
        found[field] = _CLEAN.get(field, str)(value)
    return Header(**found, items=tuple(items))


def _year_end(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    return digits if len(digits) == 4 else ""


def _industry(value: str) -> str:
    code = re.search(r"\d{3,4}", value)
    return code.group() if code else ""


def _date(value: str) -> str:
    """ISO of "20091109" or "931231"; empty for anything else."""
    digits = re.sub(r"\D", "", value)
    if len(digits) == 6:
        digits = ("19" if digits[:2] >= "70" else "20") + digits
    if len(digits) != 8 or not ("01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "31"):
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


#: What makes the value of a field of what the header says; "" where it is none. Other fields are as they stand.
_CLEAN: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_DATES, _date),
    "accession": lambda value: next(iter(value.split()), ""),
    "cik": lambda value: value.zfill(10) if value.isdigit() else "",
    "sic": _industry,
    "state": lambda value: value.upper() if len(value) == 2 else "",
    "fiscal_year_end": _year_end,
    "irs_number": lambda value: value if value.strip("0- ") else "",
}
