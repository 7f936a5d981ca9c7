"""Where in an HTML source each word of its text stands: line and column, even where the file is one long line.

The parser tells texts in the order of the source, but no places.  So the source is cut into the same words, without
its tags, and the two are walked side by side.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator

#: White space, and characters that show nothing: they are between words, never in one.
BLANK = (
    " \t\n\r\f\v\xa0\u2000-\u200b\u202f\u205f\u3000"
    "\xad\u034f\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
WORDS = re.compile(f"[^{BLANK}]+")
_TOKEN = re.compile(
    rf"<[A-Za-z/!?][^<>]*>|&(?:\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|[^<&{BLANK}]+|<|&"
)
#: Numbers of characters that Windows-1252 has and Latin-1 lacks: browsers show them, so they are text.
C1 = {code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(0x80, 0xA0)} | {
    code: " " for code in (*range(9), 11, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF)
}
_ANY_C1 = re.compile("[" + "".join(re.escape(chr(code)) for code in C1) + "]")
_LINE_END = re.compile(r"\r\n|\n|\r")
#: How far to look for a word when the walk has lost its place.
_NEAR = 4000


def shown(text: str) -> str:
    """The text with the characters that browsers show for numbers of Windows-1252."""
    # `translate` looks every character up; few texts have any that it would change.
    return text.translate(C1) if _ANY_C1.search(text) else text


def _tokens(source: str) -> Iterator[re.Match[str]]:
    """The tags, references and words of a source; a comment that is never closed reaches to the end."""
    start = 0
    while start >= 0:
        opening = source.find("<!--", start)
        yield from _TOKEN.finditer(source, start, len(source) if opening < 0 else opening)
        closing = source.find("-->", opening) if opening >= 0 else -1
        start = closing + 3 if closing >= 0 else -1


class Places:
    """The lines of a source: which one an offset stands in."""

    def __init__(self, source: str, first_line: int = 1) -> None:
        self._first_line = first_line
        self._lines = array("L", (0, *(m.end() for m in _LINE_END.finditer(source))))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self._lines, offset)
        return line + self._first_line - 1, offset - self._lines[line - 1] + 1


class Origins(Places):
    """The walk over one source. `find` must be asked for the words in their order."""

    def __init__(self, source: str, first_line: int = 1) -> None:
        super().__init__(source, first_line)
        self._starts = array("L")  # of each fragment in the text without blanks
        self._offsets = array("L")  # of each fragment in the source
        parts: list[str] = []
        size = after = 0
        for match in _tokens(source):
            token = match.group()
            if token[0] == "<" and len(token) > 1:
                continue
            start = match.start()
            whole = True
            if token[0] == "&" and len(token) > 1:
                token = "".join(WORDS.findall(shown(html.unescape(token))))
                if not token:
                    continue
                whole = False
            if start != after or not whole or not size:
                self._starts.append(size)
                self._offsets.append(start)
            after = match.end() if whole else -1
            parts.append(token)
            size += len(token)
        self._text = "".join(parts)
        self._starts.append(size + 1)  # a fragment that is never reached
        self._offsets.append(len(source))
        self._at = self._fragment = 0

    def find(self, word: str) -> int:
        """The offset in the source of the next word."""
        at = self._at
        known = self._text.startswith(word, at)
        if not known and len(word) >= 4:
            found = self._text.find(word, at, at + _NEAR)
            if found >= 0:
                at, known = found, True
        fragment = self._fragment
        while self._starts[fragment + 1] <= at:
            fragment += 1
        self._fragment = fragment
        self._at = at + len(word) if known else at
        return self._offsets[fragment] + at - self._starts[fragment]
