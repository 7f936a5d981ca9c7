"""Lines that want one concept, and lines below the end of a statement: told as loudly as they matter."""

from __future__ import annotations

from capxbrl import pipeline
from capxbrl.findings import Finding, Severity

_HEAD = """                 GADGET CORP
         CONSOLIDATED BALANCE SHEETS
              (In thousands)

                              June 30,     June 30,
                                2009         2008
                              --------     --------
Cash                          $  1,000     $    900
Total assets                     9,000        8,000
"""
_FOOT = "Total liabilities and equity  $  9,000     $  8,000\n"


def told(page: str, code: str) -> list[Finding]:
    document, _ = pipeline.load(page.encode(), "page.txt")
    return [f for f in pipeline.analyse(document).findings if f.code == code]


def test_two_lines_with_the_same_words_are_for_the_record() -> None:
    page = (
        _HEAD + "Alpha:\n  Gizmo reserve                      700          600\n"
        "Beta:\n  Gizmo reserve                      500          400\n" + _FOOT
    )
    (finding,) = told(page, "report.conflict")
    assert finding.severity is Severity.NOTE and finding.hint


def test_two_figures_of_one_label_are_a_warning() -> None:
    line = (
        "Common stock, 100,000 shares\n authorized; 90,000 shares issued (80,000 shares issued)    1,000        1,000\n"
    )
    (finding,) = told(_HEAD + line + _FOOT, "report.conflict")
    assert finding.severity is Severity.WARNING


def test_a_label_counts_the_shares_of_each_class() -> None:
    line = (
        "Class A and Class B stock, 300,000 shares authorized (Class A 200,000 shares authorized,\n"
        " Class B 100,000 shares authorized)                  1,000        1,000\n"
    )
    assert all(f.severity is Severity.NOTE for f in told(_HEAD + line + _FOOT, "report.conflict"))


def test_the_figures_of_a_label_that_give_way_to_another_are_told_once() -> None:
    lines = (
        "Class A common stock, 500 shares authorized, 400 shares issued, 300 shares outstanding      10        10\n"
        "Class B common stock, 200 shares authorized, 150 shares issued, 120 shares outstanding      10        10\n"
    )
    findings = told(_HEAD + lines + _FOOT, "report.conflict")
    assert len(findings) <= 1 and all(f.severity is Severity.NOTE for f in findings)


def test_a_table_below_the_end_of_a_balance_sheet() -> None:
    loans = "".join(
        f"{name:<28}     {n},100        {n},000\n"
        for n, name in enumerate(("Farms", "Homes", "Boats", "Shops", "Cars"), 1)
    )
    (finding,) = told(_HEAD + _FOOT + loans, "statement.goes-on")
    assert finding.severity is Severity.WARNING and "'Farms'" in finding.message
    assert not told(_HEAD + _FOOT + loans.split("Boats")[0], "statement.goes-on")
    assert not told(_HEAD + _FOOT, "statement.goes-on")
