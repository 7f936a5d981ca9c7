"""How well concepts are chosen for companies never seen: `python evals/tagging.py LINES.csv.gz -o FOLDER`.

Companies are dealt into folds by their number; one table is learned without each fold and kept in FOLDER as fold-K.zip.
The lines of the fold are then tagged with it.  Printed: agreement with the filer's own standard tag, by statement; the
share of standard-tagged lines that are tagged at a precision of 0.95 and 0.90 (a standard claim on a line that the filer
extended is wrong), with the threshold that gives it; and how often a claim of a given confidence is right.

`--documents DIR --submissions DATASET.zip` learns one table without all companies that have a document in DIR (file
names begin with the accession number, the data set says whose it is), reports their lines, and prints the command
that scores the documents with it.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from capxbrl import learn, training
from capxbrl.tagging import rank, tables
from capxbrl.taxonomy import load

FOLDS = 5


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


def answers(filings: Sequence[learn.Filing], learned: tables.Learned, types: dict[str, str]) -> list[Answer]:
    """Every line of the filings, tagged by the text model and the other lines alone: the table has no figures."""
    out = []
    for filing in filings:
        ranked = rank.rank([learn.seen(s, types) for s in filing.statements], learned, learn.marks(filing))
        for shown, lines in zip(filing.statements, ranked, strict=True):
            for (label, tag), options in zip(shown.lines, lines, strict=True):
                out.append(Answer(shown.statement, label, tag, tuple((o.name, o.share) for o in options)))
    return out


def report(found: Sequence[Answer]) -> None:
    """Print the figures."""
    standard = [a for a in found if a.tag]
    first = {id(a): next(o for o in a.offered if o[0]) for a in found}

    def top(chosen: Sequence[Answer], count: int) -> float:
        return sum(a.tag in [n for n, _ in a.offered if n][:count] for a in chosen) / max(1, len(chosen))

    print(
        f"{len(standard)} standard-tagged lines of {len(found)}: top-1 {top(standard, 1):.4f}  top-3 {top(standard, 3):.4f}"
    )
    for statement in learn.STATEMENTS:
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
            f"at precision {precision}: {best / len(standard):.4f} of the standard-tagged lines are tagged, from confidence {threshold:.3f}"
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


def weights(
    filings: Sequence[learn.Filing], learned: tables.Learned, types: dict[str, str], steps: int = 300
) -> list[float]:
    """The weights of rank.MEASURES that make the filers' tags most probable."""
    import numpy as np

    rows, hits = [], []
    for filing in filings:
        measured = rank.measure([learn.seen(s, types) for s in filing.statements], learned, learn.marks(filing))
        for shown, lines in zip(filing.statements, measured, strict=True):
            for (_, tag), options in zip(shown.lines, lines, strict=True):
                names = [n for n, _ in options]
                if tag in names:
                    rows.append(
                        [m for _, m in options]
                        + [(-99.0, *(0.0,) * (len(rank.MEASURES) - 1))] * (rank.CANDIDATES + 1 - len(options))
                    )
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


def held_out(a: argparse.Namespace, every: Sequence[learn.Filing], types: dict[str, str]) -> None:
    """One table for all companies with a document, learned from the others."""
    with zipfile.ZipFile(a.submissions) as archive, archive.open("sub.txt") as file:
        rows = csv.DictReader(io.TextIOWrapper(file, "utf-8", errors="replace"), delimiter="\t", quoting=csv.QUOTE_NONE)
        owner = {row["adsh"]: row["cik"] for row in rows}
    out = {owner[p.name[:20]] for p in a.documents.iterdir() if p.name[:20] in owner}
    path = a.output / "held-out.zip"
    if not path.exists():
        path.write_bytes(learn.learn(a.sources, leave_out=out, passes=a.passes))
    learned = tables.learned(path)
    tested = [f for f in every if f.company in out]
    print(f"{len(out)} companies held out:", end=" ")
    report(answers(tested, learned, types))
    if a.weights:
        print("weights", dict(zip(rank.MEASURES, weights(tested, learned, types), strict=True)))
    print(f"score.py --run 'capxbrl facts {{}} --taxonomy us-gaap-2009 --learned {path}' {a.documents}")


def main() -> int:
    """Learn, tag, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path, help="what `capxbrl learn` takes")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="folder for the tables; those there already are used"
    )
    parser.add_argument("--folds", default=",".join(map(str, range(FOLDS))), help="which folds, e.g. 0,1")
    parser.add_argument("--sample", type=float, default=1.0, help="share of the companies of a fold that is tagged")
    parser.add_argument("--passes", type=int, default=training.PASSES)
    parser.add_argument("--weights", action="store_true", help="also fit the weights of rank.py")
    parser.add_argument("--documents", type=Path, help="leave out the companies of these documents, instead of folds")
    parser.add_argument("--submissions", type=Path, help="the data set that says whose they are")
    a = parser.parse_args()
    types = {c.name: c.type for c in load().concepts.values() if not c.abstract}
    every = list(learn.filings(a.sources))
    a.output.mkdir(parents=True, exist_ok=True)
    if a.documents:
        held_out(a, every, types)
        return 0
    found: list[Answer] = []
    for fold in map(int, a.folds.split(",")):
        path = a.output / f"fold-{fold}.zip"
        if not path.exists():
            start = time.perf_counter()
            out = {f.company for f in every if fold_of(f.company) == fold}
            path.write_bytes(learn.learn(a.sources, leave_out=out, passes=a.passes))
            print(
                f"{path}: learned in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.1f} MB",
                flush=True,
            )
        learned = tables.learned(path)
        companies = sorted({f.company for f in every if fold_of(f.company) == fold})
        chosen = set(random.Random(fold).sample(companies, max(1, round(a.sample * len(companies)))))
        tested = [f for f in every if f.company in chosen]
        mine = answers(tested, learned, types)
        print(f"fold {fold}:", end=" ")
        report(mine)
        if a.weights:
            print("weights", dict(zip(rank.MEASURES, weights(tested, learned, types), strict=True)))
        sys.stdout.flush()
        found += mine
    print("all folds:", end=" ")
    report(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
