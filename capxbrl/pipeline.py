"""`convert`: the whole road from the bytes of a filing to a validated report, in one plain function."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import (
    cover,
    footing,
    prose,
    readings,
    receipt,
    reports,
    rules,
    statements,
    tables,
    tagging,
    taxonomy,
    ties,
    viewer,
    writers,
)
from . import repair as repairing
from .conversion import Conversion
from .decisions import WHOSE
from .decisions.whose import same_company
from .files import MAX_BYTES, save, scratch
from .files import load as load_file
from .findings import BadData, Finding, Outcome, Position, Severity, numbered
from .model import (
    CoverFact,
    Document,
    Entity,
    Footing,
    Header,
    Profile,
    Report,
    Standing,
    Statement,
    Tagged,
)
from .options import DEFAULTS, Options, choose
from .readers import read
from .readers.ocr import is_installed
from .readers.printed_pages import ranges

__all__ = ["Conversion", "analyse", "convert", "load", "opened", "repaired", "traced", "validated"]

#: Called with the name of the step that begins; for a progress display.
Progress = Callable[[str], None]


def load(
    source: str | Path | bytes, name: str | None = None, *, ocr: bool = False, progress: Progress | None = None
) -> Outcome[Document]:
    """Read a file, or the bytes of one. ocr: read pages that are pictures anew. Raises UnreadableInput."""
    if isinstance(source, bytes):
        return read(source, name or "input", ocr=ocr, tell=progress)
    path = Path(source)
    # A name of bytes that are no UTF-8 must not spoil what is written.
    name = name or os.fsencode(path.name).decode("utf-8", "replace")
    return read(load_file(path, MAX_BYTES), name, ocr=ocr, tell=progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mapped:
    """The statements, what they prove, and their concepts."""

    statements: tuple[Statement, ...]
    footings: tuple[Footing, ...]
    tagged: tuple[Tagged, ...]


def analyse(document: Document, options: Options = DEFAULTS) -> Outcome[Conversion]:
    """Every stage up to the report, without files and without Arelle."""
    changes: tuple[Finding, ...] = ()
    if options.repair:
        document, changes = repaired(document, options)
    cover_facts, b = cover.read_cover(document)
    registrant = _registrant(cover_facts)
    mapped, a = _map(document, options, registrant)
    parsed = mapped.statements
    related = ties.relations(mapped.tagged)
    mentions = prose.read_prose(document, mapped.tagged)
    tagged = readings.weigh(readings.hear(mapped.tagged, mentions), related)
    mapped = replace(mapped, tagged=tagged, statements=tuple(one.statement for one in tagged))
    day = reports.report_date(document, cover_facts, mapped.tagged)
    concepts, v = taxonomy.vintage_of(options.taxonomy_name, day)
    entity, c = cover.find_entity(document, cover_facts, cik=options.cik)
    if other := _another(mapped.statements, entity, options):
        # The cover is the filer's, and so is its identifier.
        cover_facts = ()
        entity, c = cover.find_entity(replace(document, blocks=(), header=Header(company=other)), (), cik=options.cik)
    report, d = reports.build_report(
        document,
        mapped.tagged,
        cover_facts,
        entity,
        concepts,
        namespace_base=options.namespace_base or taxonomy.BASE_URL,
        profile=options.profile,
        layout=options.layout,
    )
    report = replace(report, mentions=mentions)
    e = rules.check(report)
    if options.tag_prose:
        report = replace(report, facts=prose.prose_facts(report))
    arithmetic = repairing.explained((*a, *e), repairing.problems(related, mapped.tagged), mapped.tagged)
    told = [*_guessed(options), *_unheard(document, options, parsed, registrant), *changes, *arithmetic]
    told += [*b, *v, *c, *d]
    told += readings.doubtful(mapped.tagged, related, cover_facts, told, strict=options.strict)
    # In the order of the page, as a person goes through it.
    findings = tuple(sorted(told, key=_line))
    made = Conversion(
        document=document,
        statements=mapped.statements,
        footings=mapped.footings,
        tagged=mapped.tagged,
        cover=cover_facts,
        entity=entity,
        report=report,
        files={},
        findings=findings,
    )
    return Outcome(made, findings)


def opened(
    source: str | Path | bytes, name: str | None = None, options: Options = DEFAULTS, progress: Progress | None = None
) -> Outcome[Conversion]:
    """A file, or the bytes of one, read and analysed; a scan whose text does not add up is read anew from its pictures,
    where the extra `ocr` is installed. Raises UnreadableInput."""
    document, a = load(source, name, ocr=options.ocr is True, progress=progress)
    made, b = analyse(document, options)
    first = Outcome(made, (*a, *b))
    if options.ocr is True or not document.scanned or not _adds_up_ill(first):
        return first
    if options.ocr is False or not is_installed():
        return Outcome(made, (_poor_text(document, anew=False), *first.findings))
    document, a = load(source, name, ocr=True, progress=progress)
    again, b = analyse(document, options)
    if _proved(again) < _proved(made):
        return first
    return Outcome(again, (_poor_text(made.document, anew=True), *a, *b))


#: What is told of sums, columns and rows that were read wrongly: the first word of its code.
_READ_ILL = ("foot", "read", "columns", "statement", "statements")


def _adds_up_ill(made: Outcome[Conversion]) -> bool:
    return any(f.severity is not Severity.NOTE and f.code.split(".")[0] in _READ_ILL for f in made.findings)


def _proved(made: Conversion) -> int:
    return sum(fact.reading is Standing.PROVED for fact in made.facts)


def _poor_text(document: Document, *, anew: bool) -> Finding:
    """What is done, or can be, about the text behind the pictures of a scan."""
    pages = f"{numbered(len(document.scanned), 'scanned page')} {ranges(document.scanned)}"
    return Finding(
        code="pdf.poor-text",
        severity=Severity.NOTE if anew else Severity.WARNING,
        at=Position(source=document.name),
        message=f"the text behind the {pages} has figures that do not add up"
        + (": they were read anew from their pictures" if anew else ""),
        hint=None if anew else "read the pages anew: --ocr (needs the extra: pip install 'capxbrl[ocr]')",
    )


def _another(found: Sequence[Statement], entity: Entity, options: Options) -> str:
    """The company that the statements are of, as the page names it, where that was asked for and is not the filer."""
    names = [d.value for s in found for d in s.decisions if d.subject == WHOSE] if options.statements_of else []
    return names[0] if names and not same_company(names[0], entity.name) else ""


def _unheard(document: Document, options: Options, made: tuple[Statement, ...], registrant: str) -> tuple[Finding, ...]:
    """What the user assumed that no decision needed: nobody may believe that it was heeded."""
    return tuple(
        Finding(
            code="options.unheard",
            severity=Severity.WARNING,
            message=f"--assume {name}={value} changed nothing",
            hint="the page is read as without it; check what it is about by hand",
        )
        for name, value in options.assume.said().items()
        if _statements(document, replace(options, assume=options.assume.without(name)), registrant).value == made
    )


def _guessed(options: Options) -> Iterator[Finding]:
    """Overrides that are neither marked nor UTF-8."""
    for path in map(Path, (*options.overrides, *options.precedents)):
        if tables.decoded(path)[1]:
            yield Finding(
                code="read.encoding",
                severity=Severity.NOTE,
                at=Position(source=path.name),
                message="neither UTF-8 nor marked: read as Windows-1252",
                hint="save it as CSV UTF-8 where letters with accents matter",
            )


def _registrant(cover_facts: Sequence[CoverFact]) -> str:
    return next((f.value for f in cover_facts if f.concept == "EntityRegistrantName"), "")


def _statements(document: Document, options: Options, registrant: str) -> Outcome[tuple[Statement, ...]]:
    return statements.parse_statements(
        document,
        all_tables=options.all_tables,
        assume=options.assume,
        registrant=registrant,
        statements_of=options.statements_of,
    )


def _map(document: Document, options: Options, registrant: str) -> Outcome[_Mapped]:
    """The statements of a document and their concepts."""
    found, a = _statements(document, options, registrant)
    proofs, b = footing.foot(found)
    tagged, c = tagging.tag(
        found,
        proofs,
        taxonomy.load(),
        overrides=tagging.load_overrides(options.overrides, options.precedents),
        learned=options.learned,
        min_confidence=options.min_confidence,
    )
    return Outcome(_Mapped(statements=found, footings=proofs, tagged=tagged), (*a, *b, *c))


def repaired(document: Document, options: Options = DEFAULTS) -> Outcome[Document]:
    """The document with every figure changed that one slip explains beyond doubt, and a finding for each change."""
    mapped, _ = _map(document, options, _registrant(cover.read_cover(document).value))
    return repairing.apply(document, repairing.problems(ties.relations(mapped.tagged), mapped.tagged), mapped.tagged)


def _line(finding: Finding) -> tuple[int, int]:
    at = finding.at
    return (at.line or 0, at.column or 0) if at else (0, 0)


def convert(
    source: str | Path | bytes, *, name: str | None = None, progress: Progress | None = None, **given: Any
) -> Conversion:
    """Convert one filing.

    source: a path, or the bytes of a file (then `name` says what to call it). given: the fields of `options.Options`,
    by name. Raises UnreadableInput, BadData or WrongOption.
    """
    chosen = choose(**given)
    needing = [name for name in writers.chosen(chosen.formats) if writers.is_validated(name)]
    if needing and not chosen.validate:
        raise BadData(f"the format {needing[0]} is written by Arelle as it validates, which was not asked for")
    tell = progress or (lambda step: None)
    tell("reading")
    made, told = opened(source, name, chosen, tell)
    if not made.report.facts:
        return _told(made, told, chosen)
    tell("writing")
    made = replace(made, files=writers.write(made.report, chosen.formats, template=chosen.template))
    if chosen.learn_overrides is not None:
        made = replace(made, files=made.files | _learnt(made.tagged, chosen.learn_overrides))
    if chosen.validate:
        tell("validating")
        made = validated(made, chosen)
    judged = made.validation.findings if made.validation is not None else ()
    made = _told(made, (*told, *(traced(f, made.report) for f in judged)), chosen)
    return _receipt(_viewed(made), chosen)


def _learnt(tagged: tuple[Tagged, ...], corrected: Path) -> dict[str, bytes]:
    """What a corrected facts CSV gives to this filing, and to the next one. Raises BadData."""
    return {
        "overrides.csv": tagging.implied_overrides(tagged, corrected).encode(),
        "precedents.csv": tagging.implied_precedents(tagged, corrected).encode(),
    }


def validated(made: Conversion, options: Options) -> Conversion:
    """The conversion with what Arelle says of its report package: the validation, its receipt and the viewer."""
    from . import gate

    packages, folders = tuple(map(Path, options.packages)), tuple(map(Path, options.package_folders))
    limits = gate.Limits(seconds=options.time_limit, megabytes=options.memory_limit)
    with scratch() as path:
        save(writers.write(made.report, template=options.template) if options.formats else made.files, path)
        validation = gate.validate(
            path / writers.PACKAGE,
            packages=packages,
            folders=folders,
            viewer=path if options.viewer else None,
            oim=any(map(writers.is_validated, options.formats)),
            edgar_plugin=options.edgar_plugin,
            limits=limits,
        )
        if options.profile is Profile.EDGAR or options.edgar_plugin:
            validation = gate.by_the_manual(
                validation,
                path / made.report.page,
                packages=packages,
                folders=folders,
                edgar_plugin=options.edgar_plugin,
                limits=limits,
            )
        wanted = options.viewer and made.files.keys() & {made.report.page, writers.PACKAGE}
        shown = {n: (path / n).read_bytes() for n in gate.VIEWER_FILES if wanted and (path / n).exists()}
    return replace(made, files=made.files | shown, validation=validation)


def _viewed(made: Conversion) -> Conversion:
    """The conversion with its facts and findings told in the viewer, where there is one."""
    from .gate import VIEWER_FILES

    name = VIEWER_FILES[0]
    if name not in made.files:
        return made
    page = viewer.annotated(made.files[name].decode(), made.report, made.findings)
    return replace(made, files=made.files | {name: page.encode()})


def _receipt(made: Conversion, options: Options) -> Conversion:
    """The conversion with its receipt among the files."""
    judged = ""
    if made.validation is not None:
        from . import gate

        judged = gate.receipt(made.validation)
    told = receipt.receipt(made.document, made.statements, made.files, options, judged)
    return replace(made, files=made.files | {"receipt.txt": told.encode()})


def _told(made: Conversion, findings: tuple[Finding, ...], options: Options) -> Conversion:
    """The conversion with its findings, in files too."""
    made = replace(made, findings=findings, files=made.files | writers.notes(findings, made.document))
    return replace(made, files=made.files | writers.tell(made.told(), options.formats))


def traced(finding: Finding, report: Report) -> Finding:
    """A finding of the validator led back from its fact to the line of the source."""
    fact = next((f for f in report.facts if f.id == finding.fact), None)
    return replace(finding, at=fact.at) if fact else finding
