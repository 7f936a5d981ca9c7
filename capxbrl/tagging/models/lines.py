"""The line model, linear: its words, place, unit and the lines around it -> a share for every concept.

Each feature of a line has a short vector, each concept too; the score of a concept is the sum over the features of
the products of the two, so what each feature says for a concept can be told exactly (`reasons`). The vectors are made
by `capxbrl learn`. Features are named by a checksum; one that was never seen is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...patterns import compiled
from ...records import dataclass
from ..labels import normalise
from .arrays import look_up, pack, steps, sums, unpack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_WORD = compiled(r"[a-z]+")
#: What a filing has, told by the words of its labels; with it the same label means another thing (net income, with and
#: without noncontrolling interests).
_MARKS = {
    "nci": compiled(r"\b(?:noncontrolling|non controlling|minority)\b"),
    "disc": compiled(r"\bdiscontinued\b"),
    "cur": compiled(r"^total current liability"),
    "pref": compiled(r"\bpreferred\b"),
    "unit": compiled(r"\b(?:partner|unitholder|member|unit)s?\b"),
    "bank": compiled(r"\b(?:provision for loan|total deposit|interest bearing)\b"),
    "ins": compiled(r"\b(?:premium earned|earned premium|unearned premium|policyholder)\b"),
    "util": compiled(r"\b(?:utility plant|regulatory|purchased power|fuel)\b"),
    "oil": compiled(r"\b(?:oil and gas|oil|depletion)\b"),
    "estate": compiled(r"\b(?:rental|tenant|real estate)\b"),
}  # fmt: skip
_TOTAL = compiled(
    r"^(?:total|gross|net cash|net income|net loss|net earning|net sale|net revenue|income|earning|loss"
    r"|operating income)\b|\btotal$"
)
#: So many lines further a total still tells the section of a line.
_REACH = 15
#: What a line is called where there is none: above the first, below the last.
EDGE = "^"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the models see of a line. label: as printed; statement: BS, IS, ...; zone and unit as in the tables."""

    label: str
    statement: str
    zone: str = ""
    unit: str = ""
    first: bool = True  # stands in the statement itself, not in its parenthetical one


@dataclass(frozen=True, slots=True)
class Words:
    """A label, taken apart once."""

    text: str
    words: tuple[str, ...]
    own: tuple[str, ...]


_BEYOND = Words(EDGE, (), ())


@lru_cache(maxsize=1 << 14)
def taken_apart(label: str) -> Words:
    """The words of a label and the features they make."""
    text = normalise(label)
    words = tuple(text.split())
    own = [f"L:{text}", "R:" + " ".join(_WORD.findall(label.lower()))]
    own += [f"b:{a} {b}" for a, b in zip(("^", *words), (*words, "$"), strict=True)]
    own += [f"t:{a} {b}" for a, b in zip(words, words[2:], strict=False)]
    for word in dict.fromkeys(words):
        own.append(f"w:{word}")
        if len(word) > 4:
            own += [f"c:{word[:4]}", f"e:{word[-4:]}"]
            if len(word) > 6:
                own.append(f"c:{word[:6]}")
    if "(" in label:
        own.append("(")
    return Words(text, words, tuple(own))


def marks(labels: Iterable[str]) -> tuple[str, ...]:
    """What the filing with these normalised labels has."""
    return tuple(sorted({name for label in labels for name in _marks_of(label)}))


@lru_cache(maxsize=1 << 14)
def _marks_of(label: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _MARKS.items() if pattern.search(label))


