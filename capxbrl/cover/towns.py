"""Street, town, state and country in a line of an address."""

from __future__ import annotations

import re

from ..patterns import compiled
from ..places import country_code, province_code
from .header import Said

Place = tuple[int, int]
#: Town, state and country in a line of an address; the state None abroad, the country None at home.
Town = tuple[Place, Place | None, Place | None]
_PART = compiled(r"[^\t,]+")
STREET = compiled(
    r"[0-9]+[\w-]*\s+\S.*|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|P\.?\s?O\.?)\s+\S.*"
    r"|.*\b(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Drive|Dr\.|Boulevard|Blvd\.?|Plaza|Parkway|Pkwy\.?"
    r"|Highway|Way|Lane|Suite|Floor|Building|Center|Centre|Tower|Park|Square|House"
    r"|Court|Place|Beach|Broadway|Turnpike|Box)\b.*",
    re.I,
)
#: What a town follows where no comma parts it from the street.
_BEFORE_TOWN = compiled(
    r"\b(?:suite|ste\.?|floor|unit|room)\s+[\w-]+\s+"
    r"|\b(?:street|st\.|avenue|ave\.|road|rd\.|drive|boulevard|blvd\.?|parkway|highway|lane|way"
    r"|plaza|place|court|square|circle)\s+",
    re.I,
)


def town_of(words: str, said: dict[str, Said]) -> Town | None:
    """Town, state and country in a line of an address; the state None abroad, the country None at home."""
    abroad = _abroad(words)
    if abroad is not None:
        return abroad
    found = city_and_state(words, said)
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


def city_and_state(text: str, said: dict[str, Said]) -> tuple[Place, Place] | None:
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
    if unparted and (any(c.isdigit() for c in head[cut:]) or STREET.fullmatch(head[cut:].strip())):
        cut = unparted[-1].end()
    city = head[cut:]
    lead = len(city) - len(city.lstrip())
    if city.strip() and not any(c.isdigit() for c in city):
        return cut + lead, cut + len(city)
    return None
