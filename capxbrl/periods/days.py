"""Days and their names: months, counts, ordinals; years that a filing may name."""

from __future__ import annotations

import calendar
import datetime as dt

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if n} | {"sept": 9}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty")
#: Numbers in words, "zero" to "fifty-nine".
COUNTS = {word: n for n, word in enumerate(("zero", *_ONES, *_TEENS))}
COUNTS |= {tens: 10 * n for n, tens in enumerate(_TENS, start=2)}
COUNTS |= {f"{tens}-{one}": 10 * n + m for n, tens in enumerate(_TENS, 2) for m, one in enumerate(_ONES, 1)}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
#: The names of months and their abbreviations, as a part of other patterns.
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
#: Monday is the first, as in `datetime`.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Years that a filing may name.
FIRST_YEAR, LAST_YEAR = 1980, 2049


def year_of(text: str) -> int | None:
    """A year of four digits that a filing may name."""
    return int(text) if len(text) == 4 and known(int(text)) else None


def full_year(text: str) -> int:
    """A year of two or four digits; two are of the century that makes it 1970 to 2069."""
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """The day; "September 31" is the last day of the month; None where there is none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        # "September 31", "June 31": the filer means the last day of the month.
        if 1 <= month <= 12 and 28 <= day <= 31:
            return dt.date(year, month, calendar.monthrange(year, month)[1])
        return None


def known(year: int) -> bool:
    """A filing may name the year."""
    return FIRST_YEAR <= year <= LAST_YEAR
