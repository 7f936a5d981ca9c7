"""What a line counts: dollars, shares, dollars for each share, or things."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capxbrl.amounts import Printed, parse_amount
from capxbrl.model import Kind, LineRole, Unit
from capxbrl.readers import text
from capxbrl.statements import parse_statements
from capxbrl.statements.units import unit_of


def unit(label: str, *shown: str, kind: Kind = Kind.INCOME_STATEMENT) -> Unit:
    printed: list[Printed] = [p for p in map(parse_amount, shown) if p is not None]
    return unit_of(label, (), printed, kind)


@pytest.mark.parametrize(
    "label",
    ["Net income per limited partnership unit", "Net earnings (loss) per share", "Net income per membership interest"],
)
def test_earnings_in_whole_dollars_per_share(label: str) -> None:
    assert unit(label, "$361,338", "$298,114") is Unit.PER_SHARE
    assert unit(label, "145", "(112)") is Unit.PER_SHARE


@pytest.mark.parametrize(
    "label",
    ["Dividends paid, $.31 per share", "Net income ($.31 per share)", "Shares used in computing net income per share"],
)
def test_money_and_shares_of_a_line_that_names_what_is_for_each_share(label: str) -> None:
    assert unit(label, "361,338", "298,114") is not Unit.PER_SHARE


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("USD:EUR average FX rate", ("0.9391", "0.9185")), ("Average exchange rate, peso", ("19.45", "20.01")),
        ("Headcount", ("43,900", "40,500")), ("Number of stores open", ("1,204", "1,199")),
        ("Full-time equivalent employees", ("512", "498")), ("Stores open at end of period", ("85", "83")),
    ],
)  # fmt: skip
def test_rates_and_things_are_pure_numbers(label: str, shown: tuple[str, str]) -> None:
    assert unit(label, *shown) is Unit.PURE


@pytest.mark.parametrize(
    "label", ["Effect of exchange rates on cash", "Cost of full-time equivalent employees", "Due to stores"]
)
def test_money_that_names_rates_and_things(label: str) -> None:
    assert unit(label, "43,900", "40,500") is Unit.USD


@pytest.mark.parametrize(
    "label",
    [
        "Common shares outstanding (000)", "Number of shares outstanding at end of period", "Shares outstanding",
        "Common shares issued and outstanding at year end", "Common shares, period-end",
    ],
)  # fmt: skip
def test_share_counts_below_a_balance_sheet(label: str) -> None:
    assert unit(label, "932,398", "928,850", kind=Kind.BALANCE_SHEET) is Unit.SHARES


def test_shares_at_a_value_are_money() -> None:
    for label in ("Common shares, at par", "Shares held by the trust", "Common shares"):
        assert unit(label, "932,398", "928,850", kind=Kind.BALANCE_SHEET) is Unit.USD


def test_balances_in_a_block_below_a_statement_of_flows_hold_at_its_end() -> None:
    source = """CONSOLIDATED STATEMENTS OF EARNINGS
(in millions)

\tYear ended December 31,\t
\t2021\t2020
Net revenues\t12,639\t11,741
Operating expenses\t7,270\t5,907
Net earnings\t5,369\t5,834
Selected data at year-end
Shareholders' equity\t99,223\t84,729
Headcount\t43,900\t40,500
"""
    (statement,) = parse_statements(text.read(source.encode(), "x.txt").value).value
    lines = {line.label: line for line in statement.lines}
    assert lines["Shareholders' equity"].balance == lines["Headcount"].balance == "end"
    assert lines["Net earnings"].role is LineRole.NET_INCOME
    headcount = lines["Headcount"].amounts[0]
    assert headcount is not None
    assert (headcount.value, headcount.unit) == (Decimal(43900), Unit.PURE)
