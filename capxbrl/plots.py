"""Pictures of statements, by matplotlib (extra `plot`), which is imported only when one is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from textwrap import fill, shorten
from typing import TYPE_CHECKING

from .findings import BadData
from .model import Column, Kind, LineItem, LineRole, Statement, Unit
from .showing import phrases

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The lines that are drawn of each kind of statement, those of them that it has.
_USUAL = {
    Kind.INCOME_STATEMENT: (LineRole.REVENUE, LineRole.OPERATING_INCOME, LineRole.NET_INCOME),
    Kind.BALANCE_SHEET: (LineRole.TOTAL_ASSETS, LineRole.TOTAL_LIABILITIES, LineRole.TOTAL_EQUITY),
    Kind.CASH_FLOW: (LineRole.OPERATING_CASH, LineRole.INVESTING_CASH, LineRole.FINANCING_CASH),
}
#: The share of the axis that the bars of one period take, the longest name of one, and so many lines where none of the
#: usual is there.
_WIDE, _NAME, _FEW = 0.8, 48, 3
#: A title is wrapped at so many characters; the legend stands so far below the axes, in shares of their height.
_TITLE, _BELOW = 56, -0.14
#: How a doubtful figure looks.
_HATCH = "//"


def statement(source: Statement, labels: Sequence[str] = (), ax: Axes | None = None) -> Axes:
    """Bars of some lines for each column, by the length of its period and the earliest first. A doubtful figure is
    hatched; one that is not there has no bar. Raises BadData, NotFound."""
    if find_spec("matplotlib") is None:
        raise BadData("a plot needs matplotlib; install it: pip install 'capxbrl[plot]'")
    lines = [source.line(label) for label in labels] or usual(source)
    unit = _unit(source, lines)
    scale = phrases.scales(source)[unit]
    from matplotlib import pyplot
    from matplotlib.patches import Rectangle
    from matplotlib.ticker import FuncFormatter

    axes = ax if ax is not None else pyplot.subplots(layout="constrained")[1]
    order = sorted(range(len(source.columns)), key=lambda n: _when(source.columns[n]))
    for k, line in enumerate(lines):
        _bars(axes, line, order, scale, k - (len(lines) - 1) / 2, _WIDE / len(lines))
    axes.set_xticks(range(len(order)), [_words(*phrases.heading(source.columns[n], source)) for n in order])
    axes.axhline(0, color="black", linewidth=0.8)
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    axes.set_ylabel(phrases.unit(source, unit, scale))
    axes.set_title(_words(fill(" ".join(source.title.split()), _TITLE)), fontsize="medium")
    if any(phrases.doubtful(line) for line in lines):
        axes.add_patch(Rectangle((0, 0), 0, 0, facecolor="none", edgecolor="black", hatch=_HATCH, label="doubtful"))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, _BELOW), ncols=_FEW, frameon=False)
    return axes


def usual(source: Statement) -> list[LineItem]:
    """The lines that matter most in such a statement; else its first lines of money."""
    money = [line for line in source.lines if any(a is not None and a.unit is Unit.USD for a in line.amounts)]
    found = [next((line for line in money if _role(line) is role), None) for role in _USUAL.get(source.kind, ())]
    return [line for line in found if line is not None] or money[:_FEW]


def _role(line: LineItem) -> LineRole:
    """What a line is, by its words, else by its concept."""
    return line.role or (line.concept.role if line.concept is not None else LineRole.NONE)


def _unit(source: Statement, lines: Sequence[LineItem]) -> Unit:
    """The unit of lines that share an axis. Raises BadData where they have none, or several."""
    units = {a.unit for line in lines for a in line.amounts if a is not None}
    if not units:
        raise BadData(f"nothing to draw: the {source.kind.value} has no figures in such lines")
    if len(units) > 1:
        names = ", ".join(sorted(unit.value for unit in units))
        raise BadData(f"lines of different units ({names}) have no axis in common: draw them one by one")
    return units.pop()


def _bars(axes: Axes, line: LineItem, order: Sequence[int], scale: int, place: float, width: float) -> None:
    """The bars of one line, at its place among those of a period."""
    shown = [(at, n, amount) for at, n in enumerate(order) if (amount := line.amounts[n]) is not None]
    heights = [float(amount.value.scaleb(-scale)) for *_, amount in shown]
    named = _plain(line) and line.concept is not None and line.concept.label
    name = shorten(named or line.label or "Total", _NAME, placeholder="...")
    # A name that begins with _ would be left out of the legend.
    bars = axes.bar([at + place * width for at, *_ in shown], heights, width, label=_words(name.removeprefix("_")))
    doubtful = phrases.doubtful(line)
    for bar, (_, n, _) in zip(bars, shown, strict=True):
        bar.set_hatch(_HATCH if n in doubtful else "")


def _words(*parts: str) -> str:
    """Words as they are: what stands between two dollar signs would be set as mathematics."""
    return "\n".join(parts).replace("$", r"\$")


def _plain(line: LineItem) -> bool:
    """Its label does not say what it is the total of."""
    return line.label.strip(" :").casefold() in ("", "total")


def _when(column: Column) -> tuple[int, date]:
    return column.period.months or 0, column.period.end


def _tick(value: float, place: int | None) -> str:
    """A number on the axis, below nought in parentheses."""
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"({text})" if value < 0 else text
