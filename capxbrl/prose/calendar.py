"""Words of running text -> the periods of the statements they mean: "the second quarter of fiscal 2010", "last
year"."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from ..grammar import ANY_YEAR
from ..hints import hinted, holds, low
from ..model import Document, Kind, Paragraph, Period, Tagged
from ..patterns import compiled
from ..periods import COUNTS, MONTH_NAMES, MONTHS, ORDINALS, months_of
from ..records import dataclass, replace
from . import tolerances as tol

_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_COUNT = "three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|3|6|9|12|13|26|39|52"
_DATE = rf"(?P<month>{MONTH_NAMES})\.?\s(?P<day>[0-9]{{1,2}})(?:,?\s(?P<year>[0-9]{{4}}))?"
_LAST = r"(?:last|prior|previous|preceding)\s(?:fiscal\s)?year"
#: A sentence without one of these names no period: words that always do, and all.
_TRIGGERS = ("quarter", "year", "month", "period", "week", "half", "ago", "sequential")
_TRIGGER = rf"quarter|month|week|year|\bq[1-4]|\b{ANY_YEAR}\b|half|ago|period|sequential|\b(?:{MONTH_NAMES})\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """text[start:end] names a period: `periods` of the statements that it may mean; empty where they do not show it."""

    start: int
    end: int
    periods: tuple[Period, ...]
    loose: bool = False  # its year is not said: its periods are possibilities
    ago: bool = False  # a year before the period that the sentence speaks of


@lru_cache(maxsize=256)
def _fiscal(day: dt.date, year_end: int) -> tuple[int, int]:
    """(calendar year in which the fiscal year of a day ends, quarter)."""
    end = day - dt.timedelta(10)
    month = (end.month - year_end - 1) % 12 + 1
    return end.year + (1 if end.month > year_end else 0), (month + 2) // 3


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
        year, quarter = _fiscal(period.end, self.year_end)
        return year + self.named, quarter

    def at(self, year: int | None, quarter: int, months: int) -> tuple[Period, ...]:
        """The durations of a length that end in a quarter; without a year, of the current one."""
        if year is None:
            if self.current is None:
                return ()
            year = self.fiscal(self.current)[0]
        return tuple(p for p in self.durations if months_of(p) == months and self.fiscal(p) == (year, quarter))


#: What every name of a month begins with.
_STEMS = tuple(dict.fromkeys(name[:3] for name in MONTHS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A way to name a period: `read` makes of a match the periods meant, and whether they are only possibilities.

    The pattern is of small letters. needs: words without any of which it cannot match.
    """

    needs: tuple[str, ...]
    pattern: str
    read: Callable[[re.Match[str], Calendar], tuple[tuple[Period, ...], bool]]
    example: str


