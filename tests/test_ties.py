"""Ties between places and statements: what agrees, what does not, and what is no tie at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

import capxbrl as cx
from capxbrl import pipeline
from capxbrl.findings import Finding, Severity
from capxbrl.rules import comparative

FILING = """
GADGET CORP CONSOLIDATED BALANCE SHEETS

(In thousands, except share data)

\tJune 30, 2009\tDecember 31, 2008
Cash and cash equivalents\t$ 5,310\t$ 4,250
Receivables\t7,125\t6,840
Total current assets\t12,435\t11,090
Property, net\t8,215\t8,900
Total assets\t$ 20,650\t$ 19,990
Accounts payable\t$ 3,120\t$ 3,410
Long-term debt\t4,000\t4,500
Total liabilities\t7,120\t7,910
Common stock, $.01 par value; 50,000,000 shares authorized; \
10,250,000 shares issued and 10,000,000 shares outstanding at June 30, 2009; \
10,240,000 shares issued and 10,000,000 shares outstanding at December 31, 2008\t103\t102
Additional paid-in capital\t6,327\t6,228
Retained earnings\t8,600\t7,150
Treasury stock, at cost; 250,000 shares at June 30, 2009 and 240,000 shares at December 31, 2008\t(1,500)\t(1,400)
Total stockholders' equity\t13,530\t12,080
Total liabilities and stockholders' equity\t$ 20,650\t$ 19,990

GADGET CORP CONSOLIDATED STATEMENTS OF OPERATIONS

(In thousands, except per share data)

\tThree Months Ended June 30,\t\tSix Months Ended June 30,\t
\t2009\t2008\t2009\t2008
Revenues\t$ 9,310\t$ 8,650\t$ 18,240\t$ 17,115
Cost of revenues\t6,005\t5,720\t11,890\t11,318
Gross profit\t3,305\t2,930\t6,350\t5,797
Operating expenses\t2,110\t2,025\t4,125\t4,030
Income before income taxes\t1,195\t905\t2,225\t1,767
Provision for income taxes\t425\t320\t775\t640
Net income\t$ 770\t$ 585\t$ 1,450\t$ 1,127
Net income per share, basic and diluted\t$ 0.08\t$ 0.06\t$ 0.15\t$ 0.11
Weighted average shares outstanding, basic and diluted\t10,000\t10,050\t10,000\t10,050

GADGET CORP CONSOLIDATED STATEMENTS OF CASH FLOWS

(In thousands)

