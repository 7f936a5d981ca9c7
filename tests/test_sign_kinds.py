"""Signs of lines whose print and words leave them open: shares of others, amounts in a statement of cash flows, costs
that came back, what a reconciliation repeats, and elements that a vintage gave up."""

from __future__ import annotations

import pytest
from test_signs import CASH, INCOME, SHEET, convert, values

from capxbrl import polarity
from capxbrl.tagging.labels import zones


@pytest.mark.parametrize("label", ["Minority interest", "Minority interests", "Noncontrolling interests"])
@pytest.mark.parametrize(("printed", "value"), [("18 | (9)", -18), ("18 | 9", -18), ("(18) | (9)", 18)])
def test_whose_share_it_is_words_say_which_way_it_goes_the_sum(label: str, printed: str, value: int) -> None:
    now, before = (int(p.replace("(", "-").replace(")", "")) for p in printed.split(" | "))
    found = values(
        INCOME,
        f"""
        Revenues | 5,600 | 5,450
        Costs and expenses | 5,100 | 5,000
        Income before income taxes | 500 | 450
        Income taxes | 180 | 160
        {label} | {printed}
        Net income | {320 + now} | {290 + before}
    """,
    )
    assert (found["Income taxes"], found[label], found["Net income"]) == (180, value, 320 + now)


AMOUNTS = {
    "what grew": ("Increase in other assets", 31),
    "what was capitalized": ("Interest capitalized", 31),
    "what came back": ("Recovery of prior write-downs", 31),
    "what was earned": ("Gain on sale of a division", 31),
}


@pytest.mark.parametrize(("label", "value"), AMOUNTS.values(), ids=AMOUNTS.keys())
def test_amounts_that_a_cash_flow_takes_off(label: str, value: int) -> None:
    found = values(
        CASH,
        f"""
        Net income | 900 | 800
        Depreciation | 210 | 190
        {label} | (31) | (22)
        Net cash provided by operating activities | 1,079 | 968
    """,
    )
    assert (found["Net income"], found[label]) == (900, value)


def test_the_indirect_method_below_the_direct_one_is_read_as_one() -> None:
    found = values(
        CASH,
        """
        Cash flows from operating activities:
        Cash received from customers | 15,300 | 14,200
        Cash paid to suppliers and employees | (14,100) | (13,300)
        Net cash provided by operating activities | 1,200 | 900
        Cash flows from financing activities:
        Net change in revolving credit | (300) | 200
        Net increase in cash | 900 | 1,100
        Cash at beginning of year | 1,900 | 800
        Cash at end of year | 2,800 | 1,900
        Reconciliation of net income to net cash provided by operating activities:
        Net income | 1,000 | 720
        Depreciation | 265 | 245
        Gain on sale of assets | (20) | (35)
        Increase in receivables | (110) | (60)
        Decrease in inventories | 65 | 30
    """,
    )
    assert (found["Increase in receivables"], found["Decrease in inventories"]) == (110, -65)
    assert (found["Gain on sale of assets"], found["Net change in revolving credit"]) == (20, -300)


@pytest.mark.parametrize("name", ["Restructuring costs", "Reorganization charges", "Impairment of long-lived assets"])
def test_a_cost_that_came_back_is_below_zero(name: str) -> None:
    found = values(
        INCOME,
        f"""
        Net sales | 9,000 | 8,000
        Selling expenses | 2,000 | 1,900
        Research and development | 1,000 | 900
        {name} | (23) | 321
        Operating income | 6,023 | 4,879
    """,
    )
    assert (found[name], found["Selling expenses"]) == (-23, 2000)


def test_what_a_reconciliation_repeats_is_the_same_fact() -> None:
    made = convert(
        INCOME,
        """
        Rental revenues | 8,400 | 8,100
        Property operating expenses | 3,100 | 3,000
        Gains on sales of real estate | 300 | 40
        Net income | 5,600 | 5,140
        Real estate depreciation | 1,700 | 1,650
        Gains on sales of real estate | (300) | (40)
        Funds from operations | 7,000 | 6,750
    """,
    )
    told = [f.value for f in made.report.facts if f.label == "Gains on sales of real estate"]
    assert sorted(set(told)) == [40_000, 300_000]


