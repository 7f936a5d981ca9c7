"""Labels that run over several rows are put together; headings stay apart; references to notes are no part of a
label."""

from __future__ import annotations

import pytest

from capxbrl.model import LineItem, LineRole, Statement
from capxbrl.readers import text
from capxbrl.statements import parse_statements


def statement(source: str) -> Statement:
    (made,) = parse_statements(text.read(source.encode(), "x.txt").value).value
    return made


def values(made: Statement) -> dict[str, str]:
    """{label: first figure in thousands} of the lines with figures."""
    return {line.label: line.amounts[0].shown for line in made.lines if line.amounts[0] is not None}


def line(made: Statement, label: str) -> LineItem:
    return next(x for x in made.lines if x.label == label)


CASH_FLOW = """
               BIRCH LANE TOOLS INC
       CONSOLIDATED STATEMENTS OF CASH FLOWS
             (In thousands)

                                           Year Ended December 31,
                                              1996         1995
                                           ----------  ----------
Cash Flows From Operating Activities:
  Net Income                                  $ 1,450     $ 1,127
  Depreciation                                    985         960
                                           ----------  ----------
{operating}
                                           ----------  ----------
Cash Flows From Investing Activities:
  Capital Expenditures                         (1,500)       (900)
                                           ----------  ----------
Net Cash Provided By (Used In)
  Investing Activities                         (1,500)       (900)
                                           ----------  ----------
Net Increase In Cash And Cash
  Equivalents                                     935       1,187
Cash and Cash Equivalents At Beginning
  Of Year                                       1,187           -
                                           ----------  ----------
Cash and Cash Equivalents At End
  Of Year                                     $ 2,122     $ 1,187
                                           ==========  ==========
"""


def test_a_label_goes_on_before_a_capital_letter() -> None:
    made = statement(CASH_FLOW.format(operating="Net Cash Provided By Operations              2,435       2,087"))
    assert list(values(made))[-4:] == [
        "Net Cash Provided By (Used In) Investing Activities",
        "Net Increase In Cash And Cash Equivalents",
        "Cash and Cash Equivalents At Beginning Of Year",
        "Cash and Cash Equivalents At End Of Year",
    ]
    assert line(made, "Cash and Cash Equivalents At Beginning Of Year").role is LineRole.OPENING
    assert line(made, "Net Cash Provided By (Used In) Investing Activities").role is LineRole.INVESTING_CASH


INCOME = """
               BIRCH LANE TOOLS INC
       CONSOLIDATED STATEMENTS OF INCOME
             (In thousands)

                                           Year Ended December 31,
                                              1996         1995
                                           ----------  ----------
Net Sales                                     $ 9,450     $ 8,127
Cost Of Sales                                   6,450       6,127
                                           ----------  ----------
{lines}
                                           ----------  ----------
Net Income                                    $ 1,450     $ 1,127
                                           ==========  ==========
"""

FOLDED = [
    # In parentheses alone.
    ("Provision For Income Taxes", "  (Note 12)                                     550         400"),
    ("Loss On Sale Of Mills", "  (Loss)                                        550         400"),
    (
        "Minority Interest In Income",
        "  (loss) in consolidated\n  subsidiary                                    550         400",
    ),
    ("Lease Of Mills", "  (1,200 spindles in 1996;\n  1,100 spindles in 1995)                       550         400"),
    # The words that a statement has.
    ("Income From Continuing Operations", "  Before Income Taxes                           550         400"),
    (
        "Income From Discontinued Mills, Net of Income",
        "  Taxes                                         550         400",
    ),
    ("Provision", "  (Benefit) For Income Taxes                    550         400"),
    # The first word would not have fitted into the line above.
    (
        "Equity In Undistributed Net Income of Foreign",
        "  Subsidiaries                                  550         400",
    ),
]


@pytest.mark.parametrize(("above", "below"), FOLDED)
def test_a_folded_label(above: str, below: str) -> None:
    made = statement(INCOME.format(lines=f"{above}\n{below}"))
    label = f"{above} {' '.join(row[:47].strip() for row in below.splitlines())}"
    assert values(made)[label] == "550"
    assert line(made, label).path == ()


HEADINGS = [
    ("Deferred Items", "  Income Taxes                                  550         400"),
    ("OTHER EXPENSE", "  Interest                                      550         400"),
    ("Special Charges:", "  (Note 12)                                     550         400"),
    (
        "Financing Costs",
        "  Interest                                      550         400\n"
        "  Of Which Paid                                 500         300",
    ),
]


@pytest.mark.parametrize(("heading", "rows"), HEADINGS)
def test_a_heading_stays_one(heading: str, rows: str) -> None:
    made = statement(INCOME.format(lines=f"{heading}\n{rows}"))
    assert line(made, rows[:47].strip()).path == (heading,)


