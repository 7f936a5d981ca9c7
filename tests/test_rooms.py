"""Rows annotated once, lines with their roles, columns with their basis, and what of a statement is left out is
told."""

from __future__ import annotations

from pathlib import Path

import pytest

from capxbrl.evidence import RowKind
from capxbrl.findings import Finding, Severity
from capxbrl.model import Basis, Document, Kind, LineRole, Statement, Table
from capxbrl.pipeline import analyse, load
from capxbrl.readers import read, text
from capxbrl.statements import parse_statements, rows
from capxbrl.statements.roles import role_of_words


def parsed(source: str) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    statements, findings = parse_statements(text.read(source.encode(), "x.txt").value)
    return statements, findings


def roles(statement: Statement) -> dict[str, LineRole]:
    return {line.label: line.role for line in statement.lines if line.role}


# --- rows -------------------------------------------------------------------------------------------------------------


def test_a_row_is_annotated_once(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = text.read(reference.read_bytes(), reference.name).value
    read: list[str] = []
    plain = rows.read_clues
    monkeypatch.setattr(rows, "read_clues", lambda cell: read.append(cell) or plain(cell))
    parse_statements(document)
    cells = sum(len(r.cells) for b in document.blocks if isinstance(b, Table) for r in b.rows)
    assert 0 < len(read) <= cells


def test_what_kind_of_row(reference: Path) -> None:
    source = (
        "\tJune 30, 2009\tJune 30, 2008\nAssets\nCash\t1,200\t1,100\nDebts\t300\t200\n\t-----\t-----\n"
        "Total\t1,500\t1,300\n"
    )
    document = text.read(source.encode(), "x.txt").value
    kinds = [row.kind for table in rows.annotate(document).values() for row in table]
    assert kinds == [RowKind.HEADING, RowKind.WORDS, RowKind.DATA, RowKind.DATA, RowKind.RULE, RowKind.TOTAL]


# --- roles ------------------------------------------------------------------------------------------------------------

CASH_FLOW = """
WIDGET CORP CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31,\t
\t2009\t2008
Net income (loss)\t1,450\t(1,127)
Depreciation\t985\t960
Adjustments to reconcile to cash provided by operating activities, other\t25\t60
{operating}\t2,460\t(107)
Purchases of equipment\t(1,500)\t(900)
Net cash used in investing activities\t(1,500)\t(900)
Proceeds from borrowings\t500\t1,200
{financing}\t500\t1,200
Effect of exchange rate changes on cash\t(10)\t(3)
{change}\t1,450\t190
{opening}\t4,250\t4,060
{closing}\t5,700\t4,250
"""


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("Cash, opening balance", "Cash, closing balance"),
        ("Cash and cash equivalents at beginning of year", "Cash and cash equivalents at end of year"),
        ("Cash at December 31, prior year: begining", "Cash, ending"),
        ("Beginning of year", "End of year"),
    ],
)
def test_what_there_was_when_the_period_began_and_ended(opening: str, closing: str) -> None:
    words = {
        "operating": "Net cash provided by (used in) operating activities",
        "financing": "Cash from financing activities",
        "change": "Net increase in cash",
        "opening": opening,
        "closing": closing,
    }
    (flow,), _ = parsed(CASH_FLOW.format(**words))
    found = roles(flow)
    assert found[opening] is LineRole.OPENING
    assert found[closing] is LineRole.CLOSING
    marks = {line.label: line.balance for line in flow.lines if line.balance}
    assert marks == {opening: "start", closing: "end"}


@pytest.mark.parametrize(
    ("operating", "financing", "change"),
    [
        ("Net cash provided by operating activities", "Net cash from financing activities", "Net change in cash"),
        ("Cash flows from (used for) operations", "Cash provided by financing", "Increase in cash and equivalents"),
        ("Total operating activities", "Total financing activities", "Net increase (decrease)"),
    ],
)
def test_the_totals_of_a_cash_flow(operating: str, financing: str, change: str) -> None:
    words = {"opening": "Cash, beginning", "closing": "Cash, end"}
    (flow,), _ = parsed(CASH_FLOW.format(operating=operating, financing=financing, change=change, **words))
    found = roles(flow)
    assert found == {
        "Net income (loss)": LineRole.NET_INCOME,
        operating: LineRole.OPERATING_CASH,
        "Net cash used in investing activities": LineRole.INVESTING_CASH,
        financing: LineRole.FINANCING_CASH,
        "Effect of exchange rate changes on cash": LineRole.EXCHANGE_EFFECT,
        change: LineRole.CASH_CHANGE,
        "Cash, beginning": LineRole.OPENING,
        "Cash, end": LineRole.CLOSING,
    }


