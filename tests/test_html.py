"""HTML -> document: one test for each ugly thing seen in real filings."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capxbrl.findings import UnreadableInput
from capxbrl.model import Document, PageBreak, Paragraph, Table, place
from capxbrl.readers import html, read


def document(body: str) -> Document:
    return read(f"<html><body>{body}</body></html>".encode(), "x.htm").value


def table(body: str) -> Table:
    (found,) = [b for b in document(f"<table>{body}</table>").blocks if isinstance(b, Table)]
    return found


def rows(body: str) -> list[list[tuple[int, str]]]:
    return [[(c.col, c.text) for c in row.cells] for row in table(body).rows]


def texts(body: str) -> list[str]:
    return [b.text for b in document(body).blocks if isinstance(b, Paragraph)]


def test_the_parts_of_a_figure_are_one_cell() -> None:
    body = (
        "<tr><td>Sales</td><td>&nbsp;</td><td>$</td><td>1,234</td><td>&nbsp;</td><td>$</td><td>987</td><td></td></tr>"
        "<tr><td>Loss</td><td>&nbsp;</td><td></td><td>(12</td><td>)</td><td></td><td>(3</td><td>)</td></tr>"
        "<tr><td>Margin</td><td>&nbsp;</td><td></td><td>12.5</td><td>%</td><td></td><td>&mdash;</td><td></td></tr>"
    )
    assert rows(body) == [
        [(0, "Sales"), (1, "$ 1,234"), (2, "$ 987")],
        [(0, "Loss"), (1, "(12)"), (2, "(3)")],
        [(0, "Margin"), (1, "12.5%"), (2, "—")],
    ]


def test_a_parenthesis_in_the_cell_of_the_dollar() -> None:
    body = (
        "<tr><td>Loss</td><td>$(</td><td>12</td><td>)</td></tr><tr><td>Cost</td><td>(</td><td>7</td><td>)</td></tr>"
        "<tr><td>Gain</td><td></td><td>5</td><td></td></tr>"
    )
    assert rows(body) == [[(0, "Loss"), (1, "$(12)")], [(0, "Cost"), (1, "(7)")], [(0, "Gain"), (1, "5")]]


def test_a_figure_over_the_columns_of_its_dollar_stands_in_the_column_of_figures() -> None:
    body = (
        "<tr><td></td><td colspan=3>2023</td><td colspan=3>2022</td></tr>"
        "<tr><td>Cash</td><td>$</td><td>10</td><td></td><td>$</td><td>20</td><td></td></tr>"
        "<tr><td>Debt</td><td colspan=2>30</td><td></td><td colspan=2>40</td><td></td></tr>"
        "<tr><td>None</td><td colspan=3>&#8212;</td><td colspan=3>5</td></tr>"
    )
    assert [[c for c, _ in row] for row in rows(body)] == [[1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]]


def test_labels_indented_by_cells_are_one_column() -> None:
    found = table(
        "<tr><td colspan=3>Assets</td><td></td></tr><tr><td></td><td colspan=2>Current</td><td></td></tr>"
        "<tr><td></td><td></td><td>Cash</td><td>5</td></tr><tr><td></td><td></td><td>Other</td><td>6</td></tr>"
    )
    assert [[(c.col, c.indent) for c in row.cells] for row in found.rows] == [
        [(0, 0)],
        [(0, 2)],
        [(0, 4), (1, 0)],
        [(0, 4), (1, 0)],
    ]


def test_a_label_over_several_rows() -> None:
    body = "<tr><td rowspan=2>Revenue</td><td>1</td></tr><tr><td>2</td></tr><tr><td>Cost</td><td>3</td></tr>"
    assert rows(body) == [[(0, "Revenue"), (1, "1")], [(1, "2")], [(0, "Cost"), (1, "3")]]


def test_rows_stacked_in_one_cell_come_apart() -> None:
    body = (
        "<tr><td>Cash<br>Receivables,<br>&nbsp;net<br>Total</td><td>1<br><br>2<br>3</td><td>4<br><br>5<br>9</td></tr>"
        "<tr><td>Goodwill</td><td>7</td><td>8</td></tr>"
    )
    assert rows(body) == [
        [(0, "Cash"), (1, "1"), (2, "4")],
        [(0, "Receivables,")],
        [(0, "net"), (1, "2"), (2, "5")],
        [(0, "Total"), (1, "3"), (2, "9")],
        [(0, "Goodwill"), (1, "7"), (2, "8")],
    ]


def test_a_label_of_two_lines_is_one_cell() -> None:
    body = "<tr><td>Net income<br>per share</td><td>1.20</td></tr><tr><td>Sales</td><td>7</td></tr>"
    assert rows(body)[0] == [(0, "Net income\nper share"), (1, "1.20")]


def test_layout_tables_become_what_they_hold() -> None:
    found = document(
        "<table><tr><td><p>ACME</p><p>Balance Sheets</p></td></tr><tr><td><table><tr><td>Cash</td><td>1</td></tr>"
        "<tr><td>Debt</td><td>2</td></tr></table></td></tr><tr><td>See notes.</td></tr></table>"
    ).blocks
    assert [b.text if isinstance(b, Paragraph) else type(b).__name__ for b in found] == [
        "ACME",
        "Balance Sheets",
        "Table",
        "See notes.",
    ]


def test_rules_below_figures() -> None:
    found = table(
        "<tr><td>A</td><td style='border-bottom:1px solid #000'>1</td></tr><tr><td>B</td><td>2</td></tr>"
        "<tr><td></td><td><hr></td></tr><tr><td>C</td><td style='border-bottom:1px solid #ffffff'>3</td></tr>"
        "<tr><td>D</td><td>4</td></tr><tr><td></td><td style='border-top:3px double black'>7</td></tr>"
    )
    assert [row.rule for row in found.rows] == [True, True, False, True, False]


def test_indents() -> None:
    found = table(
        "<tr><td style='padding-left:14px'>a</td><td>1</td></tr><tr><td>&nbsp;&nbsp;&nbsp;b</td><td>2</td></tr>"
        "<tr><td><p style='margin-left:20pt;text-indent:-10pt'>c</p></td><td>3</td></tr>"
    )
    assert [row.cells[0].indent for row in found.rows] == [2, 3, 2]


def test_what_is_hidden_is_no_text() -> None:
    body = (
        "<ix:header><ix:hidden>7</ix:hidden></ix:header><div style='DISPLAY: none'><p>a</p></div><script>x<y</script>"
        "<style>p{}</style><p>seen <span style='display:none'>not</span>here</p>"
    )
    assert texts(body) == ["seen here"]


def test_the_title_of_a_page_is_no_text_wherever_it_stands() -> None:
    page = (
        b"<XBRL>\n<?xml version='1.0'?><html><head>\n<title>cedar-20220428</title></head><body><p>x</p></body></html>"
    )
    assert [b.text.strip() for b in read(page, "x.htm").value.blocks if isinstance(b, Paragraph)] == ["x"]
    assert texts("<title>cedar</title><p>y</p>") == ["y"]


def test_white_space_breaks_and_marks() -> None:
    assert texts("<p>Net\n  sales&nbsp;of <b>1</b>,<i>000</i>(1)<br>more</p><div>x</div>y") == [
        "Net sales of 1,000(1)\nmore",
        "x",
        "y",
    ]


def test_bold_and_headings() -> None:
    found = document("<p align=center><b>Balance Sheets</b></p><p>It was a good year for the company, they say.</p>")
    first, second = found.blocks
    assert isinstance(first, Paragraph) and (first.kind, first.align) == ("heading", "center")
    assert isinstance(second, Paragraph) and second.kind == "text"
    assert table("<tr><td><b>Total</b></td><td>1</td></tr><tr><td>a</td><td>2</td></tr>").rows[0].cells[0].bold


def test_pages() -> None:
    found = document(
        "<p>a</p><p style='page-break-before:always'>b</p><div style='page-break-after:always'>c</div><p>d</p>"
    )
    assert [type(b) for b in found.blocks] == [Paragraph, PageBreak, Paragraph, Paragraph, PageBreak, Paragraph]


def test_preformatted_text_is_read_by_its_columns() -> None:
    body = (
        "<pre>\n                       2001      2000\n                    -------   -------\n"
        "Sales                $1,234      $987\n"
        "Cost &amp; other        (1,000)     (900)\n</pre>"
    )
    (found,) = document(body).blocks
    assert isinstance(found, Table)
    assert [[(c.col, c.text) for c in row.cells] for row in found.rows][-1] == [
        (0, "Cost & other"),
        (1, "(1,000)"),
        (2, "(900)"),
    ]
    cell = found.rows[-1].cells[1]
    assert (cell.at.line, cell.at.column) == (5, 25)


def test_text_placed_by_coordinates() -> None:
    def at(x: int, y: int, text: str) -> str:
        return f"<div style='position:absolute;left:{x}px;top:{y}px'>{text}</div>"

    body = (
        at(40, 10, "Sales") + at(300, 10, "1,234") + at(400, 10, "987") + at(40, 30, "Total cost") + at(305, 31, "(12)")
    )
    (found,) = document(body + at(405, 30, "(7)")).blocks
    assert isinstance(found, Table)
    assert [[(c.col, c.text) for c in row.cells] for row in found.rows] == [
        [(0, "Sales"), (1, "1,234"), (2, "987")],
        [(0, "Total cost"), (1, "(12)"), (2, "(7)")],
    ]


def test_places_in_a_file_of_one_line() -> None:
    source = (
        "<html><body><p>a &amp; b</p><table><tr><td>Cash</td><td>1,234</td></tr><tr><td>x</td><td>5</td></tr></table>"
    )
    paragraph, found = read(source.encode(), "x.htm").value.blocks
    assert isinstance(paragraph, Paragraph) and isinstance(found, Table)
    assert place(paragraph, 4).column == source.index(" b<") + 2
    assert found.rows[0].cells[1].at.column == source.index("1,234") + 1


def test_places_go_on_in_the_next_line() -> None:
    (paragraph,) = read(b"<html><body>\n<p>first\nsecond", "x.htm").value.blocks
    assert isinstance(paragraph, Paragraph) and paragraph.text == "first second"
    assert (place(paragraph, 0).line, place(paragraph, 6).line, place(paragraph, 6).column) == (2, 3, 1)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<html><body><p>caf\xe9 \x96 5</p>", "café – 5"),
        (b'<html><meta charset="windows-1252"><body><p>\x93a\x94</p>', "“a”"),
        ("<html><body><p>“a”</p>".encode(), "“a”"),
        (b"<html><body><p>a&#150;b &#x97; &mdash; &copy</p>", "a–b — — ©"),
        (b'<?xml version="1.0" encoding="utf-16"?><html><body><p>plain</p>', "plain"),
        ("<html><body><p>ü</p>".encode("utf-16"), "ü"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    (paragraph,) = read(data, "x.htm").value.blocks
    assert isinstance(paragraph, Paragraph) and paragraph.text == text


def test_deep_nesting_loses_nothing() -> None:
    body = "".join(f"<font><b>w{i} " for i in range(20_000)) + "END"
    (paragraph,) = document(body).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.split() == [*(f"w{i}" for i in range(20_000)), "END"]


def test_broken_tables_keep_their_text() -> None:
    found = document("<table><tr><td>a<td>1<tr><td>b<td>2</table></td></tr><td>stray <table><p>lost<tr><td>x").blocks
    words = " ".join(c.text for b in found if isinstance(b, Table) for row in b.rows for c in row.cells)
    words += " " + " ".join(b.text for b in found if isinstance(b, Paragraph))
    assert sorted(words.split()) == ["1", "2", "a", "b", "lost", "stray", "x"]


def test_entities_of_a_document_type_are_not_fetched() -> None:
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>a &x; b</p>'
    assert "root:" not in " ".join(b.text for b in read(source.encode(), "x").value.blocks if isinstance(b, Paragraph))


def test_an_empty_page_says_so() -> None:
    with pytest.raises(UnreadableInput, match="without any text"):
        read(b"<html><body><img src=x></body></html>", "x.htm")


def test_edgar_text_is_not_html() -> None:
    assert not html.recognises(b"<TABLE>\n<CAPTION>\n<S>   <C>\nSales   1\n</TABLE>\n<PAGE>\n" * 50)


@pytest.mark.parametrize(
    "piece", ["<td colspan=60 rowspan=60>1", "<table><tr><td>1", "<!--", "&amp", "<p", "<div>x ", "<br>1"]
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableInput):
        read(("<html><body><table><tr>" + piece * (600_000 // len(piece))).encode(), "x.htm")
    assert time.process_time() - start < 5


_PIECES = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td colspan=3>",
        "<td rowspan=2>",
        "</td>",
        "<p>",
        "</p>",
        "<br>",
        "<pre>",
        "</pre>",
        "$",
        "(1,234",
        ")",
        "%",
        "12",
        "Sales",
        "&nbsp;",
        "&#8212;",
        "\n",
        "<div style='position:absolute;left:3px;top:9px'>",
        "</div>",
        "<b>",
        "<hr>",
        "<page>",
        "<ix:header>",
        "&",
        "<",
        "2009",
        "<!--",
        "-->",
        "--------",
        "<sup>",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=60))
def test_any_markup_gives_a_document_or_a_clear_error(pieces: list[str]) -> None:
    try:
        made = document("".join(pieces))
    except UnreadableInput:
        return
    for block in made.blocks:
        if isinstance(block, Table):
            assert block.rows and all(row.cells for row in block.rows)
            for row in block.rows:
                columns = [c.col for c in row.cells]
                assert columns == sorted(set(columns)) and columns[0] >= 0
                assert row.cells[-1].col + row.cells[-1].span <= block.width


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_clear_error(data: bytes) -> None:
    for case in (data, b"<html><body>" + data):
        try:
            read(case, "x")
        except UnreadableInput as error:
            assert str(error)


def test_a_flood_of_signs_that_begin_no_tag_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="no HTML page"):
        read(b"<html><body>" + b"<" * 300_000, "x.htm")


def test_a_row_of_thousands_of_cells_is_no_table() -> None:
    assert not any(isinstance(b, Table) for b in document("<table><tr>" + "<td>1</td>" * 1000 + "</table>").blocks)


def test_marks_that_are_shifted_stay_in_their_line() -> None:
    mark = "<font style='position:relative;top:-3px'>(*)</font> "
    assert texts(f"<div>{mark}Includes costs.</div><div>{mark}Represents a rate.</div>") == [
        "(*) Includes costs.",
        "(*) Represents a rate.",
    ]
