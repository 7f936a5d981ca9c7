"""What is compared: the facts of two reports, and what differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..reprs import Brief

Value = Decimal | str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ComparedFact(Brief):
    """A fact as any report gives it. concept is prefix:name; start None: an instant; decimals None: exact, or a text.
    members: (axis, member), sorted. label, statement: "" where only the report's taxonomy knows them. at: its place on
    the page, or its id.
    """

    concept: str
    start: dt.date | None
    end: dt.date | None
    unit: str
    value: Value
    decimals: int | None = None
    members: tuple[tuple[str, str], ...] = ()
    label: str = ""
    statement: str = ""
    at: str = ""

    @property
    def name(self) -> str:
        """The local name: elements of two vintages, and ours, are the same where it is."""
        return self.concept.rpartition(":")[2]

    @property
    def period(self) -> str:
        return f"{self.start}/{self.end}" if self.start else str(self.end or "")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Side(Brief):
    """One of two reports. name: as it was given; entity: who reports; day: the end of its period, if said."""

    name: str
    entity: str
    day: dt.date | None
    facts: tuple[ComparedFact, ...]


class DifferenceKind(StrEnum):
    """How two reports differ in a fact.

    restated: another value for the same period in a report of another day. changed: in one of the same day. rounded:
    values that agree within what their decimals tell. concept: the same line, with the same value or label, under
    another element.  gone: only in the first. added: only in the second.
    """

    RESTATED = "restated"
    CHANGED = "changed"
    ROUNDED = "rounded"
    CONCEPT = "concept"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Difference(Brief):
    """before, after: the fact of the first and of the second report, None where it has none."""

    kind: DifferenceKind
    before: ComparedFact | None = None
    after: ComparedFact | None = None

    @property
    def fact(self) -> ComparedFact:
        found = self.before or self.after
        assert found is not None
        return found

    @property
    def change(self) -> Decimal | None:
        """After less before, of figures."""
        values = [f.value if f else None for f in (self.before, self.after)]
        old, new = values
        return new - old if isinstance(old, Decimal) and isinstance(new, Decimal) else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison(Brief):
    """Two reports and what differs, by kind, each in the order of its report. shared: the periods that both show, as
    either dates them."""

    before: Side
    after: Side
    differences: tuple[Difference, ...]
    shared: frozenset[str] = frozenset()

    @property
    def equal(self) -> bool:
        return not self.differences

    def of(self, kind: DifferenceKind) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.kind is kind)
