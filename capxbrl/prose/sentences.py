"""A sentence -> its claims: which figure says what of which subject in which period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Period
from .calendar import Calendar, When, whens, year_before
from .figures import Figure, figures
from .subjects import Lexicon, Row, Subject, subjects

#: Where a new statement begins: a sentence, or a clause with a subject and a period of its own.
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)%\"”][.!?])[\"”)]?\s+(?=[\"“(]?[A-Z])|\n\s*\n|;\s|,?\s(?=(?:while|whereas|but)\s)|,\s(?=with\s)|\s(?=and\s(?:increased|decreased|grew|declined|rose|fell)\s)"
)
_LONGEST = 2500
#: Plans are not results.
_AHEAD = re.compile(
    r"\b(?:expects?|anticipates?|forecasts?|guidance|outlook|projected|projects|targets?|estimates that|will be|should be|is likely|plans to|intends to|range of|between)\b",
    re.I,
)
_COMPARES = re.compile(
    r"\b(?:(?P<always>(?:as )?compared (?:to|with)|compares (?:to|with)|versus|vs\.?)|from|than|over|against)\s", re.I
)
#: Words between a subject and its figure that leave it its figure.
_LINKS = frozenset(
    [
        "was",
        "were",
        "is",
        "are",
        "of",
        "to",
        "totaled",
        "totalled",
        "amounted",
        "reached",
        "for",
        "the",
        "in",
        "approximately",
        "about",
        "or",
        "a",
        "an",
        "and",
        "record",
        "increased",
        "decreased",
        "up",
        "down",
        "by",
        "grew",
        "rose",
        "fell",
        "declined",
        "compared",
        "with",
        "at",
        "ended",
        "ending",
        "nearly",
        "almost",
        "million",
        "billion",
        "thousand",
        "per",
        "share",
        "shares",
        "diluted",
        "basic",
        "common",
        "from",
        "reported",
        "during",
        "increase",
        "decrease",
        "decline",
        "than",
        "higher",
        "lower",
        "quarter",
        "year",
        "months",
        "month",
        "fiscal",
        "period",
        "ago",
        "same",
        "last",
        "prior",
        "net",
        "loss",
        "income",
        "earnings",
        "it",
        "first",
        "second",
        "third",
        "fourth",
        "three",
        "six",
        "nine",
        "twelve",
        "which",
        "equal",
        "on",
        "basis",
        "this",
        "our",
        "its",
        "hit",
        "came",
    ]
)
_MIXED = re.compile(r"\bpro[\s-]forma\b|\bnon-?gaap\b|\badjusted\b|\brespectively\b|\bexcluding\b|\brestated\b", re.I)
_UP = re.compile(
    r"\b(?P<up>increas(?:e|ed|es|ing)|ris(?:e|es|ing)|rose|gr[eo]w|growth|grown|gain(?:ed)?|up|higher|improv(?:ed|ement)|more|greater)\b"
    r"|\b(?P<down>decreas(?:e|ed|es|ing)|declin(?:e|ed|es)|fell|fall|drop(?:ped)?|down|lower|reduc(?:ed|tion)|less)\b",
    re.I,
)
_JUST_BEFORE = re.compile(
    r"\b(?:increas(?:e|ed|es|ing)|ris(?:e|es)|rose|gr[eo]w|growth|grown|gain(?:ed)?|up|improv(?:ed|ement)|decreas(?:e|ed|es|ing)|declin(?:e|ed|es)|fell|fall|drop(?:ped)?|down|reduc(?:ed|tion))"
    r"(?:\s(?:in|of)\s(?:[a-z&,-]+\s){1,6}?)?(?:\s?(?:of|by|was|were|an?|additional))*(?:\s(?:approximately|about|nearly|almost|over|more than|roughly|some|only|just))?\s?$",
    re.I,
)
_JUST_AFTER = re.compile(
    r"^\W{0,2}(?:higher|lower|increase|decrease|decline|growth|gain|more|less|greater|improvement|reduction|rise|drop|jump|above|below)\b",
    re.I,
)
_OR = re.compile(r"^[\s,(]*(?:or|and|i\.e\.,?)?\s?(?:approximately\s|about\s)?\(?$", re.I)
_THAN = re.compile(r"^\s(?:higher|lower|more|less|greater)\sthan\s(?:the\s)?[$€£]?\s?$", re.I)
_SHARE_OF = re.compile(
    r"^\W{0,2}of\s(?:our\s|the\s|total\s|net\s|consolidated\s|its\s)*(?P<what>revenues?|sales)\b", re.I
)
_WITHOUT = re.compile(r"\b(?:before|excluding|without|exclusive of|net of|apart from|adjusted for)\b", re.I)
_BEHIND = re.compile(r"^\s(?:[a-z-]+\s){0,3}$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one figure says. role: "level", "change", "percent change", "share of"; "" where nothing can be said.

    periods and bases: what it may speak of and what it compares with; explicit: the words name its period.
    without: rows that the words leave out of the subject.  direction: +1, -1, 0 where the words do not tell.
    """

    figure: Figure
    role: str
    name: str
    rows: tuple[Row, ...]
    periods: tuple[Period, ...]
    bases: tuple[Period, ...] = ()
    explicit: bool = False
    without: tuple[Row, ...] = ()
    of: tuple[Row, ...] = ()
    direction: int = 0


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence). What is longer than any sentence, a table or a list that lost its form, is left out."""
    at = 0
    for start, end in [*((m.start(), m.end()) for m in _SENTENCE.finditer(text)), (len(text), len(text))]:
        if start - at <= _LONGEST and text[at:start].strip():
            yield at, text[at:start]
        at = end


def claims(text: str, calendar: Calendar, lexicon: Lexicon) -> list[Claim]:
    """The claims of a sentence, one for each of its figures."""
    return _of_what_follows(text, list(_claims(text, calendar, lexicon)))


def _of_what_follows(text: str, found: list[Claim]) -> list[Claim]:
    """ "$12.1 million, or 20% higher than the $10.1 million loss from operations": all three speak of that loss."""
    for k in range(1, len(found) - 1):
        change, base = found[k], found[k + 1]
        between = text[change.figure.stop : base.figure.start]
        if change.role != "percent change" or not _THAN.match(between) or not base.rows or base.name == change.name:
            continue
        for at in (k - 1, k):
            if found[at].role == "level" or at == k:
                found[at] = replace(found[at], name=base.name, rows=base.rows, without=())
        found[k] = replace(found[k], bases=base.periods, periods=found[k - 1].periods)
    return found


def _claims(text: str, calendar: Calendar, lexicon: Lexicon) -> Iterator[Claim]:
    text = re.sub(r"\s", " ", text)
    found = list(figures(text))
    if not found:
        return
    named = whens(text, calendar)
    spoken = subjects(text, lexicon, [*(w.start for w in named), *(f.start for f in found)])
    cuts = [m.start() for m in _COMPARES.finditer(text) if m["always"] or _leads(m.end(), found, named)]
    named = [_relative(w, named, calendar) for w in named]
    mixed = bool(_MIXED.search(text))
    depth = [_inside(text, f.start) for f in found]
    ahead = bool(_AHEAD.search(text))
    previous: Claim | None = None
    for figure, inside in zip(found, depth, strict=True):
        # What is compared inside a parenthesis is no comparison of the sentence around it.
        own = [c for c in cuts if _inside(text, c) in (None, inside)]
        low, high = _segment(text, figure, own, inside)
        when, alone = _when(figure, found, named, low, high)
        if when is None and inside:
            outer = [c for c in cuts if _inside(text, c) is None]
            low, high = _segment(text, figure, outer, None)
            when, alone = _when(figure, found, named, low, high)
        first = _first_when(named, own)
        base = _when_after(named, high, own)
        subject = _subject(text, figure, spoken, inside, found)
        role = _role(text, figure, previous, found)
        of: tuple[Row, ...] = ()
        if role == "share of":
            of = next((rows for name, _, rows, family in lexicon.patterns if family and name == "revenue"), ())
        if when is not None:
            periods, explicit = when.periods, alone and not when.loose
        elif low == 0:
            # Nothing said: the period of the sentence, else the latest; believed, not claimed.
            periods, explicit = (first.periods if first else (calendar.current,) if calendar.current else ()), False
        else:
            periods, explicit = (
                tuple(
                    p
                    for period in (first.periods if first else (calendar.current,))
                    for p in year_before(period, calendar)
                ),
                False,
            )
        if role in ("change", "percent change"):
            spoken_of = when if when is not None and low == 0 else first
            periods = spoken_of.periods if spoken_of else periods
            bases = (
                base.periods
                if base is not None
                else tuple(p for period in periods for p in year_before(period, calendar))
            )
        else:
            bases = ()
        without = _left_out(text, subject, figure, spoken)
        rows = subject.rows if subject else ()
        if figure.unit == "share" and subject is not None and rows:
            rows = (
                lexicon.per_share
                if subject.name in ("net income", "operating income")
                or re.search(r"\b(?:loss|income|earnings)\b", text, re.I)
                else ()
            )
        elif (
            figure.unit == "share"
            and re.search(r"\b(?:loss|income|earnings|eps)\b", text, re.I)
            and not re.search(r"dividend|book value|price|par value|closing", text, re.I)
        ):
            rows = lexicon.per_share
        if ahead or figure.unit == "other":
            role = ""
        made = Claim(
            figure=figure, role=role, name=subject.name if subject else "", rows=rows, periods=periods, bases=bases,
            explicit=explicit and not mixed and _direct(text, subject, figure, named), without=without, of=of, direction=_direction(text, figure) if role.endswith("change") else 0,
        )  # fmt: skip
        previous = made
        yield made


def _direct(text: str, subject: Subject | None, figure: Figure, named: Sequence[When]) -> bool:
    """Nothing between the subject and its figure speaks of anything else."""
    if subject is None:
        return figure.unit == "share"
    if subject.start >= figure.stop:
        return len(text[figure.stop : subject.start].split()) <= 1
    between = list(text[subject.end : figure.start])
    for when in named:
        for at in range(max(when.start, subject.end), min(when.end, figure.start)):
            between[at - subject.end] = " "
    if _WITHOUT.search("".join(between)):
        return True
    words = re.findall(r"[A-Za-z][\w'’-]*", re.sub(r"\([^)]*\)", " ", "".join(between)))
    return all(w.lower() in _LINKS for w in words)


def _leads(end: int, found: Sequence[Figure], named: Sequence[When]) -> bool:
    """A comparison leads to a figure or a period within a few words; "loss from operations" does not."""
    return any(0 <= f.start - end <= 24 for f in found) or any(0 <= w.start - end <= 16 for w in named)


def _inside(text: str, at: int) -> tuple[int, int] | None:
    """The parenthesis around a place."""
    left = text.rfind("(", 0, at)
    if left < 0 or ")" in text[left:at]:
        return None
    right = text.find(")", at)
    # "$(3.2) million" is a negative figure, no parenthesis of words.
    return (left, right) if right > 0 and right - left > 14 else None


def _segment(text: str, figure: Figure, cuts: Sequence[int], inside: tuple[int, int] | None) -> tuple[int, int]:
    low = max((c for c in cuts if c < figure.start), default=0)
    high = min((c for c in cuts if c > figure.start), default=len(text))
    return (max(low, inside[0]), min(high, inside[1])) if inside else (low, high)


def _when(
    figure: Figure, found: Sequence[Figure], named: Sequence[When], low: int, high: int
) -> tuple[When | None, bool]:
    """The period of a figure in its segment, and whether no other period there could be meant."""
    here = [w for w in named if low <= w.start < high]
    others = [f for f in found if f is not figure]
    behind = next((w for w in here if w.start > figure.start), None)
    if behind and any(figure.start < f.start < behind.start for f in others):
        behind = behind if low > 0 else None
    before = next((w for w in reversed(here) if w.start < figure.start), None)
    if behind and before and behind.periods != before.periods:
        return (behind if low > 0 else before), False
    return behind or before or (here[0] if here else None), True


def _relative(when: When, named: Sequence[When], calendar: Calendar) -> When:
    """ "A year ago" counts from the period that the sentence speaks of, else from the latest."""
    if not when.ago:
        return when
    own = next((w for w in named if not w.ago and w.periods and w.start < when.start), None)
    since = own.periods if own and not when.periods else (calendar.current,) if own is None else own.periods
    return replace(when, periods=tuple(p for period in since for p in year_before(period, calendar)))


def _first_when(named: Sequence[When], cuts: Sequence[int]) -> When | None:
    end = min(cuts, default=10**9)
    return next((w for w in named if w.start < end), None)


def _when_after(named: Sequence[When], high: int, cuts: Sequence[int]) -> When | None:
    """The period of the next segment: what a change is counted from."""
    end = min((c for c in cuts if c > high), default=10**9)
    return next((w for w in named if high <= w.start < end), None)


def _subject(
    text: str, figure: Figure, spoken: Sequence[Subject], inside: tuple[int, int] | None, found: Sequence[Figure]
) -> Subject | None:
    """The words directly behind the figure ("$10.1 million loss from operations"), else the last subject before it."""
    if figure.unit == "percent" and (whole := _SHARE_OF.match(text[figure.stop :])):
        # "19% of revenue" speaks of what stands before it.
        spoken = [s for s in spoken if not figure.stop <= s.start < figure.stop + whole.end()]
    for subject in spoken:
        if subject.start >= figure.stop and _BEHIND.match(text[figure.stop : subject.start] or " "):
            return subject
    low = inside[0] if inside else 0
    before = [s for s in spoken if low <= s.start < figure.start and (inside or not _inside(text, s.start))]
    kept = [s for s in before if not _WITHOUT.search(text[max(0, s.start - 60) : s.start])]
    # "$19.6 million warrant liability expense": the subject of another figure is not that of the next.
    kept = [
        s
        for s in kept
        if not any(
            f is not figure and f.stop <= s.start and _BEHIND.match(text[f.stop : s.start] or " ") for f in found
        )
    ]
    if kept:
        return kept[-1]
    after = [s for s in spoken if s.start > figure.start and (not inside or s.start < inside[1])]
    return (
        after[0]
        if after
        and after[0].start - figure.stop < 60
        and not any(f.start > figure.start and f.start < after[0].start for f in found)
        else None
    )


def _role(text: str, figure: Figure, previous: Claim | None, found: Sequence[Figure]) -> str:
    before, after = text[: figure.start], text[figure.stop :]
    before = re.sub(r"[$€£(\s]+$", " ", before)
    percent = figure.unit == "percent"
    if percent and _SHARE_OF.match(after):
        return "share of"
    if _JUST_BEFORE.search(before[-120:]) or _JUST_AFTER.match(after):
        return "percent change" if percent else "change"
    joined = previous is not None and bool(_OR.match(text[previous.figure.stop : figure.start].replace("$", "")))
    if joined and previous is not None and previous.role in ("change", "percent change"):
        return "percent change" if percent else "change"
    if percent:
        return ""
    return "level"


def _direction(text: str, figure: Figure) -> int:
    words = [m for m in _UP.finditer(text[: figure.stop + 20]) if m.end() <= figure.start or m.start() >= figure.stop]
    if not words:
        return 0
    nearest = min(words, key=lambda m: min(abs(figure.start - m.end()), abs(m.start() - figure.stop)))
    return 1 if nearest["up"] else -1


def _left_out(text: str, subject: Subject | None, figure: Figure, spoken: Sequence[Subject]) -> tuple[Row, ...]:
    """What "before the warrant charge" and "excluding ..." take out of the subject."""
    if subject is None or subject.start > figure.start:
        return ()
    for word in _WITHOUT.finditer(text, subject.end, figure.start):
        other = next((s for s in spoken if 0 <= s.start - word.end() <= 60 and s.rows), None)
        if other is not None and other is not subject:
            return other.rows
    return ()
