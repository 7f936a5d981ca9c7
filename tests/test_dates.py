"""How the period of a column stands, and what contradicts it: days after the report, years out of step, swapped
headings.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import capxbrl as cx
from capxbrl.decisions import PERIOD
from capxbrl.model import Header, Standing, Statement

BALANCE = """EXAMPLE TOOL CORP.
BALANCE SHEETS
(In thousands)
                                        {0}
Cash                                       3,316             874
Receivables                                6,245          11,390
Total assets                               9,561          12,264
Accounts payable                           3,361           4,664
Stockholders' equity                       6,200           7,600
Total liabilities and equity               9,561          12,264

STATEMENTS OF CASH FLOWS
(In thousands)
                                      Years ended December 31,
                                            2004            2003
Net income                                 1,485           1,615
Depreciation                                 957            (815)
Net cash provided by operating activities  2,442             800
Net increase in cash                       2,442             800
Cash at beginning of year                    874              74
Cash at end of year                        3,316             874
"""
HEADS = "December 31,    December 31,\n                                            2004            2003"


def read(heads: str = HEADS, header: Header | None = None) -> tuple[tuple[Statement, ...], list[cx.Finding]]:
    document, _ = cx.read(BALANCE.format(heads).encode(), "page.txt")
    statements, findings = cx.parse_statements(replace(document, header=header))
    return statements, [f for f in findings if f.code.startswith("periods.")]


def standings(statement: Statement) -> list[Standing]:
    return [next(d.standing for d in c.decisions if d.subject == PERIOD) for c in statement.columns]


def test_days_that_two_statements_share_are_proved() -> None:
    statements, findings = read()
    assert [standings(s) for s in statements] == [[Standing.PROVED] * 2] * 2
    assert not findings


def test_headings_that_are_exchanged_are_an_error_with_both_places() -> None:
    swapped = HEADS.replace("2004            2003", "2003            2004")
    _, findings = read(swapped)
    assert [(f.code, f.severity) for f in findings] == [("periods.swapped", cx.Severity.ERROR)]
    assert "cash flow" in findings[0].message and "balance sheet" in findings[0].message


@pytest.mark.parametrize("year", ["2030", "1984", "2040"])
def test_a_year_out_of_step_is_told(year: str) -> None:
    _, findings = read(HEADS.replace("2003", year))
    assert {"periods.step", "periods.swapped"} & {f.code for f in findings}


def test_a_column_after_the_report_s_own_period_is_an_error() -> None:
    header = Header(form="10-K", period="2003-12-31", fiscal_year_end="1231")
    statements, findings = read(header=header)
    assert [f.code for f in findings] == ["periods.late"]
    assert standings(statements[0])[0] is Standing.DOUBTFUL


def test_a_day_that_no_word_gives_is_not_proved() -> None:
    text = BALANCE.format(HEADS).replace("December 31,", "            ").replace("Years ended", "Fiscal     ")
    document, _ = cx.read(text.encode(), "page.txt")
    statements, _ = cx.parse_statements(document)
    assert all(s is not Standing.PROVED for one in statements for s in standings(one))


def test_the_whole_is_the_column_that_adds_up() -> None:
    text = """EXAMPLE FOODS
STATEMENTS OF INCOME
(In thousands)

                                    Three Months Ended March 31, 2009
                               {0}
Net sales                          4,000         1,500         5,500
Cost of sales                      2,600           900         3,500
Gross profit                       1,400           600         2,000
Operating expenses                   800           300         1,100
Net income                           600           300           900
"""
    for heads in (
        "Retail     Wholesale      Combined",
        "Segment A     Segment B      Company",
        "One     Two      Three",
    ):
        document, _ = cx.read(text.format(heads).encode(), "page.txt")
        (statement,), findings = cx.parse_statements(document)
        sales = next(line for line in statement.lines if line.label == "Net sales")
        assert [a and a.value for a in sales.amounts] == [5_500_000]
        assert statement.columns[0].period.end == dt.date(2009, 3, 31)
        assert any(f.code == "statements.column-left-out" for f in findings)


def test_a_column_that_is_printed_twice_is_two_columns_of_facts() -> None:
    text = """EXAMPLE FOODS
STATEMENTS OF INCOME
(In thousands)

                               Three Months Ended   Three Months Ended
                                 March 31, 2009       March 31, 2009
Net sales                               4,000                4,000
Cost of sales                           2,600                2,600
Gross profit                            1,400                1,400
Operating expenses                        800                  800
Net income                                600                  600
"""
    document, _ = cx.read(text.encode(), "page.txt")
    (statement,), findings = cx.parse_statements(document)
    assert len(statement.columns) == 2
    assert not any(f.code == "statements.column-left-out" for f in findings)
    made = cx.convert(text.encode(), name="page.txt", validate=False)
    assert sum(f.label == "Net sales" for f in made.facts) == 2
    assert len({f.context for f in made.facts if f.label == "Net sales"}) == 1


INCOME = """EXAMPLE TOOL CORP.

Results of the quarter ended December 31, 2004 beside those of the quarter ended December 31, 2003.

STATEMENTS OF INCOME
(In thousands)
                                     Three months ended December 31,
                                            2004            2003
Net sales                                  9,400           8,200
Cost of sales                              5,400           5,100
Income before income taxes                 4,000           3,100
Income taxes                               1,600           1,240
Net income                                 2,400           1,860

"""
BALANCES = """BALANCE SHEETS
(In thousands)
                                    {}
Cash                                       3,316             874
Receivables                                6,245          11,390
Total assets                               9,561          12,264
Accounts payable                           3,361           4,664
Stockholders' equity                       6,200           7,600
Total liabilities and equity               9,561          12,264
"""


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        # That the text prints both days does not tell which column is of which.
        ("", Standing.STATED),
        (BALANCES.format("December 31, 2004   September 30, 2004"), Standing.PROVED),
        (BALANCES.format("September 30, 2004   December 31, 2004"), Standing.STATED),
    ],
)
def test_a_day_that_is_printed_elsewhere_does_not_tell_which_column_is_of_it(more: str, standing: Standing) -> None:
    statements, _ = cx.parse_statements(cx.read((INCOME + more).encode(), "page.txt").value)
    assert standings(statements[0])[0] is standing
