"""Statement of income -> the results and totals that its own lines ask for, and that are not there.

A result that is lost breaks no sum: what led to it goes on to the next one. But some lines stand below a result in
every statement: discontinued operations below income from continuing ones, the share of others below net income. And
sections come in pairs, or all of them have a total.

Sources: ASC 205-20-45-3 and APB Opinion 30, 8 and 11 (discontinued operations, extraordinary items and changes of
principle are told below income from continuing operations); ASC 810-10-45-19 and 50-1A (net income before the share of
noncontrolling interests); Regulation S-X, 9-04 (interest income, interest expense, net interest income).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from ..footing.wording import result, says
from ..model import Footing, LineRole, Statement, Tagged
from . import tolerances as tol
from .landmarks import OTHERS_WITHIN, is_component
from .loose import is_total, money
from .subtotals import Untotalled


def asked(one: Tagged) -> Iterator[Untotalled]:
    """The results that are not there, each with the lines that lead to it."""
    yield from _below_tax(one)
    yield from _interest(one.statement)
    yield from _sections(one.statement, one.footing)


# --- what stands below a result ------------------------------------------------------------------------------------


def _below_tax(one: Tagged) -> Iterator[Untotalled]:
    """Below the taxes a result is due where the lines go on with what only a result has above it."""
    lines, rows = one.statement.lines, money(one.statement)
    part = next((i for i in rows if is_component(lines[i].label)), -1)
    above = _from_taxes(one, part)
    if above and not any(_ends(one.statement, i) for i in above[1:]):
        yield _due(one, above, part, "income from continuing operations")
    share = next((i for i in rows if says("share of other owners", lines[i].label)), -1)
    above = _from_taxes(one, share)
    if above and _counts_others(one) and not _result_at(one, above[-1]):
        yield _due(one, above, share, "net income, the share of others included,")


def _result_at(one: Tagged, line: int) -> bool:
    part = one.lines[line].role is LineRole.INCOME_TAX or is_component(one.statement.lines[line].label)
    return not part and (_ends(one.statement, line) or any(p.total == line for p in one.footing.proofs))


def _from_taxes(one: Tagged, end: int) -> list[int]:
    """The lines above a line, from the taxes on; none where there are no taxes."""
    above = [i for i in money(one.statement) if i < end]
    taxes = max((i for i in above if one.lines[i].role is LineRole.INCOME_TAX), default=end)
    return [i for i in above if i >= taxes]


def _counts_others(one: Tagged) -> bool:
    return any((column.period.start or dt.date.min) >= OTHERS_WITHIN for column in one.statement.columns)


def _due(one: Tagged, above: Sequence[int], line: int, what: str) -> Untotalled:
    label = one.statement.lines[line].label
    return Untotalled(first=above[0], last=above[-1], why=f"{what} ought to stand above {label!r}")


# --- what a bank earns ---------------------------------------------------------------------------------------------


def _interest(statement: Statement) -> Iterator[Untotalled]:
    """Interest income and interest expense of a bank have a total each, and one result."""
    rows = money(statement)
    income, expense = _first(statement, rows, "interest income"), _first(statement, rows, "interest expense")
    margin = _first(statement, rows, "interest margin")
    if margin is not None and (income is not None or expense is not None):
        yield from _counterparts(statement, rows, income, expense, margin)
    elif income is not None and expense is not None:
        yield Untotalled(first=income, last=expense, why="they lead to net interest income")


def _counterparts(
    statement: Statement, rows: list[int], income: int | None, expense: int | None, margin: int
) -> Iterator[Untotalled]:
    if income is not None and expense is None:
        yield from _run(statement, [i for i in rows if income < i < margin], income)
    elif expense is not None and income is None:
        yield from _run(statement, [i for i in rows if i < expense], expense)
    other = _first(statement, rows, "other than interest income")
    if other is not None:
        yield from _costs(statement, rows, other)
    else:
        yield from _earned(statement, [i for i in rows if i > margin])


def _costs(statement: Statement, rows: list[int], income: int) -> Iterator[Untotalled]:
    """What is no interest has two totals as well: that of costs."""
    if _first(statement, rows, "other than interest expense") is None:
        end = next((i for i in rows if i > income and result(statement.lines[i].label)), -1)
        yield from _run(statement, [i for i in rows if income < i < end], income)


def _earned(statement: Statement, rows: list[int]) -> Iterator[Untotalled]:
    """And that of what is earned. rows: those below net interest income."""
    expense = _first(statement, rows, "expense without interest")
    if expense is not None:
        above = [i for i in rows if i < expense]
        begin = max((i for i in above if _ends(statement, i)), default=-1)
        yield from _run(statement, [i for i in above if i > begin], expense)


def _ends(statement: Statement, i: int) -> bool:
    line = statement.lines[i]
    return not line.label or is_total(line) or result(line.label) or says("of continuing operations", line.label)


def _first(statement: Statement, rows: list[int], name: str) -> int | None:
    return next((i for i in rows if says(f"total of {name}", statement.lines[i].label)), None)


def _run(statement: Statement, run: list[int], other: int) -> Iterator[Untotalled]:
    if len(run) > 1 and not any(is_total(statement.lines[i]) or not statement.lines[i].label for i in run):
        why = f"{statement.lines[other].label!r} has its counterpart in every statement of a bank"
        yield Untotalled(first=run[0], last=run[-1], why=why)


# --- sections under headings ---------------------------------------------------------------------------------------


def _sections(statement: Statement, footing: Footing) -> Iterator[Untotalled]:
    """The one section under the bare name of a section that has no total, where the others have one."""
    proofs = {p.total: {i for i, _ in p.parts} for p in footing.proofs}
    found = [_section(run, proofs) for run in _runs(statement)]
    closed = sum(ends for parts, ends in found if len(parts) >= tol.TIES.few)
    bare = [parts for parts, ends in found if len(parts) >= tol.TIES.few and not ends]
    if len(bare) == 1 and closed and len(bare[0]) >= (tol.TIES.many if closed == 1 else tol.TIES.few):
        yield Untotalled(first=bare[0][0], last=bare[0][-1], why="every other section of the statement has one")


def _runs(statement: Statement) -> Iterator[list[int]]:
    """The lines of money from the heading of each section of income to the next heading."""
    headings = [i for i, line in enumerate(statement.lines) if line.is_heading]
    rows = money(statement)
    for heading, end in pairwise((*headings, len(statement.lines))):
        if says("section of income", statement.lines[heading].label.strip(" .:*")):
            yield [i for i in rows if heading < i < end]


def _section(run: Sequence[int], proofs: Mapping[int, Collection[int]]) -> tuple[list[int], bool]:
    """The lines up to the first total, and whether that adds up nothing but them."""
    size = next((n for n, i in enumerate(run) if i in proofs), len(run))
    parts = [*run[:size]]
    return parts, size < len(run) and {*proofs[run[size]]} <= {*parts}
