"""Statement -> the sums it proves: which lines make which total, with what sign, on the printed values.

Lines are taken in order on a stack. A line that equals a signed sum of the last lines of the stack, in every column at
once, is their total: it takes their place.  So subtotals nest, a running chain (revenue to net income) proves itself,
and no list of known statements is needed.  All arithmetic is on integers, in units of the last place shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .findings import Finding, Outcome, Severity
from .model import Amount, Footing, Kind, LineItem, Proof, Statement, Unit

Vector = tuple[int, ...]

_TOTAL = re.compile(
    r"^(?:grand\s+)?totals?\b|^net\b|,?\s+total$|^gross\b|\bnet cash\b|income|loss|earnings|profit|margin|equity|increase|decrease|balance|subtotal|sum\b",
    re.I,
)
_BALANCE_TOTAL = re.compile(r"^(?:grand\s+)?totals?\b|^net\b|\btotal$|,\s*net$|equity\b|deficit\b|assets$", re.I)
_NAMED_TOTAL = re.compile(r"^(?:grand\s+)?totals?\b|\btotal$", re.I)
_SUBTRACTED = re.compile(
    r"\bless\b|\bcosts?\b|expenses?\b|provision|\btax(?:es)?\b|deduct|purchased?|depreciation|amortization|treasury|allowance|charges?\b|losses\b|write[- ]?(?:down|off)|impairment|administrative|research|selling|marketing|interest\s+on",
    re.I,
)
#: A total never looks further back than this.
_REACH = 80
#: A sum of rounded figures may miss by one unit for every so many parts.
_PARTS_PER_UNIT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line as integers: `values` per column (0 where empty), `shown` says which columns print a figure."""

    index: int
    values: Vector
    shown: tuple[bool, ...]
    label: str
    rule: bool
    path: tuple[str, ...]


def foot(statements: Sequence[Statement]) -> Outcome[tuple[Footing, ...]]:
    """The proofs of each statement, in the same order.

    Findings: `foot.difference` (warning) where a line is called a total and its sum ties in one column but not in
    another; `foot.rounding` where a sum misses by a unit or two (a note where the statement rounds elsewhere too).
    """
    out: list[Footing] = []
    findings: list[Finding] = []
    for statement in statements:
        proofs: list[Proof] = []
        for unit in (Unit.USD, Unit.PER_SHARE):
            lines, step = _integers(statement, unit)
            found = list(_proofs(lines, statement.kind))
            proofs += [_proof(lines, step, *f) for f in found]
            if unit is Unit.USD:
                findings += _differences(statement, lines, found, step)
        proofs.sort(key=lambda p: p.total)
        findings += _roundings(statement, proofs)
        out.append(Footing(proofs=tuple(proofs)))
    return Outcome(tuple(out), tuple(findings))


def _integers(statement: Statement, unit: Unit) -> tuple[list[_Line], Decimal]:
    """The lines that count `unit`, as integers in units of the smallest place shown, and that unit."""
    chosen = [
        (i, line) for i, line in enumerate(statement.lines) if any(a is not None and a.unit is unit for a in line.amounts)
    ]  # fmt: skip
    places = [
        a.decimals for _, line in chosen for a in line.amounts if a is not None and a.decimals is not None and a.value
    ]
    step = Decimal(10) ** -max(places, default=0)

    def whole(amount: Amount | None) -> int:
        return int(amount.value / step) if amount is not None else 0

    lines = [
        _Line(
            index=i, values=tuple(whole(a) for a in line.amounts), shown=tuple(a is not None for a in line.amounts),
            label=line.label, rule=line.rule, path=line.path,
        )
        for i, line in chosen
    ]  # fmt: skip
    return lines, step


def _proofs(lines: Sequence[_Line], kind: Kind) -> Iterator[tuple[_Line, list[tuple[_Line, int]]]]:
    """Every (total, signed parts) in the order of the totals."""
    stack: list[_Line] = []
    balance = _balance(lines) if kind is Kind.BALANCE_SHEET else None
    for line in lines:
        parts = _explain(line, stack[-_REACH:], kind) if len(stack) >= 2 and any(line.values) else None
        if parts:
            yield line, parts
            del stack[len(stack) - len(parts) :]
        stack.append(line)
        if line.index == balance:
            stack.clear()


