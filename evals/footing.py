"""How well do the sums found agree with the calculation that the filer filed? False alarms, and time.

    python evals/footing.py --growth
    python evals/footing.py CORPUS_DIR [--arcs ARCS.json] [--glob '*'] [--limit N] [--verbose] [--seconds]

For every document with a .truth.csv: each part of each complete sum whose concept has, by the arcs of the taxonomy, an
ancestor among the concepts of its statement is *known*; it is right when the total found is one of its ancestors and
the weight found is that of the path.  Alarms are warnings on documents as filed: statements with at least one, over
all.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import time
import zlib
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from capxbrl import footing, statements
from capxbrl.findings import Position, Severity
from capxbrl.model import Amount, Column, Footing, Kind, LineItem, Period, Span, Statement, Unit
from capxbrl.readers import read

Parents = dict[str, set[tuple[str, int]]]


def load_arcs(path: Path) -> Parents:
    """{part: {(total, weight)}} over all roles of the taxonomy."""
    parents: Parents = defaultdict(set)
    for role in json.loads(path.read_text()).values():
        for total, part, weight, _ in role["arcs"]:
            parents[part.split("_")[-1]].add((total.split("_")[-1], int(weight)))
    return parents


def ancestors(name: str, parents: Parents) -> dict[str, set[int]]:
    """{ancestor: weights of the paths to it}."""
    out: dict[str, set[int]] = defaultdict(set)
    frontier = {(name, 1)}
    for _ in range(12):
        frontier = {(t, w * s) for n, s in frontier for t, w in parents.get(n, ()) if w * s not in out[t]}
        for total, sign in frontier:
            out[total].add(sign)
    return out


def truth_of(path: Path) -> dict[tuple[str, str, Decimal], set[tuple[str, int]]]:
    """(label, last day, magnitude) -> (concept, sign of the fact)."""
    out: dict[tuple[str, str, Decimal], set[tuple[str, int]]] = defaultdict(set)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            value = Decimal(row["value"])
            if row["version"].startswith("us-gaap") and value:
                key = (" ".join(row["label"].split()).lower(), row["period"].split("/")[-1], abs(value))
                out[key].add((row["concept"].split("|")[0], 1 if value > 0 else -1))
    return out


def concepts_of(
    statement: Statement, truth: dict[tuple[str, str, Decimal], set[tuple[str, int]]]
) -> dict[int, tuple[str, int]]:
    """{line: (concept, fact sign relative to the printed sign)} where the truth names exactly one."""
    out: dict[int, tuple[str, int]] = {}
    for i, line in enumerate(statement.lines):
        found: set[tuple[str, int]] = set()
        for column, amount in zip(statement.columns, line.amounts, strict=True):
            if amount is None or not amount.value:
                continue
            # A statement tells its labels apart only where the truth has them; figures and period do else.
            for label in (" ".join(line.label.split()).lower(), ""):
                hits = truth.get((label, column.period.end.isoformat(), abs(amount.value)), set())
                if hits:
                    found |= {(name, sign * (1 if amount.value > 0 else -1)) for name, sign in hits}
                    break
        if len(found) == 1:
            out[i] = found.pop()
    return out


def compare(
    statement: Statement, proofs: Footing, named: dict[int, tuple[str, int]], parents: Parents
) -> list[tuple[str, str, str]]:
    """(verdict, part, total) for every known part: right, sign, or wrong."""
    out: list[tuple[str, str, str]] = []
    present = {name for name, _ in named.values()}
    for proof in proofs.proofs:
        if not proof.complete or proof.total not in named:
            continue
        total, total_sign = named[proof.total]
        for part, weight in proof.parts:
            if part not in named:
                continue
            name, sign = named[part]
            above = ancestors(name, parents)
            if not present & (set(above) - {name}):
                continue
            if total not in above:
                out.append(("wrong", name, total))
            else:
                out.append(("right" if weight * sign * total_sign in above[total] else "sign", name, total))
    return out


def sections(lines: int, columns: int = 4) -> Statement:
    """A made statement: sections of ten lines and their total, and the total of all."""
    rows: list[tuple[str, list[int]]] = []
    part, grand = [0] * columns, [0] * columns
    for n in range(lines - 1):
        values = [10_000 + zlib.crc32(b"%d %d" % (n, c)) % 90_001 for c in range(columns)]
        if n % 11 == 10:
            values, part, label = part, [0] * columns, f"Total section {n}"
        else:
            part, label = [a + b for a, b in zip(part, values, strict=True)], f"Line {n}"
            grand = [a + b for a, b in zip(grand, values, strict=True)]
        rows.append((label, values))
    rows.append(("Total assets", grand))
    at, span = Position(source="made"), Span(block=0, start=0, end=1)
    made = tuple(
        LineItem(
            label=label,
            path=(),
            at=at,
            amounts=tuple(
                Amount(value=Decimal(v), shown=str(v), scale=0, decimals=0, unit=Unit.USD, at=at, span=span)
                for v in values
            ),
        )
        for label, values in rows
    )
    periods = tuple(Column(grid=c, period=Period(end=dt.date(2000 + c, 12, 31))) for c in range(columns))
    return Statement(kind=Kind.CASH_FLOW, title="", currency="USD", scale=0, columns=periods, lines=made, at=at)


def growth() -> None:
    """Milliseconds for statements of more and more lines; and with one figure wrong, which searches more."""
    print("lines   ms  with an error")
    for lines in (15, 30, 60, 120, 300, 600, 1200):
        whole = sections(lines)
        line = whole.lines[3]
        first = line.amounts[0]
        assert first is not None
        wrong = replace(line, amounts=(replace(first, value=first.value + 30), *line.amounts[1:]))
        broken = replace(whole, lines=(*whole.lines[:3], wrong, *whole.lines[4:]))
        spent = []
        for statement in (whole, broken):
            began = time.process_time()
            footing.foot([statement])
            spent.append(1000 * (time.process_time() - began))
        print(f"{lines:5} {spent[0]:6.1f} {spent[1]:6.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--growth", action="store_true", help="show how time grows with the lines of a statement")
    parser.add_argument("--arcs", type=Path)
    parser.add_argument("--glob", default="*")
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--seconds", action="store_true")
    args = parser.parse_args()
    if args.growth:
        growth()
    if args.folder is None:
        return
    parents = load_arcs(args.arcs) if args.arcs else {}
    paths = [p for p in sorted(args.folder.glob(args.glob)) if p.suffix in (".txt", ".htm", ".html") and p.is_file()]
    verdicts: Counter[str] = Counter()
    count: Counter[str] = Counter()
    seconds, slowest = 0.0, 0.0
    for path in paths[: args.limit]:
        document, _ = read(path.read_bytes(), path.name)
        found, _ = statements.parse_statements(document)
        count["documents"] += 1
        truth_path = path.with_name(path.name.rsplit(".", 1)[0] + ".truth.csv")
        truth = truth_of(truth_path) if truth_path.exists() else {}
        for statement in found:
            began = time.process_time()
            (proofs,), findings = footing.foot([statement])
            spent = time.process_time() - began
            seconds, slowest = seconds + spent, max(slowest, spent)
            count["statements"] += 1
            count["sums"] += len(proofs.proofs)
            count["lines"] += sum(any(line.amounts) for line in statement.lines)
            used = {p.total for p in proofs.proofs} | {i for p in proofs.proofs for i, _ in p.parts}
            count["lines in sums"] += len(used)
            alarms = [f for f in findings if f.severity is not Severity.NOTE]
            count["statements with alarms"] += bool(alarms)
            for finding in alarms if args.verbose else ():
                print(finding)
            for verdict, part, total in compare(statement, proofs, concepts_of(statement, truth), parents):
                verdicts[verdict] += 1
                if args.verbose and verdict != "right":
                    print(f"{path.name} {statement.kind}: {verdict}: {part} in {total}")
    _print(count, verdicts, (seconds, slowest) if args.seconds else None)


def _print(count: Counter[str], verdicts: Counter[str], spent: tuple[float, float] | None) -> None:
    known = sum(verdicts.values())
    print(", ".join(f"{n} {name}" for name, n in count.items()))
    if known:
        print(
            f"parts with a known parent {known}: parent right {(known - verdicts['wrong']) / known:.4f}, parent "
            f"and sign right {verdicts['right'] / known:.4f}"
        )
    if count["statements"]:
        print(f"alarms in {count['statements with alarms'] / count['statements']:.4f} of the statements")
        if spent is not None:
            each = 1000 * spent[0] / count["statements"]
            print(f"{each:.1f} ms a statement, the slowest {1000 * spent[1]:.0f} ms")


if __name__ == "__main__":
    main()
