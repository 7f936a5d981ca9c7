"""Pages as other filers lay them out: the same traps in other words, at other places."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import capxbrl as cx
from capxbrl.amounts import parse_amount

ROWS = (
    ("Net sales", 1250, 1100),
    ("Cost of products sold", 750, 680),
    ("Gross profit", 500, 420),
    ("Selling and administrative", 300, 260),
    ("Income before income taxes", 200, 160),
    ("Income taxes", 70, 56),
    ("Net income", 130, 104),
)
END = (
    "\n"
    "Net income per share                     1.30           1.04\n"
    "Average shares outstanding                100            100"
)


def page(heads: str, caption: str = "(In thousands)", end: str = "", title: str = "STATEMENTS OF INCOME") -> str:
    rows = "\n".join(f"{label:<34}{a:>11,}{b:>15,}" for label, a, b in ROWS)
    return f"EXAMPLE TOOL CO.\n{title}\n{caption}\n\n{heads}\n{rows}{end}\n"


def read(text: str, name: str = "page.txt") -> tuple[cx.Statement, list[cx.Finding]]:
    document, _ = cx.read(text.encode(), name)
    statements, findings = cx.parse_statements(document)
    return statements[0], list(findings)


def html(head: str, rows: str, caption: str = "(In thousands)") -> str:
    return f"<html><body><p>STATEMENTS OF INCOME</p><p>{caption}</p><table>{head}{rows}</table></body></html>"


YEARS = (
    "                                         Year ended December 31,\n"
    "                                         2009           2008"
)


# --- currency --------------------------------------------------------------------------------------------------------

COLUMNS = (
    ("Net sales", 820, 900, 132),
    ("Cost of sales", 500, 540, 79),
    ("Gross profit", 320, 360, 53),
    ("Operating expenses", 200, 210, 31),
    ("Net income", 120, 150, 22),
)


@pytest.mark.parametrize(
    ("caption", "over", "code"),
    [
        ('(Amounts in thousands of Renminbi ("RMB") and U.S. dollars ("US$"))', ("RMB", "RMB", "US$"), "CNY"),
        ("(In thousands of US$ and RMB)", ("RMB", "RMB", "US$"), "CNY"),
        ("(In thousands)", ("Rs.", "Rs.", "US$"), "INR"),
        ("(In millions)", ("NT$", "NT$", "US$"), "TWD"),
        ("(In thousands)", ("Rs.", "Rs.", "Convenience translation into US$"), "INR"),
    ],
)
def test_columns_of_two_currencies(caption: str, over: tuple[str, ...], code: str) -> None:
    head = "<tr><td></td><td>2008</td><td>2009</td><td>2009</td></tr>"
    head = "<tr><td></td><td colspan=3>Year ended December 31,</td></tr>" + head
    head += "<tr><td></td>" + "".join(f"<td>{o}</td>" for o in over) + "</tr>"
    rows = "".join(
        "<tr>" + "".join(f"<td>{v:,}</td>" if not isinstance(v, str) else f"<td>{v}</td>" for v in row) + "</tr>"
        for row in COLUMNS
    )
    statement, findings = read(html(head, rows, caption), "page.htm")
    assert statement.currency == code
    assert [c.period.end.year for c in statement.columns if c.currency in ("", code)] == [2008, 2009]
    assert not any(f.code.startswith("currency.") for f in findings)


@pytest.mark.parametrize("caption", ["(Thousands of dollars)", "($M)", "($ 000 omitted)"])
def test_a_caption_of_dollars_says_the_currency(caption: str) -> None:
    _, findings = read(page(YEARS, caption))
    assert not any(f.code == "currency.unsaid" for f in findings)


# --- scale -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("caption", ["(in USD 1,000)", "(US$ 1'000)", "(x $1,000)"])
def test_a_thousand_in_figures_is_a_scale(caption: str) -> None:
    assert read(page(YEARS, caption))[0].scale == 3


# --- what stands below -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "gone"),
    [
        (
            (
                "\n"
                "Store data:\n"
                "  Stores at year end                      412            398\n"
                "  Net new space (000)                   1,410          1,398"
            ),
            2,
        ),
        ("\nAs of quarter-end\nEmployees                               4,210          4,199", 1),
        ("\nBranches                                  212            208", 1),
        ("\nTotal square footage (000s)            14,210         13,980", 1),
    ],
)
def test_a_block_below_a_complete_income_statement_is_left_alone(block: str, gone: int) -> None:
    statement, findings = read(page(YEARS, end=END + block))
    assert [line.label for line in statement.lines if line.amounts][-1] == "Average shares outstanding"
    assert any(f.code == "statements.below" and f"{gone} line" in f.message for f in findings)


def test_a_heading_of_shares_on_two_lines_belongs_to_the_statement() -> None:
    end = END.replace(
        "Average shares", ("Weighted average number of\n  shares outstanding:\n  Basic         ")
    ).replace(" outstanding   ", "")
    statement, _ = read(page(YEARS, end=end))
    assert statement.lines[-1].label.strip().startswith("Basic")


# --- marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["41,674▲", "41,674@", "41,674 ◊", "41,674°"])
def test_a_mark_behind_a_figure_is_none_of_it(text: str) -> None:
    printed = parse_amount(text)
    assert printed is not None and printed.value == Decimal(41674)


# --- periods ---------------------------------------------------------------------------------------------------------


def spans(statement: cx.Statement) -> list[str]:
    return [f"{c.period.start}/{c.period.end}" for c in statement.columns]


def test_words_of_a_heading_apart_by_two_blanks() -> None:
    left = " " * 46
    heads = f"{left}THREE  MONTHS\n{left}    ENDED\n{left}SEPTEMBER  30\n{left[:-5]}1997           1996"
    assert spans(read(page(heads))[0]) == ["1997-07-01/1997-09-30", "1996-07-01/1996-09-30"]


@pytest.mark.parametrize(
    ("first", "second", "starts"),
    [
        ("July 29, 2000", "July 31, 1999", ["2000-04-30", "1999-05-02"]),
        ("March 31, 2017", "April 1, 2016", ["2016-12-31", "2016-01-02"]),
        ("June 30, 2001", "June 30, 2000", ["2001-04-01", "2000-04-01"]),
    ],
)
def test_quarters_of_weeks_that_end_with_a_month(first: str, second: str, starts: list[str]) -> None:
    heads = (
        "                                        Three Months Ended\n"
        f"                                  {first:>13}  {second:>13}"
    )
    statement, _ = read(page(heads))
    assert [str(c.period.start) for c in statement.columns] == starts


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "The fourth quarter of fiscal 2006 had 14 weeks; the fourth quarter of fiscal 2005 had 13 weeks.",
            ["2006-10-29", "2005-10-30"],
        ),
        ("The fourth quarter of fiscal 2006 was a 14-week quarter.", ["2006-10-29", "2005-10-30"]),
    ],
)
def test_a_fiscal_year_named_by_the_year_it_begins_in(text: str, starts: list[str]) -> None:
    heads = (
        "                                        Quarter Ended\n"
        "                                   Feb. 3, 2007  Jan. 28, 2006"
    )
    statement, _ = read(f"{text}\n\n" + page(heads))
    assert [str(c.period.start) for c in statement.columns] == starts


def test_years_to_the_last_day_of_february() -> None:
    heads = "Years ended the last day of February      2001           2000"
    assert [c.period.end for c in read(page(heads))[0].columns] == [dt.date(2001, 2, 28), dt.date(2000, 2, 29)]


def test_parts_under_a_period_told_in_the_title() -> None:
    head = "<tr><td></td><td>Consolidated</td><td>Retail</td><td>Wholesale</td></tr>"
    rows = "".join(f"<tr><td>{label}</td><td>{a:,}</td><td>{a - b:,}</td><td>{b:,}</td></tr>" for label, a, b in ROWS)
    caption = "For the Nine Months Ended September 30, 2010<br>(In thousands)"
    statement, _ = read(html(head, rows, caption), "page.htm")
    assert spans(statement) == ["2010-01-01/2010-09-30"]
    assert statement.lines[0].amounts[0].value == 1_250_000


def test_years_named_by_the_title_and_the_columns_of_january() -> None:
    text = page(
        "                                         2019           2018",
        title="STATEMENTS OF INCOME\nYears Ended January 31, 2019 and 2018",
    )
    assert spans(read(text)[0]) == ["2018-02-01/2019-01-31", "2017-02-01/2018-01-31"]


# --- page ends, headings apart ---------------------------------------------------------------------------------------

CASH = """EXAMPLE TOOL CO.
STATEMENTS OF CASH FLOWS
(In thousands)
                                                 Year ended December 31,
                                                   2009           2008
