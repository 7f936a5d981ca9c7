"""Tagged statements -> Uses: one per match of a line, or of a figure in its label, with the figures it stands for.

Here the periods, members and fact ids of the figures are settled; which concept a use ends up with is settle.py's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from ..findings import Finding, Severity
from ..model import (
    Amount,
    Concept,
    Figure,
    FigureKind,
    ItemType,
    Kind,
    LineItem,
    Match,
    Moment,
    Period,
    PeriodType,
    Proof,
    Statement,
    Tagged,
    total_name,
)
from ..naming import camel_case, head_of, undated, words_of
from ..records import dataclass
from ..taxonomy import Taxonomy
from .names import Names, candidates, published, tidy, written

SHORT = {
    Kind.BALANCE_SHEET: "bs", Kind.INCOME_STATEMENT: "is", Kind.CASH_FLOW: "cf", Kind.EQUITY: "eq",
    Kind.COMPREHENSIVE_INCOME: "ci", Kind.OTHER: "ot",
}  # fmt: skip
_FIGURES = {
    FigureKind.AUTHORIZED: "shares authorized",
    FigureKind.ISSUED: "shares issued",
    FigureKind.OUTSTANDING: "shares outstanding",
    FigureKind.TREASURY: "shares",
}

Members = tuple[tuple[Concept, Concept], ...]  # (axis, member)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure on the page as a fact to be. place: its column, or its place among the facts of a figure in a label.
    mark: of an opening or a closing balance."""

    id: str
    place: int
    amount: Amount
    period: Period
    members: Members = ()
    mark: Moment = Moment.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A match with the figures that carry it. statement, line, figure and order: where it stands (figure None: in the
    cells of the line; order: its place among the matches of the line). label: the page's words."""

    statement: int
    line: int
    order: int
    concept: Concept
    weight: int
    confidence: float
    why: str
    label: str
    shown: tuple[Shown, ...]
    figure: int | None = None


def short_names(tagged: Sequence[Tagged]) -> list[str]:
    """bs, is, cf, ...: with a number from the second statement of a kind on."""
    out: list[str] = []
    for t in tagged:
        name = SHORT[t.statement.kind]
        number = sum(o.rstrip("0123456789") == name for o in out) + 1
        out.append(name if number == 1 else f"{name}{number}")
    return out


def suffix(number: int) -> str:
    """What tells the facts on one figure apart: "", b, c, ... z, ba, bb, ..."""
    if number == 0:
        return ""
    head, last = divmod(number, 26)
    return (suffix(head) if head else "") + chr(ord("a") + last)


def collect(
    tagged: Sequence[Tagged], taxonomy: Taxonomy, names: Names, currency: str
) -> tuple[list[Use], list[Finding]]:
    """Every use of the statements in that currency, in the order of the page."""
    uses: list[Use] = []
    findings: list[Finding] = []
    for number, (t, short) in enumerate(zip(tagged, short_names(tagged), strict=True)):
        statement = t.statement
        if statement.currency not in ("", currency):
            findings.append(
                Finding(
                    code="report.currency",
                    severity=Severity.WARNING,
                    at=statement.at,
                    message=f"a statement in {statement.currency} beside one in {currency}: its figures are not tagged",
                )
            )
            continue
        columns, told = _column_members(statement, taxonomy, names)
        findings += told
        marks = balances(t)
        for at, (line, tags) in enumerate(zip(statement.lines, t.lines, strict=True)):
            label = line.label or total_name(statement, t.footing, at)
            uses += _cells(
                number,
                at,
                line,
                label,
                tags.matches,
                statement,
                columns,
                marks.get(at, Moment.NONE),
                short,
                taxonomy,
                names,
            )
            for place, (figure, matches) in enumerate(zip(line.figures, tags.figures, strict=False)):
                uses += _figure(number, at, place, line, figure, matches, short, taxonomy, names)
    return uses, findings


def _cells(
    statement: int,
    at: int,
    line: LineItem,
    label: str,
    matches: Sequence[Match],
    page: Statement,
    columns: Sequence[Members],
    mark: Moment,
    short: str,
    taxonomy: Taxonomy,
    names: Names,
) -> Iterator[Use]:
    for order, match in enumerate(matches):
        members = _members(match, taxonomy, names)
        shown = tuple(
            Shown(
                id=f"f-{short}-{at + 1}-{n + 1}{suffix(order)}",
                place=n,
                amount=amount,
                members=(*members, *extra),
                period=_moved(column.period, mark) if match.concept.period is PeriodType.INSTANT else column.period,
                mark=mark if match.concept.period is PeriodType.INSTANT and column.period.start else Moment.NONE,
            )
            for n, (amount, column, extra) in enumerate(zip(line.amounts, page.columns, columns, strict=True))
            if amount
        )
        if shown:
            yield Use(
                statement=statement,
                line=at,
                order=order,
                concept=match.concept,
                weight=match.weight,
                confidence=match.confidence,
                why=match.why,
                label=tidy(label),
                shown=shown,
            )


def _figure(
    statement: int,
    at: int,
    place: int,
    line: LineItem,
    figure: Figure,
    matches: Sequence[Match],
    short: str,
    taxonomy: Taxonomy,
    names: Names,
) -> Iterator[Use]:
    for order, match in enumerate(matches):
        stem = f"f-{short}-{at + 1}-l{place + 1}"
        members = _members(match, taxonomy, names)
        shown = tuple(
            Shown(id=stem + suffix(n), place=n, amount=figure.amount, period=period, members=members)
            for n, period in enumerate(figure.periods, order * len(figure.periods))
        )
        if shown:
            yield Use(
                statement=statement,
                line=at,
                figure=place,
                order=order,
                concept=match.concept,
                weight=match.weight,
                confidence=match.confidence,
                why=match.why,
                label=figure_label(line, figure),
                shown=shown,
            )


