"""What archives are read, and what reading a damaged one, and the tables in it, raises: for all that read one."""

from __future__ import annotations

import csv
import lzma
import zipfile
import zlib

#: How the parts of an archive are packed. Others are rare, and can ask for memory as they like (LZMA's dictionary).
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

DAMAGED: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(csv.Error, KeyError, NotImplementedError, EOFError, ValueError, RuntimeError, OSError),
)


def is_zip_of(data: bytes, folder: bytes) -> bool:
    """A zip file with members in this folder: their names stand in it as they are."""
    return data.startswith(b"PK\x03\x04") and folder in data
