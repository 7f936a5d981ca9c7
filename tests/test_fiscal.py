"""Periods that a page does not print: fiscal years by weeks, bare years, balances among flows."""

from __future__ import annotations

import datetime as dt

import pytest

from capxbrl.decisions.fiscal import annual, year_end
from capxbrl.model import Kind, Statement
from capxbrl.readers import read
from capxbrl.statements import parse_statements

D = dt.date


@pytest.mark.parametrize(
    ("year", "known", "end"),
    [
        (2007, [D(2009, 6, 30), D(2008, 6, 30)], D(2007, 6, 30)),
        (2022, [D(2024, 2, 29), D(2023, 2, 28)], D(2022, 2, 28)),
        (2022, [D(2024, 4, 26), D(2023, 4, 28)], D(2022, 4, 29)),  # the last Friday of April
        (2021, [D(2023, 12, 31), D(2023, 1, 1)], D(2022, 1, 2)),  # the Sunday nearest to the year's end
        (2021, [D(2024, 2, 3), D(2023, 1, 28)], D(2021, 1, 30)),  # the Saturday nearest to the end of January
    ],
)
def test_year_ends(year: int, known: list[dt.date], end: dt.date) -> None:
    assert year_end(year, known) == end


def test_balance_sheets_of_year_ends() -> None:
    assert annual([D(2009, 6, 30), D(2008, 6, 30)])
    assert not annual([D(2009, 9, 30), D(2008, 12, 31)]) and not annual([D(2009, 9, 30)])


BALANCE = [
    ("Cash", "5", "4"),
    ("Inventories", "7", "6"),
    ("Total current assets", "12", "10"),
    ("Total assets", "12", "10"),
    ("Accounts payable", "2", "2"),
    ("Retained earnings", "10", "8"),
    ("Total liabilities and stockholders' equity", "12", "10"),
]
INCOME = [
    ("Net sales", "50", "40", "30"),
    ("Cost of sales", "40", "31", "24"),
    ("Gross profit", "10", "9", "6"),
    ("Income before taxes", "10", "9", "6"),
    ("Provision for income taxes", "4", "3", "2"),
    ("Net income", "6", "6", "4"),
]


def page(*tables: tuple[str, list[tuple[str, ...]]]) -> tuple[Statement, ...]:
    body = ""
    for title, rows in tables:
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        body += f"<p>{title}</p><table>{cells}</table>"
    return parse_statements(read(f"<html><body>{body}</body></html>".encode(), "x.htm").value).value


def periods(statement: Statement) -> list[str]:
    return [str(c.period) for c in statement.columns]


def test_bare_years_over_flows_are_the_years_of_the_balance_sheets() -> None:
    _, income = page(
        (
            "Consolidated Balance Sheets At December 31, 2023 and January 1, 2023 (in millions)",
            [("", "2023", "2022"), *BALANCE],
        ),
        ("Consolidated Statements of Earnings", [("", "2023", "2022", "2021"), *INCOME]),
    )
    assert periods(income) == ["2023-01-02/2023-12-31", "2022-01-03/2023-01-01", "2021-01-04/2022-01-02"]


def test_dates_of_year_ends_without_a_length_are_years() -> None:
    _, income = page(
        ("Consolidated Balance Sheets", [("", "June 30, 2009", "June 30, 2008"), *BALANCE]),
        ("Consolidated Statements of Income", [("", "June 30, 2009", "June 30, 2008", "June 30, 2007"), *INCOME]),
    )
    assert periods(income) == ["2008-07-01/2009-06-30", "2007-07-01/2008-06-30", "2006-07-01/2007-06-30"]


def test_interim_dates_without_a_length_stay_unread() -> None:
    found = page(
        ("Consolidated Balance Sheets", [("", "September 30, 2009", "December 31, 2008"), *BALANCE]),
        (
            "Consolidated Statements of Income",
            [("", "September 30, 2009", "September 30, 2008"), *[r[:3] for r in INCOME]],
        ),
    )
    assert [s.kind for s in found] == [Kind.BALANCE_SHEET]


def test_a_fiscal_year_that_ends_in_the_next_january() -> None:
    _, income = page(
        ("Consolidated Balance Sheets", [("", "January 30, 2010", "January 31, 2009"), *BALANCE]),
        ("Consolidated Statements of Income", [("Fiscal years", "2009", "2008"), *[r[:3] for r in INCOME]]),
    )
    assert [c.period.end for c in income.columns] == [D(2010, 1, 30), D(2009, 1, 31)]


def test_an_item_number_above_the_title_does_not_hide_a_statement() -> None:
    (income,) = page(
        (
            "Item 8. Financial Statements and Supplementary Data</p><p>Consolidated Statements of Income",
            [("Years ended December 31,", "2009", "2008", "2007"), *INCOME],
        )
    )
    assert len(income.columns) == 3


def test_balances_among_flows() -> None:
    rows = [
        ("Net income", "6", "5"),
        ("Depreciation", "1", "1"),
        ("Net cash provided by operating activities", "7", "6"),
        ("Net cash used in investing activities", "(5)", "(4)"),
        ("Net cash used in financing activities", "(1)", "(1)"),
        ("Increase in cash at end of period", "1", "1"),
        ("Cash and restricted cash at January 1", "4", "3"),
        ("Cash and restricted cash at June 30", "5", "4"),
        ("Less: Restricted cash, included in other assets", "2", "1"),
        ("Cash and cash equivalents", "3", "3"),
        ("Cash paid for interest", "2", "2"),
    ]
    (flows,) = page(("Statements of Cash Flows", [("Six months ended June 30,", "2009", "2008"), *rows]))
    assert [line.balance for line in flows.lines] == ["", "", "", "", "", "", "start", "end", "end", "end", ""]


