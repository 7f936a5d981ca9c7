"""Which tables are the face statements, where each ends, and how that stands: titles, landmarks, place."""

from __future__ import annotations

import pytest

from capxbrl.decisions import FACE
from capxbrl.findings import Finding
from capxbrl.model import Kind, Standing, Statement
from capxbrl.readers import read
from capxbrl.statements import parse_statements

HEADS = f"{'Years ended December 31,':<36}{'2009':>8}    {'2008':>8}\n"


def parsed(source: str, name: str = "x.txt") -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    statements, findings = parse_statements(read(source.encode(), name).value)
    return statements, findings


def rows(*lines: tuple[str, str, str]) -> str:
    return "".join(f"{label:<36}{a:>8}    {b:>8}\n" for label, a, b in lines)


def labels(statement: Statement) -> list[str]:
    return [line.label for line in statement.lines if any(line.amounts)]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f.code for f in findings]


INCOME = rows(
    ("Net sales", "9,400", "8,200"),
    ("Cost of sales", "5,400", "5,100"),
    ("Income before income taxes", "4,000", "3,100"),
    ("Provision for income taxes", "1,600", "1,240"),
    ("Net income", "2,400", "1,860"),
    ("Diluted earnings per share", "0.24", "0.19"),
)
ASSETS = rows(("Cash", "1,200", "1,100"), ("Receivables", "2,300", "2,000"), ("Total assets", "3,500", "3,100"))
REST = rows(
    ("Accounts payable", "900", "800"),
    ("Long-term debt", "600", "700"),
    ("Total stockholders' equity", "2,000", "1,600"),
    ("Total liabilities and equity", "3,500", "3,100"),
)


def page(title: str, body: str, above: str = "MALLOW WORKS INC\n") -> str:
    return f"{above}{title}\n(In thousands, except per share data)\n\n{HEADS}{body}"


def balance(title: str, body: str) -> str:
    heads = f"{'':<32}{'December 31, 2009':>18}{'December 31, 2008':>20}\n"
    wide = "".join(f"{line[:36]:<36}{line[36:44]:>14}{line[48:]:>20}\n" for line in body.splitlines())
    return f"MALLOW WORKS INC\n{title}\n(In thousands)\n\n{heads}{wide}"


# --- titles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "PART II\nITEM 8. FINANCIAL STATEMENTS AND SUPPLEMENTARY DATA\n",
        "FINANCIAL STATEMENTS AND SUPPLEMENTARY DATA - (Continued)\n",
        "Item 8 - Consolidated Financial Statements and Supplemental Information\n",
        "Mallow Reports Net Income of $2.4 Million, $0.26 As Adjusted - Page 4\n",
    ],
)
def test_a_running_head_is_no_title(head: str) -> None:
    (statement,), findings = parsed(page("CONSOLIDATED STATEMENTS OF INCOME", INCOME, head))
    assert statement.kind is Kind.INCOME_STATEMENT
    assert not {"statements.not-face", "statements.condensed"} & set(codes(findings))


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("SUPPLEMENTAL CONSOLIDATED STATEMENT OF EARNINGS", Standing.STATED),
        ("CONSOLIDATED STATEMENTS OF OPERATIONS DATA", Standing.STATED),
        ("FINANCIAL HIGHLIGHTS", Standing.DOUBTFUL),
        ("OVERVIEW", Standing.DOUBTFUL),
    ],
)
def test_an_extract_is_read_where_the_filing_has_no_other(title: str, standing: Standing) -> None:
    (statement,), findings = parsed(page(title, INCOME))
    assert "statements.condensed" in codes(findings)
    (decision,) = [d for d in statement.decisions if d.subject == FACE]
    assert decision.standing is standing


@pytest.mark.parametrize(
    "title", ["SUPPLEMENTAL STATEMENT OF EARNINGS", "FINANCIAL HIGHLIGHTS", "RESULTS OF OPERATIONS"]
)
def test_an_extract_is_left_alone_where_the_filing_has_the_statement(title: str) -> None:
    face = page("CONSOLIDATED STATEMENTS OF INCOME", INCOME)
    other = page(title, INCOME.replace("9,400", "9,111"))
    (statement,), _ = parsed(f"{other}\n\n\nSome words between the two.\n\n\n{face}")
    assert statement.title == "CONSOLIDATED STATEMENTS OF INCOME"
    (decision,) = [d for d in statement.decisions if d.subject == FACE]
    assert decision.standing is Standing.PROVED


