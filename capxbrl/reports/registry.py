"""The SEC's own transformations, where one makes of the words of the cover what the element wants: a state, a province
or a country of its name, an exchange, a category of filers.

Then the tag stands on the words, and nothing is hidden. Source: EDGAR Filer Manual II, 5.2.5; the SEC's registry of
2015-08-31 (each word of a name in small letters but for its first, which may be either).
"""

from __future__ import annotations

from ..places import COUNTRIES, PROVINCES, STATES

#: Names that the registry has otherwise or not at all.
_OTHERWISE = frozenset(
    {
        *("curacao", "federal republic of germany", "kingdom of the netherlands", "korea", "netherlands antilles"),
        *("republic of liberia", "republic of panama", "the netherlands"),
    }
)
_EXCHANGES = {
    "new york stock exchange": "NYSE",
    "nasdaq global market": "NASDAQ",
    "nasdaq global select market": "NASDAQ",
    "nasdaq stock market": "NASDAQ",
}
_CATEGORIES = {name.lower(): name for name in ("Large Accelerated Filer", "Accelerated Filer", "Non-accelerated Filer")}
_STATES = STATES | {name: postal for name, (_, postal) in PROVINCES.items()}
_COUNTRIES = {name: codes for name, codes in COUNTRIES.items() if name not in _OTHERWISE}
_PLACES = {name: code for name, (code, _) in (PROVINCES | _COUNTRIES).items()}
_ISO = {name: code for name, (_, code) in _COUNTRIES.items()}
#: Element -> transformations that may make its value, each with what it makes of which name.
_OF = {
    "EntityIncorporationStateCountryCode": {"stateprovnameen": _STATES, "edgarprovcountryen": _PLACES},
    "EntityAddressStateOrProvince": {"stateprovnameen": _STATES},
    "EntityAddressCountry": {"countrynameen": _ISO},
    "SecurityExchangeName": {"exchnameen": _EXCHANGES},
    "EntityFilerCategory": {"entityfilercategoryen": _CATEGORIES},
}


def transformation(concept: str, words: str, value: str) -> str:
    """The name of the transformation that makes the value of an element of dei of these words; "" where none does."""
    name = _named(words, exchange=concept == "SecurityExchangeName")
    made = (f"ixt-sec:{which}" for which, names in _OF.get(concept, {}).items() if names.get(name) == value)
    return next(made, "")


def _named(words: str, *, exchange: bool) -> str:
    """The name in small letters; "" where its letters are not such as the registry takes."""
    said = " ".join(words.split())
    if exchange:
        said = said.removeprefix("The ").removeprefix("the ").removesuffix(" LLC").removesuffix(",")
        said = said.replace("NASDAQ", "Nasdaq")
    return said.lower() if all(word[1:].islower() for word in said.split(" ")) else ""
