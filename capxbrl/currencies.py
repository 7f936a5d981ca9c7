"""The signs and codes of currencies as filings print them, from `taxonomies/capx-gaap/words/currency_signs.csv`.

A list of that table is an ISO 4217 code, a row a way to print it.  A sign that several currencies share ("$", "kr") is
a row of each; the first row is the likeliest.
"""

from __future__ import annotations

import re
from functools import cache

from . import words
from .patterns import compiled

_ROOM = "currency_signs"


@cache
def sign() -> re.Pattern[str]:
    """One sign or code, by itself: "RMB", "NT$", "Cdn. $", "€". It touches no letter on either side."""
    rows = "|".join(f"(?:{row.pattern})" for row in words.table(_ROOM))
    return compiled(rf"(?<![A-Za-z])(?:{rows})(?![A-Za-z$])", re.IGNORECASE)


@cache
def name() -> re.Pattern[str]:
    """The name of any currency in words: "Swiss francs", "renminbi"."""
    rows = (row.pattern for row in words.table("currency") if re.fullmatch("[A-Z]{3}", row.list))
    return compiled("|".join(rows), re.IGNORECASE)


@cache
def codes(printed: str) -> tuple[str, ...]:
    """The ISO 4217 codes that a printed sign may mean, the likeliest first; () for what is no sign."""
    found = (row.list for row in words.table(_ROOM) if compiled(row.pattern, re.IGNORECASE).fullmatch(printed.strip()))
    return tuple(dict.fromkeys(found))
