"""Document and tagged statements -> what each figure of the running text says, tied to the statements.

Each ends as: agrees; rounded (agrees only with figures that are rounded first); disagrees; or nothing to compare.
A disagreement needs a reason (the figure is that of another period, one slip makes it right, or the amounts it is made
of agree while it does not) and a witness that the text speaks of these statements: another figure beside it agrees, or
another one of the text is wrong in the same way. Text that merely speaks of something else is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..model import (
    Amount,
    ClaimKind,
    Document,
    Fact,
    FactPlace,
    Mention,
    Paragraph,
    Period,
    Report,
    Span,
    Tagged,
    Verdict,
    place,
)
from ..records import replace
from . import tolerances as tol
from .calendar import calendar_of
from .claims import Claim, claims_of
from .compare import Answer, Tables, verdict_of
from .sentences import Folded, folded, has_figures, sentences_of
from .subjects import lexicon_of

__all__ = ["prose_facts", "read_prose"]

#: What bears out, where it agrees, that the sentence speaks of the line.
_CONFIRM = (ClaimKind.LEVEL, ClaimKind.PERCENT_CHANGE)


def read_prose(document: Document, tagged: Sequence[Tagged]) -> tuple[Mention, ...]:
    """Every amount, percentage and figure per share of the running text, in order."""
    if not any(one.statement.face for one in tagged):
        return ()
    calendar, lexicon = calendar_of(document, tagged), lexicon_of(document, tagged)
    tables = Tables(tagged=tuple(tagged))
    used = {b for one in tagged for b in one.statement.blocks}
    out: list[Mention] = []
    for number, block in enumerate(document.blocks):
        if number in used or not isinstance(block, Paragraph) or not has_figures(block.text):
            continue
        for start, text in sentences_of(block.text):
            if has_figures(text):
                sentence = folded(text, start)
                found = claims_of(sentence.text, calendar, lexicon)
                out += _mentions(block, number, sentence, found, _answers(found, tables))
    return _borne_out(out)


def _answers(found: Sequence[Claim], tables: Tables) -> list[Answer]:
    """What each claim of a sentence comes to. Amounts first: a percentage is judged by the amounts it is made of.

    Amounts are judged again by all those of the sentence that agree, and by the changes that do.
    """
    confirmed: set[str] = set()
    made: dict[int, Answer] = {}
    known: dict[int, int] = {}  # how much was confirmed when each was judged
    amounts = [k for k, claim in enumerate(found) if claim.role in (ClaimKind.LEVEL, ClaimKind.CHANGE)]
    for k in (*amounts, *amounts, *(k for k in range(len(found)) if k not in amounts), *amounts):
        if known.get(k) == len(confirmed):
            continue
        claim, known[k] = found[k], len(confirmed)
        made[k] = verdict_of(claim, found, tables, confirmed)
        if made[k].verdict is Verdict.AGREES and claim.role in _CONFIRM and claim.explicit:
            confirmed.add(claim.name)
    return [made[k] for k in range(len(found))]


def _mentions(
    block: Paragraph, number: int, sentence: Folded, found: Sequence[Claim], answers: Sequence[Answer]
) -> Iterator[Mention]:
    text = sentence.text
    for claim, answer in zip(found, answers, strict=True):
        figure = claim.figure
        start, end = sentence.place(figure.start), sentence.place(figure.end - 1) + 1
        yield Mention(
            shown=block.text[start:end],
            span=Span(block=number, start=start, end=end),
            at=place(block, start),
            figure=figure,
            role=claim.role,
            subject=claim.name,
            periods=claim.periods,
            verdict=answer.verdict,
            why=answer.why,
            of=answer.of,
            words=" ".join(text[: figure.start].rsplit(" ", 9)[-9:]) + " ".join(text[figure.start :].split(" ", 7)[:7]),
            certain=claim.certain,
            cause=answer.cause,
        )


def _borne_out(found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, those that disagree without a witness turned into nothing to compare."""
    return tuple(
        m
        if m.verdict is not Verdict.DISAGREES or _witnessed(m, found)
        else replace(m, verdict=Verdict.NOTHING, why="", cause="")
        for m in found
    )


def _witnessed(mention: Mention, found: Sequence[Mention]) -> bool:
    """A level beside it agrees, or a figure of another value is wrong in the same way."""
    return any(_agrees_beside(other, mention) or _same_way(other, mention) for other in found)


def _agrees_beside(other: Mention, mention: Mention) -> bool:
    return (
        other.verdict is Verdict.AGREES
        and other.role is ClaimKind.LEVEL
        and other.figure.value >= tol.PROSE.telling * other.figure.step
        and other.span.block == mention.span.block
        and abs(other.span.start - mention.span.start) <= tol.PROSE.beside
    )


def _same_way(other: Mention, mention: Mention) -> bool:
    return bool(mention.cause) and other.cause == mention.cause and other.figure.value != mention.figure.value


def prose_facts(report: Report) -> tuple[Fact, ...]:
    """The facts of a report with those of its running text, in the order of the page.

    Tagged is what agrees with one cell of a statement within its own rounding: the cell's concept, context and unit at
    the precision of the text, so that both are consistent duplicates (XBRL 2.1 inference of precision).
    """
    cells: dict[Span, list[Fact]] = {}
    for fact in report.facts:
        if fact.place is FactPlace.CELL and isinstance(fact.value, Decimal):
            cells.setdefault(fact.span, []).append(fact)
    made: list[Fact] = []
    for number, mention in enumerate(report.mentions):
        if mention.verdict is not Verdict.AGREES or mention.of is None:
            continue
        amount = _amount(report, *mention.of)
        digits = Decimal(mention.shown.replace(",", ""))
        if amount is None or not digits:
            continue
        scale = (mention.figure.value / digits).adjusted()
        for extra, cell in enumerate(cells.get(amount.span, ())):
            assert isinstance(cell.value, Decimal)
            made.append(
                replace(
                    cell,
                    id=f"f-p-{number}" + "bcdefgh"[extra - 1 : extra],
                    value=mention.figure.value.copy_sign(cell.value),
                    place=FactPlace.PROSE,
                    shown=mention.shown,
                    span=mention.span,
                    at=mention.at,
                    scale=scale,
                    decimals=-mention.figure.step.adjusted(),
                    label=mention.subject,
                    format="ixt:num-dot-decimal",
                    why=f"the text agrees with {cell.id}",
                )
            )
    return tuple(sorted((*report.facts, *made), key=_on_page))


def _amount(report: Report, row: tuple[int, int], period: Period) -> Amount | None:
    one = report.statements[row[0]].statement
    for column, amount in zip(one.columns, one.lines[row[1]].amounts, strict=True):
        if column.period == period or (column.period.start is None and column.period.end == period.end):
            return amount
    return None


def _on_page(fact: Fact) -> tuple[int, int, int, int, int]:
    span = fact.span
    return (
        span.block,
        -1 if span.row is None else span.row,
        -1 if span.cell is None else span.cell,
        span.start,
        -span.end,
    )
