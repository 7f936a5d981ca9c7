"""The taxonomy covers the field, its trees agree with its concepts, its files are up to date, and Arelle
accepts them."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from capxbrl.taxonomies import build

from capxbrl import taxonomy
from capxbrl.findings import BadData
from capxbrl.resources import taxonomies


def presentation() -> list[dict[str, str]]:
    with (taxonomies() / "capx-gaap" / "presentation.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_are_what_the_tables_give() -> None:
    assert build.stale(taxonomies()) == [], "run: python -m capxbrl.taxonomies.build"


def test_every_concept_is_defined_and_named() -> None:
    known = taxonomy.load()
    for concept in (*known.concepts.values(), *known.dei.values()):
        assert concept.label and concept.documentation, concept.name
        assert "  " not in concept.documentation
    said = Counter(c.documentation for c in known.concepts.values() if not c.abstract)
    assert [text for text, count in said.items() if count > 1] == []


def test_every_concept_has_one_place_in_the_trees() -> None:
    concepts = taxonomy.load().concepts
    arcs = presentation()
    placed = Counter(arc["concept"] for arc in arcs)
    roots = {arc["parent"] for arc in arcs} - set(placed)
    assert len(roots) == len(taxonomy.STATEMENTS)
    assert set(placed) | roots == set(concepts)
    assert {name for name, count in placed.items() if count > 1} == set()
    # Lines stand under headings, and every heading has something under it.
    parents = {arc["parent"] for arc in arcs}
    assert all(concepts[p].abstract or concepts[p].type == "domain" for p in parents)
    assert {c.name for c in concepts.values() if c.type == "abstract"} <= parents


def test_sections_hold_what_belongs_there() -> None:
    parent = {arc["concept"]: arc["parent"] for arc in presentation()}
    for name, section in {
        "InventoryNet": "AssetsCurrentAbstract",
        "Goodwill": "AssetsNoncurrentAbstract",
        "AccountsPayableCurrent": "LiabilitiesCurrentAbstract",
        "TreasuryStockValue": "StockholdersEquityAbstract",
        "Assets": "AssetsAbstract",
        "ResearchAndDevelopmentExpense": "OperatingExpensesAbstract",
        "IncreaseDecreaseInInventories": "IncreaseDecreaseInOperatingCapitalAbstract",
        "EarningsPerShareBasic": "EarningsPerShareAbstract",
        "PaymentsToAcquirePropertyPlantAndEquipment": "NetCashProvidedByUsedInInvestingActivitiesAbstract",
        "PaymentsOfDividends": "NetCashProvidedByUsedInFinancingActivitiesAbstract",
        "InterestPaid": "SupplementalCashFlowInformationAbstract",
    }.items():
        assert parent[name] == section, name


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("BS,Assets,Nothing,1", "there is no concept Nothing"),
        ("BS,Assets,Liabilities,1", "contradicts their balances"),
        ("BS,Assets,InventoryNet,2", "not 1 or -1"),
        ("IS,Revenues,Assets,1", "differ in type or period"),
        ("BS,AssetsCurrent,Assets,1\nBS,Assets,AssetsCurrent,1", "a part of itself"),
    ],
)
def test_a_wrong_sum_is_refused(row: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "calculations.csv"
    path.write_text(f"statement,parent,child,weight\n{row}\n")
    with pytest.raises(BadData, match=complaint) as error:
        taxonomy.read_calculations(path, taxonomy.load().concepts)
    assert str(path) in str(error.value)


def test_the_taxonomy_covers_what_companies_file(shared: Path) -> None:
    known = set(taxonomy.load().concepts)
    with gzip.open(shared / "data" / "face_lines.csv.gz", "rt", encoding="utf-8", newline="") as file:
        lines = [row["tag"] in known for row in csv.DictReader(file) if row["standard"] == "1"]
    assert sum(lines) / len(lines) >= 0.98


@pytest.mark.parametrize("name", ["capx-gaap", "capx-dei"])
def test_arelle_accepts_the_taxonomy_with_all_its_linkbases(name: str, tmp_path: Path) -> None:
    """In a process of its own: Arelle keeps much behind."""
    import zipfile

    package = tmp_path / f"{name}.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for path in sorted((taxonomies() / name).rglob("*")):
            if path.suffix in (".xsd", ".xml"):
                archive.write(path, Path(name) / path.relative_to(taxonomies() / name))
    url = f"{taxonomy.BASE_URL}{name}/{taxonomy.VERSION}/{name}-all.xsd"
    code = (
        "import json, sys\n"
        "from arelle.api.Session import Session\n"
        "from arelle.RuntimeOptions import RuntimeOptions\n"
        "with Session() as session:\n"
        "    session.run(RuntimeOptions(entrypointFile=sys.argv[2], packages=[sys.argv[1]], validate=True, "
        "internetConnectivity='offline',\n"
        "        disablePersistentConfig=True, keepOpen=True, logFormat='[%(messageCode)s] %(message)s', "
        "logFile='logToBuffer'))\n"
        "    facts = session.get_models()\n"
        "    log = json.loads(session.get_logs('json'))['log']\n"
        "    print(json.dumps([[len(m.qnameConcepts) for m in facts], [e for e in log if e['level'] not in "
        "('info', 'INFO', 'debug')]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(package), url],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
    )
    concepts, complaints = json.loads(done.stdout.splitlines()[-1])
    loaded = taxonomy.load()
    assert concepts[0] >= len(loaded.concepts if name == "capx-gaap" else loaded.dei)
    assert complaints == []
