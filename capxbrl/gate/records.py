"""What the gate gives back: frozen records, no Arelle object inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..findings import Finding, Severity
from ..reprs import Brief


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadFact(Brief):
    """A fact as the validator read it back.

    concept is prefix:name.  value: Decimal for a number, else the XBRL value; None = nil.  decimals None = INF or not
    numeric.
    unit: "USD", "shares", "USD/shares", "pure"; other measures with their prefix.
    start, end as in model.Period: an instant has no start; end is the last day.  None, None = forever or no context.
    members: (axis, member) qnames, by axis.
    """

    id: str
    concept: str
    namespace: str
    value: Decimal | str | None
    decimals: int | None
    unit: str | None
    scheme: str
    entity: str
    start: dt.date | None
    end: dt.date | None
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Check(Brief):
    """One kind of check: its specification and version, and where it did not run, why not."""

    name: str
    version: str
    ran: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Package(Brief):
    """A taxonomy package that a report was validated with. sha256: of the file, or of the files of a taxonomy that
    capxbrl brings along.
    """

    path: Path
    sha256: str
    own: bool = False

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Validation(Brief):
    """The outcome of validating one report.

    packages: (name, SHA-256) of the taxonomy packages used. own: the same of the taxonomies that capxbrl brings along.
    documents: the inline or instance documents.  dts: every schema and linkbase read, by URL; those beside the report
    by file name.  viewer: names of the viewer's files, where they were asked for and written. judged: False where a
    taxonomy was not at hand, so that no check ran. oim: xBRL-JSON and xBRL-CSV as Arelle wrote
    them, by file name, where they were asked for.
    """

    report: str
    packages: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    facts: tuple[ReadFact, ...]
    checks: tuple[Check, ...]
    documents: tuple[str, ...]
    dts: tuple[str, ...]
    arelle: str
    viewer: tuple[str, ...] = ()
    judged: bool = True
    own: tuple[tuple[str, str], ...] = ()
    oim: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def valid(self) -> bool:
        """Judged, and no finding of severity error."""
        return not any(f.severity is Severity.ERROR for f in self.findings)
