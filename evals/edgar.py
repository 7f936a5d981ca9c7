"""What the SEC's own rules say of many filings: `python evals/edgar.py DOCUMENT|FOLDER... --package ZIP [--count N]`.

Each filing is converted for EDGAR in the elements of 2009, with a Central Index Key where it does not say its own, and
judged by the Arelle project's plug-in EDGAR (--edgar-plugin, or CAPXBRL_EDGAR). Of a folder a sample of those with
facts is taken. Prints each document with the messages that the age of the page causes, which are notes, and all others
in full; then in how many documents there is no other, and how many messages the receipt names and lead to a line.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from capxbrl.conversion import Conversion
from capxbrl.findings import CapxbrlError, Severity
from capxbrl.gate import edgar
from capxbrl.pipeline import convert

#: The key of a made-up filer, where the page has none.
CIK = "1234567"
SUFFIXES = (".txt", ".htm", ".html", ".pdf")


def documents(given: list[Path], count: int, seed: int) -> Iterator[tuple[Path, int]]:
    """Each document with how many of its kind are wanted: those named all, those of a folder in an order by chance."""
    for path in given:
        if path.is_file():
            yield path, 1
            continue
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        random.Random(seed).shuffle(found)
        yield from ((p, count or len(found)) for p in found)


def converted(path: Path, package: Path, plugin: Path | None) -> Conversion | None:
    """None where it has no facts."""
    given = {"profile": "edgar", "taxonomy": "us-gaap-2009", "packages": [package], "edgar_plugin": plugin}
    try:
        if not convert(path, validate=False, formats=["facts"]).facts:
            return None
        made = convert(path, **given, viewer=False, time_limit=600)
        if made.entity.scheme != "http://www.sec.gov/CIK":
            made = convert(path, **given, cik=CIK, viewer=False, time_limit=600)
    except CapxbrlError as error:
        print(f"{path.name}: {error}")
        return None
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--package", type=Path, required=True, help="us-gaap 2009 as a taxonomy package")
    parser.add_argument("--edgar-plugin", type=Path, default=os.environ.get("CAPXBRL_EDGAR"))
    parser.add_argument("--count", type=int, default=0, help="so many of each folder; all when 0")
    parser.add_argument("--seed", type=int, default=48)
    a = parser.parse_args()
    totals: Counter[str] = Counter()
    aged: Counter[str] = Counter()
    taken: Counter[Path] = Counter()
    ran = ""
    for path, wanted in documents(a.sources, a.count, a.seed):
        if taken[path.parent] >= wanted or (made := converted(path, a.package, a.edgar_plugin)) is None:
            continue
        taken[path.parent] += path.parent in a.sources
        assert made.validation is not None
        check = next(c for c in made.validation.checks if c.name == edgar.NAME)
        ran = check.version or check.why
        notes = [f for f in made.validation.findings if f.severity is Severity.NOTE]
        others = [f for f in made.validation.findings if f.severity is not Severity.NOTE]
        own = [f for f in made.findings if f.code.startswith("efm.") and f.severity is Severity.ERROR]
        receipt = made.files["receipt.txt"].decode()
        traced = [f for f in made.findings if f.code.startswith("EFM")]
        totals["documents"] += 1
        totals["clean"] += not others and not own and check.ran
        totals["messages"] += len(made.validation.findings)
        totals["named"] += sum(f.message in receipt for f in made.validation.findings)
        totals["traced"] += sum(bool(f.at and f.at.line and f.at.source == path.name) for f in traced)
        aged.update(f.code for f in notes)
        print(f"{path.name}: {len(made.facts)} facts, {len(notes)} of age, {len(others)} others, {len(own)} of ours")
        for finding in (*others, *own):
            print(f"  {finding.severity}: {finding.message} [{finding.code}]")
    print(f"judged by: {ran}")
    for code, number in sorted(aged.items()):
        print(f"of the page's age: {number} x {code}")
    print(f"{totals['named']} of {totals['messages']} messages are in the receipt, {totals['traced']} lead to a line")
    print(f"{totals['clean']} of {totals['documents']} filings without any other message")


if __name__ == "__main__":
    main()
