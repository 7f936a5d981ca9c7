"""The tolerances of the cover: how far from its words a value stands, and what is too small or too long to be one.

In characters unless a field says otherwise. Found on first pages of filings of 1993 to 2025. With more, the value of
another caption is taken; with less, one that stands further down or behind blanks is missed.
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTolerances:
    """Where the cover is, and how far from its caption each value stands."""

    #: So far above its form, or its name, a cover may begin, ...
    above: int = 1_500
    #: ... and so far below its form stands what bears it out.
    below: int = 4_000
    #: Lines that name a form alone and are looked at: a cover's is among the first, and a list of forms costs time.
    forms: int = 20
    #: The form stands so close below the head of the Commission, where a text has lost its lines.
    seat: int = 80
    #: A table of contents has its first part or item so close below (a page head "Table of Contents" leads nowhere),
    #: and a cover without a head begins so close above its form.
    close: int = 250
    #: A value stands at most so far above its caption.
    high: int = 800
    #: "Amendment No. 1" stands so far behind the form that it amends.
    amendment: int = 200
    #: A date stands so far behind its caption, ...
    date: int = 120
    #: ... or so far above it.
    date_above: int = 120
    #: The date of the event, in parentheses, stands so far behind that of the report.
    event: int = 40
    #: Day: a fiscal year of 52 or 53 weeks that ends by it in January is that of the calendar year before.
    january: int = 15
    #: Month and day: one that ends between these is named either way by its filers; only the page's words would tell.
    winter: tuple[tuple[int, int], tuple[int, int]] = ((1, 16), (2, 28))
    #: No name of a company is longer: what is longer is a sentence.
    name: int = 120
    #: A state that is not in the column of its caption stands so far above it, ...
    state_above: int = 400
    #: ... or so far behind it.
    state_behind: int = 200
    #: The number of a file, of an employer or of a telephone stands so near its caption.
    number: int = 300
    #: The Commission's number of a registrant is any number of five to ten digits: it stands nearer.
    cik: int = 60
    #: An address reaches so far above its caption, or behind it, ...
    address: int = 500
    #: ... its postal code stands so far behind it, ...
    code: int = 160
    #: ... whose own caption is shorter (a longer line that names a ZIP code is a caption of more).
    code_caption: int = 30
    #: An address without a caption stands in a shorter line than this: a longer one is a sentence.
    address_line: int = 120
    #: A box stands so near before its words.
    mark: int = 40
    #: The answer stands so far behind its question, ...
    answer: int = 900
    #: ... and its last mark so far behind the last of yes and no.
    mark_behind: int = 60
    #: The last box of the kinds of filer stands so far below the line of its words.
    last_mark: int = 80
    #: Confidence: a box that is damaged, so that no mark in it can be seen, ...
    damaged: float = 0.7
    #: ... and a fact whose witnesses disagree.
    doubtful: float = 0.7
    #: An auditor is named so far before its number, ...
    auditor: int = 160
    #: ... and its place stands so far below its signature.
    auditor_place: int = 300
    #: Blocks before and behind the one that names an auditor or its number, that are read with it.
    around: int = 2
    #: So many blocks that may name the auditor are looked at.
    auditors: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityTolerances:
    """The table of listed securities, the shares outstanding and the public float."""

    #: The table of listed securities is no longer, where nothing ends it.
    table: int = 8_000
    #: Words of a title that name its member.
    title: int = 6
    #: A passage reaches so far before and behind the words that it is known by.
    passage: int = 900
    #: Shares: a smaller figure is a number of holders, or of a rule.
    shares: int = 100
    #: So far before and behind a count the words are asked what it counts, ...
    around: int = 60
    #: ... of those before it only so many what is in issue, ...
    before: int = 45
    #: ... of those behind it so many whether it counts other shares, ...
    others: int = 40
    #: ... and so many on either side what class is meant.
    named: int = 90
    #: Dollars: a smaller amount is a price or a par value, no public float.
    value: int = 10_000
    #: "per share" stands so close behind an amount that is one of a share.
    one_share: int = 30
    #: The day of the public float stands so far behind it.
    value_behind: int = 200


COVER, SECURITIES = CoverTolerances(), SecurityTolerances()
