"""Lines of a statement of flows that show balances: cash at the beginning and at the end of the period.

Their figures hold at an instant. Words decide ("at end of year", "at June 30"), then the place: below the closing
balance, lines that name cash and no flow say what it is made of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import Column, Kind, LineItem
from ..periods import read_clues

#: "beginning" also as it is misspelt or misread: "begining", "beinning".
_OPENING = re.compile(r"\b(?:be\w{0,3}n+ing|begin|opening|start)\b", re.I)
_CLOSING = re.compile(r"\b(?:end|ending|closing|close)\b", re.I)
#: What is balanced, or words that can be nothing else.
_BALANCE = re.compile(
    r"\b(?:cash|balances?|equivalents|retained|accumulated|deficit)\b|^(?:at\s+|,\s*)?(?:the\s+)?(?:beginn?ing|end)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:period|year|quarter|months)",
    re.I,
)
#: A label that is a date alone: "As of June 30".
_DATED = re.compile(
    r"(?:balances?,?\s+)?(?:(?:as\s+of|at|on),?\s+)?(?:[A-Z][a-z]{2,8}\.?)\s+\d{1,2}(?:,?\s+\d{4})?", re.I
)
_CASH = re.compile(r"^(?:(?:less|add|plus|total)\b[\s:,–—-]*)*(?:restricted\s+|unrestricted\s+)?cash\b", re.I)
_FLOW = re.compile(
    r"\b(?:increase|decrease|change|provided|used|paid|payments?|received|receipts?|proceeds|purchases?|effect|dividends?|acquired|flows?|non[\s-]?cash|reclassif\w*|interest|taxes)\b",
    re.I,
)


def mark_balances(lines: Sequence[LineItem], kind: Kind, columns: Sequence[Column]) -> tuple[LineItem, ...]:
    """The lines with `balance` set to "start" or "end" where they show one."""
    if kind not in (Kind.CASH_FLOW, Kind.INCOME_STATEMENT) or not columns or columns[0].period.start is None:
        return tuple(lines)
    out: list[LineItem] = []
    closed = False
    for line in lines:
        mark = ""
        if any(line.amounts):
            mark = _worded(line.label, columns[0])
            if kind is Kind.INCOME_STATEMENT and not re.search(r"retained|accumulated|deficit", line.label, re.I):
                mark = ""
            if (
                not mark
                and closed
                and kind is Kind.CASH_FLOW
                and _CASH.search(line.label)
                and not _FLOW.search(line.label)
            ):
                mark = "end"
            closed |= mark == "end"
        out.append(replace(line, balance=mark) if mark else line)
    return tuple(out)


def _worded(label: str, column: Column) -> str:
    """What the words say: "at beginning of year", "at June 30" where the period ends on June 30."""
    bare = _DATED.fullmatch(label.strip(" .:,")) is not None
    if not bare and not _BALANCE.search(label):
        return ""
    opening, closing = _OPENING.search(label), _CLOSING.search(label)
    changes = re.match(r"(?:net\s+|\(?(?:in|de)crease|(?:total\s+)?changes?\b|effect)", label, re.I)
    if changes is not None:
        return ""
    if opening or closing:
        return "start" if opening and not (closing and closing.start() < opening.start()) else "end"
    if not bare and (not re.search(r"\bcash\b|balance", label, re.I) or _FLOW.search(label)):
        return ""
    clues = read_clues(label)
    days = [*clues.days, *((d.month, d.day) for d in clues.dates)]
    start, end = column.period.start, column.period.end
    assert start is not None
    for day in days:
        if _is(day, end):
            return "end"
        if _is(day, start) or _is(day, start - dt.timedelta(1)):
            return "start"
    return ""


def _is(day: tuple[int, int], date: dt.date) -> bool:
    return day == (date.month, date.day)
