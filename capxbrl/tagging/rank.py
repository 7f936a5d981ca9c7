"""What the two models and the precedents say -> calibrated probabilities, seen over the whole filing.

A concept is less likely where another line claims it with more right, more likely where the filing's other statements
have it, and where its own name shares words with the label; a precedent counts the more, the nearer its company is. How
much each of these counts was fitted, once, on companies that nothing here had seen, and on later filings of companies
of which the precedents knew an earlier one; the numbers are the mean of two such fits (`evals/tagging.py --weights`
prints one).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from types import MappingProxyType
from typing import Any

from ..naming import words_of
from . import tolerances as tol
from .labels import normalise
from .models import filings, precedents
from .models.lines import Seen, softmax
from .tables import Learned

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
OWN = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: a concept's name, or "" for the filer's own; its probability, its measures, and its share of the
    votes of companies with the same lines (0 when there is none)."""

    name: str
    share: float
    measures: tuple[float, ...]
    voted: float


@cache
def name_words(name: str) -> frozenset[str]:
    """The words of a concept's name, in the form of labels."""
    return frozenset(normalise(words_of(name)).split())


@cache
def _rarity(concepts: tuple[str, ...]) -> dict[str, float]:
    """How much a word of concept names tells."""
    spread = Counter(word for name in concepts for word in name_words(name))
    return {word: math.log(1 + len(concepts) / (1 + n)) for word, n in spread.items()}


@cache
def _weights(concepts: tuple[str, ...]) -> dict[str, float]:
    """How much all words of each concept's name tell."""
    rarity = _rarity(concepts)
    return {name: math.fsum(rarity[word] for word in name_words(name)) for name in concepts}


Measured = list[list[list[tuple[str, tuple[float, ...]]]]]
#: A candidate: its name, its share in the mixture, and the logarithms of its shares in the two models.
_Option = tuple[str, float, float, float]


def measure(
    filing: Sequence[Sequence[Seen]], learned: Learned, has: Sequence[str], voted: Sequence[Sequence[precedents.Said]]
) -> Measured:
    """For every line of every statement its candidates with their measures, not yet weighed. voted: of
    `precedents.said`.
    """
    wholes = filings.shares(learned.filings, filing)
    shares = [
        _best(learned.lines.concepts, learned.lines.shares(lines, has), whole, said) if lines else []
        for lines, whole, said in zip(filing, wholes, voted, strict=True)
    ]
    rarity = _rarity(learned.lines.concepts)
    told_by = _weights(learned.lines.concepts)
    reach = [_claims(rows) for rows in shares]
    tops = [{name: max(claims)[0] for name, claims in one.items()} for one in reach]
    out = []
    for number, (lines, rows) in enumerate(zip(filing, shares, strict=True)):
        near = _Around(reach[number], _most([top for other, top in enumerate(tops) if other != number]))
        out.append(
            [
                _measured(
                    at, row, voted[number][at], near, _Label(frozenset(normalise(line.label).split()), rarity, told_by)
                )
                for at, (line, row) in enumerate(zip(lines, rows, strict=True))
            ]
        )
    return out


