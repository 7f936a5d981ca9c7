"""Figures inside labels: allowances, par value, shares authorized, issued and outstanding, treasury shares.

A label is cut into clauses at its semicolons.  In a clause, a number of shares gets the word that says what it counts:
the one before it where the clause begins with such a word ("authorized 20 million shares"), else the one behind it.
Numbers of one kind that follow each other ("927 and 934 issued") are dealt over the dates.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..amounts import MOST_DIGITS, NUMBER
from ..decisions.fiscal import fiscal_year
from ..evidence import AnnotatedRow, Scale
from ..model import Amount, Figure, Kind, Period, Span, Unit, place
from ..periods import MONTH_NAMES, YEAR, read_clues

_DATE = re.compile(rf"\b(?:{MONTH_NAMES})\.?\s+\d{{1,2}},?\s+(?:19|20)\d\d", re.I)
_YEAR = re.compile(rf"(?<![\d,.$]){YEAR}(?![\d%]|[,.]\d)")
_NONE = re.compile(
    r"\b(?:none|no shares|no)\b(?=[^;.]{0,30}\b(?:issued|outstanding)\b)|\bissued(?:\s+and\s+outstanding)?[\s:,-]+(none)\b|\boutstanding[\s:,-]+(none)\b",
    re.I,
)
#: A longer text is a note, not a label.
_LONGEST = 1500
_ALLOWANCE = re.compile(r"allowance|reserve|doubtful|uncollectible", re.I)
_DEPRECIATION = re.compile(r"accumulated\s+(?:depreciation|amortization)", re.I)
#: What money in a label is; the first that fits.
_MONEYS = ((_DEPRECIATION, "accumulated depreciation"), (_ALLOWANCE, "allowance"))
_PAR, _COUNT = "par value", "shares"
_AUTHORIZED_OR_ISSUED = re.compile(r"authori[sz]ed|\bissued\b", re.I)
#: A number within a word or behind a hyphen: "A-1", "Series B2".
_IN_A_WORD = re.compile(r"[A-Za-z]-?$")
_OF = re.compile(r"\bof\s*$")
_SHARES = re.compile(r"shares?\b|authori[sz]ed|\bissued\b|outstanding", re.I)
_WORD = re.compile(
    r"(?P<authorized>authori[sz]ed)|(?P<both>issued\s*(?:and|&|,|or)\s*outstanding)|(?P<issued>\bissued\b)|(?P<outstanding>\boutstanding\b)",
    re.I,
)
_TREASURY = re.compile(r"treasury|held in trust", re.I)
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_SCALED = re.compile(r"\s*(thousand|million|billion)\b", re.I)
_PAR_AFTER = re.compile(
    r"\s*(?:cents?\s+)?(?:par\b|stated\s+value|(?:stated\s+|par\s+)?(?:value\s+)?per\s+(?:common\s+|ordinary\s+|preferred\s+)?share)",
    re.I,
)
_PAR_BEFORE = re.compile(
    r"(?:par|stated)(?:\s+value)?\s*(?:of|,|:|-|–|—)?\s*(?:per\s+share\s*(?:of|,|:|-|–|—)?\s*)?[$€£]?\s*$", re.I
)
_MONEY = re.compile(r"[$€£]\s*$")
#: A date directly before a figure is its own: "2009 - $54,430", "2009, $54,430".
_BETWEEN = re.compile(r"\s*(?:[:=–—-]\s*[$€£]?|,?\s*[$€£])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A figure of a label: label[start:end]. power: of ten; plain: a number of shares whose scale only the page tells."""

    what: str
    start: int
    end: int
    unit: Unit
    power: int = 0
    clause: int = 0
    inner: bool = False  # in parentheses behind another number of the same kind: a class of its shares


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
    if len(label) > _LONGEST or not (any(c.isdigit() for c in label) or _NONE.search(label)):
        return ()
    dates, plain = _dates(label)
    found = sorted([*_numbers(plain, scale), *_nones(plain)], key=lambda f: (f.start, f.what))
    instants = [p for p in dict.fromkeys(periods) if p.start is None]
    held = _held(label, found, dates, instants)
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
            value=Decimal(0) if none else Decimal(digits) * Decimal(10) ** item.power, shown=shown, scale=0 if none else item.power,
            decimals=decimals, unit=item.unit, at=place(row.cells[span.cell], offset),
            span=Span(block=span.block, row=span.row, cell=span.cell, start=offset, end=offset + item.end - item.start),
        )  # fmt: skip
        out.append(Figure(amount=amount, what=item.what, periods=when))
    return tuple(out)


