"""Fits the filing model (tagging/models/filings.py) to labelled filings, in plain numpy; the same filings give the same
model.

The parameters are one array, so that a step of AdamW (Loshchilov and Hutter 2019) is the same few operations for all;
the layers and their ways back are in layers.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..naming import words_of
from ..records import dataclass
from ..tagging.models.arrays import sums
from ..tagging.models.filings import BLOCKS, HEADS, LONGEST, SIZE, WIDTH, Model, shapes
from ..tagging.models.lines import softmax
from .adam import adam
from .features import Fitted, Lines, as_bytes, gather, kept, known, some
from .layers import Layer, Weights, attention, chain, dropped, linear, normal, rectified, residual

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Passes over the companies, lines per step, longest step, steps until it is reached, and its smallest share at the
#: end.
PASSES, BATCH, RATE, WARM_UP, LAST = 20, 1800, 3e-3, 150, 0.02
#: How fast the averages of the slopes and of their squares move; how much of a weight is lost per step (times its
#: length); the longest slope.
MOMENTUM, SQUARES, DECAY, CLIP = 0.9, 0.98, 0.02, 1.0
#: In training so large a share of lines is left out, and of the numbers of a branch set to zero.
LEFT_OUT, DROPPED = 0.08, 0.15


@dataclass(frozen=True, slots=True)
class Filings(Lines):
    """Filings for training. statement: any number a line, another for the next statement. The lines of filing i are
    filings[i] up to filings[i + 1]; company: any number a filing."""

    statement: NDArray[np.int64]
    filings: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FittedWhole(Fitted):
    """The parts of a filing model; the dense ones as of shapes()."""

    parts: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines for one step. rows: the features of all lines, owner: the line of each; spans: the lines of each filing."""

    rows: Any
    owner: Any
    spans: Sequence[tuple[int, int]]
    statement: Any
    concept: Any


def fit(filings: Filings, concepts: Sequence[str], *, passes: int = PASSES) -> FittedWhole:
    """Fit to the filings; concepts: the names. Raises ValueError when no feature is shown by enough companies."""
    company = np.repeat(filings.company, np.diff(filings.filings))
    names = kept(filings.features, filings.starts, company)
    flat, starts = known(names, filings.features, filings.starts)
    rng = np.random.default_rng(7)
    named = name_matrix(concepts)
    values, parts = laid_out(layout(len(names), *named.shape))
    slope, slopes = laid_out(layout(len(names), *named.shape))
    start(parts, rng)
    optimiser = adam(values, momentum=MOMENTUM, squares=SQUARES)
    plan = [lot for _ in range(passes) for lot in _lots(filings, rng)]
    for step, lot in enumerate(plan, 1):
        batch = _batch(filings, flat, starts, lot, rng)
        find_slopes(Weights(parts, slopes), named, batch, _masks(len(batch.statement), rng))
        rate = RATE * min(1, step / WARM_UP) * max(LAST, 0.5 * (1 + np.cos(np.pi * step / len(plan))))
        slope *= min(1, CLIP / (float(np.linalg.norm(slope)) + 1e-6))
        values[parts["vectors"].size :] *= np.float32(1 - rate * DECAY)
        optimiser.step(values, slope, rate, step)
    return FittedWhole(
        features=names,
        vectors=parts["vectors"],
        out=parts["out"] + named @ parts["words"],
        bias=parts["bias"],
        parts={name: parts[name] for name in shapes()},
    )


def _masks(lines: int, rng: np.random.Generator) -> list[Any]:
    """What is dropped this time: of the rows that go in, of the two branches of every block, of the rows that
    come out."""
    keep, shape = np.float32(1 / (1 - DROPPED)), (lines, SIZE)
    return [(rng.random(shape, np.float32) >= DROPPED) * keep for _ in range(2 * BLOCKS + 2)]


def name_matrix(concepts: Sequence[str]) -> Any:
    """How much of each word is in each concept's name: (concepts, words), of the words that two names have."""
    names = [list(dict.fromkeys(words_of(name).lower().split())) for name in concepts]
    often = Counter(word for name in names for word in name)
    place = {word: i for i, word in enumerate(sorted(word for word, count in often.items() if count > 1))}
    out = np.zeros((len(concepts), len(place)), dtype=np.float32)
    for i, name in enumerate(names):
        for word in name:
            if word in place:
                out[i, place[word]] = len(name) ** -0.5
    return out


def layout(
    features: int, concepts: int, words: int, dense: Mapping[str, tuple[int, ...]] | None = None
) -> dict[str, tuple[int, ...]]:
    """All parameters and their shapes, the vectors of the features first."""
    dense = shapes(WIDTH, SIZE, BLOCKS, HEADS) if dense is None else dense
    width, size = dense["up"]
    return {"vectors": (features, width), "out": (concepts, size), "words": (words, size), "bias": (concepts,), **dense}


