"""How the cells of a spreadsheet look (ECMA-376 Part 1, 18.8): number format, type, lines, indent, what is not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ..markup import Element
from ..records import dataclass
from .number_formats import BUILTIN
from .office_zip import Parts, child, children, is_on, value

T = TypeVar("T")

#: Characters to a step of indent.
_STEP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look of a cell. above, below: a line is drawn there; unseen: white type without a ground."""

    format: str = "General"
    bold: bool = False
    unseen: bool = False
    above: bool = False
    below: bool = False
    indent: float = 0.0


def read_looks(parts: Parts, related: Mapping[str, tuple[str, str]]) -> tuple[Look, ...]:
    """The looks by their numbers in the file."""
    part = next((r[1] for r in related.values() if r[0] == "styles" and r[1] in parts), None)
    if part is None:
        return ()
    root = parts.xml(part)
    formats = BUILTIN | {
        number: value(one, "formatCode") or "General"
        for one in _all(root, "numFmts", "numFmt")
        if (number := _number(one, "numFmtId")) is not None
    }
    fonts = [(is_on(child(f, "b")), _is_white(child(f, "color"))) for f in _all(root, "fonts", "font")]
    fills = [_is_filled(f) for f in _all(root, "fills", "fill")]
    borders = [(_is_drawn(child(b, "top")), _is_drawn(child(b, "bottom"))) for b in _all(root, "borders", "border")]
    out: list[Look] = []
    for one in _all(root, "cellXfs", "xf"):
        bold, white = _at(fonts, one, "fontId", (False, False))
        above, below = _at(borders, one, "borderId", (False, False))
        number = _number(one, "numFmtId")
        out.append(
            Look(
                format="General" if number is None else formats.get(number, "General"),
                bold=bold,
                unseen=white and not _at(fills, one, "fillId", False),
                above=above,
                below=below,
                indent=_STEP * (_number(child(one, "alignment"), "indent") or 0.0),
            )
        )
    return tuple(out)


def _all(root: Element, group: str, name: str) -> list[Element]:
    found = child(root, group)
    return [] if found is None else list(children(found, name))


def _number(element: Element | None, key: str) -> int | None:
    number = value(element, key) or ""
    return int(number) if number.isdigit() else None


def _at(entries: list[T], xf: Element, key: str, default: T) -> T:
    number = _number(xf, key)
    return default if number is None or number >= len(entries) else entries[number]


def _is_white(color: Element | None) -> bool:
    """White by its colour, or the ground of the theme."""
    return (value(color, "rgb") or "")[-6:].upper() == "FFFFFF" or (
        value(color, "theme") == "0" and value(color, "tint") is None
    )


def _is_filled(fill: Element) -> bool:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return child(fill, "gradientFill") is not None
    return value(pattern, "patternType") not in (None, "none") and not _is_white(child(pattern, "fgColor"))


def _is_drawn(border: Element | None) -> bool:
    return value(border, "style") not in (None, "none")
