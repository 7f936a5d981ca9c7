"""xBRL-JSON and xBRL-CSV: read back by Arelle with the facts of the inline report."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl.gate.facts import read_facts
from capxbrl.gate.records import ReadFact
from capxbrl.gate.session import environment, instances

REFERENCE = Path(__file__).resolve().parent.parent / "examples" / "capstone-2009-11-09.txt"
#: Two classes of stock: facts with members, a zero, a figure in a label.
CLASSES = b"""ALDER MILLS INC. CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31, 2005\tDecember 31, 2004
Cash\t$ 1,200\t$ 1,100
Receivables, net of allowance of $30 and $25\t800\t--
Total assets\t$ 2,000\t$ 1,100
Class A common stock, $.01 par value\t$ 200\t$ 150
Class B common stock, $.01 par value\t300\t250
Retained earnings\t1,500\t700
Total stockholders' equity\t$ 2,000\t$ 1,100
"""


@pytest.fixture(scope="module", params=["reference", "classes"])
def made(request: pytest.FixtureRequest) -> cx.Conversion:
    source, name = (REFERENCE, None) if request.param == "reference" else (CLASSES, "classes.txt")
    return cx.convert(source, name=name, formats=["xbrl-json", "xbrl-csv"])


def read_by_arelle(report: Path, package: Path, folder: Path) -> Counter[ReadFact]:
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    with environment(str(folder)), Session() as session:
        session.run(
            RuntimeOptions(
                entrypointFile=json.dumps([{"file": str(report)}]),
                internetConnectivity="offline",
                disablePersistentConfig=True,
                cacheDirectory=str(folder / "cache"),
                packages=[str(package)],
                plugins="loadFromOIM",
                keepOpen=True,
                logPropagate=False,
                validate=True,
            )
        )
        models = session.get_models()
        told = [r.getMessage() for m in models for r in getattr(m, "errors", []) if not isinstance(r, str)]
        assert told == [] and [e for m in models for e in m.errors] == []
        return facts_of(read_facts(instances(models)))


def facts_of(facts: tuple[ReadFact, ...]) -> Counter[ReadFact]:
    """Each fact; xBRL-CSV names it by table, row and column: "facts.r_f-bs-1-1.value"."""
    return Counter(replace(f, id=re.sub(r"^facts\.r_(.*)\.value$", r"\1", f.id)) for f in facts)


@pytest.mark.parametrize("name", ["report.json", "report-metadata.json"])
def test_arelle_reads_the_same_facts(made: cx.Conversion, name: str, tmp_path: Path) -> None:
    made.save(tmp_path / "out")
    assert made.validation is not None and made.validation.valid
    read = read_by_arelle(tmp_path / "out" / name, tmp_path / "out" / "report.xbri", tmp_path)
    assert read == facts_of(made.validation.facts) and read.total() == len(made.facts)


def test_its_taxonomy_has_an_address_of_its_own(made: cx.Conversion) -> None:
    extension = made.report.extension
    for name in ("report.json", "report-metadata.json"):
        about = json.loads(made.files[name])["documentInfo"]
        assert about["taxonomy"] == [f"{extension.namespace}/{extension.stem}.xsd"]


def test_the_same_bytes_each_time(made: cx.Conversion) -> None:
    source = REFERENCE if made.document.name == REFERENCE.name else CLASSES
    again = cx.convert(source, name=made.document.name, formats=["xbrl-json", "xbrl-csv"])
    assert made.files == again.files


def test_it_is_written_as_the_report_is_validated() -> None:
    with pytest.raises(cx.BadData, match="the format xbrl-csv is written by Arelle"):
        cx.convert(REFERENCE, validate=False, formats=["facts", "xbrl-csv"])


def test_a_writer_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("scheme")

    monkeypatch.setattr("arelle.plugin.saveLoadableOIM.saveLoadableOIM", fail)
    made = cx.convert(REFERENCE, formats=["xbrl-json"])
    told = [f for f in made.findings if f.code == "gate.no-oim"]
    assert len(told) == 1 and re.search("KeyError", told[0].message) and told[0].severity is cx.Severity.ERROR
    assert "report.json" not in made.files
