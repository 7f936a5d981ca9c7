"""What stands over each column of figures, and what it tells of periods.

Every row of headings is dealt over the columns from left to right (`dealing`), the rows nearest to the figures first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .. import words
from ..decisions.fiscal import fiscal_year
from ..evidence import AnnotatedRow, Heading
from ..model import Cell
from ..periods import Clues, merge, read_clues
from ..records import dataclass, replace
from .dealing import FRAGMENT, covers, deal
from .wrapped import unwrapped


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
    rows: Sequence[AnnotatedRow], columns: Sequence[int], left_out: Sequence[int], notes: Mapping[int, str]
) -> tuple[Heading, ...]:
    """The headings over each column. rows: the heading rows, from the top down; left_out: other columns with figures;
    notes: columns of the numbers of notes, and their headings where they have one."""
    notes = {**notes, **_notes_named(rows)}
    dealt = [col for col in columns if col not in notes] or list(columns)
    over = tuple(_Over() for _ in dealt)
    # The rows nearest to the figures are the surest; those above are dealt so that they tell columns apart.
    for row in reversed(unwrapped(rows)):
        over = _with_row(over, row, dealt, left_out)
    headings = {col: _heading(col, told) for col, told in zip(dealt, over, strict=True)}
    beside = {col: Heading(col=col, text=text, clues=Clues(), own=text) for col, text in notes.items()}
    return tuple((beside | headings)[col] for col in columns)


def _notes_named(rows: Sequence[AnnotatedRow]) -> dict[int, str]:
    """The columns headed as those of notes. "(Note)" below a date tells of that column: no date stands over notes."""
    dated = {cell.col for row in rows for cell, clues in zip(row.cells, row.clues, strict=True) if clues}
    return {c.col: c.text for row in rows for c in row.cells if c.col not in dated and _heads_notes(c)}


#: "Note number" is the longest heading of such a column.
_NOTE_NUMBER = 12


def _heads_notes(cell: Cell) -> bool:
    """ "Note" over a column of its own: it has no period."""
    short = cell.col > 0 and cell.span == 1 and len(cell.text) <= _NOTE_NUMBER
    return short and words.pattern("columns", "reference").search(cell.text) is not None


def _heading(col: int, over: _Over) -> Heading:
    text, own = _joined(over.words), _joined(over.own)
    return Heading(col=col, text=text, clues=_whole(merge(over.clues), text), own=own)


def _joined(texts: Sequence[str]) -> str:
    """The lines of a heading as one; a word that is parted at the end of a line ("Consoli-", "dated") is whole."""
    return _PARTED.sub("", " ".join(" ".join(texts).split()))


#: The hyphen and the line's end within a word.
_PARTED = re.compile(r"(?<=[a-z])- (?=[a-z])(?!and\b|or\b|to\b)")


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
    return _with_words(_with_common(over, common), row, plain, columns, fragments=not telling)


def _with_common(over: tuple[_Over, ...], clues: tuple[Clues, ...]) -> tuple[_Over, ...]:
    """With clues that hold for every column."""
    return tuple(replace(o, clues=(*clues, *o.clues)) for o in over) if clues else over


def _tells(row: AnnotatedRow, cell: int) -> bool:
    """The cell tells a period of columns."""
    placed = row.cells[cell].col > 0 or len(row.cells) > 1 or _spans_all(row, cell)
    return bool(row.clues[cell]) and placed and not _lists(row, cell)


def _with_telling(
    over: tuple[_Over, ...], row: AnnotatedRow, telling: Sequence[int], plain: Sequence[int], columns: Sequence[int]
) -> tuple[_Over, ...]:
    """Words without a clue ("Ended", "Change") keep the columns they stand over; those in parentheses do not."""
    silent = [i for i in plain if not _aside(row.cells[i].text)]
    known = [tuple(c for c in (*o.clues, _whole(merge(o.clues), _joined(o.words))) if c) for o in over]
    dealt = deal(row, sorted([*telling, *silent]), columns, known, [_joined(o.words) for o in over])
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
    fragments = fragments and len(plain) > 1 and all(FRAGMENT.fullmatch(row.cells[i].text) for i in plain)
    dealt = deal(row, plain, columns, [o.clues for o in over]) if fragments else []
    for i in plain:
        mine = [dealt[c] == i if fragments else covers(row, i, col) for c, col in enumerate(columns)]
        own = not all(mine) or len(columns) == 1
        over = tuple(o.under(row.cells[i].text, own) if m else o for o, m in zip(over, mine, strict=True))
    return over


def _whole(clues: Clues, text: str) -> Clues:
    """The clues of the rows one by one, and what only their words together tell: "For the 13" above "Weeks Ended"."""
    joined = read_clues(text)
    if not clues.length and not clues.quarter and (joined.length or joined.quarter):
        clues = replace(clues, months=joined.months, weeks=joined.weeks, to_date=joined.to_date, quarter=joined.quarter)
    if not clues.quarter and not clues.dates and joined.quarter:
        clues = replace(clues, quarter=joined.quarter)  # "Third" above "Quarter"
    if joined.weekday:
        clues = replace(clues, weekday=joined.weekday)
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

    if not left_out:
        return row
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
    return not covers(row, cell, col) and bool(years and mine) and not years & mine


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
