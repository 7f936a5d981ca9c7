"""What a history is made of: filings, their facts on one calendar, and the points and gaps of a series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple

from ..findings import Position
from ..model import Standing
from ..reprs import Brief
from ..writers.rows import FactRow


class KnownBy(StrEnum):
    """What tells when a filing was made: the header of the submission, a date on its page (the dateline of a release,
    a signature), or nothing but the end of its period, which is before it was made."""

    FILED = "filed"
    DATED = "dated"
    PERIOD = "period"


class Slot(NamedTuple):
    """A period on the calendar of the company: of quarters that end a few days apart, one. start None: an instant.

    months: 3, 6, 9 or 12 for one to four quarters, of months or of 12 to 17 weeks each; else to the nearest month.
    """

    start: dt.date | None
    end: dt.date
    months: int | None

    def __str__(self) -> str:
        return f"{self.months} months to {self.end}" if self.start else str(self.end)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Source(Brief):
    """A filing. number: its place in time, from 0. name: as it was given. company: whose it is.

    entity, cik, form, accession, filed: None where it does not say. known, known_by: since when its figures are known,
    and what tells that; known_at: the place of a date on the page. day: the last day of its own period. closes: month
    and day of the end of its fiscal year. columns: (statement, period, basis) of its face statements. text: its source.
    data_set: its files in the SEC's layout (`writers.fsds`).
    """

    number: int
    name: str
    company: str
    entity: str | None
    cik: str | None
    form: str | None
    accession: str | None
    filed: dt.date | None
    known: dt.date
    known_by: KnownBy
    day: dt.date
    digest: str
    closes: tuple[int, int] | None = None
    known_at: Position | None = None
    columns: tuple[tuple[str, dt.date | None, dt.date, str], ...] = ()
    text: str = ""
    data_set: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """How a person is told of it."""
        name = PurePath(self.name).name
        return f"{self.form} ({name})" if self.form else name


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entry(Brief):
    """A fact of a filing, and where it belongs on the calendar. basis: of its column ("restated", "as reported")."""

    source: Source
    row: FactRow
    slot: Slot
    basis: str = ""

    @property
    def name(self) -> str:
        """The local name of the concept."""
        return self.row.concept.rpartition(":")[2]

    @property
    def value(self) -> Decimal:
        assert self.row.value is not None
        return self.row.value

    @property
    def standing(self) -> Standing:
        return Standing(self.row.reading)

    @property
    def at(self) -> Position:
        return Position(source=self.row.source, line=self.row.line, column=self.row.column)


class How(StrEnum):
    """How a point of a series came about."""

    PRINTED = "printed"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Part(Brief):
    """A printed figure that a derived one is made of: `sign` times its value."""

    sign: int
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Vintage(Brief):
    """A value as it was known from a day on. parts: the figure as printed, or those it is derived from.

    basis: what the column says of itself ("restated"), "" for nothing.
    """

    value: Decimal
    decimals: int | None
    known: dt.date
    known_by: KnownBy
    how: How
    parts: tuple[Part, ...]
    standing: Standing
    basis: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Point(Brief):
    """One period of a series. vintages: every value that was ever given, the first first; `value` is that of the last.

    fiscal_year, fiscal_quarter: None where no filing tells when the year ends. concept, label: as in the filing of the
    value. bridge: why that concept stands for the one asked for, "" where it is that one. confirmed: True where a
    printed figure and a derived one agree, False where they do not, None where there is only one; checked: the parts
    of the derived one.
    """

    slot: Slot
    fiscal_year: int | None
    fiscal_quarter: int | None
    unit: str
    concept: str
    label: str
    vintages: tuple[Vintage, ...]
    bridge: str = ""
    confirmed: bool | None = None
    checked: tuple[Part, ...] = ()
    why: str = ""

    @property
    def last(self) -> Vintage:
        return self.vintages[-1]

    @property
    def value(self) -> Decimal:
        return self.last.value

    @property
    def how(self) -> How:
        return self.last.how

    @property
    def standing(self) -> Standing:
        return self.last.standing

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.last.parts

    @property
    def restated(self) -> bool:
        return len(self.vintages) > 1

    @property
    def at(self) -> Position:
        """Where its figure stands, or the first of those it is derived from."""
        return self.parts[0].entry.at


class GapKind(StrEnum):
    """Why a period of a series is missing."""

    NO_FILING = "no filing"
    NOT_ON_PAGE = "line not on the page"
    ONLY_LONGER = "only in a longer period"
    DOUBTFUL = "doubtful"
    RESTATED = "restated in between"
    OTHER_UNIT = "another currency or unit"
    UNCLEAR = "several lines"
    OTHER_CONCEPT = "under another concept"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Gap(Brief):
    """A period that the series should have and has not. at: of the line or the filing that tells."""

    slot: Slot
    kind: GapKind
    why: str
    at: Position | None = None
