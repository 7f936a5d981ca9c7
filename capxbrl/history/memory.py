"""A company's memory, rolled forward: a line that an earlier filing gave a concept keeps it in the later ones.

What is remembered: the preparer's own rows, and lines whose concept is beyond doubt. What it changes is listed before
it is applied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..analysis import analyse
from ..findings import Finding, Position
from ..model import Balance, Concept, LineItem, Match, Statement, Tagged
from ..options import Options
from ..records import dataclass
from ..reprs import Brief
from ..tables import Given
from ..tagging.labels import normalise
from ..tagging.overrides import DOUBTFUL, HEAD, asked, row
from .companies import sorted_out
from .sources import taken_of

if TYPE_CHECKING:
    from ..conversion import Conversion

#: What the rows are called that earlier filings left.
MEMORY = "precedents.csv"
#: The columns of the changes as a table.
CHANGES = ("filing", "at", "statement", "label", "before", "after", "because")
#: Statement, label and heading of a line: what a row of overrides finds it by.
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Remembered(Brief):
    """A line with its concept. row: of precedents.csv; at: where the company first gave it."""

    concept: Concept
    row: str
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Change(Brief):
    """A line that memory gives another concept. at: the line; because: the line of the filing before."""

    filing: str
    at: Position
    statement: str
    label: str
    before: str
    after: str
    because: Position

    def __str__(self) -> str:
        return f"{self.at}: {self.label!r}: {self.before} -> {self.after} (as in {self.because})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rolled(Brief):
    """Conversions with memory applied, by name; the changes, in time; precedents: the rows for the next filing."""

    conversions: tuple[tuple[str, Conversion], ...]
    changes: tuple[Change, ...]
    precedents: str
    findings: tuple[Finding, ...] = ()

    def rows(self) -> Iterator[dict[str, str]]:
        """The changes as rows of a table."""
        for one in self.changes:
            yield {name: str(getattr(one, name)) for name in CHANGES}


def rolled(made: Sequence[tuple[str, Conversion]], options: Options) -> Rolled:
    """The filings of each company in time, each read again with the memory of those before it."""
    conversions = dict(made)
    taken = [t for name, one in made if (t := taken_of(one, name)) is not None]
    ordered, _ = sorted_out(taken, cik=options.cik)
    memories: dict[str, dict[_Key, Remembered]] = defaultdict(dict)
    changes: list[Change] = []
    for source in (t.source for t in ordered):
        memory, one = memories[source.company], conversions[source.name]
        if usable := _usable(memory, one.tagged):
            again = _again(one, options, usable)
            changes += _changes(source.name, one.tagged, again.tagged, usable)
            conversions[source.name] = one = again
        for key, found in _clear(one.tagged).items():
            memory.setdefault(key, found)
    rows = [found.row for memory in memories.values() for found in memory.values()]
    return Rolled(
        conversions=tuple(conversions.items()),
        changes=tuple(changes),
        precedents="\n".join([HEAD, *dict.fromkeys(rows)]) + "\n",
    )


def _again(one: Conversion, options: Options, memory: Mapping[_Key, Remembered]) -> Conversion:
    """A filing read again; the caller's own rows and precedents go before what is remembered."""
    text = "\n".join([HEAD, *(found.row for found in memory.values())]) + "\n"
    given = (*options.precedents, Given(name=MEMORY, text=text))
    return analyse(one.document, replace(options, precedents=given)).value


def _lines(tagged: Sequence[Tagged]) -> Iterator[tuple[_Key, Statement, LineItem, Match]]:
    for one in tagged:
        for line, made in zip(one.statement.lines, one.lines, strict=True):
            if len(made.matches) == 1 and normalise(line.label):
                under = normalise(line.path[-1]) if line.path else ""
                yield (one.statement.kind.value, normalise(line.label), under), one.statement, line, made.matches[0]


def _clear(tagged: Sequence[Tagged]) -> dict[_Key, Remembered]:
    """The lines whose concept is the preparer's or beyond doubt, and one wherever the label stands."""
    found: dict[_Key, dict[str, Remembered]] = defaultdict(dict)
    sure: set[_Key] = set()
    for key, statement, line, match in _lines(tagged):
        text = row(statement, line, asked(match.concept))
        found[key].setdefault(asked(match.concept), Remembered(concept=match.concept, row=text, at=line.at))
        told = match.why.startswith(("override ", "precedent "))
        if told or (match.confidence >= DOUBTFUL and not match.concept.extension):
            sure.add(key)
    return {key: next(iter(kept.values())) for key, kept in found.items() if len(kept) == 1 and key in sure}


def _usable(memory: Mapping[_Key, Remembered], tagged: Sequence[Tagged]) -> dict[_Key, Remembered]:
    """What is remembered of the lines of a filing, but of those that stand on the other side of an account there:
    deferred taxes are an asset here and a liability there, under one label."""
    sides: dict[_Key, set[Balance]] = defaultdict(set)
    for key, _, _, match in _lines(tagged):
        sides[key].add(match.concept.balance)
    return {key: found for key, found in memory.items() if sides[key] <= {found.concept.balance, Balance.NONE}}


def _changes(
    filing: str, before: Sequence[Tagged], after: Sequence[Tagged], memory: Mapping[_Key, Remembered]
) -> Iterator[Change]:
    old = {line.at: match.concept.qname for _, _, line, match in _lines(before)}
    for key, statement, line, match in _lines(after):
        known, name = memory.get(key), match.concept.qname
        if line.at in old and old[line.at] != name:
            yield Change(
                filing=filing,
                at=line.at,
                statement=statement.kind.value,
                label=" ".join(line.label.split()),
                before=old[line.at],
                after=name,
                because=known.at if known else line.at,
            )
