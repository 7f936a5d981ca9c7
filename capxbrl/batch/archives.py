"""The members of archives (.zip, .tar, .tar.gz), one after the other and in memory: nothing is ever extracted.

The daily feeds of EDGAR are such archives: thousands of submissions (.nc) in one .tar.gz. An archive from elsewhere may
be made to harm: each member has caps on its size and its ratio, links and devices are not followed, names that lead
outside are refused, an archive within an archive is not opened. What is refused is told, and the others are read.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from ..files import MAX_BYTES
from ..findings import UnreadableInput
from ..records import dataclass
from ..zips import DAMAGED, METHODS

ZIP, TAR = (".zip",), (".tar", ".tar.gz", ".tgz")
SUFFIXES = (*ZIP, *TAR)
#: A member, and the whole of a tar, unpacked against packed; what is small enough whatever its ratio.
MAX_RATIO, _ALWAYS = 200, 1 << 20
MAX_MEMBERS = 1_000_000
#: What systems put beside the files that a person packed.
_BESIDE = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db"})
_DAMAGED: tuple[type[Exception], ...] = (*DAMAGED, tarfile.TarError, MemoryError)
_BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive. why: it is not read, as this says; its data are empty then."""

    name: str
    data: bytes = b""
    why: str = ""


def is_archive(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def members(file: IO[bytes], name: str) -> Iterator[Member]:
    """Every file of an archive, in its order; a name that comes again has a number. What cannot be read any further
    ends with a member of an empty name that says why.

    file: open for reading, and for seeking where it is a zip. name: tells which kind of archive it is.
    """
    times: dict[str, int] = {}
    try:
        for count, member in enumerate(_of_zip(file) if name.lower().endswith(ZIP) else _of_tar(file)):
            if count >= MAX_MEMBERS:
                raise UnreadableInput(f"the archive holds more than {MAX_MEMBERS:,} files")
            times[member.name] = number = times.get(member.name, 0) + 1
            yield member if number == 1 else Member(name=f"{member.name}#{number}", data=member.data, why=member.why)
    except UnreadableInput as error:
        yield Member(name="", why=str(error))
    except _DAMAGED as error:
        yield Member(name="", why=f"the archive is damaged ({str(error) or type(error).__name__})")


def _of_zip(file: IO[bytes]) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.is_dir() or _is_beside(info.filename):
                continue
            why = _unsafe(info.filename, info.orig_filename) or _refused(info)
            if why:
                yield Member(name=info.filename, why=why)
                continue
            try:
                yield _checked(info.filename, archive.read(info))
            except DAMAGED as error:
                yield Member(name=info.filename, why=f"it is damaged ({str(error) or type(error).__name__})")


def _refused(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x1:
        return "it is encrypted"
    if info.compress_type not in METHODS:
        return "it is packed by a method that is not read"
    if info.external_attr >> 28 == 0xA:  # S_IFLNK of Unix
        return "it is a link, which is not followed"
    if info.file_size > MAX_BYTES:
        return f"it is larger than {MAX_BYTES:,} bytes; filings are smaller"
    if info.file_size > _ALWAYS and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"it is packed more than {MAX_RATIO} times, and taken for a zip bomb"
    return ""


def _of_tar(file: IO[bytes]) -> Iterator[Member]:
    with tarfile.open(fileobj=_Guarded(file), mode="r:") as archive:  # type: ignore[call-overload]
        while (info := archive.next()) is not None:
            archive.members.clear()  # else it keeps all that it has seen
            if info.isdir() or _is_beside(info.name):
                continue
            why = _unsafe(info.name, info.name)
            if not info.isreg():
                why = why or "it is a link or a device, which is not followed"
            if info.size > MAX_BYTES:
                why = why or f"it is larger than {MAX_BYTES:,} bytes; filings are smaller"
            if why:
                yield Member(name=info.name, why=why)
                continue
            content = archive.extractfile(info)
            assert content is not None
            yield _checked(info.name, content.read())


class _Guarded:
    """The bytes of a tar, unpacked where they are packed: no more at once than a filing may have, and not many times
    what has been read of the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self._packed = file
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._file: Any = gzip.GzipFile(fileobj=file) if packed else file
        self._limited = packed

    def read(self, size: int) -> bytes:
        if size > MAX_BYTES:
            raise UnreadableInput("the archive holds a header of an absurd size")
        data: bytes = self._file.read(size)
        self._check()
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        # What is skipped is unpacked all the same: a piece at a time.
        while whence == 0 and self._limited and place - self._file.tell() > _ALWAYS:
            self._file.seek(self._file.tell() + _ALWAYS)
            self._check()
            if not self._file.peek(1):
                break
        return int(self._file.seek(place, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def _check(self) -> None:
        if self._limited and self._file.tell() > MAX_RATIO * (self._packed.tell() + _ALWAYS):
            raise UnreadableInput(f"the archive is packed more than {MAX_RATIO} times, and taken for a bomb")


def _checked(name: str, data: bytes) -> Member:
    if is_archive(name) and data.startswith(_BEGINS):
        return Member(name=name, why="it is an archive within an archive; take it out, and give it by itself")
    return Member(name=name, data=data)


def _unsafe(name: str, written: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in written or "\0" in written or not name.strip("/"):
        return "its name leads outside of the archive"
    return ""


def _is_beside(name: str) -> bool:
    return not _BESIDE.isdisjoint(PurePosixPath(name).parts)
