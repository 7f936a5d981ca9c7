"""Totals that add up nowhere: the row that is missing or stands twice, the cells exchanged, the landmark that
is lost."""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl import pipeline
from capxbrl.findings import Finding, Severity

FILING = """
WIDGET WORKS INC BALANCE SHEETS

(In thousands)

\tJune 30, 2004\tDecember 31, 2003
Cash and cash equivalents\t$ 5,310\t$ 4,250
Receivables\t7,125\t6,840
Inventories\t3,418\t3,907
Total current assets\t15,853\t14,997
Property, net\t8,215\t8,900
Total assets\t$ 24,068\t$ 23,897
Accounts payable\t$ 3,120\t$ 3,410
Accrued expenses\t1,244\t1,377
Total current liabilities\t4,364\t4,787
Long-term debt\t4,000\t4,500
Common stock\t6,404\t6,460
Retained earnings\t9,300\t8,150
Total stockholders' equity\t15,704\t14,610
Total liabilities and stockholders' equity\t$ 24,068\t$ 23,897

WIDGET WORKS INC STATEMENTS OF OPERATIONS

(In thousands)

\tSix Months Ended June 30,\t
\t2004\t2003
Revenues\t$ 18,240\t$ 17,115
Cost of revenues\t11,890\t11,318
Gross profit\t6,350\t5,797
Selling expenses\t2,512\t2,388
Administrative expenses\t1,613\t1,642
Operating income\t2,225\t1,767
Provision for income taxes\t775\t640
Net income\t$ 1,450\t$ 1,127

WIDGET WORKS INC STATEMENTS OF CASH FLOWS

(In thousands)

\tSix Months Ended June 30,\t
\t2004\t2003
Net income\t$ 1,450\t$ 1,127
Depreciation\t985\t960
Changes in receivables\t(285)\t(110)
Changes in payables\t(290)\t75
Net cash provided by operating activities\t1,860\t2,052
Purchases of property\t(214)\t(1,131)
Purchases of patents\t(86)\t(74)
Net cash used in investing activities\t(300)\t(1,205)
Repayment of debt\t(500)\t(512)
Net cash used in financing activities\t(500)\t(512)
Net increase in cash\t1,060\t335
Cash and cash equivalents at beginning of period\t4,250\t3,610
Cash and cash equivalents at end of period\t$ 5,310\t$ 3,945
"""


def findings(*changes: tuple[str, str]) -> list[Finding]:
    text = FILING
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    document, _ = pipeline.load(text.encode(), "widget.txt")
    _, found = pipeline.analyse(document)
    return [f for f in found if f.code.startswith(("foot.", "tie.", "statement.")) and f.severity is not Severity.NOTE]


def test_a_filing_that_adds_up_has_no_finding() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Inventories\t3,418\t3,907\n", ("3,418,000", "3,907,000", "'Total current assets'")),
        ("Accrued expenses\t1,244\t1,377\n", ("1,244,000", "1,377,000")),
        ("Retained earnings\t9,300\t8,150\n", ("9,300,000", "8,150,000")),
        ("Administrative expenses\t1,613\t1,642\n", ("1,613,000", "1,642,000", "'Operating income'")),
        ("Provision for income taxes\t775\t640\n", ("775,000", "640,000", "'Net income'")),
        ("Changes in payables\t(290)\t75\n", ("290,000", "75,000")),
        ("Purchases of patents\t(86)\t(74)\n", ("86,000", "74,000")),
    ],
)
def test_a_missing_row_is_told_with_its_figures(row: str, told: tuple[str, ...]) -> None:
    (found,) = findings((row, ""))
    assert (found.code, found.severity) == ("foot.total", Severity.WARNING)
    assert found.at is not None and found.hint is not None
    assert all(word in found.message + found.hint for word in told), found
    assert found.hint.count("a row of") <= 3


