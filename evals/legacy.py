"""What is found in real filings that have no known facts: statements, columns, and the share whose sums foot.

    python evals/legacy.py FOLDER [--name TEXT] [--columns] [--bad] [--seconds]

A line a document: statements found, how many of them prove at least one sum and miss none.  --columns prints the
periods of each statement, --bad the sums that do not tie, --seconds how long each took.  No document may raise anything
but UnreadableInput.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from capxbrl.findings import UnreadableInput
from capxbrl.footing import foot
from capxbrl.model import Footing, Statement
from capxbrl.readers import read
from capxbrl.statements import parse_statements


def completely(footing: Footing) -> bool:
    return bool(footing.proofs) and all(p.complete for p in footing.proofs)


def describe(statement: Statement, footing: Footing, bad: bool) -> list[str]:
    periods = "  ".join(str(c.period) for c in statement.columns)
    rows = sum(not line.is_heading for line in statement.lines)
    ties = sum(p.complete for p in footing.proofs)
    at = statement.at.line or statement.at.table
    out = [
        f"    {at}: {statement.kind.value} 10^{statement.scale} {rows} rows, {ties}/{len(footing.proofs)}: {periods}"
    ]
    for proof in footing.proofs if bad else ():
        if not proof.complete:
            differences = ", ".join("" if d is None else f"{d:f}" for d in proof.differences)
            out.append(f"        {statement.lines[proof.total].label[:60]!r}: {differences}")
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="", help="only documents whose name holds this text")
    parser.add_argument("--columns", action="store_true")
    parser.add_argument("--bad", action="store_true")
    parser.add_argument("--seconds", action="store_true")
    a = parser.parse_args()
    found = footed = documents = empty = 0
    slowest = 0.0
    for path in sorted(
        p for p in a.folder.iterdir() if p.suffix in (".txt", ".htm", ".html", ".pdf") and a.name in p.name
    ):
        begun = time.perf_counter()
        try:
            statements = parse_statements(read(path.read_bytes(), path.name).value).value
        except UnreadableInput as error:
            print(f"{path.name}: {error}")
            continue
        seconds = time.perf_counter() - begun
        footings = foot(statements).value
        tied = sum(completely(f) for f in footings)
        documents, empty, slowest = documents + 1, empty + (not statements), max(slowest, seconds)
        found, footed = found + len(statements), footed + tied
        took = f"{seconds:6.2f} s  " if a.seconds else ""
        print(f"{took}{len(statements):2} statements, {tied:2} foot  {path.name}")
        if a.columns or a.bad:
            for statement, footing in zip(statements, footings, strict=True):
                if a.columns or not completely(footing):
                    print("\n".join(describe(statement, footing, a.bad)))
    share = footed / found if found else 0
    most = f"; slowest {slowest:.2f} s" if a.seconds else ""
    print(f"{documents} documents ({empty} without a statement), {found} statements, {share:.4f} foot completely{most}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
