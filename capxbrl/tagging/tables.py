"""The data that tagging rests on: overrides, synonyms, the learned table. Loaded when first used, checked whole."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ..files import check_file
from ..findings import BadData
from ..model import Kind
from ..records import dataclass
from ..resources import taxonomies
from ..tables import Given, read_rows, read_table
from ..taxonomy import load
from ..zips import DAMAGED
from .labels import normalise
from .models import filings, lines, precedents
from .normal_forms import normalised

_NEGATE = {"": None, "0": 1, "false": 1, "1": -1, "true": -1}
_COLUMNS = ("statement", "label", "under", "concept", "negate", "note")
Row = tuple[str, ...]
_STATEMENTS = {k.value for k in Kind} | {""}
#: The columns of labels.csv in a learned table; most companies first.
LEARNED_COLUMNS = ("statement", "unit", "label", "concept", "companies")
#: Before the name of an element of the filer's own, in overrides.
OWN_PREFIX = "ext"
_LARGEST = 100_000_000
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """A row of overrides or synonyms. `label` and `under` are normalised; under "" = anywhere; negate: +1, -1, or None
    (the arithmetic decides). concept: a name of the taxonomy, in overrides also a new name for an extension; in
    synonyms "" where the taxonomy has none. own: asked for as an element of the filer's own (`ext:Name`).
    remembered: what an earlier filing of the company did. by: the person who decided it, and when; such a row
    is of lines under that very heading, or under none."""

    statement: str
    label: str
    under: str
    concept: str
    negate: int | None
    source: str
    own: bool = False
    remembered: bool = False
    by: str = ""


def read_synonyms(path: Path | Given, *, extensions: bool, remembered: bool = False) -> tuple[Synonym, ...]:
    """The rows of a table statement,label,under,concept,negate,note. Raises BadData naming file and line.

    extensions: a concept that the taxonomy does not know is allowed (overrides); rows without a concept are skipped
    (an override file that is not filled in yet). Elsewhere a row without a concept says that there is none.
    """
    return tuple(
        _synonym(f"{path}:{line}", f"{path.name}:{line}", normalise(row[1]), row, extensions, remembered)
        for line, row in read_rows(path, _COLUMNS)
        if row[3].strip() or not extensions
    )


def _synonym(where: str, source: str, label: str, row: Row, extensions: bool, remembered: bool = False) -> Synonym:
    """A row of a table, checked. label: its label as `normalise` has it."""
    statement, _, under, concept, negate, _ = row
    if statement not in _STATEMENTS:
        raise BadData(f"{where}: the statement is {statement!r}; known: {', '.join(sorted(_STATEMENTS - {''}))}")
    prefix, _, name = concept.strip().rpartition(":")
    if name and not _NAME.fullmatch(name):
        raise BadData(f"{where}: {name!r} is no concept name (letters and digits, a capital first)")
    if name and not extensions and name not in load().concepts:
        raise BadData(f"{where}: there is no concept {name}")
    said = negate.strip().lower()  # a spreadsheet writes TRUE
    if said not in _NEGATE:
        raise BadData(f"{where}: negate is {negate!r}; it is empty, true or false")
    if not label:
        raise BadData(f"{where}: the label is empty")
    return Synonym(
        statement=statement,
        label=label,
        under=normalise(under),
        concept=name,
        negate=_NEGATE[said],
        source=source,
        own=extensions and prefix == OWN_PREFIX,
        remembered=remembered,
    )


def load_overrides(
    given: Iterable[Path | str | Given],
    precedents: Iterable[Path | str | Given] = (),
    decided: Iterable[Synonym] = (),
) -> tuple[Synonym, ...]:
    """The caller's own rows, the first table first, then those that a review decided, then those of the company's
    earlier filings. Raises BadData."""
    rows = [row for table in given for row in read_synonyms(_table(table), extensions=True)]
    rows += decided
    rows += [row for table in precedents for row in read_synonyms(_table(table), extensions=True, remembered=True)]
    return tuple(rows)


def _table(table: Path | str | Given) -> Path | Given:
    return Path(table) if isinstance(table, str) else table


def by_label(rows: Iterable[Synonym]) -> Mapping[str, tuple[Synonym, ...]]:
    """The rows of every label, in their order."""
    out: dict[str, tuple[Synonym, ...]] = {}
    for row in rows:
        out[row.label] = (*out.get(row.label, ()), row)
    return out


class Shipped(Mapping[str, tuple[Synonym, ...]]):
    """The rows of a table of ours by label; a filing has the labels of few, so each is made, and checked, when it is
    asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, list[tuple[int, Row]]] = {}
        self._made: dict[str, tuple[Synonym, ...]] = {}
        rows = list(read_rows(path, _COLUMNS))
        for label, row in zip(normalised([row[1] for _, row in rows]), rows, strict=True):
            self._rows.setdefault(label, []).append(row)

    def __getitem__(self, label: str) -> tuple[Synonym, ...]:
        if label not in self._made:
            path = self._path
            self._made[label] = tuple(
                _synonym(f"{path}:{line}", f"{path.name}:{line}", label, row, extensions=False)
                for line, row in self._rows[label]
            )
        return self._made[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@cache
def synonyms() -> Mapping[str, tuple[Synonym, ...]]:
    """The rows that ship with the library, by label."""
    return Shipped(taxonomies() / "capx-gaap" / "synonyms.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A concept of a family of near-synonyms. preferred: the vintages in which it is the first choice. differs: what
    tells it from the others."""

    family: str
    preferred: frozenset[str]
    differs: str


@cache
def families() -> Mapping[str, Member]:
    """Concept -> its place in a family, of `families.csv`. Raises BadData naming file and line."""
    path = taxonomies() / "capx-gaap" / "families.csv"
    known = load().concepts
    out: dict[str, Member] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for line, row in read_table(path, ("family", "concept", "preferred", "differs")):
        where, name = f"{path}:{line}", row["concept"]
        if name not in known or name in out:
            raise BadData(f"{where}: {name} {'is there twice' if name in out else 'is no concept'}")
        kind = known[name].type, known[name].period
        if kinds.setdefault(row["family"], kind) != kind:
            raise BadData(f"{where}: {name} differs in type or period from the rest of {row['family']!r}")
        if not row["differs"]:
            raise BadData(f"{where}: say how {name} differs from the rest of {row['family']!r}")
        out[name] = Member(family=row["family"], preferred=frozenset(row["preferred"].split()), differs=row["differs"])
    return out


def kin(name: str) -> tuple[str, ...]:
    """The other concepts of the family of a concept."""
    family = families()[name].family if name in families() else None
    return tuple(n for n, member in families().items() if member.family == family and n != name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What a concept gives way to in the statements of a kind for periods that end on the day `since` or later. above:
    the concept of a line that must stand below it ("" for none); unless: of lines that must not stand there."""

    name: str
    since: dt.date
    statement: str
    above: str
    unless: frozenset[str]


@cache
def successors() -> Mapping[str, Successor]:
    """Concept -> what it gives way to, of `successors.csv`. Raises BadData naming file and line."""
    path = taxonomies() / "capx-gaap" / "successors.csv"
    known = load().concepts
    out: dict[str, Successor] = {}
    for line, row in read_table(path, ("concept", "successor", "since", "statement", "above", "unless", "why")):
        where = f"{path}:{line}"
        named = (row["concept"], row["successor"], *row["above"].split(), *row["unless"].split())
        if row["concept"] in out or any(name not in known for name in named):
            raise BadData(f"{where}: a concept is there twice, or {named} names none")
        # Noncash dealings were instants until 2011.
        if known[row["concept"]].period != known[row["successor"]].period and row["statement"] != "cash_flow":
            raise BadData(f"{where}: {row['successor']} is of another period")
        since = _first_day(row["since"])
        if since is None or row["statement"] not in _STATEMENTS or not row["why"]:
            raise BadData(f"{where}: since is a year or a day, statement one of ours, and why is said")
        out[row["concept"]] = Successor(
            name=row["successor"],
            since=since,
            statement=row["statement"],
            above=row["above"],
            unless=frozenset(row["unless"].split()),
        )
    return out


def _first_day(text: str) -> dt.date | None:
    """Of a year, or the day itself; None for what is neither."""
    try:
        return dt.date.fromisoformat(f"{text}-01-01" if len(text) == 4 else text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many companies gave a label each concept, looked up in the rows of labels.csv when asked: a filing asks for
    a few dozen of twenty thousand."""

    rows: Sequence[str]  # ascending

    def get(self, statement: str, unit: str, label: str) -> tuple[tuple[str, int], ...]:
        """((concept or "", companies), ...), most first; () for a label that none shows."""
        key = f"{statement},{unit},{label},"
        found = []
        for at in range(bisect_left(self.rows, key), len(self.rows)):
            if not self.rows[at].startswith(key):
                break
            concept, _, companies = self.rows[at][len(key) :].partition(",")
            found.append((concept, int(companies)))
        return tuple(sorted(found, key=lambda pair: -pair[1]))


def _counts(text: str) -> Counts:
    """The rows of labels.csv; a label holds letters and spaces only. Raises ValueError."""
    head, *rows = text.splitlines()
    if head != ",".join(LEARNED_COLUMNS) or text.count(",") != 4 * (1 + len(rows)):
        raise ValueError("labels.csv has other columns")
    return Counts(sorted(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """lines: the line model; filings: the model of the whole filing; precedents: what each company gave to its lines.
    counts: how many companies gave a label each concept."""

    lines: lines.Model
    filings: filings.Model
    precedents: precedents.Precedents
    counts: Counts


@cache
def learned(path: Path | None = None) -> Learned:
    """What was learned, the shipped table by default. Raises BadData."""
    path = path or taxonomies() / "capx-gaap" / "learned.zip"
    if path.exists():
        check_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(m.file_size for m in archive.infolist()) > _LARGEST:
                raise BadData(f"{path}: is too large to be a learned table")
            members = {name: archive.read(name) for name in archive.namelist()}
        model = lines.restore(members)
        whole = filings.restore(members, model.concepts)
        known = precedents.restore(members, model.concepts)
        counts = _counts(members["labels.csv"].decode())
    except FileNotFoundError:
        raise BadData(f"{path}: no such file") from None
    except DAMAGED:
        raise BadData(f"{path}: is no learned table; make one with `capxbrl learn`") from None
    return Learned(lines=model, filings=whole, precedents=known, counts=counts)


def find(rows: Sequence[Synonym], statement: str, path: Sequence[str]) -> Synonym | None:
    """The first of the rows of a label: one that names a heading it stands under before one that does not."""
    return next(iter(_in_order(rows, statement, path)), None) if rows else None


def fitting(rows: Iterable[Synonym], statement: str, label: str, path: Sequence[str]) -> list[Synonym]:
    """Every row that fits a line, in the order in which they are asked; the first decides."""
    return _in_order([row for row in rows if row.label == label], statement, path)


def _is_under(row: Synonym, path: Sequence[str]) -> bool:
    if row.by:
        return row.under in path
    return any(f" {row.under} " in f" {heading} " for heading in path)


def _in_order(rows: Sequence[Synonym], statement: str, path: Sequence[str]) -> list[Synonym]:
    fits = [r for r in rows if r.statement in ("", statement)]
    near = [r for r in fits if r.under and _is_under(r, path)]
    there = [*near, *(r for r in fits if not r.under and not (r.by and path))]
    return sorted(there, key=lambda r: r.remembered)
