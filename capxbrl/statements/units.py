"""What a line counts: dollars, shares, dollars per share, or a pure number; and the scale of numbers of shares.

Words decide first; then arithmetic: net income divided by earnings per share is the number of shares, which tells a
"Basic" that counts shares from a "Basic" in dollars, and thousands of shares from single ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..amounts import Printed
from ..model import Amount, Kind, LineItem, Unit

_PER_SHARE = re.compile(
    r"\bper\b[^;,:]{0,60}\b(?:share|unit|ads|ada|stock)s?\b|\bper[\s-]share\b|\beps\b|per\s+(?:basic|diluted)"
    r"|\b(?:share|unit)\s*[-–—,]\s*(?:basic|diluted)|(?:earnings|income|loss)[^a-z]+(?:basic|diluted)\s*$",
    re.I,
)  # fmt: skip
#: Words that make a line of an income statement count shares, whatever stands beside them.
_COUNT = re.compile(
    r"weighted|(?:average|number\s+of|total)\s+(?:\w+[\s-]+){0,5}(?:shares|units)\b|shares\s+(?:\w+\s+){0,3}used|(?:shares|units)\s+outstanding"
    r"|\(in\s+(?:\w+\s+)?shares\)|\bshares\s*\)?\s*$|equivalent\s+shares|^(?:basic|diluted)\s+(?:\w+\s+)?shares|shares\s*[-–—,:]\s*(?:basic|diluted|assuming)|\(shares\)",
    re.I,
)  # fmt: skip
#: Rows of a balance sheet that count shares: "Common stock, shares issued"; never a label that holds figures itself.
_BALANCE_COUNT = re.compile(
    r"(?:,|-|–|—|:|number\s+of)\s*(?:\w+\s+){0,2}shares?(?:\s+(?:issued|outstanding|authorized|held|in\s+treasury))?|\(in\s+shares\)|^shares\s+(?:issued|outstanding|authorized)|^(?:common|preferred)\s+(?:\w+\s+)?shares\s+(?:issued|outstanding|authorized)",
    re.I,
)
_BALANCE_MONEY = re.compile(
    r"\bcost\b|unearned|unallocated|esop|\$|\bvalue\b|held\s+by|trust|deferred|subscri|receivable|payable|compensation",
    re.I,
)
_PURE = re.compile(r"\bpercent(?:age)?\b|%|\bratio\b|\bmargin\s+%|\b(?:effective\s+)?tax\s+rate\b", re.I)
_EPS_ROW = re.compile(
    r"basic|diluted|primary|continuing|discontinued|net\s|extraordinary|cumulative|assuming|before|operations|income|loss|earnings|total|dilution|accounting|dividend|per\s",
    re.I,
)
_DILUTION = re.compile(r"basic|dilut|average|shares|outstanding", re.I)
_PAR = re.compile(r"par\s+value|stated\s+value|liquidation|redemption\s+value", re.I)


def unit_of(label: str, path: Sequence[str], printed: Sequence[Printed], kind: Kind) -> Unit:
    """The unit that the words and the look of the figures give. printed: the line's figures, not scaled."""
    fractions = any(p.kind == "number" and p.places >= 2 for p in printed)
    whole = all(p.kind == "dash" or p.places == 0 for p in printed)
    small = all(abs(p.value) < 1000 for p in printed)
    if kind is Kind.CASH_FLOW:
        return Unit.SHARES if re.search(r"\(in\s+shares\)|number\s+of\s+(?:\w+\s+)?shares", label, re.I) else Unit.USD
    if kind is Kind.BALANCE_SHEET:
        if (
            re.search(r"per\s+share|par\s+value\s*$|in\s+dollars\s+per", label, re.I)
            and small
            and not re.search(r"authori[sz]ed|issued|outstanding", label, re.I)
        ):
            return Unit.PER_SHARE
        digits = re.search(r"\d{3}", label)
        if _BALANCE_COUNT.search(label) and not digits and not _BALANCE_MONEY.search(label) and not _PAR.search(label):
            return Unit.SHARES
        return (
            Unit.PER_SHARE
            if fractions and small and re.search(r"(?:book|asset)\s+value\s+per", label, re.I)
            else Unit.USD
        )
    near = path[-2:]
    per_share = _PER_SHARE.search(label)
    counted = _COUNT.search(label)
    if counted and not (per_share and small and fractions and not re.search(r"weighted|used|number", label, re.I)):
        return Unit.SHARES
    if per_share:
        return Unit.PER_SHARE if small and not (whole and any(abs(p.value) >= 100 for p in printed)) else Unit.USD
    if any(_COUNT.search(p) and not _PER_SHARE.search(p) for p in near) and _EPS_ROW.search(label):
        return Unit.SHARES
    if (
        any(_PER_SHARE.search(p) for p in path)
        and small
        and _EPS_ROW.search(label)
        and (fractions or all(abs(p.value) < 100 for p in printed))
    ):
        return Unit.PER_SHARE
    if _PURE.search(label) and small and not whole:
        return Unit.PURE
    return Unit.USD


