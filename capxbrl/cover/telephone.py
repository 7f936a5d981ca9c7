"""The registrant's telephone number."""

from __future__ import annotations

import re
from functools import cache

from ..findings import Outcome
from ..patterns import compiled
from ..records import replace
from ..words import pattern
from . import tolerances as tol
from .flat import Cover
from .header import Said, comparable
from .judge import Candidate, Facts, fact_of, judge, words_of
from .names import words_at


@cache
def _phone() -> re.Pattern[str]:
    area = r"(?:\(\s{0,9})?([0-9]{3})\s{0,9}[)./-]{1,2}\s{0,9}"
    return compiled(
        area + r"([0-9]{3}\s{0,9}[-.\s]\s{0,9}[0-9]{4})(?!\d)|(?<![\d-])([0-9]{3})\s{1,9}([0-9]{3}-[0-9]{4})(?!\d)"
    )


#: "+353 (1) 234-3136", "(353) (1) 234-3136": the country's code, and the number in that country.
_PHONE_ABROAD = compiled(
    r"\(?(?:\+|011[ -])?([0-9]{2,3})\)?[ -]{1,3}(\(?[0-9]{1,4}\)?(?:[ -][0-9]{2,8}){1,4})(?![\d-])"
)


def telephone_facts(cover: Cover, said: Said | None) -> Facts:
    """Area code and local number, at their caption."""
    caption = cover.search(pattern("cover", "telephone"))
    if caption is None:
        return Outcome((), ())
    found = _at_caption(cover, caption, _phone())
    if found:
        places = [(m.span(1), m.span(2)) if m[1] else (m.span(3), m.span(4)) for m in found]
    else:
        places = [(m.span(1), m.span(2)) for m in _at_caption(cover, caption, _PHONE_ABROAD)]
    whole = [
        Candidate(start=a[0], end=b[1], value="-".join((words_of(cover, *a), words_of(cover, *b)))) for a, b in places
    ]
    named = [c for c in whole if said and comparable("Telephone", c.value) == comparable("Telephone", said.value)]
    made = judge(cover, "Telephone", "Telephone", (named or whole)[:1], said)
    if not made.value:
        return made
    reading = made.value[0]
    area, local = places[whole.index((named or whole)[0])]
    facts = tuple(
        replace(
            fact_of(cover, concept, "Telephone", Candidate(start=p[0], end=p[1])),
            reading=reading.reading,
            confidence=reading.confidence,
        )
        for concept, p in (("CityAreaCode", area), ("LocalPhoneNumber", local))
    )
    return Outcome(facts, made.findings)


def _at_caption(cover: Cover, caption: re.Match[str], shape: re.Pattern[str]) -> list[re.Match[str]]:
    """What has the shape near a caption: in its column above it first, then by distance."""
    column = cover.column_above(words_at(caption))

    def far(match: re.Match[str]) -> tuple[bool, int]:
        aligned = any(a <= match.start() < b for a, b in column)
        return not aligned, min(abs(match.end() - caption.start()), abs(match.start() - caption.end()))

    return sorted(cover.all(shape, caption.start() - tol.COVER.number, caption.end() + tol.COVER.number), key=far)