def test_bare_years_end_when_the_text_says() -> None:
    prose = (
        "<p>We have audited the statements for the years ended June 30, 2009 and 2008, and they are fine in "
        "all respects.</p>"
    )
    (income,) = page((f"{prose}<p>Statements of Income", [("(in millions)", "2009", "2008", "2007"), *INCOME]))
    assert periods(income)[0] == "2008-07-01/2009-06-30"


def test_an_assumed_year_end_is_told() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in [("", "2009", "2008", "2007"), *INCOME]
    )
    source = f"<html><body><p>Statements of Income</p><table>{rows}</table></body></html>"
    outcome = parse_statements(read(source.encode(), "x.htm").value)
    assert periods(outcome.value[0])[0] == "2009-01-01/2009-12-31"
    assert [f.code for f in outcome.findings if f.code.startswith("statements.")] == ["statements.year-end"]


def test_flows_begin_after_the_year_end_before_the_one_that_is_shown() -> None:
    _, flows = page(
        ("Balance Sheets", [("", "July 30, 2023", "January 29, 2023"), *BALANCE]),
        (
            "Statements of Cash Flows",
            [
                ("Six months ended", "July 30, 2023", "July 31, 2022"),
                ("Net cash provided by operating activities", "7", "6"),
                ("Net cash used in investing activities", "(5)", "(4)"),
                ("Net cash used in financing activities", "(1)", "(1)"),
                ("Cash at beginning of period", "4", "3"),
                ("Cash at end of period", "5", "4"),
            ],
        ),
    )
    assert periods(flows) == ["2023-01-30/2023-07-30", "2022-01-31/2022-07-31"]


def test_years_begin_after_the_years_beside_them() -> None:
    _, income = page(
        ("Balance Sheets", [("", "December 30, 2023", "December 31, 2022"), *BALANCE]),
        (
            "Statements of Income",
            [("Years ended", "December 30, 2023", "December 31, 2022", "December 25, 2021"), *INCOME],
        ),
    )
    assert periods(income)[:2] == ["2023-01-01/2023-12-30", "2021-12-26/2022-12-31"]


def test_a_column_with_one_figure_and_a_date_of_its_own_is_kept() -> None:
    rows = [
        ("Net income", "6", ""),
        ("Depreciation", "1", ""),
        ("Stock compensation", "1", ""),
        ("Net cash provided by operating activities", "8", ""),
        ("Net cash used in investing activities", "(5)", ""),
        ("Net cash used in financing activities", "(1)", ""),
        ("Cash at beginning of year", "4", ""),
        ("Cash at end of period", "6", "9"),
    ]
    (flows,) = page(("Statements of Cash Flows, six months ended", [("", "June 30, 2009", "June 30, 2008"), *rows]))
    assert [a and str(a.value) for a in flows.lines[-1].amounts] == ["6", "9"]


def test_rows_called_basic_count_shares_and_earnings_of_shares_are_money() -> None:
    rows = [
        *INCOME,
        ("Net earnings attributable to common shares", "6", "6", "4"),
        ("Basic", "41,154", "41,204", "40,767"),
        ("Diluted", "41,160", "41,210", "40,770"),
    ]
    (income,) = page(("Statements of Income (in thousands)", [("Years ended June 30,", "2009", "2008", "2007"), *rows]))
    units = [next(a.unit.value for a in line.amounts if a) for line in income.lines[-3:]]
    assert units == ["USD", "shares", "shares"]


def sheet(first: str, second: str) -> tuple[str, list[tuple[str, ...]]]:
    return "Consolidated Balance Sheets", [("", first, second), *BALANCE]


def flows(*headings: str) -> tuple[str, list[tuple[str, ...]]]:
    return "Consolidated Statements of Income", [("", *headings), *[row[: len(headings) + 1] for row in INCOME]]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        # The quarter's end is a Saturday and the end of a month: the other days tell that it is of thirteen weeks.
        (
            (sheet("December 31, 2005", "July 2, 2005"), flows("Three Months Ended December 31, 2005")),
            ["2005-10-02/2005-12-31"],
        ),
        (
            (
                sheet("July 1, 2006", "July 2, 2005"),
                flows(
                    "Three Months Ended July 1, 2006",
                    "Three Months Ended April 1, 2006",
                    "Three Months Ended December 31, 2005",
                ),
            ),
            ["2006-04-02/2006-07-01", "2006-01-01/2006-04-01", "2005-10-02/2005-12-31"],
        ),
        ((sheet("June 30, 2007", "July 1, 2006"), flows("Year Ended June 30, 2007")), ["2006-07-02/2007-06-30"]),
        # All days end a month: months, though each is a Saturday.
        (
            (sheet("June 30, 2007", "September 30, 2006"), flows("Three Months Ended June 30, 2007")),
            ["2007-04-01/2007-06-30"],
        ),
        # Other weekdays: months.
        (
            (sheet("December 31, 2005", "March 27, 2005"), flows("Three Months Ended December 31, 2005")),
            ["2005-10-01/2005-12-31"],
        ),
    ],
)
def test_a_month_end_in_a_filing_of_weeks(
    tables: tuple[tuple[str, list[tuple[str, ...]]], ...], expected: list[str]
) -> None:
    income = page(*tables)[-1]
    assert income.kind is Kind.INCOME_STATEMENT and periods(income) == expected
