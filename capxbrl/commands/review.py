"""A person's judgement on a filing: the page on which it is made."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from ..cli_inputs import Reviewed, analysed, files_of, to_review
from ..cli_options import INPUT_OR_FOLDER, READING
from ..cli_printing import leave
from ..console import say
from ..findings import CapxbrlError


@click.command()
@INPUT_OR_FOLDER
@READING
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The page, or with --serve the folder to save into. [default: INPUT.review.html and INPUT.review, or in DIR]",
)
@click.option("--reviewer", default="", metavar="NAME", help="Whose name the entries bear; else the page asks.")
@click.option(
    "--serve", is_flag=True, help="Serve the page from this machine: it saves by itself (needs the extra `review`)."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Of --serve. [default: a free one]")
@click.option("--no-open", is_flag=True, help="Do not start a browser.")
def review(
    source: Path, output: Path | None, reviewer: str, serve: bool, port: int, no_open: bool, **options: Any
) -> None:
    """Review a filing, INPUT or that of the output folder DIR, in a page that works offline.

    The page shows the filing with every figure coloured by how it stands, what must be looked at first, and for each
    line its concept, its rivals, the sums it is in and what the text says; all by keys (? lists them). It saves
    review.json, which `convert --review` applies, and overrides.csv.

    \b
    Examples:
      capxbrl review filing.txt
      capxbrl review out --serve
      capxbrl convert filing.txt -o out --review review.json
    """
    from .. import review as reviewing
    from ..files import put

    found = to_review(source, options)
    if found.options["review"] is None and (found.folder / reviewing.JOURNAL).exists():
        found.options["review"] = found.folder / reviewing.JOURNAL
    if serve:
        _serve(found, output or found.folder, reviewer, port, no_open)
        return
    read = analysed(found.source, dict(found.options))
    target = output or found.page
    page = reviewing.as_page(read.made, read.findings, reviewer=reviewer, learned=read.choices.learned)
    put(page, target, [found.source, *files_of(found.options)])
    say(str(target))
    if not no_open:
        webbrowser.open(target.resolve().as_uri())
    leave(read.findings)


def _serve(found: Reviewed, folder: Path, reviewer: str, port: int, no_open: bool) -> None:
    """Until it is interrupted; the filing is read anew for each page, with what was saved."""
    from .. import review as reviewing

    try:
        from ..review.server import serve
    except ImportError as error:
        raise CapxbrlError(f"--serve needs {error.name}; install it: pip install 'capxbrl[review]'") from None

    def make() -> bytes:
        kept = folder / reviewing.JOURNAL
        given = {**found.options, "review": kept if kept.exists() else found.options["review"]}
        read = analysed(found.source, given)
        return reviewing.as_page(
            read.made, read.findings, reviewer=reviewer, learned=read.choices.learned, served=True
        )  # fmt: skip

    def tell(address: str) -> None:
        say(f"{address}\nSaves into {folder}/; Ctrl+C ends it")
        if not no_open:
            webbrowser.open(address)

    serve(make, folder, tell, port)
