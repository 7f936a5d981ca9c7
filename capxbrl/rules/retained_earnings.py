"""Retained earnings move by net income, less dividends; what is left over is told, with the words that explain it.

Why: two balance sheets and the income statement between them tell the same story. The rest is a dividend, the adoption
of a standard (its cumulative effect goes to retained earnings, not to income), or a wrong figure.
Source: ASC 505-10-50-2 (changes in the separate accounts of equity); ASC 250-10-45-5 (cumulative effect of adoption).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Finding, Severity
from ..model import Amount, Kind, Paragraph, Period, Report, Tagged, Unit, place

_EARNINGS = re.compile(
    r"retained\s+(?:earnings|deficit)|accumulated\s+(?:deficit|earnings)|reinvested|undistributed", re.I
)
_ADOPTED = re.compile(r"\badopt(?:ed|ion)\b|cumulative\s+effect", re.I)
_DIVIDENDS = re.compile(r"dividends", re.I)
_INCOME = ("NetIncomeLoss", "ProfitLoss")


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report))


def _findings(report: Report) -> Iterator[Finding]:
    for one in _of(report, Kind.BALANCE_SHEET):
        lines = [line for line in one.statement.lines if _EARNINGS.search(line.label) and any(line.amounts)]
        if len(lines) != 1:
            continue
        balances = {
            column.period.end: amount
            for column, amount in zip(one.statement.columns, lines[0].amounts, strict=True)
            if amount is not None
        }
        for begins, ends in [(a, b) for a in sorted(balances) for b in sorted(balances) if a < b]:
            period = Period(start=begins + dt.timedelta(1), end=ends)
            incomes = list(_incomes(report, period))
            if not incomes:
                continue
            change = balances[ends].value - balances[begins].value
            paid = sum((abs(a.value) for a in _dividends(report, period)), Decimal(0))
            step = Decimal(10) ** -(balances[ends].decimals or 0)
            rests = [change - income.value for income in incomes]
            if any(abs(rest) <= step or abs(rest + paid) <= step for rest in rests):
                continue
            income, rest = min(zip(incomes, rests, strict=True), key=lambda pair: abs(pair[1]))
            yield Finding(
                code="tie.retained-earnings", severity=Severity.NOTE, at=balances[ends].at,
                message=(
                    f"{lines[0].label!r} moved by {change:,} from {begins} ({balances[begins].at}) to {ends}, net income of "
                    f"{period} is {income.value:,} ({income.at}): {rest:,} has another reason"
                ),
                hint=_reason(report, rest),
            )  # fmt: skip


def _of(report: Report, kind: Kind) -> Iterator[Tagged]:
    return (one for one in report.statements if one.statement.kind is kind and one.statement.face)


def _incomes(report: Report, period: Period) -> Iterator[Amount]:
    for kind in (Kind.INCOME_STATEMENT, Kind.CASH_FLOW):
        for one in _of(report, kind):
            for line, tagged in zip(one.statement.lines, one.lines, strict=True):
                named = any(m.concept.name in _INCOME or "AvailableToCommon" in m.concept.name for m in tagged.matches)
                if named or re.search(r"\bnet (?:income|loss|earnings)\b.*attributable to", line.label, re.I):
                    for column, amount in zip(one.statement.columns, line.amounts, strict=True):
                        if column.period == period and amount is not None and amount.unit is Unit.USD:
                            yield amount


def _dividends(report: Report, period: Period) -> Iterator[Amount]:
    for one in _of(report, Kind.CASH_FLOW):
        for line in one.statement.lines:
            if _DIVIDENDS.search(line.label) and not re.search(r"received|subsidiar|noncontrolling", line.label, re.I):
                for column, amount in zip(one.statement.columns, line.amounts, strict=True):
                    if column.period == period and amount is not None and amount.value < 0:
                        yield amount


def _reason(report: Report, rest: Decimal) -> str:
    """Where the page names a dividend or the adoption of a standard."""
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            word = _ADOPTED.search(block.text) or (_DIVIDENDS.search(block.text) if rest < 0 else None)
            if word:
                before = block.text[: word.start()].split()[-3:]
                after = block.text[word.start() :].split()[:8]
                return f'the filing says "{" ".join([*before, *after])}" ({place(block, word.start())})'
    return "dividends, repurchases or the adoption of a standard may explain it; the filing names none"
