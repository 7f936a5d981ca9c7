"""Decision: the scale of a statement's money, for all statements of a filing together.

A caption near the figures states it. Borne out, or contradicted, it is by what the page computes: earnings per share x
shares = income, a figure that stands in two statements with captions of their own, running text that repeats a figure
with its scale in words, and the multiplier of a financial data schedule (EX-27, Regulation S-K Item 601(c), 1993-2001).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import words
from ..evidence import DecidedTable, HeadedTable, Scale, TitledTable
from ..findings import Finding, Outcome, Position, Severity
from ..model import (
    REPEATS,
    Amount,
    Decision,
    Document,
    Kind,
    LineRole,
    Paragraph,
    Period,
    Standing,
    Statement,
    Unit,
    Witness,
    place,
)
from . import SCALE_OF_MONEY, YOU, decide
from .captions import is_caption, nearest, place_of, scale_of
from .earnings import SHARES, bare, is_in_full, rows, scale_step
from .scale_elsewhere import PRINTED, data_schedule, mentions, scheduled

_NAMES = {
    0: "single units",
    2: "hundreds",
    3: "thousands",
    4: "tens of thousands",
    5: "hundreds of thousands",
    6: "millions",
    7: "tens of millions",
    8: "hundreds of millions",
    9: "billions",
    12: "trillions",
}
#: A number of shares with so many digits is not in thousands: few companies have ten billion shares.
_FULL_COUNT = Decimal(10) ** 6
#: Hardly a company has more shares.
_MOST_SHARES = Decimal(10) ** 11
#: So many paragraphs below a table are looked at for its caption.
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A statement as first read, with what its own captions state."""

    table: DecidedTable
    statement: Statement
    said: tuple[Witness, ...]
    shares: int | None


def stated_scale(document: Document, headed: HeadedTable) -> Scale:
    """The scale stated nearest to the figures: by `_captions`."""
    found = _captions(document, headed)
    return found[0] if found else Scale()


def decide_scales(
    document: Document, tables: Sequence[DecidedTable], statements: Sequence[Statement], assumed: int | None = None
) -> Outcome[tuple[tuple[Scale, Decision], ...]]:
    """The scale of each statement and how it was decided. statements: as first read, by what is stated nearest.

    assumed: the power of ten that the user says. Findings: `scale.contradiction`, `scale.unsaid`.
    """
    pages = [
        _Page(table=t, statement=s, said=tuple(_own_caption(document, t)), shares=t.scale.shares)
        for t, s in zip(tables, statements, strict=True)
    ]
    mentioned = mentions(document, statements)
    general = tuple(_general_notes(document, tables))
    schedule = data_schedule(document)
    heard = [
        (
            *page.said,
            *_earnings(page),
            *_par(page),
            *(m for at, m in mentioned if at == n),
            *scheduled(page.statement, schedule),
        )
        for n, page in enumerate(pages)
    ]
    known = {n: int(decide(SCALE_OF_MONEY, h).value) for n, h in enumerate(heard) if h}
    decisions = _of_a_size(pages, [_decide(n, pages, heard[n], known, general, assumed) for n in range(len(pages))])
    scales = [
        replace(page.table.scale, money=int(made.value), said=bool(page.said))
        for page, made in zip(pages, decisions, strict=True)
    ]
    return Outcome(tuple(zip(scales, decisions, strict=True)), tuple(_findings(pages, decisions)))


def _decide(
    number: int,
    pages: Sequence[_Page],
    heard: Sequence[Witness],
    known: Mapping[int, int],
    general: Sequence[Witness],
    assumed: int | None,
) -> Decision:
    """One statement's scale, by what was heard of it, by the statements that repeat its figures, else by the others."""
    ties = list(_other_statements(number, pages, known))
    witnesses = [*heard, *ties]
    if not any(not w.independent for w in heard) and not ties:
        witnesses += _elsewhere(number, pages, known, general)
    if assumed is not None:
        witnesses.append(Witness(value=str(assumed), says=YOU))
    return decide(SCALE_OF_MONEY, witnesses, default="0")


#: The largest figures of two statements of a filing differ less than this: another scale would put them outside.
_SIZES = (Decimal("0.2"), Decimal(150))


