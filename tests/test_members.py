"""Classes of stock are told apart by axis and member, in lines and in the figures of labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.model import Report
from capxbrl.options import Options

AXIS = "StatementClassOfStockAxis"
BALANCE = """ALDER MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands, except share data)

\tDecember 31,
\t2005\t2004
Cash and cash equivalents\t$ 3,200\t$ 2,900
Plant and equipment, net\t11,800\t12,100
Total assets\t$ 15,000\t$ 15,000
Accounts payable\t$ 6,500\t$ 6,800
{rows}
Additional paid-in capital\t3,930\t3,930
Retained earnings\t4,500\t4,200
Total stockholders' equity\t8,500\t8,200
Total liabilities and stockholders' equity\t$ 15,000\t$ 15,000
"""
INCOME = """CONSOLIDATED STATEMENTS OF INCOME
(In thousands, except per share data)

\tYear Ended December 31,
\t2005\t2004
Net sales\t$ 9,400\t$ 8,800
Cost of sales\t8,200\t7,800
Operating income\t1,200\t1,000
Income taxes\t450\t380
Net income\t$ 750\t$ 620
{rows}
"""


def read(page: str) -> Report:
    document = pipeline.load(page.encode(), "page.txt").value
    return pipeline.analyse(document, Options()).value.report


def facts(report: Report, concept: str) -> set[tuple[str, str]]:
    """(member, value) of the first column's facts of a concept."""
    members = {c.id: c.members for c in report.contexts}
    last = max(f.period.end for f in report.facts)
    return {
        ("|".join(m.rpartition(":")[2] for _, m in members[f.context]), str(f.value))
        for f in report.facts
        if f.concept.name == concept and f.period.end == last
    }


@pytest.mark.parametrize(
    "rows",
    [
        ["Class A common stock, $.01 par value; 9,000,000 shares authorized, 5,000,000 shares issued\t50\t50",
         "Class B common stock, $.01 par value; 4,000,000 shares authorized, 2,000,000 shares issued\t20\t20"],
        ["Common stock, $.01 par value:\t\t", "Class A, 9,000,000 shares authorized, 5,000,000 shares issued\t50\t50",
         "Class B, 4,000,000 shares authorized, 2,000,000 shares issued\t20\t20"],
        ["Common shares - Class A (9,000,000 shares authorized; 5,000,000 shares issued)\t50\t50",
         "Common shares - Class B (4,000,000 shares authorized; 2,000,000 shares issued)\t20\t20"],
    ],
)  # fmt: skip
def test_lines_and_counts_of_a_balance_sheet(rows: list[str]) -> None:
    made = read(BALANCE.format(rows="\n".join(rows)))
    a, b = "CommonClassAMember", "CommonClassBMember"
    assert facts(made, "CommonStockValue") == {(a, "50000"), (b, "20000")}
    assert facts(made, "CommonStockSharesAuthorized") == {(a, "9000000"), (b, "4000000")}
    assert facts(made, "CommonStockSharesIssued") == {(a, "5000000"), (b, "2000000")}
    (role,) = [r for r in made.extension.roles if r.id == "BalanceSheet"]
    ((axis, domain, members),) = role.dimensions
    assert (axis.name, domain.name, [m.name for m in members]) == (AXIS, "ClassOfStockDomain", [a, b])


@pytest.mark.parametrize(
    "label",
    [
        "Common stock, $.01 par value: Class A, 9,000,000 shares authorized, 5,000,000 issued; "
        "Class B, 4,000,000 shares authorized, 2,000,000 issued",
        "Common stock, $.01 par; authorized 9,000,000 Class A shares and 4,000,000 Class B shares; "
        "issued 5,000,000 Class A shares and 2,000,000 Class B shares",
        "Class A and Class B common stock (Class A: 9,000,000 shares authorized, 5,000,000 shares issued; "
        "Class B: 4,000,000 shares authorized, 2,000,000 shares issued)",
    ],
)
def test_one_line_of_two_classes_has_no_member_and_its_counts_have_theirs(label: str) -> None:
    row = f"{label}\t70\t70"
    made = read(BALANCE.format(rows=row))
    assert facts(made, "CommonStockValue") == {("", "70000")}
    a, b = "CommonClassAMember", "CommonClassBMember"
    assert facts(made, "CommonStockSharesAuthorized") == {(a, "9000000"), (b, "4000000")}
    assert facts(made, "CommonStockSharesIssued") == {(a, "5000000"), (b, "2000000")}


