"""What a style attribute says that matters for reading: hidden, bold, indented, ruled, on a new page, placed."""

from __future__ import annotations

import re
from functools import lru_cache

from ..records import dataclass
from .colors import Color, read_color

_SIZE = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s*(px|pt|em|rem|ex|in|cm|mm|pc|%)?")
#: One character is about 7 px wide; sizes in px.
_PX = {
    "px": 1.0,
    "pt": 4 / 3,
    "em": 14.0,
    "rem": 14.0,
    "ex": 7.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "pc": 16.0,
    "%": 6.0,
}
_CHARACTER = 7.0
_NO_LINE = re.compile(
    r"none|hidden|transparent|white|#fff(?:fff)?\b|(?<![\d.])0(?:\.0+)?(?:px|pt|em|in)?(?![\d.%a-z])", re.I
)
_LINE = re.compile(r"solid|double|dashed|dotted|groove|ridge|inset|outset|windowtext", re.I)
#: Rules that paint.
_PAINTS = frozenset(["color", "background", "background-color", "background-image"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """indent in characters; left and top in px where the element is placed absolutely; a relative one
    is but shifted, as raised marks are.

    hidden: it takes no place on the page; faint: it takes its place, but nothing is seen in it. size: of the type, in
    px; color, ground: of the text and of what is behind it (None: not said); picture: the ground is not a colour.
    raised: set above the line; top_set: set at the top of the line, which raises small type.
    """

    hidden: bool = False
    faint: bool = False
    color: Color | None = None
    ground: Color | None = None
    picture: bool = False
    size: float | None = None
    top_set: bool = False
    paints: bool = False
    bold: bool | None = None
    indent: float = 0.0
    align: str = ""
    line_above: bool = False
    line_below: bool = False
    page_before: bool = False
    page_after: bool = False
    pre: bool | None = None
    block: bool | None = None
    raised: bool = False
    absolute: bool = False
    left: float | None = None
    top: float | None = None


NONE = Style()


def size_of(text: str) -> float | None:
    """A length in px; None where there is none. Percentages are taken of a page of 600 px."""
    said = text.strip().lower()
    match = _SIZE.match(said)
    if match is None or not match[1].strip("-.") or said[match.end() : match.end() + 1].isalnum():
        return None  # browsers pass over what is no length, such as 1Opt
    return float(match[1]) * _PX[match[2] or "px"]


@lru_cache(maxsize=4096)
def read_style(text: str) -> Style:
    """The style that the text of a style attribute gives. Never raises: what is not understood is left out."""
    rules = _rules(text)
    if not rules:
        return NONE
    display, raising = rules.get("display", ""), rules.get("vertical-align", "")
    position = rules.get("position", "")
    absolute = position.startswith("absolute")
    faint, ground = _faint(rules), _ground(rules)
    return Style(
        hidden=display.startswith("none") or rules.get("visibility", "").startswith("collapse") or _off_the_page(rules),
        faint=faint,
        paints=faint or not _PAINTS.isdisjoint(rules),
        color=read_color(rules.get("color", "")),
        ground=ground,
        picture=_picture(rules, ground),
        size=_type_size(rules.get("font-size", "")),
        top_set=raising.startswith("top"),
        bold=_bold(rules),
        indent=sum(_side(rules, name) for name in ("padding", "margin")) + _chars(rules.get("text-indent", "")),
        align=rules.get("text-align", "").split("!")[0].strip(),
        line_above=_line(rules, "top"),
        line_below=_line(rules, "bottom"),
        page_before=_page(rules, "before"),
        page_after=_page(rules, "after"),
        pre=_preformatted(rules.get("white-space", "")),
        block=display.startswith(("block", "flex", "grid", "table")) if display else None,
        raised=raising.startswith(("super", "text-top")) or _above(raising) or _shifted_up(rules, position),
        absolute=absolute,
        left=size_of(rules.get("left", "")) if absolute else None,
        top=size_of(rules.get("top", "")) if absolute else None,
    )


def _rules(text: str) -> dict[str, str]:
    rules: dict[str, str] = {}
    for part in text[:4000].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            rules[name.strip().lower()] = value.strip().lower()
    return rules


#: What is moved so far, in px, or cut to a box so small, is not on the page.
_FAR, _CUT = -500.0, 1.0


def _off_the_page(rules: dict[str, str]) -> bool:
    """Moved out of sight, cut to nothing, struck out, or hidden as Word does."""
    if "line-through" in rules.get("text-decoration", "") or rules.get("mso-hide", "").startswith("all"):
        return True
    moved = [rules.get("text-indent", "")]
    if rules.get("position", "").startswith(("absolute", "fixed")):
        moved += [rules.get("left", ""), rules.get("top", "")]
    if any((size_of(said) or 0.0) < _FAR for said in moved):
        return True
    if not rules.get("overflow", "").startswith("hidden"):
        return False
    said = [rules.get(name, "") for name in ("height", "width", "max-height", "max-width")]
    return any(side is not None and side <= _CUT for side in map(size_of, (s for s in said if not s.endswith("%"))))


def _bold(rules: dict[str, str]) -> bool | None:
    weight = rules.get("font-weight", "")
    if weight:
        return weight.startswith("bold") or (weight[:3].isdigit() and int(weight[:3]) >= 600)
    return True if "bold" in rules.get("font", "").split() else None


def _preformatted(space: str) -> bool | None:
    """Its blanks and line ends are its layout; None where nothing is said."""
    return space.startswith("pre") and space not in ("pre-line", "pre-wrap") if space else None


def _ground(rules: dict[str, str]) -> Color | None:
    """The colour behind the text, alone or among what else `background` says."""
    said = rules.get("background-color") or rules.get("background", "")
    return read_color(said) or next((color for part in said.split() if (color := read_color(part))), None)


def _faint(rules: dict[str, str]) -> bool:
    """Its place stays empty: hidden, without opacity, or in type of no size."""
    opacity = size_of(rules.get("opacity", "").rstrip("%"))
    size = _type_size(rules.get("font-size", ""))
    return (
        rules.get("visibility", "").startswith("hidden")
        or (opacity is not None and opacity <= 0.05)
        or (size is not None and size <= 1)
    )


def _picture(rules: dict[str, str], ground: Color | None) -> bool:
    """The ground is a picture, or a colour that is not understood or lets another shine through."""
    said = rules.get("background-color") or rules.get("background", "")
    whole = f"{said} {rules.get('background', '')} {rules.get('background-image', '')}"
    if "url(" in whole or "gradient" in whole:
        return True
    if ground is None:
        return said not in ("", "none", "initial", "inherit")
    return 0.05 < ground.opacity < 1


def _type_size(text: str) -> float | None:
    """A size of type in px; None where it is relative to what is around it, or a word."""
    return None if text.endswith(("%", "em", "ex", "rem")) and size_of(text) else size_of(text)


def _above(raising: str) -> bool:
    """The baseline is set higher by a length or a share."""
    return (size_of(raising) or 0.0) > 0


def _shifted_up(rules: dict[str, str], position: str) -> bool:
    """Set relative to its place, and above it."""
    if not position.startswith("relative"):
        return False
    return (size_of(rules.get("top", "")) or 0.0) < 0 or (size_of(rules.get("bottom", "")) or 0.0) > 0


def _page(rules: dict[str, str], where: str) -> bool:
    value = rules.get(f"page-break-{where}", "") or rules.get(f"break-{where}", "")
    return value.startswith(("always", "page", "left", "right"))


def _chars(value: str) -> float:
    return (size_of(value) or 0.0) / _CHARACTER


def _side(rules: dict[str, str], name: str) -> float:
    """The left side of a padding or a margin."""
    own = rules.get(f"{name}-left")
    if own is not None:
        return _chars(own)
    parts = rules.get(name, "").split()
    return _chars(parts[(0, 0, 1, 1, 3)[min(len(parts), 4)]]) if parts else 0.0


def _line(rules: dict[str, str], side: str) -> bool:
    """A line is drawn along the top or the bottom."""
    whole = rules.get(f"border-{side}", "")
    if whole:
        return bool(_LINE.search(whole)) and not _NO_LINE.search(whole)
    kind, width = rules.get(f"border-{side}-style", ""), rules.get(f"border-{side}-width", "1px")
    return bool(_LINE.search(kind)) and not _NO_LINE.search(width)
