"""Rows -> line items: labels joined, headings turned into paths, the unit and scale of every figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..amounts import PrintedKind, amount
from ..decisions.captions import scale_of
from ..decisions.shares import scale_share_lines, scale_shares_in_labels
from ..evidence import AnnotatedRow, DecidedTable, Scale
from ..model import Amount, Column, Kind, LineItem, Span, Statement, Unit, place
from ..records import replace
from .figures import read_figures
from .labels import Entry, read_entries
from .roles import give_roles
from .rows import clean_label
from .units import bare_per_share, unit_of


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


def read_statement(decided: DecidedTable) -> Statement:
    """The statement of a table of which everything is decided."""
    table, kind = decided.headed.table, decided.headed.kind
    lines = read_lines(table.rows, decided.columns, kind, decided.scale)
    lines = scale_shares_in_labels(lines, kind, decided.scale)
    lines = give_roles(scale_share_lines(lines, kind), kind, decided.columns)
    title = clean_label(table.name).strip(" |") or kind.value.replace("_", " ").title()
    return Statement(
        kind=kind,
        title=title,
        currency=decided.currency,
        scale=decided.scale.money,
        columns=decided.columns,
        lines=lines,
        at=decided.at,
        blocks=table.blocks,
        face=decided.face,
        heading=table.above_blocks,
    )


def read_lines(
    rows: Sequence[AnnotatedRow], columns: Sequence[Column], kind: Kind, scale: Scale
) -> tuple[LineItem, ...]:
    """The line items of a statement: rows after its column headings, in order."""
    grid = [c.grid for c in columns]
    periods = [c.period for c in columns]
    by_place = {(r.block, r.row): r for r in rows}
    entries = read_entries(rows, grid, kind)
    ragged = len({e.indent for e in entries if e.cells}) > 1
    out: list[LineItem] = []
    path = _Path()
    section_scale: Scale | None = None
    for entry in entries:
        figures = read_figures(_texts(by_place, entry.spans), kind, scale, periods)
        amounts: tuple[Amount | None, ...] = (None,) * len(columns)
        if entry.cells:
            trail = path.at(entry.indent, ragged)
            amounts = _amounts(entry, trail, kind, scale, section_scale, out, len(columns))
        elif figures:
            trail = path.at(entry.indent, ragged)
        else:
            path.add(entry.label, entry.indent)
            trail = path.at(entry.indent, False)[:-1]
            section_scale = scale_of(entry.label)
        out.append(
            LineItem(
                label=entry.label,
                path=trail,
                amounts=amounts,
                at=entry.row.source.at,
                spans=entry.spans,
                figures=figures,
                indent=entry.indent,
                rule=entry.row.after_rule,
            )
        )
        if entry.cells and re.match(r"total|net cash", entry.label, re.I):
            path.close(entry.label)
    return tuple(out)


def _texts(by_place: Mapping[tuple[int, int], AnnotatedRow], spans: Sequence[Span]) -> list[tuple[Span, AnnotatedRow]]:
    """Each span of a label with the row it stands in."""
    return [(s, by_place[s.block, s.row]) for s in spans if s.row is not None]


def _amounts(
    entry: Entry,
    path: Sequence[str],
    kind: Kind,
    scale: Scale,
    section: Scale | None,
    above: Sequence[LineItem],
    count: int,
) -> tuple[Amount | None, ...]:
    """The figures of a line, one slot a column, with their unit and scale."""
    label = entry.label
    printed = [p for row, c in entry.cells.values() if (p := row.printed[c]) is not None]
    unit = unit_of(label, path, printed, kind)
    if unit is Unit.USD and kind is Kind.INCOME_STATEMENT and bare_per_share(printed, above):
        unit = Unit.PER_SHARE
    stated = scale_of(label) if "(" in label else None
    power = scale.money
    if unit in (Unit.PER_SHARE, Unit.PURE):
        power = 0
    elif unit is Unit.SHARES:
        said = stated or section or scale
        power = said.shares if said.shares is not None else said.money
    elif stated is not None and stated.said:
        power = stated.money
    found: list[Amount | None] = [None] * count
    for column, (row, number) in entry.cells.items():
        figure = row.printed[number]
        assert figure is not None
        cell = row.cells[number]
        span = Span(block=row.block, row=row.row, cell=number, start=figure.start, end=figure.end)
        value = amount(figure, scale=power, unit=unit, at=place(cell, figure.start), span=span)
        # A dash says zero, whatever the scale.
        found[column] = replace(value, value=Decimal(0), scale=0) if figure.kind is PrintedKind.DASH else value
    return tuple(found)
