"""Signs come from print and words; a sum is asked only where these leave it open, and only if it is one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capxbrl import polarity
from capxbrl.model import Kind
from capxbrl.pipeline import Conversion, analyse, load

INCOME, CASH, SHEET = "STATEMENTS OF INCOME", "STATEMENTS OF CASH FLOWS", "BALANCE SHEETS"


def convert(title: str, rows: str, year: int = 2009) -> Conversion:
    """A statement of two columns from rows "Label | 1,234 | (56)"; a row without figures is a heading."""
    years = "December 31," if title == SHEET else "Year Ended December 31,"
    page = ["MADE UP COMPANY, INC.", title, "(In thousands)", "", f"{years:>90}", f"{year:>84}{year - 1:>14}"]
    for row in rows.strip().splitlines():
        label, *cells = (part.strip() for part in row.split("|"))
        page.append(f"{label:<70}" + "".join(f"{c + ('' if c.endswith(')') else ' '):>14}" for c in cells))
    document, _ = load("\n".join(page).encode(), "made.txt")
    made, _ = analyse(document)
    assert not [f.message for f in made.findings if f.code == "sign.turned"]
    return made


def values(title: str, rows: str) -> dict[str, Decimal]:
    """{label: value in thousands of the first column}."""
    out: dict[str, Decimal] = {}
    for one in convert(title, rows).tagged:
        for line, tagged in zip(one.statement.lines, one.lines, strict=True):
            if line.amounts and line.amounts[0] is not None and tagged.matches:
                out.setdefault(line.label, tagged.matches[0].weight * line.amounts[0].value / 1000)
    return out


LOSSES = {
    "a benefit printed positive": "Income tax benefit | 902 | 850",
    "called benefit from taxes": "Benefit from income taxes | 902 | 850",
    "a credit for taxes": "Income tax (benefit) | (902) | (850)",
}


@pytest.mark.parametrize("tax", LOSSES.values(), ids=LOSSES.keys())
def test_a_loss_with_a_tax_benefit_turns_nothing_else(tax: str) -> None:
    found = values(
        INCOME,
        f"""
        Net sales | 60,665 | 70,200
        Cost of sales | 35,624 | 40,150
        Gross profit | 25,041 | 30,050
        Selling and administrative expenses | 27,933 | 31,210
        Loss from operations | (2,892) | (1,160)
        Other income (expense), net | 140 | (1,418)
        Loss before income taxes | (2,752) | (2,578)
        {tax}
        Net loss | (1,850) | (1,728)
        Basic loss per share | (0.11) | (0.10)
    """,
    )
    assert (found["Net sales"], found["Cost of sales"], found["Gross profit"]) == (60665, 35624, 25041)
    assert (found["Loss from operations"], found["Net loss"]) == (-2892, -1850)
    assert found[tax.split("|")[0].strip()] == -902


def test_losses_printed_positive_are_losses() -> None:
    found = values(
        INCOME,
        """
        Revenues | 5,120 | 4,800
        Costs and expenses | 6,870 | 5,950
        Operating loss | 1,750 | 1,150
        Interest expense | 120 | 95
        Net loss | 1,870 | 1,245
    """,
    )
    assert (found["Revenues"], found["Costs and expenses"], found["Interest expense"]) == (5120, 6870, 120)
    assert (found["Operating loss"], found["Net loss"]) == (-1750, -1870)


def test_expenses_printed_positive_under_a_total_in_parentheses() -> None:
    found = values(
        INCOME,
        """
        Net sales | 9,400 | 8,800
        Salaries | 2,150 | 2,010
        Rent | 615 | 580
        Advertising | 1,335 | 1,210
        Total operating expenses | (4,100) | (3,800)
        Operating income | 5,300 | 5,000
    """,
    )
    assert (found["Salaries"], found["Rent"], found["Advertising"]) == (2150, 615, 1335)
    assert (found["Total operating expenses"], found["Operating income"]) == (4100, 5300)


TAKEN_OFF = {
    "interest capitalized": ("Less capitalized interest", "Interest expense"),
    "in words of a utility": ("Less: interest capitalized", "Net interest charges"),
    "as a deduction": ("Deduct interest capitalized", "Interest expense, net"),
}


@pytest.mark.parametrize("names", TAKEN_OFF.values(), ids=TAKEN_OFF.keys())
def test_interest_that_is_capitalized_is_an_amount(names: tuple[str, str]) -> None:
    found = values(
        INCOME,
        f"""
        Operating revenues | 1,000 | 900
        Operating expenses | 700 | 650
        Operating income | 300 | 250
        Interest costs incurred | 100 | 90
        {names[0]} | (20) | (15)
        {names[1]} | 80 | 75
        Income before income taxes | 220 | 175
        Income taxes | 80 | 68
        Net income | 140 | 107
    """,
    )
    assert (found["Interest costs incurred"], found[names[0]], found["Income taxes"]) == (100, 20, 80)


PARTNERS = {
    "an interest": ("General partner's interest in net income", "Limited partners' interest in net income"),
    "less": ("Less: general partner's interest", "Net income available to limited partners"),
    "allocated": ("Net income allocated to general partners", "Net income allocated to limited partners"),
}


@pytest.mark.parametrize("names", PARTNERS.values(), ids=PARTNERS.keys())
def test_a_share_of_income_is_positive(names: tuple[str, str]) -> None:
    found = values(
        INCOME,
        f"""
        Revenues | 61,204 | 55,330
        Costs and expenses | 42,530 | 38,815
        Net income | 18,674 | 16,515
        {names[0]} | 1,150 | 840
        {names[1]} | 17,524 | 15,675
    """,
    )
    assert (found["Net income"], found[names[0]], found[names[1]]) == (18674, 1150, 17524)


BELOW = {
    "ebitda": ("Interest expense | 2,110 | 2,005", "Income taxes | 1,310 | 1,405", "Adjusted EBITDA | 9,780 | 9,955"),
    "ffo": (
        "Depreciation | 2,110 | 2,005",
        "Impairment losses | 1,310 | 1,405",
        "Funds from operations | 9,780 | 9,955",
    ),
    "cash income": (
        "Amortization | 2,110 | 2,005",
        "Stock compensation expense | 1,310 | 1,405",
        "Cash income | 9,780 | 9,955",
    ),
}


@pytest.mark.parametrize("rows", BELOW.values(), ids=BELOW.keys())
def test_what_a_reconciliation_adds_back_is_the_same_expense(rows: tuple[str, str, str]) -> None:
    found = values(
        INCOME,
        "\n".join(
            (
                "Total revenues | 32,625 | 30,785",
                "Total expenses | 26,265 | 24,240",
                "Net income | 6,360 | 6,545",
                *rows,
            )
        ),
    )
    assert found["Net income"] == 6360
    assert all(found[row.split("|")[0].strip()] > 0 for row in rows)


PARTS = {
    "sales by region": ("Net sales - Alpine region", "Net sales - Harbor region", "Total net sales"),
    "service by kind": ("Interstate network access", "Long-distance service", "Total revenues"),
    "realty": ("Mortgage interest", "Ground rents", "Total expenses"),
}


@pytest.mark.parametrize("names", PARTS.values(), ids=PARTS.keys())
def test_parts_printed_positive_have_the_sign_of_their_total(names: tuple[str, str, str]) -> None:
    made = convert(
        INCOME,
        f"""
        {names[0]} | 197,700 | 180,500
        {names[1]} | 75,000 | 69,000
        {names[2]} | 272,700 | 249,500
    """,
    )
    (one,) = made.tagged
    assert [t.matches[0].weight for t in one.lines] == [1, 1, 1]
    balances = {t.matches[0].concept.balance for t in one.lines}
    assert len(balances - {""}) <= 1


def test_an_unlabelled_total_is_called_by_its_heading() -> None:
    made = convert(
        INCOME,
        """
        Revenues
          Local service | 197,700 | 180,500
          Network access | 75,000 | 69,000
          | 272,700 | 249,500
        Operating expenses | 231,600 | 226,200
        Operating income | 41,100 | 23,300
    """,
    )
    total = next(f for f in made.facts if f.value == Decimal(272_700_000))
    assert (total.label, total.concept.name) == ("Total revenues", "Revenues")


def test_an_income_of_the_filers_own_stays_one() -> None:
    found = values(
        INCOME,
        """
        Net operating income | 17,390 | 16,765
        Interest expense | 5,110 | 4,905
        Income before joint ventures | 12,280 | 11,860
        Equity in income of joint ventures | 215 | 180
        Income before minority interests | 12,495 | 12,040
        Minority interests | (264) | (146)
        Net income | 12,231 | 11,894
    """,
    )
    assert found["Income before minority interests"] == 12495
    assert found["Minority interests"] == 264


def test_a_gain_among_costs_is_a_gain() -> None:
    found = values(
        INCOME,
        """
        Revenues | 9,135 | 8,661
        Operating expenses | 6,346 | 5,945
        Interest income | (41) | (57)
        Sundry income, net | (95) | (86)
        Income before income taxes | 2,925 | 2,859
    """,
    )
    assert (found["Operating expenses"], found["Interest income"], found["Sundry income, net"]) == (6346, 41, 95)


SHEETS = {
    "acceptances of a bank": ("Premises", "Customers' acceptance liability", "Other assets", "Total assets"),
    "loans by kind": ("Commercial loans", "Consumer loans", "Lease financing", "Total loans"),
    "funds": ("Deposits held", "Notes of members", "Land", "Total assets"),
}


@pytest.mark.parametrize("names", SHEETS.values(), ids=SHEETS.keys())
def test_a_coincidence_turns_no_asset(names: tuple[str, ...]) -> None:
    a, b, c, total = names
    found = values(
        SHEET,
        f"""
        Cash | 2,000 | 1,900
        {a} | 350 | 350
        {b} | 40 | 30
        {c} | 310 | 320
        {total} | 2,700 | 2,600
    """,
    )
    assert [found[name] for name in names] == [350, 40, 310, 2700]


def test_contra_assets_and_deficits() -> None:
    found = values(
        SHEET,
        """
        Loans | 20,000 | 19,000
        Less allowance for loan losses | (300) | (280)
        Net loans | 19,700 | 18,720
        Deferred income taxes | 600 | 580
        Total assets | 20,300 | 19,300
        Common stock | 25,000 | 24,000
        Accumulated deficit | (4,400) | (4,450)
        Treasury stock | (300) | (250)
        Total stockholders' equity | 20,300 | 19,300
    """,
    )
    assert found["Less allowance for loan losses"] == 300
    assert (found["Deferred income taxes"], found["Accumulated deficit"], found["Treasury stock"]) == (600, -4400, 300)


OPERATING = """
    Net earnings | 518 | 647
    Depreciation | 473 | 453
    Receivables | 289 | 201
    Merchandise inventories | (508) | (79)
