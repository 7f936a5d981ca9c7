"""How well concepts are chosen for companies never seen: `python evals/tagging.py LINES.csv.gz -o FOLDER`.

Companies are dealt into folds by their number; one table is learned without each fold and kept in FOLDER as fold-K.zip.
The lines of the fold are then tagged with it.  Printed: agreement with the filer's own standard tag, by statement; the
share of standard-tagged lines that are tagged at a precision of 0.95 and 0.90 (a standard claim on a line that the
filer extended is wrong), with the threshold that gives it; and how often a claim of a given confidence is right.  Then
the
same for the later filings of these companies when the precedents know the first one of each: a converter of old filings
meets companies whose newer filings it has learned from (the two models still do not know them).

`--documents DIR --submissions DATASET.zip` learns one table without all companies that have a document in DIR (file
names begin with the accession number, the data set says whose it is), reports their lines, and prints the command
that scores the documents with it.

`--speed DOCUMENT` tells how many milliseconds of processor time tagging takes (OPENBLAS_NUM_THREADS=1, as the command
sets it).
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from capxbrl import pipeline, tagging
from capxbrl.learning import datasets, examples, learn
from capxbrl.learning.lines import PASSES
from capxbrl.tagging import rank, tables
from capxbrl.tagging.models import precedents
from capxbrl.tagging.tolerances import TAGS
from capxbrl.taxonomy import load

FOLDS = 5
#: Candidates of a line that the weights are fitted to.
MOST = 24
#: Lines that every reader looks for -> concepts that filers give them; fewer lines than FEW tell nothing.
FEW = 20
PLAIN = {
    "revenue": ("Revenues", "SalesRevenueNet"),
    "cost of sales": ("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"),
    "gross profit": ("GrossProfit",),
    "operating income": ("OperatingIncomeLoss",),
    "pre-tax income": (
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
    ),
    "income taxes": ("IncomeTaxExpenseBenefit",),
    "net income": ("NetIncomeLoss", "ProfitLoss"),
    "earnings per share": ("EarningsPerShareBasic", "EarningsPerShareDiluted"),
    "shares": ("WeightedAverageNumberOfSharesOutstandingBasic", "WeightedAverageNumberOfDilutedSharesOutstanding"),
    "totals of the balance sheet": (
        "Assets",
        "AssetsCurrent",
        "Liabilities",
        "LiabilitiesCurrent",
        "StockholdersEquity",
        "LiabilitiesAndStockholdersEquity",
    ),
    "totals of cash flows": (
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities",
        "NetCashProvidedByUsedInFinancingActivities",
        "CashAndCashEquivalentsPeriodIncreaseDecrease",
    ),
    "cash": ("CashAndCashEquivalentsAtCarryingValue",),
    "receivables": ("AccountsReceivableNetCurrent", "ReceivablesNetCurrent"),
    "inventories": ("InventoryNet",),
    "payables": ("AccountsPayableCurrent", "AccountsPayableTradeCurrent"),
    "debt": (
        "LongTermDebtNoncurrent",
        "LongTermDebtCurrent",
        "LongTermDebtAndCapitalLeaseObligations",
        "ShortTermBorrowings",
    ),
    "retained earnings": ("RetainedEarningsAccumulatedDeficit",),
    "depreciation and amortization": ("DepreciationDepletionAndAmortization", "DepreciationAndAmortization"),
    "capital expenditures": ("PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets"),
    "dividends": ("PaymentsOfDividends", "PaymentsOfDividendsCommonStock"),
    "interest": ("InterestExpense", "InterestPaid", "InterestPaidNet"),
}


def fold_of(company: str) -> int:
    """The fold of a company."""
    return crc32(company.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Answer:
    """One line: its statement, the filer's tag ("" = own), the names offered with their probabilities, best first."""

    statement: str
    label: str
    tag: str
    offered: tuple[tuple[str, float], ...]


def family(name: str) -> str:
    """The family of a concept; its own name where it has none."""
    member = tables.families().get(name)
    return member.family if member else name


def likeliest(answer: Answer) -> tuple[str, float]:
    """The likeliest family of a line and its probability: what the line is asked for first."""
    groups: dict[str, float] = {}
    for name, share in answer.offered:
        if name:
            groups[family(name)] = groups.get(family(name), 0.0) + share
    return max(groups.items(), key=lambda pair: pair[1])


Measured = list[tuple[datasets.Filing, list[rank.Measured]]]


def measured(filings: Iterable[datasets.Filing], learned: tables.Learned, types: dict[str, str]) -> Measured:
    """What is measured of the candidates of every line, by the models and the other lines alone: the table has no
    figures.
    """
    out = []
    for filing in filings:
        lines = [examples.seen(s, types) for s in filing.statements]
        out.append(
            (filing, rank.measure(lines, learned, examples.marks(filing), precedents.said(learned.precedents, lines)))
        )
    return out


