"""Checks of a Report, one module each: a docstring (what, why, source) and `check(report) -> tuple of Findings`.

A module in this folder joins by itself.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from ..findings import Finding, Position, Severity
from ..model import Report
from ..plugins import added

#: What to do about what no page can cause.
OURS = "this is a fault of the converter: report it"


def faults(report: Report, code: str, told: Iterable[str]) -> tuple[Finding, ...]:
    """An error for each thing that the converter itself got wrong in the whole report."""
    at = Position(source=report.document.name)
    return tuple(Finding(code=code, severity=Severity.ERROR, at=at, message=what, hint=OURS) for what in told)


@cache
def _own() -> tuple[ModuleType, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def modules() -> Iterator[ModuleType]:
    """Every rule, in the order of its name; then those that other packages add."""
    yield from (*_own(), *(module for _, module in added("rules")))


def check(report: Report) -> tuple[Finding, ...]:
    """The findings of every rule."""
    return tuple(finding for rule in modules() for finding in rule.check(report))
