"""Zip archives of the same bytes for the same members: no clock in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from ..records import dataclass

#: The first day a zip archive can name.
_STAMP = (1980, 1, 1, 0, 0, 0)
_DAY = 1 << 5 | 1  # the same as MS-DOS counts (APPNOTE.TXT, 4.4.6)
_FILE = 0o644 << 16
_PLAIN, _DEFLATE, _UNIX, _UTF8 = 20, 8, 3, 0x800
#: What stands before a member, and what the directory at the end says of it (APPNOTE.TXT, 4.3.7 and 4.3.12).
_HEADER = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of the members in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _FILE
            archive.writestr(info, data)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Deflated:
    """A member as an archive holds it: its bytes deflated, and what is told of them."""

    data: bytes
    checksum: int
    size: int


def deflated(data: bytes) -> Deflated:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Deflated(packer.compress(data) + packer.flush(), zlib.crc32(data), len(data))


def packed(members: Mapping[str, Deflated]) -> bytes:
    """The archive that `zipped` makes, of members that are deflated already."""
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, member in members.items():
        called = name.encode()
        flags = 0 if name.isascii() else _UTF8
        told = (_DEFLATE, 0, _DAY, member.checksum, len(member.data), member.size, len(called), 0)
        entry = _ENTRY.pack(b"PK\1\2", _PLAIN, _UNIX, _PLAIN, 0, flags, *told, 0, 0, 0, _FILE, at)
        out += (_HEADER.pack(b"PK\3\4", _PLAIN, flags, *told), called, member.data)
        directory += (entry, called)
        at += _HEADER.size + len(called) + len(member.data)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, len(members), len(members), size, at, 0)
    return b"".join((*out, *directory, end))
