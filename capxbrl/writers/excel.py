"""facts.xlsx: a sheet for each statement as it stands on the page, then the facts and the findings (openpyxl).

A figure is shown as it is printed; its comment tells concept, value, reading and source. The bytes are the same each
time: openpyxl writes the time into the archive and into its properties, so both are written anew.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..model import Amount, Fact, Kind, LineItem, Report, Span, Standing, Statement, Tagged, Unit
from ..tables import harmless
from .archive import zipped
from .rows import COLUMNS, FINDING_COLUMNS, finding_rows, rows
from .told import Told

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIX = ".xlsx"
ASKED = True
NEEDS = (("openpyxl", "excel"),)

_SHEETS = {
    Kind.BALANCE_SHEET: "Balance sheet",
    Kind.INCOME_STATEMENT: "Income statement",
    Kind.CASH_FLOW: "Cash flow",
    Kind.EQUITY: "Equity",
    Kind.COMPREHENSIVE_INCOME: "Comprehensive income",
}
_SCALES = {0: "single units", 2: "hundreds", 3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
#: A cell holds no more characters (Excel specifications and limits).
_LONGEST = 32_767
#: When a workbook was made: the first day that a zip archive can name.
_STAMP = dt.datetime(1980, 1, 1)
#: Where the figures of a statement begin: below title, scale, headings, periods.
_FIRST_ROW = 6
_DOUBTFUL = "FFF2CC"
_WIDTHS = {"label": 48, "concept": 44, "why": 32, "message": 90, "hint": 60, "text": 24, "period": 24, "source": 28}


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"facts.xlsx": workbook(told)}


def workbook(told: Told) -> bytes:
    """The workbook of a conversion."""
    from openpyxl import Workbook

    report = told.report
    tags: dict[Span, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        tags[fact.span].append(fact)
    book = Workbook()
    book.remove(book.active)
    for tagged, name in zip(report.statements, _names(report.statements), strict=True):
        _Sheet(book.create_sheet(name), report, tags).fill(tagged)
    put_table(book.create_sheet("Facts"), COLUMNS, rows(report))
    put_table(book.create_sheet("Findings"), FINDING_COLUMNS, finding_rows(told.findings, report))
    buffer = io.BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue())


def _names(statements: Sequence[Tagged]) -> Iterator[str]:
    """Of their sheets: with a number from the second of a kind on."""
    seen: dict[str, int] = defaultdict(int)
    for tagged in statements:
        name = _SHEETS.get(tagged.statement.kind, "Statement")
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}"


def timeless(data: bytes) -> bytes:
    """The bytes of a workbook without the time at which it was made."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import tostring

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    about = DocumentProperties(creator="capxbrl", created=_STAMP, modified=_STAMP)
    members["docProps/core.xml"] = tostring(about.to_tree())
    return zipped(members)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """A value in a cell; a text never as a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = harmless(_legal(value))[:_LONGEST]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _legal(text: str) -> str:
    """The text without what XML, and so a workbook, cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))


# --- a statement ------------------------------------------------------------------------------------------------------


