"""Writers: Report -> the files of one output format. A module in this folder joins by itself.

Each has SUFFIX (of its main file), `write(report, files) -> {relative name: bytes}` and, where it builds on what others
wrote, AFTER (their names): `files` then holds theirs. Writers decide nothing: what is in the report is written.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from ..findings import BadData, Finding
from ..model import Document, Report
from . import findings as findings_writer

#: The report package among the files.
PACKAGE = "report.xbri"
#: The inline document among them.
PAGE = "report.xhtml"


@cache
def formats() -> Mapping[str, ModuleType]:
    """Every writer of a Report by its name, in an order in which each comes after those it builds on."""
    found = {info.name: import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)}
    found = {name: module for name, module in sorted(found.items()) if hasattr(module, "SUFFIX")}
    return dict(sorted(found.items(), key=lambda item: len(getattr(item[1], "AFTER", ()))))


def write(report: Report, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of the formats named (all when none is). Raises BadData for an unknown name."""
    known = formats()
    wanted = list(names) or list(known)
    for name in wanted:
        if name not in known:
            raise BadData(f"there is no output format {name!r}; known: {', '.join(known)}")
    needed = {n for name in wanted for n in (name, *getattr(known[name], "AFTER", ()))}
    made: dict[str, dict[str, bytes]] = {}
    for name, module in known.items():
        if name in needed:
            made[name] = module.write(report, {k: v for files in made.values() for k, v in files.items()})
    return {k: v for name, files in made.items() if name in wanted for k, v in files.items()}


def notes(findings: Sequence[Finding], document: Document) -> dict[str, bytes]:
    """findings.txt and findings.json: what a person reads, what a program reads."""
    return {
        "findings.txt": findings_writer.as_text(findings, document).encode(),
        "findings.json": findings_writer.as_json(findings).encode(),
    }
