"""Digits on the page of a statement are in its facts, in what is told, or in labels and headings: none is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from capxbrl.findings import Finding
from capxbrl.model import Cell, Document, Report, Statement, Table
from capxbrl.pipeline import analyse, load

#: Each corpus, and every how manieth of its documents is looked at (`--every`: all).
CORPORA = (("real", 6), ("gold", 1), ("rendered", 12), ("filed", 10), ("legacy", 10), ("forms", 10))
#: How many figures of a column are told as left out.
_TOLD = re.compile(r"\b(\d+) (?:figures?|that cannot be read)\b")
_REFERENCE = re.compile(r"\W*[A-Z]?\d{1,2}(?:\s?[,&]\s?\d{1,2}){0,4}\W*")
Place = tuple[int, int | None, int | None]


def cells(document: Document, statement: Statement) -> Iterator[tuple[Place, Cell]]:
    """The cells with a digit, from the first row of a statement to its last."""
    spans = [s for line in statement.lines for s in (*line.spans, *(a.span for a in line.amounts if a))]
    for block in statement.blocks:
        table, rows = document.blocks[block], [s.row for s in spans if s.block == block and s.row is not None]
        if not rows or not isinstance(table, Table):
            continue
        for number in range(min(rows), max(rows) + 1):
            for i, cell in enumerate(table.rows[number].cells):
                if any(c.isdigit() for c in cell.text):
                    yield (block, number, i), cell


def aside(statement: Statement, findings: tuple[Finding, ...]) -> int:
    """How many figures of its columns are told as left out."""
    lines = [line.at.line or 0 for line in statement.lines]
    messages = [
        f.message
        for f in findings
        if f.code == "statements.column-left-out" and f.at and min(lines) - 5 <= (f.at.line or 0) <= max(lines)
    ]
    return sum(int(n) for message in messages for n in _TOLD.findall(message))


def lost(document: Document, report: Report, findings: tuple[Finding, ...]) -> list[str]:
    """The figures of statements that are in no fact, no label and no finding."""
    known: set[Place] = {(f.span.block, f.span.row, f.span.cell) for f in report.facts}
    told = {(f.at.line, f.at.column) for f in findings if f.at}
    rows_told = {f.at.line for f in findings if f.at and f.code in ("read.figure", "columns.doubtful")}
    percents = any(f.code == "read.figure" and "percentages" in f.message for f in findings)
    out = []
    for tagged in report.statements:
        statement = tagged.statement
        labels: set[Place] = {(s.block, s.row, s.cell) for line in statement.lines for s in line.spans}
        kept = {c.grid for c in statement.columns}
        beside = Counter[str]()
        for place, cell in cells(document, statement):
            at = (cell.at.line, cell.at.column)
            percent = percents and "%" in cell.text
            if place in known or place in labels or at in told or cell.at.line in rows_told or percent:
                continue
            if cell.col < min(kept) and _REFERENCE.fullmatch(cell.text):
                continue  # the number of a note, in a column of its own
            if kept & set(range(cell.col, cell.col + cell.span)):
                out.append(f"{cell.at}: {cell.text!r}")
            else:
                beside[f"{cell.at}: {cell.text!r}"] += 1
        # What stands in columns that are left out is told by their number.
        if len(beside) > aside(statement, findings):
            out += list(beside)[:5]
    return out


SHEET = """
WIDGET CORP CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31, 2009\tDecember 31, 2008\t% of total
Cash and cash equivalents\t5,310\t4,250\t43%
Receivables\t7,125\t{receivables}\t57
Total assets\t12,435\t11,090\t100
Accounts payable\t3,120\t3,410\t25
Total stockholders' equity\t9,315\t7,680\t75
Total liabilities and stockholders' equity\t12,435\t11,090\t100
"""


@pytest.mark.parametrize("receivables", ["6,840", "6,840, and", "see 6,840"])
def test_a_figure_among_words_and_a_column_of_percentages_are_told(receivables: str) -> None:
    document = load(SHEET.format(receivables=receivables).encode(), "x.txt").value
    made, findings = analyse(document)
    assert lost(document, made.report, findings) == []
    (column,) = [f for f in findings if f.code == "statements.column-left-out"]
    assert "6 figures" in column.message
    told = [f for f in findings if f.code == "read.figure"]
    assert len(told) == (receivables != "6,840") and all("6,840" in f.message for f in told)


@pytest.mark.parametrize(("corpus", "step"), CORPORA)
def test_no_figure_is_lost(corpus: str, step: int, shared: Path, request: pytest.FixtureRequest) -> None:
    folder = shared / "corpus" / corpus
    paths = [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".htm", ".html", ".pdf")]
    every = 1 if request.config.getoption("--every") else step
    found = {}
    for path in paths[::every]:
        document = load(path).value
        made, findings = analyse(document)
        if missing := lost(document, made.report, findings):
            found[path.name] = missing
    assert found == {}


@pytest.mark.parametrize(("cell", "told"), [("owned 655", True), ("7,12O", True), ("See Note 5", False)])
def test_words_that_run_on_into_a_figure_are_told(cell: str, told: bool) -> None:
    """A reference to a note is none."""
    text = SHEET.format(receivables="6,840").replace("Receivables\t7,125", f"Receivables\t{cell}")
    document = load(text.encode(), "x.txt").value
    _, findings = analyse(document)
    assert any(f.code == "read.figure" and cell in f.message for f in findings) == told


#: Rows in which only the order of the figures tells their columns: their places and the blanks between them vary.
BY_ORDER = """
WIDGET BANCORP CONSOLIDATED BALANCE SHEETS
(In thousands)

                      Dec 31,    Sept 30,   Dec 31,
                         2007        2007      2006
Cash         51,310   53,250       48,001
Loans    702,125         686,840  650,004
Total assets         753,435   740,090       698,005
Deposits    633,435         621,090  583,005
Total liabilities         633,435   621,090       583,005
{label}    11,999         12,124  12,267
Retained earnings         108,001   106,876       102,733
Total equity    120,000         119,000  115,000
Total liabilities and equity         753,435   740,090       698,005
"""


@pytest.mark.parametrize(
    "label",
    [
        "Common stock, $1.00|par value; 30,000,000|shares authorized;|11,998,978,|12,123,595, and|12,266,629|issued",
        "Common stock, $1.00|par value; issued|11,998,978,|12,123,595,|12,266,629 shares|outstanding",
        "Common stock, $1.00|    par value; issued|    11,998,978|    and 12,123,595|    shares",
        "Common stock, $1.00|par value; issued|11,998,978;|outstanding 11,123,595|shares",
    ],
)
def test_a_count_alone_in_a_line_of_a_broken_label_is_words_of_it(label: str) -> None:
    document = load(BY_ORDER.format(label=label.replace("|", "\n")).encode(), "x.txt").value
    made, findings = analyse(document)
    assert lost(document, made.report, findings) == []
    lines = [line for s in made.report.statements for line in s.statement.lines]
    (stock,) = [line for line in lines if line.label.startswith("Common stock")]
    assert stock.label == " ".join(label.replace("|", " ").split())
    assert [amount and amount.shown for amount in stock.amounts] == ["11,999", "12,124", "12,267"]
    assert not {"columns.doubtful", "foot.difference", "read.figure"} & {f.code for f in findings}
