"""Sums beside the money of a statement: numbers of shares, figures per share, closing cash; counts within rounding."""

from __future__ import annotations

import pytest

from capxbrl import pipeline
from capxbrl.findings import Finding, Severity

INCOME = (
    ("Net sales", "90,210", "81,004"),
    ("Cost of sales", "52,070", "47,002"),
    ("Gross profit", "38,140", "34,002"),
    ("Selling and administrative", "22,117", "20,990"),
    ("Income before income taxes", "16,023", "13,012"),
    ("Income taxes", "5,608", "4,554"),
    ("Income from continuing operations", "10,415", "8,458"),
    ("Loss from discontinued operations, net of tax", "(1,205)", "(310)"),
    ("Net income", "9,210", "8,148"),
    ("Continuing operations", "$1.05", "$0.87"),
    ("Discontinued operations", "(0.12)", "(0.03)"),
    ("Net income per share", "$0.93", "$0.84"),
    ("Weighted average shares outstanding", "9,902", "9,741"),
    ("Dilutive effect of stock options", "188", "93"),
    ("Weighted average shares, assuming dilution", "10,090", "9,834"),
)
CASH = (
    ("Net income", "4,120", "3,950"),
    ("Depreciation", "1,810", "1,790"),
    ("Net cash provided by operating activities", "5,930", "5,740"),
    ("Capital expenditures", "(3,300)", "(2,900)"),
    ("Net cash used in investing activities", "(3,300)", "(2,900)"),
    ("Dividends paid", "(2,000)", "(1,900)"),
    ("Net cash used in financing activities", "(2,000)", "(1,900)"),
    ("Net increase in cash, cash equivalents and restricted cash", "630", "940"),
    ("Cash, cash equivalents and restricted cash at beginning of year", "2,210", "1,270"),
    ("Cash, cash equivalents and restricted cash at end of year", "2,840", "2,210"),
    ("Cash and cash equivalents", "2,500", "2,005"),
    ("Restricted cash", "340", "205"),
    ("Total cash, cash equivalents and restricted cash", "2,840", "2,210"),
)


def told(title: str, rows: tuple[tuple[str, str, str], ...], swapped: str = "") -> list[Finding]:
    body = "".join(
        f"<tr><td>{label}</td><td>{b if label == swapped else a}</td><td>{a if label == swapped else b}</td></tr>"
        for label, a, b in rows
    )
    head = "<tr><th></th><th colspan=2>Year ended December 31,</th></tr><tr><th></th><th>2019</th><th>2018</th></tr>"
    page = f"<p>MILL POND, INC.</p><p>{title}</p><p>(In thousands, except per share)</p><table>{head}{body}</table>"
    document, _ = pipeline.load(f"<html><body>{page}</body></html>".encode(), "mill.htm")
    _, found = pipeline.analyse(document)
    codes = ("foot.", "tie.", "statement.", "fundamental.")
    return [f for f in found if f.code.startswith(codes) and f.severity is not Severity.NOTE]


@pytest.mark.parametrize(("title", "rows"), [("STATEMENTS OF INCOME", INCOME), ("STATEMENTS OF CASH FLOWS", CASH)])
def test_pages_that_are_whole_are_told_of_nothing(title: str, rows: tuple[tuple[str, str, str], ...]) -> None:
    assert told(title, rows) == []


@pytest.mark.parametrize(
    "row",
    [
        "Continuing operations",
        "Discontinued operations",
        "Net income per share",
        "Weighted average shares outstanding",
        "Dilutive effect of stock options",
        "Weighted average shares, assuming dilution",
    ],
)
def test_exchanged_figures_that_no_sum_of_money_takes(row: str) -> None:
    assert told("STATEMENTS OF INCOME", INCOME, row)


@pytest.mark.parametrize("row", [label for label, *_ in CASH[-3:]])
def test_exchanged_items_of_closing_cash(row: str) -> None:
    assert told("STATEMENTS OF CASH FLOWS", CASH, row)


def test_exchanged_counts_that_earnings_per_share_tell_by_their_last_digit() -> None:
    """2 % between the counts: what participating securities explain, were it not that the exchange makes both exact."""
    plain = tuple(
        r for r in INCOME if "perations" not in r[0] and not r[0].startswith(("Dilutive", "Weighted average sh"))
    )
    rows = (
        *plain[:6],
        ("Net income", "10,415", "8,458"),
        ("Basic earnings per share", "$1.05", "$0.87"),
        ("Diluted earnings per share", "$1.03", "$0.86"),
        ("Basic shares", "9,902", "9,741"),
        ("Diluted shares", "10,090", "9,834"),
    )
    assert told("STATEMENTS OF INCOME", rows) == []
    assert {f.code for f in told("STATEMENTS OF INCOME", rows, "Basic shares")} == {"tie.earnings-per-share"}


OWNERS = (
    *INCOME[:6],
    ("Net income", "10,415", "8,458"),
    ("Less: net income attributable to noncontrolling interests", "512", "90"),
    ("Net income attributable to Mill Pond", "9,903", "8,368"),
)


@pytest.mark.parametrize("row", [label for label, *_ in OWNERS[-2:]])
def test_exchanged_shares_of_the_owners(row: str) -> None:
    assert told("STATEMENTS OF INCOME", OWNERS) == []
    assert told("STATEMENTS OF INCOME", OWNERS, row)


def test_what_is_left_of_closing_cash() -> None:
    rows = (
        *CASH[:10],
        ("Less: restricted cash at end of year", "340", "205"),
        ("Cash and cash equivalents at end of year", "2,500", "2,005"),
    )
    assert told("STATEMENTS OF CASH FLOWS", rows) == []
    assert told("STATEMENTS OF CASH FLOWS", rows, "Cash and cash equivalents at end of year")
