"""What the documentation makes of the code itself, when Sphinx builds it: the directive `{made} NAME`.

The command line is click's own help, the columns those of the records that are written, the schemas as they ship: none
of it is written twice.
"""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from docutils import nodes
from measures import MEASURES, readings
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from capxbrl import commands
from capxbrl.cli import main
from capxbrl.writers import formats, rows

DOCS = Path(__file__).resolve().parent


def command_line() -> Iterator[str]:
    """A section for each command: its help as a terminal shows it."""
    with click.Context(main, info_name="capxbrl", **_WIDTH, **main.context_settings) as context:
        yield from _help(context)
        for name in commands.names():
            command = commands.load(name)
            with click.Context(command, info_name=name, parent=context, **_WIDTH) as inner:
                yield from _help(inner)


_WIDTH: Mapping[str, Any] = {"terminal_width": 84}


def _help(context: click.Context) -> Iterator[str]:
    yield from (f"## {context.command_path}", "", "```text", context.get_help(), "```", "")


def fact_columns() -> Iterator[str]:
    """The columns of facts.parquet and of `to_frame`."""
    yield from _columns(rows.FactRow)


def finding_columns() -> Iterator[str]:
    """The columns of findings.parquet."""
    yield from _columns(rows.FindingRow)


def _columns(record: type[Any]) -> Iterator[str]:
    hints = typing.get_type_hints(record)
    yield from ("| column | type | may be empty |", "| --- | --- | --- |")
    for field in dataclasses.fields(record):
        kinds = typing.get_args(hints[field.name]) or (hints[field.name],)
        kind = next(k.__name__ for k in kinds if k is not type(None))
        yield f"| `{field.name}` | {_KINDS[kind]} | {'yes' if type(None) in kinds else ''} |"
    yield ""


_KINDS = {"str": "text", "int": "integer", "float": "number", "bool": "true, false", "date": "date"}
_KINDS["Decimal"] = "decimal, exact"


def output_formats() -> Iterator[str]:
    """The names that --format takes."""
    yield from ("| name | writes |", "| --- | --- |")
    for name, module in sorted(formats().items()):
        yield f"| `{name}` | {' '.join((module.__doc__ or '').partition(chr(10) * 2)[0].split())} |"
    yield ""


def schemas() -> Iterator[str]:
    """Each schema: what it describes, its properties, the file."""
    for path in sorted((DOCS / "schema").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        yield from (f"## {path.name}", "", f"{schema['title']}: {schema.get('description', '')}", "")
        yield from ("| property | type | what it is |", "| --- | --- | --- |")
        yield from _properties(schema, "", schema)
        yield from ("", f"`$id`: `{schema['$id']}`. The whole schema ships as `docs/schema/{path.name}`.", "")


def _properties(schema: Mapping[str, Any], path: str, whole: Mapping[str, Any]) -> Iterator[str]:
    for name, given in schema.get("properties", {}).items():
        told = _resolved(given, whole)
        where, kind = f"{path}{name}", _type(told)
        words = " ".join(str(given.get("description") or told.get("description", "")).split()).replace("|", "\\|")
        yield f"| `{where}`{'' if name in schema.get('required', ()) else ' (optional)'} | {kind} | {words} |"
        inner = _resolved(told.get("items", told), whole)
        yield from _properties(inner, f"{where}{'[]' if 'items' in told else ''}.", whole)


def _resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref", "")
    for step in reference.removeprefix("#/").split("/") if reference else ():
        whole = whole[step]
    return whole if reference else schema


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    kinds = schema.get("type", "any")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def accuracy() -> Iterator[str]:
    """What was measured, a row a corpus and a row a form, as evals/reading.txt has it."""
    names = ("figures", *MEASURES, "proved", "stated", "doubtful")
    yield from (f"| documents | {' | '.join(names)} |", "| --- " * (len(names) + 1) + "|")
    yield from (f"| {name} | {' | '.join(measured[n] for n in names)} |" for name, measured in readings())
    yield ""


def measured(name: str) -> Iterator[str]:
    """evals/NAME.txt as it is."""
    text = (DOCS.parent / "evals" / f"{name}.txt").read_text(encoding="utf-8")
    yield from ("```text", text.rstrip(), "```")


def finding_counts() -> Iterator[str]:
    """How many codes there are."""
    with (DOCS / "findings.csv").open(encoding="utf-8", newline="") as file:
        yield f"There are {sum(1 for _ in csv.DictReader(file))} codes."


_MADE: Mapping[str, Callable[..., Iterator[str]]] = {
    "command-line": command_line,
    "fact-columns": fact_columns,
    "finding-columns": finding_columns,
    "accuracy": accuracy,
    "eval": measured,
    "formats": output_formats,
    "schemas": schemas,
    "finding-counts": finding_counts,
}


class Made(SphinxDirective):
    """`{made} NAME`: what the function of that name gives, as if it stood on the page."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        text = "\n".join(_MADE[self.arguments[0]](*self.arguments[1:]))
        return self.parse_text_to_nodes(text, allow_section_headings=True)


#: `[words](../path)`: a file of the sources that this site does not hold.
_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?:\.\./)+([^)]+)\)")


def without_links_outside(app: Sphinx, name: str, source: list[str]) -> None:
    """A page whose links to files of the sources are their names: in a checkout they lead there, here nowhere."""
    page = DOCS / name
    source[0] = _OUTSIDE.sub(lambda m: m[0] if _inside(page, m[0]) else f"`{m[2]}`", source[0])


def _inside(page: Path, link: str) -> bool:
    target = link.rpartition("](")[2].rstrip(")").partition("#")[0]
    return (page.parent / target).resolve().is_relative_to(DOCS)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_directive("made", Made)
    app.connect("source-read", without_links_outside)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
