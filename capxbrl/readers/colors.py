"""Colours of HTML and CSS, and whether a reader sees text of one on a ground of another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from . import tolerances as tol


class Color(NamedTuple):
    """Channels 0 to 255; opacity 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0


WHITE = Color(255, 255, 255)
CLEAR = Color(0, 0, 0, 0)
_NAMED = {
    "white": WHITE,
    "transparent": CLEAR,
    "black": Color(0, 0, 0),
    "snow": Color(255, 250, 250),
    "ivory": Color(255, 255, 240),
    "ghostwhite": Color(248, 248, 255),
    "floralwhite": Color(255, 250, 240),
    "whitesmoke": Color(245, 245, 245),
    "mintcream": Color(245, 255, 250),
    "azure": Color(240, 255, 255),
    "silver": Color(192, 192, 192),
    "lightgrey": Color(211, 211, 211),
    "gray": Color(128, 128, 128),
    "red": Color(255, 0, 0),
    "maroon": Color(128, 0, 0),
    "blue": Color(0, 0, 255),
    "navy": Color(0, 0, 128),
    "green": Color(0, 128, 0),
    "yellow": Color(255, 255, 0),
}
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_CALL = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_VALUE = re.compile(r"([0-9]{0,4}(?:\.[0-9]{1,6})?)(%?)")


@lru_cache(maxsize=1024)
def read_color(text: str) -> Color | None:
    """The colour a value names; None where it is not known."""
    said = text.strip().lower().removesuffix("!important").strip()
    if said in _NAMED:
        return _NAMED[said]
    if match := _HEX.fullmatch(said):
        return _of_hex(match[1])
    if match := _CALL.fullmatch(said):
        return _of_call(match[1], match[2])
    return None


def _of_hex(digits: str) -> Color:
    if len(digits) < 6:
        digits = "".join(2 * d for d in digits)
    red, green, blue, *opacity = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
    return Color(red, green, blue, opacity[0] / 255 if opacity else 1.0)


def _of_call(name: str, text: str) -> Color | None:
    """rgb(255, 255, 255), rgb(100%,100%,100%), rgba(0 0 0 / 0); of hsl only what is white or black."""
    values = [m for part in re.split(r"[\s,/]+", text.strip()) if (m := _VALUE.fullmatch(part)) and m[1].strip(".")]
    if len(values) not in (3, 4):
        return None
    opacity = float(values[3][1]) / (100 if values[3][2] else 1) if len(values) == 4 else 1.0
    one, two, three = (float(m[1]) * (2.55 if m[2] else 1) for m in values[:3])
    if name == "rgb":
        return Color(one, two, three, opacity)
    return Color(three, three, three, opacity) if three in (0, 255) else None


def unseen(color: Color | None, ground: Color | None) -> bool:
    """Text of this colour cannot be seen on this ground. What is not known is seen."""
    if color is None:
        return False
    if color.opacity <= 0.05:
        return True
    if ground is None or color.opacity < 1:
        return False
    if max(abs(a - b) for a, b in zip(color[:3], ground[:3], strict=True)) <= tol.COLORS.alike:
        return True
    return (
        min(color[:3]) >= tol.COLORS.white
        and (_luminance(color) + 0.05) / (_luminance(ground) + 0.05) < tol.COLORS.seen
    )


def _luminance(color: Color) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    shares = (c / 255 for c in color[:3])
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