def answers(found: Measured, concepts: Sequence[str]) -> list[Answer]:
    """The candidates of every line, weighed."""
    out = []
    for filing, statements in found:
        for shown, told in zip(filing.statements, statements, strict=True):
            rows: list[list[tuple[str, float]]] = [[] for _ in shown.lines]
            for line, concept, share in zip(told.line, told.concept, rank.weigh(told).tolist(), strict=True):
                rows[line].append((concepts[concept], share))
            for (label, tag), row in zip(shown.lines, rows, strict=True):
                out.append(Answer(shown.statement, label, tag, tuple(sorted(row, key=lambda o: (-o[1], o[0])))))
    return out


def knowing_the_first(
    every: Sequence[datasets.Filing], out: Collection[str], learned: tables.Learned, types: dict[str, str]
) -> tuple[tables.Learned, list[datasets.Filing]]:
    """The table, but with the first filing of each company that was left out among its precedents; their later
    filings."""
    first: dict[str, datasets.Filing] = {}
    for filing in every:
        if filing.company in out:
            first.setdefault(filing.company, filing)
    known = [f for f in every if f.company not in out or first[f.company] is f]
    later = [f for f in every if f.company in out and first[f.company] is not f]
    return replace(learned, precedents=examples.precedents_of(known, types, learned.lines.concepts)), later


def report(found: Sequence[Answer]) -> None:
    """Print the figures."""
    standard = [a for a in found if a.tag]
    first = {id(a): next(o for o in a.offered if o[0]) for a in found}

    def top(chosen: Sequence[Answer], count: int) -> float:
        return sum(a.tag in [n for n, _ in a.offered if n][:count] for a in chosen) / max(1, len(chosen))

    print(
        f"{len(standard)} standard-tagged lines of {len(found)}: top-1 {top(standard, 1):.4f}  top-3 "
        f"{top(standard, 3):.4f}"
    )
    for statement in datasets.STATEMENTS:
        some = [a for a in standard if a.statement == statement]
        print(f"  {statement}: {len(some):6d} lines  top-1 {top(some, 1):.4f}  top-3 {top(some, 3):.4f}")
    ordered = sorted(found, key=lambda a: -first[id(a)][1])
    for precision in (0.95, 0.9):
        right, best, threshold = 0, 0, 1.0
        for count, answer in enumerate(ordered, 1):
            right += answer.tag == first[id(answer)][0]
            if right / count >= precision:
                best, threshold = right, first[id(answer)][1]
        print(
            f"at precision {precision}: {best / len(standard):.4f} of the standard-tagged lines are tagged, from "
            f"confidence {threshold:.3f}"
        )
    print("confidence   lines   right")
    error = 0.0
    for low in range(10):
        some = [a for a in found if low / 10 < first[id(a)][1] <= (low + 1) / 10]
        if some:
            right = sum(a.tag == first[id(a)][0] for a in some) / len(some)
            mean = sum(first[id(a)][1] for a in some) / len(some)
            error += len(some) / len(found) * abs(right - mean)
            print(f"{low / 10:.1f}-{(low + 1) / 10:.1f}: {len(some):10d}   {right:.3f}")
    print(f"expected calibration error {error:.4f}")


def families(found: Sequence[Answer]) -> None:
    """Print how families are told: by threshold, and the plain lines one by one."""
    told = [(answer, *likeliest(answer)) for answer in found]
    standard = sum(bool(a.tag) for a in found)
    print(f"families: filers leave {1 - standard / len(found):.3f} of the lines without a standard element")
    for threshold in (0.4, 0.45, TAGS.confidence, 0.55, 0.64, 0.7):
        claims = [(a, group) for a, group, share in told if share >= threshold]
        right = sum(bool(a.tag) and family(a.tag) == group for a, group in claims)
        own = 1 - len(claims) / len(found)
        print(f"  from {threshold:.2f}: kin {right / standard:.4f}  fair {right / len(claims):.4f}  own {own:.3f}")
    for what, concepts in PLAIN.items():
        some = [(a, group) for a, group, _ in told if a.tag in concepts]
        if len(some) >= FEW:
            kin = sum(family(a.tag) == group for a, group in some) / len(some)
            print(f"  {what}: kin {kin:.4f} of {len(some)} lines")


def weights(found: Measured, concepts: Sequence[str], steps: int = 300) -> list[float]:
    """The weights of rank.MEASURES that make the filers' tags most probable."""
    import numpy as np

    absent = np.array([-99.0, -99.0, *(0.0,) * (len(rank.MEASURES) - 2)], dtype=np.float32)
    rows, hits = [], []
    for filing, statements in found:
        for shown, told in zip(filing.statements, statements, strict=True):
            for at, (_, tag) in enumerate(shown.lines):
                mine = np.flatnonzero(told.line == at)[:MOST]
                names = [concepts[i] for i in told.concept[mine]]
                if tag in names:
                    rows.append(np.concatenate([told.measures[mine], np.tile(absent, (MOST - len(mine), 1))]))
                    hits.append(names.index(tag))
    measures, hit = np.array(rows, dtype=np.float32), np.array(hits)
    value, mean, square = np.array(rank.WEIGHTS, dtype=np.float32), 0.0, 0.0
    for step in range(1, steps + 1):
        scores = measures @ value
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        shares[np.arange(len(hit)), hit] -= 1
        slope = np.einsum("ik,ikf->f", shares, measures) / len(hit)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        value -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return [round(float(v), 3) for v in value]


