"""Letters of a PDF without Unicode -> the word they are in, mended where a word list knows one only that fits.

Fonts draw "fi", "fl", "ff", "ffi" and "ffl" as one sign each, and many files do not say what the sign stands for.
"""

from __future__ import annotations

from functools import lru_cache

from .. import words

#: A letter that the file gives no Unicode for (U+FFFD, the replacement character).
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")


def mended(word: str) -> str:
    """The word with the ligature that makes it a known one; as it is where none does, or several do."""
    return _mended(word) if UNKNOWN in word else word


@lru_cache(maxsize=1024)
def _mended(word: str) -> str:
    if word.count(UNKNOWN) > 1:
        return word
    known = words.pattern("ligatures", "word")
    fitting = [
        made
        for ligature in _LIGATURES
        if known.search((made := word.replace(UNKNOWN, ligature)).lstrip("(\"'“‘$").lower())
    ]
    return fitting[0] if len(fitting) == 1 else word
