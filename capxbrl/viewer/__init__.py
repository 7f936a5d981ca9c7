"""What our part of the interactive viewer knows of a conversion: facts, findings and their places on the page.

The gate makes the viewer's page, with our script (templates/viewer.js) beside it and an empty set of notes in it; the
notes are filled in here, as data that no browser runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..findings import Finding
from ..model import Report
from ..resources import NOTES
from .told import notes

__all__ = ["annotated", "in_script", "notes", "reviewing"]

_EMPTY = "{}"


def annotated(page: str, report: Report, findings: Sequence[Finding]) -> str:
    """The page of the viewer with the notes on a report in it. Nothing else in it changes."""
    return _filled(page, notes(report, findings))


def reviewing(page: str) -> str:
    """The page of the viewer with the mark in its notes that it opens with the figures without a tag marked."""
    start, end = _extent(page)
    return _filled(page, json.loads(page[start:end]) | {"review": True})


def in_script(data: Mapping[str, Any]) -> str:
    """JSON as it may stand in a script element of a page that is XML to one reader and HTML to another: no character
    that ends the element, opens another, or is a reference (HTML Living Standard, 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _filled(page: str, data: Mapping[str, Any]) -> str:
    start, end = _extent(page)
    return page[:start] + in_script(data) + page[end:]


def _extent(page: str) -> tuple[int, int]:
    """Where the notes stand. Raises ValueError for a page that has none."""
    start = page.rindex(NOTES) + len(NOTES)
    return start, page.index("</script>", start)
