"""Names of concepts, by the rules of the EDGAR Filer Manual II, 6.8: UpperCamelCase from the label, no articles."""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"[A-Za-z0-9]+")
_ARTICLES = frozenset({"the", "a", "an"})
#: What a line is called whose label has no words.
UNNAMED = "UnnamedLineItem"
LONGEST = 100


def camel_case(text: str) -> str:
    """A concept name from a label: "Warrant liability" -> WarrantLiability.

    Figures in parentheses and after a dollar sign are left out; "" when nothing is left.
    """
    text = re.sub(r"\([^)]*\d[^)]*\)|\$\s*[\d,.]+", " ", text.replace("&", " and ").replace("'", "").replace("’", ""))
    words = [w for w in _WORD.findall(text) if w.lower() not in _ARTICLES]
    while words and words[0][0].isdigit():
        words.pop(0)
    name = ""
    for word in words:
        part = word[0].upper() + (word[1:].lower() if word.isupper() and len(word) > 4 else word[1:])
        if len(name) + len(part) > LONGEST:
            break
        name += part
    return name


def words_of(name: str) -> str:
    """The words of a camel-case name: CommonClassAMember -> "Common Class A Member"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)


def unique(name: str, taken: Collection[str]) -> str:
    """The name, or with the lowest number that makes it new."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"
