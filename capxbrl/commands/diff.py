"""Two filings beside each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_options import VALIDATING, WRITING, shape
from ..cli_printing import write
from ..console import progress

_SOURCE = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("before", metavar="A", type=_SOURCE)
@click.argument("after", metavar="B", type=_SOURCE)
@shape("text", "json", "csv")
@click.option("--all", "everything", is_flag=True, help="Also each fact of periods that the other does not show.")
@VALIDATING
@WRITING
def diff(
    before: Path,
    after: Path,
    shape: str,
    everything: bool,
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    time_limit: float,
    memory_limit: int,
    output: Path | None,
    excel: bool,
) -> None:
    """Print what differs between two reports: facts gone and added, values restated, elements changed.

    A and B are folders that `convert` wrote, report packages, inline XBRL files or instances of anybody, facts.csv
    tables, or filings, which are converted. The exit status is 0 where they are equal, 1 where they differ, 2 for wrong
    use or what cannot be read.

    \b
    Examples:
      capxbrl diff out-2008 out-2009
      capxbrl diff filing.txt report.xbri --format csv > differences.csv
      capxbrl diff a.htm b.htm --packages taxonomies
    """
    from .. import gate
    from ..comparison import diff as run
    from ..comparison.shapes import as_csv, as_json, as_text

    limits = gate.Limits(seconds=time_limit, megabytes=memory_limit)
    with progress() as tell:
        tell("comparing")
        made = run(before, after, packages=packages, folders=package_folders, limits=limits)
    if shape == "text":
        text = as_text(made, everything=everything)
    else:
        text = as_csv(made) if shape == "csv" else as_json(made)
    write(text, output, [p for p in (before, after) if p.is_file()], excel)
    sys.exit(0 if made.equal else 1)
