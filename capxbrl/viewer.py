"""What the interactive viewer says of a fact when the pointer rests on it: how it stands, why it carries its element,
and where in the source it was read."""

from __future__ import annotations

import re

from markupsafe import escape

from .model import Fact, Report

_ID = re.compile(r' id="([^"]+)"')


def annotated(page: str, report: Report) -> str:
    """The page of the viewer with a note on every fact. Nothing else in it changes."""
    notes = {fact.id: escape(note(fact)) for fact in report.facts}

    def told(found: re.Match[str]) -> str:
        return f'{found[0]} title="{notes[found[1]]}"' if found[1] in notes else found[0]

    return _ID.sub(told, page)


def note(fact: Fact) -> str:
    """One line for a reader: "Total assets: proved; us-gaap:Assets, confidence 0.98 (synonym); filing.txt:12:3"."""
    why = f" ({fact.why})" if fact.why else ""
    return f"{fact.label}: {fact.reading}; {fact.concept.qname}, confidence {fact.confidence:.2f}{why}; {fact.at}"
