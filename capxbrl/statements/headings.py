"""Column headings -> a Period for each column of figures.

Every row of headings is dealt over the columns from left to right; where its cells do not say which columns they
cover, the deal is taken that makes all periods different.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Cell, Kind, Period
from ..periods import Clues, duration, merge, read_clues, same_day
from .fiscal import fiscal_year, year_end
from .grid import Read
from .kinds import is_sentence

#: Headings of columns that compare other columns.
_CHANGE = re.compile(
    r"%|percent|\bchange|variance|increase|decrease|\bfav|better|\binc\w*\.?\s*[(/]\s*\(?dec|\(dec\b|difference|growth",
    re.I,
)
#: Headings of columns that are not what the filer reports for the period.
_OTHER = re.compile(
    r"pro[\s-]?forma|adjust|as\s+previously|non[\s-]?gaap|eliminat|guarantor|combined|parent|note[s]?\b|ref\b", re.I
)


#: Words of a length of period that is written over several lines: "Three", "Months".
_FRAGMENT = re.compile(
    r"(?:for the )?(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2}|first|second|third|fourth|months?|weeks?|fiscal|year|ended)"
    r"(?: (?:months?|weeks?|fiscal|quarter|ended))?",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands over a column: the words joined, and the clues in them from the top down.

    own: the words that do not stand over all columns.
    """

    col: int
    text: str
    clues: Clues
    own: str = ""
    period: Period | None = None

    @property
    def compares(self) -> bool:
        return bool(_CHANGE.search(self.own)) and not self.clues.dates

    @property
    def other(self) -> bool:
        return bool(_OTHER.search(self.own))


def _partitions(columns: int, groups: int) -> Iterator[list[int]]:
    """Every way to deal columns 0..n-1 to `groups` neighbours in order: the group number of each column."""
    if groups == 1:
        yield [0] * columns
        return
    for first in range(1, columns - groups + 2):
        for rest in _partitions(columns - first, groups - 1):
            yield [0] * first + [g + 1 for g in rest]


def _covers(row: Read, cell: int, col: int) -> bool:
    at = row.cells[cell]
    return at.col <= col < at.col + at.span


def _deal(
    row: Read, cells: Sequence[int], columns: Sequence[int], known: Sequence[Sequence[Clues]]
) -> list[int | None]:
    """The number of the heading cell that belongs to each column; None where none does."""
    covered = [[i for i in cells if _covers(row, i, col)] for col in columns]
    if all(len(c) == 1 for c in covered):
        return [c[0] for c in covered]
    if len(cells) == len(columns):
        return list(cells)
    if len(cells) == 1 and row.cells[cells[0]].span > 1:
        # Alone in its row: over all columns where it stands in their middle, else over those below it.
        under = [n for n, c in enumerate(covered) if c]
        if under and abs(under[0] - (len(columns) - 1 - under[-1])) > 1:
            return [c[0] if c else None for c in covered]
    if len(cells) > len(columns):
        return [c[0] if c else _nearest(row, cells, col) for c, col in zip(covered, columns, strict=True)]
    if len(columns) > 12:
        return [c[0] if c else _nearest(row, cells, col) for c, col in zip(covered, columns, strict=True)]
    best: list[int] = []
    best_score = (-1, -99.0, -99.0)
    for groups in _partitions(len(columns), len(cells)):
        keys = {(row.clues[cells[g]] or row.cells[cells[g]].text, tuple(known[c])) for c, g in enumerate(groups)}
        agree = sum(cells[g] in covered[c] for c, g in enumerate(groups))
        sizes = [groups.count(g) for g in range(len(cells))]
        score = (len(keys), float(agree), float(min(sizes) - max(sizes)))
        if score > best_score:
            best, best_score = groups, score
    # A heading that plainly stands over other columns only is not spread over columns without one.
    chosen: list[int | None] = []
    for c, g in enumerate(best):
        cell = row.cells[cells[g]]
        lone = len(cells) < len(columns) and cell.span == 1 and not row.clues[cells[g]].length and cell.col in columns
        lone = lone and not _FRAGMENT.fullmatch(cell.text)
        chosen.append(cells[g] if not lone or cells[g] in covered[c] or _one_day(row.clues[cells[g]]) else None)
    return chosen


def _one_day(clues: Clues) -> bool:
    """ "June 30," over columns of several years: the day holds for all of them."""
    return bool(clues.days) and not clues.years and not clues.dates


