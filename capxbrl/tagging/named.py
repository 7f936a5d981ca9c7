"""Lines of gains, losses and changes that would become elements of the filer's own, though an element is called so.

What few filers print is too rare to be learned, but its element may have its very name: "Loss (gain) on sale of
business", "Materials and supplies" below a heading of changes.  What joins words, and their order, does not matter.
Elements that have a direction of their own are left to what was learned: of "interest expense, net", words alone say
too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ..model import Kind, LineItem, Statement
from ..polarity import names_changes, way_of
from ..records import replace
from ..taxonomy import Taxonomy
from . import tolerances as tol
from .candidates import BARE, Candidate, fits
from .labels import normalise
from .normal_forms import name_words

#: What joins the words of a name.
_JOINING = frozenset({"of", "on", "in", "from", "for", "and", "net", "by", "to", "with"})
_RESULT, _CHANGE = frozenset({"gain", "loss"}), frozenset({"increase", "decrease"})


def by_name(statement: Statement, chosen: Sequence[Candidate | None], taxonomy: Taxonomy) -> list[Candidate | None]:
    """The candidates; an element of the filer's own gives way to the one that is called as its line is, where no other
    line has it.
    """
    out = list(chosen)
    taken = {c.called for c in chosen if c is not None}
    for i, (line, candidate) in enumerate(zip(statement.lines, chosen, strict=True)):
        if candidate is None or candidate.called or candidate.why.startswith(("synonym", "override")):
            continue
        named = _element(line, statement.kind, taxonomy)
        if named and named not in taken:
            taken.add(named)
            concept = taxonomy.concepts[named]
            out[i] = replace(
                candidate, concept=concept, score=tol.TAGS.called, why="an element is called as the line is"
            )
    return out


def _element(line: LineItem, kind: Kind, taxonomy: Taxonomy) -> str:
    """The name of the only element that is called as the line is and fits it; "" where there is none."""
    if normalise(line.label) in BARE:
        return ""
    index = _index(frozenset(taxonomy.concepts))
    for wanted in _readings(line, kind):
        names = [n for n in index.get(wanted, ()) if fits(taxonomy.concepts[n], line, kind, taxonomy)]
        if len(names) == 1:
            return names[0]
    return ""


def _readings(line: LineItem, kind: Kind) -> Iterator[frozenset[str]]:
    """The words of the element that the line may be called by."""
    said = frozenset(normalise(line.label).split()) - _JOINING
    changes = any(names_changes(heading) for heading in line.path[-1:])
    if kind is Kind.CASH_FLOW and (changes or said & {"change", *_CHANGE}):
        yield (said - {"change"}) | _CHANGE
        return
    yield said
    if said & _RESULT:
        yield said | _RESULT


@lru_cache(maxsize=4)
def _index(names: frozenset[str]) -> Mapping[frozenset[str], tuple[str, ...]]:
    """The elements whose names say both ways, by their words."""
    out: dict[frozenset[str], list[str]] = {}
    for name in sorted(name for name in names if way_of(name)):
        out.setdefault(name_words(name) - _JOINING, []).append(name)
    return {said: tuple(found) for said, found in out.items()}
