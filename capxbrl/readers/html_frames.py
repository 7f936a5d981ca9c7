"""What an element of HTML hands down to the elements in it: type, place, colours, and whether it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from operator import attrgetter

from .colors import WHITE, Color, read_color, unseen
from .sheets import Sheet
from .styles import NONE, Style, read_style

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
        "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
        "page",
    )
)  # fmt: skip
DROPPED = frozenset(
    (
        "script", "del", "strike", "style", "head", "title", "template", "ix:header", "ix:hidden", "select", "textarea",
        "object", "applet", "map", "svg", "math",
    )
)  # fmt: skip
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
#: Elements of a table are placed by vertical-align; their text is not raised by it.
_CELLS = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"])
#: The attribute that says the colour of text, and all attributes that paint.
_COLORS = {"font": "color", "body": "text"}
_PAINTS = frozenset(["color", "text", "bgcolor", "background"])
#: The longest columns and rows a cell is believed to span.
_SPAN = 64
#: The usual size of type, in px.
_TYPE = 16.0

#: So many kinds of elements, each in its place, are remembered.
KINDS = 4096
#: The attributes of an element, in their order.
Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """What an element says of itself: its tag, attributes and style. hidden: nothing of it is seen, and it takes no
    place; block: it is a paragraph of its own; begins: it does more than hand down how its text looks; span, rows:
    those of a cell."""

    tag: str
    attrib: Mapping[str, str]
    style: Style
    hidden: bool
    block: bool
    begins: bool
    span: int
    rows: int


_NOTHING = Said(tag="", attrib={}, style=NONE, hidden=False, block=False, begins=False, span=1, rows=1)


@dataclass(slots=True, kw_only=True, eq=False)
class Frame:
    """What an open element hands down to the elements in it. Never changed: elements of one kind have one frame.
    begins, ends: its begin, or its end, does more."""

    said: Said = _NOTHING
    begins: bool = False
    ends: bool = False
    hidden: bool = False
    bold: bool = False
    raised: bool = False
    pre: bool = False
    align: str = ""
    indent: float = 0.0
    place: tuple[float, float] | None = None
    color: Color | None = None
    ground: Color | None = WHITE
    size: float | None = None
    faint: bool = False
    unseen: bool = False
    in_table: bool = False


_VALUES = attrgetter(*(field.name for field in fields(Frame)))
#: Of whatever is not seen, and takes no place.
_HIDDEN = Frame(hidden=True)


def said(sheet: Sheet, tag: str, items: Attributes) -> Said:
    """What an element with these attributes says, in a page with this sheet."""
    attrib = dict(items)
    text = attrib.get("style", "")
    if more := sheet.style(tag, attrib):
        text = f"{more};{text}"
    style = read_style(text) if text else NONE
    hidden = tag in DROPPED or style.hidden or "hidden" in attrib
    block = tag in BLOCKS or bool(style.block) or style.absolute
    drawn = style.line_above or style.line_below or style.page_before
    return Said(
        tag=tag,
        attrib=attrib,
        style=style,
        hidden=hidden,
        block=block,
        begins=not hidden and (block or drawn or tag == "br"),
        span=_number(attrib.get("colspan")),
        rows=_number(attrib.get("rowspan")),
    )


def _number(text: str | None) -> int:
    """A span; what is no number counts as one, as browsers do."""
    digits = (text or "").strip()[:6]
    return max(1, min(int(digits), _SPAN)) if digits.isascii() and digits.isdigit() else 1


class Frames:
    """The frames of a page with one sheet: elements that hand down the same have the same one."""

    def __init__(self, sheet: Sheet) -> None:
        self._said = lru_cache(maxsize=KINDS)(partial(said, sheet))
        self._known: dict[tuple[object, ...], Frame] = {}

    def inside(self, above: Frame, tag: str, items: Attributes) -> Frame:
        """The frame of an element with these attributes that stands in another."""
        if above.hidden:
            return _HIDDEN
        element = self._said(tag, items)
        if element.hidden:
            return _HIDDEN
        frame = _of_break(element, above) if tag == "br" else _framed(element, above)
        if len(self._known) >= KINDS:
            self._known.clear()
        return self._known.setdefault(_VALUES(frame), frame)


def _framed(said: Said, above: Frame) -> Frame:
    """A cell begins at its own left."""
    tag, style = said.tag, said.style
    told = said.attrib.get("align", "").lower() if said.block else ""
    inner = above.indent + style.indent + (4 if tag in ("ul", "ol", "blockquote", "dd") else 0)
    frame = Frame(
        said=said,
        begins=said.begins,
        ends=said.block or style.page_after,
        bold=style.bold if style.bold is not None else above.bold or tag in _BOLD,
        raised=above.raised or _is_raised(tag, style, above, said.block),
        pre=_is_preformatted(tag, style, above),
        align="center" if tag == "center" else style.align or told or above.align,
        indent=style.indent if above.in_table and tag in ("td", "th") else inner,
        place=_placed(style, above.place),
        color=above.color,
        ground=above.ground,
        size=style.size or above.size,
        faint=above.faint,
        unseen=above.unseen,
        in_table=above.in_table or tag == "table",
    )
    _paint(frame, said, above)
    return frame


def _of_break(said: Said, above: Frame) -> Frame:
    return Frame(
        said=said,
        begins=True,
        pre=above.pre,
        bold=above.bold,
        indent=above.indent,
        align=above.align,
        in_table=above.in_table,
    )


def _is_preformatted(tag: str, style: Style, above: Frame) -> bool:
    if style.pre is None:
        return above.pre or tag in ("pre", "listing", "xmp")
    return style.pre or tag == "pre"


def _is_raised(tag: str, style: Style, above: Frame, block: bool) -> bool:
    """Set above the line of the text around it: a block is only moved."""
    if block or tag in _CELLS:
        return False
    small = style.top_set and style.size is not None and (style.size < (above.size or _TYPE))
    return tag == "sup" or style.raised or small


def _paint(frame: Frame, said: Said, above: Frame) -> None:
    """Set colour and ground of an element, and whether what it holds can be seen."""
    tag, attrib, style = said.tag, said.attrib, said.style
    if not _paints(tag, attrib, style, above):
        return
    # Browsers let no colour of text into a table of an old page; what is then black is seen.
    inherited = None if tag == "table" else above.color
    frame.color = style.color or _attribute(attrib, _COLORS.get(tag, "")) or inherited
    ground = style.ground or _attribute(attrib, "bgcolor")
    if style.picture or "background" in attrib or ("bgcolor" in attrib and ground is None):
        frame.ground = None
    elif ground is not None and ground.opacity > 0.05:
        frame.ground = ground
    frame.faint = above.faint or style.faint
    frame.unseen = frame.faint or unseen(frame.color, frame.ground)


def _paints(tag: str, attrib: Mapping[str, str], style: Style, above: Frame) -> bool:
    return style.paints or (tag == "table" and above.color is not None) or not _PAINTS.isdisjoint(attrib)


def _attribute(attrib: Mapping[str, str], name: str) -> Color | None:
    said = attrib.get(name)
    return read_color(said) if said else None


def _placed(style: Style, above: tuple[float, float] | None) -> tuple[float, float] | None:
    """Where an element stands that is placed by left and top, itself or by what it is in."""
    if style.left is None and style.top is None:
        return above
    x, y = above or (0.0, 0.0)
    return x + (style.left or 0.0), y + (style.top or 0.0)
