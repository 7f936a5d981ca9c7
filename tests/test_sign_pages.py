"""Whole statements of a made-up company: every sign, in three forms of the page.

signs/pages.txt: `# what: TITLE` begins a page; a row is "label | this year | last year | value", the value in thousands
of this year's fact, empty where its sign is not judged; other lines are headings.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl.pipeline import analyse, load

Row = tuple[str, ...]


def _pages() -> dict[str, tuple[str, list[Row]]]:
    out: dict[str, tuple[str, list[Row]]] = {}
    rows: list[Row] = []
    for line in (Path(__file__).parent / "signs" / "pages.txt").read_text().splitlines():
        if line.startswith("# "):
            what, _, title = line[2:].partition(": ")
            rows = []
            out[what] = (title, rows)
        elif line.strip():
            rows.append(tuple(part.strip() for part in line.split("|")))
    return out


PAGES = _pages()


def _over(title: str) -> str:
    return "December 31," if "BALANCE" in title else "Year Ended December 31,"


def as_text(title: str, rows: list[Row]) -> str:
    page = ["FERNDALE WORKS, INC.", title, "(In thousands)", "", f"{_over(title):>90}", f"{2006:>84}{2005:>14}", ""]
    for label, *cells in rows:
        figures = (f"{c + ('' if c.endswith(')') else ' '):>14}" for c in cells[:2])
        page.append(f"{'  ' + label:<70}{''.join(figures)}" if cells else label)
    return "\n".join(page) + "\n"


def as_edgar(title: str, rows: list[Row]) -> str:
    head, _, body = as_text(title, rows).partition("\n\n")
    return f"<PAGE>\n<TABLE>\n<CAPTION>\n{head}\n<S>{'':66}<C>           <C>\n{body}</TABLE>\n"


def as_html(title: str, rows: list[Row]) -> str:
    page = [f"<html><body><p>FERNDALE WORKS, INC.</p><p><b>{title}</b></p><p>(In thousands)</p><table>"]
    page.append(f"<tr><td></td><td colspan=6>{_over(title)}</td></tr>")
    page.append("<tr><td></td><td colspan=3>2006</td><td colspan=3>2005</td></tr>")
    for label, *cells in rows:
        figures = (f"<td>$</td><td>{c.rstrip(')')}</td><td>{')' if c.endswith(')') else ''}</td>" for c in cells[:2])
        page.append(f"<tr><td>{label}</td>{''.join(figures)}</tr>")
    return "\n".join(page) + "</table></body></html>"


@pytest.mark.parametrize("form", [as_text, as_edgar, as_html])
@pytest.mark.parametrize("what", PAGES)
def test_every_sign_of_a_page(what: str, form: object) -> None:
    title, rows = PAGES[what]
    assert callable(form)
    document, _ = load(form(title, rows).encode(), "made.htm" if form is as_html else "made.txt")
    made, _ = analyse(document)
    assert not [f.message for f in made.findings if f.code == "sign.turned"]
    pairs = [
        pair for one in made.tagged for pair in zip(one.statement.lines, one.lines, strict=True) if any(pair[0].amounts)
    ]
    seen: Counter[str] = Counter()
    wanted: dict[tuple[str, int], Decimal] = {}
    for label, *cells in rows:
        if cells and cells[2]:
            wanted[label, seen[label]] = Decimal(cells[2])
        seen[label] += bool(cells)
    seen.clear()
    found: dict[tuple[str, int], Decimal] = {}
    for line, tagged in pairs:
        amount = line.amounts[0]
        if amount is not None and tagged.matches:
            found[line.label, seen[line.label]] = tagged.matches[0].weight * amount.value / 1000
        seen[line.label] += 1
    assert {key: found.get(key) for key in wanted} == wanted
