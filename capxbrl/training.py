"""Fits the text model (tagging/text.py) to labelled lines: a softmax over concepts on low-rank sums of sparse features,
by mini-batches with Adam on the rows touched. Plain numpy; the same lines give the same model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .tagging.arrays import find, sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Numbers per vector, passes over the lines, lines per step, first step length.
SIZE, PASSES, BATCH, RATE = 24, 5, 512, 0.012
#: A feature is kept when so many companies show it; so large a share of features is hidden at random in training.
COMPANIES, HIDDEN = 5, 0.25


@dataclass(frozen=True, slots=True)
class Examples:
    """Lines for training. The features of line i are features[starts[i]:starts[i + 1]] (checksums); concept: its number
    (0 = the filer's own); company: any number; weight: how much the line counts."""

    features: NDArray[np.uint32]
    starts: NDArray[np.int64]
    concept: NDArray[np.int64]
    company: NDArray[np.int64]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts of a text model, its vectors not yet rounded."""

    features: NDArray[np.uint32]
    vectors: NDArray[np.float32]
    out: NDArray[np.float32]
    bias: NDArray[np.float32]


def kept(features: Any, starts: Any, company: Any, at_least: int = COMPANIES) -> NDArray[np.uint32]:
    """The features that enough companies show, sorted. features, starts, company: as of Examples."""
    import numpy as np

    owner = np.repeat(company, np.diff(starts)).astype(np.uint64)
    pairs = np.unique((features.astype(np.uint64) << np.uint64(32)) | (owner & np.uint64(0xFFFFFFFF)))
    names, count = np.unique((pairs >> np.uint64(32)).astype(np.uint32), return_counts=True)
    result: Any = names[count >= at_least]
    return result  # type: ignore[no-any-return]


def known(names: Any, features: Any, starts: Any) -> tuple[Any, Any]:
    """The place among `names` of each feature that is there, and where the features of each line now start."""
    import numpy as np

    at, there = find(names, features)
    return at[there].astype(np.int32), np.concatenate(([0], np.cumsum(there)))[starts]


def fit(examples: Examples, concepts: int, *, size: int = SIZE, passes: int = PASSES) -> Fitted:
    """Fit to the examples; `concepts` is how many there are. Raises ValueError when no feature is shown by enough companies."""
    import numpy as np

    names = kept(examples.features, examples.starts, examples.company)
    if not len(names):
        raise ValueError(f"no word is shown by {COMPANIES} companies")
    flat, starts = known(names, examples.features, examples.starts)
    counts = np.diff(starts)
    rng = np.random.default_rng(7)
    vectors = rng.normal(0, 0.05, (len(names), size)).astype(np.float32)
    out = rng.normal(0, 0.05, (concepts, size)).astype(np.float32)
    bias = np.zeros(concepts, dtype=np.float32)
    state = [(np.zeros_like(p), np.zeros_like(p)) for p in (vectors, out, bias)]
    usable = np.flatnonzero((examples.concept >= 0) & (counts > 0))
    steps, step = passes * (len(usable) // BATCH + 1), 0
    for _ in range(passes):
        order = rng.permutation(usable)
        for begin in range(0, len(order), BATCH):
            step += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / (steps + 1)))
            lines = order[begin : begin + BATCH]
            rows, owner = gather(flat, starts, lines)
            shown = rng.random(len(rows)) >= HIDDEN
            rows, owner = rows[shown], owner[shown]
            scale = 1 / np.sqrt(np.maximum(1, np.bincount(owner, minlength=len(lines)))).astype(np.float32)
            hidden = sums(vectors[rows], owner, len(lines)) * scale[:, None]
            scores = hidden @ out.T + bias
            scores -= scores.max(axis=1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=1, keepdims=True)
            scores[np.arange(len(lines)), examples.concept[lines]] -= 1
            weight = examples.weight[lines]
            scores *= (weight / weight.sum())[:, None]
            back = (scores @ out) * scale[:, None]
            order_of = np.argsort(rows, kind="stable")
            sorted_rows = rows[order_of]
            touched, first = np.unique(sorted_rows, return_index=True)
            slope = np.add.reduceat(back[owner[order_of]], first, axis=0)
            _adam(vectors, state[0], slope, rate, step, touched)
            _adam(out, state[1], scores.T @ hidden, rate, step)
            _adam(bias, state[2], scores.sum(axis=0), rate, step)
    return Fitted(features=names, vectors=vectors, out=out, bias=bias)


def gather(flat: Any, starts: Any, lines: Any) -> tuple[Any, Any]:
    """The features of the lines, one after the other, and which line each belongs to."""
    import numpy as np

    lengths = starts[lines + 1] - starts[lines]
    owner = np.repeat(np.arange(len(lines)), lengths)
    offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return flat[starts[lines][owner] + offset], owner


def _adam(values: Any, state: tuple[Any, Any], slope: Any, rate: float, step: int, rows: Any = slice(None)) -> None:
    """One step of Adam (Kingma and Ba 2015) on the given rows."""
    mean, square = state
    mean[rows] = 0.9 * mean[rows] + 0.1 * slope
    square[rows] = 0.999 * square[rows] + 0.001 * slope * slope
    fix = rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
    values[rows] -= fix * mean[rows] / (square[rows] ** 0.5 + 1e-8)


def rounded(values: Any) -> tuple[Any, Any]:
    """The numbers as one byte each, and the factor of each row."""
    import numpy as np

    factor = np.maximum(np.abs(values).max(axis=1), 1e-9).astype(np.float32) / 127
    return np.round(values / factor[:, None]).astype(np.int8), factor
