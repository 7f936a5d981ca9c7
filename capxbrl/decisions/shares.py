"""Decision: the scale of numbers of shares.

Words seldom say whether "in thousands, except per share data" covers them, so arithmetic decides where it reaches: par
value times shares is the amount of its line, net income divided by earnings per share is the number of shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from .. import words
from ..evidence import Scale
from ..findings import counted
from ..model import Amount, Decision, FigureKind, Kind, LineItem, Standing, Statement, Unit, Witness
from ..records import replace
from . import SCALE_OF_SHARES, YOU, decide
from . import tolerances as tol
from .captions import scale_of
from .earnings import bare, is_in_full, scale_step

# --- shares in the labels of a balance sheet --------------------------------------------------------------------------

#: Digits behind a point that may be meant for a comma.
_COMMA = 3


def scale_shares_in_labels(lines: Sequence[LineItem], kind: Kind, scale: Scale) -> tuple[LineItem, ...]:
    """Scale the numbers of shares in the labels of a balance sheet as the page means them.

    Par value times shares is the amount of the line: that proves it.  Without a proof, numbers in full show it, and
    then the note of scale.
    """
    counts = [f.amount for line in lines for f in line.figures if is_bare_count(f.amount)]
    if kind is not Kind.BALANCE_SHEET or not counts:
        return tuple(lines)
    whole = [a.value for a in counts if not a.places]
    said = scale.shares if scale.shares is not None else scale.money
    power = _proved_by_par(lines)
    if power is None:
        power = said if tol.COUNTS.thousands[0] < max(whole, default=Decimal(0)) < tol.COUNTS.thousands[1] else 0
    powers = {id(a): _pointed(a, power or said or scale.money, whole) if a.places else power for a in counts}
    commas = {id(a): near for a in counts if (near := _for_comma(a, whole)) is not None}
    return tuple(_doubted(with_powers(line, powers), line, powers, commas) for line in lines)


def _doubted(made: LineItem, line: LineItem, powers: Mapping[int, int], commas: Mapping[int, Decimal]) -> LineItem:
    """A line with a count whose point is read as a comma is doubtful in its shares: only its neighbours say so."""
    found = next((f.amount for f in line.figures if id(f.amount) in commas), None)
    if found is None:
        return made
    says = f"it is printed {found.shown} beside {commas[id(found)]:,}, so that its point stands for a comma"
    witness = Witness(value=str(powers[id(found)]), says=says, at=found.at)
    doubt = Decision(subject=SCALE_OF_SHARES, value=witness.value, standing=Standing.DOUBTFUL, witnesses=(witness,))
    return replace(made, decisions=(*made.decisions, doubt))


def with_powers(line: LineItem, powers: dict[int, int]) -> LineItem:
    """The line with the figures of its label scaled. powers: by the identity of an amount."""
    return replace(
        line, figures=tuple(replace(f, amount=_scaled(f.amount, powers.get(id(f.amount), 0))) for f in line.figures)
    )


def is_bare_count(a: Amount) -> bool:
    """A number of shares of which the label does not say the scale."""
    return a.unit is Unit.SHARES and a.scale == 0 and bool(a.value)


def _pointed(a: Amount, power: int, whole: Sequence[Decimal]) -> int:
    """The power of a count with a decimal point: nobody counts parts of a share, so the others' or the page's."""
    return power + 3 if _for_comma(a, whole) is not None else power


def _for_comma(a: Amount, whole: Sequence[Decimal]) -> Decimal | None:
    """The count beside which one printed "2.936" is a thousand times too small: "2,872"; None where there is none."""
    near = (count for count in whole if tol.COUNTS.point[0] < count / a.value < tol.COUNTS.point[1])
    return next(near, None) if a.places == _COMMA else None


def _proved_by_par(lines: Sequence[LineItem], *, scaled: bool = False) -> int | None:
    """The power of ten that makes par value times issued shares the amount of its line; None where nothing proves one.

    scaled: the counts have their scale already; it is told when it fits.
    """
    for line in lines:
        par = next((f.amount.value for f in line.figures if f.what is FigureKind.PAR_VALUE), None)
        issued = _issued(line, scaled)
        first = next((a for a in line.amounts if a is not None and a.value), None)
        if not par or issued is None or first is None:
            continue
        room = max(Decimal(10) ** first.scale * Decimal("0.51"), abs(first.value) * tol.COUNTS.par)
        for power in (issued.scale,) if scaled else (0, 3, 6):
            if abs(par * bare(issued) * Decimal(10) ** power - abs(first.value)) <= room:
                return power
    return None


def _issued(line: LineItem, scaled: bool) -> Amount | None:
    """The number of shares issued that the label tells: one that has no scale yet, unless `scaled`."""
    counts = (f.amount for f in line.figures if f.what is FigureKind.ISSUED and f.amount.value)
    return next((a for a in counts if scaled or a.scale == 0), None)


def _scaled(amount: Amount, power: int) -> Amount:
    if not power:
        return amount
    decimals: int | None = amount.places - power
    value = amount.value * Decimal(10) ** power
    return replace(amount, value=value, scale=power, decimals=None if decimals == 0 else decimals)


# --- how it stands ---------------------------------------------------------------------------------------------------


def assume_share_scale(statement: Statement, power: int) -> Statement:
    """The statement with its share counts in 10^power shares, as the user says; a count that a label prints in full
    stays.
    """

    def counted(amount: Amount) -> Amount:
        return _scaled(
            replace(amount, value=amount.value.scaleb(-amount.scale), scale=0, decimals=amount.places or None), power
        )

    def line(item: LineItem) -> LineItem:
        cells = tuple(a and (counted(a) if a.unit is Unit.SHARES else a) for a in item.amounts)
        figures = tuple(
            replace(f, amount=counted(f.amount)) if f.amount.unit is Unit.SHARES and not is_in_full(f.amount) else f
            for f in item.figures
        )
        return replace(item, amounts=cells, figures=figures)

    return replace(statement, lines=tuple(line(item) for item in statement.lines))


def decide_share_scales(
    statements: Sequence[Statement], scales: Sequence[Scale], assumed: int | None = None
) -> tuple[Decision | None, ...]:
    """How the scale of the share counts of each statement stands; None where it counts none. assumed: what the user
    says.
    """
    largest = [max((a.value for a in _counts_in(s)), default=Decimal(0)) for s in statements]
    return tuple(
        _share_decision(statement, scale, [v for m, v in enumerate(largest) if m != n and v], assumed)
        for n, (statement, scale) in enumerate(zip(statements, scales, strict=True))
    )


def _counts_in(statement: Statement) -> list[Amount]:
    """Every number of shares in a cell or a label."""
    cells = (a for line in statement.lines for a in line.amounts if a is not None)
    figures = (f.amount for line in statement.lines for f in line.figures)
    return [a for a in (*cells, *figures) if a.unit is Unit.SHARES and a.value]


def _share_decision(
    statement: Statement, scale: Scale, elsewhere: Sequence[Decimal], assumed: int | None
) -> Decision | None:
    counts = _counts_in(statement)
    if not counts:
        return None
    if assumed is not None:
        return decide(SCALE_OF_SHARES, [Witness(value=str(assumed), says=YOU)])
    read = Counter(a.scale for a in counts).most_common(1)[0][0]
    heard = list(_share_witnesses(statement, scale, counts))
    largest = max(a.value for a in counts)
    if any(1 / tol.COUNTS.alike < largest / other < tol.COUNTS.alike for other in elsewhere):
        says = "another statement counts as many shares"
        heard.append(Witness(value=str(read), says=says, at=counts[0].at, independent=True))
    if not heard and any(_COUNTED_IN.search(line.label) for line in statement.lines if line.figures):
        heard.append(Witness(value=str(read), says="the labels say it beside their counts", at=counts[0].at))
    if not heard and scale.said and read == scale.money:
        says = "the caption says it of all figures, and excepts no shares"
        heard.append(Witness(value=str(read), says=says, at=statement.at))
    made = decide(SCALE_OF_SHARES, heard, default=str(read))
    return made if made.value == str(read) else replace(made, value=str(read), standing=Standing.DOUBTFUL)


#: A label that says the scale of its counts itself: "45.1 million shares".
_COUNTED_IN = re.compile(r"\d\s{1,3}(?:thousand|[mb]illion)\b", re.I)


def _share_witnesses(statement: Statement, scale: Scale, counts: Sequence[Amount]) -> Iterator[Witness]:
    at = counts[0].at
    if scale.shares:
        yield Witness(value=str(scale.shares), says="the caption says it of shares", at=statement.at)
    labelled = {
        made.shares if made.shares is not None else made.money
        for line in statement.lines
        if any(a and a.unit is Unit.SHARES for a in line.amounts)
        for text in (line.label, *line.path[-1:])
        if "(" in text and (made := scale_of(text))
    }
    for power in sorted(labelled):
        yield Witness(value=str(power), says="the label or its heading says it", at=at)
    if any(is_in_full(a) for a in counts):
        yield Witness(value="0", says="the counts are printed in full", at=at)
    if found := scale_step(statement):
        step, _, where, columns = found
        says = f"EPS x shares is net income in {counted(columns, 'column')}"
        yield Witness(value=str(statement.scale - step), says=says, at=where, independent=True)
    if (proved := _proved_by_par(statement.lines, scaled=True)) is not None:
        yield Witness(value=str(proved), says="par value x shares is the amount of the line", at=at, independent=True)


# --- lines that count shares -----------------------------------------------------------------------------------------

#: A line of earnings per share, or of shares, that says only which.
BARE = re.compile(r"(?:basic|diluted)(?:\s+(?:and|&)\s+diluted)?\W*", re.I)


def scale_share_lines(lines: tuple[LineItem, ...], kind: Kind) -> tuple[LineItem, ...]:
    """Settle units and scales of numbers of shares where net income and earnings per share prove them.

    The words seldom say whether "in thousands, except per share data" covers the shares.  Words alone keep what
    arithmetic does not reach.
    """
    if kind is Kind.BALANCE_SHEET or kind is Kind.CASH_FLOW:
        return lines
    powers = _powers_proved(lines)
    if not powers:
        return lines
    lines = _only_one_counts(lines, powers)
    powers = _powers_beside(lines, powers)
    return tuple(
        replace(line, amounts=tuple(a and as_shares(a, powers[n]) for a in line.amounts)) if n in powers else line
        for n, line in enumerate(lines)
    )


def _powers_proved(lines: Sequence[LineItem]) -> dict[int, int]:
    """{line number: power of ten} of the lines that net income over earnings per share proves to count shares."""
    pairs = _counts(lines)
    powers: dict[int, int] = {}
    eps = [i for i, line in enumerate(lines) if any(a and a.unit is Unit.PER_SHARE for a in line.amounts)]
    for number, line in enumerate(lines) if pairs else ():
        known = (first := _first(line)) is not None and first.unit is Unit.SHARES
        for power in _powers_to_try(lines, number, eps):
            if any(_fits(line, power, pair, loose=known) for pair in pairs):
                powers[number] = power
                break
    return powers


def _says(name: str, line: LineItem) -> bool:
    return words.pattern("share_lines", name).search(line.label) is not None


def _first(line: LineItem) -> Amount | None:
    return next((a for a in line.amounts if a is not None and a.value), None)


def _powers_to_try(lines: Sequence[LineItem], number: int, eps: Sequence[int]) -> tuple[int, ...]:
    """The powers that a line may be read in as a number of shares; none where it can be no such line. eps: the lines
    per share."""
    line, first = lines[number], _first(lines[number])
    if first is None or _says("in a label", line):
        return ()
    if first.unit is Unit.SHARES:
        # A count of so many digits is in no thousands: hardly a company has ten billion shares.
        return (0,) if bare(first) >= tol.COUNTS.full else (first.scale, 0, 3, 6)
    per_share = first.unit is Unit.PER_SHARE
    if per_share and not _far_above(line.amounts, lines[eps[0]].amounts):
        return ()
    if not (_says("counts", line) and (number >= eps[0] - 3 or number == eps[-1])):
        return ()
    return (3, 6) if per_share else (first.scale, 0, 3, 6)


def _powers_beside(lines: Sequence[LineItem], proved: dict[int, int]) -> dict[int, int]:
    """With the shares of dilution, too few to prove anything: they have the scale of the totals beside them."""
    powers = dict(proved)
    usual = Counter(proved.values()).most_common(1)[0][0]
    for number, line in enumerate(lines):
        if number not in powers and _first(line) and (_counts_unsaid(line) or _between(lines, number, powers)):
            powers[number] = usual
    return powers


def _counts_unsaid(line: LineItem) -> bool:
    """A line of shares whose label does not say their scale."""
    return not _says("scale said", line) and any(a and a.unit is Unit.SHARES for a in line.amounts)


def _only_one_counts(lines: tuple[LineItem, ...], powers: dict[int, int]) -> tuple[LineItem, ...]:
    """Of two lines called "Basic", or "Diluted", the one that no earnings per share prove is the income they divide."""
    proved = {lines[n].label.lower() for n in powers}
    money = next((a.scale for line in lines for a in line.amounts if a and a.value and a.unit is Unit.USD), 0)

    def is_income(number: int, line: LineItem) -> bool:
        if number in powers or line.label.lower() not in proved or not BARE.fullmatch(line.label):
            return False
        return all(a is None or a.unit is Unit.SHARES for a in line.amounts)

    return tuple(
        replace(line, amounts=tuple(a and _as_money(a, money) for a in line.amounts)) if is_income(n, line) else line
        for n, line in enumerate(lines)
    )


def _as_money(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = a.places
    return replace(a, value=value, scale=power if a.value else 0, unit=Unit.USD, decimals=places - power)


def _counts(lines: Sequence[LineItem]) -> list[tuple[tuple[Decimal, Decimal] | None, ...]]:
    """For each pair of an income and its earnings per share, by column: the number of shares, and how far rounding of
    the earnings may carry it, as a share of it."""
    per_share = [line.amounts for line in lines if _has(line, Unit.PER_SHARE)]
    income = [
        line.amounts
        for line in lines
        if _has(line, Unit.USD) and _says("income", line) and not _says("no income", line)
    ]
    pairs = (
        tuple(_count(i, e) for i, e in zip(over, eps, strict=True)) for over in income[-8:] for eps in per_share[:12]
    )
    return [pair for pair in pairs if any(pair)]


def _has(line: LineItem, unit: Unit) -> bool:
    return any(a and a.unit is unit and a.value for a in line.amounts)


def _count(income: Amount | None, eps: Amount | None) -> tuple[Decimal, Decimal] | None:
    """The number of shares that an income and its earnings per share make, and how far rounding may carry it."""
    if not income or not eps or not income.value or not eps.value:
        return None
    if income.unit is not Unit.USD or eps.unit is not Unit.PER_SHARE:
        return None
    return abs(income.value / eps.value), Decimal(5) / 10 / 10**eps.places / abs(eps.value)


def _far_above(amounts: Sequence[Amount | None], first: Sequence[Amount | None]) -> bool:
    """Figures read as per share are so much larger than the first earnings per share that they must be shares."""
    return all(abs(a.value) > tol.COUNTS.above * abs(e.value) for a, e in zip(amounts, first, strict=True) if a and e)


def _fits(line: LineItem, power: int, pair: Sequence[tuple[Decimal, Decimal] | None], loose: bool) -> bool:
    """The line, read in 10^power shares, is the number of shares of the pair, in every column that has both."""
    seen = False
    for amount, column in zip(line.amounts, pair, strict=True):
        if not amount or not amount.value or column is None:
            continue
        count, slack = column
        ratio = abs(amount.value) / Decimal(10) ** amount.scale * Decimal(10) ** power / count
        room = 1 + slack + (tol.COUNTS.loose if loose else tol.COUNTS.shares)
        if not 1 / room < ratio < room:
            return False
        seen = True
    return seen


def _between(lines: Sequence[LineItem], number: int, powers: dict[int, int]) -> bool:
    """The line leads from one number of shares to the next: basic + dilution = diluted, in every column."""
    first = max((i for i in powers if i < number), default=None)
    last = min((i for i in powers if i > number), default=None)
    if first is None or last is None:
        return False
    if any(a and a.unit is Unit.PER_SHARE for line in lines[first : last + 1] for a in line.amounts):
        return False
    rows = zip(lines[first].amounts, lines[number].amounts, lines[last].amounts, strict=True)
    columns = [(bare(a), bare(b), bare(c)) for a, b, c in rows if a and b and c]
    return bool(columns) and all(a < c and b <= (c - a) * tol.COUNTS.between for a, b, c in columns)


def as_shares(a: Amount, power: int) -> Amount:
    value = a.value / (Decimal(10) ** a.scale) * (Decimal(10) ** power)
    places = a.places
    decimals: int | None = places - power
    return replace(
        a, value=value, scale=power if a.value else 0, unit=Unit.SHARES, decimals=None if decimals == 0 else decimals
    )
