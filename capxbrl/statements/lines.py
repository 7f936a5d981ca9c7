"""Rows -> line items: labels joined, headings turned into paths, the unit and scale of every figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..amounts import Printed, amount
from ..model import Amount, Column, Kind, LineItem, Span, Unit, place
from .figures import read_figures
from .grid import Read, has_data
from .kinds import Scale, scale_of

_LEADERS = re.compile(r"(?:\s*\.){2,}\s*$|[\s_]+$|\s+\.$")
_UNFINISHED = re.compile(r"(?:[,;(&/-]|\b(?:and|or|of|at|in|for|to|the|a|an|by|from|on|with|per|net|less|under|than|as|january|february|march|april|may|june|july|august|september|october|november|december))\s*$", re.I)
_PER_SHARE = re.compile(r"\bper\b[^;,]{0,60}\b(?:share|unit|ads|ada)s?\b|\bper[\s-]share\b|\beps\b|(?:earnings|income|loss)[^a-z]+(?:basic|diluted)\s*$", re.I)
_SHARES = re.compile(
    r"weighted[\s-]+average|average\s+(?:number\s+of\s+)?(?:\w+\s+){0,4}(?:shares|units|stock)|shares\s+(?:used|outstanding|issued|authorized)|number\s+of\s+(?:\w+\s+){0,3}(?:shares|units)"
    r"|(?:common|diluted|basic|equivalent|preferred|treasury)\s+(?:\w+\s+){0,2}shares|(?:shares|units)\s*$|\bshares\s+(?:of|in)\b|,\s*shares\b|units\s+outstanding",
    re.I,
)  # fmt: skip
_MONEY_WORDS = re.compile(r"par value|at cost|stated value|\bissued\b.*\d|\bauthorized\b.*\d|\$|\bvalue\b|repurchase|purchase|proceeds|issuance|dividends|payment|retire|redemption", re.I)
_PURE = re.compile(r"\bpercent(?:age)?\b|%|\bratio\b|\brate\b|\bmargin\s+%", re.I)
_EPS_ROW = re.compile(r"basic|diluted|primary|continuing|discontinued|net\s+(?:income|loss|earnings)|extraordinary|cumulative|assuming|before|operations|income|loss|earnings|total|dilution|accounting", re.I)


def clean_label(text: str) -> str:
    """A label as words: blanks folded, dot leaders and drawn lines at its end taken off."""
    folded = " ".join(text.replace("\xa0", " ").split())
    while True:
        cut = _LEADERS.sub("", folded)
        if cut == folded:
            return folded.strip(" _")
        folded = cut


def _label(row: Read, columns: Sequence[int]) -> tuple[str, list[Span], int]:
    """The label of a row, where it stands, and its indent."""
    first = min(columns)
    parts, spans = [], []
    indent = 0
    for i, cell in enumerate(row.cells):
        if cell.col >= first and not (cell.col == 0):
            break
        if row.printed[i] is not None and cell.col > 0:
            continue
        if not any(ch.isalnum() for ch in cell.text):
            continue
        if not parts:
            indent = cell.indent + 2 * cell.col
        parts.append(cell.text)
        spans.append(Span(block=row.block, row=row.row, cell=i, start=0, end=len(cell.text)))
    return clean_label(" ".join(parts)), spans, indent


def _continues(label: str, following: str, gap: bool) -> bool:
    """A label without figures goes on in the next row: it is not a heading."""
    if not following or label.endswith(":"):
        return False
    if _UNFINISHED.search(label) or label.count("(") > label.count(")"):
        return True
    start = following[0]
    if start.islower() or (start.isdigit() and not gap):
        return True
    return False


class _Path:
    """The headings that are open, outermost first. A heading closes those that are not outside it."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    @staticmethod
    def level(label: str, indent: int) -> int:
        """Capital headings stand outside the others; otherwise the indent decides."""
        letters = [c for c in label if c.isalpha()]
        capital = bool(letters) and all(c.isupper() for c in letters)
        return indent * 2 + (0 if capital else 1)

    def add(self, label: str, indent: int) -> None:
        level = self.level(label, indent)
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, label))

    def at(self, indent: int, ragged: bool) -> tuple[str, ...]:
        """The path of a line; where the page indents, a line less indented than a heading is outside it."""
        if ragged:
            while self._open and self._open[-1][0] // 2 > indent:
                self._open.pop()
        return tuple(label for _, label in self._open)

    def close(self, total: str) -> None:
        """ "Total current assets" ends the section "Current assets:"."""
        words = _stems(total)
        for i in range(len(self._open) - 1, -1, -1):
            if _stems(self._open[i][1]) and _stems(self._open[i][1]) <= words:
                del self._open[i:]
                return


