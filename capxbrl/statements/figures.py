"""Figures inside labels: allowances, par value, shares authorized, issued and outstanding, treasury shares."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from ..amounts import NUMBER
from ..model import Amount, Figure, Kind, Period, Span, Unit, place
from ..periods import read_clues
from .grid import Read
from .kinds import Scale

_DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\d{1,2},?\s+(?:19|20)\d\d",
    re.I,
)
_YEAR = re.compile(r"(?<![\d,.$])(?:19[89]|20[0-4])\d(?![\d,.%])")
_NONE = re.compile(
    r"\b(?:none|no shares|no)\b(?=[^;.]{0,30}\b(?:issued|outstanding)\b)|\bissued(?:\s+and\s+outstanding)?[\s:,-]+(none)\b|\boutstanding[\s:,-]+(none)\b",
    re.I,
)
_ALLOWANCE = re.compile(r"allowance|reserve|doubtful|uncollectible", re.I)
_DEPRECIATION = re.compile(r"accumulated\s+(?:depreciation|amortization)", re.I)
_SHARE_WORDS = {
    "authorized": re.compile(r"authori[sz]ed", re.I),
    "issued": re.compile(r"\bissued\b", re.I),
    "outstanding": re.compile(r"\boutstanding\b", re.I),
}


def read_figures(
    texts: Sequence[tuple[Span, Read]], kind: Kind, scale: Scale, periods: Sequence[Period]
) -> tuple[Figure, ...]:
    """The figures of a label, in order. texts: each piece of the label with its row.

    An undated figure holds at every balance-sheet date shown; "A at (date) and B at (date)" gives each its own; two
    figures without dates, with "respectively" or not, are dealt over the dates in order.
    """
    if kind is not Kind.BALANCE_SHEET or not texts:
        return ()
    label, origin = _joined(texts)
    if not any(c.isdigit() for c in label) and not _NONE.search(label):
        return ()
    dates = [(m.start(), m.end()) for m in _DATE.finditer(label)]
    masked = list(label)
    for a, b in dates:
        masked[a:b] = "\0" * (b - a)
    for match in _YEAR.finditer("".join(masked)):
        dates.append((match.start(), match.end()))
        masked[match.start() : match.end()] = "\0" * (match.end() - match.start())
    plain = "".join(masked)
    found: list[tuple[str, int, int, Unit, int]] = []  # what, start, end, unit, scale
    for match in NUMBER.finditer(plain):
        kind_of_figure = _what(plain, match.start(), match.end(), scale)
        if kind_of_figure is not None:
            what, unit, power = kind_of_figure
            found.append((what, match.start(), match.end(), unit, power))
    for match in _NONE.finditer(plain):
        group = 1 if match.group(1) else 2 if match.group(2) else 0
        start, end = match.span(group)
        if group == 0:
            end = start + len(match.group().split()[0])
        rest = plain[match.start() : match.end() + 40]
        for what in ("issued", "outstanding"):
            if _SHARE_WORDS[what].search(rest.split(";")[0]):
                found.append((what, start, end, Unit.SHARES, 0))
    found.sort(key=lambda f: (f[1], f[0]))
    out: list[Figure] = []
    for index, (what, start, end, unit, power) in enumerate(found):
        place_of = origin(start)
        if place_of is None:
            continue
        span, row, offset = place_of
        shown = label[start:end]
        digits = shown.replace(",", "")
        none = not digits[-1:].isdigit()
        places = 0 if none else len(digits.partition(".")[2])
        value = Decimal(0) if none else Decimal(digits) * (Decimal(10) ** power)
        decimals: int | None = places - power
        if unit is Unit.SHARES and decimals == 0:
            decimals = None
        assert span.cell is not None
        amount = Amount(
            value=value, shown=shown, scale=0 if none else power, decimals=decimals, unit=unit, at=place(row.cells[span.cell], offset),
            span=Span(block=span.block, row=span.row, cell=span.cell, start=offset, end=offset + end - start),
        )  # fmt: skip
        when = _when(label, found, index, dates, periods)
        if when:
            out.append(Figure(amount=amount, what=what, periods=when))
    return tuple(out)


def _joined(texts: Sequence[tuple[Span, Read]]):  # type: ignore[no-untyped-def]
    """The label as one text, and a function from its offsets back to (span, row, offset in the cell)."""
    starts: list[tuple[int, Span, Read]] = []
    text = ""
    for span, row in texts:
        assert span.cell is not None
        if text:
            text += " "
        starts.append((len(text), span, row))
        text += row.cells[span.cell].text[span.start : span.end]

    def origin(offset: int) -> tuple[Span, Read, int] | None:
        for start, span, row in reversed(starts):
            if offset >= start:
                return span, row, offset - start + span.start
        return None

    return text, origin


def _what(label: str, start: int, end: int, scale: Scale) -> tuple[str, Unit, int] | None:
    """Which figure stands at label[start:end]: its name, unit and scale; None when it is not one to tag."""
    before = label[:start]
    after = label[end:]
    clause = re.split(r"[;]", before)[-1]
    low = label.lower()
    dollar = before.rstrip().endswith("$")
    near_after = after[:60].lower()
    near_before = clause[-60:].lower()
    if re.match(r"\s*(?:cents?\s+)?par\b|\s*(?:stated|par)?\s*(?:value)?\s*per\s+share", near_after) or (
        dollar and re.match(r"\s*par value", near_after)
    ):
        return "par value", Unit.PER_SHARE, 0
    if re.search(r"(?:par|stated)\s+value\s*(?:of|,|:|-)?\s*\$?\s*$", near_before):
        return "par value", Unit.PER_SHARE, 0
    if re.match(r"\s*%", near_after):
        return None
    shares = (not dollar and "," in label[start:end]) or re.match(r"\s*(?:\w+\s+){0,2}shares?\b", near_after)
    if shares and ("share" in low or "authorized" in low or "issued" in low or "outstanding" in low):
        treasury = re.search(r"treasury|held in trust", low) is not None and not re.search(
            r"authorized|\bissued\b", low
        )
        if treasury:
            return "treasury", Unit.SHARES, 0
        what = _share_word(clause, after)
        return (what, Unit.SHARES, 0) if what else None
    if dollar or re.search(r"(?:of|\$)\s*$", near_before):
        if _DEPRECIATION.search(low):
            return "accumulated depreciation", Unit.USD, scale.money
        if _ALLOWANCE.search(low):
            return "allowance", Unit.USD, scale.money
    return None


def _share_word(clause: str, after: str) -> str | None:
    """authorized, issued or outstanding: the first such word after the figure, else the last before it."""
    ahead = re.split(r"[;]", after)[0]
    # Up to the next figure, the words belong to this one.
    following = NUMBER.split(ahead, maxsplit=1)[0]
    places = [(m.start(), what) for what, p in _SHARE_WORDS.items() if (m := p.search(following))]
    if places:
        return min(places)[1]
    places = [(m.end(), what) for what, p in _SHARE_WORDS.items() for m in [*p.finditer(clause)][-1:]]
    if places:
        return max(places)[1]
    places = [(m.start(), what) for what, p in _SHARE_WORDS.items() if (m := p.search(after))]
    return min(places)[1] if places else None


def _when(
    label: str, found: Sequence[tuple[str, int, int, Unit, int]], index: int, dates: Sequence[tuple[int, int]], periods: Sequence[Period]
) -> tuple[Period, ...]:  # fmt: skip
    """The dates a figure holds at."""
    instants = [p for p in dict.fromkeys(periods) if p.start is None]
    what, start, end, *_ = found[index]
    same = [f for f in found if f[0] == what]
    if len(same) == 1:
        return tuple(instants)
    # "197 shares issued and 196 outstanding at September 30; 174 issued and ..."; the date follows in the same clause,
    # or before it: "(2009 - $54,430; 2008 - $59,008)".
    stop = min((f[1] for f in same if f[1] > start), default=len(label))
    for a, b in sorted(dates):
        if end <= a < stop:
            return _at(label[a:b], instants)
    for a, b in sorted(dates, reverse=True):
        if b <= start:
            return _at(label[a:b], instants)
    order = same.index(found[index])
    if len(same) == len(instants):
        return (instants[order],)
    return ()


def _at(text: str, instants: Sequence[Period]) -> tuple[Period, ...]:
    clues = read_clues(text)
    day: dt.date | None = clues.dates[0] if clues.dates else None
    year = clues.years[0] if clues.years else None
    return tuple(p for p in instants if p.end == day or (day is None and p.end.year == year))
