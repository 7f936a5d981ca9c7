"""What companies whose statements look like these gave to the same line.

A filer's own later filing, or one from the same template, says more about a line than all others together. Companies
are
kept as numbers without names: who is near is told by the labels the filings share, the rarer the more (a cosine of
idf-weighted sets, Salton and Buckley 1988).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ...records import dataclass
from ..labels import normalise
from .arrays import distinct, find, pack, steps, unpack
from .lines import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: How much more a nearer company's vote counts: the votes of two companies differ by exp(NEAR * difference in
#: nearness).
NEAR = 20.0
STATEMENTS = ("BS", "IS", "CF", "CI", "EQ", "")


@dataclass(frozen=True, slots=True)
class Precedents:
    """keys: sorted checksums of lines. Line k stands in `statement[k]` (a number into STATEMENTS) and was shown by
    company[starts[k]:starts[k + 1]], which gave it concept[...] (a number into `concepts`; 0 = the filer's own).
    weights: how much line k tells. lengths: one row a company, one column a statement: the sum of its squared weights.
    """

    keys: NDArray[np.uint32]
    statement: NDArray[np.uint8]
    starts: NDArray[np.int64]
    company: NDArray[np.uint16]
    concept: NDArray[np.uint16]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Of one line: each concept's share of the votes ("" = the filer's own), and how near the nearest company is that
    voted (0 to 1)."""

    votes: Mapping[str, float]
    near: float


NOTHING = Said({}, 0.0)


def keys(lines: Sequence[Seen]) -> list[int]:
    """The checksum of each line of a statement: its label, unit, zone, and how often the label stood above."""
    out = []
    often: Counter[str] = Counter()
    for line in lines:
        same = f"{line.statement}{'' if line.first else 'p'}|{line.unit}|{normalise(line.label)}"
        often[same] += 1
        out.append(crc32(f"{same}|{line.zone}|{often[same]}".encode()))
    return out


def said(known: Precedents, filing: Sequence[Sequence[Seen]]) -> list[list[Said]]:
    """What the companies say of every line of every statement."""
    import numpy as np

    rows = [keys(lines) for lines in filing]
    wanted = np.array([key for row in rows for key in row], dtype=np.uint32)
    if not len(wanted) or not len(known.keys):
        return [[NOTHING] * len(row) for row in rows]
    at, found = find(known.keys, wanted)
    near = _nearness(known, filing, distinct(at[found]), len(distinct(wanted[~found])))
    told = iter(_votes(known, near, at[found]))
    flat = iter([next(told) if ok else NOTHING for ok in found.tolist()])
    return [[next(flat) for _ in row] for row in rows]


def _nearness(known: Precedents, filing: Sequence[Sequence[Seen]], shown: Any, strange: int) -> Any:
    """One number a company; only the statements that the filing has count for its length."""
    import numpy as np

    square = known.weights[shown] ** 2
    shared = np.zeros(len(known.lengths), dtype=np.float32)
    _, entries = _entries(known, shown)
    np.add.at(shared, known.company[entries], np.repeat(square, known.starts[shown + 1] - known.starts[shown]))
    has = {line.statement for lines in filing for line in lines}
    theirs = known.lengths[:, [i for i, s in enumerate(STATEMENTS) if s in has]].sum(axis=1)
    mine = float(square.sum()) + strange * math.log(1 + len(known.lengths)) ** 2
    return shared / np.sqrt(np.maximum(theirs * mine, 1e-9))


def _entries(known: Precedents, places: Any) -> tuple[Any, Any]:
    """Where the companies of each line at these places begin in what follows, and all their entries, line by line."""
    import numpy as np

    counts = known.starts[places + 1] - known.starts[places]
    first = np.cumsum(counts) - counts
    return first, np.repeat(known.starts[places] - first, counts) + np.arange(int(counts.sum()))


def _votes(known: Precedents, near: Any, places: Any) -> list[Said]:
    """What is said of the lines that stand at these places among the keys."""
    import numpy as np

    if not len(places):
        return []
    first, entries = _entries(known, places)
    line = np.repeat(np.arange(len(places)), np.diff(first, append=len(entries)))
    mine = near[known.company[entries]]
    best = np.maximum.reduceat(mine, first)
    share = np.exp(NEAR * (mine - best[line]))
    share /= np.add.reduceat(share, first)[line]
    parts = np.bincount(line * len(known.concepts) + known.concept[entries], share)
    votes: list[dict[str, float]] = [{} for _ in places]
    for one in np.flatnonzero(parts).tolist():
        votes[one // len(known.concepts)][known.concepts[one % len(known.concepts)]] = float(parts[one])
    return [Said(v, b) for v, b in zip(votes, best.tolist(), strict=True)]


def build(shown: Mapping[int, tuple[str, Mapping[int, int]]], concepts: tuple[str, ...]) -> Precedents:
    """shown: checksum of a line -> its statement, {company: concept}; both are numbers."""
    import numpy as np

    ordered = sorted(shown)
    pairs = [sorted(shown[key][1].items()) for key in ordered]
    return _complete(
        keys=np.array(ordered, dtype=np.uint32),
        statement=np.array([STATEMENTS.index(shown[key][0]) for key in ordered], dtype=np.uint8),
        counts=np.array([len(p) for p in pairs], dtype=np.uint16),
        company=np.array([c for p in pairs for c, _ in p], dtype=np.uint16),
        concept=np.array([c for p in pairs for _, c in p], dtype=np.uint16),
        concepts=concepts,
    )


def _complete(
    keys: Any, statement: Any, counts: Any, company: Any, concept: Any, concepts: tuple[str, ...]
) -> Precedents:
    import numpy as np

    companies = int(company.max()) + 1 if len(company) else 0
    weights = np.log(1 + companies / np.maximum(counts, 1)).astype(np.float32)
    lengths = np.zeros((companies, len(STATEMENTS)), dtype=np.float32)
    np.add.at(lengths, (company, np.repeat(statement, counts)), np.repeat(weights**2, counts))
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    return Precedents(keys, statement, starts, company, concept, weights, lengths, concepts)


def save(known: Precedents) -> dict[str, bytes]:
    """The precedents as the members of an archive."""
    import numpy as np

    return pack(
        "precedents-",
        {
            "keys": steps(known.keys),
            "statement": known.statement,
            "counts": np.diff(known.starts).astype(np.uint16),
            "company": known.company,
            "concept": known.concept,
        },
    )


def restore(members: Mapping[str, bytes], concepts: tuple[str, ...]) -> Precedents:
    """The precedents of an archive. Raises KeyError or ValueError when it holds none."""
    import numpy as np

    read = unpack("precedents-", ("keys", "statement", "counts", "company", "concept"), members)
    entries = int(read["counts"].sum())
    if (
        not (len(read["keys"]) == len(read["statement"]) == len(read["counts"]))
        or entries != len(read["company"])
        or entries != len(read["concept"])
    ):
        raise ValueError("the parts of the precedents do not fit each other")
    if entries and (int(read["concept"].max()) >= len(concepts) or int(read["statement"].max()) >= len(STATEMENTS)):
        raise ValueError("the precedents name a concept or statement that is none")
    return _complete(
        keys=np.cumsum(read["keys"], dtype=np.uint32),
        statement=read["statement"],
        counts=read["counts"],
        company=read["company"],
        concept=read["concept"],
        concepts=concepts,
    )