INCOME = """
WIDGET CORP CONSOLIDATED STATEMENTS OF INCOME
(In thousands, except per share data)

\tYear Ended December 31,\t
\t2009\t2008
Net sales\t18,240\t17,115
Cost of sales\t11,890\t11,318
Gross profit\t6,350\t5,797
Selling, general and administrative\t4,125\t4,030
Income from operations\t2,225\t1,767
Provision for loan losses\t10\t12
Income before income taxes\t2,215\t1,755
Provision for income taxes\t775\t640
Net income\t1,440\t1,115
Income per share:
Continuing operations\t0.15\t0.12
Net income per share:
Basic\t0.14\t0.11
Diluted\t0.13\t0.10
Dividends per share\t0.02\t0.02
Weighted average shares outstanding:
Basic\t10,000\t10,050
Dilutive effect of options\t500\t510
Diluted\t10,500\t10,560
"""


def test_the_lines_of_an_income_statement() -> None:
    (income,), _ = parsed(INCOME)
    assert [(line.label, line.role) for line in income.lines if line.role] == [
        ("Net sales", LineRole.REVENUE),
        ("Cost of sales", LineRole.COST_OF_SALES),
        ("Gross profit", LineRole.GROSS_PROFIT),
        ("Selling, general and administrative", LineRole.SELLING_AND_ADMINISTRATIVE),
        ("Income from operations", LineRole.OPERATING_INCOME),
        ("Income before income taxes", LineRole.INCOME_BEFORE_TAX),
        ("Provision for income taxes", LineRole.INCOME_TAX),
        ("Net income", LineRole.NET_INCOME),
        ("Basic", LineRole.EPS_BASIC),
        ("Diluted", LineRole.EPS_DILUTED),
        ("Basic", LineRole.SHARES_BASIC),
        ("Diluted", LineRole.SHARES_DILUTED),
    ]


def test_the_lines_of_the_reference_filing(reference: Path) -> None:
    (balance, income), _ = parse_statements(text.read(reference.read_bytes(), reference.name).value)
    # Its last totals have no words: no role is guessed from the place alone.
    assert {LineRole.CASH, LineRole.TOTAL_CURRENT_ASSETS, LineRole.TOTAL_EQUITY} <= set(roles(balance).values())
    assert {LineRole.NET_INCOME, LineRole.GROSS_PROFIT} <= set(roles(income).values())


@pytest.mark.parametrize(
    ("label", "kind", "role"),
    [
        ("Net income attributable to Gadget Corp", Kind.INCOME_STATEMENT, LineRole.INCOME_TO_PARENT),
        ("Net earnings available for Gadget common stockholders", Kind.INCOME_STATEMENT, LineRole.NET_INCOME_TO_COMMON),
        ("Less: Net loss attributable to minority interests", Kind.INCOME_STATEMENT, LineRole.INCOME_TO_OTHERS),
        ("Loss from continuing operations attributable to Gadget", Kind.INCOME_STATEMENT, LineRole.INCOME_TO_OTHERS),
        ("Earnings from continuing operations", Kind.CASH_FLOW, LineRole.INCOME_FROM_CONTINUING),
        ("Income from continuing operations before taxes", Kind.INCOME_STATEMENT, LineRole.INCOME_BEFORE_TAX),
        ("Income on securities available for sale", Kind.INCOME_STATEMENT, LineRole.NONE),
        ("Net loss on investment securities", Kind.INCOME_STATEMENT, LineRole.NONE),
        ("Decrease in cash, cash equivalents and restricted cash", Kind.CASH_FLOW, LineRole.CASH_CHANGE),
        ("Decrease in restricted cash", Kind.CASH_FLOW, LineRole.NONE),
        ("Common equity", Kind.BALANCE_SHEET, LineRole.TOTAL_EQUITY),
        ("Equity securities", Kind.BALANCE_SHEET, LineRole.NONE),
        ("Cash dividends paid", Kind.CASH_FLOW, LineRole.DIVIDENDS_PAID),
        ("Dividends received from affiliates", Kind.CASH_FLOW, LineRole.NONE),
    ],
)
def test_what_a_line_is(label: str, kind: Kind, role: LineRole) -> None:
    assert role_of_words(label, kind) is role