class _Sheet:
    """One statement on its sheet. tags: the facts by the place of their figure."""

    def __init__(self, sheet: Worksheet, report: Report, tags: Mapping[Span, list[Fact]]) -> None:
        self.sheet, self.report, self.tags = sheet, report, tags

    def fill(self, tagged: Tagged) -> None:
        from openpyxl.styles import Alignment, Font

        statement = tagged.statement
        _put(self.sheet, 1, 1, " ".join(statement.title.split())).font = Font(bold=True, size=12)
        _put(self.sheet, 2, 1, scale_of(statement)).font = Font(italic=True)
        for number, column in enumerate(statement.columns, 2):
            words = _put(self.sheet, 3, number, " ".join(column.heading.split()))
            words.font, words.alignment = Font(bold=True), Alignment(horizontal="right", wrap_text=True, vertical="top")
            period = _put(self.sheet, 4, number, str(column.period))
            period.font, period.alignment = Font(color="808080", size=8), Alignment(horizontal="right")
        totals = tagged.footing.totals
        for place, line in enumerate(statement.lines):
            self._line(_FIRST_ROW + place, line, above=line.rule or place in totals)
        self.sheet.column_dimensions["A"].width = 60
        for number in range(2, len(statement.columns) + 2):
            self.sheet.column_dimensions[self.sheet.cell(1, number).column_letter].width = 18
        self.sheet.freeze_panes = self.sheet.cell(_FIRST_ROW - 1, 2)
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _line(self, row: int, line: LineItem, *, above: bool) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        label = _put(self.sheet, row, 1, line.label)
        label.alignment = Alignment(indent=min(len(line.path), 15), wrap_text=True, vertical="top")
        if line.is_heading:
            label.font = Font(bold=True)
        self._note(label, [fact for figure in line.figures for fact in self.tags.get(figure.amount.span, ())])
        for number, amount in enumerate(line.amounts, 2):
            if amount is None:
                continue
            cell = _put(self.sheet, row, number, printed(amount))
            cell.number_format = number_format(amount)
            if above:
                cell.border = Border(top=Side(style="thin"))
            self._note(cell, self.tags.get(amount.span, ()))

    def _note(self, cell: Any, facts: Sequence[Fact]) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import PatternFill

        if not facts:
            return
        said = "\n\n".join(_said(fact, self.report) for fact in facts)
        cell.comment = Comment(_legal(said), "capxbrl", width=420, height=110 * len(facts))
        if any(fact.reading is Standing.DOUBTFUL for fact in facts):
            cell.fill = PatternFill("solid", fgColor=_DOUBTFUL)


def _said(fact: Fact, report: Report) -> str:
    """What the comment of a figure tells of a fact."""
    unit = fact.unit.value.replace(Unit.USD.value, report.currency) if fact.unit else ""
    value = f"{fact.value:,f}" if isinstance(fact.value, Decimal) else fact.value
    own = " (the filer's own element)" if fact.concept.extension else ""
    return (
        f"{fact.concept.qname}{own}\n{value} {unit}, {fact.period}\n"
        f"{fact.reading.value}; concept {fact.confidence:.2f}: {fact.why}\n{fact.at} [{fact.id}]"
    )


def scale_of(statement: Statement) -> str:
    """ "In thousands of USD, per share in full; shares in single units": how its figures are printed."""
    said = {d.subject: d.value for d in statement.decisions}
    money = _SCALES.get(statement.scale, f"10^{statement.scale}")
    heading = f"In {money} of {statement.currency}" if statement.scale else f"In {statement.currency}"
    if statement.scale and any(a.unit is Unit.PER_SHARE for line in statement.lines for a in line.amounts if a):
        heading += ", per share in full"
    shares = said.get("scale of shares", "")
    return f"{heading}; shares in {_SCALES[int(shares)]}" if shares.isdigit() and int(shares) in _SCALES else heading


def printed(amount: Amount) -> Decimal:
    """The figure as it stands on the page, with its sign: the value without its scale."""
    return amount.value.scaleb(-amount.scale) if amount.value else Decimal(0)


def number_format(amount: Amount) -> str:
    """As printed: digits after the point, currency sign, negative in parentheses, a dash for nothing."""
    digits = "#,##0" + (f".{'0' * amount.places}" if amount.places else "")
    sign = f'"{amount.currency}" ' if amount.currency and '"' not in amount.currency else ""
    zero = '"-"_)' if not any(c.isdigit() for c in amount.shown) else f"{sign}{digits}_)"
    return f"{sign}{digits}_);{sign}({digits});{zero}"


# --- a table ----------------------------------------------------------------------------------------------------------


def put_table(sheet: Worksheet, columns: Sequence[str], records: Sequence[Any]) -> None:
    """A row a record, with a filter over the headings."""
    from openpyxl.styles import Font

    for number, name in enumerate(columns, 1):
        _put(sheet, 1, number, name).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = _WIDTHS.get(name, 12)
    for row, record in enumerate(records, 2):
        for number, name in enumerate(columns, 1):
            value = getattr(record, name)
            if value is None:
                continue
            cell = _put(sheet, row, number, value)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, Decimal):
                places = max(0, -int(value.as_tuple().exponent))
                cell.number_format = "#,##0" + (f".{'0' * places}" if places else "")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
