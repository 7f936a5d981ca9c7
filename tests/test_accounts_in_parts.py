"""Statements told in parts, each under a heading of its own, and the short form of a statement before it."""

from __future__ import annotations

import pytest

from capxbrl.findings import Finding
from capxbrl.model import Kind, Statement
from capxbrl.pipeline import analyse
from capxbrl.readers import read
from capxbrl.statements import parse_statements

HEADS = f"{'':<38}{'Note':<10}{'2003':>8}    {'2002':>8}\n{'':<38}{'number'}\n"


def rows(*lines: tuple[str, str, str, str]) -> str:
    return "".join(f"{label:<38}{note:<10}{a:>8}    {b:>8}\n" for label, note, a, b in lines)


SHORT = (
    "NORTHERN LIFE N.V.\n\nSummarized Consolidated Income Statements\n"
    "Years ended December 31\nAmounts in million EUR\n\n" + HEADS
)
SUMMARY = rows(
    ("Premiums", "", "9,500", "9,100"),
    ("Investment revenue", "2(c)", "1,300", "1,250"),
    ("Total revenues", "", "10,800", "10,350"),
    ("Benefits and expenses", "2(d)", "9,900", "9,600"),
    ("Income before tax", "", "900", "750"),
    ("Corporation tax", "2(k)", "(270)", "(225)"),
    ("Net income", "", "630", "525"),
)
TITLE = "\nConsolidated Income Statements\nYears ended December 31\nAmounts in million EUR\n\n"
LIFE = rows(
    ("Gross premiums", "2(a)", "6,400", "6,100"),
    ("Premiums to reinsurers", "2(a)", "(400)", "(380)"),
    ("Investment income", "2(c)", "1,000", "960"),
    ("Benefits to policyholders", "2(e)", "(6,300)", "(6,080)"),
    ("Result of the life account", "", "700", "600"),
)
OTHER = rows(
    ("Gross premiums", "2(a)", "3,700", "3,560"),
    ("Premiums to reinsurers", "2(a)", "(200)", "(180)"),
    ("Investment income", "2(c)", "300", "290"),
    ("Claims incurred", "2(f)", "(3,650)", "(3,570)"),
    ("Result of the non-life account", "", "150", "100"),
)
LAST = rows(
    ("Result of the life account", "", "700", "600"),
    ("Result of the non-life account", "", "150", "100"),
    ("Income from banking activities", "2(g)", "80", "90"),
    ("Other charges", "2(h)", "(30)", "(40)"),
    ("Income before tax", "", "900", "750"),
    ("Corporation tax", "2(k)", "(270)", "(225)"),
    ("Net income", "", "630", "525"),
)
PAGE = "\nSee notes to the financial statements\n\n                      -{0}-\n\n{1}\n\n"
ACCOUNTS = (
    TITLE
    + "Technical account life insurance\n\n" + HEADS + LIFE
    + PAGE.format(77, "Technical account non-life insurance") + HEADS + OTHER
    + PAGE.format(78, "Non-technical account") + HEADS + LAST
)  # fmt: skip


def parsed(text: str) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    statements, findings = parse_statements(read(text.encode(), "x.txt").value)
    return statements, findings


def labels(statement: Statement) -> list[str]:
    return [line.label for line in statement.lines if any(line.amounts)]


def test_accounts_whose_results_are_carried_to_the_last_one_are_one_statement() -> None:
    (statement,), findings = parsed("NORTHERN LIFE N.V.\n" + ACCOUNTS)
    assert statement.kind is Kind.INCOME_STATEMENT
    assert len(labels(statement)) == 17
    assert labels(statement)[0] == "Gross premiums" and labels(statement)[-1] == "Net income"
    assert {f.code for f in findings} == {"statements.column-left-out"}  # the numbers of notes


def test_the_short_form_before_them_is_read_too() -> None:
    statements, findings = parsed(SHORT + SUMMARY + ACCOUNTS)
    assert [len(labels(s)) for s in statements] == [7, 17]
    assert not any(f.code == "statements.repeated" for f in findings)


