"""Decision: the calendar of a filing: when its fiscal year ends, the report's own period, the days that its text
prints.

The header of the submission says it, balance sheets show it, quarter codes over columns imply it ("2Q21" beside a
balance sheet of June 30), and running text prints the days that headings leave out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from .. import words
from ..evidence import Calendar, HeadedTable, LongPeriod
from ..grammar import YEAR
from ..model import Document, Kind, Paragraph, Row, Table
from ..patterns import compiled
from ..periods import COUNTS, MONTH_NAMES, MONTHS, ORDINALS, read_clues
from . import tolerances as tol
from .fiscal import annual

_YEAR_ENDED = compiled(r"\byears?\s+end(?:ed|s|ing)\s+(?:on\s+)?([A-Z][a-z]{2,8}\.?\s+\d{1,2})\b")
#: A day and a year behind the name of a month.
_DAY_AND_YEAR = compiled(rf"(\d{{1,2}}),?\s+({YEAR})\b")
_LAST_WORD = compiled(r"\w+\Z")
_FULL_DATE = compiled(rf"\b({MONTH_NAMES})\.?\s+(\d{{1,2}}),?\s+({YEAR})\b", re.IGNORECASE)
#: "(first) quarter of fiscal (year) (2023) had (14 weeks)"; "fiscal (2016) was a (53-week) year".
_QUARTER_SAID = compiled(
    rf"\b(first|second|third|fourth)\s+quarter\s+of\s+(?:fiscal\s+(?:year\s+)?)?({YEAR})\b", re.IGNORECASE
)
_YEAR_SAID = compiled(rf"\b(?:fiscal(?:\s+year)?|year)\s+({YEAR})\b", re.IGNORECASE)
_WEEKS = compiled(r"\b([A-Za-z]+(?:-[A-Za-z]+)?|\d{2})[\s-]+weeks?\b", re.IGNORECASE)
_LONGEST_NAME = max(map(len, MONTHS))
#: Texts longer than this are read for dates up to here: the days of the statements are printed early.
_LONGEST = 3_000_000


def decide_calendar(
    document: Document,
    balance_dates: set[dt.date],
    faces: Sequence[HeadedTable],
    assumed: tuple[int, int] | None = None,
) -> Calendar:
    """What the whole filing says of its periods. balance_dates: those over the columns of its balance sheets. assumed:
    the month and day on which the user says that the fiscal year ends."""
    yearly = annual(tuple(balance_dates))
    return Calendar(
        year_end=assumed or _year_end(document, balance_dates, faces),
        latest=max(balance_dates, default=None),
        annual=yearly,
        ends=tuple(sorted(balance_dates)) if yearly else (),
        printed=_printed(document),
        long_periods=tuple(_long_periods(document)),
        report_period=_report_period(document),
    )


def _year_end(document: Document, dates: set[dt.date], faces: Sequence[HeadedTable]) -> tuple[int, int] | None:
    """The day on which the fiscal year ends."""
    if document.header and (told := document.header.year_end) is not None:
        return told
    if not dates:
        return None
    # Beside an interim balance sheet stands that of the last year end.
    latest = max(dates)
    if (coded := _year_end_by_codes(faces, latest)) is not None:
        return coded
    closing = max((d for d in dates if tol.DAYS.earlier < (latest - d).days < tol.DAYS.long), default=latest)
    return closing.month, closing.day


def _year_end_by_codes(faces: Sequence[HeadedTable], latest: dt.date) -> tuple[int, int] | None:
    """The year end that makes the latest quarter named over columns close on the day of the balance sheet."""
    named = [
        (h.clues.years[-1], h.clues.quarter)
        for t in faces
        if t.kind is not Kind.BALANCE_SHEET
        for h in t.headings
        if h.clues.quarter and h.clues.years and not h.clues.dates and not h.clues.days
    ]
    if not named:
        return None
    year, quarter = max(named)
    months = latest.month - 1 + 3 * (4 - quarter)
    month = months % 12 + 1
    ends_in = latest.year + months // 12
    if ends_in != year:
        return None
    last = (dt.date(ends_in + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).day
    return month, last if latest.day > 27 else latest.day


def year_end_in_prose(document: Document) -> tuple[int, int] | None:
    """The day most often named as the end of a year: "for the year ended June 30, 2003"."""
    days: Counter[tuple[int, int]] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for match in _YEAR_ENDED.finditer(block.text):
                clues = read_clues(match[1])
                days.update([*clues.days, *((d.month, d.day) for d in clues.dates)][:1])
    return days.most_common(1)[0][0] if days else None


def _report_period(document: Document) -> dt.date | None:
    """The last day of the report's own period, as the header of the submission says it; of an 8-K it is the event."""
    header = document.header
    if header is None or not header.period or header.form.upper().startswith("8-K"):
        return None
    try:
        return dt.date.fromisoformat(header.period)
    except ValueError:
        return None


