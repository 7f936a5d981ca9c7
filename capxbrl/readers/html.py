"""HTML of 1998 to 2025, inline XBRL too: paragraphs, tables, page breaks (by `html_walk`).

All visible text is kept. Not visible are `display:none`, scripts, styles, the hidden header of inline XBRL, and what is
drawn so that nobody sees it: without opacity, in type of no size, or in the colour of what is behind it.
"""

from __future__ import annotations

import re

from ..findings import Outcome, UnreadableInput
from ..model import Block, Document
from .encoding import decode

ORDER = 40
#: Elements that break lines or hold cells: a page of HTML has one.
_BREAKS = re.compile(rb"<(?:p|br|tr|td|li|pre|h[1-6])\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<\s*(?:html|body|!doctype\s+html)\b", re.I)
_ELEMENTS = re.compile(rb"<(?:p|td|tr|div|font|span|br|b|center)\b[^<>]{0,300}>", re.I)
#: A "<" that begins no tag; so many are not mistakes, and each would be told as a text of its own.
_STRAY = re.compile(r"<(?![A-Za-z/!?])")
_MOST_STRAY = 200_000
#: A page of more elements than this has at least so many characters to each; real ones have sixty.
_MOST, _DENSEST = 300_000, 12


def recognises(data: bytes) -> bool:
    """It says that it is HTML, or has many of its elements (EDGAR's <TABLE>, <S> and <C> are none).

    A page of EDGAR ASCII in a shell of HTML, without an element that breaks a line, is text.
    """
    if data.count(b"<S>") and not _BREAKS.search(data):
        return False
    head = data[:100_000].replace(b"\0", b"")
    if _MARKUP.search(head[:20_000]):
        return True
    found = _ELEMENTS.findall(head)
    return len(found) >= 4 and len(found) * 1600 > len(head)


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read an HTML page. Raises UnreadableInput when it has no text."""
    text, findings = decode(data, name)
    blocks = read_html(text, name)
    if not blocks:
        raise UnreadableInput(f"{name}: an HTML page without any text")
    return Outcome(Document(name=name, format="html", blocks=tuple(blocks), text=text), findings)


def read_html(text: str, source: str, *, first_line: int = 1, first_table: int = 1) -> list[Block]:
    """The blocks of an HTML text. first_line: the number of its first line in the whole file."""
    if len(_STRAY.findall(text)) > _MOST_STRAY:
        raise UnreadableInput(f"{source}: full of '<' that begin no tag; this is no HTML page")
    from ..markup import walk_html
    from .collected_to_blocks import Blocks
    from .html_walk import Walker
    from .origins import Origins, shown
    from .sheets import read_sheets

    text = shown(text)
    origins = Origins(text, first_line)
    blocks = Blocks(origins, source, first_table)
    most = max(_MOST, len(text) // _DENSEST)
    walk_html(text, Walker(blocks, origins, most=most, source=source, sheet=read_sheets(text)))
    return blocks.finish()
