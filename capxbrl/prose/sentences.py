"""Running text -> its sentences, and a sentence with its white space single, so that patterns need not know of
lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from ..hints import holds
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
#: All of them begin with these: most letters are passed by without a look at each.
_END = rf"(?=[\s;,\"”)])(?:{'|'.join(_ENDS)})"
_LONGEST = 2500
#: What a figure has at it; without one there is nothing to read.
_SIGN = r"[$%€£]|percent|per\scent|cents"
#: One of them stands where that does.
_SIGNS = ("$", "%", "cent", "€", "£")
_first = itemgetter(0)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def has_figures(text: str) -> bool:
    """A currency sign, a percentage or cents stand in it."""
    return holds(text, _SIGNS) and _compiled(_SIGN).search(text) is not None


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence). What is longer than any sentence, a table or a list that lost its form, is left out."""
    at = 0
    ends = ((m.start(), m.end()) for m in _compiled(_END).finditer(text))
    for start, end in [*ends, (len(text), len(text))]:
        if start - at <= _LONGEST and text[at:start].strip():
            yield at, text[at:start]
        at = end


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence with single blanks and straight quotes.

    start: where it begins in its block. gone: (from which character on, how many of those before it are left out).
    """

    text: str
    start: int
    gone: Sequence[tuple[int, int]] = ()

    def place(self, at: int) -> int:
        """Where one of its characters stands in the block."""
        before = bisect_right(self.gone, at, key=_first)
        return self.start + at + (self.gone[before - 1][1] if before else 0)


def folded(text: str, start: int) -> Folded:
    """A sentence that begins at a place of its block."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    single = " ".join(plain.split())
    if len(single) == len(plain):
        return Folded(single, start)
    gone: list[tuple[int, int]] = []
    lost = 0
    for run in _compiled(r"\s\s+").finditer(plain):
        first = run.start() - lost + 1
        lost += len(run[0]) - 1
        gone.append((first, lost))
    return Folded(f"{' ' * plain[0].isspace()}{single}{' ' * plain[-1].isspace()}", start, gone)