"""
FLOWS = {
    "decrease": (
        "Total cash used in investing activities", "Total cash used in financing activities",
        "Decrease in cash and cash equivalents", "Cash at beginning of period", "Cash at end of period",
    ),
    "net decrease": (
        "Net cash used for investing activities", "Net cash used for financing activities",
        "Net decrease in cash, cash equivalents and restricted cash", "Cash, beginning of year", "Cash, end of year",
    ),
    "opening and closing balance": (
        "Cash flows used by investing activities", "Cash flows used by financing activities", "Decrease in cash",
        "Opening balance of cash", "Closing balance of cash",
    ),
}  # fmt: skip


@pytest.mark.parametrize("names", FLOWS.values(), ids=FLOWS.keys())
@pytest.mark.parametrize("turned", [False, True], ids=["investing first", "financing first"])
def test_used_and_decrease_only_repeat_the_parentheses(names: tuple[str, ...], turned: bool) -> None:
    investing = f"""
        Additions to property and equipment | (395) | (441)
        Other, net | 14 | 3
        {names[0]} | (381) | (438)"""
    financing = f"""
        Repurchase of common stock | (158) | (465)
        Dividends paid | (402) | (397)
        Other, net | (10) | 1
        {names[1]} | (570) | (861)"""
    first, second = (financing, investing) if turned else (investing, financing)
    found = values(
        CASH,
        f"""{OPERATING}
        Net cash provided by operating activities | 772 | 1,222
        {first}{second}
        {names[2]} | (179) | (77)
        {names[3]} | 2,253 | 2,330
        {names[4]} | 2,074 | 2,253
    """,
    )
    assert (found[names[0]], found[names[1]], found[names[2]]) == (-381, -570, -179)
    assert found["Additions to property and equipment"] == 395
    assert (found["Repurchase of common stock"], found["Dividends paid"]) == (158, 402)


def test_a_lone_payment_is_what_was_paid() -> None:
    for shown, total in (
        ("(395) | (441)", "(395) | (441)"),
        ("395 | 441", "395 | 441"),
        ("395 | 441", "(395) | (441)"),
    ):
        found = values(
            CASH,
            f"""{OPERATING}
            Net cash provided by operating activities | 772 | 1,222
            Capital expenditures | {shown}
            Net cash used in investing activities | {total}
            Net increase in cash | 377 | 781
        """,
        )
        assert found["Capital expenditures"] == 395, shown
        assert found["Net cash used in investing activities"] == -395, total


def test_other_below_a_total_turns_nothing() -> None:
    found = values(
        CASH,
        f"""{OPERATING}
        Net cash provided by operating activities | 772 | 1,222
        Additions to property | (395) | (441)
        Purchases of investments | (150) | (120)
        Net cash used in investing activities | (545) | (561)
        Dividends paid | (200) | (180)
        Other | (345) | (381)
        Net cash used in financing activities | (545) | (561)
        Net (decrease) increase in cash | (318) | 100
        Cash at beginning of year | 1,000 | 900
        Cash at end of year | 682 | 1,000
    """,
    )
    assert found["Net cash used in investing activities"] == -545
    assert (found["Additions to property"], found["Purchases of investments"]) == (395, 150)
    assert (found["Net (decrease) increase in cash"], found["Dividends paid"]) == (-318, 200)


def test_payments_without_a_standard_element_are_amounts_paid() -> None:
    found = values(
        CASH,
        f"""{OPERATING}
        Net cash provided by operating activities | 772 | 1,222
        Taxes paid on share settlements | (80) | (60)
        Repayments of asset-backed borrowings | (120) | (340)
        Net cash used in financing activities | (200) | (400)
    """,
    )
    assert (found["Taxes paid on share settlements"], found["Repayments of asset-backed borrowings"]) == (80, 120)


STARTS = (
    "Income before income taxes",
    "Income before cumulative effect of a change",
    "Earnings from continuing operations",
)


@pytest.mark.parametrize("start", STARTS)
def test_incomes_that_open_a_cash_flow(start: str) -> None:
    found = values(
        CASH,
        f"""
        {start} | 4,797 | 4,415
        Depreciation | 670 | 625
        Gain on sale of land | (85) | (40)
        Net cash provided by operating activities | 5,382 | 5,000
    """,
    )
    assert (found[start], found["Depreciation"], found["Gain on sale of land"]) == (4797, 670, 85)


USES = {
    "uses": ("SOURCES OF CASH", "USES OF CASH"),
    "applications": ("Sources of funds:", "Applications of funds:"),
    "disbursements": ("Cash receipts:", "Disbursements:"),
    "was used for": ("Cash was provided by:", "Cash was used for:"),
}


@pytest.mark.parametrize("names", USES.values(), ids=USES.keys())
def test_below_a_heading_of_uses_a_positive_figure_goes_out(names: tuple[str, str]) -> None:
    found = values(
        CASH,
        f"""
        {names[0]}
        Net income | 4,672 | 3,911
        Depreciation | 1,425 | 1,380
        Decrease in receivables | 410 | 405
        Total sources | 6,507 | 5,696
        {names[1]}
        Increase in inventories | 2,205 | 1,118
        Additions to property | 1,094 | 1,330
        Dividends paid | 510 | 480
        Total uses | 3,809 | 2,928
        Increase in cash | 2,698 | 2,768
    """,
    )
    assert (found["Net income"], found["Decrease in receivables"], found["Increase in inventories"]) == (
        4672,
        -410,
        2205,
    )
    assert (found["Additions to property"], found["Dividends paid"], found["Increase in cash"]) == (1094, 510, 2698)


@pytest.mark.parametrize(
    ("label", "way", "both"),
    [
        ("Net loss", -1, False),
        ("(Loss) income before taxes", 1, True),
        ("Benefit (provision) for income taxes", 1, True),
        ("Income tax (benefit)", -1, True),
        ("Taxes on income", -1, False),
        ("Earnings before provision for taxes", 1, False),
        ("Cash from (used for) operating activities", 1, True),
        ("Salaries and employee benefits", 0, False),
    ],
)
def test_what_words_say_of_a_sign(label: str, way: int, both: bool) -> None:
    assert polarity.sense(label) == polarity.Sense(way=way, both=both)


@pytest.mark.parametrize(
    ("label", "paid"),
    [
        ("Acquisitions, net of cash acquired", True),
        ("Repayments of asset-backed long-term borrowings", True),
        ("Purchases and sales of investments", False),
        ("Net (payments) borrowings", False),
        ("Proceeds from repayment of loans", False),
        ("Deferred taxes", False),
    ],
)
def test_what_a_payment_is(label: str, paid: bool) -> None:
    assert polarity.paid(label) is paid


def test_a_turned_sign_is_an_error() -> None:
    made = convert(INCOME, "Revenues | 5,120 | 4,800\n Costs and expenses | 4,870 | 4,550\n Net income | 250 | 250")
    line = made.tagged[0].statement.lines[0]
    concept = made.tagged[0].lines[0].matches[0].concept
    assert not polarity.may_turn(line, concept, Kind.INCOME_STATEMENT)


@pytest.mark.parametrize(
    "label",
    [
        "Minority interest in income (loss) of subsidiary",
        "Minority interest in net income (loss) of consolidated subsidiaries",
        "Minority interests in income (loss) of subsidiaries",
    ],
)
@pytest.mark.parametrize(("shown", "net", "value"), [("22", "407", -22), ("22", "363", 22)])
def test_which_way_the_share_of_others_went_the_sum_tells(label: str, shown: str, net: str, value: int) -> None:
    rows = f"""Net sales | 2,510 | 2,300
Cost of sales | 2,000 | 1,800
Income before income taxes | 510 | 500
Income taxes | 125 | 120
{label} | {shown} | {shown}
Net income | {net} | {380 + (22 if value < 0 else -22)}"""
    assert values(INCOME, rows)[label] == value
