"""States and countries: as the Commission codes them (EDGAR state and country codes), as addresses write them, and
which postal codes lie in which state (USPS, Publication 65)."""

from __future__ import annotations

import bisect
import re

STATES = {
    "alabama": "AL",
    "alaska": "AK",
    "arizona": "AZ",
    "arkansas": "AR",
    "california": "CA",
    "colorado": "CO",
    "connecticut": "CT",
    "delaware": "DE",
    "district of columbia": "DC",
    "florida": "FL",
    "georgia": "GA",
    "hawaii": "HI",
    "idaho": "ID",
    "illinois": "IL",
    "indiana": "IN",
    "iowa": "IA",
    "kansas": "KS",
    "kentucky": "KY",
    "louisiana": "LA",
    "maine": "ME",
    "maryland": "MD",
    "massachusetts": "MA",
    "michigan": "MI",
    "minnesota": "MN",
    "mississippi": "MS",
    "missouri": "MO",
    "montana": "MT",
    "nebraska": "NE",
    "nevada": "NV",
    "new hampshire": "NH",
    "new jersey": "NJ",
    "new mexico": "NM",
    "new york": "NY",
    "north carolina": "NC",
    "north dakota": "ND",
    "ohio": "OH",
    "oklahoma": "OK",
    "oregon": "OR",
    "pennsylvania": "PA",
    "puerto rico": "PR",
    "rhode island": "RI",
    "south carolina": "SC",
    "south dakota": "SD",
    "tennessee": "TN",
    "texas": "TX",
    "utah": "UT",
    "vermont": "VT",
    "virginia": "VA",
    "washington": "WA",
    "west virginia": "WV",
    "wisconsin": "WI",
    "wyoming": "WY",
}

#: Provinces of Canada: the Commission's code and the postal one.
PROVINCES = {
    "alberta": ("A0", "AB"),
    "british columbia": ("A1", "BC"),
    "manitoba": ("A2", "MB"),
    "new brunswick": ("A3", "NB"),
    "newfoundland": ("A4", "NL"),
    "nova scotia": ("A5", "NS"),
    "ontario": ("A6", "ON"),
    "prince edward island": ("A7", "PE"),
    "quebec": ("A8", "QC"),
    "saskatchewan": ("A9", "SK"),
    "yukon": ("B0", "YT"),
}

#: Countries where filers are organised or sit: the Commission's code and that of ISO 3166-1.
COUNTRIES = {
    "argentina": ("C1", "AR"),
    "australia": ("C3", "AU"),
    "austria": ("C4", "AT"),
    "bahamas": ("C5", "BS"),
    "barbados": ("C8", "BB"),
    "belgium": ("C9", "BE"),
    "bermuda": ("D0", "BM"),
    "brazil": ("D5", "BR"),
    "british virgin islands": ("D8", "VG"),
    "canada": ("Z4", "CA"),
    "cayman islands": ("E9", "KY"),
    "chile": ("F3", "CL"),
    "china": ("F4", "CN"),
    "people's republic of china": ("F4", "CN"),
    "colombia": ("F8", "CO"),
    "curacao": ("P8", "CW"),
    "cyprus": ("G4", "CY"),
    "denmark": ("G7", "DK"),
    "england": ("X0", "GB"),
    "england and wales": ("X0", "GB"),
    "finland": ("H9", "FI"),
    "france": ("I0", "FR"),
    "germany": ("2M", "DE"),
    "federal republic of germany": ("2M", "DE"),
    "greece": ("J3", "GR"),
    "guernsey": ("Y7", "GG"),
    "hong kong": ("K3", "HK"),
    "india": ("K7", "IN"),
    "indonesia": ("K8", "ID"),
    "ireland": ("L2", "IE"),
    "isle of man": ("Y8", "IM"),
    "israel": ("L3", "IL"),
    "italy": ("L6", "IT"),
    "japan": ("M0", "JP"),
    "jersey": ("Y9", "JE"),
    "korea": ("M5", "KR"),
    "republic of korea": ("M5", "KR"),
    "liberia": ("N0", "LR"),
    "republic of liberia": ("N0", "LR"),
    "luxembourg": ("N4", "LU"),
    "malaysia": ("N8", "MY"),
    "marshall islands": ("1T", "MH"),
    "mexico": ("O5", "MX"),
    "republic of the marshall islands": ("1T", "MH"),
    "netherlands": ("P7", "NL"),
    "the netherlands": ("P7", "NL"),
    "kingdom of the netherlands": ("P7", "NL"),
    "netherlands antilles": ("P8", "AN"),
    "new zealand": ("Q2", "NZ"),
    "norway": ("Q8", "NO"),
    "panama": ("R1", "PA"),
    "republic of panama": ("R1", "PA"),
    "philippines": ("R6", "PH"),
    "singapore": ("U0", "SG"),
    "south africa": ("T3", "ZA"),
    "spain": ("U3", "ES"),
    "sweden": ("V7", "SE"),
    "switzerland": ("V8", "CH"),
    "taiwan": ("F5", "TW"),
    "united kingdom": ("X0", "GB"),
}

