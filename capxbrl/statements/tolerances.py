"""The tolerances of statements: how figures look, and what belongs to one table.

Found on releases and reports of 1993 to 2025.
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from decimal import Decimal

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTolerances:
    """What the look of a figure says of its unit, where words are silent; figures as printed."""

    #: No figure per share is so large; a number of shares is seldom smaller.
    large: int = 1000
    #: Whole dollars per share are smaller.
    small: int = 100
    #: Bare earnings per share are below so many dollars.
    most: int = 500
    #: A statement of whole numbers has so many figures of money, ...
    enough: int = 6
    #: ... this share of them without a point.
    whole: Decimal = Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTolerances:
    """Which blocks and rows belong to one table."""

    #: A title stands at most so many blocks above its table.
    above: int = 8
    #: Of two blocks of one statement more than this part of the lines are the same.
    same: float = 0.6
    #: So many blocks may stand at a page end: the number of the page, a running head, ...
    page_end: int = 4
    #: ... which has no more characters.
    short: int = 80
    #: A page has so many rows of bare figures before they are taken to stand above their labels.
    bare: int = 3
    #: So many references, and no other figure, make a column of them.
    references: int = 2


UNITS, BLOCKS = UnitTolerances(), BlockTolerances()
