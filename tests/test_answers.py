"""What a conversion is asked by name: statements, lines, one fact, many facts, why."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl.model import Kind

#: A column of the whole and one of a segment; two lines of the same words.
PAGE = b"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of Canadian dollars)
                              June 30,   June 30,
                                2001       2000
Current assets:
  Cash                        $  1,250   $  1,100
  Other                          2,500      2,400
    Total current assets         3,750      3,500
Long-term assets:
  Plant                          1,000        900
  Other                            250        100
    Total assets              $  5,000   $  4,500
"""


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return cx.convert(Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt", validate=False)


@pytest.fixture(scope="module")
def mills_made() -> cx.Conversion:
    return cx.convert(PAGE, name="mills.txt", validate=False)


def test_statements_have_names(made: cx.Conversion) -> None:
    assert made.balance_sheet is made.statements["balance_sheet"] is made.statements[0]
    assert made.income_statement is made.statements["Income statement"] is made.statements[-1]
    assert isinstance(made.statements, tuple) and isinstance(made.statements[:1], cx.Statements)
    assert "income_statement" in made.statements and "cash flows" not in made.statements
    assert made.balance_sheet in made.statements
    assert made.statements.get("cash_flow") is None
    assert [s.kind for s in made.statements.where(["balance_sheet", "cash_flow"])] == [Kind.BALANCE_SHEET]
    assert made.statements.where(face=False) == ()


def test_a_statement_that_is_not_there_is_told(made: cx.Conversion) -> None:
    with pytest.raises(cx.NotFound, match="has no cash_flow; it has balance_sheet, income_statement"):
        _ = made.cash_flow
    with pytest.raises(KeyError, match="there is no statement 'incom'; known: balance_sheet"):
        _ = made.statements["incom"]
    with pytest.raises(cx.NotFound, match="no statement at all"):
        _ = cx.convert(b"No statement.", validate=False).balance_sheet


def test_a_line_by_its_label(made: cx.Conversion, mills_made: cx.Conversion) -> None:
    loss = made.income_statement.line("net  LOSS")
    assert loss.label == "Net loss" and loss.concept is not None and loss.concept.name == "NetIncomeLoss"
    assert [fact.value for fact in loss.facts] == [-31881000, -9911000, -47140000, -19728000]
    assert made.income_statement.line("fair value of warrant").concept is not None
    assert mills_made.balance_sheet.line("Other", under="long-term").amounts[0] is not None
    # A heading is meant where no line with figures has the words.
    assert made.balance_sheet.line("Current assets").is_heading


def test_a_line_that_is_none_or_several_is_told(made: cx.Conversion, mills_made: cx.Conversion) -> None:
    with pytest.raises(cx.NotFound) as told:
        mills_made.balance_sheet.line("Other")
    text = str(told.value)
    assert "2 lines" in text and "under 'Current assets:' (mills.txt:8:3)" in text
    assert "under 'Long-term assets:' (mills.txt:12:3)" in text
    with pytest.raises(cx.NotFound, match="near it are:\n  'Inventories'"):
        made.balance_sheet.line("Inventorys")
    with pytest.raises(cx.NotFound, match="it has:\n  'Cash'"):
        mills_made.balance_sheet.line("Zzz")
    with pytest.raises(cx.NotFound, match="no line of this statement has ''"):
        made.balance_sheet.line("")


def test_one_fact(made: cx.Conversion) -> None:
    fact = made.fact("NetIncomeLoss", months=3, end="2009-09-30")
    assert fact.value == Decimal(-31881000) and fact.id == "f-is-14-1"
    assert fact == made.facts["f-is-14-1"] == made.fact("capx-gaap:NetIncomeLoss", start=dt.date(2009, 7, 1))
    assert fact == made.fact(label="net loss", months=3, end=dt.datetime(2009, 9, 30, 12), concept="NetIncomeLoss")
    assert made.fact("EntityRegistrantName").value == "Capstone Turbine Corporation"
    assert made.fact("Assets", end="2009-03-31", statement="balance sheet").value == 72329000
    pandas = pytest.importorskip("pandas")
    assert made.fact("NetIncomeLoss", months=3, end=pandas.Timestamp("2009-09-30")) == fact


def test_a_fact_that_is_not_there_lists_the_choices(made: cx.Conversion) -> None:
    with pytest.raises(cx.NotFound) as told:
        made.fact("NetIncomeLoss")
    assert str(told.value).startswith("4 facts fit; say which:\n")
    assert '("NetIncomeLoss", months=6, end="2009-09-30") -47,140,000 USD [income_statement, f-is-14-3]' in str(
        told.value
    )
    with pytest.raises(cx.NotFound, match=r'there are:\n  \("NetIncomeLoss", months=3, end="2009-09-30"\)'):
        made.fact("NetIncomeLoss", months=12)
    with pytest.raises(cx.NotFound, match="near it are:\n  NetIncomeLoss \\('Net loss'\\)"):
        made.fact("NetIncomLos")
    # A label is no concept, but leads to one; so does a near-synonym.
    with pytest.raises(cx.NotFound, match="no fact has the concept Net loss; near it are:\n  NetIncomeLoss"):
        made.fact("Net loss")
    with pytest.raises(cx.NotFound, match="near it are:\n  Revenues \\('Revenue'\\)"):
        made.fact("SalesRevenueNet")
    with pytest.raises(cx.NotFound, match="the report has:\n"):
        made.fact("Zzzzzz")
    with pytest.raises(cx.NotFound, match="no fact has the id 'f-is-14-9'; near it are f-is-14-"):
        made.facts["f-is-14-9"]
    with pytest.raises(cx.NotFound):
        cx.Facts().one("Assets")


def test_a_figure_told_twice_is_one(made: cx.Conversion) -> None:
    """Tagged in the text too, it is that of the statement."""
    page = Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt"
    prose = cx.convert(page, validate=False, tag_prose=True)
    assert len(prose.facts.where("NetIncomeLoss", months=3, end="2009-09-30")) > 1
    assert prose.fact("NetIncomeLoss", months=3, end="2009-09-30").place == "cell"


def test_the_whole_is_meant_where_a_part_is_shown_too() -> None:
    page = (
        "EXAMPLE MILLS INC\nCONSOLIDATED BALANCE SHEETS\n(In thousands)\nJune 30, 2001\n"
        "                                Retail    Total\nCash    $ 100   $ 300\nInventories   200   400\n"
        "Total assets   $ 300   $ 700\n"
    )
    parts = cx.convert(page, validate=False)
    found = parts.facts.where("Assets")
    if len({fact.context for fact in found}) > 1:  # the part is told by a member
        assert parts.fact("Assets").value == 700000


def test_many_facts(made: cx.Conversion) -> None:
    assert len(made.facts) == 148 and isinstance(made.facts, tuple)
    half = made.facts.where(["Revenues", "us-gaap:GrossProfit", "capx-gaap:NetIncomeLoss"], months=6)
    assert isinstance(half, cx.Facts)
    assert {fact.concept.name for fact in half} == {"Revenues", "NetIncomeLoss"}  # the other is of another prefix
    assert len(made.facts.where(["Revenues", "NetIncomeLoss"], months=6, end="2009-09-30")) == 2
    assert len(made.facts.where(statement="cover")) == 16
    assert {f.reading.value for f in made.facts.where(reading=["stated", "doubtful"])} == {"stated", "doubtful"}
    assert {f.place.value for f in made.facts.where(place="label")} == {"label"}
    assert [f.concept.name for f in made.facts.where(extension=True)] == ["WarrantLiability"]
    assert made.facts.where(months=2) == () and made.facts.where("Nothing") == ()
    assert made.facts.where(start="2009-04-01").where(label="revenue") == made.facts.where(
        "Revenues", start="2009-04-01"
    )
    assert isinstance(made.facts[:3], cx.Facts) and made.facts[:3].to_frame().shape[0] == 3


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"statement": "income"}, "there is no statement 'income'; known: balance_sheet"),
        ({"place": "page"}, "there is no place 'page'; known: cell, label, prose, cover"),
        ({"reading": "sure"}, "there is no reading 'sure'; known: proved, stated, doubtful"),
        ({"end": "30.9.2009"}, "a day is written 2009-09-30, not '30.9.2009'"),
    ],
)
def test_a_filter_of_a_wrong_word_is_no_empty_answer(made: cx.Conversion, asked: dict[str, str], told: str) -> None:
    with pytest.raises(cx.WrongOption, match=told):
        made.facts.where(**asked)  # type: ignore[arg-type]


