"""The facts of a report as typed rows: what data frames, Parquet and workbooks have in common.

A row says all that is asked of one fact among those of many filings: the figure, its period and fiscal quarter, who
reports it in which filing, and where it stands.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import fields
from decimal import Decimal

from ..findings import Finding
from ..model import Fact, Kind, Period, Report
from ..records import dataclass
from . import facts as table

#: The scheme of identifiers that are Central Index Keys (EDGAR Filer Manual, 6.5.1).
_CIK = "http://www.sec.gov/CIK"
_MONTH = 30.4375  # days
_QUARTER = 3  # months
#: A fiscal year has 52 or 53 weeks, or twelve months.
_YEAR = (357, 372)
_LONG = 120  # days, more than a quarter
#: So many days a quarter may end before or after the day that its number is counted to (a year of weeks ends within a
#: week of its month's end).
_NEAR = 10
#: A year that ends in the first days of January is that of the year before.
_FIRST_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact.

    value: of a figure, with its sign, in units; None for a text. text: the value of every fact as facts.csv has it.
    start None: an instant, the end of the day `end`; instant is that day, None for a duration. months: of the period,
    to the nearest; None for an instant.
    decimals None: exact, or a text. fiscal_year: the year in which the fiscal year ends, fiscal_quarter: the one that
    ends with the period (4: the year's last); None where the filing does not tell when its fiscal year ends.
    cik, form, accession, filed, entity: of the filing, None where it does not say. dimensions: axis=member;...
    """

    id: str
    statement: str
    place: str
    label: str
    concept: str
    period: str
    start: dt.date | None
    end: dt.date
    instant: dt.date | None
    months: int | None
    fiscal_year: int | None
    fiscal_quarter: int | None
    unit: str | None
    decimals: int | None
    value: Decimal | None
    text: str
    extension: bool
    confidence: float
    reading: str
    why: str
    dimensions: str | None
    entity: str | None
    cik: str | None
    form: str | None
    accession: str | None
    filed: dt.date | None
    source: str
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding."""

    code: str
    severity: str
    message: str
    hint: str | None
    fact: str | None
    source: str | None
    line: int | None
    column: int | None
    accession: str | None


#: The columns of both, in order.
COLUMNS = tuple(field.name for field in fields(FactRow))
FINDING_COLUMNS = tuple(field.name for field in fields(FindingRow))


def rows(report: Report) -> tuple[FactRow, ...]:
    """One row a fact, in the order of the page."""
    closes = year_end(report)
    filing = filing_of(report)
    told = zip(report.facts, table.rows(report), strict=True)
    return tuple(_row(fact, written, closes, filing) for fact, written in told)


def finding_rows(findings: Sequence[Finding], report: Report | None) -> tuple[FindingRow, ...]:
    """One row a finding, in their order."""
    accession = filing_of(report).accession if report is not None else None
    return tuple(
        FindingRow(
            code=f.code,
            severity=f.severity.value,
            message=f.message,
            hint=f.hint,
            fact=f.fact,
            source=f.at.source if f.at else None,
            line=f.at.line if f.at else None,
            column=f.at.column if f.at else None,
            accession=accession,
        )
        for f in findings
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Which filing it is; None where it does not say."""

    entity: str | None
    cik: str | None
    form: str | None
    accession: str | None
    filed: dt.date | None


def filing_of(report: Report) -> Filing:
    """What the header of the submission, the cover and the entity say of the filing."""
    header, entity = report.document.header, report.entity
    return Filing(
        entity=entity.name or None,
        cik=entity.identifier if entity.scheme == _CIK else None,
        form=said(report, "DocumentType") or (header.form if header else "") or None,
        accession=(header.accession if header else "") or None,
        filed=_day(header.filed) if header else None,
    )


def _row(fact: Fact, written: dict[str, str], closes: tuple[int, int] | None, filing: Filing) -> FactRow:
    period = fact.period
    year, quarter = fiscal(period.end, closes) if closes and fact.statement is not Kind.COVER else (None, None)
    return FactRow(
        id=fact.id,
        statement=fact.statement.value,
        place=fact.place.value,
        label=fact.label,
        concept=fact.concept.qname,
        period=str(period),
        start=period.start,
        end=period.end,
        instant=None if period.start else period.end,
        months=period.months,
        fiscal_year=year,
        fiscal_quarter=quarter,
        unit=written["unit"] or None,
        decimals=fact.decimals if fact.unit else None,
        value=fact.value if isinstance(fact.value, Decimal) else None,
        text=written["value"],
        extension=fact.concept.extension,
        confidence=fact.confidence,
        reading=fact.reading.value,
        why=fact.why,
        dimensions=written["dimensions"] or None,
        entity=filing.entity,
        cik=filing.cik,
        form=filing.form,
        accession=filing.accession,
        filed=filing.filed,
        source=fact.at.source,
        line=fact.at.line,
        column=fact.at.column,
    )


def said(report: Report, element: str) -> str:
    """What the cover says by an element of dei; "" where it does not."""
    found = (f for f in report.facts if f.statement is Kind.COVER and f.concept.name == element)
    return next((str(f.value) for f in found), "")


def year_end(report: Report) -> tuple[int, int] | None:
    """Month and day on which the fiscal year ends: as the header says, the cover, a column of a whole year, or the
    balance sheet of the day before a year to date of more than a quarter (Regulation S-X, 10-01(c))."""
    header = report.document.header
    for text in (header.fiscal_year_end if header else "", said(report, "CurrentFiscalYearEndDate")):
        if (day := _month_and_day(text)) is not None:
            return day
    periods = {c.period for tagged in report.statements if tagged.statement.face for c in tagged.statement.columns}
    ends = _closings(periods)
    return (max(ends).month, max(ends).day) if ends else None


def _month_and_day(text: str) -> tuple[int, int] | None:
    """ "0630", "--06-30"."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 4 and 1 <= int(digits[:2]) <= 12 and 1 <= int(digits[2:]) <= 31:
        return int(digits[:2]), int(digits[2:])
    return None


def _closings(periods: Set[Period]) -> list[dt.date]:
    """The last days of fiscal years that the columns of the statements show."""
    spans = [(p, (p.end - p.start).days + 1) for p in sorted(p for p in periods if p.start) if p.start]
    ends = [p.end for p, days in spans if _YEAR[0] <= days <= _YEAR[1]]
    if ends:
        return ends
    balances = {p.end for p in periods if not p.start}
    before = (p.start - dt.timedelta(1) for p, days in spans if p.start and _LONG < days < _YEAR[0])
    return [day for day in before if day in balances]


def fiscal(end: dt.date, closes: tuple[int, int]) -> tuple[int | None, int | None]:
    """The fiscal year that a period ending on `end` belongs to, and its quarter where one ends about that day.

    closes: month and day of the last day of fiscal years.
    """
    ends = [close for year in range(end.year - 1, end.year + 2) if (close := _closing(year, closes)) is not None]
    # A year of weeks may end some days after the day that is told for it.
    close = next(day for day in ends if end <= day + dt.timedelta(_NEAR))
    behind = round((close - end).days / _MONTH / _QUARTER)
    near = abs((close - end).days - behind * _QUARTER * _MONTH) <= _NEAR
    year = close.year - (close.month == 1 and close.day <= _FIRST_DAYS)
    return year, 4 - behind if near and 0 <= behind <= 3 else None


def _closing(year: int, closes: tuple[int, int]) -> dt.date | None:
    """The day in that year, the month's last where it has no such day."""
    month, day = closes
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
