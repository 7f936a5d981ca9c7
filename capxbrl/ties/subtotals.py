"""Statement and its proofs -> the totals that the page itself asks for and does not show.

A subtotal that is lost breaks no sum: its parts go into the next total. What asks for it is the page: a rule with no
total below it, a heading of income that ends in none, and in a statement of income the lines around a section of
expenses that has a total: a total stands above it, and a result right below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..footing.wording import called_total, heading_of_income, result, total_of_expenses, worded_total
from ..model import Footing, Kind, LineItem, LineRole, Statement, Unit
from ..records import dataclass
from . import tolerances as tol
from .loose import ADDS_UP, is_total, money


@dataclass(frozen=True, slots=True, kw_only=True)
class Untotalled:
    """Lines `first` to `last` ought to have a total right below them. why: what asks for it."""

    first: int
    last: int
    why: str


def untotalled(statement: Statement, footing: Footing) -> tuple[Untotalled, ...]:
    """The totals that are not there, in the order of the page; one for a place."""
    if not statement.face or statement.kind not in ADDS_UP:
        return ()
    found = [*_ruled(statement, footing)]
    if statement.kind is Kind.INCOME_STATEMENT:
        found += [
            *_headed(statement, footing),
            *_above_expenses(statement, footing),
            *_below_expenses(statement, footing),
        ]
    by_place: dict[int, Untotalled] = {}
    for one in found:
        by_place.setdefault(one.last, one)
    return tuple(by_place[last] for last in sorted(by_place))


def _ruled(statement: Statement, footing: Footing) -> Iterator[Untotalled]:
    """A rule below two lines and more of a section, where the other rules stand at totals."""
    lines, totals = statement.lines, {p.total for p in footing.proofs}
    rules = [i for i, line in enumerate(lines) if line.rule and i]
    if 2 * len(rules) > len(lines) or sum(bool({i, i - 1} & totals) for i in rules) < tol.TIES.rules:
        return
    for i in rules:
        if {i, i - 1} & totals or _may_total(lines[i]):
            continue
        run = _run(statement, footing, i)
        if len(run) > 1:
            yield Untotalled(first=run[0], last=run[-1], why="a rule stands below them")


def _may_total(line: LineItem) -> bool:
    """A total by its words or place, whether its sum is found or not, or its first row."""
    return not line.label or worded_total(line.label)


def _run(statement: Statement, footing: Footing, end: int) -> list[int]:
    """The lines right above a rule that one total would take: up to a rule, a heading or a total.

    In a chain of income the total that it goes on from is one of them.
    """
    lines, totals = statement.lines, {p.total for p in footing.proofs}
    used = {i for p in footing.proofs for i, _ in p.parts}
    run: list[int] = []
    for i in range(end - 1, -1, -1):
        goes_on = i in totals and bool(run) and statement.kind is Kind.INCOME_STATEMENT
        if i not in used or not _prints_money(lines[i]) or lines[i].balance or (i in totals and not goes_on):
            break
        run.insert(0, i)
        if lines[i].rule or goes_on:
            break
    return run


def _prints_money(line: LineItem) -> bool:
    return any(a is not None and a.unit is Unit.USD and a.value for a in line.amounts)


def _headed(statement: Statement, footing: Footing) -> Iterator[Untotalled]:
    """Lines under a heading of income, then the next heading."""
    lines, totals = statement.lines, {p.total for p in footing.proofs}
    heading, run = -1, list[int]()
    for i, line in enumerate(lines):
        if _prints_money(line) and i not in totals and not _may_total(line):
            run.append(i)
        elif line.is_heading and line.label:
            if heading >= 0 and len(run) > 1 and run[0] == heading + 1 and len(line.path) <= len(lines[heading].path):
                yield Untotalled(first=run[0], last=run[-1], why=f"they stand under {lines[heading].label!r}")
            heading, run = (i if heading_of_income(line.label) else -1), []
        else:
            heading, run = -1, []


def _sections(statement: Statement, footing: Footing) -> list[tuple[int, int]]:
    """(first part, total) of each sum whose total is one of expenses, in the order of the page."""
    begins: dict[int, int] = {}
    for proof in footing.proofs:
        begins[proof.total] = min(begins.get(i, i) for i, _ in proof.parts)
    return sorted(
        (begins[p.total], p.total)
        for p in footing.proofs
        if len(p.parts) > 1 and total_of_expenses(statement.lines[p.total].label)
    )


def _above_expenses(statement: Statement, footing: Footing) -> Iterator[Untotalled]:
    """The lines at the top of a statement of income, above a section of expenses with a total: they have one too."""
    sections = _sections(statement, footing)
    rows = money(statement)
    above = [i for i in rows if sections and i < sections[0][0]]
    ends = any(p.total in above for p in footing.proofs) or (above and _may_end(statement.lines[above[-1]]))
    if len(above) > 1 and not ends:
        total = statement.lines[sections[0][1]].label
        yield Untotalled(first=above[0], last=above[-1], why=f"those below them have one, {total!r}")


def _may_end(line: LineItem) -> bool:
    """A total or a result by its words, or net of something."""
    words = line.label.strip(" .:*").casefold()
    return _is_result(line) or is_total(line) or words.startswith("net ") or words.endswith(" net")


def _below_expenses(statement: Statement, footing: Footing) -> Iterator[Untotalled]:
    """In a chain that goes on to income before taxes, the last total of expenses leads to a result of its own: right
    below, or below one line more."""
    sections = _sections(statement, footing)
    if not sections:
        return
    begin, total = max(sections, key=lambda section: section[1])
    below = [i for i in money(statement) if i > total]
    if not any(statement.lines[i].role is LineRole.INCOME_BEFORE_TAX for i in below):
        return
    if "other" in statement.lines[below[0]].label.casefold().split():
        return  # other income is counted in before there is a result
    if len(below) > tol.TIES.between and not any(_is_result(statement.lines[i]) for i in below[: tol.TIES.between + 1]):
        first = max((i for i in money(statement) if i < begin), default=begin)
        yield Untotalled(first=first, last=total, why="operating income or another result ought to follow")


def _is_result(line: LineItem) -> bool:
    return not line.label or result(line.label) or called_total(line.label)


def named(statement: Statement, lines: Sequence[int]) -> str:
    """The first and the last of some lines, in words."""
    labels = [statement.lines[i].label or "a total" for i in (lines[0], lines[-1])]
    return " to ".join(repr(label if len(label) <= 60 else label[:57] + "...") for label in labels)
