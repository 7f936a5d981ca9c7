"""Periods in words: "three months ended June 30, 2009", "first fiscal quarter", "as of the last day of May"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from itertools import chain

from ..records import dataclass
from .clues import NOTHING, Clues, merge
from .days import COUNTS, MONTHS, ORDINALS, WEEKDAYS, date_of, full_year, known, year_of

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?|\d+(?:st|nd|rd|th)|\d+|[/.'’-]")
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile("[a-z]+")
#: A fiscal year has at most so many weeks.
_MOST_WEEKS = 53


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and numbers of a text as written, and in small letters, with "" behind the last for the rules that look
    ahead: low[-1] is what stands before the first. count: how many there are."""

    written: tuple[str, ...]
    low: tuple[str, ...]
    count: int


#: No rule looks further ahead.
_AHEAD = ("",) * 8
#: What is read from a place on: how many words, and what they say.
_Read = tuple[int, Clues] | None
_NONE = (1, NOTHING)


def spoken(text: str) -> list[Clues]:
    """What the words say, in order: at each place the first rule that fits."""
    written = tuple(_TOKEN.findall(text))
    words = _Words(written, (*map(str.lower, written), *_AHEAD), len(written))
    out: list[Clues] = []
    place = 0
    while place < len(written):
        word = words.low[place]
        rules = _OPENERS.get(word) or _rules_of(word)
        used, clues = next((read for rule in rules if (read := rule(words, place))), _NONE) if rules else _NONE
        if clues is not NOTHING:
            out.append(clues)
        place += used
    return out


def _counted(words: _Words, place: int) -> tuple[int, str, int]:
    """A count, the word that it counts, and how many words behind the first that is; count 0: there is none.

    "six months", "six-month", "6-month", "13 fiscal weeks", "twenty six weeks".
    """
    word, following = words.low[place], words.low[place + 1]
    first, dash, second = word.partition("-")
    if word in COUNTS:
        count, unit, used = COUNTS[word], following, 1
        if count in (20, 30, 40, 50) and 0 < COUNTS.get(following, 0) < 10:
            count, unit, used = count + COUNTS[following], words.low[place + 2], 2
    elif dash and first in COUNTS and second[:5] in ("month", "week", "weeks", "quart"):
        count, unit, used = COUNTS[first], second, 0
    elif word.isdigit() and 0 < int(word) <= _MOST_WEEKS:
        count, unit, used = int(word), following, 1
        if unit == "-":
            unit, used = words.low[place + 2], 2
    else:
        return 0, "", 0
    return (count, words.low[place + used + 1], used + 1) if unit == "fiscal" else (count, unit, used)


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
    listed = _length_follows(words.low[: words.count], place + 2) if unit == "and" and count < 50 else ""
    if not listed:
        return None
    # "three and six months ended", "13 and 26 weeks ended"
    return 2, Clues(weeks=(count,)) if listed == "week" else Clues(months=(count,))


def _ordinal(words: _Words, place: int) -> _Read:
    """ "third quarter", "first fiscal quarter": the word "quarter" is left, and says three months; "second-quarter"."""
    first, dash, second = words.low[place].partition("-")
    if dash and first in ORDINALS and second.startswith(("quarter", "qtr")):
        return 1, Clues(quarter=ORDINALS[first], months=(3,))
    number = ORDINALS.get(words.low[place])
    if number in (1, 2) and words.low[place + 1] == "half":
        return 2, Clues(quarter=2 * number, months=(6,))
    if number and words.low[place + 1].startswith(("quarter", "qtr", "fiscal")):
        return 1, Clues(quarter=number)
    return None


#: Words that are a length of period of themselves, in months.
_NAMED = {"quarter": 3, "quarters": 3, "quarterly": 3, "qtr": 3, "qtd": 3, "fy": 12, "fye": 12, "ttm": 12, "ltm": 12}


def _named(words: _Words, place: int) -> _Read:
    word = words.low[place]
    if word in _NAMED and not (word == "fy" and words.low[place + 1].isdigit()):
        return 1, Clues(months=(_NAMED[word],))
    if word == "half-year" or (word == "half" and {"first", "six", "year"} & set(words.low)):
        return 1 + (words.low[place + 1] == "year"), Clues(months=(6,))
    if word == "month" and words.low[place + 1].startswith(("ended", "ending")):
        return 1, Clues(months=(1,))
    return None


