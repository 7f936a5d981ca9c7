"""Names from labels and headings, and back.

Those of concepts by the rules of the EDGAR Filer Manual II, 6.8: UpperCamelCase from the label, no articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .grammar import ANY_YEAR, MONTHS
from .patterns import compiled

_WORD = compiled(r"[A-Za-z0-9]+")
_DATE_WORD = compiled(rf"\b{ANY_YEAR}\b|\b\d{{1,2}}\b|,|\b(?:{MONTHS})\b", re.I)
_CLASS = compiled(r"\b(?:class|series)\s+\w+")
_LETTER = compiled(r"\b(class|series)\s+([A-Z])\b", re.I)
_LC3 = compiled(r"A[.-]|[.-]A(?=\W|$)|\w+")
_SMALL_WORD = compiled(r"[a-z]+")
_ARTICLES = frozenset({"the", "a", "an"})
#: Words that do not tell headings apart: "Cash flows from operating activities" is "Operating Activities".
_FILL = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "cash",
        "flow",
        "flows",
        "for",
        "from",
        "in",
        "of",
        "net",
        "or",
        "provided",
        "the",
        "to",
        "total",
        "used",
    ],
)
_SAME = {"shareholder": "stockholder", "shareowner": "stockholder"}
#: What a line is called whose label has no words.
UNNAMED = "UnnamedLineItem"
LONGEST = 100


def camel_case(label: str) -> str:
    """A concept name from a label: "Warrant liability" -> WarrantLiability.

    Figures in parentheses, after a dollar sign and with thousands are left out; "" when nothing is left.
    """
    text = re.sub(
        r"\([^)]*\d[^)]*\)|\$\s*[\d,.]+|\b\d{1,3},\d{3}[\d,]*",
        " ",
        label.replace("&", " and ").replace("'", "").replace("’", ""),
    )
    # The A of "Class A" is no article.
    words = [w for w in _WORD.findall(_LETTER.sub(r"\1\2", text)) if w.lower() not in _ARTICLES]
    while words and words[0][0].isdigit():
        words.pop(0)
    shouted = label.isupper() and len(words) > 1  # "NET LOSS": no word of it is an abbreviation for that
    name = ""
    for word in words:
        part = word[0].upper() + (word[1:].lower() if word.isupper() and (shouted or len(word) > 4) else word[1:])
        if len(name) + len(part) > LONGEST:
            break
        name += part
    return name


def lc3(label: str) -> str:
    """The name that the EDGAR Filer Manual II (6.8.5) derives from a label: its words, each with one capital, without
    articles and signs. An A beside a hyphen or a point is no article."""
    words = _LC3.findall(re.sub(r"(?<=\w)'(?=\w)", "", label))
    return "".join(re.sub(r"[.-]", "", w).title() for w in words if w.lower() not in _ARTICLES)


def spelled(name: str) -> str:
    """The words of a camel-case name, as a label from which `lc3` makes that name again."""
    return re.sub(r" A(?= |$)", "-A", words_of(name))


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


def head_of(label: str) -> str:
    """The name that a label begins with: "Preferred stock, $1 par value" -> "Preferred stock"."""
    return re.split(r"[,;($—–]|\s-\s", label, maxsplit=1)[0]


def undated(heading: str) -> str:
    """The words of a heading that name no date."""
    return _DATE_WORD.sub(" ", heading)


def classes_in(label: str) -> frozenset[str]:
    """The classes and series of stock that a label names."""
    return frozenset(_CLASS.findall(label.lower()))


def meaning(heading: str) -> frozenset[str]:
    """The words that carry the meaning of a heading, or of the name of an abstract element."""
    words = (
        w.rstrip("s")
        for w in _SMALL_WORD.findall(heading.lower().replace("non-", "non").replace("'", "").replace("’", ""))
        if w not in _FILL
    )
    return frozenset(_SAME.get(w, w) for w in words if w != "abstract")
