"""Rows -> entries: the label of each line put together from the rows that it runs over, and the row of its figures.

Whether a row goes on with the label above is decided by witnesses: words that are unfinished or that no label begins
with (`words/labels.csv`), and for a row that stands alone below a line: indent, whether its first word would have
fitted above, and whether the two together are a line that statements have (`words/roles.csv`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from .. import words
from ..amounts import PrintedKind
from ..evidence import AnnotatedRow
from ..model import Kind, LineRole, Span
from ..records import dataclass, replace
from . import tolerances as tol
from .roles import role_of_words
from .rows import clean_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One or more rows with one label; `row` is the row with the figures, `cells` the figures: {column: (row, cell
    number)}.

    extent: where the last piece of the label ends, in characters from the left.
    """

    label: str
    spans: tuple[Span, ...]
    indent: int
    row: AnnotatedRow
    cells: dict[int, tuple[AnnotatedRow, int]]
    extent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the labels of a statement are compared with. width: how far the longest label beside figures reaches;
    indents: those of its lines of figures."""

    kind: Kind
    width: int
    indents: frozenset[int] = frozenset()


def read_entries(rows: Sequence[AnnotatedRow], grid: Sequence[int], kind: Kind) -> list[Entry]:
    """Rows with their labels; a label that runs over several rows is put together. grid: the columns of figures."""
    pairs = zip_longest(rows, rows[1:])
    read = [e for row, below in pairs if (e := _entry(row, below, grid)).label or e.cells]
    single = _under_figures(_with_torn(read, len(grid)))
    page = _page(single, kind)
    out: list[Entry] = []
    for entry, following in zip_longest(single, single[1:]):
        last = out[-1] if out else None
        if last is not None and not last.cells and _goes_on(last, entry, following, page):
            out[-1] = replace(entry, label=_joined(last, entry), spans=(*last.spans, *entry.spans), indent=last.indent)
        elif last is not None and last.cells and not entry.cells and _belongs_above(last, entry, following):
            label, spans = _joined(last, entry), (*last.spans, *entry.spans)
            out[-1] = replace(last, label=label, spans=spans)
        else:
            out.append(entry)
    return out


def _page(single: Sequence[Entry], kind: Kind) -> _Page:
    beside = [e for e in single if e.cells]
    return _Page(
        kind=kind,
        width=max((e.extent for e in beside), default=0),
        indents=frozenset(e.indent for e in beside if e.label),
    )


def _joined(above: Entry, below: Entry) -> str:
    return clean_label(f"{above.label} {below.label}")


def _opened_in(row: AnnotatedRow, below: AnnotatedRow | None) -> int | None:
    """The cell of a figure that belongs to the label: the only one of its row, in a parenthesis that closes in the
    label below: "outstanding at June 26 (127,949,220 | shares at September 26)"."""
    if below is None or below.label.count(")") <= below.label.count("("):
        return None
    figures = [i for i, c in enumerate(row.cells) if c.col > 0 and any(map(str.isdigit, c.text))]
    return figures[0] if len(figures) == 1 and "(" in row.cells[figures[0]].text and ")" not in row.text else None


def _entry(row: AnnotatedRow, below: AnnotatedRow | None, grid: Sequence[int]) -> Entry:
    """A row with its label and where it stands; references to notes in cells of their own are no part of it."""
    opened = _opened_in(row, below)
    parts: list[str] = []
    spans: list[Span] = []
    indent = extent = 0
    label, first = "", min(grid)
    for i, cell in enumerate(row.cells):
        if cell.col and cell.col >= first and i != opened:
            break
        if row.printed[i] is not None and cell.col > 0 and i != opened:
            continue
        note = bool(parts) and i != opened and _says("note", " ".join(cell.text.split()))
        if note or not any(map(str.isalnum, cell.text)):
            continue
        if not parts:
            indent = cell.indent + 2 * cell.col
        parts.append(cell.text)
        spans.append(Span(block=row.block, row=row.row, cell=i, start=0, end=len(cell.text)))
        label = clean_label(cell.text)
        extent = cell.indent + len(label)
    return Entry(
        label=label if len(parts) < 2 else clean_label(" ".join(parts)),
        spans=tuple(spans),
        indent=indent,
        row=row,
        cells=_figures_by_column(row, grid) if opened is None else {},
        extent=extent,
    )


def _figures_by_column(row: AnnotatedRow, grid: Sequence[int]) -> dict[int, tuple[AnnotatedRow, int]]:
    """{column number: (row, cell number)} of the figures of a row. n/a and percentages are no figures."""
    out: dict[int, tuple[AnnotatedRow, int]] = {}
    for i, printed in row.figures:
        if printed.kind not in (PrintedKind.NUMBER, PrintedKind.DASH):
            continue
        cell = row.cells[i]
        cols = [c for c, g in enumerate(grid) if cell.col <= g < cell.col + cell.span]
        if cols and cols[0] not in out:
            out[cols[0]] = row, i
    return out


# --- a line whose figures stand in two rows ---------------------------------------------------------------------------


def _with_torn(single: Sequence[Entry], columns: int) -> list[Entry]:
    """Lines that lack some figures, with those that stand alone in the next row, or the one before, in just these
    columns: one slipped by a line. What stands under a rule is a total."""
    out: list[Entry] = []
    for entry in single:
        last = out[-1] if out else None
        if last is not None and last.label and _fills(last, entry, columns):
            out[-1] = replace(last, cells=last.cells | entry.cells)
        elif last is not None and entry.label and _fills(entry, last, columns):
            out[-1] = replace(entry, cells=entry.cells | last.cells)
        else:
            out.append(entry)
    return out


def _fills(line: Entry, bare: Entry, columns: int) -> bool:
    """The bare figures stand beside the line, in the columns that it lacks."""
    near = abs(line.row.row - bare.row.row) == 1 and line.row.block == bare.row.block
    alone = not bare.label and not bare.row.after_rule and not line.row.after_rule
    cells = {*line.cells, *bare.cells}
    whole = line.cells and bare.cells and len(cells) == columns == len(line.cells) + len(bare.cells)
    return near and alone and bool(whole)


# --- figures one row above their labels -------------------------------------------------------------------------------


def _under_figures(single: Sequence[Entry]) -> list[Entry]:
    """Where the page prints figures a row above their labels, each label with its figures; else as it is.

    It does where most figures have no label beside them, and more of them have one below than above, or the first has:
    elsewhere bare figures are totals, or stand below their labels.
    """
    bare = [n for n, e in enumerate(single) if e.cells and not e.label]
    labelled = sum(bool(e.cells and e.label) for e in single)
    below = {n for n in bare if _words_beside(single, n, n + 1)}
    if len(bare) < tol.BLOCKS.bare or labelled >= len(bare) or not _rather_below(single, bare, len(below)):
        below = {n for n in below if _is_line_below(single, n)}
    out: list[Entry] = []
    for n, entry in enumerate(single):
        if n in below:
            out.append(replace(single[n + 1], row=entry.row, cells=entry.cells))
        elif n - 1 not in below:
            out.append(entry)
    return out


def _rather_below(single: Sequence[Entry], bare: Sequence[int], below: int) -> bool:
    """More bare figures have words below than above; or as many, and the first has none above."""
    above = [n for n in bare if _words_beside(single, n, n - 1)]
    return below > len(above) or (below == len(above) and bare[:1] != above[:1])


def _is_line_below(single: Sequence[Entry], n: int) -> bool:
    """The words below bare figures are the label of a line, no heading: the line after them stands no further in, where
    lines stand further in than their headings; and the line above the figures has its own."""
    if n == 0 or n + 2 >= len(single):
        return False
    above, label, after = single[n - 1], single[n + 1], single[n + 2]
    lines = all(e.cells and e.label for e in (above, after)) and after.indent <= label.indent
    stepped = any(e.indent < label.indent for e in single if e.label and not e.cells)
    return lines and stepped and _in_capitals(label.label) == _in_capitals(after.label)


def _words_beside(single: Sequence[Entry], n: int, other: int) -> bool:
    """In the row next to the n-th stand words alone, and no heading with a colon."""
    if not 0 <= other < len(single):
        return False
    near = abs(single[other].row.row - single[n].row.row) == 1
    return near and not single[other].cells and not single[other].label.endswith(":")


# --- does a label go on in the next row? ------------------------------------------------------------------------------


def _says(name: str, text: str) -> bool:
    return words.pattern("labels", name).search(text) is not None


def _goes_on(last: Entry, entry: Entry, following: Entry | None, page: _Page) -> bool:
    """A label without figures goes on in the row of `entry`: it is no heading. following: the entry after it."""
    if not entry.label:
        return bool(entry.cells) and not last.label.endswith(":")
    if last.label.endswith(":") and not _opened(last.label):  # "Preferred stock, authorized:" goes on with its number
        return not entry.label[0].isalpha() and _stands_alone(last, entry, following) and _is_sentence(last, entry)
    if _unfinished(last.label) or _is_rest(last, entry):
        return True
    if entry.cells and _says("unfinished beside figures", last.label):
        return True
    return _stands_alone(last, entry, following) and _is_lone_rest(last, entry, page)


def _unfinished(label: str) -> bool:
    return _says("unfinished", label) or _opened(label)


def _opened(label: str) -> bool:
    """A parenthesis in it is not closed."""
    return label.count("(") > label.count(")")


def _is_rest(last: Entry, entry: Entry) -> bool:
    """No label begins as this one does: in small letters, with "Of", in parentheses."""
    first, second = entry.label[0], entry.label[1:2]
    if first == "(":
        if entry.label.find(")") == len(entry.label) - 1:  # without figures it is a remark: "(unaudited)"
            return bool(entry.cells)
        return second.isdigit() or second == "$" or second.islower()
    if first.isdigit():
        return entry.row.row - last.row.row <= 1
    return first.islower() or _says("rest", entry.label)


def _stands_alone(last: Entry, entry: Entry, following: Entry | None) -> bool:
    """The only row below the line above: headings have several. Directly below it, with figures, and the next row is no
    further in than the line above."""
    near = entry.row.row - last.row.row <= 1 and bool(entry.cells)
    lower = entry.indent > last.indent and (following is None or following.indent <= last.indent)
    return near and lower and not entry.label.lower().startswith("total")


def _is_full(last: Entry, entry: Entry, page: _Page) -> bool:
    """The next word would not have fitted in the line above."""
    return len(last.label.split()) >= 3 and last.extent + 1 + len(entry.label.split()[0]) > page.width


def _is_heading(last: Entry, entry: Entry) -> bool:
    """A heading that may have but one line, or a line that stands alone below one; or one is in capitals only."""
    other = _in_capitals(last.label) != _in_capitals(entry.label)
    return other or _says("alone over a line", last.label) or _says("line of its own", entry.label)


def _is_lone_rest(last: Entry, entry: Entry, page: _Page) -> bool:
    """Words that only go on; or a long sentence; or a full line; or the two together are a known line; or a line among
    others that is no heading of one line."""
    if _says("rest of a lone row", entry.label):
        return True
    if _in_capitals(last.label) != _in_capitals(entry.label):
        return False
    if _is_full(last, entry, page) or _is_sentence(last, entry) or _known_together(last, entry, page.kind):
        return True
    return last.indent in page.indents and not _is_heading(last, entry)


def _is_sentence(last: Entry, entry: Entry) -> bool:
    """The line above is long and has words in small letters: headings have few."""
    above = last.label.split()
    return len(above) >= 5 and sum(w[0].islower() for w in above) >= 2 and len(entry.label.split()) >= 2


def _in_capitals(label: str) -> bool:
    return label.upper() == label


def _known_together(last: Entry, entry: Entry, kind: Kind) -> bool:
    """The two labels together are a line that statements have, and neither of them is one."""
    together = role_of_words(_joined(last, entry), kind)
    alone = (role_of_words(label, kind) for label in (last.label, entry.label))
    return together is not LineRole.NONE and not any(alone)


def _belongs_above(last: Entry, entry: Entry, following: Entry | None) -> bool:
    """Words below a line with figures are the rest of its label: they begin in small letters, or the label is broken
    off; and the next line has a label of its own."""
    label = entry.label
    if not label or label.endswith(":"):
        return False
    if not (label[0].islower() or _says("broken off", last.label) or last.label.count("(") > last.label.count(")")):
        return False
    return following is None or (bool(following.label) and not following.label[0].islower())
