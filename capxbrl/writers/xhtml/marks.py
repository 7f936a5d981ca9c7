"""Text of the document -> markup: escaped, with the ix tags of its facts and a few spans for the look of the page.

Nothing is added to the text and nothing is left out: tags go in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from ...model import Fact, Report, Standing, Unit
from ...records import dataclass

#: (block, row, cell) of a text; row and cell are None in a paragraph.
Place = tuple[int, int | None, int | None]

UNIT_IDS = {Unit.USD: "USD", Unit.SHARES: "shares", Unit.PER_SHARE: "USDPerShare", Unit.PURE: "pure"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Tags around text[start:end]."""

    start: int
    end: int
    opening: str
    closing: str


def by_place(report: Report) -> Mapping[Place, Sequence[Mark]]:
    """The marks of every fact, by the text that it stands in, each in the order of the report."""
    found: dict[Place, list[Mark]] = defaultdict(list)
    for fact in report.facts:
        at = fact.span
        if at.start == at.end:  # of the filing, but nowhere on the page
            continue
        marks = found[at.block, at.row, at.cell]
        if fact.reading is Standing.DOUBTFUL and all(m.end <= at.start for m in marks):
            marks.append(span(at.start, at.end, "doubtful"))  # outside the tags: those hold nothing but digits
        marks.append(Mark(at.start, at.end, *tags(fact)))
    return found


def tags(fact: Fact) -> tuple[str, str]:
    """What opens and closes the tag of a fact."""
    if fact.format == "hidden":
        return f'<span style="-sec-ix-hidden:{escape(fact.id)}">', "</span>"
    attributes = [("id", fact.id), ("name", fact.concept.qname), ("contextRef", fact.context)]
    name = "ix:nonNumeric"
    if isinstance(fact.value, Decimal):
        name = "ix:nonFraction"
        attributes += [
            ("unitRef", UNIT_IDS[fact.unit or Unit.PURE]),
            ("decimals", "INF" if fact.decimals is None else str(fact.decimals)),
        ]
        if fact.scale:
            attributes.append(("scale", str(fact.scale)))
        if fact.value < 0:
            attributes.append(("sign", "-"))
    if fact.format:
        attributes.append(("format", fact.format))
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
    return f"<{name}{written}>", f"</{name}>"


def span(start: int, end: int, cls: str) -> Mark:
    """A span of a class of the style sheet."""
    return Mark(start, end, f'<span class="{cls}">', "</span>")


def classes(*words: str) -> str:
    """The words of a class attribute, empty ones left out."""
    return " ".join(word for word in words if word)


def render(text: str, facts: Sequence[Mark] = (), look: Sequence[Mark] = ()) -> Markup:
    """The text with its marks. Of those for the look, any that would cross or lie inside a fact is left out.

    Marks nest: the longer outside, of those with one span the first, and the look outside the facts: a number may hold
    nothing but text or one more number (iXBRL 1.1, ix:nonFraction). Raises ValueError when two facts cross, or when one
    does not lie in this text.
    """
    if not facts and not look:
        return escape(text)
    marks = _in_order(text, facts, look)
    out: list[str] = []
    open_marks: list[Mark] = []
    at = 0

    safe = len(escape(text)) == len(text)  # nothing in it to escape

    def write(upto: int) -> None:
        nonlocal at
        if upto > at:
            out.append(text[at:upto] if safe else escape(text[at:upto]))
            at = upto

    def close(upto: int) -> None:
        while open_marks and open_marks[-1].end <= upto:
            mark = open_marks.pop()
            write(mark.end)
            out.append(mark.closing)

    for mark in marks:
        close(mark.start)
        if open_marks and mark.end > open_marks[-1].end:
            raise ValueError(f"two tags cross in {text!r}: {open_marks[-1].opening} and {mark.opening}")
        write(mark.start)
        out.append(mark.opening)
        open_marks.append(mark)
    close(len(text))
    write(len(text))
    return Markup("".join(out))


def _in_order(text: str, facts: Sequence[Mark], look: Sequence[Mark]) -> list[Mark]:
    """The marks by their place, the longer first; those of the look that would cross or lie inside a fact left out."""
    for fact in facts:
        if not 0 <= fact.start < fact.end <= len(text):
            raise ValueError(f"a tag leaves its text {text!r}: {fact.opening}")
    clear = [m for m in look if all(m.end <= f.start or f.end <= m.start or _inside(f, m) for f in facts)]
    # stable: the order of the report within one span
    return sorted([*clear, *facts], key=lambda m: (m.start, -m.end))


def _inside(fact: Mark, mark: Mark) -> bool:
    return mark.start <= fact.start and fact.end <= mark.end
