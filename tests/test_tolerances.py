"""Each tolerance of the text reader is needed: moved far, a table of the layouts kept here breaks."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from capxbrl.readers import piece_columns, read, row_to_grid

HERE = Path(__file__).resolve().parent
FAR: dict[ModuleType, dict[str, tuple[Any, ...]]] = {
    piece_columns: {
        "merge": ((1, 1, 1), (1, 2, 3, 4, 40)),
        "same_shift": (-1, 60),
        "farthest_shift": (1, 100),
        "main": (0.0, 2.0),
    },
    row_to_grid: {"clear_of_columns": (-40, 60), "far_left": (-40, 120), "loose": (-1, 200)},
}
#: Fields that no page known to us depends on.
UNTRIED = {piece_columns: {"few_rows", "moved_rows"}, row_to_grid: set()}


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
    assert set(FAR[module]) | UNTRIED[module] == {f.name for f in fields(module.TOLERANCES)}


@pytest.mark.parametrize(("module", "name"), [(m, n) for m, names in FAR.items() for n in names])
def test_a_tolerance_that_is_moved_far_breaks_a_table(module: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = as_they_are()
    broken = []
    for far in FAR[module][name]:
        monkeypatch.setattr(module, "TOLERANCES", replace(module.TOLERANCES, **{name: far}))
        broken.append(tables() != usual)
        monkeypatch.undo()
    assert any(broken)
