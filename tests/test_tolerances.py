"""Each tolerance is needed: moved far, a table of the layouts kept here, a line of a print, or a proof breaks."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from capxbrl.readers import piece_columns, read, row_to_grid, table_regions, words_to_lines
from capxbrl.readers.words_to_lines import Placed, lay, level, measure, shared

HERE = Path(__file__).resolve().parent
FAR: dict[ModuleType, dict[str, tuple[Any, ...]]] = {
    piece_columns: {
        "merge": ((1, 1, 1), (1, 2, 3, 4, 40)),
        "same_shift": (-1, 60),
        "farthest_shift": (1, 100),
        "main": (0.0, 2.0),
    },
    table_regions: {
        "reach": (0,),
        "headings": (0,),
        "passed": (0,),
        "overhang": (-40, 60),
        "reaching": (-40,),
        "stub": (0, 120),
        "parted": (0, 60),
        "blanks": (0,),
        "narrow": (0,),
        "labels": (0,),
        "hanging": (0,),
    },
    row_to_grid: {"clear_of_columns": (-40, 60), "far_left": (-40, 120), "loose": (-1, 200)},
}


@cache
def pages() -> tuple[Path, ...]:
    """The layouts, the inputs of the cases and the example, as far as they are text."""
    found = [p for folder in ("layouts", "cases") for p in sorted((HERE / folder).rglob("*.txt"))]
    return (*(p for p in found if not p.name.startswith("expected")), *sorted((HERE.parent / "examples").glob("*.txt")))


def ragged() -> bytes:
    """Figures that end one, three or six characters beside their column, as scans have them."""
    rows = [f"{'Line ' + 'abcdefghijklmnopqrst'[n]:30}" for n in range(20)]
    edges = [(0, 0), (3, 0), (6, 4), (1, 1)]
    made = [
        f"{row}{' ' * edges[n % 4][0]}{1_234 + 37 * n:>12,}{' ' * edges[n % 4][1]}{9_876 - 41 * n:>16,}"
        for n, row in enumerate(rows)
    ]
    return "\n".join(["SOME CORP BALANCE SHEETS", "", f"{'':34}June 30, 2009    June 30, 2008", *made]).encode()


def tables() -> list[object]:
    files = [path.read_bytes() for path in pages()]
    return [read(data, "x.txt").value.blocks for data in (*files, ragged())]


@cache
def as_they_are() -> list[object]:
    return tables()


@pytest.mark.parametrize("module", FAR)
def test_every_tolerance_is_moved(module: Any) -> None:
    assert set(FAR[module]) == {f.name for f in fields(module.TOLERANCES)}


@pytest.mark.parametrize(("module", "name"), [(m, n) for m, names in FAR.items() for n in names])
def test_a_tolerance_that_is_moved_far_breaks_a_table(module: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = as_they_are()
    broken = []
    for far in FAR[module][name]:
        monkeypatch.setattr(module, "TOLERANCES", replace(module.TOLERANCES, **{name: far}))
        broken.append(tables() != usual)
        monkeypatch.undo()
    assert any(broken)


# --- prints -----------------------------------------------------------------------------------------------------------

PRINTED = """ACME CORP BALANCE SHEETS
Cash and cash equivalents     1,234     1,111
Receivables, net of allowance     2,345     2,222
Inventories of finished goods     3,456     3,333
Prepaid expenses and other     4,567     4,444
Property and equipment, net     5,678     5,555
Total assets of the company     17,280     16,665"""
PRINT: dict[str, Any] = {
    "same_line": 0.0,
    "word": -1.0,
    "phrase": 0.0,
    "column": 99,
    "alike": 0.0,
    "steepest": 0.0,
    "flat": 1.0,
    "far": 99.0,
    "enough": 99,
}


def printed(width: float = 5.0, slope: float = 0.0) -> list[Placed]:
    """The words of a print on a page that turns; the first is torn in two, one figure touches its label."""
    out: list[Placed] = []
    for row, line in enumerate(PRINTED.split("\n")):
        ends = dict(zip(line.split("     ")[1:], (45 * width, 60 * width), strict=False))
        x = 0.0
        for n, word in enumerate(line.split()):
            end = ends.get(word, x + len(word) * width)
            start = end - len(word) * width
            y = 14.0 * row + n % 2
            out.append(Placed(start, end, y + slope * start, word, len(out)))
            x = end + 1.2 * width
    out[0:1] = [Placed(0.0, 2 * width, 0.0, "AC", 90), Placed(2 * width, 4 * width, 0.0, "ME", 91)]
    out.append(Placed(45.2 * width - 5 * width, 45.2 * width, 98.0, "9,999", 92))
    out.append(Placed(18 * width, 39 * width, 98.0, "Deposits of customers", 93))
    return out


def lines_of_prints() -> object:
    pages = [printed(), printed(), printed(5.5)]
    return (
        [list(lay(page)) for page in pages],
        level(printed(slope=0.02)),
        shared([measure(page) for page in pages]),
    )


def test_every_tolerance_of_prints_is_moved() -> None:
    assert set(PRINT) == {f.name for f in fields(words_to_lines.TOLERANCES)}


@pytest.mark.parametrize("name", PRINT)
def test_a_tolerance_of_prints_that_is_moved_far_breaks_a_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = lines_of_prints()
    monkeypatch.setattr(words_to_lines, "TOLERANCES", replace(words_to_lines.TOLERANCES, **{name: PRINT[name]}))
    assert lines_of_prints() != usual
