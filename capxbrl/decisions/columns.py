"""Decision: which columns of a table report figures of the filer, on what basis; and what of the others is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from .. import words
from ..amounts import PrintedKind
from ..evidence import AnnotatedRow, DecidedTable, HeadedTable, Heading
from ..findings import Finding, Position, Severity, counted
from ..model import Basis, Column, Period, place
from ..records import dataclass, replace
from . import tolerances as tol
from .currency import currency_over

#: What the words over a column say of its figures, by the list that they are in; the first that fits decides.
_BASES = (
    ("restated", Basis.RESTATED),
    ("previously", Basis.PREVIOUS),
    ("pro forma", Basis.PRO_FORMA),
    ("adjusted", Basis.ADJUSTED),
    ("predecessor", Basis.PREDECESSOR),
    ("successor", Basis.SUCCESSOR),
    ("part", Basis.PART),
    ("whole", Basis.WHOLE),
)


def reporting(headed: HeadedTable) -> tuple[Column, ...]:
    """The columns that report: with a period, none that compares two others, one of each period and currency.

    Of several for one period the whole company's is taken: the one that is the sum of the others, or is headed so.
    """
    named = [h for h in headed.headings if h.period is not None and not _compares(h)]
    groups: dict[tuple[Period | None, str], list[Heading]] = {}
    for heading in named:
        groups.setdefault((heading.period, currency_over(heading.own) or ""), []).append(heading)
    chosen: set[int] = set()
    for group in groups.values():
        if (whole := _whole_of(headed, group)) is not None:
            chosen |= {id(h) for h in group if h is whole or _repeats(headed, h, whole)}
    return tuple(
        Column(grid=h.col, period=h.period, heading=h.text, basis=basis_of(h.own), currency=currency_over(h.own) or "")
        for h in named
        if id(h) in chosen and h.period is not None
    )


def parts_beside(headed: HeadedTable, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The parts of the company beside the columns that are their sum, in nearly every row: "Products | Services |
    Total"."""
    out = []
    for whole in columns:
        group = [h for h in headed.headings if h.period == whole.period and not _compares(h)]
        summed = _sum_of_others(headed, group) if len(group) > 2 else None
        if summed is not None and summed.col == whole.grid:
            out += [
                Column(grid=h.col, period=whole.period, heading=h.own, basis=Basis.PART, currency=whole.currency)
                for h in group
                if h is not summed and h.own
            ]
    return tuple(out)


def reports(headings: Sequence[Heading]) -> bool:
    """Some column of these headings reports."""
    return any(h.period is not None and not _aside(h) for h in headings)


#: What the words over columns of one period say, the most telling first.
_RANKS = (Basis.WHOLE, Basis.RESTATED, Basis.REPORTED, Basis.SUCCESSOR)


def _whole_of(headed: HeadedTable, group: Sequence[Heading]) -> Heading | None:
    """The column of the whole company among those of one period: by its sums, then by its words, then the first; None
    where all are parts of it."""
    if len(group) > 2 and (total := _sum_of_others(headed, group)) is not None and not _alters(total):
        return total
    group = [h for h in group if not _says("other", h.own) and not _refers(h)]
    if not group:
        return None
    ranks = [basis_of(h.own) for h in group]
    if len(group) > 1 and set(ranks) == {Basis.PART}:
        return None
    return next((h for rank in _RANKS for h, basis in zip(group, ranks, strict=True) if basis is rank), group[0])


def _repeats(headed: HeadedTable, heading: Heading, other: Heading) -> bool:
    """The column shows again what the other shows: the year to date of a first quarter. Both are printed, both are
    facts.
    """
    rows = [
        (by.get(heading.col), by.get(other.col))
        for row in headed.table.rows
        if row.has_data
        and (
            by := {
                row.cells[i].col: p.value for i, p in row.figures if p.kind in (PrintedKind.NUMBER, PrintedKind.DASH)
            }
        )
    ]
    return len(rows) >= tol.TABLES.sums and all(a == b for a, b in rows)


def _alters(heading: Heading) -> bool:
    """Its figures are others than those reported ("As adjusted"), though they are the sum of what stands beside
    them."""
    return _says("other", heading.own) and basis_of(heading.own) is not Basis.WHOLE


