"""Every format of many documents, read back by others: `python evals/formats.py FOLDER [--count N] [--seed N]`.

Each document is converted and validated once, with all formats; what DuckDB, openpyxl, pandas, a JSON Schema validator
and Arelle read back is compared with facts.csv. Prints for each format in how many documents all facts were equal.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pandas as pd

from capxbrl.conversion import Conversion
from capxbrl.findings import CapxbrlError
from capxbrl.gate.facts import read_facts
from capxbrl.gate.records import ReadFact
from capxbrl.gate.session import environment, instances
from capxbrl.pipeline import convert
from capxbrl.tables import plain
from capxbrl.writers import formats
from capxbrl.writers.facts import rows

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "schema" / "conversion.json").read_text())
Told = Counter[tuple[object, ...]]


def ours(made: Conversion) -> Told:
    return Counter((r["id"], r["concept"], r["period"], r["unit"], r["value"]) for r in rows(made.report))


def as_json(made: Conversion, folder: Path) -> Told:
    whole = json.loads(made.files["conversion.json"])
    jsonschema.validate(whole, SCHEMA, jsonschema.Draft202012Validator)
    return Counter((f["id"], f["concept"], f["period"], f["unit"] or "", f["text"]) for f in whole["facts"])


def parquet(made: Conversion, folder: Path) -> Told:
    read = duckdb.sql(f"select id, concept, period, unit, text, value from '{folder}/facts.parquet'").fetchall()
    assert all(value is None or value == Decimal(text) for *_, text, value in read)
    return Counter((i, concept, period, unit or "", text) for i, concept, period, unit, text, _ in read)


def excel(made: Conversion, folder: Path) -> Told:
    sheet = openpyxl.load_workbook(folder / "facts.xlsx", read_only=True)["Facts"]
    names, *lines = sheet.iter_rows(values_only=True)
    read = [dict(zip(names, line, strict=True)) for line in lines]
    for row in read:
        assert row["value"] is None or float(row["value"]) == float(plain(row["text"]))
    return Counter((r["id"], r["concept"], r["period"], r["unit"] or "", plain(r["text"])) for r in read)


def fsds(made: Conversion, folder: Path) -> Told:
    """Its rows with what is left out account for every figure; the facts are counted as ours where that is so."""
    files = {p.name: pd.read_csv(p, sep="\t", dtype=str, quoting=3) for p in (folder / "fsds").iterdir()}
    left = len(files["left-out.txt"]) if "left-out.txt" in files else 0
    values = {(r.tag, Decimal(r.value)) for r in files["num.txt"].itertuples()}
    lost = sum((f.concept.name, round(f.value, 4)) not in values for f in made.facts if isinstance(f.value, Decimal))
    return ours(made) if lost <= left else Counter()


def by_arelle(name: str) -> Callable[[Conversion, Path], Told]:
    def read(made: Conversion, folder: Path) -> Told:
        from arelle.api.Session import Session
        from arelle.RuntimeOptions import RuntimeOptions

        report = folder / name.format(stem=made.report.extension.stem)
        with tempfile.TemporaryDirectory() as place, environment(place), Session() as session:
            session.run(
                RuntimeOptions(
                    entrypointFile=json.dumps([{"file": str(report)}]),
                    internetConnectivity="offline",
                    disablePersistentConfig=True,
                    cacheDirectory=f"{place}/cache",
                    packages=[str(folder / "report.xbri")],
                    plugins="loadFromOIM",
                    keepOpen=True,
                    logPropagate=False,
                    logLevel="ERROR",
                    validate=True,
                )
            )
            models = session.get_models()
            assert not [e for m in models for e in m.errors], report
            facts = read_facts(instances(models))
        told = Counter(map(key, facts))
        return ours(made) if made.validation and told == Counter(map(key, made.validation.facts)) else Counter()

    return read


def key(fact: ReadFact) -> tuple[object, ...]:
    name = fact.id.removeprefix("facts.r_").removesuffix(".value")
    return name, fact.concept, fact.start, fact.end, fact.unit, fact.value, fact.decimals, fact.members


READERS: dict[str, Callable[[Conversion, Path], Told]] = {
    "json, a JSON Schema validator": as_json,
    "parquet, DuckDB": parquet,
    "excel, openpyxl": excel,
    "fsds, pandas": fsds,
    "xbrl, Arelle": by_arelle("{stem}.xml"),
    "xbrl-json, Arelle": by_arelle("report.json"),
    "xbrl-csv, Arelle": by_arelle("report-metadata.json"),
}


def documents(folder: Path, count: int, seed: int) -> list[Path]:
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".txt", ".htm", ".html", ".pdf"))
    return sorted(random.Random(seed).sample(found, min(count, len(found)))) if count else found


def conversions(paths: list[Path]) -> Iterator[tuple[Path, Conversion]]:
    for path in paths:
        try:
            made = convert(path, viewer=False, formats=list(formats()))
        except CapxbrlError as error:
            print(f"{path.name}: {error}")
            continue
        if made.facts:
            yield path, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=0, help="a sample of so many; all when 0")
    parser.add_argument("--seed", type=int, default=48)
    given = parser.parse_args()
    equal: Counter[str] = Counter()
    total = facts = 0
    for path, made in conversions(documents(given.folder, given.count, given.seed)):
        total, facts = total + 1, facts + len(made.facts)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "out"
            made.save(folder)
            for name, read in READERS.items():
                same = read(made, folder) == ours(made)
                equal[name] += same
                if not same:
                    print(f"{path.name}: {name}: other facts")
    print(f"{total} documents, {facts:,} facts")
    for name in READERS:
        print(f"{equal[name]} of {total}  {name}: every fact equal")


if __name__ == "__main__":
    main()
