"""What other parts of a filing say of the scale of money.

Running text that repeats a figure of a statement with its scale in words, and the multiplier of a financial data
schedule (EX-27, Regulation S-K Item 601(c), 1993-2001).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ...findings import Position
from ...hints import hinted, low
from ...model import Document, LineItem, LineRole, Paragraph, Statement, Unit, Witness, place
from ...patterns import compiled
from .. import tolerances as tol
from ..earnings import bare, rows

#: Scales that statements are printed in, as powers of ten.
PRINTED = (0, 3, 6, 9)
#: So much of a long filing's running text is heard: witnesses beyond that change nothing.
_MOST_MENTIONS = 12

#: A figure with its scale in words, or printed in full: "$4.0 million", "$3,983,000".
_WORDED = compiled(
    r"\$\s?(?:(\d[\d,]{0,12}(?:\.\d{1,3})?)[\s-]{0,2}(thousand|million|billion)\b"
    r"|(\d{1,3}(?:,\d{3}){2,3})(?![\d,]|\.\d))",
    re.IGNORECASE,
)
_TIMES = {"thousand": 3, "million": 6, "billion": 9, "": 0}
#: What each such figure shows, unless its scale has a name.
_IN_FULL = compiled(r"\d,\d{3},\d{3}")


def mentions(document: Document, statements: Sequence[Statement]) -> list[tuple[int, Witness]]:
    """Figures of the running text that repeat a line of a statement with their scale in words: (statement, witness)."""
    lines = [
        (number, line, line.role)
        for number, statement in enumerate(statements)
        for line in statement.lines
        if line.role in _TOLD and any(line.amounts)
    ]
    roles = {role for *_, role in lines}
    used = {b for statement in statements for b in statement.blocks}
    out: list[tuple[int, Witness]] = []
    for number, block in enumerate(document.blocks):
        if len(out) >= _MOST_MENTIONS:
            break
        if isinstance(block, Paragraph) and number not in used and _has_figure(block.text):
            out += [
                (page, witness)
                for role, figure, power, offset in _told(block.text, roles)
                for page, witness in _match(lines, role, figure, power, place(block, offset))
            ]
    return out[:_MOST_MENTIONS]


def _has_figure(text: str) -> bool:
    return "$" in text and ("illion" in text or _IN_FULL.search(text) is not None)


_TOLD = frozenset(
    {
        LineRole.REVENUE,
        LineRole.NET_INCOME,
        LineRole.NET_INCOME_TO_COMMON,
        LineRole.TOTAL_ASSETS,
        LineRole.GROSS_PROFIT,
        LineRole.OPERATING_INCOME,
        LineRole.INCOME_BEFORE_TAX,
        LineRole.TOTAL_EQUITY,
        LineRole.CASH,
    }
)


def _told(text: str, roles: set[LineRole]) -> Iterator[tuple[LineRole, str, int, int]]:
    """(role, figure, power of ten, offset) of the figures that follow the name of a line in their sentence."""
    for match in _WORDED.finditer(text):
        before = text[max(0, match.start() - tol.SCALES.sentence) : match.start()]
        clause = re.split(r"[.;]\s|\$", before)[-1]
        small = low(clause)
        named = [r for r in roles if hinted("headlines", r.value).search(clause, small)]
        if len(named) == 1:
            figure = (match[1] or match[3]).replace(",", "")
            yield named[0], figure, _TIMES[(match[2] or "").lower()], match.start()


def _match(
    lines: Sequence[tuple[int, LineItem, LineRole]], role: LineRole, figure: str, power: int, at: Position
) -> Iterator[tuple[int, Witness]]:
    """The statements whose line of that role is this figure, and the scale it then has."""
    digits = figure.replace(".", "").lstrip("0")
    noughts = len(digits) - len(digits.rstrip("0")) if not power else 0
    if len(digits) - noughts < 2:
        return
    value = Decimal(figure).scaleb(power)
    half = Decimal(5).scaleb(power + noughts - len(figure.partition(".")[2]) - 1)
    for number, line, of in lines:
        if of is not role:
            continue
        for amount in line.amounts:
            if amount is None or not amount.value or amount.unit is not Unit.USD:
                continue
            scale = next((p for p in PRINTED if abs(bare(amount).scaleb(p) - value) <= half), None)
            if scale is not None:
                unit = next(w for w, p in _TIMES.items() if p == power)
                says = f"the text says {role.value} of ${figure} {unit}".rstrip() + f", printed {amount.shown}"
                yield number, Witness(value=str(scale), says=says, at=at, independent=True)
                return


_TAG = compiled(r"<([A-Z][A-Z0-9-]{2,30})>\s+\(?([\d,]+(?:\.\d+)?)\)?")
_SCHEDULE = {
    "TOTAL-ASSETS": LineRole.TOTAL_ASSETS,
    "NET-INCOME": LineRole.NET_INCOME,
    "TOTAL-REVENUES": LineRole.REVENUE,
    "CASH": LineRole.CASH,
    "INCOME-PRETAX": LineRole.INCOME_BEFORE_TAX,
}


def data_schedule(document: Document) -> tuple[Decimal, Mapping[LineRole, Decimal]] | None:
    """(multiplier, {role: figure as printed}) of the financial data schedule, where the filing has one."""
    at = document.text.rfind("<MULTIPLIER>")
    if at < 0:
        return None
    found = {m[1]: Decimal(m[2].replace(",", "")) for m in _TAG.finditer(document.text[at : at + 8000])}
    multiplier = found.get("MULTIPLIER")
    if not multiplier:
        return None
    return multiplier, {role: found[tag] for tag, role in _SCHEDULE.items() if found.get(tag)}


def scheduled(statement: Statement, schedule: tuple[Decimal, Mapping[LineRole, Decimal]] | None) -> Iterator[Witness]:
    """The scale that a statement's first column then has."""
    if schedule is None:
        return
    multiplier, figures = schedule
    for role, figure in figures.items():
        for line in rows(statement, frozenset({role})):
            for amount in line.amounts[:1]:
                if amount is None or not amount.value:
                    continue
                value = figure * multiplier
                power = next((p for p in PRINTED if bare(amount).scaleb(p) == value), None)
                if power is not None:
                    says = f"the financial data schedule gives {role.value} with a multiplier of {multiplier:,}"
                    yield Witness(value=str(power), says=says, at=amount.at, independent=True)
                    return
