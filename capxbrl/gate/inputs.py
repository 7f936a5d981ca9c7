"""Looks at a file before Arelle does: is it a report at all, and is it safe to open?

Zips are never extracted: their directory is read, and members are read in memory, with caps on count, size and ratio.
Arelle parses with huge trees allowed, so entity declarations (which neither XBRL nor EDGAR needs) are refused here.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from ..files import check_file
from ..findings import UnreadableInput
from ..zips import DAMAGED, METHODS

PACKAGE_SUFFIXES = (".xbri", ".xbr", ".zip")
#: What references and entities are looked for in; single bytes that hold ASCII are UTF-8 as far as these go.
_PLAIN = ("utf-8", "utf-16-le", "utf-16-be")
#: How EBCDIC and four bytes a character begin (XML 1.0, appendix F).
_WIDE = (b"\x4c\x6f\xa7\x94", b"\0\0\0<", b"<\0\0\0", b"\0\0<\0", b"\0<\0\0", b"\0\0\xfe\xff", b"\xff\xfe\0\0")
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"'>]*)""")
_ENCODING = re.compile(rb"(?:utf|iso|latin|windows|cp|us)?[-_]?(?:8|16|16[-_]?[lb]e|ascii|8859[-_]\d\d?|1|125\d)", re.I)
_INLINE = (".xhtml", ".html", ".htm")
_INSTANCE = (".xml", ".xbrl")

MAX_MEMBERS = 10_000
MAX_BYTES = 1 << 30  # of all members, unpacked; the whole of us-gaap with its linkbases is about 200 MB
MAX_MEMBER_BYTES = 256 << 20
MAX_RATIO = 200  # of a member above 1 MB; XBRL linkbases reach about 40
_RATIO_FREE = 1 << 20


def check_report(report: Path) -> None:
    """Raises UnreadableInput, with one clear sentence, for what is no report."""
    data = _head(report)
    suffix = report.suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or suffix in PACKAGE_SUFFIXES:
        names = check_zip(report)
        if suffix not in PACKAGE_SUFFIXES:
            raise UnreadableInput(f"{report}: is a zip file but is not named .xbri, .xbr or .zip")
        if not any(map(_is_report_entry, names)):
            raise UnreadableInput(
                f"{report}: is a zip file but no report package: it holds no report in TOP-FOLDER/reports/"
            )
        return
    if suffix not in _INLINE + _INSTANCE:
        raise UnreadableInput(
            f"{report}: is no report: give an .xbri package, an .xhtml or .htm inline report, or an .xml instance"
        )
    if not is_markup(data):
        raise UnreadableInput(f"{report}: is not XML")
    if report.stat().st_size > MAX_MEMBER_BYTES:
        raise UnreadableInput(f"{report}: is larger than {MAX_MEMBER_BYTES >> 20} MB")
    check_markup(report.read_bytes(), str(report))


def check_zip(path: Path) -> list[str]:
    """The names of a zip's members, once it is known to be harmless. Raises UnreadableInput."""
    _head(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise UnreadableInput(f"{path}: the zip holds {len(members)} files; the limit is {MAX_MEMBERS}")
            if sum(m.file_size for m in members) > MAX_BYTES:
                raise UnreadableInput(f"{path}: the zip unpacks to more than {MAX_BYTES >> 20} MB")
            for member in members:
                _check_member(path, member)
            for member in members:
                check_markup(archive.read(member), f"{path}: {member.filename}")
            return [m.filename for m in members if not m.is_dir()]
    except DAMAGED as error:
        raise UnreadableInput(f"{path}: is no readable zip file ({error})") from None


def _is_report_entry(name: str) -> bool:
    """A report of a package: in its reports folder or one folder below (Report Package 1.0, section 4)."""
    path = PurePosixPath(name)
    return "reports" in path.parts[1:3] and path.suffix.lower() in (*_INLINE, *_INSTANCE, ".json")


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith("/") or "\\" in member.orig_filename or ".." in PurePosixPath(name).parts:
        raise UnreadableInput(f"{path}: the zip holds a file with an unsafe name ({name!r})")
    if member.flag_bits & 0x1:
        raise UnreadableInput(f"{path}: {name} is encrypted")
    if member.compress_type not in METHODS:
        raise UnreadableInput(f"{path}: {name} is packed by a method that packages do not have")
    if member.file_size > MAX_MEMBER_BYTES:
        raise UnreadableInput(f"{path}: {name} unpacks to more than {MAX_MEMBER_BYTES >> 20} MB")
    if member.file_size > _RATIO_FREE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise UnreadableInput(
            f"{path}: {name} is packed more than {MAX_RATIO} times; such a file is taken for a zip bomb"
        )


def _head(path: Path) -> bytes:
    check_file(path)
    try:
        with path.open("rb") as file:
            data = file.read(1024)
    except IsADirectoryError:
        raise UnreadableInput(f"{path}: is a folder; give the report in it") from None
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None
    if not data:
        raise UnreadableInput(f"{path}: is empty")
    return data


def is_markup(data: bytes) -> bool:
    """It begins, after a byte order mark and white space, with "<" (UTF-8 or UTF-16)."""
    return data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def check_markup(data: bytes, where: str) -> None:
    """Raises UnreadableInput for a document that declares entities, or in whose encoding they could hide.

    Whatever its name: Arelle opens what a reference names, and reads it in the encoding that it declares.
    """
    if any("<!ENTITY".encode(encoding) in data for encoding in _PLAIN):
        raise UnreadableInput(f"{where}: declares XML entities, which a report must not do")
    declared = _DECLARED.match(data)
    if data.startswith(_WIDE) or (declared and not _ENCODING.fullmatch(declared[1])):
        raise UnreadableInput(f"{where}: is XML in an encoding that reports do not have; UTF-8 is what they are in")
