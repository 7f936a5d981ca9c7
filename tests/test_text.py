"""Layouts of plain text, one a file of tests/layouts: the text, then what must be read from it.

Below "@@@@ expected": a line for each statement (kind, scale, periods from left to right), and indented below it lines
with their values, in units; "/" marks dollars per share, "#" shares, "none" an empty cell.  Nothing below: no
statement.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capxbrl.model import Amount, PageBreak, Paragraph, Statement, Table, Unit, place, text_at
from capxbrl.readers import read, text
from capxbrl.readers.line_pieces import pieces
from capxbrl.readers.lines_to_blocks import read_lines
from capxbrl.readers.lines_to_table import read_table
from capxbrl.readers.side_by_side import split_side_by_side
from capxbrl.readers.source_lines import split_lines
from capxbrl.readers.source_marks import DROP
from capxbrl.statements import parse_statements

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
MARKS = {Unit.PER_SHARE: "/", Unit.SHARES: "#"}


def shown(amount: Amount | None) -> tuple[Decimal | None, str]:
    return (None, "") if amount is None else (amount.value, MARKS.get(amount.unit, ""))


def wanted(word: str) -> tuple[Decimal | None, str]:
    if word == "none":
        return None, ""
    bare = word.rstrip("/#")
    return Decimal(bare), word[len(bare) :]


def line_of(statement: Statement, label: str) -> list[tuple[Decimal | None, str]]:
    """The first line with that label that has figures."""
    return next(
        ([shown(a) for a in line.amounts] for line in statement.lines if line.label == label and any(line.amounts)), []
    )


@pytest.mark.parametrize("path", LAYOUTS, ids=[p.stem for p in LAYOUTS])
def test_layout(path: Path) -> None:
    source, _, expected = path.read_text().partition("@@@@ expected\n")
    document = text.read(source.encode(), path.name).value
    found = parse_statements(document).value
    heads = [line.split() for line in expected.splitlines() if not line.startswith(" ")]
    assert [[s.kind.value, str(s.scale), *(str(c.period) for c in s.columns)] for s in found] == heads
    number = -1
    for line in expected.splitlines():
        if not line.startswith(" "):
            number += 1
            continue
        label, _, values = line.strip().rpartition(" = ")
        assert line_of(found[number], label) == [wanted(v) for v in values.split()], label
    for statement in found:
        for item in statement.lines:
            for amount in filter(None, item.amounts):
                assert text_at(document, amount.span) == amount.shown


@given(st.lists(st.text(alphabet="ab 1,.$()-\t|<PAGE>/\f", max_size=60), max_size=20))
def test_every_visible_character_of_a_text_is_in_some_block(lines: list[str]) -> None:
    source = "\n".join(lines)
    if not source.strip():
        return
    blocks = read_lines(split_lines(source), "x")
    kept = []
    for block in blocks:
        if isinstance(block, Paragraph):
            kept.append(block.text)
        elif isinstance(block, Table):
            kept += [c.text for r in block.rows for c in r.cells]
    left = {c for c in "ab1$()" if c in "".join(DROP.sub("", line) for line in lines)}
    assert left <= set("".join(kept))


@given(st.lists(st.text(alphabet="a 1,$-\t|", max_size=40), min_size=1, max_size=12))
def test_every_cell_says_where_it_stands(lines: list[str]) -> None:
    source = "\n".join(lines)
    for block in read_lines(split_lines(source), "x"):
        if isinstance(block, PageBreak | Paragraph):
            continue
        assert isinstance(block, Table)
        for row in block.rows:
            for cell in row.cells:
                at = place(cell, 0)
                assert at.line and at.column
                assert lines[at.line - 1][at.column - 1 :].startswith(cell.text[:1])


def test_a_line_too_long_for_a_table_is_one_piece() -> None:
    assert len(pieces("1,234   " * 1000)) == 1
    assert len(pieces("1,234   " * 60)) == 1


def test_figures_in_running_labels_make_no_columns() -> None:
    lines = ["Common stock, shares issued", " 1996 - 2,179,066                (86)    (135)"]
    lines += [f"Item {n}                        {n}00     {n}50" for n in range(1, 9)]
    table = read_table(split_lines("\n".join(lines)), "x", 1)
    assert table is not None and table.width == 3
    assert [c.text for c in table.rows[1].cells] == ["1996 - 2,179,066", "(86)", "(135)"]


def test_references_to_notes_have_a_column_of_their_own() -> None:
    rows = [f"Line {n}            {'ABCDEFGH'[n]} & J     1,00{n}     2,00{n}" for n in range(6)]
    table = read_table(split_lines("\n".join(rows)), "x", 1)
    assert table is not None
    assert [(c.col, c.text) for c in table.rows[0].cells] == [
        (0, "Line 0"),
        (1, "A & J"),
        (2, "1,000"),
        (3, "2,000"),
    ]


NOTES = ["A", "B & C", "R", "C & R", "D", "A, R"]
NOTED = [(f"Line {n}", note, f"1,00{n}", f"2,00{n}") for n, note in enumerate(NOTES)]
BEHIND_BLANKS = "\n".join(f"{label:20}{note}     {a}     {b}" for label, note, a, b in NOTED)
BEHIND_ONE_BLANK = "\n".join(f"{label} of the page {note:6}   {a}     {b}" for label, note, a, b in NOTED)
CELLS = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in NOTED)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (BEHIND_BLANKS, "blanks.txt"),
        (BEHIND_ONE_BLANK, "one-blank.txt"),
        (f"<html><body><table>{CELLS}</table></body></html>", "cells.htm"),
        ("\n".join(f"| {' | '.join(row)} |" for row in NOTED), "pipes.txt"),
    ],
)
def test_the_reference_to_a_note_is_no_sign_of_a_currency(page: str, name: str) -> None:
    tables = [block for block in read(page.encode(), name).value.blocks if isinstance(block, Table)]
    rows = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert [row[-2:] for row in rows] == [[a, b] for *_, a, b in NOTED]
    assert all(" ".join(row[:-2]).endswith(note) for row, note in zip(rows, NOTES, strict=True))


def test_a_sign_of_one_letter_in_a_cell_of_its_own_goes_with_its_figure() -> None:
    rows = [("Sales", "R", "1,234"), ("Costs", "", "1,000"), ("Result", "R", "234")]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    (table,) = read(f"<html><body><table>{cells}</table></body></html>".encode(), "rand.htm").value.blocks
    assert isinstance(table, Table)
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["Sales", "R 1,234"],
        ["Costs", "1,000"],
        ["Result", "R 234"],
    ]


def test_one_table_is_not_cut_in_two() -> None:
    rows = [f"Line {n}      1,00{n}   -9%   2,00{n}   N/A    3,00{n}" for n in range(8)]
    assert split_side_by_side(split_lines("\n".join(rows))) is None


def cells_of(rows: list[str]) -> list[list[tuple[int, str]]]:
    table = read_table(split_lines("\n".join(rows)), "x", 1)
    assert table is not None
    return [[(c.col, c.text) for c in row.cells] for row in table.rows]


def test_blanks_between_thousands_are_part_of_a_figure() -> None:
    rows = [
        "Sales           41 250    38 110",
        "Cost           (26 900)  (24 310)",
        "Profit        1 014 350       800",
    ]
    assert cells_of(rows) == [
        [(0, "Sales"), (1, "41 250"), (2, "38 110")],
        [(0, "Cost"), (1, "(26 900)"), (2, "(24 310)")],
        [(0, "Profit"), (1, "1 014 350"), (2, "800")],
    ]
    # Where a table writes commas, or two figures one blank apart are no groups, they stay two.
    rows = ["Sales           41 250    38,110", "Cost            26 900    24,310", "Profit          14 350    13,800"]
    assert [len(row) for row in cells_of(rows)] == [4, 4, 4]
    assert [
        len(row) for row in cells_of(["Plants         41 250", "Stores         26 90", "Both           67 340"])
    ] == [3] * 3


@pytest.mark.parametrize("figure", [".12 1/2", "4,180 ,000", "l6,350", "6,35O", "41,250#", "0. 37", "41,250 #"])
def test_a_garbled_figure_is_a_cell_of_its_column(figure: str) -> None:
    rows = ["Sales                      1,250      8,110", "Cost                       6,900      4,310"]
    rows += [f"Net profit            {figure:>10}      3,800", f"Taxes                      1,200 {figure:>10}"]
    found = cells_of(rows)
    assert found[2] == [(0, "Net profit"), (1, figure), (2, "3,800")]
    assert found[3] == [(0, "Taxes"), (1, "1,200"), (2, figure)]


def test_words_with_digits_are_no_figures() -> None:
    rows = ["Form 10-K        Note 12A    1,250      8,110", "Cost             FY99        6,900      4,310"]
    assert [c[-2:] for c in cells_of(rows)] == [[(1, "1,250"), (2, "8,110")], [(1, "6,900"), (2, "4,310")]]


def test_tabs_set_as_blanks_keep_their_places() -> None:
    rows = ["Cash\t\t$ 1,250\t$ 1,110", "Receivables\t  2,100   1,900", "Net\t\t  3,350   3,010"]
    (table,) = [b for b in read_lines(split_lines("\n".join(rows)), "x") if isinstance(b, Table)]
    for row, line in zip(table.rows, rows, strict=True):
        assert [c.col for c in row.cells] == [0, 1, 2]
        for cell in row.cells:
            at = place(cell, len(cell.text) - 1)
            assert at.column is not None and line[at.column - 1] == cell.text[-1]


@pytest.mark.parametrize("shell", ["<html><body><div>\n{}\n</div></body></html>", "<HTML>\n{}\n</HTML>", "<body>{}"])
def test_a_page_of_text_in_a_shell_of_html_is_text(shell: str) -> None:
    page = """Example Assurance Company
Consolidated Balance Sheets

Amounts in million EUR

<TABLE>
<CAPTION>
                                                2000          1999
                                        December 31,  December 31,
<S>                                     <C>           <C>
Investments                                  121,737       112,989
Other assets                                   1,040         1,493
                                             -------       -------
Total assets                                 122,777       114,482
                                             =======       =======
</TABLE>
"""
    document = read(shell.format(page).encode(), "page.txt").value
    assert document.format == "text"
    (statement,) = parse_statements(document).value
    assert [a and a.shown for a in statement.lines[-1].amounts] == ["122,777", "114,482"]
