"""What a line counts: dollars, shares, dollars per share, or a pure number; and the scale of numbers of shares.

Words decide first; then arithmetic: net income divided by earnings per share is the number of shares, which tells a
"Basic" that counts shares from a "Basic" in dollars, and thousands of shares from single ones.
"""

from __future__ import annotations

import re
from collections import Counter
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
    r"|\(in\s+(?:\w+\s+)?shares\)|\bshares\s*\)?\s*$|equivalent\s+shares|^(?:basic|diluted)\s+(?:\w+\s+)?shares|shares\s*[-–—,:]\s*(?:basic|diluted|assuming)|\(shares\)|^shares\s+of\b"
    r"|\b(?:potential|incremental|additional|antidilutive|anti-dilutive)\s+(?:\w+\s+){0,2}(?:shares|options|securities)\b",
    re.I,
)  # fmt: skip
#: Money that belongs to shares: "Net earnings attributable to common shares".
_OF_SHARES = re.compile(
    r"^(?!.*(?:weighted|average|number|used|outstanding)).*\b(?:income|earnings|loss|expense|penalty|dividends?|cost)\b.*\b(?:to|on|of|for|authorized)\s(?:\w+\s){0,3}shares\s*$"
    r"|\bpenalty\b.*\bshares\s*$",
    re.I,
)  # fmt: skip
_BARE = re.compile(r"(?:basic|diluted)(?:\s+(?:and|&)\s+diluted)?\W*", re.I)
#: Rows of a balance sheet that count shares: "Common stock, shares issued"; never a label that holds figures itself.
_BALANCE_COUNT = re.compile(
    r"(?:,|-|–|—|:|number\s+of)\s*(?:\w+\s+){0,2}shares?\b(?!')(?:\s+(?:issued|outstanding|authorized|held|in\s+treasury))?|\(in\s+shares\)|^shares\s+(?:issued|outstanding|authorized)|^(?:total\s+)?(?:common|preferred|ordinary)\s+(?:\w+\s+)?shares\s+(?:issued|outstanding|authorized)",
    re.I,
)
_BALANCE_MONEY = re.compile(
    r"\bcost\b|unearned|unallocated|esop|\$|\bvalue\b|held\s+by|trust|equity|deficit|including|deferred|subscri|receivable|payable|compensation",
    re.I,
)
_PURE = re.compile(r"\bpercent(?:age)?\b|%|\bratio\b|\bmargin\s+%|\b(?:effective\s+)?tax\s+rate\b", re.I)
_EPS_ROW = re.compile(
    r"basic|diluted|primary|continuing|discontinued|net\s|extraordinary|cumulative|assuming|before|operations|income|loss|earnings|total|dilution|accounting|dividend|per\s|\bclass\b|\bseries\b|(?:common|ordinary|preferred)\s+(?:stock|shares)",
    re.I,
)
_DILUTION = re.compile(r"basic|dilut|average|shares|outstanding", re.I)
_INCOME = re.compile(r"\bnet\b.*(?:income|loss|earnings)|^(?:income|earnings|loss|\(loss\)|profit)\b", re.I)
_NO_INCOME = re.compile(
    r"before.*tax|^(?:income|earnings|loss) from operations$|operating|interest|\bper\b|noncontrolling|minority", re.I
)
_PAR = re.compile(r"par\s+value|stated\s+value|liquidation|redemption\s+value", re.I)


