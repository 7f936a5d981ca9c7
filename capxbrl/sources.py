"""What a caller gives as a filing: a path, a text, bytes, an open file. Each becomes bytes with a name."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from . import readers
from .files import MAX_BYTES, load, read_up_to
from .findings import Outcome, UnreadableInput
from .model import Document

#: What a filing may be given as.
Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | IO[str]
#: Called with the name of the step that begins; for a progress display.
Progress = Callable[[str], None]

#: What a file is called that came without a name.
_UNNAMED = "input"
#: Where a page says what its encoding is.
_HEAD = 4096
#: No path is longer, on any system.
_LONGEST_PATH = 4096


def read(
    source: Source, name: str | None = None, *, ocr: bool = False, progress: Progress | None = None
) -> Outcome[Document]:
    """Read a filing of any known format: text, EDGAR submission, HTML, PDF, DOCX, RTF, XLSX, PNG, JPEG, TIFF.

    A str is a path, unless it holds a line break or begins with "<": then it is the text of a filing. What else has a
    path is os.PathLike; bytes, bytearray and memoryview are the contents of a file; what has a method `read` is an open
    file, of bytes or of text, read from where it stands.

    Args:
        source: the filing.
        name: what positions and receipt call it; by default the name of the file, or "input".
        ocr: read pages that are pictures anew, whatever text they have.
        progress: called with the name of each page that is read from its picture.

    Returns the document and the findings of reading. Raises UnreadableInput, TypeError for what is no source.
    """
    data, called = contents(source)
    return readers.read(data, name or called, ocr=ocr, tell=progress)


def contents(source: Source) -> tuple[bytes, str]:
    """The bytes of a source and the name that it brings. Raises UnreadableInput, TypeError."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), _UNNAMED
    if isinstance(source, str) and is_text(source):
        return encoded(source), _UNNAMED
    if isinstance(source, str | os.PathLike):
        return _of_path(source)
    if callable(getattr(source, "read", None)):
        return _of_file(source), _name_of(source)
    raise TypeError(f"a filing is a path, text, bytes or an open file, not {type(source).__name__}")


def is_text(source: str) -> bool:
    """A str that is the text of a filing, not a path: it holds a line break, or begins with "<"; or it is empty."""
    return not source or "\n" in source or "\r" in source or source.lstrip("\ufeff \t").startswith("<")


def encoded(text: str) -> bytes:
    """A text as the bytes of a file: UTF-8, marked so where the page says anything of its encoding, which was true of
    the bytes that it once was."""
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    says = any(word in text[:_HEAD].casefold() for word in ("charset", "encoding"))
    return codecs.BOM_UTF8 + data if says and not text.isascii() else data


def _of_path(source: str | os.PathLike[str]) -> tuple[bytes, str]:
    path = Path(source)
    if isinstance(source, str) and (len(source) > _LONGEST_PATH or "\0" in source):
        raise UnreadableInput(f"{source[:60]!r}...: no path; a text of one line is given as bytes: text.encode()")
    # A name of bytes that are no UTF-8 must not spoil what is written.
    return load(path, MAX_BYTES), os.fsencode(path.name).decode("utf-8", "replace")


def _of_file(source: Any) -> bytes:
    """What an open file holds from where it stands, a byte more than may be read at most."""
    if isinstance(source, io.TextIOBase):
        return encoded(source.read(MAX_BYTES + 1))
    first = source.read(0)
    if isinstance(first, str):
        return encoded(source.read(MAX_BYTES + 1))
    return read_up_to(source, MAX_BYTES + 1)


def _name_of(source: Any) -> str:
    """The name of an open file; a number, as that of a file of a descriptor, is none."""
    named = getattr(source, "name", None)
    return os.path.basename(named) or _UNNAMED if isinstance(named, str) else _UNNAMED
