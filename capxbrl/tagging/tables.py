"""The data that tagging rests on: overrides, synonyms, the learned table. Loaded when first used, checked whole."""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..findings import BadData
from ..model import Kind
from ..resources import taxonomies
from ..taxonomy import load, read_table
from .labels import normalise

_COLUMNS = ("statement", "label", "under", "concept", "negate", "note")
_STATEMENTS = {k.value for k in Kind} | {""}
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """A row of overrides or synonyms. `label` and `under` are normalised; under "" = anywhere; negate: +1, -1, or None
    (the arithmetic decides). concept: a name of the taxonomy, or a new name for an extension."""

    statement: str
    label: str
    under: str
    concept: str
    negate: int | None
    source: str


def read_synonyms(path: Path, *, extensions: bool) -> tuple[Synonym, ...]:
    """The rows of a table statement,label,under,concept,negate,note. Raises BadData naming file and line.

    extensions: a concept that the taxonomy does not know is allowed (overrides); rows without a concept are skipped
    (an override file that is not filled in yet).
    """
    known = load().concepts
    out = []
    for line, row in read_table(path, _COLUMNS):
        where = f"{path}:{line}"
        if not row["concept"].strip() and extensions:
            continue
        if row["statement"] not in _STATEMENTS:
            raise BadData(
                f"{where}: the statement is {row['statement']!r}; known: {', '.join(sorted(_STATEMENTS - {''}))}"
            )
        name = row["concept"].strip().rpartition(":")[2]
        if not _NAME.fullmatch(name):
            raise BadData(f"{where}: {name!r} is no concept name (letters and digits, a capital first)")
        if name not in known and not extensions:
            raise BadData(f"{where}: there is no concept {name}")
        if row["negate"].strip() not in ("", "0", "1", "true", "false"):
            raise BadData(f"{where}: negate is {row['negate']!r}; it is empty, true or false")
        label = normalise(row["label"])
        if not label:
            raise BadData(f"{where}: the label is empty")
        negate = {"": None, "0": 1, "false": 1, "1": -1, "true": -1}[row["negate"].strip()]
        out.append(
            Synonym(
                statement=row["statement"], label=label, under=normalise(row["under"]), concept=name, negate=negate,
                source=f"{path.name}:{line}",
            )
        )  # fmt: skip
    return tuple(out)


def load_overrides(paths: Iterable[Path | str]) -> tuple[Synonym, ...]:
    """The caller's own rows, the first file first. Raises BadData."""
    return tuple(row for path in paths for row in read_synonyms(Path(path), extensions=True))


@cache
def synonyms() -> tuple[Synonym, ...]:
    """The rows that ship with the library."""
    return read_synonyms(taxonomies() / "capx-gaap" / "synonyms.csv", extensions=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """counts: (statement, zone, unit, label) -> ((concept or "", companies), ...), most first.
    anywhere: the same without the zone.  index: word -> labels of (statement, unit) that hold it."""

    counts: Mapping[tuple[str, str, str, str], tuple[tuple[str, int], ...]]
    anywhere: Mapping[tuple[str, str, str], tuple[tuple[str, int], ...]]
    index: Mapping[tuple[str, str, str], tuple[str, ...]]
    rarity: Mapping[str, float]  # natural logarithm of (labels / labels with the word)


@cache
def learned(path: Path | None = None) -> Learned:
    """The learned label table, the shipped one by default. Raises BadData."""
    path = path or taxonomies() / "capx-gaap" / "learned.csv.gz"
    exact: dict[tuple[str, str, str, str], list[tuple[str, int]]] = defaultdict(list)
    anywhere: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    try:
        text = gzip.decompress(path.read_bytes()).decode()
    except (OSError, EOFError, UnicodeDecodeError):
        raise BadData(f"{path}: is no learned table; make one with `capxbrl learn`") from None
    rows = csv.reader(io.StringIO(text))
    if next(rows, None) != ["statement", "zone", "unit", "label", "concept", "companies"]:
        raise BadData(f"{path}:1: is no learned table; make one with `capxbrl learn`")
    for statement, zone, unit, label, concept, companies in rows:
        count = int(companies)
        exact[statement, zone, unit, label].append((concept, count))
        sums = anywhere[statement, unit, label]
        sums[concept] = sums.get(concept, 0) + count
    index: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for statement, unit, label in anywhere:
        for word in set(label.split()):
            index[statement, unit, word].append(label)
    spread: Counter[str] = Counter(word for _, _, label in anywhere for word in set(label.split()))
    return Learned(
        rarity={word: math.log(1 + len(anywhere) / n) for word, n in spread.items()},
        counts={k: _ordered(v) for k, v in exact.items()},
        anywhere={k: _ordered(v.items()) for k, v in anywhere.items()},
        index={k: tuple(v) for k, v in index.items()},
    )


def _ordered(items: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(items, key=lambda i: (-i[1], i[0])))


def find(rows: Sequence[Synonym], statement: str, label: str, path: Sequence[str]) -> Synonym | None:
    """The first row for a label: one that names a heading it stands under before one that does not."""
    fits = [r for r in rows if r.label == label and r.statement in ("", statement)]
    for row in fits:
        if row.under and any(row.under in heading for heading in path):
            return row
    return next((r for r in fits if not r.under), None)
