"""A column whose heading has no figure below it takes no heading of another column."""

from __future__ import annotations

import pytest

from capxbrl.pipeline import analyse, load

ROWS = {
    "Net sales": (9_400, 18_800),
    "Cost of sales": (5_100, 10_200),
    "Gross profit": (4_300, 8_600),
    "Operating expenses": (2_300, 4_600),
    "Net income": (2_000, 4_000),
}
QUARTER, HALF = "2009-04-01/2009-06-30", "2009-01-01/2009-06-30"


def page(first: str, second: str, where: tuple[int, int]) -> str:
    heads = ("Three months ended June 30,", "", "Six months ended June 30,", "")
    years = (first, second, first, second)
    rows = [heads, years]
    out = ["<html><body><p>FERNDALE WORKS, INC.</p><p><b>STATEMENTS OF INCOME</b></p><p>(In thousands)</p><table>"]
    for row in rows:
        out.append("<tr><td></td>" + "".join(f"<td></td><td>{text}</td>" for text in row) + "</tr>")
    for label, figures in ROWS.items():
        cells = ["<td></td><td></td>"] * 4
        for at, figure in zip(where, figures, strict=True):
            cells[at] = f"<td>$</td><td>{figure:,}</td>"
        out.append(f"<tr><td>{label}</td>{''.join(cells)}</tr>")
    return "\n".join(out) + "</table></body></html>"


@pytest.mark.parametrize(("years", "where"), [(("2009", "2008"), (0, 2)), (("2008", "2009"), (1, 3))])
def test_empty_columns_keep_their_headings(years: tuple[str, str], where: tuple[int, int]) -> None:
    made, _ = analyse(load(page(*years, where).encode(), "made.htm")[0])
    sales = {str(f.period): f.value for f in made.report.facts if f.label == "Net sales"}
    assert sales == {QUARTER: 9_400_000, HALF: 18_800_000}
