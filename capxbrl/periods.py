"""Text of a heading -> instants and durations.

A heading seldom says a whole period in one place: "Three Months Ended" stands above "June 30,", and that above
"2009  2008".  So a text gives Clues; the clues of all the texts that stand over a column add up to its Period.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from .grammar import YEAR
from .model import Period

_T = TypeVar("_T")

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if n} | {"sept": 9}
COUNTS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ]
    )
} | {
    "twenty-four": 24,
    "twenty-five": 25,
    "twenty-six": 26,
    "twenty-seven": 27,
    "thirty-nine": 39,
    "forty": 40,
    "fifty-two": 52,
    "fifty-three": 53,
    "twenty": 20,
    "thirty-six": 36,
    "forty-eight": 48,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?|\d+(?:st|nd|rd|th)|\d+|[/.'’-]")
_ISO = re.compile(rf"(?<!\d)({YEAR})-(\d{{2}})-(\d{{2}})(?!\d)")
#: Not the prices "87 1/2-72 3/4": the signs are alike, and no number stands before.
_SLASHED = re.compile(r"(?<![\d/])(?<!\d )(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")

#: "31.03.2011", "03.31.11": the day stands first unless it could be no month.
_DOTTED = re.compile(r"(?<![\d.,$])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.%]|,\d)")
#: "3Q95", "Q3 1995", "Q3'95", "Q3 FY95".
_QUARTER = re.compile(
    r"\b(?:([1-4])Q|Q([1-4]))(?![1-4](?!\d))[ ]?(?:F[Y]?)?[ ]?['’/-]?(\d{4}|\d{2})?\b(?!\s*\d{1,2},)", re.I
)


#: The names of months and their abbreviations, as a part of other patterns.
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
#: "Dec-31-2003", "Dec/31/03".
_HYPHENED = re.compile(rf"\b({MONTH_NAMES})\.?([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?!\d)", re.I)
#: One day, in figures or with the name of its month; its year may be left out.
_ONE_DAY = (
    rf"(?:(?:{MONTH_NAMES})\.? \d{{1,2}}(?:, ?(?:19|20)\d\d)?|\d{{1,2}} (?:{MONTH_NAMES})\.?(?: (?:19|20)\d\d)?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|(?:19|20)\d\d-\d{2}-\d{2})(?!\d)"
)
#: A first and a last day: "June 3, 1996 (inception) to December 31, 1996", "Inception (June 3, 1996) to ...",
#: "1.1.2003 - 31.12.2003".
_RANGE = re.compile(
    rf"(?<![\d/.])({_ONE_DAY}),? ?\)?(?:\([^()]{{0,60}}\))?,? ?(?:to|through|thru|until|-|–|—) ({_ONE_DAY})", re.I
)
#: "Y/E", "FY/E": a year ended.
_YEAR_END = re.compile(r"\bF?Y/E\b", re.I)
#: Years that a filing may name.
FIRST_YEAR, LAST_YEAR = 1980, 2049
#: A fiscal year has at most so many weeks.
_MOST_WEEKS = 53
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
    return int(text) if len(text) == 4 and _known(int(text)) else None


def _full_year(text: str) -> int:
    """A year of two or four digits; two are of the century that makes it 1970 to 2069."""
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
    spans = _spans(text)
    found: list[Clues] = []
    for pattern, read in _WRITTEN:
        if told := [read(m) for m in pattern.finditer(text)]:
            found += [clues for clues in told if clues]
            text = pattern.sub(" ", text)
    found += _spoken(text)
    if not found:
        return _NOTHING
    clues = merge(found)
    return replace(
        clues,
        years=tuple(y for y in clues.years if _known(y)),
        spans=spans,
        quarter=next((c.quarter for c in reversed(found) if c.quarter), None),
    )


def _known(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


# --- dates and quarters written with signs ----------------------------------------------------------------------------


def _year_ended(_: re.Match[str]) -> Clues:
    return Clues(months=(12,), ended=True)


def _iso(match: re.Match[str]) -> Clues | None:
    date = _date(int(match[1]), int(match[2]), int(match[3]))
    return Clues(dates=(date,)) if date else None


def _slashed(match: re.Match[str]) -> Clues | None:
    year = _full_year(match[4])
    date = _date(year, int(match[1]), int(match[3])) if _known(year) else None
    return Clues(dates=(date,)) if date else None


def _dotted(match: re.Match[str]) -> Clues | None:
    year, first, second = _full_year(match[3]), int(match[1]), int(match[2])
    day, month = (second, first) if second > 12 else (first, second)
    date = _date(year, month, day) if _known(year) else None
    return Clues(dates=(date,)) if date else None


def _hyphened(match: re.Match[str]) -> Clues | None:
    year = _full_year(match[4])
    date = _date(year, MONTHS[match[1].lower()], int(match[3])) if _known(year) else None
    return Clues(dates=(date,)) if date else None


def _numbered_quarter(match: re.Match[str]) -> Clues:
    return Clues(quarter=int(match[1] or match[2]), years=(_full_year(match[3]),) if match[3] else ())


#: What is written with signs, how it is read: "2009-06-30", "6/30/09", "3Q95".
_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Clues | None]], ...] = (
    (_ISO, _iso),
    (_SLASHED, _slashed),
    (_DOTTED, _dotted),
    (_HYPHENED, _hyphened),
    (_QUARTER, _numbered_quarter),
    (_YEAR_END, _year_ended),
)


def _spans(text: str) -> tuple[tuple[dt.date, dt.date], ...]:
    return tuple(span for m in _RANGE.finditer(text) if (span := _range(m)))


# --- words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and numbers of a text as written, and in small letters."""

    written: tuple[str, ...]
    low: tuple[str, ...]

    def at(self, place: int) -> str:
        """The word in small letters; "" before the first and behind the last."""
        return self.low[place] if 0 <= place < len(self.low) else ""