def test_the_rest_of_a_label_stands_below_its_figures() -> None:
    lines = "Income Before Taxes, Minority Interest and      3,000       2,000\nExtraordinary Items"
    assert (
        values(statement(INCOME.format(lines=lines)))["Income Before Taxes, Minority Interest and Extraordinary Items"]
        == "3,000"
    )
    lines = (
        "Interest and Other Income, Net                  3,000       2,000\nIncome Taxes:\n"
        "  Current                                         550         400"
    )
    assert "Interest and Other Income, Net" in values(statement(INCOME.format(lines=lines)))


@pytest.mark.parametrize("note", ["1(a)", "Note 3", "3, 7", "(Notes 3 and 4)", "A", "2(b), 5"])
def test_a_reference_to_a_note_in_a_cell_of_its_own(note: str) -> None:
    rows = [
        ("", "", "2010", "2009"),
        ("Net sales", "", "9,450", "8,127"),
        ("Cost of sales", note, "6,450", "6,127"),
        ("Net income", "", "3,000", "2,000"),
    ]
    table = "\n".join("\t".join(row) for row in rows)
    made = statement(f"CONSOLIDATED STATEMENTS OF INCOME\nYears ended December 31\n(In thousands)\n\n{table}\n")
    assert list(values(made)) == ["Net sales", "Cost of sales", "Net income"]


ROWS = [
    ("Net sales", "9,450", "8,127"),
    ("Cost of sales", "6,450", "6,127"),
    ("Gross profit", "3,000", "2,000"),
    ("Net income", "1,450", "1,127"),
]
HEAD = "CONSOLIDATED STATEMENTS OF INCOME\nYears ended December 31\n(In thousands)\n\n\t2010\t2009\n"


@pytest.mark.parametrize("above", [True, False])
def test_figures_stand_one_row_above_or_below_their_labels(above: bool) -> None:
    pairs = [(f"\t{a}\t{b}", label) for label, a, b in ROWS]
    rows = [row for figures, label in pairs for row in ((figures, label) if above else (label, figures))]
    made = statement(HEAD + "\n".join(rows) + "\nDividends\t5\t4\n")
    assert values(made) == {label: a for label, a, _ in ROWS} | {"Dividends": "5"}


def test_bare_figures_are_totals_where_the_others_have_labels() -> None:
    rows = [f"{label}\t{a}\t{b}" for label, a, b in ROWS[:2]]
    made = statement(
        HEAD + "\n".join([*rows, "\t3,000\t2,000", "Other matters", *rows, "\t3,000\t2,000", "Remarks"]) + "\n"
    )
    assert [x.label for x in made.lines if x.amounts[0]] == ["Net sales", "Cost of sales", ""] * 2


def test_a_number_in_an_open_parenthesis_belongs_to_the_label() -> None:
    source = """
                          BIRCH LANE TOOLS INC
                      CONSOLIDATED BALANCE SHEETS
                             (In millions)
                                               June 26, 1998    September 26, 1997
Cash                                               5,000              4,000
                                                  ------             ------
Total assets                                       5,000              4,000
                                                  ======             ======
  Common stock, no par value; 320,000,000 shares
    authorized; 133,130,984 shares issued at
    June 26, 1998 (127,949,220
    shares at September 26, 1997)                    592                498
Retained earnings                                  4,408              3,502
                                                  ------             ------
Total liabilities and shareholders' equity         5,000              4,000
"""
    stock = next(x for x in statement(source).lines if x.label.startswith("Common stock"))
    assert [a and a.shown for a in stock.amounts] == ["592", "498"]
    assert [(f.what, f.amount.shown) for f in stock.figures] == [
        ("authorized", "320,000,000"),
        ("issued", "133,130,984"),
        ("issued", "127,949,220"),
    ]


@pytest.mark.parametrize(
    "torn",
    [
        "Accounts receivable                    23,306\n                                                     9,442\n",
        "                                                     9,442\nAccounts receivable                    23,306\n",
        "Accounts receivable                                  9,442\n                                       23,306\n",
    ],
)
def test_a_figure_that_slipped_by_a_line_stays_with_its_line(torn: str) -> None:
    page = (
        "MADE UP COMPANY, INC.\nBALANCE SHEETS\n(In thousands)\n\n"
        "                                     July 1,       July 2,\n"
        "                                        2006          2005\n"
        "Cash                                   12,577        20,902\n"
        f"{torn}"
        "Inventories                            16,742        13,428\n"
        "                                     --------      --------\n"
        "                                       52,625        43,772\n"
        "Equipment                               9,000         9,500\n"
        "Total assets                           61,625        53,272\n"
    )
    (statement,), _ = parse_statements(text.read(page.encode(), "page.txt").value)
    found = {
        line.label: [a.value if a else None for a in line.amounts] for line in statement.lines if any(line.amounts)
    }
    assert found["Accounts receivable"] == [23_306_000, 9_442_000]
    assert found[""] == [52_625_000, 43_772_000]