def laid_out(wanted: Mapping[str, tuple[int, ...]], kind: Any = np.float32) -> tuple[Any, dict[str, Any]]:
    """One array of zeros, and the named pieces of it in their shapes."""
    ends = np.cumsum([int(np.prod(shape)) for shape in wanted.values()])
    whole = np.zeros(ends[-1], dtype=kind)
    pieces = np.split(whole, ends[:-1])
    return whole, {name: piece.reshape(shape) for (name, shape), piece in zip(wanted.items(), pieces, strict=True)}


def start(parts: Mapping[str, Any], rng: np.random.Generator) -> None:
    """Small random numbers to start from; what is added (biases, distances) starts with 0."""
    for name, spread in (("vectors", 0.1), ("out", 0.05), ("words", 0.05)):
        parts[name][...] = rng.normal(0, spread, parts[name].shape)
    for name in ("up", "mix", "join", "widen", "narrow"):
        parts[name][...] = rng.normal(0, (3 * parts[name].shape[-2]) ** -0.5, parts[name].shape)


def _lots(filings: Filings, rng: np.random.Generator) -> list[Any]:
    """One filing of each company, by chance, in lots of about BATCH lines."""
    order = rng.permutation(len(filings.company))
    _, first = np.unique(filings.company[order], return_index=True)
    chosen = rng.permutation(order[first])
    lines = np.minimum(np.diff(filings.filings)[chosen], LONGEST)
    lot = (np.cumsum(lines) - lines) // BATCH
    return np.split(chosen, np.flatnonzero(np.diff(lot)) + 1)


def _batch(filings: Filings, flat: Any, starts: Any, lot: Any, rng: np.random.Generator) -> Batch:
    """The lines of the filings, some of them left out and some of their features hidden."""
    begin, end = filings.filings[lot], filings.filings[lot + 1]
    every = [np.arange(a, min(b, a + LONGEST)) for a, b in zip(begin, end, strict=True)]
    left = [lines[rng.random(len(lines)) >= LEFT_OUT] for lines in every]
    lines = np.concatenate(left)
    rows, owner = some(*gather(flat, starts, lines), rng)
    ends = np.cumsum([0, *(len(one) for one in left)]).tolist()
    spans = [(a, b) for a, b in pairwise(ends) if a < b]
    return Batch(rows, owner, spans, filings.statement[lines], filings.concept[lines])


def network(weights: Weights, batch: Batch, masks: Sequence[Any]) -> Layer:
    """Sums of the vectors of features -> the rows that the concepts are told from. masks: as of _masks."""
    blocks = []
    for i in range(len(weights.parts["mix"])):
        look = attention(weights, i, batch.spans, batch.statement)
        found = (normal, linear(weights, "mix", i), look, linear(weights, "join", i))
        thought = (normal, linear(weights, "widen", i), rectified, linear(weights, "narrow", i))
        blocks += [residual(*found, dropped(masks[2 * i + 1])), residual(*thought, dropped(masks[2 * i + 2]))]
    return chain(normal, linear(weights, "up"), dropped(masks[0]), *blocks, normal, dropped(masks[-1]))


def find_slopes(weights: Weights, named: Any, batch: Batch, masks: Sequence[Any]) -> float:
    """How wrong the model is (mean of -log of the right concept's share); the slopes of that are written to
    `weights`."""
    parts, slopes = weights.parts, weights.slopes
    summed = sums(parts["vectors"][batch.rows], batch.owner, len(batch.statement))
    hidden, way_back = network(weights, batch, masks)(summed)
    taught = np.flatnonzero(batch.concept >= 0)
    right = (np.arange(len(taught)), batch.concept[taught])
    given = hidden[taught]
    matrix = parts["out"] + named @ parts["words"]
    scores = softmax(given @ matrix.T + parts["bias"])
    wrong = -float(np.log(scores[right] + 1e-30).mean()) if len(taught) else 0.0
    scores[right] -= 1
    scores /= max(1, len(taught))
    np.matmul(scores.T, given, out=slopes["out"])
    np.matmul(named.T, slopes["out"], out=slopes["words"])
    np.sum(scores, axis=0, out=slopes["bias"])
    back = np.zeros_like(hidden)
    back[taught] = scores @ matrix
    back = way_back(back)
    order = np.argsort(batch.rows, kind="stable")
    slopes["vectors"][...] = sums(back[batch.owner[order]], batch.rows[order], len(slopes["vectors"]))
    return wrong


def rounded(made: FittedWhole) -> Model:
    """What was fitted as the model that tags: its numbers rounded as they are saved."""
    vectors, factors = as_bytes(made.vectors)
    out, out_factors = as_bytes(made.out)
    return Model(
        features=made.features,
        vectors=vectors,
        factors=_halved(factors),
        out=out,
        out_factors=_halved(out_factors),
        bias=_halved(made.bias),
        parts={name: _halved(values) for name, values in made.parts.items()},
    )


def _halved(values: Any) -> Any:
    return values.astype(np.float16).astype(np.float32)
