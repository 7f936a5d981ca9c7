"""Fits the context model (tagging/context.py) to labelled filings, in plain numpy; the same filings give the same model.

The parameters are one array, so that a step of AdamW (Loshchilov and Hutter 2019) is the same few operations for all; the
slopes are worked out backwards by hand, and a test compares them with differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .naming import words_of
from .tagging.arrays import sums
from .tagging.context import BLOCKS, HEADS, LONGEST, REACH, SIZE, WIDTH, Trace, alike, forward, heads_of, shapes
from .tagging.text import softmax
from .training import gather, kept, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Passes over the companies, lines per step, longest step, steps until it is reached, and its smallest share at the end.
PASSES, BATCH, RATE, WARM_UP, LAST = 20, 1800, 3e-3, 150, 0.02
#: How fast the averages of the slopes and of their squares move; how much of a weight is lost per step (times its length);
#: the longest slope.
MOMENTUM, SQUARES, DECAY, CLIP = 0.9, 0.98, 0.02, 1.0
#: A feature is kept when so many companies show it. In training so large a share of lines is left out, of features hidden,
#: of the numbers of a branch set to zero.
COMPANIES, LEFT_OUT, HIDDEN, DROPPED = 5, 0.08, 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Filings:
    """Filings for training. The features of line i are features[starts[i]:starts[i + 1]] (checksums); statement: any number
    a line, another for the next statement; concept: its number a line (0 = the filer's own, -1 = nothing to learn). The
    lines of filing i are filings[i] up to filings[i + 1]; company: any number a filing."""

    features: NDArray[np.uint32]
    starts: NDArray[np.int64]
    statement: NDArray[np.int64]
    concept: NDArray[np.int64]
    filings: NDArray[np.int64]
    company: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts of a context model, not yet rounded; the dense ones as context.shapes has them."""

    features: NDArray[np.uint32]
    vectors: NDArray[np.float32]
    out: NDArray[np.float32]
    bias: NDArray[np.float32]
    parts: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines for one step. rows: the features of all lines, owner: the line of each; spans: the lines of each filing."""

    rows: Any
    owner: Any
    spans: Sequence[tuple[int, int]]
    statement: Any
    concept: Any


def fit(filings: Filings, concepts: Sequence[str], *, passes: int = PASSES) -> Fitted:
    """Fit to the filings; concepts: the names. Raises ValueError when no feature is shown by enough companies."""
    company = np.repeat(filings.company, np.diff(filings.filings))
    names = kept(filings.features, filings.starts, company, COMPANIES)
    if not len(names):
        raise ValueError(f"no word is shown by {COMPANIES} companies")
    flat, starts = known(names, filings.features, filings.starts)
    rng = np.random.default_rng(7)
    named = name_matrix(concepts)
    values, parts = laid_out(layout(len(names), *named.shape))
    slope, slopes = laid_out(layout(len(names), *named.shape))
    start(parts, rng)
    mean, square = np.zeros_like(values), np.zeros_like(values)
    plan = [lot for _ in range(passes) for lot in _lots(filings, rng)]
    for step, lot in enumerate(plan, 1):
        batch = _batch(filings, flat, starts, lot, rng)
        shape = (len(batch.statement), SIZE)
        masks = [
            (rng.random(shape, np.float32) >= DROPPED) * np.float32(1 / (1 - DROPPED)) for _ in range(2 * BLOCKS + 2)
        ]
        find_slopes(parts, named, batch, masks, slopes)
        rate = RATE * min(1, step / WARM_UP) * max(LAST, 0.5 * (1 + np.cos(np.pi * step / len(plan))))
        slope *= min(1, CLIP / (float(np.linalg.norm(slope)) + 1e-6))
        values[parts["vectors"].size :] *= np.float32(1 - rate * DECAY)
        _adam(values, mean, square, slope, rate, step)
    return Fitted(
        features=names, vectors=parts["vectors"], out=parts["out"] + named @ parts["words"], bias=parts["bias"],
        parts={name: parts[name] for name in shapes()},
    )  # fmt: skip


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


def layout(features: int, concepts: int, words: int, dense: Mapping[str, tuple[int, ...]] | None = None) -> dict[str, tuple[int, ...]]:  # fmt: skip
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
    some = [lines[rng.random(len(lines)) >= LEFT_OUT] for lines in every]
    lines = np.concatenate(some)
    rows, owner = gather(flat, starts, lines)
    shown = rng.random(len(rows)) >= HIDDEN
    ends = np.cumsum([0, *(len(s) for s in some)]).tolist()
    spans = [(a, b) for a, b in pairwise(ends) if a < b]
    return Batch(rows[shown], owner[shown], spans, filings.statement[lines], filings.concept[lines])


def find_slopes(parts: Mapping[str, Any], named: Any, batch: Batch, masks: Sequence[Any], slopes: Mapping[str, Any]) -> float:  # fmt: skip
    """How wrong the model is (mean of -log of the right concept's share); the slopes of that are written to `slopes`.

    masks: as of context.forward, and one more for the last rows.
    """
    count = len(batch.statement)
    summed = sums(parts["vectors"][batch.rows], batch.owner, count)
    hidden, trace = forward(parts, summed, batch.spans, batch.statement, masks)
    taught = np.flatnonzero(batch.concept >= 0)
    right = (np.arange(len(taught)), batch.concept[taught])
    given = (hidden * masks[-1])[taught]
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
    back = _backward(parts, _unnormal(back * masks[-1], hidden, trace.scale_out), trace, batch, masks, slopes)
    back = _unnormal(_linear(parts, slopes, "up", ..., trace.seen, back * masks[0]), trace.seen, trace.scale)
    order = np.argsort(batch.rows, kind="stable")
    slopes["vectors"][...] = sums(back[batch.owner[order]], batch.rows[order], len(slopes["vectors"]))
    return wrong


def _backward(parts: Any, back: Any, trace: Trace, batch: Batch, masks: Sequence[Any], slopes: Any) -> Any:
    """The slope of what comes out of the last block -> that of what goes into the first."""
    for i in reversed(range(len(trace.blocks))):
        block = trace.blocks[i]
        inner = _linear(parts, slopes, "narrow", i, block.inner, back * masks[2 * i + 2])
        inner *= block.inner > 0
        back = back + _unnormal(_linear(parts, slopes, "widen", i, block.seen_2, inner), block.seen_2, block.scale_2)
        found = _linear(parts, slopes, "join", i, block.found, back * masks[2 * i + 1])
        slopes["far"][i], slopes["same"][i] = 0, 0
        mixed = np.empty_like(block.mixed)
        heads, size = len(parts["same"][i]), found.shape[1]
        for (begin, end), weights in zip(batch.spans, block.weights, strict=True):
            query, key, value = heads_of(block.mixed[begin:end], heads)
            of = found[begin:end].reshape(end - begin, heads, -1).transpose(1, 0, 2)
            scores = of @ value.transpose(0, 2, 1)
            scores -= (weights * scores).sum(axis=2, keepdims=True)
            scores *= weights
            factor = (size // heads) ** -0.5
            to = heads_of(mixed[begin:end], heads)
            to[0] = (scores @ key) * factor
            to[1] = scores.transpose(0, 2, 1) @ (query * factor)
            to[2] = weights.transpose(0, 2, 1) @ of
            slopes["far"][i] += _by_distance(scores)
            slopes["same"][i] += (scores * alike(batch.statement[begin:end])).sum(axis=(1, 2))
        back = back + _unnormal(_linear(parts, slopes, "mix", i, block.seen, mixed), block.seen, block.scale)
    return back


def _linear(parts: Any, slopes: Any, name: str, at: Any, given: Any, back: Any) -> Any:
    """Backwards through a layer: the slopes of its weights, and of what it was given (returned)."""
    slopes[name][at] = given.T @ back
    slopes[f"{name}_bias"][at] = back.sum(axis=0)
    return back @ parts[name][at].T


def _unnormal(back: Any, seen: Any, scale: Any) -> Any:
    """Backwards through context.normal."""
    back = back - back.mean(axis=1, keepdims=True) - seen * (back * seen).mean(axis=1, keepdims=True)
    back *= scale
    return back


def _by_distance(scores: Any) -> Any:
    """The slopes of the scores (heads, lines, lines) added up by distance: (heads, 2 * REACH + 1)."""
    heads, lines, _ = scores.shape
    # Each row one number further to the right than the row below it: what is equally far stands in one column.
    wide = np.zeros((heads, lines, 2 * lines), dtype=scores.dtype)
    wide[:, :, :lines] = scores[:, ::-1]
    along = wide.reshape(heads, -1)[:, : lines * (2 * lines - 1)].reshape(heads, lines, -1).sum(axis=1)
    out = np.zeros((heads, 2 * REACH + 1), dtype=scores.dtype)
    np.add.at(out.T, np.clip(np.arange(1 - lines, lines), -REACH, REACH) + REACH, along.T)
    return out


def _adam(values: Any, mean: Any, square: Any, slope: Any, rate: float, step: int) -> None:
    """One step of Adam (Kingma and Ba 2015) on all parameters; `slope` is used up."""
    mean += (slope - mean) * np.float32(1 - MOMENTUM)
    square *= np.float32(SQUARES)
    np.square(slope, out=slope)
    slope *= np.float32(1 - SQUARES)
    square += slope
    np.sqrt(square, out=slope)
    slope += np.float32(1e-8)
    np.divide(mean, slope, out=slope)
    slope *= np.float32(rate * (1 - SQUARES**step) ** 0.5 / (1 - MOMENTUM**step))
    values -= slope
