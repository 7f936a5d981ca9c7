"""The lines whose concept is in doubt, as rows to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..cli_inputs import analysed, files_of
from ..cli_options import INPUT, READING, WRITING
from ..cli_printing import leave, tell_doubts, write


@click.command()
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
    from ..tagging import unknown_rows

    read = analysed(source, options)
    write(unknown_rows(read.made.tagged), output, [source, *files_of(options)], excel)
    tell_doubts(read.findings, read.document.text, quiet=True)
    leave(read.findings)