def test_findings_are_asked(made: cx.Conversion) -> None:
    assert len(made.findings.where("warning")) == 5
    assert {f.code for f in made.findings.where(code="cover")} == {
        "cover.no-cik",
        "cover.not-there",
        "cover.checkbox",
        "cover.ticker",
    }
    assert len(made.findings.where(["error", "warning"], code="cover.checkbox")) == 2
    assert isinstance(made.findings[:2], cx.Findings) and isinstance(made.findings[0], cx.Finding)
    with pytest.raises(cx.WrongOption, match="known: error, warning, note"):
        made.findings.where("fatal")
    table = made.findings.to_frame()
    assert len(table) == len(made.findings) and str(table.dtypes["line"]) == "Int64"
    assert list(cx.Findings().to_frame().columns) == list(table.columns)


def test_a_fact_is_explained(made: cx.Conversion) -> None:
    loss = made.fact("NetIncomeLoss", months=3, end="2009-09-30")
    told = made.explain(loss)
    assert told == made.explain("f-is-14-1") == made.explain(made.income_statement.line("Net loss"))
    assert "scale of money: thousands" in told and "chosen: NetIncomeLoss" in told and repr(told) == str(told)
    assert "Warrant liability" in made.explain("warrant liability")
    assert "8-K" in made.explain(made.fact("DocumentType"))
    with pytest.raises(
        cx.NotFound, match="no line of a statement has 'Warant liability'; near it are 'Warrant liability'"
    ):
        made.explain("Warant liability")


