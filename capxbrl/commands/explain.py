"""Why a line was read and tagged as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..cli_inputs import analysed
from ..cli_options import INPUT, READING
from ..console import out
from ..findings import CapxbrlError, NotFound


@click.command()
@INPUT
@click.argument("line", metavar="LINE")
@READING
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
    made = analysed(source, options).made
    try:
        out(made.explain(line))
    except NotFound as error:
        raise CapxbrlError(f"{source}: {error}; `capxbrl facts` lists them") from None
