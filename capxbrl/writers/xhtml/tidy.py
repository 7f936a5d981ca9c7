"""HTML as filers wrote it -> XHTML that the schema of inline XBRL takes: the same words in the same places.

Elements are closed and nested as the parser understands them; what is out of place (a paragraph in a font, text between
the cells of a table) is put into elements that may hold it; attributes for the look become styles. Scripts, pictures,
references to anywhere, and what only a browser needs are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...markup import walk_html
from ..escaping import escaped
from .cascade import Cascade, Said, Seen, sheets_of
from .looks import ELEMENTS, declarations, of_attributes
from .quirks import TABLE, Mode, Node, mode_of, set_as

#: Left out with all that they hold.
_DROPPED = frozenset(
    {
        *("script", "style", "title", "head", "object", "embed", "applet", "iframe", "frame", "frameset", "noframes"),
        *("select", "button", "textarea", "input", "img", "map", "area", "base", "meta", "link", "param", "noscript"),
        *("audio", "video", "canvas", "svg", "math", "template", "ix:header", "col", "colgroup", "basefont"),
    }
)
_PLAIN = frozenset({"b", "i", "em", "strong", "sup", "sub", "small", "big", "tt", "code"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {
        *("p", "div", "center", "table", "pre", "hr", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "form"),
        *("address", "dir", "menu", "body", "html", "section", "article", "header", "footer", "main", "nav"),
        *("aside", "fieldset", *_HEADINGS),
    }
)
_PARTS = frozenset({"tbody", "thead", "tfoot"})
#: Stands behind the end tag of a paragraph while the page is parsed: no table is within it.
_END_TAG, _ENDED = re.compile(r"</p\s*>", re.I), "\uf8f3"
#: No page of a filing nests deeper; what does is flattened.
_DEEPEST = 200


class _Tree:
    """The target of the parser, whose events are balanced."""

    def __init__(self, cascade: Cascade, mode: Mode) -> None:
        self.root = Node("body", block=True)
        self._cascade, self._mode = cascade, mode
        self._open = [self.root]
        self._path: list[Seen] = []
        self._styles: dict[tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], Said], str] = {}
        self._tables: list[Mapping[str, str]] = []
        self._dropped = 0
        self._broken: Node | None = None  # the paragraph that has just ended, without an end tag
        self._reopened: list[bool] = []  # for each open table, whether it stands in such a one

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        if tag == "img" and not self._dropped:
            self._make_room(attrib)
        if self._dropped or tag in _DROPPED:
            self._dropped += 1
            return
        if tag == "table":
            self._reopen()
        self._path.append((tag, dict(attrib)))
        cell = tag in ("td", "th")
        style = self._style(tag, attrib, self._tables[-1] if cell and self._tables else {})
        node = Node(tag, style, _spans(attrib) if cell else "", block=tag in _BLOCKS)
        if tag == "table":
            self._tables.append(attrib)
        if len(self._open) < _DEEPEST:
            self._open[-1].children.append(node)
        else:
            node = self._open[-1]
        self._broken = None
        self._open.append(node)

    def _reopen(self) -> None:
        """In a page of the old kind a paragraph without an end tag goes on round the table that begins behind it."""
        self._reopened.append(self._broken is not None)
        if self._broken is not None:
            self._open.append(self._broken)
            self._path.append(("p", {}))

    def _style(self, tag: str, attrib: Mapping[str, str], table: Mapping[str, str]) -> str:
        """The declarations of an element, the weaker first; found out once for all elements that say the same."""
        sheets = self._cascade.said(self._path)
        key = tag, tuple(attrib.items()), tuple(table.items()), sheets
        if key not in self._styles:
            self._styles[key] = ";".join(self._declared(tag, attrib, table, sheets))
        return self._styles[key]

    def _declared(self, tag: str, attrib: Mapping[str, str], table: Mapping[str, str], sheets: Said) -> Iterator[str]:
        if tag == "table" and self._mode is Mode.QUIRKS:
            yield TABLE
        yield from of_attributes(tag, attrib, table)
        weak, strong = sheets
        own = declarations(attrib.get("style", ""))
        yield from (f"{name}:{value}" for name, value in (*weak, *own, *strong))

    def _make_room(self, attrib: Mapping[str, str]) -> None:
        """Leave the room that a picture takes, where the page says how large it is."""
        style = self._style("img", attrib, {})
        if {"width", "height"} <= {name for name, _ in declarations(style)}:
            self._open[-1].children.append(Node("span", f"display:inline-block;{style}"))

    def end(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= 1
            return
        closed = self._open.pop()
        self._path.pop()
        self._broken = closed if tag == "p" and self._mode is Mode.QUIRKS else None
        if tag == "table":
            self._tables.pop()
            if self._reopened.pop():
                self._open.pop()
                self._path.pop()

    def data(self, data: str) -> None:
        if self._dropped:
            return
        if data.strip():
            self._broken = None  # words, or the mark of an end tag
        self._open[-1].children.append(data.replace(_ENDED, ""))

    def close(self) -> None:
        return None


def tidy(source: str) -> str:
    """The body of the page as markup, its texts escaped. Raises UnreadableInput where the source holds no element."""
    mode = mode_of(source)
    tree = _Tree(sheets_of(source), mode)
    walk_html(_END_TAG.sub(rf"\g<0>{_ENDED}", source.replace(_ENDED, "")) if mode is Mode.QUIRKS else source, tree)
    _settle(tree.root)
    set_as(tree.root, mode)
    out: list[str] = []
    _flow(tree.root, out)
    return "".join(out)


def _settle(node: Node) -> bool:
    """Join the texts that the parser told in parts, and mark the elements that hold blocks as blocks themselves."""
    node.children = [*_joined(node.children)]
    held = [_settle(child) for child in node.children if isinstance(child, Node)]
    node.block = node.block or any(held)
    return node.block


def _joined(children: Sequence[Node | str]) -> Iterator[Node | str]:
    texts: list[str] = []
    for child in children:
        if isinstance(child, str):
            texts.append(child)
            continue
        if texts:
            yield "".join(texts)
            texts = []
        yield child
    if texts:
        yield "".join(texts)


def _flow(node: Node, out: list[str]) -> None:
    """Add what an element holds, where blocks and text may stand."""
    for child in node.children:
        if isinstance(child, str):
            out.append(escaped(child))
        elif child.tag in ("br", "hr"):
            out.append(f"<{child.tag}{_styled(child, child.tag)}/>")
        elif child.tag == "table":
            _table(child, out)
        else:
            _element(child, out)


def _element(node: Node, out: list[str]) -> None:
    """A block as a division, anything else as what it is, or as a span with its look."""
    tag = "div" if node.block else node.tag if node.tag in _PLAIN else "span"
    out.append(f"<{tag}{_styled(node, tag)}>")
    _flow(node, out)
    out.append(f"</{tag}>")


def _styled(node: Node, written: str = "") -> str:
    """The style of an element as an attribute. written: what stands for it, where its own name has a look."""
    look = "" if written == node.tag else ELEMENTS.get(node.tag, "")
    style = ";".join(filter(None, (look, node.style)))
    return f' style="{escaped(style)}"' if style else ""


def _table(table: Node, out: list[str]) -> None:
    """The table, after what stood in it and in no cell."""
    rows: list[Node] = []
    astray = Node("div", block=True)
    _rows(table, rows, astray)
    if astray.children:
        _element(astray, out)
    cells = [row for row in rows if row.children]
    if not cells:
        return
    out.append(f"<table{_styled(table)}>")
    for row in cells:
        out.append(f"<tr{_styled(row)}>")
        for cell in row.children:
            if isinstance(cell, Node):
                out.append(f"<td{cell.spans}{_styled(cell, 'td')}>")
                _flow(cell, out)
                out.append("</td>")
        out.append("</tr>")
    out.append("</table>")


def _rows(node: Node, rows: list[Node], astray: Node) -> None:
    """The rows of a table, each with nothing but cells; what is in none goes to `astray`."""
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                astray.children.append(child)
        elif child.tag == "tr":
            rows.append(Node("tr", child.style, children=list(_cells(child))))
        elif child.tag in ("td", "th"):
            rows.append(Node("tr", children=[child]))
        elif child.tag in _PARTS or any(isinstance(c, Node) and c.tag in ("tr", *_PARTS) for c in child.children):
            _rows(child, rows, astray)
        else:
            astray.children.append(child)


def _cells(row: Node) -> Iterator[Node]:
    for child in row.children:
        if isinstance(child, Node) and child.tag in ("td", "th"):
            yield child
        elif isinstance(child, Node) or child.strip():
            yield Node("td", children=[child])


def _spans(attrib: Mapping[str, str]) -> str:
    """The columns and rows that a cell takes, as attributes."""
    if "colspan" not in attrib and "rowspan" not in attrib:
        return ""
    found = ((name, attrib.get(name, "").strip()) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{int(v)}"' for name, v in found if v.isascii() and v.isdigit() and 1 < int(v) < 1000)
