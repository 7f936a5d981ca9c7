"""`convert`: the whole road from the bytes of a filing to a validated report, in one plain function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import tagging, writers
from .analysis import analyse, repaired
from .conversion import Conversion
from .files import save, scratch
from .findings import BadData, Finding, Outcome, Position, Severity, numbered
from .model import Document, Profile, Report, Standing, Tagged
from .options import DEFAULTS, Assumptions, Options
from .sequences import Findings
from .sources import Progress, Source, contents
from .sources import read as load
from .tables import Given

AnyPath = str | PathLike[str]

if TYPE_CHECKING:
    import pandas

    from .gate import Validation
    from .model import PageLayout

    Row = Mapping[str, object] | Sequence[object]
    Judge = Callable[[Path], Validation]
    #: A file, rows, a DataFrame, or several of these.
    Overrides = AnyPath | Mapping[str, object] | pandas.DataFrame | Iterable[AnyPath | Row | pandas.DataFrame]

__all__ = ["Conversion", "analyse", "convert", "load", "opened", "repaired", "traced", "validated"]


def opened(
    source: Source, name: str | None = None, options: Options = DEFAULTS, progress: Progress | None = None
) -> Outcome[Conversion]:
    """A filing read and analysed; a scan whose text does not add up is read anew from its pictures, where the extra
    `ocr` is installed. Raises UnreadableInput."""
    data, called = contents(source)
    name = name or called
    document, a = load(data, name, ocr=options.ocr is True, progress=progress)
    made, b = analyse(document, options)
    first = Outcome(made, (*a, *b))
    if options.ocr is True or not document.scanned or not _adds_up_ill(first):
        return first
    if options.ocr is False or not _reads_pictures():
        return Outcome(made, (_poor_text(document, anew=False), *first.findings))
    document, a = load(data, name, ocr=True, progress=progress)
    again, b = analyse(document, options)
    if _proved(again) < _proved(made):
        return first
    return Outcome(again, (_poor_text(made.document, anew=True), *a, *b))


def _reads_pictures() -> bool:
    from .readers.ocr import is_installed

    return is_installed()


#: What is told of sums, columns and rows that were read wrongly: the first word of its code.
_READ_ILL = ("foot", "read", "columns", "statement", "statements")


def _adds_up_ill(made: Outcome[Conversion]) -> bool:
    return any(f.severity is not Severity.NOTE and f.code.split(".")[0] in _READ_ILL for f in made.findings)


def _proved(made: Conversion) -> int:
    return sum(fact.reading is Standing.PROVED for fact in made.facts)


def _poor_text(document: Document, *, anew: bool) -> Finding:
    """What is done, or can be, about the text behind the pictures of a scan."""
    from .readers.printed_pages import ranges

    pages = f"{numbered(len(document.scanned), 'scanned page')} {ranges(document.scanned)}"
    return Finding(
        code="pdf.poor-text",
        severity=Severity.NOTE if anew else Severity.WARNING,
        at=Position(source=document.name),
        message=f"the text behind the {pages} has figures that do not add up"
        + (": they were read anew from their pictures" if anew else ""),
        hint=None if anew else "read the pages anew: --ocr (needs the extra: pip install 'capxbrl[ocr]')",
    )


def convert(
    source: Source,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    taxonomy: str = "capx-gaap",
    profile: Profile | str = "open",
    edgar_plugin: AnyPath | None = None,
    layout: PageLayout | str = "own",
    template: AnyPath | None = None,
    overrides: Overrides = (),
    precedents: Overrides = (),
    review: AnyPath | None = None,
    learned: AnyPath | None = None,
    min_confidence: float | None = None,
    cik: str | int | None = None,
    namespace_base: str | None = None,
    all_tables: bool = False,
    repair: bool = False,
    tag_prose: bool = False,
    strict: bool = False,
    assume: Assumptions | Mapping[str, Any] | None = None,
    statements_of: str | None = None,
    ocr: bool | None = None,
    packages: AnyPath | Iterable[AnyPath] = (),
    package_folders: AnyPath | Iterable[AnyPath] = (),
    validate: bool = True,
    viewer: bool = True,
    time_limit: float = 120.0,
    memory_limit: int = 2048,
    formats: str | Iterable[str] = (),
    learn_overrides: AnyPath | None = None,
) -> Conversion:
    """Convert one filing: read it, prove it, tag it, write it, validate it.

    A str is a path, unless it holds a line break or begins with "<": then it is the text of a filing. What else has a
    path is os.PathLike; bytes, bytearray and memoryview are the contents of a file; what has a method `read` is an open
    file, of bytes or of text, read from where it stands.

    Args:
        source: the filing.
        name: what positions and receipt call it; by default the name of the file, or "input".
        progress: called with the name of each step that begins.
        taxonomy: the facts are written in its elements: "capx-gaap", "us-gaap-2009", ..., or "us-gaap" for the vintage
            of the filing's year.
        profile: what the report is made for: "open" (any XBRL processor) or "edgar".
        edgar_plugin: the folder of Arelle's plug-in EDGAR, which judges the report by the rules of the SEC.
        layout: how the page is set: "own", or "source" as the filer set it.
        template: a folder of the caller's own report.xhtml.j2 or style.css.
        overrides: the caller's own rows statement,label,under,concept,negate,note, which decide before anything else: a
            CSV file, rows (mappings or tuples), a DataFrame, or several of these.
        precedents: rows of what earlier filings of the company did, in the same forms; they decide next.
        review: the review.json of a review of this filing, or of an earlier one of the company: its choices decide
            next, and what changed after it was accepted is told.
        learned: another learned table than the shipped one.
        min_confidence: below it (0 to 1) a line becomes an extension concept.
        cik: the filer's Central Index Key, where the filing does not say it.
        namespace_base: where the filer's own namespace lives.
        all_tables: read supplementary, pro forma and segment tables too.
        repair: change the figures that one slip explains beyond doubt; each change is a finding `repair.applied`.
        tag_prose: also tag the figures of running text that agree with a statement.
        strict: doubtful readings are errors.
        assume: what the user says of the filing: scale, shares-scale, currency, period, year-end.
        statements_of: whose statements to convert, where a filing holds those of more than one company.
        ocr: read pages that are pictures anew, whatever text they have; None: where the text of a scan does not add up.
        packages: taxonomy packages (zip) to validate with.
        package_folders: folders that are searched for those that a report needs besides.
        validate: run Arelle.
        viewer: make the interactive viewer with it.
        time_limit: seconds that Arelle may take.
        memory_limit: megabytes that Arelle may take.
        formats: names of writers, the usual ones when empty: "excel,parquet" or a sequence.
        learn_overrides: a facts CSV that the caller corrected, from which overrides.csv and precedents.csv are made.

    Returns a Conversion. Raises UnreadableInput for what is no filing, BadData for wrong overrides, rows or formats,
    WrongOption for a value that means nothing; all are CapxbrlError. TypeError for what is no source.
    """
    given = {key: value for key, value in locals().items() if key not in ("source", "name", "progress")}
    return converted(source, name, progress or (lambda step: None), Options(**given))


def converted(
    source: Source, name: str | None, tell: Progress, chosen: Options, judge: Judge | None = None
) -> Conversion:
    """The same by a record of options. judge: validates the report package, where nothing else is asked of Arelle."""
    needing = [name for name in writers.chosen(chosen.formats) if writers.is_validated(name)]
    if needing and not chosen.validate:
        raise BadData(f"the format {needing[0]} is written by Arelle as it validates, which was not asked for")
    tell("reading")
    made, told = opened(source, name, chosen, tell)
    if not made.report.facts:
        return _told(made, told, chosen)
    tell("writing")
    made = replace(made, files=writers.write(made.report, chosen.formats, template=chosen.template) | _given(chosen))
    if chosen.learn_overrides is not None:
        made = replace(made, files=made.files | _learnt(made.tagged, chosen.learn_overrides))
    if made.journal is not None:
        from .review import states_of

        made = replace(made, files=made.files | states_of(made))
    if chosen.validate:
        tell("validating")
        made = validated(made, chosen, judge)
    judged = made.validation.findings if made.validation is not None else ()
    made = _told(made, (*told, *(traced(f, made.report) for f in judged)), chosen)
    return _receipt(_viewed(made), chosen)


def _given(options: Options) -> dict[str, bytes]:
    """The tables that were given as rows, with which the conversion can be repeated."""
    tables = (*options.overrides, *options.precedents)
    return {table.name: table.text.encode() for table in tables if isinstance(table, Given)}


def _learnt(tagged: tuple[Tagged, ...], corrected: Path) -> dict[str, bytes]:
    """What a corrected facts CSV gives to this filing, and to the next one. Raises BadData."""
    return {
        "overrides.csv": tagging.implied_overrides(tagged, corrected).encode(),
        "precedents.csv": tagging.implied_precedents(tagged, corrected).encode(),
    }


def validated(made: Conversion, options: Options, judge: Judge | None = None) -> Conversion:
    """The conversion with what Arelle says of its report package: the validation, its receipt and the viewer."""
    from . import gate

    packages, folders = options.packages, options.package_folders
    limits = gate.Limits(seconds=options.time_limit, megabytes=options.memory_limit)
    with scratch() as path:
        save(writers.write(made.report, template=options.template) if options.formats else made.files, path)
        oim = any(map(writers.is_validated, options.formats))
        if judge is not None and not (options.viewer or oim or options.edgar_plugin):
            validation = judge(path / writers.PACKAGE)
        else:
            validation = gate.validate(
                path / writers.PACKAGE,
                packages=packages,
                folders=folders,
                viewer=path if options.viewer else None,
                oim=oim,
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
    if made.validation is None:
        return made
    from . import gate, viewer

    name = gate.VIEWER_FILES[0]
    if name not in made.files:
        return made
    page = viewer.annotated(made.files[name].decode(), made.report, made.findings)
    return replace(made, files=made.files | {name: page.encode()})


def _receipt(made: Conversion, options: Options) -> Conversion:
    """The conversion with its receipt among the files."""
    from . import receipt

    judged = ""
    if made.validation is not None:
        from . import gate

        judged = gate.receipt(made.validation)
    told = receipt.receipt(made.document, made.statements, made.files, options, judged)
    return replace(made, files=made.files | {"receipt.txt": told.encode()})


def _told(made: Conversion, findings: tuple[Finding, ...], options: Options) -> Conversion:
    """The conversion with its findings, in files too."""
    made = replace(
        made, findings=Findings(findings, made.report), files=made.files | writers.notes(findings, made.document)
    )
    return replace(made, files=made.files | writers.tell(made.told(), options.formats))


def traced(finding: Finding, report: Report) -> Finding:
    """A finding of the validator led back from its fact to the line of the source."""
    fact = next((f for f in report.facts if f.id == finding.fact), None)
    return replace(finding, at=fact.at) if fact else finding
