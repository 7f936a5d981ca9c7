"""Is there a cover, and where: a form on a line of its own, the caption of the registrant's name, or the type of the
submission's document. A form named in running text is none, and an exhibit has none of its own."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from ..model import Document
from ..patterns import compiled
from ..words import pattern, table
from . import tolerances as tol
from .flat import LONGEST, Cover, Flat, flatten

#: The body begins: an item (not "Item 405 of Regulation S-K"), a part, an index.
_END = compiled(
    r"^[^\S\n]*(?:Item\s+\d{1,2}(?!\d)|PART\s+I\b(?!\s*,|\s+of\b)|INDEX\b[^\n]{0,40}$|SIGNATURES?[^\S\n]*$)",
    re.I | re.M,
)
_CONTENTS = compiled(r"^[^\S\n]*TABLE\s+OF\s+CONTENTS", re.I | re.M)
_EXHIBIT = compiled(r"EX-|EXHIBIT", re.I)
_UNFINISHED = compiled(r"[a-z,]\s*$")


@cache
def _form() -> re.Pattern[str]:
    """A form as running text or a cover names it: "Form 10-Q/A"."""
    return compiled(r"\bForm[\s-]{1,60}((?:" + _forms() + r")(?:/A)?)(?![\w-])", re.I)


@cache
def _form_line() -> re.Pattern[str]:
    """The same on a line of its own, with nothing but an amendment's number beside it."""
    number = r"(?:\W{0,9}amendment\s+(?:no\.?|number)\s*\d+)?"
    lead, tail = r"^[^\w\n]{0,200}(?:-\d+-\s+)?Form[\s:-]{1,60}((?:", r")(?:/A)?)" + number + r"[^\w\n]{0,200}$"
    return compiled(lead + _forms() + tail, re.I | re.M)


def _forms() -> str:
    return "|".join(row.pattern for row in table("cover") if row.list == "form")


def find_cover(document: Document) -> Cover | None:
    """The cover, or None where the document has none."""
    flat = flatten(document)
    if _EXHIBIT.match(flat.section):
        return None
    front = flat.text[:LONGEST]
    form = _on_its_own(flat, front) or _at_the_seat(front)
    caption = pattern("cover", "name").search(front)
    if form is None and (caption is not None or flat.section):
        form = _named(front, caption.start() if caption else len(front))
    places = [m.start() for m in (form, caption) if m is not None]
    if not places:
        return None
    start = _start(front, min(places), tol.COVER.close if form else tol.COVER.above)
    after = form.end() if form else start
    return Cover(flat=flat, start=start, limit=_limit(flat.text, after), form=form.span(1) if form else (0, 0))


def _on_its_own(flat: Flat, front: str) -> re.Match[str] | None:
    """The first form on a line of its own that has what a cover must have around it."""
    for match in islice(_form_line().finditer(front), tol.COVER.forms):
        before = front[: match.start()].rstrip("\n \t")
        piece = flat.starts[flat.piece(match.start(1))]
        running = len(before) > piece and _UNFINISHED.search(before) is not None
        if not running and _borne_out(front, match):
            return match
    return None


def _borne_out(front: str, form: re.Match[str]) -> bool:
    """A head of the Commission, a section of its Act, or a caption that only a cover has, near the form."""
    lists = ("seat", "pursuant", "name", "file_number", "date_of_report")
    start, end = max(0, form.start() - tol.COVER.above), form.end() + tol.COVER.below
    return any(pattern("cover", name).search(front, start, end) for name in lists)


def _at_the_seat(front: str) -> re.Match[str] | None:
    """The form right below the head of the Commission, where a text has lost its lines."""
    for seat in pattern("cover", "seat").finditer(front):
        form = _form().search(front, seat.end(), seat.end() + tol.COVER.seat)
        if form is not None and not re.search(r"[a-z]{3}", front[seat.end() : form.start()]):
            return form
    return None


def _named(front: str, before: int) -> re.Match[str] | None:
    """The form that the text names nearest before the caption of the name, else the first."""
    named = list(_form().finditer(front, 0, before))
    return named[-1] if named else None


def _start(front: str, anchor: int, above: int) -> int:
    """The head of the Commission nearest above, else a few lines above the form, more above a name without one."""
    seats = list(pattern("cover", "seat").finditer(front, max(0, anchor - tol.COVER.above), anchor))
    if seats:
        return front.rfind("\n", 0, seats[-1].start()) + 1
    return max(0, front.rfind("\n", 0, max(0, anchor - above)) + 1)


def _limit(text: str, after: int) -> int:
    bodies = (_END, pattern("cover", "body"))
    ends = [m.start() for body in bodies if (m := body.search(text, after, after + LONGEST))]
    for contents in _CONTENTS.finditer(text, after, after + LONGEST):
        if _END.search(text, contents.end(), contents.end() + tol.COVER.close):
            ends.append(contents.start())
            break
    return min(*ends, after + LONGEST, len(text)) if ends else min(after + LONGEST, len(text))
