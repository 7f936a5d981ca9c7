"""What differs between two folders of outputs: the facts and findings of each document, one line a difference.

    python evals/differences.py OLD NEW [--limit N]

A folder holds for each document, at any depth, STEM.csv (the facts, as `capxbrl facts` prints them) and STEM.json (the
findings, as `capxbrl check --format json` prints them).  A line that begins with - is in OLD only, one with + in NEW
only.  The last lines count the documents that differ, and the findings by code. Exit status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


def facts(path: Path) -> Counter[str]:
    """The rows of a table of facts, as one line each."""
    if not path.exists():
        return Counter()
    with path.open(encoding="utf-8", newline="") as file:
        return Counter("fact " + " | ".join(f"{k}={v}" for k, v in row.items() if v) for row in csv.DictReader(file))


def findings(path: Path) -> Counter[str]:
    """The findings of a document, as one line each."""
    if not path.exists():
        return Counter()
    told = json.loads(path.read_text(encoding="utf-8"))["findings"]
    return Counter(
        f"{f['code']} {f['severity']} {f.get('line') or ''}: {f['message']}"
        + (f" ({f['hint']})" if f.get("hint") else "")
        for f in told
    )


def documents(folder: Path) -> set[Path]:
    """Every document of a folder, by its path without a suffix."""
    return {p.relative_to(folder).with_suffix("") for p in folder.rglob("*") if p.suffix in (".csv", ".json")}


def differences(old: Path, new: Path, document: Path) -> Iterator[str]:
    """The lines that only one of the folders has of a document."""
    for suffix, read in ((".csv", facts), (".json", findings)):
        before, after = (read(folder / f"{document}{suffix}") for folder in (old, new))
        yield from (f"- {line}" for line in (before - after).elements())
        yield from (f"+ {line}" for line in (after - before).elements())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--limit", type=int, default=20, help="lines printed of a document")
    a = parser.parse_args()
    every, differing, codes = documents(a.old) | documents(a.new), 0, Counter[str]()
    for document in sorted(every):
        lines = list(differences(a.old, a.new, document))
        if not lines:
            continue
        differing += 1
        codes.update(" ".join(line.split()[:2]) for line in lines)
        print(document)
        for line in lines[: a.limit]:
            print(f"  {line}")
        if len(lines) > a.limit:
            print(f"  ... and {len(lines) - a.limit} more")
    print(f"{len(every)} documents, {differing} differ")
    for code, count in sorted(codes.items()):
        print(f"{count:6} {code}")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
