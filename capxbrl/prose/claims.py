"""A sentence -> its claims: which figure says what of which subject in which period."""

from __future__ import annotations

from collections.abc import Sequence

from .. import words
from ..hints import hinted, holds, of_small
from ..model import ClaimKind, Counted, Number, Period
from ..records import dataclass, replace
from . import tolerances as tol
from .calendar import Calendar, year_before
from .scope import Scope, Sentence, direct, first_when, led_plainly, next_when, scope_of, sentence_of, subject_of
from .subjects import Lexicon, Row, Subject

#: Subjects whose figures per share stand in the lines per share.
_SHARED_OUT = ("net income", "operating income")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one figure says.

    periods and bases: what it may speak of and what it compares with.  without: rows that the words leave out of the
    subject.  of: the rows it is a share of.  direction: +1, -1, 0 where the words do not tell.
    explicit: the words name subject and period, and nothing else is between them; certain: the sentence speaks of one
    period, of the whole company, of what was and of no other measure, too.
    """

    figure: Number
    role: ClaimKind
    name: str
    rows: tuple[Row, ...]
    periods: tuple[Period, ...]
    bases: tuple[Period, ...] = ()
    explicit: bool = False
    certain: bool = False
    without: tuple[Row, ...] = ()
    of: tuple[Row, ...] = ()
    direction: int = 0


def claims_of(text: str, calendar: Calendar, lexicon: Lexicon) -> list[Claim]:
    """The claims of a sentence (white space single), one for each of its figures."""
    sentence = sentence_of(text, calendar, lexicon)
    if sentence is None:
        return []
    made: list[Claim] = []
    for figure in sentence.figures:
        made.append(_claim(figure, sentence, made[-1] if made else None, calendar, lexicon))
    return _of_what_follows(text, made)


def _claim(figure: Number, sentence: Sentence, previous: Claim | None, calendar: Calendar, lexicon: Lexicon) -> Claim:
    scope = scope_of(figure, sentence)
    subject = subject_of(figure, sentence, scope.inside)
    role = _role(figure, sentence, previous)
    periods, named = _periods(scope, sentence, calendar)
    changes = role in (ClaimKind.CHANGE, ClaimKind.PERCENT_CHANGE)
    bases: tuple[Period, ...] = ()
    if changes:
        periods, bases = _compared(periods, scope, sentence, calendar)
    rows = _rows(figure, subject, sentence, lexicon)
    explicit = named and not sentence.mixed and direct(figure, subject, sentence)
    led = led_plainly(figure, subject, sentence, lexicon.company) and (subject is not None or _of_earnings(previous))
    return Claim(
        figure=figure,
        role=ClaimKind.NONE if sentence.ahead or figure.unit is Counted.OTHER else role,
        name=subject.name if subject else "",
        rows=rows,
        periods=periods,
        bases=bases,
        explicit=explicit,
        certain=led and explicit and bool(rows) and _is_certain(periods, scope, sentence),
        without=_left_out(figure, subject, sentence),
        of=lexicon.revenue if role is ClaimKind.SHARE_OF else (),
        direction=_direction(figure, sentence) if changes else 0,
    )


def _is_certain(periods: Sequence[Period], scope: Scope, sentence: Sentence) -> bool:
    """One period, and nothing else in the sentence."""
    return scope.alone and len(periods) == 1 and not sentence.part


def _of_earnings(previous: Claim | None) -> bool:
    """What a figure per share without words of its own divides: "net income was $1.1 million, or $0.11 per share"."""
    return previous is not None and previous.certain and previous.name in _SHARED_OUT


def _periods(scope: Scope, sentence: Sentence, calendar: Calendar) -> tuple[tuple[Period, ...], bool]:
    """What a level may speak of, and whether the words name it."""
    if scope.when is not None:
        return scope.when.periods, not scope.when.loose
    # Nothing said: the period of the sentence, else the latest; behind a comparison that of a year before.
    first = first_when(sentence, scope.own)
    since = first.periods if first else (calendar.current,) if calendar.current else ()
    if scope.low == 0:
        return since, False
    return tuple(p for period in since for p in year_before(period, calendar)), False


def _compared(
    periods: tuple[Period, ...], scope: Scope, sentence: Sentence, calendar: Calendar
) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The periods that a change leads to, and those it is counted from."""
    spoken = scope.when if scope.when is not None and scope.low == 0 else first_when(sentence, scope.own)
    periods = spoken.periods if spoken else periods
    base = next_when(sentence, scope.high, scope.own)
    if base is not None:
        return periods, base.periods
    return periods, tuple(p for period in periods for p in year_before(period, calendar))


