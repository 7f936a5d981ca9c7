"""The findings alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..cli_inputs import analysed, files_of
from ..cli_options import INPUT, READING, TAXONOMY, TELLING, WRITING, shape
from ..cli_printing import errors, from_here, leave, shaped, show, write
from ..findings import folded


@click.command()
@INPUT
@shape("text", "json", "sarif", "github")
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
      capxbrl check filings/a.txt --format github    annotations, in a job on GitHub
    """
    read = analysed(source, options)
    shown = errors(read.findings) if quiet else read.findings
    if shape == "text" and output is None and not everything:
        shown = folded(shown)
    if shape in ("sarif", "github"):
        shown = from_here(shown, source, read.document.name)
    if output is None:
        show(shown, shape, read.document.text, read.document.name)
    else:
        from ..writers import findings as writer

        text = writer.as_text(shown, read.document) if shape == "text" else shaped(shown, shape)
        write(text, output, [source, *files_of(options)], excel)
    leave(read.findings, fail_on)