def _balance(lines: Sequence[_Line]) -> int | None:
    """The line of total assets: the largest figures that stand twice. What comes after it is the other side."""
    count = Counter(line.values for line in lines if any(line.values))
    twice = max((v for v, n in count.items() if n > 1), key=lambda v: [abs(x) for x in v], default=None)
    return next((line.index for line in lines if line.values == twice), None)


def _explain(total: _Line, stack: Sequence[_Line], kind: Kind) -> list[tuple[_Line, int]] | None:
    """The shortest run of lines at the end of the stack that makes the total; exact before rounded."""
    wording = _BALANCE_TOTAL if kind is Kind.BALANCE_SHEET else _TOTAL
    likely = bool(wording.search(total.label)) or not total.label or (total.rule and kind is not Kind.BALANCE_SHEET)
    for slack in (False, True):
        if slack and not likely:
            break
        for size in range(2, len(stack) + 1):
            run = stack[len(stack) - size :]
            signs = _signs(total, run, slack, likely, kind)
            if signs is not None:
                return _with_zeros(list(zip(run, signs, strict=True)), stack, total)
    return None


def _with_zeros(parts: list[tuple[_Line, int]], stack: Sequence[_Line], total: _Line) -> list[tuple[_Line, int]]:
    """Lines of the same section that are zero in every column belong to the sum they stand before."""
    at = len(stack) - len(parts) - 1
    while (
        at >= 0
        and not any(stack[at].values)
        and stack[at].path == parts[0][0].path
        and not _NAMED_TOTAL.search(stack[at].label)
    ):
        parts.insert(0, (stack[at], 1))
        at -= 1
    return parts