def describe(lines: Sequence[Seen], has: Sequence[str] = ()) -> list[list[str]]:
    """The features of each line of a statement, by name. has: the `marks` of the whole filing."""
    taken = [taken_apart(line.label) for line in lines]
    count = len(lines)
    often = Counter((line.unit, words.text) for line, words in zip(lines, taken, strict=True))
    nth: Counter[tuple[str, str]] = Counter()
    totals = [bool(_TOTAL.search(words.text)) for words in taken]
    kinds = f"{'nci' in has}{'disc' in has}"
    out: list[list[str]] = []
    for at, (line, mine) in enumerate(zip(lines, taken, strict=True)):
        stmt = line.statement + ("" if line.first else "p")
        found = [*mine.own, *_placed(line, mine, stmt, 10 * at // count)]
        above, below = (taken[at - 1] if at else _BEYOND), (taken[at + 1] if at + 1 < count else _BEYOND)
        found += [*_beside("A", above), *_beside("B", below)]
        for total, mark in ((_next(totals, at, 1), "T"), (_next(totals, at, -1), "V")):
            text = taken[total].text if total is not None else EDGE
            found += [f"{mark}:{text}", f"{mark}L:{text}|{mine.text}"]
        same = (line.unit, mine.text)
        nth[same] += 1
        if often[same] > 1:
            found.append(f"N:{stmt}{line.unit}{nth[same]}/{often[same]} {mine.text}")
        found += [f"H:{stmt}{line.unit}{mark} {mine.text}" for mark in has]
        found.append(f"H:{stmt}{line.unit} {kinds} {mine.text}")
        found.append(f"AL+L:{above.text}|{mine.text}")
        found.append(f"BL+L:{below.text}|{mine.text}")
        found += [f"AAL:{words.text}" for words in taken[at - 2 : at - 1] if at > 1]
        found += [f"BBL:{words.text}" for words in taken[at + 2 : at + 3]]
        out.append(found)
    return out


def _placed(line: Seen, mine: Words, stmt: str, tenth: int) -> list[str]:
    """What the place and the unit say, alone and with the words."""
    place = f"{stmt}{line.zone}{line.unit}"
    found = [f"S:{stmt}", f"U:{stmt}{line.unit}", f"Z:{place}", f"ZL:{place} {mine.text}", f"P:{stmt}{tenth}"]
    return found + [f"ZW:{place} {word}" for word in mine.words]


def _beside(mark: str, other: Words) -> list[str]:
    """What the words of the line above or below say."""
    found = [f"{mark}L:{other.text}", *(f"{mark}w:{word}" for word in other.words)]
    if other.words:
        found += [f"{mark}f:{' '.join(other.words[:2])}", f"{mark}l:{' '.join(other.words[-2:])}"]
    return found


def _next(totals: Sequence[bool], at: int, step: int) -> int | None:
    """The nearest total before (step -1) or after (1) a line."""
    stop = at + step * (_REACH + 1)
    return next((i for i in range(at + step, stop, step) if 0 <= i < len(totals) and totals[i]), None)


@dataclass(frozen=True, slots=True)
class Model:
    """features: sorted checksums. vectors: one row a feature, a byte a number, times the row's factor. out: one row a
    concept; bias: one number a concept. concepts: names; "" is the filer's own."""

    features: NDArray[np.uint32]
    vectors: NDArray[np.int8]
    factors: Floats
    out: Floats
    bias: Floats
    concepts: tuple[str, ...]

    def shares(self, lines: Sequence[Seen], has: Sequence[str] = ()) -> Floats:
        """One row a line: the share of each concept; a row adds up to 1."""
        import numpy as np

        rows, owner = look_up(self.features, describe(lines, has))
        count = np.maximum(1, np.bincount(owner, minlength=len(lines)))
        hidden = sums(self.vectors[rows] * self.factors[rows, None], owner, len(lines)) / np.sqrt(count)[:, None]
        shares: Floats = softmax(hidden.astype(np.float32) @ self.out.T + self.bias)
        return shares

    def reasons(
        self, lines: Sequence[Seen], has: Sequence[str], at: int, concept: str, against: str
    ) -> list[tuple[float, str]]:
        """What each feature of line `at` says for a concept against another, the strongest first."""
        named = [[name] for name in describe(lines, has)[at]]
        rows, told = look_up(self.features, named)
        column = self.out[self.concepts.index(concept)] - self.out[self.concepts.index(against)]
        said = (self.vectors[rows] * self.factors[rows, None]) @ column / max(1, len(rows)) ** 0.5
        names = [named[i][0] for i in told.tolist()]
        return sorted(zip(said.tolist(), names, strict=True), key=lambda s: (-s[0], s[1]))


def softmax(scores: Any) -> Any:
    """Rows of scores (the last axis) -> rows of shares."""
    import numpy as np

    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def save(model: Model) -> dict[str, bytes]:
    """The model as the members of an archive."""
    import numpy as np

    arrays = {
        "features": steps(model.features),
        "vectors": model.vectors,
        "factors": model.factors.astype(np.float16),
        "out": model.out.astype(np.float16),
        "bias": model.bias.astype(np.float32),
    }
    return {"concepts.txt": "\n".join(model.concepts).encode()} | pack("text-", arrays)


def restore(members: Mapping[str, bytes]) -> Model:
    """The model of an archive. Raises KeyError or ValueError when it holds none."""
    import numpy as np

    read = unpack("text-", ("features", "vectors", "factors", "out", "bias"), members)
    concepts = tuple(members["concepts.txt"].decode().split("\n"))
    count, size = len(read["features"]), read["vectors"].shape[-1]
    expected = {"vectors": (count, size), "factors": (count,), "out": (len(concepts), size), "bias": (len(concepts),)}
    if any(read[name].shape != shape for name, shape in expected.items()):
        raise ValueError("the parts of the model do not fit each other")
    return Model(
        features=np.cumsum(read["features"], dtype=np.uint32),
        vectors=read["vectors"],
        factors=read["factors"].astype(np.float32),
        out=read["out"].astype(np.float32),
        bias=read["bias"],
        concepts=concepts,
    )
