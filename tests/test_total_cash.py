"""Opening and closing cash, its change and the effect of exchange rates are of one cash: with restricted cash where the
page says so, and since 2018, when statements of cash flows came to explain that cash (ASU 2016-18)."""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl import footing, statements, tagging, taxonomy

BALANCE = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
PLAIN = "CashAndCashEquivalentsAtCarryingValue"
PAGE = """CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31,
\t{year}\t{last}
Net income\t$ 900\t$ 700
Depreciation\t300\t200
Net cash provided by operating activities\t1,200\t900
Purchases of property and equipment\t(500)\t(400)
Net cash used in investing activities\t(500)\t(400)
Dividends paid\t(100)\t(100)
Net cash used in financing activities\t(100)\t(100)
{effect}\t10\t(5)
{change}\t610\t395
{opening}\t1,395\t1,000
{closing}\t$ 2,005\t$ 1,395
"""


def concepts(effect: str, change: str, opening: str, closing: str, year: int = 2021) -> list[str]:
    """Of the last four lines."""
    page = PAGE.format(effect=effect, change=change, opening=opening, closing=closing, year=year, last=year - 1)
    found, _ = statements.parse_statements(cx.read(page.encode(), "page.txt").value)
    (made,) = tagging.tag(found, footing.foot(found).value, taxonomy.load()).value
    return [line.matches[0].concept.name for line in made.lines if line.matches][-4:]


@pytest.mark.parametrize(
    ("effect", "change", "balance"),
    [
        ("Effect of exchange rates on cash", "Net increase in cash", "Cash and restricted cash, {} of year"),
        ("Effect of exchange rate changes", "Increase in cash and restricted cash", "Balance at {} of year"),
        ("Currency effect on cash", "Net change", "Cash and cash equivalents, including restricted cash, {} of year"),
        (
            "Effect of exchange rates on cash",
            "Increase in cash",
            "Restricted cash, cash and cash equivalents, {} of year",
        ),
    ],
)
def test_the_page_says_it_once_for_all_four(effect: str, change: str, balance: str) -> None:
    made = concepts(effect, change, balance.format("beginning"), balance.format("end"))
    assert made[2:] == [BALANCE, BALANCE]
    assert made[1] == f"{BALANCE}PeriodIncreaseDecreaseIncludingExchangeRateEffect"
    assert made[0] in (f"EffectOfExchangeRateOn{BALANCE}", "EffectOfExchangeRateOnCashAndCashEquivalents")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("Cash and cash equivalents, beginning of year", "Cash and cash equivalents, end of year"),
        ("Cash at beginning of year", "Cash at end of year"),
    ],
)
def test_a_page_that_does_not_say_it_has_cash_alone_until_2018(opening: str, closing: str) -> None:
    lines = ("Effect of exchange rates on cash", "Net increase in cash", opening, closing)
    assert concepts(*lines, year=2016)[2:] == [PLAIN, PLAIN]
    assert concepts(*lines, year=2021)[2:] == [BALANCE, BALANCE]


INCOME = """CONSOLIDATED STATEMENTS OF INCOME
(In thousands)

\tYear Ended December 31,
\t2008\t2007
Net sales\t$ 9,400\t$ 8,800
Cost of sales\t6,300\t6,000
Gross profit\t3,100\t2,800
Selling and administrative expenses\t1,900\t1,800
Operating income\t1,200\t1,000
{pretax}\t1,200\t1,000
Income taxes\t450\t380
Net income\t$ 750\t$ 620
"""


@pytest.mark.parametrize(
    "label",
    [
        "Income before income taxes",
        "Earnings before provision for income taxes",
        "Income (loss) from continuing operations before provision for income tax",
        "(Loss) earnings before income tax (benefit) provision",
    ],
)
def test_a_line_whose_words_say_what_it_is_has_its_element(label: str) -> None:
    found, _ = statements.parse_statements(cx.read(INCOME.format(pretax=label).encode(), "page.txt").value)
    (made,) = tagging.tag(found, footing.foot(found).value, taxonomy.load()).value
    named = {
        line.label: tags.matches[0].concept
        for line, tags in zip(found[0].lines, made.lines, strict=True)
        if tags.matches
    }
    assert named[label].name.startswith("IncomeLossFromContinuingOperationsBeforeIncomeTaxes")
