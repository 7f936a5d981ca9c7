"""Traps of periods: the ways to date columns of years, quarters, years to date and balance sheets, also by weeks."""

from __future__ import annotations

import pytest
from pages import FORMS, Block, Column, Page, balance, cases, cash, heads, income, read_page, some_form, verdict

from capxbrl.decisions import PERIOD
from capxbrl.model import Standing
from capxbrl.periods import months_of

FILER = "HOLBROOK MILLS, INC."
ROWS = {"IS": lambda n: income(n, earnings=False), "BS": balance, "CF": cash}
TITLES = {
    "IS": "CONSOLIDATED STATEMENTS OF INCOME",
    "BS": "CONSOLIDATED BALANCE SHEETS",
    "CF": "CONSOLIDATED STATEMENTS OF CASH FLOWS",
}

#: The statement; its title where it is another, or with "+" the lines below the usual one; its headings; its columns.
CASES = cases("periods", "statement", "title", "headings", "columns")


def page(kind: str, title: str, over: str, periods: str, above: tuple[str, ...] = ()) -> Page:
    lines = [TITLES[kind], *title[1:].split(" / ")] if title[:1] in ("", "+") else title.split(" / ")
    columns = tuple(Column(p) for p in periods.split())
    block = Block(
        (*above, FILER, *filter(None, lines), "(In thousands)"), heads(over), ROWS[kind](len(columns)), columns
    )
    return Page(over, (block,))


@pytest.mark.parametrize(("kind", "title", "over", "periods"), CASES)
def test_headings_of_columns(kind: str, title: str, over: str, periods: str) -> None:
    found = verdict(some_form(title + over), page(kind, title, over, periods))
    assert (found.wrong, found.lost) == ((), ()), some_form(title + over)


