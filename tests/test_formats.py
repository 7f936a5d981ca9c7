"""Each format that is written on request is read back by something that is not ours, with equal facts, and is the same
to the byte each time."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import capxbrl as cx
from capxbrl import writers
from capxbrl.tables import harmless, plain
from capxbrl.writers import facts as table
from capxbrl.writers.findings import as_github
from capxbrl.writers.rows import fiscal
from capxbrl.writers.sarif import as_sarif

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs" / "schema"
REFERENCE = ROOT / "examples" / "capstone-2009-11-09.txt"
#: Labels and a company that a spreadsheet would run, statements with members, text facts, zeros and two notes.
HOSTILE = b"""=HYPERLINK("http://evil.example") CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31, 2005\tDecember 31, 2004
=cmd|' /C calc'!A0\t$ 1,200\t$ 1,100
@SUM(A1:A9) receivable\t800\t--
-Inventories\t(30)\t25.5
+Other current assets\t30\t75
Total current assets\t$ 2,000\t$ 1,200
"""


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    asked = [name for name in writers.formats() if not name.startswith("xbrl-")]
    needs(*(package for name in asked for package, _ in getattr(writers.formats()[name], "NEEDS", ())))
    return cx.convert(REFERENCE, validate=False, formats=asked)


def facts_of(made: cx.Conversion) -> list[dict[str, str]]:
    return list(table.rows(made.report))


def needs(*packages: str) -> None:
    for package in packages:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")


def test_what_is_not_asked_for_is_not_written() -> None:
    assert writers.usual() == ("extension", "facts", "xhtml", "package")
    with pytest.raises(cx.BadData, match=r"no output format 'docx'; known: .*parquet"):
        cx.convert(REFERENCE, validate=False, formats=["docx"])


def test_the_package_that_a_format_needs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "find_spec", lambda name: None)
    with pytest.raises(cx.BadData, match=r"excel needs openpyxl; install it: pip install 'capxbrl\[excel\]'"):
        cx.convert(REFERENCE, validate=False, formats=["excel"])


def test_the_same_bytes_each_time(made: cx.Conversion) -> None:
    time.sleep(2.1)  # a zip archive tells the time in steps of two seconds
    asked = [name for name in writers.formats() if not name.startswith("xbrl-")]
    again = cx.convert(REFERENCE, validate=False, formats=asked)
    assert [name for name in made.files if made.files[name] != again.files[name]] == []


_DIGESTS = """
import hashlib, json, sys
import capxbrl as cx
from capxbrl import writers
made = cx.convert(sys.stdin.buffer.read(), name="h.txt", formats=list(writers.formats()))
print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in made.files.items()}))
"""


def test_the_same_bytes_in_any_process_and_zone() -> None:
    """Of every format, those that Arelle writes and the viewer too: other seeds of hashes, time zones and languages."""
    needs("pyarrow", "openpyxl")
    told = []
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "de_DE.UTF-8")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", _DIGESTS], input=HOSTILE, capture_output=True, env=env, check=True)
        told.append(json.loads(done.stdout))
    assert told[0] == told[1]
    assert told[0].keys() >= {"report.json", "report-facts.csv", "facts.xlsx", "facts.parquet", "viewer.html"}
    assert told[0].keys() >= {"fsds/num.txt", "conversion.json", "findings.sarif", "report.xbri", "receipt.txt"}


def test_parquet_is_read_by_duckdb(made: cx.Conversion, tmp_path: Path) -> None:
    needs("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    for name in ("facts.parquet", "findings.parquet"):
        (tmp_path / name).write_bytes(made.files[name])
    read = duckdb.sql(f"select id, concept, period, unit, text, value from '{tmp_path}/facts.parquet'").fetchall()
    assert [row[:5] for row in read] == [
        (r["id"], r["concept"], r["period"], r["unit"] or None, r["value"]) for r in facts_of(made)
    ]
    assert all(value == Decimal(text) if unit else value is None for *_, unit, text, value in read)
    kinds = dict(duckdb.sql(f"select column_name, column_type from (describe '{tmp_path}/facts.parquet')").fetchall())
    assert kinds["value"] == "DECIMAL(38,10)" and kinds["end"] == "DATE" and kinds["extension"] == "BOOLEAN"
    total = f"select sum(value) from '{tmp_path}/facts.parquet' where concept = 'capx-gaap:Assets'"
    assert duckdb.sql(total).fetchall() == [(sum(f.value for f in made.facts if f.concept.name == "Assets"),)]
    codes = duckdb.sql(f"select code from '{tmp_path}/findings.parquet'").fetchall()
    assert [code for (code,) in codes] == [f.code for f in made.findings]


def test_a_number_too_long_for_its_column_is_in_the_text_alone() -> None:
    needs("pyarrow")
    from capxbrl.writers.parquet import _fitting

    kept = (Decimal("0"), Decimal("-1.5000000000000"), Decimal("1e27"), Decimal("0.0000000001"), "text", None)
    assert [_fitting(cell) for cell in kept] == list(kept)
    assert [_fitting(Decimal(n)) for n in ("1e28", "0.00000000001", "-12345678901234567890123456789")] == [None] * 3


def test_the_json_of_a_conversion_is_as_its_schema_says(made: cx.Conversion) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for source in (made, cx.convert(HOSTILE, name="h.txt", validate=False, formats=["json"])):
        whole = json.loads(source.files["conversion.json"])
        schema = json.loads((SCHEMAS / "conversion.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(whole, schema, jsonschema.Draft202012Validator)
        assert whole["schema"] == schema["$id"]
        jsonschema.validate(
            json.loads(source.files["findings.json"]), json.loads((SCHEMAS / "findings.json").read_text())
        )
    whole = json.loads(made.files["conversion.json"])
    assert [(f["id"], f["concept"], f["text"]) for f in whole["facts"]] == [
        (r["id"], r["concept"], r["value"]) for r in facts_of(made)
    ]
    cells = [c for s in whole["statements"] for line in s["lines"] for c in (*line["cells"], *line["figures"]) if c]
    tagged = {i for cell in cells for i in cell["facts"]}
    assert tagged == {f.id for f in made.facts if f.place in ("cell", "label")}


def test_a_workbook_shows_the_page(made: cx.Conversion) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(made.files["facts.xlsx"]))
    assert book.sheetnames == ["Balance sheet", "Income statement", "Facts", "Findings"]
    income = book["Income statement"]
    assert income["A2"].value == "In thousands of USD, per share in full; shares in thousands"
    assert income["B3"].value == "Three Months Ended September 30, 2009"
    rows = {str(row[0].value): row for row in income.iter_rows(min_row=6)}
    loss = rows["Loss from operations"]
    assert loss[1].value == -12109 and loss[1].number_format == "#,##0_);(#,##0);#,##0_)"
    assert loss[1].comment.text == (
        "capx-gaap:OperatingIncomeLoss\n-12,109,000 USD, 2009-07-01/2009-09-30\n"
        f"proved; concept {next(f for f in made.facts if f.id == 'f-is-8-1').confidence:.2f}: "
        f"{next(f for f in made.facts if f.id == 'f-is-8-1').why}\ncapstone-2009-11-09.txt:160:23 [f-is-8-1]"
    )
    assert rows["Total operating expenses"][1].border.top.style == "thin" and not loss[0].border.top.style
    assert rows["Operating expenses:"][0].font.bold and rows["Research and development"][0].alignment.indent == 1
    for sheet, tagged in zip(("Balance sheet", "Income statement"), made.report.statements, strict=True):
        for number, line in enumerate(tagged.statement.lines, 6):
            for column, amount in enumerate(line.amounts, 2):
                cell = book[sheet].cell(number, column)
                scaled = None if amount is None else Decimal(str(cell.value)).scaleb(amount.scale)
                assert scaled == (amount.value if amount else cell.value)


def test_the_facts_of_a_workbook_are_the_facts(made: cx.Conversion) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(made.files["facts.xlsx"]))
    names, *rows = [[cell.value for cell in row] for row in book["Facts"].iter_rows()]
    read = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(plain(r["id"]), r["concept"], plain(r["text"])) for r in read] == [
        (r["id"], r["concept"], r["value"]) for r in facts_of(made)
    ]
    for row, fact in zip(read, made.facts, strict=True):
        assert fact.unit is None or Decimal(str(row["value"])) == fact.value
    assert [row[0].value for row in book["Findings"].iter_rows(min_row=2)] == [f.code for f in made.findings]


def test_nothing_in_a_workbook_is_a_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    hostile = cx.convert(HOSTILE, name="=1+1\x01.txt", validate=False, formats=["excel"])
    book = openpyxl.load_workbook(io.BytesIO(hostile.files["facts.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [c.value for c in cells if c.data_type == "f"] == []
    texts = [c.value for c in cells if isinstance(c.value, str)]
    assert [text for text in texts if text != harmless(plain(text))] == []
    assert any(text.startswith("'=cmd") for text in texts) and len(hostile.facts) == 10


def test_an_instance_is_read_by_arelle(made: cx.Conversion, tmp_path: Path) -> None:
    made.save(tmp_path / "out")
    plainly, inline = (cx.validate(tmp_path / "out" / name) for name in ("cpst-20091109.xml", "report.xbri"))
    assert plainly.valid and plainly.findings == () and len(plainly.facts) == len(made.facts)
    assert Counter(map(repr, plainly.facts)) == Counter(map(repr, inline.facts))


def sarif_results(text: str) -> list[dict[str, Any]]:
    log = json.loads(text)
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    return list(run["results"])


def test_findings_in_the_forms_of_others(made: cx.Conversion) -> None:
    results = sarif_results(made.files["findings.sarif"].decode())
    assert [r["ruleId"] for r in results] == [f.code for f in made.findings]
    for result, finding in zip(results, made.findings, strict=True):
        assert result["level"] == finding.severity.value
        if finding.at and finding.at.line:
            place = result["locations"][0]["physicalLocation"]
            assert place["region"]["startLine"] == finding.at.line
            assert place["artifactLocation"]["uri"] == finding.at.source
    assert sarif_results(as_sarif(())) == [] and as_github(()) == ""


def test_an_annotation_is_one_line_that_ends_nothing() -> None:
    at = cx.Position(source="a,b: 100%.txt", line=3, column=7)
    finding = cx.Finding(code="x.y", severity=cx.Severity.NOTE, message="100%\n::error::no", at=at, hint="do")
    assert as_github([finding]) == (
        "::notice file=a%2Cb%3A 100%25.txt,line=3,col=7,title=x.y::100%25%0A::error::no%0Ahint: do\n"
    )
    bare = cx.Finding(code="x.y", severity=cx.Severity.ERROR, message="no")
    assert as_github([bare]) == "::error title=x.y::no\n"


@pytest.mark.parametrize(
    ("end", "closes", "expected"),
    [
        ("2009-09-30", (3, 31), (2010, 2)),
        ("2009-12-31", (12, 31), (2009, 4)),
        ("2010-01-02", (12, 31), (2009, 4)),  # a year of weeks
        ("2010-04-03", (12, 31), (2010, 1)),
        ("2010-01-30", (1, 31), (2010, 4)),
        ("2009-10-31", (1, 31), (2010, 3)),
        ("2010-02-28", (2, 29), (2010, 4)),
        ("2009-11-05", (12, 31), (2009, None)),  # no quarter ends there
        ("2010-01-02", (1, 2), (2009, 4)),
    ],
)
def test_fiscal_quarters(end: str, closes: tuple[int, int], expected: tuple[int, int | None]) -> None:
    import datetime as dt

    assert fiscal(dt.date.fromisoformat(end), closes) == expected


def test_check_speaks_to_code_scanners_and_github(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from capxbrl.cli import main

    monkeypatch.chdir(reference.parent.parent)
    run = CliRunner()
    shown = run.invoke(main, ["check", "examples/capstone-2009-11-09.txt", "--format", "github"]).stdout.splitlines()
    told = run.invoke(main, ["check", "examples/capstone-2009-11-09.txt", "--format", "sarif"]).stdout
    assert len(shown) == len(sarif_results(told)) > 5
    assert shown[0].startswith(
        "::warning file=examples/capstone-2009-11-09.txt,line=1,col=1,title=cover.no-cik::no CIK"
    )
    place = sarif_results(told)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "examples/capstone-2009-11-09.txt"}
    report = run.invoke(main, ["validate", "examples/capstone-2009-11-09.txt", "--format", "sarif"])
    assert report.exit_code == 2


def test_many_filings_are_one_data_set(made: cx.Conversion, tmp_path: Path) -> None:
    """A folder each, written by whom and when ever: no file is shared, and the schemas are one."""
    needs("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    other = cx.convert(HOSTILE, name="h.txt", validate=False, formats=["parquet"])
    none = cx.convert(b"A page without a statement.", name="n.txt", validate=False, formats=["parquet"])
    for number, one in enumerate((made, other, none)):
        one.save(tmp_path / f"filing={number}")
    where = f"read_parquet('{tmp_path}/*/facts.parquet', hive_partitioning = true)"
    counted = duckdb.sql(f"select filing, count(*) from {where} group by filing order by filing").fetchall()
    assert counted == [(0, len(made.facts)), (1, len(other.facts))]


def test_a_manifest_is_as_its_schema_says(made: cx.Conversion, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from capxbrl.folder import withdraw

    schema = json.loads((SCHEMAS / "manifest.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    made.save(tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "manifest.json").read_text())
    jsonschema.validate(whole, schema, jsonschema.Draft202012Validator)
    assert set(whole["files"]) == set(made.files) >= {"fsds/num.txt", "facts.xlsx", "conversion.json"}
    assert all(name in made.files["receipt.txt"].decode() for name in whole["files"] if name != "receipt.txt")
    withdraw(tmp_path / "out", "it is no filing")
    failed = json.loads((tmp_path / "out" / "manifest.json").read_text())
    jsonschema.validate(failed, schema, jsonschema.Draft202012Validator)
    assert failed["failed"] == "it is no filing"
