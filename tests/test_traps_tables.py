"""Traps of whole pages: what is hidden, where a statement ends, whose it is, and labels of several lines.

Every page is a company's three statements in one layout, with one trap; all their facts must come out, and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from trap_pages import Company, Grid, Page, PageEnd, Part, Row, Text, company, printed, verdict


def faults(page: Page, layout: str) -> tuple[str, ...]:
    found = verdict(page, layout)
    return (*(f"lost {x}" for x in found.lost), *(f"wrong {x}" for x in found.wrong))


def with_row(grid: Grid, start: str, **changes: object) -> Grid:
    """The grid with the first row that begins so changed."""
    at = next(i for i, r in enumerate(grid.rows) if r.label.startswith(start))
    row = replace(grid.rows[at], **changes)  # type: ignore[arg-type]
    return replace(grid, rows=(*grid.rows[:at], row, *grid.rows[at + 1 :]))


def split(grid: Grid, start: str) -> tuple[Grid, Grid]:
    """The grid in two, the second without title and headings."""
    at = next(i for i, r in enumerate(grid.rows) if r.label.startswith(start))
    return replace(grid, rows=grid.rows[:at]), replace(grid, rows=grid.rows[at:], titles=(), caption="", heads=())


def page_of(made: Company, parts: Sequence[Part] | None = None, head: str = "", more: Sequence[Part] = ()) -> Page:
    return Page((Text(made.name, bold=True, center=True), *(parts or made.parts), *more), head=head)


# --- what is not seen ------------------------------------------------------------------------------------------------

SHEET = "<style>.no {display: none} span.pad, p.x {color: #fff} .up {vertical-align: super; font-size: 60%}</style>"
UNSEEN = [
    ('<span class="no">8</span>', "simple"),
    ('<span class="pad">0</span>', "word"),
    ('<span class="up">1</span>', "simple"),
    ('<span style="position:absolute;left:-9999px">5</span>', "workiva"),
    ('<span style="overflow:hidden;height:0;display:inline-block">5</span>', "simple"),
    ('<span style="color:#ffffff">)</span>', "workiva"),
    ('<font color="white">0,000</font>', "workiva"),
    ('<font style="color:#FEFEFE">0</font>', "nested"),
]


@pytest.mark.parametrize(("behind", "layout"), UNSEEN)
def test_what_is_not_seen_is_no_part_of_a_figure(behind: str, layout: str) -> None:
    made = company(len(behind))
    rows = tuple(
        replace(r, shown=tuple(t + behind for t in printed(r))) if r.unit == "USD" and r.values else r
        for r in made.income.rows
    )
    page = page_of(made, (replace(made.income, rows=rows), made.balance, made.cash), SHEET)
    assert faults(page, layout) == ()


# --- where a statement ends ------------------------------------------------------------------------------------------

BELOW = [
    ("(1) Includes amortization of acquired intangibles:", ("Cost of sales", "Selling and administrative")),
    ("Pro forma amounts assuming the change is applied retroactively:", ("Net income",)),
    ("Supplemental disclosures:", ("Depreciation and amortization", "Rent expense")),
    ("Stock-based compensation is included in the following:", ("Cost of goods sold", "Marketing")),
    ("Share-based charges in the lines above", ("Other income", "Interest")),
]


@pytest.mark.parametrize("layout", ["plain", "workiva"])
@pytest.mark.parametrize(("head", "labels"), BELOW)
def test_what_is_within_the_lines_of_an_income_statement_is_none_of_it(
    head: str, labels: tuple[str, ...], layout: str
) -> None:
    made = company(len(head))
    count = len(made.income.periods)
    rows = [Row(label, shown=tuple(f"{710 + 30 * n - 3 * i}" for i in range(count))) for n, label in enumerate(labels)]
    page = page_of(made, (replace(made.income, rows=(*made.income.rows, Row(head), *rows)), made.balance, made.cash))
    assert faults(page, layout) == ()


LOANS = (
    Row("Commercial", (4000, 3900)),
    Row("Real estate", (9000, 8900)),
    Row("Total loans", (13000, 12800), rule=True),
)
DEPOSITS = (Row("Demand", (4000, 3900)), Row("Savings", (9000, 8900)), Row("Total deposits", (13000, 12800), rule=True))


@pytest.mark.parametrize("layout", ["edgar", "plain", "simple"])
@pytest.mark.parametrize(("title", "rows"), [("Loans are summarized as follows:", LOANS), ("", DEPOSITS)])
def test_a_table_below_a_balance_sheet_is_none_of_it(title: str, rows: tuple[Row, ...], layout: str) -> None:
    made = company(4)
    table = Grid((title,) if title else (), "(In thousands)", made.balance.heads, rows, real=False)
    page = page_of(made, (made.income, made.balance, Text("See accompanying notes."), table, made.cash))
    assert faults(page, layout) == ()


APART = [("balance", "Total liabilities and"), ("cash", "Cash and cash equivalents at end"), ("income", "Basic")]


@pytest.mark.parametrize("layout", ["edgar", "plain", "simple", "workiva"])
@pytest.mark.parametrize(("which", "start"), APART)
def test_the_end_of_a_statement_in_a_table_of_its_own(which: str, start: str, layout: str) -> None:
    made = company(len(start))
    first, last = split(getattr(made, which), start)
    parts = [
        p
        for name in ("income", "balance", "cash")
        for p in ((first, last) if name == which else (getattr(made, name),))
    ]
    assert faults(page_of(made, parts), layout) == ()


# --- whose it is -----------------------------------------------------------------------------------------------------

PARENT = [
    "CONDENSED FINANCIAL INFORMATION OF REGISTRANT",
    "Schedule I - Condensed Financial Information of Registrant (Parent Company Only)",
    "Note 18. Condensed Parent Company Financial Statements",
]


@pytest.mark.parametrize("layout", ["edgar", "word"])
@pytest.mark.parametrize("title", PARENT)
def test_what_stands_behind_the_heading_of_the_parent_is_left_alone(title: str, layout: str) -> None:
    made = company(2, interim=False)
    alone = company(33, interim=False, year=made.year - 1)
    others = [replace(g, real=False) for g in alone.parts]
    assert faults(page_of(made, more=(Text(title, bold=True, center=True), *others)), layout) == ()


COVER = (
    Text("UNITED STATES SECURITIES AND EXCHANGE COMMISSION", center=True),
    Text("FORM 8-K/A", bold=True, center=True),
    Text("LARKSPUR HOLDINGS CORP", bold=True, center=True),
    Text("(Exact name of registrant as specified in its charter)", center=True),
    Text("Delaware 1-12345 36-1234567", center=True),
    PageEnd(),
)
THEIRS = "Brindle Creek Laboratories, Inc."
FILED = [
    (f"We have audited the balance sheets of {THEIRS} and the related statements of income.",),
    (f"present fairly, in all material respects, the financial position of {THEIRS} at December 31,",),
    (f"On March 3, the Registrant acquired all of the stock of {THEIRS}.", THEIRS),
    ("(a) Financial Statements of Businesses Acquired. See Exhibit 99.2.", THEIRS.upper()),
]


@pytest.mark.parametrize("layout", ["plain", "simple"])
@pytest.mark.parametrize("before", FILED)
def test_a_business_acquired_is_left_out_whole(before: tuple[str, ...], layout: str) -> None:
    made = company(len(before[0]))
    others = [replace(g, real=False) for g in made.parts]
    found = verdict(Page((*COVER, *(Text(t, center=len(t) < 40) for t in before), *others)), layout)
    assert found.wrong == () and any(t.startswith("statements.of-another") for t in found.told)


# --- labels of several lines -----------------------------------------------------------------------------------------

WRAPPED = [
    ("income", "Income before", "Income (Loss) Before|Income Taxes"),
    ("income", "Other income", "OTHER INCOME|(EXPENSE), NET"),
    ("income", "Interest", "Interest Expense (including $120|To affiliates)"),
    ("balance", "Long-term debt", "LONG-TERM DEBT, LESS CURRENT|PORTION (NOTES 5 AND 6)"),
    ("balance", "Common stock", "Common Stock|Issued and Outstanding"),
    ("balance", "Property", "Property, Plant and Equipment|Net of Accumulated Depreciation"),
    ("balance", "Accrued", "Accrued payroll, taxes|Other than on income"),
    ("balance", "Deferred", "Deferred Income Taxes|and Other Deferred|Credits"),
    ("balance", "Accounts receivable", "Accounts receivable (less allowance:|2003, $1,236; 2002, $1,113)"),
    ("cash", "Acquisition", "Acquisition of Businesses,|Net of Cash Acquired"),
]


@pytest.mark.parametrize("layout", ["edgar", "plain"])
@pytest.mark.parametrize(("which", "start", "label"), WRAPPED)
def test_a_label_of_several_lines_is_one(which: str, start: str, label: str, layout: str) -> None:
    made = company(len(label))
    grid = with_row(getattr(made, which), start, label=label, name=" ".join(label.split("|"))[:18].rstrip())
    parts = [grid if name == which else getattr(made, name) for name in ("income", "balance", "cash")]
    inner = [Decimal(n).scaleb(made.income.scale) for n in (120, 1236, 1113)]
    assert faults(replace(page_of(made, parts), allowed=tuple(inner)), layout) == ()
