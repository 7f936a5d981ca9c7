"""The normal forms of the labels in our tables, and of the names of our concepts: kept in `taxonomies/kept/labels`.

There are five thousand, and to normalise them takes as long as to convert a filing. One that is not there is normalised
(`python -m capxbrl.taxonomies.patterns` keeps them; a test says when what is kept is not what `normalise` gives).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from ..naming import words_of
from ..resources import taxonomies
from ..stores import dumped, loaded
from .labels import normalise


@cache
def kept() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """{label: its normal form}, {name: that of its words}."""
    found = loaded(taxonomies() / "kept" / "labels")
    return found.get("labels", {}), found.get("names", {})


def normalised(labels: Iterable[str]) -> list[str]:
    """`normalise` of each."""
    known = kept()[0]
    return [known[label] if label in known else normalise(label) for label in labels]


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a concept's name, in the form of labels."""
    known = kept()[1].get(name)
    return frozenset((_in_form(name) if known is None else known).split())


def dump(labels: Iterable[str], names: Iterable[str]) -> bytes:
    """What is kept of these labels and names."""
    return dumped(
        {
            "labels": {label: normalise(label) for label in sorted(set(labels))},
            "names": {name: _in_form(name) for name in sorted(set(names))},
        }
    )


def _in_form(name: str) -> str:
    return normalise(words_of(name))