def bare_per_share(printed: Sequence[Printed], above: Sequence[LineItem]) -> bool:
    """Figures with cents below a statement of whole numbers are per share even where the label is silent."""
    numbers = [p for p in printed if p.kind == "number"]
    if not numbers or not all(p.places in (2, 3, 4) and abs(p.value) < 500 for p in numbers):
        return False
    money = [a for line in above for a in line.amounts if a is not None and a.unit is Unit.USD and a.value]
    return len(money) >= 6 and sum("." not in a.shown for a in money) >= 0.9 * len(money)


def prove_shares(lines: tuple[LineItem, ...], kind: Kind) -> tuple[LineItem, ...]:
    """Settle units and scales of numbers of shares where net income and earnings per share prove them.

    The words seldom say whether "in thousands, except per share data" covers the shares.
    """
    if kind is Kind.BALANCE_SHEET or kind is Kind.CASH_FLOW:
        return lines
    per_share = [
        a for line in lines for a in line.amounts[:1] if a is not None and a.unit is Unit.PER_SHARE and a.value
    ]
    income = [
        a for line in lines for a in line.amounts[:1]
        if a is not None and a.unit is Unit.USD and a.value and re.search(r"\bnet\b.*(?:income|loss|earnings)|^(?:income|earnings|loss)\b", line.label, re.I)
    ]  # fmt: skip
    counts = sorted({abs(i.value / e.value) for i in income for e in per_share})
    if not counts:
        return lines
    out = []
    last_eps = max(i for i, line in enumerate(lines) if any(a and a.unit is Unit.PER_SHARE for a in line.amounts))
    first_eps = min(i for i, line in enumerate(lines) if any(a and a.unit is Unit.PER_SHARE for a in line.amounts))
    for number, line in enumerate(lines):
        first = next((a for a in line.amounts if a is not None and a.value), None)
        after = number > first_eps or number == last_eps
        candidate = first is not None and (
            first.unit is Unit.SHARES
            or (first.unit in (Unit.USD, Unit.PURE) and after and _DILUTION.search(line.label))
        )
        if not candidate or first is None or re.search(r"authori|issued", line.label, re.I):
            out.append(line)
            continue
        printed = abs(first.value) / (Decimal(10) ** first.scale)
        fits = [
            power
            for power in (first.scale, 0, 3, 6)
            if any(0.7 < count / (printed * 10**power) < 1.43 for count in counts)
        ]
        if fits:
            line = replace(line, amounts=tuple(a and _as_shares(a, fits[0]) for a in line.amounts))
        out.append(line)
    return tuple(out)


def _as_shares(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = len(a.shown.partition(".")[2])
    decimals: int | None = places - power
    return replace(
        a, value=value, scale=power if a.value else 0, unit=Unit.SHARES, decimals=None if decimals == 0 else decimals
    )