def _stems(text: str) -> set[str]:
    skip = {"total", "the", "and", "of", "net", "from", "by", "used", "provided", "in", "for", "flows", "cash"}
    return {w.rstrip("s") for w in re.findall(r"[a-z]+", text.lower()) if w not in skip}


def read_lines(
    rows: Sequence[Read], columns: Sequence[Column], kind: Kind, scale: Scale
) -> list[LineItem]:
    """The line items of a statement: rows after its column headings, in order."""
    grid = [c.grid for c in columns]
    out: list[LineItem] = []
    path = _Path()
    indents = {_label(r, grid)[2] for r in rows if has_data(r)}
    ragged = len(indents) > 1
    pending: list[tuple[str, list[Span], int, Read]] = []
    section = ""
    section_scale: Scale | None = None
    previous_row = None
    for position, row in enumerate(rows):
        label, spans, indent = _label(row, grid)
        amounts_here = _figures_by_column(row, grid)
        gap = previous_row is not None and row.row - previous_row > 1
        previous_row = row.row
        if not amounts_here:
            if not label:
                continue
            if pending and not (_continues(pending[-1][0], label, gap)):
                _flush(pending, out, path, columns, rows, kind, scale)
            elif not pending and out and not out[-1].is_heading and label[0].islower() and not label.endswith(":") and _next_has_label(rows, position, grid):
                # The label of the line above goes on below its figures.
                out[-1] = _extended(out[-1], label, spans, rows, kind, scale, columns)
                continue
            pending.append((label, spans, indent, row))
            section, section_scale = label, scale_of(label) if "(" in label or "in " in label else section_scale
            continue
        if pending:
            joined = [pending.pop()]
            while label and _continues(joined[0][0], label if len(joined) == 1 else joined[1][0], gap) and pending:
                joined.insert(0, pending.pop())
            if not label or _continues(joined[0][0], joined[1][0] if len(joined) > 1 else label, gap):
                take = joined
            else:
                take, rest = joined[1:], joined[0]
                pending.append(rest)
            _flush(pending, out, path, columns, rows, kind, scale)
            for part in reversed(take):
                label = clean_label(f"{part[0]} {label}")
                spans = [*part[1], *spans]
                indent = part[2]
        trail = path.at(indent, ragged)
        section = trail[-1] if trail else ""
        amounts = _amounts(row, amounts_here, label, trail, kind, scale, section_scale, out)
        figures = read_figures(label_texts(rows, spans), kind, scale, [c.period for c in columns])
        out.append(
            LineItem(
                label=label, path=trail, amounts=amounts, at=row.source.at, spans=tuple(spans), figures=figures,
                indent=indent, rule=row.after_rule,
            )
        )  # fmt: skip
        if re.match(r"total|net cash", label, re.I):
            path.close(label)
        if section_scale is not None and not trail:
            section_scale = None
    _flush(pending, out, path, columns, rows, kind, scale)
    return out


def _next_has_label(rows: Sequence[Read], position: int, grid: Sequence[int]) -> bool:
    """The row after this one has a label of its own, or there is none."""
    if position + 1 >= len(rows):
        return True
    label = _label(rows[position + 1], grid)[0]
    return bool(label) and not label[0].islower()


def label_texts(rows: Sequence[Read], spans: Sequence[Span]) -> list[tuple[Span, Read]]:
    """Each span of a label with the row it stands in."""
    by_place = {(r.block, r.row): r for r in rows}
    return [(s, by_place[s.block, s.row]) for s in spans if s.row is not None]


def _flush(
    pending: list[tuple[str, list[Span], int, Read]], out: list[LineItem], path: _Path, columns: Sequence[Column],
    rows: Sequence[Read], kind: Kind, scale: Scale,
) -> None:  # fmt: skip
    """What is left of the rows without figures are headings, or labels that hold their figures themselves."""
    for label, spans, indent, row in pending:
        figures = read_figures(label_texts(rows, spans), kind, scale, [c.period for c in columns])
        trail = path.at(indent, True)
        if not figures:
            path.add(label, indent)
            trail = path.at(indent, False)[:-1]
        out.append(
            LineItem(
                label=label, path=trail, amounts=(None,) * len(columns), at=row.source.at, spans=tuple(spans), figures=figures,
                indent=indent, rule=row.after_rule,
            )
        )  # fmt: skip
    pending.clear()


def _extended(
    line: LineItem, label: str, spans: Sequence[Span], rows: Sequence[Read], kind: Kind, scale: Scale, columns: Sequence[Column]
) -> LineItem:
    all_spans = (*line.spans, *spans)
    figures = read_figures(label_texts(rows, all_spans), kind, scale, [c.period for c in columns])
    return replace(line, label=clean_label(f"{line.label} {label}"), spans=all_spans, figures=figures)


