"""The filing model: a small transformer (Vaswani et al. 2017) over all lines of a filing.

A line is the sum of the vectors of its features: its own words, place and unit. What stands around it the model learns
to look up: each line weighs the others by what they say, how far off they stand, and whether they are of its statement.
The numbers are made by `capxbrl learn`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from .arrays import look_up, pack, steps, sums, unpack
from .lines import Seen, softmax, taken_apart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Lines further apart than this are equally far; so many lines are looked at together at most.
REACH, LONGEST = 20, 600
#: Numbers of a vector of a feature, and of a line; blocks; heads of a block; the inner layer is so many times as wide.
WIDTH, SIZE, BLOCKS, HEADS, INNER = 40, 96, 2, 4, 2
#: Added to a variance, so that a row of zeros stays one.
_TINY = 1e-5
_ARRAYS = ("features", "vectors", "factors", "out", "out_factors", "bias")
#: How the members of an archive are named since the first one.
_PREFIX = "context-"

Parts = Mapping[str, Any]


def shapes(
    width: int = WIDTH, size: int = SIZE, blocks: int = BLOCKS, heads: int = HEADS
) -> dict[str, tuple[int, ...]]:
    """The dense parts of the model and their shapes; those of the blocks are stacked.

    up: a line's sum -> its vector. mix: queries, keys and values of a head; far, same: what the distance and the same
    statement add to a score; join: the heads' finds -> the line. widen, narrow: the layers of the feed-forward part.
    """
    return {
        "up": (width, size),
        "up_bias": (size,),
        "mix": (blocks, size, 3 * size),
        "mix_bias": (blocks, 3 * size),
        "far": (blocks, heads, 2 * REACH + 1),
        "same": (blocks, heads),
        "join": (blocks, size, size),
        "join_bias": (blocks, size),
        "widen": (blocks, size, INNER * size),
        "widen_bias": (blocks, INNER * size),
        "narrow": (blocks, INNER * size, size),
        "narrow_bias": (blocks, size),
    }


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """features: sorted checksums. vectors: one row a feature, a byte a number, times the row's factor; out likewise,
    one row a concept; bias: one number a concept. parts: see `shapes`."""

    features: NDArray[np.uint32]
    vectors: NDArray[np.int8]
    factors: Floats
    out: NDArray[np.int8]
    out_factors: Floats
    bias: Floats
    parts: Mapping[str, Floats]


def describe(lines: Sequence[Seen]) -> list[list[str]]:
    """The features of each line of a statement, by name."""
    taken = [taken_apart(line.label) for line in lines]
    often = Counter((line.unit, words.text) for line, words in zip(lines, taken, strict=True))
    nth: Counter[tuple[str, str]] = Counter()
    out = []
    for at, (line, mine) in enumerate(zip(lines, taken, strict=True)):
        stmt = line.statement + ("" if line.first else "p")
        zone = f"{stmt}{line.zone}"
        place = f"{zone}{line.unit}"
        found = [*mine.own, f"S:{stmt}", f"Z:{place}", f"U:{stmt}{line.unit}", f"ZL:{place} {mine.text}"]
        found.append(f"P:{stmt}{10 * at // len(lines)}")
        found += [f"ZW:{place} {word}" for word in dict.fromkeys(mine.words)]
        same = (line.unit, mine.text)
        nth[same] += 1
        if often[same] > 1:
            found.append(f"N:{stmt}{line.unit}{min(nth[same], 3)}/{min(often[same], 3)}")
        out.append(found)
    return out


def shares(model: Model, filing: Sequence[Sequence[Seen]]) -> list[Floats]:
    """For each statement one row a line: the share of each concept; a row adds up to 1."""
    import numpy as np

    names = [found for lines in filing for found in describe(lines)]
    statement = np.repeat(np.arange(len(filing)), [len(lines) for lines in filing])
    rows, owner = look_up(model.features, names)
    summed = sums(model.vectors[rows] * model.factors[rows, None], owner, len(names))
    spans = [(begin, min(begin + LONGEST, len(names))) for begin in range(0, len(names), LONGEST)]
    hidden = forward(model.parts, summed, spans, statement)
    result = softmax(hidden @ _told_by(model) + model.bias)
    return np.split(result, np.cumsum([len(lines) for lines in filing])[:-1]) if filing else []


@lru_cache(maxsize=2)
def _told_by(model: Model) -> Any:
    """One column a concept: what tells it."""
    return (model.out * model.out_factors[:, None]).T


# --- the forward pass ----------------------------------------------------------------------------------------------


def forward(parts: Parts, summed: Any, spans: Sequence[tuple[int, int]], statement: Any) -> Any:
    """Sums of the vectors of features -> the rows that the concepts are told from.

    spans: the lines looked at together; statement: a number a line, equal for the lines of a statement. The layers are
    those of learning/layers.py, which has their ways back.
    """
    import numpy as np

    lines = normal(summed)[0] @ parts["up"] + parts["up_bias"]
    for i in range(len(parts["mix"])):
        mixed = normal(lines)[0] @ parts["mix"][i] + parts["mix_bias"][i]
        found, _ = attend(mixed, parts["far"][i], parts["same"][i], spans, statement)
        lines = lines + (found @ parts["join"][i] + parts["join_bias"][i])
        inner = np.maximum(normal(lines)[0] @ parts["widen"][i] + parts["widen_bias"][i], 0)
        lines = lines + (inner @ parts["narrow"][i] + parts["narrow_bias"][i])
    return normal(lines)[0]


def normal(rows: Any) -> tuple[Any, Any]:
    """Each row less its mean, with a variance of 1; and what it was multiplied with. The layer that follows has its own
    weights, so none are needed here."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    scale = ((rows * rows).mean(axis=1, keepdims=True) + _TINY) ** -0.5
    return rows * scale, scale


