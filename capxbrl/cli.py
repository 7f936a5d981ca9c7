"""The command line: arguments, files, printing, progress, exit status. Nothing else in the library prints.

Exit status: 0 fine (warnings too), 1 findings of severity error, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import io
import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .console import out, say, table, tell, terminal_width
from .findings import CapxbrlError, Finding, Position, Severity, UnreadableInput, folded, worst
from .model import Standing
from .options import DEFAULTS, WrongOption, choose

if TYPE_CHECKING:
    from .pipeline import Conversion

_INPUT = click.argument("source", metavar="INPUT", type=click.Path(dir_okay=False, path_type=Path))
_REPORT = click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))


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
        say(f"capxbrl: {why}", err=True)
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


def _taxonomy(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--taxonomy",
        "taxonomy_name",
        default="capx-gaap",
        show_default=True,
        metavar="NAME",
        help="Write the facts in the elements of this taxonomy: capx-gaap, us-gaap-2009, ..., or us-gaap for the "
        "filing's year.",
    )(command)


def _mapping(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how an input is read; `_chosen` makes the record of them."""
    for option in (
        click.option("--cik", metavar="N", help="The filer's Central Index Key, where the filing does not say it."),
        click.option(
            "--overrides",
            multiple=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="CSV",
            help="Your own rows statement,label,under,concept,negate,note; they decide before anything else.",
        ),
        click.option(
            "--precedents",
            multiple=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="CSV",
            help="A precedents.csv that --learn-overrides made of an earlier filing of the company; decides next.",
        ),
        click.option(
            "--all-tables", is_flag=True, help="Also read supplementary, pro forma, segment and non-GAAP tables."
        ),
        click.option(
            "--repair",
            is_flag=True,
            help="Change figures that one slip explains beyond doubt; each change is a finding.",
        ),
        click.option(
            "--tag-prose", is_flag=True, help="Also tag the figures of running text that agree with a statement."
        ),
        click.option(
            "--assume",
            multiple=True,
            metavar="KEY=VALUE",
            help="What the page does not say: scale=3, shares-scale=0, currency=CAD, period=2009-09-30, "
            "year-end=06-30.",
        ),
        click.option(
            "--statements-of",
            metavar="NAME",
            help="Convert the statements of this company, where a filing holds several's.",
        ),
        click.option("--ocr", is_flag=True, help="Read scanned pages anew, whatever text lies behind their pictures."),
        click.option("--strict", is_flag=True, help="Doubtful readings are errors: exit status 1."),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            metavar="P",
            help="Below this, a line becomes an extension concept.",
        ),
        click.option(
            "--learned",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE",
            help="A table made by `capxbrl learn`, instead of the shipped one.",
        ),
    ):
        command = option(command)
    return command


def _packages(command: Callable[..., Any]) -> Callable[..., Any]:
    """The taxonomy packages to validate with."""
    for option in (
        click.option(
            "--package",
            "packages",
            multiple=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="ZIP",
            help="A taxonomy package that the report needs.",
        ),
        click.option(
            "--packages",
            "package_folders",
            multiple=True,
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            envvar="CAPXBRL_PACKAGES",
            metavar="DIR",
            help="A folder that is searched for the taxonomy packages needed.  [env: CAPXBRL_PACKAGES]",
        ),
        click.option(
            "--memory-limit",
            type=click.IntRange(min=1),
            default=DEFAULTS.memory_limit,
            show_default=True,
            metavar="MB",
            help="The memory that Arelle may take for a report.",
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0, min_open=True),
            default=DEFAULTS.time_limit,
            show_default=True,
            metavar="SECONDS",
            help="The time that Arelle may take for a report.",
        ),
    ):
        command = option(command)
    return command


