"""Words of running text -> the periods of the statements they mean: "the second quarter of fiscal 2010", "last year"."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Document, Kind, Paragraph, Period, Tagged
from ..periods import COUNTS, MONTHS, ORDINALS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_DATE = rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>\d{{4}}))?"
_QUARTER = re.compile(
    rf"\b(?:(?P<q>{_ORDINAL})[\s-](?:fiscal\s)?quarter(?:'s|s)?|Q(?P<n>[1-4]))(?:\sended)?(?:,?\s(?:of|in|for))?(?:\sthe)?(?:\sfiscal)?(?:\syear)?(?:\s(?P<y>(?:19|20)\d{{2}})|\s?(?P<last>(?:last|prior|previous)\s(?:fiscal\s)?year))?",
    re.I,
)
_YEAR_QUARTER = re.compile(
    rf"\b(?:fiscal\s)?(?P<y>(?:19|20)\d{{2}})(?:'s)?\s(?P<q>{_ORDINAL})[\s-](?:fiscal\s)?quarter", re.I
)
_LENGTH = re.compile(
    rf"\b(?:(?P<count>three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|3|6|9|12)[\s-](?P<what>months?|weeks?)|(?P<alone>quarter|year))(?:\speriod)?\s(?:ended|ending)\s{_DATE}",
    re.I,
)
_FIRST = re.compile(
    r"\bfirst\s(?P<count>three|six|nine|half|3|6|9)(?:\smonths)?(?:\sof)?(?:\sthe)?(?:\sfiscal)?(?:\syear)?(?:\s(?P<y>(?:19|20)\d{2}))?",
    re.I,
)
_DAY = re.compile(rf"\b{_DATE}", re.I)
_YEAR = re.compile(
    r"\b(?:fiscal(?:\syear)?|in|for|from|to|with|of|than|over|year|during)\s(?P<y>(?:19|20)\d{2})\b(?!\s(?:first|second|third|fourth))",
    re.I,
)
_AGO = re.compile(
    r"\b(?:(?:the\s)?same\s(?:period|quarter|three|six|nine)[a-z\s-]{0,20}?(?:last|prior|previous|a|preceding)\s(?:fiscal\s)?year(?:'s)?(?:\sago|\searlier)?|(?:a\s)?year[\s-](?:ago|earlier)(?:\s(?:period|quarter))?"
    r"|(?:the\s)?(?:prior|previous|preceding|last)[\s-](?:fiscal[\s-])?year(?:'s)?(?:[\s-](?:period|quarter|(?:first|second|third|fourth)\squarter))?|(?:the\s)?(?:comparable|corresponding)\s(?:period|quarter)[a-z\s]{0,24})",
    re.I,
)
_SEQUENTIAL = re.compile(r"\b(?:prior|previous|preceding|last|trailing)\s(?:fiscal\s)?quarter\b|\bsequential", re.I)
_NOW = re.compile(r"\b(?:during|for|in)\sthe\s(?:current\s|most\srecent\s)?quarter\b(?!\sended)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """text[start:end] names a period: `periods` of the statements that it may mean; empty where they do not show it."""

    start: int
    end: int
    periods: tuple[Period, ...]
    loose: bool = False  # a year alone: its periods are possibilities
    ago: bool = False  # a year before the period that the sentence speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The periods that the statements show, and how the filer counts its years.

    year_end: the month in which fiscal years end. named: the year in the name of a fiscal year less that of its end.
    current: the latest period of the shortest length shown.
    """

    durations: tuple[Period, ...]
    instants: tuple[Period, ...]
    year_end: int
    named: int
    current: Period | None

    def fiscal(self, period: Period) -> tuple[int, int]:
        """(year, quarter) in which a period ends."""
        end = period.end - dt.timedelta(10)
        month = (end.month - self.year_end - 1) % 12 + 1
        year = end.year + (1 if end.month > self.year_end else 0)
        return year + self.named, (month + 2) // 3

    def at(self, year: int | None, quarter: int, months: int) -> tuple[Period, ...]:
        """The durations of a length that end in a quarter; without a year, of the current one."""
        if year is None:
            if self.current is None:
                return ()
            year = self.fiscal(self.current)[0]
        return tuple(p for p in self.durations if months_of(p) == months and self.fiscal(p) == (year, quarter))


def months_of(period: Period) -> int:
    """Length in whole months; 0 for an instant."""
    return 0 if period.start is None else round(((period.end - period.start).days + 1) / 30.44)