def _nearest(row: Read, cells: Sequence[int], col: int) -> int:
    return min(
        cells, key=lambda i: (min(abs(row.cells[i].col - col), abs(row.cells[i].col + row.cells[i].span - 1 - col)), i)
    )


def read_headings(rows: Sequence[Read], columns: Sequence[int], left_out: Sequence[int] = ()) -> list[Heading]:
    """The headings over each column. rows: the heading rows, from the top down; left_out: other columns with figures."""
    known: list[list[Clues]] = [[] for _ in columns]
    words: list[list[str]] = [[] for _ in columns]
    own: list[list[str]] = [[] for _ in columns]
    # The rows nearest to the figures are the surest; those above are dealt so that they tell columns apart.
    for row in reversed(_unwrapped(rows)):
        informative = [
            i
            for i, c in enumerate(row.clues)
            if c and (row.cells[i].col > 0 or len(row.cells) > 1 or _spans_all(row, i)) and not _lists(row, i)
        ]
        informative = [i for i in informative if not _covers_only(row.cells[i], left_out)]
        plain = [i for i, c in enumerate(row.clues) if not c and row.cells[i].col > 0]
        common = None
        if len(informative) > 1 and row.cells[informative[0]].col == 0 and _for_all(row, informative, len(columns)):
            # "Years ended December 31," in the label column, beside 2023 and 2022: it holds for every column.
            common, informative = row.clues[informative[0]], informative[1:]
        if informative:
            # Words without a clue ("Ended", "Change") keep the columns they stand over.
            silent = [i for i in plain if not row.cells[i].text.startswith("(")]
            dealt = _deal(row, sorted([*informative, *silent]), columns, known)
            for c, cell in enumerate(dealt):
                if cell is not None and cell in informative and not _at_odds(row, cell, columns[c], known[c]):
                    known[c].insert(0, row.clues[cell])
                    words[c].insert(0, row.cells[cell].text)
                    if len(set(dealt)) > 1 or len(columns) == 1:
                        own[c].insert(0, row.cells[cell].text)
        if common:
            for clues in known:
                clues.insert(0, common)
        parted = not informative and len(plain) > 1 and all(_FRAGMENT.fullmatch(row.cells[i].text) for i in plain)
        shares = _deal(row, plain, columns, known) if parted else []
        for i in plain:
            over = [c for c, col in enumerate(columns) if (shares[c] == i if parted else _covers(row, i, col))]
            for c in over:
                words[c].insert(0, row.cells[i].text)
                if len(over) < len(columns) or len(columns) == 1:
                    own[c].insert(0, row.cells[i].text)
    out = []
    for col, w, o, k in zip(columns, words, own, known, strict=True):
        text = " ".join(" ".join(w).split())
        out.append(Heading(col=col, text=text, clues=_whole(merge(k), text), own=" ".join(" ".join(o).split())))
    return out


def _unwrapped(rows: Sequence[Read]) -> list[Read]:
    """The rows, with headings that are wrapped and centred in height put together: their lines take turns.

    "Six months" at the right, "Three months" at the left, "ended June 30," at the right, ... are two headings.
    """
    out: list[Read] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and all(c.col > 0 for c in rows[end].cells) and not any(c.years for c in rows[end].clues):
            end += 1
        lines: dict[int, list[Cell]] = {}
        for cell in (cell for row in rows[at:end] for cell in row.cells):
            lines.setdefault(cell.col, []).append(cell)
        alone = {row.cells[0].col for row in rows[at:end] if len(row.cells) == 1}
        texts = {col: " ".join(cell.text for cell in cells) for col, cells in sorted(lines.items())}
        if len(alone) > 1 and end - at > 2 and all(read_clues(text).length for text in texts.values()):
            cells = tuple(
                replace(lines[col][0], text=text, jumps=(), span=max(c.span for c in lines[col]))
                for col, text in texts.items()
            )
            first = rows[at]
            out.append(
                replace(
                    first, source=replace(first.source, cells=cells), printed=(None,) * len(cells),
                    clues=tuple(read_clues(text) for text in texts.values()),
                )
            )  # fmt: skip
        else:
            end = max(end, at + 1)
            out += rows[at:end]
        at = end
    return out


def _whole(clues: Clues, text: str) -> Clues:
    """The clues of the rows one by one, and what only their words together tell: "For the 13" above "Weeks Ended"."""
    joined = read_clues(text)
    if not clues.length and not clues.quarter and (joined.length or joined.quarter):
        clues = replace(clues, months=joined.months, weeks=joined.weeks, to_date=joined.to_date, quarter=joined.quarter)
    if joined.spans:
        clues = replace(clues, spans=joined.spans)
    if not clues.dates and not clues.days and (joined.dates or joined.days):
        clues = replace(clues, dates=joined.dates, days=joined.days)
    return clues