@pytest.mark.parametrize(
    "title",
    ["BALANCE SHEETS (PARENT COMPANY)", "Parent Company Condensed Balance Sheets", "Balance sheet (registrant only)"],
)
def test_the_parent_alone_is_not_the_company(title: str) -> None:
    statements, findings = parsed(balance(title, ASSETS + REST))
    assert statements == () and "statements.not-face" in codes(findings)


# --- comparisons, selected data, notes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ("Third Quarter 2009", "Second Quarter 2009", "Change"),
        ("Year 2009", "Year 2008", "% increase"),
        ("December 31, 2009", "December 31, 2008", "Variance"),
    ],
)
def test_a_comparison_is_no_statement(cells: tuple[str, ...]) -> None:
    body = "".join(
        f"<tr><td>{label}</td><td>{a}</td><td>{b}</td><td>12%</td></tr>"
        for label, a, b in [
            ("Net sales", "1,402", "1,405"),
            ("Income before taxes", "250", "240"),
            ("Net income", "101", "55"),
        ]
    )
    heads = "".join(f"<td>{c}</td>" for c in ("", *cells))
    source = f"<html><body><p>Results of Operations</p><table><tr>{heads}</tr>{body}</table></body></html>"
    assert parsed(source, "x.htm")[0] == ()


@pytest.mark.parametrize(
    "more",
    [
        (("Total assets", "28,049", "29,951"),),
        (
            ("Current assets", "1,131", "1,168"),
            ("Total assets", "28,049", "29,951"),
            ("Net assets", "26,292", "28,183"),
        ),
        (("Balance at beginning of year", "1,304", "1,290"), ("Balance at end of year", "1,228", "1,304")),
    ],
)
def test_flows_beside_balances_are_no_statement(more: tuple[tuple[str, str, str], ...]) -> None:
    statements, findings = parsed(page("", INCOME + rows(*more)))
    assert statements == () and "statements.untitled" in codes(findings)


NOTES = [
    "NOTES TO CONSOLIDATED FINANCIAL STATEMENTS",
    "Notes to the Condensed Consolidated Financial Statements (Unaudited)",
    "NOTES TO FINANCIAL STATEMENTS -- (Continued)",
]


@pytest.mark.parametrize("heading", NOTES)
def test_a_table_of_the_notes_is_no_statement(heading: str) -> None:
    activity = rows(
        ("Net income", "2,400", "1,860"),
        ("Unrealized loss on securities", "(40)", "(21)"),
        ("Foreign currency translation", "12", "8"),
        ("Pension", "3", "9"),
        ("Comprehensive income", "2,375", "1,856"),
    )
    note = f"\n\n{heading}\n\nThe Company follows the guidance in force for all that it reports in these pages.\n\n"
    source = page("CONSOLIDATED STATEMENTS OF INCOME", INCOME) + note + page("Details of the year", activity)
    assert [s.kind for s in parsed(source)[0]] == [Kind.INCOME_STATEMENT]


# --- where a statement ends -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [" (Continued)", " - (concluded)", ", cont'd"])
def test_a_second_half_with_headings_of_its_own_is_joined(again: str) -> None:
    between = "\nSee accompanying notes to consolidated financial\nstatements (unaudited).\n\n\n          3\n<PAGE>\n"
    source = balance("CONSOLIDATED BALANCE SHEETS", ASSETS) + between
    source += balance(f"CONSOLIDATED BALANCE SHEETS{again}", REST)
    (statement,), findings = parsed(source)
    assert labels(statement)[-1] == "Total liabilities and equity" and "Total assets" in labels(statement)
    assert "statements.repeated" not in codes(findings)


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("Includes stock-based compensation as follows:", "Cost of sales"),
        ("Selected data at period-end", "Headcount"),
        ("Adjusted EBITDA:", "Net income"),
        ("Deposits by type:", "Demand"),
        ("Reconciliation to funds from operations", "Net income"),
        ("Other operating data:", "Units sold"),
    ],
)
def test_what_stands_below_the_last_line_is_no_line(head: str, first: str) -> None:
    below = f"{head}\n" + rows((first, "52", "41"), ("Something else", "30", "28"))
    (statement,), findings = parsed(page("CONSOLIDATED STATEMENTS OF INCOME", INCOME + below))
    assert labels(statement)[-1] == "Diluted earnings per share"
    (told,) = [f for f in findings if f.code == "statements.below"]
    assert "2 lines" in told.message and head[:10] in told.message


