"""The address of the principal executive offices.

Two addresses at one caption are two candidates; the header of the submission and the postal code bear one out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..decisions import decide
from ..findings import Finding, Outcome, Severity
from ..model import CoverFact, Decision, Standing, Witness
from ..places import country_code, postal_state, province_code, state_code
from ..records import replace
from .address_lines import Address, addresses
from .flat import Cover
from .header import Said, comparable
from .judge import Candidate, Facts, fact_of, words_of
from .towns import Place

_CELL = re.compile(r"[^\s][^\t\n]*")


def address_facts(cover: Cover, said: dict[str, Said]) -> Facts:
    """The facts of the address.

    Findings: `cover.candidates` (two addresses at one caption), `cover.disagrees` (the header says otherwise, or the
    postal code lies in another state).
    """
    found = [a for a in addresses(cover, said) if a.city or a.code]
    if not found:
        return Outcome((), ())
    decision, taken = _decided(cover, found, said)
    facts = tuple(_facts(cover, taken, decision, said))
    told = [*_others(cover, found, taken, facts, decision), *_differences(facts, said), *_elsewhere(facts)]
    return Outcome(facts, tuple(told))


def _decided(cover: Cover, found: Sequence[Address], said: dict[str, Said]) -> tuple[Decision, Address]:
    """The address at the caption; the header bears one out by its postal code or town, the postal code its state."""
    names = [_written(cover, a) for a in found]
    heard = [
        Witness(value=name, says="at the caption of the principal executive offices", at=cover.at(a.start))
        for name, a in zip(names, found, strict=True)
    ]
    for name, one in zip(names, found, strict=True):
        heard += _bears_out(cover, name, one, said)
    decision = decide("address of the principal executive offices", heard)
    return decision, found[names.index(decision.value)]


def _bears_out(cover: Cover, name: str, one: Address, said: dict[str, Said]) -> Iterator[Witness]:
    pairs = (("EntityAddressPostalZipCode", one.code), ("EntityAddressCityOrTown", one.city))
    header = next(((c, p, said[c]) for c, p in pairs if p and c in said), None)
    if header is not None:
        concept, place, item = header
        same = comparable(concept, words_of(cover, *place)) == comparable(concept, item.value)
        says = f"the header of the submission says {item.key} {item.value}"
        yield Witness(value=name, says=says, at=item.at, independent=True, against=not same)
    if one.code and one.state and (lies := postal_state(words_of(cover, *one.code))):
        same = lies == state_code(words_of(cover, *one.state))
        yield Witness(
            value=name,
            says=f"the postal code lies in {lies}",
            at=cover.at(one.code[0]),
            independent=True,
            against=not same,
        )


def _written(cover: Cover, one: Address) -> str:
    return ", ".join(words_of(cover, *p) for p in (*one.lines, one.city, one.state, one.code, one.country) if p)


def _facts(cover: Cover, one: Address, decision: Decision, said: dict[str, Said]) -> Iterator[CoverFact]:
    lines = [(f"EntityAddressAddressLine{n}", "Address", p) for n, p in enumerate(_split(cover, one.lines)[:3], 1)]
    parts = [
        *lines,
        ("EntityAddressCityOrTown", "City", one.city),
        ("EntityAddressStateOrProvince", "State", one.state),
        ("EntityAddressPostalZipCode", "ZIP", one.code),
        ("EntityAddressCountry", "Country", one.country),
    ]
    codes = {"EntityAddressStateOrProvince": province_code, "EntityAddressCountry": country_code}
    for concept, label, place in parts:
        if place is not None:
            value = codes[concept](cover.text[slice(*place)]) if concept in codes else ""
            form = "hidden" if value and value != words_of(cover, *place) else ""
            fact = fact_of(
                cover, concept, label, Candidate(start=place[0], end=place[1], value=value, form=form), decision
            )
            yield replace(fact, reading=_reading(fact, said.get(concept), decision))


def _reading(fact: CoverFact, item: Said | None, decision: Decision) -> Standing:
    """Each part by the header's; a postal code in its state bears out these two, and neither street nor town."""
    if item is not None:
        same = _same(fact.concept, fact.value, item.value)
        return decision.standing if same else Standing.DOUBTFUL
    borne_by_code = fact.concept in ("EntityAddressStateOrProvince", "EntityAddressPostalZipCode")
    return decision.standing if borne_by_code or decision.standing is Standing.DOUBTFUL else Standing.STATED


def _same(concept: str, mine: str, theirs: str) -> bool:
    """Equal, or one of them with more of the street than the other."""
    mine, theirs = comparable(concept, mine), comparable(concept, theirs)
    return mine.startswith(theirs) or theirs.startswith(mine)


def _split(cover: Cover, lines: Sequence[Place]) -> list[Place]:
    """Cells of a row are lines of their own."""
    parts = (m for a, b in lines for m in _CELL.finditer(cover.text, a, b))
    return [(m.start(), m.start() + len(m.group().rstrip(" ,"))) for m in parts if m.group().strip(" ,")]


def _others(
    cover: Cover, found: Sequence[Address], taken: Address, facts: Sequence[CoverFact], decision: Decision
) -> Iterator[Finding]:
    other = next((a for a in found if _written(cover, a) != decision.value), None)
    if other is not None:
        borne = any(w.independent and not w.against and w.value == decision.value for w in decision.witnesses)
        yield Finding(
            code="cover.candidates",
            severity=Severity.WARNING,
            at=facts[0].at,
            message=f"two addresses at the caption of the principal executive offices: {decision.value}, and "
            f"{_written(cover, other)} ({cover.at(other.start)}); the first named here is taken, as "
            + ("the header of the submission or the postal code bears it out" if borne else "it stands first"),
            hint="look which of the two is meant",
        )


_HEADER_PARTS = (
    "EntityAddressPostalZipCode", "EntityAddressStateOrProvince", "EntityAddressCityOrTown",
    "EntityAddressAddressLine1",
)  # fmt: skip


def _differences(facts: Sequence[CoverFact], said: dict[str, Said]) -> Iterator[Finding]:
    """One finding where the header's address is another one, with both addresses."""
    by = {f.concept: f for f in facts}
    parts = [c for c in _HEADER_PARTS if c in by and c in said]
    other = next((c for c in parts if not _same(c, by[c].value, said[c].value)), None)
    if other is not None:
        mine = ", ".join(by[c].value for c in reversed(_HEADER_PARTS) if c in by)
        theirs = ", ".join(said[c].value for c in reversed(_HEADER_PARTS) if c in said)
        yield Finding(
            code="cover.disagrees",
            severity=Severity.WARNING,
            at=by[other].at,
            message=f"the cover says the address {mine}, the header of the submission {theirs} ({said[other].at})",
            hint="the header is what the filer's agent typed; the cover decides here",
        )


def _elsewhere(facts: Sequence[CoverFact]) -> Iterator[Finding]:
    code = next((f for f in facts if f.concept == "EntityAddressPostalZipCode"), None)
    state = next((f for f in facts if f.concept == "EntityAddressStateOrProvince"), None)
    lies = postal_state(code.value) if code else ""
    if code and state and lies and lies != state.value:
        yield Finding(
            code="cover.disagrees",
            severity=Severity.WARNING,
            at=code.at,
            message=f"the ZIP code {code.value} lies in {lies}; the cover says {state.shown} ({state.at})",
            hint="one of the two is mistyped",
        )