def _rows(figure: Number, subject: Subject | None, sentence: Sentence, lexicon: Lexicon) -> tuple[Row, ...]:
    """The rows of the subject; of a figure per share those per share, where the words are of earnings."""
    rows = subject.rows if subject else ()
    if figure.unit is not Counted.SHARE:
        return rows
    earnings = hinted("prose", "earnings").first(sentence.small) is not None
    if subject is not None and rows:
        return lexicon.per_share if earnings or subject.name in _SHARED_OUT else ()
    other = hinted("prose", "no earnings").first(sentence.small)
    return lexicon.per_share if earnings and not other else ()


def _role(figure: Number, sentence: Sentence, previous: Claim | None) -> ClaimKind:
    text = sentence.small
    before, after = _without_signs(text[: figure.start]), text[figure.stop :]
    percent = figure.unit is Counted.PERCENT
    if percent and of_small("prose", "share of").match(after):
        return ClaimKind.SHARE_OF
    near = before[-tol.PROSE.change :]
    changed = hinted("prose", "changed before").first(near) or of_small("prose", "changed behind").match(after)
    if changed or (
        previous is not None
        and previous.role in (ClaimKind.CHANGE, ClaimKind.PERCENT_CHANGE)
        and _joined(previous, figure, text)
    ):
        return ClaimKind.PERCENT_CHANGE if percent else ClaimKind.CHANGE
    return ClaimKind.NONE if percent else ClaimKind.LEVEL


def _without_signs(before: str) -> str:
    """What stands before a figure, with a blank for the signs at its end."""
    bare = before.rstrip("$€£( ")
    return f"{bare} " if len(bare) < len(before) else before


def _joined(previous: Claim, figure: Number, text: str) -> bool:
    """ "$0.3 million, or 15%": both say one thing."""
    between = text[previous.figure.stop : figure.start].replace("$", "")
    return words.pattern("prose", "or").match(between) is not None


def _direction(figure: Number, sentence: Sentence) -> int:
    """The nearest word of growth or decline."""
    near = sentence.small[: figure.stop + tol.PROSE.turn]
    found = [
        (min(abs(figure.start - m.end()), abs(m.start() - figure.stop)), m.start(), turn)
        for name, turn in (("up", 1), ("down", -1))
        for m in hinted("prose", name).every(near)
        if m.end() <= figure.start or m.start() >= figure.stop
    ]
    return min(found)[2] if found else 0


def _left_out(figure: Number, subject: Subject | None, sentence: Sentence) -> tuple[Row, ...]:
    """What "before the warrant charge" and "excluding ..." take out of the subject."""
    if subject is None or subject.start > figure.start:
        return ()
    if not holds(sentence.small, hinted("prose", "without").hints):
        return ()
    for word in of_small("prose", "without").finditer(sentence.small, subject.end, figure.start):
        other = next((s for s in sentence.subjects if 0 <= s.start - word.end() <= tol.PROSE.subject and s.rows), None)
        if other is not None and other is not subject:
            return other.rows
    return ()


def _of_what_follows(text: str, found: Sequence[Claim]) -> list[Claim]:
    """ "$12.1 million, or 20% higher than the $10.1 million loss from operations": all three speak of that loss."""
    out = list(found)
    for k in range(1, len(out) - 1):
        change, base = out[k], out[k + 1]
        between = text[change.figure.stop : base.figure.start]
        than = change.role is ClaimKind.PERCENT_CHANGE and words.pattern("prose", "than").match(between)
        if not than or not base.rows or base.name == change.name:
            continue
        for at in (k - 1, k):
            if out[at].role is ClaimKind.LEVEL or at == k:
                out[at] = replace(out[at], name=base.name, rows=base.rows, without=())
        out[k] = replace(out[k], bases=base.periods, periods=out[k - 1].periods)
    return out
