"""The filings of the SEC's Financial Statement Data Sets, or of a table of their lines.

Source: https://www.sec.gov/dera/data/financial-statement-data-sets
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..files import check_file
from ..findings import BadData
from ..records import dataclass
from ..zips import DAMAGED

#: A member of a data set larger than this is not one.
MAX_MEMBER = 4_000_000_000
STATEMENTS = ("BS", "IS", "CF", "CI", "EQ")


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as filed: `lines` are (label, tag), the tag "" where it is the filer's own. first: not
    parenthetical."""

    statement: str
    first: bool
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filing:
    company: str
    accession: str
    statements: tuple[Shown, ...]


def filings(sources: Iterable[Path]) -> Iterator[Filing]:
    """The filings in the given files.

    A source is a Financial Statement Data Set (zip with sub.txt and pre.txt) or a CSV (.csv, .csv.gz) with the columns
    adsh, cik, stmt, report, line, inpth, tag, standard, plabel, in the order of the statements.
    """
    for source in sources:
        key: tuple[str, ...] = ()
        company, accession = "", ""
        statements: list[Shown] = []
        lines: list[tuple[str, str]] = []
        for row in _rows(source):
            new = (row["adsh"], row["stmt"], row["report"], row["inpth"])
            if new != key:
                if lines:
                    statements.append(Shown(key[1], key[3] == "0", tuple(lines)))
                if key and new[0] != key[0]:
                    yield Filing(company, accession, tuple(statements))
                    statements = []
                key, lines = new, []
                company, accession = row["cik"], row["adsh"]
            lines.append((row["plabel"], row["tag"] if row["standard"] == "1" else ""))
        if lines:
            statements.append(Shown(key[1], key[3] == "0", tuple(lines)))
            yield Filing(company, accession, tuple(statements))


def _rows(source: Path) -> Iterator[Mapping[str, str]]:
    if source.exists():
        check_file(source)
    if source.suffix == ".zip":
        yield from _data_set(source)
        return
    opened = gzip.open if source.suffix == ".gz" else open
    try:
        with opened(source, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"adsh", "cik", "stmt", "report", "inpth", "tag", "standard", "plabel"} - set(
                reader.fieldnames or ()
            )
            if missing:
                raise BadData(f"{source}:1: the column {min(missing)!r} is missing")
            yield from (row for row in reader if row["stmt"] in STATEMENTS)
    except DAMAGED as error:
        raise BadData(f"{source}: cannot be read: {error}") from None


def _data_set(source: Path) -> Iterator[Mapping[str, str]]:
    try:
        with zipfile.ZipFile(source) as archive:
            for name in ("sub.txt", "pre.txt"):
                if name not in archive.namelist() or archive.getinfo(name).file_size > MAX_MEMBER:
                    raise BadData(f"{source}: is no Financial Statement Data Set: {name} is missing or too large")
            ciks = {row["adsh"]: row["cik"] for row in _tsv(archive, "sub.txt")}
            rows = [r for r in _tsv(archive, "pre.txt") if r["adsh"] in ciks and r["stmt"] in STATEMENTS]
    except DAMAGED as error:
        raise BadData(f"{source}: cannot be read: {error}") from None
    rows.sort(key=lambda r: (r["adsh"], int(r["report"]), r["inpth"], int(r["line"])))
    for row in rows:
        yield row | {"cik": ciks[row["adsh"]], "standard": "1" if row["version"].startswith("us-gaap") else "0"}


def _tsv(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(name) as file:
        yield from csv.DictReader(
            io.TextIOWrapper(file, "utf-8", errors="replace"), delimiter="\t", quoting=csv.QUOTE_NONE
        )
