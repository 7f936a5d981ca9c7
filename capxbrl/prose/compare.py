"""A claim of running text against the tables: agrees, agrees only from rounded figures, disagrees, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from ..footing.edits import Slip, edit
from ..model import ClaimKind, Counted, LineRole, Period, Tagged, Unit, Verdict
from ..periods import months_of
from ..records import dataclass
from . import tolerances as tol
from .claims import Claim
from .subjects import Row

#: Subjects whose figures per share stand in the lines per share.
_SHARED_OUT = ("net income",)
#: What earnings per share are earnings of.
_NET_INCOME = (LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.INCOME_TO_PARENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a claim comes to, and why in words. of: the row and period of the one figure it agrees with, where there is
    one; of one that disagrees, of the figure it has.

    cause: of a disagreement, what other claims that are wrong for the same reason share: "scale 3", two periods.
    """

    verdict: Verdict
    why: str = ""
    of: tuple[Row, Period] | None = None
    cause: str = ""


_NOTHING = Answer(verdict=Verdict.NOTHING)


def _agrees(why: str, of: tuple[Row, Period] | None = None) -> Answer:
    return Answer(verdict=Verdict.AGREES, why=why, of=of)


def _rounded(why: str) -> Answer:
    return Answer(verdict=Verdict.ROUNDED, why=why)