def test_figures_of_accounts_are_proved_by_what_is_carried_and_nothing_adds_up_nowhere() -> None:
    report, findings = analyse(read((SHORT + SUMMARY + ACCOUNTS).encode(), "x.txt").value)
    income = {(str(f.period.end), f.value) for f in report.report.facts if f.concept.name == "ProfitLoss"}
    net = income or {(str(f.period.end), f.value) for f in report.report.facts if f.concept.name == "NetIncomeLoss"}
    assert net == {("2003-12-31", 630_000_000), ("2002-12-31", 525_000_000)}
    assert not [f for f in findings if f.code.startswith("foot.")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        # The result of an account is not the one that is carried.
        ("Result of the non-life account        " + f"{'':<10}{'150':>8}    {'100':>8}\n" + PAGE.format(78, ""), None),
        # The last account has other columns.
        (HEADS + LAST, HEADS.replace("2002", "2001") + LAST),
        # The title of another statement stands between.
        ("Non-technical account", "Consolidated Statements of Cash Flows"),
    ],
)
def test_accounts_that_do_not_belong_together_are_not_joined(was: str, now: str | None) -> None:
    if now is None:
        was, now = was.removesuffix(PAGE.format(78, "")), was.removesuffix(PAGE.format(78, "")).replace("150", "151")
        text = ACCOUNTS.replace(was, now, 1)
    else:
        text = ACCOUNTS.replace(was, now)
    assert text != ACCOUNTS
    statements, _ = parsed("NORTHERN LIFE N.V.\n" + text)
    assert all(len(labels(s)) < 17 for s in statements)


@pytest.mark.parametrize("net", ["640", "6,300"])
def test_a_second_statement_with_another_result_is_left_alone_and_told(net: str) -> None:
    statements, findings = parsed(SHORT + SUMMARY.replace("630", net) + ACCOUNTS)
    assert len(statements) == 1
    assert "statements.repeated" in [f.code for f in findings]


def test_numbers_of_notes_in_a_column_of_their_own_are_no_part_of_labels() -> None:
    (statement,), _ = parsed(SHORT + SUMMARY)
    assert "Corporation tax" in labels(statement) and "Investment revenue" in labels(statement)


FLOWS = """
Consolidated Cash Flow Statements
Years ended December 31
Amounts in million EUR

                                                    2003        2002
Net income                                           630         525
Depreciation                                          70          75
Cash flow from operating activities                  700         600
Purchases of equipment                              (300)       (250)
Cash flow from investing activities                 (300)       (250)
Dividends paid                                      (100)       (100)
Cash flow from financing activities                 (100)       (100)
{0:<46}{1:>9}   {2:>9}
"""


@pytest.mark.parametrize(
    "label", ["Change in liquid assets", "Increase in liquid funds", "Net increase (decrease) in liquidity"]
)
def test_a_cash_flow_that_never_tells_of_a_balance_ends_with_the_change(label: str) -> None:
    made, findings = analyse(read(FLOWS.format(label, "300", "250").encode(), "x.txt").value)
    assert "statement.incomplete" not in [f.code for f in findings]
    changes = [f.value for f in made.report.facts if f.concept.name == "CashAndCashEquivalentsPeriodIncreaseDecrease"]
    assert sorted(changes) == [250_000_000, 300_000_000]


def test_one_that_begins_with_cash_lacks_the_end() -> None:
    page = FLOWS.format("Cash at beginning of year", "400", "150") + f"{'Change in cash':<46}{300:>9}   {250:>9}\n"
    _, findings = analyse(read(page.encode(), "x.txt").value)
    assert any(f.code == "statement.incomplete" and "end of the period" in f.message for f in findings)


PER_SHARE = """
STATEMENTS OF INCOME
(In thousands, except per share amounts)

                                            Years ended December 31,
                                                 {0}        {1}
Net sales                                      9,400      8,200
Cost of sales                                  5,400      5,100
Income before income taxes                     4,000      3,100
Income taxes                                   1,600      1,240
Net income                                     2,400      1,860
{2:<43}$  .24      $ .19
"""


@pytest.mark.parametrize(("years", "told"), [((1995, 1994), False), ((2003, 2002), True)])
def test_before_1997_primary_earnings_per_share_may_stand_alone(years: tuple[int, int], told: bool) -> None:
    page = PER_SHARE.format(*years, "Basic earnings per share" if told else "Primary earnings per share")
    _, findings = analyse(read(page.encode(), "x.txt").value)
    assert any("diluted earnings per share cannot be found" in f.message for f in findings) is told


@pytest.mark.parametrize("label", ["Net increase in cash", "Change in cash and cash equivalents", "Cash, increase"])
def test_one_of_cash_that_ends_with_the_change_was_cut(label: str) -> None:
    _, findings = analyse(read(FLOWS.format(label, "300", "250").encode(), "x.txt").value)
    assert any(f.code == "statement.incomplete" and "end of the period" in f.message for f in findings)
