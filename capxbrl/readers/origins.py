"""Where in an HTML source each word of its text stands: line and column, even where the file is one long line.

The parser tells texts in the order of the source, but no places.  So the text of the source is known without its tags
and blanks too, and the two are walked side by side: a word is known by its offset in the text without blanks, and
where that stands in the source is looked up for what is kept.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ..patterns import compiled

#: White space that folds, other blanks, and characters that show nothing: they are between words, never in one.
_FOLDS = " \t\n\r\f\v"
_FIRM = (
    "\xa0\u2000-\u200b\u202f\u205f\u3000"
    "\xad\u034f\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
BLANK = _FOLDS + _FIRM
WORDS = compiled(f"[^{BLANK}]+")
#: Blanks that do not fold, and what `str.split` takes for blanks though it stands in words.
FIRM = compiled(f"[{_FIRM}]+")
ODD = compiled("[\x1c-\x1f\x85\u1680\u2028\u2029]")
#: Words with one blank between, as they stand in the source.
_VERBATIM = compiled(f"[^{BLANK}<&]+(?: [^{BLANK}<&]+)*")
_BLANKS = compiled(f"[{BLANK}]*")
#: So many characters of words are looked at together.
_TOGETHER = 200
#: The words of so many of them are remembered.
_KEPT = 256
#: Tags and blanks, and then a reference, words, or a character by itself; the end.
_TOKEN = compiled(
    rf"(?:<[A-Za-z/!?][^<>]*>|[{BLANK}]+|&nbsp;|&\#160;)*+"
    rf"(&(?:\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|[^<&{_FIRM}]{{1,{_TOGETHER}}}|.|\Z)",
    re.DOTALL,
)
#: Numbers of characters that Windows-1252 has and Latin-1 lacks: browsers show them, so they are text.
C1 = {code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(0x80, 0xA0)} | {
    code: " " for code in (*range(9), 11, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF)
}
_PLAIN = bytes(code for code in range(0x80) if code not in C1)
_ANY_C1 = compiled("[" + "".join(re.escape(chr(code)) for code in C1) + "]")
_LINE_END = compiled(r"\r\n?|\n")
#: How far to look for a word when the walk has lost its place.
_NEAR = 4000


def shown(text: str) -> str:
    """The text with the characters that browsers show for numbers of Windows-1252."""
    # To look every character up takes long; few texts have any that would change.
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    return text.translate(C1) if _ANY_C1.search(text) else text


def _tokens(source: str) -> Iterator[re.Match[str]]:
    """The references and words of a source; a comment that is never closed reaches to the end."""
    start = 0
    while start >= 0:
        opening = source.find("<!--", start)
        yield from _TOKEN.finditer(source, start, len(source) if opening < 0 else opening)
        closing = source.find("-->", opening) if opening >= 0 else -1
        start = closing + 3 if closing >= 0 else -1


@lru_cache(maxsize=1024)
def _referred(reference: str) -> str:
    """What a reference stands for, without blanks."""
    return "".join(WORDS.findall(shown(html.unescape(reference))))


def _line_starts(source: str) -> Iterator[int]:
    """Where the lines after the first begin."""
    if "\r" in source:
        yield from (match.end() for match in _LINE_END.finditer(source))
        return
    start = source.find("\n") + 1
    while start:
        yield start
        start = source.find("\n", start) + 1


def _bare(token: str) -> str:
    """A token without blanks, a reference as what it stands for."""
    if len(token) < 2:
        return token
    if token[0] == "&":
        return _referred(token)
    return "".join(token.split() if token.isascii() or not ODD.search(token) else WORDS.findall(token))


class Places:
    """The lines of a source: which one an offset stands in."""

    def __init__(self, source: str, first_line: int = 1) -> None:
        self._first_line = first_line
        self._lines = array("L", (0, *_line_starts(source)))

    @property
    def first(self) -> tuple[int, int]:
        """Line and column of the first character."""
        return self._first_line, 1

    def place(self, offset: int, beyond: int = 0) -> tuple[int, int]:
        """Line and column, from 1, of what stands so far beyond an offset."""
        return self._place(offset + beyond)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line + self._first_line - 1, offset - self._lines[line - 1] + 1

    def spread(self, text: str, offset: int) -> list[tuple[int, int, int]]:
        """(offset in the text, line, column) wherever words of a text do not stand in the source as they do in it."""
        return [(0, *self._place(offset))]

    def is_verbatim(self, text: str, offset: int) -> bool:
        """The text stands in the source as it is."""
        return False


class Origins(Places):
    """The walk over one source. `find` and `follow` must be asked for the words in their order; offsets are those of
    the text without blanks."""

    def __init__(self, source: str, first_line: int = 1) -> None:
        super().__init__(source, first_line)
        self._source = source
        self._starts = array("L")  # of each token in the text without blanks
        self._offsets = array("L")  # of each token in the source
        parts: list[str] = []
        size = 0
        for match in _tokens(source):
            if bare := _bare(match[1]):
                self._starts.append(size)
                self._offsets.append(match.start(1))
                parts.append(bare)
                size += len(bare)
        if not parts:
            self._starts.append(0)
            self._offsets.append(len(source))
        self._text = "".join(parts)
        self._at = 0
        self._words: dict[int, tuple[list[int], list[int]]] = {}

    def follow(self, words: str) -> int | None:
        """The offset of the next words, without their blanks; None where something else comes next."""
        at = self._at
        if not self._text.startswith(words, at):
            return None
        self._at = at + len(words)
        return at

    def find(self, word: str) -> int:
        """The offset of the next word; of what comes next, where it is not found."""
        at = self._at
        known = self._text.startswith(word, at)
        if not known and len(word) >= 4:
            found = self._text.find(word, at, at + _NEAR)
            if found >= 0:
                at, known = found, True
        self._at = at + len(word) if known else at
        return at

    def place(self, offset: int, beyond: int = 0) -> tuple[int, int]:
        return self._place(self._in_source(offset) + beyond)

    def _in_source(self, at: int) -> int:
        """Where a character of the text without blanks stands in the source."""
        if at and at == len(self._text):
            return self._in_source(at - 1) + 1
        token = bisect_right(self._starts, at) - 1
        start, rest = self._offsets[token], at - self._starts[token]
        if not rest or self._source[start] == "&":
            return start + rest
        bare, whole = self._words_of(token)
        word = bisect_right(bare, rest) - 1
        return whole[word] + rest - bare[word]

    def _words_of(self, token: int) -> tuple[list[int], list[int]]:
        """The words of a token: their offsets in it without blanks, and in the source."""
        if (known := self._words.get(token)) is not None:
            return known
        bare, whole, size = [], [], 0
        start = self._offsets[token]
        end = self._offsets[token + 1] if token + 1 < len(self._offsets) else len(self._source)
        for match in WORDS.finditer(self._source, start, min(end, start + _TOGETHER)):
            bare.append(size)
            whole.append(match.start())
            size += match.end() - match.start()
        if len(self._words) >= _KEPT:
            self._words.clear()
        self._words[token] = bare, whole
        return bare, whole

    def spread(self, text: str, offset: int) -> list[tuple[int, int, int]]:
        source = self._source
        start = self._in_source(offset)
        out = [(0, *self._place(start))]
        if " " not in text or source.startswith(text, start):
            return out
        done = 0
        while True:
            referred = self._referred(offset)
            match = _VERBATIM.match(source, start) if not referred else None
            size = min(match.end() - start if match else referred or 1, len(text) - done)
            word = done if done == 0 or text[done - 1] == " " else text.find(" ", done, done + size) + 1
            if word:
                out.append((word, *self._place(start + word - done)))
            offset += size - text.count(" ", done, done + size)
            done += size
            if done == len(text):
                return out
            done += text[done] == " "
            start = self._next(match.end(), offset) if match else self._in_source(offset)

    def is_verbatim(self, text: str, offset: int) -> bool:
        return self._source.startswith(text, self._in_source(offset))

    def _referred(self, offset: int) -> int:
        """So many characters, from there on, the source has as a reference; 0 where it has none."""
        token = bisect_right(self._starts, offset)
        if self._source[self._offsets[token - 1]] != "&":
            return 0
        return (self._starts[token] if token < len(self._starts) else len(self._text)) - offset

    def _next(self, after: int, offset: int) -> int:
        """Where the next word stands in the source."""
        blanks = _BLANKS.match(self._source, after)
        start = blanks.end() if blanks else after
        return self._in_source(offset) if self._source[start : start + 1] in ("<", "&", "") else start
