"""What is to be converted: files, folders, patterns, lists, archives and addresses, one job a filing, found as they are
asked for."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..files import MAX_BYTES, load, read_up_to
from ..findings import BadData, UnreadableInput
from ..records import dataclass
from .archives import Member, is_archive, members

_MAGIC = "*?["
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One filing. name: as the journal knows it, `ARCHIVE!MEMBER` of what is in an archive. place: a path or an
    address; member: of an archive there. data: its bytes, where they are at hand. why: it cannot be read, as this says.
    """

    name: str
    place: str = ""
    member: str = ""
    data: bytes | None = None
    why: str = ""

    @property
    def called(self) -> str:
        """The name of the file alone, as `convert` calls it."""
        return PurePosixPath((self.member or self.name).replace("\\", "/")).name

    def read(self) -> bytes:
        """Raises UnreadableInput."""
        if self.why:
            raise UnreadableInput(f"{self.name}: {self.why}")
        if self.data is not None:
            return self.data
        if self.member:
            with _opened(self.place) as file:
                found = next((m for m in members(file, self.place) if m.name == self.member), None)
            if found is None or found.why:
                raise UnreadableInput(f"{self.name}: {found.why if found else 'it is there no more'}")
            return found.data
        if not is_address(self.place):
            return load(Path(self.place), MAX_BYTES)
        with _opened(self.place) as file:
            data = read_up_to(file, MAX_BYTES + 1)  # type: ignore[arg-type]
        if len(data) > MAX_BYTES:
            raise UnreadableInput(f"{self.name}: larger than {MAX_BYTES:,} bytes; filings are smaller")
        return data


def digest_of(name: str) -> str:
    """Of the name of a job, in hexadecimal digits: what tells it from every other."""
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:16]


def key(name: str) -> str:
    """What the outputs of a job are named by: words of its name, and what makes them its own."""
    last = PurePosixPath(name.rpartition("!")[2].replace("\\", "/")).name
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in last.partition(".")[0])
    return f"{stem[:_LONGEST].lstrip('.') or 'input'}-{digest_of(name)}"


def is_address(place: str) -> bool:
    """A path of fsspec, such as s3://bucket/name; not a drive of Windows."""
    return "://" in place


def jobs(inputs: Iterable[str | os.PathLike[str]], names: Callable[[], Iterable[str]]) -> Iterator[Job]:
    """A job for each filing of the inputs, each once: a file; a folder with all below it, hidden files aside; a pattern
    (`*`, `?`, `[...]`, `**`); `@FILE`, a list of inputs, one a line; `-`, the same from `names`; an archive with all
    that is in it; an address that fsspec knows, of any of these.

    Raises UnreadableInput for an input that is not there, BadData where fsspec is needed and missing.
    """
    seen: set[str] = set()
    for place in _places(inputs, names, 0):
        for job in _of_file(place):
            digest = digest_of(job.name)
            if digest not in seen:
                seen.add(digest)
                yield job


def total(inputs: Iterable[str | os.PathLike[str]]) -> int | None:
    """How many filings there are; None where that takes reading archives, or what comes by standard input."""
    given = [os.fspath(one) for one in inputs]
    if "-" in given:
        return None
    count = 0
    for place in _places(given, lambda: (), 0):
        count += 1
        if is_archive(place):
            return None
    return count


def _places(inputs: Iterable[str | os.PathLike[str]], names: Callable[[], Iterable[str]], depth: int) -> Iterator[str]:
    """The path or address of every file."""
    for given in inputs:
        said = os.fspath(given)
        if said == "-":
            yield from _places(_lines(names()), tuple, depth + 1)
        elif said.startswith("@") and not os.path.exists(said):
            if depth:
                raise UnreadableInput(f"{said}: a list within a list is not read")
            yield from _places(_lines(_listed(said[1:])), names, depth + 1)
        else:
            yield from _addresses(said) if is_address(said) else _paths(said)


def _lines(lines: Iterable[str]) -> Iterator[str]:
    yield from filter(None, (line.strip() for line in lines))


def _listed(path: str) -> list[str]:
    return os.fsdecode(load(Path(path), MAX_BYTES)).splitlines()


def _paths(said: str) -> Iterator[str]:
    if os.path.isdir(said):
        yield from _below(said)
    elif os.path.lexists(said):
        yield said
    elif any(c in said for c in _MAGIC):
        found = sorted(glob.glob(said, recursive=True))
        if not found:
            raise UnreadableInput(f"{said}: nothing is there that has such a name")
        for path in found:
            if os.path.isfile(path):
                yield path
    else:
        raise UnreadableInput(f"{said}: No such file or directory")


def _below(folder: str) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(root, name) for name in sorted(names) if not name.startswith("."))


def _of_file(place: str) -> Iterator[Job]:
    """The job of a file, or those of an archive."""
    if not is_archive(place):
        yield Job(name=place, place=place)
        return
    try:
        with _opened(place) as file:
            for member in members(file, place):
                yield _of(member, place)
    except UnreadableInput as error:
        yield Job(name=place, place=place, why=str(error).removeprefix(f"{place}: "))


def _of(member: Member, place: str) -> Job:
    if not member.name:  # of the archive itself, which cannot be read any further
        return Job(name=place, place=place, why=member.why)
    name = f"{place}!{member.name}"
    return Job(name=name, place=place, member=member.name, data=member.data, why=member.why)


# --- where they are ---------------------------------------------------------------------------------------------------


def _opened(place: str) -> AbstractContextManager[IO[bytes]]:
    """Raises UnreadableInput."""
    try:
        if is_address(place):
            return fsspec().open(place, "rb")  # type: ignore[no-any-return]
        return open(place, "rb")
    except (OSError, ValueError, ImportError) as error:
        raise UnreadableInput(f"{place}: {getattr(error, 'strerror', None) or error}") from None


def _addresses(said: str) -> Iterator[str]:
    """The files at an address: of a pattern, of a folder, or the one."""
    try:
        system, path = fsspec().core.url_to_fs(said)
        if any(c in path for c in _MAGIC):
            found = sorted(p for p in system.glob(path) if system.isfile(p))
        elif system.isdir(path):
            found = sorted(system.find(path))
        else:
            found = [path]
        if not found:
            raise UnreadableInput(f"{said}: nothing is there that has such a name")
        yield from (system.unstrip_protocol(p) for p in found)
    except (OSError, ValueError, ImportError) as error:
        raise UnreadableInput(f"{said}: {error}") from None


def fsspec() -> Any:
    """The package. Raises BadData where it is not installed."""
    try:
        import fsspec as package
    except ImportError:
        raise BadData("addresses need fsspec; install it: pip install 'capxbrl[fsspec]'") from None
    return package
