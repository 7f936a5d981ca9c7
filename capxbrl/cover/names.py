"""The registrant's name and where it is incorporated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..findings import Outcome
from ..grammar import ANY_YEAR
from ..patterns import compiled
from ..places import STATES, place_code
from ..words import pattern
from . import tolerances as tol
from .flat import Cover
from .header import Said, comparable
from .judge import Candidate, Facts, judge, words_of

#: What the header leaves out or abbreviates at the end of a name.
_ENDINGS = frozenset({"inc", "corp", "co", "company", "corporation", "ltd", "llc", "lp", "plc", "de", "new", "the"})
#: What stands above a caption and is no name: captions, dates, figures, forms, sentences.
_LISTS = (
    "name", "state", "file_number", "irs", "address", "zip", "former", "telephone", "date_of_report",
    "period", "transition", "annual", "quarterly", "pursuant", "section_12b", "amendment",
)  # fmt: skip
_DATED = compiled(rf"\b{ANY_YEAR}\W*$")
#: What parts a name from what stands before it in one line; a file number ends there too.
_BREAK = compiled(r"\t| {3,}|\s\(|[-_=]{3,}|\*{2}|#{2,}|\b\d{1,3}-\d{2,6}\b")
_LOWER = compiled(r"[a-z]+\b")


@cache
def _state() -> re.Pattern[str]:
    """A state by its name; "Washington, D.C." is where the Commission sits."""
    names = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(STATES, key=len, reverse=True))
    return compiled(rf"\b(?:{names})\b(?!,?\s*D\.?\s?C\b)", re.I)


@cache
def _corporation() -> re.Pattern[str]:
    """ "(a Delaware corporation)"."""
    kind = rf")\s+(?:{pattern('names', 'organised as').pattern})"
    return compiled(r"\(?\ban?\s+(" + _state().pattern + kind, re.I)


def words_at(caption: re.Match[str]) -> int:
    """Where the words of a caption begin, behind its parenthesis."""
    return caption.start() + len(caption.group()) - len(caption.group().lstrip(" ([\t\n"))


def name_facts(cover: Cover, said: Said | None) -> Facts:
    """The registrant's name: above its caption, behind it, or, without a caption, where the page has the header's."""
    found = list(dict.fromkeys([*_captioned(cover, said), *_conformed(cover, said)]))
    items = [Candidate(start=a, end=b, says="at the caption of the registrant's name") for a, b in found[:1]]
    if said is not None and found and not _same(cover, found[0], said):
        alike = [c for c in found[1:] if _same(cover, c, said)]
        items += [Candidate(start=a, end=b, says="the name the header conforms") for a, b in alike[:1]]
        items = items[-1:] if len(items) > 1 else items
    return judge(cover, "EntityRegistrantName", "Exact name of registrant", items, said)


def _same(cover: Cover, place: tuple[int, int], said: Said) -> bool:
    concept = "EntityRegistrantName"
    return comparable(concept, words_of(cover, *place)) == comparable(concept, said.value)


def _captioned(cover: Cover, said: Said | None) -> Iterator[tuple[int, int]]:
    caption = cover.search(pattern("cover", "name"))
    if caption is None:
        return
    line = cover.line(caption.start())[0]
    parts = [w.strip(" -_=*") for w in _BREAK.split(cover.text[line : caption.start()].rstrip(" ([*"))]
    before = next((w for w in reversed(parts) if any(c.isalnum() for c in w)), "")
    above = cover.lines_above(caption.start(), 6)
    if not _alone(cover, caption):
        above = [*cover.column_above(words_at(caption)), *above]
    if before and is_name(before):
        start = cover.text.rfind(before, line, caption.start())
        yield start, start + len(before)
    names = [(a, b) for a, b in above if is_name(words_of(cover, a, b))]
    yield from (_whole(cover, place, names[n + 1 :], said) for n, place in enumerate(names[:3]))
    behind = compiled(r"[^:\n]{0,60}[:)]\s{1,9}([^\n\t]+)").match(cover.text, caption.end(), cover.limit)
    if behind and is_name(behind[1].strip()):
        yield behind.start(1), behind.start(1) + len(behind[1].rstrip())


def _alone(cover: Cover, caption: re.Match[str]) -> bool:
    """The caption has its line to itself: what stands above it is a line too, however wide its blanks."""
    start, end = cover.line(caption.start())
    return len(cover.chunks(start, end)) == 1


def is_name(text: str) -> bool:
    """A line that may be the name of a company: not a caption, a date, a number, a form or a sentence."""
    if len(text) < 3 or len(text) > tol.COVER.name or _is_lower(text) or _is_none(text):
        return False
    return not place_code(text) and not any(pattern("cover", name).search(text) for name in _LISTS)


def _is_none(text: str) -> bool:
    """It is a date, a caption or a form."""
    return _DATED.search(text) is not None or pattern("names", "no name").search(text) is not None


def _is_lower(text: str) -> bool:
    """It begins with a word in small letters, as a sentence goes on; "example.com, inc." is a name all the same."""
    return _LOWER.match(text) is not None and pattern("names", "legal form").search(text) is None


def _whole(cover: Cover, place: tuple[int, int], above: list[tuple[int, int]], said: Said | None) -> tuple[int, int]:
    """A name of two lines: the second is a legal form alone, the first ends unfinished, or the header has both."""
    if not above:
        return place
    first, second = words_of(cover, *above[0]), words_of(cover, *place)
    between = cover.text[above[0][1] : place[0]]
    if between.strip() or between.count("\n") != 1 or cover.flat.piece(above[0][0]) != cover.flat.piece(place[0]):
        return place
    whole = above[0][0], place[1]
    form, alone, goes_on = (pattern("names", name) for name in ("legal form", "second line", "unfinished"))
    torn = form.search(second) and not form.search(first) and first.isupper() == second.isupper()
    if torn or alone.match(second) or goes_on.search(first) or (said and _same(cover, whole, said)):
        return whole
    return place


def _conformed(cover: Cover, said: Said | None) -> Iterator[tuple[int, int]]:
    """Where the cover has, at the start of a line, the company's name as the header conforms it ("EXAMPLE CO")."""
    words = re.findall(r"[A-Za-z0-9]+", re.split(r"[/\\]", said.value)[0] if said else "")
    while len(words) > 1 and words[-1].lower() in _ENDINGS:
        words.pop()
    if not words:
        return
    # The header drops the apostrophe of a possessive.
    parts = [re.sub(r"(?<=\w)s$", "['’]?s", re.escape(word), flags=re.I) for word in words]
    written = r"((?:The\s+)?" + r"\W{1,4}".join(parts) + r"\b[^\n\t(]{0,60})"
    line = re.compile(r"(?:^|(?<=\t))[ ]*" + written, re.I | re.M)
    for match in cover.all(line, cover.form[1]):
        chunk = re.match(r"\S+(?: \S+)*", match[1])
        if chunk:
            yield match.start(1), match.start(1) + chunk.end()


