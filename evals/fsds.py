"""Our data set of filings against the SEC's own rows: `python evals/fsds.py 2009q3.zip FOLDER [--jobs N]`.

FOLDER holds filings rebuilt from that data set (NAME is ACCESSION-style.txt or .htm, beside it NAME.truth.csv: the rows
that the page shows). Each is converted in the elements of 2009 and written as `--format fsds`. A row is equal when
element, date, quarters, unit and value are; the SEC's vintage may be 2008. Rows that the page does not show are left
aside. Filers of 2009 gave many figures another sign or unit than their page: a line of the result tells these apart.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

from capxbrl.pipeline import convert
from capxbrl.writers.fsds import FOLDER

Row = tuple[str, str, str, str, Decimal]


def rows(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)


def row_of(row: dict[str, str]) -> Row:
    return row["tag"], row["ddate"], row["qtrs"], row["uom"], Decimal(row["value"])


def official(archive: Path, wanted: set[str]) -> dict[str, set[Row]]:
    """{accession number: its rows of the whole company}."""
    out: dict[str, set[Row]] = defaultdict(set)
    with zipfile.ZipFile(archive) as packed:
        for row in rows(packed.read("num.txt").decode("utf-8", "replace")):
            if row["adsh"] in wanted and row["value"] and not row["segments"] and not row["coreg"]:
                out[row["adsh"]].add(row_of(row))
    return out


def shown(truth: Path) -> set[tuple[str, str, str]]:
    """(element, date, quarters) of the figures that the page shows."""
    out = set()
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, _, end = row["period"].rpartition("/")
            days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1 if start else 0
            out.add((row["concept"], end.replace("-", ""), str(round(days / 91.3125))))
    return out


def ours(path: Path) -> tuple[set[Row], set[str]]:
    """Our rows, and the elements of them that are the filer's own."""
    made = convert(path, validate=False, formats=["fsds"], taxonomy="us-gaap-2009")
    if f"{FOLDER}num.txt" not in made.files:
        return set(), set()
    found = list(rows(made.files[f"{FOLDER}num.txt"].decode()))
    own = {row["tag"] for row in found if row["version"] == row["adsh"]}
    return {row_of(row) for row in found if not row["segments"]}, own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    files = sorted(p for p in given.folder.iterdir() if p.suffix in (".txt", ".htm"))
    theirs = official(given.archive, {p.stem.rpartition("-")[0] for p in files})
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(given.jobs) as pool:
        for path, (mine, own) in zip(files, pool.map(ours, files), strict=True):
            on_page = shown(path.with_name(f"{path.stem}.truth.csv"))
            sec = {row for row in theirs[path.stem.rpartition("-")[0]] if row[:3] in on_page}
            figures = Counter(row[1:] for row in mine)
            counts["filings"] += 1
            counts["SEC"] += len(sec)
            counts["ours"] += len(mine)
            counts["equal"] += len(sec & mine)
            counts["figure"] += sum(figures[row[1:]] > 0 for row in sec)
            digits = {(*row[1:3], abs(row[4])) for row in mine}
            counts["digits"] += sum((*row[1:3], abs(row[4])) in digits for row in sec)
            counts["own"] += sum(row[0] in own for row in mine)
            counts["ours equal"] += len(mine & theirs[path.stem.rpartition("-")[0]])
            standard = {row for row in mine if row[0] not in own}
            counts["standard"] += len(standard)
            counts["standard equal"] += len(standard & theirs[path.stem.rpartition("-")[0]])
    rows_of = f"{counts['SEC']:,} of the SEC, {counts['ours']:,} ours"
    print(f"{counts['filings']} filings; rows of num that the pages show: {rows_of}")
    for name, part, whole in (
        ("of the SEC's rows, there with the same element and value", "equal", "SEC"),
        ("of the SEC's rows, date, quarters, unit and value there", "figure", "SEC"),
        ("of the SEC's rows, date, quarters and value there, with whatever sign and unit", "digits", "SEC"),
        ("of our rows, equal to one of the SEC's", "ours equal", "ours"),
        ("of our rows in standard elements, equal to one of the SEC's", "standard equal", "standard"),
        ("of our rows, in elements of the filer's own", "own", "ours"),
    ):
        print(f"{counts[part] / max(counts[whole], 1):.4f}  {name} ({counts[part]:,} of {counts[whole]:,})")


if __name__ == "__main__":
    main()
