"""What stands in a text and is no text: markdown escapes (a backslash before a sign) and tags (<u>, <PAGE>, <S>)."""

from __future__ import annotations

import re

#: A tag is short, or begins with an attribute in quotes: "a < b" is none.
DROP = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,80}|\s[\w:-]{1,30}=\"[^<>]{0,4000}\"\s?)?/?>"
)
#: A new page begins.
PAGE = re.compile(r"<PAGE>|\f", re.I)


def ends_page(text: str) -> bool:
    """A new page begins in the line."""
    return ("\f" in text or "<" in text) and PAGE.search(text) is not None


def kept_slices(text: str, start: int) -> list[tuple[int, int]]:
    """The slices of a line that are text: escapes and tags left out."""
    if "<" not in text and "\\" not in text:
        return [(start, len(text))] if start < len(text) else []
    out = []
    at = start
    for match in DROP.finditer(text, start):
        if match.start() > at:
            out.append((at, match.start()))
        at = match.end()
    if at < len(text):
        out.append((at, len(text)))
    return out


def blanked(text: str) -> str:
    """The text with tags as blanks, so that every column keeps its place."""
    return DROP.sub(lambda m: " " * len(m.group()), text) if "<" in text or "\\" in text else text
