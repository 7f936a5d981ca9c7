"""Figures of HTML pages as filers really set them: a page is read as its reader sees it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from capxbrl import pipeline
from capxbrl.amounts import has_decimal_commas, parse_amount
from capxbrl.model import Report, Table
from capxbrl.readers import read
from capxbrl.writers import xhtml

#: A statement of Millbrook Tool: label -> (2011, 2010), in thousands.
SALES, COST, GROSS, EXPENSES, INCOME = (
    "Net sales",
    "Cost of sales",
    "Gross profit",
    "Operating expenses",
    "Income (loss)",
)
ROWS = {
    SALES: ("41,250", "38,110"),
    COST: ("(26,900)", "(24,310)"),
    GROSS: ("14,350", "13,800"),
    EXPENSES: ("(15,350)", "(10,000)"),
    INCOME: ("(1,000)", "3,800"),
}
VALUES = {
    (label, i): abs(Decimal(text.strip("()").replace(",", ""))) for label, r in ROWS.items() for i, text in enumerate(r)
}
VALUES[INCOME, 0] *= -1


def cells(figure: str, sign: str = "$") -> str:
    """The cells of one figure: sign, digits with what opens them, what closes them."""
    end = ")" if figure.endswith(")") else ""
    return f"<td>{sign}</td><td>{figure.removesuffix(')')}</td><td>{end}</td>"


def page(rows: dict[str, str], years: tuple[str, str] = ("2011", "2010"), width: int = 3, style: str = "") -> bytes:
    head = "".join(f'<td colspan="{width}" align="center">{year}</td>' for year in years)
    body = "".join(f"<tr><td>{label}</td>{tds}</tr>" for label, tds in rows.items())
    return (
        f'<html><head><meta charset="utf-8">{style}</head><body><p><b>MILLBROOK TOOL CORPORATION</b></p>'
        "<p><b>CONSOLIDATED STATEMENTS OF OPERATIONS</b></p><p>(In thousands)</p><table>"
        f'<tr><td></td><td colspan="{2 * width}" align="center">Three Months Ended<br>March 31,</td></tr>'
        f"<tr><td></td>{head}</tr>{body}</table></body></html>"
    ).encode()


def rows(**other: str) -> dict[str, str]:
    return {label: cells(a) + cells(b) for label, (a, b) in ROWS.items()}


def report(data: bytes) -> Report:
    return pipeline.analyse(pipeline.load(data, "x.htm").value)[0].report


def values(made: Report) -> dict[tuple[str, int], Decimal]:
    """{(label, 0 for 2011 or 1 for 2010): value in thousands}."""
    return {(f.label, 2011 - f.period.end.year): Decimal(f.value) / 1000 for f in made.facts}


def seen(made: Report) -> str:
    """What a reader sees of the page, without blanks."""
    body = etree.fromstring(xhtml.write(made, {})["report.xhtml"]).find("{http://www.w3.org/1999/xhtml}body")
    assert body is not None
    body.remove(body[0])
    return "".join("".join(body.itertext()).split())


def check(made: Report) -> None:
    assert values(made) == VALUES


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<sup>(1)</sup>",
        "<sup>a</sup>",
        "<sup>i</sup>",
        "<sup>(1),(2)</sup>",
        "<sup>1, 2</sup>",
        '<span style="vertical-align: super; font-size: 7pt">1</span>',
        '<font style="position: relative; top: -3pt">1</font>',
        '<span style="vertical-align: 4px">(a)</span>',
        '<font style="font-size:6pt;vertical-align:top">2</font>',
        "<sup><font size=1>*</font></sup>",
        "#",
        "(1),(2)",
        " A",
        "E",
        "*",
        "¹",
    ],
)
def test_a_mark_of_a_note_is_no_part_of_a_figure_a_year_or_a_label(mark: str) -> None:
    table = rows()
    table[SALES] = cells(f"41,250{mark}") + cells("38,110")
    table[INCOME] = cells("(1,000)") + cells(f"3,800{mark}")
    made = report(page(table))
    check(made)
    plain = "".join(etree.fromstring(f"<a>{mark.replace('size=1', '')}</a>").itertext()).replace(" ", "")
    assert f"41,250{plain}" in seen(made) and f"3,800{plain}" in seen(made)
    if "<" in mark:
        made = report(page({label + mark: tds for label, tds in rows().items()}, years=("2011" + mark, "2010")))
        check(made)
        assert f"Netsales{plain}" in seen(made) and f"2011{plain}" in seen(made)


@pytest.mark.parametrize("before", ["<sup>1</sup>", "<sup>(a)</sup>", '<span style="vertical-align:super">2</span>'])
def test_a_mark_before_a_figure_or_in_a_cell_of_its_own(before: str) -> None:
    table = rows()
    table[SALES] = cells(f"{before}41,250") + cells("38,110")
    table[INCOME] = f"<td>$</td><td>(1,000</td><td>)</td><td>$</td><td>3,800</td><td>{before}</td>"
    check(report(page(table)))


def test_what_is_raised_and_no_mark_stays_text() -> None:
    body = "<html><body><p>The 2<sup>nd</sup> quarter ended December 31<sup>st</sup>, 2009</p><p>12<sup>1</sup>/2%</p>"
    body += "<p><sup>(1)</sup> Includes Widget<sup>TM</sup> sales of 412<sup>3</sup> units.</p></body></html>"
    texts = [b.text for b in read(body.encode(), "x.htm").value.blocks if not isinstance(b, Table)]
    assert texts[0] == "The 2nd quarter ended December 31st, 2009"
    assert texts[1] == "121/2%"
    assert texts[2] == "(1) Includes WidgetTM sales of 412  units."


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ('<font color="#FFFFFF">', "</font>"),
        ("<font color=white>", "</font>"),
        ("<font color='#fefefe'>", "</font>"),
        ('<span style="color:#fff">', "</span>"),
        ('<span style="color: rgb(255, 255, 255)">', "</span>"),
        ('<span style="color:rgba(0,0,0,0)">', "</span>"),
        ('<span style="color: transparent">', "</span>"),
        ('<span style="opacity:0">', "</span>"),
        ('<span style="font-size:0">', "</span>"),
        ('<span style="visibility:hidden">', "</span>"),
        ('<span style="display:none">', "</span>"),
        ('<span style="color:#ffffff !important"><b>', "</b></span>"),
    ],
)
@pytest.mark.parametrize("what", [")", "0", "00)"])
def test_what_nobody_sees_is_not_read(begin: str, end: str, what: str) -> None:
    made_up = f"{begin}{what}{end}"
    table = rows()
    table[SALES] = cells("41,250" + made_up) + cells("38,110" + made_up)
    table[GROSS] = cells("14,350" + made_up) + f"<td>$</td><td>13,800</td><td>{made_up}</td>"
    made = report(page(table))
    check(made)
    assert "41,250$38,110C" in seen(made)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<td bgcolor="#000080"><font color="white">41,250</font></td>', "white on navy"),
        ('<td style="background-color:#1f497d;color:#ffffff">41,250</td>', "the cell paints both"),
        ('<td style="background: #003366 none repeat"><font color="white">41,250</font></td>', "among other words"),
        ('<td style="background:url(x.gif)"><font color="#ffffff">41,250</font></td>', "on a picture"),
        ('<td><font color="#cceeff">41,250</font></td>', "light blue is seen"),
    ],
)
def test_white_on_a_dark_ground_is_seen(cell: str, text: str) -> None:
    table = rows()
    table[SALES] = f"<td>$</td>{cell}<td></td>" + cells("38,110")
    check(report(page(table)))


def test_a_colour_is_not_seen_on_its_like() -> None:
    table = {
        label: tds.replace("<td></td>", "<td><font color='#cceeff'>)</font></td>") for label, tds in rows().items()
    }
    data = page(table).replace(b"<tr><td>Net", b"<tr bgcolor='#CCEEFF'><td>Net")
    data = data.replace(b"<tr><td>Gross", b"<tr style='background:#cef'><td>Gross").replace(
        b"<tr><td>Inc", b"<tr bgcolor=#cceeff><td>Inc"
    )
    check(report(data))


def test_a_sheet_of_styles_leaves_the_ground_unknown() -> None:
    style = "<style>.dark { background: navy }</style>"
    table = rows()
    table[SALES] = '<td>$</td><td class="dark"><font color="white">41,250</font></td><td></td>' + cells("38,110")
    check(report(page(table, style=style)))


@pytest.mark.parametrize("minus", ["-$", "- $", "$-", "-", "−$", "–$", "minus", "$ minus", "($", "▲", "$ ("])
def test_a_minus_in_the_cell_of_the_dollar(minus: str) -> None:
    table = {
        label: "".join(
            cells(f.strip("("), minus).replace("<td>)</td>", "<td>)</td>" if "(" in minus else "<td></td>")
            if "(" in f
            else cells(f)
            for f in figures
        )
        for label, figures in ROWS.items()
    }
    check(report(page(table)))


@pytest.mark.parametrize(
    "form", ["-{}", "{}-", "<{}>", "（{}）", "△{}", "▲ {}", "−{}", "- {}", "minus {}", "({}", "{} CR"]
)
def test_a_minus_with_the_digits(form: str) -> None:
    def cell(figure: str) -> str:
        text = form.format(figure.strip("()")) if "(" in figure else figure
        return f"<td>$</td><td>{text.replace('<', '&lt;')}</td><td></td>"

    check(report(page({label: cell(a) + cell(b) for label, (a, b) in ROWS.items()})))


def test_a_dash_in_a_column_of_its_own_is_no_minus() -> None:
    table = {label: f"<td>{a}</td><td>{b}</td>" for label, (a, b) in ROWS.items()}
    table["Gain on sale"] = "<td>-</td><td>500</td>"
    table["Interest income"] = "<td>700</td><td>-</td>"
    found = values(report(page(table, width=1)))
    assert {k: v for k, v in found.items() if k in VALUES} == VALUES
    assert (found["Gain on sale", 0], found["Gain on sale", 1]) == (0, 500)
    assert (found["Interest income", 0], found["Interest income", 1]) == (700, 0)


def test_a_column_of_nothing_but_dashes_under_its_own_heading() -> None:
    table = {label: f"<td>-</td><td>{a}</td>" for label, (a, _) in ROWS.items()}
    found = values(report(page(table, width=1)))
    assert {value for (_, year), value in found.items() if year == 0} == {0}
    assert found[SALES, 1] == 41250


@pytest.mark.parametrize("unread", ["26,900(", "26,9OO", "269,00", "(26,900)M", "26,900)", "２６,９００", "0. 37"])
def test_what_cannot_be_read_moves_nothing(unread: str) -> None:
    table = rows()
    table[COST] = f"<td>$</td><td>{unread}</td><td></td>" + cells("(24,310)")
    found = values(report(page(table)))
    assert (COST, 0) not in found and found[COST, 1] == 24310
    printed = parse_amount(unread)
    assert printed is not None and printed.kind == "unread" and printed.shown == unread


@pytest.mark.parametrize("text", ["approx.", "plus", "?", "@", "§§"])
def test_an_unknown_word_in_the_cell_of_the_dollar_moves_nothing(text: str) -> None:
    table = rows()
    table[GROSS] = cells("14,350", text) + cells("13,800", text)
    found = values(report(page(table)))
    assert found[INCOME, 1] == 3800 and found.get((GROSS, 1), 13800) == 13800 and found.get((GROSS, 0), 14350) == 14350


SIGNS = (
    "RMB,NT$,HK$,S$,CHF,Rs.,US $,U.S.$,NIS,Ps.,SEK,CAD,CAD$,EUR,AU$,USD,USD$,MXN,Bs.,$ US,Cdn. "
    "$,R$,A$,CDN$,C$,kr,yen,won,₹,₪,R,€,£,DM,¥"
)


@pytest.mark.parametrize("sign", SIGNS.split(","))
@pytest.mark.parametrize("place", ["own", "first and last", "glued", "behind", "behind in its own"])
def test_a_currency_is_no_part_of_a_label_and_moves_nothing(sign: str, place: str) -> None:
    def cell(label: str, figure: str) -> str:
        if place == "glued":
            return f"<td></td>{cells(sign + figure, '')[9:]}"
        if place == "behind":
            return f"<td></td><td>{figure} {sign}</td><td></td>"
        if place == "behind in its own":
            return f"<td></td><td>{figure}</td><td>{sign}</td>"
        return cells(figure, sign if place == "own" or label in (SALES, INCOME) else "")

    made = report(page({label: cell(label, a) + cell(label, b) for label, (a, b) in ROWS.items()}))
    check(made)
    amounts = [a for t in made.statements for line in t.statement.lines for a in line.amounts if a]
    assert amounts[0].currency == amounts[-1].currency == sign


BLANKS = [" ", "&nbsp;", "&#8201;", "&#8239;", "'", "’", ", ", ",&shy;", "&#8203;,", ",&#8288;"]


@pytest.mark.parametrize("blank", BLANKS)
def test_what_stands_between_thousands(blank: str) -> None:
    table = {label: "".join(cells(f.replace(",", blank)) for f in figures) for label, figures in ROWS.items()}
    made = report(page(table))
    check(made)
    tags = {f.id: f for f in made.facts}
    tree = etree.fromstring(xhtml.write(made, {})["report.xhtml"])
    for tag in tree.iter("{http://www.xbrl.org/2013/inlineXBRL}nonFraction"):
        fact = tags[tag.get("id")]
        if fact.format == "hidden":
            assert Decimal("".join(tag.itertext())) == abs(Decimal(fact.value))
            assert (tag.get("sign") == "-") == (Decimal(fact.value) < 0)


def test_a_mark_at_the_left_of_a_note_below_a_table_is_its_number() -> None:
    table = rows() | {"<sup>(1)</sup>": "<td colspan=6>Includes the sales of Oakdale Tool.</td>"}
    (found,) = [b for b in read(page(table), "x.htm").value.blocks if isinstance(b, Table)]
    last = found.rows[-1].cells
    assert [(c.col, c.text) for c in last] == [(0, "(1)"), (1, "Includes the sales of Oakdale Tool.")]


@pytest.mark.parametrize("way", ["41.250,50", "41.250", "41 250,50"])
def test_a_table_with_decimal_commas(way: str) -> None:
    def cell(figure: str) -> str:
        parts = figure.replace(",", " " if " " in way else ".")
        return cells(parts.replace(")", ",00)") if ")" in parts else parts + ",00" if "," in way else parts, "€")

    table = {label: "".join(cell(f) for f in figures) for label, figures in ROWS.items()}
    if "," not in way:
        table = {label: tds.replace(",00", "") for label, tds in table.items()}
    table["Earnings per share"] = cells("(0,14)", "€") + cells("0,52", "€")
    made = report(page(table))
    found = values(made)
    assert (found.pop(("Earnings per share", 0)), found.pop(("Earnings per share", 1))) == (
        Decimal("-0.00014"),
        Decimal("0.00052"),
    )
    assert found == VALUES
    forms = {f.format for f in made.facts}
    assert forms == {"ixt:num-comma-decimal"}


def test_a_table_with_decimal_points_is_not_taken_for_one_with_commas() -> None:
    assert not has_decimal_commas(["41,250", "38,110", "(3,4)", "1.5%"])
    assert not has_decimal_commas(["10.125%", "11.875%", "12.500%"])
    assert not has_decimal_commas(["1.234", "0.987", "1.301"])
    assert has_decimal_commas(["41.250,50"]) and has_decimal_commas(["0,14", "12,50", "3,10"])
