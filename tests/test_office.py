"""DOCX, RTF and XLSX -> document: what their pages show, with places; hostile and damaged files are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capxbrl.findings import Outcome, UnreadableInput
from capxbrl.model import Document, Paragraph, Statement, Table
from capxbrl.readers import read
from capxbrl.readers.number_formats import BUILTIN, shown_number, shown_text
from capxbrl.statements import parse_statements

ROWS: list[tuple[str, ...]] = [
    ("", "December 31,", ""),
    ("", "2009", "2008"),
    ("Cash and cash equivalents", "$ 1,234", "$ 987"),
    ("Inventories", "766", "1,013"),
    ("Restricted cash", "—", "100"),
    ("Total assets", "$ 2,000", "$ 2,100"),
    ("Accounts payable", "$ 500", "$ 600"),
    ("Retained earnings", "1,500", "1,500"),
    ("Total liabilities and equity", "$ 2,000", "$ 2,100"),
]
CASH = (1_234_000, 987_000)
TITLES = ["Orchard Tools Inc.", "Balance Sheets", "(in thousands)"]


def figures(statement: Statement) -> dict[str, tuple[Decimal | None, ...]]:
    return {line.label: tuple(a.value if a else None for a in line.amounts) for line in statement.lines}


def one(outcome: Outcome[Document]) -> Statement:
    (statement,) = parse_statements(outcome.value).value
    return statement


# --- DOCX


def docx(build: Callable[[Any], None]) -> bytes:
    module = pytest.importorskip("docx", reason="needs python-docx, which is in the extra dev")
    document = module.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(document: Any, rows: Sequence[Sequence[str]] = ROWS) -> Any:
    for title in TITLES:
        document.add_paragraph(title)
    table = document.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def merged(document: Any) -> None:
    table = written(document)
    table.cell(0, 1).merge(table.cell(0, 2))


def with_tabs(document: Any) -> None:
    for title in TITLES:
        document.add_paragraph(title)
    for label, a, b in ROWS:
        document.add_paragraph(f"{label}\t{a}\t{b}")


@pytest.mark.parametrize("build", [merged, with_tabs])
def test_a_statement_is_read_from_a_word_document(build: Callable[[Any], None]) -> None:
    outcome = read(docx(build), "r.docx")
    statement = one(outcome)
    assert [str(c.period) for c in statement.columns] == ["2009-12-31", "2008-12-31"]
    assert figures(statement)["Cash and cash equivalents"] == CASH
    assert figures(statement)["Restricted cash"] == (0, 100_000)
    assert outcome.value.format == "docx" and not outcome.findings


def test_positions_are_lines_of_the_text_and_cells_of_the_table() -> None:
    document = read(docx(merged), "r.docx").value
    lines = document.text.split("\n")
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert len(tables) == 1
    for n, row in enumerate(tables[0].rows, 1):
        for cell in row.cells:
            assert cell.at.line and cell.at.column and cell.at.row == n and cell.at.table == 1
            assert lines[cell.at.line - 1][cell.at.column - 1 :].startswith(cell.text.split()[0])


def test_deleted_and_hidden_text_is_not_on_the_page() -> None:
    def build(document: Any) -> None:
        written(document)
        run = document.add_paragraph("Shown ").add_run("7,777 unseen")
        run.font.hidden = True
        white = document.add_paragraph("Also ").add_run("8,888 white")
        white.font.color.rgb = __import__("docx").shared.RGBColor(255, 255, 255)

    outcome = read(docx(build), "r.docx")
    assert "7,777" not in outcome.value.text and "8,888" not in outcome.value.text
    (note,) = outcome.findings
    assert note.code == "read.hidden" and "7,777" in note.message and "8,888" in note.message


def test_a_raised_mark_is_no_part_of_its_figure() -> None:
    def build(document: Any) -> None:
        table = written(document)
        table.cell(3, 1).paragraphs[0].add_run("(1)").font.superscript = True

    assert figures(one(read(docx(build), "r.docx")))["Inventories"] == (766_000, 1_013_000)


# --- RTF


def rtf(rows: Sequence[Sequence[str]] = ROWS, *, head: str = "", tail: str = "}") -> bytes:
    out = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\colortbl;\red255\green255\blue255;}" + head
    out += "".join(rf"\pard {title}\par " for title in TITLES)
    for row in rows:
        out += r"\trowd\cellx4000\cellx5500\cellx7000\pard\intbl "
        out += "".join(text.replace("—", r"\'97") + r"\cell " for text in row) + r"\row "
    return (out + r"\pard " + tail).encode("latin-1")


def test_a_statement_is_read_from_rich_text() -> None:
    outcome = read(rtf(), "r.rtf")
    statement = one(outcome)
    assert [str(c.period) for c in statement.columns] == ["2009-12-31", "2008-12-31"]
    assert figures(statement)["Cash and cash equivalents"] == CASH
    assert figures(statement)["Restricted cash"] == (0, 100_000)
    assert outcome.value.format == "rtf" and not outcome.findings


def test_a_heading_of_rich_text_spans_the_columns_below_it() -> None:
    text = rtf().replace(
        rb"\trowd\cellx4000\cellx5500\cellx7000\pard\intbl \cell December 31,\cell \cell \row",
        rb"\trowd\cellx4000\cellx7000\pard\intbl \cell December 31,\cell \row",
    )
    table = next(b for b in read(text, "r.rtf").value.blocks if isinstance(b, Table))
    assert [(c.text, c.col, c.span) for c in table.rows[0].cells] == [("December 31,", 1, 2)]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"caf\'e9", "café"),
        (r"\u8364\'80 5", "€ 5"),
        (r"\uc0\u8364 5", "€5"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"a\~b\_c", "a b-c"),
        (r"{\*\unknown not this}{\field{\*\fldinst PAGE}{\fldrslt 12}}", "12"),
        (r"\{x\} \\ y", "{x} \\ y"),
        (r"one\line two", "one\ntwo"),
        (r"{\b bold}{\i0 }\bin3 {}{ end", "bold end"),
    ],
)
def test_characters_of_rich_text(code: str, shown: str) -> None:
    document = read((r"{\rtf1\ansi\ansicpg1252 " + code + r"\par}").encode("latin-1"), "r.rtf").value
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [shown]


def test_hidden_text_of_rich_text_and_a_file_cut_short_are_told() -> None:
    outcome = read(rtf(head=r"{\v 7,777}{\cf1 8,888}", tail=""), "r.rtf")
    assert [f.code for f in outcome.findings] == ["read.hidden", "read.cut-short"]
    assert "7,777" not in outcome.value.text and "8,888" not in outcome.value.text


# --- XLSX


def xlsx(build: Callable[[Any, Any], None]) -> bytes:
    module = pytest.importorskip("openpyxl", reason="needs openpyxl, which is in the extra dev")
    book = module.Workbook()
    build(book, book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ACCOUNTS: list[tuple[str, float, float]] = [
    ("Cash and cash equivalents", 1234, 987),
    ("Inventories", 766, 1013),
    ("Restricted cash", 0, 100),
    ("Total assets", 2000, 2100),
    ("Accounts payable", 500.4, 600),
    ("Retained earnings", 1499.6, 1500),
    ("Total liabilities and equity", 2000, 2100),
]
_MONEY = BUILTIN[41]


def sheet(sheet: Any, *, scale: float = 1, code: str = _MONEY, titles: Sequence[str] = TITLES) -> None:
    for title in titles:
        sheet.append([title])
    sheet.append([None, dt.date(2009, 12, 31), dt.date(2008, 12, 31)])
    for cell in sheet[sheet.max_row]:
        cell.number_format = "mmmm d, yyyy"
    for label, *values in ACCOUNTS:
        sheet.append([label, *(value * scale for value in values)])
        for cell in sheet[sheet.max_row][1:]:
            cell.number_format = code


def test_a_statement_is_read_from_a_spreadsheet() -> None:
    outcome = read(xlsx(lambda book, active: sheet(active)), "r.xlsx")
    statement = one(outcome)
    assert [str(c.period) for c in statement.columns] == ["2009-12-31", "2008-12-31"]
    assert figures(statement)["Cash and cash equivalents"] == CASH
    # What the page shows counts: 500.4 is shown as 500, nothing as a dash.
    assert figures(statement)["Accounts payable"] == (500_000, 600_000)
    assert figures(statement)["Restricted cash"] == (0, 100_000)
    cash = next(line for line in statement.lines if line.label.startswith("Cash"))
    assert cash.at.line and "Sheet!5" in outcome.value.text.split("\n")[cash.at.line - 1]
    assert not outcome.findings


def test_hidden_sheets_rows_and_columns_are_told_and_not_read() -> None:
    def build(book: Any, active: Any) -> None:
        sheet(active)
        active.insert_rows(6)
        active.cell(6, 1).value, active.cell(6, 2).value = "Secret reserve", 9999
        active.row_dimensions[6].hidden = True
        active.cell(5, 5).value = 8888
        active.column_dimensions["E"].hidden = True
        other = book.create_sheet("Backup")
        sheet(other, scale=3)
        other.sheet_state = "hidden"
        active.cell(20, 1).value = 5
        active.cell(20, 1).number_format = ";;;"

    outcome = read(xlsx(build), "r.xlsx")
    assert figures(one(outcome))["Cash and cash equivalents"] == CASH
    (note,) = outcome.findings
    for told in ("row 6 of 'Sheet'", "column E of 'Sheet'", "sheet 'Backup'", "Sheet!A20 (shown as nothing)"):
        assert told in note.message
    assert "Secret" not in outcome.value.text and "8888" not in outcome.value.text


@pytest.mark.parametrize(("titles", "severity"), [(TITLES, "note"), (TITLES[:2], "warning")])
def test_figures_shown_in_thousands_by_their_format_are_told(titles: list[str], severity: str) -> None:
    code = "#,##0,_);(#,##0,)"
    outcome = read(xlsx(lambda book, active: sheet(active, scale=1000, code=code, titles=titles)), "r.xlsx")
    found = figures(one(outcome))["Cash and cash equivalents"]
    assert found == (CASH if severity == "note" else (1234, 987))
    (told,) = outcome.findings
    assert (told.code, told.severity) == ("read.divided", severity) and "--assume scale=3" in (told.hint or "")


def test_a_formula_is_read_by_the_value_that_was_kept_and_without_one_it_is_told() -> None:
    def build(book: Any, active: Any) -> None:
        sheet(active)
        active["B8"].value = "=SUM(B5:B7)"

    data = xlsx(build)
    outcome = read(data, "r.xlsx")
    (warning,) = outcome.findings
    assert warning.code == "read.no-value" and "Sheet!B8" in warning.message
    kept = changed(data, "xl/worksheets/sheet1.xml", b"<f>SUM(B5:B7)</f><v></v>", b"<f>SUM(B5:B7)</f><v>2000</v>")
    kept = changed(kept, "xl/worksheets/sheet1.xml", b"<f>SUM(B5:B7)</f><v />", b"<f>SUM(B5:B7)</f><v>2000</v>")
    again = read(kept, "r.xlsx")
    assert not again.findings and figures(one(again))["Total assets"] == (2_000_000, 2_100_000)


def test_merged_headings_and_two_statements_on_a_sheet() -> None:
    def build(book: Any, active: Any) -> None:
        sheet(active)
        for row in (
            *(["Statements of Operations"], ["(in thousands)"], [None, "Year Ended December 31,"], [None, 2009, 2008]),
            *(["Net sales", 900, 800], ["Cost of sales", 400, 300], ["Gross profit", 500, 500]),
            *(["Income tax expense", 100, 100], ["Net income", 400, 400]),
        ):
            active.append([] if row[0] == "Statements of Operations" else row)
            if not row[0] and row[1] != 2009:
                active.merge_cells(start_row=active.max_row, start_column=2, end_row=active.max_row, end_column=3)
            if row[0] == "Statements of Operations":
                active.append(row)

    balance, income = parse_statements(read(xlsx(build), "r.xlsx").value).value
    assert figures(balance)["Inventories"] == (766_000, 1_013_000)
    assert [str(c.period) for c in income.columns] == ["2009-01-01/2009-12-31", "2008-01-01/2008-12-31"]
    assert figures(income)["Net income"] == (400_000, 400_000)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1234.5", "#,##0_);(#,##0)", "1,235"), ("-1234.5", "#,##0_);(#,##0)", "(1,235)"), ("0", BUILTIN[41], "-"),
        ("1234.5", "(#,##0)", "(1,235)"), ("-1234567.9", "#,##0,", "-1,235"), ("0.0525", "0.0%", "5.3%"),
        ("39994", "d-mmm-yy", "30-Jun-09"), ("40178", "[$-409]mmmm\\ d\\,\\ yyyy;@", "December 31, 2009"),
        ("40178.5", "m/d/yyyy h:mm", "12/31/2009 12:00"), ("45291", "yyyy", "2023"), ("-3", "0;;;", ""),
        ("1.5", "# ?/?", "1 1/2"), ("1200", "[$€-407]#,##0.00", "€1,200.00"), ("0.1", ".00", ".10"),
        ("1200", '[>=1000]#,##0,"K";0', "1K"), ("123", "[Red](#,##0)", "(123)"),
        ("1234.56789", "General", "1234.56789"), ("1e15", "General", "1000000000000000"),
        ("7", '"FY"0', "FY7"), ("-0.25", BUILTIN[44], "$(0.25)"),
    ],
)  # fmt: skip
def test_a_cell_shows_its_value_by_its_format(value: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(value), code).text == shown


def test_a_text_shows_by_the_section_for_texts() -> None:
    assert [shown_text("x", code) for code in ("General", "@", '0;-0;0;"t: "@')] == ["x", "x", "t: x"]


# --- hostile and damaged files


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The file with a part of it changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old, new) if name == part else text)
    return buffer.getvalue()


@pytest.fixture(params=["docx", "xlsx"])
def office(request: pytest.FixtureRequest) -> tuple[bytes, str, bytes]:
    """A file, its main part, and what that begins with."""
    if request.param == "docx":
        return docx(lambda document: written(document)), "word/document.xml", b"<w:document"
    return xlsx(lambda book, active: sheet(active)), "xl/worksheets/sheet1.xml", b"<worksheet"


def test_a_bomb_of_entities_is_refused(office: tuple[bytes, str, bytes]) -> None:
    data, part, root = office
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + root
    with pytest.raises(UnreadableInput, match="declares a document type"):
        read(changed(data, part, root, bomb), "r.office")


def test_a_bomb_of_zeros_is_refused(office: tuple[bytes, str, bytes]) -> None:
    data, part, root = office
    with pytest.raises(UnreadableInput, match="grows to"):
        read(changed(data, part, root, b" " * 30_000_000 + root), "r.office")


def test_a_file_cut_short_says_so(office: tuple[bytes, str, bytes]) -> None:
    data, _, _ = office
    with pytest.raises(UnreadableInput, match="damaged or cut short"):
        read(data[: len(data) // 2], "r.office")


def test_a_damaged_part_says_so(office: tuple[bytes, str, bytes]) -> None:
    data, part, root = office
    with pytest.raises(UnreadableInput, match="not well-formed"):
        read(changed(data, part, root, b"<oops>" + root), "r.office")


def test_an_office_file_with_a_password_or_of_an_old_kind_says_so() -> None:
    with pytest.raises(UnreadableInput, match=r"password.*\.docx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "r.doc")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255), st.integers(0, 3000))
def test_mutated_rich_text_gives_a_document_or_a_clear_error(at: int, byte: int, cut: int) -> None:
    data = bytearray(rtf())
    data[at % len(data)] = byte
    for case in (bytes(data), bytes(data[: max(6, len(data) - cut)])):
        try:
            read(case, "r.rtf")
        except UnreadableInput as error:
            assert str(error)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="groups in groups"):
        read(b"{\\rtf1 " + b"{" * 100_000, "r.rtf")
