"""The tolerances of decisions: how near two days, two counts of shares or two tables are before they are taken for one.

One record for each matter, each value with its unit and what goes wrong when it moves. Found on releases and reports of
1993 to 2025.
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from decimal import Decimal

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTolerances:
    """Days between dates."""

    #: Days are one where they differ by fewer: weeks end near the end of a month. With more, a typist's slip is missed.
    same: int = 8
    #: A weekday nearest to a month's end is so few from it (tests of 52 and 53 weeks; with more, every year fits).
    nearest: int = 3
    #: A year end so far from a month's end at most is one of weeks.
    weeks: int = 7
    #: Columns of one length are no further apart than a long year, ...
    year: int = 373
    #: ... and ends of years no nearer than a short one.
    short_year: int = 357
    #: A period of more is a year: with less, nine months are.
    long: int = 350
    #: A balance sheet so much older than the last one is of the last year end, not of the same day.
    earlier: int = 10
    #: A month of a period of weeks is no shorter.
    month: int = 26
    #: An interim period does not lie further before the year to date.
    interim: int = 300
    #: A filing is made within so many of its own period; later ends are of another year, or misread.
    late: int = 7
    #: A report is made within so many of its period: a later date in it is of the next year, or misread.
    made: int = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTolerances:
    """Numbers of shares, and what they make with figures per share."""

    #: Ratio: counts of one company, issued and average, of one class and of all, differ by less.
    apart: Decimal = Decimal(30)
    #: Ratio: the shares of two statements of a filing differ by less: outstanding and average, basic and diluted.
    alike: Decimal = Decimal("1.6")
    #: Figures as large count single shares where nothing else tells: no company has ten billion in thousands.
    full: Decimal = Decimal(10) ** 7
    #: Digits: a count printed with so many is printed in full.
    digits: int = 7
    #: Counts in thousands lie between these, where the label says nothing.
    thousands: tuple[int, int] = (1_000, 1_000_000)
    #: A count behind a point is one in thousands if another is so many times as large: the point stands for a comma.
    point: tuple[int, int] = (500, 2_000)
    #: A larger figure than so many times the earnings per share is no figure per share.
    above: int = 10
    #: Part: earnings per share times shares miss income by no more; others than those shown share in the income.
    earnings: Decimal = Decimal("0.12")
    #: Part: a line of shares misses income over earnings per share by no more, and one that is not named by no more.
    shares: Decimal = Decimal("0.2")
    loose: Decimal = Decimal("0.45")
    #: Part: par value times shares misses the amount of the line by no more.
    par: Decimal = Decimal("0.02")
    #: Part: a line between basic and diluted shares is larger than their difference by no more.
    between: Decimal = Decimal("1.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleTolerances:
    """What sizes say of a scale."""

    #: A count in full is at least so large.
    count: Decimal = Decimal(10) ** 6
    #: No company has more shares.
    shares: Decimal = Decimal(10) ** 11
    #: How much smaller and larger than the other statements one may be.
    sizes: tuple[Decimal, Decimal] = (Decimal("0.2"), Decimal(150))
    #: A smaller figure that stands twice says nothing of a scale.
    telling: int = 10
    #: Characters: a caption and what it is about stand this near to each other, ...
    reach: int = 60
    #: ... and no caption is longer.
    caption: int = 160
    #: Characters: a line in parentheses is a caption if it is shorter.
    alone: int = 60
    #: Characters of a sentence that are asked what its figure is.
    sentence: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTolerances:
    """Which tables are one statement, and which are none; in rows unless a field says otherwise."""

    #: Blocks between two pages of a statement (page number, running heads), ...
    near: int = 6
    #: ... and where the title says that it goes on.
    far: int = 12
    #: The last line of a statement stands among so many.
    last: int = 8
    #: Part of the labels of a page that another shows again: it is no continuation.
    repeated: float = 0.4
    #: Part of the lines of a second block that are those of the first.
    again: float = 0.6
    #: Figures per share are smaller, ...
    per_share: int = 20
    #: ... and have so many decimals.
    cents: int = 2
    #: A table that repeats a statement has at least so many lines, ...
    few: int = 4
    #: ... and shares this part of them.
    shared: float = 0.9
    #: Ratio: of two that repeat each other the later one is the statement if it has so many times the rows.
    fuller: float = 1.3
    #: Columns: a table with more is a summary of many years.
    columns: int = 6
    #: Characters: a longer paragraph is no heading.
    heading: int = 400
    #: Digits: a figure that stands twice, as one of money does, has at least so many.
    digits: int = 3
    #: Rows that must add up before a column is the sum of the others, ...
    sums: int = 3
    #: ... and the part of all.
    sums_share: float = 0.8
    #: Characters: a longer heading is no "Note" over the numbers of notes.
    reference: int = 12
    #: Rows that one total may sum, when a row with fewer figures than columns is placed.
    reach: int = 30
    #: Columns that its figures are tried in, at most.
    widest: int = 8
    #: Tables that are the parts of one statement, at most.
    parts: int = 6
    #: What is carried from one part to the next has a figure of so many digits, ...
    carried_digits: int = 3
    #: ... in so many columns: one smaller may stand there by chance.
    carried_columns: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTolerances:
    """What makes a table a statement of its kind, in points unless a field says otherwise."""

    #: What a title is worth that names the kind, ...
    named: int = 6
    #: ... and the one that it names last.
    named_last: int = 1
    #: With fewer points a table is no statement.
    enough: int = 7
    #: Words: a longer line that ends in a point is a sentence, ...
    ended: int = 3
    #: ... and without one, if it has so many, ...
    sentence: int = 8
    #: ... and more than this part of them begin with a small letter.
    small: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTolerances:
    """Whose statements they are; in characters unless a field says otherwise."""

    #: A name is no longer.
    name: int = 90
    #: Behind "businesses acquired" stands within so many what is filed.
    behind: int = 200
    #: Lines that the company stands over the name of its statement, at most.
    over: int = 3
    #: Likeness of two names that are one, misprinted (difflib's ratio).
    alike: float = 0.85
    #: Paragraphs of a cover in which the form stands.
    cover: int = 40
    #: So far behind the quarter or the year stands its number of weeks.
    weeks: int = 90


DAYS, COUNTS, SCALES = DayTolerances(), CountTolerances(), ScaleTolerances()
TABLES, KINDS, NAMES = TableTolerances(), KindTolerances(), NameTolerances()
