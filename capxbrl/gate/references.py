"""What a report refers to, looked at before Arelle opens anything: nothing outside, and no taxonomy that is not there.

Arelle follows every schemaLocation and xlink:href it meets, and reads whatever a catalog makes of it; a package from
elsewhere could name any file of this machine, a device or a pipe. So every reference in every document of the report
must lead to the web (which is mapped to packages, never loaded) or to another file of the report.
Sources: XBRL 2.1, 3.2 and 4.2 (DTS discovery); Taxonomy Packages 1.0, 3.3 (catalog); XML Base.
"""

from __future__ import annotations

import html
import posixpath
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..findings import UnreadableInput
from ..markup import Element, parse_xml
from ..records import dataclass
from .inputs import MAX_MEMBER_BYTES, PACKAGE_SUFFIXES, check_markup, is_markup

_MARKUP = (".xml", ".xsd", ".xhtml", ".html", ".htm", ".xbrl")
_CATALOG = "META-INF/catalog.xml"
_XLINK, _XSI = "{http://www.w3.org/1999/xlink}", "{http://www.w3.org/2001/XMLSchema-instance}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XSD, _LINK = "{http://www.w3.org/2001/XMLSchema}", "{http://www.xbrl.org/2003/linkbase}"
_IX = ("{http://www.xbrl.org/2013/inlineXBRL}", "{http://www.xbrl.org/2008/inlineXBRL}")
#: In a document that is not well-formed, which Arelle may yet read.
_ATTRIBUTE = re.compile(r"""(?:href|[sS]chemaLocation|base|rewritePrefix)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: The same as written, a word each as one pattern of all takes four times as long; and what makes another of it.
_WRITTEN = (
    re.compile(rb"""href\s*=\s*(?:"([^"<#]*)|'([^'<#]*))"""),
    re.compile(rb"""chemaLocation\s*=\s*(?:"([^"<]*)|'([^'<]*))"""),
    re.compile(rb"""xml:base\s*=\s*(?:"([^"<]*)|'([^'<]*))"""),
    re.compile(rb"""rewritePrefix\s*=\s*(?:"([^"<]*)|'([^'<]*))"""),
)
_ESCAPED = re.compile(rb"[&%\\]")
#: Bytes of the documents that a report's survey takes longest with, and that may be kept.
_LARGE = range(100_000, 4_000_000)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a report needs from the web. schemas: {URL of a schema: its namespace, "" where nothing says}.

    facts: {namespace: how many facts have concepts of it}; rewritten: beginnings of URLs that its own catalog maps.
    """

    schemas: Mapping[str, str]
    facts: Mapping[str, int]
    rewritten: tuple[str, ...]


def survey(report: Path) -> Survey:
    """Look at every document of a report. Raises UnreadableInput where one refers to a file outside."""
    schemas: dict[str, str] = {}
    facts: Counter[str] = Counter()
    rewritten: list[str] = []
    packed = report.suffix.lower() in PACKAGE_SUFFIXES
    for name, data in _members(report) if packed else _beside(report):
        found = (_said_by_large if len(data) in _LARGE else _said_by)(data)
        for reference in found.references:
            _check(reference, name, report)
        if name.endswith(_CATALOG):
            rewritten += found.rewritten
        for url, namespace in found.schemas:
            schemas[url] = schemas.get(url) or namespace
        facts.update(found.namespaces)
    return Survey(schemas=schemas, facts=facts, rewritten=tuple(filter(None, rewritten)))


class _Said(NamedTuple):
    """What a document says of others, and the namespaces of its facts; nothing where it is not well-formed, but for the
    references."""

    references: tuple[str, ...]
    schemas: tuple[tuple[str, str], ...]
    namespaces: Mapping[str, int]
    rewritten: tuple[str, ...]


def _said_by(data: bytes) -> _Said:
    root = _parsed(data)
    references = tuple(_all_references(root, data))
    if root is None:
        return _Said(references, (), {}, ())
    rewritten = (str(e.get("uriStartString") or "") for e in root if e.get("rewritePrefix"))
    return _Said(references, tuple(_schemas(root)), Counter(_namespaces(root)), tuple(rewritten))


@lru_cache(maxsize=4)
def _said_by_large(data: bytes) -> _Said:
    """Reports of many filings bring along the same large schema."""
    return _said_by(data)


def rewritten_by(package: Path) -> tuple[str, ...]:
    """Beginnings of the URLs that a taxonomy package maps to its own files.

    Raises UnreadableInput where one of its documents refers to a file outside.
    """
    starts: list[str] = []
    for name, data in _members(package):
        if not _stays(data, name, package):
            for reference in _all_references(_parsed(data), data):
                _check(reference, name, package)
        if name.endswith(_CATALOG) and (root := _parsed(data)) is not None:
            for entry in root:
                if target := entry.get("rewritePrefix"):
                    _check(target, name, package)
                    starts.append(str(entry.get("uriStartString") or ""))
    return tuple(filter(None, starts))


# --- the documents of a report ----------------------------------------------------------------------------------------


def _members(package: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every document in a zip that `check_zip` has found harmless; a name proves nothing."""
    with zipfile.ZipFile(package) as archive:
        for member in archive.infolist():
            data = archive.read(member)
            if member.filename.lower().endswith(_MARKUP) or is_markup(data):
                yield member.filename, data


def _beside(report: Path) -> Iterator[tuple[str, bytes]]:
    """(name in the report's folder, bytes) of a report that is a file, and of the files beside it that it leads to."""
    folder = report.resolve().parent
    waiting, seen = [report.resolve().name], set[str]()
    while waiting:
        name = waiting.pop()
        path = folder / name
        if name in seen or not path.exists():
            continue  # what is not there is Arelle's to tell
        seen.add(name)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_MEMBER_BYTES:
            raise UnreadableInput(f"{report}: refers to {name}, which is no file of a report")
        if not path.resolve().is_relative_to(folder):
            raise UnreadableInput(f"{report}: refers to {name}, a link to a file outside of its folder")
        data = path.read_bytes()
        check_markup(data, str(path))
        yield name, data
        for reference in _all_references(_parsed(data), data):
            local = reference.partition("#")[0]
            if local and not _SCHEME.match(local):
                _check(reference, name, report)
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(local))))