def test_series_of_preferred_stock() -> None:
    rows = (
        "Series A preferred stock, 30,000 shares issued\t30\t30\n"
        "Series B convertible preferred stock, 40,000 shares issued\t40\t40"
    )
    made = read(BALANCE.format(rows=rows))
    a, b = "SeriesAPreferredStockMember", "SeriesBPreferredStockMember"
    assert facts(made, "PreferredStockSharesIssued") == {(a, "30000"), (b, "40000")}
    assert not facts(made, "CommonStockSharesIssued")


@pytest.mark.parametrize(
    "rows",
    [
        ["Basic earnings per share:\t\t", "Class A\t$ .50\t$ .42", "Class B\t.45\t.38"],
        ["Class A common stock:\t\t", "Basic earnings per share\t$ .50\t$ .42", "Class B common stock:\t\t",
         "Basic earnings per share\t.45\t.38"],
        ["Basic earnings per Class A share\t$ .50\t$ .42", "Basic earnings per Class B share\t.45\t.38"],
    ],
)  # fmt: skip
def test_earnings_of_each_class(rows: list[str]) -> None:
    made = read(INCOME.format(rows="\n".join(rows)))
    expected = {("CommonClassAMember", "0.50"), ("CommonClassBMember", "0.45")}
    assert facts(made, "EarningsPerShareBasic") == expected


@pytest.mark.parametrize(
    "row",
    [
        "Basic earnings per share of common and Class B stock\t$ .50\t$ .42",
        "Basic earnings per Class A and Class B share\t$ .50\t$ .42",
        "Basic earnings per share\t$ .50\t$ .42",
    ],
)
def test_figures_of_all_classes_together_have_no_member(row: str) -> None:
    assert facts(read(INCOME.format(rows=row)), "EarningsPerShareBasic") == {("", "0.50")}


@pytest.mark.parametrize("label", ["Class A notes payable", "Settlement of class action", "Series B bonds"])
def test_what_is_no_stock_has_no_class(label: str) -> None:
    made = read(BALANCE.format(rows=f"{label}\t70\t70"))
    assert all(not c.members for c in made.contexts)


def test_arelle_accepts_classes_of_stock(tmp_path: Path) -> None:
    page = BALANCE.format(
        rows="Class A common stock, $.01 par value; 9,000,000 shares authorized\t50\t50\n"
        "Class B common stock, $.01 par value; 4,000,000 shares authorized\t20\t20"
    )
    made = pipeline.convert(page.encode(), name="page.txt", viewer=False)
    assert made.validation is not None and made.validation.findings == ()


IN_MILLIONS = BALANCE.replace("In thousands, except share data", "In millions, except par value") + INCOME.replace(
    "In thousands, except per share data", "In millions, except per share data"
).format(rows="Earnings per share\t$ 0.47\t$ 0.39\nWeighted average shares\t1,605\t1,590")
OF_BOTH = (
    "Class A and Class B common stock, $.0001 par value: 2,700 shares authorized (Class A 2,000, Class B 700); "
    "1,600 (Class A 1,400, Class B 200) shares issued and outstanding\t70\t70"
)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (OF_BOTH, {("", "1600"), ("CommonClassAMember", "1400"), ("CommonClassBMember", "200")}),
        (
            OF_BOTH.replace("Class A and Class B common", "Class A, Class B common"),
            {("", "1600"), ("CommonClassAMember", "1400"), ("CommonClassBMember", "200")},
        ),
        (
            "Common stock, $.0001 par value: 2,700 shares authorized; 1,400 (Class A) and 200 (Class B) shares issued "
            "and outstanding\t70\t70",
            {("CommonClassAMember", "1400"), ("CommonClassBMember", "200")},
        ),
    ],
)
def test_what_a_parenthesis_says_is_of_its_figures_and_counts_are_in_millions_as_those_of_income(
    label: str, expected: set[tuple[str, str]]
) -> None:
    found = facts(read(IN_MILLIONS.replace("{rows}", label)), "CommonStockSharesOutstanding")
    assert found == {(member, f"{value}000000") for member, value in expected}


@pytest.mark.parametrize("shown", ["1,604,900,000", "1,604,900"])
def test_counts_in_full_stay(shown: str) -> None:
    label = f"Common stock, $.0001 par value: 2,700,000,000 shares authorized; {shown} shares outstanding\t70\t70"
    assert facts(read(IN_MILLIONS.replace("{rows}", label)), "CommonStockSharesOutstanding") == {
        ("", shown.replace(",", ""))
    }