#: What is read from a place on: how many words, and what they say.
_Read = tuple[int, Clues] | None
_NOTHING = Clues()


def _spoken(text: str) -> list[Clues]:
    """What the words say, in order: at each place the first rule that fits."""
    written = tuple(_TOKEN.findall(text))
    words = _Words(written, tuple(w.lower() for w in written))
    out: list[Clues] = []
    place = 0
    while place < len(written):
        if not _opens(words.low[place]):
            place += 1
            continue
        used, clues = next((read for rule in _RULES if (read := rule(words, place))), (1, _NOTHING))
        if clues is not _NOTHING:
            out.append(clues)
        place += used
    return out


def _counted(words: _Words, place: int) -> tuple[int, str, int]:
    """A count, the word that it counts, and how many words behind the first that is; count 0: there is none.

    "six months", "six-month", "6-month", "13 fiscal weeks", "twenty six weeks".
    """
    word, following = words.at(place), words.at(place + 1)
    first, dash, second = word.partition("-")
    if word in COUNTS:
        count, unit, used = COUNTS[word], following, 1
        if count == 20 and following in COUNTS:
            count, unit, used = count + COUNTS[following], words.at(place + 2), 2
    elif dash and first in COUNTS and second[:5] in ("month", "week", "weeks", "quart"):
        count, unit, used = COUNTS[first], second, 0
    elif word.isdigit() and 0 < int(word) <= _MOST_WEEKS:
        count, unit, used = int(word), following, 1
        if unit == "-":
            unit, used = words.at(place + 2), 2
    else:
        return 0, "", 0
    return (count, words.at(place + used + 1), used + 1) if unit == "fiscal" else (count, unit, used)


def _length(words: _Words, place: int) -> _Read:
    count, unit, used = _counted(words, place)
    if not count:
        return None
    if unit.startswith(("month", "mos")):
        return 1 + used, Clues(months=(count,))
    if unit.startswith(("week", "wks")):
        return 1 + used, Clues(weeks=(count,))
    if unit.startswith("quarters") and count <= 4:
        return 1 + used, Clues(months=(3 * count,))
    listed = _length_follows(words.low, place + 2) if unit == "and" and count < 50 else ""
    if not listed:
        return None
    # "three and six months ended", "13 and 26 weeks ended"
    return 2, Clues(weeks=(count,)) if listed == "week" else Clues(months=(count,))


