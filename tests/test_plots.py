"""Pictures of statements, and the notebook that shows them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

import capxbrl as cx
from capxbrl import plots
from capxbrl.model import Standing


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return cx.convert(Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt", validate=False)


@pytest.fixture
def pyplot() -> Iterator[Any]:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


def bars(axes: Any) -> dict[str, list[float]]:
    return {c.get_label(): [bar.get_height() for bar in c] for c in axes.containers}


def test_the_lines_that_matter_most(made: cx.Conversion, pyplot: Any) -> None:
    axes = made.plot()
    assert bars(axes) == {
        "Revenue": [13121, 15522, 20645, 29247],
        "Loss from operations": [-10064, -12109, -20081, -21930],
        "Net loss": [-9911, -31881, -19728, -47140],
    }
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert ticks[:2] == ["3 months ended\nSep 30, 2008", "3 months ended\nSep 30, 2009"]
    assert axes.get_ylabel() == "USD in thousands" and axes.get_title().startswith("Capstone Turbine Corporation\n")
    assert axes.yaxis.get_major_formatter()(-10000.0, 0) == "(10,000)"
    axes.figure.canvas.draw()


def test_lines_of_ones_own(made: cx.Conversion, pyplot: Any) -> None:
    _, axes = pyplot.subplots()
    assert made.balance_sheet.plot("Inventories", "warrant liability", ax=axes) is axes
    # No bar where the page has no figure.
    assert bars(axes) == {"Inventories": [24379, 21043], "Warrant liability": [28705]}
    assert list(bars(made.plot(statement="balance sheet"))) == ["Assets", "Total stockholders' equity"]
    assert made.plot("Net loss per common share basic").get_ylabel() == "USD a share"


def test_the_first_statement_where_there_is_no_income_statement(mills: bytes, pyplot: Any) -> None:
    axes = cx.convert(mills, validate=False).plot()
    assert bars(axes) == {"Total assets": [3500, 3750]}
    with pytest.raises(cx.NotFound, match="has no income_statement"):
        cx.convert(b"No statement.", validate=False).plot()


def test_what_cannot_be_drawn_is_told(made: cx.Conversion, pyplot: Any) -> None:
    with pytest.raises(cx.BadData, match=r"lines of different units \(USD, USD/shares\) have no axis in common"):
        made.plot("Net loss", "Net loss per common share basic")
    with pytest.raises(cx.NotFound, match="near it are:\n  'Revenue'"):
        made.plot("Revenus")
    with pytest.raises(cx.NotFound, match="has no cash_flow"):
        made.plot(statement="cash_flow")
    with pytest.raises(cx.BadData, match="nothing to draw"):
        made.plot("Operating expenses:")


def test_a_doubtful_figure_is_hatched_and_dollars_are_no_mathematics(made: cx.Conversion, pyplot: Any) -> None:
    statement = made.income_statement
    line = replace(
        statement.lines[0],
        label="_Sales of $5 and $6",
        facts=tuple(replace(fact, reading=Standing.DOUBTFUL) for fact in statement.lines[0].facts[:1]),
    )
    changed = replace(statement, lines=(line, *statement.lines[1:]))
    axes = changed.plot("_Sales")
    assert [bar.get_hatch() for bar in axes.containers[0]] == ["", "//", "", ""]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["doubtful", r"Sales of \$5 and \$6"]
    axes.figure.canvas.draw()


def test_without_matplotlib_it_says_what_to_install(made: cx.Conversion, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(plots, "find_spec", find)
    with pytest.raises(cx.BadData, match=r"a plot needs matplotlib; install it: pip install 'capxbrl\[plot\]'"):
        made.plot()


def test_nothing_but_a_plot_loads_matplotlib(reference: Path) -> None:
    code = (
        "import capxbrl, sys; made = capxbrl.convert(sys.argv[1], validate=False); made._repr_html_(); str(made); "
        "repr(made.facts); print([m for m in ('arelle', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(reference)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
