"""The command line: arguments, files, printing, progress, exit status. Nothing else in the library prints.

Exit status: 0 fine (warnings too), 1 findings of severity error, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import io
import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from . import __version__
from .cli_options import (
    CONVERTING,
    FOLDER,
    INPUT,
    INTO_FILE,
    INTO_FOLDER,
    READING,
    REPORT,
    REPORTS,
    SOURCES,
    TAXONOMY,
    TELLING,
    VALIDATING,
    WRITING,
    chosen,
    shape,
)
from .console import out, progress, say, table, tell, tell_page, terminal_width
from .findings import CapxbrlError, Finding, Position, Severity, UnreadableInput, folded, one_line, worst
from .model import Standing
from .options import Options, choose

if TYPE_CHECKING:
    from .model import Document
    from .pipeline import Conversion


class _Group(click.Group):
    """Turns what goes wrong into one line and exit status 2: 1 is for findings alone."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a label may hold what the terminal cannot show
        try:
            made = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return made
        except BrokenPipeError:
            # The reader of our output closed it ("| head"): not an error.
            _close_output()
            sys.exit(0)
        except CapxbrlError as error:
            _stop(str(error))
        except RecursionError:
            _stop("the input is nested too deeply to be read")
        except MemoryError:
            _stop("there is not enough memory for this input")
        except KeyboardInterrupt:
            _stop("interrupted", 130)
        except OSError as error:
            _close_output()
            _stop(f"cannot write: {error.strerror or error}")


def _stop(why: str, status: int = 2) -> NoReturn:
    with suppress(OSError, ValueError):
        say(f"capxbrl: {one_line(why)}", err=True)
    sys.exit(status)