def _year_word(words: _Words, place: int) -> _Read:
    """ "year ended", "fiscal year", "Year" alone: twelve months; "year to date"."""
    if words.low[place] not in ("year", "years", "fiscal-year", "annual", "yr"):
        return None
    following = words.low[place + 1]
    if following == "to" and words.low[place + 2] == "date":
        return 3, Clues(to_date=True)
    if following == "to" and (words.low[place + 2] in MONTHS or words.low[place + 3] in MONTHS):
        return 2, Clues(months=(12,), ended=True)  # "year to 30 June"
    named = following.startswith(("ended", "ending", "ends", "end"))
    named = named or words.low[place - 1] in ("fiscal", "full", "calendar") or words.count <= 3
    # "at year end" is a day.
    last = following == "end" and place + 2 >= words.count
    return 1, Clues(months=(12,)) if named and not last else NOTHING


def _to_date(words: _Words, place: int) -> _Read:
    return (1, Clues(to_date=True)) if words.low[place] in ("year-to-date", "ytd", "year-to") else None


def _month(words: _Words, place: int) -> _Read:
    """A month and what follows it: "June 30, 2009", "June 30", "June 2009", "Sep-09"."""
    word = words.low[place]
    if word not in MONTHS or (word == "may" and not (words.low[place + 1].isdigit() or words.written[place][0] == "M")):
        return None
    dot = int(words.low[place + 1] == ".")
    used, clues = _month_of(MONTHS[word], words, place + dot)
    return used + dot, clues


def _days(words: _Words, place: int) -> _Read:
    """ "January 1 - March 31": the first day gives a length, if both are of whole months, and no last day."""
    first, day, sign, second, last = (words.low[place + n] for n in range(5))
    if first not in MONTHS or second not in MONTHS or sign not in _UP_TO or not (day.isdigit() and last.isdigit()):
        return None
    if year_of(words.low[place + 5]) or not 1 <= int(last) <= 31:
        return None
    whole = int(day) == 1 and int(last) == calendar.monthrange(2001, MONTHS[second])[1]
    months = ((MONTHS[second] - MONTHS[first]) % 12 + 1,) if whole else ()
    return 5, Clues(months=months, days=((MONTHS[second], int(last)),))


def _months(words: _Words, place: int) -> _Read:
    """ "Jan-Mar 2010", "April - June": from the first day of one month to the last of another."""
    first, dash, second = words.low[place].partition("-")
    used = 1
    if not dash:
        dotted = int(words.low[place + 1] == ".")
        if words.low[place + 1 + dotted] not in _UP_TO:
            return None
        second, used = words.low[place + 2 + dotted], 3 + dotted
    if first not in MONTHS or second not in MONTHS:
        return None
    used += words.low[place + used] == "."
    length = Clues(months=((MONTHS[second] - MONTHS[first]) % 12 + 1,))
    year = words.low[place + used]
    if year.isdigit() and (known_year := year_of(year)):
        return used + 1, merge((length, _last_day(known_year, MONTHS[second])))
    if year.isdigit():
        return None
    return used, merge((length, Clues(days=((MONTHS[second], calendar.monthrange(2001, MONTHS[second])[1]),))))


def _month_of(month: int, words: _Words, place: int) -> tuple[int, Clues]:
    """What stands behind the month at `place`, or behind its point."""
    following, second = words.low[place + 1], words.low[place + 2]
    digits = following.rstrip("stndrh")
    if digits.isdigit() and 1 <= int(digits) <= 31:
        return _day_of(month, int(digits), words, place)
    if following.isdigit() and (year := year_of(following)):
        return 2, _last_day(year, month)
    if following in _APOSTROPHES_AND_DASH and second.isdigit() and len(second) in (2, 4):
        year = full_year(second)
        return 3, _last_day(year, month) if known(year) else NOTHING
    return 1, NOTHING


def _day_of(month: int, day: int, words: _Words, place: int) -> tuple[int, Clues]:
    """A month and a day, and the year behind them: "June 30, 2009", "June 30, '09"."""
    after, short = place + 2, False
    while words.low[after] in (".", *_APOSTROPHES):
        short |= words.low[after] != "."
        after += 1
    text = words.low[after]
    year = year_of(text) if text.isdigit() else None
    if short and year is None and text.isdigit() and len(text) == 2:
        year = full_year(text)
    if not year:
        return 2, Clues(days=((month, day),))
    date = date_of(year, month, day)
    return after + 1 - place, Clues(dates=(date,)) if date else NOTHING