def _sum_of_others(headed: HeadedTable, group: Sequence[Heading]) -> Heading | None:
    """The column whose figures are the sums of those of the others, in nearly every row that shows all."""
    rows = [
        [by[h.col] for h in group]
        for row in headed.table.rows
        if row.has_data
        and (by := {row.cells[i].col: p.value for i, p in row.figures if p.kind is PrintedKind.NUMBER})
        and all(h.col in by for h in group)
    ]
    for n, heading in enumerate(group):
        ties = sum(2 * row[n] == sum(row) for row in rows)
        if ties >= tol.TABLES.sums and ties >= tol.TABLES.sums_share * len(rows):
            return heading
    return None


def in_currency(decided: DecidedTable, currency: str) -> DecidedTable:
    """The statement in its currency; columns translated into another one are left out."""
    columns = tuple(c for c in decided.columns if c.currency in ("", currency))
    return replace(decided, columns=columns or decided.columns, currency=currency)


def basis_of(heading: str) -> Basis:
    """On what basis the figures below these words are given."""
    return next((basis for name, basis in _BASES if _says(name, heading)), Basis.REPORTED)


def _aside(heading: Heading) -> bool:
    """It shows what two other columns differ by, or figures that are not what the filer reports for the period."""
    return _compares(heading) or _says("other", heading.own) or _refers(heading)


def _refers(heading: Heading) -> bool:
    """It holds the numbers of notes: "Note" stands over it, and no more."""
    dated = heading.clues.years or heading.clues.dates
    return not dated and len(heading.own) <= tol.TABLES.reference and _says("reference", heading.own)


def _compares(heading: Heading) -> bool:
    """It shows what two other columns differ by."""
    return _says("compares", heading.own) and not heading.clues.dates


def _says(name: str, text: str) -> bool:
    return words.pattern("columns", name).search(text) is not None


# --- what is left out -------------------------------------------------------------------------------------------------