def unit_of(label: str, path: Sequence[str], printed: Sequence[Printed], kind: Kind) -> Unit:
    """The unit that the words and the look of the figures give. printed: the line's figures, not scaled."""
    fractions = any(p.kind == "number" and p.places >= 2 for p in printed)
    whole = all(p.kind == "dash" or p.places == 0 for p in printed)
    small = all(abs(p.value) < 1000 for p in printed)
    if kind is Kind.CASH_FLOW:
        return Unit.SHARES if re.search(r"\(in\s+shares\)|number\s+of\s+(?:\w+\s+)?shares", label, re.I) else Unit.USD
    if kind is Kind.BALANCE_SHEET:
        digits = re.search(r"\d", label)
        if (
            re.search(r"per\s+share|(?<!excess\sof\s)par\s+value\s*$|in\s+dollars\s+per", label, re.I)
            and small
            and not digits
            and (fractions or all(abs(p.value) < 100 for p in printed) or re.search(r"\(in\s+dollars", label, re.I))
            and not re.search(r"authori[sz]ed|issued|outstanding", label, re.I)
            # "Common stock, par value $0.0005 per share | 149": the par value stands in the label already.
            and not (whole and re.search(r"\$\s?\d*\.?\d", label))
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
    rate = per_share and small and fractions
    if counted and not (rate and per_share and per_share.start() < counted.start()) and not _OF_SHARES.search(label):
        return Unit.SHARES
    if _BARE.fullmatch(label) and not fractions and all(p.kind == "dash" or abs(p.value) >= 1000 for p in printed):
        return Unit.SHARES  # no money is called "Basic"
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
    money = [
        a for line in above if not _BARE.fullmatch(line.label) for a in line.amounts
        if a is not None and a.unit is Unit.USD and a.value
    ]  # fmt: skip
    return len(money) >= 6 and sum("." not in a.shown for a in money) >= 0.9 * len(money)


def prove_shares(lines: tuple[LineItem, ...], kind: Kind) -> tuple[LineItem, ...]:
    """Settle units and scales of numbers of shares where net income and earnings per share prove them.

    The words seldom say whether "in thousands, except per share data" covers the shares.  Words alone keep what
    arithmetic does not reach.
    """
    if kind is Kind.BALANCE_SHEET or kind is Kind.CASH_FLOW:
        return lines
    pairs = _counts(lines)
    if not pairs:
        return lines
    eps = [i for i, line in enumerate(lines) if any(a and a.unit is Unit.PER_SHARE for a in line.amounts)]
    powers: dict[int, int] = {}
    for number, line in enumerate(lines):
        first = next((a for a in line.amounts if a is not None and a.value), None)
        if first is None or re.search(r"authori|issued", line.label, re.I):
            continue
        known = first.unit is Unit.SHARES
        if first.unit is Unit.PER_SHARE and not _far_above(line.amounts, lines[eps[0]].amounts):
            continue
        if not known and not (_DILUTION.search(line.label) and (number >= eps[0] - 3 or number == eps[-1])):
            continue
        tried = (first.scale, 0, 3, 6) if first.unit is not Unit.PER_SHARE else (3, 6)
        power = next((p for p in tried if any(_fits(line, p, pair, loose=known) for pair in pairs)), None)
        if power is not None:
            powers[number] = power
    if not powers:
        return lines
    lines = _only_one_counts(lines, powers)
    usual = Counter(powers.values()).most_common(1)[0][0]
    # The shares of dilution are too few to prove anything: they have the scale of the totals beside them.
    for number, line in enumerate(lines):
        if number in powers or not any(a and a.value for a in line.amounts):
            continue
        words = any(a and a.unit is Unit.SHARES for a in line.amounts)
        if (words and not re.search(r"thousands|millions|in shares|authori|issued", line.label, re.I)) or _between(
            lines, number, powers
        ):
            powers[number] = usual
    return tuple(
        replace(line, amounts=tuple(a and _as_shares(a, powers[n]) for a in line.amounts)) if n in powers else line
        for n, line in enumerate(lines)
    )


def _only_one_counts(lines: tuple[LineItem, ...], powers: dict[int, int]) -> tuple[LineItem, ...]:
    """Of two lines called "Basic", or "Diluted", the one that no earnings per share prove is the income they divide."""
    proved = {lines[n].label.lower() for n in powers}
    money = next((a.scale for line in lines for a in line.amounts if a and a.value and a.unit is Unit.USD), 0)
    return tuple(
        replace(line, amounts=tuple(a and _as_money(a, money) for a in line.amounts))
        if n not in powers and _BARE.fullmatch(line.label) and line.label.lower() in proved
        and all(a is None or a.unit is Unit.SHARES for a in line.amounts)
        else line
        for n, line in enumerate(lines)
    )  # fmt: skip


def _as_money(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = len(a.shown.partition(".")[2])
    return replace(a, value=value, scale=power if a.value else 0, unit=Unit.USD, decimals=places - power)


def _counts(lines: Sequence[LineItem]) -> list[tuple[tuple[Decimal, Decimal] | None, ...]]:
    """For each pair of an income and its earnings per share, by column: the number of shares, and how far rounding of the
    earnings may carry it, as a share of it."""
    per_share = [
        line.amounts for line in lines if any(a and a.unit is Unit.PER_SHARE and a.value for a in line.amounts)
    ]
    income = [
        line.amounts for line in lines
        if any(a and a.unit is Unit.USD and a.value for a in line.amounts) and _INCOME.search(line.label) and not _NO_INCOME.search(line.label)
    ]  # fmt: skip
    out = []
    for over in income[-8:]:
        for eps in per_share[:12]:
            pair = tuple(
                (abs(i.value / e.value), Decimal(5) / 10 / 10 ** len(e.shown.partition(".")[2]) / abs(e.value))
                if i and e and i.unit is Unit.USD and e.unit is Unit.PER_SHARE and i.value and e.value else None
                for i, e in zip(over, eps, strict=True)
            )  # fmt: skip
            if any(pair):
                out.append(pair)
    return out


def _far_above(amounts: Sequence[Amount | None], first: Sequence[Amount | None]) -> bool:
    """Figures read as per share are so much larger than the first earnings per share that they must be shares."""
    return all(abs(a.value) > 10 * abs(e.value) for a, e in zip(amounts, first, strict=True) if a and e)


def _fits(line: LineItem, power: int, pair: Sequence[tuple[Decimal, Decimal] | None], loose: bool) -> bool:
    """The line, read in 10^power shares, is the number of shares of the pair, in every column that has both."""
    seen = False
    for amount, column in zip(line.amounts, pair, strict=True):
        if not amount or not amount.value or column is None:
            continue
        count, slack = column
        ratio = abs(amount.value) / Decimal(10) ** amount.scale * Decimal(10) ** power / count
        room = 1 + slack + (Decimal(45) if loose else Decimal(20)) / 100
        if not 1 / room < ratio < room:
            return False
        seen = True
    return seen


def _between(lines: Sequence[LineItem], number: int, powers: dict[int, int]) -> bool:
    """The line leads from one number of shares to the next: basic + dilution = diluted, in every column."""
    first = next((i for i in range(number - 1, -1, -1) if i in powers), None)
    last = next((i for i in range(number + 1, len(lines)) if i in powers), None)
    if first is None or last is None:
        return False
    if any(a and a.unit is Unit.PER_SHARE for line in lines[first : last + 1] for a in line.amounts):
        return False
    rows = zip(lines[first].amounts, lines[number].amounts, lines[last].amounts, strict=True)
    columns = [(a, b, c) for a, b, c in rows if a and b and c]

    def bare(a: Amount) -> Decimal:
        return abs(a.value) / Decimal(10) ** a.scale

    return bool(columns) and all(
        bare(a) < bare(c) and bare(b) <= (bare(c) - bare(a)) * Decimal("1.01") for a, b, c in columns
    )


def _as_shares(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = len(a.shown.partition(".")[2])
    decimals: int | None = places - power
    return replace(
        a, value=value, scale=power if a.value else 0, unit=Unit.SHARES, decimals=None if decimals == 0 else decimals
    )
