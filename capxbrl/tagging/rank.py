"""What the two models and the precedents say -> calibrated probabilities, seen over the whole filing.

A concept is less likely where another line claims it with more right, more likely where the filing's other statements
have it, and where its own name shares words with the label; a precedent counts the more, the nearer its company is. How
much each of these counts was fitted, once, on companies that nothing here had seen, and on later filings of companies
of which the precedents knew an earlier one; the numbers are the mean of two such fits (`evals/tagging.py --weights`
prints one).

Everything is measured for all lines of a statement at once, over arrays of lines x concepts; what comes out of them are
the few candidates of each line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ..records import dataclass
from . import tolerances as tol
from .labels import normalise
from .models import filings, precedents
from .models.arrays import one_thread
from .models.lines import Seen, softmax
from .normal_forms import name_words
from .tables import Learned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What is measured of a candidate, in order, and the weight of each.
MEASURES = (
    "words and place",
    "whole filing",
    "claimed above",
    "claimed below",
    "outdone",
    "in other statements",
    "name in label",
    "label in name",
    "precedents",
    "close precedents",
    "own",
    "share of own",
)
WEIGHTS = (0.324, 0.405, -1.23, -1.28, -0.355, 0.266, 0.02, 0.328, 0.68, 1.1, -0.365, 0.365)
#: The name of the filer's own element, and its place among the concepts of a learned table.
OWN, _OWN = "", 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: a concept's name, or "" for the filer's own; its probability, its measures, and its share of the
    votes of companies with the same lines (0 when there is none)."""

    name: str
    share: float
    measures: NDArray[np.float64]
    voted: float


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The candidates of all lines of a statement, line by line: the line of each, its concept (a place among those of
    the learned table), and what was measured of it, one column each of MEASURES. Those of a line stand in the order of
    their share in the mixture of the models and the precedents."""

    line: NDArray[np.int64]
    concept: NDArray[np.int64]
    measures: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Options:
    """The candidates before they are measured. share: in the mixture; text, whole: the logarithms of the shares in the
    two models; vote: the share of the votes. columns: the concepts that any line may be, column: which of them each
    candidate is; claims: lines x columns, the shares that count for the other lines."""

    line: Any
    concept: Any
    share: Any
    text: Any
    whole: Any
    vote: Any
    columns: Any
    column: Any
    claims: Any


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """How much words of concept names tell. rarity: of a word; having: the concepts whose names have it; weight: of
    all words of each concept's name."""

    rarity: Mapping[str, float]
    having: Mapping[str, Any]
    weight: Any


@cache
def _names(concepts: tuple[str, ...]) -> _Names:
    import numpy as np

    having: dict[str, list[int]] = {}
    for i, name in enumerate(concepts):
        for word in name_words(name):
            having.setdefault(word, []).append(i)
    rarity = {word: math.log(1 + len(concepts) / (1 + len(found))) for word, found in having.items()}
    weight = np.array([math.fsum(rarity[word] for word in name_words(name)) for name in concepts])
    return _Names(rarity, {word: np.array(found) for word, found in having.items()}, weight)


@cache
def _places(concepts: tuple[str, ...]) -> dict[str, int]:
    return {name: i for i, name in enumerate(concepts)}


def measure(
    filing: Sequence[Sequence[Seen]], learned: Learned, has: Sequence[str], voted: Sequence[Sequence[precedents.Said]]
) -> list[Measured]:
    """For every statement the candidates of its lines with their measures, not yet weighed. voted: of
    `precedents.said`.
    """
    import numpy as np

    concepts = learned.lines.concepts
    wholes = filings.shares(learned.filings, filing)
    options = [
        options_of(learned.lines.shares(lines, has), whole, said, concepts)
        for lines, whole, said in zip(filing, wholes, voted, strict=True)
    ]
    tops = np.zeros((len(options), len(concepts)))
    for top, one in zip(tops, options, strict=True):
        top[one.columns] = one.claims.max(axis=0, initial=0.0)
    out = []
    for number, (lines, said, found) in enumerate(zip(filing, voted, options, strict=True)):
        elsewhere = np.delete(tops, number, axis=0).max(axis=0, initial=0.0)
        out.append(_measured(found, elsewhere, said, [line.label for line in lines], concepts))
    return out


