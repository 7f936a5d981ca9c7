"""When the figures of a label hold: each is given its dates.

A date belongs to the figures before it ("$10 in 1997, $9 in 1996"), or, where dates come first, to the one behind it
("1997: $10; 1996: $9"). Dates in parentheses belong to the figures there: "120 shares (110 shares at June 30, 1996)".
Figures without dates of their own are dealt over the dates listed behind them, else over the dates of the statement;
one alone holds at every date.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import field

from .. import words
from ..decisions.fiscal import fiscal_year
from ..grammar import ANY_YEAR, YEAR
from ..model import FigureKind, Period, Unit
from ..patterns import compiled
from ..periods import MONTH_NAMES, read_clues
from ..records import dataclass

_DATE = compiled(rf"\b(?:{MONTH_NAMES})\.?\s+\d{{1,2}},?\s+{ANY_YEAR}", re.I)
_YEAR = compiled(rf"(?<![\d,.$]){YEAR}(?![\d%]|[,.]\d)")
#: What stands between a count and its class: "5,000,000 shares of Class A".
_SAME_CLAUSE = compiled(r"[^;,\d]{0,40}")
#: A date directly before a figure is its own: "2009 - $54,430", "2009, $54,430".
_BETWEEN = compiled(r"\s*(?:(?:[:=]|[–—-]{1,2})\s*[$€£]?|,?\s*[$€£])\s*")

Stretch = tuple[int, int]  # label[start:end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure of a label: label[start:end]. power: of ten. clause: the number of its clause.

    inner: in parentheses behind another number of the same kind, a class of its shares.
    """

    what: FigureKind
    start: int
    end: int
    unit: Unit
    power: int = 0
    clause: int = 0
    inner: bool = False


def find_dates(label: str) -> tuple[list[Stretch], str]:
    """Where dates and years stand, and the label without them (and of the same length)."""
    dates = [(m.start(), m.end()) for m in _DATE.finditer(label)]
    masked = list(label)
    for a, b in dates:
        masked[a:b] = "\0" * (b - a)
    for match in _YEAR.finditer("".join(masked)):
        dates.append((match.start(), match.end()))
        masked[match.start() : match.end()] = "\0" * (match.end() - match.start())
    return sorted(dates), "".join(masked)


def clauses(label: str) -> list[Stretch]:
    """The stretches between semicolons."""
    cuts = [-1, *(i for i, c in enumerate(label) if c == ";"), len(label)]
    return [(a + 1, b) for a, b in itertools.pairwise(cuts)]