# --- days and lengths that running text tells -------------------------------------------------------------------------


def _printed(document: Document) -> tuple[tuple[dt.date, int], ...]:
    """Every full date of the text, and of lines of tables that are of a day, with how often it stands, in order."""
    return tuple(sorted(Counter(_days(document)).items()))


def _days(document: Document) -> Iterator[dt.date]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from _dates(block.text[:_LONGEST])
        elif isinstance(block, Table):
            for row in block.rows:
                yield from _day_of(row)


def _dates(text: str) -> Iterator[dt.date]:
    """As `_FULL_DATE` finds them. A year is looked for first: few texts have one, and the names of months are many."""
    for match in _DAY_AND_YEAR.finditer(text):
        if month := _month_before(text, match.start()):
            with suppress(ValueError):
                yield dt.date(int(match[2]), month, int(match[1]))


def _month_before(text: str, at: int) -> int:
    """The month whose name stands before a place, parted from it by white space; 0 where none does."""
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    if end == at:
        return 0
    word = _LAST_WORD.search(text[max(0, end - _LONGEST_NAME - 2) : end].removesuffix("."))
    return MONTHS.get(word[0].lower(), 0) if word else 0


def _day_of(row: Row) -> Iterator[dt.date]:
    """The day that a line is of: "Balance, September 24, 1993", in a statement of equity or a schedule."""
    label = row.cells[0].text.strip() if row.cells and row.cells[0].col == 0 else ""
    dated = label[-1:].isdigit() or label[-2:-1].isdigit()  # most labels are none, and need no pattern
    match = _FULL_DATE.search(label) if dated else None
    if match is None or label[match.end() :].strip(" :.,*"):
        return
    if words.pattern("periods", "of a day").search(label[: match.start()]):
        yield from _dates(match[0])


def _long_periods(document: Document) -> Iterator[LongPeriod]:
    """Quarters and years of one week more than usual, as the text tells them."""
    for block in document.blocks:
        if not isinstance(block, Paragraph) or "week" not in block.text:
            continue
        text = " ".join(block.text.split())
        if not words.pattern("periods", "weeks said").search(text):
            continue
        for match in _QUARTER_SAID.finditer(text):
            if weeks := _weeks_behind(text, match.end()):
                yield LongPeriod(year=int(match[2]), quarter=ORDINALS[match[1].lower()], weeks=weeks)
        for match in _YEAR_SAID.finditer(text):
            if (weeks := _weeks_behind(text, match.end())) and weeks > 50:
                yield LongPeriod(year=int(match[1]), quarter=None, weeks=weeks)


def _weeks_behind(text: str, at: int) -> int:
    """The number of weeks named behind text[at], before the next quarter or year is named; 0 where none is."""
    rest = text[at : at + tol.NAMES.weeks]
    ends = [m.start() for p in (_QUARTER_SAID, _YEAR_SAID) if (m := p.search(rest))]
    match = _WEEKS.search(rest[: min(ends, default=tol.NAMES.weeks)])
    if match is None:
        return 0
    word = match[1].lower()
    return int(word) if word.isdigit() else COUNTS.get(word, 0)