def tested(
    a: argparse.Namespace, every: Sequence[datasets.Filing], out: Collection[str], path: Path, types: dict[str, str]
) -> tuple[list[Answer], list[Answer]]:
    """Tag the filings of the companies that were left out of the table at `path`, and print how that went. Returns the
    answers for all, and those for the later filings where the first is known."""
    learned = tables.learned(path)
    fresh = measured((f for f in every if f.company in out), learned, types)
    knowing, later = knowing_the_first(every, out, learned, types)
    again = measured(later, knowing, types)
    if a.weights:
        some = random.Random(1).sample(again, min(len(again), len(fresh) // 3))
        print("weights", dict(zip(rank.MEASURES, weights([*fresh, *some], learned.lines.concepts), strict=True)))
    concepts = learned.lines.concepts
    found = answers(fresh, concepts), answers(again, concepts)
    report(found[0])
    families(found[0])
    print("later filings, the first known:", end=" ")
    report(found[1])
    sys.stdout.flush()
    return found


def held_out(a: argparse.Namespace, every: Sequence[datasets.Filing], types: dict[str, str]) -> None:
    """One table for all companies with a document, learned from the others."""
    with zipfile.ZipFile(a.submissions) as archive, archive.open("sub.txt") as file:
        rows = csv.DictReader(io.TextIOWrapper(file, "utf-8", errors="replace"), delimiter="\t", quoting=csv.QUOTE_NONE)
        owner = {row["adsh"]: row["cik"] for row in rows}
    out = {owner[p.name[:20]] for p in a.documents.iterdir() if p.name[:20] in owner}
    path = a.output / "held-out.zip"
    if not path.exists():
        path.write_bytes(learn(a.sources, leave_out=out, passes=a.passes))
    print(f"{len(out)} companies held out:", end=" ")
    tested(a, every, out, path, types)
    print(f"score.py --run 'capxbrl facts {{}} --taxonomy us-gaap-2009 --learned {path}' {a.documents}")


def speed(document: Path, times: int = 80) -> None:
    """Print how long the lines of a document take to be tagged, once everything is loaded."""
    made, _ = pipeline.analyse(pipeline.load(document.read_bytes(), document.name).value)
    statements, footings = [t.statement for t in made.tagged], [t.footing for t in made.tagged]
    lines = sum(any(line.amounts) for statement in statements for line in statement.lines)
    took = []
    for _ in range(times):
        start = time.process_time()
        tagging.tag(statements, footings, load())
        took.append(1000 * (time.process_time() - start))
    print(f"{document.name}: {lines} lines tagged in {sorted(took)[times // 2]:.1f} ms, at best {min(took):.1f} ms")


def main() -> int:
    """Learn, tag, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path, help="what `capxbrl learn` takes")
    parser.add_argument("-o", "--output", type=Path, help="folder for the tables; those there already are used")
    parser.add_argument("--folds", default=",".join(map(str, range(FOLDS))), help="which folds, e.g. 0,1")
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--weights", action="store_true", help="also fit the weights of rank.py")
    parser.add_argument("--documents", type=Path, help="leave out the companies of these documents, instead of folds")
    parser.add_argument("--submissions", type=Path, help="the data set that says whose they are")
    parser.add_argument("--speed", type=Path, metavar="DOCUMENT", help="tag the lines of a document, again and again")
    a = parser.parse_args()
    if a.speed:
        speed(a.speed)
        return 0
    if not a.sources or a.output is None:
        parser.error("give the sources and --output")
    types = {c.name: c.type for c in load().concepts.values() if not c.abstract}
    every = list(datasets.filings(a.sources))
    a.output.mkdir(parents=True, exist_ok=True)
    if a.documents:
        held_out(a, every, types)
        return 0
    found: list[Answer] = []
    later: list[Answer] = []
    for fold in map(int, a.folds.split(",")):
        path = a.output / f"fold-{fold}.zip"
        out = {f.company for f in every if fold_of(f.company) == fold}
        if not path.exists():
            start = time.perf_counter()
            path.write_bytes(learn(a.sources, leave_out=out, passes=a.passes))
            took, size = time.perf_counter() - start, path.stat().st_size / 1e6
            print(f"{path}: learned in {took:.0f} s, {size:.1f} MB", flush=True)
        print(f"fold {fold}:", end=" ")
        fresh, again = tested(a, every, out, path, types)
        found += fresh
        later += again
    print("all folds:", end=" ")
    report(found)
    print("all folds, later filings, the first known:", end=" ")
    report(later)
    return 0


if __name__ == "__main__":
    sys.exit(main())
