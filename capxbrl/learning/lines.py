"""Fits the line model (tagging/models/lines.py) to labelled lines: a softmax over concepts on low-rank sums of sparse
features, by mini-batches with Adam on the rows touched. Plain numpy; the same lines give the same model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ..records import dataclass
from ..tagging.models.arrays import sums
from ..tagging.models.lines import Model, softmax
from .adam import adam
from .features import Fitted, Lines, as_bytes, gather, kept, known, some

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Numbers per vector, passes over the lines, lines per step, first step length.
SIZE, PASSES, BATCH, RATE = 24, 5, 512, 0.012


@dataclass(frozen=True, slots=True)
class Examples(Lines):
    """Lines for training. company: any number a line; weight: how much the line counts."""

    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Lines for one step. rows: the features of all lines, owner: the line of each; weight: adds up to 1."""

    rows: Any
    owner: Any
    concept: Any
    weight: Any


@dataclass(frozen=True, slots=True)
class _Slopes:
    """Of the vectors of the rows touched, and of all outputs."""

    touched: Any
    vectors: Any
    out: Any
    bias: Any


def fit(examples: Examples, concepts: int, *, size: int = SIZE, passes: int = PASSES) -> Fitted:
    """Fit to the examples; `concepts` is how many there are. Raises ValueError when no feature is shown by enough
    companies.
    """
    names = kept(examples.features, examples.starts, examples.company)
    rng = np.random.default_rng(7)
    made = Fitted(
        features=names,
        vectors=rng.normal(0, 0.05, (len(names), size)).astype(np.float32),
        out=rng.normal(0, 0.05, (concepts, size)).astype(np.float32),
        bias=np.zeros(concepts, dtype=np.float32),
    )
    of_vectors, of_out, of_bias = (adam(p) for p in (made.vectors, made.out, made.bias))
    for step, (batch, rate) in enumerate(_plan(examples, names, passes, rng), 1):
        slopes = _slopes(made, batch)
        of_vectors.step(made.vectors, slopes.vectors, rate, step, slopes.touched)
        of_out.step(made.out, slopes.out, rate, step)
        of_bias.step(made.bias, slopes.bias, rate, step)
    return made


def _plan(examples: Examples, names: Any, passes: int, rng: np.random.Generator) -> Iterator[tuple[_Batch, float]]:
    """The lines of every step, in an order by chance, and how long the step is."""
    flat, starts = known(names, examples.features, examples.starts)
    usable = np.flatnonzero((examples.concept >= 0) & (np.diff(starts) > 0))
    steps, step = passes * (len(usable) // BATCH + 1), 0
    for _ in range(passes):
        order = rng.permutation(usable)
        for begin in range(0, len(order), BATCH):
            step += 1
            lines = order[begin : begin + BATCH]
            rows, owner = some(*gather(flat, starts, lines), rng)
            weight = examples.weight[lines]
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / (steps + 1)))
            yield _Batch(rows, owner, examples.concept[lines], weight / weight.sum()), float(rate)


def _slopes(made: Fitted, batch: _Batch) -> _Slopes:
    """Forward through the model, and back."""
    count = len(batch.concept)
    scale = 1 / np.sqrt(np.maximum(1, np.bincount(batch.owner, minlength=count))).astype(np.float32)
    hidden = sums(made.vectors[batch.rows], batch.owner, count) * scale[:, None]
    scores = softmax(hidden @ made.out.T + made.bias)
    scores[np.arange(count), batch.concept] -= 1
    scores *= batch.weight[:, None]
    back = (scores @ made.out) * scale[:, None]
    order = np.argsort(batch.rows, kind="stable")
    touched, first = np.unique(batch.rows[order], return_index=True)
    vectors = np.add.reduceat(back[batch.owner[order]], first, axis=0)
    return _Slopes(touched=touched, vectors=vectors, out=scores.T @ hidden, bias=scores.sum(axis=0))


def rounded(made: Fitted, concepts: tuple[str, ...]) -> Model:
    """What was fitted as the model that tags: its numbers rounded to a byte, the tenth of the features that says least
    left out."""
    vectors, factors = as_bytes(made.vectors)
    factors = factors.astype(np.float16)
    length = np.linalg.norm(vectors.astype(np.float32), axis=1) * factors
    keep = length >= np.sort(length)[len(length) // 10]
    return Model(
        features=made.features[keep],
        vectors=vectors[keep],
        factors=factors[keep],
        out=made.out,
        bias=made.bias,
        concepts=concepts,
    )
