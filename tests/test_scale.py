"""The scale of money is decided by all that the page says and computes, for all statements of a filing together."""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl.decisions import SCALE_OF_MONEY
from capxbrl.model import Decision, Standing, Statement
from capxbrl.options import Assumptions

BALANCE = """{0}
                                        December 31,    December 31,
                                            2004            2003
Cash and cash equivalents                  3,316             874
Receivables                                6,245          11,390
Total assets                               9,561          12,264
Accounts payable                           3,361           4,664
Stockholders' equity                       6,200           7,600
Total liabilities and equity               9,561          12,264
{1}
"""
INCOME = """{0}
                                      Years ended December 31,
                                            2004            2003
Revenues                                  48,620          46,205
Cost of sales                             42,115          39,980
Gross profit                               6,505           6,225
Selling expenses                           5,020           4,610
Net income                                 1,485           1,615
{1}
"""
EPS = """Basic earnings per share                    $.30            $.33
Weighted average shares outstanding    {0}       {1}"""
TITLES = "\nBALANCE SHEETS", "\nSTATEMENTS OF OPERATIONS"


def read(text: str, **assumed: int) -> tuple[tuple[Statement, ...], list[cx.Finding]]:
    document, _ = cx.read(text.encode(), "page.txt")
    statements, findings = cx.parse_statements(document, assume=Assumptions(**assumed))
    return statements, [f for f in findings if f.code.startswith("scale.")]


def decision(statement: Statement) -> Decision:
    return next(d for d in statement.decisions if d.subject == SCALE_OF_MONEY)


def pages(before: str = "", balance: str = "", income: str = "", between: str = "", after: str = "") -> str:
    return (
        f"EXAMPLE SUPPLY CO.\n{before}\n"
        + BALANCE.format(f"{TITLES[0]}\n{balance}", between)
        + INCOME.format(f"{TITLES[1]}\n{income}", after)
    )


@pytest.mark.parametrize(
    "text",
    [
        pages(before="(In thousands)"),
        pages(balance="(In thousands)"),
        pages(income="(In thousands)"),
        pages(between="\n(In thousands)\n", after="\n(In thousands)"),
        pages(after="\n\nAmounts are in thousands."),
        pages(before="Dollar figures in this release are in thousands unless noted.\n\n"),
        pages(balance="(US$'000)"),
        pages(after="\n\nThe company reported total revenues of $48.6 million, and net income of $1.5 million."),
        pages(after=EPS.format("4,950,000", "4,893,000")),
    ],
)
def test_a_scale_said_anywhere_holds_for_all_statements(text: str) -> None:
    statements, findings = read(text)
    assert [s.scale for s in statements] == [3, 3]
    assert not [f for f in findings if f.severity is not cx.Severity.NOTE]


def test_a_scale_that_arithmetic_bears_out_is_proved() -> None:
    statements, _ = read(pages(balance="(In thousands)", income="(In thousands)", after=EPS.format("4,950", "4,893")))
    assert decision(statements[1]).standing is Standing.PROVED
    assert "EPS x shares" in decision(statements[1]).witnesses[-1].says


def test_a_caption_that_arithmetic_contradicts_is_told_with_both_places() -> None:
    text = pages(income="(In millions, except share data)", after=EPS.format("4,950,000", "4,893,000"))
    statements, findings = read(text)
    assert decision(statements[1]).standing is Standing.DOUBTFUL
    (told,) = findings
    assert statements[1].scale == 3 and told.severity is cx.Severity.WARNING
    assert "thousands" in told.message and "millions" in told.message and "page.txt:" in told.message


def test_nothing_says_the_scale() -> None:
    statements, findings = read(pages())
    assert {decision(s).standing for s in statements} == {Standing.DOUBTFUL}
    assert [f.severity for f in findings] == [cx.Severity.WARNING]


def test_two_statements_of_their_own_scales_keep_them() -> None:
    flow = """
STATEMENTS OF CASH FLOWS
(In thousands)
                                      Years ended December 31,
                                            2004            2003
Net income                                 1,485           1,615
Depreciation                                 957             900
Net cash provided by operating activities  2,442           2,515
Cash at beginning of year                    874             500
Cash at end of year                        3,316             874
"""
    income = INCOME.format(f"{TITLES[1]}\n(In millions)", "")
    for thousands, millions in (("48,620", "48.6"), ("46,205", "46.2"), ("42,115", "42.1"), ("39,980", "40.0")):
        income = income.replace(thousands, f"{millions:>6}")
    income = income.replace("6,505", "  6.5").replace("6,225", "  6.2").replace("5,020", "  5.0")
    income = income.replace("4,610", "  4.6").replace("1,485", "  1.5").replace("1,615", "  1.6")
    statements, findings = read("EXAMPLE SUPPLY CO.\n" + income + flow)
    assert [s.scale for s in statements] == [6, 3]
    assert not findings


def test_a_financial_data_schedule_bears_a_scale_out() -> None:
    schedule = "\n\n<MULTIPLIER> 1,000\n<TOTAL-ASSETS>     9,561\n<NET-INCOME>     1,485\n"
    statements, _ = read(pages(balance="(In thousands)") + schedule)
    assert {decision(s).standing for s in statements} == {Standing.PROVED}


def test_the_user_outranks_the_page() -> None:
    statements, findings = read(pages(balance="(In millions)"), scale=3)
    assert [s.scale for s in statements] == [3, 3]
    assert not findings
