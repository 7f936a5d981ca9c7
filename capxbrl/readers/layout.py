"""Tables whose columns are made by blanks: EDGAR ASCII, `pdftotext -layout`, the words of a PDF page.

A line is cut into pieces with their extent in characters.  Amounts are taken from the right end of the line; their
right edges, clustered over all lines, are the columns.  The <S>/<C> ruler of EDGAR is not used: it is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..findings import Position
from ..model import Cell, Row, Table

_WORD = re.compile(r"\S+")
#: A word that can be (part of) an amount.  No nested quantifiers.
_NUMERIC = re.compile(r"[$(\[{<€£¥-]*(?:\d[\d,]*(?:\.\d*)?|\.\d+)[)\]}>%*-]*")
_DASHES = re.compile(r"\(?[$]?[-‐‑‒–—―−]{1,4}\)?%?")
_MARK = re.compile(r"US\$|\$|\(\$?|\$\(|€|£|¥")
_TAIL = re.compile(r"[)%]+")
_NONE = re.compile(r"n/?a|nmf?|n\.[am]\.|\(\*\)|\*", re.I)
_NOTE = re.compile(r"\([a-zA-Z0-9]\)|\*+|\[[a-zA-Z0-9]\]")
_REFERENCE = re.compile(r"(?:[Nn]otes? ?)?[A-Z0-9]{1,2}(?: ?[,&] ?(?:and )?[A-Z0-9]{1,2}){0,3}")
_DRAWN = re.compile(r"[-=_─═‗~\s]+")
#: No row of a table is longer, or has more figures.
_LONGEST, _MOST = 1500, 40
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RULE = re.compile(r"[-=_─═‗~]{3,}")
#: Amounts further than this to the right of their "$" do not belong to it.
_MARK_GAP = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the source: its text, its number, and the column of its first character (both from 1)."""

    text: str
    number: int
    column: int = 1


@dataclass(slots=True, kw_only=True)
class Piece:
    """Text between columns x0 and x1 of a line; edge: the right edge of its digits, for an amount."""

    x0: int
    x1: int
    edge: int | None = None

    @property
    def is_amount(self) -> bool:
        return self.edge is not None


def is_rule(text: str) -> bool:
    """The line holds only drawn rules: dashes, equals signs, underscores."""
    if not _DRAWN.fullmatch(text):
        return False
    words = text.split()
    # "- ------" is a rule whose first dash was escaped for e-mail (RFC 934).
    return any(_RULE.fullmatch(w) for w in words) and all(_RULE.fullmatch(w) or w in ("-", "=") for w in words)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def pieces(text: str) -> list[Piece]:
    """Cut a line: the amounts at its right end, and the texts before them, parted by two blanks or leaders."""
    if len(text) > _LONGEST:
        return [Piece(x0=len(text) - len(text.lstrip()), x1=len(text.rstrip()))] if text.strip() else []
    return [Piece(x0=x0, x1=x1, edge=edge) for x0, x1, edge in _cut(text)]


@lru_cache(maxsize=1024)
def _cut(text: str) -> tuple[tuple[int, int, int | None], ...]:
    """The pieces as values; each line is asked for several times."""
    words = words_of(text)
    if is_rule(text):
        return tuple((a, b, None) for a, b, _ in words)
    amounts: list[Piece] = []
    at = len(words) - 1
    while at >= 0:
        taken = _amount_at(words, at, text)
        if taken is None:
            break
        first, piece = taken
        gap = piece.x0 - words[first - 1][1] if first else 99
        before = words[first - 1][2] if first else ""
        parted = gap >= 2 or before.endswith("..") or before in (".", ":") or not first
        # Numbers with one blank between them are columns only where the left one is an amount too.
        if not parted and not (amount_like(before) and not before.endswith(",")):
            break
        amounts.append(piece)
        at = first - 1
    label_end = at + 1
    texts: list[Piece] = []
    for a, b, _ in words[:label_end]:
        if texts and (a - texts[-1].x1 < 2 or not text[a:b].strip(".")):
            texts[-1].x1 = b
        else:
            texts.append(Piece(x0=a, x1=b))
    if len(amounts) > _MOST:
        return ((words[0][0], words[-1][1], None),)
    return tuple((p.x0, p.x1, p.edge) for p in (*texts, *reversed(amounts)))


