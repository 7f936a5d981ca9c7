"""Lines of a text -> where its tables stand that are laid out with blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ..grammar import MONTHS, SHORT_MONTHS
from ..patterns import compiled
from . import tolerances as tol
from .line_pieces import ends_in_amount, is_rule, pieces
from .page_ends import is_page_number, next_pages
from .source_lines import SourceLine
from .source_marks import blanked, ends_page

_TABLE = compiled(r"<\s*(/?)\s*TABLE\b[^>]*>", re.I)
_DAY = compiled(rf"(?:{MONTHS}|{SHORT_MONTHS})\.?\s+\d{{1,2}}\b", re.I)


def _is_data(text: str) -> bool:
    """The line ends in figures that stand apart from its words."""
    if not ends_in_amount(text):
        return False  # nearly all lines of running text
    row = pieces(text)
    amounts = [p for p in row if p.is_amount]
    if not amounts or not any(c.isdigit() or c in "-–—" for p in amounts for c in text[p.x0 : p.x1]):
        return False
    if len(amounts) == len(row) == 1 and text[amounts[0].x0 : amounts[0].x1].strip("-– ").isdigit():
        return False  # a page number
    return len(amounts) >= 2 or len(row) >= 2


def table_regions(
    lines: Sequence[SourceLine], torn: AbstractSet[int] = frozenset()
) -> tuple[dict[int, int], dict[int, int]]:
    """{first line: line after the last} of every table laid out with blanks; and which of them go on with which on the
    page before. torn: lines that are in no table, for a page end tore them and the next page has them whole."""
    texts = [blanked(line.text) if "<" in line.text else line.text for line in lines]
    tagged, free = _between_tags(lines, texts)
    data = [
        at in free and at not in torn and "\t" not in line.text and not ends_page(line.text) and _is_data(texts[at])
        for at, line in enumerate(lines)
    ]
    regions, lone = _untagged(lines, texts, data, tagged)
    # A single row of figures is a table where a page end parts it from the rest of one; else a table below may begin
    # there.
    pages = next_pages(lines, {**_behind(regions, lone), **lone}, torn)
    wanted = {at for pair in pages.items() for at in pair}
    rests = {at: end for at, end in lone.items() if at in wanted}
    return _with_torn_labels(texts, {**_behind(regions, rests), **rests}, pages)


def _with_torn_labels(
    texts: Sequence[str], regions: dict[int, int], pages: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The regions; where the first row of a next page goes on with a label ("equity"), that label is in the table: it
    stands above the row, or is the last line of the page before."""
    moved: dict[int, int] = {}
    for start, before in pages.items():
        row = next((texts[at] for at in range(start, regions[start]) if not is_rule(texts[at])), "")
        if not row.lstrip()[:1].islower():
            continue
        if start and _is_label(texts[start - 1]):
            moved[start] = start - 1
        elif regions[before] < len(texts) and _is_label(texts[regions[before]]):
            regions = regions | {before: regions[before] + 1}
    return (
        {moved.get(start, start): end for start, end in regions.items()},
        {moved.get(start, start): moved.get(before, before) for start, before in pages.items()},
    )


def _behind(regions: Mapping[int, int], rests: Mapping[int, int]) -> dict[int, int]:
    """The regions; one whose headings would take in one of the rests begins behind it."""
    return {
        max([start, *(after for at, after in rests.items() if start <= at < after <= end)]): end
        for start, end in regions.items()
    }


