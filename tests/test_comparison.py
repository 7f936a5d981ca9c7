"""Two filings beside each other: facts gone and added, values restated, elements changed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
import tiny_report
from click.testing import CliRunner, Result

import capxbrl as cx
from capxbrl.cli import main
from capxbrl.comparison import ComparedFact, Difference, DifferenceKind, Side, compare, side
from capxbrl.comparison.shapes import COLUMNS, as_csv

day = dt.date.fromisoformat
REFERENCE = Path(__file__).resolve().parent.parent / "examples" / "capstone-2009-11-09.txt"
PAGE = """CONSOLIDATED STATEMENTS OF INCOME
(In thousands, except per share data)

\tYear Ended December 31,
\t{0}\t{1}
Net sales\t$ {2}\t$ {3}
Cost of sales\t6,300\t6,000
Gross profit\t{4}\t{5}
Income taxes\t450\t380
Net income\t$ {6}\t$ {7}
"""
OLD = PAGE.format(2005, 2004, "9,400", "8,800", "3,100", "2,800", "2,650", "2,420")
NEW = PAGE.format(2006, 2005, "9,900", "9,300", "3,600", "3,000", "3,150", "2,550")


def fact(name: str, value: str, **more: object) -> ComparedFact:
    given = {"concept": f"us-gaap:{name}", "start": day("2005-01-01"), "end": day("2005-12-31"), "unit": "USD"}
    given |= {"value": Decimal(value) if more.get("unit", "USD") else value}
    given |= {"decimals": -3}
    return ComparedFact(**(given | more))  # type: ignore[arg-type]


def sides(old: list[ComparedFact], new: list[ComparedFact], later: str = "2006-12-31") -> tuple[Side, Side]:
    return (
        Side(name="a", entity="Alder", day=day("2005-12-31"), facts=tuple(old)),
        Side(name="b", entity="Alder", day=day(later), facts=tuple(new)),
    )


def told(differences: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    return [(d.kind.value, d.before.name if d.before else "", d.after.name if d.after else "") for d in differences]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, words)])


def test_another_value_is_restated_in_a_later_report_and_changed_in_one_of_the_same_day() -> None:
    old, new = [fact("Revenues", "9400000")], [fact("Revenues", "9300000")]
    for later, kind in (("2006-12-31", DifferenceKind.RESTATED), ("2005-12-31", DifferenceKind.CHANGED)):
        (made,) = compare(*sides(old, new, later)).differences
        assert made.kind is kind and made.change == -100000


def test_values_that_agree_within_their_decimals_are_rounded() -> None:
    old, new = [fact("Revenues", "9400499", decimals=None)], [fact("Revenues", "9400000")]
    assert told(compare(*sides(old, new)).differences) == [("rounded", "Revenues", "Revenues")]
    far = [fact("Revenues", "9400501", decimals=None)]
    assert told(compare(*sides(far, new)).differences) == [("restated", "Revenues", "Revenues")]


def test_of_duplicates_the_most_precise_is_compared() -> None:
    old = [fact("Revenues", "9000000", decimals=-6), fact("Revenues", "9400000")]
    assert compare(*sides(old, [fact("Revenues", "9400000")])).equal


def test_elements_are_the_same_in_every_vintage_and_ours() -> None:
    assert compare(*sides([fact("Assets", "9")], [fact("Assets", "9", concept="capx-gaap:Assets")])).equal


def test_the_same_figure_under_another_element() -> None:
    telling, chance = ("9412000", "9000000")
    assert told(compare(*sides([fact("X", telling)], [fact("Y", telling)])).differences) == [("concept", "X", "Y")]
    apart = [("gone", "X", ""), ("added", "", "Y")]
    assert told(compare(*sides([fact("X", chance)], [fact("Y", chance)])).differences) == apart
    alike = [fact(name, chance, label="Net sales:") for name in "XY"]
    assert told(compare(*sides(alike[:1], alike[1:])).differences) == [("concept", "X", "Y")]
    two = [fact("Y", telling), fact("Z", telling)]
    assert len(compare(*sides([fact("X", telling)], two)).differences) == 3  # which of the two, nobody says
    zero = [fact("X", "0"), fact("Y", "0")]
    assert told(compare(*sides(zero[:1], zero[1:])).differences) == apart


def test_a_line_whose_element_is_another_in_other_periods() -> None:
    old = [fact("SalesRevenueNet", "9400000", label="Net sales", statement="income_statement")]
    later = {
        "start": day("2006-01-01"),
        "end": day("2006-12-31"),
        "label": "NET SALES",
        "statement": "income_statement",
    }
    new = [fact("Revenues", "9900000", **later)]
    assert told(compare(*sides(old, new)).differences) == [
        ("concept", "SalesRevenueNet", "Revenues"),
        ("gone", "SalesRevenueNet", ""),
        ("added", "", "Revenues"),
    ]


def test_a_period_of_weeks_is_that_of_the_month() -> None:
    old = [fact("Revenues", "9400000"), fact("Assets", "5000000", start=None, end=day("2005-12-31"))]
    weeks = {"start": day("2005-01-02"), "end": day("2006-01-01")}
    new = [fact("Revenues", "9300000", **weeks), fact("Assets", "5000000", start=None, end=day("2006-01-01"))]
    (made,) = compare(*sides(old, new)).differences
    assert made.kind is DifferenceKind.RESTATED and made.fact.period == "2005-01-01/2005-12-31"
    apart = [fact("Revenues", "9300000", start=day("2005-01-09"), end=day("2006-01-08"))]
    assert told(compare(*sides(old[:1], apart)).differences) == [("gone", "Revenues", ""), ("added", "", "Revenues")]
    both = [*old[:1], fact("Revenues", "9400000", **weeks)]  # two dates of one report are two periods
    assert told(compare(*sides(old[:1], both)).differences) == [("added", "", "Revenues")]


def test_members_units_and_texts_tell_facts_apart() -> None:
    member = (("us-gaap:StatementClassOfStockAxis", "us-gaap:CommonClassAMember"),)
    old = [fact("Shares", "5", unit="shares"), fact("Shares", "5", unit="shares", members=member)]
    new = [fact("Shares", "5", unit="shares"), fact("Shares", "6", unit="shares", members=member)]
    assert len(compare(*sides(old, new)).differences) == 1
    name = [fact("Name", text, unit="") for text in ("Alder  Mills", "Alder Mills", "Alder")]
    assert compare(*sides(name[:1], name[1:2])).equal
    assert told(compare(*sides(name[:1], name[2:])).differences) == [("restated", "Name", "Name")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        (folder / name).write_text(text)
    return folder / "old.txt", folder / "new.txt"


def test_restated_comparatives_of_two_filings(pages: tuple[Path, Path]) -> None:
    made = cx.diff(*pages)
    restated = made.of(DifferenceKind.RESTATED)
    assert {(d.fact.label, d.change) for d in restated} == {
        ("Net sales", Decimal(-100000)),
        ("Gross profit", Decimal(-100000)),
        ("Net income", Decimal(-100000)),
        ("Cost of sales", Decimal(-300000)),
        ("Income taxes", Decimal(-70000)),
    }
    assert {d.fact.period for d in restated} == {"2005-01-01/2005-12-31"}
    assert {d.fact.period for d in made.of(DifferenceKind.GONE)} == {"2004-01-01/2004-12-31"}
    assert {d.fact.period for d in made.of(DifferenceKind.ADDED)} == {"2006-01-01/2006-12-31"}
    assert made.before.day == day("2005-12-31") and made.after.day == day("2006-12-31")


def test_every_source_of_one_filing_is_equal(tmp_path: Path) -> None:
    """The conversion, its folder, facts.csv, the package, the page, the instance and the filing itself."""
    made = cx.convert(REFERENCE, viewer=False, formats=["xhtml", "extension", "package", "facts", "xbrl"])
    out = tmp_path / "out"
    made.save(out)
    names = ["facts.csv", "report.xbri", "report.xhtml", "cpst-20091109.xml"]
    for source in (out, *(out / name for name in names), REFERENCE):
        other = side(source)
        assert len(other.facts) == len(made.facts) and compare(side(made), other).equal, source
        assert other.entity == "Capstone Turbine Corporation" and other.day == day("2009-11-09")


def test_the_exit_status_says_whether_they_differ(pages: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = pages
    assert run(old, old).exit_code == 0 and "no difference" in run(old, old).stdout
    assert run(old, new).exit_code == 1
    assert run(old, tmp_path / "none").exit_code == 2
    (tmp_path / "empty").mkdir()
    done = run(old, tmp_path / "empty")
    assert done.exit_code == 2 and "holds no facts.csv, report.xbri or report.xhtml" in done.stderr
    assert "exit status is 0 where they are equal, 1 where they differ" in " ".join(run("--help").stdout.split())


def test_text_counts_what_the_other_period_shows(pages: tuple[Path, Path]) -> None:
    text, every = run(*pages).stdout, run(*pages, "--all").stdout
    assert "5 facts of 2004-01-01/2004-12-31, which the other does not show" in text
    assert "8,800,000 USD" in every and "8,800,000 USD" not in text
    assert "2005-01-01/2005-12-31: 9,400,000 -> 9,300,000 USD (-100,000)" in text
    assert "'Net sales' old.txt:6:13 | new.txt:6:21" in text


def test_json_and_csv(pages: tuple[Path, Path], tmp_path: Path) -> None:
    whole = json.loads(run(*pages, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(*pages, "--format", "csv").stdout)))
    assert rows == whole["differences"] and tuple(rows[0]) == COLUMNS and not whole["equal"]
    target = tmp_path / "d.csv"
    assert run(*pages, "--format", "csv", "-o", target).exit_code == 1 and target.read_text().startswith("kind,")
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((REFERENCE.parent.parent / "docs" / "schema" / "diff.json").read_text())
    jsonschema.validate(whole, schema, jsonschema.Draft202012Validator)


def test_no_cell_is_a_formula() -> None:
    old = [fact("X", "-5"), fact("N", "=1+1", unit="", label="@SUM(A1)")]
    rows = list(csv.DictReader(io.StringIO(as_csv(compare(*sides(old, []))))))
    assert rows[0]["before"] == "-5" and rows[1]["before"] == "'=1+1" and rows[1]["label"] == "'@SUM(A1)"


def test_a_folder_that_was_changed_is_refused_and_its_table_is_not(tmp_path: Path) -> None:
    out = tmp_path / "out"
    cx.convert(REFERENCE, validate=False).save(out)
    table = out / "facts.csv"
    table.write_text(table.read_text().replace("-31881000", "-31881001"))
    done = run(out, REFERENCE)
    assert done.exit_code == 2 and "facts.csv is not what was written; give" in done.stderr
    assert run(table, REFERENCE).exit_code == 1


def test_a_report_whose_taxonomy_is_not_at_hand_is_told(tmp_path: Path) -> None:
    page = tmp_path / "r.htm"
    page.write_text(
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
        'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">'
        "<head><title>r</title></head><body><ix:header><ix:references>"
        '<link:schemaRef xlink:type="simple" xlink:href="http://nowhere.example/t.xsd"/>'
        "</ix:references></ix:header></body></html>"
    )
    done = run(page, REFERENCE)
    assert done.exit_code == 2 and "its facts cannot be read" in done.stderr


def test_a_report_of_somebody_else_goes_through_the_gate(tmp_path: Path) -> None:
    """A hand-written inline report of no writer of ours beside itself, and as a package."""
    page = tiny_report.folder(tmp_path / "a", tiny_report.report())
    packed = tiny_report.package(tmp_path / "tiny.xbri", tiny_report.report())
    one, other = side(page), side(packed)
    assert len(one.facts) == len(tiny_report.FACT_IDS) and {f.at for f in one.facts} == set(tiny_report.FACT_IDS)
    assert compare(one, other).equal
