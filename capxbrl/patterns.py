"""Regular expressions, made of what was kept of them.

Python compiles a regular expression in Python, which takes a fifth of a millisecond, and a conversion needs some
hundreds: a third of the time in which the first one is done. What it makes of one is a list of numbers for its engine.
Those of the word tables and of the longest patterns are kept for each version of Python, by the text of the pattern
(`python -m capxbrl.taxonomies.patterns`); what is not there, or of another version, is compiled as always.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from array import array
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from .resources import taxonomies
from .stores import loaded

#: What is kept of a pattern: flags, numbers, how many groups, and the names of groups with their numbers.
Kept = tuple[int, bytes, int, dict[str, int]]


def store() -> Path:
    """Where the patterns of this Python are kept, whether or not there are any."""
    return taxonomies() / "kept" / f"{sys.implementation.cache_tag}-{_sre.MAGIC}-{sys.byteorder}"


@cache
def kept() -> Mapping[tuple[str, int], Kept]:
    """{(pattern, flags): what is kept of it}."""
    return loaded(store())


@lru_cache(maxsize=1024)
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives."""
    found = kept().get((pattern, int(flags)))
    if found is None:
        return re.compile(pattern, flags)
    flags, numbers, groups, names = found
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = _sre.compile(pattern, flags, array("I", numbers).tolist(), groups, names, tuple(by_number))
    return made


def keep(pattern: str, flags: int = 0) -> Kept:
    """What there is to keep of a pattern, as this Python compiles it."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    numbers = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, dict(parsed.state.groupdict)
