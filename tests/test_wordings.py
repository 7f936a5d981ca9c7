"""What filers put in many ways: the wordings that tell an element, by place and year; a table with a fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.findings import BadData
from capxbrl.model import Kind
from capxbrl.options import Options
from capxbrl.tagging import wordings

CASH, BALANCE, INCOME = Kind.CASH_FLOW, Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT
WITHHELD = "PaymentsRelatedToTaxWithholdingForShareBasedCompensation"


def told(label: str, kind: Kind, zone: str = "", year: int = 2023) -> str:
    row = next(wordings.worded(label, kind, zone, year), None)
    return row.concept if row is not None else ""


@pytest.mark.parametrize(
    ("label", "kind", "zone", "concept"),
    [
        ("Tax withholdings on vested restricted stock units", CASH, "F", WITHHELD),
        ("Shares withheld for employee taxes", CASH, "F", WITHHELD),
        ("Cash paid for taxes on net share settlement of awards", CASH, "F", WITHHELD),
        ("Excess tax benefits from share-based compensation", CASH, "F", ""),
        ("Income taxes paid", CASH, "Z", ""),
        ("Repayments of finance lease obligations", CASH, "F", "RepaymentsOfLongTermCapitalLeaseObligations"),
        ("Payments on notes and finance leases", CASH, "F", "RepaymentsOfDebtAndCapitalLeaseObligations"),
        ("Reduction of right-of-use assets", CASH, "O", "OperatingLeaseRightOfUseAssetAmortizationExpense"),
        ("Purchase of Oak Mills, net of cash acquired", CASH, "I", "PaymentsToAcquireBusinessesNetOfCashAcquired"),
        ("Proceeds from sale of Oak Mills business, net of cash sold", CASH, "I",
         "ProceedsFromDivestitureOfBusinessesNetOfCashDivested"),
        ("Unpaid purchases of equipment (Note 4)", CASH, "Z", "CapitalExpendituresIncurredButNotYetPaid"),
        ("Operating lease obligations", BALANCE, "CL", "OperatingLeaseLiabilityCurrent"),
        ("Operating lease obligations", BALANCE, "L", "OperatingLeaseLiabilityNoncurrent"),
        ("Lease obligations and debt", BALANCE, "L", ""),
        ("Redeemable noncontrolling interests in subsidiaries", BALANCE, "E",
         "RedeemableNoncontrollingInterestEquityCarryingAmount"),
        ("Total liabilities, redeemable noncontrolling interests and equity", BALANCE, "E", ""),
        ("Deferred tax assets, net", BALANCE, "A", "DeferredIncomeTaxAssetsNet"),
        ("Cost of sales, excluding amortization of acquired intangible assets", INCOME, "", "CostOfRevenue"),
        ("Income before impairment of goodwill and intangible assets", INCOME, "", ""),
        ("Net cash flows before acquisition of businesses, net of cash acquired", CASH, "I", ""),
        ("Other components of net periodic postretirement cost", INCOME, "",
         "NetPeriodicDefinedBenefitsExpenseReversalOfExpenseExcludingServiceCostComponent"),
    ],
)  # fmt: skip
def test_words_tell_the_element(label: str, kind: Kind, zone: str, concept: str) -> None:
    assert told(label, kind, zone) == concept


def test_a_row_holds_from_its_year_on() -> None:
    assert told("Other long-term liabilities", CASH, "O", 2014) == "IncreaseDecreaseInOtherNoncurrentLiabilities"
    assert told("Other long-term liabilities", CASH, "O", 2009) == ""
    assert told("Deferred income taxes", BALANCE, "A", 2012) == ""


def test_every_row_holds_its_own_examples() -> None:
    rows = [one for kind in wordings.table().values() for one in kind]
    assert len(rows) > 100
    for one in rows:
        assert wordings.compiled(one).pattern == one.pattern and one.word == one.word.lower()


CASH_FLOWS = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31, 2023
Net income\t$ 1,500
Net cash provided by operating activities\t1,500
Purchases of property and equipment\t(400)
Net cash used in investing activities\t(400)
Dividends paid\t(300)
Net cash used in financing activities\t(300)
Increase in cash, cash equivalents and restricted cash\t800
Cash, cash equivalents and restricted cash, beginning of year\t1,200
Cash, cash equivalents and restricted cash, end of year\t$ 2,000
Cash and cash equivalents\t$ 1,900
Restricted cash included in other assets, noncurrent\t100
Total cash, cash equivalents and restricted cash\t$ 2,000
"""


def test_the_total_of_closing_cash_is_that_cash() -> None:
    made, _ = pipeline.analyse(pipeline.load(CASH_FLOWS.encode(), "page.txt").value, Options())
    names = {f.label: f.concept.name for f in made.report.facts}
    total = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
    assert names["Total cash, cash equivalents and restricted cash"] == total
    assert names["Cash and cash equivalents"] == "CashAndCashEquivalentsAtCarryingValue"
    assert names["Restricted cash included in other assets, noncurrent"] == "RestrictedCashNoncurrent"


def test_a_row_is_fairly_sure() -> None:
    made, _ = pipeline.analyse(pipeline.load(CASH_FLOWS.encode(), "page.txt").value, Options())
    assert next(f for f in made.report.facts if "noncurrent" in f.label).confidence >= 0.75


def test_a_table_with_a_fault_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    head = "statement,zones,since,word,pattern,concept,matches,differs,why\n"
    folder = tmp_path / "capx-gaap"
    folder.mkdir()
    monkeypatch.setattr(wordings, "taxonomies", lambda: tmp_path)
    for row, fault in (
        ("cash_flow,F,,tax,tax,NoSuchElement,tax,cash,x", "no concept NoSuchElement"),
        ("cash_flow,F,x,tax,tax,Assets,tax,cash,x", "no year"),
        ("cash_flow,F,,tax,tax(,Assets,tax,cash,x", "cannot be read"),
        ("cash_flow,F,,tax,tax,Assets,cash,cash,x", "is not found"),
        ("cash_flow,F,,tax,tax,Assets,tax,tax paid,x", "must not be found"),
    ):
        (folder / "wordings.csv").write_text(head + row + "\n", encoding="utf-8")
        with pytest.raises(BadData, match=fault):
            for rows in wordings.table.__wrapped__().values():
                wordings.compiled(rows[0])
