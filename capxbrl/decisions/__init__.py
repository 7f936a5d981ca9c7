"""What a page says is decided by witnesses, not matched: one module a decision, this one the judge.

A decision has candidates, witnesses for and against each, a value and a standing (model.Decision). Whoever reads a
scale, a period or a currency later asks the record; nobody reads the words again.

`faces` which table is which statement, `periods` the calendar of a filing and the period of a column, `columns` which
columns report, `scale` the powers of ten of money and of shares, `currency` the money. Each takes the evidence of a
page (`evidence`) and hands back a value and its findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Decision, Standing, Witness

__all__ = [
    "CURRENCY",
    "FACE",
    "KIND",
    "OPENING_DAY",
    "PERIOD",
    "SCALE_OF_MONEY",
    "SCALE_OF_SHARES",
    "WHOSE",
    "YOU",
    "decide",
    "weakest",
]

#: Subjects of decisions: of a statement,
SCALE_OF_MONEY = "scale of money"
SCALE_OF_SHARES = "scale of shares"
CURRENCY = "currency"
FACE = "face statement"
WHOSE = "whose statement"
#: and of a column.
PERIOD = "period of the column"
KIND = "kind of the column"
#: Of a line: the day of what there was when its period began.
OPENING_DAY = "day of the opening balance"

#: The witness of a user's own word (`--assume`), which outranks all others.
YOU = "you"
_ORDER = (Standing.DOUBTFUL, Standing.STATED, Standing.PROVED)


def decide(subject: str, witnesses: Iterable[Witness], *, default: str = "") -> Decision:
    """The candidate with most behind it, and how it stands.

    A user's word decides. Else the candidate with most independent witnesses (less those against it) wins, then the one
    stated first; with no witness at all it is `default`, doubtful.
    """
    heard = tuple(witnesses)
    yours = next((w for w in heard if w.says == YOU), None)
    if yours is not None:
        return Decision(subject=subject, value=yours.value, standing=Standing.STATED, witnesses=heard)
    candidates = list(dict.fromkeys(w.value for w in heard if not w.against))
    if not candidates:
        return Decision(subject=subject, value=default, standing=Standing.DOUBTFUL, witnesses=heard)
    value = max(candidates, key=lambda c: (_borne_out(c, heard), _stated(c, heard), -candidates.index(c)))
    return Decision(subject=subject, value=value, standing=_standing(value, heard), witnesses=heard)


def _borne_out(value: str, heard: Sequence[Witness]) -> int:
    """Independent witnesses for a value, less those against it."""
    return sum(-1 if w.against else 1 for w in heard if w.independent and w.value == value)


def _stated(value: str, heard: Sequence[Witness]) -> bool:
    return any(w.value == value and not w.against and not w.independent for w in heard)


def _standing(value: str, heard: Sequence[Witness]) -> Standing:
    contradicted = any(w.against == (w.value == value) for w in heard)
    if contradicted:
        return Standing.DOUBTFUL
    return Standing.PROVED if _borne_out(value, heard) > 0 else Standing.STATED


def weakest(standings: Iterable[Standing]) -> Standing:
    """The standing of what rests on several decisions; proved where it rests on none."""
    return min(standings, key=_ORDER.index, default=Standing.PROVED)
