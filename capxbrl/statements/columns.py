"""Titled tables -> headed ones: what stands over each column of figures, and what it tells of periods.

Every row of headings is dealt over the columns from left to right; where its cells do not say which columns they
cover, the deal is taken that makes all periods different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from .. import words
from ..decisions.captions import is_caption
from ..decisions.fiscal import fiscal_year
from ..decisions.kinds import is_sentence, title_kinds
from ..evidence import AnnotatedRow, HeadedTable, Heading, TitledTable
from ..model import Cell
from ..periods import Clues, merge, read_clues
from .order import headings_in_order
from .tables import title_lines

_NONE: Mapping[int, str] = MappingProxyType({})
#: Words of a length of period that is written over several lines: "Three", "Months".
_FRAGMENT = re.compile(
    r"(?:for the )?(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2}|first|second|third"
    r"|fourth|months?|weeks?|fiscal|year|ended)"
    r"(?: (?:months?|weeks?|fiscal|quarter|ended))?",
    re.I,
)


def head_columns(table: TitledTable) -> HeadedTable:
    """The table with the headings of its columns and the clues of its title."""
    lines = title_lines(table.titles)
    first = _titles_among(table.heads)
    titles = [*table.heads[:first], *(r for r in table.heads[first:] if _of_title(r, table.columns))]
    among = [r.text for r in titles]
    title = title_clues([*_unsigned(lines, table.titles), *_unsigned(among, among)])
    headings = read_headings(table.heads[first:], table.columns, table.left_out, _notes(table))
    headings = headings_in_order(table, headings) or headings
    return HeadedTable(table=table, headings=headings, title_lines=(*lines, *among[:first]), title=title)


def _titles_among(heads: Sequence[AnnotatedRow]) -> int:
    """How many of the first rows are lines of the title, each alone in its row, down to the last that names the
    statement or its scale: centred on the page, they stand over some of the columns by chance."""
    alone = next((i for i, r in enumerate(heads) if len(r.cells) != 1), len(heads))
    names = (i for i in range(alone - 1, -1, -1) if title_kinds(heads[i].text) or is_caption(heads[i].text))
    return next(names, -1) + 1


def _of_title(row: AnnotatedRow, columns: Sequence[int]) -> bool:
    """A line alone in its row that does not stand over one column of several: it is of the whole table."""
    return len(row.cells) == 1 and (len(columns) == 1 or sum(_covers(row, 0, col) for col in columns) != 1)


def _unsigned(lines: Sequence[str], above: Sequence[str]) -> list[str]:
    """The lines of a title without the day on which somebody signed what stands before it: an opinion, a letter."""
    out = []
    for line in lines:
        at = above.index(line) if line in above else 0
        day = read_clues(line).dates and not words.pattern("periods", "more than a day").search(line)
        signed = any(words.pattern("periods", "signed").search(before.strip()) for before in above[max(0, at - 3) : at])
        if not (day and signed):
            out.append(line)
    return out


def _partitions(columns: int, groups: int) -> Iterator[list[int]]:
    """Every way to deal columns 0..n-1 to `groups` neighbours in order: the group number of each column."""
    if groups == 1:
        yield [0] * columns
        return
    for first in range(1, columns - groups + 2):
        for rest in _partitions(columns - first, groups - 1):
            yield [0] * first + [g + 1 for g in rest]


def _covers(row: AnnotatedRow, cell: int, col: int) -> bool:
    at = row.cells[cell]
    return at.col <= col < at.col + at.span


def _deal(
    row: AnnotatedRow, cells: Sequence[int], columns: Sequence[int], known: Sequence[Sequence[Clues]]
) -> list[int | None]:
    """The number of the heading cell that belongs to each column; None where none does. known: what is told below."""
    covered = [[i for i in cells if _covers(row, i, col)] for col in columns]
    first = [next(iter(c), None) for c in covered]
    if all(len(c) == 1 for c in covered) or _stands_aside(row, cells, first):
        return first
    if len(cells) == len(columns):
        return list(cells)
    if len(cells) > len(columns) or len(columns) > _MOST_DEALT:
        return [_nearest(row, cells, col) if c is None else c for c, col in zip(first, columns, strict=True)]
    dealt = [cells[group] for group in _best_deal(row, cells, covered, known)]
    return [
        cell if cell in over or _spreads(row, cell, columns, cells) or _dates_all(row.clues[cell], below) else None
        for cell, over, below in zip(dealt, covered, known, strict=True)
    ]


#: More columns are not dealt in every way: there are too many ways.
_MOST_DEALT = 12


def _stands_aside(row: AnnotatedRow, cells: Sequence[int], first: Sequence[int | None]) -> bool:
    """A wide heading alone in its row that does not stand in the middle of the columns is over those below it only."""
    under = [n for n, cell in enumerate(first) if cell is not None]
    if len(cells) != 1 or row.cells[cells[0]].span <= 1 or not under or len(first) == 1:
        return False
    return abs(under[0] - (len(first) - 1 - under[-1])) > 1


def _best_deal(
    row: AnnotatedRow, cells: Sequence[int], covered: Sequence[Sequence[int]], known: Sequence[Sequence[Clues]]
) -> list[int]:
    """The group of each column, dealt so that headings tell most columns apart, stand over them, words without a clue
    ("Change") over no others, and share them evenly."""

    def score(groups: Sequence[int]) -> tuple[int, int, int, int]:
        told = [(row.clues[cells[g]] or c, tuple(known[c])) for c, g in enumerate(groups)]
        sizes = [groups.count(g) for g in range(len(cells))]
        over = [cells[g] in covered[c] for c, g in enumerate(groups)]
        strays = sum(not row.clues[cells[g]] and not over[c] for c, g in enumerate(groups))
        return len(set(told)), sum(over), -strays, min(sizes) - max(sizes)

    return max(_partitions(len(covered), len(cells)), key=score)


def _spreads(row: AnnotatedRow, cell: int, columns: Sequence[int], cells: Sequence[int]) -> bool:
    """The heading may hold for columns that it does not stand over; not one that plainly stands over another column."""
    at, clues = row.cells[cell], row.clues[cell]
    plain = len(cells) < len(columns) and at.span == 1 and not clues.length and at.col in columns
    return not plain or _FRAGMENT.fullmatch(at.text) is not None or _one_day(clues)


def _dates_all(clues: Clues, below: Sequence[Clues]) -> bool:
    """ "2005" over quarters, over "Second Quarter" and "Six Months": the year of each column below that has none."""
    bare = bool(clues.years) and not (clues.dates or clues.days or clues.length or clues.quarter)
    return bare and any(below) and not any(c.years or c.dates for c in below)


def _one_day(clues: Clues) -> bool:
    """ "June 30," over columns of several years: the day holds for all of them."""
    return bool(clues.days) and not clues.years and not clues.dates


def _nearest(row: AnnotatedRow, cells: Sequence[int], col: int) -> int:
    return min(
        cells, key=lambda i: (min(abs(row.cells[i].col - col), abs(row.cells[i].col + row.cells[i].span - 1 - col)), i)
    )


@dataclass(frozen=True, slots=True)
class _Over:
    """What stands over a column, from the top down: clues, words, and the words that do not stand over all columns."""

    clues: tuple[Clues, ...] = ()
    words: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def under(self, text: str, own: bool, clues: tuple[Clues, ...] = ()) -> _Over:
        """With another heading above."""
        return _Over((*clues, *self.clues), (text, *self.words), (text, *self.own) if own else self.own)


def read_headings(
    rows: Sequence[AnnotatedRow], columns: Sequence[int], left_out: Sequence[int], notes: Mapping[int, str] = _NONE
) -> tuple[Heading, ...]:
    """The headings over each column. rows: the heading rows, from the top down; left_out: other columns with figures;
    notes: columns of the numbers of notes, and their headings where they have one."""
    notes = {**notes, **{cell.col: cell.text for row in rows for cell in row.cells if _heads_notes(cell)}}
    dealt = [col for col in columns if col not in notes] or list(columns)
    over = tuple(_Over() for _ in dealt)
    # The rows nearest to the figures are the surest; those above are dealt so that they tell columns apart.
    for row in reversed(_unwrapped(rows)):
        over = _with_row(over, row, dealt, left_out)
    headings = {col: _heading(col, told) for col, told in zip(dealt, over, strict=True)}
    beside = {col: Heading(col=col, text=text, clues=Clues(), own=text) for col, text in notes.items()}
    return tuple((beside | headings)[col] for col in columns)


#: So many references, and no other figure, make a column of them.
_REFERENCES = 2


def _notes(table: TitledTable) -> Mapping[int, str]:
    """The first column, where it holds the numbers of notes beside larger figures."""
    if len(table.columns) < 2:
        return _NONE
    shown: dict[int, list[str]] = {}
    for row in table.rows:
        for i, printed in row.figures if row.has_data else ():
            shown.setdefault(row.cells[i].col, []).append(printed.shown)
    first, *others = table.columns
    mine = shown.get(first, [])
    refer = len(mine) >= _REFERENCES and all(text.isdigit() and len(text) <= 2 for text in mine)
    large = [text for col in others for text in shown.get(col, []) if len(text) > 2]
    rest = sum(len(shown.get(col, [])) for col in others)
    return {first: ""} if refer and 2 * len(large) > rest and len(mine) < rest / len(others) else _NONE


#: "Note number" is the longest heading of such a column.
_NOTE_NUMBER = 12


def _heads_notes(cell: Cell) -> bool:
    """ "Note" over a column of its own: it has no period."""
    short = cell.col > 0 and cell.span == 1 and len(cell.text) <= _NOTE_NUMBER
    return short and words.pattern("columns", "reference").search(cell.text) is not None


def _heading(col: int, over: _Over) -> Heading:
    text, own = " ".join(" ".join(over.words).split()), " ".join(" ".join(over.own).split())
    return Heading(col=col, text=text, clues=_whole(merge(over.clues), text), own=own)


def _with_row(
    over: tuple[_Over, ...], row: AnnotatedRow, columns: Sequence[int], left_out: Sequence[int]
) -> tuple[_Over, ...]:
    """What stands over the columns, with one more row above."""
    row = _over_bases(row, columns, left_out)
    telling = [i for i in range(len(row.cells)) if _tells(row, i) and not _covers_only(row.cells[i], left_out)]
    plain = [
        i for i, c in enumerate(row.clues) if not c and row.cells[i].col > 0 and not _of_shares(row.cells[i], left_out)
    ]
    common: tuple[Clues, ...] = ()
    if len(telling) > 1 and _in_stub(row, telling, columns) and _for_all(row, telling, len(columns)):
        # "Years ended December 31," in the label column, beside 2023 and 2022: it holds for every column.
        common, telling = (row.clues[telling[0]],), telling[1:]
    if telling:
        silent = [i for i in plain if not _covers_only(row.cells[i], left_out)]
        over = _with_telling(over, row, telling, silent, columns)
    over = tuple(replace(o, clues=(*common, *o.clues)) for o in over)
    return _with_words(over, row, plain, columns, fragments=not telling)


def _tells(row: AnnotatedRow, cell: int) -> bool:
    """The cell tells a period of columns."""
    placed = row.cells[cell].col > 0 or len(row.cells) > 1 or _spans_all(row, cell)
    return bool(row.clues[cell]) and placed and not _lists(row, cell)


def _with_telling(
    over: tuple[_Over, ...], row: AnnotatedRow, telling: Sequence[int], plain: Sequence[int], columns: Sequence[int]
) -> tuple[_Over, ...]:
    """Words without a clue ("Ended", "Change") keep the columns they stand over; those in parentheses do not."""
    silent = [i for i in plain if not _aside(row.cells[i].text)]
    dealt = _deal(row, sorted([*telling, *silent]), columns, [o.clues for o in over])
    own = len(set(dealt)) > 1 or len(columns) == 1
    return tuple(
        told.under(row.cells[cell].text, own, (row.clues[cell],))
        if cell is not None and cell in telling and not _at_odds(row, cell, col, told.clues)
        else told
        for told, cell, col in zip(over, dealt, columns, strict=True)
    )


def _aside(text: str) -> bool:
    """Words all in parentheses: "(Unaudited)", not "(Inception) to"."""
    return text.startswith("(") and text.rstrip().endswith(")")


def _with_words(
    over: tuple[_Over, ...], row: AnnotatedRow, plain: Sequence[int], columns: Sequence[int], fragments: bool
) -> tuple[_Over, ...]:
    """Words stand over the columns that they cover; a length of period in pieces ("Three", "Six") is dealt over all."""
    fragments = fragments and len(plain) > 1 and all(_FRAGMENT.fullmatch(row.cells[i].text) for i in plain)
    dealt = _deal(row, plain, columns, [o.clues for o in over]) if fragments else []
    for i in plain:
        mine = [dealt[c] == i if fragments else _covers(row, i, col) for c, col in enumerate(columns)]
        own = not all(mine) or len(columns) == 1
        over = tuple(o.under(row.cells[i].text, own) if m else o for o, m in zip(over, mine, strict=True))
    return over


def _unwrapped(rows: Sequence[AnnotatedRow]) -> list[AnnotatedRow]:
    """The rows, with headings that are wrapped and centred in height put together: their lines take turns.

    "Six months" at the right, "Three months" at the left, "ended June 30," at the right, ... are two headings.
    """
    out: list[AnnotatedRow] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and _is_unheaded(rows[end]):
            end += 1
        end = max(end, at + 1)
        whole = _put_together(rows[at:end])
        out += rows[at:end] if whole is None else [whole]
        at = end
    return out


def _is_unheaded(row: AnnotatedRow) -> bool:
    """A row of headings without a year, and with nothing over the labels."""
    return all(c.col > 0 for c in row.cells) and not any(c.years for c in row.clues)


def _put_together(rows: Sequence[AnnotatedRow]) -> AnnotatedRow | None:
    """One row of the rows of wrapped headings; None where their lines do not take turns, or make no lengths."""
    alone = {row.cells[0].col for row in rows if len(row.cells) == 1}
    if len(alone) < 2 or len(rows) < 3:
        return None
    lines: dict[int, list[Cell]] = {}
    for cell in (cell for row in rows for cell in row.cells):
        lines.setdefault(cell.col, []).append(cell)
    cells = tuple(
        replace(parts[0], text=" ".join(c.text for c in parts), jumps=(), span=max(c.span for c in parts))
        for _, parts in sorted(lines.items())
    )
    clues = tuple(read_clues(cell.text) for cell in cells)
    if not all(c.length for c in clues):
        return None
    return replace(rows[0], source=replace(rows[0].source, cells=cells), printed=(None,) * len(cells), clues=clues)


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


def _over_bases(row: AnnotatedRow, columns: Sequence[int], left_out: Sequence[int]) -> AnnotatedRow:
    """The row with headings that stand over a percentage and another column over its base too: a share is of
    its base."""

    def widened(cell: Cell) -> Cell:
        over = range(cell.col, cell.col + cell.span)
        base = max((c for c in columns if c < cell.col), default=None)
        if base is None or cell.col not in left_out or not any(c in columns for c in over):
            return cell
        return replace(cell, col=base, span=cell.span + cell.col - base)

    cells = tuple(widened(cell) if clues else cell for cell, clues in zip(row.cells, row.clues, strict=True))
    return replace(row, source=replace(row.source, cells=cells))


def _of_shares(cell: Cell, left_out: Sequence[int]) -> bool:
    """Words of percentages over a column of them are of no column beside it: "% of", "Percent"."""
    percent = "%" in cell.text or "percent" in cell.text.lower()
    return percent and any(col in left_out for col in range(cell.col, cell.col + cell.span))


def _covers_only(cell: Cell, left_out: Sequence[int]) -> bool:
    """The heading stands over columns of percentages alone: "One year change"."""
    return all(col in left_out for col in range(cell.col, cell.col + cell.span))


def _at_odds(row: AnnotatedRow, cell: int, col: int, known: Sequence[Clues]) -> bool:
    """A date beside the column whose year is not the one that stands over the column."""
    told = row.clues[cell]
    years = {*told.years, *(d.year for d in told.dates)}
    mine = {y for c in known for y in (*c.years, *(d.year for d in c.dates))}
    return not _covers(row, cell, col) and bool(years and mine) and not years & mine


def _lists(row: AnnotatedRow, cell: int) -> bool:
    """A line of the title, alone in its row, that lists the periods: "Years ended December 31, 1993, 1992 and 1991"."""
    clues = row.clues[cell]
    return len(row.cells) == 1 and len({*clues.years, *(d.year for d in clues.dates)}) > 1


def _in_stub(row: AnnotatedRow, telling: Sequence[int], columns: Sequence[int]) -> bool:
    """The first cell stands left of all figures, over the labels; one that reaches over a column does if each column
    has another."""
    cell = row.cells[telling[0]]
    return cell.col + cell.span <= min(columns) or (cell.col == 0 and len(telling) > len(columns))


def _for_all(row: AnnotatedRow, informative: Sequence[int], columns: int) -> bool:
    """The first cell, in the label column, holds for every column: "Years ended December 31," left of bare years.

    It does not where it stands one column to the left of its own, as in "Three months ended | Six months ended".
    """
    first, others = row.clues[informative[0]], [row.clues[i] for i in informative[1:]]
    if len(others) >= columns:
        return True
    bare = all(not c.length and not c.quarter for c in others)
    if bare and first.dates:
        return _dates_years(first, others)
    return bare and not first.years and not first.dates and bool(first.length or first.days)


def _dates_years(first: Clues, others: Sequence[Clues]) -> bool:
    """ "September 29, 1995, and September 30, 1994" left of 1995 and 1994: each year has its date there."""
    named = {y for c in others for y in c.years}
    bare = all(c.years and not c.dates and not c.days for c in others)
    return bare and any(fiscal_year(d) in named for d in first.dates)


def _spans_all(row: AnnotatedRow, cell: int) -> bool:
    """A heading alone in its row, in the label column: centred over everything."""
    clues = row.clues[cell]
    return len(row.cells) == 1 and bool(clues.length or clues.days or clues.dates)


def title_clues(texts: Sequence[str]) -> Clues:
    """The clues of the lines of a title; a line of running text gives none."""
    lines = [t for t in texts if len(t) < 160 or (len(t) < 300 and not is_sentence(t))]
    found = merge(read_clues(t) for t in lines)
    # "... (inception)" and "to December 31, 1996" may stand on two lines.
    return replace(found, spans=read_clues(" ".join(lines)).spans)
