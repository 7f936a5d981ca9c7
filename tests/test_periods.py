"""Words of headings -> instants and durations."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capxbrl.decisions.period_lengths import dealt
from capxbrl.periods import duration, read_clues, same_day


@pytest.mark.parametrize(
    ("text", "months", "weeks", "dates", "days", "years"),
    [
        ("Three Months Ended September 30,", (3,), (), (), ((9, 30),), ()),
        ("Sept. 30, 2009", (), (), ("2009-09-30",), (), ()),
        ("13 Weeks Ended July 3, 2004", (), (13,), ("2004-07-03",), (), ()),
        ("Twenty-six weeks ended", (), (26,), (), (), ()),
        ("For the three and six months ended June 30, 2009 and 2008", (3, 6), (), ("2009-06-30",), (), (2008,)),
        ("Six-month period ended June 28,", (6,), (), (), ((6, 28),), ()),
        ("Year Ended December 31, 2008", (12,), (), ("2008-12-31",), (), ()),
        ("6/30/09", (), (), ("2009-06-30",), (), ()),
        ("2009-06-30", (), (), ("2009-06-30",), (), ()),
        ("June 31, 2009", (), (), ("2009-06-30",), (), ()),
        ("may be reissued", (), (), (), (), ()),
    ],
)
def test_clues(
    text: str, months: tuple[int, ...], weeks: tuple[int, ...], dates: tuple[str, ...], days: object, years: object
) -> None:
    clues = read_clues(text)
    assert (clues.months, clues.weeks, tuple(map(str, clues.dates)), clues.days, clues.years) == (
        months,
        weeks,
        dates,
        days,
        years,
    )


@pytest.mark.parametrize(
    ("end", "months", "weeks", "start"),
    [
        ("2009-09-30", 3, None, "2009-07-01"),
        ("2009-09-30", 6, None, "2009-04-01"),
        ("2008-02-29", 3, None, "2007-12-01"),
        ("2004-07-03", None, 13, "2004-04-04"),
        ("2009-06-27", 3, None, "2009-03-29"),
        ("2009-05-15", 3, None, "2009-02-16"),
        ("2005-01-01", None, 53, "2003-12-28"),
    ],
)
def test_the_first_day_of_a_period(end: str, months: int | None, weeks: int | None, start: str) -> None:
    period = duration(dt.date.fromisoformat(end), months=months, weeks=weeks)
    assert str(period) == f"{start}/{end}"


def test_the_last_day_of_a_month_stays_it() -> None:
    assert same_day(2008, dt.date(2009, 2, 28)) == dt.date(2008, 2, 29)


@given(st.text(max_size=200))
def test_any_text_gives_clues(text: str) -> None:
    read_clues(text)


@pytest.mark.parametrize(
    ("text", "months", "weeks", "quarter"),
    [
        ("three and six months ended", (3, 6), (), None),
        ("13 and 26 weeks ended", (), (13, 26), None),
        ("twenty-six fiscal weeks", (), (26,), None),
        ("twenty six weeks", (), (26,), None),
        ("6-month period", (6,), (), None),
        ("third quarter", (3,), (), 3),
        ("3Q95", (), (), 3),
        ("first half", (6,), (), 2),
        ("fiscal year", (12,), (), None),
        ("at year end", (), (), None),
    ],
)
def test_lengths_in_words(text: str, months: tuple[int, ...], weeks: tuple[int, ...], quarter: int | None) -> None:
    clues = read_clues(text)
    assert (clues.months, clues.weeks, clues.quarter) == (months, weeks, quarter)


@pytest.mark.parametrize(
    ("values", "ends", "lengths"),
    [
        ((3, 6), "1212", [3, 3, 6, 6]),
        ((3, 12), "12313", [3, 3, 3, 12, 12]),
        ((3,), "123", [3, 3, 3]),
        ((3, 9), "1", []),
        ((3, 12), "12345", []),
        ((3, 6, 12), "12121", [3, 3, 6, 6, 12]),
    ],
)
def test_lengths_in_a_title_are_dealt_where_the_days_begin_again(
    values: tuple[int, ...], ends: str, lengths: list[int]
) -> None:
    days = [dt.date(2009, 12, 31) - dt.timedelta(91 * int(n)) for n in ends]
    assert dealt(values, days) == lengths
