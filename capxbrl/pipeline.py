"""`convert`: the whole road from the bytes of a filing to a validated report, in one plain function."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import cover, footing, prose, reports, rules, statements, tagging, taxonomy, ties, writers
from . import repair as repairing
from .files import load as load_file
from .files import save
from .findings import Finding, Outcome
from .model import CoverFact, Document, Entity, Fact, Footing, Report, Statement, Tagged
from .readers import MAX_BYTES, read

if TYPE_CHECKING:
    import pandas

    from .gate import Validation

#: Called with the name of the step that begins; for a progress display.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Everything a conversion made, stage by stage. `files`: relative name -> bytes; `validation` is None when not asked for."""

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

    def to_frame(self) -> pandas.DataFrame:
        """The facts as a long table, one row a fact (pandas)."""
        from . import frames

        return frames.facts(self.report)

    def save(self, folder: str | Path) -> list[Path]:
        """Write all files into `folder`, each whole or not at all. Returns their paths."""
        return save(self.files, Path(folder))

    def _repr_html_(self) -> str:
        from . import frames

        return frames.conversion_html(self)


def load(source: str | Path | bytes, name: str | None = None) -> Outcome[Document]:
    """Read a file, or the bytes of one. Raises UnreadableInput with a clear text."""
    if isinstance(source, bytes):
        return read(source, name or "input")
    path = Path(source)
    # A name of bytes that are no UTF-8 must not spoil what is written.
    return read(load_file(path, MAX_BYTES), name or os.fsencode(path.name).decode("utf-8", "replace"))


def analyse(
    document: Document, *, taxonomy_name: str = taxonomy.DEFAULT, overrides: Sequence[Path | str] = (), cik: str | None = None,
    namespace_base: str | None = None, all_tables: bool = False, min_confidence: float | None = None, repair: bool = False,
    tag_prose: bool = False, learned: Path | None = None,
) -> tuple[Conversion, list[Finding]]:  # fmt: skip
    """Every stage up to the report, without files and without Arelle.

    repair: first change the figures that one slip explains beyond doubt; each change is a finding `repair.applied`.
    tag_prose: also tag the figures of running text that agree with a statement.
    learned: another learned table than the shipped one (`capxbrl learn`).
    """
    if repair:
        document, changes = repaired(document, all_tables=all_tables)
        made, findings = analyse(
            document, taxonomy_name=taxonomy_name, overrides=overrides, cik=cik, namespace_base=namespace_base,
            all_tables=all_tables, min_confidence=min_confidence, tag_prose=tag_prose, learned=learned,
        )  # fmt: skip
        findings = sorted([*changes, *findings], key=_line)
        return replace(made, findings=tuple(findings)), findings
    concepts = taxonomy.load(taxonomy_name)
    found, a = statements.parse_statements(document, all_tables=all_tables)
    proofs, b = footing.foot(found)
    tagged, c = tagging.tag(
        found, proofs, concepts, overrides=tagging.load_overrides(overrides), learned=learned, min_confidence=min_confidence
    )  # fmt: skip
    cover_facts, d = cover.read_cover(document)
    entity, e = cover.find_entity(document, cover_facts, cik=cik)
    report, f = reports.build_report(
        document, tagged, cover_facts, entity, concepts, namespace_base=namespace_base or taxonomy.BASE_URL
    )
    g = rules.check(report)
    if tag_prose:
        report = replace(report, facts=prose.prose_facts(report, prose.read_prose(document, tagged)))
    # In the order of the page, as a person goes through it.
    findings = sorted([*a, *b, *c, *d, *e, *f, *g], key=_line)
    made = Conversion(
        document=document, statements=found, footings=proofs, tagged=tagged, cover=cover_facts, entity=entity,
        report=report, files={}, findings=tuple(findings),
    )  # fmt: skip
    return made, findings


def repaired(document: Document, *, all_tables: bool = False) -> Outcome[Document]:
    """The document with every figure changed that one slip explains beyond doubt, and a finding for each change."""
    found, _ = statements.parse_statements(document, all_tables=all_tables)
    proofs, _ = footing.foot(found)
    tagged, _ = tagging.tag(found, proofs, taxonomy.load(taxonomy.DEFAULT))
    return repairing.apply(document, repairing.problems(ties.relations(tagged), tagged), tagged)


def _line(finding: Finding) -> tuple[int, int]:
    at = finding.at
    return (at.line or 0, at.column or 0) if at else (0, 0)


def convert(
    source: str | Path | bytes, *, name: str | None = None, taxonomy_name: str = taxonomy.DEFAULT,
    overrides: Sequence[Path | str] = (), cik: str | None = None, namespace_base: str | None = None,
    packages: Sequence[Path | str] = (), validate: bool = True, viewer: bool = True, all_tables: bool = False,
    min_confidence: float | None = None, repair: bool = False, tag_prose: bool = False,
    learned: Path | None = None, formats: Iterable[str] = (), progress: Progress | None = None,
) -> Conversion:  # fmt: skip
    """Convert one filing.

    source: a path, or the bytes of a file (then `name` says what to call it).  packages: taxonomy packages (zip) to
    validate with.  formats: names of writers to use; all when empty.  repair, tag_prose, learned: as in
    `analyse`.  Raises UnreadableInput or BadData.
    """
    tell = progress or (lambda step: None)
    tell("reading")
    document, findings = load(source, name)
    tell("mapping")
    made, found = analyse(
        document, taxonomy_name=taxonomy_name, overrides=overrides, cik=cik, namespace_base=namespace_base,
        all_tables=all_tables, min_confidence=min_confidence, repair=repair, tag_prose=tag_prose,
        learned=learned,
    )  # fmt: skip
    all_findings = [*findings, *found]
    if not made.report.facts:
        return replace(made, findings=tuple(all_findings), files=writers.notes(all_findings, document))
    tell("writing")
    files = writers.write(made.report, formats)
    validation = None
    if validate:
        tell("validating")
        from . import gate

        with tempfile.TemporaryDirectory(prefix="capxbrl-") as folder:
            path = Path(folder)
            save(files, path)
            validation = gate.validate(
                path / writers.PACKAGE, packages=[Path(p) for p in packages], viewer=path if viewer else None
            )
            if viewer:
                files |= {n: (path / n).read_bytes() for n in gate.VIEWER_FILES if (path / n).exists()}
        all_findings += [traced(f, made.report) for f in validation.findings]
        files["receipt.txt"] = gate.receipt(validation).encode()
    files |= writers.notes(all_findings, document)
    return replace(made, findings=tuple(all_findings), files=files, validation=validation)


def traced(finding: Finding, report: Report) -> Finding:
    """A finding of the validator led back from its fact to the line of the source."""
    fact = next((f for f in report.facts if f.id == finding.fact), None)
    return replace(finding, at=fact.at) if fact else finding
