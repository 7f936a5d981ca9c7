"""The one place where XML and HTML are parsed: no entities, no DTD, no network, no huge trees."""

from __future__ import annotations

from lxml import etree, html

from .findings import UnreadableInput


def parse_xml(data: bytes) -> etree._Element:
    """The root element of an XML document. Raises UnreadableInput with the parser's message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(f"not well-formed XML: {error}") from None


def parse_html(data: bytes | str, encoding: str | None = None) -> etree._Element:
    """The root element of an HTML document, however broken. Raises UnreadableInput when there is none."""
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput(f"not an HTML document: {error}") from None
