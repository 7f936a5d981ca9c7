"""Checks of a Report, one module each: a docstring (what, why, source) and `check(report) -> tuple of Findings`.

A module in this folder joins by itself.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
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


def modules() -> Iterator[ModuleType]:
    """Every rule, in the order of its name; then those that other packages add."""
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda i: i.name):
        yield import_module(f"{__name__}.{info.name}")
    yield from (module for _, module in added("rules"))


def check(report: Report) -> tuple[Finding, ...]:
    """The findings of every rule."""
    return tuple(finding for rule in modules() for finding in rule.check(report))
