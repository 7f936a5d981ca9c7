"""Text of the document -> markup: escaped, with the ix tags of its facts and a few spans for the look of the page.

Nothing is added to the text and nothing is left out: tags go in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from ...model import Fact, Report, Standing, Unit
from ...records import dataclass
from ..escaping import escaped

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
    """What opens and closes the tag of a fact; its attributes are names of XML, in which there is nothing to escape."""
    if fact.format == "hidden":
        return f'<span style="-sec-ix-hidden:{fact.id}">', "</span>"
    written = f'id="{fact.id}" name="{fact.concept.qname}" contextRef="{fact.context}"'
    if not isinstance(fact.value, Decimal):
        return f"<ix:nonNumeric {written}{_format(fact)}>", "</ix:nonNumeric>"
    unit, decimals = UNIT_IDS[fact.unit or Unit.PURE], "INF" if fact.decimals is None else fact.decimals
    scale = f' scale="{fact.scale}"' if fact.scale else ""
    sign = ' sign="-"' if fact.value < 0 else ""
    written = f'{written} unitRef="{unit}" decimals="{decimals}"{scale}{sign}{_format(fact)}'
    return f"<ix:nonFraction {written}>", "</ix:nonFraction>"


def _format(fact: Fact) -> str:
    return f' format="{fact.format}"' if fact.format else ""


@lru_cache(maxsize=4096)
def span(start: int, end: int, cls: str) -> Mark:
    """A span of a class of the style sheet."""
    return Mark(start, end, f'<span class="{cls}">', "</span>")


@lru_cache(maxsize=1024)
def classes(*words: str) -> str:
    """The words of a class attribute, empty ones left out."""
    return " ".join(word for word in words if word)


def render(text: str, facts: Sequence[Mark] = (), look: Sequence[Mark] = ()) -> str:
    """The text as markup, with its marks. Of those for the look, any that would cross or lie inside a fact is left out.

    Marks nest: the longer outside, of those with one span the first, and the look outside the facts: a number may hold
    nothing but text or one more number (iXBRL 1.1, ix:nonFraction). Raises ValueError when two facts cross, or when one
    does not lie in this text.
    """
    if not facts and not look:
        return escaped(text)
    marks = _in_order(text, facts, look)
    if all(one.end <= other.start for one, other in pairwise(marks)):
        return _side_by_side(text, marks)
    out: list[str] = []
    open_marks: list[Mark] = []
    at = 0

    def write(upto: int) -> None:
        nonlocal at
        if upto > at:
            out.append(escaped(text[at:upto]))
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
    return "".join(out)


def _side_by_side(text: str, marks: Sequence[Mark]) -> str:
    """The same of marks that do not nest."""
    out: list[str] = []
    at = 0
    for mark in marks:
        out += (escaped(text[at : mark.start]), mark.opening, escaped(text[mark.start : mark.end]), mark.closing)
        at = mark.end
    out.append(escaped(text[at:]))
    return "".join(out)


def marked(text: str, facts: Sequence[Mark] = (), look: Sequence[Mark] = ()) -> Markup:
    """The same, as a template takes it."""
    return Markup(render(text, facts, look))


def _in_order(text: str, facts: Sequence[Mark], look: Sequence[Mark]) -> list[Mark]:
    """The marks by their place, the longer first; those of the look that would cross or lie inside a fact left out."""
    for fact in facts:
        if not 0 <= fact.start < fact.end <= len(text):
            raise ValueError(f"a tag leaves its text {text!r}: {fact.opening}")
    if not facts:
        marks = list(look)
    else:
        clear = [m for m in look if all(m.end <= f.start or f.end <= m.start or _inside(f, m) for f in facts)]
        marks = [*clear, *facts]
    if len(marks) > 1:  # stable: the order of the report within one span
        marks.sort(key=lambda m: (m.start, -m.end))
    return marks


def _inside(fact: Mark, mark: Mark) -> bool:
    return mark.start <= fact.start and fact.end <= mark.end
