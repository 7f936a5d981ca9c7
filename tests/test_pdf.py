"""PDF -> document: pages laid out with blanks; clear words for what cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capxbrl.findings import Finding, Severity, UnreadableInput, describe, source_lines
from capxbrl.model import PageBreak, Table
from capxbrl.readers import read
from capxbrl.readers.ligatures import UNKNOWN, mended
from capxbrl.statements import parse_statements

pytest.importorskip("pypdfium2", reason="needs the extra: pip install 'capxbrl[pdf]'")

#: Widths of Courier's characters at 8 points: the test writer sets right-aligned figures with it.
_WIDTH = 4.8
Word = tuple[float, float, str]


#: How text is drawn so that a turned page shows it upright: its matrix, and where (x, y) of the shown page is.
_TURNS: dict[int, tuple[str, Callable[[float, float], tuple[float, float]]]] = {
    0: ("1 0 0 1", lambda x, y: (x, y)),
    90: ("0 1 -1 0", lambda x, y: (612 - y, x)),
    180: ("-1 0 0 -1", lambda x, y: (612 - x, 792 - y)),
    270: ("0 -1 1 0", lambda x, y: (y, 792 - x)),
}


def pdf(pages: Sequence[Sequence[Word]], rotate: int = 0, trailer: str = "", behind: bool = False) -> bytes:
    """A PDF of words at (x, y): the smallest that a reader takes. behind: invisible, behind a picture of the page."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    matrix, turned = _TURNS[rotate]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    for i, words in enumerate(pages):
        # A picture of one white point over the page (PDF 32000-1, 8.9.7), and text that is not painted (9.3.6).
        picture = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF> EI Q 3 Tr\n"
        marks = picture if behind else ""
        for x, y, text in words:
            a, b = turned(x, y)
            escaped = text.replace("(", "\\(").replace(")", "\\)")
            marks += f"BT /F 8 Tf {matrix} {a:.1f} {b:.1f} Tm ({escaped}) Tj ET\n"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate {rotate}/Resources<</Font<</F 3 0 "
            f"R>>>>/Contents {5 + 2 * i} 0 R>>"
        )
        objects.append(f"<</Length {len(marks)}>>stream\n{marks}endstream")
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()


def right(x: float, y: float, text: str) -> Word:
    return x - _WIDTH * len(text), y, text


def page(y: float, rows: Sequence[tuple[str, str, str]]) -> list[Word]:
    out: list[Word] = []
    for label, a, b in rows:
        out += [(50, y, label)] if label else []
        out += [right(420, y, a)] if a else []
        out += [right(520, y + 0.4, b)] if b else []
        y -= 11
    return out


ROWS = [
    ("Acme Corp", "", ""),
    ("Statements of Operations (in thousands)", "", ""),
    ("", "Years Ended December 31,", ""),
    ("", "2009", "2008"),
    ("Net sales", "$1,234", "$987"),
    ("Cost of sales", "(1,000)", "(900)"),
    ("Gross profit", "234", "87"),
    ("Income tax provision", "(34)", "-"),
    ("Net income", "$200", "$87"),
]


def test_a_statement_is_read_from_its_page() -> None:
    outcome = read(pdf([page(700, ROWS)]), "r.pdf")
    (statement,) = parse_statements(outcome.value).value
    assert [str(c.period) for c in statement.columns] == ["2009-01-01/2009-12-31", "2008-01-01/2008-12-31"]
    sales = next(line for line in statement.lines if line.label == "Net sales")
    assert [a and a.value for a in sales.amounts] == [Decimal(1_234_000), Decimal(987_000)]
    assert outcome.value.format == "pdf" and outcome.findings == ()


def test_positions_are_lines_of_the_laid_out_text() -> None:
    document = read(pdf([page(700, ROWS), page(700, ROWS[3:])]), "r.pdf").value
    lines = document.text.replace("\f", " ").splitlines()
    cells = [c for b in document.blocks if isinstance(b, Table) for row in b.rows for c in row.cells]
    assert len(cells) > 30
    for cell in cells:
        assert cell.at.line is not None and cell.at.column is not None
        assert lines[cell.at.line - 1][cell.at.column - 1 :].startswith(cell.text.split()[0])
    assert sum(isinstance(b, PageBreak) for b in document.blocks) == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side(turn: int) -> None:
    upright = read(pdf([page(500, ROWS)]), "r.pdf").value.text
    turned = read(pdf([page(500, ROWS)], rotate=turn), "r.pdf").value.text
    assert [line.split() for line in turned.splitlines()] == [line.split() for line in upright.splitlines()]