\tSix Months Ended June 30,\t
\t2009\t2008
Net income\t$ 1,450\t$ 1,127
Depreciation\t985\t960
Changes in receivables\t(285)\t(110)
Changes in payables\t(290)\t75
Net cash provided by operating activities\t1,860\t2,052
Purchases of property\t(300)\t(1,205)
Net cash used in investing activities\t(300)\t(1,205)
Repayment of debt\t(500)\t(500)
Net cash used in financing activities\t(500)\t(500)
Net increase in cash\t1,060\t347
Cash and cash equivalents at beginning of period\t4,250\t3,610
Cash and cash equivalents at end of period\t$ 5,310\t$ 3,957
"""


def findings(*changes: tuple[str, str]) -> list[Finding]:
    text = FILING
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    document, _ = pipeline.load(text.encode(), "gadget.txt")
    _, found = pipeline.analyse(document)
    return [f for f in found if f.code.startswith(("foot.", "tie.", "prose.", "repair."))]


def test_a_consistent_filing_has_no_finding() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        # the whole right side changed, so that each side foots
        (
            [
                ("Accounts payable\t$ 3,120", "Accounts payable\t$ 3,220"),
                ("Total liabilities\t7,120", "Total liabilities\t7,220"),
                (
                    "Total liabilities and stockholders' equity\t$ 20,650",
                    "Total liabilities and stockholders' equity\t$ 20,750",
                ),
            ],
            "tie.balance",
            ("20,650,000", "20,750,000", "100,000"),
        ),
        # the cash flow statement ends in another figure, and still foots
        (
            [
                ("Depreciation\t985", "Depreciation\t1,015"),
                ("operating activities\t1,860", "operating activities\t1,890"),
                ("Net increase in cash\t1,060", "Net increase in cash\t1,090"),
                ("end of period\t$ 5,310", "end of period\t$ 5,340"),
            ],
            "tie.cash",
            ("5,340,000", "5,310,000", "30,000"),
        ),
        (
            [("Net income\t$ 1,450\t$ 1,127\nDepreciation\t985", "Net income\t$ 1,480\t$ 1,127\nDepreciation\t955")],
            "tie.net-income",
            ("1,480,000", "1,450,000", "30,000"),
        ),
        ([("diluted\t$ 0.08", "diluted\t$ 0.80")], "tie.earnings-per-share", ("0.80", "10,000,000", "770,000")),
        (
            [("10,000,000 shares outstanding at June", "10,100,000 shares outstanding at June")],
            "tie.shares",
            ("10,100,000", "250,000"),
        ),
        # both columns of sales and of their cost, so that every sum foots
        ([("$ 18,240", "$ 8,240"), ("11,890", "1,890")], "tie.year-to-date", ("8,240,000", "9,310,000")),
    ],
)
def test_a_tie_that_fails_names_both_figures_and_the_difference(
    changes: list[tuple[str, str]], code: str, words: tuple[str, ...]
) -> None:
    found = findings(*changes)
    (first, *_) = (f for f in found if f.code == code)
    assert first.severity is Severity.WARNING and first.at is not None
    assert all(word in first.message for word in words), first.message
    assert first.message.count("gadget.txt:") >= 2


@pytest.mark.parametrize(
    "changes",
    [
        # restricted cash: the whole difference is no slip
        [
            ("beginning of period\t4,250", "beginning of period\t4,737"),
            ("end of period\t$ 5,310", "end of period\t$ 5,797"),
        ],
        # preferred dividends: all figures per share are lower
        [("diluted\t$ 0.08\t$ 0.06\t$ 0.15\t$ 0.11", "diluted\t$ 0.05\t$ 0.03\t$ 0.09\t$ 0.05")],
    ],
)
def test_what_has_another_reason_is_no_warning(changes: list[tuple[str, str]]) -> None:
    assert [f for f in findings(*changes) if f.severity is not Severity.NOTE] == []


def test_a_scale_that_was_misread_is_settled_by_ties() -> None:
    text = FILING.replace("(In thousands)\n", "(In millions)\n")
    made = cx.convert(text.encode(), name="gadget.txt", validate=False)
    told = {f.code for f in made.findings if f.severity is not Severity.NOTE}
    # Par value x shares and what the statements share settle the scale of the cash flow.
    assert "scale.contradiction" in told and "tie.cash" not in told


def test_retained_earnings_moved_by_dividends_and_by_what_the_page_names() -> None:
    lower = (("Retained earnings\t8,600", "Retained earnings\t8,400"), ("capital\t6,327", "capital\t6,527"))
    (note,) = findings(*lower)
    assert (note.code, note.severity) == ("tie.retained-earnings", Severity.NOTE)
    assert "-200,000" in note.message and note.hint is not None and "names none" in note.hint
    paid = findings(
        *lower,
        ("Repayment of debt\t(500)", "Dividends paid\t(200)\t-\nRepayment of debt\t(300)"),
    )
    assert [f.code for f in paid] == []


def test_columns_of_different_scales() -> None:
    document, _ = pipeline.load(FILING.encode(), "gadget.txt")
    made, _ = pipeline.analyse(document)
    one = made.report.statements[2]
    lines = tuple(
        replace(
            line,
            amounts=tuple(a and replace(a, value=a.value * (1000 if c else 1)) for c, a in enumerate(line.amounts)),
        )
        for line in one.statement.lines
    )
    mixed = replace(one, statement=replace(one.statement, lines=lines))
    (told,) = comparative.check(replace(made.report, statements=(mixed,)))
    assert told.severity is Severity.WARNING and "10^-3 times" in told.message
    assert comparative.check(made.report) == ()
