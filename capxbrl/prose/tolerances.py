"""The tolerances of running text: how near words stand to the figure that they are about, and what tells a slip.

Found on releases and reports of 1993 to 2025, with true sentences and with figures changed.
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseTolerances:
    """In characters of folded text unless a field says otherwise."""

    #: A figure so near that agrees bears another out.
    beside: int = 1500
    #: In parentheses so short stands a figure, no words.
    figure: int = 14
    #: "from" or "than" leads to a figure so near behind it, ...
    to_figure: int = 24
    #: ... or to a period.
    to_period: int = 16
    #: "excluding" and its subject, a figure and the subject behind it are so near.
    subject: int = 60
    #: A word of change stands so near before its figure.
    change: int = 120
    #: A word that narrows a subject stands so near before it, ...
    narrows: int = 40
    #: ... and none behind it where a period or a figure follows so near.
    follows: int = 12
    #: "up" and "down" count for a figure from so far behind it.
    turn: int = 20
    #: "per share" stands so near before a figure in dollars and cents.
    per_share: int = 200
    #: Words that a name has at most, and ...
    name: int = 10
    #: ... words of a label that running text may repeat.
    label: int = 9
    #: Digits that a figure must have before one slip explains that it differs, ...
    digits: int = 3
    #: ... and where the figures beside it agree.
    digits_confirmed: int = 2
    #: Units of the last place: a smaller figure is too round to be told wrong, since many round to it.
    telling: int = 10
    #: Days that the end of a period and the day named differ by: filers write the last day of a month.
    day: int = 3
    #: Days by which a period and that of a year ago differ from a year.
    year: int = 10


PROSE = ProseTolerances()
