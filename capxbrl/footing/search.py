"""Which of the lines before a total make it, with which signs: the search, on integers.

A hypothesis is a run of lines at the end of the stack with a pattern of signs.  It is believed when it ties in every
column; where one column misses, only when the others would hardly tie by chance: the digits they have in common
against the number of hypotheses tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..model import Kind
from .edits import edit
from .lines import Line, Parts, pack, slack
from .strength import ROUNDED, belief
from .wording import likely_total as worded_likely
from .wording import sure_total, whole_per_share

#: A total never looks further back than this.
REACH = 80
#: Runs up to this long are searched for two lines whose sign is turned; for three, runs up to the second length.
_TWO_TURNED, _THREE_TURNED = 48, 24
#: Digits in common beyond chance that a sum with one column that misses must have: a strong total, a likely one, any.
_BELIEF_STRONG, _BELIEF_LIKELY, _BELIEF_ANY = 0.5, 2.0, 5.0
#: The same for a sum that ties everywhere but with two or three signs turned.
_BELIEF_TURNED = 1.0
#: What a gap that no single slip explains costs.
_UNEXPLAINED = -1.5
#: Figures per share are rounded quotients: a gap up to so many units tells nothing.
_PER_SHARE_UNITS = 3
#: Lines below a total that stands above its parts.
_BELOW = 12


def likely_total(line: Line, kind: Kind) -> bool:
    """Its words, a missing label or a rule above it say that it may be a total."""
    return worded_likely(line.label, kind) or not line.label or (line.rule and kind is not Kind.BALANCE_SHEET)


def explain(total: Line, stack: Sequence[Line], kind: Kind) -> Parts | None:
    """The lines at the end of the stack that make the total in every column; exact sums before rounded ones."""
    likely = likely_total(total, kind)
    found = _exact(total, stack, kind, likely) or (_rounded(total, stack, kind) if likely else None)
    return _with_zeros(found, stack) if found else None


def explain_but_one(
    total: Line, stack: Sequence[Line], kind: Kind, settled: Collection[int], *, whole: bool = True
) -> Parts | None:
    """As `explain`, where a column misses (two of four or more, where a row is shifted): the best believed.

    settled: numbers of the lines that are totals already; sums like to begin at one, or after one.
    whole: figures of money, not per share.
    """
    columns = [c for c, shown in enumerate(total.shown) if shown]
    telling = {c for c in columns if total.values[c]}
    likely = likely_total(total, kind) or not whole
    least = max(len(columns) - (2 if len(columns) >= 4 else 1), 1 if likely else 2)
    strong = sure_total(total.label) if whole else whole_per_share(total.label)
    if len(columns) < 2 or not telling or not (whole or strong):
        return None
    need = _BELIEF_STRONG if strong else _BELIEF_LIKELY if likely else _BELIEF_ANY
    starts = _starts(stack, settled)
    best: tuple[float, Parts] | None = None
    for parts in _nearly(total, stack, kind, columns, least, rounds=strong and whole):
        off = {c: abs(total.values[c] - sum(w * line.values[c] for line, w in parts)) for c in columns}
        ties = [c for c in columns if off[c] <= (slack(len(parts)) if strong and whole else 0)]
        if len(ties) == len(columns):
            continue
        if _first_is_sum(likely, [line.sign for line, _ in parts]) and parts[1][1] < 0:
            continue
        counted = sum(any(line.values[c] for c in ties) for line, _ in parts)
        if not telling & set(ties) or counted < (1 if strong else 2):
            continue
        gaps = [total.values[c] - sum(w * line.values[c] for line, w in parts) for c in columns]
        if not whole and not _error_per_share(total, parts, dict(zip(columns, gaps, strict=True))):
            continue
        tried = starts.get(len(stack) - len(parts), 2 * len(parts))
        rounded = sum(off[c] > 0 for c in ties)
        if rounded and min(off[c] for c in columns if c not in ties) <= 5 * slack(len(parts)):
            continue  # where columns round, a little more is no error yet
        sure = belief(total, parts, ties, tried) + _slip(total, parts, [c for c in columns if c not in ties])
        sure -= ROUNDED * rounded
        if sure >= need and (best is None or sure > best[0]):
            best = sure, parts
    return _with_zeros(best[1], stack) if best else None


def _error_per_share(total: Line, parts: Parts, gaps: Mapping[int, int]) -> bool:
    """One column misses by more than rounding makes, or two as they do where the figures of a row were exchanged."""
    off = [c for c, gap in gaps.items() if gap]
    if max(map(abs, gaps.values())) <= _PER_SHARE_UNITS * _grain(total):
        return False
    if len(off) != 2:
        return len(off) == 1
    a, b = off
    rows = (*parts, (total, -1))
    return gaps[a] == -gaps[b] and any(w * (line.values[b] - line.values[a]) == gaps[a] for line, w in rows)


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


def _slip(total: Line, parts: Parts, columns: Sequence[int]) -> float:
    """Does one slip in one figure explain what misses? Chance gaps are seldom of that form."""
    out = 0.0
    for c in columns:
        gap = total.values[c] - sum(w * line.values[c] for line, w in parts)
        if not gap:
            continue
        explained = edit(total.values[c], total.values[c] - gap) or any(
            edit(line.values[c], line.values[c] + w * gap) for line, w in parts
        )
        if not total.shown[c] or not any(line.values[c] for line, _ in parts):
            return -9.0  # a column without these figures says nothing
        out += 0.0 if explained else _UNEXPLAINED
    return out


def _exact(total: Line, stack: Sequence[Line], kind: Kind, likely: bool) -> Parts | None:
    """The run that makes the total to the last unit: as worded before signs turned, shorter before longer.

    A line is packed into one integer, a column to so many digits: sums of lines are sums of integers.
    """
    columns = [c for c, shown in enumerate(total.shown) if shown]
    target = {total.values[c] for c in columns if total.values[c]}
    informative = len(target) >= 2 or max(map(abs, target), default=0) >= 1000
    if not likely and not informative:
        return None
    if len(columns) == len(total.values):
        goal, packed = total.packed, [line.packed for line in stack]
    else:
        goal, packed = (
            pack(total.values, columns, total.wide),
            [pack(line.values, columns, line.wide) for line in stack],
        )
    signs = [line.sign for line in stack]
    bases = (0, 1) if kind is Kind.BALANCE_SHEET else (0, 1, 2)
    gaps: list[tuple[int, int, int]] = []
    #: Twice each line of the run after its first, by the sign it has in a base: turning it changes the sum by that.
    twice: tuple[dict[int, int], ...] = ({}, {}, {})
    once: tuple[int, int, int] | None = None  # start, base and the line to turn
    plus = worded = counted = 0
    for start in range(len(stack) - 1, -1, -1):
        first = packed[start]
        counted += first != 0
        if start < len(stack) - 1 and counted >= (1 if likely else 2):
            for base in bases:
                gap = (first + worded if base == 1 else first - plus if base == 2 else first + plus) - goal
                if not gap and (base < 2 or not _first_is_sum(likely, signs[start:])):
                    return _parts(stack, _signs(base, signs, start, len(stack)), start)
                gaps.append((start, base, gap))
                turned = start if gap == 2 * first else twice[base].get(gap, -1)
                if once is None and informative and turned >= 0 and not _first_is_sum(likely, signs[start:]):
                    once = start, base, turned
        for base, sign in enumerate((1, signs[start], -1)):
            twice[base][2 * sign * first] = start
        plus += first
        worded += signs[start] * first
    if once is not None:
        start, base, turned = once
        weights = _signs(base, signs, start, len(stack))
        weights[turned - start] *= -1
        return _parts(stack, weights, start)
    return _turned_more(total, stack, columns, gaps, packed) if likely and informative else None


def _turned_more(
    total: Line,
    stack: Sequence[Line],
    columns: Sequence[int],
    gaps: Sequence[tuple[int, int, int]],
    packed: Sequence[int],
) -> Parts | None:
    """Runs with two signs turned, then three, that are believed."""
    signs = [line.sign for line in stack]
    for turns, longest in ((2, _TWO_TURNED), (3, _THREE_TURNED)):
        for start, base, gap in gaps:
            if len(stack) - start > longest:
                break
            weights = _signs(base, signs, start, len(stack))
            turned = _turned([2 * w * v for w, v in zip(weights, packed[start:], strict=True)], gap, turns)
            if turned:
                parts = _parts(stack, [-w if i in turned else w for i, w in enumerate(weights)], start)
                if belief(total, parts, columns, len(parts)) >= _BELIEF_TURNED:
                    return parts
    return None


def _first_is_sum(likely: bool, worded: Sequence[int]) -> bool:
    """ "Sales, products, services": without words for a total or a cost the first is the sum, not the last."""
    return not likely and worded == [1, 1]


def _parts(stack: Sequence[Line], weights: Sequence[int], start: int) -> Parts:
    return list(zip(stack[start:], weights, strict=True))


def _turned(doubled: Sequence[int], gap: int, turns: int) -> set[int]:
    """Turning the sign of a line changes the sum by twice its value: two lines or three that close the gap, or none."""
    where: dict[int, int] = {}
    for i, value in enumerate(doubled):
        where.setdefault(value, i)
    for i, value in enumerate(doubled):
        if not value:
            continue
        if turns == 2:
            j = where.get(gap - value, -1)
            if j > i and doubled[j]:
                return {i, j}
            continue
        for j in range(i + 1, len(doubled)):
            k = where.get(gap - value - doubled[j], -1)
            if k > j and doubled[k]:
                return {i, j, k}
    return set()


def _rounded(total: Line, stack: Sequence[Line], kind: Kind) -> Parts | None:
    """The shortest run that makes the total within what rounding explains."""
    columns = [c for c, shown in enumerate(total.shown) if shown]
    for start, base, gap in _gaps(total, stack, kind, columns):
        if max(map(abs, gap)) <= slack(len(stack) - start) and any(any(line.values) for line in stack[start:]):
            signs = [line.sign for line in stack]
            return _parts(stack, _signs(base, signs, start, len(stack)), start)
    return None


def _nearly(
    total: Line, stack: Sequence[Line], kind: Kind, columns: Sequence[int], least: int, *, rounds: bool
) -> Iterator[Parts]:
    """Runs that make the total in at least so many columns, with no sign turned or one. rounds: within rounding."""
    signs = [line.sign for line in stack]
    where: list[dict[int, list[int]]] = [{} for _ in columns]
    known = len(stack)
    for start, base, gap in _gaps(total, stack, kind, columns):
        while known > start:
            known -= 1
            for spot, c in enumerate(columns):
                where[spot].setdefault(2 * abs(stack[known].values[c]), []).append(known)
        reach = slack(len(stack) - start) if rounds else 0
        if sum(abs(g) <= reach for g in gap) >= least:
            yield _parts(stack, _signs(base, signs, start, len(stack)), start)
            continue
        candidates = {i for spot, g in enumerate(gap) if g for i in where[spot].get(abs(g), ())[:4]}
        for turned in sorted(candidates):
            weights = _signs(base, signs, start, len(stack))
            twice = [2 * weights[turned - start] * stack[turned].values[c] for c in columns]
            if sum(t == g for t, g in zip(twice, gap, strict=True)) >= least:
                weights[turned - start] *= -1
                yield _parts(stack, weights, start)


def _gaps(
    total: Line, stack: Sequence[Line], kind: Kind, columns: Sequence[int]
) -> Iterator[tuple[int, int, list[int]]]:
    """(start, base, sum less total per column) of every run of two lines and more."""
    narrow = [[line.values[c] for c in columns] for line in stack]
    target = [total.values[c] for c in columns]
    signs = [line.sign for line in stack]
    plus, worded = [0] * len(columns), [0] * len(columns)
    for start in range(len(stack) - 1, -1, -1):
        first = narrow[start]
        if start < len(stack) - 1:
            yield start, 0, [f + p - t for f, p, t in zip(first, plus, target, strict=True)]
            yield start, 1, [f + w - t for f, w, t in zip(first, worded, target, strict=True)]
            if kind is not Kind.BALANCE_SHEET:
                yield start, 2, [f - p - t for f, p, t in zip(first, plus, target, strict=True)]
        plus = [p + f for p, f in zip(plus, first, strict=True)]
        worded = [w + signs[start] * f for w, f in zip(worded, first, strict=True)]


def _signs(base: int, worded: Sequence[int], start: int, end: int) -> list[int]:
    """All added; costs subtracted by their words; the first less all others."""
    size = end - start
    if base == 0:
        return [1] * size
    if base == 1:
        return [1, *worded[start + 1 : end]]
    return [1] + [-1] * (size - 1)


def _with_zeros(parts: Parts, stack: Sequence[Line]) -> Parts:
    """Lines of the same section that are zero in every column belong to the sum they stand before."""
    at = len(stack) - len(parts) - 1
    while at >= 0 and not any(stack[at].values) and stack[at].path == parts[0][0].path and not stack[at].named:
        parts.insert(0, (stack[at], 1))
        at -= 1
    return parts


def above(stack: Sequence[Line], *, last: bool = False) -> Iterator[tuple[int, int]]:
    """(total, end): stack[total] stands above the parts stack[total+1:end] that make it in every column.

    last: only parts that end the stack.
    """
    at = max(0, len(stack) - _BELOW - 1) if last else 0
    while at < len(stack):
        end = _below(stack, at)
        if end and (end == len(stack) or not last):
            yield at, end
            at = end
        else:
            at += 1


def _below(stack: Sequence[Line], at: int) -> int:
    """Where the parts below stack[at] end, or 0."""
    values = stack[at].values
    if not any(values) or stack[at].named:
        return 0
    added = [0] * len(values)
    for below in range(at + 1, min(at + 1 + _BELOW, len(stack))):
        if stack[below].named:
            break
        added = [a + v for a, v in zip(added, stack[below].values, strict=True)]
        if below > at + 1 and tuple(added) == values:
            return below + 1
    return 0
