"""Running text -> its sentences, and a sentence with its white space single, so that patterns need not know of
lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..patterns import compiled

#: Where a new statement begins: a sentence, or a clause with a subject and a period of its own.
_ENDS = (
    r"(?<=[a-z0-9)%\"”][.!?])[\"”)]?\s+(?=[\"“(]?[A-Z])",
    r"\n\s*\n",
    r";\s",
    r",?\s(?=(?:while|whereas|but)\s)",
    r",\s(?=with\s)",
    r"\s(?=and\s(?:increased|decreased|grew|declined|rose|fell)\s)",
)
_LONGEST = 2500
#: What a figure has at it; without one there is nothing to read.
_SIGN = r"[$%€£]|percent|per\scent|cents"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def has_figures(text: str) -> bool:
    """A currency sign, a percentage or cents stand in it."""
    return _compiled(_SIGN).search(text) is not None


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence). What is longer than any sentence, a table or a list that lost its form, is left out."""
    at = 0
    ends = ((m.start(), m.end()) for m in _compiled("|".join(_ENDS)).finditer(text))
    for start, end in [*ends, (len(text), len(text))]:
        if start - at <= _LONGEST and text[at:start].strip():
            yield at, text[at:start]
        at = end


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The text with single blanks and straight quotes, and the offset in `text` of each of its characters."""
    plain = text.translate(_PLAIN)
    if not _compiled(r"\s\s|[^\S ]").search(plain):
        return plain, range(len(plain))
    places: list[int] = []
    pieces: list[str] = []
    at = 0
    for run in _compiled(r"\s+").finditer(plain):
        pieces += [plain[at : run.start()], " "]
        places += range(at, run.start() + 1)
        at = run.end()
    return "".join([*pieces, plain[at:]]), [*places, *range(at, len(plain))]
