"""The text model's shares -> calibrated probabilities, seen over the whole filing.

A concept is less likely where another line claims it with more right, more likely where the filing's other statements
have it, and where its own name shares words with the label. How much each of these counts was fitted, once, on companies
that the model had not seen (`evals/tagging.py --weights` prints the numbers anew).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from typing import Any

from ..naming import words_of
from .labels import normalise
from .text import Line, Model

#: Candidates of a line that are looked at, and those that count for the other lines.
CANDIDATES, CLAIMS = 16, 8
#: What is measured of a candidate, in order, and the weight of each.
MEASURES = (
    "share",
    "claimed above",
    "claimed below",
    "outdone",
    "in other statements",
    "name in label",
    "label in name",
    "own",
    "share of own",
)
WEIGHTS = (0.735, -1.0, -1.14, -0.22, 0.36, 0.08, 0.55, -0.1, 0.36)
OWN = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: a concept's name, or "" for the filer's own; its probability, and its measures."""

    name: str
    share: float
    measures: tuple[float, ...]


@cache
def name_words(name: str) -> frozenset[str]:
    """The words of a concept's name, in the form of labels."""
    return frozenset(normalise(words_of(name)).split())


@cache
def _rarity(concepts: tuple[str, ...]) -> dict[str, float]:
    """How much a word of concept names tells."""
    spread = Counter(word for name in concepts for word in name_words(name))
    return {word: math.log(1 + len(concepts) / (1 + n)) for word, n in spread.items()}


def measure(filing: Sequence[Sequence[Line]], model: Model, has: Sequence[str]) -> list[list[list[tuple[str, tuple[float, ...]]]]]:  # fmt: skip
    """For every line of every statement its candidates with their measures, not yet weighed."""
    shares = [_best(model, lines, has) for lines in filing]
    rarity = _rarity(model.concepts)
    unknown = math.log(1 + len(model.concepts))
    reach = [_claims(rows) for rows in shares]
    out = []
    for number, (lines, rows) in enumerate(zip(filing, shares, strict=True)):
        measured = []
        for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
            words = frozenset(normalise(line.label).split())
            weight = sum(rarity.get(w, unknown) for w in words)
            options: list[tuple[str, tuple[float, ...]]] = []
            for name, share in row:
                log = math.log(share + 1e-6)
                if name == OWN:
                    options.append((name, (0.0,) * 7 + (1.0, log)))
                    continue
                above = max((s for s, i in reach[number].get(name, ()) if i < at), default=0.0)
                below = max((s for s, i in reach[number].get(name, ()) if i > at), default=0.0)
                elsewhere = max(
                    (s for other, claims in enumerate(reach) if other != number for s, _ in claims.get(name, ())),
                    default=0.0,
                )
                mine = name_words(name)
                both = sum(rarity.get(w, unknown) for w in mine & words)
                whole = sum(rarity.get(w, unknown) for w in mine)
                options.append(
                    (
                        name,
                        (
                            log, above, below, float(max(above, below) > share), elsewhere,
                            both / whole if whole else 0.0, both / weight if weight else 0.0, 0.0, 0.0,
                        ),
                    )
                )  # fmt: skip
            measured.append(options)
        out.append(measured)
    return out


def rank(filing: Sequence[Sequence[Line]], model: Model, has: Sequence[str]) -> list[list[list[Ranked]]]:
    """For every line of every statement its candidates, most probable first; the probabilities of a line add up to 1."""
    out = []
    for measured in measure(filing, model, has):
        ranked = []
        for options in measured:
            scores = [sum(map(mul, WEIGHTS, measures)) for _, measures in options]
            top = max(scores)
            powers = [math.exp(s - top) for s in scores]
            total = sum(powers)
            found = [
                Ranked(name, power / total, measures)
                for (name, measures), power in zip(options, powers, strict=True)
            ]  # fmt: skip
            ranked.append(sorted(found, key=lambda r: (-r.share, r.name)))
        out.append(ranked)
    return out


def _best(model: Model, lines: Sequence[Line], has: Sequence[str]) -> list[list[tuple[str, float]]]:
    """The largest shares of each line, the filer's own always among them."""
    import numpy as np

    if not lines:
        return []
    shares = model.shares(lines, has)
    own = model.concepts.index(OWN)
    count = min(CANDIDATES, shares.shape[1])
    top: Any = np.argpartition(-shares, count - 1, axis=1)[:, :count]
    out = []
    for at, row in enumerate(top.tolist()):
        found = sorted(((model.concepts[i], float(shares[at, i])) for i in row), key=lambda f: (-f[1], f[0]))
        if own not in row:
            found.append((OWN, float(shares[at, own])))
        out.append(found)
    return out


def _claims(rows: Sequence[Sequence[tuple[str, float]]]) -> dict[str, list[tuple[float, int]]]:
    """Concept -> (share, line) of the lines that may be it."""
    out: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for at, row in enumerate(rows):
        for name, share in row[:CLAIMS]:
            out[name].append((share, at))
    return out
