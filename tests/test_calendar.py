"""Periods that headings leave out: dates in the stub, quarter codes, days and weeks that the text tells, dotted
dates."""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl.periods import read_clues

INCOME = """Net sales                                {0}
Cost of sales                            {1}
Gross profit                             {2}
Operating expenses                       {3}
Net income                               {4}
"""


def rows(columns: int) -> str:
    figures = ("62,110", "41,020", "21,090", "15,530", "5,560")
    return INCOME.format(*("   ".join(f"{f:>10}" for _ in range(columns)) for f in figures))


def periods(text: str) -> list[str]:
    document, _ = cx.read(text.encode(), "page.txt")
    statements, _ = cx.parse_statements(document)
    return [str(c.period) for c in statements[-1].columns]


@pytest.mark.parametrize(
    ("stub", "before"),
    [
        ("Years ended June 29, 2001", "2000-06-30"),
        ("Three fiscal years ended June 29, 2001", "2000-06-30"),
        ("Years ended June 29, 2001 and June 30, 2000", "2000-06-30"),
    ],
)
def test_a_date_in_the_stub_holds_for_the_years_over_the_columns(stub: str, before: str) -> None:
    text = f"STATEMENTS OF INCOME\n(In thousands)\n\n{stub:<48}2001          2000\n\n{rows(2)}"
    assert [p.rpartition("/")[2] for p in periods(text)] == ["2001-06-29", before]


@pytest.mark.parametrize("place", ["Fairview, California", "/s/ Hale & Porter LLP", "Portland, OR"])
def test_the_day_of_a_signature_is_no_period(place: str) -> None:
    text = (
        f"{place}\nAugust 3, 2001\n\nSTATEMENTS OF INCOME\n(In thousands)\n\n"
        f"Years ended June 30,                       2001          2000\n\n{rows(2)}"
    )
    assert [p.rpartition("/")[2] for p in periods(text)] == ["2001-06-30", "2000-06-30"]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            "     Q3 2008       Q4 2008       FY 2008",
            ["2008-07-01/2008-09-30", "2008-10-01/2008-12-31", "2008-01-01/2008-12-31"],
        ),
        (
            "        3Q08          4Q08         FY08",
            ["2008-07-01/2008-09-30", "2008-10-01/2008-12-31", "2008-01-01/2008-12-31"],
        ),
    ],
)
def test_the_year_beside_its_quarters(heads: str, expected: list[str]) -> None:
    assert periods(f"STATEMENTS OF INCOME\n(In thousands)\n\n{' ' * 41}{heads}\n\n{rows(3)}") == expected


def test_a_quarter_code_closes_with_the_balance_sheet() -> None:
    balance = """BALANCE SHEET
(In thousands)
                                     September 30, 2010
Loans                                    234,200
Other assets                              10,000
Total assets                             244,200
Deposits                                 200,000
Equity                                    44,200
Total liabilities and equity             244,200

"""
    income = f"STATEMENTS OF INCOME\n(In thousands)\n\n{' ' * 41}      1Q11          4Q10\n\n{rows(2)}"
    assert periods(balance + income) == ["2010-07-01/2010-09-30", "2010-04-01/2010-06-30"]


@pytest.mark.parametrize(
    "said",
    [
        "The first quarter of fiscal 2023 had 14 weeks.",
        "The first quarter of fiscal year 2023 consisted of fourteen weeks.",
        "The quarter had 13 weeks, while the first quarter of fiscal 2023 was a 14-week quarter.",
    ],
)
def test_a_fourteenth_week_that_the_text_tells(said: str) -> None:
    heads = f"{' ' * 41}     Three Months Ended\n{' ' * 38}December 30, 2023  December 31, 2022\n"
    text = f"{said}\n\nSTATEMENTS OF INCOME\n(In thousands)\n\n{heads}\n{rows(2)}"
    assert periods(text) == ["2023-10-01/2023-12-30", "2022-09-25/2022-12-31"]


def test_a_day_that_the_text_prints_near_the_computed_one() -> None:
    text = (
        "The quarter ended on July 2, 2023.\n\nSTATEMENTS OF INCOME\n(In thousands)\n\n"
        f"{' ' * 41}  Second-Quarter\n{' ' * 41}      2023          2022\n\n{rows(2)}"
    )
    assert [p.rpartition("/")[2] for p in periods(text)] == ["2023-07-02", "2022-06-30"]


