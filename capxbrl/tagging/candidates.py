"""The concepts a line may carry, each with a score between 0 and 1 and the words that say why.

Order of trust: the caller's overrides, the synonyms, what companies used for the very label in the very place, what they
used for it anywhere, and only then labels that look alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Concept, Kind, LineItem, Unit
from ..taxonomy import Taxonomy
from .labels import normalise, short_kind, unit_key
from .tables import Learned, Synonym, find

_TYPES = {
    Unit.USD: ("monetary",),
    Unit.SHARES: ("shares",),
    Unit.PER_SHARE: ("perShare",),
    Unit.PURE: ("percent", "pure"),
}
#: Labels that only the sum behind them, or the place they stand at, can tell.
BARE = frozenset({"", "total", "totals", "net", "subtotal", "basic", "diluted", "other"})
#: So many labels are compared letter by letter, the rarest shared words first.
_COMPARED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """concept None: the filer's own. negate: a sign that an override or synonym fixes."""

    concept: Concept | None
    score: float
    why: str
    negate: int | None = None
    name: str = ""  # of a new concept that an override asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The tables that candidates come from."""

    overrides: Sequence[Synonym]
    synonyms: Sequence[Synonym]
    learned: Learned


def unit_of(line: LineItem) -> Unit:
    """The unit of a line's figures."""
    return next((a.unit for a in line.amounts if a is not None), Unit.USD)


def fits(concept: Concept, line: LineItem, kind: Kind) -> bool:
    """Type, period and place agree."""
    if concept.abstract or concept.type not in _TYPES[unit_of(line)]:
        return False
    if kind is Kind.BALANCE_SHEET:
        return concept.period == "instant"
    return concept.period == ("instant" if line.balance else "duration")


def candidates(line: LineItem, kind: Kind, zone: str, taxonomy: Taxonomy, data: Data) -> list[Candidate]:
    """What a line may be, best first; empty when nothing is known."""
    label = normalise(line.label)
    path = [normalise(heading) for heading in line.path]
    row = find(data.overrides, kind.value, label, path)
    if row is not None:
        concept = taxonomy.concepts.get(row.concept)
        return [
            Candidate(concept=concept, score=1.0, why=f"override {row.source}", negate=row.negate, name=row.concept)
        ]
    found: dict[str, Candidate] = {}

    def add(name: str, score: float, why: str, negate: int | None = None) -> None:
        concept = taxonomy.concepts.get(name)
        if name and (concept is None or not fits(concept, line, kind)):
            return
        old = found.get(name)
        if old is None or score > old.score:
            found[name] = Candidate(concept=concept, score=score, why=why, negate=negate)

    row = find(data.synonyms, kind.value, label, path)
    if row is not None:
        add(row.concept, 0.97, f"synonym {row.source}", row.negate)
    statement, unit = short_kind(kind), unit_key(unit_of(line))
    for why, counts, trust in (
        ("label", data.learned.counts.get((statement, zone, unit, label), ()), 1.0),
        ("label elsewhere", data.learned.anywhere.get((statement, unit, label), ()), 0.85),
    ):
        total = sum(n for _, n in counts)
        for name, n in counts:
            # One company alone may be odd: a share is trusted by the number behind it.
            add(name, trust * n / (total + 0.6), f"{why}: {n} of {total} companies")
    if label and (not found or max(c.score for c in found.values()) < 0.5):
        for score, other, name, n, total in _alike(label, statement, unit, zone, data.learned):
            add(name, score, f"like {other!r} ({n} of {total} companies)")
    return sorted(found.values(), key=lambda c: (-c.score, c.concept.name if c.concept else ""))


def _alike(
    label: str, statement: str, unit: str, zone: str, learned: Learned
) -> list[tuple[float, str, str, int, int]]:
    """(score, label, concept, companies, of companies) of the labels most like this one."""
    from rapidfuzz import fuzz

    shared: dict[str, float] = {}
    words = set(label.split())
    for word in words:
        labels = learned.index.get((statement, unit, word), ())
        for other in labels:
            shared[other] = shared.get(other, 0.0) + 1.0 / (1 + len(labels))
    nearest = sorted(shared, key=lambda o: (-shared[o] / (1 + 0.05 * len(o.split())), o))[:_COMPARED]
    scored = sorted(
        ((0.3 * fuzz.token_sort_ratio(label, o) + 70 * _overlap(words, set(o.split()), learned), o) for o in nearest),
        key=lambda s: (-s[0], s[1]),
    )
    out = []
    for ratio, other in scored[:8]:
        if ratio < 60:
            break
        counts = learned.counts.get((statement, zone, unit, other)) or learned.anywhere.get(
            (statement, unit, other), ()
        )
        total = sum(n for _, n in counts)
        for name, n in counts[:3]:
            out.append((0.9 * (ratio / 100) ** 2 * n / (total + 0.6), other, name, n, total))
    return out


def _overlap(a: set[str], b: set[str], learned: Learned) -> float:
    """Shared words over all words, each by how rare it is: "liability" says little, "warrant" much."""
    weigh = learned.rarity
    both, all_words = a & b, a | b
    return sum(weigh.get(w, 9.0) for w in both) / sum(weigh.get(w, 9.0) for w in all_words)


def figure_concepts(label: str, what: str, concepts: Mapping[str, Concept]) -> Concept | None:
    """The concept of a figure inside a label: shares authorized of the common stock, an allowance."""
    low = label.lower()
    stock = "PreferredStock" if "preferred" in low or "preference" in low else "CommonStock"
    name = {
        "par value": f"{stock}ParOrStatedValuePerShare",
        "authorized": f"{stock}SharesAuthorized",
        "issued": f"{stock}SharesIssued",
        "outstanding": f"{stock}SharesOutstanding",
        "treasury": "TreasuryStockShares",
        "accumulated depreciation": "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
        "allowance": "LoansAndLeasesReceivableAllowance"
        if "loan" in low
        else "AllowanceForDoubtfulAccountsReceivableCurrent",
    }.get(what, "")
    return concepts.get(name)
