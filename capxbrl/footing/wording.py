"""What the words of a label say of sums: how likely its line is a total, and whether it is taken off.

One owner for footing and for what asks it (`ties`); the words are `words/footing.csv`.
"""

from __future__ import annotations

from functools import lru_cache

from ..model import Kind
from ..words import pattern

_LONGEST = 200  # characters of a label that is kept with its answer


def called_total(label: str) -> bool:
    """It calls itself a total."""
    return says("called a total", label)


def sure_total(label: str) -> bool:
    """Lines of these words are totals in nearly every statement that has them."""
    return says("sure total", label)


def likely_total(label: str, kind: Kind) -> bool:
    """Lines of these words may well be totals."""
    where = " of a balance sheet" if kind is Kind.BALANCE_SHEET else ""
    return says(f"likely total{where}", label) or sure_total(label)


def worded_total(label: str) -> bool:
    """Its words make it a total where a sum bears them out."""
    return says("total", label)


def whole_per_share(label: str) -> bool:
    """As `sure_total` among figures per share, where the words of the lines are shorter."""
    return says("sure total per share", label) and not says("part per share", label)


def taken_off(label: str) -> bool:
    """A cost or a contra item: what stands above it is lessened by it."""
    return says("taken off", label)


def result(label: str) -> bool:
    """What a chain of income leads to, of whatever expenses and other income."""
    return says("result", label)


def total_of_expenses(label: str) -> bool:
    """The end of a section of expenses."""
    return says("total of expenses", label.strip(" .:*"))


def heading_of_income(label: str) -> bool:
    """The heading of a section of income, which ends in a total."""
    return says("heading of income", label.strip(" .:*"))


def says(name: str, label: str) -> bool:
    """The label is one of this list of `words/footing.csv`."""
    return _says(name, label) if len(label) <= _LONGEST else _says.__wrapped__(name, label)


@lru_cache(maxsize=4096)  # several stages ask the same of a label
def _says(name: str, label: str) -> bool:
    return pattern("footing", name).search(label) is not None