def test_a_line_shown_again_begins_another_table() -> None:
    below = "How we look at it:\n" + rows(("Net income", "2,400", "1,860"), ("Plus interest", "30", "28"))
    (statement,), _ = parsed(page("CONSOLIDATED STATEMENTS OF INCOME", INCOME + below))
    assert labels(statement)[-1] == "Diluted earnings per share"


@pytest.mark.parametrize(
    "head", ["Earnings per share:", "Amounts attributable to Mallow:", "Weighted average shares:", "Dividends:"]
)
def test_what_belongs_below_the_last_total_stays(head: str) -> None:
    (statement,), findings = parsed(
        page("CONSOLIDATED STATEMENTS OF INCOME", INCOME + f"{head}\n" + rows(("Basic", "0.26", "0.20")))
    )
    assert labels(statement)[-1] == "Basic" and "statements.below" not in codes(findings)


@pytest.mark.parametrize(
    "between",
    [
        "\nThe accompanying notes are an integral part of these statements.\n",
        "\nThe accompanying notes are an integral part of these statements.\n\nNote 12 - Selected Quarterly Data\n\n",
        "\nNote 9. Quarters (unaudited)\n\n",
    ],
)
def test_quarters_below_are_no_years(between: str) -> None:
    quarters = f"{'2009':<32}{'First':>12}{'Second':>12}{'Third':>12}{'Fourth':>12}\n"
    quarters += f"{'Net sales':<32}{'2,284':>12}{'2,296':>12}{'2,305':>12}{'2,515':>12}\n"
    quarters += f"{'Net income':<32}{'524':>12}{'569':>12}{'629':>12}{'678':>12}\n"
    (statement,), _ = parsed(page("CONSOLIDATED STATEMENTS OF INCOME", INCOME) + between + quarters)
    shown = {a.value for line in statement.lines if line.label == "Net sales" for a in line.amounts if a}
    assert shown == {9_400_000, 8_200_000}


@pytest.mark.parametrize(
    "heading", ["Six months ended June 30,", "SIX MONTHS ENDED JUNE 30,", "For the six months ended June 30,"]
)
def test_a_second_block_under_headings_of_its_own_is_not_lost(heading: str) -> None:
    def block(head: str, factor: int) -> str:
        body = "".join(
            f"<tr><td>{label}</td><td>{a * factor:,}</td><td>{b * factor:,}</td></tr>"
            for label, a, b in [
                ("Net sales", 9400, 8200),
                ("Income before income taxes", 4000, 3100),
                ("Net income", 2400, 1860),
            ]
        )
        return f"<tr><td></td><td colspan=2>{head}</td></tr><tr><td></td><td>2009</td><td>2008</td></tr>{body}"

    title = "<p>CONSOLIDATED STATEMENTS OF INCOME</p><p>(In thousands)</p>"
    source = (
        f"<html><body>{title}<table>{block('Three months ended June 30,', 1)}{block(heading, 2)}</table></body></html>"
    )
    statements, findings = parsed(source, "x.htm")
    shown = {a.value for s in statements for line in s.lines if line.label == "Net sales" for a in line.amounts if a}
    assert shown == {9_400_000, 8_200_000, 18_800_000, 16_400_000}
    assert not {"statements.untitled", "statements.not-face"} & set(codes(findings))


@pytest.mark.parametrize("gap", ["<p>&nbsp;</p>", "<p>3</p>", ""])
def test_a_total_in_a_table_of_its_own_is_joined(gap: str) -> None:
    def table(lines: list[tuple[str, str, str]], heads: str) -> str:
        body = "".join(f"<tr><td>{label}</td><td>{a}</td><td>{b}</td></tr>" for label, a, b in lines)
        return f"<table>{heads}{body}</table>"

    heads = "<tr><td></td><td>June 30, 2009</td><td>December 31, 2008</td></tr>"
    upper = [
        ("Cash", "1,200", "1,100"),
        ("Total assets", "1,200", "1,100"),
        ("Debt", "700", "500"),
        ("Total equity", "500", "600"),
    ]
    lower = [("Other", "-", "-"), ("Total liabilities and equity", "1,200", "1,100")]
    source = f"<html><body><p>BALANCE SHEETS</p>{table(upper, heads)}{gap}{table(lower, '')}</body></html>"
    (statement,), _ = parsed(source, "x.htm")
    assert labels(statement)[-1] == "Total liabilities and equity"