def options_of(of_text: Any, of_whole: Any, said: Sequence[precedents.Said], concepts: tuple[str, ...]) -> _Options:
    """The likeliest concepts of each line of a statement, those of precedents and the filer's own always among them.
    of_text, of_whole: lines x concepts, the shares in the two models."""
    import numpy as np

    text, whole = np.log(of_text + 1e-6), np.log(of_whole + 1e-6)
    shares = softmax(tol.RANKS.text * text + (1 - tol.RANKS.text) * whole)
    count = min(tol.RANKS.candidates, shares.shape[1])
    wanted = shares >= np.partition(shares, -count, axis=1)[:, -count, None]
    wanted[:, _OWN] = True
    shares = shares.astype(np.float64)
    place, votes = _places(concepts), np.zeros(shares.shape)
    given = [place[name] for one in said for name in one.votes]
    if given:
        parts = np.array([part for one in said for part in one.votes.values()])
        at = np.repeat(np.arange(len(said)), [len(one.votes) for one in said])
        near = np.array([one.near if one.votes else 0.0 for one in said])
        shares *= (1 - near)[:, None]
        shares[at, given] += near[at] * parts
        votes[at, given] = parts
        wanted[at, given] |= parts >= tol.RANKS.voted
    line, concept = np.nonzero(wanted)
    share = shares[line, concept]
    order = np.lexsort((concept, -share, line))
    line, concept, share = line[order], concept[order], share[order]
    there = np.zeros(len(concepts), dtype=bool)
    there[concept] = True
    columns, column = np.flatnonzero(there), (np.cumsum(there) - 1)[concept]
    claims = claimed(line, column, share, (len(shares), len(columns)))
    text, whole, votes = text[line, concept], whole[line, concept], votes[line, concept]
    return _Options(line, concept, share, text, whole, votes, columns, column, claims)


def claimed(line: Any, column: Any, share: Any, shape: tuple[int, int]) -> Any:
    """Lines x columns: the shares of the likeliest candidates of each line, which count for the other lines. Those of a
    line stand together, the likeliest first."""
    import numpy as np

    first = np.searchsorted(line, np.arange(shape[0]))
    counting = np.arange(len(line)) - first[line] < tol.RANKS.claims
    out = np.zeros(shape)
    out[line[counting], column[counting]] = share[counting]
    return out


def _measured(
    found: _Options, elsewhere: Any, said: Sequence[precedents.Said], labels: Sequence[str], concepts: tuple[str, ...]
) -> Measured:
    """The candidates of a statement with their measures. elsewhere: of each concept, its best share in the other
    statements."""
    import numpy as np

    line, concept = found.line, found.concept
    above, below = (beside[line, found.column] for beside in _beside(found.claims))
    both, mine = _shared(labels, concepts)
    shared, words, names = both[line, concept], mine[line], _names(concepts).weight[concept]
    near = np.array([one.near for one in said])[line]
    columns = (
        found.text,
        found.whole,
        above,
        below,
        np.maximum(above, below) > found.share,
        elsewhere[concept],
        np.divide(shared, names, out=np.zeros_like(shared), where=names > 0),
        np.divide(shared, words, out=np.zeros_like(shared), where=words > 0),
        *of_votes(found.vote, near, np.array([bool(one.votes) for one in said])[line]),
    )
    measures = np.zeros((len(line), len(MEASURES)))
    for at, values in enumerate(columns):
        measures[:, at] = values
    own = concept == _OWN
    measures[own, :8] = 0.0
    measures[own, 10] = 1.0
    measures[own, 11] = (found.text[own] + found.whole[own]) / 2
    return Measured(line, concept, measures)


