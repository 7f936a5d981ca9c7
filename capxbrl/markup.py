"""The one place where XML and HTML are parsed: no entities, no DTD, no network, no huge trees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lxml import etree

from .findings import UnreadableInput

#: An element of a parsed document.
Element = etree._Element


class Target(Protocol):
    """What `walk_html` tells of a document, in its order. Elements are closed even where the source forgot to."""

    def start(self, tag: str, attrib: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, data: str) -> None: ...
    def close(self) -> None: ...


def parse_xml(data: bytes) -> Element:
    """The root element of an XML document. Raises UnreadableInput with the parser's message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(f"not well-formed XML: {error}") from None


def as_ascii(root: Element) -> bytes:
    """The document as XML in ASCII: every other character by its number."""
    return etree.tostring(root, encoding="ascii", xml_declaration=True)


def walk_html(text: str, target: Target) -> None:
    """Tell `target` the elements and texts of an HTML document, however broken.

    No tree is built: libxml2 cuts a tree off at 256 levels without a word, and filings of the 1990s that never close
    a <font> are deeper.  Raises UnreadableInput when there is nothing to tell.
    """
    # What is declared in the text was true of the bytes it came from; lone surrogates have no bytes.
    data = text.encode("utf-8", "replace")
    parser = etree.HTMLParser(
        target=target,  # type: ignore[arg-type]  # str alone: the encoding is given
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput(f"not an HTML document: {error}") from None
