"""Traps of columns: parts and their total, changes, shares, notes, restated figures, other tables below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from pages import FORMS, NONE, Block, Column, Page, Row, balance, heads, income, money, some_form, verdict

FILER = "VANTRESS SUPPLY GROUP, INC."
INCOME = (FILER, "CONSOLIDATED STATEMENTS OF INCOME", "(In thousands)")
SHEET = (FILER, "CONSOLIDATED BALANCE SHEETS", "(In thousands)")
Q1 = "2005-01-01/2005-03-31 2004-01-01/2004-03-31"
YEARS = "2004-01-01/2004-12-31 2003-01-01/2003-12-31"
NO_FACT = Column(None)


def rows(count: int) -> tuple[Row, ...]:
    return income(count, earnings=False)


def values(row: Row) -> list[int]:
    return [int(s.replace(",", "")) for s in row.shown]


def made(count: int, show: Callable[[Row, list[int]], Sequence[str]]) -> tuple[Row, ...]:
    """Income statements whose columns are made of `count` plain ones."""
    return tuple(Row(r.label, tuple(show(r, values(r)))) for r in rows(count))


def total(r: Row, v: list[int]) -> list[str]:
    return [*r.shown, money(sum(v))]


def total_first(r: Row, v: list[int]) -> list[str]:
    return [money(sum(v)), *r.shown]


def two_groups(r: Row, v: list[int]) -> list[str]:
    return [*r.shown[:2], money(sum(v[:2])), *r.shown[2:], money(sum(v[2:]))]


def whole_and_parts(r: Row, v: list[int]) -> list[str]:
    return [money(v[0] + v[2]), money(v[1] + v[3]), *r.shown]


def change(r: Row, v: list[int]) -> list[str]:
    return [*r.shown, money(v[0] - v[1])]


def percent(r: Row, v: list[int]) -> list[str]:
    return [*r.shown, f"{(v[0] / v[1] - 1) * 100:.1f}%"]


def bare_percent(r: Row, v: list[int]) -> list[str]:
    return [*r.shown, f"{(v[0] / v[1] - 1) * 100:.1f}"]


def change_and_percent(r: Row, v: list[int]) -> list[str]:
    return [*change(r, v), percent(r, v)[-1]]


def of_sales(r: Row, v: list[int]) -> list[str]:
    return [r.shown[0], f"{v[0] / 486.20:.1f}%", r.shown[1], f"{v[1] / 499.37:.1f}%"]


def bare_of_sales(r: Row, v: list[int]) -> list[str]:
    return [s.rstrip("%") for s in of_sales(r, v)]


def noted(r: Row, v: list[int]) -> list[str]:
    return [{"Net sales": "2", "Gross profit": "3", "Provision for income taxes": "4(b)"}.get(r.label, ""), *r.shown]


def plain(r: Row, v: list[int]) -> list[str]:
    return list(r.shown)


def changes_twice(r: Row, v: list[int]) -> list[str]:
    return [*r.shown[:2], money(v[0] - v[1]), *r.shown[2:], money(v[2] - v[3])]


_Q, _SIX = "Three Months Ended March 31, 2005", "2005-04-01/2005-06-30 2004-04-01/2004-06-30"
#: How many plain columns, what is shown of them, headings, what each column is: a period, "-" where it gives no fact.
CASES: tuple[tuple[int, Callable[[Row, list[int]], Sequence[str]], str, str], ...] = (
    *(
        (2, total, f"{_Q}*3 // {names}", f"- - {Q1.split()[0]}")
        for names in (
            "East | West | Total", "Retail | Wholesale | Consolidated", "North America | Europe | Total Company",
            "Manufacturing | Financial Services | Consolidated", "Domestic | Foreign | Totals",
            "Continuing Operations | Discontinued Operations | Total", "Equipment | Services | Grand Total",
            "Parent | Guarantor Subsidiaries | Combined", "As Previously Reported | Adjustments | As Restated",
        )
    ),
    (2, total_first, f"{_Q}*3 // Total | East | West", f"{Q1.split()[0]} - -"),
    (3, total, "Year Ended December 31, 2004*4 // Steel | Energy | Chemicals | Consolidated",
     f"- - - {YEARS.split()[0]}"),
    (4, two_groups, f"{_Q}*3 | {_Q.replace('2005', '2004')}*3 // East | West | Total | East | West | Total",
     f"- - {Q1.split()[0]} - - {Q1.split()[1]}"),
    *(
        (2, change, f"Three Months Ended March 31,*2 |  // 2005 | 2004 | {words}", f"{Q1} -")
        for words in ("Change", "Increase (Decrease)", "$ Change", "Variance", "Inc. (Dec.)", "Difference")
    ),
    *(
        (2, percent, f"Three Months Ended March 31,*2 |  // 2005 | 2004 | {words}", f"{Q1} -")
        for words in ("% Change", "Percent Change", "% Inc (Dec)", "Pct. Chg.", "Change")
    ),
    (2, bare_percent, "Three Months Ended March 31,*2 | Percent // 2005 | 2004 | Change", f"{Q1} -"),
    (2, change_and_percent, "Three Months Ended March 31,*2 | Change*2 // 2005 | 2004 | $ | %", f"{Q1} - -"),
    (2, of_sales, "Three Months Ended March 31,*4 // 2005*2 | 2004*2 // Amount | % of Sales | Amount | % of Sales",
     "{} - {} -".format(*Q1.split())),
    *((2, noted, f" | Years Ended December 31,*2 // {words} | 2004 | 2003", f"- {YEARS}")
      for words in ("Note", "Notes", "Note reference", "Footnote", "Ref.")),
    (3, plain, "Successor | Predecessor | Predecessor // Period from July 1, 2004 to December 31, 2004 | "
     "Period from January 1, 2004 to June 30, 2004 | Year Ended December 31, 2003",
     "2004-07-01/2004-12-31 2004-01-01/2004-06-30 2003-01-01/2003-12-31"),
    (2, plain, "Year Ended December 31, 2004*2 // As Previously Reported | As Restated", f"- {YEARS.split()[0]}"),
    (2, total, f"{_Q}*3 // GAAP | Adjustments | Non-GAAP", f"{Q1.split()[0]} - -"),
    (3, plain, "Three Months Ended March 31,*2 | Pro Forma // 2005 | 2004 | 2005", f"{Q1} -"),
    (3, plain, f"{_Q}*2 | {_Q.replace('2005', '2004')} // Actual | Budget | Actual", "{} - {}".format(*Q1.split())),
    (4, changes_twice, "Three Months Ended June 30,*2 |  | Six Months Ended June 30,*2 |  // 2005 | 2004 | Change | "
     "2005 | 2004 | Change", f"{_SIX} - 2005-01-01/2005-06-30 2004-01-01/2004-06-30 -"),
    (4, total, "Quarter Ended*4 | Year Ended // Mar. 31, 2004 | June 30, 2004 | Sept. 30, 2004 | Dec. 31, 2004 | "
     "Dec. 31, 2004",
     "2004-01-01/2004-03-31 2004-04-01/2004-06-30 2004-07-01/2004-09-30 2004-10-01/2004-12-31 2004-01-01/2004-12-31"),
)  # fmt: skip


def page(count: int, show: Callable[[Row, list[int]], Sequence[str]], over: str, periods: str) -> Page:
    columns = tuple(Column(None if p == "-" else p) for p in periods.split())
    return Page(over, (Block(INCOME, heads(over), made(count, show), columns),))


@pytest.mark.parametrize(("count", "show", "over", "periods"), CASES)
def test_arrangements_of_columns(
    count: int, show: Callable[[Row, list[int]], Sequence[str]], over: str, periods: str
) -> None:
    found = verdict(some_form(over), page(count, show, over, periods))
    assert (found.wrong, found.lost) == ((), ()), some_form(over)


@pytest.mark.parametrize("form", ["simple", "word", "workiva", "nested"])
@pytest.mark.parametrize(
    ("show", "over", "periods"),
    [
        (percent, "Three Months Ended March 31,*2 |  // 2005 | 2004 | %", f"{Q1} -"),
        (bare_of_sales, "Three Months Ended March 31,*4 // 2005 | % | 2004 | %", "{} - {} -".format(*Q1.split())),
    ],
)
def test_a_sign_of_percent_over_a_column_is_no_part_of_the_year_beside_it(
    show: Callable[[Row, list[int]], Sequence[str]], over: str, periods: str, form: str
) -> None:
    found = verdict(form, page(2, show, over, periods))
    assert (found.wrong, found.lost) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_the_quarters_of_the_year_that_the_title_tells(form: str) -> None:
    over = "First Quarter | Second Quarter | Third Quarter | Fourth Quarter | Total Year"
    periods = (
        "2004-01-01/2004-03-31 2004-04-01/2004-06-30 2004-07-01/2004-09-30 2004-10-01/2004-12-31 2004-01-01/2004-12-31"
    )
    title = (*INCOME[:2], "Year ended December 31, 2004", INCOME[2])
    columns = tuple(Column(p) for p in periods.split())
    found = verdict(form, Page(over, (Block(title, heads(over), made(4, total), columns),)))
    assert (found.wrong, found.lost) == ((), ())


# --- what stands below a statement ------------------------------------------------------------------------------------

ANNUAL = Block(
    INCOME, heads("Years Ended December 31,*2 // 2004 | 2003"), rows(2), tuple(Column(p) for p in YEARS.split())
)
BALANCE = Block(
    SHEET, heads("December 31, 2004 | December 31, 2003"), balance(2), (Column("2004-12-31"), Column("2003-12-31"))
)
QUARTERS = Block(
    ("QUARTERLY FINANCIAL DATA (UNAUDITED)",), heads("First | Second | Third | Fourth"),
    tuple(Row(r.label, r.shown, NONE) for r in rows(4)[:3]), (NO_FACT,) * 4,
)  # fmt: skip
SEGMENTS = Block(
    ("Segment information for the year ended December 31, 2004 follows:",), heads("Tools | Parts | Corporate | Total"),
    tuple(Row(r.label, r.shown, NONE) for r in made(3, total)[:3]), (NO_FACT,) * 4,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("blocks", [(ANNUAL, QUARTERS), (ANNUAL, BALANCE, QUARTERS), (BALANCE, ANNUAL, SEGMENTS)])
def test_a_table_under_headings_of_its_own_is_no_part_of_the_statement_above(
    blocks: tuple[Block, ...], form: str
) -> None:
    found = verdict(form, Page("below", blocks))
    assert (found.wrong, found.lost) == ((), ())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("titled", [(), INCOME])
def test_a_second_block_of_the_statement_is_read(titled: tuple[str, ...], form: str) -> None:
    first = Block(
        INCOME, heads("Three Months Ended June 30,*2 // 2005 | 2004"), rows(2), tuple(Column(p) for p in _SIX.split())
    )
    later = tuple(Row(r.label, r.shown[2:]) for r in rows(4))
    six = (Column("2005-01-01/2005-06-30"), Column("2004-01-01/2004-06-30"))
    second = Block(titled, heads("Six Months Ended June 30,*2 // 2005 | 2004"), later, six)
    assert verdict(form, Page("blocks", (first, second))).kind == "right"