def _of_a_size(pages: Sequence[_Page], decisions: Sequence[Decision]) -> list[Decision]:
    """A statement is borne out by one whose scale is proved where their sizes fit: total assets are a fifth to 150
    times the revenue, so a thousand times more or less is none. Two of different scales whose sizes do not fit, and
    would in one scale, contradict each other."""
    sizes = [_size(page.statement) * Decimal(10) ** int(d.value) for page, d in zip(pages, decisions, strict=True)]
    out = list(decisions)
    for n, made in enumerate(decisions):
        if not sizes[n] or any(w.says == YOU for w in made.witnesses):
            continue
        others = [m for m in range(len(pages)) if sizes[m] and pages[m].statement.kind is not pages[n].statement.kind]
        against = next((m for m in others if _contradicts(pages, decisions, sizes, n, m)), None)
        sure = next((m for m in others if decisions[m].standing is Standing.PROVED and _fits(pages, sizes, n, m)), None)
        if against is not None:
            power = decisions[against].value
            says = f"it is of another size than the {_name(pages[against].statement)}, and would fit it in its scale"
            witness = Witness(value=power, says=says, at=pages[against].table.at)
            out[n] = replace(made, standing=Standing.DOUBTFUL, witnesses=(*made.witnesses, witness))
        elif sure is not None and made.standing is Standing.STATED:
            says = f"it is of the size of the {_name(pages[sure].statement)}, which is proved"
            witness = Witness(value=made.value, says=says, at=pages[sure].table.at, independent=True)
            out[n] = decide(SCALE_OF_MONEY, (*made.witnesses, witness))
    return out


def _contradicts(
    pages: Sequence[_Page], decisions: Sequence[Decision], sizes: Sequence[Decimal], n: int, other: int
) -> bool:
    """Two statements have different scales, and their sizes fit only if they had one."""
    step = int(decisions[other].value) - int(decisions[n].value)
    if not step or _fits(pages, sizes, n, other):
        return False
    return _fits(pages, [size.scaleb(step) if m == n else size for m, size in enumerate(sizes)], n, other)


def _fits(pages: Sequence[_Page], sizes: Sequence[Decimal], n: int, other: int) -> bool:
    kinds = pages[n].statement.kind, pages[other].statement.kind
    if Kind.BALANCE_SHEET not in kinds:
        low, high = sorted((sizes[n], sizes[other]))
        return high / low <= _SIZES[1]
    sheet, flow = (n, other) if kinds[0] is Kind.BALANCE_SHEET else (other, n)
    return _SIZES[0] <= sizes[sheet] / sizes[flow] <= _SIZES[1]


def _size(statement: Statement) -> Decimal:
    """Its largest figure of money, as printed."""
    amounts = (a for line in statement.lines for a in line.amounts if a is not None and a.unit is Unit.USD)
    return max((bare(a) for a in amounts if a.scale == statement.scale), default=Decimal(0))


def name_of(power: str) -> str:
    """The word of a power of ten."""
    return _NAMES.get(int(power), f"units of 10^{power}")


# --- what is stated ------------------------------------------------------------------------------------------------


def _own_caption(document: Document, decided: DecidedTable) -> Iterator[Witness]:
    """The caption nearest to the figures."""
    found = _captions(document, decided.headed)
    if found and found[0].said:
        yield _stated(found[0].money, *found[1:])


def _captions(document: Document, headed: HeadedTable) -> tuple[Scale, str, Position | None] | None:
    """What the nearest caption states: title, headings and first rows, the paragraphs above, the lines below."""
    table = headed.table
    first = [(r.label, r.source.at) for r in table.rows[:3] if not r.has_data]
    heads = [(r.text, r.source.at) for r in table.heads]
    titles = [(line, place_of(line, document, table.above_blocks)) for line in headed.title_lines]
    above = [(line, place_of(line, document, table.above_blocks)) for line in table.above]
    near = [*titles, *heads, *first]
    joined = (" ".join(t for t, _ in near), near[0][1] if near else None)
    return nearest((*reversed(near), joined, *reversed(above))) or nearest(_below(document, table))


def _below(document: Document, table: TitledTable) -> Iterator[tuple[str, Position | None]]:
    """Lines that are a caption and nothing else directly below the figures: in rows of the table, or behind it."""
    for row in reversed(table.rows):
        if row.has_data:
            break
        if is_caption(row.text):
            yield row.text, row.source.at
    for block in document.blocks[max(table.blocks) + 1 :][:_FEW]:
        if not isinstance(block, Paragraph):
            return
        for line in block.text.split("\n"):
            if line.strip() and not is_caption(line):
                return
            yield line, place(block, max(0, block.text.find(line)))