def _telling(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is told, and when the exit status is 1."""
    for option in (
        click.option("--quiet", is_flag=True, help="Tell errors only."),
        click.option(
            "--fail-on",
            type=click.Choice([Severity.ERROR.value, Severity.WARNING.value]),
            default=Severity.ERROR.value,
            show_default=True,
            help="The exit status is 1 from this severity on.",
        ),
    ):
        command = option(command)
    return command


def _writing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where the output goes, standard output by default."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write into FILE, whole or not at all.",
        ),
        click.option("--excel", is_flag=True, help="With a byte order mark, so that Excel reads the CSV as UTF-8."),
    ):
        command = option(command)
    return command


def _input(source: Path) -> tuple[Path | bytes, str | None]:
    """A file, or standard input for "-", and its name."""
    if str(source) != "-":
        return source, None
    from .files import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1), "standard-input"


def _chosen(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `options.choose` takes them. Raises WrongOption."""
    said = [entry.partition("=") for entry in given.pop("assume")]
    for key, equals, _ in said:
        if not equals:
            raise WrongOption(f"--assume takes KEY=VALUE, such as scale=3; {key!r} has no =")
    return given | {"assume": {key.strip(): value for key, _, value in said}}


@main.command()
@_INPUT
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the output; made if absent.",
)
@_taxonomy
@_mapping
@_telling
@_packages
@click.option("--namespace-base", metavar="URL", help="Where the filer's own namespace lives.")
@click.option(
    "--learn-overrides",
    "corrected",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="A facts.csv that you corrected: also write overrides.csv, the rows that give its concepts and signs, and "
    "precedents.csv, the company's choices for its next filing.",
)
@click.option("--no-validate", is_flag=True, help="Do not run Arelle; there is no viewer then.")
@click.option("--force", is_flag=True, help="Write into DIR though it holds files of other makers; they stay.")
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="",
    help="Which outputs to write, by name: xhtml,extension,package,facts. Default: all.",
)
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

    chosen = _chosen(options)
    data, name = _input(source)
    inputs = [
        source,
        *packages,
        *chosen["overrides"],
        *chosen["precedents"],
        *(p for p in (corrected, chosen["learned"]) if p),
    ]
    with _progress() as tell:
        try:
            made = run(
                data,
                name=name,
                packages=packages,
                package_folders=package_folders,
                validate=not no_validate,
                formats=[f.strip() for f in formats.split(",") if f.strip()],
                progress=tell,
                **chosen,
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
@_INPUT
@click.option("--format", "shape", type=click.Choice(["csv", "json", "table"]), default="csv", show_default=True)
@_taxonomy
@_mapping
@_writing
@_telling
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
    from .pipeline import analyse, load
    from .writers import facts as writer

    chosen = choose(**_chosen(options))
    document, found = load(*_input(source), ocr=chosen.ocr, progress=_tell_page)
    made, more = analyse(document, chosen)
    if shape == "table":
        text = table(writer.rows(made.report), terminal_width() if output is None else None)
    else:
        text = writer.as_csv(made.report) if shape == "csv" else writer.as_json(made.report)
    _write(text, output, source, excel)
    findings = [*found, *more]
    _print([f for f in findings if f.severity is Severity.ERROR], document.text)
    _leave(findings, fail_on)


@main.command()
@_INPUT
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_taxonomy
@_mapping
@_writing
@_telling
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
    from .pipeline import analyse, load

    chosen = choose(**_chosen(options))
    document, found = load(*_input(source), ocr=chosen.ocr, progress=_tell_page)
    _, more = analyse(document, chosen)
    findings = [*found, *more]
    shown = [f for f in findings if f.severity is Severity.ERROR] if quiet else findings
    if shape == "text" and output is None and not everything:
        shown = folded(shown)
    if output is None:
        _show(shown, shape, document.text)
    else:
        from .writers import findings as writer

        text = writer.as_json(shown) if shape == "json" else writer.as_text(shown, document)
        _write(text, output, source, excel)
    _leave(findings, fail_on)


@main.command()
@click.argument("reports", metavar="REPORT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_packages
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_telling
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
    with _progress() as tell:
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
                _show([f for f in told if not quiet or f.severity is Severity.ERROR], shape)
                if not quiet:
                    say(gate.receipt(result), err=True)
    if shape == "json":
        _show([f for f in found if not quiet or f.severity is Severity.ERROR], shape)
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
@_INPUT
@_mapping
@_writing
def unknown(source: Path, output: Path | None, excel: bool, **options: Any) -> None:
    """Print override rows for the lines of INPUT whose concept is in doubt.

    First a row, to be filled in, for each label that nothing matched; then up to ten questions that settle most doubts,
    with a row for each candidate: keep one of each. An element of your own is ext:Name.

    \b
    Example:
      capxbrl unknown filing.txt > mine.csv     keep and fill in rows, then
      capxbrl convert filing.txt -o out --overrides mine.csv
    """
    from .pipeline import analyse, load
    from .tagging import unknown_rows

    chosen = choose(**_chosen(options))
    document, found = load(*_input(source), ocr=chosen.ocr, progress=_tell_page)
    made, more = analyse(document, chosen)
    _write(unknown_rows(made.tagged), output, source, excel)
    findings = [*found, *more]
    _print([f for f in findings if f.severity is Severity.ERROR], document.text)
    _leave(findings)


@main.command()
@_INPUT
@click.argument("line", metavar="LINE")
@_mapping
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
    from .pipeline import analyse, load

    chosen = choose(**_chosen(options))
    document, _ = load(*_input(source), ocr=chosen.ocr, progress=_tell_page)
    made, _ = analyse(document, chosen)
    query = explanation.line_of(made.tagged, made.report, line)
    told = explanation.explain(made.tagged, ties.relations(made.tagged), made.cover, made.report, query)
    told += tagging.explain(
        made.statements,
        made.footings,
        taxonomy.load(),
        query,
        overrides=tagging.load_overrides(chosen.overrides, chosen.precedents),
        learned=chosen.learned,
        min_confidence=chosen.min_confidence,
    )
    if not told:
        raise CapxbrlError(f"{source}: no line of a statement has {line!r}; `capxbrl facts` lists them")
    out(told)


@main.command()
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def learn(sources: Sequence[Path], output: Path) -> None:
    """Learn from the SEC's Financial Statement Data Sets which concept companies give to a line.

    A SOURCE is one of the zips of https://www.sec.gov/dera/data/financial-statement-data-sets, or a CSV of presented
    lines with its columns. FILE is what --learned takes. A year of filings takes some minutes.

    \b
    Example:
      capxbrl learn 2009q3.zip 2009q4.zip -o learned.zip
    """
    from .files import save
    from .learning import learn as run

    with _progress() as tell:
        tell("learning")
        data = run(sources)
    save({output.name: data}, output.parent)
    say(f"Wrote {output} ({len(data) / 1e6:.1f} MB)", err=True)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def verify(folder: Path, shape: str) -> None:
    """Check the files of DIR against its manifest and receipt: nothing missing, nothing changed.

    \b
    Example:
      capxbrl verify out
    """
    from .folder import verify as run

    findings = run(folder)
    _show(findings, shape)
    if not findings:
        say(f"{folder}: every file is as the conversion wrote it", err=True)
    _leave(findings)


@main.command()
@_REPORT
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
        with _progress() as tell:
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


def _print(findings: Sequence[Finding], text: str, source: str | None = None, *, quiet: bool = False) -> None:
    """Findings to standard error, notes left out: they are in findings.txt."""
    least = (Severity.ERROR,) if quiet else (Severity.ERROR, Severity.WARNING)
    tell([f for f in findings if f.severity in least], text, source)


def _show(findings: Sequence[Finding], shape: str, text: str = "") -> None:
    """Findings to standard output, in the shape asked for."""
    from .writers import findings as writer

    if shape == "json":
        out(writer.as_json(findings))
    else:
        tell(findings, text, err=False)


def _write(text: str, output: Path | None, source: Path, excel: bool) -> None:
    """Data into a file, or to standard output."""
    if excel:
        text = f"\ufeff{text}"
    if output is None:
        out(text)
        return
    if os.path.realpath(output) == os.path.realpath(source):
        raise CapxbrlError(f"{output}: is the input, and would be overwritten")
    from .files import save

    save({output.name: text.encode()}, output.parent)


def _leave(findings: Sequence[Finding], fail_on: str = Severity.ERROR.value) -> None:
    bad = {Severity.ERROR.value, fail_on}
    sys.exit(1 if any(f.severity.value in bad for f in findings) else 0)


def _tell_page(step: str) -> None:
    """A page that was read from its picture, which takes seconds: on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r{step} ...", err=True, nl=False)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that tells the step that is under way: on a terminal only, gone when done."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting ...") as status:
        yield lambda step: status.update(f"{step} ...")


if __name__ == "__main__":
    main()
