"""Text -> clues: what is written with signs first, then words; and first and last days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from ..grammar import ANY_YEAR
from ..hints import holds, low
from ..patterns import compiled
from ..records import replace
from .clues import NOTHING, Clues, merge
from .days import MONTH_NAMES, date_of, known
from .signs import WRITTEN
from .spoken import has_digits, may_open, spoken

#: One day, in figures or with the name of its month; its year may be left out.
_ONE_DAY = (
    rf"(?:(?:{MONTH_NAMES})\.? \d{{1,2}}(?:, ?{ANY_YEAR})?|\d{{1,2}} (?:{MONTH_NAMES})\.?(?: {ANY_YEAR})?"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|{ANY_YEAR}-\d{{2}}-\d{{2}})(?!\d)"
)
#: A first and a last day: "June 3, 1996 (inception) to December 31, 1996", "Inception (June 3, 1996) to ...",
#: "1.1.2003 - 31.12.2003".
_RANGE = compiled(
    rf"(?<![\d/.])({_ONE_DAY}),? ?\)?(?:\([^()]{{0,60}}\))?,? ?(?:to|through|thru|until|-|–|—) ({_ONE_DAY})", re.I
)
#: No heading is longer.
_LONGEST = 600


def read_clues(text: str) -> Clues:
    """All that a heading, a title or a caption says of periods. Never raises."""
    return _read(text if len(text) <= _LONGEST else text[:_LONGEST])


@lru_cache(maxsize=4096)
def _read(text: str) -> Clues:
    text = " ".join(text.split())
    if not may_open(text):
        return NOTHING  # nearly all labels
    spans = _spans(text) if has_digits(text) else ()
    written, rest = _written(text)
    found = [*written, *spoken(rest)]
    if not found:
        return NOTHING
    clues = merge(found)
    return replace(
        clues,
        years=tuple(y for y in clues.years if known(y)),
        # The first day of a period is no last day of another.
        dates=tuple(d for d in clues.dates if all(d != first for first, _ in spans)),
        spans=spans,
        quarter=next((c.quarter for c in reversed(found) if c.quarter), None),
    )


def _written(text: str) -> tuple[list[Clues], str]:
    """What is written with signs, and the text without it."""
    small = low(text)
    found: list[Clues] = []
    for needs, pattern, read in WRITTEN:
        if holds(small, needs) and (told := [read(m) for m in pattern.finditer(text)]):
            found += [clues for clues in told if clues is not None]
            text = pattern.sub(" ", text)
    return found, text


def _spans(text: str) -> tuple[tuple[dt.date, dt.date], ...]:
    return tuple(span for m in _RANGE.finditer(text) if (span := _range(m)))


def _range(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a range; the first may lack its year."""
    first, last = (read_clues(text) for text in match.groups())
    if not last.dates or not (first.dates or first.days):
        return None
    end = last.dates[0]
    start = first.dates[0] if first.dates else date_of(end.year, *first.days[0])
    if start and not first.dates and start > end:
        start = date_of(end.year - 1, start.month, start.day)
    return (start, end) if start and start < end else None
