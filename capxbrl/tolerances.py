"""The tolerances of figures, of their repair, their standing and the checks of a report.

Found on releases and reports of 1993 to 2025, and with errors put in (evals/errors.py).
tests/test_stage_tolerances.py moves them far. Each stage that is a package has its own.
"""

from __future__ import annotations

from .records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountTolerances:
    """In characters unless a field says otherwise."""

    #: So long may be what only begins or ends a figure, or a cell of leaders with a dash; what is longer is text.
    bare: int = 80
    #: A longer run of strokes is a drawn rule, no dash.
    dash: int = 4
    #: Figures of a likely way (1,50) that make it the way of a table: with fewer, a slip turns points into commas.
    ways: int = 3
    #: Letters that may stand in a figure that cannot be read: "l6,35O", "3.5x".
    letters: int = 2
    #: Beside an unread figure no sign of a currency has more letters.
    spelled: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairTolerances:
    """What a change of a figure is worth, as a logarithm of how likely it is."""

    #: Each relation that it mends, ...
    mends: float = 4.0
    #: ... breaks, ...
    breaks: float = -6.0
    #: ... or leaves broken.
    leaves: float = -3.0
    #: That the figure comes one decade nearer to those beside it, ...
    likeness: float = 2.0
    #: ... of which its sign counts so much.
    sign: float = 0.5
    #: How far the likeliest must be ahead of the next to be taken for the figure that is wrong.
    clear: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTolerances:
    """What bears a figure out."""

    #: Digits that must agree before a sum is believed: a sum of small figures holds by chance.
    digits: int = 3
    #: A figure of running text of so many units of its last place is that of one cell, not of many.
    telling: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTolerances:
    """What a check of a report takes for an error."""

    #: Decades between two columns, in the middle of all lines, that no growth explains, ...
    decades: float = 2.5
    #: ... and the lines that it takes.
    lines: int = 6
    #: A difference of so few units of the last place is another fact's by chance, and explains nothing.
    telling: int = 20
    #: So many lines below the end are a note of the company's ("Depreciation", "Dividends"), more are a table.
    note: int = 4


AMOUNTS, REPAIRS, READINGS, RULES = AmountTolerances(), RepairTolerances(), ReadingTolerances(), RuleTolerances()
