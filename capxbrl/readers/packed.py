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

ORDER = 90  # after the formats that are zip archives themselves

_GZIP, _ZIP, _EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
#: What systems put beside the file that a person packed.
_BESIDE = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db"})


def recognises(data: bytes) -> bool:
    return data.startswith((_GZIP, _ZIP, _EMPTY_ZIP))


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read what is packed. Raises UnreadableInput, for an archive of several files too."""
    from . import read as read_any

    try:
        inner, called = _gunzipped(data, name) if data.startswith(_GZIP) else _only_member(data, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        what = "a gzip archive" if data.startswith(_GZIP) else "a zip archive"
        raise UnreadableInput(f"{name}: is {what} that cannot be read ({error})") from None
    if recognises(inner):
        raise UnreadableInput(f"{name}: is an archive in an archive; unpack it first")
    return read_any(inner, called)


def _gunzipped(data: bytes, name: str) -> tuple[bytes, str]:
    unpacker = zlib.decompressobj(wbits=31)
    inner = unpacker.decompress(data, MAX_BYTES + 1)
    if len(inner) > MAX_BYTES:
        raise UnreadableInput(f"{name}: unpacks to more than {MAX_BYTES:,} bytes; filings are smaller")
    if not unpacker.eof:
        raise EOFError("it ends too early")
    return inner, name.removesuffix(".gz")


def _only_member(data: bytes, name: str) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [m for m in archive.infolist() if not m.is_dir() and not _BESIDE & {*PurePosixPath(m.filename).parts}]
        if len(files) != 1:
            raise UnreadableInput(f"{name}: is a zip archive of {len(files)} files; give one of them")
        if files[0].flag_bits & 1:
            raise UnreadableInput(f"{name}: is a zip archive with a password; unpack it first")
        with archive.open(files[0]) as file:
            inner = file.read(MAX_BYTES + 1)
    if len(inner) > MAX_BYTES:
        raise UnreadableInput(f"{name}: unpacks to more than {MAX_BYTES:,} bytes; filings are smaller")
    return inner, PurePosixPath(files[0].filename).name
