"""Elements (`taxonomy`), and the lines that carry them (package `tagging`)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from ..records import dataclass
from ..reprs import Brief
from .decisions import Standing
from .proofs import Footing
from .statements import LineRole, Statement


class ItemType(StrEnum):
    """The item type of an element, by the short names of the tables; the last four are of elements without facts."""

    MONETARY = "monetary"
    PER_SHARE = "perShare"
    SHARES = "shares"
    PURE = "pure"
    PERCENT = "percent"
    STRING = "string"
    DATE = "date"
    BOOLEAN = "boolean"
    DOMAIN = "domain"
    ABSTRACT = "abstract"
    TABLE = "table"
    LINE_ITEMS = "lineitems"
    AXIS = "axis"


class PeriodType(StrEnum):
    """What an element is of (XBRL 2.1, 5.1.1.1)."""

    INSTANT = "instant"
    DURATION = "duration"


class Balance(StrEnum):
    """The side of an account that a monetary element is on (XBRL 2.1, 5.1.1.2)."""

    DEBIT = "debit"
    CREDIT = "credit"
    NONE = ""

    @property
    def opposite(self) -> Balance:
        return {Balance.DEBIT: Balance.CREDIT, Balance.CREDIT: Balance.DEBIT}.get(self, self)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Concept(Brief):
    """An element.

    prefix "capx-gaap" or "capx-dei" for ours, the filer's own prefix for an extension.
    vintages: ("2009", element name) pairs; an empty name = that year has no such element; absent = not known.
    role: what a line that carries it is.
    """

    name: str
    type: ItemType
    period: PeriodType
    balance: Balance = Balance.NONE
    label: str = ""
    documentation: str = ""
    prefix: str = "capx-gaap"
    abstract: bool = False
    extension: bool = False
    parent: str = ""  # for an extension: the nearest standard concept, by calculation or meaning
    vintages: tuple[tuple[str, str], ...] = ()
    role: LineRole = LineRole.NONE

    @property
    def qname(self) -> str:
        """prefix:name, as facts.csv writes it."""
        return f"{self.prefix}:{self.name}"

    def _brief(self) -> Iterator[str]:
        extension = ("extension",) if self.extension else ()
        yield from filter(None, (self.qname, self.type.value, self.period.value, self.balance.value, *extension))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Match(Brief):
    """A concept chosen for a line or a figure. fact value = weight x printed value.

    confidence is 0 to 1; `why` names what decided ("synonym", "override", "proof", ...) in a few words.
    members: (axis, member) concept names where the line differs by a dimension. others: what it may be as well.
    """

    concept: Concept
    weight: int
    confidence: float
    why: str
    members: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TaggedLine(Brief):
    """The matches of one line (none for a heading; two where "basic and diluted" share a figure), and of its figures.

    role: what the line is by its words, else by its concept.
    """

    matches: tuple[Match, ...] = ()
    role: LineRole = LineRole.NONE
    figures: tuple[tuple[Match, ...], ...] = ()  # one entry per Figure of the line
    readings: tuple[Standing | None, ...] = ()  # one entry per column (readings.py)
    figure_readings: tuple[Standing, ...] = ()  # one entry per Figure


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tagged(Brief):
    """A statement with its proofs and a TaggedLine for each of its lines."""

    statement: Statement
    footing: Footing
    lines: tuple[TaggedLine, ...]
