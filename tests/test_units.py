"""What a line counts: dollars, shares, dollars for each share, or things."""

from __future__ import annotations

import datetime as dt

import pytest

from capxbrl.amounts import Printed, amount, parse_amount
from capxbrl.findings import Position
from capxbrl.model import Column, Kind, LineItem, Period, Span, Unit
from capxbrl.statements.roles import give_roles
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
        ("USD:EUR average FX rate", ("0.9391", "0.9185")),
        ("Average exchange rate, peso", ("19.45", "20.01")),
        ("Headcount", ("43,900", "40,500")),
        ("Number of stores open", ("1,204", "1,199")),
        ("Full-time equivalent employees", ("512", "498")),
        ("Stores open at end of period", ("85", "83")),
    ],
)
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
        "Common shares outstanding (000)",
        "Number of shares outstanding at end of period",
        "Shares outstanding",
        "Common shares issued and outstanding at year end",
        "Common shares, period-end",
    ],
)
def test_share_counts_below_a_balance_sheet(label: str) -> None:
    assert unit(label, "932,398", "928,850", kind=Kind.BALANCE_SHEET) is Unit.SHARES


def test_shares_at_a_value_are_money() -> None:
    for label in ("Common shares, at par", "Shares held by the trust", "Common shares"):
        assert unit(label, "932,398", "928,850", kind=Kind.BALANCE_SHEET) is Unit.USD


def test_balances_in_a_block_below_a_statement_of_flows_hold_at_its_end() -> None:
    def item(label: str, unit: Unit, *path: str) -> LineItem:
        found = amount(number, scale=0, unit=unit, at=at, span=Span(block=0, row=0, cell=1, start=0, end=2))
        return LineItem(label=label, path=path, amounts=(found,), at=at, spans=(), figures=())

    at, number = Position(source="x.txt", line=1, column=1), parse_amount("43")
    assert number is not None
    year = Column(grid=1, heading="2021", period=Period(start=dt.date(2021, 1, 1), end=dt.date(2021, 12, 31)))
    block = "Selected data at period-end:"
    lines = [
        item("Net earnings", Unit.USD),
        item("Headcount", Unit.PURE, block),
        item("Common equity", Unit.USD, block),
    ]
    assert [x.balance for x in give_roles(lines, Kind.INCOME_STATEMENT, (year,))] == ["", "end", "end"]