def _dates(label: str) -> tuple[list[tuple[int, int]], str]:
    """Where dates and years stand, and the label without them (and of the same length)."""
    dates = [(m.start(), m.end()) for m in _DATE.finditer(label)]
    masked = list(label)
    for a, b in dates:
        masked[a:b] = "\0" * (b - a)
    for match in _YEAR.finditer("".join(masked)):
        dates.append((match.start(), match.end()))
        masked[match.start() : match.end()] = "\0" * (match.end() - match.start())
    return sorted(dates), "".join(masked)


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


def _clauses(label: str) -> list[tuple[int, int]]:
    """The stretches between semicolons."""
    cuts = [-1, *(i for i, c in enumerate(label) if c == ";"), len(label)]
    return [(a + 1, b) for a, b in itertools.pairwise(cuts)]


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
    """What a whole label is about. treasury: shares held back; counts: it names shares; money: what its money is, or ""."""

    treasury: bool
    counts: bool
    money: str


def _about(label: str) -> _About:
    held_back = _TREASURY.search(label) is not None and _AUTHORIZED_OR_ISSUED.search(label) is None
    money = next((what for pattern, what in _MONEYS if pattern.search(label)), "")
    return _About(treasury=held_back, counts=_SHARES.search(label) is not None, money=money)


def _numbers(label: str, scale: Scale) -> list[_Found]:
    """The numbers of a label that are figures."""
    out: list[_Found] = []
    about = _about(label)
    last = ""  # what the clause before counted, for a clause without a word
    for number, (start, end) in enumerate(_clauses(label)):
        clause = _Clause(
            label=label, number=number, start=start, end=end, words=tuple(_WORD.finditer(label, start, end))
        )
        worded = bool(clause.words) or about.treasury or bool(last)
        shares: list[re.Match[str]] = []
        for match in NUMBER.finditer(label, start, end):
            since = label[out[-1].end : match.start()] if out and out[-1].what == _PAR else ""
            sort = _sort(clause, match, about, worded, since)
            if sort == _COUNT:
                shares.append(match)
            elif sort:
                unit, power = (Unit.PER_SHARE, 0) if sort == _PAR else (Unit.USD, scale.money)
                out.append(
                    _Found(what=sort, start=match.start(), end=match.end(), unit=unit, power=power, clause=number)
                )
        counted = ["treasury" if about.treasury else _counted(clause, shares, i) for i in range(len(shares))]
        for i, match in enumerate(shares):
            what = counted[i] or last
            out += _shares(clause, match, what, shares[:i])
            last = what
    return out


def _sort(clause: _Clause, match: re.Match[str], about: _About, worded: bool, since: str) -> str:
    """Par value, money of the label, a number of shares, or "": no figure. since: the text from the last par value on."""
    before, after = clause.before(match), clause.after(match)
    if match.end() - match.start() > MOST_DIGITS or after.lstrip().startswith("%") or _IN_A_WORD.search(before):
        return ""
    if _is_par(before, after, since):
        return _PAR
    if _MONEY.search(before) or (not about.counts and _OF.search(before)):
        return about.money
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


def _shares(clause: _Clause, match: re.Match[str], what: str, before: Sequence[re.Match[str]]) -> list[_Found]:
    """The figures that a number of shares is: two where it says "issued and outstanding"; none where nothing says what."""
    scaled = _SCALED.match(clause.label, match.end())
    opened = _opened(clause.label, clause.start, match.start())
    inner = opened is not None and any(m.end() <= opened for m in before)
    names = ("issued", "outstanding") if what == "both" else (what,) if what else ()
    return [
        _Found(
            what=name, start=match.start(), end=match.end(), unit=Unit.SHARES, clause=clause.number, inner=inner,
            power=_POWERS[scaled[1].lower()] if scaled else 0,
        )
        for name in names
    ]  # fmt: skip


def _opened(label: str, start: int, at: int) -> int | None:
    """Where the parenthesis begins that label[at] stands in."""
    depth = 0
    for i in range(at - 1, start - 1, -1):
        depth += (label[i] == ")") - (label[i] == "(")
        if depth < 0:
            return i
    return None


def _is_par(before: str, after: str, since: str) -> bool:
    """The number is a par value: it says so behind it, or before it. since: the text from the last par value to it."""
    if _PAR_AFTER.match(after):
        return True
    if re.search(r"par|value", since, re.I):
        return False  # "$0.001 par value - 10 shares authorized"
    return _PAR_BEFORE.search(before) is not None


def _counts_shares(shown: str, before: str, after: str, worded: bool) -> bool:
    """A number of shares: it has commas or a scale word, or the word behind it; ordinals of series and notes have not."""
    if "," in shown or _SCALED.match(after) or re.search(r"\(.*\b(?:class|series)\s+\w+\s*$", before[-80:], re.I):
        return True
    return (
        bool(
            re.match(r"\s*(?:[A-Za-z]+\s+){0,3}shares?\b|\s*(?:authori|issued|outstanding|\(class|and\s)", after, re.I)
        )
        and worded
    )


