"""Totals that the page asks for: below a rule, under a heading, around the expenses; and lines that come in pairs."""

from __future__ import annotations

import pytest

from capxbrl import pipeline
from capxbrl.findings import Finding, Severity

RULED = """
                          MAPLE TOOL COMPANY
                     STATEMENTS OF OPERATIONS
                          (In thousands)

                                       Year Ended December 31,
                                         2003         2002
                                       --------     --------
Revenues:
   Products                            $ 18,240     $ 17,115
   Services                               3,110        2,845
                                       --------     --------
      Total revenues                     21,350       19,960
                                       --------     --------
Costs and expenses:
   Cost of products                      11,890       11,318
   Cost of services                       1,402        1,377
   Selling and administrative             4,125        4,030
                                       --------     --------
      Total costs and expenses           17,417       16,725
                                       --------     --------
Operating income                          3,933        3,235
Interest expense                           (412)        (455)
Investment income, net                       61           74
                                       --------     --------
Income before income taxes                3,582        2,854
Provision for income taxes                1,254          998
                                       --------     --------
Net income                             $  2,328     $  1,856
                                       ========     ========
Basic earnings per share               $   0.58     $   0.47
Diluted earnings per share             $   0.56     $   0.46
Basic shares                              4,014        3,949
Diluted shares                            4,157        4,035
"""

PAGE = (
    "<table><tr><th></th><th colspan=2>Three months ended June 30,</th></tr>"
    "<tr><th>(in millions)</th><th>2011</th><th>2010</th></tr>{}</table>"
)
ROWS = (
    ("Net sales", "812", "777"),
    ("Cost of sales", "501", "488"),
    ("Gross profit", "311", "289"),
    ("Research and development", "62", "57"),
    ("Selling, general and administrative", "120", "119"),
    ("Total operating expenses", "182", "176"),
    ("Operating income", "129", "113"),
    ("Interest expense", "(9)", "(11)"),
    ("Interest income", "3", "4"),
    ("Income before income taxes", "123", "106"),
    ("Provision for income taxes", "41", "37"),
    ("Net income", "82", "69"),
    ("Less: net income attributable to noncontrolling interests", "5", "4"),
    ("Net income attributable to Harbor Pumps", "$77", "$65"),
    ("Basic", "$0.77", "$0.66"),
    ("Diluted", "$0.75", "$0.65"),
    ("Basic weighted average shares", "100", "98"),
    ("Diluted weighted average shares", "103", "100"),
)


def told(text: str, name: str) -> list[Finding]:
    document, _ = pipeline.load(text.encode(), name)
    _, found = pipeline.analyse(document)
    codes = ("foot.", "tie.", "statement.", "fundamental.")
    return [f for f in found if f.code.startswith(codes) and f.severity is not Severity.NOTE]


def ruled(*gone: str) -> list[Finding]:
    lines = RULED.splitlines()
    assert all(sum(line.strip().startswith(words) for line in lines) == 1 for words in gone)
    return told("\n".join(line for line in lines if not line.strip().startswith(gone or ("\0",))), "maple.txt")


def page(*gone: str, swapped: str = "") -> list[Finding]:
    rows = [(a, c, b) if a == swapped else (a, b, c) for a, b, c in ROWS if a not in gone]
    body = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in rows)
    return told(
        f"<html><body><p>HARBOR PUMPS, INC.</p><p>STATEMENTS OF INCOME</p>{PAGE.format(body)}</body></html>", "p.htm"
    )


def test_pages_that_are_whole_are_told_of_nothing() -> None:
    assert ruled() == []
    assert page() == []


@pytest.mark.parametrize("row", ["Total revenues", "Income before income taxes"])
def test_a_rule_without_its_total(row: str) -> None:
    (found,) = ruled(row)
    assert found.code == "statement.incomplete" and found.severity is Severity.WARNING and found.at is not None


def test_a_total_of_expenses_asks_for_one_above_it() -> None:
    (found,) = page("Gross profit")
    assert found.code == "statement.incomplete" and "'Net sales' to 'Cost of sales'" in found.message


def test_a_total_of_expenses_leads_to_a_result() -> None:
    (found,) = page("Operating income")
    assert found.code == "statement.incomplete" and "operating income" in found.message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Basic", "basic earnings per share"),
        ("Diluted", "diluted earnings per share"),
        ("Income before income taxes", "income before income taxes"),
        ("Net income attributable to Harbor Pumps", "attributable to the owners"),
    ],
)
def test_a_line_that_comes_with_another(row: str, words: str) -> None:
    assert any(f.code == "statement.incomplete" and words in f.message for f in page(row))


def test_figures_of_earnings_per_share_exchanged() -> None:
    """The income is not exchanged, so both products miss it, and hold when the two change places."""
    found = page(swapped="Basic")
    assert any(f.code == "tie.earnings-per-share" and "exchanged" in (f.hint or "") for f in found), found
    assert page(swapped="Diluted")


