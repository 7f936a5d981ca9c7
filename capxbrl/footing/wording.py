"""What the words of a label say of sums: how likely its line is a total, and whether it is taken off.

One owner for footing and for what asks it (`ties`); the words are `words/footing.csv`.
"""

from __future__ import annotations

from ..model import Kind
from ..words import pattern


def called_total(label: str) -> bool:
    """It calls itself a total."""
    return _says("called a total", label)


def sure_total(label: str) -> bool:
    """Lines of these words are totals in nearly every statement that has them."""
    return _says("sure total", label)


def likely_total(label: str, kind: Kind) -> bool:
    """Lines of these words may well be totals."""
    where = " of a balance sheet" if kind is Kind.BALANCE_SHEET else ""
    return _says(f"likely total{where}", label) or sure_total(label)


def worded_total(label: str) -> bool:
    """Its words make it a total where a sum bears them out."""
    return _says("total", label)


def whole_per_share(label: str) -> bool:
    """As `sure_total` among figures per share, where the words of the lines are shorter."""
    return _says("sure total per share", label) and not _says("part per share", label)


def taken_off(label: str) -> bool:
    """A cost or a contra item: what stands above it is lessened by it."""
    return _says("taken off", label)


def result(label: str) -> bool:
    """What a chain of income leads to, of whatever expenses and other income."""
    return _says("result", label)


def total_of_expenses(label: str) -> bool:
    """The end of a section of expenses."""
    return _says("total of expenses", label.strip(" .:*"))


def heading_of_income(label: str) -> bool:
    """The heading of a section of income, which ends in a total."""
    return _says("heading of income", label.strip(" .:*"))


def _says(name: str, label: str) -> bool:
    return pattern("footing", name).search(label) is not None
