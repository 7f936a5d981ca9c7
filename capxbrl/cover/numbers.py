"""The numbers of a registrant: the Commission's file number, the employer identification number, the CIK."""

from __future__ import annotations

import re

from ..findings import Finding, Outcome, Severity
from ..patterns import compiled
from ..words import pattern
from . import tolerances as tol
from .flat import Cover
from .header import Said, comparable
from .judge import Candidate, Facts, judge, words_of
from .names import words_at

_FILE_NUMBER = compiled(
    r"(?<![\d-])(?:0{0,2}[0-3]{1,3}|333|811|814)-\s?[0-9]{2,6}(?:-[0-9]{1,2})?(?:-[A-Z]{1,3}\b)?(?![\d-])"
)
_IRS = compiled(r"(?<![\d-])[0-9]{2}-\s?[0-9]{7}(?![\d-])|(?<![\d-])[0-9]{9}(?![\d-])")
#: What stands where an employer number should, with too few or too many digits.
_DAMAGED_IRS = compiled(r"(?<![\d-])[0-9]{2}-[0-9]{5,6}(?![\d-])|(?<![\d-])[0-9]{2}-[0-9]{8,9}(?![\d-])")
_CIK = compiled(r"(?<![\d-])[0-9]{10}(?![\d-])|(?<![\d-])[0-9]{5,7}(?![\d-])")


def _at(cover: Cover, shape: re.Pattern[str], caption: re.Match[str], reach: int) -> list[re.Match[str]]:
    """What has the shape near a caption: above it in its column first, then right behind it, then by distance."""
    column = cover.column_above(words_at(caption))

    def far(match: re.Match[str]) -> tuple[bool, bool, int]:
        aligned = any(a <= match.start() < b for a, b in column)
        behind = match.start() >= caption.end() and "\n" not in cover.text[caption.end() : match.start()].strip()
        distance = min(abs(match.end() - caption.start()), abs(match.start() - caption.end()))
        return not aligned, not behind, distance

    return sorted(cover.all(shape, caption.start() - reach, caption.end() + reach), key=far)


def file_number_facts(cover: Cover, said: Said | None) -> Facts:
    """The file number at its caption."""
    return _judged(
        cover, "EntityFileNumber", "Commission File Number", "file_number", _FILE_NUMBER, said, tol.COVER.number
    )


def cik_facts(cover: Cover, said: Said | None) -> Facts:
    """The Commission's number of the registrant, where the cover prints it."""
    made = _judged(cover, "EntityCentralIndexKey", "Central Index Key", "cik", _CIK, said, tol.COVER.cik)
    return made


def employer_number_facts(cover: Cover, said: Said | None) -> Facts:
    """The employer identification number at its caption. Finding `cover.number`: digits missing or too many."""
    made = _judged(
        cover, "EntityTaxIdentificationNumber", "IRS Employer Identification No.", "irs", _IRS, said, tol.COVER.number
    )
    caption = cover.search(pattern("cover", "irs"))
    damaged = _at(cover, _DAMAGED_IRS, caption, tol.COVER.number) if caption and not made.value else []
    if not damaged:
        return made
    told = Finding(
        code="cover.number",
        severity=Severity.WARNING,
        at=cover.at(damaged[0].start()),
        message=f"{damaged[0].group()} is no employer identification number (nine digits)"
        + (f"; the header of the submission says {said.value} ({said.at})" if said else ""),
        hint="compare with the original filing",
    )
    return Outcome((), (told,))


def _judged(
    cover: Cover, concept: str, label: str, caption: str, shape: re.Pattern[str], said: Said | None, reach: int
) -> Facts:
    """The nearest number of each caption; where the header names one of those near, that one."""
    captions = cover.all(pattern("cover", caption))
    if not captions:
        return Outcome((), ())
    near = _at(cover, shape, captions[0], reach)
    named = [m for m in near if said and comparable(concept, m.group()) == comparable(concept, said.value)]
    return judge(cover, concept, label, [_candidate(cover, concept, m) for m in (named or near)[:1]], said)


def _candidate(cover: Cover, concept: str, match: re.Match[str]) -> Candidate:
    words = words_of(cover, *match.span())
    value = words.replace(" ", "")
    if concept == "EntityTaxIdentificationNumber" and "-" not in value:
        value = f"{value[:2]}-{value[2:]}"
    if concept == "EntityCentralIndexKey":
        value = value.zfill(10)
    # A number without its hyphen is not the value: the words stay visible, the value is hidden.
    return Candidate(start=match.start(), end=match.end(), value=value, form="" if value == match.group() else "hidden")