@pytest.mark.parametrize(
    ("label", "way", "both"),
    [
        ("Loss before provision (benefit) for income taxes", -1, False),
        ("Loss from discontinued operations, net of tax benefit", -1, False),
        ("Provision for (recapture of) credit losses", -1, True),
        ("Allowance for equity funds used during construction", 0, False),
    ],
)
def test_words_that_follow_do_not_turn_a_label(label: str, way: int, both: bool) -> None:
    assert polarity.sense(label) == polarity.Sense(way=way, both=both)


@pytest.mark.parametrize(
    ("label", "called"),
    [
        ("(Gain) loss on sale", -1),
        ("Income taxes (benefit) from continuing operations", 1),
        ("Other expense (income)", 1),
    ],
)
def test_what_an_element_of_the_filers_own_is_called_by(label: str, called: int) -> None:
    assert polarity.called(label) == called


def test_sections_may_stand_in_any_order() -> None:
    labels = [
        "other",
        "net cash from operating activity",
        "other",
        "net cash from financing activity",
        "other",
        "net cash in investing activity",
    ]
    assert zones("CF", labels) == ["O", "O", "F", "F", "I", "I"]
    assert zones("CF", [*labels[:2], *labels[4:], *labels[2:4]]) == ["O", "O", "I", "I", "F", "F"]


@pytest.mark.parametrize(
    ("year", "concept", "value"),
    [
        (2009, "AdjustmentsNoncashItemsToReconcileNetIncomeLossToCashProvidedByUsedInOperatingActivitiesOther", -14000),
        (2019, "OtherNoncashIncomeExpense", 14000),
    ],
)
def test_an_element_that_was_given_up_gives_way_to_its_successor(year: int, concept: str, value: int) -> None:
    made = convert(
        CASH,
        """
        Net income | 900 | 800
        Depreciation and amortization | 210 | 190
        Other, net | (14) | 9
        Accounts receivable | (44) | 12
        Net cash provided by operating activities | 1,052 | 1,011
        Capital expenditures | (500) | (400)
        Net cash used in investing activities | (500) | (400)
        Dividends paid | (200) | (100)
        Net cash used in financing activities | (200) | (100)
        Net increase in cash | 352 | 511
    """,
        year,
    )
    other = next(f for f in made.report.facts if f.label == "Other, net")
    assert (other.concept.name, other.value) == (concept, value)


def test_a_subtotal_without_a_label_does_not_take_the_name_of_the_total_below() -> None:
    made = convert(
        SHEET,
        """
        Total assets | 6,000 | 5,500
        Accounts payable | 1,700 | 1,600
        STOCKHOLDERS' EQUITY
        Common stock | 900 | 900
        Retained earnings | 3,600 | 3,200
        | 4,500 | 4,100
        Less treasury stock | 200 | 200
        Total stockholders' equity | 4,300 | 3,900
        Total liabilities and stockholders' equity | 6,000 | 5,500
    """,
    )
    equity = [f.value for f in made.report.facts if f.concept.name == "StockholdersEquity"]
    assert equity == [4_300_000, 3_900_000]


NAMED = {
    "a gain or loss": ("Loss (gain) on debt and equity securities, net", "", "DebtAndEquitySecuritiesGainLoss", -31),
    "one of both": ("Gain on sale of business, net", "", "GainLossOnSaleOfBusiness", -31),
    "what changed": ("Materials and supplies", "Changes in operating assets and liabilities:",
                     "IncreaseDecreaseInMaterialsAndSupplies", -31),
    "a change by its word": ("Change in prepaid deferred expense and other assets", "",
                            "IncreaseDecreaseInPrepaidDeferredExpenseAndOtherAssets", -31),
}  # fmt: skip


@pytest.mark.parametrize(("label", "heading", "concept", "value"), NAMED.values(), ids=NAMED.keys())
def test_an_element_that_is_called_as_the_line_is_is_taken(label: str, heading: str, concept: str, value: int) -> None:
    made = convert(
        CASH,
        f"""
        Net income | 900 | 800
        Depreciation | 210 | 190
        {heading or "Adjustments:"}
        {label} | 31 | 22
        Net cash provided by operating activities | 1,141 | 1,012
    """,
    )
    fact = next(f for f in made.report.facts if f.label == label)
    assert (fact.concept.name, fact.value) == (concept, value * 1000)