def state_facts(cover: Cover, said: Said | None) -> Facts:
    """The state or country of incorporation: at its caption, and "(a Delaware corporation)"."""
    found = [Candidate(start=a, end=b, says="at the caption of the state") for a, b in _captioned_state(cover)]
    told = cover.search(_corporation())
    if told is not None:
        found.append(
            Candidate(
                start=told.start(1), end=told.end(1), says="a corporation of it, say the words", independent=bool(found)
            )
        )
    items = [_coded(cover, item) for item in found]
    made = judge(cover, "EntityIncorporationStateCountryCode", "State of incorporation", items, said)
    return Outcome(made.value, made.findings)


def _coded(cover: Cover, item: Candidate) -> Candidate:
    words = words_of(cover, item.start, item.end)
    code = place_code(words)
    return Candidate(
        start=item.start,
        end=item.end,
        value=code,
        form="" if code == words else "hidden",
        says=item.says,
        independent=item.independent,
    )


def _captioned_state(cover: Cover) -> Iterator[tuple[int, int]]:
    caption = cover.search(pattern("cover", "state"))
    if caption is None:
        return
    start = words_at(caption)
    for begin, end in [*cover.column_above(start)[:3], *cover.lines_above(caption.start(), 3)]:
        if place_code(cover.text[begin:end]) and not cover.text[begin:end].islower():
            yield begin, end
            return
    before = cover.all(_state(), caption.start() - tol.COVER.state_above, caption.start())
    after = cover.all(_state(), caption.end(), caption.end() + tol.COVER.state_behind)
    if before or after:
        yield (before[-1] if before else after[0]).span()