# --- references -------------------------------------------------------------------------------------------------------


def _parsed(data: bytes) -> Element | None:
    try:
        return parse_xml(data)
    except UnreadableInput:
        return None


def _all_references(root: Element | None, data: bytes) -> Iterator[str]:
    if root is None:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "ignore")
            for match in _ATTRIBUTE.finditer(text):
                yield from html.unescape(match[1] or match[2] or "").split()
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            if key in (f"{_XLINK}href", _BASE, "rewritePrefix", "schemaLocation", f"{_XSI}noNamespaceSchemaLocation"):
                yield str(value).strip()
            elif key == f"{_XSI}schemaLocation":
                yield from str(value).split()[1::2]


def _check(reference: str, name: str, report: Path) -> None:
    """Raises UnreadableInput for a reference that leads outside."""
    target = unquote(reference.partition("#")[0]).replace("\\", "/")
    scheme = _SCHEME.match(target)
    if scheme and len(scheme[1]) > 1:
        web = scheme[1].lower() in _WEB
        outside = ".." in _path(target).split("/") if web else scheme[1].lower() != "urn"
    else:
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        outside = bool(scheme) or target.startswith("/") or inside.startswith("..")
    if outside:
        raise UnreadableInput(f"{report}: {name} refers to {reference!r}, outside of the report; it was not opened")


def _stays(data: bytes, name: str, package: Path) -> bool:
    """References as they are written lead nowhere odd: nearly all of a large taxonomy need not be parsed for it."""
    written = {value for kind in _WRITTEN for pair in set(kind.findall(data)) for value in pair}
    if b"\0" in data or any(_ESCAPED.search(w) for w in written):
        return False
    try:
        for reference in b" ".join(written).decode("latin-1").split():
            _check(reference, name, package)
    except UnreadableInput:
        return False
    return True


def _path(url: str) -> str:
    """The path of a URL; the whole of what is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return url


def _schemas(root: Element) -> Iterator[tuple[str, str]]:
    """(URL, namespace) of the schemas on the web that a document asks for."""
    wanted = [(e.get("schemaLocation"), e.get("namespace")) for e in root.iter(f"{_XSD}import")]
    wanted += [(e.get(f"{_XLINK}href"), "") for e in root.iter(f"{_LINK}schemaRef")]
    for url, namespace in wanted:
        if url and url.lower().startswith(("http://", "https://")):
            yield url.partition("#")[0], namespace or ""


def _namespaces(root: Element) -> Iterator[str]:
    """The namespace of the concept of every inline fact."""
    for kind in _IX:
        for element in root.iter(f"{kind}nonFraction", f"{kind}nonNumeric", f"{kind}fraction"):
            prefix = str(element.get("name") or "").partition(":")[0]
            yield str(element.nsmap.get(prefix) or "")


# --- taxonomies that are not at hand ----------------------------------------------------------------------------------

_NAMED = re.compile(r"/([a-z][a-z-]*?)[/-]((?:19|20)\d\d)(?:[-/]|$)")


def absent(found: Survey, mapped: Sequence[str], cached: Path) -> dict[str, str]:
    """{URL: namespace} of the schemas that neither a package maps nor Arelle brings along. cached: its cache."""
    known = (*found.rewritten, *mapped)
    return {
        url: namespace
        for url, namespace in found.schemas.items()
        if not url.startswith(known) and not _is_cached(url, cached)
    }


def _is_cached(url: str, cached: Path) -> bool:
    scheme, _, rest = url.partition("://")
    try:
        return "\0" not in rest and (cached / scheme / rest).is_file()
    except OSError:  # a name that is too long for a file
        return False


def title(url: str) -> str:
    """The name of a taxonomy by the address of a schema: "us-gaap 2025"."""
    named = _NAMED.search(_path(url))
    return f"{named[1]} {named[2]}" if named else url
