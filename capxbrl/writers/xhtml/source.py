"""The filer's own page with the tags of the facts in it (`--layout source`): HTML made well-formed, text as it is."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from ...findings import line_starts
from ...model import Located, Report, Section
from .marks import Mark, render, tags
from .tidy import tidy

#: The text of a document of a submission.
_TEXT = re.compile(r"<TEXT>(.*?)(?:</TEXT>|\Z)", re.I | re.S)
_HTML = re.compile(r"<(?:html|body|div|font|td|p)\b", re.I)
#: What stands in a text for a machine: tags of tables and pages, and the backslash before a sign.
_MACHINE = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,11}>|\\(?=[$*_#\-+.!()\[\]{}`~>|])")
#: Numbers of characters that are those of Windows (HTML 5, 13.2.5.80).
_WINDOWS = re.compile(r"&#(?:1[2-5][0-9]|x[89][0-9a-f]);?", re.I)
#: A page of fixed width stays as wide as it is; a text of running lines is folded.
_PRE, _FOLDED, _WIDEST = "margin:8px;font-size:.8em", "white-space:pre-wrap;", 200
#: Stand for the tags of a fact while the page is parsed: nothing else in a page is made of them.
_OPEN, _CLOSE, _END = "\uf8f0", "\uf8f1", "\uf8f2"
_TOKEN = re.compile(f"([{_OPEN}{_CLOSE}])([0-9]+){_END}")


def source_page(report: Report) -> tuple[Markup, frozenset[str]]:
    """The page, and the ids of the facts that stand in it."""
    parts = [_part(report, *segment) for segment in _segments(report)]
    there = frozenset(id_ for _, ids in parts for id_ in ids)
    return Markup("\n".join(page for page, _ in parts)), there


def _segments(report: Report) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is HTML) of the pages in the source."""
    document = report.document
    if document.format != "edgar":
        yield 0, len(document.text), document.format == "html"
        return
    starts = line_starts(document.text)
    for block in document.blocks:
        if isinstance(block, Section) and block.at.line is not None:
            found = _TEXT.search(document.text, starts[block.at.line - 1])
            if found is not None:
                yield found.start(1), found.end(1), bool(_HTML.search(found[1]))


def _part(report: Report, start: int, end: int, is_html: bool) -> tuple[str, list[str]]:
    """A page and the ids of the facts in it."""
    marks = [m for m in report.located if start <= m.start and m.end <= end]
    text = report.document.text[start:end]
    return _html(text, start, marks) if is_html else _plain(text, start, marks)


def _plain(text: str, start: int, marks: Sequence[Located]) -> tuple[str, list[str]]:
    """The text as it stands, but for what is a machine's."""
    gone = [m.span() for m in _MACHINE.finditer(text)]
    ends = [b for _, b in gone]
    lost = [0]
    for a, b in gone:
        lost.append(lost[-1] + b - a)

    def moved(at: int) -> int:
        return at - start - lost[bisect_right(ends, at - start)]

    kept = _MACHINE.sub("", text)
    placed = [Mark(moved(m.start), moved(m.end), *tags(m.fact)) for m in marks]
    style = (_FOLDED if max(map(len, kept.split("\n"))) > _WIDEST else "") + _PRE
    return f'<pre style="{style}">{render(kept, placed)}</pre>', [m.fact.id for m in marks]


def _html(text: str, start: int, marks: Sequence[Located]) -> tuple[str, list[str]]:
    """The page, parsed with tokens in place of the tags."""
    whole, moved = _joined(text, [[(a - start, b - start) for a, b in m.pieces] for m in marks])
    spans = [(moved(m.start - start), moved(m.end - start - 1) + 1) for m in marks]
    page = tidy(_WINDOWS.sub(lambda m: html.unescape(m[0]), _with_tokens(whole, spans)))
    there = {int(m[2]) for m in _TOKEN.finditer(page)}

    def tag(token: re.Match[str]) -> str:
        return tags(marks[int(token[2])].fact)[token[1] == _CLOSE]

    return _TOKEN.sub(tag, page), [marks[number].fact.id for number in sorted(there)]


def _joined(text: str, torn: Sequence[Sequence[tuple[int, int]]]) -> tuple[str, Callable[[int], int]]:
    """The source with words that tags part moved before those tags, since a figure holds no element (Inline XBRL 1.1,
    ix:nonFraction); and where a place of the words has gone.
    """
    runs: list[tuple[int, int]] = []  # stretches of the source in their new order
    blanks: set[int] = set()  # runs before which a line ends
    at = 0
    for pieces in sorted({tuple(p) for p in torn if len(p) > 1}, key=lambda p: (p[0][0], -p[-1][1])):
        if pieces[0][0] < at:
            continue  # within words that are moved already
        runs.append((at, pieces[0][0]))
        gaps = [(a, b) for (_, a), (b, _) in pairwise(pieces)]
        for piece, (a, b) in zip(pieces, [(0, 0), *gaps], strict=True):
            if "<br" in text[a:b].lower() and a:
                blanks.add(len(runs))
            runs.append(piece)
        runs += gaps
        at = pieces[-1][1]
    runs.append((at, len(text)))
    starts, out, size = {}, [], 0
    for number, (a, b) in enumerate(runs):
        size += number in blanks
        out += ["\n"] * (number in blanks) + [text[a:b]]
        starts[a, b] = size
        size += b - a
    order = sorted(starts)

    def moved(place: int) -> int:
        a, b = order[bisect_right(order, (place, len(text) + 1)) - 1]
        return starts[a, b] + place - a

    return "".join(out), moved


def _with_tokens(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with a token where a tag opens and where it closes; of tokens at one place those that close come first,
    the inner before the outer."""
    events = [(start, 1, n, f"{_OPEN}{n}{_END}") for n, (start, _) in enumerate(spans)]
    events += [(end, 0, -n, f"{_CLOSE}{n}{_END}") for n, (_, end) in enumerate(spans)]
    out, at = [], 0
    for place, _, _, token in sorted(events):
        out += [text[at:place].replace(_OPEN, "").replace(_CLOSE, "").replace(_END, ""), token]
        at = place
    return "".join([*out, text[at:]])
