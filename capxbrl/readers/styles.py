"""What a style attribute says that matters for reading: hidden, bold, indented, ruled, on a new page, placed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """indent in characters; left and top in px where the element is placed absolutely; a relative one
    is but shifted, as raised marks are."""

    hidden: bool = False
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
    match = _SIZE.match(text.strip().lower())
    if match is None or not match[1].strip("-."):
        return None
    return float(match[1]) * _PX[match[2] or "px"]


@lru_cache(maxsize=4096)
def read_style(text: str) -> Style:
    """The style that the text of a style attribute gives. Never raises: what is not understood is left out."""
    rules: dict[str, str] = {}
    for part in text[:4000].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            rules[name.strip().lower()] = value.strip().lower()
    if not rules:
        return NONE
    weight = rules.get("font-weight", "")
    bold = None
    if weight:
        bold = weight.startswith("bold") or (weight[:3].isdigit() and int(weight[:3]) >= 600)
    elif "bold" in rules.get("font", "").split():
        bold = True
    space = rules.get("white-space", "")
    display = rules.get("display", "")
    position = rules.get("position", "")
    sides = {side: _line(rules, side) for side in ("top", "bottom")}
    return Style(
        hidden=display.startswith("none") or rules.get("visibility", "").startswith("hidden"),
        bold=bold,
        indent=sum(_side(rules, name) for name in ("padding", "margin")) + _chars(rules.get("text-indent", "")),
        align=rules.get("text-align", "").split("!")[0].strip(),
        line_above=sides["top"],
        line_below=sides["bottom"],
        page_before=_page(rules.get("page-break-before", "") or rules.get("break-before", "")),
        page_after=_page(rules.get("page-break-after", "") or rules.get("break-after", "")),
        pre=space.startswith("pre") and space != "pre-line" and space != "pre-wrap" if space else None,
        block=None if not display else display.startswith(("block", "flex", "grid", "table")),
        raised=rules.get("vertical-align", "").startswith(("super", "text-top")),
        absolute=position.startswith("absolute"),
        left=size_of(rules.get("left", "")) if position.startswith("absolute") else None,
        top=size_of(rules.get("top", "")) if position.startswith("absolute") else None,
    )  # fmt: skip


def _page(value: str) -> bool:
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
