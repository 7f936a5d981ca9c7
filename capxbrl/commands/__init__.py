"""The commands, one module each: a module NAME in this folder with a command NAME joins by itself.

A command is loaded when it is called, or when all are listed: what it needs of the library it imports when it runs.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import click


@cache
def names() -> tuple[str, ...]:
    """Of every command, as they are typed."""
    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))


def load(name: str) -> click.Command:
    """The command of this name, which is one of `names`."""
    attribute = name.replace("-", "_")
    command = getattr(import_module(f"{__name__}.{attribute}"), attribute)
    assert isinstance(command, click.Command)
    return command
