"""Concepts that a person accepted (package `review`): they decide where another one would be taken, and nothing is told
of them. A row is one of overrides; where a line has its concept anyway, it only says whose word that was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import LineItem, Statement, Tagged, TaggedLine
from ..records import replace
from ..taxonomy import Taxonomy
from .candidates import fits
from .labels import normalise
from .overrides import asked
from .tables import OWN_PREFIX, Synonym, by_label, find


def overruled(accepted: Sequence[Synonym], tagged: Sequence[Tagged], taxonomy: Taxonomy) -> tuple[Synonym, ...]:
    """The rows that must decide: a line of theirs, tagged without them, carries another concept than theirs, which it
    may carry, and none carries theirs."""
    concepts: dict[Synonym, set[str]] = {}
    fitting: set[Synonym] = set()
    for one in tagged:
        for line, made, row in _found(one.statement, one.lines, accepted):
            concepts.setdefault(row, set()).add(asked(made.matches[0].concept))
            concept = taxonomy.concepts.get(row.concept)
            if row.own or (concept is not None and fits(concept, line, one.statement.kind, taxonomy)):
                fitting.add(row)
    return tuple(row for row in accepted if row in fitting and _name(row) not in concepts[row])


def marked(statement: Statement, lines: Sequence[TaggedLine], accepted: Sequence[Synonym]) -> tuple[TaggedLine, ...]:
    """The same lines, those whose concept was accepted with whose word that was in their `why`."""
    words = {
        id(made): row.by
        for _, made, row in _found(statement, lines, accepted)
        if asked(made.matches[0].concept) == _name(row) and row.by not in made.matches[0].why
    }
    return tuple(_with(made, words[id(made)]) if id(made) in words else made for made in lines)


def _with(made: TaggedLine, words: str) -> TaggedLine:
    return replace(made, matches=tuple(replace(match, why=f"{match.why}; {words}") for match in made.matches))


def _name(row: Synonym) -> str:
    return f"{OWN_PREFIX}:{row.concept}" if row.own else row.concept


def _found(
    statement: Statement, lines: Sequence[TaggedLine], accepted: Sequence[Synonym]
) -> Iterator[tuple[LineItem, TaggedLine, Synonym]]:
    """The lines that a row finds, each with the row that goes first."""
    rows = by_label(accepted)
    for line, made in zip(statement.lines, lines, strict=True):
        mine = rows.get(normalise(line.label), ()) if rows and made.matches else ()
        row = find(mine, statement.kind.value, [normalise(heading) for heading in line.path])
        if row is not None:
            yield line, made, row
