"""A Conversion: every value that was made of a filing, and the ways out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, writers
from .files import put
from .findings import Finding
from .folder import MANIFEST, manifest, publish
from .model import CoverFact, Document, Entity, Fact, Footing, Report, Statement, Tagged
from .writers import Told
from .writers.facts import as_csv

if TYPE_CHECKING:
    import pandas

    from .gate import Validation


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Everything a conversion made, stage by stage. `files`: relative name -> bytes; `validation` is None when not
    asked for.
    """

    document: Document
    statements: tuple[Statement, ...]
    footings: tuple[Footing, ...]
    tagged: tuple[Tagged, ...]
    cover: tuple[CoverFact, ...]
    entity: Entity
    report: Report
    files: dict[str, bytes]
    findings: tuple[Finding, ...]
    validation: Validation | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.report.facts

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """The facts as a long table, one row a fact, typed columns (`frames.facts`; pandas).

        numbers: "decimal" (exact) or "float".
        """
        from . import frames

        return frames.facts(self.report, numbers=numbers)

    def to_csv(self, path: str | Path | None = None) -> str:
        """The facts as facts.csv; also written to `path` where one is given, whole or not at all."""
        text = as_csv(self.report)
        return _kept(text, path)

    def to_json(self, path: str | Path | None = None) -> str:
        """The whole conversion as conversion.json (docs/schema/conversion.json); also written to `path`."""
        text = writers.tell(self.told(), ["json"])["conversion.json"].decode()
        return _kept(text, path)

    def to_excel(self, path: str | Path) -> Path:
        """A workbook of the statements, facts and findings (extra `excel`). Raises BadData without openpyxl."""
        return _put(writers.tell(self.told(), ["excel"])["facts.xlsx"], path)

    def to_parquet(self, path: str | Path) -> Path:
        """The facts as a Parquet file (extra `parquet`). Raises BadData without pyarrow."""
        return _put(writers.tell(self.told(), ["parquet"])["facts.parquet"], path)

    def told(self) -> Told:
        """What those writers are given that write more than the report."""
        versions, verdict, oim = {"capxbrl": __version__}, "not validated", {}
        if self.validation is not None:
            versions["Arelle"], oim = self.validation.arelle, dict(self.validation.oim)
            verdict = "not judged"
            if self.validation.judged:
                verdict = "valid" if self.validation.valid else "not valid"
        return Told(report=self.report, findings=self.findings, verdict=verdict, versions=versions, oim=oim)

    def save(self, folder: str | Path, *, force: bool = False, inputs: Sequence[str | Path] = ()) -> list[Path]:
        """Make `folder` hold this conversion: its files and their manifest.json, instead of an earlier one's.

        force: also where it holds files of other makers, which stay. inputs: files that must not be overwritten.
        Returns the paths. Raises CapxbrlError where the folder is not ours to fill, or cannot be written.
        """
        judged = self.validation is not None and self.validation.judged
        verdict = self.validation.valid if self.validation is not None and judged else None
        listed = manifest(
            self.files,
            input={"name": self.document.name, "sha256": self.document.digest},
            capxbrl=__version__,
            facts=len(self.facts),
            valid=verdict,
        )
        return publish(self.files | {MANIFEST: listed}, Path(folder), force=force, inputs=inputs)

    def _repr_html_(self) -> str:
        from . import frames

        return frames.summary_html(self.entity.name or self.document.name, self.report, self.statements, self.findings)


def _put(data: bytes, path: str | Path) -> Path:
    put(data, Path(path), ())
    return Path(path)


def _kept(text: str, path: str | Path | None) -> str:
    """The text, which is also written where a path is given."""
    if path is not None:
        _put(text.encode(), path)
    return text
