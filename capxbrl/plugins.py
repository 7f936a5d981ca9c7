"""What other packages add: rules, readers and writers, by their entry points in the groups `capxbrl.rules`,
`capxbrl.readers` and `capxbrl.writers` (Python Packaging User Guide, "Entry points specification").

Each names a module with what a module of ours in the folder of that name has: `check`; `recognises` and `read`;
`SUFFIX` with `write` or `tell`. They run as part of this program: install none that you would not run.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

from .findings import BadData

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
    for point in sorted(entry_points(group=f"capxbrl.{kind}"), key=lambda p: (p.name, p.value)):
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


def beside(kind: str, ours: Collection[str]) -> tuple[tuple[str, ModuleType], ...]:
    """The additions of a kind. Raises BadData where one has the name of one of ours, or of another addition."""
    seen = set(ours)
    for name, _ in added(kind):
        if name in seen:
            raise BadData(f"an installed package adds {name!r} to capxbrl.{kind}, which is there already")
        seen.add(name)
    return added(kind)
