"""Tagged statements -> the relations that tie figures to each other: sums, and ties between places and statements.

A relation that fails is only sure when something beside the figures in question speaks for it: it holds in another
column and one slip (a digit, a sign, a power of ten, exchanged columns) explains the difference.  So a tie that the
filer's statements do not have (restricted cash, preferred dividends) is no warning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from .findings import Finding, Severity
from .footing.edits import edit, slips
from .model import Amount, Column, Kind, LineItem, Period, Tagged, Unit

_INCOME = re.compile(
    r"\bnet (?:\((?:income|loss|earnings)\) (?:and )?)?(?:income|loss|earnings|profit|\(loss\))"
    r"|^(?:income|loss|earnings|profit)\b.*(?:continuing|including|available|attributable|applicable)",
    re.I,
)
_NOT_INCOME = re.compile(
    r"(?:interest|investment|operating|other|rental) (?:income|loss)|per (?:common )?share|adjust|reconcil|before .{0,20}tax"
    r"|attributable to (?:the )?(?:redeemable )?(?:non-?controlling|minority)|comprehensive",
    re.I,
)
_BEGIN = re.compile(r"\bbeginning\b|\bstart of\b|at beginning", re.I)
_END = re.compile(r"\bend(?:ing)?\b|\bat end\b", re.I)
_CASH = re.compile(r"\bcash\b", re.I)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A figure: number of the statement, the line, and the column; or of the figure in the label (column -1)."""

    statement: int
    line: int
    column: int
    figure: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The sum of weight x value over `terms` is zero, or the product of `factors` where there are any.

    slack: what rounding explains, in units. code: that of the finding when it fails; what: its name in words.
    sure: False where it fails and another reason than an error is as likely.
    """

    code: str
    what: str
    terms: tuple[tuple[Place, int], ...]
    slack: Decimal = _ZERO
    factors: tuple[Place, ...] = ()
    period: str = ""
    sure: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        return (*(place for place, _ in self.terms), *self.factors)


Value = Callable[[Place], Decimal]


def amount_at(tagged: Sequence[Tagged], place: Place) -> Amount | None:
    """The figure of a place, None where the cell is empty."""
    line = tagged[place.statement].statement.lines[place.line]
    return line.figures[place.figure].amount if place.column < 0 else line.amounts[place.column]


def value_at(tagged: Sequence[Tagged]) -> Value:
    """The printed values of a filing as a function of the place; 0 where a cell is empty."""

    def value(place: Place) -> Decimal:
        amount = amount_at(tagged, place)
        return amount.value if amount is not None else _ZERO

    return value


def gap(relation: Relation, value: Value) -> Decimal:
    """How far it is from holding: the sum less the product."""
    total = sum((w * value(place) for place, w in relation.terms), _ZERO)
    if not relation.factors:
        return total
    product = Decimal(1)
    for place in relation.factors:
        product *= abs(value(place))
    return abs(total) - product


def holds(relation: Relation, value: Value) -> bool:
    return abs(gap(relation, value)) <= relation.slack


def relations(tagged: Sequence[Tagged]) -> tuple[Relation, ...]:
    """Every relation of a filing, whether it holds or not."""
    return (
        *sums(tagged), *balance(tagged), *cash(tagged), *net_income(tagged), *earnings_per_share(tagged), *shares(tagged),
    )  # fmt: skip


def failures(found: Iterable[Relation], tagged: Sequence[Tagged]) -> tuple[Finding, ...]:
    """A finding for each relation that fails: both places, both figures and the difference."""
    value = value_at(tagged)
    return tuple(_finding(r, tagged, value) for r in found if not holds(r, value))


def _finding(relation: Relation, tagged: Sequence[Tagged], value: Value) -> Finding:
    first = amount_at(tagged, relation.terms[0][0])
    difference = abs(gap(relation, value))
    shown = [f"{label_at(tagged, p)!r} is {value(p):,} ({_where(tagged, p)})" for p in relation.places]
    message = f"{relation.what} of {relation.period} do not agree: {', '.join(shown)}; a difference of {difference:,}"
    return Finding(
        code=relation.code,
        severity=Severity.WARNING if relation.sure else Severity.NOTE,
        at=first.at if first else None,
        message=message,
        hint="the two agree in another column, or one slip explains the difference: compare with the original"
        if relation.sure
        else "no single slip explains it; restricted cash, preferred dividends or a restatement may",
    )


def label_at(tagged: Sequence[Tagged], place: Place) -> str:
    """The words of the line of a place, shortened."""
    label = tagged[place.statement].statement.lines[place.line].label or "a total"
    return label if len(label) <= 60 else label[:57] + "..."


def _where(tagged: Sequence[Tagged], place: Place) -> str:
    amount = amount_at(tagged, place)
    return str(amount.at) if amount is not None else "empty"


# --- within a statement --------------------------------------------------------------------------------------------


def sums(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """The proofs of footing, one relation a column."""
    for s, one in enumerate(tagged):
        for proof in one.footing.proofs:
            for c, (ties, difference) in enumerate(zip(proof.ties, proof.differences, strict=True)):
                if ties is None or difference is None or one.statement.lines[proof.total].amounts[c] is None:
                    continue
                label = one.statement.lines[proof.total].label or "a total"
                yield Relation(
                    code="foot.difference", what=f"the sum {label!r}",
                    terms=((Place(statement=s, line=proof.total, column=c), -1), *((Place(statement=s, line=i, column=c), w) for i, w in proof.parts)),
                    slack=abs(difference) if ties else _ZERO, period=str(one.statement.columns[c].period),
                )  # fmt: skip


def balance(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Assets = liabilities and equity."""
    for s, one in _of(tagged, Kind.BALANCE_SHEET):
        left = _line(one, {"Assets"}, r"^total assets$|^assets, total$")
        right = _line(
            one,
            {"LiabilitiesAndStockholdersEquity"},
            r"^total liabilities.*(?:equity|deficit|deficiency|capital|investment)",
        )
        if left is not None and right is not None and left != right:
            yield from _series(
                "tie.balance",
                "assets and liabilities with equity",
                _columns(s, one, left),
                _columns(s, one, right),
                tagged,
            )


