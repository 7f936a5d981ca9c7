"""Document and tagged statements -> what each figure of the running text says, tied to the statements.

Each ends as: agrees; rounded (agrees only with figures that are rounded first); disagrees; or nothing to compare.
A disagreement is only claimed with a reason: the figure is that of another period, one slip makes it right, or the
amounts it is made of agree while it does not.  Text that merely speaks of something else is nothing to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..findings import Position
from ..model import Document, Paragraph, Period, Span, Tagged, place
from .calendar import calendar_of
from .compare import Tables, verdict_of
from .figures import Figure
from .sentences import Claim, claims, sentences
from .subjects import lexicon_of

__all__ = ["Mention", "Verdict", "read_prose"]


class Verdict(StrEnum):
    AGREES = "agrees"
    ROUNDED = "rounded"
    DISAGREES = "disagrees"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure of the running text. role: "level", "change", "percent change" or "share of".

    periods: those it may speak of. why: what it was compared with, in words for a person. row: (statement, line) of the
    figure it agrees with, where that is one cell of a table. words: the sentence's words around it.
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
    row: tuple[int, int] | None = None
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
        verdict, why, row = verdict_of(claim, found, tables, confirmed)
        if verdict == "agrees" and claim.role == "level" and claim.explicit:
            confirmed.add(claim.name)
        figure = claim.figure
        span = Span(block=number, start=start + figure.start, end=start + figure.end)
        made[k] = Mention(
            shown=text[figure.start : figure.end], span=span, at=place(block, start + figure.start), figure=figure, role=claim.role,
            subject=claim.name, periods=claim.periods, verdict=Verdict(verdict), why=why, row=row,
            words=" ".join([*text[: figure.start].split(" ")[-9:]]) + " ".join(text[figure.start :].split(" ")[:7]),
        )  # fmt: skip
    yield from (made[k] for k in sorted(made))
