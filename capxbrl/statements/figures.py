"""Figures inside labels: allowances, par value, shares authorized, issued and outstanding, treasury shares.

A label is cut into clauses at its semicolons.  In a clause, a number of shares gets the word that says what it counts:
the one before it where the clause begins with such a word ("authorized 20 million shares"), else the one behind it.
Numbers of one kind that follow each other ("927 and 934 issued") are dealt over the dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from .. import words
from ..amounts import MOST_DIGITS, NUMBER
from ..evidence import AnnotatedRow, Scale
from ..hints import low
from ..model import Amount, Figure, FigureKind, Kind, Period, Span, Unit, place
from ..patterns import compiled
from ..records import dataclass
from .figure_dates import Found, clauses, dates_of, find_dates, opened

_NONE = compiled(
    r"\b(?:none|no shares|no)\b(?=[^;.]{0,30}\b(?:issued|outstanding)\b)"
    r"|\bissued(?:\s+and\s+outstanding)?[\s:,-]+(none)\b|\boutstanding[\s:,-]+(none)\b",
    re.I,
)
#: How far behind "no shares" stand the words that say what there are none of.
_NEAR = 70
#: A longer text is a note, not a label.
_LONGEST = 1500
#: What money in a label is; the first that fits.
_MONEYS = (FigureKind.ACCUMULATED_DEPRECIATION, FigureKind.ALLOWANCE)
#: A number of shares: its clause says what it counts; "both": issued and outstanding.
_COUNT, _BOTH = "shares", "both"
#: A number within a word or behind a hyphen: "A-1", "Series B2"; or the lower part of a fraction.
_IN_A_WORD = compiled(r"[A-Za-z]-?$|\d\s?/\s?$")
_OF = compiled(r"\bof\s*$")
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
#: "31.2 million"; "31,234 and 30,998 thousand".
_SCALED = compiled(r"(?:\s*(?:and|,)\s*\d[\d,.]*)?\s*(thousand|million|billion)\b", re.I)
_CENTS = compiled(r"\s*(?:cents?\b|¢)", re.I)
#: "12/3¢": one and two thirds, set without a blank; "1/3".
_FRACTION = compiled(r"\s?/\s?\d|\s\d/\d")
_MONEY = compiled(r"[$€£]\s*$")


def _pattern(name: str) -> re.Pattern[str]:
    return words.pattern("label_figures", name)


def read_figures(
    texts: Sequence[tuple[Span, AnnotatedRow]], kind: Kind, scale: Scale, periods: Sequence[Period]
) -> tuple[Figure, ...]:
    """The figures of a label, in order. texts: each piece of the label with its row.

    An undated figure holds at every balance-sheet date shown; "A at (date) and B at (date)" gives each its own; two
    figures without dates, with "respectively" or not, are dealt over the dates in order.
    """
    if kind is not Kind.BALANCE_SHEET or not texts:
        return ()
    label, origin = _joined(texts)
    if len(label) > _LONGEST or not (any(map(str.isdigit, label)) or ("no" in low(label) and _NONE.search(label))):
        return ()
    dates, plain = find_dates(label)
    found = sorted([*_numbers(plain, scale), *_nones(plain)], key=lambda f: (f.start, f.what))
    instants = [p for p in dict.fromkeys(periods) if p.start is None]
    held = dates_of(label, found, dates, instants)
    out: list[Figure] = []
    for item, when in zip(found, held, strict=True):
        place_of = origin(item.start)
        if place_of is None or not when:
            continue
        span, row, offset = place_of
        shown = label[item.start : item.end]
        digits = shown.replace(",", "")
        none = not digits[-1:].isdigit()
        places = 0 if none else len(digits.partition(".")[2])
        decimals: int | None = places - item.power
        if item.unit is Unit.SHARES and decimals == 0:
            decimals = None
        assert span.cell is not None
        amount = Amount(
            value=Decimal(0) if none else Decimal(digits) * Decimal(10) ** item.power,
            shown=shown,
            scale=0 if none else item.power,
            decimals=decimals,
            unit=item.unit,
            at=place(row.cells[span.cell], offset),
            span=Span(block=span.block, row=span.row, cell=span.cell, start=offset, end=offset + item.end - item.start),
        )
        out.append(Figure(amount=amount, what=item.what, periods=when))
    return tuple(out)


def _joined(
    texts: Sequence[tuple[Span, AnnotatedRow]],
) -> tuple[str, Callable[[int], tuple[Span, AnnotatedRow, int] | None]]:
    """The label as one text, and a function from its offsets back to (span, row, offset in the cell)."""
    starts: list[tuple[int, Span, AnnotatedRow]] = []
    text = ""
    for span, row in texts:
        assert span.cell is not None
        if text:
            text += " "
        starts.append((len(text), span, row))
        text += row.cells[span.cell].text[span.start : span.end]

    def origin(offset: int) -> tuple[Span, AnnotatedRow, int] | None:
        for start, span, row in reversed(starts):
            if offset >= start:
                return span, row, offset - start + span.start
        return None

    return text, origin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """label[start:end] between semicolons, and its words that say what a number of shares counts."""

    label: str
    number: int
    start: int
    end: int
    words: tuple[re.Match[str], ...]

    def before(self, match: re.Match[str]) -> str:
        return self.label[self.start : match.start()]

    def after(self, match: re.Match[str]) -> str:
        return self.label[match.end() : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a whole label is about. treasury: shares held back; counts: it names shares; money: what its money is."""

    treasury: bool
    counts: bool
    money: FigureKind | None


