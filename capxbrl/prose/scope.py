"""Where a figure stands in its sentence: the stretch that speaks of one period, the period, and the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from .. import words
from ..hints import hinted, low, of_small
from ..model import Counted, Number
from ..patterns import compiled
from ..records import dataclass
from . import tolerances as tol
from .calendar import Calendar, When, whens
from .figures import figures
from .subjects import Lexicon, Subject, subjects

Stretch = tuple[int, int]
_FEW_WORDS = compiled(r"^\s(?:(?!(?:and|or|but|with|than|versus|compared)\s)[a-z-]+\s){0,3}$", re.IGNORECASE)
_WORD = compiled(r"[A-Za-z][\w'-]*")
_PARENTHESIS = compiled(r"\([^)]*\)")
_LISTED = compiled(r"^\s?(?:,\s(?:and\s)?[a-z]+\s[a-z]+|and|or|plus|less)\s")
_LISTED_BEFORE = compiled(r"(?:[a-z],|\b(?:and|or|plus|less))\s$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a sentence names, in order, and where a comparison leads to another period (`cuts`).

    small: its text in small letters. ahead: it speaks of plans. mixed: of another measure, or of several things in a
    row. part: of a part of the company or of a figure, or of something that no line shows.
    """

    text: str
    small: str
    figures: tuple[Number, ...]
    whens: tuple[When, ...]
    subjects: tuple[Subject, ...]
    cuts: tuple[int, ...]
    ahead: bool
    mixed: bool
    part: bool

    def inside(self, at: int) -> Stretch | None:
        """The parenthesis around a place; "$(3.2) million" is a negative figure, no parenthesis of words."""
        left = self.text.rfind("(", 0, at)
        if left < 0 or ")" in self.text[left:at]:
            return None
        right = self.text.find(")", at)
        return (left, right) if right > 0 and right - left > tol.PROSE.figure else None

    def figures_between(self, start: int, end: int, but: Number) -> bool:
        return any(start < f.start < end for f in self.figures if f is not but)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The stretch of a figure. own: the cuts that count for it; when: its period; alone: no other could be meant."""

    low: int
    high: int
    own: tuple[int, ...]
    inside: Stretch | None
    when: When | None
    alone: bool


def sentence_of(text: str, calendar: Calendar, lexicon: Lexicon) -> Sentence | None:
    """None where no figure stands in it. White space in `text` is single."""
    small = low(text)
    found = tuple(figures(small))
    if not found:
        return None
    named = tuple(whens(small, calendar))
    starts = [*(w.start for w in named), *(f.start for f in found)]
    spoken = tuple(subjects(text, small, lexicon, starts))
    return Sentence(
        text=text,
        small=small,
        figures=found,
        whens=named,
        subjects=spoken,
        cuts=tuple(_cuts(small, found, named)),
        ahead=hinted("prose", "ahead").first(small) is not None,
        mixed=hinted("prose", "mixed").first(small) is not None,
        part=hinted("prose", "part").first(small) is not None or not all(s.rows for s in spoken),
    )


def _cuts(small: str, found: Sequence[Number], named: Sequence[When]) -> list[int]:
    """Where a comparison begins: "compared to", and "from" or "than" that lead to a figure or a period close by."""
    always = [m.start() for m in hinted("prose", "compared").every(small)]
    leads = [
        m.start()
        for m in hinted("prose", "leads").every(small)
        if any(0 <= f.start - m.end() <= tol.PROSE.to_figure for f in found)
        or any(0 <= w.start - m.end() <= tol.PROSE.to_period for w in named)
    ]
    return sorted({*always, *leads})


def scope_of(figure: Number, sentence: Sentence) -> Scope:
    """The stretch and the period of a figure; inside a parenthesis that of the sentence where it has none of
    its own."""
    inside = sentence.inside(figure.start)
    # What is compared inside a parenthesis is no comparison of the sentence around it.
    own = tuple(c for c in sentence.cuts if sentence.inside(c) in (None, inside))
    low, high = _stretch(figure, own, inside)
    when, alone = _when(figure, sentence, low, high)
    if when is None and inside:
        low, high = _stretch(figure, [c for c in own if sentence.inside(c) is None], None)
        when, alone = _when(figure, sentence, low, high)
    return Scope(low=low, high=high, own=own, inside=inside, when=when, alone=alone)


def _stretch(figure: Number, cuts: Sequence[int], inside: Stretch | None) -> Stretch:
    low = max((c for c in cuts if c < figure.start), default=0)
    high = min((c for c in cuts if c > figure.start), default=10**9)
    return (max(low, inside[0]), min(high, inside[1])) if inside else (low, high)


def _when(figure: Number, sentence: Sentence, low: int, high: int) -> tuple[When | None, bool]:
    """The period of a figure in its stretch, and whether no other period there could be meant."""
    here = [w for w in sentence.whens if low <= w.start < high and _of_the_same(w, figure, sentence)]
    if not here:
        return None, True
    compared = low > 0
    before = next((w for w in reversed(here) if w.start < figure.start), None)
    behind = _when_behind(figure, here, sentence, compared)
    if behind and before and behind.periods != before.periods:
        return (behind if compared else before), False
    return behind or before or here[0], len({w.periods for w in here}) == 1


def _when_behind(figure: Number, here: Sequence[When], sentence: Sentence, compared: bool) -> When | None:
    """The next period; that of the next figure only where a comparison shares it."""
    behind = next((w for w in here if w.start > figure.start), None)
    if behind and not compared and sentence.figures_between(figure.start, behind.start, figure):
        return None
    return behind


def _of_the_same(when: When, figure: Number, sentence: Sentence) -> bool:
    """A period in a parenthesis is that of the figures in it: "$322,738 (November 30, 2019 - $227,058)"."""
    if when.start > figure.start:
        around = sentence.inside(when.start)
        return around is None or around[0] <= figure.start < around[1]
    between = sentence.text[when.end : figure.start]
    return between.count(")") <= between.count("(")


def first_when(sentence: Sentence, cuts: Sequence[int]) -> When | None:
    """The period that the sentence speaks of before it compares."""
    end = min(cuts, default=10**9)
    return next((w for w in sentence.whens if w.start < end), None)


def next_when(sentence: Sentence, high: int, cuts: Sequence[int]) -> When | None:
    """The period of the next stretch: what a change is counted from."""
    end = min((c for c in cuts if c > high), default=10**9)
    return next((w for w in sentence.whens if high <= w.start < end), None)


def subject_of(figure: Number, sentence: Sentence, inside: Stretch | None) -> Subject | None:
    """The words directly behind the figure ("$10.1 million loss from operations"), else the last subject before it."""
    spoken = _but_the_whole(figure, sentence)
    return (
        _behind(figure, spoken, sentence)
        or _before(figure, spoken, sentence, inside)
        or _later(figure, spoken, sentence, inside)
    )


def _but_the_whole(figure: Number, sentence: Sentence) -> list[Subject]:
    """ "19% of revenue" speaks of what stands before it."""
    whole = (
        of_small("prose", "share of").match(sentence.small[figure.stop :]) if figure.unit is Counted.PERCENT else None
    )
    if whole is None:
        return list(sentence.subjects)
    return [s for s in sentence.subjects if not figure.stop <= s.start < figure.stop + whole.end()]


def _touches(figure: Number, subject: Subject, sentence: Sentence) -> bool:
    return figure.stop <= subject.start and bool(_FEW_WORDS.match(sentence.text[figure.stop : subject.start] or " "))


def _behind(figure: Number, spoken: Sequence[Subject], sentence: Sentence) -> Subject | None:
    return next((s for s in spoken if _touches(figure, s, sentence)), None)


def _before(figure: Number, spoken: Sequence[Subject], sentence: Sentence, inside: Stretch | None) -> Subject | None:
    """The last subject before, but one that is taken out of another, or that directly follows another figure."""
    low = inside[0] if inside else 0
    without = hinted("prose", "without")
    kept = [
        s
        for s in spoken
        if low <= s.start < figure.start
        and (inside or not sentence.inside(s.start))
        and not without.first(sentence.small[max(0, s.start - tol.PROSE.subject) : s.start])
        and not any(f is not figure and _touches(f, s, sentence) for f in sentence.figures)
    ]
    return kept[-1] if kept else None


def _later(figure: Number, spoken: Sequence[Subject], sentence: Sentence, inside: Stretch | None) -> Subject | None:
    after = next((s for s in spoken if s.start > figure.start and (not inside or s.start < inside[1])), None)
    if after is None or after.start - figure.stop >= tol.PROSE.subject:
        return None
    return None if sentence.figures_between(figure.start, after.start, figure) else after


def direct(figure: Number, subject: Subject | None, sentence: Sentence) -> bool:
    """Nothing between the subject and its figure speaks of anything else."""
    text = sentence.text
    if subject is None:
        return figure.unit is Counted.SHARE
    if subject.start >= figure.stop:
        return len(text[figure.stop : subject.start].split()) <= 1
    said = _but_periods(subject.end, figure.start, sentence)
    if hinted("prose", "without").first(low(said)):
        return True
    return all(map(_links, _WORD.findall(_PARENTHESIS.sub(" ", said))))


def led_plainly(figure: Number, subject: Subject | None, sentence: Sentence, names: Set[str]) -> bool:
    """Before the subject, since the figure before it, stands nothing that makes it a part or an event, and it is no
    member of a list. Without a subject: before the figure. names: the words of the company's name."""
    start, end = (figure.start, figure.start) if subject is None else (subject.start, subject.end)
    low = max((f.stop for f in sentence.figures if f is not figure and f.stop <= start), default=0)
    if subject is not None and (_LISTED_BEFORE.search(sentence.text[:start]) or _LISTED.match(sentence.text[end:])):
        return False
    lead = _PARENTHESIS.sub(" ", _but_periods(low, start, sentence))
    return all(
        _is_plain(word) or _links(word) or word.removesuffix("'s").removesuffix("'") in names
        for word in _WORD.findall(lead.lower())
    )


@lru_cache(maxsize=2048)
def _links(word: str) -> bool:
    return words.pattern("prose", "link").match(word) is not None


@lru_cache(maxsize=2048)
def _is_plain(word: str) -> bool:
    return words.pattern("prose", "plain").match(word) is not None


def _but_periods(start: int, end: int, sentence: Sentence) -> str:
    """The words of a stretch without those that name periods."""
    kept = sentence.text[start:end]
    for when in sentence.whens:
        first, last = max(when.start, start), min(when.end, end)
        if first < last:
            kept = kept[: first - start] + " " * (last - first) + kept[last - start :]
    return kept
