"""How much of the face statements is read: period, unit and magnitude of every figure, against known facts.

    python evals/reading.py FOLDER [--limit N] [--style NAME] [--worst N] [--diff STEM] [--facts]

FOLDER holds documents with a STEM.truth.csv beside each (columns concept, period, unit, value: one row for every printed
figure; zeros are not counted).  The style of a document is the last part of its stem.  All documents are read in one
process; statements are parsed only, unless --facts asks for the whole road to the report.

    read    share of the true figures that are found
    clean   share of the figures found in cells of face statements that are true
    whole   share of the documents in which both are all
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from capxbrl.model import Document, Kind, Statement
from capxbrl.pipeline import analyse
from capxbrl.readers import read
from capxbrl.statements import parse_statements
from capxbrl.writers.facts import rows

#: (period, unit, magnitude): a duration counts by its last day and its months, the first day is seldom on the page.
Key = tuple[str, str, Decimal]

_UNITS = {"usdpershare": "perShare", "usd/shares": "perShare", "pershare": "perShare", "usd": "USD"}


def period_key(text: str) -> str:
    start, _, end = text.strip().partition("/")
    if not end:
        return start
    days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1
    return f"{round(days / 30.44)} months to {end}"


def key(period: str, unit: str, value: str) -> Key:
    return period_key(period), _UNITS.get(unit.lower(), unit), abs(Decimal(value)).normalize()


def truths(path: Path) -> Counter[Key]:
    with path.open(newline="") as file:
        found = (key(row["period"], row["unit"], row["value"]) for row in csv.DictReader(file))
        return Counter(k for k in found if k[2])


def parsed(document: Document) -> tuple[Counter[Key], Counter[Key]]:
    """The figures in cells, and those in labels, as they are parsed. Balances of a flow statement: see `_instant`."""
    cells: Counter[Key] = Counter()
    labels: Counter[Key] = Counter()
    for statement in parse_statements(document).value:
        for line in statement.lines:
            for column, amount in zip(statement.columns, line.amounts, strict=True):
                if amount is not None and amount.value:
                    when = _instant(statement, line.label, column.period.start, column.period.end) or str(column.period)
                    cells[key(when, amount.unit.value, str(amount.value))] += 1
            for figure in line.figures:
                for period in figure.periods:
                    if figure.amount.value:
                        labels[key(str(period), figure.amount.unit.value, str(figure.amount.value))] += 1
    return cells, labels


def _instant(statement: Statement, label: str, start: dt.date | None, end: dt.date) -> str | None:
    """Cash at the beginning or the end of a flow statement, by its words; the report has surer means."""
    if start is None or statement.kind is not Kind.CASH_FLOW:
        return None
    low = label.lower()
    if re.search(r"increase|decrease|change", low) and not re.search(
        r"balance|equivalents?,? (?:at )?(?:beg|end)", low
    ):
        return None
    if re.search(r"beginning|begining|beg of|start of|opening|period start", low):
        return str(start - dt.timedelta(1))
    if re.search(r"\bend\b|ending|closing|period end", low) and not re.search(r"year[- ]end", low):
        return str(end)
    return None


def reported(document: Document) -> tuple[Counter[Key], Counter[Key]]:
    """The same from the facts of the report."""
    cells: Counter[Key] = Counter()
    others: Counter[Key] = Counter()
    for row in rows(analyse(document)[0].report):
        if row["place"] == "cover" or not re.fullmatch(r"-?[\d.]+", row["value"]) or not Decimal(row["value"]):
            continue
        face = row["place"] == "cell" and row["statement"] not in ("other", "equity", "cover")
        (cells if face else others)[key(row["period"], row["unit"], row["value"])] += 1
    return cells, others


def documents(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """(stem, document, truth) of each pair of a folder."""
    for truth in sorted(folder.glob("*.truth.csv")):
        stem = truth.name.removesuffix(".truth.csv")
        found = next((p for p in sorted(folder.glob(stem + ".*")) if p != truth), None)
        if found:
            yield stem, found, truth


def score(want: Counter[Key], must: Counter[Key], may: Counter[Key]) -> Counter[str]:
    hit = want & must
    helped = (want - hit) & may
    found = hit.total() + helped.total()
    return Counter(
        true=want.total(), found=must.total(), read=found, hit=hit.total(),
        whole=int(found == want.total() and hit.total() == must.total()), documents=1,
    )  # fmt: skip


def show(name: str, c: Counter[str]) -> str:
    def share(a: str, b: str) -> str:
        return f"{c[a] / c[b]:.4f}" if c[b] else "     -"

    return (
        f"{name:40} read {share('read', 'true')}  clean {share('hit', 'found')}  whole {share('whole', 'documents')}"
        f"  ({c['true']} figures, {c['documents']} documents)"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--style", action="append", default=[])
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument(
        "--diff", default="", help="print what is missing (-) and what is not true (+), for stems with this text"
    )
    parser.add_argument("--facts", action="store_true")
    a = parser.parse_args()
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    singles: list[tuple[int, str, Counter[str]]] = []
    begun = time.perf_counter()
    for stem, path, truth in [*documents(a.folder)][: a.limit]:
        style = stem.rsplit("-", 1)[-1]
        if (a.style and style not in a.style) or a.diff not in stem:
            continue
        want = truths(truth)
        must, may = (reported if a.facts else parsed)(read(path.read_bytes(), path.name).value)
        c = score(want, must, may)
        groups[style] += c
        groups["all"] += c
        singles.append((c["true"] - c["read"] + c["found"] - c["hit"], stem, c))
        if a.diff:
            for sign, keys in (("-", want - must - may), ("+", must - want)):
                for k, n in sorted(keys.items(), key=str):
                    print(sign, *k[:2], f"{k[2]:f}", f"x{n}" if n > 1 else "")
    for wrong, stem, c in sorted(singles, key=lambda s: (-s[0], s[1]))[: a.worst]:
        print(f"{wrong:4} wrong", show(stem, c))
    for style in sorted(groups):
        print(show(style, groups[style]))
    print(f"{(time.perf_counter() - begun) / max(1, len(singles)):.3f} s a document")
    return 0


if __name__ == "__main__":
    sys.exit(main())
