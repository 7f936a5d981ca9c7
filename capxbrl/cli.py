"""The command line: arguments, files, printing, progress, exit status. Nothing else in the library prints.

Exit status: 0 fine (warnings too), 1 findings of severity error, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from . import __version__
from .findings import CapxbrlError, Finding, Severity, UnreadableInput, describe, source_lines, worst
from .model import Standing
from .options import WrongOption, choose

if TYPE_CHECKING:
    from .pipeline import Conversion

_INPUT = click.argument("source", metavar="INPUT", type=click.Path(dir_okay=False, path_type=Path))
_REPORT = click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))


class _Group(click.Group):
    """Turns the library's errors into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CapxbrlError as error:
            click.echo(f"capxbrl: {error}", err=True)
            sys.exit(2)
        except RecursionError:
            click.echo("capxbrl: the input is nested too deeply to be read", err=True)
            sys.exit(2)
        except BrokenPipeError:
            # The reader of our output closed it ("| head"): not an error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


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
@click.option(
    "--package",
    "packages",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="ZIP",
    help="A taxonomy package to validate with.",
)
@click.option("--namespace-base", metavar="URL", help="Where the filer's own namespace lives.")
@click.option(
    "--learn-overrides",
    "corrected",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="A facts.csv that you corrected: also write overrides.csv, the rows that give its concepts and signs.",
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
    corrected: Path | None,
    force: bool,
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
    inputs = [source, *packages, *chosen["overrides"], *(p for p in (corrected, chosen["learned"]) if p)]
    with _progress() as tell:
        try:
            made = run(
                source,
                packages=packages,
                validate=not no_validate,
                formats=[f.strip() for f in formats.split(",") if f.strip()],
                progress=tell,
                **chosen,
            )
        except UnreadableInput as error:
            withdraw(folder, str(error))
            raise
        if corrected is not None:
            from .tagging import implied_overrides

            made.files["overrides.csv"] = implied_overrides(made.tagged, corrected).encode()
        written = made.save(folder, force=force, inputs=inputs)
    _print(made.findings, made.document.text, made.document.name)
    if made.report.facts:
        click.echo(_verdict(made), err=True)
        opener = next((n for n in ("viewer.html", "report.xhtml", "facts.csv") if n in made.files), "")
        click.echo(f"Wrote {len(written)} files to {folder}/ - open {folder}/{opener}", err=True)
    _leave(made.findings)


@main.command()
@_INPUT
@click.option("--format", "shape", type=click.Choice(["csv", "json", "table"]), default="csv", show_default=True)
@_taxonomy
@_mapping
def facts(source: Path, shape: str, **options: Any) -> None:
    """Print the facts of INPUT on standard output. Needs no Arelle.

    \b
    Examples:
      capxbrl facts filing.txt > facts.csv
      capxbrl facts filing.txt --format table
      capxbrl facts filing.txt --taxonomy us-gaap
    """
    from .pipeline import analyse, load
    from .writers import facts as writer

    document, found = load(source)
    made, more = analyse(document, choose(**_chosen(options)))
    if shape == "csv":
        click.echo(writer.as_csv(made.report), nl=False)
    elif shape == "json":
        click.echo(writer.as_json(made.report), nl=False)
    else:
        _table(writer.rows(made.report))
    findings = [*found, *more]
    _print([f for f in findings if f.severity is Severity.ERROR], document.text)
    _leave(findings)


@main.command()
@_INPUT
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_taxonomy
@_mapping
def check(source: Path, shape: str, **options: Any) -> None:
    """Print the findings of reading, arithmetic and tie-outs of INPUT.

    \b
    Examples:
      capxbrl check filing.txt
      capxbrl check filing.txt --format json | jq '.findings[].code'
    """
    from .pipeline import analyse, load

    document, found = load(source)
    _, more = analyse(document, choose(**_chosen(options)))
    _show([*found, *more], shape, document.text)
    _leave([*found, *more])


@main.command()
@_REPORT
@click.option(
    "--package",
    "packages",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="ZIP",
    help="A taxonomy package the report needs.",
)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def validate(report: Path, packages: Sequence[Path], shape: str) -> None:
    """Print Arelle's findings on any inline XBRL file or report package.

    \b
    Examples:
      capxbrl validate out/report.xbri
      capxbrl validate out/report.xhtml --package out/report.xbri --format json
    """
    from . import gate

    with _progress() as tell:
        tell("validating")
        result = gate.validate(report, packages=list(packages))
    _show(result.findings, shape)
    if shape == "text":
        click.echo(gate.receipt(result), err=True)
    _leave(result.findings)


@main.command()
@_INPUT
@_mapping
def unknown(source: Path, **options: Any) -> None:
    """Print override rows, ready to fill in, for labels of INPUT that nothing matched.

    \b
    Example:
      capxbrl unknown filing.txt > mine.csv     fill in the column "concept", then
      capxbrl convert filing.txt -o out --overrides mine.csv
    """
    from .pipeline import analyse, load
    from .tagging import unknown_rows

    document, found = load(source)
    made, more = analyse(document, choose(**_chosen(options)))
    click.echo(unknown_rows(made.tagged), nl=False)
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

    document, _ = load(source)
    chosen = choose(**_chosen(options))
    made, _ = analyse(document, chosen)
    query = explanation.line_of(made.tagged, made.report, line)
    told = explanation.explain(made.tagged, ties.relations(made.tagged), made.cover, made.report, query)
    told += tagging.explain(
        made.statements,
        made.footings,
        taxonomy.load(),
        query,
        overrides=tagging.load_overrides(chosen.overrides),
        learned=chosen.learned,
        min_confidence=chosen.min_confidence,
    )
    if not told:
        raise CapxbrlError(f"{source}: no line of a statement has {line!r}; `capxbrl facts` lists them")
    click.echo(told, nl=False)


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
    click.echo(f"Wrote {output} ({len(data) / 1e6:.1f} MB)", err=True)


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
        click.echo(f"{folder}: every file is as the conversion wrote it", err=True)
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
        target = (
            next((p for p in (report / "report.xbri", report / "report.xhtml") if p.exists()), None)
            if report.is_dir()
            else report
        )
        if target is None:
            raise CapxbrlError(f"{report}: holds no viewer.html, report.xbri or report.xhtml")
        with _progress() as tell:
            tell("making the viewer")
            gate.validate(target, viewer=folder)
    click.echo(str(page))
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
    else:
        valid = "NOT valid" if worst(made.validation.findings) is Severity.ERROR else "valid"
    return f"{len(made.statements)} statements, {len(made.facts)} facts: {stand}; {own}; {valid}."


# --- printing ------------------------------------------------------------------------------------------------------


def _print(findings: Sequence[Finding], text: str, source: str | None = None) -> None:
    """Findings to standard error, notes left out: they are in findings.txt."""
    lines = source_lines(text) if text else []
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            click.echo(describe(finding, lines, source), err=True)


def _show(findings: Sequence[Finding], shape: str, text: str = "") -> None:
    """Findings to standard output, in the shape asked for."""
    from .writers import findings as writer

    if shape == "json":
        click.echo(writer.as_json(findings), nl=False)
        return
    lines = source_lines(text) if text else []
    for finding in findings:
        click.echo(describe(finding, lines))


def _leave(findings: Sequence[Finding]) -> None:
    sys.exit(1 if worst(findings) is Severity.ERROR else 0)


def _table(rows: Iterator[dict[str, str]]) -> None:
    """The facts for a person: long words cut, figures with commas."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("label", "concept", "period", "unit", "value", "reading", "confidence"):
        justify: Literal["left", "right"] = "right" if name in ("value", "confidence") else "left"
        table.add_column(name, justify=justify, overflow="ellipsis", max_width=44, no_wrap=True)
    for row in rows:
        value = f"{Decimal(row['value']):,}" if row["unit"] else row["value"]
        table.add_row(
            *[escape(row[c]) for c in ("label", "concept", "period", "unit")],
            escape(value),
            row["reading"],
            row["confidence"],
        )
    console = Console()
    # A pipe has no width of its own: let every column be as wide as its text.
    (console if console.is_terminal else Console(width=200)).print(table)


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
