"""Facts, of the cover (package `cover`) and of the report (package `reports`): who, when and what."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from ..findings import Position
from ..records import dataclass
from ..reprs import Brief, brief
from .concepts import Concept
from .decisions import Decision, Standing
from .figures import Period, Unit
from .page import Span
from .statements import Kind


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CoverFact(Brief):
    """A fact of the cover page: `concept` is a dei name, `value` the XBRL value, `shown` its words on the page.

    format: the transformation that turns `shown` into `value` ("" when they are equal; "hidden" when there is none).
    members: (axis, member) names where classes of securities are told apart. day: the ISO date of a balance that the
    cover dates itself ("shares outstanding as of"); "" = the end of the report's period.
    """

    concept: str
    value: str
    shown: str
    label: str
    span: Span
    at: Position
    format: str = ""
    confidence: float = 1.0
    why: str = "cover page"
    reading: Standing = Standing.STATED
    decision: Decision | None = None
    members: tuple[tuple[str, str], ...] = ()
    day: str = ""


#: The scheme of an identifier that is a Central Index Key.
CIK_SCHEME = "http://www.sec.gov/CIK"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entity(Brief):
    """Who reports: the identifier of every context, and what names the filer's own namespace."""

    scheme: str
    identifier: str
    name: str = ""
    ticker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Context(Brief):
    id: str
    period: Period
    members: tuple[tuple[str, str], ...] = ()  # (axis qname, member qname)


class FactPlace(StrEnum):
    """Where on the page a fact stands."""

    CELL = "cell"
    LABEL = "label"
    PROSE = "prose"
    COVER = "cover"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact(Brief):
    """One tag. Numeric: `value` has the concept's sign, `shown` is tagged with `scale`, and sign="-" where value < 0.

    Text: value is the XBRL value, `shown` the words tagged with `format`.
    Several facts with one span are nested in their order here, the first outermost.
    """

    id: str
    concept: Concept
    context: str
    period: Period
    value: Decimal | str
    shown: str
    span: Span
    at: Position
    statement: Kind
    place: FactPlace
    label: str
    unit: Unit | None = None
    scale: int = 0
    decimals: int | None = None
    format: str = ""
    confidence: float = 1.0
    why: str = ""
    reading: Standing = Standing.STATED  # how the page bears out value, sign, unit and period
    currency: str = "USD"  # the ISO 4217 code that Unit.USD stands for in its report

    @property
    def measure(self) -> str:
        """The unit with the report's own currency: "CAD", "CAD/shares", "shares", "pure"; "" of a text."""
        return self.unit.value.replace(Unit.USD.value, self.currency) if self.unit else ""

    def _brief(self) -> Iterator[str]:
        value = brief(self.value) if isinstance(self.value, str) else f"{self.value:,f} {self.measure}"
        yield from (self.id, self.concept.qname, str(self.period), value, self.reading.value)

    def _repr_html_(self) -> str:
        from ..showing import html

        return html.fact(self)
