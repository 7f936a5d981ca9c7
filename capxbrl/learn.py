"""Learn which concept companies give to a line: from the SEC's Financial Statement Data Sets, or a table of their lines.

Companies are counted, not filings, so that no filer dominates. Source:
https://www.sec.gov/dera/data/financial-statement-data-sets
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import attention, training
from .findings import BadData
from .tagging import context, precedents, text
from .tagging.arrays import number
from .tagging.labels import normalise, unit_hint, zones
from .tagging.tables import LEARNED_COLUMNS
from .taxonomy import load

#: A member of a data set larger than this is not one.
MAX_MEMBER = 4_000_000_000
STATEMENTS = ("BS", "IS", "CF", "CI", "EQ")
UNITS = {"shares": "#", "perShare": "/", "percent": "%", "pure": "%"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as filed: `lines` are (label, tag), the tag "" where it is the filer's own. first: not parenthetical."""

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
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadData(f"{source}: cannot be read: {error}") from None


def _data_set(source: Path) -> Iterator[Mapping[str, str]]:
    try:
        with zipfile.ZipFile(source) as archive:
            for name in ("sub.txt", "pre.txt"):
                if name not in archive.namelist() or archive.getinfo(name).file_size > MAX_MEMBER:
                    raise BadData(f"{source}: is no Financial Statement Data Set: {name} is missing or too large")
            ciks = {row["adsh"]: row["cik"] for row in _tsv(archive, "sub.txt")}
            rows = [r for r in _tsv(archive, "pre.txt") if r["adsh"] in ciks and r["stmt"] in STATEMENTS]
    except (zipfile.BadZipFile, OSError) as error:
        raise BadData(f"{source}: cannot be read: {error}") from None
    rows.sort(key=lambda r: (r["adsh"], int(r["report"]), r["inpth"], int(r["line"])))
    for row in rows:
        yield row | {"cik": ciks[row["adsh"]], "standard": "1" if row["version"].startswith("us-gaap") else "0"}