Net income                                        1,300          1,040
Depreciation                                        360            330
Net cash provided by operating activities         1,660          1,370
Capital expenditures                               (900)          (700)
Net cash used in investing activities              (900)          (700)
{0}
Cash flows from financing activities:
Repayment of debt                                  (225)          (212)
Dividends paid                                      (80)           (89)
Net cash used in financing activities              (305)          (301)
Net increase in cash                                455            369
Cash at beginning of year                           800            431
Cash at end of year                               1,255            800
"""


@pytest.mark.parametrize(
    "head",
    [
        "ITEM 8.  FINANCIAL STATEMENTS AND SUPPLEMENTARY DATA (CONTINUED)",
        "FINANCIAL STATEMENTS AND SUPPLEMENTAL INFORMATION",
        "PART II, Item 8 (Continued)",
    ],
)
def test_a_running_head_within_a_statement_heads_no_lines(head: str) -> None:
    statement, _ = read(CASH.format(f"\n                    -20-\n<PAGE>\n{head}\n"))
    assert len([line for line in statement.lines if any(line.amounts)]) == 11
    assert not any("SUPPLEMENT" in part.upper() or "ITEM" in part.upper() for x in statement.lines for part in x.path)


def test_headings_in_a_table_of_their_own_are_dealt_in_order() -> None:
    head = "<table><tr><td>Sept. 30,</td><td>Dec. 31,</td></tr><tr><td>2015</td><td>2014</td></tr></table>"
    rows = (("Cash", 100, 90), ("Other assets", 400, 360), ("Total assets", 500, 450), ("Liabilities", 200, 190))
    rows = (*rows, ("Equity", 300, 260), ("Total liabilities and equity", 500, 450))
    body = "".join(f"<tr><td>{label}</td><td>{a}</td><td>{b}</td></tr>" for label, a, b in rows)
    text = f"<html><body><p>BALANCE SHEETS</p><p>(In thousands)</p>{head}<table>{body}</table></body></html>"
    assert [c.period.end for c in read(text, "page.htm")[0].columns] == [dt.date(2015, 9, 30), dt.date(2014, 12, 31)]


@pytest.mark.parametrize("over", ["% of Sales", "Percent to Sales", "% of net revenues"])
def test_shares_of_sales_are_told(over: str) -> None:
    head = f"<tr><td></td><td>2009</td><td>{over}</td><td>2008</td><td>{over}</td></tr>"
    head = "<tr><td></td><td colspan=4>Year ended December 31,</td></tr>" + head
    rows = "".join(
        f"<tr><td>{x}</td><td>{a:,}</td><td>{a / 12.5:.1f}</td><td>{b:,}</td><td>{b / 11:.1f}</td></tr>"
        for x, a, b in ROWS
    )
    statement, findings = read(html(head, rows), "page.htm")
    assert [c.period.end.year for c in statement.columns] == [2009, 2008]
    assert any(f.code == "statements.column-left-out" and f.severity is cx.Severity.WARNING for f in findings)


@pytest.mark.parametrize(
    ("label", "counts"),
    [
        ("Common stock; shares issued and outstanding: 2009--14,321,123; 2008--14,222,111", (14321123, 14222111)),
        ("Common stock; 31,234 and 30,998 thousand shares issued in 2009 and 2008", (31234000, 30998000)),
    ],
)
def test_counts_of_two_years_in_a_label(label: str, counts: tuple[int, int]) -> None:
    rows = (("Cash", 100, 90), ("Total assets", 100, 90), ("Liabilities", 40, 38), (label, 60, 52))
    rows = (*rows, ("Total liabilities and equity", 100, 90))
    body = "".join(f"<tr><td>{x}</td><td>{a}</td><td>{b}</td></tr>" for x, a, b in rows)
    head = "<tr><td></td><td>December 31, 2009</td><td>December 31, 2008</td></tr>"
    statement, _ = read(html(head, body).replace("STATEMENTS OF INCOME", "BALANCE SHEETS"), "page.htm")
    found = {int(f.amount.value) for line in statement.lines for f in line.figures if f.amount.value > 10_000_000}
    assert found == set(counts)


@pytest.mark.parametrize(("caption", "code", "scale"), [("MSEK", "SEK", 6), ("KEUR", "EUR", 3), ("(K€)", "EUR", 3)])
def test_a_scale_in_one_letter_before_a_code(caption: str, code: str, scale: int) -> None:
    statement, _ = read(page(YEARS, caption))
    assert (statement.currency, statement.scale) == (code, scale)


def test_a_code_before_the_first_figures_of_a_text_page() -> None:
    text = page(YEARS).replace("Net sales                        ", "Net sales                     RMB")
    statement, _ = read(text)
    assert statement.currency == "CNY" and statement.lines[0].label == "Net sales"


# --- numbers of notes ------------------------------------------------------------------------------------------------

NOTES = {"Net sales": "2", "Cost of products sold": "11", "Income taxes": "7"}


def noted(heads: str) -> str:
    rows = "\n".join(f"{label:<34}{NOTES.get(label, ''):>4}{a:>11,}{b:>13,}" for label, a, b in ROWS)
    return f"EXAMPLE TOOL CO.\nSTATEMENTS OF INCOME\n(In thousands)\n\n{heads}\n{rows}\n"


@pytest.mark.parametrize(
    "heads",
    [
        f"{'':<40}13 Weeks Ended\n{'':<38}June 29,      July 1,\n{'':<34}Note       1996         1995",
        f"{'Note':<40}13 Weeks Ended\n{'':<38}June 29,      July 1,\n{'':<34}           1996         1995",
        f"{'':<40}13 Weeks Ended\n{'':<34}Note June 29, 1996 July 1, 1995",
    ],
)
def test_a_column_of_notes_takes_no_heading(heads: str) -> None:
    statement, _ = read(noted(heads))
    assert spans(statement) == ["1996-03-31/1996-06-29", "1995-04-02/1995-07-01"]
    assert statement.lines[0].amounts[0].value == 1_250_000


def test_a_day_over_the_labels_beside_a_column_of_notes() -> None:
    rows = (("Cash", "", 100, 90), ("Inventories", "3", 400, 360), ("Plant", "4", 700, 630), ("Other", "12", 10, 9))
    rows = (*rows, ("Total assets", "", 1210, 1089), ("Debt", "5", 600, 500), ("Equity", "", 610, 589))
    rows = (*rows, ("Total liabilities and equity", "", 1210, 1089))
    body = "\n".join(f"{label:<34}{n:>4}{a:>11,}{b:>13,}" for label, n, a, b in rows)
    text = f"EXAMPLE TOOL CO.\nBALANCE SHEETS\n(In thousands)\n\nDec. 31{'':<34}  2017         2016\n{body}\n"
    assert [c.period.end.year for c in read(text)[0].columns] == [2017, 2016]


def test_a_heading_of_html_that_reaches_over_the_labels() -> None:
    head = "<tr><td colspan=2>Quarter Ended</td></tr>"
    head += "<tr><td colspan=2>June 25,</td><td>June 26,</td></tr><tr><td colspan=2>2005</td><td>2004</td></tr>"
    rows = "".join(f"<tr><td>{label}</td><td>{a:,}</td><td>{b:,}</td></tr>" for label, a, b in ROWS)
    statement, _ = read(html(head, rows), "page.htm")
    assert [str(c.period.end) for c in statement.columns] == ["2005-06-25", "2004-06-26"]


@pytest.mark.parametrize("figure", ["1,250(a)", "$1,250(1)", "(1,250)(b)"])
def test_a_mark_that_touches_its_figure(figure: str) -> None:
    statement, _ = read(page(YEARS).replace(f"{1250:>11,}", f"{figure:>11}"))
    assert abs(statement.lines[0].amounts[0].value) == 1_250_000


# --- years of weeks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            "THREE FISCAL YEARS ENDED DECEMBER 28, 1996   1996       1995",
            ["1995-12-31/1996-12-28", "1995-01-01/1995-12-30"],
        ),
        (
            "Fiscal years ended September 25, 1998        1998       1997",
            ["1997-09-27/1998-09-25", "1996-09-28/1997-09-26"],
        ),
        (
            f"{'':<38}Fiscal Year Ended\n{'':<34} Feb. 2, 2002   Feb. 3, 2001",
            ["2001-02-04/2002-02-02", "2000-01-30/2001-02-03"],
        ),
    ],
)
def test_years_of_weeks_by_the_rule_of_their_ends(heads: str, expected: list[str]) -> None:
    assert spans(read(page(heads))[0]) == expected


@pytest.mark.parametrize("title", ["SELECTED FINANCIAL DATA", "FIVE-YEAR SUMMARY", "Financial Highlights"])
def test_selected_data_are_no_statement_for_their_block_of_balances(title: str) -> None:
    end = END + "\nBalance sheet data:\nWorking capital                           910            880\n"
    end += "Total assets                            8,100          7,900\n"
    document, _ = cx.read(page(YEARS, end=end, title=title).encode(), "page.txt")
    assert not cx.parse_statements(document).value


def test_an_order_that_is_broken_by_a_restated_column() -> None:
    head = "<tr><td></td><td colspan=3>Three Months Ended</td></tr><tr><td></td>"
    head += "<td>June 30, 2004</td><td>March 31, 2004 (Restated)</td><td>June 30, 2005</td></tr>"
    rows = "".join(f"<tr><td>{x}</td><td>{a:,}</td><td>{a + b:,}</td><td>{b:,}</td></tr>" for x, a, b in ROWS)
    _, findings = read(html(head, rows), "page.htm")
    assert any(f.code == "periods.order" for f in findings)
