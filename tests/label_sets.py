"""Small statements of made-up companies, by industry and year, with the element that an accountant would choose for
each line: `tests/eras/*.txt`, written from knowledge of the field before any table of synonyms was looked at.

`# name-year` opens a statement; each line after it is a mark and a label, with the elements that are right behind `|`
(OWN: an element of the filer's own): `H` title, `T` a heading that opens a group, `t` one that does not, `B` a group
without a heading, `+` and `-` lines that add and take off, `G` the sum of the group, `=` the sum of all lines above,
`E` per share, `N` shares, `O` and `C` opening and closing cash, `X` a line outside of the sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent / "eras"
_LABELS, _COLUMN, _SHARES = 100, 16, 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a set: its mark, its label, the elements that are right."""

    mark: str
    label: str
    right: frozenset[str]


def sets() -> Iterator[tuple[str, tuple[Row, ...]]]:
    """(name, rows) of every set."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text().split("# ")[1:]:
            name, *lines = block.strip().splitlines()
            yield name, tuple(_row(line) for line in lines if line)


def _row(line: str) -> Row:
    text, _, right = line[2:].partition(" | ")
    return Row(line[0], text, frozenset(right.split("|")) - {""})


def page(name: str, rows: tuple[Row, ...]) -> str:
    """The statement as a page of text, with figures that add up."""
    year = int(name[-4:])
    columns = [_figures(rows, now) for now in (year, year - 1)]
    title = next(row.label for row in rows if row.mark == "H")
    dates = f"December 31, {year} and {year - 1}"
    out = ["SAMPLE COMPANY", title, dates if "Balance" in title or "Condition" in title else f"Years ended {dates}"]
    out += ["(In thousands, except per share amounts)", ""]
    out.append(" " * _LABELS + f"{year:>{_COLUMN}}{year - 1:>{_COLUMN}}")
    for at, row in enumerate(rows):
        if row.mark in "HB":
            continue
        if row.mark in "Tt":
            out.append(row.label)
            continue
        shown = "".join(f"{_printed(row, column[at]):>{_COLUMN}}" for column in columns)
        out.append(f"  {row.label:<{_LABELS - 2}}{shown}")
    return "\n".join(out) + "\n"


def _printed(row: Row, value: int) -> str:
    if row.mark == "E":
        return f"$({-value / 100:.2f})" if value < 0 else f"${value / 100:.2f}"
    return f"({-value:,})" if value < 0 else f"{value:,}"


def _figures(rows: tuple[Row, ...], year: int) -> list[int]:
    """The figures of one column as printed."""
    title = next(row.label for row in rows if row.mark == "H").lower()
    flows = "cash flow" in title
    sides = any(row.label.startswith(("Total liabilities and", "Total capital")) for row in rows)
    leaves = [i for i, row in enumerate(rows) if row.mark in "+-"]
    values = {i: 100 + crc32(f"{rows[i].label}{year}".encode()) % 800 for i in leaves}
    if sides:
        _balance(rows, leaves, values)
    elif not flows:
        lost = any(row.mark == "=" and re.search(r"\bloss\b(?!.*income)", row.label, re.I) for row in rows)
        values[next(i for i, row in enumerate(rows) if row.mark == "+")] = 300 if lost else 20000 + year
    return list(_running(rows, values, signed=flows or sides, sides=sides))


def _running(rows: tuple[Row, ...], values: dict[int, int], *, signed: bool, sides: bool) -> Iterator[int]:
    """The figures with their sums. signed: lines that take off are printed in parentheses."""
    group = whole = 0
    opening = 5000
    for i, row in enumerate(rows):
        value = -values[i] if row.mark == "-" else values.get(i, 0)
        group, whole = group + value, whole + value
        total = whole if row.label == "Total liabilities" else group if signed else abs(group)
        yield {
            "G": total,
            "=": whole,
            "E": round(100 * whole / _SHARES),
            "N": _SHARES,
            "O": opening,
            "C": opening + whole,
            "X": 40 + crc32(row.label.encode()) % 50,
        }.get(row.mark, value if signed else abs(value))
        if row.mark in "TBG=":
            group = 0
        if row.mark == "=" and sides:
            whole = 0


def _balance(rows: tuple[Row, ...], leaves: list[int], values: dict[int, int]) -> None:
    """Make both sides of a balance sheet equal by the last line that adds to the second."""
    split = next(i for i, row in enumerate(rows) if row.mark == "=")
    signed = {i: values[i] * (-1 if rows[i].mark == "-" else 1) for i in leaves}
    first = next(i for i in leaves if i < split)
    values[first] += 9000
    gap = 9000 + sum(v for i, v in signed.items() if i < split) - sum(v for i, v in signed.items() if i > split)
    last = max(i for i in leaves if rows[i].mark == "+")
    values[last] += gap
