"""Retained earnings move by net income, less dividends; what is left over is told, with the words that explain it.

Why: two balance sheets and the income statement between them tell the same story. The rest is a dividend, the adoption
of a standard (its cumulative effect goes to retained earnings, not to income), or a wrong figure.
Source: ASC 505-10-50-2 (changes in the separate accounts of equity); ASC 250-10-45-5 (cumulative effect of adoption).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from .. import words
from ..findings import Finding, Severity
from ..model import Amount, Kind, LineRole, Paragraph, Period, Report, Tagged, Unit, place

_INCOME = (LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.INCOME_TO_PARENT)


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report))


def _findings(report: Report) -> Iterator[Finding]:
    for one in _of(report, Kind.BALANCE_SHEET):
        lines = [line for line in one.statement.lines if line.role is LineRole.RETAINED_EARNINGS]
        if len(lines) != 1:
            continue
        shown = zip(one.statement.columns, lines[0].amounts, strict=True)
        balances = {column.period.end: amount for column, amount in shown if amount is not None}
        for begins, ends in combinations(sorted(balances), 2):
            period = Period(start=begins + dt.timedelta(1), end=ends)
            rest = _rest(report, period, balances[begins], balances[ends])
            if rest is not None:
                yield _finding(report, lines[0].label, period, balances[begins], balances[ends], *rest)


def _rest(report: Report, period: Period, before: Amount, after: Amount) -> tuple[Amount, Decimal] | None:
    """The net income that comes nearest to the change, and what is left; None where dividends or nothing explain it."""
    paid = sum((abs(a.value) for a in _dividends(report, period)), Decimal(0))
    step = Decimal(10) ** -(after.decimals or 0)
    rests = [(income, after.value - before.value - income.value) for income in _incomes(report, period)]
    if not rests or any(abs(rest) <= step or abs(rest + paid) <= step for _, rest in rests):
        return None
    return min(rests, key=lambda pair: abs(pair[1]))


def _finding(
    report: Report, label: str, period: Period, before: Amount, after: Amount, income: Amount, rest: Decimal
) -> Finding:
    assert period.start is not None
    return Finding(
        code="tie.retained-earnings",
        severity=Severity.NOTE,
        at=after.at,
        message=(
            f"{label!r} moved by {after.value - before.value:,} from {period.start - dt.timedelta(1)} "
            f"({before.at}) to {period.end}, "
            f"net income of {period} is {income.value:,} ({income.at}): {rest:,} has another reason"
        ),
        hint=_reason(report, rest),
    )


def _of(report: Report, kind: Kind) -> Iterator[Tagged]:
    return (one for one in report.statements if one.statement.kind is kind and one.statement.face)


def _incomes(report: Report, period: Period) -> Iterator[Amount]:
    for kind in (Kind.INCOME_STATEMENT, Kind.CASH_FLOW):
        for one in _of(report, kind):
            for line, tagged in zip(one.statement.lines, one.lines, strict=True):
                if tagged.role in _INCOME:
                    for column, amount in zip(one.statement.columns, line.amounts, strict=True):
                        if column.period == period and amount is not None and amount.unit is Unit.USD:
                            yield amount


def _dividends(report: Report, period: Period) -> Iterator[Amount]:
    for one in _of(report, Kind.CASH_FLOW):
        for line in one.statement.lines:
            if line.role is LineRole.DIVIDENDS_PAID:
                for column, amount in zip(one.statement.columns, line.amounts, strict=True):
                    if column.period == period and amount is not None and amount.value < 0:
                        yield amount


def _reason(report: Report, rest: Decimal) -> str:
    """Where the page names a dividend or the adoption of a standard."""
    adopted, dividends = (words.pattern("retained_earnings", name) for name in ("adopted", "dividends"))
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            word = adopted.search(block.text) or (dividends.search(block.text) if rest < 0 else None)
            if word:
                before = block.text[: word.start()].split()[-3:]
                after = block.text[word.start() :].split()[:8]
                return f'the filing says "{" ".join([*before, *after])}" ({place(block, word.start())})'
    return "dividends, repurchases or the adoption of a standard may explain it; the filing names none"
