"""Tables for pandas users, and what a notebook shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import frames


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return cx.convert(Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt", validate=False)


def test_facts_are_a_long_table(made: cx.Conversion) -> None:
    table = made.to_frame()
    assert len(table) == len(made.facts) == 148
    assert {"statement", "concept", "period", "unit", "value", "source"} <= set(table.columns)
    loss = table[(table.concept == "capx-gaap:NetIncomeLoss") & (table.period == "2009-07-01/2009-09-30")]
    assert list(loss.value) == [Decimal(-31881000)]


def test_a_statement_is_as_on_the_page(made: cx.Conversion) -> None:
    balance, income = (frames.statement(s) for s in made.statements)
    assert list(balance.columns) == [dt.date(2009, 9, 30), dt.date(2009, 3, 31)]
    assert income.columns.names == ["start", "end"]
    assert income.loc["Interest expense", (dt.date(2009, 7, 1), dt.date(2009, 9, 30))] == Decimal(-143000)
    assert balance.loc["Warrant liability", dt.date(2009, 3, 31)] is None


def test_a_notebook_shows_a_summary(made: cx.Conversion) -> None:
    html = made._repr_html_()
    assert "148 facts" in html and "1 extension concept" in html and "5 warnings" in html
    assert "61,929" in html and "USD in thousands" in html and "<script" not in html


def test_every_intermediate_value_is_kept(made: cx.Conversion) -> None:
    assert made.document.blocks and len(made.statements) == len(made.footings) == len(made.tagged) == 2
    assert len(made.cover) == 16 and made.entity.ticker == "CPST" and made.validation is None
    assert set(made.files) >= {"facts.csv", "findings.txt", "findings.json"}


def test_the_stages_can_be_called_one_by_one(reference: Path) -> None:
    from capxbrl.taxonomy import load

    document, a = cx.read(reference.read_bytes(), reference.name)
    statements, b = cx.parse_statements(document)
    proofs, c = cx.foot(statements)
    tagged, d = cx.tag(statements, proofs, load())
    report, e = cx.build_report(
        document, tagged, (), cx.Entity(scheme="http://www.sec.gov/CIK", identifier="0000000001"), load()
    )
    assert len(report.facts) == 132 and all(f.severity for f in (*a, *b, *c, *d, *e))


def test_outputs_appear_whole(made: cx.Conversion, tmp_path: Path) -> None:
    paths = made.save(tmp_path / "a" / "b")
    written = {p.name for p in (tmp_path / "a" / "b").iterdir()}
    assert {p.name for p in paths} == {*made.files, "manifest.json"} == written
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(cx.CapxbrlError, match="cannot write"):
        made.save(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"


def test_columns_are_typed(made: cx.Conversion) -> None:
    table = made.to_frame()
    kinds = {name: str(kind) for name, kind in table.dtypes.items()}
    assert {kinds[n] for n in ("months", "fiscal_year", "fiscal_quarter", "decimals", "line", "column")} == {"Int64"}
    assert kinds["extension"] == "bool" and kinds["confidence"] == "float64"
    assert {kinds[n] for n in ("start", "end", "instant", "filed")} == {"datetime64[s]"} and kinds["value"] == "object"
    sales = table[(table.label == "Revenue") & (table.period == "2009-07-01/2009-09-30")].iloc[0]
    assert sales.value == Decimal(15522000) and (sales.months, sales.fiscal_year, sales.fiscal_quarter) == (3, 2010, 2)
    assert sales.entity == "Capstone Turbine Corporation" and sales.form == "8-K" and sales.line == 153
    assert table[table.concept == "capx-dei:DocumentType"].iloc[0].text == "8-K"
    floats = made.to_frame(numbers="float")
    assert str(floats.dtypes["value"]) == "float64" and floats[floats.unit == "USD"].value.sum() == float(
        sum(f.value for f in made.facts if f.unit == "USD" and isinstance(f.value, Decimal))
    )
    with pytest.raises(cx.CapxbrlError, match="numbers are decimal or float, not 'int'"):
        made.to_frame(numbers="int")


def test_the_columns_stand_where_there_is_no_fact(made: cx.Conversion) -> None:
    empty = cx.convert(b"A page without a statement.", name="a.txt", validate=False).to_frame()
    full = made.to_frame()
    assert len(empty) == 0 and list(empty.columns) == list(full.columns)
    assert [str(k) for k in empty.dtypes] == [str(k) for k in full.dtypes]


def test_a_conversion_writes_itself(made: cx.Conversion, tmp_path: Path) -> None:
    assert made.to_csv() == made.files["facts.csv"].decode() == made.to_csv(tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_text() == made.to_csv()
    assert '"verdict": "not validated"' in made.to_json(tmp_path / "c.json")
    pytest.importorskip("openpyxl")
    assert made.to_excel(tmp_path / "f.xlsx").read_bytes()[:2] == b"PK"
    pytest.importorskip("pyarrow")
    assert made.to_parquet(tmp_path / "f.parquet").read_bytes()[:4] == b"PAR1"
    with pytest.raises(cx.CapxbrlError, match="cannot write"):
        made.to_csv(tmp_path)