def test_pictures_of_pages_are_told() -> None:
    with pytest.raises(UnreadableInput, match=r"pictures.*ocrmypdf.*tesseract"):
        read(pdf([[], []]), "scan.pdf")
    outcome = read(pdf([page(700, ROWS), [], page(700, ROWS)]), "r.pdf")
    (warning,) = outcome.findings
    assert (warning.code, warning.message.split(":")[0]) == ("pdf.no-text", "no text on page 2")


def test_an_encrypted_pdf_says_so() -> None:
    key = "00" * 32
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -1>>/ID[<00><00>]"
    with pytest.raises(UnreadableInput, match=r"encrypted.*qpdf"):
        read(pdf([page(700, ROWS)], trailer=lock), "r.pdf")


def test_a_damaged_pdf_says_so() -> None:
    with pytest.raises(UnreadableInput, match="damaged or cut short"):
        read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type", "r.pdf")


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(UnreadableInput, match=r"pip install 'capxbrl\[pdf\]'"):
        read(pdf([page(700, ROWS)]), "r.pdf")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255), st.integers(0, 2000))
def test_a_mutated_pdf_gives_a_document_or_a_clear_error(at: int, byte: int, cut: int) -> None:
    data = bytearray(pdf([page(700, ROWS)]))
    data[at % len(data)] = byte
    for case in (bytes(data), bytes(data[: max(8, len(data) - cut)])):
        try:
            read(case, "r.pdf")
        except UnreadableInput as error:
            assert str(error)


def test_a_currency_sign_at_the_far_edge_of_a_column_is_its_figures() -> None:
    rows = [*page(700, ROWS[:4]), (50, 650, "Net sales"), (300, 650, "$"), right(420, 650, "1,234"), (440, 650, "$")]
    rows += [right(520, 650, "987"), (50, 639, "Cost of sales"), right(420, 639, "1,000"), right(520, 639, "900")]
    (table,) = [b for b in read(pdf([rows]), "r.pdf").value.blocks if isinstance(b, Table)]
    assert [c.text for c in table.rows[-2].cells] == ["Net sales", "$ 1,234", "$ 987"]


def test_a_table_over_a_page_end_is_set_alike_on_both_pages() -> None:
    rest = [(f"A rather long label of line {n}", f"{n},234", f"{n},987") for n in range(1, 4)]
    document = read(pdf([page(90, ROWS[:7]), page(700, [*rest, ROWS[-1]])]), "r.pdf").value
    (statement,) = parse_statements(document).value
    assert [line.label for line in statement.lines][-2:] == [rest[-1][0], "Net income"]
    assert all(len([a for a in line.amounts if a]) == 2 for line in statement.lines)


def test_a_finding_quotes_its_line_and_names_its_page() -> None:
    document = read(pdf([page(700, ROWS), page(700, ROWS)]), "r.pdf").value
    cell = next(
        c
        for b in reversed(document.blocks)
        if isinstance(b, Table)
        for row in b.rows
        for c in row.cells
        if c.text == "Net income"
    )
    told = describe(
        Finding(code="x.y", severity=Severity.NOTE, message="look", at=cell.at), source_lines(document.text)
    )
    assert "| Net income" in told and "page 2" in told


@pytest.mark.parametrize(
    "word",
    [
        "financing",
        "flows",
        "effect",
        "benefits",
        "fiscal",
        "affiliates",
        "(Officer)",
        "reflected",
        "offset",
        "tariffs",
        "profit",
        "difficult",
    ],
)
def test_a_ligature_without_unicode_is_mended_by_the_word_list(word: str) -> None:
    ligature = next(x for x in ("ffi", "ff", "fi", "fl") if x in word)
    assert mended(word.replace(ligature, UNKNOWN, 1)) == word


def test_what_no_word_list_knows_stays_and_no_figure_is_guessed() -> None:
    for word in (f"xy{UNKNOWN}zq", f"1{UNKNOWN}3", f"{UNKNOWN}{UNKNOWN}ow", UNKNOWN):
        assert mended(word) == word


def test_a_label_that_runs_up_to_its_figure_is_parted_from_it() -> None:
    label = "Total liabilities and equity of holders and the others"
    rows = [("Item " + "abcdef"[n], f"{n + 1},234", f"{n + 1},987") for n in range(6)]
    words = [*page(700, [*ROWS[:4], *rows]), right(420, 584, "$9,999"), right(520, 584, "$8,888")]
    words.append(right(420 - _WIDTH * 7, 584, label))
    (table,) = [b for b in read(pdf([words]), "r.pdf").value.blocks if isinstance(b, Table)]
    assert [c.text for c in table.rows[-1].cells] == [label, "$9,999", "$8,888"]
