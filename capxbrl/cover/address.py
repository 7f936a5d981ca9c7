"""The address of the principal executive offices.

An address is read whole: the lines above (or behind) its caption, up to the caption before. Two of them at one caption
are two candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..decisions import decide
from ..findings import Finding, Outcome, Severity
from ..model import CoverFact, Decision, Standing, Witness
from ..places import country_code, postal_state, province_code, state_code
from ..words import pattern
from .flat import Cover
from .header import Said, comparable
from .judge import Candidate, Facts, fact_of, words_of
from .names import words_at

Place = tuple[int, int]
#: Town, state and country in a line of an address; the state None abroad, the country None at home.
Town = tuple[Place, Place | None, Place | None]

#: How far above its caption an address reaches, and how far behind it the postal code may stand.
_REACH, _BEHIND = 500, 160
_ZIP = re.compile(r"(?<![\d-])[0-9]{5}(?:-[0-9]{4})?(?![\d-])")
_CODE_BESIDE = re.compile(r"[^()\n]{0,80}\)\s{0,9}([0-9]{5}(?:-[0-9]{4})?)\s{0,9}\(?\s?zip", re.I)
_AFTER_CODE = re.compile(r"\(?zip\s+code\)?|\s", re.I)
#: Postal codes of Canada and the United Kingdom.
_ABROAD = re.compile(r"\b[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]\b|\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
_SEAT = re.compile(r"washington\W{1,5}d\W{0,3}c\W{0,6}20549", re.I)
_PART = re.compile(r"[^\t,]+")
_CELL = re.compile(r"[^\s][^\t\n]*")
_STREET = re.compile(
    r"[0-9]+[\w-]*\s+\S.*|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|P\.?\s?O\.?)\s+\S.*"
    r"|.*\b(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Drive|Dr\.|Boulevard|Blvd\.?|Plaza|Parkway|Pkwy\.?"
    r"|Highway|Way|Lane|Suite|Floor|Building|Center|Centre|Tower|Park|Square|House"
    r"|Court|Place|Beach|Broadway|Turnpike|Box)\b.*",
    re.I,
)
#: What a town follows where no comma parts it from the street.
_BEFORE_TOWN = re.compile(
    r"\b(?:suite|ste\.?|floor|unit|room)\s+[\w-]+\s+"
    r"|\b(?:street|st\.|avenue|ave\.|road|rd\.|drive|boulevard|blvd\.?|parkway|highway|lane|way"
    r"|plaza|place|court|square|circle)\s+",
    re.I,
)
#: Captions that end an address above; what stands on their side belongs to them.
_CAPTIONS = (
    "name", "state", "file_number", "irs", "zip", "address", "former", "telephone", "agent", "period",
    "date_of_report", "transition", "pursuant",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Places on the cover: the lines of the street, the town, and what stands of state, postal code and country."""

    lines: tuple[Place, ...] = ()
    city: Place | None = None
    state: Place | None = None
    code: Place | None = None
    country: Place | None = None

    @property
    def start(self) -> int:
        return min(p[0] for p in (*self.lines, self.city, self.state, self.code) if p)


def address_facts(cover: Cover, said: dict[str, Said]) -> Facts:
    """The facts of the address.

    Findings: `cover.candidates` (two addresses at one caption), `cover.disagrees` (the header says otherwise, or the
    postal code lies in another state).
    """
    found = [a for a in _addresses(cover, said) if a.city or a.code]
    if not found:
        return Outcome((), ())
    decision, taken = _decided(cover, found, said)
    facts = tuple(_facts(cover, taken, decision, said))
    told = [*_others(cover, found, taken, facts, decision), *_differences(facts, said), *_elsewhere(facts)]
    return Outcome(facts, tuple(told))


def _addresses(cover: Cover, said: dict[str, Said]) -> list[Address]:
    captions = [
        m
        for m in cover.all(pattern("cover", "address"))
        if not pattern("cover", "former").search(cover.text, *cover.line(m.start()))
    ]
    out: list[Address] = []
    for caption in captions[:1]:
        out = _read(cover, _region(cover, caption), said)
        out = [_with_code(cover, a, caption) for a in out] or _read(cover, _behind(cover, caption), said)
    if not out and not captions:
        out = _uncaptioned(cover, said)[:1]
    return out