def test_an_explanation_heeds_the_overrides(reference: Path) -> None:
    row = {"label": "Warrant liability", "concept": "DerivativeLiabilitiesCurrent"}
    made = cx.convert(reference, validate=False, overrides=[row])
    assert "override overrides-given.csv:2" in made.explain("Warrant liability")


def test_units_are_in_the_currency_of_the_report(mills_made: cx.Conversion) -> None:
    fact = mills_made.fact("Assets", end="2001-06-30")
    assert fact.measure == "CAD" and repr(fact).endswith("5,000,000 CAD, stated)")
    assert "CAD" in fact._repr_html_() and "USD" not in fact._repr_html_()
    assert set(mills_made.facts.to_frame().unit.dropna()) == {"CAD"}


def test_a_conversion_can_be_kept_and_copied(made: cx.Conversion) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert again == made and again.facts == made.facts and again.facts.report == made.report
    assert type(again.findings) is cx.Findings and copy.copy(made.findings).report == made.report
    assert again.income_statement.line("Net loss").facts == made.income_statement.line("Net loss").facts


def test_the_statement_of_a_stage_equals_that_of_the_conversion(made: cx.Conversion) -> None:
    """What is added of facts is no part of what a statement says."""
    assert tuple(made.statements) == tuple(one.statement for one in made.tagged)
    assert hash(made.statements[0].lines[2]) == hash(made.tagged[0].statement.lines[2])
    statements, _ = cx.parse_statements(made.document)
    with pytest.raises(cx.BadData, match="take it from a conversion"):
        statements[0].to_frame(concepts=True)
    assert statements[0].line("Inventories").concept is None and statements[0]._repr_html_()
