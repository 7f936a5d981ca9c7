"""Text -> statements: columns, periods, scales, units, labels, figures in labels."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl.model import Document, Kind, Statement, Unit, text_at
from capxbrl.readers import text
from capxbrl.statements import parse_statements


def statements(source: str, name: str = "x.txt") -> tuple[Statement, ...]:
    return parse_statements(text.read(source.encode(), name).value).value


@pytest.fixture(scope="module")
def filing(request: pytest.FixtureRequest) -> tuple[Document, tuple[Statement, ...]]:
    path = Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt"
    document = text.read(path.read_bytes(), path.name).value
    return document, parse_statements(document).value


def test_the_reference_filing_has_two_statements(filing: tuple[Document, tuple[Statement, ...]]) -> None:
    _, (balance, income) = filing
    assert [str(c.period) for c in balance.columns] == ["2009-09-30", "2009-03-31"]
    assert [str(c.period) for c in income.columns] == [
        "2009-07-01/2009-09-30",
        "2008-07-01/2008-09-30",
        "2009-04-01/2009-09-30",
        "2008-04-01/2008-09-30",
    ]
    assert (balance.kind, income.kind, balance.scale) == (Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, 3)


def test_every_amount_is_what_stands_at_its_place(filing: tuple[Document, tuple[Statement, ...]]) -> None:
    document, found = filing
    lines = document.text.splitlines()
    seen = 0
    for statement in found:
        for line in statement.lines:
            for amount in (*[a for a in line.amounts if a], *[f.amount for f in line.figures]):
                assert text_at(document, amount.span) == amount.shown
                assert amount.at.line is not None and amount.at.column is not None
                start = amount.at.column - 1
                assert lines[amount.at.line - 1][start : start + len(amount.shown)] == amount.shown
                if amount.shown[-1].isdigit():
                    assert Decimal(amount.shown.replace(",", "")) * Decimal(10) ** amount.scale == abs(amount.value)
                seen += 1
    assert seen > 100


def test_a_label_over_two_rows_and_its_figures(filing: tuple[Document, tuple[Statement, ...]]) -> None:
    balance = filing[1][0]
    line = next(line for line in balance.lines if line.label.startswith("Accounts receivable"))
    assert line.label.endswith("$644 at March 31, 2009")
    assert [(f.what, f.amount.value, f.periods[0].end) for f in line.figures] == [
        ("allowance", Decimal(699000), dt.date(2009, 9, 30)),
        ("allowance", Decimal(644000), dt.date(2009, 3, 31)),
    ]
    preferred = next(line for line in balance.lines if line.label.startswith("Preferred"))
    assert not preferred.is_heading
    assert [(f.what, str(f.amount.value)) for f in preferred.figures] == [
        ("par value", "0.001"),
        ("authorized", "10000000"),
        ("issued", "0"),
    ]


ASCII = """
                              EXAMPLE MANUFACTURING INC.
                   CONSOLIDATED STATEMENTS OF INCOME (Unaudited)
                     (in millions, except share and per share data)

                                        13 Weeks Ended          26 Weeks Ended
                                     --------------------    --------------------
                                      July 3,    June 28,     July 3,    June 28,
                                       2004        2003        2004        2003
                                     --------    --------    --------    --------
Net sales......................      $  1,945    $  1,530    $  4,288    $  3,240
Cost of sales, including amounts
  paid to affiliates...........         1,396       1,127       3,132       2,355
                                     --------    --------    --------    --------
   Gross margin                           549         403       1,156         885
Operating expenses:
   Research                                92          76         182         152
   Restructuring                           --           9           8           9
                                     --------    --------    --------    --------
Operating income                          457         318         966         724
Income taxes                              (57)        (18)       (166)        (24)
                                     --------    --------    --------    --------
Net income                           $    400    $    300    $    800    $    700
                                     ========    ========    ========    ========
Earnings per share:
   Basic                             $   4.00    $   3.00    $   8.00    $   7.00
Shares used in the calculation:
   Basic                          100,000,000  100,000,000  100,000,000  100,000,000
