"""A workbook of a history: the statements over years, restated values, gaps, all facts (openpyxl)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..findings import BadData
from ..writers.excel import put_table, timeless
from .contents import GAPS, RESTATED, gap_rows, needs, restated_rows, tables_of
from .frames import fact_columns, fact_rows
from .records import How

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from .collection import History
    from .over_years import OverYears

_SHEETS = {
    "income_statement-quarters": "Income, quarters",
    "income_statement-years": "Income, years",
    "balance_sheet": "Balance sheet",
    "cash_flow-quarters": "Cash flow, quarters",
    "cash_flow-years": "Cash flow, years",
}
_DERIVED, _DOUBTFUL = "DDEBF7", "FFF2CC"


def workbook(history: History) -> bytes:
    """The workbook of one company; derived figures stand on blue, doubtful ones on yellow. Raises BadData."""
    needs("excel")
    from openpyxl import Workbook

    if len(history.companies) != 1:
        raise BadData("a workbook is of one company")
    book = Workbook()
    book.remove(book.active)
    tables = tables_of(history)
    for name, table in tables.items():
        _fill(book.create_sheet(_SHEETS[name]), table)
    _put(book.create_sheet("Restated"), RESTATED, restated_rows(history))
    _put(book.create_sheet("Gaps"), GAPS, gap_rows(tables))
    _put(book.create_sheet("Facts"), fact_columns(), fact_rows(history))
    buffer = io.BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue())


def _put(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    put_table(sheet, columns, [SimpleNamespace(**row) for row in rows])


def _fill(sheet: Worksheet, table: OverYears) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    columns = ("label", "concept", "unit", *(str(slot.end) for slot in table.columns))
    rows = [
        SimpleNamespace(
            label=line.label,
            concept=line.concept,
            unit=line.unit,
            **{str(s.end): p.value if p else None for s, p in zip(table.columns, line.points, strict=True)},
        )
        for line in table.lines
    ]
    put_table(sheet, columns, rows)
    for row, line in enumerate(table.lines, 2):
        for column, point in enumerate(line.points, 4):
            if point is None:
                continue
            cell = sheet.cell(row, column)
            cell.comment = Comment(f"{point.how.value}, {point.standing.value}: {point.why}"[:1000], "capxbrl")
            doubtful = point.standing.value == "doubtful"
            if doubtful or point.how is How.DERIVED:
                cell.fill = PatternFill("solid", fgColor=_DOUBTFUL if doubtful else _DERIVED)
