"""Text of a heading -> instants and durations.

A heading seldom says a whole period in one place: "Three Months Ended" stands above "June 30,", and that above
"2009  2008".  So a text gives Clues; the clues of all the texts that stand over a column add up to its Period.
"""

from __future__ import annotations

from .clues import NOTHING, Clues, merge
from .days import COUNTS, MONTH_NAMES, MONTHS, ORDINALS
from .lengths import duration, in_weeks, months_before, months_of, same_day
from .reading import read_clues

__all__ = [
    "COUNTS",
    "MONTHS",
    "MONTH_NAMES",
    "NOTHING",
    "ORDINALS",
    "Clues",
    "duration",
    "in_weeks",
    "merge",
    "months_before",
    "months_of",
    "read_clues",
    "same_day",
]
