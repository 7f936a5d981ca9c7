"""Decision: the scale of money and of numbers of shares.

Of money: what the page states nearest to the figures. Of shares: words seldom say whether "in thousands, except per share
data" covers them, so arithmetic decides where it reaches: par value times shares is the amount of its line, net income
divided by earnings per share is the number of shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..evidence import HeadedTable, Scale
from ..model import Amount, Kind, LineItem, Unit

# --- what the page states --------------------------------------------------------------------------------------------


def decide_scale(headed: HeadedTable) -> Scale:
    """The scale stated nearest to the figures: title, headings and first rows, then the paragraphs above."""
    table = headed.table
    first_words = [r.label for r in table.rows[:3] if not r.has_data]
    near = [*headed.title_lines, *(r.text for r in table.heads), *first_words]
    for text in (*reversed(near), " ".join(near), *reversed(table.above)):
        if found := scale_of(text):
            return found
    return Scale()


_SCALES = (
    (re.compile(r"\bin\s+(?:u\.?s\.?\s+)?billions|\$\s*billions|billions\s+of\s+dollars", re.I), 9),
    (
        re.compile(
            r"\bmillions\b|\$\s*(?:in\s+)?mm\b|\(mm\)|\(\$?\s*000,000'?s?(?:\s+omitted)?\)|000,000'?s?\s+omitted", re.I
        ),
        6,
    ),
    (
        re.compile(
            r"\bthousands\b|\bin\s+000'?s|\(\$?\s*000'?s?(?:\s+omitted)?\)|000'?s?\s+omitted|\$\s*000'?s?\b|\bin\s+\$000",
            re.I,
        ),
        3,
    ),
    (re.compile(r"\bhundreds\b", re.I), 2),
)
_DOLLARS = re.compile(r"\(?\s*(?:amounts\s+)?(?:in|expressed in)\s+(?:whole\s+|actual\s+|u\.?s\.?\s+)?dollars\b", re.I)
_EXCEPT = re.compile(r"except\s+(?:for\s+)?(?:as\s+(?:noted|indicated)|(?P<what>[^)]{0,80}))", re.I)


def scale_of(text: str) -> Scale | None:
    """The scale that a note like "(In thousands, except share and per share data)" states, or None."""
    folded = " ".join(text.split())
    for pattern, power in _SCALES:
        match = pattern.search(folded)
        if match is None:
            continue
        # "shares in thousands" alone says nothing of money.
        before = folded[max(0, match.start() - 30) : match.start()].lower()
        shares: int | None = None
        if (
            re.search(r"shares?\s+(?:and\s+\w+\s+)?(?:data\s+)?(?:are\s+)?in\s*$", before)
            and "dollar" not in before
            and "amount" not in before
        ):
            others = scale_of(folded[match.end() :]) or (scale_of(folded[: match.start()]))
            if others:
                return Scale(money=others.money, shares=power, said=True)
            return Scale(money=0, shares=power, said=False)
        excepted = _EXCEPT.search(folded, match.end())
        if excepted and excepted["what"]:
            words = excepted["what"].lower()
            rest = re.sub(
                r"per[\s-]+(?:common\s+|ordinary\s+)?(?:share|unit|ads)s?(?:\s+(?:data|amounts?|information|figures|calculations))?",
                " ",
                words,
            )
            if re.search(r"\bshares?\b|\bunits?\b", rest):
                shares = 0
        return Scale(money=power, shares=shares, said=True)
    if _DOLLARS.search(folded):
        return Scale(money=0, shares=0, said=True)
    return None


# --- shares in the labels of a balance sheet --------------------------------------------------------------------------


def scale_shares_in_labels(lines: Sequence[LineItem], kind: Kind, scale: Scale) -> tuple[LineItem, ...]:
    """Scale the numbers of shares in the labels of a balance sheet as the page means them.

    Par value times shares is the amount of the line: that proves it.  Without a proof, numbers in full show it, and
    then the note of scale.
    """
    if kind is not Kind.BALANCE_SHEET:
        return tuple(lines)
    bare = [
        f.amount for line in lines for f in line.figures
        if f.amount.unit is Unit.SHARES and f.amount.scale == 0 and f.amount.value and "." not in f.amount.shown
    ]  # fmt: skip
    if not bare:
        return tuple(lines)
    power = _proved_by_par(lines)
    if power is None:
        largest = max(a.value for a in bare)
        said = scale.shares if scale.shares is not None else scale.money
        power = said if 1000 < largest < 1_000_000 else 0
    if not power:
        return tuple(lines)
    chosen = {id(a) for a in bare}
    return tuple(
        replace(line, figures=tuple(replace(f, amount=_scaled(f.amount, power)) if id(f.amount) in chosen else f for f in line.figures))
        for line in lines
    )  # fmt: skip


def _proved_by_par(lines: Sequence[LineItem]) -> int | None:
    """The power of ten that makes par value times issued shares the amount of its line; None where nothing proves one."""
    for line in lines:
        par = next((f.amount.value for f in line.figures if f.what == "par value"), None)
        issued = next(
            (f.amount for f in line.figures if f.what == "issued" and f.amount.scale == 0 and f.amount.value), None
        )
        first = next((a for a in line.amounts if a is not None and a.value), None)
        if not par or issued is None or first is None:
            continue
        unit = Decimal(10) ** first.scale
        for power in (0, 3, 6):
            product = par * issued.value * Decimal(10) ** power
            if abs(product - abs(first.value)) <= max(unit * Decimal("0.51"), abs(first.value) / 50):
                return power
    return None


def _scaled(amount: Amount, power: int) -> Amount:
    return replace(amount, value=amount.value * Decimal(10) ** power, scale=power, decimals=-power)


# --- lines that count shares -----------------------------------------------------------------------------------------

#: A line of earnings per share, or of shares, that says only which.
BARE = re.compile(r"(?:basic|diluted)(?:\s+(?:and|&)\s+diluted)?\W*", re.I)
_DILUTION = re.compile(r"basic|dilut|average|shares|outstanding", re.I)
_INCOME = re.compile(r"\bnet\b.*(?:income|loss|earnings)|^(?:income|earnings|loss|\(loss\)|profit)\b", re.I)
_NO_INCOME = re.compile(
    r"before.*tax|^(?:income|earnings|loss) from operations$|operating|interest|\bper\b|noncontrolling|minority", re.I
)


def scale_share_lines(lines: tuple[LineItem, ...], kind: Kind) -> tuple[LineItem, ...]:
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
        if n not in powers and BARE.fullmatch(line.label) and line.label.lower() in proved
        and all(a is None or a.unit is Unit.SHARES for a in line.amounts)
        else line
        for n, line in enumerate(lines)
    )  # fmt: skip


def _as_money(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = a.places
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
                (abs(i.value / e.value), Decimal(5) / 10 / 10 ** e.places / abs(e.value))
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
    places = a.places
    decimals: int | None = places - power
    return replace(
        a, value=value, scale=power if a.value else 0, unit=Unit.SHARES, decimals=None if decimals == 0 else decimals
    )
