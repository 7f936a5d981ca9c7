"""The same page in any form: however a dump sets its cells, the same figures stand in the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from capxbrl.findings import Finding
from capxbrl.model import Document, Statement, Table, place
from capxbrl.readers import read
from capxbrl.statements import parse_statements

PERIODS = ["2024-11-02", "2024-02-03"]
BALANCE = {
    "Cash": (3019, 2682), "Receivables": (79, 86), "Inventory": (1493, 1262), "Total current assets": (4591, 4030),
    "Equipment": (5082, 4890), "Total assets": (9673, 8920), "Accounts payable": (677, 459),
    "Total liabilities": (677, 459), "Common stock": (508, 504), "Retained earnings": (8488, 7957),
    "Total stockholders' equity": (8996, 8461), "Total liabilities and stockholders' equity": (9673, 8920),
}  # fmt: skip
TITLE = "ACME WIDGETS, INC.\n\nBALANCE SHEETS\n\n(In thousands)\n\n"
MARKED = ("Cash", "Total assets", "Total liabilities and stockholders' equity")


def parsed(text: str) -> tuple[Document, tuple[Statement, ...], tuple[Finding, ...]]:
    document, first = read(text.encode(), "page.txt")
    found = parse_statements(document)
    return document, found.value, (*first, *found.findings)


def figures(statement: Statement) -> dict[str, tuple[Decimal | None, ...]]:
    return {
        line.label: tuple(a.value / 1000 if a else None for a in line.amounts)
        for line in statement.lines
        if any(line.amounts)
    }


def shown(value: int) -> str:
    return f"{value:,}"


def html2text(before: str = "") -> str:
    rows = [f"{before}ASSETS| November 2,  ", "2024| | February 3,  ", "2024 (1)| "]
    for label, (a, b) in BALANCE.items():
        one = f"$| {shown(a)} | | | $| {shown(b)} |" if label in MARKED else f"{shown(a)} | | | {shown(b)} |"
        rows.append(f"{label}| {one}   ")
    return TITLE + "\n".join(["| | | | | | | |   ", "---|---|---|---|---|---|---|---  ", *rows]) + "\n\nSee notes.\n"


def html2text_bold() -> str:
    """Bold type that goes on over a line's end; a blank line within the table."""
    rows = ["  |    |    **November  2,  ", "2024** |   |    | **February  3,  ", "2024** |    "]
    for label, (a, b) in BALANCE.items():
        mark = "$" if label in MARKED else " "
        rows.append(f"**{label}** |    | {mark} |   {shown(a)} |    |    | {mark} |   {shown(b)} |    ")
        rows += ["   "] if label == "Total assets" else []
    return TITLE + "\n".join(["|  |  |  |  |  |  |  |   ", "---|---|---|---|---|---|---|---|---  ", *rows]) + "\n\n"


def gfm() -> str:
    rows = [
        "|        |   |   |   |   |",
        "|:---|:---:|---:|:---:|---:|",
        "| | | **November 2, 2024** | | **February 3, 2024** |",
    ]
    for label, (a, b) in BALANCE.items():
        mark = "$" if label in MARKED else " "
        rows.append(f"|  {label} | {mark} | {shown(a)} | {mark} | {shown(b)} |")
    return TITLE + "\n".join(rows) + "\n\n"


def gfm_with_html() -> str:
    """Pandoc leaves what markdown cannot say as HTML."""
    head = "<tr><td>ASSETS</td><td colspan='2'>November 2, 2024</td><td colspan='2'>February 3, 2024</td></tr>"
    body = [
        f"<tr>\n<td>{k}</td>\n<td>{'$' if k in MARKED else ''}</td><td>{shown(a)}</td>\n"
        f"<td>{'$' if k in MARKED else ''}</td><td>{shown(b)}</td>\n</tr>"
        for k, (a, b) in BALANCE.items()
    ]
    plain = "| Item | Page |\n|---|---|\n| Balance sheets | 1 |\n\n"
    return plain + TITLE + "<table>\n" + head + "\n" + "\n".join(body) + "\n</table>\n\nSee notes.\n"