def _most(tops: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Concept -> its best share in any of these statements."""
    out: dict[str, float] = {}
    for top in tops:
        for name, share in top.items():
            out[name] = max(share, out.get(name, 0.0))
    return out


@dataclass(frozen=True, slots=True)
class _Around:
    """Who else claims a concept: in the statement (share, line), and its best share in the others."""

    claims: Mapping[str, Sequence[tuple[float, int]]]
    others: Mapping[str, float]

    def above_and_below(self, name: str, at: int) -> tuple[float, float]:
        above = below = 0.0
        for claim, i in self.claims.get(name, ()):
            if i < at:
                above = max(above, claim)
            elif i > at:
                below = max(below, claim)
        return above, below


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a label, and how much words and whole names of concepts tell."""

    words: frozenset[str]
    rarity: Mapping[str, float]
    told_by: Mapping[str, float]

    def weight(self) -> float:
        unknown = math.log(1 + len(self.told_by))
        return math.fsum(self.rarity.get(word, unknown) for word in self.words)

    def shared(self, name: str) -> float:
        both = name_words(name) & self.words
        return math.fsum(self.rarity[word] for word in both) if both else 0.0


def _measured(
    at: int, row: Sequence[_Option], said: precedents.Said, near: _Around, label: _Label
) -> list[tuple[str, tuple[float, ...]]]:
    """The candidates of one line with their measures, in the order of MEASURES."""
    options: list[tuple[str, tuple[float, ...]]] = []
    weight = label.weight()
    rise, close = min(1.0, tol.RANKS.rise * said.near), max(0.0, said.near - tol.RANKS.close)
    # What nobody gave, where anybody gave anything.
    nobody = math.log(tol.RANKS.floor) if said.votes else 0.0
    for name, share, of_text, of_whole in row:
        vote = math.log(said.votes[name] + tol.RANKS.floor) if name in said.votes else nobody
        votes = vote * rise, vote * close
        if name == OWN:
            options.append((name, (0.0,) * 8 + (*votes, 1.0, (of_text + of_whole) / 2)))
            continue
        above, below = near.above_and_below(name, at)
        both, whole = label.shared(name), label.told_by[name]
        options.append(
            (
                name,
                (
                    of_text,
                    of_whole,
                    above,
                    below,
                    float(max(above, below) > share),
                    near.others.get(name, 0.0),
                    both / whole if whole else 0.0,
                    both / weight if weight else 0.0,
                    *votes,
                    0.0,
                    0.0,
                ),
            )
        )
    return options


def weigh(
    options: Sequence[tuple[str, tuple[float, ...]]], votes: Mapping[str, float] = MappingProxyType({})
) -> list[Ranked]:
    """The candidates of a line from their measures, most probable first. votes: those of companies with the
    same lines."""
    scores = [sum(map(mul, WEIGHTS, measures)) for _, measures in options]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    found = [
        Ranked(name, power / total, measures, votes.get(name, 0.0))
        for (name, measures), power in zip(options, powers, strict=True)
    ]
    return sorted(found, key=lambda r: (-r.share, r.name))


def rank(filing: Sequence[Sequence[Seen]], learned: Learned, has: Sequence[str]) -> list[list[list[Ranked]]]:
    """For every line of every statement its candidates, most probable first; the probabilities of a line add up
    to 1."""
    voted = precedents.said(learned.precedents, filing)
    return [
        [weigh(options, _own_votes(said)) for options, said in zip(lines, told, strict=True)]
        for lines, told in zip(measure(filing, learned, has, voted), voted, strict=True)
    ]


def _own_votes(said: precedents.Said) -> Mapping[str, float]:
    """The votes of the filer itself, or of one with the same template; none where no company is so near."""
    return said.votes if said.near >= tol.RANKS.same else {}


def _best(concepts: Sequence[str], of_text: Any, of_whole: Any, said: Sequence[precedents.Said]) -> list[list[_Option]]:
    """The likeliest concepts of each line of a statement, those of precedents and the filer's own always among them."""
    import numpy as np

    text, whole = np.log(of_text + 1e-6), np.log(of_whole + 1e-6)
    shares = softmax(tol.RANKS.text * text + (1 - tol.RANKS.text) * whole)
    place = _places(tuple(concepts))
    count = min(tol.RANKS.candidates, shares.shape[1])
    top: Any = np.argpartition(-shares, count - 1, axis=1)[:, :count]
    out = []
    for at, (row, told) in enumerate(zip(top.tolist(), said, strict=True)):
        votes = {place[name]: part for name, part in told.votes.items()}
        if votes:
            shares[at] *= 1 - told.near
            for i, part in votes.items():
                shares[at, i] += told.near * part
        wanted = {*row, place[OWN], *(i for i, part in votes.items() if part >= tol.RANKS.voted)}
        found = [(concepts[i], float(shares[at, i]), float(text[at, i]), float(whole[at, i])) for i in wanted]
        out.append(sorted(found, key=lambda f: (-f[1], f[0])))
    return out


@cache
def _places(concepts: tuple[str, ...]) -> dict[str, int]:
    return {name: i for i, name in enumerate(concepts)}


def _claims(rows: Sequence[Sequence[_Option]]) -> dict[str, list[tuple[float, int]]]:
    """Concept -> (share, line) of the lines that may be it."""
    out: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for at, row in enumerate(rows):
        for name, share, *_ in row[: tol.RANKS.claims]:
            out[name].append((share, at))
    return out
