"""The layout of the Financial Statement Data Sets, read by plain pandas, and by secfsdstools where it is there."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import capxbrl as cx
from capxbrl.cli import main
from capxbrl.writers.archive import zipped
from capxbrl.writers.fsds import FILES, FOLDER, data_set, joined, month_end

SUBMISSION = """<SEC-DOCUMENT>{accession}.txt : 20060504
<SEC-HEADER>{accession}.hdr.sgml : 20060504
<ACCEPTANCE-DATETIME>20060504163203
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t10-Q
CONFORMED PERIOD OF REPORT:\t20060331
FILED AS OF DATE:\t\t20060504

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tALDER MILLS INC
\t\tCENTRAL INDEX KEY:\t\t\t0000099999
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tPAPER MILLS [2621]
\t\tIRS NUMBER:\t\t\t\t123456789
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t1231

\tBUSINESS ADDRESS:
\t\tSTREET 1:\t\t1 MILL ROAD
\t\tCITY:\t\t\tPORTLAND
\t\tSTATE:\t\t\tME
\t\tZIP:\t\t\t04101
\t\tBUSINESS PHONE:\t\t2075550100

\tMAIL ADDRESS:
\t\tSTREET 1:\t\tP O BOX 7
\t\tCITY:\t\t\tPORTLAND
\t\tSTATE:\t\t\tME
\t\tZIP:\t\t\t04112

\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tALDER PAPER CO
\t\tDATE OF NAME CHANGE:\t19990302
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<SEQUENCE>1
<TEXT>
ALDER MILLS INC.
CONSOLIDATED BALANCE SHEETS
(In thousands, except share data)

                                                   April 2,    January 1,
                                                     2006         2006
                                                  ----------   ----------
Cash                                                $ 1,200      $ 1,100
Receivables                                             800          400
                                                  ----------   ----------
Total current assets                                  2,000        1,500
Kiln linings                                            250          250
                                                  ----------   ----------
Total assets                                        $ 2,250      $ 1,750
                                                  ==========   ==========
Accounts payable                                    $   250      $   250
                                                  ----------   ----------
Total liabilities                                       250          250
Common stock, $.00001 par value                       1,000        1,000
Retained earnings                                     1,000          500
                                                  ----------   ----------
Total stockholders' equity                            2,000        1,500
                                                  ----------   ----------
Total liabilities and stockholders' equity          $ 2,250      $ 1,750
                                                  ==========   ==========

CONSOLIDATED STATEMENTS OF INCOME
(In thousands, except per share data)

                                                    Thirteen weeks ended
                                                   April 2,     April 3,
                                                     2006         2005
                                                  ----------   ----------
Net sales                                           $ 9,400      $ 8,800
Cost of sales                                         8,300        8,000
                                                  ----------   ----------
Gross profit                                          1,100          800
Income taxes                                            600          380
                                                  ----------   ----------
Net income                                          $   500      $   420
                                                  ==========   ==========
Basic earnings per share                            $   .50      $   .42
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
FIRST, SECOND = "0000099999-06-000007", "0000099999-06-000011"


def convert(accession: str) -> cx.Conversion:
    source = SUBMISSION.format(accession=accession).encode()
    return cx.convert(source, name="a.txt", validate=False, formats=["fsds"], taxonomy="us-gaap-2009")


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return convert(FIRST)


def table(made: cx.Conversion, name: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(made.files[f"{FOLDER}{name}"]), sep="\t", dtype=str, keep_default_na=False)


def test_the_columns_are_those_of_the_commission(made: cx.Conversion, shared: Path) -> None:
    with zipfile.ZipFile(shared / "data" / "fsds-2009q3.zip") as archive:
        for name in ("sub.txt", "tag.txt", "num.txt", "pre.txt"):
            with archive.open(name) as file:
                head = file.readline().decode().strip().split("\t")
            assert list(table(made, name).columns) == head == FILES[name].split()


def test_the_submission_is_that_of_its_header(made: cx.Conversion) -> None:
    (row,) = table(made, "sub.txt").to_dict("records")
    said = {name: value for name, value in row.items() if value}
    assert said == {
        "adsh": FIRST, "cik": "99999", "name": "ALDER MILLS INC", "sic": "2621", "countryba": "US", "stprba": "ME",
        "cityba": "PORTLAND", "zipba": "04101", "bas1": "1 MILL ROAD", "baph": "2075550100", "countryma": "US",
        "stprma": "ME", "cityma": "PORTLAND", "zipma": "04112", "mas1": "P O BOX 7", "countryinc": "US",
        "stprinc": "DE", "ein": "123456789", "former": "ALDER PAPER CO", "changed": "19990302", "wksi": "0",
        "fye": "1231", "form": "10-Q", "period": "20060331", "fy": "2006", "fp": "Q1", "filed": "20060504",
        "accepted": "2006-05-04 16:32:03.0", "prevrpt": "0", "detail": "0", "instance": "report.xhtml", "nciks": "1",
    }  # fmt: skip