def heads_of(mixed: Any, heads: int) -> Any:
    """Rows of queries, keys and values -> (3, heads, lines, numbers)."""
    return mixed.reshape(len(mixed), 3, heads, -1).transpose(1, 2, 0, 3)


def attend(mixed: Any, far: Any, same: Any, spans: Sequence[tuple[int, int]], statement: Any) -> tuple[Any, list[Any]]:
    """What each line finds in the lines of its span, and how it weighs them: (heads, lines, lines) a span."""
    import numpy as np

    heads, size = len(same), mixed.shape[1] // 3
    found = np.empty((len(mixed), size), dtype=mixed.dtype)
    weights = []
    for begin, end in spans:
        query, key, value = heads_of(mixed[begin:end], heads)
        scores = (query * (size // heads) ** -0.5) @ key.transpose(0, 2, 1)
        scores += _distances(far, end - begin)
        scores += same[:, None, None] * alike(statement[begin:end])
        scores = softmax(scores)
        found[begin:end] = (scores @ value).transpose(1, 0, 2).reshape(end - begin, size)
        weights.append(scores)
    return found, weights


def alike(statement: Any) -> Any:
    """Which lines are of the same statement."""
    return statement[:, None] == statement[None, :]


def _distances(far: Any, lines: int) -> Any:
    """What the distance adds to the score of line i for line j: (heads, lines, lines)."""
    import numpy as np

    along = far[:, np.clip(np.arange(1 - lines, lines), -REACH, REACH) + REACH]
    return np.lib.stride_tricks.sliding_window_view(along, lines, axis=1)[:, ::-1]


# --- as files ------------------------------------------------------------------------------------------------------


def save(model: Model) -> dict[str, bytes]:
    """The model as the members of an archive; its concepts are those of the line model."""
    import numpy as np

    arrays: dict[str, Any] = {name: getattr(model, name) for name in _ARRAYS} | dict(model.parts)
    arrays = {n: values.astype(np.float16) if values.dtype == np.float32 else values for n, values in arrays.items()}
    return pack(_PREFIX, arrays | {"features": steps(model.features)})


def restore(members: Mapping[str, bytes], concepts: tuple[str, ...]) -> Model:
    """The model of an archive. Raises KeyError when a part is missing, ValueError when the parts do not fit."""
    import numpy as np

    read = {
        name: values.astype(np.float32) if values.dtype == np.float16 else values
        for name, values in unpack(_PREFIX, (*_ARRAYS, *shapes()), members).items()
    }
    # Everything else follows from four numbers.
    if read["up"].ndim != 2 or read["same"].ndim != 2 or read["features"].ndim != 1 or not len(read["features"]):
        raise ValueError("the parts of the filing model have the wrong dimensions")
    (width, size), (blocks, heads), count = read["up"].shape, read["same"].shape, len(read["features"])
    expected: dict[str, tuple[int, ...]] = {
        "vectors": (count, width),
        "factors": (count,),
        "out": (len(concepts), size),
        "out_factors": (len(concepts),),
        "bias": (len(concepts),),
        **shapes(width, size, blocks, heads),
    }
    for name, shape in expected.items():
        if read[name].shape != shape or size % heads:
            raise ValueError(f"the part {name!r} of the filing model does not fit the others")
    read["features"] = np.cumsum(read["features"], dtype=np.uint32)
    parts = {name: read[name] for name in shapes()}
    return Model(**{name: read[name] for name in _ARRAYS}, parts=parts)