def _stated(power: int, text: str, at: Position | None) -> Witness:
    shown = " ".join(text.split())
    return Witness(value=str(power), says=f"{shown[:80]!r} says {name_of(str(power))}", at=at)


def _general_notes(document: Document, tables: Sequence[DecidedTable]) -> Iterator[Witness]:
    """Notes for all figures: "Dollar figures in this release are in thousands", a title page's "(In thousands)"."""
    taken = {b for t in tables for b in t.headed.table.above_blocks}
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or number in taken:
            continue
        for line in _sentences(block.text):
            if not words.pattern("scale", "quick").search(line):
                continue
            alone = len(line) < 60 and line.strip().startswith("(") and line.strip().endswith(")")
            found = scale_of(line) if alone or words.pattern("scale", "general").search(line) else None
            if found and found.said:
                yield _stated(found.money, line, place(block, max(0, block.text.find(line))))


def _sentences(text: str) -> Iterator[str]:
    """Pieces of running text: a figure and its subject do not stand in two of them."""
    folded = text.replace("\n", " ") if len(text) < 20_000 else text
    yield from re.split(r"(?<=[.;!?])\s+(?=[A-Z(])", folded)


def _elsewhere(
    number: int, pages: Sequence[_Page], known: Mapping[int, int], general: Sequence[Witness]
) -> Iterator[Witness]:
    """Where a statement has no caption: the scale of the other statements, and notes for all figures."""
    for other, power in known.items():
        if other != number:
            says = f"the {_name(pages[other].statement)} is in {name_of(str(power))}"
            yield Witness(value=str(power), says=says, at=pages[other].table.at)
    yield from general[:1]


# --- what bears it out ---------------------------------------------------------------------------------------------


def _earnings(page: _Page) -> Iterator[Witness]:
    """EPS x shares = income fixes the scale of money against that of the shares (ASC 260-10-45-10)."""
    if page.statement.kind is not Kind.INCOME_STATEMENT:
        return
    found = scale_step(page.statement)
    if not found:
        return
    step, count, at, columns = found
    said = {int(w.value) for w in page.said}
    shares = _share_scale(page, count)
    if shares is not None:
        power = shares + step
    elif said and (min(said) - step) in PRINTED and count.scaleb(min(said) - step) < _MOST_SHARES:
        power = min(said)  # the shares are then in a scale that shares are printed in
    else:
        return
    if power in _NAMES:
        says = f"EPS x shares is net income in {columns} column{'s' * (columns != 1)}"
        yield Witness(value=str(power), says=says, at=at, independent=True)


def _share_scale(page: _Page, count: Decimal) -> int | None:
    """The scale of the numbers of shares where it is told apart from that of money."""
    if page.shares is not None and (page.shares or count >= _FULL_COUNT):
        return page.shares
    labelled = {
        made.shares if made.shares is not None else made.money
        for line in rows(page.statement, SHARES)
        if "(" in line.label and (made := scale_of(line.label))
    }
    if len(labelled) == 1:
        return labelled.pop()
    return 0 if count >= _FULL_COUNT and not page.said else None


def _other_statements(number: int, pages: Sequence[_Page], known: Mapping[int, int]) -> Iterator[Witness]:
    """A figure that stands in another statement too, whose scale is known by itself: both are of one scale."""
    mine = pages[number].statement
    for other, power in known.items():
        page = pages[other].statement
        steps = set(_shared(mine, page)) if other != number else set()
        if len(steps) == 1 and (mine_power := power + steps.pop()) in _NAMES:
            says = f"the {_name(page)} repeats its figures in {name_of(str(power))}"
            yield Witness(value=str(mine_power), says=says, at=pages[other].table.at, independent=True)


def _shared(mine: Statement, other: Statement) -> Iterator[int]:
    """Powers of ten by which the figures that both statements show differ: their scale here less that there."""
    for line in REPEATS:
        for a, b, sign in ((mine, other, 1), (other, mine, -1)):
            if a.kind is not line.kind or b.kind is not line.other:
                continue
            here = _by_day(a, line.role)
            for there in (_by_day(b, role) for role in line.there):
                yield from (sign * step for step in _steps(here, there))


def _steps(here: Mapping[object, list[Amount]], there: Mapping[object, list[Amount]]) -> Iterator[int]:
    for day, figures in here.items():
        for x in figures:
            for y in there.get(day, ()):
                if (step := _step_between(x, y)) is not None:
                    yield step


