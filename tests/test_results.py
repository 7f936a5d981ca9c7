"""Results that the lines below them ask for: below the taxes, of a bank, in sections; totals of equity and counts."""

from __future__ import annotations

import pytest

from capxbrl import pipeline
from capxbrl.findings import Severity

INCOME = (
    ("Net sales", 900, 810),
    ("Cost of sales", 520, 470),
    ("Gross profit", 380, 340),
    ("Selling and administrative", 200, 190),
    ("Operating income", 180, 150),
    ("Interest expense", -21, -24),
    ("Income before income taxes", 159, 126),
    ("Income taxes", 55, 44),
    ("Income from continuing operations", 104, 82),
    ("Loss from discontinued operations, net of tax", -11, -3),
    ("Net income", 93, 79),
    ("Less: net income attributable to noncontrolling interests", 6, 5),
    ("Net income attributable to Quarry Works", 87, 74),
    ("Basic earnings per share", "0.87", "0.74"),
    ("Diluted earnings per share", "0.85", "0.73"),
    ("Shares used in computing basic earnings per share", 100, 100),
    ("Shares used in computing diluted earnings per share", 102, 101),
)
BANK = (
    ("Interest on loans", 410, 402),
    ("Interest on securities", 95, 99),
    ("Total interest income", 505, 501),
    ("Interest on deposits", 120, 131),
    ("Interest on borrowings", 44, 52),
    ("Total interest expense", 164, 183),
    ("Net interest income", 341, 318),
    ("Provision for loan losses", 30, 26),
    ("Net interest income after provision for loan losses", 311, 292),
    ("Service charges", 61, 58),
    ("Trust fees", 22, 21),
    ("Total noninterest income", 83, 79),
    ("Salaries and benefits", 170, 166),
    ("Occupancy", 41, 39),
    ("Other", 33, 36),
    ("Total noninterest expense", 244, 241),
    ("Income before income taxes", 150, 130),
    ("Income tax expense", 50, 44),
    ("Net income", 100, 86),
    ("Basic earnings per share", "1.00", "0.86"),
    ("Diluted earnings per share", "0.99", "0.85"),
)
SECTIONS = (
    ("Revenues:", "", ""),
    ("Products", 510, 470),
    ("Services", 120, 100),
    ("Total revenues", 630, 570),
    ("Costs and expenses:", "", ""),
    ("Cost of products", 250, 240),
    ("Cost of services", 60, 50),
    ("Research and development", 80, 74),
    ("Selling, general and administrative", 140, 133),
    ("Total costs and expenses", 530, 497),
    ("Operating income", 100, 73),
    ("Interest income", 5, 7),
    ("Income before income taxes", 105, 80),
    ("Income taxes", 35, 27),
    ("Net income", 70, 53),
    ("Basic earnings per share", "0.70", "0.53"),
    ("Diluted earnings per share", "0.69", "0.52"),
)
BALANCE = (
    ("Cash", 120, 110),
    ("Receivables", 240, 230),
    ("Total current assets", 360, 340),
    ("Plant", 900, 850),
    ("Less accumulated depreciation", -300, -270),
    ("", 600, 580),
    ("Total assets", 960, 920),
    ("Payables", 150, 160),
    ("Accrued liabilities", 60, 50),
    ("Total current liabilities", 210, 210),
    ("Long-term debt", 300, 320),
    ("Common stock", 100, 100),
    ("Retained earnings", 310, 252),
    ("Total Quarry Works shareholders' equity", 410, 352),
    ("Noncontrolling interests", 40, 38),
    ("Total equity", 450, 390),
    ("Total liabilities and equity", 960, 920),
)


def page(title: str, rows: tuple[tuple[object, ...], ...], *gone: str, year: int = 2011) -> list[str]:
    """What is told of totals on a page of these rows, without those that begin so."""
    body = "".join(
        f"<tr><td>{label}</td>" + "".join(f"<td>{_shown(v)}</td>" for v in figures) + "</tr>"
        for label, *figures in rows
        if label not in gone
    )
    when = "December 31," if "BALANCE" in title else "Year ended December 31,"
    years = f"<tr><th>(in millions)</th><th>{year}</th><th>{year - 1}</th></tr>"
    head = f"<tr><th></th><th colspan=2>{when}</th></tr>{years}"
    text = f"<html><body><p>QUARRY WORKS, INC.</p><p>{title}</p><table>{head}{body}</table></body></html>"
    document, _ = pipeline.load(text.encode(), "quarry.htm")
    _, found = pipeline.analyse(document)
    told = (f for f in found if f.code.startswith(("foot.", "statement.")) and f.severity is not Severity.NOTE)
    return [f"{f.code}: {f.message}" for f in told]


