"""The Jinja environment of the shipped templates: everything is escaped, nothing undefined passes."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..resources import templates


@cache
def environment() -> Environment:
    """One environment for the process, with its compiled templates."""
    return Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(name: str, **values: object) -> bytes:
    """The template of that name, filled in, as UTF-8."""
    return environment().get_template(name).render(**values).encode()