"""


def test_blank_aligned_columns_weeks_units_and_wrapped_labels() -> None:
    (income,) = statements(ASCII)
    assert [str(c.period) for c in income.columns] == [
        "2004-04-04/2004-07-03",
        "2003-03-30/2003-06-28",
        "2004-01-04/2004-07-03",
        "2002-12-29/2003-06-28",
    ]
    by_label = {(line.path[-1] if line.path else "", line.label): line for line in income.lines}
    cost = by_label["", "Cost of sales, including amounts paid to affiliates"]
    assert [a and a.value for a in cost.amounts] == [Decimal(n) * 10**6 for n in (1396, 1127, 3132, 2355)]
    assert by_label["", "Gross margin"].rule
    dash = by_label["Operating expenses:", "Restructuring"].amounts[0]
    assert dash is not None and (dash.value, dash.shown) == (0, "--")
    eps = by_label["Earnings per share:", "Basic"].amounts[0]
    shares = by_label["Shares used in the calculation:", "Basic"].amounts[0]
    assert eps is not None and (eps.unit, eps.value, eps.decimals) == (Unit.PER_SHARE, Decimal("4.00"), 2)
    assert shares is not None and (shares.unit, shares.value, shares.decimals) == (Unit.SHARES, 100_000_000, None)


def test_shares_take_the_scale_that_earnings_per_share_prove() -> None:
    source = ASCII.replace("share and per share", "per share").replace("100,000,000", "    100,000")
    (income,) = statements(source)
    shares = next(line for line in income.lines if "Shares used" in " ".join(line.path)).amounts[0]
    assert shares is not None and (shares.value, shares.decimals) == (100_000_000, -3)


def test_percent_and_change_columns_are_left_out() -> None:
    source = "ACME CONSOLIDATED STATEMENTS OF OPERATIONS\n\n(In thousands)\n\n"
    source += "\tYear Ended December 31,\t\t\t\n\t2008\t2007\tChange\t%\n"
    rows = [
        "Revenue\t500\t400\t100\t25.0%",
        "Cost of sales\t300\t250\t50\t20.0%",
        "Gross profit\t200\t150\t50\t33.3%",
        "Net income\t90\t80\t10\t12.5%",
    ]
    (income,) = statements(source + "\n".join(rows) + "\n")
    assert [str(c.period) for c in income.columns] == ["2008-01-01/2008-12-31", "2007-01-01/2007-12-31"]


def test_a_document_without_statements_says_so() -> None:
    outcome = parse_statements(text.read(b"Dear shareholders,\n\nnothing to report.\n", "x.txt").value)
    assert outcome.value == ()
    assert [f.code for f in outcome.findings] == ["statements.none"]


def test_the_reference_filing_is_read_exactly(filing: tuple[Document, tuple[Statement, ...]], shared: Path) -> None:
    """Every figure in cells and labels: period to the day, unit, decimals, magnitude (signs come with concepts)."""
    with (shared / "cases" / "capstone-2009-11-09" / "expected.statements.csv").open(newline="") as file:
        expected = Counter(
            (
                r["place"],
                r["period"],
                r["unit"].replace("USDPerShare", "USD/shares"),
                r["decimals"],
                abs(Decimal(r["value"])),
            )
            for r in csv.DictReader(file)
        )
    found: Counter[tuple[str, str, str, str, Decimal]] = Counter()
    for statement in filing[1]:
        for line in statement.lines:
            both = re.search("basic and diluted", line.label, re.I) is not None  # two facts on one figure
            figures = [("cell", c.period, a) for c, a in zip(statement.columns, line.amounts, strict=True) if a]
            figures += [("label", p, f.amount) for f in line.figures for p in f.periods]
            for place, period, amount in figures:
                decimals = "INF" if amount.decimals is None else str(amount.decimals)
                found[place, str(period), amount.unit.value, decimals, abs(amount.value)] += 2 if both else 1
    assert found == expected


def test_headings_that_are_wrapped_and_centred_in_height() -> None:
    source = "\n".join(
        [
            "                                ACME INC. STATEMENTS OF OPERATIONS",
            "                                      (in millions)",
            "",
            "                                    For the Three",
            "                                                          Six months",
            "                                   Months Ended June",
            "                                                        ended June 30,",
            "                                          30,",
            "                                     2009     2008         2009     2008",
            "Net sales                           3,687    7,116        6,760   13,136",
            "Cost of sales                       2,059    2,610        4,123    5,020",
            "Gross profit                        1,628    4,506        2,637    8,116",
            "Net income                            694    2,334        1,071    4,209",
        ]
    )
    (income,) = statements(source)
    assert [str(c.period) for c in income.columns] == [
        "2009-04-01/2009-06-30",
        "2008-04-01/2008-06-30",
        "2009-01-01/2009-06-30",
        "2008-01-01/2008-06-30",
    ]


def test_a_form_feed_begins_a_new_page_with_the_words_behind_it() -> None:
    document = text.read(b"one\n\x0ctwo  1,234  5,678\nthree  2,345  6,789\n", "x.txt").value
    kinds = [type(b).__name__ for b in document.blocks]
    assert kinds == ["Paragraph", "PageBreak", "Table"]


def test_balances_of_cash_flows_by_a_date_alone_and_misspelt() -> None:
    source = "ACME CONSOLIDATED STATEMENTS OF CASH FLOWS\n\n\tSix Months Ended June 30,\t\n\t2009\t2008\n"
    rows = [
        "Net income\t20\t10",
        "Net cash provided by operating activities\t20\t10",
        "Net cash used in investing activities\t(10)\t(5)",
    ]
    rows += ["Net cash used in financing activities\t(5)\t(5)", "Increase in cash\t5\t0"]
    (dated,) = statements(source + "\n".join([*rows, "As of January 1\t10\t10", "As of June 30\t15\t10"]) + "\n")
    assert [line.balance for line in dated.lines[-2:]] == ["start", "end"]
    (misspelt,) = statements(
        source
        + "\n".join([*rows, "Beinning cash and cash equivalents\t10\t10", "Ending cash and cash equivalents\t15\t10"])
        + "\n"
    )
    assert [line.balance for line in misspelt.lines[-2:]] == ["start", "end"]