def _is_caption(cover: Cover, start: int, end: int) -> bool:
    """Words that end an address: a caption, the rest of one, a rule of text in parentheses."""
    words = cover.text[start:end]
    if words.count("(") != words.count(")") or words.count("[") != words.count("]"):
        return True
    return any(pattern("cover", name).search(words) for name in _CAPTIONS)


def _region(cover: Cover, caption: re.Match[str]) -> list[Place]:
    """The chunks above a caption, down the page, back to the caption before them (a postal code's is passed over)."""
    chunks: list[Place] = []
    edge = words_at(caption)
    for place in reversed(cover.chunks(max(cover.start, caption.start() - _REACH), edge)):
        words = cover.text[slice(*place)]
        if pattern("cover", "zip").search(words) and len(words) < 30:
            continue
        inline = place[1] >= edge - 3 and words.rfind("(") > 0
        if inline:
            head = words[: words.rfind("(")].rstrip()
            cut = head.rfind(")") + 1  # where a text has lost its lines, the caption before it ends there
            cut += len(head[cut:]) - len(head[cut:].lstrip())
            place = place[0] + cut, place[0] + len(head)
            if cut:
                return [place]
        elif _is_caption(cover, *place):
            break
        chunks.append(place)
    return _rows(cover, chunks[::-1])


def _rows(cover: Cover, chunks: Sequence[Place]) -> list[Place]:
    """Chunks that stand side by side, with nothing but blanks between them, as one."""
    out: list[Place] = []
    for place in chunks:
        between = cover.text[out[-1][1] : place[0]] if out else "\n"
        if between.strip(" \t") or "\n" in between:
            out.append(place)
        else:
            out[-1] = out[-1][0], place[1]
    return out


def _behind(cover: Cover, caption: re.Match[str]) -> list[Place]:
    """The chunks behind a caption that ends in a colon, up to the next caption."""
    opening = re.compile(r"[^:\n]{0,60}:\s{0,9}").match(cover.text, caption.end(), cover.limit)
    if opening is None:
        return []
    out: list[Place] = []
    for place in cover.chunks(opening.end(), min(cover.limit, opening.end() + _REACH)):
        if _is_caption(cover, *place) or len(out) == 4:
            break
        out.append(place)
    return _rows(cover, out)


def _uncaptioned(cover: Cover, said: dict[str, Said]) -> list[Address]:
    """A whole address that no caption names: town, state and ZIP code in one line, below the registrant's name."""
    chunks = _rows(cover, cover.chunks(max(cover.start, cover.form[1]), cover.limit))
    for number, place in enumerate(chunks):
        words = cover.text[slice(*place)]
        code = _code(words)
        if code and not _SEAT.search(words) and len(words) < 120 and _city_state(words[: code.start()], said):
            before = [
                c for c in chunks[max(0, number - 2) : number] if _STREET.fullmatch(cover.text[slice(*c)].strip())
            ]
            return _read(cover, [*before, place], said)
    return []


def _read(cover: Cover, chunks: Sequence[Place], said: dict[str, Said]) -> list[Address]:
    """The addresses that chunks hold: each ends at its town; lines that are no street are none of it."""
    out: list[Address] = []
    lines: list[Place] = []
    loose: list[Place] = []  # postal codes that stand alone, above or beside the town
    for start, end in chunks:
        words = cover.text[start:end]
        if _SEAT.search(words):
            lines = []
            continue
        code = _code(words)
        town = _town(words[: code.start()] if code else words, said)
        if town is not None:
            out.append(_address(cover, start, words, town, code, lines, loose))
            lines = []
        elif code and not words[code.end() :].strip():
            loose.append((start + code.start(), start + code.end()))
            lines += _pieces(words[: code.start()], start)
            if out and not lines:
                out[-1] = replace(out[-1], code=out[-1].code or loose.pop())
        else:
            lines.append((start, end))
    return out


def _address(
    cover: Cover,
    start: int,
    words: str,
    town: Town,
    code: re.Match[str] | None,
    lines: Sequence[Place],
    loose: list[Place],
) -> Address:
    """The address that ends with a line: the street lines above it, and what stands before the town in it."""
    city, state, country = town
    place = (start + code.start(), start + code.end()) if code else None
    return Address(
        lines=tuple([*_streets(cover, lines), *_pieces(words[: city[0]], start)][-3:]),
        city=_shift(city, start),
        state=_shift(state, start),
        country=_shift(country, start),
        code=place or (loose.pop() if loose else None),
    )


