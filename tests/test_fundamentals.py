"""The fundamental accounting relations: the table, and what the rule says of facts that break one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl import fundamentals, pipeline, taxonomy
from capxbrl.findings import BadData, Finding
from capxbrl.model import Report
from capxbrl.rules import fundamentals as rule

PAGE = """
GADGET CORP CONDENSED CONSOLIDATED BALANCE SHEETS

(In thousands)

\tJune 30, 2009\tDecember 31, 2008
Cash and cash equivalents\t$ 1,310\t$ 1,120
Accounts receivable, net\t2,460\t2,215
Total current assets\t3,770\t3,335
Property and equipment, net\t4,105\t4,290
Total assets\t$ 7,875\t$ 7,625
Accounts payable\t$ 905\t$ 870
Total current liabilities\t905\t870
Long-term debt\t2,000\t2,150
Total liabilities\t2,905\t3,020
Common stock\t1,500\t1,500
Retained earnings\t3,470\t3,105
Total stockholders' equity\t4,970\t4,605
Total liabilities and stockholders' equity\t$ 7,875\t$ 7,625

GADGET CORP CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS

(In thousands, except per share data)

\tSix Months Ended June 30,\t
\t2009\t2008
Net sales\t$ 9,240\t$ 8,815
Cost of goods sold\t6,110\t5,935
Gross profit\t3,130\t2,880
Selling, general and administrative\t2,520\t2,405
Income before income taxes\t610\t475
Provision for income taxes\t245\t190
Net income\t$ 365\t$ 285
Basic earnings per share\t$ 0.37\t$ 0.29
Diluted earnings per share\t$ 0.35\t$ 0.28
Weighted average shares outstanding, basic\t1,000\t1,000
Weighted average shares outstanding, diluted\t1,040\t1,030

GADGET CORP CONDENSED CONSOLIDATED STATEMENTS OF CASH FLOWS

(In thousands)

\tSix Months Ended June 30,\t
\t2009\t2008
Net income\t$ 365\t$ 285
Depreciation\t310\t300
Net cash provided by operating activities\t675\t585
Purchases of property and equipment\t(400)\t(430)
Proceeds from sale of property and equipment\t65\t20
Net cash used in investing activities\t(335)\t(410)
Repayments of long-term debt\t(150)\t(100)
Net cash used in financing activities\t(150)\t(100)
Net increase in cash and cash equivalents\t190\t75
Cash and cash equivalents at beginning of period\t1,120\t900
Cash and cash equivalents at end of period\t$ 1,310\t$ 975
"""


@pytest.fixture(scope="module")
def report() -> Report:
    document, _ = pipeline.load(PAGE.encode(), "gadget.txt")
    made, _ = pipeline.analyse(document)
    return made.report


def published(report: Report, **values: int | str) -> tuple[Finding, ...]:
    """What the rule says where the facts of the latest period had other values, on a page that proves nothing."""
    facts = tuple(
        replace(f, value=Decimal(values[f.concept.name]))
        if f.concept.name in values and f.period.end.year == 2009
        else f
        for f in report.facts
    )
    return rule.check(replace(report, facts=facts, statements=()))


def test_every_name_is_a_concept() -> None:
    concepts = taxonomy.load(taxonomy.DEFAULT).concepts
    for law in fundamentals.fundamentals():
        names = [n for term in (*law.left, *law.right) for n in term.names]
        assert not [n for n in (*names, *law.unless) if n not in concepts], law.at
    assert len(fundamentals.fundamentals()) >= 20
    assert (
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfDilutedSharesOutstanding",
    ) in fundamentals.orders()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,sum,Assets,Liabilities,,s,w", "is none of"),
        ("a,equal,Assets,,,s,w", "two sides"),
        ("a,equal,Assets,my group,,s,w", "no group"),
        ("a,equal,Assets,Liabilities@middle,,s,w", "no term"),
        ("a,equal,Assets,Liabilities,,,w", "source"),
    ],
)
def test_a_wrong_row_is_told_with_its_place(row: str, complaint: str, tmp_path: Path) -> None:
    table = tmp_path / "relations.csv"
    table.write_text(f"{','.join(fundamentals.COLUMNS)}\n{row}\n")
    with pytest.raises(BadData, match=f"relations.csv:2.*{complaint}"):
        fundamentals.load(table)


def test_statements_that_agree_say_nothing(report: Report, reference: Path) -> None:
    assert rule.check(report) == ()
    document, _ = pipeline.load(reference)
    made, _ = pipeline.analyse(document)
    assert rule.check(made.report) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"NetCashProvidedByUsedInInvestingActivities": 335_000}, "fundamental.cash-flows"),
        ({"CashAndCashEquivalentsPeriodIncreaseDecrease": -190_000}, "fundamental.cash-rolls"),
        ({"GrossProfit": 3_310_000}, "fundamental.gross-profit"),
        ({"NetIncomeLoss": -365_000}, "fundamental.sign-of-earnings"),
        ({"IncomeTaxExpenseBenefit": -245_000}, "fundamental.net-income"),
        ({"EarningsPerShareDiluted": "0.53"}, "fundamental.dilution"),
        ({"WeightedAverageNumberOfDilutedSharesOutstanding": 104_000}, "fundamental.diluted-shares"),
        ({"Liabilities": 2_509_000}, "fundamental.sides"),
        ({"AssetsCurrent": 37_770_000}, "fundamental.current-assets"),
        ({"PropertyPlantAndEquipmentNet": -4_105_000}, "fundamental.never-negative"),
    ],
)
def test_a_relation_that_breaks_is_told_once(report: Report, values: dict[str, int | str], code: str) -> None:
    found = [f for f in published(report, **values) if f.code == code]
    assert len(found) == 1 and found[0].at is not None and found[0].hint
    assert "2009" in found[0].message and "2008-0" not in found[0].message


def test_rounding_and_what_another_fact_explains_are_no_alarm(report: Report) -> None:
    assert not published(report, GrossProfit=3_131_000)  # three figures, half a thousand each
    # 7,875 - 2,000 of debt: the difference is another fact of the balance sheet.
    assert not [f for f in published(report, Liabilities=905_000) if f.code == "fundamental.sides"]


@pytest.mark.parametrize(
    ("label", "figures", "diluted"),
    [
        ("Weighted average ADSs", "250\t249", False),
        ("Weighted average American depositary shares", "100\t100", False),
        ("Weighted average ADS equivalents, diluted", "500\t490", False),
        ("Weighted average shares outstanding, diluted", "1,040\t1,030", True),
        # A digit lost in one column is a slip, and no other concept.
        ("Weighted average shares outstanding, diluted", "104\t1,030", True),
    ],
)
def test_a_pair_that_breaks_an_order_is_not_claimed(label: str, figures: str, diluted: bool) -> None:
    page = PAGE.replace("Weighted average shares outstanding, diluted", label).replace("1,040\t1,030", figures)
    document, _ = pipeline.load(page.encode(), "gadget.txt")
    made, _ = pipeline.analyse(document)
    names = {f.label: f.concept.name for f in made.facts}
    assert names["Weighted average shares outstanding, basic"] == "WeightedAverageNumberOfSharesOutstandingBasic"
    assert (names[label] == "WeightedAverageNumberOfDilutedSharesOutstanding") is diluted