def _ordinal(words: _Words, place: int) -> _Read:
    """ "third quarter", "first fiscal quarter": the word "quarter" is left, and says three months; "second-quarter"."""
    first, dash, second = words.at(place).partition("-")
    if dash and first in ORDINALS and second.startswith(("quarter", "qtr")):
        return 1, Clues(quarter=ORDINALS[first], months=(3,))
    number = ORDINALS.get(words.at(place))
    if number and words.at(place + 1).startswith(("quarter", "qtr", "fiscal")):
        return 1, Clues(quarter=number)
    return None


#: Words that are a length of period of themselves, in months.
_NAMED = {"quarter": 3, "quarters": 3, "quarterly": 3, "qtr": 3, "qtd": 3, "fye": 12, "ttm": 12, "ltm": 12}


def _named(words: _Words, place: int) -> _Read:
    word = words.at(place)
    if word in _NAMED:
        return 1, Clues(months=(_NAMED[word],))
    if word == "half-year" or (word == "half" and {"first", "six", "year"} & set(words.low)):
        return 1, Clues(months=(6,))
    if word == "month" and words.at(place + 1).startswith(("ended", "ending")):
        return 1, Clues(months=(1,))
    return None


def _year_word(words: _Words, place: int) -> _Read:
    """ "year ended", "fiscal year", "Year" alone: twelve months; "year to date"."""
    if words.at(place) not in ("year", "years", "fiscal-year", "annual", "yr"):
        return None
    following = words.at(place + 1)
    if following == "to" and words.at(place + 2) == "date":
        return 3, Clues(to_date=True)
    if following == "to" and (words.at(place + 2) in MONTHS or words.at(place + 3) in MONTHS):
        return 2, Clues(months=(12,), ended=True)  # "year to 30 June"
    named = following.startswith(("ended", "ending", "ends", "end"))
    named = named or words.at(place - 1) in ("fiscal", "full", "calendar") or len(words.low) <= 3
    # "at year end" is a day.
    last = following == "end" and place + 2 >= len(words.low)
    return 1, Clues(months=(12,)) if named and not last else _NOTHING


def _to_date(words: _Words, place: int) -> _Read:
    return (1, Clues(to_date=True)) if words.at(place) in ("year-to-date", "ytd", "year-to") else None


def _month(words: _Words, place: int) -> _Read:
    """A month and what follows it: "June 30, 2009", "June 30", "June 2009", "Sep-09"."""
    word = words.at(place)
    if word not in MONTHS or (word == "may" and not (words.at(place + 1).isdigit() or words.written[place][0] == "M")):
        return None
    dot = int(words.at(place + 1) == ".")
    used, clues = _month_of(MONTHS[word], words, place + dot)
    return used + dot, clues


def _month_of(month: int, words: _Words, place: int) -> tuple[int, Clues]:
    """What stands behind the month at `place`, or behind its point."""
    following, second = words.at(place + 1), words.at(place + 2)
    digits = following.rstrip("stndrh")
    if digits.isdigit() and 1 <= int(digits) <= 31:
        return _day_of(month, int(digits), words, place)
    if following.isdigit() and (year := _year(following)):
        return 2, _last_day(year, month)
    if following in _APOSTROPHES_AND_DASH and second.isdigit() and len(second) in (2, 4):
        year = _full_year(second)
        return 3, _last_day(year, month) if _known(year) else _NOTHING
    return 1, _NOTHING


def _day_of(month: int, day: int, words: _Words, place: int) -> tuple[int, Clues]:
    """A month and a day, and the year behind them: "June 30, 2009", "June 30, '09"."""
    after, short = place + 2, False
    while words.at(after) in (".", *_APOSTROPHES):
        short |= words.at(after) != "."
        after += 1
    text = words.at(after)
    year = _year(text) if text.isdigit() else None
    if short and year is None and text.isdigit() and len(text) == 2:
        year = _full_year(text)
    if not year:
        return 2, Clues(days=((month, day),))
    date = _date(year, month, day)
    return after + 1 - place, Clues(dates=(date,)) if date else _NOTHING


def _last_day(year: int, month: int) -> Clues:
    return Clues(dates=(dt.date(year, month, calendar.monthrange(year, month)[1]),))


