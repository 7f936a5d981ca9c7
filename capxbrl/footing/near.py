"""Sums that tie in every column but one: a figure of that column is wrong.

Such a sum is believed only where its other columns would hardly tie by chance: the digits they have in common against
the number of hypotheses tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import eq

from ..model import Kind
from ..records import dataclass
from . import tolerances
from .edits import edit
from .lines import Line, Parts, slack
from .runs import first_is_sum, gaps_of, likely_total, run_of, signs_of, with_zeros
from .strength import belief
from .wording import sure_total, whole_per_share

#: What a column without the figures costs: it says nothing.
_EMPTY = -9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What a sum with a column that misses must show. columns: those where the total has a figure; `telling`: not zero.

    least: columns that must tie. counted: lines that must count in them. need: belief. rounds: within rounding.
    """

    columns: tuple[int, ...]
    telling: frozenset[int]
    likely: bool
    whole: bool
    rounds: bool
    least: int
    counted: int
    need: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A sum: what each column misses by, the columns that tie and those that do not."""

    parts: Parts
    gaps: Mapping[int, int]
    ties: tuple[int, ...]
    misses: tuple[int, ...]

    @property
    def rounded(self) -> int:
        """Columns that tie within rounding only."""
        return sum(self.gaps[c] != 0 for c in self.ties)


def explain_but_one(
    total: Line, stack: Sequence[Line], kind: Kind, settled: Collection[int], *, whole: bool = True
) -> Parts | None:
    """As `explain`, where a column misses (two of four or more, where a row is shifted): the best believed.

    settled: numbers of the lines that are totals already; sums like to begin at one, or after one.
    whole: figures of money, not per share.
    """
    terms = _terms(total, kind, whole)
    if terms is None:
        return None
    starts = _starts(stack, settled)
    best: tuple[float, Parts] | None = None
    for parts in _nearly(total, stack, kind, terms):
        fit = _fit(total, parts, terms)
        if not _may_hold(total, fit, terms):
            continue
        tried = starts.get(len(stack) - len(parts), 2 * len(parts))
        sure = belief(total, parts, fit.ties, tried) + _slips(total, fit) - tolerances.TOLERANCES.rounded * fit.rounded
        if sure >= terms.need and (best is None or sure > best[0]):
            best = sure, parts
    return with_zeros(best[1], stack) if best else None


def _terms(total: Line, kind: Kind, whole: bool) -> _Terms | None:
    """None where a column that misses would leave nothing to believe in."""
    columns = total.columns
    telling = frozenset(c for c in columns if total.values[c])
    strong = sure_total(total.label) if whole else whole_per_share(total.label)
    if len(columns) < 2 or not telling or not (whole or strong):
        return None
    likely = likely_total(total, kind) or not whole
    return _Terms(
        columns=columns,
        telling=telling,
        likely=likely,
        whole=whole,
        rounds=strong and whole,
        least=max(len(columns) - (2 if len(columns) >= 4 else 1), 1 if likely else 2),
        counted=1 if strong else 2,
        need=tolerances.TOLERANCES.belief_strong
        if strong
        else tolerances.TOLERANCES.belief_likely
        if likely
        else tolerances.TOLERANCES.belief_any,
    )


def _fit(total: Line, parts: Parts, terms: _Terms) -> _Fit:
    gaps = {c: total.values[c] - sum(w * line.values[c] for line, w in parts) for c in terms.columns}
    reach = slack(len(parts)) if terms.rounds else 0
    ties = tuple(c for c, gap in gaps.items() if abs(gap) <= reach)
    return _Fit(parts=parts, gaps=gaps, ties=ties, misses=tuple(c for c in gaps if c not in ties))


def _may_hold(total: Line, fit: _Fit, terms: _Terms) -> bool:
    """Some column misses, and by an error; enough ties in the others."""
    if not fit.misses or _first_counts(fit.parts, terms.likely):
        return False
    counted = sum(any(line.values[c] for c in fit.ties) for line, _ in fit.parts)
    if counted < terms.counted or terms.telling.isdisjoint(fit.ties):
        return False
    return _error(total, fit) if terms.whole else _error_per_share(total, fit)


def _first_counts(parts: Parts, likely: bool) -> bool:
    """The first of two lines is the sum, less the second."""
    return first_is_sum(likely, [line.sign for line, _ in parts]) and parts[1][1] < 0


def _error(total: Line, fit: _Fit) -> bool:
    """More is missing than rounding makes, where the other columns round."""
    return not fit.rounded or min(
        abs(fit.gaps[c]) for c in fit.misses
    ) > tolerances.TOLERANCES.more_than_rounding * slack(len(fit.parts))


def _error_per_share(total: Line, fit: _Fit) -> bool:
    """One column misses by more than rounding makes, or two as they do where the figures of a row were exchanged."""
    if max(map(abs, fit.gaps.values())) <= tolerances.TOLERANCES.per_share_units * _grain(total):
        return False
    if len(fit.misses) != 2:
        return len(fit.misses) == 1
    a, b = fit.misses
    gap = fit.gaps[a]
    rows = (*fit.parts, (total, -1))
    return gap == -fit.gaps[b] and any(w * (line.values[b] - line.values[a]) == gap for line, w in rows)


def _grain(total: Line) -> int:
    """The power of ten that all its figures are multiples of: 10 where others print a place more."""
    return next((g for g in (100, 10) if all(v % g == 0 for v in total.values)), 1)


def _starts(stack: Sequence[Line], settled: Collection[int]) -> dict[int, int]:
    """{where a sum may well begin: how many such places there are up to it}: at a total, after one, under a heading."""
    out: dict[int, int] = {}
    for start in range(len(stack) - 1, -1, -1):
        before = stack[start - 1] if start else None
        if (
            before is None
            or before.path != stack[start].path
            or before.index in settled
            or before.named
            or stack[start].index in settled
        ):
            out[start] = len(out) + 1
    return out


def _slips(total: Line, fit: _Fit) -> float:
    """Does one slip in one figure explain what misses? Chance gaps are seldom of that form."""
    out = 0.0
    for c in fit.misses:
        gap = fit.gaps[c]
        explained = edit(total.values[c], total.values[c] - gap) or any(
            edit(line.values[c], line.values[c] + w * gap) for line, w in fit.parts
        )
        if not any(line.values[c] for line, _ in fit.parts):
            return _EMPTY
        out += 0.0 if explained else tolerances.TOLERANCES.unexplained
    return out


def _nearly(total: Line, stack: Sequence[Line], kind: Kind, terms: _Terms) -> Iterator[Parts]:
    """Runs that make the total in enough columns, with no sign turned or one."""
    signs = [line.sign for line in stack]
    #: For each column: the lines of the run by twice their figure, which turning one adds or takes.
    where: list[dict[int, list[int]]] = [{} for _ in terms.columns]
    known = len(stack)
    for start, base, off in gaps_of(total, stack, kind, terms.columns):
        while known > start:
            known -= 1
            for spot, c in enumerate(terms.columns):
                where[spot].setdefault(2 * abs(stack[known].values[c]), []).append(known)
        reach = slack(len(stack) - start) if terms.rounds else 0
        if (sum(abs(gap) <= reach for gap in off) if reach else off.count(0)) >= terms.least:
            yield run_of(stack, signs_of(base, signs, start), start)
            continue
        for turned in _turnable(off, where):
            weights = signs_of(base, signs, start)
            twice = [2 * weights[turned - start] * stack[turned].values[c] for c in terms.columns]
            if sum(map(eq, twice, off)) >= terms.least:
                weights[turned - start] *= -1
                yield run_of(stack, weights, start)


def _turnable(off: Sequence[int], where: Sequence[Mapping[int, Sequence[int]]]) -> list[int]:
    """The lines that would close the gap of a column if their sign were turned, the last few of each."""
    found = [lines[abs(gap)] for gap, lines in zip(off, where, strict=True) if gap and abs(gap) in lines]
    return sorted({i for lines in found for i in lines[: tolerances.TOLERANCES.last]}) if found else []
