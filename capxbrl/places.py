"""States and countries as the Commission codes them (EDGAR state and country codes)."""

from __future__ import annotations

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO", "connecticut": "CT",
    "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD",
    "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
    "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX",
    "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip

#: Places abroad where filers are commonly organised.
COUNTRIES = {
    "bermuda": "D0", "cayman islands": "E9", "ireland": "L2", "england and wales": "X0", "england": "X0", "united kingdom": "X0", "netherlands": "P7",
    "the netherlands": "P7", "switzerland": "V8", "luxembourg": "N4", "ontario": "A6", "british columbia": "A1", "alberta": "A0", "quebec": "A8",
    "canada": "Z4", "israel": "L3", "marshall islands": "1T", "republic of the marshall islands": "1T", "british virgin islands": "D8", "panama": "R1",
    "liberia": "N0", "netherlands antilles": "P8", "curacao": "P8", "singapore": "U0", "hong kong": "K3", "china": "F4", "japan": "M0",
}  # fmt: skip

#: Abbreviations of states as addresses print them.
_SHORT = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO", "conn": "CT", "del": "DE", "fla": "FL", "ga": "GA",
    "ill": "IL", "ind": "IN", "kan": "KS", "ky": "KY", "la": "LA", "mass": "MA", "md": "MD", "mich": "MI", "minn": "MN", "miss": "MS", "mo": "MO",
    "neb": "NE", "nev": "NV", "okla": "OK", "ore": "OR", "pa": "PA", "penn": "PA", "tenn": "TN", "tex": "TX", "va": "VA", "wash": "WA", "wis": "WI", "wyo": "WY",
}  # fmt: skip
_CODES = frozenset(STATES.values())


def state_code(text: str) -> str:
    """The code of a state, by its name, code or abbreviation; "" when it is none."""
    word = " ".join(text.split()).strip(" .,").lower()
    if word.upper() in _CODES:
        return word.upper()
    return STATES.get(word) or _SHORT.get(word.replace(".", ""), "")


def place_code(text: str) -> str:
    """The code of a state or a country; "" when it is neither."""
    word = " ".join(text.split()).strip(" .,").lower()
    word = word.removeprefix("state of ").removeprefix("commonwealth of ")
    return state_code(word) or COUNTRIES.get(word, "")
