"""The filings of a company as one history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..cli_options import INTO_FOLDER, READING, TAXONOMY, TELLING, chosen
from ..cli_printing import leave
from ..console import progress, say
from ..findings import Severity, counted


@click.command()
@click.argument("files", metavar="FILES...", nargs=-1, required=True, type=click.Path(path_type=Path))
@INTO_FOLDER
@click.option("--company", metavar="NAME", help="Whose filings they all are, where they do not say it.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Only what was known on that day.")
@click.option("--format", "formats", metavar="LIST", default="", help="Also write these: excel, parquet, fsds, charts.")
@click.option(
    "--roll-forward", is_flag=True, help="Lines keep the concepts that the company's filings before gave them."
)
@click.option("--preview", is_flag=True, help="Print what --roll-forward changes, and write nothing.")
@click.option("--force", is_flag=True, help="Write into DIR though it holds files of other makers; they stay.")
@TAXONOMY
@READING
@TELLING
def collect(
    files: Sequence[Path],
    folder: Path,
    company: str | None,
    as_of: dt.datetime | None,
    formats: str,
    roll_forward: bool,
    preview: bool,
    force: bool,
    quiet: bool,
    fail_on: str,
    **options: Any,
) -> None:
    """Put FILES, filings of a company or folders of them, together into its history in the folder DIR.

    \b
    DIR gets facts.csv (every fact of every filing), the statements over years (income_statement-quarters.csv,
    ...), series.csv (how each figure came about), restated.csv, gaps.csv, filings.csv, findings.txt and .json, and
    companyfacts/CIK##########.json in the form of the SEC's API.

    What no filing prints is derived, and marked so: six months less three, the year less nine. What cannot be read is
    told, and the rest goes on; the exit status is 1 then, and 2 where nothing can be read.

    With --roll-forward a line that changed its concept between filings keeps the first one; --preview shows which.

    \b
    Examples:
      capxbrl collect 2005-q1.txt 2005-q2.txt 2005-10k.txt -o history
      capxbrl collect filings/ -o history --cik 1009759 --format excel,charts
      capxbrl collect filings/ -o history --overrides mine.csv --preview
    """
    from ..history import collect as run
    from ..history.shapes import texts_of, told_in

    choices = chosen(options)
    if preview:
        _preview(files, choices)
        return
    with progress() as tell:
        made = run(list(files), company=company, roll_forward=roll_forward, progress=tell, **choices)
        if as_of is not None:
            made = made.as_of(as_of.date())
        named = [name.strip() for name in formats.split(",") if name.strip()]
        tell("writing")
        written = made.save(folder, formats=named, force=force, inputs=files)
    least = (Severity.ERROR,) if quiet else (Severity.ERROR, Severity.WARNING)
    texts = texts_of(made)
    for finding in made.findings:
        if finding.severity in least:
            say(told_in(finding, texts), err=True)
    if not quiet:
        whose = ", ".join(made.companies)
        say(f"{whose}: {counted(len(made.sources), 'filing')}, {counted(len(made.entries), 'fact')}.", err=True)
        say(f"Wrote {counted(len(written), 'file')} to {folder}/ - open {folder}/findings.txt first", err=True)
    leave(made.findings, fail_on)


def _preview(files: Sequence[Path], choices: dict[str, Any]) -> None:
    """What rolling forward would change, to standard output."""
    from ..history import preview as run

    with progress() as tell:
        made = run(list(files), progress=tell, **choices)
    for change in made.changes:
        say(str(change))
    lines = counted(len(made.changes), "line")
    say(f"--roll-forward changes {lines}." if made.changes else "--roll-forward changes nothing.", err=True)
    leave(made.findings)
