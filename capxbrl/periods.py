"""Text of a heading -> instants and durations.

A heading seldom says a whole period in one place: "Three Months Ended" stands above "June 30,", and that above
"2009  2008".  So a text gives Clues; the clues of all the texts that stand over a column add up to its Period.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Period

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if n} | {"sept": 9}
COUNTS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"]
    )
} | {
    "twenty-four": 24, "twenty-five": 25, "twenty-six": 26, "twenty-seven": 27, "thirty-nine": 39, "forty": 40,
    "fifty-two": 52, "fifty-three": 53, "twenty": 20, "thirty-six": 36, "forty-eight": 48,
}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?|\d+(?:st|nd|rd|th)|\d+|[/.'’-]")
_ISO = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)-(\d{2})-(\d{2})(?!\d)")
#: Not the prices "87 1/2-72 3/4": the signs are alike, and no number stands before.
_SLASHED = re.compile(r"(?<![\d/])(?<!\d )(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")


#: "3Q95", "Q3 1995", "Q3'95", "Q3 FY95".
_QUARTER = re.compile(
    r"\b(?:([1-4])Q|Q([1-4]))(?![1-4](?!\d))[ ]?(?:F[Y]?)?[ ]?['’/-]?(\d{4}|\d{2})?\b(?!\s*\d{1,2},)", re.I
)


_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
#: A first and a last day; what stands in parentheses between them ("inception") is passed over.
_RANGE = re.compile(
    rf"\b({_MONTH_NAMES})\.? (\d{{1,2}})(?:, ?((?:19|20)\d\d))?,? ?(?:\([^()]{{0,60}}\))?,? ?(?:to|through|thru|until|-|–) "
    rf"({_MONTH_NAMES})\.? (\d{{1,2}}), ?((?:19|20)\d\d)",
    re.I,
)
#: No heading is longer.
_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the words of one text say of a period. Absent items are None or empty.

    months/weeks: lengths named, in order. dates: whole dates. days: (month, day) without a year.
    years: years that stand alone. instant: "as of", "at". to_date: "year to date". quarter: 1 to 4.
    spans: first and last days, "June 3, 1996 (inception) to December 31, 1996".
    """

    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    dates: tuple[dt.date, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    years: tuple[int, ...] = ()
    instant: bool = False
    to_date: bool = False
    quarter: int | None = None
    ended: bool = False
    spans: tuple[tuple[dt.date, dt.date], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.months or self.weeks or self.dates or self.days or self.years or self.to_date or self.quarter)

    @property
    def length(self) -> bool:
        """It names how long the period is."""
        return bool(self.months or self.weeks or self.to_date)


def _year(text: str) -> int | None:
    if len(text) == 4 and 1980 <= int(text) < 2050:
        return int(text)
    return None


def _full_year(text: str) -> int:
    """A year of two or four digits."""
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        # "September 31", "June 31": the filer means the last day of the month.
        if 1 <= month <= 12 and 28 <= day <= 31:
            return dt.date(year, month, calendar.monthrange(year, month)[1])
        return None


def read_clues(text: str) -> Clues:
    """All that a heading, a title or a caption says of periods. Never raises."""
    text = " ".join(text[:_LONGEST].split())
    months: list[int] = []
    weeks: list[int] = []
    dates: list[dt.date] = []
    days: list[tuple[int, int]] = []
    years: list[int] = []
    instant = to_date = ended = False
    quarter: int | None = None
    for match in _ISO.finditer(text):
        date = _date(int(match[1]), int(match[2]), int(match[3]))
        if date:
            dates.append(date)
    text = _ISO.sub(" ", text)
    for match in _SLASHED.finditer(text):
        written = int(match[4])
        written += (1900 if written >= 70 else 2000) if written < 100 else 0
        date = _date(written, int(match[1]), int(match[3]))
        if date and 1980 <= written < 2050:
            dates.append(date)
    text = _SLASHED.sub(" ", text)
    for match in _QUARTER.finditer(text):
        quarter = int(match[1] or match[2])
        if match[3]:
            years.append(_full_year(match[3]))
    text = _QUARTER.sub(" ", text)
    tokens = _TOKEN.findall(text)
    low = [t.lower() for t in tokens]
    size = len(tokens)
    at = 0
    while at < size:
        word = low[at]
        following = low[at + 1] if at + 1 < size else ""
        count, unit, used = COUNTS.get(word), following, 1
        if (
            count is None
            and "-" in word
            and word.split("-")[0] in COUNTS
            and word.split("-")[1][:5] in ("month", "week", "weeks", "quart")
        ):
            count, unit, used = COUNTS[word.split("-")[0]], word.split("-")[1], 0
        elif count is None and word.isdigit() and 0 < int(word) <= 53:
            count = int(word)
            if unit == "-" and at + 2 < size:
                unit, used = low[at + 2], 2
        elif count is not None and count == 20 and following in COUNTS:
            count, unit, used = count + COUNTS[following], low[at + 2] if at + 2 < size else "", 2
        if count is not None and unit == "fiscal" and at + used + 1 < size:
            unit, used = low[at + used + 1], used + 1
        if count and unit.startswith(("month", "mos")):
            months.append(count)
            at += 1 + used
        elif count and unit.startswith(("week", "wks")):
            weeks.append(count)
            at += 1 + used
        elif count and count <= 4 and unit.startswith("quarters"):
            months.append(3 * count)
            at += 1 + used
        elif count and count < 50 and unit in ("and", ",", "&") and _length_follows(low, at + 2):
            # "three and six months ended", "13 and 26 weeks ended"
            (weeks if _length_follows(low, at + 2) == "week" else months).append(count)
            at += 2
        elif word in ORDINALS and following.startswith(("quarter", "qtr", "fiscal")):
            quarter = ORDINALS[word]
            at += 1
        elif word in ("quarter", "quarters", "quarterly", "qtr"):
            months.append(3)
            at += 1
        elif word in ("fye", "ttm", "ltm"):
            months.append(12)
            at += 1
        elif word == "qtd":
            months.append(3)
            at += 1
        elif word in ("half", "half-year") and ("first" in low or "six" in low or "year" in low):
            months.append(6)
            at += 1
        elif word in ("year", "years", "fiscal-year", "annual", "yr"):
            before = low[at - 1] if at else ""
            if following == "to" and at + 2 < size and low[at + 2] == "date":
                to_date = True
                at += 3
            elif (
                following.startswith(("ended", "ending", "ends", "end"))
                or before in ("fiscal", "full", "calendar")
                or size <= 3
            ):
                if not (following == "end" and at + 2 >= size):
                    months.append(12)
                at += 1
            else:
                at += 1
        elif word in ("year-to-date", "ytd", "year-to"):
            to_date = True
            at += 1
        elif word in MONTHS and (word != "may" or following.isdigit() or tokens[at][0] == "M"):
            if following == ".":
                at += 1
                following = low[at + 1] if at + 1 < size else ""
            digits = following.rstrip("stndrh")
            if digits.isdigit() and 1 <= int(digits) <= 31:
                after = at + 2
                short = False
                while after < size and low[after] in (".", "'", "’"):
                    short |= low[after] != "."
                    after += 1
                year = _year(low[after]) if after < size and low[after].isdigit() else None
                if short and year is None and after < size and low[after].isdigit() and len(low[after]) == 2:
                    year = _full_year(low[after])
                if year:
                    date = _date(year, MONTHS[word], int(digits))
                    if date:
                        dates.append(date)
                    at = after + 1
                else:
                    days.append((MONTHS[word], int(digits)))
                    at += 2
            elif following.isdigit() and _year(following):
                last = calendar.monthrange(int(following), MONTHS[word])[1]
                dates.append(dt.date(int(following), MONTHS[word], last))
                at += 2
            elif (
                following in ("-", "'", "’") and at + 2 < size and low[at + 2].isdigit() and len(low[at + 2]) in (2, 4)
            ):
                # "Sep-09", "Dec '94": the month of a year.
                year = _full_year(low[at + 2])
                if 1980 <= year < 2050:
                    dates.append(dt.date(year, MONTHS[word], calendar.monthrange(year, MONTHS[word])[1]))
                at += 3
            else:
                at += 1
        elif word.isdigit() and 1 <= int(word) <= 31 and following in MONTHS:
            # "30 June 2009"
            year = _year(low[at + 2]) if at + 2 < size and low[at + 2].isdigit() else None
            if year:
                date = _date(year, MONTHS[following], int(word))
                if date:
                    dates.append(date)
                at += 3
            else:
                at += 1
        elif word.isdigit() and _year(word):
            years.append(int(word))
            at += 1
        elif word == "fy" and following.isdigit():
            years.append(_full_year(following))
            months.append(12)
            at += 2
        elif word in ("'", "’") and following.isdigit() and len(following) == 2:
            years.append(_full_year(following))
            at += 2
        else:
            instant |= word == "at" or (word == "as" and following in ("of", "at"))
            ended |= word.startswith(("ended", "ending"))
            at += 1
    years = [y for y in years if 1980 <= y < 2050]
    spans = tuple(s for m in _RANGE.finditer(text) if (s := _range(m)))
    return Clues(
        months=tuple(months), weeks=tuple(weeks), dates=tuple(dates), days=tuple(days), years=tuple(years),
        instant=instant, to_date=to_date, quarter=quarter, ended=ended, spans=spans,
    )  # fmt: skip


def _range(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The days of "June 3, 1996 (inception) to December 31, 1996"; the first may lack its year."""
    end = _date(int(match[6]), MONTHS[match[4].lower()], int(match[5]))
    if end is None:
        return None
    start = _date(int(match[3] or end.year), MONTHS[match[1].lower()], int(match[2]))
    if start and not match[3] and start > end:
        start = _date(end.year - 1, start.month, start.day)
    return (start, end) if start and start < end else None


def _length_follows(words: list[str], at: int) -> str:
    """ "month" or "week" when words[at:] go on "six months", "26 weeks", "six-month"; else ""."""
    if at >= len(words):
        return ""
    word = words[at]
    parts = [*word.split("-"), *words[at + 1 : at + 2]]
    if (parts[0] in COUNTS or parts[0].isdigit()) and len(parts) > 1:
        for unit in parts[1:]:
            for name in ("month", "week"):
                if unit.startswith(name):
                    return name
    return ""


def merge(clues: Iterable[Clues]) -> Clues:
    """The clues of several texts, in order from the top down."""
    items = list(clues)
    return Clues(
        months=tuple(m for c in items for m in c.months),
        weeks=tuple(w for c in items for w in c.weeks),
        dates=tuple(d for c in items for d in c.dates),
        days=tuple(d for c in items for d in c.days),
        years=tuple(y for c in items for y in c.years),
        instant=any(c.instant for c in items),
        to_date=any(c.to_date for c in items),
        quarter=next((c.quarter for c in items if c.quarter), None),
        ended=any(c.ended for c in items),
        spans=tuple(s for c in items for s in c.spans),
    )


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of a period of whole months that ends on `day`: three months to 30 September begin on 1 July.

    A day that is not the last of its month keeps its number: three months to 15 May begin on 16 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        before = dt.date(year, month, last)
    else:
        before = dt.date(year, month, min(day.day, last))
    return before + dt.timedelta(1)


#: Weeks of a quarter, half year, three quarters and a year of filers whose periods end on a weekday.
_WEEKS = {3: 13, 6: 26, 9: 39, 12: 52}


def duration(end: dt.date, *, months: int | None = None, weeks: int | None = None) -> Period:
    """A period by its last day and its length.  weeks: start = end - 7n + 1 days.

    Months to a day that is not a month's last, yet within ten days of one, are weeks: filers with 52-week years write
    "three months ended June 27" and mean 13 weeks.
    """
    if weeks:
        return Period(start=end - dt.timedelta(7 * weeks - 1), end=end)
    assert months
    last = calendar.monthrange(end.year, end.month)[1]
    near_month_end = end.day != last and (last - end.day <= 10 or end.day <= 7)
    if near_month_end and months in _WEEKS:
        return Period(start=end - dt.timedelta(7 * _WEEKS[months] - 1), end=end)
    return Period(start=months_before(end, months), end=end)


def same_day(year: int, like: dt.date) -> dt.date:
    """`like` moved to another year; the last day of a month stays the last day."""
    last = calendar.monthrange(year, like.month)[1]
    if like.day == calendar.monthrange(like.year, like.month)[1]:
        return dt.date(year, like.month, last)
    return dt.date(year, like.month, min(like.day, last))