@pytest.mark.parametrize(
    ("row", "swapped", "line"),
    [
        ("Inventories\t3,418\t3,907", "Inventories\t3,907\t3,418", 9),
        ("Total current assets\t15,853\t14,997", "Total current assets\t14,997\t15,853", 10),
        ("Selling expenses\t2,512\t2,388", "Selling expenses\t2,388\t2,512", 31),
        ("Changes in receivables\t(285)\t(110)", "Changes in receivables\t(110)\t(285)", 45),
    ],
)
def test_two_cells_exchanged_are_told_at_their_row(row: str, swapped: str, line: int) -> None:
    (found,) = findings((row, swapped))
    assert (found.code, found.severity) == ("foot.total", Severity.WARNING)
    assert found.at is not None and found.at.line == line
    assert "may be exchanged" in found.message


@pytest.mark.parametrize(
    "row",
    [
        "Receivables\t7,125\t6,840\n",
        "Gross profit\t6,350\t5,797\n",
        "Depreciation\t985\t960\n",
        "Long-term debt\t4,000\t4,500\n",
    ],
)
def test_a_row_that_stands_twice(row: str) -> None:
    (found,) = findings((row, row + row))
    assert (found.code, found.severity) == ("foot.twice", Severity.WARNING)


def test_equal_rows_that_a_sum_takes_are_two_rows() -> None:
    assert (
        findings(
            ("Receivables\t7,125\t6,840\n", "Receivables\t3,500\t3,400\nReceivables\t3,500\t3,400\nOther\t125\t40\n")
        )
        == []
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Total current assets\t15,853\t14,997\n", "total of current assets"),
        ("Total stockholders' equity\t15,704\t14,610\n", "total of equity"),
        ("Total liabilities and stockholders' equity\t$ 24,068\t$ 23,897\n", "liabilities and equity"),
        ("Net cash provided by operating activities\t1,860\t2,052\n", "operating activities"),
        ("Net cash used in investing activities\t(300)\t(1,205)\n", "investing activities"),
        ("Cash and cash equivalents at end of period\t$ 5,310\t$ 3,945\n", "end of the period"),
        ("Cash and cash equivalents at beginning of period\t4,250\t3,610\n", "beginning of the period"),
    ],
)
def test_a_landmark_that_is_lost(row: str, told: str) -> None:
    (found,) = findings((row, ""))
    assert found.code == "statement.incomplete" and told in found.message


def test_cash_called_a_balance_is_cash_all_the_same() -> None:
    """Without the word cash in its lines a cash flow is still tied: the statement says which lines are balances."""
    names = (
        ("Cash and cash equivalents at beginning of period\t4,250", "Opening balance\t4,250"),
        ("Cash and cash equivalents at end of period\t$ 5,310", "Closing balance\t$ 5,310"),
    )
    assert findings(*names) == []
    wrong = (
        ("Depreciation\t985", "Depreciation\t1,015"),
        ("operating activities\t1,860", "operating activities\t1,890"),
        ("Net increase in cash\t1,060", "Net increase in cash\t1,090"),
        ("Closing balance\t$ 5,310", "Closing balance\t$ 5,340"),
    )
    assert {f.code for f in findings(*names, *wrong)} == {"tie.cash"}
    assert findings(*names, ("Closing balance\t$ 5,310\t$ 3,945", "Closing balance\t$ 5,710\t$ 4,345"))


@pytest.mark.parametrize("lost", ["Inventories                               3,050           3,040\n", ""])
def test_a_landmark_that_is_missing_explains_nothing_on_the_other_side(lost: str) -> None:
    """No total of equity is printed; a row of the assets is lost, or not."""
    page = f"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                                      September 30,   December 31,
                                          2009            2008
Cash and cash equivalents                 1,100           1,090
Accounts receivable                       2,200           2,180
{lost}Total assets                              6,350           6,310
Accounts payable                          1,350           1,310
Common stock                              2,000           2,000
Retained earnings                         3,000           3,000
Total liabilities and equity              6,350           6,310
"""
    found = [f for f in cx.convert(page.encode(), validate=False).findings if f.code == "foot.total"]
    assert [f.at.line for f in found if f.at] == ([] if lost else [8])
