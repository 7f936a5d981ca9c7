"""A company over its filings: `collect`, series with every vintage, statements over years."""

from __future__ import annotations

from .collection import History, collect, preview
from .memory import Change, Rolled
from .over_years import OverYears
from .records import Entry, Gap, GapKind, How, KnownBy, Part, Point, Slot, Source, Vintage
from .series import Series

__all__ = [
    "Change",
    "Entry",
    "Gap",
    "GapKind",
    "History",
    "How",
    "KnownBy",
    "OverYears",
    "Part",
    "Point",
    "Rolled",
    "Series",
    "Slot",
    "Source",
    "Vintage",
    "collect",
    "preview",
]  # fmt: skip
