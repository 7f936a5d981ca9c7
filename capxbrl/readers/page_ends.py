"""Lines of a text -> what a page end does to them: tables that go on on the next page, lines that it tears in two.

A printer of pages ends one wherever it is full: within a table, with a page number and running heads between its rows,
or within a line, whose upper half then stands on one page and whose lower half on the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ..grammar import ANY_YEAR
from ..patterns import compiled
from . import tolerances as tol
from .line_pieces import Piece, is_rule, pieces
from .source_lines import SourceLine
from .source_marks import PAGE, blanked, ends_page

#: "12", "- 3 -", "F-4", "Page 7", "iv".
_PAGE_NUMBER = compiled(r"[-–—\s]*(?:page\s)?(?:[A-Z]-)?(?:\d{1,3}|[ivx]{1,5})[-–—\s.]*", re.I)
_YEAR = compiled(rf"\b{ANY_YEAR}\b")


def is_page_number(text: str) -> bool:
    """The line holds the number of a page and nothing else."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def torn_lines(lines: Sequence[SourceLine]) -> frozenset[int]:
    """The numbers of lines that are the visible upper half of the line that begins the next page.

    What a page end cuts off are the low characters: the digits are those of the whole line, and fewer letters and
    signs.
    """
    found = set()
    for at, line in enumerate(lines):
        if not ends_page(line.text):
            continue
        before = _next_words(lines, range(at - 1, max(-1, at - 1 - 2 * tol.PAGES.near), -1))
        after = _next_words(
            lines,
            range(at if PAGE.sub("", line.text).strip() else at + 1, min(len(lines), at + 2 * tol.PAGES.near)),
        )
        if before is not None and after is not None and _is_torn(lines[before].text, PAGE.sub("", lines[after].text)):
            found.add(before)
    return frozenset(found)


def _next_words(lines: Sequence[SourceLine], numbers: range) -> int | None:
    """The first of these lines that is neither blank nor a page number."""
    words = (n for n in numbers if (text := PAGE.sub("", lines[n].text)).strip() and not is_page_number(text))
    return next(words, None)


def _is_torn(half: str, whole: str) -> bool:
    digits = [c for c in half if c.isdigit()]
    if len(digits) < 2 or digits != [c for c in whole if c.isdigit()]:
        return False
    rest = iter("".join(whole.split()))
    shorter = len("".join(half.split())) < len("".join(whole.split()))
    return shorter and all(c in rest for c in "".join(half.split()))


def next_pages(
    lines: Sequence[SourceLine], regions: Mapping[int, int], torn: AbstractSet[int] = frozenset()
) -> dict[int, int]:
    """{first line of a table: first line of the table that goes on in it}, for tables that a page end cuts in two."""
    found: dict[int, int] = {}
    ends = {end: start for start, end in regions.items()}
    for start in sorted(regions):
        before = _table_before(lines, ends, start, torn)
        if before is not None and _goes_on(lines[before : regions[before]], lines[start : regions[start]]):
            found[start] = before
    return found


def _table_before(
    lines: Sequence[SourceLine], ends: Mapping[int, int], start: int, torn: AbstractSet[int]
) -> int | None:
    """The table from which only a page end, its number and running heads part the one that begins at `start`."""
    at, pages, heads = start, 0, 0
    while at not in ends:
        at -= 1
        if at < 0:
            return None
        if at in torn:
            continue
        text = blanked(lines[at].text)
        pages += ends_page(lines[at].text)
        rest = PAGE.sub("", text).strip()
        heads += bool(rest) and not is_page_number(rest) and not is_rule(rest)
        if heads > tol.PAGES.heads or len(rest) > tol.PAGES.head_width:
            return None
    return ends[at] if pages else None


def _goes_on(before: Sequence[SourceLine], after: Sequence[SourceLine]) -> bool:
    """The rest has no column headings of its own, and its figures stand under the columns before."""
    rows = [pieces(blanked(line.text)) for line in after]
    first = next((n for n, row in enumerate(rows) if any(p.is_amount for p in row)), len(rows))
    if any(_YEAR.search(line.text) for line in after[: first + 1] if not _labelled(line.text)):
        return False
    known = {edge for line in before for edge in _edges(pieces(blanked(line.text)))}
    edges = [edge for row in rows for edge in _edges(row)]
    near = sum(any(abs(edge - other) <= tol.PAGES.reach for other in known) for edge in edges)
    return bool(edges) and near >= tol.PAGES.aligned * len(edges)


def _labelled(text: str) -> bool:
    """A line item: words at the left, an amount at the right."""
    row = pieces(text)
    return len(row) >= 2 and not row[0].is_amount and row[-1].is_amount and not _YEAR.search(text, row[-1].x0)


def _edges(row: Sequence[Piece]) -> list[int]:
    return [p.edge for p in row if p.edge is not None]