def _code(words: str) -> re.Match[str] | None:
    """The postal code of a line: the last one, as a street's number may have five digits too."""
    return max([*_ZIP.finditer(words), *_ABROAD.finditer(words)], key=lambda m: m.end(), default=None)


def _shift(place: Place | None, by: int) -> Place | None:
    return (place[0] + by, place[1] + by) if place else None


def _pieces(words: str, start: int) -> list[Place]:
    """What stands before the town in its line: the street, one piece."""
    bare = words.rstrip(" ,\t")
    return [(start, start + len(bare))] if any(c.isalnum() for c in bare) else []


def _streets(cover: Cover, lines: Sequence[Place]) -> list[Place]:
    """The last lines that may be a street; what stands above the first of them is something else."""
    kept = [p for p in lines if _STREET.fullmatch(cover.text[slice(*p)].strip())]
    first = lines.index(kept[0]) if kept else len(lines)
    return [(a, a + len(cover.text[a:b].rstrip(" ,"))) for a, b in lines[first:]]


def _town(words: str, said: dict[str, Said]) -> Town | None:
    """Town, state and country in a line of an address; the state None abroad, the country None at home."""
    abroad = _abroad(words)
    if abroad is not None:
        return abroad
    found = _city_state(words, said)
    return (found[0], found[1], None) if found else None


def _abroad(words: str) -> Town | None:
    """ "Dublin 2, Ireland"; "Vancouver, British Columbia, Canada"."""
    parts = [
        (m.start() + len(m.group()) - len(m.group().lstrip()), m.start() + len(m.group().rstrip()))
        for m in _PART.finditer(words)
    ]
    parts = [p for p in parts if p[1] > p[0]]
    if len(parts) < 2 or not country_code(words[slice(*parts[-1])]):
        return None
    country = parts[-1]
    at = len(parts) - 2
    state = parts[at] if province_code(words[slice(*parts[at])]) else None
    if state is not None:
        at -= 1
    return (parts[at], state, country) if at >= 0 else None


def _city_state(text: str, said: dict[str, Said]) -> tuple[Place, Place] | None:
    """The places of town and state in "21211 Nordhoff Street, Chatsworth, California"."""
    for match in sorted(re.finditer(r"[A-Za-z][A-Za-z.]*(?:\s+[A-Za-z][A-Za-z.]*)?", text), key=lambda m: -m.end()):
        for start in (match.start(), match.start() + match.group().rfind(" ") + 1):
            if text[match.end() :].strip(" ,.-\t\n") or not _is_state(text[start : match.end()]):
                continue
            city = _city(text[:start], said)
            if city is not None:
                return city, (start, match.end())
    return None


def _is_state(word: str) -> bool:
    return bool(province_code(word)) and (len(word.replace(".", "")) != 2 or word.isupper())


def _city(head: str, said: dict[str, Said]) -> Place | None:
    """The town that ends a line before its state; where no comma parts it from the street, the header's town does."""
    head = head.rstrip(", \t")
    if not re.search(r"[A-Za-z.]$", head):
        return None
    named = said.get("EntityAddressCityOrTown")
    known = re.search(r"\b" + r"\s+".join(map(re.escape, named.value.split())) + "$", head, re.I) if named else None
    cut = known.start() if known else max(head.rfind(","), head.rfind("\t"), head.rfind("   ")) + 1
    unparted = None if known else list(_BEFORE_TOWN.finditer(head, cut))
    if unparted and (any(c.isdigit() for c in head[cut:]) or _STREET.fullmatch(head[cut:].strip())):
        cut = unparted[-1].end()
    city = head[cut:]
    lead = len(city) - len(city.lstrip())
    if city.strip() and not any(c.isdigit() for c in city):
        return cut + lead, cut + len(city)
    return None


def _with_code(cover: Cover, found: Address, caption: re.Match[str]) -> Address:
    """With the postal code that stands behind the caption, alone or beside its own caption."""
    if found.code is not None or found.country is not None:
        return found
    beside = _CODE_BESIDE.match(cover.text, caption.end(), cover.limit)
    if beside is not None:
        return replace(found, code=beside.span(1))
    for start, end in cover.chunks(caption.end(), min(cover.limit, caption.end() + _BEHIND)):
        code = _ZIP.search(cover.text, start, end)
        if (
            code
            and not cover.text[start : code.start()].strip()
            and not _AFTER_CODE.sub("", cover.text[code.end() : end])
        ):
            return replace(found, code=code.span())
    return found


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
