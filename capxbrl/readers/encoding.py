"""Bytes -> text: byte order marks, declared encodings, UTF-8, and Windows-1252 as the last resort."""

from __future__ import annotations

import codecs
import re

from ..findings import Finding, Position, Severity, UnreadableInput

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What files begin with that hold no text; for a clear message.
_BINARY = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (
        b"\xd0\xcf\x11\xe0",
        "an Office file of before 2007, or one with a password (save it as .docx or .xlsx without one)",
    ),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a media file"),
)
#: What no XML may hold (XML 1.0, 2.2); a form feed is kept, it parts pages.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LEGAL = bytes(code for code in range(0x80) if not _ILLEGAL.match(chr(code)))
#: Those of ASCII.
_CONTROLS = bytes([*range(9), 11, *range(14, 32)])
#: Characters of Windows-1252 that a tool passed on by their numbers ("&#150;"): what they stand for (HTML standard,
#: 13.2.5.80). They are controls in Unicode, which no text prints.
_C1 = re.compile("[\x80-\x9f]")
_PASSED_ON = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def decode(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file, characters that no XML may hold replaced by blanks. Guesses are told as a note.

    Raises UnreadableInput for an empty or a binary file.
    """
    text, findings = _decoded(data, name)
    return legal(text), findings


def legal(text: str) -> str:
    """The text with blanks for the characters that no XML may hold, those of Windows-1252 by their true numbers."""
    if text.isascii():
        return text if not text.encode().translate(None, _LEGAL) else _ILLEGAL.sub(" ", text)
    if text.isascii() and len(text.encode("ascii").translate(None, _CONTROLS)) == len(text):
        return text  # nearly all
    text = _ILLEGAL.sub(" ", text)
    return text.translate(_PASSED_ON) if _C1.search(text) else text


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    if not data.strip(b"\0 \t\r\n\f"):
        raise UnreadableInput(f"{name}: the file is empty")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise UnreadableInput(f"{name}: is {what}, not a filing in a format that can be read")
    head = data[:65536]
    odd = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 32)))
    if odd > max(8, len(head) // 200):
        raise UnreadableInput(f"{name}: is a binary file, not a filing in a format that can be read")
    declared = _DECLARED.search(data[:4096])
    for encoding in ([declared[1].decode("ascii")] if declared else []) + ["utf-8"]:
        try:
            return data.decode(encoding), ()
        except (UnicodeError, LookupError):  # also of a codec that is none of text, such as punycode
            continue
    note = Finding(
        code="read.encoding",
        severity=Severity.NOTE,
        at=Position(source=name),
        message="neither UTF-8 nor a declared encoding: read as Windows-1252",
    )
    # Windows-1252 leaves five bytes without a character; Latin-1 has one for each.
    return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1"), (note,)