def figure_label(line: LineItem, figure: Figure) -> str:
    """What a figure inside a label is called: "Preferred stock, par value"."""
    return f"{tidy(head_of(line.label))}, {_FIGURES.get(figure.what, figure.what)}"


def _moved(period: Period, mark: Moment) -> Period:
    """Where an instant concept stands in a column of flows: an opening balance holds at the end of the day before, all
    else at the period's end."""
    if period.start is None:
        return period
    return Period(end=period.start - dt.timedelta(1) if mark is Moment.START else period.end)


def balances(tagged: Tagged) -> dict[int, Moment]:
    """Line number -> START or END of the lines whose concept is an instant and that open or close a period.

    Its words decide, then a proof (opening + change = closing), then, for cash in a statement of cash flows, its place.
    """
    statement = tagged.statement
    if all(c.period.start is None for c in statement.columns):
        return {}
    instants = {
        i: tags.matches[0].concept.name
        for i, (line, tags) in enumerate(zip(statement.lines, tagged.lines, strict=True))
        if tags.matches and tags.matches[0].concept.period is PeriodType.INSTANT and any(line.amounts)
    }
    out = {i: mark for i in instants if (mark := statement.lines[i].balance)}
    out = _rolled(tagged.footing.proofs, instants) | out
    return _by_place(instants, out) if statement.kind is Kind.CASH_FLOW else out


def _rolled(proofs: Sequence[Proof], instants: Mapping[int, str]) -> dict[int, Moment]:
    """What sums prove: the total closes what the one part of its own concept opens. The first that says it counts."""
    out: dict[int, Moment] = {}
    for proof in proofs:
        openings = [i for i, _ in proof.parts if i in instants and instants[i] == instants.get(proof.total)]
        if len(openings) == 1:
            out.setdefault(proof.total, Moment.END)
            out.setdefault(openings[0], Moment.START)
    return out


def _by_place(instants: Mapping[int, str], known: Mapping[int, Moment]) -> dict[int, Moment]:
    """Cash that is told again further down opens; else it closes."""
    out = dict(known)
    cash = [i for i, name in instants.items() if "Cash" in name]
    for i in cash:
        closed = any(j < i and out[j] is Moment.END for j in cash)
        again = any(j > i and instants[j] == instants[i] and out.get(j) is not Moment.START for j in cash)
        out.setdefault(i, Moment.START if again and not closed else Moment.END)
    return out


def _members(match: Match, taxonomy: Taxonomy, names: Names) -> Members:
    return tuple((axis_of(axis, taxonomy, names), member_of(member, taxonomy, names)) for axis, member in match.members)


def _named(members: Sequence[tuple[str, str]], heading: str, taxonomy: Taxonomy, names: Names) -> Members:
    return tuple((axis_of(a, taxonomy, names), member_of(m, taxonomy, names, tidy(heading))) for a, m in members)


def axis_of(name: str, taxonomy: Taxonomy, names: Names) -> Concept:
    """The axis of that name: the taxonomy's, else the filer's own."""
    known = taxonomy.concepts.get(name)
    new = Concept(name=name, type=ItemType.AXIS, period=PeriodType.DURATION, label=words_of(name), abstract=True)
    if known:
        return written(known, taxonomy, names)
    return published(new, "abstract", taxonomy) or names.add(new, candidates(name, ()))


def member_of(name: str, taxonomy: Taxonomy, names: Names, label: str = "") -> Concept:
    """The member or domain of that name: the taxonomy's, else the filer's own."""
    known = taxonomy.concepts.get(name)
    new = Concept(name=name, type=ItemType.DOMAIN, period=PeriodType.DURATION, label=label or words_of(name))
    if known:
        return written(known, taxonomy, names)
    return published(new, "domain", taxonomy) or names.add(new, candidates(name, ()))


def _column_members(statement: Statement, taxonomy: Taxonomy, names: Names) -> tuple[list[Members], list[Finding]]:
    """What tells columns of one period apart: that of a part of the company; or, where one names a currency that the
    other does not ("2008" beside "2008 US$"), a member for each but the first, which is told."""
    if any(column.members for column in statement.columns):
        return [_named(column.members, column.heading, taxonomy, names) for column in statement.columns], []
    out: list[Members] = []
    findings: list[Finding] = []
    first: dict[Period, int] = {}
    for n, column in enumerate(statement.columns):
        twin = first.setdefault(column.period, n)
        if twin == n or not _differ(statement.lines, twin, n):
            out.append(())
            continue
        seen = {w.lower() for w in statement.columns[twin].heading.split()}
        words = " ".join(w for w in undated(column.heading).split() if w.lower() not in seen)
        own = camel_case(words) or f"Column{n + 1}"
        member = member_of(f"{own}Member", taxonomy, names, tidy(words) or f"Column {n + 1}")
        out.append(((axis_of("StatementScenarioAxis", taxonomy, names), member),))
        findings.append(
            Finding(
                code="report.same-period",
                severity=Severity.WARNING,
                at=statement.at,
                message=f"columns {twin + 1} and {n + 1} ({statement.columns[twin].heading!r}, {column.heading!r}) are "
                f"of one period with other figures; those of the latter carry the member {member.name}",
                hint="see on the page what the columns are; leave only the one that the filing reports in the table",
            )
        )
    return out, findings


def _differ(lines: Sequence[LineItem], a: int, b: int) -> bool:
    return any((x := line.amounts[a]) and (y := line.amounts[b]) and x.value != y.value for line in lines)