def _disagrees(why: str, cause: str = "", of: tuple[Row, Period] | None = None) -> Answer:
    return Answer(verdict=Verdict.DISAGREES, why=why, cause=cause, of=of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The printed values of the statements, by row and period."""

    tagged: tuple[Tagged, ...]

    def values(self, row: Row) -> Iterator[tuple[Period, Decimal]]:
        """Every period and figure of a line; an empty cell is left out."""
        one = self.tagged[row[0]].statement
        for column, amount in zip(one.columns, one.lines[row[1]].amounts, strict=True):
            if amount is not None and amount.unit in (Unit.USD, Unit.PER_SHARE, Unit.SHARES):
                yield column.period, amount.value

    def at(self, row: Row, period: Period) -> Decimal | None:
        """The figure of a period: a balance sheet's at its end."""
        for own, value in self.values(row):
            if own == period or (own.start is None and own.end == period.end):
                return value
        return None

    def label(self, row: Row) -> str:
        return self.tagged[row[0]].statement.lines[row[1]].label


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Half a unit goes up, as people round."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def verdict_of(claim: Claim, all_claims: Sequence[Claim], tables: Tables, confirmed: set[str]) -> Answer:
    """confirmed: the subjects of which another figure of the sentence agrees."""
    if not claim.role or not claim.rows or not claim.periods:
        return _NOTHING
    if claim.role is ClaimKind.LEVEL:
        return _without(claim, tables) if claim.without else _level(claim, tables, claim.name in confirmed)
    if claim.role is ClaimKind.SHARE_OF:
        return _share(claim, all_claims, tables, confirmed)
    return _change(claim, all_claims, tables, confirmed)


def is_close(claim: Claim, value: Decimal) -> bool:
    """The claim's figure is that value within half a unit of its last place."""
    return abs(abs(value) - claim.figure.value) <= claim.figure.step / 2


def _level(claim: Claim, tables: Tables, confirmed: bool) -> Answer:
    value, step = claim.figure.value, claim.figure.step
    unit = Unit.PER_SHARE if claim.figure.unit is Counted.SHARE else Unit.USD
    near = _NOTHING
    for row in claim.rows:
        if not _counts(tables, row, unit):
            continue
        for period in claim.periods:
            own = tables.at(row, period)
            if own is None:
                continue
            if is_close(claim, own):
                return _agrees(f"{tables.label(row)!r} of {period} is {own:,}", (row, period))
            # "$1 billion" for 600 million is another figure, not a rounded one.
            if abs(abs(own) - value) < step and value >= tol.PROSE.telling * step:
                said = f"{tables.label(row)!r} of {period} is {own:,}"
                near = _rounded(f"{said}, which rounds to {rounded(abs(own), step):,f}")
            elif near is _NOTHING and claim.certain:
                near = _reason(claim, row, period, own, tables, confirmed)
    return near


def _counts(tables: Tables, row: Row, unit: Unit) -> bool:
    amounts = tables.tagged[row[0]].statement.lines[row[1]].amounts
    return any(a is not None and a.unit is unit for a in amounts)


def _reason(claim: Claim, row: Row, period: Period, own: Decimal, tables: Tables, confirmed: bool) -> Answer:
    """Why a figure that differs is wrong and not of something else: it is that of another period, or a slip."""
    value, step = claim.figure.value, claim.figure.step
    said = f"{tables.label(row)!r} of {period} is {own:,}"
    for other, figure in tables.values(row):
        if months_of(other) == months_of(period) and other != period and is_close(claim, figure):
            why = f"{said}; the figure of the text is that of {other} ({figure:,})"
            return _disagrees(why, " and ".join(sorted((str(other), str(period)))), (row, other))
    for power in (-6, -3, 3, 6):
        if value >= tol.PROSE.telling * step and own and abs(abs(own) - value.scaleb(power)) <= step.scaleb(power) / 2:
            return _disagrees(f"{said}: another power of a thousand", f"scale {-power}")
    if confirmed and claim.figure.unit is Counted.SHARE and claim.name in _SHARED_OUT:
        # "Net income was $4,688,000, or $0.66 a share": the income agrees, so the figure is what it comes to a share.
        return _disagrees(f"{said}, and the income beside it agrees")
    true = int(rounded(abs(own), step) / step)
    digits = tol.PROSE.digits_confirmed if confirmed else tol.PROSE.digits
    if true >= 10 ** (digits - 1) and edit(int(value / step), true) not in (Slip.NONE, Slip.EXTRA, Slip.LOST):
        return _disagrees(f"{said}, which rounds to {rounded(abs(own), step):,f}: one slip away")
    return _NOTHING


def _without(claim: Claim, tables: Tables) -> Answer:
    """A subject before another line: net loss before a charge. The sign of the charge is tried both ways."""
    near = _NOTHING
    for row in claim.rows:
        for taken in claim.without:
            if tables.tagged[taken[0]].statement.kind is not tables.tagged[row[0]].statement.kind:
                continue
            answers = [answer for period in claim.periods for answer in _less(claim, row, taken, period, tables)]
            agrees = next((answer for answer in answers if answer.verdict is Verdict.AGREES), None)
            if agrees is not None:
                return agrees
            if near is _NOTHING:
                near = next(iter(answers), _NOTHING)
            if near is _NOTHING and claim.explicit:
                near = _elsewhere(claim, row, taken, tables)
    return near


def _elsewhere(claim: Claim, row: Row, taken: Row, tables: Tables) -> Answer:
    """The figure is the subject without the line in another period."""
    for other, _ in tables.values(row):
        own = _difference(row, taken, other, tables, claim)
        if other not in claim.periods and any(is_close(claim, v) for v in own):
            said = f"{tables.label(row)!r} before {tables.label(taken)!r}"
            why = f"the figure is {said} of {other}, not of {claim.periods[0]}"
            return _disagrees(why, f"period {other} for {claim.periods[0]}")
    return _NOTHING


def _difference(row: Row, taken: Row, period: Period, tables: Tables, claim: Claim) -> list[Decimal]:
    """The subject without the line, as magnitudes; per share through the shares."""
    per_share = claim.figure.unit is Counted.SHARE
    base = _income_of(row, tables) if per_share else row
    whole, part = tables.at(base, period), tables.at(taken, period) or Decimal(0)
    if whole is None:
        return []
    values = [abs(whole - part), abs(whole + part)]
    if not per_share:
        return values
    count = _count_of(row, period, tables)
    return [v / count for v in values] if count else []


def _count_of(row: Row, period: Period, tables: Tables) -> Decimal | None:
    """The shares of a statement in a period."""
    return next((abs(v) for r in _shares(row, tables) if (v := tables.at(r, period))), None)


def _less(claim: Claim, row: Row, taken: Row, period: Period, tables: Tables) -> Iterator[Answer]:
    value, step = claim.figure.value, claim.figure.step
    said = f"{tables.label(row)!r} before {tables.label(taken)!r} of {period}"
    own, part = tables.at(row, period), tables.at(taken, period)
    if own is None or part is None:
        return
    exact = _difference(row, taken, period, tables, claim)
    per_share = claim.figure.unit is Counted.SHARE
    for made in exact:
        if is_close(claim, made):
            yield _agrees(f"{said} is {made:,.4f}" if per_share else f"{said} is {made:,}")
    if per_share:
        count = _count_of(row, period, tables)
        share = rounded(abs(part) / count, step) if count else None
        if share is not None and value in (abs(abs(own) - share), abs(own) + share):
            nearest = min(exact, key=lambda x: abs(x - value))
            yield _rounded(f"{said} is {nearest:,.4f}; {abs(own)} and {share} rounded first give {value}")
    elif any(abs(rounded(abs(own), step) + sign * rounded(abs(part), step)) == value for sign in (1, -1)):
        first, second = rounded(abs(own), step), rounded(abs(part), step)
        yield _rounded(f"{said}: {first:,f} and {second:,} rounded first give {value:,}")


def _income_of(row: Row, tables: Tables) -> Row:
    """The line of income above a line per share: the last of net income."""
    one = tables.tagged[row[0]]
    found = (i for i in range(row[1], -1, -1) if one.lines[i].role in _NET_INCOME)
    return row[0], next(found, row[1])


def _shares(row: Row, tables: Tables) -> list[Row]:
    lines = tables.tagged[row[0]].statement.lines
    return [
        (row[0], i)
        for i, line in enumerate(lines)
        if any(a is not None and a.unit is Unit.SHARES for a in line.amounts)
    ]


def _share(claim: Claim, all_claims: Sequence[Claim], tables: Tables, confirmed: set[str]) -> Answer:
    """A percentage of revenue."""
    near = _NOTHING
    for row, whole, period in product(claim.rows, claim.of, claim.periods):
        part, base = tables.at(row, period), tables.at(whole, period)
        if part is None or not base:
            continue
        exact = 100 * abs(part) / abs(base)
        said = f"{tables.label(row)!r} is {exact:.1f} % of {tables.label(whole)!r} in {period}"
        if is_close(claim, exact):
            return _agrees(said)
        if _from_rounded(claim, all_claims, abs(part), abs(base)):
            near = _rounded(said)
        elif near is _NOTHING and claim.certain and claim.name in confirmed:
            near = _disagrees(said)
    return near


def _change(claim: Claim, all_claims: Sequence[Claim], tables: Tables, confirmed: set[str]) -> Answer:
    """An amount or a percentage by which a line changed."""
    near = _NOTHING
    for row, period, other in product(claim.rows, claim.periods, claim.bases):
        now, then = tables.at(row, period), tables.at(row, other)
        if now is None or then is None or not then or period == other:
            continue
        said = f"{tables.label(row)!r} is {now:,} of {period} and {then:,} of {other}"
        answer = _changed(claim, all_claims, now, then, said)
        if answer.verdict is Verdict.AGREES:
            return answer
        if answer.verdict is Verdict.ROUNDED or (near is _NOTHING and claim.certain and claim.name in confirmed):
            near = answer
    return near


def _changed(claim: Claim, all_claims: Sequence[Claim], now: Decimal, then: Decimal, said: str) -> Answer:
    step = claim.figure.step
    delta = abs(now) + abs(then) if (now < 0) != (then < 0) else abs(now) - abs(then)
    turned = (now < 0) == (then < 0) and claim.direction and delta and (delta > 0) != (claim.direction > 0)
    if claim.role is ClaimKind.PERCENT_CHANGE:
        exact = 100 * abs(delta / then)
        said = f"{said}, a change of {exact:.1f} %"
        loose = abs(exact - claim.figure.value) < step or _from_rounded(
            claim, all_claims, abs(now), abs(then), change=True
        )
    else:
        exact = abs(delta)
        said = f"{said}, a change of {exact:,}"
        loose = abs(rounded(abs(now), step) - rounded(abs(then), step)) == claim.figure.value
    fits = is_close(claim, exact)
    if (fits or loose) and turned:
        return _disagrees(f"{said}, the other way")
    return _agrees(said) if fits else _rounded(said) if loose else _disagrees(said)


def _from_rounded(
    claim: Claim, all_claims: Sequence[Claim], part: Decimal, base: Decimal, *, change: bool = False
) -> bool:
    """The percentage comes out when the amounts are rounded first, as the sentence prints them."""
    for unit in {c.figure.step for c in all_claims if c.figure.unit is Counted.MONEY}:
        first, second = rounded(part, unit), rounded(base, unit)
        tries = (abs(first - second), rounded(abs(part - base), unit)) if change else (first,)
        if second and any(rounded(100 * made / second, claim.figure.step) == claim.figure.value for made in tries):
            return True
    return False
