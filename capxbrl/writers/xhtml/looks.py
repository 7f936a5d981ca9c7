"""What elements and attributes of HTML look like, as declarations of CSS (HTML Living Standard, 15.3).

An attribute for the look becomes a style; so does the look of an element for which another one stands on our page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

#: What the element itself looks like.
ELEMENTS = {
    "body": "margin:8px",
    "center": "text-align:center;text-align:-webkit-center",
    "u": "text-decoration:underline",
    "ins": "text-decoration:underline",
    "s": "text-decoration:line-through",
    "strike": "text-decoration:line-through",
    "del": "text-decoration:line-through",
    "nobr": "white-space:nowrap",
    "blockquote": "margin:1em 40px",
    "ul": "margin:1em 0;padding-left:40px;list-style:disc",
    "ol": "margin:1em 0;padding-left:40px;list-style:decimal;counter-reset:list-item",
    "dir": "margin:1em 0;padding-left:40px;list-style:disc",
    "menu": "margin:1em 0;padding-left:40px;list-style:disc",
    "dl": "margin:1em 0",
    "li": "display:list-item",
    "dd": "margin-left:40px",
    "pre": "white-space:pre;font-family:monospace;margin:1em 0",
    "p": "margin:1em 0",
    "h1": "font-size:2em;font-weight:bold;margin:.67em 0",
    "h2": "font-size:1.5em;font-weight:bold;margin:.83em 0",
    "h3": "font-size:1.17em;font-weight:bold;margin:1em 0",
    "h4": "font-weight:bold;margin:1.33em 0",
    "h5": "font-size:.83em;font-weight:bold;margin:1.67em 0",
    "h6": "font-size:.67em;font-weight:bold;margin:2.33em 0",
    "address": "font-style:italic",
    "b": "font-weight:bold",
    "strong": "font-weight:bold",
    "i": "font-style:italic",
    "em": "font-style:italic",
    "cite": "font-style:italic",
    "dfn": "font-style:italic",
    "var": "font-style:italic",
    "small": "font-size:smaller",
    "big": "font-size:larger",
    "sup": "vertical-align:super;font-size:smaller",
    "sub": "vertical-align:sub;font-size:smaller",
    "tt": "font-family:monospace",
    "code": "font-family:monospace",
    "kbd": "font-family:monospace",
    "samp": "font-family:monospace",
    "th": "font-weight:bold;text-align:center",
}
#: Of these the margins above and below fold away at the edges of a cell in a page of the old kind.
FOLDING = frozenset({"p", "ul", "ol", "dir", "menu", "dl", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "48px")
_LENGTH = re.compile(r"([0-9]{1,4})(?:\.[0-9]{0,3})?(%?)(?:px)?")
_COLOR = re.compile(r"#?[0-9A-Za-z]{3,20}")
_FACES = re.compile(r"[\w ,'\"-]{1,200}", re.A)
#: Of a style, what reaches out of the page.
_REACHING = re.compile(r"url\s*\(|image-set|expression|behavior|-binding|javascript|[<>{}\\@]", re.I)
_PROPERTY = re.compile(r"-?[a-zA-Z][a-zA-Z-]*")


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """(property, value) of the declarations of a style that stay in the page."""
    for said in style.split(";"):
        name, colon, value = said.partition(":")
        if colon and _PROPERTY.fullmatch(name.strip()) and not _REACHING.search(said):
            yield name.strip().lower(), " ".join(value.split())


def of_attributes(tag: str, attrib: Mapping[str, str], table: Mapping[str, str]) -> Iterator[str]:
    """The declarations that the attributes of an element stand for. table: those of the table a cell stands in."""
    yield from _alignment(tag, attrib)
    yield from _sizes(tag, attrib)
    for name, look in (("bgcolor", "background-color"), ("color", "color"), ("text", "color")):
        if (name != "text" or tag == "body") and _COLOR.fullmatch(attrib.get(name, "").strip()):
            yield f"{look}:{_colour(attrib[name].strip())}"
    if "nowrap" in attrib and tag in ("td", "th"):
        yield "white-space:nowrap"
    if tag == "body":
        yield from _margins(attrib)
    if tag == "font":
        yield from _font(attrib)
    if tag == "a" and "href" in attrib:
        yield "color:#0000ee;text-decoration:underline"
    yield from _of_tables(tag, attrib, table)


def _alignment(tag: str, attrib: Mapping[str, str]) -> Iterator[str]:
    align, valign = attrib.get("align", "").strip().lower(), attrib.get("valign", "").strip().lower()
    if tag == "table":
        if align == "center":
            yield "margin-left:auto;margin-right:auto"
        elif align in ("left", "right"):
            yield f"float:{align}"
    elif tag == "hr":
        if align in ("left", "right"):
            yield f"margin-{align}:0;margin-{'left' if align == 'right' else 'right'}:auto"
    elif align in ("left", "right", "center", "middle"):
        side = "center" if align == "middle" else align
        yield f"text-align:{side};text-align:-webkit-{side}"  # blocks within are moved, too
    elif align == "justify":
        yield "text-align:justify"
    if valign in ("top", "middle", "bottom", "baseline"):
        yield f"vertical-align:{valign}"


def _sizes(tag: str, attrib: Mapping[str, str]) -> Iterator[str]:
    if tag in ("table", "td", "th", "tr", "hr", "img"):
        for name in ("width", "height"):
            if (size := _LENGTH.fullmatch(attrib.get(name, "").strip())) and int(size[1]):
                yield f"{name}:{size[1]}{size[2] or 'px'}"
    if tag == "hr":
        if "noshade" in attrib or "color" in attrib:
            yield "border-style:solid;border-color:currentcolor;background-color:currentcolor"
        strong = attrib.get("size", "").strip()
        if strong.isascii() and strong.isdigit() and 0 < int(strong) < 100:
            yield f"height:{int(strong) - 2}px" if int(strong) > 1 else "border-bottom-width:0"


def _margins(attrib: Mapping[str, str]) -> Iterator[str]:
    """The margins of the page, in pixels."""
    for side in ("left", "right", "top", "bottom"):
        shared = "marginwidth" if side in ("left", "right") else "marginheight"
        size = attrib.get(f"{side}margin", attrib.get(shared, "")).strip()
        if size.isascii() and size.isdigit() and int(size) < 1000:
            yield f"margin-{side}:{int(size)}px"


def _font(attrib: Mapping[str, str]) -> Iterator[str]:
    size, face = attrib.get("size", "").strip(), attrib.get("face", "").strip()
    number = size.lstrip("+-")
    if number.isascii() and number.isdigit() and len(number) < 3:
        place = int(number) if size == number else 3 + (1 if size[0] == "+" else -1) * int(number)
        yield f"font-size:{_SIZES[min(max(place, 1), 7) - 1]}"
    if face and _FACES.fullmatch(face):
        yield "font-family:" + face.replace('"', "'")


def _colour(said: str) -> str:
    """Six digits are a colour without their sign, too."""
    return f"#{said}" if re.fullmatch("[0-9A-Fa-f]{6}", said) else said


def _of_tables(tag: str, attrib: Mapping[str, str], table: Mapping[str, str]) -> Iterator[str]:
    """Spacing and rules, which a table says of its cells."""
    if tag == "table":
        if (spacing := attrib.get("cellspacing", "").strip()).isdigit():
            yield f"border-spacing:{int(spacing)}px"
        if border := _border(attrib):
            yield f"border:{border}px outset"
    if tag in ("td", "th"):
        if (padding := table.get("cellpadding", "").strip()).isdigit():
            yield f"padding:{int(padding)}px"
        if _border(table):
            yield "border:1px inset"


def _border(table: Mapping[str, str]) -> int:
    """The width of the frame of a table; a frame of no size is one of 1."""
    if "border" not in table:
        return 0
    said = table["border"].strip()
    return min(int(said), 99) if said.isascii() and said.isdigit() else 1
