"""Lines whose words tell their element, however filers put them: `wordings.csv`.

Most rows are of elements that are younger than the filings that was learned from, or of meanings that no two filers
put into the same words.  Synonyms, which are exact, go before; a row never outvotes a clear majority of the companies
that show the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..findings import BadData
from ..model import Kind
from ..resources import taxonomies
from ..tables import read_table
from ..taxonomy import load
from .tables import Synonym

#: "(Note 18)": of notes in the accounts; what is borrowed may be called so too.
_NOTE = re.compile(r"\(\s*(?:see )?notes?\s[^()]*\)")
_COLUMNS = ("statement", "zones", "since", "word", "pattern", "concept", "matches", "differs", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A row: labels that `pattern` finds are `row.concept` in these zones of the statement (none: anywhere), in filings
    for periods that end in the year `since` or later. word: what such labels have, looked for first."""

    zones: frozenset[str]
    since: int
    word: str
    pattern: re.Pattern[str]
    row: Synonym


def worded(label: str, kind: Kind, zone: str, year: int) -> Iterator[Synonym]:
    """The rows that tell the element of a line, in the order of the table."""
    text = _text(label)
    for one in _table().get(kind.value, ()):
        if one.word in text and year >= one.since and (not one.zones or zone in one.zones) and one.pattern.search(text):
            yield one.row


def _text(label: str) -> str:
    return _NOTE.sub("", label.lower().replace("’", "'")).strip()


@cache
def _table() -> Mapping[str, tuple[Wording, ...]]:
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
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise BadData(f"{where}: the pattern cannot be read: {error}") from None
        for example, found in ((row["matches"], True), (row["differs"], False)):
            text = _text(example)
            if (row["word"] in text and pattern.search(text) is not None) is not found:
                raise BadData(f"{where}: {example!r} {'is not found' if found else 'must not be found'}")
        out.setdefault(row["statement"], []).append(
            Wording(
                zones=frozenset(row["zones"].split()),
                since=int(row["since"] or 0),
                word=row["word"],
                pattern=pattern,
                row=Synonym(
                    statement=row["statement"],
                    label="",
                    under="",
                    concept=row["concept"],
                    negate=None,
                    source=f"{path.name}:{line}",
                ),
            )
        )
    return {statement: tuple(rows) for statement, rows in out.items()}