def _nones(label: str) -> list[_Found]:
    """ "None issued", "no shares issued and outstanding": zero, on the word itself."""
    out = []
    for match in _NONE.finditer(label):
        group = 1 if match.group(1) else 2 if match.group(2) else 0
        start, end = match.span(group)
        if group == 0:
            end = start + len(match.group().split()[0])
        rest = label[match.start() : match.end() + 40].split(";")[0]
        for what in ("issued", "outstanding"):
            if re.search(rf"\b{what}\b", rest, re.I):
                out.append(_Found(what=what, start=start, end=end, unit=Unit.SHARES, clause=label.count(";", 0, start)))
    return out


# --- dates ---------------------------------------------------------------------------------------------------------


def _held(
    label: str, found: Sequence[_Found], dates: Sequence[tuple[int, int]], instants: Sequence[Period]
) -> list[tuple[Period, ...]]:
    """The dates that each figure holds at."""
    out: dict[int, tuple[Period, ...]] = {}  # by where the figure stands
    ends = [b for _, b in _clauses(label)]
    stands = sorted({(f.start, f.end) for f in found})
    for what in dict.fromkeys(f.what for f in found):
        mine = [f for f in found if f.what == what and not f.inner]
        for group in _groups(mine, found, label):
            for n, item in enumerate(group):
                out[item.start] = _when(
                    label, group, n, stands, ends[item.clause], dates, instants, len(mine) > len(group) == 1
                )
        if len({f.clause for f in mine}) == len(mine) == len(instants) > 1 and not any(
            _near(f, dates, ends) for f in mine
        ):
            # "shares issued 5; ... shares issued 4": one clause for each date, without saying so.
            for item, instant in zip(mine, instants, strict=True):
                out[item.start] = (instant,)
    held = []
    outer: tuple[Period, ...] = tuple(instants)
    for item in found:
        if item.inner:
            held.append(outer)
            continue
        outer = out.get(item.start, tuple(instants))
        held.append(outer)
    return held


def _near(item: _Found, dates: Sequence[tuple[int, int]], ends: Sequence[int]) -> bool:
    start = ends[item.clause - 1] if item.clause else 0
    return any(start <= a < ends[item.clause] for a, _ in dates)


def _groups(mine: Sequence[_Found], found: Sequence[_Found], label: str) -> list[list[_Found]]:
    """Figures of one kind in one clause, with no figure of another kind between them."""
    groups: list[list[_Found]] = []
    for item in mine:
        last = groups[-1][-1] if groups else None
        if (
            last is not None and last.clause == item.clause
            and not any(last.start < f.start < item.start and not f.inner and f.start != item.start for f in found)
        ):  # fmt: skip
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _when(
    label: str, group: Sequence[_Found], n: int, stands: Sequence[tuple[int, int]], end: int, dates: Sequence[tuple[int, int]],
    instants: Sequence[Period], again: bool,
) -> tuple[Period, ...]:  # fmt: skip
    """The dates of the n-th figure of a list. again: the figure is told once more in another clause, so the dates of its
    clause are its own even behind other figures."""
    item = group[n]
    starts = [a for a, _ in stands]
    mine = [(a, b) for a, b in dates if b <= item.start and _BETWEEN.fullmatch(label[b : item.start])]
    if mine:
        return _at(label[mine[-1][0] : mine[-1][1]], instants)
    # A date that stands directly before another figure is not of this one.
    dates = [(a, b) for a, b in dates if not any(b <= x and _BETWEEN.fullmatch(label[b:x]) for x in starts)]
    following = end if again else min((a for a, _ in stands if a > item.start), default=end)
    own = [d for d in dates if item.end <= d[0] < min(following, end)]
    if len(group) == 1 or (own and n + 1 < len(group)):
        return tuple(dict.fromkeys(p for a, b in own for p in _at(label[a:b], instants))) if own else tuple(instants)
    last = group[-1]
    limit = min((a for a, _ in stands if a > last.start), default=end)
    listed = [d for d in dates if last.end <= d[0] < min(limit, end)]
    if len(listed) == len(group):
        return _at(label[listed[n][0] : listed[n][1]], instants)
    if own:
        return tuple(dict.fromkeys(p for a, b in own for p in _at(label[a:b], instants)))
    return (instants[n],) if len(group) == len(instants) else ()


def _at(text: str, instants: Sequence[Period]) -> tuple[Period, ...]:
    clues = read_clues(text)
    day: dt.date | None = clues.dates[0] if clues.dates else None
    year = clues.years[0] if clues.years else None
    return tuple(p for p in instants if p.end == day or (day is None and fiscal_year(p.end) == year))