def of_votes(vote: Any, near: Any, given: Any) -> tuple[Any, Any]:
    """What precedents, and close ones, say. given: whether any company gave anything to the line of a candidate."""
    import numpy as np

    # What nobody gave, where anybody gave anything, is a vote against.
    told = np.where(given, np.log(vote + tol.RANKS.floor), 0.0)
    return told * np.minimum(1.0, tol.RANKS.rise * near), told * np.maximum(0.0, near - tol.RANKS.close)


def _beside(claims: Any) -> tuple[Any, Any]:
    """As `claims`: the best share of a line above that claims the concept, and of one below."""
    import numpy as np

    above, below = np.zeros_like(claims), np.zeros_like(claims)
    np.maximum.accumulate(claims[:-1], axis=0, out=above[1:])
    np.maximum.accumulate(claims[:0:-1], axis=0, out=below[-2::-1])
    return above, below


def _shared(labels: Sequence[str], concepts: tuple[str, ...]) -> tuple[Any, Any]:
    """How much the words tell that a label shares with each concept's name (lines x concepts), and all words of each
    label."""
    import numpy as np

    names, unknown = _names(concepts), math.log(1 + len(concepts))
    mine, places, told = np.zeros(len(labels)), [np.zeros(0, dtype=np.int64)], [0.0]
    for at, label in enumerate(labels):
        for word in sorted(set(normalise(label).split())):
            mine[at] += names.rarity.get(word, unknown)
            if word in names.rarity:
                places.append(names.having[word] + at * len(concepts))
                told.append(names.rarity[word])
    weights = np.repeat(told, [len(place) for place in places])
    # Of no words at all, bincount gives whole numbers.
    both = np.bincount(np.concatenate(places), weights, len(labels) * len(concepts)).astype(np.float64, copy=False)
    return both.reshape(len(labels), len(concepts)), mine


def weigh(found: Measured) -> NDArray[np.float64]:
    """The probability of each candidate; those of a line add up to 1."""
    import numpy as np

    if not len(found.line):
        return np.zeros(0)
    scores = found.measures @ np.array(WEIGHTS)
    first = np.flatnonzero(np.diff(found.line, prepend=-1))
    lines = np.cumsum(np.diff(found.line, prepend=-1) > 0) - 1
    powers = np.exp(scores - np.maximum.reduceat(scores, first)[lines])
    shares: NDArray[np.float64] = powers / np.add.reduceat(powers, first)[lines]
    return shares


def rank(filing: Sequence[Sequence[Seen]], learned: Learned, has: Sequence[str]) -> list[list[list[Ranked]]]:
    """For every line of every statement its candidates, most probable first, without those that are too faint; the
    filer's own is always there. The probabilities of a line, with the faint ones, add up to 1."""
    with one_thread():
        voted = precedents.said(learned.precedents, filing)
        measured = measure(filing, learned, has, voted)
        return [_ranked(found, said, learned.lines.concepts) for found, said in zip(measured, voted, strict=True)]


def _ranked(found: Measured, said: Sequence[precedents.Said], concepts: Sequence[str]) -> list[list[Ranked]]:
    """The candidates of every line of a statement that are not too faint."""
    import numpy as np

    shares = weigh(found)
    order = np.lexsort((found.concept, -shares, found.line))
    order = order[(shares[order] >= tol.TAGS.faint) | (found.concept[order] == _OWN)]
    rows: list[list[Ranked]] = [[] for _ in said]
    votes = [own_votes(one) for one in said]
    told = zip(found.line[order].tolist(), found.concept[order].tolist(), shares[order].tolist(), order, strict=True)
    for line, concept, share, at in told:
        name = concepts[concept]
        rows[line].append(Ranked(name, share, found.measures[at], votes[line].get(name, 0.0)))
    return rows


def own_votes(said: precedents.Said) -> Mapping[str, float]:
    """The votes of the filer itself, or of one with the same template; none where no company is so near."""
    return said.votes if said.near >= tol.RANKS.same else {}
