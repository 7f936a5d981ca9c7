"""HTML as filers wrote it -> XHTML that the schema of inline XBRL takes: the same words in the same places.

Elements are closed and nested as the parser understands them; what is out of place (a paragraph in a font, text between
the cells of a table) is put into elements that may hold it; attributes for the look become styles. Scripts, pictures,
references to anywhere, and what only a browser needs are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import escape

from ...markup import walk_html

#: Left out with all that they hold.
_DROPPED = frozenset(
    {
        *("script", "style", "title", "head", "object", "embed", "applet", "iframe", "frame", "frameset", "noframes"),
        *("select", "button", "textarea", "input", "img", "map", "area", "base", "meta", "link", "param", "noscript"),
        *("audio", "video", "canvas", "svg", "math", "template", "ix:header", "col", "colgroup", "basefont"),
    }
)
_PLAIN = frozenset({"b", "i", "em", "strong", "sup", "sub", "small", "big", "tt", "code", "br", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {
        *("p", "div", "center", "table", "pre", "hr", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "form"),
        *("address", "dir", "menu", "body", "html", "section", "article", "header", "footer", "main", "nav"),
        *("aside", "fieldset", *_HEADINGS),
    }
)
_PARTS = frozenset({"tbody", "thead", "tfoot"})
#: What the element itself looks like, where another one stands for it.
_LOOKS = {
    "center": "text-align:center", "u": "text-decoration:underline", "ins": "text-decoration:underline",
    "s": "text-decoration:line-through", "strike": "text-decoration:line-through",
    "del": "text-decoration:line-through", "hr": "border:0;border-top:1px solid",
    "blockquote": "margin:1em 40px", "li": "display:list-item;margin-left:2em", "dd": "margin-left:40px",
    "pre": "white-space:pre;font-family:monospace", "p": "margin:1em 0", "h1": "font-size:2em;font-weight:bold",
    "h2": "font-size:1.5em;font-weight:bold", "h3": "font-size:1.17em;font-weight:bold", "h4": "font-weight:bold",
    "h5": "font-size:.83em;font-weight:bold", "h6": "font-size:.67em;font-weight:bold", "b": "font-weight:bold",
    "strong": "font-weight:bold", "i": "font-style:italic", "em": "font-style:italic", "small": "font-size:smaller",
    "big": "font-size:larger", "tt": "font-family:monospace", "code": "font-family:monospace",
    "th": "font-weight:bold;text-align:center",
}  # fmt: skip
_SIZES = {"1": ".63em", "2": ".82em", "3": "1em", "4": "1.13em", "5": "1.5em", "6": "2em", "7": "3em"}
_LENGTH = re.compile(r"[0-9]{1,4}(%?)")
_COLOR = re.compile(r"#?[0-9A-Za-z]{3,20}")
#: Of a style, what reaches out of the page.
_REACHING = re.compile(r"url\s*\(|expression|behavior|import|javascript|[<>{}\\@]", re.I)
#: No page of a filing nests deeper; what does is flattened.
_DEEPEST = 200


@dataclass(slots=True)
class Node:
    """An element. spans: attributes of a cell; children: elements and texts in order; block: it is, or holds, one."""

    tag: str
    style: str = ""
    spans: str = ""
    children: list[Node | str] = field(default_factory=list)
    block: bool = False


class _Tree:
    """The target of the parser, whose events are balanced."""

    def __init__(self) -> None:
        self.root = Node("body", block=True)
        self._open = [self.root]
        self._tables: list[Mapping[str, str]] = []
        self._dropped = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        if self._dropped or tag in _DROPPED:
            self._dropped += 1
            return
        cell = tag in ("td", "th")
        style = _style(tag, attrib, self._tables[-1] if cell and self._tables else {})
        node = Node(tag, style, _spans(attrib) if cell else "", block=tag in _BLOCKS)
        if tag == "table":
            self._tables.append(attrib)
        if len(self._open) < _DEEPEST:
            self._open[-1].children.append(node)
        else:
            node = self._open[-1]
        self._open.append(node)

    def end(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= 1
            return
        self._open.pop()
        if tag == "table":
            self._tables.pop()

    def data(self, data: str) -> None:
        if not self._dropped:
            self._open[-1].children.append(data)

    def close(self) -> None:
        return None


def tidy(source: str) -> str:
    """The body of the page as markup, its texts escaped. Raises UnreadableInput where the source holds no element."""
    tree = _Tree()
    walk_html(source, tree)
    _settle(tree.root)
    return "".join(_flow(tree.root))


def _settle(node: Node) -> bool:
    """Mark the elements that hold blocks, whatever they are, as blocks themselves."""
    held = [_settle(child) for child in node.children if isinstance(child, Node)]
    node.block = node.block or any(held)
    return node.block


def _flow(node: Node) -> Iterator[str]:
    """What an element holds, where blocks and text may stand."""
    for child in node.children:
        if isinstance(child, str):
            yield str(escape(child))
        elif child.tag in ("br", "hr"):
            yield f"<{child.tag}{_styled(child)}/>"
        elif child.tag == "table":
            yield from _table(child)
        else:
            yield from _element(child)


def _element(node: Node) -> Iterator[str]:
    """A block as a division, anything else as what it is, or as a span with its look."""
    tag = "div" if node.block else node.tag if node.tag in _PLAIN else "span"
    yield f"<{tag}{_styled(node, tag)}>"
    yield from _flow(node)
    yield f"</{tag}>"


def _styled(node: Node, written: str = "") -> str:
    """The style of an element as an attribute. written: what stands for it, where its own name has a look."""
    look = "" if written == node.tag else _LOOKS.get(node.tag, "")
    style = ";".join(filter(None, (look, node.style)))
    return f' style="{escape(style)}"' if style else ""


def _table(table: Node) -> Iterator[str]:
    """The table, after what stood in it and in no cell."""
    rows: list[Node] = []
    astray = Node("div", block=True)
    _rows(table, rows, astray)
    if astray.children:
        yield from _element(astray)
    cells = [row for row in rows if row.children]
    if not cells:
        return
    yield f"<table{_styled(table)}>"
    for row in cells:
        yield f"<tr{_styled(row)}>"
        for cell in row.children:
            if isinstance(cell, Node):
                yield f"<td{cell.spans}{_styled(cell, 'td')}>"
                yield from _flow(cell)
                yield "</td>"
        yield "</tr>"
    yield "</table>"


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
    found = ((name, attrib.get(name, "").strip()) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{int(v)}"' for name, v in found if v.isascii() and v.isdigit() and 1 < int(v) < 1000)


def _style(tag: str, attrib: Mapping[str, str], table: Mapping[str, str]) -> str:
    """The look that the attributes of an element give it. table: those of the table that a cell stands in."""
    said = []
    if (align := attrib.get("align", "").lower()) in ("left", "right", "center", "justify"):
        said.append("margin:0 auto" if tag == "table" and align == "center" else f"text-align:{align}")
    if (valign := attrib.get("valign", "").lower()) in ("top", "middle", "bottom", "baseline"):
        said.append(f"vertical-align:{valign}")
    for name in ("width", "height"):
        if tag != "font" and (size := _LENGTH.fullmatch(attrib.get(name, "").strip())):
            said.append(f"{name}:{size[0]}" + ("" if size[1] else "px"))
    for name, look in (("bgcolor", "background-color"), ("color", "color")):
        if _COLOR.fullmatch(attrib.get(name, "").strip()):
            said.append(f"{look}:{attrib[name].strip()}")
    if "nowrap" in attrib:
        said.append("white-space:nowrap")
    if tag == "font" and (large := _SIZES.get(attrib.get("size", "").strip().lstrip("+"))):
        said.append(f"font-size:{large}")
    said += _of_tables(tag, attrib, table)
    said += [d.strip() for d in attrib.get("style", "").split(";") if ":" in d and not _REACHING.search(d)]
    return ";".join(said)


def _of_tables(tag: str, attrib: Mapping[str, str], table: Mapping[str, str]) -> Iterator[str]:
    """Spacing and rules, which a table says of its cells."""
    if tag == "table":
        yield "border-collapse:separate"
        if (spacing := attrib.get("cellspacing", "").strip()).isdigit():
            yield f"border-spacing:{int(spacing)}px"
    if tag in ("td", "th"):
        if (padding := table.get("cellpadding", "").strip()).isdigit():
            yield f"padding:{int(padding)}px"
        if table.get("border", "").strip() not in ("", "0"):
            yield "border:1px solid"
