"""The sparse features of lines in training: which are kept, where each stands, and as one byte a number when done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..records import dataclass
from ..tagging.models.arrays import find

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A feature is kept when so many companies show it; so large a share of features is hidden at random in training.
COMPANIES, HIDDEN = 5, 0.25


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines for training. The features of line i are features[starts[i]:starts[i + 1]] (checksums); concept: its number
    (0 = the filer's own, -1 = nothing to learn); company: any number."""

    features: NDArray[np.uint32]
    starts: NDArray[np.int64]
    concept: NDArray[np.int64]
    company: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts of a model, not yet rounded."""

    features: NDArray[np.uint32]
    vectors: NDArray[np.float32]
    out: NDArray[np.float32]
    bias: NDArray[np.float32]


def kept(features: Any, starts: Any, company: Any) -> NDArray[np.uint32]:
    """The features that enough companies show, sorted. features, starts, company: as of Lines.

    Raises ValueError when there is none.
    """
    owner = np.repeat(company, np.diff(starts)).astype(np.uint64)
    pairs = np.unique((features.astype(np.uint64) << np.uint64(32)) | (owner & np.uint64(0xFFFFFFFF)))
    names, count = np.unique((pairs >> np.uint64(32)).astype(np.uint32), return_counts=True)
    result: NDArray[np.uint32] = names[count >= COMPANIES]
    if not len(result):
        raise ValueError(f"no word is shown by {COMPANIES} companies")
    return result


def known(names: Any, features: Any, starts: Any) -> tuple[Any, Any]:
    """The place among `names` of each feature that is there, and where the features of each line now start."""
    at, there = find(names, features)
    return at[there].astype(np.int32), np.concatenate(([0], np.cumsum(there)))[starts]


def gather(flat: Any, starts: Any, lines: Any) -> tuple[Any, Any]:
    """The features of the lines, one after the other, and which line each belongs to."""
    lengths = starts[lines + 1] - starts[lines]
    owner = np.repeat(np.arange(len(lines)), lengths)
    offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return flat[starts[lines][owner] + offset], owner


def some(rows: Any, owner: Any, rng: np.random.Generator) -> tuple[Any, Any]:
    """The features that are not hidden this time."""
    shown = rng.random(len(rows)) >= HIDDEN
    return rows[shown], owner[shown]


def as_bytes(values: Any) -> tuple[Any, Any]:
    """The numbers as one byte each, and the factor of each row."""
    factor = np.maximum(np.abs(values).max(axis=1), 1e-9).astype(np.float32) / 127
    return np.round(values / factor[:, None]).astype(np.int8), factor