def _figures_by_column(row: Read, grid: Sequence[int]) -> dict[int, int]:
    """{column number: cell number} of the figures of a row. n/a and percentages are no figures."""
    out: dict[int, int] = {}
    for i, printed in row.figures():
        if printed.kind not in ("number", "dash"):
            continue
        cell = row.cells[i]
        cols = [c for c, g in enumerate(grid) if cell.col <= g < cell.col + cell.span]
        if cols and cols[0] not in out:
            out[cols[0]] = i
    return out


def unit_of(label: str, path: Sequence[str], printed: Sequence[Printed], kind: Kind) -> Unit:
    """What a line counts: by its words, its heading, and the look of its figures."""
    around = path[-1] if path else ""
    fractions = any(p.kind == "number" and p.places >= 2 for p in printed)
    small = all(abs(p.value) < 1000 for p in printed)
    bare = re.sub(r"\([^)]*\)", " ", label)
    words = f"{label} {around}"
    if _SHARES.search(bare) and not _MONEY_WORDS.search(label) and not fractions and not (_PER_SHARE.search(bare) and small and not re.search("used|average|number", bare, re.I)):
        return Unit.SHARES
    if _PER_SHARE.search(label) and not re.search(r"\bshares\s+(?:used|outstanding)|weighted|average", label, re.I):
        if small and (fractions or all(p.kind == "dash" or abs(p.value) < 100 for p in printed)) and not (re.search(r"par value", label, re.I) and not fractions and re.search(r"authorized|issued", label, re.I)):
            return Unit.PER_SHARE
        return Unit.USD
    if re.search(r"weighted|average.*shares|shares used", label, re.I) and not fractions:
        return Unit.SHARES
    if kind is not Kind.BALANCE_SHEET and any(_SHARES.search(p) and not _PER_SHARE.search(p) for p in path[-2:]) and _EPS_ROW.search(label) and not fractions:
        return Unit.SHARES
    if any(_PER_SHARE.search(p) for p in path) and small and _EPS_ROW.search(label) and not re.search(r"weighted|average", words, re.I):
        return Unit.PER_SHARE if fractions or all(p.kind == "dash" or abs(p.value) < 100 for p in printed) else Unit.USD
    if _PURE.search(label) and fractions and small:
        return Unit.PURE
    return Unit.USD


def _amounts(
    row: Read, cells: dict[int, int], label: str, path: Sequence[str], kind: Kind, scale: Scale, section: Scale | None, out: Sequence[LineItem]
) -> tuple[Amount | None, ...]:  # fmt: skip
    printed = [p for c in cells.values() if (p := row.printed[c]) is not None]
    unit = unit_of(label, path, printed, kind)
    if unit is Unit.USD and kind is Kind.INCOME_STATEMENT and _bare_per_share(label, printed, out):
        unit = Unit.PER_SHARE
    stated = scale_of(label) if "(" in label else None
    power = scale.money
    if unit in (Unit.PER_SHARE, Unit.PURE):
        power = 0
    elif unit is Unit.SHARES:
        for said in (stated, section):
            if said is not None:
                power = said.shares if said.shares is not None else said.money
                break
        else:
            power = scale.shares if scale.shares is not None else scale.money
    elif stated is not None and stated.said:
        power = stated.money
    size = max(cells, default=-1) + 1
    found: list[Amount | None] = [None] * size
    for column, number in cells.items():
        figure = row.printed[number]
        assert figure is not None
        cell = row.cells[number]
        span = Span(block=row.block, row=row.row, cell=number, start=figure.start, end=figure.end)
        value = amount(figure, scale=power, unit=unit, at=place(cell, figure.start), span=span)
        if figure.kind == "dash":
            value = replace(value, value=Decimal(0), scale=0)
        found[column] = value
    return tuple(found)


def _bare_per_share(label: str, printed: Sequence[Printed], out: Sequence[LineItem]) -> bool:
    """Figures with cents in a statement of whole numbers, near its end, are per share even if the label is silent."""
    numbers = [p for p in printed if p.kind == "number"]
    if not numbers or not all(p.places in (2, 3, 4) and abs(p.value) < 500 for p in numbers):
        return False
    above = [a for line in out for a in line.amounts if a is not None and a.unit is Unit.USD and a.value]
    whole = sum("." not in a.shown for a in above)
    return len(above) >= 6 and whole >= 0.9 * len(above)


def padded(lines: Sequence[LineItem], count: int) -> tuple[LineItem, ...]:
    """Every line with one amount slot per column."""
    out = []
    for line in lines:
        if len(line.amounts) == count:
            out.append(line)
            continue
        amounts = (*line.amounts, *(None,) * (count - len(line.amounts)))
        out.append(replace(line, amounts=amounts))
    return tuple(out)

