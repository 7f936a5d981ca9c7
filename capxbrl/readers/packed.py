"""One filing packed with gzip, or alone in a zip archive: what is in it is read as if it had been given.

Members are read in memory, with a cap on their size; nothing is ever extracted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from ..files import MAX_BYTES
from ..findings import Outcome, UnreadableInput
from ..model import Document
from ..zips import DAMAGED, METHODS

ORDER = 90  # after the formats that are zip archives themselves

_GZIP, _ZIP, _EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
#: How many times its packed size a file may have, and what is small enough whatever its ratio.
_RATIO, _ALWAYS = 100, 1 << 20
#: What systems put beside the file that a person packed.
_BESIDE = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db"})


def recognises(data: bytes) -> bool:
    return data.startswith((_GZIP, _ZIP, _EMPTY_ZIP))


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read what is packed. Raises UnreadableInput, for an archive of several files too."""
    from . import read as read_any

    try:
        inner, called = _gunzipped(data, name) if data.startswith(_GZIP) else _only_member(data, name)
    except DAMAGED as error:
        what = "a gzip archive" if data.startswith(_GZIP) else "a zip archive"
        raise UnreadableInput(f"{name}: is {what} that cannot be read ({error})") from None
    if recognises(inner):
        raise UnreadableInput(f"{name}: is an archive in an archive; unpack it first")
    return read_any(inner, called)


def _most(packed: int) -> int:
    """So many bytes may be in so many packed ones: text does not pack a hundred times."""
    return min(MAX_BYTES, max(_ALWAYS, _RATIO * packed))


def _too_large(name: str, what: str) -> UnreadableInput:
    return UnreadableInput(f"{name}: is {what} that unpacks to more than a filing would; it is taken for a bomb")


def _gunzipped(data: bytes, name: str) -> tuple[bytes, str]:
    unpacker = zlib.decompressobj(wbits=31)
    most = _most(len(data))
    inner = unpacker.decompress(data, most + 1)
    if len(inner) > most:
        raise _too_large(name, "a gzip archive")
    if not unpacker.eof:
        raise EOFError("it ends too early")
    if unpacker.unused_data.strip(b"\0"):
        raise ValueError("more stands behind its end")
    return inner, name.removesuffix(".gz")


def _only_member(data: bytes, name: str) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [m for m in archive.infolist() if not m.is_dir() and not _BESIDE & {*PurePosixPath(m.filename).parts}]
        if len(files) != 1:
            raise UnreadableInput(f"{name}: is a zip archive of {len(files)} files; give one of them")
        if files[0].flag_bits & 1:
            raise UnreadableInput(f"{name}: is a zip archive with a password; unpack it first")
        if files[0].compress_type not in METHODS:
            raise UnreadableInput(f"{name}: is a zip archive packed by a rare method; pack it anew")
        most = _most(files[0].compress_size)
        with archive.open(files[0]) as file:
            inner = file.read(most + 1)
    if len(inner) > most:
        raise _too_large(name, "a zip archive")
    return inner, PurePosixPath(files[0].filename).name