def _covers_only(cell: Cell, left_out: Sequence[int]) -> bool:
    """The heading stands over columns of percentages alone: "One year change"."""
    return all(col in left_out for col in range(cell.col, cell.col + cell.span))


def _at_odds(row: Read, cell: int, col: int, known: Sequence[Clues]) -> bool:
    """A date beside the column whose year is not the one that stands over the column."""
    told = row.clues[cell]
    years = {*told.years, *(d.year for d in told.dates)}
    mine = {y for c in known for y in (*c.years, *(d.year for d in c.dates))}
    return not _covers(row, cell, col) and bool(years and mine) and not years & mine


def _lists(row: Read, cell: int) -> bool:
    """A line of the title, alone in its row, that lists the periods: "Years ended December 31, 1993, 1992 and 1991"."""
    clues = row.clues[cell]
    return len(row.cells) == 1 and len({*clues.years, *(d.year for d in clues.dates)}) > 1


def _for_all(row: Read, informative: Sequence[int], columns: int) -> bool:
    """The first cell, in the label column, holds for every column: "Years ended December 31," left of bare years.

    It does not where it stands one column to the left of its own, as in "Three months ended | Six months ended".
    """
    first, others = row.clues[informative[0]], [row.clues[i] for i in informative[1:]]
    if len(others) >= columns:
        return True
    bare = all(not c.length and not c.quarter for c in others)
    return bare and not first.years and not first.dates and bool(first.length or first.days)