def _tsv(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(name) as file:
        yield from csv.DictReader(
            io.TextIOWrapper(file, "utf-8", errors="replace"), delimiter="\t", quoting=csv.QUOTE_NONE
        )


# --- lines as the model sees them ----------------------------------------------------------------------------------


def seen(shown: Shown, types: Mapping[str, str]) -> list[text.Line]:
    """The lines of a statement. types: concept -> item type; the unit stands on a real page, here the type tells it."""
    labels = [normalise(label) for label, _ in shown.lines]
    return [
        text.Line(label, shown.statement, zone, UNITS.get(types[tag], "") if tag in types else unit_hint(label), shown.first)
        for (label, tag), zone in zip(shown.lines, zones(shown.statement, labels), strict=True)
    ]  # fmt: skip


def marks(filing: Filing) -> tuple[str, ...]:
    """What the filing has (text.marks)."""
    return text.marks(normalise(label) for shown in filing.statements for label, _ in shown.lines)


def examples(source: Iterable[Filing], types: Mapping[str, str], concepts: Sequence[str]) -> training.Examples:
    """The lines of all filings; the same line of a company counts once."""
    import numpy as np

    place = {name: i for i, name in enumerate(concepts)}
    features: list[np.ndarray[tuple[int], np.dtype[np.uint32]]] = []
    chosen: list[int] = []
    owner: list[int] = []
    labels: list[tuple[int, int, int]] = []
    known: set[tuple[int, bytes, int]] = set()
    numbers: dict[str, int] = {}
    for filing in source:
        company = numbers.setdefault(filing.company, len(numbers))
        has = marks(filing)
        for shown in filing.statements:
            described = text.describe(seen(shown, types), has)
            for (_, tag), names in zip(shown.lines, described, strict=True):
                # A standard element that the taxonomy lacks teaches nothing; the filer's own is a class of its own.
                concept = place.get(tag, -1)
                row = np.array([number(n) for n in names], dtype=np.uint32)
                key = (company, row.tobytes(), concept)
                if concept < 0 or key in known:
                    continue
                known.add(key)
                features.append(row)
                chosen.append(concept)
                owner.append(company)
                labels.append((company, concept, int(row[0])))
    often = Counter(labels)
    return training.Examples(
        features=np.concatenate(features) if features else np.zeros(0, dtype=np.uint32),
        starts=np.concatenate(([0], np.cumsum([len(f) for f in features]))).astype(np.int64),
        concept=np.array(chosen, dtype=np.int64), company=np.array(owner, dtype=np.int64),
        weight=np.array([1 / often[label] ** 0.7 for label in labels], dtype=np.float32),
    )  # fmt: skip


def precedents_of(
    source: Iterable[Filing], types: Mapping[str, str], concepts: tuple[str, ...]
) -> precedents.Precedents:
    """What each company gave to each of its lines; where its filings differ, what most of them say, then the last."""
    place = {name: i for i, name in enumerate(concepts)}
    numbers: dict[str, int] = {}
    shown: dict[int, tuple[str, dict[int, dict[int, int]]]] = {}
    for filing in source:
        company = numbers.setdefault(filing.company, len(numbers))
        for statement in filing.statements:
            for key, (_, tag) in zip(precedents.keys(seen(statement, types)), statement.lines, strict=True):
                if tag in place:
                    given = shown.setdefault(key, (statement.statement, {}))[1].setdefault(company, {})
                    given[place[tag]] = given.pop(place[tag], 0) + 1
    most = {
        key: (statement, {c: max(reversed(given), key=lambda g: given[g]) for c, given in by.items()})
        for key, (statement, by) in shown.items()
    }
    return precedents.build(most, concepts)


Counts = dict[tuple[str, str, str], dict[str, int]]


def count(source: Iterable[Filing], types: Mapping[str, str], at_least: int = 2) -> Counts:
    """{(statement, unit, label): {concept: number of companies}} of the labels that so many companies show.

    types: concept -> item type, of the concepts to learn; the filer's own and unknown tags count as "".
    """
    found: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for filing in source:
        for shown in filing.statements:
            for line, (_, tag) in zip(seen(shown, types), shown.lines, strict=True):
                label = normalise(line.label)
                if label:
                    found[line.statement, line.unit, label][tag if tag in types else ""].add(filing.company)
    return {
        key: {tag: len(names) for tag, names in sorted(tags.items())}
        for key, tags in sorted(found.items())
        if len(set().union(*tags.values())) >= at_least
    }


def learn(
    sources: Sequence[Path], *, leave_out: Collection[str] = (), size: int = training.SIZE, passes: int = training.PASSES
) -> bytes:  # fmt: skip
    """The learned table as the bytes of an archive: labels.csv, the two models, the precedents. Takes minutes for a year of
    filings.

    Raises BadData for sources that cannot be read or are too few.
    """
    types = {c.name: c.type for c in load().concepts.values() if not c.abstract}
    concepts = ("", *sorted(types))
    read = [f for f in filings(sources) if f.company not in leave_out]
    try:
        made = training.fit(examples(read, types, concepts), len(concepts), size=size, passes=passes)
        whole = attention.fit(contexts(read, types, concepts), concepts)
    except ValueError as error:
        raise BadData(f"{sources[0]}: too little to learn from: {error}") from None
    return pack(count(read, types), model_of(made, concepts), context_of(whole), precedents_of(read, types, concepts))


def model_of(made: training.Fitted, concepts: tuple[str, ...]) -> text.Model:
    """What was fitted as the model that tags: its numbers rounded to a byte, the tenth of the features that says least
    left out."""
    import numpy as np

    vectors, factors = training.rounded(made.vectors)
    factors = factors.astype(np.float16)
    length = np.linalg.norm(vectors.astype(np.float32), axis=1) * factors
    keep = length >= np.sort(length)[len(length) // 10] if len(length) else slice(None)
    return text.Model(
        features=made.features[keep], vectors=vectors[keep], factors=factors[keep], out=made.out, bias=made.bias,
        concepts=concepts,
    )  # fmt: skip


def pack(counts: Counts, model: text.Model, whole: context.Model, known: precedents.Precedents) -> bytes:
    """An archive with a fixed time stamp: same input, same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LEARNED_COLUMNS)
    for key, tags in counts.items():
        writer.writerows((*key, tag, n) for tag, n in sorted(tags.items(), key=lambda t: (-t[1], t[0])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        members = (
            {"labels.csv": buffer.getvalue().encode()} | text.save(model) | context.save(whole) | precedents.save(known)
        )
        for name, data in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9
            )
    return out.getvalue()


def contexts(source: Iterable[Filing], types: Mapping[str, str], concepts: Sequence[str]) -> attention.Filings:
    """The lines of all filings, as the context model learns from them."""
    import numpy as np

    place = {name: i for i, name in enumerate(concepts)}
    features = array("I")
    starts, statement, concept, ends, company = [0], [], [], [0], []
    numbers: dict[str, int] = {}
    for filing in source:
        company.append(numbers.setdefault(filing.company, len(numbers)))
        for which, shown in enumerate(filing.statements):
            for (_, tag), names in zip(shown.lines, context.describe(seen(shown, types)), strict=True):
                features.extend(map(number, names))
                starts.append(len(features))
                statement.append(which)
                concept.append(place.get(tag, -1))
        ends.append(len(concept))
    return attention.Filings(
        features=np.frombuffer(features, dtype=np.uint32) if features else np.zeros(0, dtype=np.uint32),
        starts=np.array(starts), statement=np.array(statement, dtype=np.int64), concept=np.array(concept, dtype=np.int64),
        filings=np.array(ends), company=np.array(company, dtype=np.int64),
    )  # fmt: skip


def context_of(made: attention.Fitted) -> context.Model:
    """What was fitted as the model that tags: its numbers rounded as they are saved."""
    import numpy as np

    def halved(values: Any) -> Any:
        return values.astype(np.float16).astype(np.float32)

    vectors, factors = training.rounded(made.vectors)
    out, out_factors = training.rounded(made.out)
    return context.Model(
        features=made.features, vectors=vectors, factors=halved(factors), out=out, out_factors=halved(out_factors),
        bias=halved(made.bias), parts={name: halved(values) for name, values in made.parts.items()},
    )  # fmt: skip