def _close_output() -> None:
    """Nothing more goes to standard output: what is left in its buffer would fail once more when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="capxbrl")
def main() -> None:
    """Turn legacy SEC filings (text, EDGAR ASCII, HTML, PDF) into validated inline XBRL.

    \b
    capxbrl convert filing.txt -o out      the whole road, with validation and a viewer
    capxbrl facts filing.txt               the facts as a table on standard output
    capxbrl check filing.txt               what is wrong or doubtful in the filing
    """


def _input(source: Path) -> tuple[Path | bytes, str | None]:
    """A file, or standard input for "-", and its name."""
    if str(source) != "-":
        return source, None
    from .files import MAX_BYTES, read_up_to

    return read_up_to(sys.stdin.buffer, MAX_BYTES + 1), "standard-input"


class _Analysed(NamedTuple):
    """An input as the commands that print take it."""

    document: Document
    made: Conversion
    findings: tuple[Finding, ...]
    choices: Options


def _analysed(source: Path, given: dict[str, Any]) -> _Analysed:
    """INPUT read with these options. Raises CapxbrlError."""
    from .pipeline import opened

    choices = choose(**chosen(given))
    made, found = opened(*_input(source), choices, tell_page)
    return _Analysed(made.document, made, found, choices)


@main.command()
@INPUT
@INTO_FOLDER
@TAXONOMY
@READING
@TELLING
@VALIDATING
@CONVERTING
def convert(
    source: Path,
    folder: Path,
    no_validate: bool,
    formats: str,
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    corrected: Path | None,
    force: bool,
    quiet: bool,
    fail_on: str,
    **options: Any,
) -> None:
    """Convert INPUT into inline XBRL in the folder DIR.

    \b
    DIR gets report.xhtml, the filer's extension taxonomy, report.xbri (a report package that any
    XBRL processor opens), facts.csv, findings.txt and .json, viewer.html, and receipt.txt, which
    says what was validated and how to repeat it.

    \b
    Examples:
      capxbrl convert filing.txt -o out
      capxbrl convert filing.txt -o out --cik 1009759 --overrides mine.csv
      capxbrl convert filing.txt -o out --no-validate --format facts
    """
    from .folder import withdraw
    from .pipeline import convert as run

    choices = chosen(options)
    data, name = _input(source)
    inputs = [
        source,
        *packages,
        *choices["overrides"],
        *choices["precedents"],
        *(p for p in (corrected, choices["learned"]) if p),
    ]
    with progress() as tell:
        try:
            made = run(
                data,
                name=name,
                packages=packages,
                package_folders=package_folders,
                validate=not no_validate,
                formats=[f.strip() for f in formats.split(",") if f.strip()],
                progress=tell,
                **choices,
            )
        except UnreadableInput as error:
            withdraw(folder, str(error))
            raise
        if corrected is not None:
            from . import tagging

            made.files["overrides.csv"] = tagging.implied_overrides(made.tagged, corrected).encode()
            made.files["precedents.csv"] = tagging.implied_precedents(made.tagged, corrected).encode()
        written = made.save(folder, force=force, inputs=inputs)
    _print(made.findings, made.document.text, made.document.name, quiet=quiet)
    if made.report.facts and not quiet:
        say(_verdict(made), err=True)
        opener = next((n for n in ("viewer.html", "report.xhtml", "facts.csv") if n in made.files), "")
        say(f"Wrote {len(written)} files to {folder}/ - open {folder}/{opener}", err=True)
    _leave(made.findings, fail_on)


@main.command()
@INPUT
@shape("csv", "json", "table")
@TAXONOMY
@READING
@WRITING
@TELLING
def facts(
    source: Path, shape: str, output: Path | None, excel: bool, quiet: bool, fail_on: str, **options: Any
) -> None:
    """Print the facts of INPUT on standard output. Needs no Arelle.

    \b
    Examples:
      capxbrl facts filing.txt > facts.csv
      capxbrl facts filing.txt --format table
      capxbrl facts filing.txt --taxonomy us-gaap
    """
    from .writers import facts as writer

    read = _analysed(source, options)
    if shape == "table":
        text = table(writer.rows(read.made.report), terminal_width() if output is None else None)
    else:
        text = writer.as_csv(read.made.report) if shape == "csv" else writer.as_json(read.made.report)
    _write(text, output, [source, *_files_of(options)], excel)
    _print(read.findings, read.document.text, quiet=True)
    _leave(read.findings, fail_on)


@main.command()
@INPUT
@shape("text", "json")
@TAXONOMY
@READING
@WRITING
@TELLING
@click.option("--all", "everything", is_flag=True, help="Every note; else many notes of one kind are told as one.")
def check(
    source: Path,
    shape: str,
    output: Path | None,
    excel: bool,
    quiet: bool,
    fail_on: str,
    everything: bool,
    **options: Any,
) -> None:
    """Print the findings of reading, arithmetic and tie-outs of INPUT.

    \b
    Examples:
      capxbrl check filing.txt
      capxbrl check filing.txt --all
      capxbrl check filing.txt --format json | jq '.findings[].code'
    """
    read = _analysed(source, options)
    shown = _errors(read.findings) if quiet else read.findings
    if shape == "text" and output is None and not everything:
        shown = folded(shown)
    if output is None:
        _show(shown, shape, read.document.text, read.document.name)
    else:
        from .writers import findings as writer

        text = writer.as_json(shown) if shape == "json" else writer.as_text(shown, read.document)
        _write(text, output, [source, *_files_of(options)], excel)
    _leave(read.findings, fail_on)


@main.command()
@REPORTS
@VALIDATING
@shape("text", "json")
@TELLING
def validate(
    reports: Sequence[Path],
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    time_limit: float,
    memory_limit: int,
    shape: str,
    quiet: bool,
    fail_on: str,
) -> None:
    """Print Arelle's findings on inline XBRL files, report packages, and folders that `convert` wrote.

    \b
    Examples:
      capxbrl validate out/report.xbri
      capxbrl validate out/report.xhtml --format json
      capxbrl validate out-*/ --packages taxonomies
    """
    from . import gate

    targets = [_report_in(report) for report in reports]
    limits = gate.Limits(seconds=time_limit, megabytes=memory_limit)
    found: list[Finding] = []
    unread = False
    with progress() as tell:
        tell("validating")
        results = gate.validate_each(targets, packages=packages, folders=package_folders, limits=limits)
        for target, result in zip(targets, results, strict=True):
            if isinstance(result, UnreadableInput):
                unread = True
                say(f"capxbrl: {result}", err=True)
                continue
            told = [_of(target, f) if len(targets) > 1 else f for f in result.findings]
            found += told
            if shape == "text":
                _show(_errors(told) if quiet else told, shape)
                if not quiet:
                    say(gate.receipt(result), err=True)
    if shape == "json":
        _show(_errors(found) if quiet else found, shape)
    if unread:
        sys.exit(2)
    _leave(found, fail_on)


def _of(report: Path, finding: Finding) -> Finding:
    """The finding as one among those of other reports, whose files may have the same names."""
    at = finding.at or Position(source=report.name)
    packed = report.suffix.lower() not in (".xhtml", ".html", ".htm", ".xml", ".xbrl") and at.source != report.name
    place = report / at.source if packed else report.parent / at.source
    return replace(finding, at=replace(at, source=str(place)))


def _report_in(path: Path) -> Path:
    """The report of a folder; a file as it is."""
    if not path.is_dir():
        return path
    found = next((p for p in (path / "report.xbri", path / "report.xhtml") if p.exists()), None)
    if found is None:
        raise CapxbrlError(f"{path}: holds no report.xbri or report.xhtml")
    return found


@main.command()
@INPUT
@READING
@WRITING
def unknown(source: Path, output: Path | None, excel: bool, **options: Any) -> None:
    """Print override rows for the lines of INPUT whose concept is in doubt.

    First a row, to be filled in, for each label that nothing matched; then up to ten questions that settle most doubts,
    with a row for each candidate: keep one of each. An element of your own is ext:Name.

    \b
    Example:
      capxbrl unknown filing.txt > mine.csv     keep and fill in rows, then
      capxbrl convert filing.txt -o out --overrides mine.csv
    """
    from .tagging import unknown_rows

    read = _analysed(source, options)
    _write(unknown_rows(read.made.tagged), output, [source, *_files_of(options)], excel)
    _print(read.findings, read.document.text, quiet=True)
    _leave(read.findings)


@main.command()
@INPUT
@click.argument("line", metavar="LINE")
@READING
def explain(source: Path, line: str, **options: Any) -> None:
    """Say how a line of INPUT was read and why it carries its concept.

    LINE is a part of the label, the number of the line in the file, or the id of a fact.

    \b
    First the decisions that its figures rest on, each with who says so, who bears it out and who
    contradicts; how each figure stands (proved, stated, doubtful) and the sums it is in; then the
    candidates for its concept, each with its evidence.

    \b
    Examples:
      capxbrl explain filing.txt "warrant liability"
      capxbrl explain filing.txt 142
      capxbrl explain filing.txt f-bs-12-2
    """
    from . import explanation, tagging, taxonomy, ties

    read = _analysed(source, options)
    made, choices = read.made, read.choices
    query = explanation.line_of(made.tagged, made.report, line)
    told = explanation.explain(made.tagged, ties.relations(made.tagged), made.cover, made.report, query)
    told += tagging.explain(
        made.statements,
        made.footings,
        taxonomy.load(),
        query,
        overrides=tagging.load_overrides(choices.overrides, choices.precedents),
        learned=choices.learned,
        min_confidence=choices.min_confidence,
    )
    if not told:
        raise CapxbrlError(f"{source}: no line of a statement has {line!r}; `capxbrl facts` lists them")
    out(told)


@main.command()
@SOURCES
@INTO_FILE
def learn(sources: Sequence[Path], output: Path) -> None:
    """Learn from the SEC's Financial Statement Data Sets which concept companies give to a line.

    A SOURCE is one of the zips of https://www.sec.gov/dera/data/financial-statement-data-sets, or a CSV of presented
    lines with its columns. FILE is what --learned takes. A year of filings takes some minutes.

    \b
    Example:
      capxbrl learn 2009q3.zip 2009q4.zip -o learned.zip
    """
    from .files import put
    from .learning import learn as run

    with progress() as tell:
        tell("learning")
        data = run(sources)
    put(data, output, sources)
    say(f"Wrote {output} ({len(data) / 1e6:.1f} MB)", err=True)


@main.command()
@FOLDER
@shape("text", "json")
@TELLING
def verify(folder: Path, shape: str, quiet: bool, fail_on: str) -> None:
    """Check the files of DIR against its manifest and receipt: nothing missing, nothing changed.

    \b
    Example:
      capxbrl verify out --fail-on warning
    """
    from .folder import verify as run

    findings = run(folder)
    _show(_errors(findings) if quiet else findings, shape)
    if not findings and not quiet:
        say(f"{folder}: every file is as the conversion wrote it", err=True)
    _leave(findings, fail_on)


@main.command()
@REPORT
@click.option("--no-open", is_flag=True, help="Only make the viewer; do not start a browser.")
def view(report: Path, no_open: bool) -> None:
    """Open the interactive viewer of REPORT: an output folder, a report package, or an inline XBRL file.

    \b
    Example:
      capxbrl view out
    """
    from . import gate

    folder = report if report.is_dir() else report.parent
    page = folder / gate.VIEWER_FILES[0]
    if not (report.is_dir() and page.exists()):
        target = _report_in(report)
        with progress() as tell:
            tell("making the viewer")
            made = gate.validate(target, viewer=folder)
        _print([f for f in made.findings if f.code in ("gate.active-content", "gate.no-viewer")], "")
        if not made.viewer:
            raise CapxbrlError(f"{report}: no viewer could be made; `capxbrl validate` says why")
    say(str(page))
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


def _verdict(made: Conversion) -> str:
    """One line: what was read, how it stands, and whether it is valid."""
    counts = Counter(fact.reading.value for fact in made.facts)
    stand = ", ".join(f"{counts[s.value]} {s.value}" for s in Standing if counts[s.value])
    extensions = len(made.report.extension.concepts)
    own = f"{extensions} extension concept{'s' if extensions != 1 else ''}"
    if made.validation is None:
        valid = "not validated"
    elif not made.validation.judged:
        valid = "not judged"
    else:
        valid = "NOT valid" if worst(made.validation.findings) is Severity.ERROR else "valid"
    return f"{len(made.statements)} statements, {len(made.facts)} facts: {stand}; {own}; {valid}."


# --- printing ------------------------------------------------------------------------------------------------------


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity is Severity.ERROR]


def _print(findings: Sequence[Finding], text: str, source: str | None = None, *, quiet: bool = False) -> None:
    """Findings to standard error, notes left out: they are in findings.txt."""
    least = (Severity.ERROR,) if quiet else (Severity.ERROR, Severity.WARNING)
    tell([f for f in findings if f.severity in least], text, source)


def _show(findings: Sequence[Finding], shape: str, text: str = "", source: str | None = None) -> None:
    """Findings to standard output, in the shape asked for."""
    from .writers import findings as writer

    if shape == "json":
        out(writer.as_json(findings))
    else:
        tell(findings, text, source, err=False)


def _files_of(options: Mapping[str, Any]) -> list[Path]:
    """The files that are given besides the input."""
    return [*options["overrides"], *options["precedents"], *([options["learned"]] if options["learned"] else [])]


def _write(text: str, output: Path | None, inputs: Sequence[Path], excel: bool) -> None:
    """Data into a file, or to standard output."""
    if excel:
        text = f"\ufeff{text}"
    if output is None:
        out(text)
        return
    from .files import put

    put(text.encode(), output, inputs)


def _leave(findings: Sequence[Finding], fail_on: str = Severity.ERROR.value) -> None:
    bad = {Severity.ERROR.value, fail_on}
    sys.exit(1 if any(f.severity.value in bad for f in findings) else 0)


if __name__ == "__main__":
    main()
