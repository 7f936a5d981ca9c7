"""How much of the face statements is read, and how sure it is, against known facts.

    python evals/reading.py FOLDER [--families FILE] [--limit N] [--style NAME] [--worst N] [--diff STEM]

FOLDER holds documents with a STEM.truth.csv beside each (columns concept, period, unit, value: one row for every
printed figure; zeros are not counted; concept may be A|B).  The style of a document is the last part of its stem.  A
duration
counts by its last day and its length in months: the first day is seldom on the page.  Facts in labels and prose, and
those of the cover and of statements of equity, may answer a truth and count against nothing.

    read      share of the true facts whose period, unit and magnitude are found
    clean     share of the facts found whose period, unit and magnitude are true
    whole     share of the documents in which both are all
    signed    share of the true facts with a standard concept whose value is found with the right sign
    headline  as signed, of the lines that everyone reads: revenue, income, assets, equity, cash, earnings per share
    tagged    share of the true facts with a standard concept that carry that very concept
    right     share of the standard concepts claimed that are the true one
    kin, fair as tagged and right, where a concept of the same family counts too (--families: near-synonyms, a line
    each) silent    share of the true facts missing or contradicted in documents without a warning or error of reading,
              period, scale, sign or arithmetic (what concepts, cover and prose tell does not count)
    alarm     share of the documents without fault that have such a warning
    proved, stated, doubtful   how many of the facts that stand so are true, and what share of all they are
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from capxbrl.findings import CapxbrlError, Finding, Severity
from capxbrl.pipeline import opened
from capxbrl.writers.facts import rows

#: (period, unit, value)
Key = tuple[str, str, Decimal]
Families = Mapping[str, str]

_UNITS = {"usdpershare": "perShare", "usd/shares": "perShare", "pershare": "perShare", "usd": "USD"}
_STANDINGS = ("proved", "stated", "doubtful")
#: Areas of findings that say nothing of how figures were read.
_OTHER_AREAS = ("tag", "cover", "prose")
HEADLINE = frozenset(
    [
        "Revenues",
        "SalesRevenueNet",
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "CostOfRevenue",
        "CostOfGoodsAndServicesSold",
        "CostOfGoodsSold",
        "GrossProfit",
        "OperatingIncomeLoss",
        "NetIncomeLoss",
        "ProfitLoss",
        "EarningsPerShareBasic",
        "EarningsPerShareDiluted",
        "EarningsPerShareBasicAndDiluted",
        "Assets",
        "AssetsCurrent",
        "Liabilities",
        "LiabilitiesCurrent",
        "StockholdersEquity",
        "LiabilitiesAndStockholdersEquity",
        "CashAndCashEquivalentsAtCarryingValue",
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities",
        "NetCashProvidedByUsedInFinancingActivities",
        "CashAndCashEquivalentsPeriodIncreaseDecrease",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """names: of its concept, without prefix. own: the filer's own concept. optional: counts against nothing."""

    key: Key
    names: frozenset[str]
    own: bool
    optional: bool = False
    reading: str = ""

    @property
    def size(self) -> Key:
        period, unit, value = self.key
        return period, unit, abs(value)


def period_key(text: str) -> str:
    start, _, end = text.strip().partition("/")
    if not end:
        return start
    days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1
    return f"{round(days / 30.44)} months to {end}"


def facts_of(table: Iterable[Mapping[str, str]]) -> list[Fact]:
    """The figures of a table of facts, true or found; what is no figure, and zeros, left out."""
    return [fact for row in table if (fact := _fact(row)) is not None]


def _fact(row: Mapping[str, str]) -> Fact | None:
    try:
        value = Decimal(row["value"]).normalize()
    except InvalidOperation:
        return None
    if not value or not value.is_finite():
        return None
    unit = row["unit"].rpartition(":")[2]
    return Fact(
        key=(period_key(row["period"]), _UNITS.get(unit.lower(), unit), value),
        names=frozenset(name.rpartition(":")[2] for name in row["concept"].split("|") if name),
        own=row.get("extension") == "true" or row.get("version", "us-gaap").startswith("0"),
        optional=row.get("place", "cell") != "cell" or row.get("statement") in ("other", "equity", "cover"),
        reading=row.get("reading", ""),
    )


