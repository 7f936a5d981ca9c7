"""Words are data: the vocabularies of `taxonomies/capx-gaap/words/`, one table a room, one row a wording.

    words.pattern("signs", "payment").search("Purchases of property")

A row has a list, a pattern (a regular expression, in any case of letters but in the table of names of elements), an
example that it must match, one that it must not, and why. A list is the union of its rows. Tables are read, and
patterns made, when they are first asked for; the examples are tried by the tests and by `capxbrl doctor` (`checked`),
not by every program that reads a filing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .findings import BadData
from .patterns import compiled
from .records import dataclass
from .resources import taxonomies
from .tables import read_rows

COLUMNS = ("list", "pattern", "matches", "differs", "why")
#: The table of names of elements, where case tells words apart ("NoncashIncome" has no word Cash).
_NAMES = "elements"


@dataclass(frozen=True, slots=True)
class Wording:
    """One row: `matches` is an example that the pattern finds, `differs` one that it does not ("" where none is
    near)."""

    at: str  # file:line
    list: str
    pattern: str
    matches: str
    differs: str
    why: str


def folder() -> Path:
    """Where the tables stand."""
    return taxonomies() / "capx-gaap" / "words"


def rooms() -> list[str]:
    """Every table, by its name."""
    return sorted(path.stem for path in folder().glob("*.csv"))


@cache
def table(room: str) -> tuple[Wording, ...]:
    """The rows of one table. Raises BadData naming file and line."""
    return _read(room)


def _read(room: str) -> tuple[Wording, ...]:
    path = folder() / f"{room}.csv"
    return tuple(Wording(f"{path}:{line}", *cells) for line, cells in read_rows(path, COLUMNS))


def checked(room: str) -> tuple[Wording, ...]:
    """The rows of one table, each tried on its examples, as the tests and `capxbrl doctor` do. Raises BadData naming
    file and line where a pattern is none or fails them."""
    rows = _read(room)
    for row in rows:
        try:
            made = re.compile(row.pattern, _case(room))
        except re.error as error:
            raise BadData(f"{row.at}: the pattern cannot be read: {error}") from None
        if not row.matches or not made.search(row.matches):
            raise BadData(f"{row.at}: the pattern does not match its example {row.matches!r}")
        if row.differs and made.search(row.differs):
            raise BadData(f"{row.at}: the pattern matches {row.differs!r}, which it must not")
    return rows


@cache
def pattern(room: str, name: str) -> re.Pattern[str]:
    """The pattern of one list: any of its rows, in any case but in `elements`. Raises BadData where there is none."""
    rows = [w.pattern for w in table(room) if w.list == name]
    if not rows:
        raise BadData(f"{folder() / room}.csv: there is no list {name!r}")
    try:
        return compiled("|".join(f"(?:{row})" for row in rows), _case(room))
    except re.error:
        checked(room)  # says which row
        raise


def _case(room: str) -> re.RegexFlag:
    return re.NOFLAG if room == _NAMES else re.IGNORECASE
