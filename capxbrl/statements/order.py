"""Headings that do not stand over their columns -> the columns in their order.

A dump of a page leaves headings one below the other, wrapped and flush at the left, in the order in which they were
read: as many dates as there are columns of figures head these, a length of period as many of them as its share.
"""

from __future__ import annotations

from collections.abc import Sequence

from .. import words
from ..evidence import Heading, TitledTable
from ..periods import Clues, read_clues
from ..records import replace

#: So many lines above a table without a name may hold its headings; longer ones are running text.
_LINES, _WIDEST = 8, 120
#: Words that hold for some columns only, and whose order says not for which.
_BASES = ("restated", "previously", "pro forma", "adjusted", "predecessor", "successor")


def headings_in_order(table: TitledTable, headings: Sequence[Heading]) -> tuple[Heading, ...] | None:
    """The headings by the order of what the lines above the figures say; None where places tell them, or
    nothing does."""
    told = {found for h in headings if (found := _end(h.clues)) is not None}
    if len(headings) < 2 or len(told) == len(headings):
        return None
    lines = (line for line in _below_caption(table) if len(line) <= _WIDEST)
    text = " ".join(" ".join(lines).split())
    ends = _ends(text, len(headings))
    if ends is None or any(words.pattern("columns", basis).search(text) for basis in _BASES):
        return None
    lengths = [m.group() for m in words.pattern("columns", "length in order").finditer(text)]
    if lengths and len(headings) % len(lengths):
        return None
    share = len(headings) // len(lengths) if lengths else 0
    out = []
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        said = f"{lengths[number // share]} {end}" if share else end
        out.append(replace(heading, clues=read_clues(said), text=said, own=said))
    return tuple(out) if len({h.clues for h in out}) == len(out) else None


def _end(clues: Clues) -> tuple[object, ...] | None:
    """The length and the only end of a period that the words of a column name; a whole date outranks other days."""
    years = {*clues.years, *(d.year for d in clues.dates)}
    days = {(d.month, d.day) for d in clues.dates} or set(clues.days)
    if len(years) != 1 or len(days) > 1:
        return None
    return clues.months, clues.weeks, clues.quarter, tuple(years), tuple(days)


def _below_caption(table: TitledTable) -> Sequence[str]:
    """The lines between the name or the caption of the statement and its first figures."""
    first = next((n for n, row in enumerate(table.rows) if row.has_data), 0)
    lines = [*table.above[-_LINES:], *(row.text for row in (*table.heads, *table.rows[:first]))]
    names = table.name.strip()
    above = [
        n
        for n, line in enumerate(lines)
        if (names and line.strip() == names) or words.pattern("columns", "caption").search(line)
    ]
    return lines[above[-1] + 1 :] if above else lines


def _ends(text: str, count: int) -> list[str] | None:
    """What names the end of each period, in order: whole dates, days with their years, or years; None where they are
    not as many as the columns."""
    dates = [m.group() for m in words.pattern("columns", "date in order").finditer(text)]
    if len(dates) == count:
        return dates
    bare = words.pattern("columns", "length in order").sub(" ", text)
    years = [m.group() for m in words.pattern("columns", "year in order").finditer(bare)]
    if len(years) != count:
        return None
    days = [m.group() for m in words.pattern("columns", "day in order").finditer(bare)]
    if dates and len({day.rstrip(",") for day in days}) > 1:
        return None  # whole dates among days and years that stand alone: which day has which year is not told
    if len(days) == count:
        return [f"{day.rstrip(',')}, {year}" for day, year in zip(days, years, strict=True)]
    return [f"{days[0].rstrip(',')}, {year}" for year in years] if len(days) == 1 else years