class Why(StrEnum):
    """Why a column is left out."""

    FOREIGN = "it is translated into another currency"
    PART = "it is a part of another column of the same period"
    UNDATED = "no period could be read over it"
    TWIN = "another column has the same period"
    ASIDE = "it compares, adjusts or restates other figures"
    SHARE = "it shows shares of another column"
    PERCENT = "it shows percentages"
    NOTES = "it refers to notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column whose figures are not read. figures: (row number in the table, value, as shown, where), at least one.

    garbled: how many more of its cells have digits that make no figure.
    """

    heading: str
    why: Why
    figures: tuple[tuple[int, Decimal, str, Position], ...]
    garbled: int = 0


#: What counts as a figure of a column that is left out.
_COUNTED = (PrintedKind.NUMBER, PrintedKind.PERCENT)


def left_out(decided: DecidedTable) -> tuple[LeftOut, ...]:
    """The columns of a statement that show figures and are not read, from left to right."""
    kept = {c.grid: c for c in decided.columns}
    headed = decided.headed
    out = []
    for heading in headed.headings:
        if heading.col not in kept and (figures := _figures(headed, heading.col, frozenset(kept))):
            why = _why(heading, decided)
            if why is Why.UNDATED and heading.col < min(kept) and _are_references(figures):
                why = Why.NOTES
            twin = next((c.grid for c in decided.columns if why is Why.TWIN and c.period == heading.period), None)
            if twin is None or not _same(figures, _figures(headed, twin, frozenset())):
                garbled = _garbled(headed, heading.col, frozenset(kept))
                out.append(LeftOut(heading=heading.text, why=why, figures=figures, garbled=garbled))
    named = {heading.col for heading in headed.headings}
    for col in headed.table.left_out:
        if col not in named and (figures := _figures(headed, col, frozenset(kept))):
            out.append(LeftOut(heading="", why=Why.PERCENT, figures=figures))
    return tuple(out)


_Figures = tuple[tuple[int, Decimal, str, Position], ...]


def _are_references(figures: _Figures) -> bool:
    """The numbers of notes."""
    return all(shown.isdigit() and len(shown) <= 2 for _, _, shown, _ in figures)


def _garbled(headed: HeadedTable, col: int, kept: frozenset[int]) -> int:
    """How many cells of a column have digits that make no figure."""
    return sum(
        _is_garbled(row, i)
        for row in headed.table.rows
        if row.has_data
        for i, cell in enumerate(row.cells)
        if col in (over := range(cell.col, cell.col + cell.span)) and kept.isdisjoint(over)
    )


def _is_garbled(row: AnnotatedRow, number: int) -> bool:
    printed = row.printed[number]
    unread = printed is None or printed.kind is PrintedKind.UNREAD
    return unread and any(map(str.isdigit, row.cells[number].text))


def _why(heading: Heading, decided: DecidedTable) -> Why:
    if heading.period is not None and (currency_over(heading.own) or decided.currency) != decided.currency:
        return Why.FOREIGN
    if _says("share", heading.own):
        return Why.SHARE
    if _aside(heading) or _says("compares", heading.own):
        return Why.ASIDE
    if heading.period is None:
        return Why.UNDATED
    group = [h for h in decided.headed.headings if h.period == heading.period and not _compares(h)]
    summed = len(group) > 2 and _sum_of_others(decided.headed, group) is not None
    return Why.PART if summed or any(basis_of(h.own) is Basis.WHOLE for h in group) else Why.TWIN


def _figures(headed: HeadedTable, col: int, kept: frozenset[int]) -> _Figures:
    """The figures of a column, but those that stand over a column that is kept."""
    out = []
    for number, row in enumerate(headed.table.rows):
        if not row.has_data:
            continue
        for i, printed in row.figures:
            cell = row.cells[i]
            over = range(cell.col, cell.col + cell.span)
            if printed.kind in _COUNTED and col in over and kept.isdisjoint(over):
                shown = printed.shown + "%" * (printed.kind is PrintedKind.PERCENT)
                out.append((number, printed.value, shown, place(cell, printed.start)))
    return tuple(out)


def _same(figures: _Figures, others: _Figures) -> bool:
    """The column says again what another says."""
    return {f[:2] for f in figures} <= {f[:2] for f in others}


#: So many columns are described in one finding; of the others the heading is named.
_NAMED = 4
_LOST = (Why.UNDATED, Why.TWIN, Why.SHARE)


def tell_parts(headed: HeadedTable) -> Finding:
    """A statement of which no column is read, as all are parts of the company."""
    shown = ", ".join(repr(h.own or h.text) for h in headed.headings[:_NAMED])
    return Finding(
        code="statements.column-left-out",
        severity=Severity.WARNING,
        at=headed.first_row.source.at,
        message=f"not read: the {headed.kind.value.replace('_', ' ')}, whose columns are parts of a whole that it does "
        f"not show: {shown}",
        hint="add a column of the whole to the input, if the filing tells it",
    )


def tell_left_out(decided: DecidedTable) -> tuple[Finding, ...]:
    """One finding for each reason: a warning where figures of the filer may be lost, a note for all others together."""
    columns = sorted(left_out(decided), key=lambda c: c.why if c.why in _LOST else "")
    groups = ((why, list(group)) for why, group in groupby(columns, key=lambda c: c.why if c.why in _LOST else None))
    return tuple(_told(why, group) for why, group in groups)


def _told(why: Why | None, columns: Sequence[LeftOut]) -> Finding:
    more = "".join(f"; {_named(c)} ({_count(c)})" for c in columns[_NAMED:])
    shown = "; ".join(_shown(c, why is None) for c in columns[:_NAMED]) + more
    lost = why is not None
    return Finding(
        code="statements.column-left-out",
        severity=Severity.WARNING if lost else Severity.NOTE,
        at=columns[0].figures[0][3],
        message=f"not read: {shown}" + (f": {why}" if lost else ""),
        hint="see on the page what the column is; if it is the one that the filing reports, leave only it in the table"
        if lost
        else None,
    )


def _shown(column: LeftOut, reason: bool) -> str:
    """ "the column 'Change' (12 figures, the first 1,234): it compares other figures"."""
    first = "" if len(column.figures) == 1 else ", the first"
    described = f"{_named(column)} ({_count(column)}{first} {column.figures[0][2]})"
    return described + (f", {column.why}" if reason else "")


def _named(column: LeftOut) -> str:
    return f"the column {column.heading[:60]!r}" if column.heading else "a column"


def _count(column: LeftOut) -> str:
    count = counted(len(column.figures), "figure")
    return count + (f" and {column.garbled} that cannot be read" if column.garbled else "")
