"""Lines of a statement as integers, which sums are made of."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Moment
from ..records import dataclass
from .wording import taken_off

Parts = list[tuple["Line", int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as integers: `values` per column (0 where empty), `shown` says which columns print a figure.

    sign: -1 where the words say that it is subtracted. named: the label calls it a total. packed: all values as one
    integer, `wide` apart. balance: of a line that shows an opening or a closing one.
    """

    index: int
    values: tuple[int, ...]
    shown: tuple[bool, ...]
    label: str
    rule: bool
    path: tuple[str, ...]
    indent: int = 0
    sign: int = 1
    named: bool = False
    packed: int = 0
    wide: int = 1
    balance: Moment = Moment.NONE

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that print a figure."""
        return tuple(c for c, shown in enumerate(self.shown) if shown)


def slack(parts: int) -> int:
    """Units of the last place that a sum of rounded figures may miss by: half a unit a figure, two at most."""
    return 1 if parts < 3 else 2


def pack(values: Sequence[int], columns: Sequence[int], wide: int) -> int:
    """The figures of some columns as one integer, each column `wide` times the next."""
    out = 0
    for c in columns:
        out = out * wide + values[c]
    return out


def wide_enough(largest: int) -> int:
    """A power of ten that no sum of a run reaches."""
    return int(10 ** (len(str(largest)) + 3))


def word_sign(label: str, values: Sequence[int]) -> int:
    """-1 for a cost or a contra item printed as a positive figure."""
    return -1 if max(values) > 0 and taken_off(label) else 1