def _about(label: str) -> _About:
    held_back = bool(_pattern("treasury").search(label)) and not _pattern("authorized or issued").search(label)
    money = next((what for what in _MONEYS if _pattern(what.value).search(label)), None)
    return _About(treasury=held_back, counts=_pattern("shares").search(label) is not None, money=money)


def _numbers(label: str, scale: Scale) -> list[Found]:
    """The numbers of a label that are figures."""
    out: list[Found] = []
    about = _about(label)
    last = ""  # what the clause before counted, for a clause without a word
    for number, (start, end) in enumerate(clauses(label)):
        clause = _Clause(
            label=label,
            number=number,
            start=start,
            end=end,
            words=tuple(_pattern("counted").finditer(label, start, end)),
        )
        worded = bool(clause.words) or about.treasury or bool(last)
        shares: list[re.Match[str]] = []
        for match in NUMBER.finditer(label, start, end):
            since = label[out[-1].end : match.start()] if out and out[-1].what is FigureKind.PAR_VALUE else ""
            sort = _sort(clause, match, about, worded, since)
            if sort == _COUNT:
                shares.append(match)
            elif isinstance(sort, FigureKind):
                cents = -2 if _CENTS.match(label, match.end()) else 0
                unit, power = (Unit.PER_SHARE, cents) if sort is FigureKind.PAR_VALUE else (Unit.USD, scale.money)
                out.append(
                    Found(what=sort, start=match.start(), end=match.end(), unit=unit, power=power, clause=number)
                )
        counted = [
            FigureKind.TREASURY.value if about.treasury else _counted(clause, shares, i) for i in range(len(shares))
        ]
        for i, match in enumerate(shares):
            what = counted[i] or last
            out += _shares(clause, match, what, shares[:i])
            last = what
    return out


def _sort(clause: _Clause, match: re.Match[str], about: _About, worded: bool, since: str) -> FigureKind | str:
    """Par value, money of the label, a number of shares, or "": no figure. since: the text from the last par
    value on."""
    before, after = clause.before(match), clause.after(match)
    if match.end() - match.start() > MOST_DIGITS or after.lstrip().startswith("%") or _IN_A_WORD.search(before):
        return ""
    if _is_par(before, after, since, match.group()):
        return FigureKind.PAR_VALUE
    if _MONEY.search(before) or (not about.counts and _OF.search(before)):
        return about.money or ""
    return _COUNT if about.counts and _counts_shares(match.group(), before, after, worded) else ""


