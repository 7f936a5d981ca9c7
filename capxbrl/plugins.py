"""What other packages add: rules, readers and writers, by their entry points in the groups `capxbrl.rules`,
`capxbrl.readers` and `capxbrl.writers` (Python Packaging User Guide, "Entry points specification").

Each names a module with what a module of ours in the folder of that name has: `check`; `recognises` and `read`;
`SUFFIX` with `write` or `tell`. They run as part of this program: install none that you would not run.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .findings import BadData

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: What a module must have, by its kind.
_NEEDED = {"rules": ("check",), "readers": ("recognises", "read"), "writers": ("SUFFIX",)}


def naming(word: bytes, package: str, path: Iterable[str]) -> Iterator[str]:
    """The modules of a package in whose file a word stands: those that may have what is looked for. The others need
    not be loaded to know."""
    for info in pkgutil.iter_modules(path, f"{package}."):
        spec = info.module_finder.find_spec(info.name, None)
        look = getattr(spec.loader, "get_data", None) if spec is not None else None
        try:
            named = spec is None or look is None or word in look(spec.origin)
        except OSError:  # a loader whose modules are no files
            named = True
        if named:
            yield info.name


@cache
def added(kind: str) -> tuple[tuple[str, ModuleType], ...]:
    """(name, module) of every addition of a kind, by name.

    Raises BadData naming the package, where one cannot be imported or is not what it says.
    """
    out = []
    for point in _points(f"capxbrl.{kind}"):
        whose = f"{point.name} of {point.dist.name if point.dist else point.value}"
        try:
            module = point.load()
        except Exception as error:  # the code of somebody else
            raise BadData(f"the addition {whose} cannot be imported: {type(error).__name__}: {error}") from error
        missing = [name for name in _NEEDED[kind] if not hasattr(module, name)]
        if missing:
            raise BadData(f"the addition {whose} is none to capxbrl.{kind}: it has no {' and no '.join(missing)}")
        out.append((point.name, module))
    return tuple(out)


def _points(group: str) -> list[EntryPoint]:
    """The entry points of a group."""
    if not _may_be_there():
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group), key=lambda p: (p.name, p.value))


@cache
def _may_be_there() -> bool:
    """Whether an installed package may have an entry point of ours: a look into their files takes a tenth of the time
    of `importlib.metadata`, which is asked where there is one, and where packages are found by other means."""
    others = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    folders = [Path(path or os.curdir) for path in sys.path]
    if len(others) > 1 or any(folder.is_file() for folder in folders):  # a zip of packages
        return True
    told = (told for folder in folders for told in folder.glob("*.*-info/entry_points.txt"))
    try:
        return any(b"[capxbrl." in path.read_bytes() for path in told)
    except OSError:
        return True


def beside(kind: str, ours: Collection[str]) -> tuple[tuple[str, ModuleType], ...]:
    """The additions of a kind. Raises BadData where one has the name of one of ours, or of another addition."""
    seen = set(ours)
    for name, _ in added(kind):
        if name in seen:
            raise BadData(f"an installed package adds {name!r} to capxbrl.{kind}, which is there already")
        seen.add(name)
    return added(kind)
