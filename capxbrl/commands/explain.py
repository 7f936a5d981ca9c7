"""Why a line was read and tagged as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..cli_inputs import analysed
from ..cli_options import INPUT, READING
from ..console import out
from ..findings import CapxbrlError


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
    from .. import explanation, tagging, taxonomy, ties

    read = analysed(source, options)
    made, choices = read.made, read.choices
    query = explanation.line_of(made.tagged, made.report, line)
    told = explanation.explain(made.tagged, ties.relations(made.tagged), made.cover, made.report, query)
    told += tagging.explain(
        made.statements,
        made.footings,
        taxonomy.load(),
        query,
        overrides=tagging.load_overrides(choices.overrides, choices.precedents),
        learned=choices.learned,
        min_confidence=choices.min_confidence,
    )
    if not told:
        raise CapxbrlError(f"{source}: no line of a statement has {line!r}; `capxbrl facts` lists them")
    out(told)
