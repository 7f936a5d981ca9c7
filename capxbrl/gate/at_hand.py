"""The taxonomies a report needs: those that the caller gives, finds in folders of packages, or capxbrl brings along."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from ..findings import Finding, Position, Severity, UnreadableInput, counted
from ..records import dataclass
from ..resources import BASE_URL, taxonomies
from .inputs import check_report, check_zip
from .records import Check, Package, Validation
from .references import Survey, absent, rewritten_by, survey, title

_OWN = ("capx-gaap", "capx-dei")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The packages to validate with; or what is told instead, where a taxonomy is not at hand. schemas: what the report
    refers to on the web."""

    packages: tuple[Package, ...]
    schemas: frozenset[str] = frozenset()
    unjudged: Validation | None = None


def prepare(report: Path, packages: Sequence[Path], folders: Sequence[Path], scratch: Path) -> Prepared:
    """Look at a report before Arelle does.

    packages: given; folders: searched for what is missing. scratch: a folder for the time of the validation. Raises
    UnreadableInput for what is no report, is not safe to open, or refers to files outside.
    """
    check_report(report)
    looked = [*map(_look, packages)]
    mapped = [start for one in looked for start in one.starts]
    found = survey(report)
    missing = absent(found, mapped, _cache())
    looked += _in_folders(missing, folders)
    more = [one.package for one in looked]
    if any(url.startswith(BASE_URL) for url in missing):
        more += _own(scratch)
    for added in more[len(packages) :]:
        mapped += rewritten_by(added.path)
    missing = absent(found, mapped, _cache())
    unjudged = _unjudged(report, more, missing, found) if missing else None
    return Prepared(packages=tuple(more), schemas=frozenset(found.schemas), unjudged=unjudged)


class _Looked(NamedTuple):
    """A package that is safe to open. starts: beginnings of the URLs that it maps."""

    package: Package
    starts: tuple[str, ...]


def _look(path: Path) -> _Looked:
    """Raises UnreadableInput."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return _look_at(path, ())  # it tells what is wrong
    return _look_at(path, (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))


@lru_cache(maxsize=64)
def _look_at(path: Path, state: tuple[int, ...]) -> _Looked:
    """Once for each state of a file: a large taxonomy takes longer than most reports on it."""
    check_zip(path)
    with path.open("rb") as file:
        package = Package(path=path, sha256=file_digest(file, "sha256").hexdigest())
    return _Looked(package, rewritten_by(path))


def _cache() -> Path:
    """The standard schemas that Arelle brings along."""
    import arelle

    return Path(arelle.__path__[0]) / "resources" / "cache"


def _in_folders(missing: dict[str, str], folders: Sequence[Path]) -> list[_Looked]:
    """The packages of the folders that map one of the missing schemas; files that are none are passed over."""
    out = []
    for path in sorted(p for folder in folders for p in folder.glob("*.zip")):
        try:
            looked = _look(path)
        except UnreadableInput:
            continue
        if looked.starts and any(url.startswith(looked.starts) for url in missing):
            out.append(looked)
    return out


def _own(scratch: Path) -> list[Package]:
    """The taxonomies of capxbrl as packages."""
    out = []
    for name in _OWN:
        folder, path = taxonomies() / name, scratch / f"{name}.zip"
        digests = ""
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(p for p in folder.rglob("*") if p.suffix in (".xml", ".xsd")):
                data, inside = file.read_bytes(), file.relative_to(folder).as_posix()
                archive.writestr(f"{name}/{inside}", data)
                digests += f"{inside} {sha256(data).hexdigest()}\n"
        out.append(Package(path=path, sha256=sha256(digests.encode()).hexdigest(), own=True))
    return out


def _unjudged(report: Path, packages: Sequence[Package], missing: dict[str, str], found: Survey) -> Validation:
    """One finding instead of hundreds: without its taxonomy nothing of a report can be judged."""
    counts: Counter[str] = Counter()
    for namespace, url in sorted({(namespace, namespace or url) for url, namespace in missing.items()}):
        counts[title(url)] += found.facts.get(namespace, 0) if namespace else 0
    # What has no fact, such as the types of us-gaap, comes with what has some.
    names = [name for name, facts in counts.most_common() if facts] or sorted(counts)
    facts = counted(counts.total(), "fact")
    listed, them, it = " and ".join(names), *(("is", "it") if len(names) == 1 else ("are", "them"))
    zips = " ".join(f"--package {name.replace(' ', '-')}.zip" for name in names if "/" not in name)
    told = Finding(
        code="gate.no-taxonomy",
        severity=Severity.ERROR,
        at=Position(source=report.name),
        message=f"{listed} {them} not here: {facts} cannot be checked, and the report is not judged",
        hint=f"give {zips or '--package ZIP'}, or --packages with the folder that holds {it}",
    )
    why = f"{listed} {them} not at hand"
    return Validation(
        report=report.name,
        packages=tuple((p.name, p.sha256) for p in packages if not p.own),
        own=tuple((p.path.stem, p.sha256) for p in packages if p.own),
        findings=(told,),
        facts=(),
        checks=(Check(name="every check", version="", ran=False, why=why),),
        documents=(),
        dts=(),
        arelle=version("arelle-release"),
        judged=False,
    )
