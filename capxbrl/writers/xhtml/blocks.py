"""The blocks of the document -> the blocks of the page: which element, which class, what markup.

How a paragraph is set follows from where it stands (on the cover, above a statement) and what it looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from markupsafe import Markup

from ...findings import source_lines
from ...model import FactPlace, PageBreak, Paragraph, Report, Section, Table, TextKind, seen
from ...records import dataclass
from .layout import is_rule, layouts
from .marks import Mark, Place, by_place, classes, marked, span
from .tables import PageTable, build

_ITEM = re.compile(r"(?:item|part|note)\s+[\dIVX]+[\dA-Z.]*[\s.:-]", re.I)
_BOX = re.compile(r"[\[(|]\s?[xX✓✔_ ]?\s?[\])]|[\[\]☐☑☒□■þ¨](?=\s)")
_FORM = re.compile(r"form\s+[\w/-]+", re.I)
_NOTE = re.compile(r"\n[ \t]*(\()")
_CAPTION = re.compile(r"\s\((?=[A-Z])")
_SHORT_RULE = 40  # strokes
_NOTHING = Markup()
_SHORT = 130  # characters of a paragraph of the cover that is set as a line of its own, not as running text;
_LINES, _LINE = 5, 60  # or: its lines and their characters
_TITLE = 250  # characters of a title


@dataclass(frozen=True, slots=True)
class PageBlock:
    """An element with its class and its content, or a table."""

    tag: str
    cls: str
    html: Markup = _NOTHING
    table: PageTable | None = None


def blocks_of(report: Report, marks: Mapping[Place, Sequence[Mark]] | None = None) -> Iterator[PageBlock]:
    """Every block of the document, in order; nothing is left out. marks: others than the tags of the facts."""
    document = report.document
    facts = by_place(report) if marks is None else marks
    known = layouts(report)
    cover = _cover(report)
    titles = _titles(report)
    source = _Source(document.text)
    before = ""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            table = build(number, block, known.get(number), facts)
            if table.html:  # of strokes alone there is nothing to see
                yield PageBlock("table", table.cls, table=table)
                before = "table"
        elif isinstance(block, Paragraph):
            own = facts.get((number, None, None), ())
            if number in cover:
                made = _cover_line(block, own, cover[number])
            elif number in titles:
                made = _title(block, own, titles[number], report.entity.name)
            else:
                made = _paragraph(block, own, before, _stands_centred(block, source))
            yield made
            before = made.tag
        elif isinstance(block, PageBreak):
            yield PageBlock("div", "page", marked(block.text))
        elif isinstance(block, Section):
            yield PageBlock("div", "section")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _cover(report: Report) -> Mapping[int, str]:
    """The paragraphs of the cover, each with the concept of its first fact ("" for none)."""
    named: dict[int, str] = {}
    for fact in report.facts:
        if fact.place is FactPlace.COVER:
            named.setdefault(fact.span.block, fact.concept.name)
    if not named:
        return {}
    document = report.document
    start = max((i for i in range(min(named)) if isinstance(document.blocks[i], Section)), default=-1) + 1
    found: dict[int, str] = {}
    for i in range(start, max(named) + 1):
        block = document.blocks[i]
        if isinstance(block, Paragraph):
            if _ITEM.match(block.text):
                break  # what follows is the report itself, though it may repeat what the cover says
            found[i] = named.get(i, "")
    return found


def _cover_line(block: Paragraph, facts: Sequence[Mark], concept: str) -> PageBlock:
    """A line of the cover: centred when it is short, with its caption in parentheses set smaller."""
    text = seen(block)
    if is_rule(text):
        return _strokes(text, facts)
    if block.kind is TextKind.PRE:
        return PageBlock("pre", "", marked(text, facts))
    if (box := _BOX.match(text)) and box.end() < len(text):
        return _box(text, facts, box.end())
    if cls := _plain_cover(text, concept):
        return PageBlock("p", cls, marked(text, facts))
    look = _caption(text)
    if concept == "EntityRegistrantName":
        return PageBlock("h1", "", marked(text, facts, look))
    heading = block.kind is TextKind.HEADING and not look
    return PageBlock("p", classes("cover", "strong" if heading else ""), marked(text, facts, look))


def _plain_cover(text: str, concept: str) -> str:
    """The class of a line that is all running text, all form type, or all caption; "" for any other."""
    if len(text) > _SHORT and not all(len(line) <= _LINE for line in text.split("\n", _LINES)):
        return "text"
    if concept == "DocumentType" and _FORM.match(text):
        return "cover form"
    if _CAPTION.match(f" {text}") or (text.endswith(")") and "(" not in text):
        return "cover caption"
    return ""


def _caption(text: str) -> list[Mark]:
    """The caption in parentheses at the end of a line."""
    caption = _CAPTION.search(text)
    if caption and text.find(")", caption.end()) in (-1, len(text) - 1):
        return [span(caption.start() + 1, len(text), "caption")]
    return []


def _box(text: str, facts: Sequence[Mark], end: int) -> PageBlock:
    """A check box and what it stands for; the box is text[:end]."""
    return PageBlock("p", "box", marked(text, facts, [span(0, end, "tick")]))


def _strokes(text: str, facts: Sequence[Mark]) -> PageBlock:
    """A line drawn with characters: across the page, or a short one between two parts of a cover."""
    return PageBlock("p", "strokes short" if 3 <= len(text.strip()) <= _SHORT_RULE else "strokes", marked(text, facts))


def _titles(report: Report) -> Mapping[int, int]:
    """The blocks above a statement, from its title on: 0 for the title, 1 and up for the notes below it."""
    found: dict[int, int] = {}
    for tagged in report.statements:
        above = ((b, report.document.blocks[b]) for b in tagged.statement.heading)
        texts = [
            (b, _folded(block.text)) for b, block in above if isinstance(block, Paragraph) and len(block.text) <= _TITLE
        ]
        title = _folded(tagged.statement.title)
        first = next((n for n, (_, text) in enumerate(texts) if text in title or title in text), 0)
        found |= {b: n for n, (b, _) in enumerate(texts[first:])}
    return found


def _title(block: Paragraph, facts: Sequence[Mark], number: int, name: str) -> PageBlock:
    """A line above a statement: its title, with the company's name on a line of its own, or a note below."""
    text = seen(block)
    if number and block.kind is not TextKind.HEADING:
        return PageBlock("p", "note", marked(text, facts))
    company = name and text[: len(name)].casefold() == name.casefold() and not text[len(name) : len(name) + 1].isalnum()
    look = [span(0, len(name), "company")] if company and len(text) > len(name) else []
    note = _NOTE.search(text)
    if note:
        look.append(span(note.start(1), len(text), "note"))
    return PageBlock("h2", "", marked(text, facts, look))