@pytest.mark.parametrize(
    ("text", "iso"), [("31.03.2011", "2011-03-31"), ("03.31.11", "2011-03-31"), ("at 1.7.1998", "1998-07-01")]
)
def test_dotted_dates(text: str, iso: str) -> None:
    assert [str(d) for d in read_clues(text).dates] == [iso]


@pytest.mark.parametrize("text", ["1.25.3", "$1.10.50", "12.5%", "3.4.2.1998"])
def test_dots_that_make_no_date(text: str) -> None:
    assert not read_clues(text).dates


def test_words_without_a_clue_keep_the_columns_they_stand_over() -> None:
    text = """STATEMENTS OF INCOME
(In millions)

                                Second-Quarter      % Incr. /       Six Months        % Incr. /
                              2009        2008       (Decr.)     2009        2008      (Decr.)
Net sales                   12,734      27,742        (54)     31,015      53,402       (42)
Cost of sales                3,237       8,648        (63)      8,122      18,632       (56)
Gross profit                 9,497      19,094        (50)     22,893      34,770       (34)
Operating expenses           8,000      17,000        (53)     20,000      30,000       (33)
Net income                   1,497       2,094        (29)      2,893       4,770       (39)
"""
    assert periods(text) == [
        "2009-04-01/2009-06-30",
        "2008-04-01/2008-06-30",
        "2009-01-01/2009-06-30",
        "2008-01-01/2008-06-30",
    ]


def test_a_day_that_follows_from_other_years_is_told() -> None:
    text = """STATEMENTS OF INCOME
(In thousands)

Three fiscal years ended
September 29, 1995                             1995         1994         1993

Net sales                                    62,110       60,010       58,110
Cost of sales                                41,020       40,020       39,020
Gross profit                                 21,090       19,990       19,090
Operating expenses                           15,530       14,530       13,530
Net income                                    5,560        5,460        5,560

BALANCE SHEETS
(In thousands)

September 29, 1995, and September 30, 1994                  1995         1994

Cash                                                       4,110        3,010
Total assets                                               4,110        3,010
Equity                                                     4,110        3,010
Total liabilities and equity                               4,110        3,010
"""
    document, _ = cx.read(text.encode(), "page.txt")
    _, findings = cx.parse_statements(document)
    assert "periods.inferred" in [f.code for f in findings]


WEEKLY = """EXAMPLE TOOL CORP
BALANCE SHEETS
(In thousands)

                                    September 29,    September 30,
                                             1995             1994
Cash                                        3,316              874
Receivables                                 6,245           11,390
Total assets                                9,561           12,264
Accounts payable                            3,361            4,664
Shareholders' equity                        6,200            7,600
Total liabilities and equity                9,561           12,264

STATEMENTS OF INCOME
(In thousands)

Three fiscal years ended September 29, 1995      1995            1994            1993

{income}
{more}
"""
EQUITY = """STATEMENTS OF SHAREHOLDERS' EQUITY
(In thousands)

                                        Common      Retained       Total
{0:<38}   4,000         1,100       5,100
Net income                                  --         2,500       2,500
{1:<38}   4,000         3,600       7,600
"""


@pytest.mark.parametrize(
    "more",
    [
        EQUITY.format("Balance, September 24, 1993", "Balance, September 30, 1994"),
        EQUITY.format("Balances as of September 24, 1993", "Balances as of September 30, 1994"),
        "VALUATION ACCOUNTS\n\n                            Charged    Deducted    Balance\nYear ended\n"
        "September 24, 1993              25          26         84\nYear ended\n"
        "September 30, 1994              24          17         91\n",
        "The quarter ended on Monday, September 20, 1993.\n\n"
        + EQUITY.format("At September 24, 1993", "At September 30, 1994"),
    ],
)
def test_the_day_of_a_line_in_another_table_tells_the_week(more: str) -> None:
    text = WEEKLY.format(income=rows(3), more=more)
    assert [p.rpartition("/")[2] for p in periods(text)] == ["1995-09-29", "1994-09-30", "1993-09-24"]


@pytest.mark.parametrize("label", ["Notes due September 24, 1993", "September 24, 1993 options at $ 12"])
def test_a_day_that_a_line_only_speaks_of_tells_none(label: str) -> None:
    text = WEEKLY.format(income=rows(3), more=EQUITY.format(label, "Balance, September 30, 1994"))
    assert periods(text)[2].endswith("/1993-10-01")
    document, _ = cx.read(text.encode(), "page.txt")
    assert "periods.inferred" in [f.code for f in cx.parse_statements(document).findings]
