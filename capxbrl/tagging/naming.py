"""Names of extension concepts, by EDGAR's rules (EDGAR Filer Manual II, 6.8): UpperCamelCase from the label, no
articles, unique, never longer than needed."""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"[A-Za-z0-9]+")
_SKIP = frozenset({"the", "a", "an"})
_LONGEST = 100


def camel_case(label: str) -> str:
    """A name from a label: "Warrant liability" -> WarrantLiability."""
    text = re.sub(r"\([^)]*\d[^)]*\)|\$\s*[\d,.]+", " ", label.replace("&", " and ").replace("'", "").replace("’", ""))
    words = [w for w in _WORD.findall(text) if w.lower() not in _SKIP]
    while words and words[0][0].isdigit():
        words.pop(0)
    name = ""
    for word in words:
        part = word[0].upper() + (word[1:].lower() if word.isupper() and len(word) > 5 else word[1:])
        if len(name) + len(part) > _LONGEST:
            break
        name += part
    return name or "UnnamedLineItem"


def unique(name: str, taken: Collection[str]) -> str:
    """The name, or with the lowest number that makes it new."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"