def words_of(text: str) -> list[tuple[int, int, str]]:
    """(start, end, word) of each word; dot leaders that run into a figure are a word of their own."""
    out: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        dots = word.rfind("..")
        if dots >= 0 and amount_like(word[dots + 2 :]) and dots + 2 < len(word):
            out.append((start, start + dots + 2, word[: dots + 2]))
            start, word = start + dots + 2, word[dots + 2 :]
        out.append((start, end, word))
    return out


def amount_like(word: str) -> bool:
    """The word can be an amount, or a part of one."""
    return bool(_NUMERIC.fullmatch(word) or _DASHES.fullmatch(word) or _NONE.fullmatch(word) or _TAIL.fullmatch(word))


def _amount_at(words: list[tuple[int, int, str]], last: int, text: str) -> tuple[int, Piece] | None:
    """The amount whose last word is words[last]: (index of its first word, piece), or None."""
    at = last
    end = words[at][1]
    if (
        _NOTE.fullmatch(words[at][2])
        and at
        and not words[at][2].strip("()").isdigit()
        and words[at][0] - words[at - 1][1] <= 2
    ):
        at -= 1
    if _TAIL.fullmatch(words[at][2]) and at and words[at][0] - words[at - 1][1] <= 2:
        at -= 1
    a, b, word = words[at]
    if _NUMERIC.fullmatch(word):
        edge = a + len(word.rstrip(")]}>%*-"))
    elif _DASHES.fullmatch(word) or _NONE.fullmatch(word):
        edge = b
    else:
        return None
    start, first = a, at
    while first:
        c, d, before = words[first - 1]
        if _MARK.fullmatch(before) and start - d <= _MARK_GAP:
            start, first = c, first - 1
        else:
            break
    return first, Piece(x0=start, x1=end, edge=edge)


@dataclass(slots=True, kw_only=True)
class _Cluster:
    x0: int
    x1: int
    edges: dict[int, int]
    rows: set[int]


def _columns(rows: Sequence[Sequence[Piece]], skip: set[int]) -> list[_Cluster]:
    """Cluster the right edges of the amounts of all rows: one cluster is one column of figures."""
    found: dict[int, _Cluster] = {}
    for number, row in enumerate(rows):
        if number in skip:
            continue
        for piece in row:
            if piece.edge is None:
                continue
            cluster = found.setdefault(piece.edge, _Cluster(x0=piece.x0, x1=piece.x1, edges={}, rows=set()))
            cluster.x0, cluster.x1 = min(cluster.x0, piece.x0), max(cluster.x1, piece.x1)
            cluster.edges[piece.edge] = cluster.edges.get(piece.edge, 0) + 1
            cluster.rows.add(number)
    clusters = [found[edge] for edge in sorted(found)]
    # Nearest edges first: two edges are one column unless some row has an amount at both.
    for reach in (1, 2, 3, 4, 6):
        merged: list[_Cluster] = []
        for cluster in clusters:
            last = merged[-1] if merged else None
            if last and min(cluster.edges) - max(last.edges) <= reach and not (last.rows & cluster.rows):
                _absorb(last, cluster)
            else:
                merged.append(cluster)
        clusters = merged
    # A stray: amounts that lie under another column's extent and never beside it.
    changed = True
    while changed:
        changed = False
        for i in range(len(clusters) - 1):
            a, b = clusters[i], clusters[i + 1]
            small = min(len(a.rows), len(b.rows))
            if not (a.rows & b.rows) and b.x0 < a.x1 and (small <= 3 or max(a.edges) > b.x0):
                _absorb(a, b)
                del clusters[i + 1]
                changed = True
                break
    return clusters


def _absorb(into: _Cluster, other: _Cluster) -> None:
    into.x0, into.x1 = min(into.x0, other.x0), max(into.x1, other.x1)
    for edge, count in other.edges.items():
        into.edges[edge] = into.edges.get(edge, 0) + count
    into.rows |= other.rows


def _edge_distance(cluster: _Cluster, edge: int) -> int:
    return min(abs(edge - e) for e in cluster.edges)


def _column_of(edge: int, columns: Sequence[_Cluster]) -> int:
    """The number of the column whose edges are nearest."""
    known = next((c for c, column in enumerate(columns) if edge in column.edges), None)
    return min(range(len(columns)), key=lambda c: _edge_distance(columns[c], edge)) if known is None else known


def _is_heading_row(row: Sequence[Piece], text: str) -> bool:
    """A row of bare years, or of day numbers: its figures do not make columns."""
    amounts = [p for p in row if p.is_amount]
    return bool(amounts) and all(_is_year(text[p.x0 : p.x1].strip(" *()")) for p in amounts)