def opened(label: str, start: int, at: int) -> int | None:
    """Where the parenthesis begins that label[at] stands in; None outside of any that opens behind `start`."""
    depth = 0
    for i in range(at - 1, start - 1, -1):
        depth += (label[i] == ")") - (label[i] == "(")
        if depth < 0:
            return i
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A label, its figures by place, its dates, and the balance-sheet dates of its statement.

    stands: where figures stand, classes of shares aside. ends: of its clauses. before: {start of a figure: its date}
    where dates come before their figures.
    """

    text: str
    stands: tuple[Stretch, ...]
    ends: tuple[int, ...]
    dates: tuple[Stretch, ...]
    instants: tuple[Period, ...]
    before: dict[int, Stretch] = field(default_factory=dict)

    def at(self, dates: Sequence[Stretch]) -> tuple[Period, ...]:
        """The balance-sheet dates that these dates name."""
        return tuple(dict.fromkeys(p for a, b in dates for p in _named(self.text[a:b], self.instants)))

    def behind(self, item: Found, *, to_end: bool) -> list[Stretch]:
        """The dates behind a figure, up to the next figure or (to_end) to the end of its clause."""
        end = self.ends[item.clause]
        if not to_end:
            end = min((a for a, _ in self.stands if a > item.start), default=end)
        taken = set(self.before.values())
        return [d for d in self.dates if item.end <= d[0] < end and d not in taken and not self._aside(item, d)]

    def _aside(self, item: Found, date: Stretch) -> bool:
        """The date stands in a parenthesis with figures of its own, behind this one."""
        start = opened(self.text, item.end, date[0])
        return start is not None and any(start < a < date[0] for a, _ in self.stands)


def dates_of(
    label: str, found: Sequence[Found], dates: Sequence[Stretch], instants: Sequence[Period]
) -> list[tuple[Period, ...]]:
    """The dates that each figure holds at. found: in the order of the label; dates: where dates stand in it."""
    ends = tuple(b for _, b in clauses(label))
    stands = tuple(sorted({(f.start, f.end) for f in found if not f.inner}))
    page = _Label(text=label, stands=stands, ends=ends, dates=tuple(dates), instants=tuple(instants))
    what = [(f.what, _class_of(label, f)) for f in found]
    kinds = [
        [f for f, one in zip(found, what, strict=True) if one == kind and not f.inner] for kind in dict.fromkeys(what)
    ]
    grouped = [(mine, _groups(mine, found)) for mine in kinds]
    for _, groups in grouped:
        for group in groups:
            page.before.update(_before(group, page))
    out: dict[int, tuple[Period, ...]] = {}  # by where the figure stands
    for mine, groups in grouped:
        for group in groups:
            dated = _dated(group, page, again=len(mine) > len(group) == 1)
            out |= {f.start: when for f, when in zip(group, dated, strict=True)}
        out |= _one_clause_each(mine, page) or _besides_asides(mine, page, out) or _besides_dated(mine, page, out)
    return _with_classes(found, out, page.instants)


def _class_of(label: str, item: Found) -> str:
    """The class of stock that a count is of, by its letter: named right behind it, else the last one before it."""
    named = [(m.start(), m["class"].upper()) for m in words.pattern("classes", "class").finditer(label)]
    behind = [letter for at, letter in named if at >= item.end and _SAME_CLAUSE.fullmatch(label, item.end, at)]
    before = [letter for at, letter in named if at < item.start]
    return (behind[:1] or before[-1:] or [""])[0]


def _groups(mine: Sequence[Found], found: Sequence[Found]) -> list[list[Found]]:
    """Figures of one kind in one clause, with no figure of another kind between them."""
    groups: list[list[Found]] = []
    for item in mine:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last.clause == item.clause
            and not any(last.start < f.start < item.start and not f.inner for f in found)
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _before(group: Sequence[Found], page: _Label) -> dict[int, Stretch]:
    """The date directly before each figure, where the first of them has one: dates come first here; else those that
    open a parenthesis: "$205 (2022, $203)"."""
    near = {
        f.start: d
        for f in group
        for d in page.dates
        if d[1] <= f.start and _BETWEEN.fullmatch(page.text[d[1] : f.start])
    }
    if group[0].start in near:
        return near
    return {start: d for start, d in near.items() if page.text[: d[0]].rstrip().endswith("(")}


def _dated(group: Sequence[Found], page: _Label, *, again: bool) -> list[tuple[Period, ...]]:
    """The dates of figures of one kind. again: the figure is told once more elsewhere, so the dates of its clause are
    its own even behind figures of other kinds."""
    own = [[page.before[f.start]] if f.start in page.before else page.behind(f, to_end=again) for f in group]
    if len(group) == 1:
        return [page.at(own[0]) if own[0] else page.instants]
    if not any(own[:-1]) and len(own[-1]) == len(group):
        return [page.at([d]) for d in own[-1]]
    if any(own):
        rest = _latest_besides([page.at(d) for d in own], page.instants) if sum(not d for d in own) == 1 else ()
        return [page.at(d) if d else rest for d in own]
    return [(p,) for p in page.instants] if len(group) == len(page.instants) else [()] * len(group)


def _latest_besides(taken: Sequence[tuple[Period, ...]], instants: Sequence[Period]) -> tuple[Period, ...]:
    """What is said without a date beside figures of other dates holds at the latest date that is left."""
    left = [p for p in instants if not any(p in t for t in taken)]
    return (max(left, key=lambda p: p.end),) if left else ()


def _one_clause_each(mine: Sequence[Found], page: _Label) -> dict[int, tuple[Period, ...]]:
    """ "Shares issued 5; ... shares issued 4": one clause for each date, without saying so."""
    if not len({f.clause for f in mine}) == len(mine) == len(page.instants) > 1 or any(_near(f, page) for f in mine):
        return {}
    return {f.start: (p,) for f, p in zip(mine, page.instants, strict=True)}


def _near(item: Found, page: _Label) -> bool:
    """A date stands in the clause of the figure."""
    start = page.ends[item.clause - 1] if item.clause else 0
    return any(start <= a < page.ends[item.clause] for a, _ in page.dates)


def _besides_asides(
    mine: Sequence[Found], page: _Label, out: dict[int, tuple[Period, ...]]
) -> dict[int, tuple[Period, ...]]:
    """A figure that holds at every date, but for those at which one in parentheses behind it says another."""
    asides = [f for f in mine if opened(page.text, mine[0].end, f.start) is not None and out[f.start] != page.instants]
    rest = _latest_besides([out[f.start] for f in asides], page.instants)
    return {
        f.start: rest
        for f in mine
        if asides and rest and out[f.start] == page.instants and f.clause == asides[0].clause
    }


def _besides_dated(
    mine: Sequence[Found], page: _Label, out: dict[int, tuple[Period, ...]]
) -> dict[int, tuple[Period, ...]]:
    """The one figure without a date, beside others of its kind with theirs: "issued 450 shares; 440 in 1998"."""
    every = [f for f in mine if out[f.start] == page.instants]
    rest = _latest_besides([out[f.start] for f in mine if f not in every], page.instants)
    return {every[0].start: rest} if len(every) == 1 < len(mine) and rest else {}


def _with_classes(
    found: Sequence[Found], out: dict[int, tuple[Period, ...]], instants: tuple[Period, ...]
) -> list[tuple[Period, ...]]:
    """Classes of shares hold when their sum does."""
    held: list[tuple[Period, ...]] = []
    outer = instants
    for item in found:
        outer = outer if item.inner else out.get(item.start, instants)
        held.append(outer)
    return held


def _named(text: str, instants: Sequence[Period]) -> tuple[Period, ...]:
    clues = read_clues(text)
    day: dt.date | None = clues.dates[0] if clues.dates else None
    year = clues.years[0] if clues.years else None
    return tuple(p for p in instants if p.end == day or (day is None and fiscal_year(p.end) == year))
