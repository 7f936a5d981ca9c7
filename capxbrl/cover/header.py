"""What the SGML header of a submission says of its filer, and where: a witness of its own for what the cover prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..findings import Position
from ..model import Document
from ..periods import read_clues
from ..places import place_code, state_code
from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One item of the header: its value as written there."""

    value: str
    key: str
    at: Position


#: Items that stand for a fact of the cover, in the header's two ways of writing them. An address has its own below.
_ITEMS = {
    "DocumentType": ("CONFORMED SUBMISSION TYPE", "FORM TYPE"),
    "DocumentPeriodEndDate": ("CONFORMED PERIOD OF REPORT", "PERIOD OF REPORT", "PERIOD"),
    "EntityRegistrantName": ("COMPANY CONFORMED NAME", "CONFORMED NAME"),
    "EntityCentralIndexKey": ("CENTRAL INDEX KEY", "CIK"),
    "EntityIncorporationStateCountryCode": ("STATE OF INCORPORATION",),
    "EntityFileNumber": ("SEC FILE NUMBER", "COMMISSION FILE NUMBER", "FILE NUMBER"),
    "EntityTaxIdentificationNumber": ("IRS NUMBER",),
}
_ADDRESS = {
    "EntityAddressAddressLine1": ("STREET 1", "STREET1"),
    "EntityAddressCityOrTown": ("CITY",),
    "EntityAddressStateOrProvince": ("STATE",),
    "EntityAddressPostalZipCode": ("ZIP",),
    "Telephone": ("BUSINESS PHONE", "PHONE"),
}
_ELSEWHERE = frozenset({"MAIL ADDRESS", "FORMER COMPANY", "FORMER NAME", "FILER"})
#: What the header leaves out or abbreviates in names.
_WORDS = {"company": "co", "corporation": "corp", "incorporated": "inc", "limited": "ltd", "and": "", "the": ""}
_PLACES = frozenset({"de", "new", "md", "nv", "ny", "oh", "pa", "tx", "va", "wi", "mn", "nj", "ca", "ma", "wa"})


def header_says(document: Document) -> dict[str, Said]:
    """What the header says, by the name of the fact (the telephone number whole); empty without a header."""
    header = document.header
    if header is None:
        return {}
    own = dict(_business(header.items))
    found: dict[str, tuple[str, str]] = {}
    for concept, keys in _ITEMS.items():
        hit = next(((k, v) for wanted in keys for k, v in header.items if k == wanted and v.strip("0- ")), None)
        if hit:
            found[concept] = hit
    for concept, keys in _ADDRESS.items():
        key = next((k for k in keys if own.get(k, "").strip("0- ")), None)
        if key:
            found[concept] = key, own[key]
    return {c: Said(value=value, key=key, at=_place(document, key, value)) for c, (key, value) in found.items()}


def _business(items: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """The items of the first filer's business address."""
    inside = False
    for key, value in items:
        if key == "BUSINESS ADDRESS":
            inside = True
        elif inside and key in _ELSEWHERE:
            return
        elif inside:
            yield key, value


def _place(document: Document, key: str, value: str) -> Position:
    """Where the header has the item, by its line."""
    item = rf"^[ \t\]]*<?{re.escape(key).replace(chr(92) + ' ', '[ -]')}[>:][ \t]*{re.escape(value)}"
    match = re.search(item, document.text, re.I | re.M)
    line = document.text.count("\n", 0, match.start()) + 1 if match else 1
    return Position(source=document.name, line=line, column=1)


def _plain(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _name(text: str) -> str:
    """A name as the header conforms it: no suffix of a state ("/DE/"), no articles, short forms of its legal form."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"[\\/][A-Z]{2,3}[\\/]?\s*$", "", text).lower().replace("'", ""))
    short = [_WORDS.get(w, w) for w in words]
    while len(short) > 1 and short[-1] in _PLACES:
        short.pop()
    return "".join(short)


def _form(text: str) -> str:
    """A submission's type is that of its form: 10-K405 and 10-KSB40 are sent in on forms 10-K and 10-KSB."""
    return re.sub(r"(?<=10-K)405|(?<=10-KSB)40", "", text.upper().replace(" ", ""))


def _number(text: str) -> str:
    """A file number without the zeros that pad it: 001-00768 is 1-768."""
    return "-".join(part.lstrip("0") or "0" for part in re.findall(r"\d+", text))


def _date(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 8 and text.strip() == digits:
        return digits
    found = read_clues(text).dates
    return f"{found[0]:%Y%m%d}" if found else digits


def _street(text: str) -> str:
    """A street by its numbers and first letters: the header abbreviates "Street", "West" and "Floor" at will."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.lower()))
    return " ".join(w if w.isdigit() else w[:1] for w in words)


#: How a value of the cover and one of the header are made comparable.
_ALIKE: dict[str, Callable[[str], str]] = {
    "DocumentType": _form,
    "DocumentPeriodEndDate": _date,
    "EntityRegistrantName": _name,
    "EntityIncorporationStateCountryCode": lambda text: place_code(text) or text.upper(),
    "EntityFileNumber": _number,
    "EntityAddressAddressLine1": _street,
    "EntityAddressStateOrProvince": lambda text: state_code(text) or text.upper(),
    "EntityAddressPostalZipCode": lambda text: _plain(text)[:5],
    "EntityCentralIndexKey": lambda text: text.lstrip("0"),
    "Telephone": lambda text: _plain(text)[-10:],
}


def comparable(concept: str, value: str) -> str:
    """A value as it is compared with the header's; two that are the same thing become equal."""
    return _ALIKE.get(concept, _plain)(value)