def test_what_a_line_is_by_its_concept() -> None:
    """Later stages ask `TaggedLine.role`: words first, then the concept."""
    source = INCOME.replace("Net income\t", "Profit after all\t").encode()
    (income,) = analyse(load(source, "x.txt").value).value.tagged
    at = next(i for i, line in enumerate(income.statement.lines) if line.label == "Profit after all")
    concept = income.lines[at].matches[0].concept
    assert income.statement.lines[at].role is LineRole.NONE
    assert (concept.name, income.lines[at].role) == ("NetIncomeLoss", LineRole.NET_INCOME)


# --- columns ----------------------------------------------------------------------------------------------------------

COLUMNS = """
WIDGET CORP CONSOLIDATED BALANCE SHEETS
(In thousands)

{head}
Cash and cash equivalents\t5,310\t4,250\t{third[0]}
Receivables\t7,125\t6,840\t{third[1]}
Total current assets\t12,435\t11,090\t{third[2]}
Total assets\t12,435\t11,090\t{third[2]}
Accounts payable\t3,120\t3,410\t{third[3]}
Total stockholders' equity\t9,315\t7,680\t{third[4]}
Total liabilities and stockholders' equity\t12,435\t11,090\t{third[2]}
"""


def left_out(head: str, third: tuple[str, ...]) -> list[Finding]:
    (balance,), findings = parsed(COLUMNS.format(head=head, third=third))
    assert len(balance.columns) == 2
    return [f for f in findings if f.code == "statements.column-left-out"]


LOST = ("4,200", "6,700", "10,900", "3,400", "7,500")


@pytest.mark.parametrize(
    "head",
    [
        "\tDecember 31, 2009\tDecember 31, 2008\tDecember 31, 2008 (restated)",
        "\tDecember 31, 2009\tDecember 31, 2008\tDecember 31, 2008 Financial Services",
        "\tDecember 31, 2009\tDecember 31, 2008\tParis branch",
    ],
)
def test_a_column_that_is_lost_is_told(head: str) -> None:
    (told,) = left_out(head, LOST)
    assert told.severity is Severity.WARNING
    assert "7 figures" in told.message
    assert ("4,200" in told.message) is ("restated" not in head)  # of two, the restated column is the filer's
    assert told.at is not None and told.at.line == 6


@pytest.mark.parametrize(
    ("head", "third"),
    [
        ("\tDecember 31, 2009\tDecember 31, 2008\tChange", ("1,060", "285", "1,345", "(290)", "1,635")),
        ("\tDecember 31, 2009\tDecember 31, 2008\tPro forma 2009", LOST),
        ("\tDecember 31, 2009\tDecember 31, 2008\t% of total", ("43%", "57%", "100%", "25%", "75%")),
    ],
)
def test_columns_that_compare_are_noted(head: str, third: tuple[str, ...]) -> None:
    (told,) = left_out(head, third)
    assert told.severity is Severity.NOTE


def test_a_column_said_again_is_read_again() -> None:
    head = "\tDecember 31, 2009\tDecember 31, 2008\tDecember 31, 2008"
    (balance,), findings = parsed(COLUMNS.format(head=head, third=("4,250", "6,840", "11,090", "3,410", "7,680")))
    assert len(balance.columns) == 3
    assert not [f for f in findings if f.code == "statements.column-left-out"]


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("As restated", Basis.RESTATED),
        ("Successor", Basis.SUCCESSOR),
        ("Audited", Basis.REPORTED),
        ("Consolidated", Basis.WHOLE),
    ],
)
def test_on_what_basis(words: str, basis: Basis) -> None:
    head = f"\tDecember 31, 2009\tDecember 31, 2008 {words}\t"
    (balance,), _ = parsed(COLUMNS.format(head=head, third=("",) * 5))
    assert [c.basis for c in balance.columns] == [Basis.REPORTED, basis]


def test_documents_do_not_change(reference: Path) -> None:
    document: Document = text.read(reference.read_bytes(), reference.name).value
    assert rows.annotate(document) == rows.annotate(document)


# --- figures that are not read ----------------------------------------------------------------------------------------

SHEET = (
    ("", "June 30, 2009", "June 30, 2008"),
    ("Cash and cash equivalents", "5,310", "4,250"),
    ("Receivables", "{first}", "{second}"),
    ("Total current assets", "12,435", "11,090"),
    ("Total assets", "12,435", "11,090"),
    ("Accounts payable", "3,120", "3,410"),
    ("Total stockholders' equity", "9,315", "7,680"),
    ("Total liabilities and stockholders' equity", "12,435", "11,090"),
)