def _between_tags(lines: Sequence[SourceLine], texts: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """The tables between <TABLE> and </TABLE>, and the numbers of the lines outside."""
    regions: dict[int, int] = {}
    free: set[int] = set()
    at = 0
    while at < len(lines):
        mark = _tag(lines[at])
        if not mark or mark[1]:
            free.add(at)
            at += 1
            continue
        end = at + 1
        while end < len(lines) and not _tag(lines[end]):
            end += 1
        closing = _tag(lines[end]) if end < len(lines) else None
        last = end + 1 if closing and closing[1] else end
        regions |= _tagged(lines, texts, at, last)
        at = last
    return regions, free


def _tag(line: SourceLine) -> re.Match[str] | None:
    return _TABLE.search(line.text) if "<" in line.text else None


def _untagged(
    lines: Sequence[SourceLine], texts: Sequence[str], data: Sequence[bool], tagged: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The tables tagged or found by their rows of figures; and those that have but one such row."""
    regions, lone = dict(tagged), {}
    at, floor = 0, 0
    while at < len(lines):
        if at in regions:
            at = floor = regions[at]
            continue
        if not data[at]:
            at += 1
            continue
        end = _forward(lines, texts, data, at, regions)
        start = _backward(lines, texts, at, floor)
        if sum(data[at:end]) >= 2:
            regions[start] = end
            floor = end
        else:
            lone[start] = end
        at = end
    return regions, lone


def _tagged(lines: Sequence[SourceLine], texts: Sequence[str], first: int, last: int) -> dict[int, int]:
    """The tables between <TABLE> and </TABLE>: parted by page breaks, and where new column headings begin."""
    found: dict[int, int] = {}
    start, figures, ended = first, 0, first
    for at in range(first, last):
        if ends_page(lines[at].text):
            if figures:
                found[start] = _without_number(lines, start, at)
            start, figures = _first_filled(lines, at + 1, last), 0
            continue
        if figures >= tol.REGIONS.parted and _opens_table(texts[at]):
            # Titles above the new headings go with them.
            found[start] = ended
            start, figures = _first_filled(lines, ended, last), 0
        is_data = _is_data(texts[at])
        figures += is_data
        if is_data or is_rule(texts[at]):
            ended = at + 1
    if figures:
        found[start] = _without_number(lines, start, last)
    return found


def _first_filled(lines: Sequence[SourceLine], start: int, last: int) -> int:
    """The first line from `start` on that is not empty."""
    return next((at for at in range(start, last) if lines[at].text.strip()), max(start, last))


def _without_number(lines: Sequence[SourceLine], start: int, at: int) -> int:
    """The end of a page's lines without the number of the page below its figures."""
    last = at
    while last > start and not lines[last - 1].text.strip():
        last -= 1
    return last - 1 if last > start and is_page_number(lines[last - 1].text) else at


def _forward(
    lines: Sequence[SourceLine], texts: Sequence[str], data: Sequence[bool], at: int, regions: dict[int, int]
) -> int:
    """The line after the last of the table whose first row of figures is line `at`."""
    end = probe = at + 1
    between: list[str] = []
    blanks = labels = 0
    left, widest = _figures_from(texts[at]), _figures_in(texts[at])
    while probe < len(lines) and probe not in regions and len(between) <= tol.REGIONS.reach:
        text = texts[probe]
        if _ends_table(lines[probe], text) or _heads_others(text, left, widest, titled=bool(between and blanks)):
            break
        if data[probe]:
            end, between, blanks, labels = probe + 1, [], 0, 0
            left, widest = min(left, _figures_from(text)), max(widest, _figures_in(text))
        elif not text.strip():
            blanks += 1
            if blanks > tol.REGIONS.blanks:
                break
        elif is_rule(text):
            end = probe + 1 if not between else end
        elif _is_narrow(text, left) and labels < tol.REGIONS.labels and blanks <= 1:
            labels += 1  # a label that runs over many lines of a narrow column
        else:
            between.append(text)
            if _is_title_block(between, blanks) or _is_prose(between):
                break
        probe += 1
    return end + _hangs(texts, end, regions)


def _is_narrow(text: str, left: int) -> bool:
    """Words that end before the first figures, where these stand near."""
    return len(text.rstrip()) < left <= tol.REGIONS.narrow


def _ends_table(line: SourceLine, text: str) -> bool:
    """A line that is in no table before it: its tag, the end of a page, cells parted by tabs."""
    return _opens_table(text) or ends_page(line.text) or "\t" in text


def _hangs(texts: Sequence[str], end: int, regions: Mapping[int, int]) -> bool:
    """The line below a table's last row is the rest of its label: a few words, a little further in."""
    if end >= len(texts) or end in regions:
        return False
    row, below = texts[end - 1], texts[end]
    inner = (len(below) - len(below.lstrip())) - (len(row) - len(row.lstrip()))
    return (
        0 < inner <= tol.REGIONS.hanging
        and len(below.split()) <= tol.REGIONS.hanging
        and _is_label(below)
        and below[-1:].isalpha()
    )


def _figures_from(text: str) -> int:
    """Where the first figure of a row of figures begins."""
    return next((p.x0 for p in pieces(text) if p.is_amount), len(text))


def _figures_in(text: str) -> int:
    return sum(p.is_amount for p in pieces(text))


def _heads_others(text: str, left: int, widest: int, *, titled: bool) -> bool:
    """Words over the figures of another table: over more columns than this one has, or below a title of their own.

    left, widest: where the figures of this table begin, and how many stand in a row at most.
    """
    row = pieces(text) if not is_rule(text) else []
    if len(row) < 2 or any(p.is_amount for p in row) or row[0].x0 < max(tol.REGIONS.stub, left - tol.REGIONS.reaching):
        return False
    return len(row) > widest or titled


def _backward(lines: Sequence[SourceLine], texts: Sequence[str], at: int, floor: int) -> int:
    """Where the column headings above the first row of figures begin.

    Headings at the left ("ASSETS", "Current assets") may stand between them and the first figures, with blank lines.
    """
    start = first = at
    if at > floor and _is_bare(texts[at]) and _is_label(texts[at - 1]):
        start = at = at - 1  # a label on the line above its figures
    blank, passed = False, 0
    over = _figures_from(texts[first]) - tol.REGIONS.overhang
    for probe in range(at - 1, max(floor, at - tol.REGIONS.headings) - 1, -1):
        text = texts[probe]
        if ends_page(lines[probe].text) or "\t" in text:
            break
        if not text.strip():
            if blank:
                break
            blank = True
        elif _heads_columns(text, blank or passed > 0, over if passed else None):
            start, blank = probe, False
        elif len(text.strip()) > tol.REGIONS.heading or (blank and passed >= tol.REGIONS.passed):
            break
        else:
            passed, blank = passed + blank, False
    return start


def _is_bare(text: str) -> bool:
    """Figures without a label."""
    return all(p.is_amount for p in pieces(text))


def _is_label(text: str) -> bool:
    """One text, without figures."""
    row = pieces(text)
    return len(row) == 1 and not row[0].is_amount and any(c.isalpha() for c in text) and not _opens_table(text)


def _heads_columns(text: str, apart: bool, over: int | None) -> bool:
    """The line may head columns. apart: a blank line parts it from what is below; over: where it must begin at
    least."""
    if over is not None:
        return len(text) - len(text.lstrip()) >= over or _opens_table(text)
    row = pieces(text)
    indent = len(text) - len(text.lstrip())
    return (
        len(row) >= 2
        or is_rule(text)
        or any(p.is_amount for p in row)
        or (indent >= tol.REGIONS.over_columns and not apart)
    )


def _opens_table(text: str) -> bool:
    """A row of years or of dates: the column headings of another table."""
    row = pieces(text)
    if len(row) < 2:
        return False
    words = [text[p.x0 : p.x1].strip(" *,") for p in row]
    years = [w for w, p in zip(words, row, strict=True) if p.is_amount]
    if len(years) >= 2 and all(len(w) == 4 and w.isdigit() and w[:2] in ("19", "20") for w in years):
        return True
    return sum(bool(_DAY.match(w)) for w in words) >= 2


def _is_title_block(between: Sequence[str], blanks: int) -> bool:
    """Two centred lines one after the other: another statement begins."""
    if len(between) < 2 or not blanks:
        return False
    return all(len(t) - len(t.lstrip()) >= tol.REGIONS.centred and len(pieces(t)) == 1 for t in between[-2:])


def _is_prose(between: Sequence[str]) -> bool:
    """Three full lines of text that begin at the left."""
    return len(between) >= 3 and all(len(t.strip()) > tol.REGIONS.full and len(pieces(t)) == 1 for t in between[-3:])
