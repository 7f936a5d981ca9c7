"""Traps of pages of text: rows that drift, tabs, columns one blank apart, page ends, the page in a shell of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from pages import Block, Column, Page, balance, edgar, expected, heads, income, money, plain, read_page

FILER = "HOLBROOK MILLS, INC."


def drifting(blanks: int) -> Callable[[str], str]:
    """One row stands so many blanks to the right."""

    def drift(text: str) -> str:
        lines = text.split("\n")
        at = next(i for i, line in enumerate(lines) if line.startswith(("Gross profit", "Accounts payable")))
        found = re.search(r" {3,}", lines[at])
        assert found
        lines[at] = lines[at][: found.start()] + " " * blanks + lines[at][found.start() :]
        return "\n".join(lines)

    return drift


def tabbed(text: str) -> str:
    """Runs of blanks up to a stop of the 8-column grid are tabs."""
    out = []
    for line in text.split("\n"):
        parts = [line[at : at + 8] for at in range(0, len(line), 8)]
        out.append("".join(p.rstrip(" ") + "\t" if p.endswith("  ") and len(p) == 8 else p for p in parts))
    return "\n".join(out)


def page_end(text: str) -> str:
    """The page ends within the table, with its number and no running heads."""
    row = re.search(r"^(?:Selling and admin|Total current assets).*\n", text, re.M)
    assert row
    return text[: row.end()] + f"\n{'4':>40}\n<PAGE>\n\n" + text[row.end() :]


def close(text: str) -> str:
    """The columns stand one or two blanks apart, headings too."""
    lines = text.split("\n")
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    table = [line for line in padded[4:] if line.strip()]
    empty = [all(line[x] == " " for line in table) for x in range(width)]
    keep = [not (empty[x] and x > 40 and empty[x - 1]) for x in range(width)]
    squeezed = ("".join(c for c, k in zip(line, keep, strict=True) if k).rstrip() for line in padded[4:])
    return "\n".join([*lines[:4], *squeezed])


LAYOUTS: dict[str, Callable[[Page], str]] = {
    "drifting five": lambda page: drifting(5)(plain(page)[0]),
    "drifting eight": lambda page: drifting(8)(edgar(page)[0]),
    "tabs": lambda page: tabbed(plain(page)[0]),
    "close columns": lambda page: close(plain(page)[0]),
    "page end": lambda page: page_end(edgar(page)[0]),
    "line ends": lambda page: edgar(page)[0].replace("\n", "\r\n"),
    "set in": lambda page: re.sub("(?m)^(?=.)", " " * 10, plain(page)[0]),
    "preformatted": lambda page: f"<HTML><BODY><PRE>\n{html.escape(plain(page)[0])}\n</PRE></BODY></HTML>",
}
#: Headings, and what each column is; "-" where it shows what two others differ by.
HEADS = (
    ("Years Ended December 31,*3 // 2003 | 2002 | 2001",
     "2003-01-01/2003-12-31 2002-01-01/2002-12-31 2001-01-01/2001-12-31"),
    ("Three Months Ended*2 | Nine Months Ended*2 // 9/30/05 | 9/30/04 | 9/30/05 | 9/30/04",
     "2005-07-01/2005-09-30 2004-07-01/2004-09-30 2005-01-01/2005-09-30 2004-01-01/2004-09-30"),
    ("Quarter Ended September 30,*2 | Year-to-Date September 30,*2 // 2005 | 2004 | 2005 | 2004",
     "2005-07-01/2005-09-30 2004-07-01/2004-09-30 2005-01-01/2005-09-30 2004-01-01/2004-09-30"),
    ("Years ended April 30, 2003 and 2002 || 2003 | 2002", "2002-05-01/2003-04-30 2001-05-01/2002-04-30"),
    ("14 Weeks Ended | 13 Weeks Ended // Dec. 31, 2005 | Dec. 25, 2004",
     "2005-09-25/2005-12-31 2004-09-26/2004-12-25"),
    ("Three Months Ended March 31,*2 |  // 2005 | 2004 | Difference", "2005-01-01/2005-03-31 2004-01-01/2004-03-31 -"),
    ("Three Months Ended March 31,*2 |  // 2005 | 2004 | % Change", "2005-01-01/2005-03-31 2004-01-01/2004-03-31 -"),
    ("March 31, 2005 | December 31, 2004", "2005-03-31 2004-12-31"),
    ("July 30, | January 29, | July 31, // 2005 | 2005 | 2004", "2005-07-30 2005-01-29 2004-07-31"),
)  # fmt: skip


def page(over: str, periods: str) -> Page:
    columns = tuple(Column(None if p == "-" else p) for p in periods.split())
    sheet = "/" not in periods
    rows = balance(len(columns)) if sheet else income(len(columns) - (periods[-1] == "-"), earnings=False)
    if periods[-1] == "-":
        figures = [[int(s.replace(",", "")) for s in row.shown] for row in rows]
        last = [f"{a / b * 100 - 100:.1f}%" if "%" in over else money(a - b) for a, b in figures]
        rows = tuple(type(r)(r.label, (*r.shown, x), r.kind) for r, x in zip(rows, last, strict=True))
    title = "CONSOLIDATED BALANCE SHEETS" if sheet else "CONSOLIDATED STATEMENTS OF INCOME"
    return Page(over, (Block((FILER, title, "(In thousands)"), heads(over), rows, columns),))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("over", "periods"), HEADS)
def test_layouts_of_text(over: str, periods: str, layout: str) -> None:
    made = page(over, periods)
    statements, _ = read_page(LAYOUTS[layout](made), "page.htm" if layout == "preformatted" else "page.txt")
    got = {
        (line.label, str(column.period)): abs(amount.value)
        for s in statements
        for line in s.lines
        for column, amount in zip(s.columns, line.amounts, strict=True)
        if amount is not None
    }
    want = {(label, period): next(iter(values)) for (label, period, _), values in expected(made).items()}
    assert got == want


@pytest.mark.parametrize("mark", ["Note {}", "due {}", "Series {}"])
def test_leaders_behind_a_number_end_the_label(mark: str) -> None:
    """ "Long-term debt, Note 7......  5,200": the 7 is no figure of the row, wherever the leaders touch it."""
    labels = ("Notes payable", "Long-term debt", "Deferred taxes", "Commitments", "Total liabilities")
    rows = "".join(
        f"{f'{label}, {mark.format(n + 6)}':.<40} {n * 100 + 4200:>9,} {n * 100 + 3100:>9,}\n"
        for n, label in enumerate(labels)
    )
    heads = f"{'December 31,':>58}\n{'1995':>50}{'1994':>10}\n"
    (sheet,), _ = read_page(f"{FILER}\nBALANCE SHEETS\n(In thousands)\n{heads}{rows}", "notes.txt")
    assert [line.label for line in sheet.lines] == [f"{label}, {mark.format(n + 6)}" for n, label in enumerate(labels)]
    assert [a.shown for a in sheet.lines[0].amounts if a] == ["4,200", "3,100"]