HEADED = """
PINE BANK STATEMENTS OF INCOME

(In thousands)

\tYear Ended December 31,\t
\t2006\t2005
Interest income:
Loans\t42,118\t38,940
Securities\t9,310\t9,877
Total interest income\t51,428\t48,817
Interest expense:
Deposits\t18,204\t15,116
Borrowings\t4,077\t3,902
Total interest expense\t22,281\t19,018
Net interest income\t29,147\t29,799
Provision for loan losses\t1,250\t1,100
Net interest income after provision for loan losses\t27,897\t28,699
Noninterest income:
Service charges\t5,105\t4,988
Trust fees\t2,210\t2,145
Total noninterest income\t7,315\t7,133
Noninterest expense:
Salaries and benefits\t14,880\t14,102
Occupancy\t3,745\t3,690
Total noninterest expense\t18,625\t17,792
Income before income taxes\t16,587\t18,040
Income tax expense\t5,640\t6,210
Net income\t10,947\t11,830
"""


def test_a_heading_of_income_ends_in_a_total() -> None:
    assert told(HEADED, "pine.txt") == []
    for row in ("Total interest income\t51,428\t48,817\n", "Total noninterest income\t7,315\t7,133\n"):
        assert row in HEADED
        found = told(HEADED.replace(row, ""), "pine.txt")
        assert any(f.code == "statement.incomplete" and "stand under" in f.message for f in found), row


FLOWS = """
CEDAR MILLS STATEMENTS OF CASH FLOWS

(In thousands)

\tYear Ended December 31,\t
\t2006\t2005
Net income\t4,120\t3,870
Depreciation\t1,905\t1,880
Increase in receivables\t(410)\t(225)
Net cash provided by operating activities\t5,615\t5,525
Capital expenditures\t(2,240)\t(1,990)
Other investing activities, net\t(150)\t85
Net cash used in investing activities\t(2,390)\t(1,905)
Dividends paid\t(1,200)\t(1,100)
Increase in short-term debt\t300\t(900)
Net cash used in financing activities\t(900)\t(2,000)
Net increase in cash\t2,325\t1,620
Cash at beginning of year\t3,015\t1,395
Cash at end of year\t5,340\t3,015
"""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Net increase in cash\t2,325\t1,620\n", "change in cash"),
        ("Net cash used in investing activities\t(2,390)\t(1,905)\n", "investing activities"),
    ],
)
def test_other_lines_of_like_words_are_no_landmark(row: str, words: str) -> None:
    """Receivables increase too, and "other investing activities" are no total of them."""
    assert told(FLOWS, "cedar.txt") == [] and row in FLOWS
    assert any(words in f.message for f in told(FLOWS.replace(row, ""), "cedar.txt"))


def test_opening_cash_exchanged() -> None:
    old, new = "beginning of year\t3,015\t1,395", "beginning of year\t1,395\t3,015"
    assert any(f.code == "foot.total" for f in told(FLOWS.replace(old, new), "cedar.txt"))


CHAIN = """
HARBOR PUMPS PLC STATEMENTS OF INCOME

(In thousands)

\tYear Ended December 31,\t
\t2004\t2003
Net revenue\t9,812\t9,120
Cost of revenue\t5,640\t5,301
Gross margin\t4,172\t3,819
Marketing\t1,204\t1,150
Administration\t988\t955
Operating profit\t1,980\t1,714
Interest charges\t(210)\t(244)
Profit before taxation\t1,770\t1,470
Taxation\t(620)\t(515)
Profit for the year\t1,150\t955
"""
SIDES = """
HARBOR PUMPS PLC BALANCE SHEETS

(In thousands)

\tDecember 31, 2004\tDecember 31, 2003
Cash\t1,210\t980
Trade receivables\t4,380\t4,105
Total current assets\t5,590\t5,085
Plant\t9,395\t9,680
Total assets\t14,985\t14,765
Trade payables\t3,140\t2,960
Taxes payable\t455\t510
Total current liabilities\t3,595\t3,470
Bank loans\t4,000\t4,600
Total liabilities\t7,595\t8,070
Share capital\t2,500\t2,500
Retained earnings\t4,890\t4,195
Total shareholders' equity\t7,390\t6,695
Total liabilities and shareholders' equity\t14,985\t14,765
"""


@pytest.mark.parametrize(
    ("text", "row", "figures"),
    [
        (SIDES, "Bank loans\t4,000\t4,600\n", ("4,000,000", "4,600,000")),
        (CHAIN, "Interest charges\t(210)\t(244)\n", ("210,000", "244,000")),
        (CHAIN, "Taxation\t(620)\t(515)\n", ("620,000", "515,000")),
    ],
)
def test_a_single_row_between_two_totals(text: str, row: str, figures: tuple[str, ...]) -> None:
    """Its loss leaves the total above it in no sum, and the one below it without one."""
    assert told(text, "harbor.txt") == [] and row in text
    (found,) = told(text.replace(row, ""), "harbor.txt")
    assert found.code == "foot.total" and all(f in found.message + str(found.hint) for f in figures), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Taxation\t(620)\t(515)", "Taxation\t(515)\t(620)"),
        ("Profit for the year\t1,150\t955", "Profit for the year\t955\t1,150"),
        ("Profit for the year\t1,150\t955", "Profit for the year\t1,450\t985"),
    ],
)
def test_the_last_line_of_a_chain_is_no_less_a_total(old: str, new: str) -> None:
    assert old in CHAIN
    assert any(f.code == "foot.total" for f in told(CHAIN.replace(old, new), "harbor.txt"))
