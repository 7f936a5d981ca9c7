"""The tolerances of ties: what is searched for a cause, and how far figures may miss each other.

Found on statements of 1993 to 2025 and with errors put in (evals/errors.py).
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from decimal import Decimal

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TieTolerances:
    """In lines unless a field says otherwise."""

    #: Part of income that earnings per share times shares may miss it by: participating securities move it little, ...
    basic: Decimal = Decimal("0.02")
    #: ... and what conversion adds back moves diluted earnings more. With less, sound filings are accused.
    diluted: Decimal = Decimal("0.1")
    #: Part of income within which a product is the income at another power of a thousand.
    scaled: Decimal = Decimal("0.1")
    #: Totals that are looked at when a sum is broken.
    totals: int = 5
    #: Causes of each that are tried on the whole statement; with fewer, the true one may be missed.
    tried: int = 10
    #: Causes that are told.
    told: int = 3
    #: Exchanged cells that are tried although no gap asks for them: the sum may have a sign of its own.
    blind: int = 16
    #: Causes of one statement that are tried at all: each costs one footing.
    all: int = 28
    #: Lines that a sum is looked for in, ...
    reach: int = 60
    #: ... and those of them where it may begin anywhere.
    near: int = 5
    #: Rules of a statement that stand at its totals, before a rule that does not is taken for the place of one.
    rules: int = 3
    #: Lines of figures between the expenses and the result that they lead to, at most.
    between: int = 1
    #: Lines of a section without a total that are enough where one section more has its own, ...
    many: int = 4
    #: ... and where two have.
    few: int = 2


TIES = TieTolerances()