def test_every_numeric_fact_is_a_row(made: cx.Conversion) -> None:
    numbers = table(made, "num.txt")
    keys = ["adsh", "tag", "version", "ddate", "qtrs", "uom", "segments", "coreg"]
    assert not numbers.duplicated(keys).any()
    read = {(r.tag, r.ddate, r.qtrs, r.uom): Decimal(r.value) for r in numbers.itertuples()}
    for fact in (f for f in made.facts if f.unit):
        day, quarters = f"{month_end(fact.period.end):%Y%m%d}", "1" if fact.period.start else "0"
        unit = fact.unit.value.partition("/")[0] if fact.unit else ""
        assert isinstance(fact.value, Decimal)
        assert read.pop((fact.concept.name, day, quarters, unit), fact.value) == round(fact.value, 4)
    assert not read
    sales = numbers[numbers.tag.isin(["SalesRevenueNet", "Revenues", "SalesRevenueGoodsNet"]) & (numbers.qtrs == "1")]
    assert list(sales.ddate) == ["20060331", "20050331"] and list(sales.value) == ["9400000.0000", "8800000.0000"]
    per_share = numbers[numbers.tag == "EarningsPerShareBasic"]
    assert set(per_share.uom) == {"USD"} and list(per_share.value) == ["0.5000", "0.4200"]


def test_what_the_layout_cannot_hold_is_named(made: cx.Conversion) -> None:
    left = table(made, "left-out.txt")
    assert set(left.tag) == {"CommonStockParOrStatedValuePerShare"} and set(left.value) == {"0.00001"}
    assert set(left.why) == {"rounded to four places"}


def test_elements_and_lines(made: cx.Conversion) -> None:
    tags, lines, numbers = (table(made, name) for name in ("tag.txt", "pre.txt", "num.txt"))
    pairs = set(zip(tags.tag, tags.version, strict=True))
    assert (
        set(zip(numbers.tag, numbers.version, strict=True)) == pairs and not tags.duplicated(["tag", "version"]).any()
    )
    assert set(zip(lines.tag, lines.version, strict=True)) == pairs
    own = tags[tags.custom == "1"]
    assert list(own.version.unique()) == [FIRST] and "Kiln" in own.tag.iloc[0] and own.datatype.iloc[0] == "monetary"
    assets = tags[tags.tag == "Assets"].iloc[0]
    assert (assets.version, assets.iord, assets.crdr, assets.datatype) == ("us-gaap/2009", "I", "D", "monetary")
    assert not lines.duplicated(["adsh", "report", "line"]).any() and set(lines.stmt) == {"BS", "IS"}
    shown = lines[(lines.stmt == "IS") & (lines.inpth == "0")]
    assert list(shown.plabel)[:2] == ["Net sales", "Cost of sales"] and shown.line.astype(int).is_monotonic_increasing
    assert set(lines[lines.inpth == "1"].tag) == {"CommonStockParOrStatedValuePerShare"}


def test_one_set_of_many(made: cx.Conversion, tmp_path: Path) -> None:
    other = convert(SECOND)
    made.save(tmp_path / "a")
    other.save(tmp_path / "b")
    target = tmp_path / "set.zip"
    done = CliRunner().invoke(main, ["fsds", str(tmp_path / "a"), str(tmp_path / "b"), "-o", str(target)])
    assert done.exit_code == 0 and "2 filings" in done.stderr
    with zipfile.ZipFile(target) as archive:
        read = {name: pd.read_csv(archive.open(name), sep="\t", dtype=str) for name in archive.namelist()}
    assert list(read["sub.txt"].adsh) == [FIRST, SECOND]
    assert len(read["num.txt"]) == 2 * len(table(made, "num.txt"))
    assert not read["tag.txt"].duplicated(["tag", "version"]).any()
    again = CliRunner().invoke(main, ["fsds", str(tmp_path / "a"), str(tmp_path / "a"), "-o", str(target)])
    assert again.exit_code == 2 and f"two filings of the set have the accession number {FIRST}" in again.stderr
    empty = CliRunner().invoke(main, ["fsds", str(tmp_path), "-o", str(target)])
    assert empty.exit_code == 2 and "holds no data set" in empty.stderr