SIGNATURES = (
    ("/s/ Porter & Hale LLP", "Boston, Massachusetts", "February 11, 2005"),
    ("PORTER & HALE LLP", "Chicago, Illinois", "February 11, 2005"),
    ("Porter & Hale", "Certified Public Accountants", "Denver, Colorado",
     "February 11, 2005, except for Note 12, as to which the date is March 2, 2005"),
    ("New York, New York", "February 11, 2005"),
    ("Toronto, Canada", "February 11, 2005", "Porter & Hale, Chartered Accountants"),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("signed", SIGNATURES)
def test_the_day_of_an_opinion_dates_no_column(signed: tuple[str, ...], form: str) -> None:
    opinion = "We conducted our audits in accordance with auditing standards generally accepted in the United States."
    made = page(
        "IS",
        "+Years ended September 30",
        "2004 | 2003",
        "2003-10-01/2004-09-30 2002-10-01/2003-09-30",
        (opinion, *signed),
    )
    assert verdict(form, made).kind == "right"


#: Under a balance sheet of March 31, 2005 and September 30, 2004: headings, and what each column is.
FISCAL = (
    ("2Q05 | 2Q04", "2005-01-01/2005-03-31 2004-01-01/2004-03-31"),
    ("Q2 FY05 | Q2 FY04", "2005-01-01/2005-03-31 2004-01-01/2004-03-31"),
    ("Second Quarter Fiscal 2005 | Second Quarter Fiscal 2004", "2005-01-01/2005-03-31 2004-01-01/2004-03-31"),
    ("Second Quarter*2 | Six Months*2 // 2005 | 2004 | 2005 | 2004",
     "2005-01-01/2005-03-31 2004-01-01/2004-03-31 2004-10-01/2005-03-31 2003-10-01/2004-03-31"),
    ("2005*2 | 2004*2 // Second Quarter | Six Months | Second Quarter | Six Months",
     "2005-01-01/2005-03-31 2004-10-01/2005-03-31 2004-01-01/2004-03-31 2003-10-01/2004-03-31"),
)  # fmt: skip


@pytest.mark.parametrize(("over", "periods"), FISCAL)
def test_quarters_of_a_fiscal_year_by_the_balance_sheet(over: str, periods: str) -> None:
    flows = page("IS", "", over, periods).blocks[0]
    sheet = page("BS", "", "March 31, 2005 | September 30, 2004", "2005-03-31 2004-09-30").blocks[0]
    assert verdict(some_form(over), Page(over, (flows, sheet))).kind == "right"


@pytest.mark.parametrize(
    "over", ["Fiscal Years Ended*2 // January 1, 2005 | December 27, 2003", "Fiscal Year*2 // 2004 | 2003"]
)
def test_a_year_of_53_weeks_begins_behind_the_balance_sheet_before(over: str) -> None:
    flows = page("IS", "", over, "2003-12-28/2005-01-01 2002-12-29/2003-12-27").blocks[0]
    sheet = page("BS", "", "January 1, 2005 | December 27, 2003", "2005-01-01 2003-12-27").blocks[0]
    assert verdict(some_form(over), Page(over, (flows, sheet))).kind == "right"


#: Headings with a slip, beside a balance sheet and cash flows of 2004 and 2003: of the income statement, of the sheet.
SLIPS = (
    ("Years Ended December 31,*2 // 2004 | 2004", "December 31, 2004 | December 31, 2003"),
    ("Years Ended December 31,*2 // 2040 | 2003", "December 31, 2004 | December 31, 2003"),
    ("Years Ended December 31,*2 // 2014 | 2003", "December 31, 2004 | December 31, 2003"),
    ("Years Ended December 31,*2 // 2004 | 1993", "December 31, 2004 | December 31, 2003"),
    ("Years Ended December 31,*2 // 2003 | 2004", "December 31, 2004 | December 31, 2003"),
    ("Years Ended December 31,*2 // 2004 | 2003", "December 31, 2004 | December 31, 2004"),
    ("Years Ended December 31,*2 // 2004 | 2003", "December 31, 2004 | November 30, 2003"),
)


@pytest.mark.parametrize(("over", "sheet"), SLIPS)
def test_a_slip_in_a_heading_is_told(over: str, sheet: str) -> None:
    years = "2004-01-01/2004-12-31 2003-01-01/2003-12-31"
    flows = (page(kind, "", h, years).blocks[0] for kind, h in (("IS", over), ("CF", SLIPS[-1][0])))
    balances = page("BS", "", sheet, "2004-12-31 2003-12-31").blocks[0]
    assert verdict(some_form(over + sheet), Page(over, (*flows, balances))).told


@pytest.mark.parametrize("days", ["2Q13 | 1Q13 | 2Q12", "6/30/2013 | 3/31/2013 | 6/30/2012"])
def test_five_quarters_by_number_beside_their_balance_sheets(days: str) -> None:
    """A balance sheet of the quarter before is no end of a year, where the quarters over the columns say theirs."""
    over = "2Q13 | 1Q13 | 2Q12"
    flows = page("IS", "", over, "2013-04-01/2013-06-30 2013-01-01/2013-03-31 2012-04-01/2012-06-30").blocks[0]
    sheet = page("BS", "", days, "2013-06-30 2013-03-31 2012-06-30").blocks[0]
    assert verdict(some_form(days), Page(over, (flows, sheet))).wrong == ()


def _over_five(first: str) -> str:
    row = "{:30}" + "{:>12}" * 5
    heads = (
        ("", *(f"{month} 30," for month in ("June", "Sept.", "June", "June", "June"))),
        ("", 2009, 2008, 2008, 2009, 2008),
    )
    lines = (
        ("Net sales", 50, 48, 45, 190, 171),
        ("Cost of sales", 30, 29, 27, 110, 101),
        ("Net income", 20, 19, 18, 80, 70),
    )
    body = [row.format(name, *(f"{n * 1000:,}" for n in figures)) for name, *figures in lines]
    title = f"{FILER}\nSTATEMENTS OF INCOME\n(In thousands)\n{first}"
    return "\n".join([title, *(row.format(*head) for head in heads), *body, ""])


def test_a_page_end_between_the_lengths_and_the_days() -> None:
    lengths = f"{'':34}Three Months Ended{'':18}Twelve Months Ended\n"
    for first in (lengths, f"{lengths}\n{'- 4 -':>40}\n<PAGE>\n\n"):
        (made,), findings = read_page(_over_five(first), "quarters.txt")
        assert [months_of(c.period) for c in made.columns] == [3, 3, 3, 12, 12], first
        assert not [f for f in findings if f.code.startswith("periods.")]


def test_columns_under_days_alone_are_doubtful() -> None:
    """Nothing says that they are years, but for the days of the balance sheet: two would be the same."""
    made, findings = read_page(_over_five(""), "days.txt")
    assert not made and "statements.no-period" in {f.code for f in findings}
    sheet = f"\n{FILER}\nBALANCE SHEETS\n(In thousands)\n{'':38}June 30,    June 30,\n{'':42}2009        2008\n"
    rows = "".join(f"{name:30}{'1,500':>16}{'1,400':>12}\n" for name in ("Cash", "Total assets", "Total liabilities"))
    (flows, _), findings = read_page(_over_five("") + sheet + rows, "days.txt")
    assert [f.code for f in findings if f.code.startswith("periods.")] == ["periods.length"]
    assert {d.standing for c in flows.columns for d in c.decisions if d.subject == PERIOD} == {Standing.DOUBTFUL}


def test_a_title_of_two_lengths_over_one_column_is_doubtful() -> None:
    """Which of the two the column is of, nothing says."""
    title = f"{FILER}\nSTATEMENT OF INCOME\nThree and nine months ended September 30,\n(In thousands)\n\n{'':40}2009\n"
    rows = "".join(
        f"{name:34}{n:>10,}\n" for name, n in (("Net sales", 50000), ("Costs", 30000), ("Net income", 20000))
    )
    (made,), findings = read_page(title + rows, "one.txt")
    assert [f.code for f in findings if f.code.startswith("periods.")] == ["periods.length"]
    assert {d.standing for c in made.columns for d in c.decisions if d.subject == PERIOD} == {Standing.DOUBTFUL}