def _last_day(year: int, month: int) -> Clues:
    return Clues(dates=(dt.date(year, month, calendar.monthrange(year, month)[1]),))


def _last_of(words: _Words, place: int) -> _Read:
    """ "the last day of February"."""
    month = MONTHS.get(words.low[place + 3])
    if words.low[place : place + 3] != ("last", "day", "of") or not month:
        return None
    return 4, Clues(days=((month, calendar.monthrange(2000, month)[1]),))


def _day_first(words: _Words, place: int) -> _Read:
    """ "30 June 2009"; "30 June"."""
    word, month, year = words.low[place], MONTHS.get(words.low[place + 1]), words.low[place + 2]
    if not month or not word.isdigit() or not 1 <= int(word) <= 31:
        return None
    if not year.isdigit() or not year_of(year):
        return (2, Clues(days=((month, int(word)),))) if not year.isdigit() else None
    date = date_of(int(year), month, int(word))
    return 3, Clues(dates=(date,)) if date else NOTHING


def _bare_year(words: _Words, place: int) -> _Read:
    """ "2009", "FY 09", "'09"."""
    word, following = words.low[place], words.low[place + 1]
    if word.isdigit() and year_of(word):
        return 1, Clues(years=(int(word),))
    if word == "fy" and following.isdigit():
        return 2, Clues(years=(full_year(following),), months=(12,))
    if word in _APOSTROPHES and following.isdigit() and len(following) == 2:
        return 2, Clues(years=(full_year(following),))
    return None


def _position(words: _Words, place: int) -> _Read:
    """ "as of", "at", "ended"."""
    word = words.low[place]
    if word == "at" or (word == "as" and words.low[place + 1] in ("of", "at")):
        return 1, Clues(instant=True)
    return (1, Clues(ended=True)) if word.startswith(("ended", "ending")) else None


#: Between the first and the last of a range.
_UP_TO = ("-", "to", "through")
_APOSTROPHES = ("'", "’")
_APOSTROPHES_AND_DASH = ("-", *_APOSTROPHES)

#: The rules in the order in which they are tried, each with the words with which begins what it reads.
_RULES: tuple[tuple[Callable[[_Words, int], _Read], Collection[str]], ...] = (
    (_length, COUNTS),
    (_ordinal, ORDINALS),
    (_named, {*_NAMED, "half", "month"}),
    (_year_word, ("year", "years", "annual", "yr")),
    (_to_date, ("ytd",)),
    (_days, MONTHS),
    (_months, MONTHS),
    (_month, MONTHS),
    (_last_of, ("last",)),
    (_bare_year, ("fy", *_APOSTROPHES)),
    (_position, ("at", "as")),
)
_OPENERS = {
    word: tuple(rule for rule, words in _RULES if word in words) for word in chain.from_iterable(w for _, w in _RULES)
}
#: Those that read what begins with a number, and with a word like "six-month".
_OF_NUMBERS = (_length, _day_first, _bare_year)
_OF_PAIRS = (_length, _ordinal, _named, _year_word, _to_date, _months)


def _rules_of(word: str) -> tuple[Callable[[_Words, int], _Read], ...]:
    """The rules that may read what begins with a word that is none of those."""
    if word[0].isdigit():
        return _OF_NUMBERS
    if "-" in word:
        return _OF_PAIRS
    return (_position,) if word.startswith(("ended", "ending")) else ()


#: The letters of the words with which anything begins that is read here or by its signs: "Y/E", "the Saturday nearest".
_FIRST_WORDS = frozenset(part for word in _OPENERS for part in re.findall("[a-z]+", word)) | {"y", *WEEKDAYS}


def has_digits(text: str) -> bool:
    """It has a digit of any script."""
    return _DIGIT.search(text) is not None


def may_open(text: str) -> bool:
    """The text may tell something: it has a number, or a word with which something begins."""
    low = text.lower()
    return has_digits(low) or not _FIRST_WORDS.isdisjoint(_LETTERS.findall(low)) or "ended" in low or "ending" in low


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