def _quarter(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    year = int(match["y"]) if match["y"] else None
    if match["last"] and calendar.current is not None:
        year = calendar.fiscal(calendar.current)[0] - 1
    return calendar.at(year, _ordinal(match["q"]), 3), year is None


def _last_quarter(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    year = calendar.fiscal(calendar.current)[0] - 1 if calendar.current is not None else None
    return calendar.at(year, _ordinal(match["q"]), 3), year is None


def _ordinal(word: str) -> int:
    return int(word[1]) if word[0] == "q" else ORDINALS[word]


def _length(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    if match["alone"]:
        months = 3 if match["alone"] == "quarter" else 12
    else:
        count = _number(match["count"])
        months = count if match["what"].startswith("month") else round(count * 7 / 30.44)
    return tuple(p for p in calendar.durations if months_of(p) == months and _ends(p, match)), not match["year"]


def _first(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    count = 6 if match["count"] == "half" else _number(match["count"])
    year = int(match["y"]) if match["y"] else None
    return calendar.at(year, count // 3, count), year is None


def _day(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    return tuple(p for p in calendar.instants if _ends(p, match)), not match["year"]


def _year(match: re.Match[str], calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    year = int(match["y"])
    return tuple(p for p in calendar.durations if calendar.fiscal(p)[0] == year), True


def _number(word: str) -> int:
    return COUNTS.get(word) or int(word)


_WORDINGS = (
    Wording(
        needs=("quarter", "q1", "q2", "q3", "q4"),
        pattern=rf"\b(?P<q>(?:{_ORDINAL})(?=[\s-](?:fiscal\s)?quarter)|q[1-4]\b)(?:[\s-](?:fiscal\s)?quarter(?:'s"
        rf"|s)?)?(?:\sended)?(?:,?\s(?:of|in|for))?(?:\sthe)?(?:\sfiscal)?(?:\syear)?(?:\s(?P<y>{ANY_YEAR})"
        rf"|\s?(?P<last>{_LAST}))?",
        read=_quarter,
        example="the second quarter of fiscal 2010",
    ),
    Wording(
        needs=("quarter",),
        pattern=rf"\b(?:fiscal\s)?(?P<y>{ANY_YEAR})(?:'s)?\s(?P<q>{_ORDINAL})[\s-](?:fiscal\s)?quarter(?P<last>)",
        read=_quarter,
        example="fiscal 2010 second quarter",
    ),
    Wording(
        needs=("year's",),
        pattern=rf"\b{_LAST}'s\s(?:fiscal\s)?(?P<q>{_ORDINAL})[\s-](?:fiscal\s)?quarter",
        read=_last_quarter,
        example="last year's third quarter",
    ),
    Wording(
        needs=("ended", "ending"),
        pattern=rf"\b(?:(?P<count>{_COUNT})[\s-](?P<what>months?|weeks?)|(?P<alone>quarter"
        rf"|year))(?:\speriod)?\s(?:ended|ending)\s{_DATE}",
        read=_length,
        example="the nine months ended September 30, 2009",
    ),
    Wording(
        needs=("first",),
        pattern=r"\bfirst\s(?P<count>three|six|nine|half|3|6"
        rf"|9)(?:\smonths)?(?:\sof)?(?:\sthe)?(?:\sfiscal)?(?:\syear)?(?:\s(?P<y>{ANY_YEAR}))?",
        read=_first,
        example="the first six months of fiscal 2010",
    ),
    Wording(needs=_STEMS, pattern=rf"\b{_DATE}", read=_day, example="September 30, 2009"),
    Wording(
        needs=("19", "20"),
        pattern=r"\b(?:fiscal(?:\syear)?|in|for|from|to|with|of|than|over|year"
        rf"|during)\s(?P<y>{ANY_YEAR})\b(?!\s(?:first|second|third|fourth))",
        read=_year,
        example="in 2009",
    ),
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def calendar_of(document: Document, tagged: Sequence[Tagged]) -> Calendar:
    """From the columns of the face statements, and the words of the text for the name of the fiscal year."""
    columns = [(one.statement.kind, c.period) for one in tagged if one.statement.face for c in one.statement.columns]
    durations = tuple(dict.fromkeys(p for _, p in columns if p.start is not None))
    instants = tuple(dict.fromkeys(p for _, p in columns if p.start is None))
    income = [p for kind, p in columns if kind is Kind.INCOME_STATEMENT and p.start is not None] or list(durations)
    made = Calendar(
        durations=durations,
        instants=instants,
        year_end=_year_end(document, durations, instants),
        named=0,
        current=min(income, key=lambda p: (-p.end.toordinal(), months_of(p)), default=None),
    )
    return replace(made, named=_named(made, document))


def _named(calendar: Calendar, document: Document) -> int:
    """The year in the name of a fiscal year less that of its end, from the quarters that the text names."""
    if calendar.current is None:
        return 0
    said, year = _years_of_quarters(document), calendar.fiscal(calendar.current)[0]
    return 0 if year in said else next((n for n in (-1, 1) if year + n in said), 0)


def _years_of_quarters(document: Document) -> Counter[int]:
    """How often the text names a quarter of each year."""
    texts = [low(b.text) for b in document.blocks if isinstance(b, Paragraph) and "uarter" in b.text]
    pattern = _compiled(_WORDINGS[0].pattern)
    return Counter(int(m["y"]) for text in texts for m in pattern.finditer(text) if m["y"])


def _year_end(document: Document, durations: Sequence[Period], instants: Sequence[Period]) -> int:
    if document.header and (told := document.header.year_end) is not None:
        return told[0]
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


def whens(small: str, calendar: Calendar) -> list[When]:
    """The periods named in a sentence in small letters, in order; of two that overlap the longer words. White space is
    single."""
    if not (holds(small, _TRIGGERS) or _compiled(_TRIGGER).search(small)):
        return []
    found = sorted(_whens(small, calendar), key=lambda w: (w.start, -w.end))
    out: list[When] = []
    for when in found:
        if not out or when.start >= out[-1].end:
            out.append(when)
    return [_relative(when, out, calendar) for when in out]


def _whens(small: str, calendar: Calendar) -> Iterator[When]:
    for wording in _WORDINGS:
        if not holds(small, wording.needs):
            continue
        for match in _compiled(wording.pattern).finditer(small):
            periods, loose = wording.read(match, calendar)
            start = match.start("y") if wording.read is _year else match.start()
            yield When(start=start, end=match.end(), periods=periods, loose=loose)
    for match in hinted("prose", "ago").every(small):
        yield When(start=match.start(), end=match.end(), periods=(), ago=True)
    for match in hinted("prose", "now").every(small):
        if calendar.current is not None and months_of(calendar.current) == 3:
            yield When(start=match.start(), end=match.end(), periods=(calendar.current,))
    for match in hinted("prose", "sequential").every(small):
        yield When(start=match.start(), end=match.end(), periods=())


def _relative(when: When, named: Sequence[When], calendar: Calendar) -> When:
    """ "A year ago" counts from the period that the sentence speaks of, else, loosely, from the latest."""
    if not when.ago:
        return when
    own = next((w for w in named if not w.ago and w.periods and w.start < when.start), None)
    since = own.periods if own is not None else (calendar.current,)
    periods = tuple(p for period in since for p in year_before(period, calendar))
    return replace(when, periods=periods, loose=own is None or own.loose)


def _ends(period: Period, match: re.Match[str]) -> bool:
    """The period ends on the day named, give or take that filers write the last day of a month."""
    month, day = MONTHS[match["month"]], int(match["day"])
    near = period.end.month == month and abs(period.end.day - day) <= tol.PROSE.day
    return near and (not match["year"] or period.end.year == int(match["year"]))


def year_before(period: Period | None, calendar: Calendar) -> Iterator[Period]:
    """The period of the same length a year earlier, where a statement shows it."""
    if period is None:
        return
    for other in (*calendar.durations, *calendar.instants):
        if months_of(other) == months_of(period) and abs((period.end - other.end).days - 365) <= tol.PROSE.year:
            yield other
