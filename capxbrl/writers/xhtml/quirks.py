"""How a browser sets a page of the old kind, written out, since XHTML is never set that way (Quirks Mode Standard; HTML
Living Standard, 13.2.6.4.1 and 15.3).

A page without a document type, or with an old one, is set in quirks: tables take no look from around them, and margins
fold away at the edges of cells. In these and in pages of transitional types, what holds no text of its own gives its
lines no height.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from .looks import FOLDING


class Mode(StrEnum):
    """How a page is set."""

    QUIRKS = "quirks"
    LIMITED = "limited"
    STANDARD = "standard"


#: What a table does not take from around it.
TABLE = "font-size:medium;font-weight:normal;font-style:normal;line-height:normal;white-space:normal;text-align:start"
_TYPE = re.compile(r"<!doctype\s+html([^>]{0,300})>", re.I)
_PUBLIC = re.compile(r"""public\s+["']([^"']*)["']\s*(["'])?""", re.I)
_XHTML_SOFT = ("-//w3c//dtd xhtml 1.0 frameset//", "-//w3c//dtd xhtml 1.0 transitional//")
_HTML_SOFT = ("-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//")
_STRICT = ("-//w3c//dtd html 4.01//", "-//w3c//dtd xhtml 1.0 strict//", "-//w3c//dtd xhtml 1.1//")
#: So far into a page its type is looked for.
_HEAD = 3000
_CELLS = frozenset({"td", "th"})
#: Elements whose lines are those of their cells.
_FRAMES = frozenset({"table", "tr", "tbody", "thead", "tfoot"})
#: What words are put into; no element of HTML.
_LIFTED = "lifted"
_HEIGHT = re.compile(r"(?:^|;)\s*line-height\s*:\s*([^;!]+)", re.I)
_RELATIVE = re.compile(r"(?:%|em|ex)\s*$", re.I)


@dataclass(slots=True)
class Node:
    """An element. spans: attributes of a cell; children: elements and texts in order; block: it is, or holds, one."""

    tag: str
    style: str = ""
    spans: str = ""
    children: list[Node | str] = field(default_factory=list)
    block: bool = False

    def add(self, style: str, *, before: bool = False) -> None:
        """Add a declaration, behind the others or before them."""
        self.style = ";".join(filter(None, (style, self.style) if before else (self.style, style)))

    @property
    def elements(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]


def mode_of(source: str) -> Mode:
    """How a browser sets a page, by its document type."""
    found = _TYPE.search(source, 0, _HEAD)
    if found is None:
        return Mode.QUIRKS
    public = _PUBLIC.search(found[1])
    if public is None:
        return Mode.STANDARD
    name, system = public[1].lower(), public[2] is not None
    if name.startswith(_XHTML_SOFT) or (name.startswith(_HTML_SOFT) and system):
        return Mode.LIMITED
    return Mode.STANDARD if name.startswith(_STRICT) else Mode.QUIRKS


def set_as(root: Node, mode: Mode) -> None:
    """Write into the styles of a page how it is set."""
    if mode is Mode.QUIRKS:
        _fold(root)
    if mode is not Mode.STANDARD:
        _set_lines(root, "normal", zero=False)


def _fold(node: Node) -> None:
    """Margins of what is first in a cell or in the page, and last in a cell, fold away."""
    if node.tag in _CELLS or node.tag == "body":
        _fold_edge(node, "margin-top", first=True)
    if node.tag in _CELLS:
        _fold_edge(node, "margin-bottom", first=False)
    for child in node.elements:
        _fold(child)


def _fold_edge(node: Node, margin: str, *, first: bool) -> None:
    """Fold the margin of the first (last) block within, and of the first within that."""
    filled = [c for c in node.children if not isinstance(c, str) or c.strip()]
    if not filled:
        return
    edge = filled[0 if first else -1]
    if isinstance(edge, Node) and edge.block and edge.tag not in _FRAMES:
        if edge.tag in FOLDING:
            edge.add(f"{margin}:0", before=True)
        _fold_edge(edge, margin, first=first)


def _set_lines(node: Node, height: str, *, zero: bool) -> None:
    """Give an element that holds others on its lines no height of its own there, but to its own words.

    height: of the lines around; zero: those were given none.
    """
    said = _HEIGHT.findall(node.style)
    own = said[-1].strip() if said else ""
    bare = node.tag not in _FRAMES and (_is_split(node) or any(_is_on_line(child) for child in node.elements))
    if own and _RELATIVE.search(own) and (bare or node.tag in _FRAMES):
        return  # of a size that is not known here
    height = own or height
    if bare:
        node.add("line-height:0")
        node.children = [_lifted(node.children, n, height) for n in range(len(node.children))]
    elif zero and not own:
        node.add(f"line-height:{height}")
    for child in node.elements:
        if child.tag not in ("br", "hr", _LIFTED):
            _set_lines(child, height, zero=bare or (zero and node.tag in _FRAMES and not own))


def _is_split(node: Node) -> bool:
    """It would stand on a line, but holds blocks: nothing of it is on lines but its edges."""
    return node.block and "display:inline;" in f"{node.style};"


def _is_on_line(node: Node) -> bool:
    """It stands on a line, not on lines of its own."""
    return node.tag not in ("br", "hr") and (not node.block or "inline" in node.style)


def _lifted(children: list[Node | str], number: int, height: str) -> Node | str:
    """A child; words, and the end of a line with nothing else on it, in an element of the height of both."""
    child = children[number]
    if isinstance(child, str):
        counts = child.strip(" \t\r\n\f") != "" or _parts_words(children, number)
    else:
        counts = child.tag == "br" and _is_alone(children, number)
    return Node(_LIFTED, f"line-height:{height}", children=[child]) if counts else child


def _parts_words(children: list[Node | str], number: int) -> bool:
    """A blank between two elements of one line; behind another blank it is none."""
    if not 0 < number < len(children) - 1:
        return False
    before, behind = children[number - 1], children[number + 1]
    if not all(isinstance(c, Node) and _is_on_line(c) for c in (before, behind)):
        return False
    last = before
    while isinstance(last, Node) and last.children:
        last = last.children[-1]
    return not (isinstance(last, str) and last.endswith((" ", "\t", "\r", "\n", "\f")))


def _is_alone(children: list[Node | str], number: int) -> bool:
    """The end of a line, with nothing before it on the line."""
    before = next((c for c in reversed(children[:number]) if not isinstance(c, str) or c.strip(" \t\r\n\f")), None)
    return before is None or (isinstance(before, Node) and (before.tag == "br" or before.block))
