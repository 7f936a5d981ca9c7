"""Writers: Report -> the files of one output format. A module in this folder joins by itself.

Each has SUFFIX (of its main file) and one of

- `write(report, files) -> {relative name: bytes}`: what is in the report;
- `tell(told, files) -> {relative name: bytes}`: what was found out about it, too (`told.Told`), once it is known.

AFTER names the writers on which it builds: `files` holds theirs. ASKED: it is written only where it is asked for by
name.  VALIDATED: it is made of what Arelle writes as it validates. NEEDS: (package, extra of ours) that must be
installed.  Writers decide nothing: what is in the report is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from ..findings import BadData, Finding
from ..model import Document, Report
from ..plugins import beside, naming
from . import findings as findings_writer
from .told import Told

__all__ = ["PACKAGE", "Told", "chosen", "formats", "is_validated", "notes", "tell", "usual", "write"]

#: The report package among the files.
PACKAGE = "report.xbri"


@cache
def formats() -> Mapping[str, ModuleType]:
    """Every writer by its name ("xbrl-json" of xbrl_json.py), those of other packages too, in an order in which each
    comes after those it builds on."""
    ours = {name: import_module(name) for name in sorted(naming(b"SUFFIX", __name__, __path__))}
    found = {n.rpartition(".")[2].replace("_", "-"): m for n, m in ours.items() if hasattr(m, "SUFFIX")}
    found |= beside("writers", found)
    return dict(sorted(found.items(), key=lambda item: len(_after(item[1]))))


def usual() -> tuple[str, ...]:
    """The names of the writers that write without being asked for."""
    return tuple(name for name, module in formats().items() if not getattr(module, "ASKED", False))


def chosen(names: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the formats that are written for those asked for (the usual ones when none is).

    Raises BadData for a name that is none, and where the package that a format needs is not installed.
    """
    known = formats()
    wanted = tuple(names) or usual()
    for name in wanted:
        if name not in known:
            raise BadData(f"there is no output format {name!r}; known: {', '.join(known)}")
        for package, extra in getattr(known[name], "NEEDS", ()):
            if find_spec(package) is None:
                raise BadData(f"the format {name} needs {package}; install it: pip install 'capxbrl[{extra}]'")
    return wanted


def is_validated(name: str) -> bool:
    """The format is made of what Arelle writes of a report as it validates it."""
    return bool(getattr(formats()[name], "VALIDATED", False))


def write(report: Report, names: Iterable[str] = (), *, template: Path | None = None) -> dict[str, bytes]:
    """The files of the formats named that hold what the report holds. template: a folder of the user's own templates of
    the page. Raises BadData as `chosen` does, and where a template fails."""
    known = formats()
    wanted = chosen(names)
    needed = {n for name in wanted if hasattr(known[name], "write") for n in (name, *_after(known[name]))}
    made: dict[str, dict[str, bytes]] = {}
    for name, module in known.items():
        if name in needed:
            given = {k: v for n, files in made.items() if n in _after(module) for k, v in files.items()}
            more = {"templates": template} if template is not None and name == "xhtml" else {}
            made[name] = module.write(report, given, **more)
    return {k: v for name, files in made.items() if name in wanted for k, v in files.items()}


def tell(told: Told, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of the formats named that hold what was found out about a report, too."""
    known = formats()
    files: dict[str, bytes] = {}
    for name in chosen(names):
        if hasattr(known[name], "tell"):
            files |= known[name].tell(told, write(told.report, _after(known[name])) if _after(known[name]) else {})
    return files


def notes(findings: Sequence[Finding], document: Document) -> dict[str, bytes]:
    """findings.txt and findings.json: what a person reads, what a program reads."""
    return {
        "findings.txt": findings_writer.as_text(findings, document).encode(),
        "findings.json": findings_writer.as_json(findings).encode(),
    }


def _after(module: ModuleType) -> tuple[str, ...]:
    return tuple(getattr(module, "AFTER", ()))
