"""A table of what companies choose, from the SEC's data sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_options import INTO_FILE, SOURCES
from ..console import progress, say


@click.command()
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
    from ..files import put
    from ..learning import learn as run

    with progress() as tell:
        tell("learning")
        data = run(sources)
    put(data, output, sources)
    say(f"Wrote {output} ({len(data) / 1e6:.1f} MB)", err=True)