def sheet(first: str, second: str, form: str) -> str:
    cells = [[c.format(first=first, second=second) for c in row] for row in SHEET]
    if form == "html":
        table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells)
        title = "<p>WIDGET CORP CONSOLIDATED BALANCE SHEETS</p><p>(In thousands)</p>"
        return f"<html><body>{title}<table>{table}</table></body></html>"
    table = "\n".join("{:45}{:>15}{:>15}".format(*row) for row in cells)
    return f"WIDGET CORP CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n{table}\n"


@pytest.mark.parametrize("form", ["blanks", "html"])
@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("odd", ["6,35O", "l6,350", "6,3500", "0. 37", "S6,350", "6,3 50", "6,,350", "~6,350", "I,234"])
def test_a_figure_that_cannot_be_read_is_told(odd: str, second: bool, form: str) -> None:
    source = sheet("6,840" if second else odd, odd if second else "6,840", form)
    document = read(source.encode(), f"x.{'htm' if form == 'html' else 'txt'}").value
    _, findings = parse_statements(document)
    (told,) = [f for f in findings if f.code == "read.figure"]
    assert told.severity is Severity.WARNING
    assert "'Receivables'" in told.message
    assert told.at is not None and source.splitlines()[(told.at.line or 0) - 1].find("Receivables") >= 0


def told_in(figure: str) -> list[Finding]:
    _, findings = parse_statements(read(sheet(figure, "6,840", "html").encode(), "x.htm").value)
    return [f for f in findings if f.code == "read.figure"]


@pytest.mark.parametrize("marked", ["6,840 (a)", "6,840*", "$6,840", "(6,840)", "-", "n/a", "6,840 (1)"])
def test_what_is_read_is_not_told(marked: str) -> None:
    assert told_in(marked) == []


def test_two_figures_in_one_cell_and_a_percentage() -> None:
    assert [f.severity for f in told_in("6,840 6,350")] == [Severity.WARNING]
    assert [f.severity for f in told_in("35.1%")] == [Severity.NOTE]


def test_the_number_of_a_note_or_a_page_is_no_figure() -> None:
    rows = [
        f"{row[0]}\t{note}\t{row[1]}\t{row[2]}"
        for row, note in zip(SHEET, ("Notes", "5", "3, 7", *[""] * 5), strict=True)
    ]
    table = "\n".join(rows).format(first="7,125", second="6,840")
    _, findings = parsed(f"WIDGET CORP CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n{table}\n\t\tF-3\t\n")
    assert not [f for f in findings if f.code == "read.figure"]


# --- nothing vanishes -------------------------------------------------------------------------------------------------

#: Each corpus, and every how manieth of its documents is looked at.
CORPORA = (("real", 1), ("gold", 1), ("rendered", 5), ("filed", 4), ("legacy", 4))


def vanished(path: Path) -> list[str]:
    """The cells with digits, in rows of the statements below their headings, that are in no amount, label or
    finding."""
    document = load(path).value
    statements, findings = parse_statements(document)
    told = {(f.at.line, f.at.column) for f in findings if f.at}
    rows_told = {f.at.line for f in findings if f.at and f.code == "read.figure"}
    percents = any(f.code == "read.figure" and "percentages" in f.message for f in findings)
    out = []
    for statement in statements:
        spans = [s for line in statement.lines for s in (*line.spans, *(a.span for a in line.amounts if a))]
        read_cells = {(s.block, s.row, s.cell) for s in spans}
        read_rows = sorted({(s.block, s.row or 0) for s in spans})
        left = min(c.grid for c in statement.columns)
        columns = {c.grid for c in statement.columns}
        for block, number in read_rows:
            table = document.blocks[block]
            assert isinstance(table, Table)
            for i, cell in enumerate(table.rows[number].cells):
                over = set(range(cell.col, cell.col + cell.span))
                words = any(len(w) > 2 and w.isalpha() for w in cell.text.split())
                if not any(c.isdigit() for c in cell.text) or not over & columns or cell.col < left or words:
                    continue
                known = (block, number, i) in read_cells or (percents and "%" in cell.text)
                if not known and cell.at.line not in rows_told and (cell.at.line, cell.at.column) not in told:
                    out.append(f"{cell.at}: {cell.text!r}")
    return out


@pytest.mark.parametrize(("corpus", "step"), CORPORA)
def test_nothing_vanishes(corpus: str, step: int, shared: Path) -> None:
    folder = shared / "corpus" / corpus
    paths = [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".htm", ".html")][::step]
    assert [cell for path in paths for cell in vanished(path)] == []
