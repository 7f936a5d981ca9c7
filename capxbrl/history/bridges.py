"""Which concept of each filing stands for the one that is asked for: the same line is not the same element in all.

Elements of one family (`families.csv`) mean nearly the same; and a line that keeps its label, or repeats its figures,
is the same line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import field

from ..findings import counted, numbered
from ..model import Balance, Standing
from ..records import dataclass
from ..tagging.labels import normalise
from ..tagging.tables import families, successors
from ..taxonomy import load
from .printed import agree
from .records import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a filing has for a concept. why: "" where it is that concept; standing: of the bridge."""

    entries: tuple[Entry, ...]
    why: str = ""
    standing: Standing = Standing.PROVED


@dataclass(frozen=True, slots=True)
class Index:
    """The figures of a company without dimensions: by filing and concept."""

    by_name: Mapping[tuple[int, str], tuple[Entry, ...]]
    names: Mapping[int, tuple[str, ...]]
    sources: Mapping[str, tuple[int, ...]]
    #: {(filing, label): the concepts of its lines}
    labels: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)


def index(entries: Iterable[Entry]) -> Index:
    by_name: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    labels: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if entry.row.value is None or entry.row.dimensions or entry.row.statement == "cover":
            continue
        by_name[entry.source.number, entry.name].append(entry)
        if label := normalise(entry.row.label):
            labels[entry.source.number, label][entry.name] = None
    names: dict[int, dict[str, None]] = defaultdict(dict)
    sources: dict[str, list[int]] = defaultdict(list)
    for number, name in by_name:
        names[number][name] = None
        sources[name].append(number)
    return Index(
        {key: tuple(found) for key, found in by_name.items()},
        {number: tuple(found) for number, found in names.items()},
        {name: tuple(found) for name, found in sources.items()},
        {key: tuple(found) for key, found in labels.items()},
    )


def lines_of(made: Index, concept: str) -> tuple[dict[int, Line], dict[int, str]]:
    """{filing: its line}, and {filing: why none of several lines is taken}."""
    own = {n: Line(entries=made.by_name[n, concept]) for n in made.sources.get(concept, ())}
    known = [e for line in own.values() for e in line.entries]
    shared = _Shared(made, concept, known)
    family = frozenset(n for n in made.sources if n != concept and _kin(concept, n))
    unclear: dict[int, str] = {}
    for number in made.names:
        if number in own:
            continue
        best = _best(made, concept, number, known, family, shared)
        if len(best) == 1:
            entries = made.by_name[number, best[0]]
            own[number] = _bridge(entries, concept, best[0] in family, *shared.of(best[0]))
        elif best:
            names = " and ".join(best)
            unclear[number] = f"the page has {names}, and nothing tells which of them is {concept}"
    return dict(sorted(own.items())), unclear


class _Shared:
    """The periods that filings show under a concept and others under another one: with the same figures, and with
    others. Over all filings: where a line is restated, one of them still has the figures that it repeats."""

    def __init__(self, made: Index, concept: str, known: Sequence[Entry]) -> None:
        self.made, self.concept, self.known = made, concept, known
        self.found: dict[str, tuple[int, int]] = {}

    def of(self, name: str) -> tuple[int, int]:
        if name not in self.found:
            homes = set(self.made.sources.get(name, ())) - set(self.made.sources.get(self.concept, ()))
            pairs = [_shared(self.made.by_name[n, name], self.known) for n in sorted(homes)]
            self.found[name] = sum(same for same, _ in pairs), sum(other for _, other in pairs)
        return self.found[name]


def _best(
    made: Index, concept: str, number: int, known: Sequence[Entry], family: Set[str], shared: _Shared
) -> list[str]:
    """The concepts of a filing that may stand for the one asked for. family: those kin to it, of all filings."""
    kin = [n for n in made.names[number] if n in family] if family else []
    alike = _alike(made, number, known)
    options = [n for n in dict.fromkeys((*kin, *alike)) if not _apart(made, concept, n)]
    borne = [n for n in options if shared.of(n)[0]]
    return borne or _likely(made, concept, number, options, kin, alike)


def _likely(
    made: Index, concept: str, number: int, options: Sequence[str], kin: Sequence[str], alike: Sequence[str]
) -> list[str]:
    """Where no figure is repeated: what is kin and has the label; else what is kin; else the label alone."""
    both = [n for n in options if n in alike and n in kin] or [n for n in options if n in kin]
    return both or [n for n in options if _is_telling(made, number, n) and _one_side(concept, n)]


def _alike(made: Index, number: int, known: Sequence[Entry]) -> list[str]:
    """The concepts of lines that have the label, in the same statement."""
    labels = dict.fromkeys(normalise(e.row.label) for e in known)
    return [n for label in labels for n in made.labels.get((number, label), ()) if _fits(made, number, n, known)]


def _is_telling(made: Index, number: int, name: str) -> bool:
    """Its label says what it is ("Other" says nothing), and no other line of the filing has it."""
    labels = {normalise(e.row.label) for e in made.by_name[number, name]}
    return all(len(label.split()) > 1 and made.labels.get((number, label)) == (name,) for label in labels)


def _one_side(one: str, other: str) -> bool:
    """Both are on the same side of an account, as far as it is known: deferred taxes are an asset or a liability."""
    concepts = load().concepts
    sides = {concepts[name].balance for name in (one, other) if name in concepts} - {Balance.NONE}
    return len(sides) < 2


def _bridge(entries: tuple[Entry, ...], concept: str, kin: bool, same: int, other: int) -> Line:
    """The line of another concept, with the reason. same, other: periods that other filings show, too."""
    name = entries[0].name
    why = f"{name} stands for {concept}: " + ("of one family" if kin else "the same label")
    if same:
        why += f", and the same {numbered(same, 'figure')} where filings show one period under both ({same})"
    if other:
        why += f"; {counted(other, 'figure differs', 'figures differ')}"
    standing = Standing.PROVED if same else Standing.STATED
    return Line(entries=entries, why=why, standing=Standing.DOUBTFUL if other and not same else standing)


def _kin(one: str, other: str) -> bool:
    """Of one family, or one has given way to the other."""
    a, b = families().get(one), families().get(other)
    return (a is not None and b is not None and a.family == b.family) or _heir(one, other)


def _heir(one: str, other: str) -> bool:
    pairs = ((one, other), (other, one))
    return any((rule := successors().get(a)) is not None and rule.name == b for a, b in pairs)


def _fits(made: Index, number: int, name: str, known: Sequence[Entry]) -> bool:
    """A line of the same statement, unit and kind of period."""
    entry, first = made.by_name[number, name][0], known[0]
    return (entry.row.statement, entry.row.unit, entry.row.instant) == (
        first.row.statement,
        first.row.unit,
        first.row.instant,
    )


def _apart(made: Index, concept: str, name: str) -> bool:
    """Some filing shows both, with other figures: they are two lines."""
    both = set(made.sources.get(concept, ())) & set(made.sources.get(name, ()))
    return any(_shared(made.by_name[n, concept], made.by_name[n, name])[1] for n in both)


def _shared(entries: Sequence[Entry], known: Sequence[Entry]) -> tuple[int, int]:
    """Periods that both show: with the same figures, and with others."""
    values: dict[object, list[Entry]] = defaultdict(list)
    for e in known:
        values[e.slot, e.row.unit].append(e)
    same = other = 0
    for slot in {(e.slot, e.row.unit): e for e in entries}.values():
        told = values.get((slot.slot, slot.row.unit))
        if told:
            hit = any(agree(slot, e) for e in told)
            same, other = same + hit, other + (not hit)
    return same, other
