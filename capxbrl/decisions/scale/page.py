"""A statement whose scale is decided, and how it and a scale are called."""

from __future__ import annotations

from ...evidence import DecidedTable
from ...model import Statement, Witness
from ...records import dataclass

NAMES = {
    0: "single units",
    2: "hundreds",
    3: "thousands",
    4: "tens of thousands",
    5: "hundreds of thousands",
    6: "millions",
    7: "tens of millions",
    8: "hundreds of millions",
    9: "billions",
    12: "trillions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A statement as first read, with what its own captions state."""

    table: DecidedTable
    statement: Statement
    said: tuple[Witness, ...]
    shares: int | None


def name_of(power: str) -> str:
    """The word of a power of ten."""
    return NAMES.get(int(power), f"units of 10^{power}")


def called(statement: Statement) -> str:
    """A statement by its kind: "balance sheet"."""
    return statement.kind.value.replace("_", " ")
