"""Learn which concept companies give to a label: from the SEC's Financial Statement Data Sets, or a table of their lines.

Companies are counted, not filings, so that no filer dominates. Source: https://www.sec.gov/dera/data/financial-statement-data-sets
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .findings import BadData
from .tagging.labels import normalise, zones

#: A member of a data set larger than this is not one.
MAX_MEMBER = 4_000_000_000
Line = tuple[str, str, str, str]  # company, statement, label, tag


def statements(sources: Sequence[Path]) -> Iterator[list[Line]]:
    """The face statements in the given files, each as its lines in order.

    A source is a Financial Statement Data Set (zip with sub.txt and pre.txt) or a CSV (.csv, .csv.gz) with the columns
    adsh, cik, stmt, report, line, inpth, tag, standard, plabel. Lines of the filer's own tags have tag "".
    """
    for source in sources:
        current: tuple[str, ...] = ()
        lines: list[Line] = []
        for row in _rows(source):
            key = (row["adsh"], row["stmt"], row["report"])
            if key != current:
                if lines:
                    yield lines
                current, lines = key, []
            lines.append((row["cik"], row["stmt"], row["plabel"], row["tag"] if row["standard"] == "1" else ""))
        if lines:
            yield lines


def _rows(source: Path) -> Iterator[Mapping[str, str]]:
    if source.suffix == ".zip":
        yield from _data_set(source)
        return
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _data_set(source: Path) -> Iterator[Mapping[str, str]]:
    try:
        with zipfile.ZipFile(source) as archive:
            for name in ("sub.txt", "pre.txt"):
                if name not in archive.namelist() or archive.getinfo(name).file_size > MAX_MEMBER:
                    raise BadData(f"{source}: is no Financial Statement Data Set: {name} is missing or too large")
            ciks = {row["adsh"]: row["cik"] for row in _tsv(archive, "sub.txt")}
            rows = [
                r
                for r in _tsv(archive, "pre.txt")
                if r["adsh"] in ciks and r["stmt"] in ("BS", "IS", "CF", "CI", "EQ") and r["inpth"] == "0"
            ]
    except zipfile.BadZipFile:
        raise BadData(f"{source}: is not a zip archive") from None
    rows.sort(key=lambda r: (r["adsh"], int(r["report"]), int(r["line"])))
    for row in rows:
        yield row | {"cik": ciks[row["adsh"]], "standard": "1" if row["version"].startswith("us-gaap") else "0"}


def _tsv(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(name) as file:
        yield from csv.DictReader(
            io.TextIOWrapper(file, "utf-8", errors="replace"), delimiter="\t", quoting=csv.QUOTE_NONE
        )


Counts = dict[tuple[str, str, str, str], dict[str, int]]


def count(sources: Iterable[list[Line]], types: Mapping[str, str], leave_out: Collection[str] = ()) -> Counts:
    """{(statement, zone, unit, label): {concept: number of companies}}.

    types: concept -> item type, of the concepts to learn; the filer's own and unknown tags count as "".
    """
    seen: dict[tuple[str, str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lines in sources:
        if lines[0][0] in leave_out:
            continue
        labels = [normalise(label) for _, _, label, _ in lines]
        for (company, statement, _, tag), label, zone in zip(lines, labels, zones(lines[0][1], labels), strict=True):
            if not label:
                continue
            known = tag if tag in types else ""
            unit = {"shares": "#", "perShare": "/", "percent": "%", "pure": "%"}.get(types.get(tag, ""), "")
            seen[statement, zone, unit, label][known].add(company)
    return {key: {tag: len(companies) for tag, companies in sorted(tags.items())} for key, tags in sorted(seen.items())}


def write(counts: Counts, path: Path, at_least: int = 1) -> int:
    """Write the table (gzip, fixed time stamp: same input, same bytes). Returns the number of rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("statement", "zone", "unit", "label", "concept", "companies"))
    rows = 0
    for (statement, zone, unit, label), tags in counts.items():
        for tag, companies in tags.items():
            if companies >= at_least and (tag or len(tags) > 1):
                writer.writerow((statement, zone, unit, label, tag, companies))
                rows += 1
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))
    return rows
