"""Who audited an annual report: name, place and number, where the filing prints them (Form 10-K, since 2021).

They stand on the cover, in Item 14, in the index of the financial statements or at the head of the auditors' report:
at captions of their own ("Auditor Firm ID: 42"), or in a row ("Birch & Vale LLP, Denver, Colorado, PCAOB ID 4242").
A name or place that only the signature of the report shows is taken where its number is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Outcome
from ..hints import holds
from ..model import CoverFact, Document, Paragraph, Table
from ..patterns import compiled
from ..words import pattern
from . import tolerances as tol
from .flat import Cover, flat_of
from .judge import Candidate, Facts, fact_of

_LABELS = {"AuditorName": "Auditor Name", "AuditorLocation": "Auditor Location", "AuditorFirmId": "Auditor Firm ID"}
#: What a block must have to be looked at: letters only, any case.
_HINTS = ("pcaob", "auditor firm", "auditor name", "firm id")
_NUMBER = compiled(r"[\s:#.()–—-]{0,6}(\d{1,6})(?![\d,.-]*\d)")
#: A value ends where a line, a cell, or another caption begins.
_VALUE = compiled(r"[\s:–—-]{0,4}([^\t\n;|]{2,100})")
#: A firm: words with capitals, then what kind of firm it is. The words are parted by blanks, so none is read two ways.
_KIND = r"(?:LLLP|LLP|L\.L\.P\.|PLLC|LLC|L\.L\.C\.|P\.?C\.?|P\.?A\.?|PAC|CPAs?|Inc\.?|Ltd\.?)"
_FIRM = rf"(?:[A-Z][A-Za-z0-9.'’-]{{0,30}},?[ \xa0](?:(?:&|and|\+)[ \xa0])?){{1,6}}{_KIND}"
_PLACE = r"[A-Z][A-Za-z.'’ -]{1,40},[ \xa0]?(?:[A-Z]\.?[A-Z]\.?|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?![a-z])"
#: "Birch & Vale LLP, Denver, Colorado (PCAOB ID 4242)", from the right.
_IN_A_ROW = compiled(rf"({_FIRM})[.,;:()|\s–—-]{{1,6}}(?:({_PLACE})[.,;:()|\s–—-]{{0,6}})?(?:\(?the )?$")
_SIGNED = compiled(rf"/[sS]/[ \xa0]{{0,4}}({_FIRM})")
_CITY = compiled(rf"^[ \t]{{0,9}}({_PLACE})[ \t]{{0,9}}$", re.M)


def auditor_facts(document: Document) -> Facts:
    """The facts of the auditor, in the order name, place, number; none where no number is printed."""
    for part in _parts(document):
        found = {**_in_a_row(part), **_captioned(part)}
        if "AuditorFirmId" in found:
            facts = {name: _fact(part, name, *found[name]) for name in _LABELS if name in found}
            if len(facts) < len(_LABELS):
                facts = {**_signed(document), **facts}
            return Outcome(tuple(facts[name] for name in _LABELS if name in facts), ())
    return Outcome((), ())


def _parts(document: Document) -> Iterator[Cover]:
    """What stands around each place that may name the auditor."""
    there = [n for n, block in enumerate(document.blocks) if holds(_low(block), _HINTS)]
    for number in there[: tol.COVER.auditors]:
        around = range(max(0, number - tol.COVER.around), min(len(document.blocks), number + tol.COVER.around + 1))
        flat = flat_of(document, around)
        yield Cover(flat=flat, start=0, limit=len(flat.text))


def _low(block: object) -> str:
    if isinstance(block, Paragraph):
        return block.text.lower()
    if isinstance(block, Table):
        return "\t".join([cell.text for row in block.rows for cell in row.cells]).lower()
    return ""


def _captioned(part: Cover) -> dict[str, tuple[int, int]]:
    """What stands behind the captions, or below them in their columns: {fact: (start, end)}."""
    out: dict[str, tuple[int, int]] = {}
    for name in _LABELS:
        for caption in part.all(pattern("cover", f"auditor:{name}")):
            at = _behind(part, name, caption.end()) or _below(part, name, caption)
            if at is not None:
                out[name] = at
                break
    return out


def _behind(part: Cover, name: str, end: int) -> tuple[int, int] | None:
    shape = _NUMBER if name == "AuditorFirmId" else _VALUE
    value = shape.match(part.text, end, part.limit)
    if value is None:
        return None
    start, stop = value.span(1)
    for other in _LABELS:
        caption = part.search(pattern("cover", f"auditor:{other}"), start, stop + 20)
        stop = min(stop, caption.start()) if caption else stop
    return _trimmed(part.text, start, stop)


def _below(part: Cover, name: str, caption: re.Match[str]) -> tuple[int, int] | None:
    """The cell below a caption in a table."""
    number = part.flat.piece(caption.start())
    block, row, cell, _ = part.flat.pieces[number]
    for at, (other, r, c, source) in enumerate(part.flat.pieces):
        if other == block and row is not None and r == row + 1 and c == cell:
            start = part.flat.starts[at]
            if name == "AuditorFirmId" and not source.text.strip().isdigit():
                return None
            return _trimmed(part.text, start, start + len(source.text))
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    words = piece.strip(" \xa0\t\n:,;()|-–—")
    if not words:
        return None
    begin = start + piece.index(words)
    return begin, begin + len(words)


def _in_a_row(part: Cover) -> dict[str, tuple[int, int]]:
    """Name, place and number one behind the other."""
    for caption in part.all(pattern("cover", "auditor:AuditorFirmId")):
        number = _NUMBER.match(part.text, caption.end(), part.limit)
        if number is None:
            continue
        out = {"AuditorFirmId": number.span(1)}
        named = _IN_A_ROW.search(part.text[max(0, caption.start() - tol.COVER.auditor) : caption.start()])
        if named is not None:
            offset = max(0, caption.start() - tol.COVER.auditor)
            for name, group in (("AuditorName", 1), ("AuditorLocation", 2)):
                if named[group]:
                    out[name] = named.start(group) + offset, named.end(group) + offset
        return out
    return {}


def _signed(document: Document) -> dict[str, CoverFact]:
    """The auditor who signed a report in the filing, and the place named below."""
    for number, block in enumerate(document.blocks):
        text = block.text if isinstance(block, Paragraph) else ""
        if "/s/" not in text.lower():
            continue
        flat = flat_of(document, range(number, min(len(document.blocks), number + 2 * tol.COVER.around + 1)))
        part = Cover(flat=flat, start=0, limit=len(flat.text))
        signed = _SIGNED.search(part.text)
        if signed is None:
            continue
        out = {"AuditorName": _fact(part, "AuditorName", *signed.span(1))}
        place = _CITY.search(part.text, signed.end(), signed.end() + tol.COVER.auditor_place)
        if place is not None:
            out["AuditorLocation"] = _fact(part, "AuditorLocation", *place.span(1))
        return out
    return {}


def _fact(part: Cover, name: str, start: int, end: int) -> CoverFact:
    return fact_of(part, name, _LABELS[name], Candidate(start=start, end=end))
