"""What a line counts by its words and the look of its figures: dollars, shares, dollars per share, or a pure number.

Arithmetic then tells a "Basic" that counts shares from a "Basic" in dollars (`decisions.scale.scale_share_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..amounts import Printed
from ..decisions.scale import BARE
from ..model import Kind, LineItem, Unit

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
    if BARE.fullmatch(label) and not fractions and all(p.kind == "dash" or abs(p.value) >= 1000 for p in printed):
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
        a for line in above if not BARE.fullmatch(line.label) for a in line.amounts
        if a is not None and a.unit is Unit.USD and a.value
    ]  # fmt: skip
    return len(money) >= 6 and sum("." not in a.shown for a in money) >= 0.9 * len(money)