def _last_of(words: _Words, place: int) -> _Read:
    """ "the last day of February"."""
    month = MONTHS.get(words.at(place + 3))
    if words.low[place : place + 3] != ("last", "day", "of") or not month:
        return None
    return 4, Clues(days=((month, calendar.monthrange(2000, month)[1]),))


def _day_first(words: _Words, place: int) -> _Read:
    """ "30 June 2009"; "30 June"."""
    word, month, year = words.at(place), MONTHS.get(words.at(place + 1)), words.at(place + 2)
    if not month or not word.isdigit() or not 1 <= int(word) <= 31:
        return None
    if not year.isdigit() or not _year(year):
        return (2, Clues(days=((month, int(word)),))) if not year.isdigit() else None
    date = _date(int(year), month, int(word))
    return 3, Clues(dates=(date,)) if date else _NOTHING


def _bare_year(words: _Words, place: int) -> _Read:
    """ "2009", "FY 09", "'09"."""
    word, following = words.at(place), words.at(place + 1)
    if word.isdigit() and _year(word):
        return 1, Clues(years=(int(word),))
    if word == "fy" and following.isdigit():
        return 2, Clues(years=(_full_year(following),), months=(12,))
    if word in _APOSTROPHES and following.isdigit() and len(following) == 2:
        return 2, Clues(years=(_full_year(following),))
    return None


def _position(words: _Words, place: int) -> _Read:
    """ "as of", "at", "ended"."""
    word = words.at(place)
    if word == "at" or (word == "as" and words.at(place + 1) in ("of", "at")):
        return 1, Clues(instant=True)
    return (1, Clues(ended=True)) if word.startswith(("ended", "ending")) else None


#: With these words something begins that is read; so it does with a number and with a word like "six-month".
_OPENERS = frozenset(
    [
        *COUNTS,
        *ORDINALS,
        *MONTHS,
        *_NAMED,
        "half",
        "month",
        "year",
        "years",
        "annual",
        "yr",
        "ytd",
        "fy",
        "'",
        "’",
        "at",
        "as",
        "last",
    ]
)


def _opens(word: str) -> bool:
    return word in _OPENERS or word[0].isdigit() or "-" in word or word.startswith(("ended", "ending"))


_APOSTROPHES = ("'", "’")
_APOSTROPHES_AND_DASH = ("-", *_APOSTROPHES)
#: In the order in which they are tried.
_RULES: tuple[Callable[[_Words, int], _Read], ...] = (
    _length,
    _ordinal,
    _named,
    _year_word,
    _to_date,
    _month,
    _last_of,
    _day_first,
    _bare_year,
    _position,
)


# --- first and last days ----------------------------------------------------------------------------------------------


def _range(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a range; the first may lack its year."""
    first, last = (read_clues(text) for text in match.groups())
    if not last.dates or not (first.dates or first.days):
        return None
    end = last.dates[0]
    start = first.dates[0] if first.dates else _date(end.year, *first.days[0])
    if start and not first.dates and start > end:
        start = _date(end.year - 1, start.month, start.day)
    return (start, end) if start and start < end else None


def _length_follows(words: Sequence[str], at: int) -> str:
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
        months=_joined(c.months for c in items),
        weeks=_joined(c.weeks for c in items),
        dates=_joined(c.dates for c in items),
        days=_joined(c.days for c in items),
        years=_joined(c.years for c in items),
        instant=any(c.instant for c in items),
        to_date=any(c.to_date for c in items),
        quarter=next((c.quarter for c in items if c.quarter), None),
        ended=any(c.ended for c in items),
        spans=_joined(c.spans for c in items),
    )


def _joined(parts: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(chain.from_iterable(parts))


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


def in_weeks(period: Period) -> Period | None:
    """A quarter, half year, three quarters or a year to the end of a month, counted in weeks; None where it is none."""
    for months, weeks in _WEEKS.items():
        if period.start and period.start == months_before(period.end, months):
            return duration(period.end, weeks=weeks)
    return None


def same_day(year: int, like: dt.date) -> dt.date:
    """`like` moved to another year; the last day of a month stays the last day."""
    last = calendar.monthrange(year, like.month)[1]
    if like.day == calendar.monthrange(like.year, like.month)[1]:
        return dt.date(year, like.month, last)
    return dt.date(year, like.month, min(like.day, last))
