"""A figure: its unit, the period it holds for, and how it is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from ..findings import Position
from ..records import dataclass
from ..reprs import Brief
from .page import Span

_MONTH = 30.4375  # days


class Unit(StrEnum):
    USD = "USD"
    SHARES = "shares"
    PER_SHARE = "USD/shares"
    PURE = "pure"


@dataclass(frozen=True, slots=True, kw_only=True, order=True, repr=False)
class Period(Brief):
    """start None: an instant (the end of that day). Otherwise the first and the last day, both included."""

    end: dt.date
    start: dt.date | None = None

    @property
    def months(self) -> int | None:
        """The length of a duration to the nearest month; None for an instant."""
        return round(((self.end - self.start).days + 1) / _MONTH) if self.start else None

    def _brief(self) -> Iterator[str]:
        yield str(self)

    def __str__(self) -> str:
        end = self.end.isoformat()
        return f"{self.start.isoformat()}/{end}" if self.start else end


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Amount(Brief):
    """A figure as printed. value has the printed sign (parentheses, minus) and the scale applied, in units.

    `digits(shown) x 10^scale = |value|`.  decimals as in XBRL 2.1, 4.6.5; None = INF. A dash is shown "-" with value 0.
    span covers `shown` only: no currency sign, no parenthesis. currency: the sign or code printed beside it ("" for
    none), not yet an ISO code. form: the transformation of `shown`, "hidden" where none yields the value.
    """

    value: Decimal
    shown: str
    scale: int
    decimals: int | None
    unit: Unit
    at: Position
    span: Span
    currency: str = ""
    form: str = "ixt:num-dot-decimal"

    @property
    def places(self) -> int:
        """The digits shown after the decimal point, or after the comma where it is the decimal sign."""
        return len(self.shown.partition("," if self.form == "ixt:num-comma-decimal" else ".")[2])


class FigureKind(StrEnum):
    """What a figure inside a label is."""

    PAR_VALUE = "par value"
    AUTHORIZED = "authorized"
    ISSUED = "issued"
    OUTSTANDING = "outstanding"
    TREASURY = "treasury"
    ALLOWANCE = "allowance"
    ACCUMULATED_DEPRECIATION = "accumulated depreciation"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Figure(Brief):
    """A figure inside a label; it holds at every one of `periods`."""

    amount: Amount
    what: FigureKind
    periods: tuple[Period, ...]
