"""Periods, units and figures as a reader of statements writes them: "3 months ended Sep 30, 2009", "(31,881)"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Severity, counted
from ..model import Amount, Column, Fact, LineItem, Period, Standing, Statement, Unit

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH, _YEAR, _WEEK = 30.4375, 12, 7  # days, months, days
#: A fiscal year has 53 weeks at most; so many days a duration of months may be longer or shorter.
_LONGEST, _NEAR = 53 * 7 + 1, 10
_POWERS = {0: "", 2: "hundreds", 3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
#: Characters of indent that make a step; and what is shown for an empty cell's dash.
STEP, DASH = 2, "–"


def day(date: dt.date) -> str:
    """Sep 30, 2009"""
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"


def period(of: Period, *, weeks: bool = False) -> tuple[str, str]:
    """("3 months ended", "Sep 30, 2009"); ("", "Sep 30, 2009") of an instant. weeks: counted in weeks where they are
    whole."""
    if of.start is None or of.start == of.end:
        return "", day(of.end)
    days = (of.end - of.start).days + 1
    if days > _LONGEST:
        return f"{day(of.start)} to", day(of.end)
    if weeks and days % _WEEK == 0:
        return f"{counted(days // _WEEK, 'week')} ended", day(of.end)
    months = of.months or 0
    if not months or abs(days - months * _MONTH) > _NEAR:
        return f"{counted(days, 'day')} ended", day(of.end)
    return "year ended" if months == _YEAR else f"{counted(months, 'month')} ended", day(of.end)


def when(of: Period) -> str:
    """The same in one piece."""
    return " ".join(filter(None, period(of)))


def heading(column: Column, statement: Statement) -> tuple[str, ...]:
    """The words above a column: the period, and what tells it from others of that period."""
    more = [column.basis.value] if column.basis.value != "as reported" else []
    more += [column.currency] if column.currency not in ("", statement.currency) else []
    alike = sum(other.period == column.period for other in statement.columns) > 1
    more += [" ".join(column.heading.split())] if alike and column.heading else []
    weeks = any("week" in other.heading.casefold() for other in statement.columns)
    return (*filter(None, period(column.period, weeks=weeks)), *more)


def scales(statement: Statement) -> dict[Unit, int]:
    """The power of ten in which the figures of each unit are shown: of money that of the statement, per share none, of
    others the one that most of them have."""
    amounts = [a for line in statement.lines for a in line.amounts if a is not None]
    found: dict[Unit, Counter[int]] = {}
    for amount in amounts:
        found.setdefault(amount.unit, Counter())[amount.scale] += 1
    decided = {Unit.USD: statement.scale, Unit.PER_SHARE: 0}  # cents as dollars
    return {unit: decided.get(unit, counts.most_common(1)[0][0]) for unit, counts in found.items()}


def units(statement: Statement) -> str:
    """The line below a title: "USD in thousands, except per share figures"."""
    by_unit = scales(statement)
    money = by_unit.get(Unit.USD, statement.scale)
    parts = [_in(statement.currency or "no currency told", money)]
    shares = by_unit.get(Unit.SHARES)
    if shares is not None and shares != money:
        parts.append(_in("shares", shares) if shares else "shares in full")
    if money and Unit.PER_SHARE in by_unit:
        parts.append("except per share figures")
    return ", ".join(parts)


def unit(statement: Statement, of: Unit, scale: int) -> str:
    """One unit of a statement: "USD in thousands", "USD a share"."""
    money = statement.currency or "no currency told"
    return _in({Unit.USD: money, Unit.PER_SHARE: f"{money} a share"}.get(of, of.value), scale)


def _in(what: str, scale: int) -> str:
    words = _POWERS.get(scale, f"10^{scale}")
    return f"{what} in {words}" if words else what


def figure(amount: Amount, scale: int) -> str:
    """A figure as printed, in that power of ten: "(31,881)", "–" for a dash."""
    if amount.unit is Unit.PURE:
        return _signed(amount.value, amount.shown) + ("%" if amount.scale == -2 else "")
    if not amount.value and not any(c.isdigit() for c in amount.shown):
        return DASH
    number = abs(amount.value.scaleb(-scale))
    text = f"{number:,.{amount.places}f}" if amount.scale == scale else _full(number)
    return _signed(amount.value, text)


def _signed(value: Decimal, text: str) -> str:
    return f"({text})" if value < 0 else text


def _full(number: Decimal) -> str:
    """Every digit of a number, and no zero behind the point that says nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value(fact: Fact) -> str:
    """The value of a fact in full units: "(31,881,000)"; a text as it is."""
    if isinstance(fact.value, str):
        return fact.value
    return _signed(fact.value, f"{abs(fact.value):,f}")


def note(fact: Fact) -> str:
    """A fact in a line: "Total assets: proved; us-gaap:Assets, confidence 0.98 (synonym); filing.txt:12:3"."""
    why = f" ({fact.why})" if fact.why else ""
    own = ", an element of the filer's own" if fact.concept.extension else ""
    return f"{fact.label}: {fact.reading}; {fact.concept.qname}{own}, confidence {fact.confidence:.2f}{why}; {fact.at}"


def depths(statement: Statement) -> list[int]:
    """How far each label is set in, in steps: as the page has it, else by the headings that it stands under."""
    if any(line.indent for line in statement.lines):
        least = min(line.indent for line in statement.lines)
        return [min((line.indent - least + STEP - 1) // STEP, 12) for line in statement.lines]
    return [len(line.path) for line in statement.lines]


def has_rule(line: LineItem) -> bool:
    """A rule stands above its figures: on the page, or because they are the sum of those above."""
    return line.rule or line.total


def doubtful(line: LineItem) -> set[int]:
    """The columns of a line whose figure is in doubt."""
    spans = {fact.span for fact in line.facts if fact.reading is Standing.DOUBTFUL}
    return {n for n, amount in enumerate(line.amounts) if amount is not None and amount.span in spans}


def tally(facts: Sequence[Fact]) -> str:
    """148 facts: 115 proved, 31 stated, 2 doubtful"""
    counts = Counter(fact.reading for fact in facts)
    split = ", ".join(f"{counts[s]:,} {s.value}" for s in Standing if counts[s])
    return counted(len(facts), "fact") + (f": {split}" if split else "")


def found(severities: Sequence[Severity]) -> str:
    """4 warnings, 8 notes"""
    counts = Counter(severities)
    return ", ".join(counted(counts[s], s.value) for s in Severity if counts[s]) or "no findings"


def labels_of(statement: Statement) -> Iterator[str]:
    """The label of each line in one piece; a total without words is called so."""
    for line in statement.lines:
        yield " ".join(line.label.split()) or ("Total" if line.total else "")