def _shown(value: object) -> str:
    return f"({-value})" if isinstance(value, int) and value < 0 else str(value)


@pytest.mark.parametrize("rows", [INCOME, BANK, SECTIONS])
def test_statements_that_are_whole_are_told_of_nothing(rows: tuple[tuple[object, ...], ...]) -> None:
    assert page("STATEMENTS OF INCOME", rows) == []
    assert page("BALANCE SHEETS", BALANCE) == []


@pytest.mark.parametrize(
    ("rows", "gone", "words"),
    [
        (INCOME, "Income from continuing operations", "income from continuing operations ought to stand above"),
        (INCOME, "Net income", "the share of others included, ought to stand above"),
        (INCOME, "Less: net income attributable to noncontrolling interests", "the share of others in net income"),
        (INCOME, "Shares used in computing basic earnings per share", "the number of basic shares"),
        (INCOME, "Shares used in computing diluted earnings per share", "the number of diluted shares"),
        (INCOME, "Operating income", ""),
        (BANK, "Total interest income", "'Interest on loans' to 'Interest on securities'"),
        (BANK, "Total interest expense", "'Total interest income' has its counterpart"),
        (BANK, "Net interest income", "they lead to net interest income"),
        (BANK, "Total noninterest income", "'Total noninterest expense' has its counterpart"),
        (BANK, "Total noninterest expense", "'Total noninterest income' has its counterpart"),
        (SECTIONS, "Total costs and expenses", "every other section of the statement has one"),
    ],
)
def test_a_result_that_other_lines_ask_for(rows: tuple[tuple[object, ...], ...], gone: str, words: str) -> None:
    found = page("STATEMENTS OF INCOME", rows, gone)
    assert bool(found) == bool(words), found
    assert all(words in one and one.startswith("statement.incomplete") for one in found), found


@pytest.mark.parametrize("gone", ["Total equity", "Total current assets", "Total current liabilities"])
def test_a_total_of_the_balance_sheet_that_no_total_without_words_can_be(gone: str) -> None:
    (found,) = page("BALANCE SHEETS", BALANCE, gone)
    assert "cannot be found" in found and gone.lower().removeprefix("total ") in found


def test_before_2009_the_share_of_others_stands_between_debt_and_equity() -> None:
    assert page("BALANCE SHEETS", BALANCE, "Total equity", year=2007) == []
    assert page("STATEMENTS OF INCOME", INCOME, "Net income", "Income from continuing operations", year=2007) != []


@pytest.mark.parametrize(
    "label",
    [
        "Partners' capital",
        "Common shareholders' equity - authorized 1,000 shares; 100 outstanding",
        "Member's equity (200 units)",
    ],
)
def test_equity_in_one_line_is_its_own_total(label: str) -> None:
    rows = (*BALANCE[:11], (label, 450, 390), BALANCE[-1])
    assert page("BALANCE SHEETS", rows) == []


@pytest.mark.parametrize("gone", ["Net income per share", "Net income"])
def test_figures_per_share_of_parts_have_the_whole_below_them(gone: str) -> None:
    rows = (
        *INCOME[:11],
        ("Continuing operations", "1.04", "0.82"),
        ("Discontinued operations", "(0.11)", "(0.03)"),
        ("Net income per share", "0.93", "0.79"),
    )
    assert page("STATEMENTS OF INCOME", rows) == []
    assert len(page("STATEMENTS OF INCOME", rows, gone)) == 1


def test_a_total_without_words_that_treasury_stock_follows_is_not_all_of_equity() -> None:
    rows = (
        *BALANCE[:11],
        ("Common stock", 100, 100),
        ("Retained earnings", 390, 325),
        ("", 490, 425),
        ("Less treasury stock, at cost", 40, 35),
        ("Total shareholders' equity", 450, 390),
        BALANCE[-1],
    )
    assert page("BALANCE SHEETS", rows) == []
    (found,) = page("BALANCE SHEETS", rows, "Total shareholders' equity")
    assert "the total of equity" in found