def _counted(clause: _Clause, shares: Sequence[re.Match[str]], i: int) -> str:
    """The word that says what the i-th number of shares counts: the one before it where the clause begins with such a
    word ("authorized 20 million shares"), else the one behind it; "" where there is none."""
    match = shares[i]
    following = shares[i + 1].start() if i + 1 < len(shares) else clause.end
    ahead = next((w for w in clause.words if match.end() <= w.start() < following), None)
    behind = next((w for w in reversed(clause.words) if w.end() <= match.start()), None)
    later = next((w for w in clause.words if w.start() >= match.end()), None)
    leads = bool(clause.words) and clause.words[0].start() < shares[0].start()
    last_word = ahead is None and behind is not None and later is None
    word = (behind or ahead) if leads or last_word else (ahead or later or behind)
    return (word.lastgroup or "") if word else ""


def _shares(clause: _Clause, match: re.Match[str], what: str, before: Sequence[re.Match[str]]) -> list[Found]:
    """The figures that a number of shares is: two where it says "issued and outstanding"; none where nothing
    says what."""
    scaled = _SCALED.match(clause.label, match.end())
    aside = opened(clause.label, clause.start, match.start())
    inner = aside is not None and any(m.end() <= aside for m in before) and not _tells_date(clause, aside)
    both = (FigureKind.ISSUED, FigureKind.OUTSTANDING)
    kinds = both if what == _BOTH else (FigureKind(what),) if what else ()
    return [
        Found(
            what=kind,
            start=match.start(),
            end=match.end(),
            unit=Unit.SHARES,
            clause=clause.number,
            inner=inner,
            power=_POWERS[scaled[1].lower()] if scaled else 0,
        )
        for kind in kinds
    ]


def _tells_date(clause: _Clause, aside: int) -> bool:
    """The parenthesis that opens at `aside` says a date: dates are blanked out of the label."""
    return "\0" in clause.label[aside : clause.label.find(")", aside) + 1 or clause.end]


def _is_par(before: str, after: str, since: str, shown: str) -> bool:
    """The number is a par value: it says so behind it, or before it. since: the text from the last par value to it."""
    if _FRACTION.match(after):
        return False
    if (found := _pattern("par behind").match(after)) is not None:
        said = found.group().lower()
        return "par" in said or "stated" in said or not _pattern("of a share").search(before)
    counted = re.match(r"\s*(?:shares\b|issued|authori|outstanding)", after, re.I)
    if counted or _pattern("above par").search(before) or ("," in shown and not _MONEY.search(before)):
        return False  # "in excess of par value, 4,171 issued", "repurchased at par value: 1,378 and 1,377 shares"
    if re.search(r"par|value", since, re.I):
        return False  # "$0.001 par value - 10 shares authorized"
    return _pattern("par before").search(before) is not None


def _counts_shares(shown: str, before: str, after: str, worded: bool) -> bool:
    """A number of shares: it has commas or a scale word, or the word behind it; ordinals of series and notes
    have not."""
    if "," in shown or _SCALED.match(after) or re.search(r"\(.*\b(?:class|series)\s+\w+\s*$", before[-80:], re.I):
        return True
    return (
        bool(
            re.match(r"\s*(?:[A-Za-z]+\s+){0,3}shares?\b|\s*(?:authori|issued|outstanding|\(class|and\s)", after, re.I)
        )
        and worded
    )


def _nones(label: str) -> list[Found]:
    """ "None issued", "no shares issued and outstanding": zero, on the word itself."""
    out = []
    for match in _NONE.finditer(label):
        group = 1 if match.group(1) else 2 if match.group(2) else 0
        start, end = match.span(group)
        if group == 0:
            end = start + len(match.group().split()[0])
        rest = label[match.start() : match.end() + _NEAR].split(";")[0]
        for what in (FigureKind.ISSUED, FigureKind.OUTSTANDING):
            if re.search(rf"\b{what}\b", rest, re.I):
                out.append(Found(what=what, start=start, end=end, unit=Unit.SHARES, clause=label.count(";", 0, start)))
    return out
