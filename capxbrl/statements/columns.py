"""Titled tables -> headed ones: which rows head columns, which are of the title, and what that tells of periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .. import words
from ..decisions.captions import is_caption
from ..decisions.kinds import is_sentence, title_kinds
from ..evidence import AnnotatedRow, HeadedTable, TitledTable
from ..periods import Clues, merge, read_clues
from ..records import replace
from . import tolerances as tol
from .dealing import covers
from .headings import read_headings
from .order import headings_in_order
from .tables import title_lines

_NONE: Mapping[int, str] = MappingProxyType({})


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
    return len(row.cells) == 1 and (len(columns) == 1 or sum(covers(row, 0, col) for col in columns) != 1)


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


def _notes(table: TitledTable) -> Mapping[int, str]:
    """The first column, where it holds the numbers of notes beside larger figures."""
    if len(table.columns) < 2:
        return _NONE
    shown: dict[int, list[str]] = {}
    for row in table.rows:
        cells = row.cells
        for i, printed in row.figures if row.has_data else ():
            shown.setdefault(cells[i].col, []).append(printed.shown)
    first, *others = table.columns
    mine = shown.get(first, [])
    refer = len(mine) >= tol.BLOCKS.references and all(text.isdigit() and len(text) <= 2 for text in mine)
    large = [text for col in others for text in shown.get(col, []) if len(text) > 2]
    rest = sum(len(shown.get(col, [])) for col in others)
    return {first: ""} if refer and 2 * len(large) > rest and len(mine) < rest / len(others) else _NONE


def title_clues(texts: Sequence[str]) -> Clues:
    """The clues of the lines of a title; a line of running text gives none."""
    lines = [t for t in texts if len(t) < 160 or (len(t) < 300 and not is_sentence(t))]
    found = merge(read_clues(t) for t in lines)
    # "... (inception)" and "to December 31, 1996" may stand on two lines.
    return replace(found, spans=read_clues(" ".join(lines)).spans)
