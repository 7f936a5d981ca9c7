"""Marks of notes: what is raised above the line and refers to a note is no part of a figure, a year or a label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..grammar import NOTE
from .collected import Lines


def noted(lines: Sequence[Lines], *, leading: bool) -> list[Lines]:
    """The lines with `raised` left to the words that are marks of notes: not to "2<sup>nd</sup>" or "<sup>1</sup>/2".

    leading: the first words may be such a mark too; otherwise they are the number of the note that the text is.
    """
    if not any_raised(lines):
        return list(lines)
    out: list[Lines] = []
    begun = leading
    for line in lines:
        marks: set[int] = set()
        start = 0
        for raised, run in groupby(word.raised for word in line.words):
            end = start + len(list(run))
            if raised and begun and _is_mark(line, start, end):
                marks.update(range(start, end))
            begun, start = True, end
        words = [w._replace(raised=i in marks) if w.raised else w for i, w in enumerate(line.words)]
        out.append(Lines(words=words, lead=line.lead))
    return out


def any_raised(lines: Sequence[Lines]) -> bool:
    """A word is raised, or the mark of a note."""
    for line in lines:
        for word in line.words:
            if word.raised:
                return True
    return False


def may_refer(text: str) -> bool:
    """One letter: it may be the sign of a currency (the rand), and the reference to a note as well."""
    return len(text) == 1 and text.isalpha()


def only_marks(lines: Sequence[Lines]) -> bool:
    """There is nothing but marks."""
    for line in lines:
        for word in line.words:
            if not word.raised:
                return False
    return True


def _is_mark(line: Lines, start: int, end: int) -> bool:
    """The raised words are a reference, and none of a fraction whose stroke stands beside them."""
    before = line.words[start - 1].text if start else ""
    after = line.words[end].text if end < len(line.words) else ""
    if before.endswith(("/", "⁄")) or after.startswith(("/", "⁄")):
        return False
    text = "".join((" " if w.gap else "") + w.text for w in line.words[start:end]).strip()
    return NOTE.fullmatch(text) is not None