def _paragraph(block: Paragraph, facts: Sequence[Mark], before: str, centred: bool) -> PageBlock:
    text = seen(block)
    if is_rule(text):
        return _strokes(text, facts)
    html = marked(text, facts)
    if block.kind is TextKind.PRE:
        return PageBlock("pre", "", html)
    centred = centred or block.align == "center"
    heading = block.kind is TextKind.HEADING
    if heading and text.startswith("(") and text.endswith(")"):
        return PageBlock("p", classes("note", "" if centred else "left"), html)
    if heading or _names_item(text):
        return PageBlock("h3", "centred" if centred else "", html)
    if end := _box_end(text):
        return _box(text, facts, end)
    if centred:
        return PageBlock("p", "centred", html)
    return PageBlock("p", "sub" if before == "h3" and _is_sub_heading(text) else "text", html)


def _box_end(text: str) -> int:
    """Where the check box ends that a line begins with; 0 where it begins with none."""
    box = _BOX.match(text)
    return box.end() if box and not text.startswith("(") and box.end() < len(text) else 0


def _names_item(text: str) -> bool:
    """A line such as "Item 2.02 Results of Operations"."""
    return "\n" not in text and len(text) <= 110 and _ITEM.match(text) is not None


def _is_sub_heading(text: str) -> bool:
    """A line too long for a title that is no sentence."""
    return "\n" not in text and 40 <= len(text) <= 200 and text[-1] not in ".:;,)"


class _Source:
    """The lines of the source, as far as they tell how its paragraphs are set."""

    def __init__(self, text: str) -> None:
        self.lines = source_lines(text)

    @cached_property
    def margin(self) -> int:
        """The column, from 0, at which most lines begin."""
        found = Counter(len(line) - len(rest) for line in self.lines if (rest := line.lstrip()))
        return found.most_common(1)[0][0] if found else 0


def _stands_centred(block: Paragraph, source: _Source) -> bool:
    """The lines of the source begin far from the margin, at different columns, and share one middle."""
    line, column, lines = block.at.line, block.at.column, source.lines
    if line is None or column is None or column <= 8 or line > len(lines) or lines[line - 1][: column - 1].strip():
        return False
    rows = block.text.split("\n")
    edges = [column - 1, *(len(row) - len(row.lstrip()) for row in rows[1:])]
    middles = [edge + len(row.strip()) / 2 for edge, row in zip(edges, rows, strict=True)]
    return (
        min(edges) >= source.margin + 8
        and (len(rows) == 1 or len(set(edges)) > 1)
        and max(middles) - min(middles) <= 8
        and max(len(row.strip()) for row in rows) < 70
    )
