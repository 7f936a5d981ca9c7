"""The layers of the filing model, each with its way back beside it, as thinc has them.

A layer takes what it is given and returns its value and its way back: a function from the slope of that value to the
slope of what was given, which also writes the slopes of the layer's own weights. The formulas forward are those of
inference (tagging/models/filings.py); a test holds the two together, another compares the slopes with differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..records import dataclass
from ..tagging.models.filings import REACH, alike, attend, heads_of
from ..tagging.models.filings import normal as normalised

Back = Callable[[Any], Any]
Layer = Callable[[Any], tuple[Any, Back]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters by name, and where their slopes are written."""

    parts: Mapping[str, Any]
    slopes: Mapping[str, Any]


def chain(*layers: Layer) -> Layer:
    """One layer after the other."""

    def chained(given: Any) -> tuple[Any, Back]:
        backs = []
        for layer in layers:
            given, one = layer(given)
            backs.append(one)

        def back(slope: Any) -> Any:
            for one in reversed(backs):
                slope = one(slope)
            return slope

        return given, back

    return chained


def residual(*layers: Layer) -> Layer:
    """What was given, and what the layers make of it."""
    branch = chain(*layers)

    def added(given: Any) -> tuple[Any, Back]:
        value, branch_back = branch(given)
        return given + value, lambda slope: slope + branch_back(slope)

    return added


def linear(weights: Weights, name: str, at: Any = ...) -> Layer:
    """A matrix and a bias; at: the block, where the parts of the blocks are stacked."""
    parts, slopes = weights.parts, weights.slopes

    def multiplied(given: Any) -> tuple[Any, Back]:
        def back(slope: Any) -> Any:
            slopes[name][at] = given.T @ slope
            slopes[f"{name}_bias"][at] = slope.sum(axis=0)
            return slope @ parts[name][at].T

        return given @ parts[name][at] + parts[f"{name}_bias"][at], back

    return multiplied


def normal(given: Any) -> tuple[Any, Back]:
    """Each row less its mean, with a variance of 1."""
    value, scale = normalised(given)

    def back(slope: Any) -> Any:
        slope = slope - slope.mean(axis=1, keepdims=True) - value * (slope * value).mean(axis=1, keepdims=True)
        slope *= scale
        return slope

    return value, back


def rectified(given: Any) -> tuple[Any, Back]:
    """What is below zero set to zero."""
    value = np.maximum(given, 0)
    return value, lambda slope: slope * (value > 0)


def dropped(mask: Any) -> Layer:
    """Some numbers set to zero, the others made larger by as much; mask: by what each is multiplied."""
    return lambda given: (given * mask, lambda slope: slope * mask)


def attention(weights: Weights, block: int, spans: Sequence[tuple[int, int]], statement: Any) -> Layer:
    """Queries, keys and values -> what each line finds in the lines of its span."""
    parts, slopes = weights.parts, weights.slopes
    heads = len(parts["same"][block])

    def attended(mixed: Any) -> tuple[Any, Back]:
        found, every = attend(mixed, parts["far"][block], parts["same"][block], spans, statement)

        def back(slope: Any) -> Any:
            slopes["far"][block], slopes["same"][block] = 0, 0
            out = np.empty_like(mixed)
            for (begin, end), shares in zip(spans, every, strict=True):
                scores = _of_span(mixed[begin:end], slope[begin:end], shares, out[begin:end], heads)
                slopes["far"][block] += _by_distance(scores)
                slopes["same"][block] += (scores * alike(statement[begin:end])).sum(axis=(1, 2))
            return out

        return found, back

    return attended


def _of_span(mixed: Any, slope: Any, shares: Any, out: Any, heads: int) -> Any:
    """The slopes of the scores of a span (heads, lines, lines); those of what was mixed are written to `out`."""
    lines, size = slope.shape
    query, key, value = heads_of(mixed, heads)
    of = slope.reshape(lines, heads, -1).transpose(1, 0, 2)
    scores = of @ value.transpose(0, 2, 1)
    scores -= (shares * scores).sum(axis=2, keepdims=True)
    scores *= shares
    factor = (size // heads) ** -0.5
    to = heads_of(out, heads)
    to[0] = (scores @ key) * factor
    to[1] = scores.transpose(0, 2, 1) @ (query * factor)
    to[2] = shares.transpose(0, 2, 1) @ of
    return scores


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
