"""Lines whose words tell their element, however filers put them: `wordings.csv`.

Most rows are of elements that are younger than the filings that was learned from, or of meanings that no two filers
put into the same words.  Synonyms, which are exact, go before; a row never outvotes a clear majority of the companies
that show the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..findings import BadData
from ..model import Kind
from ..records import dataclass
from ..resources import taxonomies
from ..tables import read_table
from ..taxonomy import load
from .tables import Synonym

#: "(Note 18)": of notes in the accounts; what is borrowed may be called so too.
_NOTE = re.compile(r"\(\s*(?:see )?notes?\s[^()]*\)")
#: What a label says that is not in its figure: "excluding amortization of intangible assets" names no amortization.
_ASIDE = re.compile(r"\b(?:before|excluding|excludes|exclusive of|other than|except|prior to)\b.*$")
_COLUMNS = ("statement", "zones", "since", "word", "pattern", "concept", "matches", "differs", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A row: labels that `pattern` finds are `row.concept` in these zones of the statement (none: anywhere), in filings
    for periods that end in the year `since` or later. word: what such labels have, looked for first. matches, differs:
    a label that is found, and one that is not; at: file:line."""

    zones: frozenset[str]
    since: int
    word: str
    pattern: str
    matches: str
    differs: str
    row: Synonym
    at: str


def worded(label: str, kind: Kind, zone: str, year: int) -> Iterator[Synonym]:
    """The rows that tell the element of a line, in the order of the table. Raises BadData where a row that is asked has
    a pattern that is none, or fails its own examples."""
    text = _text(label)
    for one in table().get(kind.value, ()):
        near = one.word in text and year >= one.since and (not one.zones or zone in one.zones)
        if near and compiled(one).search(text):
            yield one.row


def _text(label: str) -> str:
    return _ASIDE.sub("", _NOTE.sub("", label.lower().replace("’", "'"))).strip()


@cache
def compiled(one: Wording) -> re.Pattern[str]:
    """The pattern of a row, checked. Most rows are asked by no line of a filing, so each is made when it is."""
    try:
        pattern = re.compile(one.pattern)
    except re.error as error:
        raise BadData(f"{one.at}: the pattern cannot be read: {error}") from None
    for example, wanted in ((one.matches, True), (one.differs, False)):
        text = _text(example)
        if (one.word in text and pattern.search(text) is not None) is not wanted:
            raise BadData(f"{one.at}: {example!r} {'is not found' if wanted else 'must not be found'}")
    return pattern


@cache
def table() -> Mapping[str, tuple[Wording, ...]]:
    """The rows of each statement. Raises BadData naming file and line."""
    path = taxonomies() / "capx-gaap" / "wordings.csv"
    known = load().concepts
    out: dict[str, list[Wording]] = {}
    for line, row in read_table(path, _COLUMNS):
        where = f"{path}:{line}"
        if row["concept"] not in known:
            raise BadData(f"{where}: there is no concept {row['concept']}")
        if row["statement"] not in list(Kind) or (row["since"] and not row["since"].isdigit()):
            raise BadData(f"{where}: {row['statement']!r} is no statement, or {row['since']!r} no year")
        out.setdefault(row["statement"], []).append(
            Wording(
                zones=frozenset(row["zones"].split()),
                since=int(row["since"] or 0),
                word=row["word"],
                pattern=row["pattern"],
                matches=row["matches"],
                differs=row["differs"],
                row=_as_synonym(row, f"{path.name}:{line}"),
                at=where,
            )
        )
    return {statement: tuple(rows) for statement, rows in out.items()}


def _as_synonym(row: Mapping[str, str], source: str) -> Synonym:
    return Synonym(statement=row["statement"], label="", under="", concept=row["concept"], negate=None, source=source)
