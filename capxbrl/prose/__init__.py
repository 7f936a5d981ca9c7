"""Document and tagged statements -> what each figure of the running text says, tied to the statements.

Each ends as: agrees; rounded (agrees only with figures that are rounded first); disagrees; or nothing to compare.
A disagreement is only claimed with a reason: the figure is that of another period, one slip makes it right, or the
amounts it is made of agree while it does not.  Text that merely speaks of something else is nothing to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ..findings import Position
from ..model import Amount, Document, Fact, Paragraph, Period, Report, Span, Tagged, place
from .calendar import calendar_of
from .compare import Tables, verdict_of
from .figures import Figure
from .sentences import Claim, claims, sentences
from .subjects import lexicon_of

__all__ = ["Mention", "Verdict", "prose_facts", "read_prose"]


class Verdict(StrEnum):
    AGREES = "agrees"
    ROUNDED = "rounded"
    DISAGREES = "disagrees"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure of the running text. role: "level", "change", "percent change" or "share of".

    periods: those it may speak of. why: what it was compared with, in words for a person. of: the (statement, line) and
    the period of the figure it agrees with, where that is one cell of a table. words: the sentence's words around it.
    """

    shown: str
    span: Span
    at: Position
    figure: Figure
    role: str
    subject: str
    periods: tuple[Period, ...]
    verdict: Verdict
    why: str = ""
    of: tuple[tuple[int, int], Period] | None = None
    words: str = ""


def read_prose(document: Document, tagged: Sequence[Tagged]) -> tuple[Mention, ...]:
    """Every amount, percentage and figure per share of the running text, in order."""
    if not any(one.statement.face for one in tagged):
        return ()
    calendar, lexicon, tables = calendar_of(document, tagged), lexicon_of(tagged), Tables(tagged=tuple(tagged))
    used = {b for one in tagged for b in one.statement.blocks}
    out: list[Mention] = []
    for number, block in enumerate(document.blocks):
        if number in used or not isinstance(block, Paragraph) or not re.search(r"[$%€£]|percent|cents", block.text):
            continue
        for start, text in sentences(block.text):
            out += _mentions(block, number, start, text, claims(text, calendar, lexicon), tables)
    return tuple(out)


def _mentions(
    block: Paragraph, number: int, start: int, text: str, found: Sequence[Claim], tables: Tables
) -> Iterator[Mention]:
    confirmed: set[str] = set()
    # Amounts first: a percentage is judged by the amounts it is made of.
    order = sorted(range(len(found)), key=lambda k: (found[k].role not in ("level", "change"), k))
    made: dict[int, Mention] = {}
    for k in order:
        claim = found[k]
        verdict, why, of = verdict_of(claim, found, tables, confirmed)
        if verdict == "agrees" and claim.role == "level" and claim.explicit:
            confirmed.add(claim.name)
        figure = claim.figure
        span = Span(block=number, start=start + figure.start, end=start + figure.end)
        made[k] = Mention(
            shown=text[figure.start : figure.end], span=span, at=place(block, start + figure.start), figure=figure, role=claim.role,
            subject=claim.name, periods=claim.periods, verdict=Verdict(verdict), why=why, of=of,
            words=" ".join([*text[: figure.start].split(" ")[-9:]]) + " ".join(text[figure.start :].split(" ")[:7]),
        )  # fmt: skip
    yield from (made[k] for k in sorted(made))


def prose_facts(report: Report, found: Sequence[Mention]) -> tuple[Fact, ...]:
    """The facts of a report with those of its running text, in the order of the page.

    Tagged is what agrees with one cell of a statement within its own rounding: the cell's concept, context and unit at
    the precision of the text, so that both are consistent duplicates (XBRL 2.1 inference of precision).
    """
    cells: dict[Span, list[Fact]] = {}
    for fact in report.facts:
        if fact.place == "cell" and isinstance(fact.value, Decimal):
            cells.setdefault(fact.span, []).append(fact)
    made: list[Fact] = []
    for number, mention in enumerate(found):
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
                    cell, id=f"f-p-{number}" + "bcdefgh"[extra - 1 : extra], value=mention.figure.value.copy_sign(cell.value), place="prose",
                    shown=mention.shown, span=mention.span, at=mention.at, scale=scale, decimals=-mention.figure.step.adjusted(),
                    label=mention.subject, format="ixt:num-dot-decimal", why=f"the text agrees with {cell.id}",
                )
            )  # fmt: skip
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
