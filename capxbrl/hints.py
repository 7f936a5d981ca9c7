"""Words without one of which a text cannot hold a wording: looked for first, since a pattern is far slower.

    hinted("prose", "ahead").search(text, low(text))

`taxonomies/capx-gaap/hints.txt` names them, in small letters, for lists of the word tables: a line for each, its room,
its name and its hints parted by tabs. A test reads from the patterns that none of them matches without one. It is no
table that anything rests on: with other hints, or none, all is read as with these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from . import words
from .patterns import compiled
from .records import dataclass
from .resources import taxonomies


@dataclass(frozen=True, slots=True)
class Hinted:
    """A list of a word table, and the words of which a text must have one to be searched for it."""

    room: str
    name: str
    hints: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the list."""
        return words.pattern(self.room, self.name)

    def first(self, small: str) -> re.Match[str] | None:
        """The first match in a text in small letters."""
        return of_small(self.room, self.name).search(small) if holds(small, self.hints) else None

    def every(self, small: str) -> Iterator[re.Match[str]]:
        """Every match in a text in small letters."""
        return of_small(self.room, self.name).finditer(small) if holds(small, self.hints) else iter(())

    def search(self, text: str, small: str) -> re.Match[str] | None:
        """The first match in a text; small: the text, or more of it, in small letters."""
        for hint in self.hints:
            if hint in small:
                return self.pattern.search(text)
        return None


def holds(small: str, hints: Iterable[str]) -> bool:
    """One of the words is in a text in small letters."""
    for hint in hints:  # noqa: SIM110 - a generator takes three times as long
        if hint in small:
            return True
    return False


def low(text: str) -> str:
    """The text in small letters. The odd letters that a pattern in any case takes for an i or an s are these."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


@cache
def of_small(room: str, name: str) -> re.Pattern[str]:
    """The pattern of a list for texts in small letters, where it finds the same in a third of the time: it need not
    know of capitals, unless it has some itself."""
    made = words.pattern(room, name)
    return made if _CAPITAL.search(_ESCAPED.sub("", made.pattern)) else compiled(made.pattern)


_ESCAPED, _CAPITAL = compiled(r"\\."), compiled("[A-Z]")


@cache
def hinted(room: str, name: str) -> Hinted:
    """The list of a table with its hints. KeyError where it has none."""
    return Hinted(room, name, table()[room, name])


@cache
def table() -> dict[tuple[str, str], tuple[str, ...]]:
    """{(room, list): its hints}."""
    lines = (line.split("\t") for line in path().read_text(encoding="utf-8").splitlines())
    return {(room, name): tuple(told.split("|")) for room, name, told in lines}


def path() -> Path:
    """The table of hints."""
    return taxonomies() / "capx-gaap" / "hints.txt"
