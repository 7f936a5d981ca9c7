"""Journals of reviews as the page writes them, made without a browser."""

from __future__ import annotations

from collections.abc import Sequence

from capxbrl import review
from capxbrl.conversion import Conversion
from capxbrl.review.journal import Action, Entry, LineState, Seen, State
from capxbrl.review.lines import ReviewLine, lines_of

#: When the first entry was made; the others follow by seconds.
_WHEN = "2026-11-26T09:00:{:02}.000Z"
_STATES = {Action.ACCEPT: State.ACCEPTED, Action.CHOOSE: State.CHANGED, Action.FLAG: State.FLAGGED}


def line(made: Conversion, words: str) -> ReviewLine:
    """The first line whose label begins so."""
    return next(one for one in lines_of(made.report) if one.name.startswith(words))


def journal(made: Conversion, *done: tuple[Action, str, str], after: review.Journal | None = None) -> review.Journal:
    """done: (action, words of the label, concept or note) of each entry. after: a journal that is added to."""
    before = after or review.Journal()
    filing = review.filing_of(made.document, made.entity, made.report, made.cover)
    filings = (*before.filings, filing) if filing not in before.filings else before.filings
    entries: list[Entry] = list(before.entries)
    for action, words, said in done:
        at = line(made, words)
        last = next((e for e in reversed(entries) if e.key == at.key and filings[e.filing] == filing), None)
        entries.append(_entry(at, action, said, last, len(entries) + 1, filings.index(filing)))
    return review.Journal(filings=filings, entries=tuple(entries))


def _entry(at: ReviewLine, action: Action, said: str, last: Entry | None, number: int, filing: int) -> Entry:
    before = last.after if last else LineState(state=State.UNSEEN, concept=at.concept, note="")
    return Entry(
        number=number,
        filing=filing,
        when=_WHEN.format(number),
        who="J. Doe",
        action=action,
        key=at.key,
        at=str(at.at),
        concept=at.concept,
        facts=tuple(_seen(at)),
        before=before,
        after=LineState(
            state=_STATES.get(action, State.NOTED),
            concept=said if action is Action.CHOOSE else before.concept,
            note=said if action in (Action.FLAG, Action.NOTE) else before.note,
        ),
    )


def _seen(at: ReviewLine) -> Sequence[Seen]:
    return [Seen(claim=fact.claim, hash=fact.claim.hash_in(at.key.statement), own=fact.own) for fact in at.facts]