def shares(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Shares issued less treasury shares = shares outstanding, from the figures in labels."""
    for s, one in _of(tagged, Kind.BALANCE_SHEET):
        found: dict[Period, dict[str, list[Place]]] = {}
        for i, line in enumerate(one.statement.lines):
            if re.search(r"preferred|preference", line.label, re.I):
                continue
            for f, figure in enumerate(line.figures):
                for period in figure.periods:
                    found.setdefault(period, {}).setdefault(figure.what, []).append(
                        Place(statement=s, line=i, column=-1, figure=f)
                    )
        made = []
        for period, by in sorted(found.items()):
            if all(len(by.get(what, ())) == 1 for what in ("issued", "treasury", "outstanding")):
                figures = [by[what][0] for what in ("issued", "treasury", "outstanding")]
                # A figure said to hold at both dates, beside others that do not, was read from a list of two.
                dates = {len(one.statement.lines[p.line].figures[p.figure].periods) for p in figures}
                made.append(
                    Relation(
                        code="tie.shares", what="shares issued less treasury shares and shares outstanding",
                        terms=tuple(zip(figures, (1, -1, -1), strict=True)), period=str(period), sure=len(dates) == 1,
                    )
                )  # fmt: skip
        value = value_at(tagged)
        if any(holds(r, value) for r in made):
            yield from made


# --- between statements --------------------------------------------------------------------------------------------


def cash(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """The cash flow statement begins and ends with the cash of the balance sheet."""
    flow: dict[Period, Place] = {}
    for s, one in _of(tagged, Kind.CASH_FLOW):
        for i, line in enumerate(one.statement.lines):
            if not _CASH.search(line.label) and not _CASH.search(" ".join(line.path)):
                continue
            begins, ends = _BEGIN.search(line.label), _END.search(line.label)
            if bool(begins) == bool(ends):
                continue
            for c, column in enumerate(one.statement.columns):
                if column.period.start is None or not _money(line, c):
                    continue
                day = column.period.start - dt.timedelta(1) if begins else column.period.end
                flow.setdefault(Period(end=day), Place(statement=s, line=i, column=c))
    stock = [
        _columns(s, one, i)
        for s, one in _of(tagged, Kind.BALANCE_SHEET)
        for i, line in enumerate(one.statement.lines)
        if _CASH.search(line.label) or _concept(one, i).startswith("Cash")
    ]
    yield from _best("tie.cash", "cash of the cash flow statement and of the balance sheet", flow, stock, tagged)


def net_income(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Net income is the same in the income statement and at the head of the cash flow statement."""
    income = [
        _columns(s, one, i)
        for s, one in _of(tagged, Kind.INCOME_STATEMENT)
        for i, line in enumerate(one.statement.lines)
        if _is_income(line)
    ]
    for kind in (Kind.CASH_FLOW, Kind.COMPREHENSIVE_INCOME):
        for s, one in _of(tagged, kind):
            first = next(
                (i for i, line in enumerate(one.statement.lines) if _is_income(line) and any(line.amounts)),
                None,
            )
            if first is not None:
                what = f"net income of the income statement and of the {kind.value.replace('_', ' ')} statement"
                yield from _best("tie.net-income", what, _columns(s, one, first), income, tagged)


def earnings_per_share(tagged: Sequence[Tagged]) -> Iterator[Relation]:
    """Earnings per share x weighted average shares = the income available, within rounding."""
    value = value_at(tagged)
    for s, one in _of(tagged, Kind.INCOME_STATEMENT):
        lines = one.statement.lines
        rows = [i for i, line in enumerate(lines) if _is_income(line) and _unit(line) is Unit.USD]
        basic: int | None = None
        for sort in ("Basic", "Diluted"):
            per = _per_share(one, sort)
            count = _count(one, sort)
            if per is None or count is None or not rows:
                continue
            tries = [{r.period: r for r in _products(s, one, row, per, count, sort == "Diluted")} for row in rows]
            best = max(tries, key=lambda made: sum(holds(r, value) for r in made.values()))
            row = rows[tries.index(best)]
            # Diluted earnings of another income than the basic ones have what else is in it.
            basic = row if sort == "Basic" else basic
            held = any(holds(r, value) for r in best.values())
            for period, relation in best.items():
                # Convertible preferred stock gives another income in another column.
                made = next((m[period] for m in (best, *tries) if period in m and holds(m[period], value)), relation)
                if holds(made, value):
                    yield made
                elif held or _scaled(relation, value):
                    yield replace(relation, sure=not held or (basic in (None, row) and _one_slip(relation, tagged)))


def _products(s: int, one: Tagged, row: int, per: int, count: int, diluted: bool) -> Iterator[Relation]:
    for c, column in enumerate(one.statement.columns):
        income, rate, number = (one.statement.lines[i].amounts[c] for i in (row, per, count))
        if not (income and rate and number and income.value and rate.value and number.value):
            continue
        # Participating securities, and what conversion adds back, move a little: only what is far off is wrong.
        slack = 2 * (_half(rate) * number.value + _half(number) * abs(rate.value) + _half(income)) + abs(
            income.value
        ) / (10 if diluted else 50)
        yield Relation(
            code="tie.earnings-per-share", what="earnings per share times shares, and income",
            terms=((Place(statement=s, line=row, column=c), 1),), slack=slack, period=str(column.period),
            factors=(Place(statement=s, line=per, column=c), Place(statement=s, line=count, column=c)),
        )  # fmt: skip


def _one_slip(relation: Relation, tagged: Sequence[Tagged]) -> bool:
    """One slip in one of the three figures makes earnings per share times shares the income."""
    value = value_at(tagged)
    for place in relation.places:
        amount = amount_at(tagged, place)
        assert amount is not None
        step = Decimal(10) ** -(amount.decimals or 0)
        for whole in slips(int(amount.value / step)):
            changed = whole * step

            def other(at: Place, place: Place = place, changed: Decimal = changed) -> Decimal:
                return changed if at == place else value(at)

            if holds(relation, other):
                return True
    return False


def _scaled(relation: Relation, value: Value) -> bool:
    """Income and earnings per share times shares differ by a power of ten: a scale was misread."""
    income = abs(value(relation.terms[0][0]))
    product = abs(value(relation.factors[0]) * value(relation.factors[1]))
    return any(abs(income - product.scaleb(p)) <= income / 10 for p in (-6, -3, 3, 6))


# --- belief --------------------------------------------------------------------------------------------------------


def _series(
    code: str, what: str, left: dict[Period, Place], right: dict[Period, Place], tagged: Sequence[Tagged]
) -> Iterator[Relation]:
    """Two rows of figures that ought to be equal at every period both have."""
    made = []
    for period in sorted(set(left) & set(right)):
        a, b = amount_at(tagged, left[period]), amount_at(tagged, right[period])
        if a is not None and b is not None:
            slack = _ZERO if a.decimals == b.decimals else 2 * max(_half(a), _half(b))
            made.append(
                Relation(
                    code=code,
                    what=what,
                    terms=((left[period], 1), (right[period], -1)),
                    slack=slack,
                    period=str(period),
                )
            )
    value = value_at(tagged)
    equal = [r for r in made if holds(r, value)]
    if equal:
        for r in made:
            one, two = (value(place) for place, _ in r.terms)
            yield r if r in equal else replace(r, sure=code == "tie.balance" or _slip(one, two, r.slack))
        return
    # Cash with restricted cash is seldom one digit off by more than chance: there only a power of ten is a slip.
    slip = _thousand if code == "tie.cash" else _slip
    yield from (r for r in made if slip(value(r.terms[0][0]), value(r.terms[1][0]), r.slack))
    for r, other in pairwise(made):
        # Exchanged columns: each figure stands at the period of the other.
        crossed = value(r.terms[0][0]) == value(other.terms[1][0]), value(r.terms[1][0]) == value(other.terms[0][0])
        if any(crossed) and not any(_slip(value(x.terms[0][0]), value(x.terms[1][0]), x.slack) for x in (r, other)):
            yield from (r, other)


def _slip(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    """One slip makes one of the other: a digit, a sign, a power of a thousand."""
    if not a or not b:
        return False
    if _thousand(a, b, slack):
        return True
    # In units of the last place that is not zero in both.
    step = min(_last(a), _last(b))
    return bool(edit(int(a / step), int(b / step))) or bool(edit(int(b / step), int(a / step)))


def _thousand(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    """The same digits at another power of a thousand."""
    return bool(a and b) and any(abs(a - b.scaleb(p)) <= slack for p in (-6, -3, 3, 6))


def _last(value: Decimal) -> Decimal:
    """The last place: of 1,230,000 it is 10,000; thousands at most, that figures in thousands stay what they are."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** min(exponent, 3)


def _best(
    code: str, what: str, one: dict[Period, Place], others: Sequence[dict[Period, Place]], tagged: Sequence[Tagged]
) -> Iterator[Relation]:
    """The tie to that of several rows which agrees most often; where none agrees, to the first that a slip explains."""
    value = value_at(tagged)

    def agrees(other: dict[Period, Place]) -> int:
        return sum(value(one[p]) == value(other[p]) for p in set(one) & set(other))

    counted = [(agrees(other), -i) for i, other in enumerate(others)]
    if not counted:
        return
    number, at = max(counted)
    if number:
        yield from _series(code, what, one, others[-at], tagged)
        return
    for other in others:
        if made := list(_series(code, what, one, other, tagged)):
            yield from made
            return


# --- where things are ----------------------------------------------------------------------------------------------


def _of(tagged: Sequence[Tagged], kind: Kind) -> Iterator[tuple[int, Tagged]]:
    return ((s, one) for s, one in enumerate(tagged) if one.statement.kind is kind and one.statement.face)


def _concept(one: Tagged, line: int) -> str:
    matches = one.lines[line].matches
    return matches[0].concept.name if matches else ""


def _line(one: Tagged, names: Iterable[str], label: str) -> int | None:
    """The line by the words of its label, else by its concept."""
    lines = [i for i, line in enumerate(one.statement.lines) if any(line.amounts)]
    worded = next((i for i in lines if re.search(label, one.statement.lines[i].label.strip(), re.I)), None)
    return worded if worded is not None else next((i for i in lines if _concept(one, i) in set(names)), None)


def _columns(s: int, one: Tagged, line: int) -> dict[Period, Place]:
    columns: Sequence[Column] = one.statement.columns
    return {
        column.period: Place(statement=s, line=line, column=c)
        for c, column in enumerate(columns)
        if _money(one.statement.lines[line], c)
    }


def _money(line: LineItem, column: int) -> bool:
    amount = line.amounts[column]
    return amount is not None and amount.unit is Unit.USD


def _is_income(line: LineItem) -> bool:
    return bool(_INCOME.search(line.label)) and not _NOT_INCOME.search(line.label)


def _unit(line: LineItem) -> Unit | None:
    return next((a.unit for a in line.amounts if a is not None), None)


def _half(amount: Amount) -> Decimal:
    """Half a unit of the last place shown."""
    return Decimal(10) ** -(amount.decimals or 0) / 2


def _per_share(one: Tagged, sort: str) -> int | None:
    return next(
        (
            i
            for i, _ in enumerate(one.statement.lines)
            if any(m.concept.name == f"EarningsPerShare{sort}" for m in one.lines[i].matches)
        ),
        None,
    )


def _count(one: Tagged, sort: str) -> int | None:
    names = {
        "Basic": ("WeightedAverageNumberOfSharesOutstandingBasic",),
        "Diluted": ("WeightedAverageNumberOfDilutedSharesOutstanding",),
    }[sort]
    return next(
        (i for i, _ in enumerate(one.statement.lines) if any(m.concept.name in names for m in one.lines[i].matches)),
        None,
    )
