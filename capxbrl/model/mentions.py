"""Figures of running text, and what comparing them with the statements came to (package `prose`)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from ..findings import Position
from ..records import dataclass
from ..reprs import Brief
from .figures import Period
from .page import Span


class Counted(StrEnum):
    """What a figure of running text counts: money, money per share, per cent, or money per unit of something else."""

    MONEY = "money"
    SHARE = "share"
    PERCENT = "percent"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Number(Brief):
    """text[start:end] of a sentence are the digits. value in units (per cent for "%"), step: a unit of the last
    place."""

    start: int
    end: int
    stop: int  # after the scale word, the sign and the parenthesis
    value: Decimal
    step: Decimal
    unit: Counted


class ClaimKind(StrEnum):
    """What a figure says of a subject; NONE: nothing that can be told."""

    NONE = ""
    LEVEL = "level"
    CHANGE = "change"
    PERCENT_CHANGE = "percent change"
    SHARE_OF = "share of"


class Verdict(StrEnum):
    """What comparing a figure of running text with the statements comes to."""

    AGREES = "agrees"
    ROUNDED = "rounded"
    DISAGREES = "disagrees"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Mention(Brief):
    """A figure of the running text.

    periods: those it may speak of. why: what it was compared with, in words for a person. of: the (statement, line) and
    the period of the figure it agrees with, where that is one cell of a table; of one that disagrees the cell whose
    figure it has. words: the sentence's words around it.
    certain: the words name one subject of the whole company and one period, and nothing else can be meant.
    cause: of a disagreement, what others that are wrong in the same way share ("scale 3": the text says 1,000 times as
    much; "A and B": the figure that the table shows for one period is said of the other).
    """

    shown: str
    span: Span
    at: Position
    figure: Number
    role: ClaimKind
    subject: str
    periods: tuple[Period, ...]
    verdict: Verdict
    why: str = ""
    of: tuple[tuple[int, int], Period] | None = None
    words: str = ""
    certain: bool = False
    cause: str = ""
