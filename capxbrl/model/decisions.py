"""What a page says, and what bears it out (package `decisions`)."""

from __future__ import annotations

from enum import StrEnum

from ..findings import Position
from ..records import dataclass
from ..reprs import Brief


class Standing(StrEnum):
    """How the page bears out a reading. proved: an independent witness bears it out and none contradicts; stated: the
    page says so and nothing bears it out or contradicts it; doubtful: witnesses disagree, or nothing says it."""

    PROVED = "proved"
    STATED = "stated"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Witness(Brief):
    """What one place of the page, or its arithmetic, says of a decision.

    value: the candidate it speaks for (against, where `against`). says: a clause that a bookkeeper understands
    ("EPS x shares is net income in 4 columns").  independent: arithmetic, another statement or another part of the
    filing, which bears out what is stated elsewhere; a caption or heading only states.
    """

    value: str
    says: str
    at: Position | None = None
    independent: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Decision(Brief):
    """A question that a page answers ("scale of money"), the value taken, how it stands, and all that was heard."""

    subject: str
    value: str
    standing: Standing
    witnesses: tuple[Witness, ...] = ()
