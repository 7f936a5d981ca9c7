"""What must hold of every document, however damaged: the oracles of the fuzzer. Each fault is told in words."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from capxbrl.findings import Finding, describe, printable
from capxbrl.markup import Element, parse_xml
from capxbrl.model import Cell, Document, Fact, Paragraph, Report, Table, text_at
from capxbrl.reports.settle import consistent

_IX = "{http://www.xbrl.org/2013/inlineXBRL}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_DASHES = "-‐‑‒–—―−"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?")
#: Characters that steer a terminal: C0 and C1 controls, and those that turn the direction of writing.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: What a raw file may hold that a reader rightly leaves out.
_HIDES = re.compile(
    rb"<(?:script|style|title|head|!--|!\[|\?|svg|math|frameset|xmp|plaintext|[a-z]+:)|display\s*:|visibility|opacity|&#|color\W{0,3}(?:#[ef]|white)",
    re.I,
)


def digits(shown: str, form: str) -> Decimal | None:
    """The number that bare digits say by their transformation; 0 for a dash, None for words."""
    bare = "".join(shown.split())
    if form == "ixt:num-comma-decimal":
        bare = bare.replace(".", "").replace(",", ".")
    bare = bare.replace(",", "").replace("'", "").replace("’", "")
    if not bare.strip(_DASHES):
        return Decimal(0)
    return Decimal(bare) if bare.isascii() and bare.replace(".", "", 1).isdecimal() else None


def of_facts(report: Report) -> Iterator[str]:
    """The span covers the figure, digits x scale = value, one value in one place, digits that a processor reads."""
    for id_, count in Counter(f.id for f in report.facts).items():
        if count > 1:
            yield f"id {id_} twice"
    values: dict[tuple[str, str, object], list[Fact]] = {}
    for fact in report.facts:
        words = text_at(report.document, fact.span)
        if words != fact.shown:
            yield f"{fact.id}: shown {fact.shown!r}, on the page {words!r}"
        if not isinstance(fact.value, Decimal):
            continue
        bare = digits(fact.shown, fact.format)
        if bare is not None and bare.scaleb(fact.scale) != abs(fact.value):
            yield f"{fact.id}: {fact.value} is not {fact.shown!r} x 10^{fact.scale}"
        for other in values.setdefault((fact.concept.qname, fact.context, fact.unit), [])[:5]:
            if not consistent((fact.value, fact.decimals), (other.value, other.decimals)):  # type: ignore[arg-type]
                yield f"{fact.id} and {other.id}: two values of {fact.concept.qname} in one context"
        values[fact.concept.qname, fact.context, fact.unit].append(fact)


def of_page(report: Report, page: Element, data: bytes) -> Iterator[str]:
    """The page carries every fact once, and shows what the document says; the figures of the raw file are all there."""
    tags = [e for e in page.iter(f"{_IX}nonFraction", f"{_IX}nonNumeric")]
    if Counter(e.get("id") for e in tags) != Counter(f.id for f in report.facts):
        yield "the page does not carry every fact once"
    for tag in tags:
        text = "".join(tag.itertext())
        if tag.get("format") == "ixt:num-dot-decimal" and not re.fullmatch(r"[0-9,. \xa0]*[0-9][0-9,. \xa0]*", text):
            yield f"{tag.get('id')}: {text!r} is no number to a processor"
    seen = _squeezed(_seen(page))
    said = _squeezed("".join(_texts(report.document)))
    if seen != said:
        yield f"the page does not show what the document says: {_difference(seen, said)}"
    if report.document.format in ("text", "html") and not _HIDES.search(data):
        yield from _figures_of(data, seen)


def _figures_of(data: bytes, seen: str) -> Iterator[str]:
    """Figures of the raw file, tags taken out, that the page does not show as often."""
    try:
        raw = data.decode("ascii")
    except UnicodeDecodeError:
        return
    if any(tag.count('"') % 2 or tag.count("'") % 2 for tag in re.findall(r"<[^<>]*>", raw)):
        return  # an attribute that is not closed swallows what follows it
    plain = html.unescape(re.sub(r"<[^<>]*>", " ", raw)) if "<" in raw or "&" in raw else raw
    if "<" in plain or ">" in plain or "\\" in plain:
        return
    wanted, shown = Counter(re.findall(r"[0-9]", plain)), Counter(re.findall(r"[0-9]", seen))
    if missing := {k: n - shown[k] for k, n in wanted.items() if n > shown[k]}:
        yield f"digits of the file that the page does not show: {missing}"


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from map(_with_marks, row.cells)
        elif isinstance(block, Paragraph):
            yield _with_marks(block)


def _with_marks(block: Paragraph | Cell) -> str:
    """The text with the marks of notes, which stand beside it."""
    text = block.text
    for offset, mark in sorted(block.marks, reverse=True):
        text = text[:offset] + mark + text[offset:]
    return text


def _seen(page: Element) -> str:
    body = page.find(f"{_XHTML}body")
    assert body is not None
    hidden = body.find(f"{_XHTML}div")
    if hidden is not None and "display:none" in str(hidden.get("style") or "").replace(" ", ""):
        body.remove(hidden)
    return "".join(body.itertext())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _difference(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 20) : at + 20]!r} against {other[max(0, at - 20) : at + 20]!r}"


def of_files(report: Report, files: Mapping[str, bytes], data: bytes) -> Iterator[str]:
    for name, content in files.items():
        if name.endswith((".xhtml", ".xml", ".xsd")):
            page = parse_xml(content)
            if name == "report.xhtml":
                yield from of_page(report, page, data)
    rows = list(csv.DictReader(io.StringIO(files["facts.csv"].decode("utf-8-sig"), newline="")))
    if len(rows) != len(report.facts):
        yield f"facts.csv has {len(rows)} rows for {len(report.facts)} facts"
    for row in rows:
        for name, cell in row.items():
            if cell and _FORMULA.match(cell) and not (name in ("value", "decimals") and _NUMBER.fullmatch(cell)):
                yield f"facts.csv: {name} {cell[:40]!r} is a formula to a spreadsheet"


def of_findings(findings: Sequence[Finding], document: Document) -> Iterator[str]:
    """They can be told on a terminal."""
    lines = document.text.split("\n")
    for finding in findings:
        if steering := _STEERS.search(describe(finding, lines, document.name)):
            yield f"{finding.code} steers a terminal with {steering[0]!r}"
        if not finding.message.strip():
            yield f"{finding.code} says nothing"
    for block in document.blocks[:50]:
        if isinstance(block, Paragraph) and _STEERS.search(printable(block.text)):
            yield "a text that is printed steers a terminal"