def calendar_of(document: Document, tagged: Sequence[Tagged]) -> Calendar:
    """From the columns of the face statements, and the words of the text for the name of the fiscal year."""
    columns = [(one.statement.kind, c.period) for one in tagged if one.statement.face for c in one.statement.columns]
    durations = tuple(dict.fromkeys(p for _, p in columns if p.start is not None))
    instants = tuple(dict.fromkeys(p for _, p in columns if p.start is None))
    income = [p for kind, p in columns if kind is Kind.INCOME_STATEMENT and p.start is not None] or list(durations)
    current = min(income, key=lambda p: (-p.end.toordinal(), months_of(p)), default=None)
    made = Calendar(
        durations=durations,
        instants=instants,
        year_end=_year_end(document, durations, instants),
        named=0,
        current=current,
    )
    if current is None:
        return made
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    said = Counter(int(m["y"]) for t in texts for m in _QUARTER.finditer(t) if m["y"])
    year = made.fiscal(current)[0]
    if year not in said:
        named = next((n for n in (-1, 1) if year + n in said), 0)
        return replace(made, named=named)
    return made


def _year_end(document: Document, durations: Sequence[Period], instants: Sequence[Period]) -> int:
    header = document.header
    if header and len(header.fiscal_year_end) == 4 and header.fiscal_year_end.isdigit():
        return int(header.fiscal_year_end[:2])
    whole = [p for p in durations if months_of(p) == 12]
    if whole:
        return (max(p.end for p in whole) - dt.timedelta(10)).month
    if instants:
        last = max(p.end for p in instants)
        # Beside the latest balance sheet stands that of the last year end, seldom that of a year ago.
        others = [p.end for p in instants if 20 < (last - p.end).days < 350]
        if others:
            return (max(others) - dt.timedelta(10)).month
    return 12


def whens(text: str, calendar: Calendar) -> list[When]:
    """The periods named in a sentence, in order; of two that overlap the longer words."""
    found = sorted(_whens(text, calendar), key=lambda w: (w.start, -w.end))
    out: list[When] = []
    for when in found:
        if not out or when.start >= out[-1].end:
            out.append(when)
    return out


def _whens(text: str, calendar: Calendar) -> Iterator[When]:
    for match in _QUARTER.finditer(text):
        quarter = int(match["n"]) if match["n"] else ORDINALS[match["q"].lower()]
        year = int(match["y"]) if match["y"] else None
        if match["last"] and calendar.current is not None:
            year = calendar.fiscal(calendar.current)[0] - 1
        yield When(start=match.start(), end=match.end(), periods=calendar.at(year, quarter, 3))
    for match in _YEAR_QUARTER.finditer(text):
        yield When(
            start=match.start(), end=match.end(), periods=calendar.at(int(match["y"]), ORDINALS[match["q"].lower()], 3)
        )
    for match in _LENGTH.finditer(text):
        if match["alone"]:
            months = 3 if match["alone"].lower() == "quarter" else 12
        else:
            count = COUNTS.get(match["count"].lower()) or int(match["count"])
            months = count if match["what"].lower().startswith("month") else round(count * 7 / 30.44)
        year = int(match["year"]) if match["year"] else None
        periods = tuple(p for p in calendar.durations if months_of(p) == months and _ends(p, match, year))
        yield When(start=match.start(), end=match.end(), periods=periods)
    for match in _FIRST.finditer(text):
        count = 6 if match["count"].lower() == "half" else COUNTS.get(match["count"].lower()) or int(match["count"])
        year = int(match["y"]) if match["y"] else None
        yield When(start=match.start(), end=match.end(), periods=calendar.at(year, count // 3, count))
    for match in _DAY.finditer(text):
        year = int(match["year"]) if match["year"] else None
        periods = tuple(p for p in calendar.instants if _ends(p, match, year))
        yield When(start=match.start(), end=match.end(), periods=periods)
    for match in _YEAR.finditer(text):
        year = int(match["y"])
        periods = tuple(p for p in calendar.durations if calendar.fiscal(p)[0] == year)
        yield When(start=match.start("y"), end=match.end(), periods=periods, loose=True)
    for match in _AGO.finditer(text):
        yield When(start=match.start(), end=match.end(), periods=(), ago=True)
    for match in _NOW.finditer(text):
        if calendar.current is not None and months_of(calendar.current) == 3:
            yield When(start=match.start(), end=match.end(), periods=(calendar.current,))
    for match in _SEQUENTIAL.finditer(text):
        yield When(start=match.start(), end=match.end(), periods=())


def _ends(period: Period, match: re.Match[str], year: int | None) -> bool:
    """The period ends on the day named, give or take that filers write the last day of a month."""
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    return period.end.month == month and abs(period.end.day - day) <= 3 and (year is None or period.end.year == year)


def year_before(period: Period | None, calendar: Calendar) -> Iterator[Period]:
    """The period of the same length a year earlier, where a statement shows it."""
    if period is None:
        return
    for other in (*calendar.durations, *calendar.instants):
        if months_of(other) == months_of(period) and 355 <= (period.end - other.end).days <= 375:
            yield other