def _by_day(statement: Statement, role: LineRole) -> Mapping[object, list[Amount]]:
    """The money of the lines of a role by period, of balances by their day."""
    out: dict[object, list[Amount]] = {}
    for line in rows(statement, frozenset({role})):
        for column, amount in zip(statement.columns, line.amounts, strict=True):
            if amount is not None and amount.value and amount.unit is Unit.USD:
                out.setdefault(_when(column.period, role), []).append(amount)
    return out


def _when(period: Period, role: LineRole) -> object:
    if role is LineRole.OPENING and period.start is not None:
        return period.start.toordinal() - 1
    return period if role is LineRole.NET_INCOME else period.end.toordinal()


def _step_between(x: Amount, y: Amount) -> int | None:
    """k where x = y x 10^-k as printed: equal digits, or one the rounding of the other."""
    a, b = bare(x), bare(y)
    if a == b:
        return 0
    for k in (-6, -3, 3, 6):
        low, high = (a, b.scaleb(-k)) if k > 0 else (a.scaleb(k), b)
        if low >= 10 and abs(low - high) <= Decimal("0.5"):
            return k
    return None


#: A product of rounded par value and rounded stock may be off by so much.
_PAR_SLACK = Decimal("0.02")


def _par(page: _Page) -> Iterator[Witness]:
    """Par value x shares issued, printed in full, is the amount of common stock: that fixes the scale of money."""
    for line in page.statement.lines:
        par = next((f.amount.value for f in line.figures if f.what == "par value"), None)
        issued = [f.amount for f in line.figures if f.what in ("issued", "outstanding") and is_in_full(f.amount)]
        first = next((a for a in line.amounts if a is not None and a.value and a.unit is Unit.USD), None)
        if not par or not issued or first is None or bare(first) < 10:
            continue
        product = par * issued[0].value
        room = max(Decimal("0.51"), bare(first) * _PAR_SLACK)
        power = next((p for p in PRINTED if abs(product.scaleb(-p) - bare(first)) <= room), None)
        if power is not None:
            says = f"par value x shares is {product.normalize():,f}, printed {first.shown}"
            yield Witness(value=str(power), says=says, at=first.at, independent=True)
            return


# --- findings ------------------------------------------------------------------------------------------------------


def _name(statement: Statement) -> str:
    return statement.kind.value.replace("_", " ")


def _findings(pages: Sequence[_Page], decisions: Sequence[Decision]) -> Iterator[Finding]:
    """One for a cause: statements with the same contradiction, or without a word of scale, are told together."""
    seen: set[tuple[str, ...]] = set()
    for page, made in zip(pages, decisions, strict=True):
        if any(w.says == YOU for w in made.witnesses):
            continue
        others = [w for w in made.witnesses if w.value != made.value or w.against]
        if others:
            key = (made.value, *sorted({w.value for w in others}))
            if key not in seen:
                seen.add(key)
                yield _contradiction(page, made, others)
        elif not any(not w.independent for w in made.witnesses) and ("unsaid", made.value) not in seen:
            seen.add(("unsaid", made.value))
            yield _unsaid(page, made)


def _contradiction(page: _Page, made: Decision, others: Sequence[Witness]) -> Finding:
    against = next((w for w in others if w.independent), others[0])
    speaks = next((w for w in made.witnesses if w.value == made.value and not w.against), None)
    where = f" ({against.at})" if against.at else ""
    return Finding(
        code="scale.contradiction",
        severity=Severity.ERROR if against.independent else Severity.WARNING,
        at=(speaks.at if speaks else None) or page.table.at,
        message=f"the {_name(page.statement)} is read in {name_of(made.value)}"
        + (f", since {speaks.says}" if speaks else "")
        + f"; but {against.says}{where}: {name_of(against.value)}",
        hint=f"see which is right; --assume scale={against.value} reads it the other way",
    )


def _unsaid(page: _Page, made: Decision) -> Finding:
    if made.standing is Standing.DOUBTFUL:
        return Finding(
            code="scale.unsaid",
            severity=Severity.WARNING,
            at=page.table.at,
            message=f"nothing says the scale of the {_name(page.statement)}: its figures are read as single units",
            hint="if they are in thousands, say --assume scale=3; in millions, scale=6",
        )
    return Finding(
        code="scale.unsaid",
        severity=Severity.NOTE,
        at=page.table.at,
        message=f"no caption says the scale of the {_name(page.statement)}: {name_of(made.value)}, since "
        f"{made.witnesses[0].says}",
    )