def truths(path: Path) -> list[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        return facts_of(csv.DictReader(file))


def told(findings: Iterable[Finding]) -> bool:
    """Something of reading or arithmetic is a warning or an error."""
    return any(f.severity is not Severity.NOTE and f.code.partition(".")[0] not in _OTHER_AREAS for f in findings)


def converted(path: Path) -> tuple[list[Fact], bool]:
    """The facts of a document, and whether something is told of its reading. A document that cannot be read has
    none."""
    try:
        made, findings = opened(path)
    except CapxbrlError:
        return [], True
    return facts_of(rows(made.report)), told(findings)


def score(want: Sequence[Fact], found: Sequence[Fact], loud: bool, families: Families) -> Counter[str]:
    """Everything counted that the shares are made of."""
    sizes = Counter(f.size for f in want)
    must = Counter(f.size for f in found if not f.optional)
    hit = sizes & must
    read = hit.total() + ((sizes - hit) & Counter(f.size for f in found if f.optional)).total()
    wrong = len(want) - read + (must - sizes).total()
    standard = [f for f in want if not f.own]
    values = Counter(f.key for f in found)
    heads = [f.key for f in standard if f.names & HEADLINE]
    claims = [f for f in found if not f.own]
    counts = Counter(
        true=len(want),
        found=must.total(),
        read=read,
        hit=hit.total(),
        documents=1,
        whole=int(not wrong),
        standard=len(standard),
        signed=(Counter(f.key for f in standard) & values).total(),
        heads=len(heads),
        headed=(Counter(heads) & values).total(),
        claims=sum(bool(f.names) and not f.optional for f in claims),
        right=matched(standard, claims, {}),
        near=matched(standard, claims, families),
        silent=0 if loud else wrong,
        sound=int(not wrong),
        alarm=int(loud and not wrong),
    )
    return counts + standings(sizes, found)


def matched(want: Sequence[Fact], claims: Iterable[Fact], families: Families) -> int:
    """How many true facts have a claim of the same value and concept, or of one of its family; each claim
    answers once."""
    left: dict[Key, list[Collection[str]]] = defaultdict(list)
    for claim in claims:
        left[claim.key].append(_kin(claim.names, families))
    count = 0
    for fact in want:
        mine = _kin(fact.names, families)
        match = next((names for names in left[fact.key] if mine & names), None)
        if match is not None:
            left[fact.key].remove(match)
            count += 1
    return count


def _kin(names: Iterable[str], families: Families) -> frozenset[str]:
    return frozenset(families.get(name, name) for name in names)


def standings(sizes: Counter[Key], found: Iterable[Fact]) -> Counter[str]:
    """How many facts stand as proved, stated, doubtful, and how many of these are true ("proved+"); the surest
    first."""
    left, out = Counter(sizes), Counter[str]()
    for standing in _STANDINGS:
        for fact in found:
            if fact.reading == standing and not fact.optional:
                out[standing] += 1
                if left[fact.size]:
                    left[fact.size] -= 1
                    out[f"{standing}+"] += 1
    return out


def show(name: str, c: Counter[str], kin: bool) -> str:
    """One line."""
    measures = [
        ("read", "read", "true"),
        ("clean", "hit", "found"),
        ("whole", "whole", "documents"),
        ("signed", "signed", "standard"),
        ("headline", "headed", "heads"),
        ("tagged", "right", "standard"),
        ("right", "right", "claims"),
        *([("kin", "near", "standard"), ("fair", "near", "claims")] if kin else []),
        ("silent", "silent", "true"),
        ("alarm", "alarm", "sound"),
    ]
    shares = [f"{what} {_share(c, part, of)}" for what, part, of in measures]
    shares += [f"{s} {_share(c, s + '+', s)} of {_share(c, s, 'found')}" for s in _STANDINGS if c[s]]
    return f"{name}: {'  '.join(shares)}  ({c['true']} facts, {c['documents']} documents)"


def _share(c: Counter[str], part: str, of: str) -> str:
    return f"{min(1.0, c[part] / c[of]):.4f}" if c[of] else "-"


def documents(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """(stem, document, truth) of each pair of a folder."""
    for truth in sorted(folder.glob("*.truth.csv")):
        stem = truth.name.removesuffix(".truth.csv")
        found = next((p for p in sorted(folder.glob(stem + ".*")) if p != truth), None)
        if found:
            yield stem, found, truth


def differences(want: Sequence[Fact], found: Sequence[Fact]) -> Iterator[str]:
    """What is missing (-) and what is not true (+)."""
    sizes, must = Counter(f.size for f in want), Counter(f.size for f in found if not f.optional)
    every = Counter(f.size for f in found)
    for sign, keys in (("-", sizes - every), ("+", must - sizes)):
        for (period, unit, value), n in sorted(keys.items(), key=str):
            yield f"{sign} {period} {unit} {value:f}{f' x{n}' if n > 1 else ''}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--style", action="append", default=[])
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--diff", default="", help="print the differences of the documents whose stem has this text")
    a = parser.parse_args()
    lines = a.families.read_text(encoding="utf-8").splitlines() if a.families else []
    families = {name: line for line in lines for name in line.split()}
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    singles: list[tuple[float, str, Counter[str]]] = []
    for stem, path, truth in [*documents(a.folder)][: a.limit]:
        style = stem.rsplit("-", 1)[-1]
        if (a.style and style not in a.style) or a.diff not in stem:
            continue
        want, (found, loud) = truths(truth), converted(path)
        c = score(want, found, loud, families)
        groups[style] += c
        groups["all"] += c
        singles.append((c["read"] / max(1, c["true"]), stem, c))
        if a.diff:
            print("\n".join(differences(want, found)))
    for _, stem, c in sorted(singles, key=lambda s: s[:2])[: a.worst]:
        print(show(stem, c, bool(families)))
    # Where each document is a style of its own, the styles say nothing.
    for style in sorted(groups) if len(groups) <= len(singles) // 2 else ["all"]:
        print(show(style, groups[style], bool(families)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
