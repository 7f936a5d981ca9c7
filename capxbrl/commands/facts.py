"""The facts alone, as data or as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..cli_inputs import analysed, files_of
from ..cli_options import INPUT, READING, TAXONOMY, TELLING, WRITING, shape
from ..cli_printing import leave, tell_doubts, write
from ..console import table, terminal_width


@click.command()
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
    from ..writers import facts as writer

    read = analysed(source, options)
    if shape == "table":
        text = table(writer.rows(read.made.report), terminal_width() if output is None else None)
    else:
        text = writer.as_csv(read.made.report) if shape == "csv" else writer.as_json(read.made.report)
    write(text, output, [source, *files_of(options)], excel)
    tell_doubts(read.findings, read.document.text, quiet=True)
    leave(read.findings, fail_on)