def drifting(first: str = "") -> str:
    """OCR text: blanks of any width, headings at the left, "$" far from its figure."""
    rows = ["November 2,       February 3,", "ASSETS                      2024          2024 (1)"]
    for n, (label, (a, b)) in enumerate(BALANCE.items()):
        gap, between = " " * (12 + 7 * n % 40), " " * (4 + 5 * n % 17)
        mark = ("$" + gap, " $" + between) if label in MARKED else ("", between)
        rows.append(f"{label}{gap}{mark[0]}{shown(a)}{mark[1]}{shown(b)}")
    return TITLE + "\n".join([*rows, ""])


def one_blank() -> str:
    """lynx: one blank between a label and its first figure, two between figures; headings staggered."""
    rows = ["   ASSETS November 2,", "   2024 February 3,", "   2024 (1)"]
    for label, (a, b) in BALANCE.items():
        mark = "$ " if label in MARKED else ""
        rows.append(f"   {label} {mark}{shown(a)}  {mark}{shown(b)}")
    return "   " + TITLE.replace("\n\n", "\n\n   ").rstrip() + "\n\n" + "\n".join([*rows, ""])


def stacked() -> str:
    """Everything centred in a wide page, a label above its figures, many blank lines."""
    rows = [" " * 100 + "November 2,", " " * 100 + "2024     February 3,", " " * 100 + "2024"]
    for label, (a, b) in BALANCE.items():
        mark = "$   " if label in MARKED else ""
        rows += [
            "",
            "",
            "",
            " " * (100 - len(label) // 2) + label,
            " " * 95 + f"{mark}{shown(a)}       {mark}{shown(b)}",
            "",
            "",
        ]
    title = [" " * 90 + line for line in TITLE.split("\n") if line]
    return "\n\n\n".join(title) + "\n\n\n" + "\n".join([*rows, *[""] * 40])


def a_cell_a_line() -> str:
    rows = ["November 2, 2024", "February 3, 2024", "ASSETS:"]
    for label, (a, b) in BALANCE.items():
        mark = ["$"] if label in MARKED else []
        rows += [label, *mark, shown(a), *mark, shown(b)]
    return TITLE + "\n\n".join([*rows, "See notes.", ""])


def html2text_rules() -> str:
    """A rule drawn in a cell breaks its row; the one in a last cell ends it."""
    rows = ["|   | **November 2, 2024**", "", "* * *", "", "|   | **February 3, 2024**", "", "* * *  ", "  "]
    rows += ["---|---|---|---|---  "]
    for label, (a, b) in BALANCE.items():
        rows.append(f"{label} |   | {shown(a)} |   | {shown(b)}  ")
        if label in ("Inventory", "Retained earnings"):
            rows += ["  |   | ", "", "* * *", "", "|   | ", "", "* * *  ", "  "]
    return TITLE + "\n".join(rows) + "\n\n* * *\n\nSee notes.\n"


def html2text_broken() -> str:
    """Cells with a line break in them: the rest of the row stands in lines of its own; slanted type."""
    rows = ["| | | | | |   ", "---|---|---|---|---|---  ", "ASSETS| November 2, 2024| | February 3, 2024| "]
    for label, (a, b) in BALANCE.items():
        if label in MARKED:
            rows += [f"{label}| $| {shown(a)} | |   ", f"| $| {shown(b)} |   "]
        else:
            rows.append(f"{label}| {shown(a)} | | | {shown(b)} |   ")
    return TITLE.replace("(In thousands)", "_$ in thousands_") + "\n".join(rows) + "\n\n"


def uneven_pipes() -> str:
    """A pipe before every row, and rows of different lengths."""
    rows = ["| | | | | | |", "| --- | --- | --- | --- | --- | --- |"]
    rows.append("| ASSETS | | November 2, 2024 | | | February 3, 2024 |")
    for label, (a, b) in BALANCE.items():
        one = f"| $ | {shown(a)} |  | $ | {shown(b)} |  |" if label in MARKED else f"| {shown(a)} | |  | {shown(b)} | |"
        rows.append(f"| {label} {one}")
    return TITLE + "\n".join(rows) + "\n\n"


def styled_spans() -> str:
    """Cells of pandoc that keep the long styles of their words."""
    style = "color:#000000;font-family:'Times New Roman',sans-serif;font-size:10pt;font-weight:700;line-height:100%"

    def cell(text: str) -> str:
        return f'<span style="{style}">{text}</span>'

    rows = [f"| | {cell('November 2, 2024')} | {cell('February 3, 2024')} |", "|---|---|---|"]
    rows += [f"| {cell(k)} | {cell(shown(a))} | {cell(shown(b))} |" for k, (a, b) in BALANCE.items()]
    return TITLE + "\n".join(rows) + "\n"


def text_with_html() -> str:
    """Words, and a table of HTML among them: no page of HTML, no pipes."""
    rows = [["", "November 2, 2024", "February 3, 2024"], *([k, shown(a), shown(b)] for k, (a, b) in BALANCE.items())]
    body = "\n".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return TITLE + f"<table>\n<tbody>\n{body}\n</tbody>\n</table>\n\nSee notes.\n"


def lost_columns() -> str:
    """One blank everywhere, headings that run on, some figures a line below their label."""
    rows = ["   November 2,", "   2024 February 3,", "   2024", "   ASSETS"]
    for n, (label, (a, b)) in enumerate(BALANCE.items()):
        mark = "$ " if label in MARKED else ""
        rows += [f"   {label}", f"   {mark}{shown(a)}  {mark}{shown(b)}"] if n % 3 == 1 else []
        rows += [f"   {label} {mark}{shown(a)}  {mark}{shown(b)}"] if n % 3 != 1 else []
    return TITLE + "\n".join(rows) + "\n\n"


def scattered() -> str:
    """Figures of some rows on one line, of others one below the other; the number of the page below."""
    rows = ["   November 2, 2024", "", "   February 3, 2024", ""]
    for n, (label, (a, b)) in enumerate(BALANCE.items()):
        apart = ["", f"   {shown(a)}", "", f"   {shown(b)}"]
        rows += [f"   {label}", *([f"       {shown(a)}       {shown(b)}"] if n % 2 else apart), ""]
    return TITLE + "\n".join(rows) + "\n   7\n"


def ruled_across() -> str:
    """Rules within the table that cross the whole page; its headings one below the other."""
    rule = "     " + "_" * 200
    rows = ["                    November 2, 2024", rule, "", "                    February 3, 2024", rule, ""]
    for label, (a, b) in BALANCE.items():
        rows += [f"   {label:<45}{shown(a):>10}{shown(b):>14}"]
        rows += [rule, "", "", rule, ""] if label.startswith("Total") else []
    filler = [line for n in range(30) for line in (f"Words of the release, line {n}.", "")]
    return "\n".join(filler) + "\n" + TITLE + "\n".join(rows) + "\n\n"


def at_the_margin() -> str:
    """Most figures stand in their columns, some at the margin below their label."""
    rows = [f"{'':<48}November 2,    February 3,", f"{'':<48}2024           2024"]
    for label, (a, b) in BALANCE.items():
        if label in ("Inventory", "Accounts payable"):
            rows += [f"   {label}", f"   {shown(a)}  {'':<45}{shown(b)}"]
        else:
            rows.append(f"   {label:<45}{shown(a):<15}{shown(b)}")
    return TITLE + "\n".join(rows) + "\n\n"


def nested_labels() -> str:
    """Labels further in begin under the "$" of other rows; the date of the label is no column."""
    rows = [f"November 2, 2024 and February 3, 2024{'':<22}November 2, 2024    February 3, 2024"]
    for label, (a, b) in BALANCE.items():
        if label.startswith("Total"):
            rows.append(f"{'':<40}{label:<45}{shown(a):<12}{shown(b):<12}")
        else:
            rows.append(f"   {label:<37}$         {shown(a):<35}{shown(b):<12}")
    return TITLE + "\n".join(rows) + "\n\n"


FORMS = {
    "html2text, rules": html2text_rules(), "html2text, broken rows": html2text_broken(), "uneven pipes": uneven_pipes(),
    "styled spans": styled_spans(), "text with a table": text_with_html(), "lost columns": lost_columns(),
    "scattered": scattered(), "ruled across": ruled_across(), "at the margin": at_the_margin(),
    "nested labels": nested_labels(),
    "html2text": html2text(), "html2text, a frame": html2text("|"), "html2text, bold": html2text_bold(), "gfm": gfm(),
    "html in markdown": gfm_with_html(), "drifting blanks": drifting(), "one blank": one_blank(), "stacked": stacked(),
    "a cell a line": a_cell_a_line(),
}  # fmt: skip


@pytest.mark.parametrize("form", [f for f in FORMS if f != "html2text, a frame"])
def test_the_same_figures_in_every_form(form: str) -> None:
    _, statements, _ = parsed(FORMS[form])
    assert [[str(c.period) for c in s.columns] for s in statements] == [PERIODS], form
    assert figures(statements[0]) == BALANCE


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_knows_its_place(form: str) -> None:
    text = FORMS[form]
    lines = text.split("\n")
    document, _, _ = parsed(text)
    for table in (b for b in document.blocks if isinstance(b, Table)):
        for cell in (cell for row in table.rows for cell in row.cells):
            for offset in (n for n, char in enumerate(cell.text) if char.isdigit()):
                at = place(cell, offset)
                assert at.line is not None and at.column is not None
                assert lines[at.line - 1][at.column - 1] == cell.text[offset], (form, cell.text)


def without(label: str, column: int, keep: str = "") -> str:
    """The drifting page with one figure of a row left out; its other one stands where no neighbour has one."""
    text = drifting()
    value = shown(BALANCE[label][1 - column])
    row = next(line for line in text.split("\n") if line.startswith(label) and shown(BALANCE[label][0]) in line)
    return text.replace(row, f"{label}{' ' * 61}{keep or value}")


@pytest.mark.parametrize(("label", "column"), [("Equipment", 0), ("Inventory", 1), ("Receivables", 0)])
def test_a_row_with_fewer_figures_is_never_placed_in_silence(label: str, column: int) -> None:
    _, statements, findings = parsed(without(label, column))
    for name, row in figures(statements[0]).items():
        assert all(a in (None, b) for a, b in zip(row, BALANCE[name], strict=True)), name
    told = [f for f in findings if f.code == "columns.doubtful"]
    assert told or label in figures(statements[0])


@pytest.mark.parametrize(("value", "expected"), [("1,262", (None, 1262)), ("1,493", (1493, None))])
def test_sums_place_a_row_with_fewer_figures(value: str, expected: tuple[int | None, int | None]) -> None:
    """The total adds up only with the figure in its own column."""
    totals = {"Total current assets": (3019 + 79 + (expected[0] or 0), 2682 + 86 + (expected[1] or 0))}
    text = without("Inventory", 0, value)
    old = next(line for line in text.split("\n") if line.startswith("Total current assets"))
    first, second = totals["Total current assets"]
    text = text.replace(old, old.replace("4,591", shown(first)).replace("4,030", shown(second)))
    _, statements, findings = parsed(text)
    assert figures(statements[0])["Inventory"] == expected
    assert not [f for f in findings if f.code == "columns.doubtful"]


def test_columns_with_headings_of_their_own_stay() -> None:
    """Two years for details and two for totals, each under its year: places tell, not order."""
    rows = [
        "                         2024      2024      2023      2023",
        *(f"Item {c:<20}{100 + n:>5}               {90 + n:>5}" for n, c in enumerate("abcdef")),
    ]
    document, _, _ = parsed("\n".join(["BALANCE SHEETS", "", *rows, ""]))
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert table.width == 5


def percents(rows: str) -> str:
    head = "INCOME STATEMENTS\n\n(In thousands)\n\n"
    return head + rows


PERCENT_FORMS = {
    "pipes": percents(
        "|  |  |  |  |  |  |\n---|---|---|---|---|---|---\n"
        "  | **Three Months Ended May 31,** |  | **% Increase** | **% Increase** |\n"
        "  | **2024** | % of Revenues | **2023** | % of Revenues | in US $ | constant\n"
        "Revenues | $ | 1,000 | 100% | $ | 900 | 100% | 11% | 10% |\n"
        "Cost of sales | 600 | 60% | 500 | 56% | 20% | 19% |\n"
        "Gross profit | 400 | 40% | 400 | 44% | 0% | 0% |\n"
        "Income tax expense | 100 | 10% | 100 | 11% | 0% | 0% |\n"
        "Net income | $ | 300 | 30% | $ | 300 | 33% | 0% | 0% |\n"
        "Earnings per share | $ | 1.10 | $ | 1.05 |\n\n"
    ),
    "blanks": percents(
        "                  Three Months Ended May 31,      % Increase\n"
        "                        % of            % of\n"
        "                 2024   Revenues 2023   Revenues   in US $\n"
        "Revenues       $ 1,000    100%  $ 900    100%        11%\n"
        "Cost of sales      600     60%    500     56%        20%\n"
        "Gross profit       400     40%    400     44%         0%\n"
        "Income tax expense 100     10%    100     11%         0%\n"
        "Net income     $   300     30%  $ 300     33%         0%\n"
        "Earnings per share $ 1.10        $ 1.05\n\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", PERCENT_FORMS)
def test_percentages_between_take_no_column(form: str) -> None:
    _, statements, _ = parsed(PERCENT_FORMS[form])
    assert [[str(c.period) for c in s.columns] for s in statements] == [
        ["2024-03-01/2024-05-31", "2023-03-01/2023-05-31"]
    ]
    lines = {line.label: [a.value if a else None for a in line.amounts] for line in statements[0].lines}
    assert lines["Revenues"] == [1_000_000, 900_000]
    assert lines["Net income"] == [300_000, 300_000]
    assert lines["Earnings per share"] == [Decimal("1.10"), Decimal("1.05")]


@pytest.mark.parametrize("first", ["36, 369,000", "$36, 369, 000", "36,369 , 000", "36,369 ,000"])
def test_thousands_that_ocr_parts_are_one_figure(first: str) -> None:
    rows = [
        "                              November 2, 2024      February 3, 2024",
        f"Cash                          {first:>14}        2,682,000",
        "Receivables                       79,000           86, 000",
        "Total assets                  36,448,000        2,768,000",
    ]
    _, statements, _ = parsed("BALANCE SHEETS\n\n" + "\n".join(rows) + "\n")
    assert figures(statements[0])["Cash"] == (36369, 2682)
    assert figures(statements[0])["Receivables"] == (79, 86)


def test_a_day_far_from_its_month_is_no_heading_of_its_own() -> None:
    text = drifting().replace("November 2, ", "November       2, ", 1)
    _, statements, _ = parsed(text)
    assert [[str(c.period) for c in s.columns] for s in statements] == [PERIODS]


def test_a_day_and_the_words_beside_it_head_two_columns() -> None:
    rows = [
        "(unaudited)       Quarter              Quarter              Quarter",
        "(in thousands)    Ended    Three     Ended    One       Ended",
        "except share            Dec 31,    Month     Sept 30, Year      Dec 31,",
        "data)                 2007    Change     2007    Change     2006",
        "Revenues      $   24,917    0%  $   24,881    11%  $   23,277",
        "Cost of sales               992    -2%        1,011    -3%        1,022",
        "Gross profit   23,925        0%      23,870     1%     22,255",
        "Income tax expense      900 13%           800 100%           450",
        "Net income             23,025     0% 23,070      1%       21,805",
    ]
    _, statements, _ = parsed("STATEMENTS OF INCOME\n" + "\n".join(rows) + "\n")
    periods = ["2007-10-01/2007-12-31", "2007-07-01/2007-09-30", "2006-10-01/2006-12-31"]
    assert [[str(c.period) for c in s.columns] for s in statements] == [periods]


def test_a_whole_date_beside_one_in_two_lines_is_told_by_its_place() -> None:
    rows = [
        "                                            August 28,",
        "                          May 7, 2023",
        "                                                 2022",
        "Cash                           12,493         10,203",
        "Inventories                    16,000         17,000",
        "Total assets                   28,493         27,203",
    ]
    _, statements, _ = parsed("BALANCE SHEETS\n\n(In thousands)\n\n" + "\n".join(rows) + "\n")
    assert [[str(c.period) for c in s.columns] for s in statements] == [["2023-05-07", "2022-08-28"]]


GRID = (
    """
BALANCE SHEETS

(In thousands)

+------------+---+---------+---+---------+
|            | December 31,              |
+------------+---+---------+---+---------+
|            |   | 2009    |   | 2008    |
+============+===+=========+===+=========+
| **Cash**   | $ | 2       | $ | 293     |
|            |   | 93,618  |   |         |
+------------+---+---------+---+---------+
| Property   |   | 1       |   | (7)     |
| held for   |   | ,200,00 |   |         |
| sale       |   | 0       |   |         |
+------------+---+---------+---+---------+
| Receiv     |   | 7\\$     |   | 14      |
| ables from |   |         |   |         |
| others     |   |         |   |         |
+------------+---+---------+---+---------+
| Total      |   | 300     |   | 300     |
| assets     |   |         |   |         |
+------------+---+---------+---+---------+
""".replace("93,618  |", "93,618\xa0 |")
    .replace("| Receiv     |", "| R          |")
    .replace("ables from", "eceivables")
)


def test_a_grid_of_pandoc_is_a_table_and_words_that_were_cut_are_whole() -> None:
    document, _, _ = parsed(GRID)
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    rows = [[(c.text, c.col, c.span) for c in row.cells] for row in table.rows]
    assert rows[0] == [("December 31,", 1, 2)] and rows[1] == [("2009", 1, 1), ("2008", 2, 1)]
    assert rows[2] == [("Cash", 0, 1), ("$ 293,618", 1, 1), ("$ 293", 2, 1)]
    assert rows[4][0] == ("Receivables others", 0, 1)
    assert rows[5][0] == ("Total assets", 0, 1)
    assert document.format == "markdown"
    cash = table.rows[2].cells[1]
    assert document.text.split("\n")[(cash.at.line or 0) - 1][(cash.at.column or 0) - 1] == "$"


# --- headings whose order alone is left ------------------------------------------------------------------------------

INCOME = (
    ("Revenues", 900, 800),
    ("Cost of revenues", 500, 450),
    ("Gross profit", 400, 350),
    ("Income taxes", 40, 35),
    ("Operating expenses", 300, 260),
    ("Net income", 60, 55),
)


def income(heads: Sequence[str], rows: Sequence[str]) -> list[list[str]]:
    text = "ACME\n\nSTATEMENTS OF INCOME\n\n(In thousands)\n\n" + "\n".join([*heads, *rows]) + "\n\n"
    _, statements, _ = parsed(text)
    return [[str(c.period) for c in s.columns] for s in statements]


QUARTERS = ["2024-04-01/2024-06-30", "2023-04-01/2023-06-30"]


@pytest.mark.parametrize(
    "heads",
    [
        ["   Quarter Ended", "   June 30,", "   2024 Percent", "   to Sales June 30,", "  2023 Percent", "  to Sales"],
        ["   Three Months Ended", "   June 30, 2024 % of sales June 30, 2023 % of sales"],
    ],
)
def test_run_on_headings_are_dealt_by_their_number(heads: list[str]) -> None:
    rows = [f"   {label} {a}  {a / 9:.1f}  {b}  {b / 8:.1f}" for label, a, b in INCOME]
    assert income(heads, rows) == [QUARTERS]


@pytest.mark.parametrize("over", ["                          THREE MONTHS ENDED                     % CHANGE FROM"])
def test_what_compares_stands_over_the_dates_that_it_repeats(over: str) -> None:
    heads = [
        over,
        "                          JUNE 30,      JUNE 30,      JUNE 30,",
        "                            2024          2023          2023",
    ]
    rows = [f"{label:<20}{a:>14}{b:>14}{100 * a // b - 100:>14}" for label, a, b in INCOME]
    assert income(heads, rows) == [QUARTERS]


@pytest.mark.parametrize("label", ["", "In thousands", "(unaudited)"])
def test_a_label_beside_headings_is_none_of_those_before_what_compares(label: str) -> None:
    heads = [
        f"{label:<22}Three Months Ended      Six Months Ended        % Change from",
        f"{'':<22}{'June 30,':>10}{'June 30,':>10}{'June 30,':>12}{'June 30,':>10}{'June 30,':>12}{'June 30,':>10}",
        f"{'':<22}{'2024':>10}{'2023':>10}{'2024':>12}{'2023':>10}{'2023':>12}{'2023':>10}",
    ]
    rows = [f"{x:<20}{a:>12}{b:>10}{2 * a:>12}{2 * b:>10}{7:>12}{9:>10}" for x, a, b in INCOME]
    halves = ["2024-01-01/2024-06-30", "2023-01-01/2023-06-30"]
    assert income(heads, rows) == [[*QUARTERS, *halves]]


def test_headings_that_drift_from_their_columns_are_dealt_evenly() -> None:
    heads = [
        f"{'':<24}Second Quarter    First Half",
        f"{'':<24}June 30,          June 30,            June 30,  June 30,",
        f"{'':<24}2024              2023                2024      2023",
    ]
    rows = [f"{label:<20}{a:>12}{b:>30}{2 * a:>30}{2 * b:>30}" for label, a, b in INCOME]
    halves = ["2024-01-01/2024-06-30", "2023-01-01/2023-06-30"]
    assert income(heads, rows) == [[*QUARTERS, *halves]]


def test_a_percent_sign_far_behind_its_figure_belongs_to_it() -> None:
    heads = [f"{'':<22}June 30,     Percent   June 30,   Percent", f"{'':<22}2024                   2023"]
    heads[0:0] = [f"{'':<22}Three Months Ended"]
    first = ["Revenues              $       900          100.0      %       $     800      100.0     %"]
    rows = [f"{label:<22}{a:<13}{a / 9:<10.1f}{b:<11}{b / 8:.1f}" for label, a, b in INCOME[1:]]
    assert income(heads, [*first, *rows]) == [QUARTERS]


def test_columns_that_would_overlap_are_told_and_doubtful() -> None:
    heads = ["Years Ended", "", f"{'':<30}June 30, 2024   March 31, 2024   June 30, 2023"]
    rows = [f"{label:<30}{a:>13}{a - 2:>17}{b:>16}" for label, a, b in INCOME]
    text = "ACME\n\nSTATEMENTS OF INCOME\n\n(In thousands)\n\n" + "\n".join([*heads, *rows]) + "\n\n"
    _, _, findings = parsed(text)
    assert "periods.step" in {f.code for f in findings}


def test_characters_of_windows_passed_on_by_number_are_read() -> None:
    text = lost_columns().replace("Equipment 5,082  4,890", "Equipment \x96  4,890").replace("'", "\x92")
    document, statements, _ = parsed(text)
    assert "Total stockholders\u2019 equity" in document.text and figures(statements[0])["Equipment"][1] == 4890


def test_a_year_with_leaders_that_goes_on_with_a_label_is_no_figure() -> None:
    rows = [f"{label + '.' * (30 - len(label))}{a:>12,}{b:>12,}" for label, (a, b) in BALANCE.items()]
    rows[4:5] = [
        "Equipment, net of depreciation",
        "  of 45 in 2024 and 40 in",
        f"  2023{'.' * 24}{5082:>12,}{4890:>12,}",
    ]
    _, (statement,), _ = parsed(
        TITLE + f"{'':<31}November 2,  February 3,\n{'':<34}2024         2024\n" + "\n".join(rows) + "\n"
    )
    assert [tuple(a.value for a in x.amounts if a) for x in statement.lines if "2023" in x.label] == [
        (5082000, 4890000)
    ]


STYLED_GRID = """
INCOME STATEMENTS

Three months ended. (In thousands)

+--------------+---+--------+---+--------+
|              | [Three     | Three      |
|              | months     | months     |
|              | ended]{sty | ended      |
|              | le="x:1"}  |            |
+--------------+---+--------+---+--------+
|              | 3/31/2009  | 3/31/2008  |
+--------------+---+--------+---+--------+
| [Net sales]{ | $ | 900    | $ | 800    |
| style="color |   |        |   |        |
| :#000000"}   |   |        |   |        |
+--------------+---+--------+---+--------+
| Cost of      |500|        |450|        |
| sales        |   |        |   |        |
+--------------+---+--------+---+--------+
| Net income   | $ | 400    | $ | 350    |
+--------------+---+--------+---+--------+
"""


def test_a_mark_of_its_own_goes_with_its_figure_in_a_grid_and_styles_are_no_words() -> None:
    document, _, _ = parsed(STYLED_GRID)
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    rows = [[(c.text, c.col) for c in row.cells] for row in table.rows]
    assert rows[0] == [("Three months ended", 1), ("Three months ended", 2)]
    assert rows[2] == [("Net sales", 0), ("$ 900", 1), ("$ 800", 2)]
    assert [c for _, c in rows[2]] == [c for _, c in rows[3]] == [c for _, c in rows[4]] == [0, 1, 2]
    assert rows[3][1:] == [("500", 1), ("450", 2)]