def test_a_filing_that_does_not_say_its_number() -> None:
    page = b"BALANCE SHEETS\n\n\tDecember 31, 2005\nCash\t$ 1\nInventories\t2\nTotal assets\t$ 3\n"
    made = data_set(cx.convert(page, name="a.txt", validate=False, formats=["facts"]).report)
    adsh = made["num.txt"].decode().split("\n")[1].partition("\t")[0]
    assert adsh.startswith("sha256-") and len(adsh) == 20


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2006-04-02", "2006-03-31"),
        ("2006-03-26", "2006-03-31"),
        ("2005-02-28", "2005-02-28"),
        ("2004-03-01", "2004-02-29"),
        ("2006-01-15", "2005-12-31"),
        ("2006-01-16", "2006-01-31"),
    ],
)
def test_dates_are_moved_to_the_end_of_the_nearest_month(day: str, expected: str) -> None:
    assert month_end(dt.date.fromisoformat(day)) == dt.date.fromisoformat(expected)


def test_two_facts_for_one_row() -> None:
    """A predecessor's month and a successor's two are a quarter each that ends in one month."""
    page = b"""STATEMENTS OF INCOME
(In thousands)

\tApril 1, 2005 through June 30, 2005\tMay 1, 2005 through June 30, 2005
Net sales\t$ 900\t$ 600
Cost of sales\t500\t300
Net income\t$ 400\t$ 300
"""
    made = cx.convert(page, name="a.txt", validate=False, formats=["fsds"])
    periods = {str(f.period) for f in made.facts}
    assert periods == {"2005-04-01/2005-06-30", "2005-05-01/2005-06-30"}
    numbers, left = table(made, "num.txt"), table(made, "left-out.txt")
    assert len(numbers) + len(left) == len(made.facts) and set(left.period) == {"2005-05-01/2005-06-30"}
    assert all("its row is that of f-is-" in why for why in left.why)


def test_no_text_is_a_formula_and_no_figure_is_changed() -> None:
    page = (
        b"BALANCE SHEETS\n\n\tDecember 31, 2005\n=cmd|' /C calc'!A0\t$ 1\n-Inventories\t(2)\n"
        b"@SUM(A1:A9) receivable\t3\nTotal assets\t$ 2\n"
    )
    made = cx.convert(page, name="a.txt", validate=False, formats=["fsds"])
    for name in FILES:
        if f"{FOLDER}{name}" not in made.files:
            continue
        read = table(made, name)
        texts = [str(cell) for column in read if column != "value" for cell in read[column].dropna()]
        assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []
    shown = set(table(made, "pre.txt").plabel)
    assert {"'=cmd|' /C calc'!A0", "'-Inventories", "'@SUM(A1:A9) receivable"} <= shown
    assert sorted(table(made, "num.txt").value) == ["-2.0000", "1.0000", "2.0000", "3.0000"]


def test_secfsdstools_reads_it(made: cx.Conversion, tmp_path: Path) -> None:
    """Its own steps: a zip to Parquet, collected, presented, and made alike among companies."""
    transform, collector, presenting, alike = (
        import_or_skip(f"secfsdstools.{name}")
        for name in (
            "c_transform.toparquettransforming_process",
            "e_collector.basecollector",
            "e_presenter.presenting",
            "f_standardize.is_standardize",
        )
    )
    conversions = (made, convert(SECOND))
    sets = [{n.removeprefix(FOLDER): b for n, b in m.files.items() if n.startswith(FOLDER)} for m in conversions]
    (tmp_path / "2006q2.zip").write_bytes(zipped(joined(sets)))
    task = transform.ToParquetTransformTask(
        zip_file_path=str(tmp_path / "2006q2.zip"),
        parquet_dir=str(tmp_path / "parquet"),
        file_type="quarter",
        keep_zip_files=True,
    )
    task.prepare()
    task.execute()
    raw = collector.BaseCollector(str(tmp_path / "parquet" / "quarter" / "2006q2.zip")).basecollect(None)
    assert list(raw.sub_df.adsh) == [FIRST, SECOND] and len(raw.num_df) == 2 * len(table(made, "num.txt"))
    bag = raw.join()
    shown = bag.present(presenting.StandardStatementPresenter())
    first = shown[shown.adsh == FIRST]
    assert set(first.tag) == set(table(made, "num.txt").tag)
    assert list(first[first.tag == "GrossProfit"]["qrtrs_1/20060331"]) == [1_100_000]
    income = bag.present(alike.IncomeStatementStandardizer())
    assert set(income.Revenues) <= {9_400_000, 8_800_000} and set(income.adsh) == {FIRST, SECOND}


def import_or_skip(name: str) -> Any:
    return pytest.importorskip(name, reason="secfsdstools, with what it needs, is not installed", exc_type=ImportError)
