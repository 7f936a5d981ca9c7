"""Many filings into one folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..cli_options import AUDIT, EDGAR, PAGE, READING, TAXONOMY, VALIDATING, chosen
from ..console import counting, say
from ..findings import CapxbrlError


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", "place", required=True, metavar="DIR", help="Folder for the outputs, or an address.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Filings at a time.  [default: processors]")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["folders", "parquet", "fsds"]),
    default="folders",
    show_default=True,
    help="A folder a filing, or one data set: Parquet files, or the tables of the SEC's data sets.",
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="What does the work: processes of this machine, or workers of Dask, on as many machines as there are.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of Dask, such as tcp://HOST:8786.  [default: one of its own]")
@click.option("--resume", is_flag=True, help="Take up an earlier batch: what its journal has is not done again.")
@click.option("--retry", is_flag=True, help="With --resume: what failed is done again.")
@click.option("--force", is_flag=True, help="Begin anew where an earlier batch was.")
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The journal, where DIR is an address.  [default: DIR/journal.jsonl]",
)
@click.option("--no-validate", is_flag=True, help="Do not run Arelle.")
@AUDIT
@click.option("--viewer", is_flag=True, help="Also make the interactive viewer of each filing; it takes longer.")
@click.option("--quiet", is_flag=True, help="Tell nothing but the summary.")
@TAXONOMY
@READING
@VALIDATING
@EDGAR
@PAGE
def batch(
    inputs: Sequence[str],
    place: str,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    shape: str,
    resume: bool,
    retry: bool,
    force: bool,
    journal: Path | None,
    no_validate: bool,
    quiet: bool,
    audit: float,
    **options: Any,
) -> None:
    """Convert many filings into DIR, several at a time.

    INPUT is a file, a folder with all below it, a pattern, @FILE (a list of inputs, one a line), - (the same from
    standard input), an archive (.zip, .tar, .tar.gz) such as a daily feed of EDGAR, or an address that fsspec knows.

    \b
    DIR gets a folder for each filing, or one data set; journal.jsonl, a line for each filing that is
    done; summary.json; and set-aside.csv, the filings that failed and why. A batch that was killed is
    taken up with --resume. A filing that takes longer or more memory than its limits is stopped, tried
    once more alone, and set aside.

    \b
    Examples:
      capxbrl batch filings/ -o out
      capxbrl batch 20090511.nc.tar.gz -o facts --format parquet --no-validate
      capxbrl batch /shared/filings -o /shared/out --engine dask --scheduler tcp://10.0.0.1:8786
      find archive -name '*.txt' | capxbrl batch - -o out --jobs 8 --resume
    """
    from ..batch.clusters import client
    from ..batch.jobs import is_address, total
    from ..batch.jobs import jobs as found
    from ..batch.journal import NAME
    from ..batch.records import FAILED
    from ..batch.targets import Target
    from ..batch.whole import Plan, conclude
    from ..batch.whole import batch as run
    from ..options import choose

    if journal is None:
        if is_address(place):
            raise CapxbrlError("an address as DIR needs --journal FILE, on a disk of this machine")
        journal = Path(place) / NAME
    formats = () if shape == "folders" else (shape,)
    plan = Plan(
        target=Target(place=place, layout=shape),
        options=choose(**chosen(options), validate=not no_validate, formats=formats),
        journal=journal,
        jobs=jobs,
        audit=audit,
        resume=resume,
        retry=retry,
        anew=force and not resume,
    )
    on_dask = engine == "dask" or scheduler is not None
    cluster = client(scheduler, jobs) if on_dask else nullcontext()
    with counting(total(inputs), quiet=quiet) as tell, cluster as executor:
        for done in run(found(inputs, lambda: sys.stdin), replace(plan, executor=executor)):
            tell(done.fresh, done.record.outcome == FAILED)
    summary = conclude(journal)
    if not summary.outcomes:
        raise CapxbrlError("there is no filing among the inputs")
    say(summary.as_text(), err=True)
    say(f"Wrote {place}; the journal is {journal}", err=True)
    sys.exit(1 if summary.bad else 0)