def _signs(total: _Line, run: Sequence[_Line], slack: bool, likely: bool, kind: Kind) -> list[int] | None:
    """Weights +1/-1 that make the run add up to the total in every column, or None."""
    columns = [c for c, shown in enumerate(total.shown) if shown]
    target = tuple(total.values[c] for c in columns)
    vectors = [tuple(line.values[c] for c in columns) for line in run]
    if not any(any(v) for v in vectors):
        return None
    informative = len({t for t in target if t}) >= 2 or max(abs(t) for t in target) >= 1000
    reach = (max(1, min(2, len(run) // _PARTS_PER_UNIT))) if slack else 0
    for base in _bases(run, kind):
        sums = tuple(sum(s * v[c] for s, v in zip(base, vectors, strict=True)) for c in range(len(columns)))
        gap = tuple(a - b for a, b in zip(sums, target, strict=True))
        if all(abs(g) <= reach for g in gap):
            if (likely or informative) and _enough(vectors, likely):
                return list(base)
            continue
        if slack or not informative or any(g % 2 for g in gap):
            continue
        # Turning the sign of a line changes the sum by twice its value: find one line, or two, that close the gap.
        half = tuple(g // 2 for g in gap)
        signed = [tuple(s * x for x in v) for s, v in zip(base, vectors, strict=True)]
        turned = _subset(signed, half, likely)
        if turned is not None:
            return [-s if i in turned else s for i, s in enumerate(base)]
    return None


def _enough(vectors: Sequence[Vector], likely: bool) -> bool:
    """At least two parts count in some column; a copy of one line is no sum, unless the words say it is a total."""
    return likely or sum(any(v) for v in vectors) >= 2


def _bases(run: Sequence[_Line], kind: Kind) -> list[tuple[int, ...]]:
    """Likely signs: all added; costs subtracted by their words; the first less all others (no balance sheet does that)."""
    plus = tuple(1 for _ in run)
    worded = tuple(
        -1 if i and _SUBTRACTED.search(line.label) and max(line.values) > 0 else 1 for i, line in enumerate(run)
    )
    less = tuple(1 if i == 0 else -1 for i in range(len(run)))
    return list(dict.fromkeys((plus, worded) if kind is Kind.BALANCE_SHEET else (plus, worded, less)))


def _subset(vectors: Sequence[Vector], target: Vector, likely: bool) -> set[int] | None:
    """One or two vectors (three where the line is likely a total) that add up to the target."""
    where: dict[Vector, int] = {}
    for i, v in enumerate(vectors):
        if v == target:
            return {i}
        where.setdefault(v, i)
    for i, v in enumerate(vectors):
        rest = tuple(t - x for t, x in zip(target, v, strict=True))
        j = where.get(rest)
        if j is not None and j > i and any(rest) and any(v):
            return {i, j}
    if likely and 3 <= len(vectors) <= 24:
        for i, v in enumerate(vectors):
            for j in range(i + 1, len(vectors)):
                rest = tuple(t - x - y for t, x, y in zip(target, v, vectors[j], strict=True))
                k = where.get(rest)
                if k is not None and k > j and any(rest):
                    return {i, j, k}
    return None


def _proof(lines: Sequence[_Line], step: Decimal, total: _Line, parts: Sequence[tuple[_Line, int]]) -> Proof:
    ties: list[bool | None] = []
    differences: list[Decimal | None] = []
    for c, shown in enumerate(total.shown):
        if not shown and not any(p.shown[c] for p, _ in parts):
            ties.append(None)
            differences.append(None)
            continue
        gap = total.values[c] - sum(w * p.values[c] for p, w in parts)
        ties.append(abs(gap) <= max(1, min(2, len(parts) // _PARTS_PER_UNIT)))
        differences.append(gap * step)
    return Proof(
        total=total.index, parts=tuple((p.index, w) for p, w in parts), ties=tuple(ties), differences=tuple(differences)
    )


# --- findings ------------------------------------------------------------------------------------------------------


def _differences(
    statement: Statement, lines: Sequence[_Line], found: Sequence[tuple[_Line, list[tuple[_Line, int]]]], step: Decimal
) -> Iterator[Finding]:  # fmt: skip
    """A named total without a proof whose sum ties in one column and misses in another."""
    proved = {total.index for total, _ in found}
    used = {part.index for _, parts in found for part, _ in parts}
    for at, line in enumerate(lines):
        if line.index in proved or not _NAMED_TOTAL.search(line.label) or not any(line.values):
            continue
        before = [other for other in lines[:at] if other.index not in used]
        near = _near_miss(line, before, statement.kind)
        if near is None:
            continue
        column, total, sums = near
        amount = statement.lines[line.index].amounts[column]
        yield Finding(
            code="foot.difference",
            severity=Severity.WARNING,
            at=amount.at if amount else statement.lines[line.index].at,
            message=(
                f"{line.label!r} of {statement.columns[column].period} is {total * step:,} but its parts add up to "
                f"{sums * step:,}: a difference of {(total - sums) * step:,}"
            ),
            hint="the same lines add up in another column; look for a wrong digit or sign in this one",
        )


def _near_miss(line: _Line, before: Sequence[_Line], kind: Kind) -> tuple[int, int, int] | None:
    columns = [c for c, shown in enumerate(line.shown) if shown]
    for size in range(2, min(len(before), _REACH) + 1):
        run = before[len(before) - size :]
        for base in _bases(run, kind):
            sums = [sum(s * part.values[c] for s, part in zip(base, run, strict=True)) for c in columns]
            ties = [s == line.values[c] and s != 0 for s, c in zip(sums, columns, strict=True)]
            if any(ties) and not all(ties):
                miss = ties.index(False)
                return columns[miss], line.values[columns[miss]], sums[miss]
    return None


def _roundings(statement: Statement, proofs: Sequence[Proof]) -> Iterator[Finding]:
    off = [(p, c, d) for p in proofs for c, d in enumerate(p.differences) if d and p.ties[c]]
    often = len(off) > 1
    for proof, column, difference in off:
        line: LineItem = statement.lines[proof.total]
        amount = line.amounts[column]
        yield Finding(
            code="foot.rounding",
            severity=Severity.NOTE if often else Severity.WARNING,
            at=amount.at if amount else line.at,
            message=f"{line.label!r} of {statement.columns[column].period} differs from the sum of its parts by {difference:,}",
            hint="rounding explains it"
            if often
            else "the rest of the statement adds up exactly: compare with the original",
        )
