"""A claim of running text against the tables: agrees, agrees only from rounded figures, disagrees, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..footing.edits import edit
from ..model import Period, Tagged, Unit
from .calendar import months_of
from .sentences import Claim
from .subjects import Row

#: verdict, why, and the (line, period) of the one figure it agrees with, where there is one
Answer = tuple[str, str, tuple[Row, Period] | None]
_NOTHING: Answer = ("nothing", "", None)


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
    """(verdict, why, the row it is a figure of)."""
    if not claim.role or not claim.rows or not claim.periods:
        return _NOTHING
    if claim.role == "level":
        return _without(claim, tables) if claim.without else _level(claim, tables)
    if claim.role == "share of":
        return _share(claim, all_claims, tables, confirmed)
    return _change(claim, all_claims, tables, confirmed)


def _level(claim: Claim, tables: Tables) -> Answer:
    value, step = claim.figure.value, claim.figure.step
    unit = Unit.PER_SHARE if claim.figure.unit == "share" else Unit.USD
    near: Answer | None = None
    for row in claim.rows:
        for period in claim.periods:
            own = tables.at(row, period)
            if own is None or not _counts(tables, row, unit):
                continue
            if abs(abs(own) - value) <= step / 2:
                return "agrees", f"{tables.label(row)!r} of {period} is {own:,}", (row, period)
            if abs(abs(own) - value) < step:
                near = (
                    "rounded",
                    f"{tables.label(row)!r} of {period} is {own:,}, which rounds to {rounded(abs(own), step):,f}",
                    None,
                )
            elif near is None and claim.explicit:
                near = _reason(claim, row, period, own, tables)
    return near or _NOTHING


def _counts(tables: Tables, row: Row, unit: Unit) -> bool:
    amounts = tables.tagged[row[0]].statement.lines[row[1]].amounts
    return any(a is not None and a.unit is unit for a in amounts)


def _reason(claim: Claim, row: Row, period: Period, own: Decimal, tables: Tables) -> Answer | None:
    """Why a figure that differs is wrong and not of something else: it is that of another period, or a slip."""
    value, step = claim.figure.value, claim.figure.step
    said = f"{tables.label(row)!r} of {period} is {own:,}"
    for other, figure in tables.values(row):
        if months_of(other) == months_of(period) and other != period and abs(abs(figure) - value) <= step / 2:
            return "disagrees", f"{said}; the figure of the text is that of {other} ({figure:,})", None
    if value and any(abs(abs(own) - value.scaleb(power)) <= step.scaleb(power) / 2 for power in (-3, 3)):
        return "disagrees", f"{said}: another power of a thousand", None
    true = int(rounded(abs(own), step) / step)
    if true >= 100 and edit(int(value / step), true) not in ("", "extra", "lost"):
        return "disagrees", f"{said}, which rounds to {rounded(abs(own), step):,f}: one slip away", None
    return None


def _without(claim: Claim, tables: Tables) -> Answer:
    """A subject before another line: net loss before a charge. The sign of the charge is tried both ways."""
    value, step = claim.figure.value, claim.figure.step
    near: Answer | None = None
    for row in claim.rows:
        for taken in claim.without:
            if tables.tagged[taken[0]].statement.kind is not tables.tagged[row[0]].statement.kind:
                continue
            for period in claim.periods:
                for answer in _less(claim, row, taken, period, tables):
                    if answer[0] == "agrees":
                        return answer
                    near = near or answer
            if near is None and claim.explicit:
                for other, _ in tables.values(row):
                    own = _difference(row, taken, other, tables, claim)
                    if other not in claim.periods and any(abs(v - value) <= step / 2 for v in own):
                        said = f"{tables.label(row)!r} before {tables.label(taken)!r}"
                        near = ("disagrees", f"the figure is {said} of {other}, not of {claim.periods[0]}", None)
                        break
    return near or _NOTHING


def _difference(row: Row, taken: Row, period: Period, tables: Tables, claim: Claim) -> list[Decimal]:
    """The subject without the line, as magnitudes; per share through the shares."""
    per_share = claim.figure.unit == "share"
    base = _income_of(row, tables) if per_share else row
    whole, part = tables.at(base, period), tables.at(taken, period) or Decimal(0)
    if whole is None:
        return []
    values = [abs(whole - part), abs(whole + part)]
    if not per_share:
        return values
    count = next((abs(v) for r in _shares(row, tables) if (v := tables.at(r, period))), None)
    return [v / count for v in values] if count else []


def _less(claim: Claim, row: Row, taken: Row, period: Period, tables: Tables) -> Iterator[Answer]:
    value, step = claim.figure.value, claim.figure.step
    said = f"{tables.label(row)!r} before {tables.label(taken)!r} of {period}"
    own, part = tables.at(row, period), tables.at(taken, period)
    if own is None or part is None:
        return
    exact = _difference(row, taken, period, tables, claim)
    for made in exact:
        if abs(made - value) <= step / 2:
            yield "agrees", f"{said} is {made:,.4f}" if claim.figure.unit == "share" else f"{said} is {made:,}", None
    if claim.figure.unit == "share":
        count = next((abs(v) for r in _shares(row, tables) if (v := tables.at(r, period))), None)
        if count:
            share = rounded(abs(part) / count, step)
            for made in (abs(abs(own) - share), abs(own) + share):
                if made == value:
                    yield (
                        "rounded",
                        f"{said} is {min(exact, key=lambda x: abs(x - value)):,.4f}; {abs(own)} and {share} rounded first give {made}",
                        None,
                    )
    elif any(abs(rounded(abs(own), step) + sign * rounded(abs(part), step)) == value for sign in (1, -1)):
        yield (
            "rounded",
            f"{said}: {rounded(abs(own), step):,f} and {rounded(abs(part), step):,} rounded first give {value:,}",
            None,
        )


def _income_of(row: Row, tables: Tables) -> Row:
    """The line of income above a line per share: the last that speaks of net income."""
    lines = tables.tagged[row[0]].statement.lines
    for i in range(row[1], -1, -1):
        if "net" in lines[i].label.lower() and any(a is not None and a.unit is Unit.USD for a in lines[i].amounts):
            return row[0], i
    return row


def _shares(row: Row, tables: Tables) -> list[Row]:
    lines = tables.tagged[row[0]].statement.lines
    return [
        (row[0], i)
        for i, line in enumerate(lines)
        if any(a is not None and a.unit is Unit.SHARES for a in line.amounts)
    ]


def _share(claim: Claim, all_claims: Sequence[Claim], tables: Tables, confirmed: set[str]) -> Answer:
    """A percentage of revenue."""
    value, step = claim.figure.value, claim.figure.step
    near: Answer | None = None
    for row in claim.rows:
        for whole in claim.of:
            for period in claim.periods:
                part, base = tables.at(row, period), tables.at(whole, period)
                if part is None or not base:
                    continue
                exact = 100 * abs(part) / abs(base)
                said = f"{tables.label(row)!r} is {exact:.1f} % of {tables.label(whole)!r} in {period}"
                if abs(exact - value) <= step / 2:
                    return "agrees", said, None
                if _from_rounded(value, step, all_claims, abs(part), abs(base)):
                    near = ("rounded", said, None)
                elif near is None and claim.explicit and claim.name in confirmed:
                    near = ("disagrees", said, None)
    return near or _NOTHING


def _change(claim: Claim, all_claims: Sequence[Claim], tables: Tables, confirmed: set[str]) -> Answer:
    """An amount or a percentage by which a line changed."""
    near: Answer | None = None
    for row in claim.rows:
        for period in claim.periods:
            for other in claim.bases:
                now, then = tables.at(row, period), tables.at(row, other)
                if now is None or then is None or not then or period == other:
                    continue
                answer = _changed(
                    claim,
                    all_claims,
                    row,
                    abs(now),
                    abs(then),
                    f"{now:,} of {period} and {then:,} of {other}",
                    tables,
                    (now < 0) != (then < 0),
                )
                if answer[0] == "agrees":
                    return answer
                if answer[0] == "rounded":
                    near = answer
                elif near is None and claim.explicit and claim.name in confirmed:
                    near = ("disagrees", answer[1], None)
    return near or _NOTHING


def _changed(
    claim: Claim,
    all_claims: Sequence[Claim],
    row: Row,
    now: Decimal,
    then: Decimal,
    figures: str,
    tables: Tables,
    crossed: bool,
) -> Answer:
    value, step = claim.figure.value, claim.figure.step
    delta = now + then if crossed else now - then
    turned = not crossed and claim.direction and delta and (delta > 0) != (claim.direction > 0)
    if claim.role == "percent change":
        exact = 100 * abs(delta) / then
        said = f"{tables.label(row)!r} is {figures}, a change of {exact:.1f} %"
        fits = abs(exact - value) <= step / 2
        loose = abs(exact - value) < step or _from_rounded(value, step, all_claims, now, then, change=True)
    else:
        exact = abs(delta)
        said = f"{tables.label(row)!r} is {figures}, a change of {exact:,}"
        fits = abs(exact - value) <= step / 2
        loose = abs(rounded(now, step) - rounded(then, step)) == value
    if (fits or loose) and turned:
        return "disagrees", f"{said}, the other way", None
    return ("agrees" if fits else "rounded" if loose else "disagrees"), said, None


def _from_rounded(
    value: Decimal, step: Decimal, all_claims: Sequence[Claim], part: Decimal, base: Decimal, *, change: bool = False
) -> bool:
    """The percentage comes out when the amounts are rounded first, as the sentence prints them."""
    for unit in {c.figure.step for c in all_claims if c.figure.unit == "money"}:
        first, second = rounded(part, unit), rounded(base, unit)
        tries = (abs(first - second), rounded(abs(part - base), unit)) if change else (first,)
        if second and any(rounded(100 * made / second, step) == value for made in tries):
            return True
    return False