def _spans_all(row: Read, cell: int) -> bool:
    """A heading alone in its row, in the label column: centred over everything."""
    clues = row.clues[cell]
    return len(row.cells) == 1 and bool(clues.length or clues.days or clues.dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the surroundings say where headings are silent: the clues of the title, the filing's own year end and period."""

    title: Clues
    year_end: tuple[int, int] | None = None
    latest: dt.date | None = None
    ends: tuple[dt.date, ...] = ()  # the last days of fiscal years that are known
    annual: bool = False  # the balance sheets are of year ends
    shift: int = 0  # a fiscal year ends so many years after the one it is called by


def _end(clues: Clues, around: Around, index: int, same: int, count: int) -> dt.date | None:
    """The last day of a column. index: the column's place among the `count` columns with the same length of period."""
    year = clues.years[-1] if clues.years else None
    if clues.quarter and year and not clues.dates and not clues.days:
        return _quarter_end(year, clues.quarter, around.year_end or (12, 31))
    if clues.dates:
        # "July 3, 2004 and June 28, 2003" over columns headed 2004 and 2003; the date may be of the first column only.
        return _dated(year, clues.dates, around) if year is not None else clues.dates[-1]
    title = around.title
    if clues.days:
        if year is None and len(title.years) + len(title.dates) == 1:
            year = title.years[0] if title.years else title.dates[0].year
        elif year is None and len(title.years) == count:
            year = title.years[index]
        if year is None:
            return None
        return _day(year, clues.days[-1])
    if year is not None:
        if title.dates:
            return _dated(year, title.dates, around)
        if title.days:
            return _day(year, title.days[0])
        if around.annual:
            return year_end(year + around.shift, around.ends)
        if around.latest and around.latest.year - year in (0, 1) and not clues.months:
            return same_day(year, around.latest)
        if around.year_end:
            return _day(year, around.year_end)
        return None
    dates = list(title.dates)
    dates += [same_day(y, dates[0]) for y in title.years if dates and y not in {d.year for d in dates}]
    if title.days and not dates:
        dates = [d for y in title.years if (d := _day(y, title.days[0]))]
    if not dates:
        return None
    if len(dates) >= count:
        return dates[index]
    return dates[0] if count == 1 else None


def _dated(year: int, dates: Sequence[dt.date], around: Around) -> dt.date:
    """The date of a year among those printed, or the one that belongs to it."""
    mine = [d for d in dates if fiscal_year(d) == year] or [d for d in dates if d.year == year]
    if mine:
        return mine[0]
    if any(d.year - year == 1 and d.month <= 2 for d in dates):
        return dates[-1]  # "Fiscal 2009" over "January 30, 2010"
    same = [d for d in around.ends if any(e in around.ends for e in dates)]
    return year_end(year, [*dates, *same])


def _quarter_end(year: int, quarter: int, year_end: tuple[int, int]) -> dt.date:
    """The last day of a quarter of the fiscal year that ends in `year`."""
    back = 3 * (4 - quarter)
    total = year * 12 + year_end[0] - 1 - back
    return dt.date(total // 12, total % 12 + 1, calendar.monthrange(total // 12, total % 12 + 1)[1])


def _months_into(end: dt.date, year_end: tuple[int, int]) -> int:
    """The months of the fiscal year up to a day, by the nearest month's end."""
    month = end.month - (end.day <= 7)
    return (month - year_end[0] + (year_end[1] <= 7)) % 12 or 12


def _day(year: int, day: tuple[int, int]) -> dt.date | None:
    try:
        return dt.date(year, *day)
    except ValueError:
        return same_day(year, dt.date(2000, day[0], 28 if day[0] == 2 else 30)) if day[1] > 28 else None


def resolve(headings: Sequence[Heading], kind: Kind, around: Around) -> list[Heading]:
    """Give each heading its period; None where the page does not say it."""
    instant = kind is Kind.BALANCE_SHEET
    lengths: list[tuple[int | None, int | None]] = []
    named = max((y for h in headings for y in h.clues.years[-1:]), default=0)
    if around.ends and fiscal_year(around.ends[-1]) - named == 1 and around.ends[-1].month <= 6:
        around = replace(around, shift=1)  # "Fiscal 2009" that ends in January 2010
    for heading in headings:
        lengths.append(_length(heading.clues, around.title) if not instant else (None, None))
    out = []
    for i, heading in enumerate(headings):
        peers = [j for j, other in enumerate(lengths) if other == lengths[i]]
        end = _end(heading.clues, around, peers.index(i), i, len(peers))
        period = _span(heading.clues, around.title, end) if not instant else None
        if end is not None and period is None:
            if instant:
                period = Period(end=end)
            else:
                months, weeks = lengths[i]
                if months is None and weeks is None and heading.clues.to_date:
                    months = _months_into(end, around.year_end or (12, 31))
                if months is None and weeks is None:
                    months, weeks = _title_length(around.title, i, len(headings))
                if months is None and weeks is None and _is_year(heading.clues, end, around):
                    months = 12
                if months or weeks:
                    period = duration(end, months=months, weeks=weeks)
        out.append(replace(heading, period=period))
    return out


def _is_year(clues: Clues, end: dt.date, around: Around) -> bool:
    """Nothing says how long the period is: it is a year where the heading is a bare year or the day is a year's end."""
    bare = bool(clues.years) and not clues.days and not clues.dates
    near = around.annual and abs((end - year_end(fiscal_year(end), around.ends)).days) <= 8
    return near or (bare and not around.latest)


def _span(clues: Clues, title: Clues, end: dt.date | None) -> Period | None:
    """The period whose first day is printed: over the column, or in the title for the year of the column."""
    if clues.spans:
        return Period(start=clues.spans[-1][0], end=clues.spans[-1][1])
    if clues.length or clues.quarter or clues.dates or end is None:
        return None
    # The first day of a period that the title tells in full is no last day of another.
    found = next((s for s in title.spans if s[1].year == end.year), None)
    return Period(start=found[0], end=found[1]) if found else None


def _length(clues: Clues, title: Clues) -> tuple[int | None, int | None]:
    if clues.weeks:
        return None, clues.weeks[-1]
    if clues.to_date:
        longest = max((m for m in title.months), default=0)
        if longest > 3:
            return longest, None
        if title.weeks and max(title.weeks) > 13:
            return None, max(title.weeks)
    if clues.months:
        return clues.months[-1], None
    if clues.quarter:
        return 3, None
    return None, None


def _title_length(title: Clues, index: int, count: int) -> tuple[int | None, int | None]:
    """The length that only the title tells; "three and six months" is dealt over the columns in halves."""
    for months, values in ((True, title.months), (False, title.weeks)):
        if values:
            distinct = list(dict.fromkeys(values))
            pick = distinct[index * len(distinct) // count] if count % len(distinct) == 0 else distinct[-1]
            return (pick, None) if months else (None, pick)
    return None, None


def title_clues(texts: Sequence[str]) -> Clues:
    """The clues of the lines of a title; a line of running text gives none."""
    lines = [t for t in texts if len(t) < 160 or (len(t) < 300 and not is_sentence(t))]
    found = merge(read_clues(t) for t in lines)
    # "... (inception)" and "to December 31, 1996" may stand on two lines.
    return replace(found, spans=read_clues(" ".join(lines)).spans)
