"""A chart of a series (extra `plot`): bars of what is printed, hatched where derived, pale where doubtful."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..findings import BadData
from ..model import Standing
from .records import How

if TYPE_CHECKING:
    from .series import Series

_SIZE = (8, 3.5)
_COLOUR = "#3b6ea5"
#: Per unit of the axis: the largest power of a thousand below the figures.
_WORDS = {0: "", 3: "thousands", 6: "millions", 9: "billions"}


def axes(ax: Any = None) -> Any:
    """The axes given, or new ones. Raises BadData without matplotlib."""
    if find_spec("matplotlib") is None:
        raise BadData("a plot needs matplotlib; install it: pip install 'capxbrl[plot]'")
    if ax is not None:
        return ax
    from matplotlib import pyplot

    return pyplot.subplots(figsize=_SIZE, layout="constrained")[1]


def scale_of(largest: float) -> int:
    """The power of ten that figures are shown in."""
    return next((power for power in (9, 6, 3) if largest >= 10**power), 0)


def series(made: Series, ax: Any = None) -> Any:
    """Bars by the last day of each period; returns the Axes, whose figure has `savefig`."""
    drawn = axes(ax)
    power = scale_of(max((abs(float(p.value)) for p in made.points), default=0.0))
    ends = [str(p.slot.end) for p in made.points]
    slots = sorted({*ends, *(str(g.slot.end) for g in made.gaps)})
    places = [slots.index(end) for end in ends]
    bars = drawn.bar(places, [float(p.value) / 10**power for p in made.points], color=_COLOUR)
    for bar, point in zip(bars, made.points, strict=True):
        if point.how is How.DERIVED:
            bar.set_hatch("//")
        if point.standing is Standing.DOUBTFUL:
            bar.set_alpha(0.4)
    drawn.set_xticks(range(len(slots)), slots, rotation=90, fontsize="small")
    drawn.axhline(0, color="black", linewidth=0.6)
    drawn.set_ylabel(f"{made.unit} {_WORDS[power]}".strip())
    length = f", {made.months} months" if made.months else ""
    drawn.set_title(f"{made.company}: {made.concept}{length}", fontsize="medium")
    return drawn


def png(made: Series) -> bytes:
    """The chart as a picture, the same bytes each time."""
    import io

    from matplotlib.figure import Figure as Sheet

    drawn = series(made, Sheet(figsize=_SIZE, layout="constrained").subplots())
    out = io.BytesIO()
    drawn.figure.savefig(out, format="png", dpi=100, metadata={"Software": None})
    return out.getvalue()
