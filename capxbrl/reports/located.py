"""Where the facts stand in the source: characters of the raw text, entities and all.

A fact knows the line and column at which its words begin; how far they go is read off the source, in which a dash may
be an entity and a blank several.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from ..findings import Finding, Outcome, Position, Severity, line_starts
from ..model import Document, Fact, Located

#: How the documents are read whose page can be kept; in all but text a character may be an entity.
_KEPT = {"html": True, "edgar": True, "text": False}
_SHOWN = 5
_LONGEST_ENTITY = 12
_BLANKS = frozenset(" \t\r\n\f\v\xa0")


def in_source(document: Document, facts: Sequence[Fact]) -> Outcome[tuple[Located, ...]]:
    """The facts that stand in the source as one stretch of text, in its order, of several on one stretch the first
    outermost; none crosses another.

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
            end = _end(text, start, fact.shown, entities=entities)
            found += [] if end is None else [Located(start=start, end=end, fact=fact)]
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


def _end(text: str, start: int, shown: str, *, entities: bool) -> int | None:
    """Where the words that begin at `start` end; None where the source has others there."""
    at = start
    wanted = iter(shown)
    for char in wanted:
        if at >= len(text):
            return None
        if char in _BLANKS:
            at, blank = _over_blanks(text, at, entities=entities)
            if not blank:
                return None
            continue
        said, after = _character(text, at, entities=entities)
        # An entity may stand for more than one character; one that is there twice was folded.
        if not said or said[0] != char or any(next(wanted, None) != more for more in said[1:]):
            return None
        at = after
    return at


def _character(text: str, at: int, *, entities: bool) -> tuple[str, int]:
    """What stands at a place, and the place behind it."""
    if entities and text[at] == "&":
        stop = text.find(";", at, at + _LONGEST_ENTITY)
        if stop > 0:
            return html.unescape(text[at : stop + 1]), stop + 1
    return text[at], at + 1


def _over_blanks(text: str, at: int, *, entities: bool) -> tuple[int, bool]:
    """The place behind the blanks that begin here, and whether there are any."""
    begin = at
    while at < len(text):
        said, after = _character(text, at, entities=entities)
        if said not in _BLANKS:
            break
        at = after
    return at, at > begin