def read_table(lines: Sequence[Line], source: str, number: int) -> Table | None:
    """The table that these lines make, or None when no column of figures runs through them.

    Every character of the lines that is not a blank is in some cell.  Column 0 is the label.
    """
    rows = [pieces(line.text) for line in lines]
    headings = {i for i, row in enumerate(rows) if _is_heading_row(row, lines[i].text)}
    columns = _columns(rows, headings) or _columns(rows, set())
    columns = _without_strays(rows, columns, headings)
    if not columns:
        return None
    columns = _with_empty(rows, lines, columns)
    starts = sorted(
        row[0].x0
        for i, row in enumerate(rows)
        if i not in headings and row and row[0].edge is None and row[-1].is_amount
    )
    inner = starts[len(starts) * 9 // 10] if starts else 0
    notes = _note_column(rows, lines, columns)
    shift = 1 if notes is None else 2
    left = min((p.x0 for row in rows for p in row if not p.is_amount), default=0)
    out: list[Row] = []
    for i, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if not row:
            continue
        rule = is_rule(line.text)
        under = rows[i + 1] if not rule and i + 1 < len(rows) and is_rule(lines[i + 1].text) else []
        data = any(p.is_amount for p in row) and i not in headings and not rule
        if data:
            row = _split_label(row, line.text, columns)
        taken: list[tuple[Piece, int, int]] = []
        for piece, column, span in _places(row, columns, under, i in headings or rule, data, inner):
            if notes is not None and column < 0 and notes[0] < piece.x1 and piece.x0 < notes[1] and piece is not row[0]:
                taken.append((piece, 1, 1))
            else:
                taken.append((piece, column + shift if column >= 0 else 0, span))
        cells: list[Cell] = []
        at = Position(source=source, line=line.number, column=line.column + row[0].x0, table=number, row=len(out) + 1)
        for group in _by_column(taken):
            piece, col, span = group
            cells.append(
                Cell(
                    text=line.text[piece.x0 : piece.x1],
                    at=Position(
                        source=source, line=line.number, column=line.column + piece.x0, table=number,
                        row=len(out) + 1, cell=len(cells) + 1,
                    ),
                    col=col,
                    span=span,
                    indent=piece.x0 - left if col == 0 else 0,
                )
            )  # fmt: skip
        out.append(Row(cells=tuple(cells), at=at, rule=rule))
    first = lines[0]
    return Table(
        rows=tuple(out),
        width=len(columns) + shift,
        at=Position(source=source, line=first.number, column=first.column, table=number),
    )


def _by_column(taken: list[tuple[Piece, int, int]]) -> list[tuple[Piece, int, int]]:
    """Join pieces that came to lie in the same column (a label in two parts); keep left-to-right order."""
    out: list[tuple[Piece, int, int]] = []
    for piece, col, span in taken:
        if out and out[-1][1] + out[-1][2] > col:
            before = out[-1]
            joined = Piece(x0=before[0].x0, x1=max(before[0].x1, piece.x1), edge=piece.edge or before[0].edge)
            out[-1] = (joined, before[1], max(before[2], col + span - before[1]))
        else:
            out.append((piece, col, span))
    return out


def _split_label(row: list[Piece], text: str, columns: list[_Cluster]) -> list[Piece]:
    """A label that runs up to its first figure with one blank: cut the figure off where a column stands."""
    labels = [p for p in row if not p.is_amount]
    if not labels:
        return row
    last = labels[-1]
    words = [(m.start() + last.x0, m.end() + last.x0, m.group()) for m in _WORD.finditer(text[last.x0 : last.x1])]
    if len(words) < 2:
        return row
    a, b, word = words[-1]
    if not _NUMERIC.fullmatch(word) or "," not in word:
        return row
    taken = {_column_of(p.edge, columns) for p in row if p.edge is not None}
    edge = a + len(word.rstrip(")]}>%*-"))
    for c, column in enumerate(columns):
        if c not in taken and _edge_distance(column, edge) <= 1:
            cut = Piece(x0=last.x0, x1=words[-2][1])
            return (
                [p for p in row if p is not last and not p.is_amount]
                + [cut, Piece(x0=a, x1=b, edge=edge)]
                + [p for p in row if p.is_amount]
            )
    return row


def _without_strays(rows: Sequence[list[Piece]], columns: list[_Cluster], skip: set[int]) -> list[_Cluster]:
    """Leave out columns that only figures inside labels make ("(shares: 1996 - 2,179,066)"): few rows, left of all others,
    where those rows have their figures in the real columns too or where labels stand.  Such figures become text again."""
    most = max((len(c.rows) for c in columns), default=0)
    strays = []
    for i, c in enumerate(columns[:-1]):
        real = set().union(*(other.rows for other in columns[i + 1 :]))
        under = sum(any(p.edge is None and p.x0 < c.x1 and c.x0 < p.x1 for p in rows[n]) for n in real - c.rows)
        few = len(c.rows) * 4 < most and len(c.rows) <= 2 and (c.rows <= real or all(len(rows[n]) == 1 for n in c.rows))
        if not few and under <= max(2, len(c.rows)):
            break
        strays.append(c)
    edges = {(n, edge) for c in strays for edge in c.edges for n in c.rows}
    for n, row in enumerate(rows):
        if n in skip:
            continue
        for piece in row:
            if (n, piece.edge) in edges:
                piece.edge = None
    return [c for c in columns if not any(c is stray for stray in strays)]


def _with_empty(rows: Sequence[Sequence[Piece]], lines: Sequence[Line], columns: list[_Cluster]) -> list[_Cluster]:
    """Add the columns that have headings but no figures: of a row with more dates than columns, those over no column."""
    first = min((min(c.rows) for c in columns if c.rows), default=len(rows))
    for row, line in zip(rows[:first], lines[:first], strict=True):
        dated = [p for p in row if _HAS_YEAR.search(line.text, p.x0, p.x1)]
        if len(dated) <= len(columns):
            continue
        for p in dated:
            if not any((p.x0 < c.x1 and c.x0 < p.x1) or abs(p.x1 - max(c.edges)) <= 2 for c in columns):
                columns = [*columns, _Cluster(x0=p.x0, x1=p.x1, edges={p.x1: 0}, rows=set())]
    return sorted(columns, key=lambda c: max(c.edges))


def _note_column(rows: Sequence[Sequence[Piece]], lines: Sequence[Line], columns: Sequence[_Cluster]) -> tuple[int, int] | None:  # fmt: skip
    """The extent of a column of references to notes ("C & R") between the labels and the first figures, if there is one."""
    found = [
        (p.x0, p.x1)
        for row, line in zip(rows, lines, strict=True)
        for q, p in pairwise(row)
        if q is row[0] and not p.is_amount and _REFERENCE.fullmatch(line.text[p.x0 : p.x1]) and p.x1 <= columns[0].x1
    ]
    if len(found) < 3:
        return None
    return min(a for a, _ in found), max(b for _, b in found)


def _places(
    row: Sequence[Piece], columns: Sequence[_Cluster], under: Sequence[Piece], heading: bool, data: bool, inner: int
) -> list[tuple[Piece, int, int]]:
    """Each piece with its column of figures (-1: the label) and how many it spans. inner: where most labels have begun."""
    out: list[tuple[Piece, int, int]] = []
    taken: set[int] = set()
    loose: list[Piece] = []
    for piece in row:
        if piece.edge is not None and not heading:
            best = _column_of(piece.edge, columns)
            out.append((piece, best, 1))
            taken.add(best)
            continue
        x0, x1 = piece.x0, piece.x1
        for rule in under:
            # A rule drawn below one heading spans the columns that the heading stands for.
            alone = sum(p.x0 < rule.x1 and rule.x0 < p.x1 for p in row) == 1
            if alone and rule.x0 < x1 and x0 < rule.x1 and rule.x1 - rule.x0 >= x1 - x0 - 2:
                x0, x1 = rule.x0, rule.x1
        over = [c for c, column in enumerate(columns) if x0 < column.x1 and column.x0 < x1]
        left = piece is row[0] and piece.edge is None and piece.x0 <= inner and piece.x0 < columns[0].x0
        if left or (piece.edge is None and x1 <= columns[0].x0 - 6) or x0 < columns[0].x0 - 25 or (data and not over):
            out.append((piece, -1, 1))
        elif over:
            out.append((piece, over[0], over[-1] - over[0] + 1))
            taken.update(over)
        else:
            loose.append(piece)
    # What stands over no column belongs to the nearest one, unless something else stands there.
    for piece in loose:
        gaps = [(max(c.x0 - piece.x1, piece.x0 - c.x1), n) for n, c in enumerate(columns) if n not in taken]
        gap, nearest = min(gaps, default=(99, 0))
        out.append((piece, nearest, 1) if gap <= 8 else (piece, -1, 1))
    return sorted(out, key=lambda placed: placed[0].x0)
