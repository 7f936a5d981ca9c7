"""The parts of an Office file (ECMA-376, Part 2: a zip of XML parts), read in memory with caps on number and size."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..findings import UnreadableInput
from ..markup import Element, parse_xml
from ..zips import DAMAGED, METHODS

#: No document has more parts, a larger one, or more in all; large ones shrink to no less than 1/`_RATIO`.
_MOST, _LARGEST, _ALL = 5_000, 50_000_000, 200_000_000
_RATIO, _SMALL = 400, 1_000_000


@dataclass(slots=True)
class Parts:
    """The parts of one file. Reading one raises UnreadableInput where it is damaged, too large, or no honest XML."""

    name: str
    archive: zipfile.ZipFile
    _read: int = field(default=0)

    def __contains__(self, part: str) -> bool:
        return part in self.archive.NameToInfo

    def xml(self, part: str) -> Element:
        """The root element of a part."""
        info = self.archive.NameToInfo.get(part)
        if info is None:
            raise UnreadableInput(f"{self.name}: its part {part} is missing; get the file again")
        self._guard(info)
        try:
            data = self.archive.read(info)
        except DAMAGED as error:
            raise UnreadableInput(f"{self.name}: its part {part} is damaged ({error}); get the file again") from None
        if b"<!DOCTYPE" in data.replace(b"\0", b"")[:100_000].upper():
            raise UnreadableInput(f"{self.name}: its part {part} declares a document type, which no Office file does")
        try:
            return parse_xml(data)
        except UnreadableInput as error:
            raise UnreadableInput(f"{self.name}: its part {part} is {error}; get the file again") from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """{id: (last word of the kind, name of the part)} of what a part refers to."""
        folder, base = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        if where not in self:
            return {}
        out: dict[str, tuple[str, str]] = {}
        for one in children(self.xml(where), "Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
                out[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], target.lstrip("/")
        return out

    def main(self) -> str:
        """The name of the main part."""
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                return target
        raise UnreadableInput(f"{self.name}: an Office file without a main part; get it again")

    def _guard(self, info: zipfile.ZipInfo) -> None:
        self._read += info.file_size
        if info.flag_bits & 1:
            raise UnreadableInput(f"{self.name}: is encrypted; save it without a password")
        if info.compress_type not in METHODS:
            raise UnreadableInput(f"{self.name}: its part {info.filename} is packed by a rare method; save it anew")
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > _LARGEST or self._read > _ALL or (info.file_size > _SMALL and ratio > _RATIO):
            raise UnreadableInput(
                f"{self.name}: its part {info.filename} grows to {info.file_size:,} bytes: no filing does"
            )


def open_parts(data: bytes, name: str) -> Parts:
    """The parts of an Office file. Raises UnreadableInput."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise UnreadableInput(f"{name}: the file is damaged or cut short ({error}); get it again") from None
    if len(archive.filelist) > _MOST:
        raise UnreadableInput(f"{name}: has {len(archive.filelist):,} parts; no filing has more than {_MOST:,}")
    return Parts(name, archive)


def local(element: Element) -> str:
    """The name of an element without its namespace: strict files have others than transitional ones."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with these names."""
    return (child for child in element if local(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names."""
    for name in path:
        element = None if element is None else next(children(element, name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute, whatever its namespace."""
    if element is None:
        return None
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """A switch that is there and not off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