#: Abbreviations of states as addresses print them.
_SHORT = {
    "ala": "AL",
    "ariz": "AZ",
    "ark": "AR",
    "calif": "CA",
    "cal": "CA",
    "colo": "CO",
    "conn": "CT",
    "del": "DE",
    "fla": "FL",
    "ga": "GA",
    "ill": "IL",
    "ind": "IN",
    "kan": "KS",
    "ky": "KY",
    "la": "LA",
    "mass": "MA",
    "md": "MD",
    "mich": "MI",
    "minn": "MN",
    "miss": "MS",
    "mo": "MO",
    "neb": "NE",
    "nev": "NV",
    "okla": "OK",
    "ore": "OR",
    "pa": "PA",
    "penn": "PA",
    "tenn": "TN",
    "tex": "TX",
    "va": "VA",
    "wash": "WA",
    "wis": "WI",
    "wyo": "WY",
}
_CODES = frozenset(STATES.values())
_DOTTED = re.compile(r"([A-Za-z])\. ?([A-Za-z])\.?")
#: The first three digits of a postal code from which on it lies in a state; "" in none, or in several.
_POSTAL = (
    (5, "NY"),
    (6, "PR"),
    (8, ""),
    (9, "PR"),
    (10, "MA"),
    (28, "RI"),
    (30, "NH"),
    (39, "ME"),
    (50, "VT"),
    (55, "MA"),
    (56, "VT"),
    (60, "CT"),
    (70, "NJ"),
    (90, ""),
    (100, "NY"),
    (150, "PA"),
    (197, "DE"),
    (200, "DC"),
    (201, "VA"),
    (202, "DC"),
    (206, "MD"),
    (220, "VA"),
    (247, "WV"),
    (269, ""),
    (270, "NC"),
    (290, "SC"),
    (300, "GA"),
    (320, "FL"),
    (340, ""),
    (341, "FL"),
    (350, "AL"),
    (370, "TN"),
    (386, "MS"),
    (398, "GA"),
    (400, "KY"),
    (428, ""),
    (430, "OH"),
    (460, "IN"),
    (480, "MI"),
    (500, "IA"),
    (529, ""),
    (530, "WI"),
    (550, "MN"),
    (568, ""),
    (570, "SD"),
    (578, ""),
    (580, "ND"),
    (589, ""),
    (590, "MT"),
    (600, "IL"),
    (630, "MO"),
    (659, ""),
    (660, "KS"),
    (680, "NE"),
    (694, ""),
    (700, "LA"),
    (715, ""),
    (716, "AR"),
    (730, "OK"),
    (733, "TX"),
    (734, "OK"),
    (750, "TX"),
    (800, "CO"),
    (817, ""),
    (820, "WY"),
    (832, "ID"),
    (839, ""),
    (840, "UT"),
    (848, ""),
    (850, "AZ"),
    (866, ""),
    (870, "NM"),
    (885, "TX"),
    (886, ""),
    (889, "NV"),
    (899, ""),
    (900, "CA"),
    (962, ""),
    (967, "HI"),
    (969, ""),
    (970, "OR"),
    (980, "WA"),
    (995, "AK"),
)


def _word(text: str) -> str:
    word = _DOTTED.sub(r"\1\2", " ".join(text.split())).strip(" .,").lower()
    return word.removeprefix("state of ").removeprefix("commonwealth of ").removeprefix("the state of ")


def is_state(code: str) -> bool:
    """The two letters are those of one of the United States."""
    return code in _CODES


def state_code(text: str) -> str:
    """The code of a state, by its name, code ("N.Y." too) or abbreviation; "" when it is none."""
    word = _word(text)
    if word.upper() in _CODES:
        return word.upper()
    return STATES.get(word) or _SHORT.get(word.replace(".", ""), "")


def province_code(text: str) -> str:
    """The postal code of a state or a Canadian province; "" when it is neither."""
    word = _word(text)
    postal = next((p for _, p in PROVINCES.values() if p == word.upper()), "")
    return state_code(text) or PROVINCES.get(word, ("", postal))[1]


def place_code(text: str) -> str:
    """The Commission's code of a state, a province or a country ("British Columbia, Canada"); "" when it is none."""
    word = _word(text)
    if found := state_code(word) or PROVINCES.get(word, COUNTRIES.get(word, ("", "")))[0]:
        return found
    first, _, last = word.rpartition(",")
    inside = place_code(first) if first and country_code(last) in ("CA", "US") else ""
    return inside


def country_code(text: str) -> str:
    """The code of a country by ISO 3166-1; "" when it is none."""
    word = _word(text)
    if word in ("usa", "us", "united states", "united states of america", "u.s.a"):
        return "US"
    return COUNTRIES.get(word, ("", ""))[1]


def postal_state(code: str) -> str:
    """The state that a ZIP code lies in; "" where none, or more than one, has it."""
    if not code[:3].isdigit():
        return ""
    at = bisect.bisect_right(_POSTAL, (int(code[:3]), "~")) - 1
    return _POSTAL[at][1] if at >= 0 else ""
