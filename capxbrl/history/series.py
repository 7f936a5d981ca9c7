"""A line of a company over its filings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ..findings import Finding, NotFound
from ..records import dataclass
from ..reprs import Brief
from .records import Gap, Point

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Series(Brief):
    """A line over the periods of a company, in one unit. months None: balances.

    points: in time. gaps: the periods that are missing, each with its reason. findings: what is to be told of it.
    """

    concept: str
    company: str
    months: int | None
    unit: str
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, day: str | dt.date) -> Point:
        """The point of the period that ends on a day. Raises NotFound."""
        end = dt.date.fromisoformat(day) if isinstance(day, str) else day
        for point in self.points:
            if point.slot.end == end:
                return point
        raise NotFound(f"no period of {self.concept} ends on {day}")

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """One row a point (pandas).

        Args:
            numbers: "decimal" (exact) or "float".
        """
        from . import frames

        return frames.series(self, numbers=numbers)

    def plot(self, ax: Any = None) -> Any:
        """A chart (extra `plot`).

        Args:
            ax: the matplotlib Axes to draw on; new ones by default.

        Returns the Axes. Raises BadData without matplotlib.
        """
        from . import charts

        return charts.series(self, ax)

    def _repr_html_(self) -> str:
        from . import frames

        return frames.series_html(self)
