"""Where the facts stand in the source: characters of the raw text, entities and all.

A fact knows the line and column at which its words begin; how far they go is read off the source, in which a dash may
be an entity, a blank several or the end of a line, and a tag may part a figure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ..findings import Finding, Outcome, Position, Severity, line_starts
from ..model import Document, Fact, Located

#: How the documents are read whose page can be kept; in all but text a character may be an entity.
_KEPT = {"html": True, "edgar": True, "text": False}
_SHOWN = 5
_LONGEST_ENTITY = 12
#: What parts words without parting lines or cells; and the end of a line.
_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|big|cite|code|del|em|font|i|ins|nobr|s|small|span|strike|strong|sub|sup|tt|u|wbr)\b[^<>]*>"
    r"|<!--[^<>]*-->",
    re.I,
)
_END_OF_LINE = re.compile(r"<br\b[^<>]*>", re.I)
_BLANKS = frozenset(" \t\r\n\f\v\xa0")


def in_source(document: Document, facts: Sequence[Fact]) -> Outcome[tuple[Located, ...]]:
    """The facts that stand in the source as one stretch of text, or as several that tags part, in its order, of several
    on one stretch the first outermost; none crosses another.

    Findings: `report.layout` (there is no page to keep), `report.not-in-place` (facts that stand in no such stretch).
    """
    if document.format not in _KEPT:
        return Outcome((), (_no_page(document),))
    text, entities = document.text, _KEPT[document.format]
    starts = line_starts(text)
    found = []
    for fact in facts:
        at = fact.at
        if at.line is not None and at.column is not None and at.line <= len(starts) and fact.shown:
            start = starts[at.line - 1] + at.column - 1
            pieces = _pieces(text, start, fact.shown, entities=entities)
            found += [Located(start=start, end=pieces[-1][1], fact=fact, pieces=pieces)] if pieces else []
    out = tuple(_nested(sorted(found, key=lambda m: (m.start, -m.end))))
    there = {mark.fact.id for mark in out}
    lost = [f for f in facts if f.id not in there]
    return Outcome(out, (_not_in_place(lost),) if lost else ())


def _no_page(document: Document) -> Finding:
    return Finding(
        code="report.layout",
        severity=Severity.WARNING,
        at=Position(source=document.name),
        message=f"a document of the kind {document.format} has no page of its own to keep: it is set anew",
        hint="--layout source is for HTML and text",
    )


def _not_in_place(lost: Sequence[Fact]) -> Finding:
    named = ", ".join(f"{f.label!r} {f.shown}" for f in lost[:_SHOWN]) + (", ..." if len(lost) > _SHOWN else "")
    return Finding(
        code="report.not-in-place",
        severity=Severity.NOTE,
        at=lost[0].at,
        fact=lost[0].id,
        message=f"{len(lost)} of the facts stand in the hidden part of the page, since the source shows their words in "
        f"several pieces: {named}",
        hint="our own layout, without --layout source, has them in place",
    )


def _nested(marks: Sequence[Located]) -> Iterator[Located]:
    """Those that lie in, or beside, the ones before them."""
    around: list[Located] = []
    for mark in marks:
        while around and around[-1].end <= mark.start:
            around.pop()
        if not around or mark.end <= around[-1].end:
            around.append(mark)
            yield mark


def _pieces(text: str, start: int, shown: str, *, entities: bool) -> tuple[tuple[int, int], ...]:
    """The stretches of the words that begin at `start`, with tags between them; none where the source has others."""
    pieces: list[tuple[int, int]] = []
    at = begin = start
    met = 0  # characters of the words
    blank = False
    while met < len(shown):
        if at >= len(text):
            return ()
        said, after = _unit(text, at, entities=entities)
        if said in ("", "\n") and text[at] == "<":
            pieces += [(begin, at)] if at > begin else []
            begin = after
        if said and said in _BLANKS:
            if shown[met] not in _BLANKS:
                return ()
            blank = True
        elif said and blank:
            met, blank = met + 1, False
            continue
        elif not shown.startswith(said, met):
            return ()
        at, met = after, met + (0 if blank else len(said))
    return (*pieces, (begin, at))


def _unit(text: str, at: int, *, entities: bool) -> tuple[str, int]:
    """What stands at a place, and the place behind it: "" for a tag within a line, a line end for that of HTML."""
    if entities and text[at] == "<":
        if tag := _TAG.match(text, at):
            return "", tag.end()
        if tag := _END_OF_LINE.match(text, at):
            return "\n", tag.end()
    if entities and text[at] == "&":
        stop = text.find(";", at, at + _LONGEST_ENTITY)
        if stop > 0:
            return html.unescape(text[at : stop + 1]), stop + 1
    return text[at], at + 1
