"""Pages that show what each tolerance of the cover is for: moved far, another fact is read from them.

WITNESSES: record -> field -> (a value far from its own, what is asked). Used by tests/test_stage_tolerances.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import test_cover

from capxbrl.cover import boxes, dates, names, read_cover, where
from capxbrl.cover import securities as listed
from capxbrl.cover.address_lines import addresses
from capxbrl.cover.auditor import auditor_facts
from capxbrl.cover.flat import Cover, Flat
from capxbrl.findings import Position
from capxbrl.model import Paragraph
from capxbrl.readers import read

AT = Position(source="x", line=1, column=1)
Witness = tuple[Any, Callable[[], object]]


def on(text: str) -> Cover:
    """A cover that is this text."""
    flat = Flat(text=text, starts=(0,), pieces=((0, None, None, Paragraph(text=text, at=AT)),))
    return Cover(flat=flat, start=0, limit=len(text))


def facts(page: str, name: str = "x.txt") -> Callable[[], object]:
    """What is read from a whole first page."""
    return lambda: [
        (f.concept, f.value, f.confidence, f.day) for f in read_cover(read(page.encode(), name).value).value
    ]


def found(page: str) -> Callable[[], object]:
    """Where the cover of a page begins and ends, and its form."""

    def ask() -> object:
        cover = where.find_cover(read(page.encode(), "x.txt").value)
        return cover and (cover.start, cover.limit, cover.form)

    return ask


def auditors(text: str) -> Callable[[], object]:
    return lambda: [f.value for f in auditor_facts(read(text.encode(), "x.txt").value).value]


def counted(words: str, number: str) -> Callable[[], object]:
    """Whether a number counts shares in issue, and of which class."""

    def ask() -> object:
        match = next(m for m in listed._COUNT.finditer(words) if m[1] == number)
        return listed._in_issue(words, match), listed._class_of(words, match)

    return ask


def passages(text: str) -> Callable[[], object]:
    return lambda: [(f.value, f.day) for f in listed.security_facts(on(text)).value]


PAGE = test_cover.COLUMNS
STATE = "Incorporated in Nevada in 1990 (state or other jurisdiction)"
STATE_BEHIND = "(state or other jurisdiction) where the company was incorporated in 1990: the laws of Nevada"
REPORT = "FORM 8-K\nDate of Report: (Date of earliest event reported) June 3, 2005 (May 27, 2005)\n"
STREET = "Example Inc\n12 Main Street\nDenver, Colorado 80202\n"
CAPTIONED = "12 Main Street\nDenver, Colorado\n(Address of principal executive offices)\n"
LOST = "SECURITIES AND EXCHANGE COMMISSION WASHINGTON, D.C. 20549 FORM 8-K CURRENT REPORT"
SHELL = "Indicate whether the registrant is a shell company. Yes [ ] No [X]"
EMERGING = "Emerging growth company\n[X]\n"
CONTENTS = "Securities of many kinds\n\nTABLE OF CONTENTS\n\nsome words first\n\nItem 1. Business\n"
FLOAT = (
    "The aggregate market value of the stock held by others was $25,000,000 at the close of business on the day June "
    "30, 2005."
)
NUMBERED = "Our auditor is Birch & Vale LLP, Denver, Colorado, PCAOB ID 4242.\n"
SIGNED = (
    "PCAOB ID: 4242\n\nWe have audited the statements.\n\n/s/ Birch & Vale LLP\n\nDenver, Colorado\n\nMarch 1, 2024\n"
)

WITNESSES: dict[str, dict[str, Witness]] = {
    "COVER": {
        "above": (0, found("A head\n\n" + PAGE)),
        "below": (0, found("FORM 8-K\n\nDate of Report: March 3, 1998\n\nEXAMPLE WIDGETS, INC.\n")),
        "forms": (0, lambda: where._on_its_own(on(PAGE).flat, PAGE) is None),
        "seat": (0, lambda: where._at_the_seat(LOST) is None),
        "close": (0, lambda: where._limit(CONTENTS, 0)),
        "high": (0, lambda: on("EXAMPLE WIDGETS, INC.\n\n(Exact name").lines_above(23, 1)),
        "amendment": (0, facts(PAGE.replace("FORM 8-K", "FORM 8-K\n\nAmendment No. 1"))),
        "date": (0, facts(PAGE)),
        "date_above": (0, lambda: [c.value for c in dates._events(on("FORM 8-K\nMarch 3, 1998\n(Date of report)\n"))]),
        "event": (0, lambda: [c.value for c in dates._events(on(REPORT))]),
        "january": (0, lambda: dates._fiscal_year(dt.date(2010, 1, 2))),
        "winter": (((12, 31), (12, 31)), lambda: dates._fiscal_year(dt.date(2010, 1, 31))),
        "name": (0, lambda: names.is_name("Mallow Works Inc")),
        "state_above": (0, lambda: list(names._captioned_state(on(STATE)))),
        "state_behind": (0, lambda: list(names._captioned_state(on(STATE_BEHIND)))),
        "number": (0, facts(PAGE)),
        "cik": (0, facts(PAGE.replace("Registrant's", "Central Index Key: 0000012345\n\nRegistrant's"))),
        "address": (0, lambda: addresses(on(CAPTIONED), {})),
        "code": (0, lambda: addresses(on(CAPTIONED + "\n80202\n"), {})),
        "code_caption": (0, lambda: addresses(on(CAPTIONED.replace("(A", "(Zip Code)\n(A")), {})),
        "address_line": (0, lambda: addresses(on(STREET), {})),
        "mark": (0, lambda: boxes._before(on("[X] ANNUAL REPORT"), 4)),
        "answer": (0, lambda: [f.value for f in boxes.box_facts(on(SHELL)).value]),
        "mark_behind": (0, lambda: [f.value for f in boxes.box_facts(on("is a shell company. Yes [ ] No  [X]")).value]),
        "last_mark": (0, lambda: [f.value for f in boxes.box_facts(on(EMERGING)).value]),
        "damaged": (0.0, "test_cover::test_a_damaged_box_is_not_checked_and_told"),
        "doubtful": (0.0, facts(test_cover.submission(PAGE, "8-K", test_cover.HEAD.replace("133124057", "133124075")))),
        "auditor": (0, auditors(NUMBERED)),
        "auditor_place": (0, auditors(SIGNED)),
        "around": (0, auditors("Auditor Name: Birch & Vale LLP\n\nPCAOB ID: 4242\n")),
        "auditors": (0, auditors(NUMBERED)),
    },
    "SECURITIES": {
        "table": (0, facts(test_cover.ANNUAL, "x.htm")),
        "title": (1, lambda: listed._named_members(["Depositary receipts of the company"])),
        "passage": (0, passages("There were 25,000,000 shares of common stock outstanding.")),
        "shares": (10**9, passages("There were 25,000,000 shares of common stock outstanding.")),
        "around": (0, counted("There were 25,000,000 shares of common stock outstanding.", "25,000,000")),
        "before": (1, counted("The number of shares outstanding was 25,000,000.", "25,000,000")),
        "others": (0, counted("There were 25,000,000 shares held by affiliates.", "25,000,000")),
        "named": (0, counted("There were 25,000,000 shares of Class B common stock outstanding.", "25,000,000")),
        "value": (10**12, passages(FLOAT)),
        "one_share": (0, passages(FLOAT.replace("$25", "$12,000 per share, or $25"))),
        "value_behind": (0, passages(FLOAT)),
    },
}
