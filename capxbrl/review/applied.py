"""A journal on a filing: how each line stands by it, and what is told.

Of the same filing every judgement is kept, and what has changed since is told. Of the company's next filing the
concepts that were chosen or accepted decide, and no fact is accepted yet. A journal of another company says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from ..decisions.whose import same_company
from ..findings import Finding, Outcome, Position, Severity, counted
from ..model import CoverFact, Document, Entity, Report
from ..records import dataclass
from ..reports import report_date
from ..reports.cover import form_of
from .changes import Change, changes, shared
from .choices import Decided
from .journal import Entry, Filing, Journal, LineState, State
from .lines import ReviewLine, lines_of, same
from .rows import latest, rows_of
from .told import gone, told_changes, told_flag

if TYPE_CHECKING:
    from ..conversion import Conversion
    from ..tagging import Synonym

#: Judgements that hold of what the facts claim.
OF_CLAIMS = (State.ACCEPTED, State.CHANGED)


class Relation(StrEnum):
    """What the filings of a journal are to the one at hand."""

    SAME = "same"
    EARLIER = "earlier"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A line and how it stands. entry: the last one about it, None where there is none; changes: what makes it void."""

    line: ReviewLine
    state: LineState
    entry: Entry | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """filing: its number in the journal, one more than there are where the journal does not know it yet. resolved: the
    line of each entry of it, by its number among `lines`."""

    filing: int
    lines: tuple[Reviewed, ...]
    resolved: dict[int, int]


def filing_of(document: Document, entity: Entity, report: Report, cover: Sequence[CoverFact]) -> Filing:
    """What a journal says of the filing at hand."""
    day = report_date(document, cover, report.statements)
    return Filing(
        name=document.name,
        sha256=document.digest,
        scheme=entity.scheme,
        identifier=entity.identifier,
        company=entity.name,
        form=form_of(document, cover),
        day=day.isoformat() if day else "",
    )


def rows_for(journal: Journal, entity: Entity, document: Document) -> Decided:
    """What a journal decides of concepts, where it is of this filing or of this company, as far as both are known."""
    if not any(
        one.sha256 == document.digest or _is_company(one, entity.scheme, entity.identifier, entity.name)
        for one in journal.filings
    ):
        return Decided()
    return rows_of(journal)


def decided(made: Conversion) -> tuple[Synonym, ...]:
    """The rows of the journal of a conversion that decided in its tagging."""
    if made.journal is None:
        return ()
    rows = rows_for(made.journal, made.entity, made.document)
    whys = {match.why for one in made.tagged for line in one.lines for match in line.matches}
    return tuple(row for row in (*rows.chosen, *rows.accepted) if any(f" {row.source}, " in why for why in whys))


def _is_company(one: Filing, scheme: str, identifier: str, name: str) -> bool:
    if one.identifier and identifier and one.scheme == scheme:
        return one.identifier == identifier
    return not one.company or not name or same_company(one.company, name)


def relation(one: Filing, filing: Filing) -> Relation:
    """What a filing of a journal is to the one at hand."""
    if one.sha256 == filing.sha256:
        return Relation.SAME
    if not _is_company(one, filing.scheme, filing.identifier, filing.company):
        return Relation.ANOTHER
    return Relation.SAME if (one.form, one.day) == (filing.form, filing.day) else Relation.EARLIER


def apply(journal: Journal, filing: Filing, report: Report) -> Outcome[Applied]:
    """How each line of a report stands by a journal.

    Findings: `review.changed`, `review.gone`, `review.flagged`, `review.another` (warnings), `review.rolled-forward`
    (a note).
    """
    lines = lines_of(report)
    kinds = [relation(one, filing) for one in journal.filings]
    number = next((n for n, kind in enumerate(kinds) if kind is Relation.SAME), len(kinds))
    threads = [done for (of, _), done in latest(journal.entries).items() if of == number]
    matched = _matched([done[-1] for done in threads], lines)
    about = {at: threads[n][-1] for n, at in matched.items()}
    out = tuple(_reviewed(about[at], line) if at in about else _unseen(line) for at, line in enumerate(lines))
    lost = [done[-1] for n, done in enumerate(threads) if n not in matched]
    resolved = {entry.number: at for n, at in matched.items() for entry in threads[n]}
    told = (*_of_the_company(journal, kinds, filing), *_of_the_lines(out, lost, report))
    return Outcome(Applied(filing=number, lines=out, resolved=resolved), told)


def _of_the_lines(lines: Sequence[Reviewed], lost: Sequence[Entry], report: Report) -> Iterator[Finding]:
    yield from told_changes([(one.entry, one.line, one.changes) for one in lines if one.entry and one.changes])
    yield from (gone(entry, report) for entry in lost if entry.after.state in OF_CLAIMS)
    yield from (told_flag(one.entry, one.line) for one in lines if one.entry and one.state.state is State.FLAGGED)


def _unseen(line: ReviewLine) -> Reviewed:
    return Reviewed(line=line, state=LineState(state=State.UNSEEN, concept=line.concept, note=""))


def _reviewed(entry: Entry, line: ReviewLine) -> Reviewed:
    """The state that the last entry left, void where the claims are others now."""
    found = changes(entry, line) if entry.after.state in OF_CLAIMS else ()
    state = State.UNSEEN if found else entry.after.state
    return Reviewed(
        line=line,
        state=LineState(state=state, concept=line.concept, note=entry.after.note),
        entry=entry,
        changes=found,
    )


def _matched(entries: Sequence[Entry], lines: Sequence[ReviewLine]) -> dict[int, int]:
    """Number of an entry -> the line that it is about, the likeliest pairs first; a line is that of one entry."""
    pairs = sorted(
        (-score, n, at)
        for n, entry in enumerate(entries)
        for at, line in enumerate(lines)
        if (score := _alike(entry, line)) > 0
    )
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, at in pairs:
        if n not in out and at not in taken:
            out[n] = at
            taken.add(at)
    return out


def _alike(entry: Entry, line: ReviewLine) -> int:
    """How likely an entry is about a line: its key, and the facts that are the same."""
    if entry.key.statement != line.key.statement:
        return 0
    facts = shared(entry, line)
    whole = facts == len(entry.facts) == len(line.facts)
    words = 2 * (entry.key == line.key) + (same(entry.key) == same(line.key))
    return words + (2 if whole else 1 if facts else 0)


def _count(journal: Journal) -> int:
    rows = rows_of(journal)
    return len(rows.chosen) + len(rows.accepted)


def _of_the_company(journal: Journal, kinds: Sequence[Relation], filing: Filing) -> Iterator[Finding]:
    at = Position(source=filing.name)
    others = [one for one, kind in zip(journal.filings, kinds, strict=True) if kind is Relation.ANOTHER]
    if others and Relation.SAME not in kinds and Relation.EARLIER not in kinds:
        yield Finding(
            code="review.another",
            severity=Severity.WARNING,
            at=at,
            message=f"{journal.name} is the review of another company ({others[0].company or others[0].identifier}); "
            "nothing of it was applied",
            hint="give the journal of this company, or its rows as --overrides where they are meant for this one, too",
        )
    elif journal.entries and Relation.SAME not in kinds:
        earlier = next(one for one, kind in zip(journal.filings, kinds, strict=True) if kind is Relation.EARLIER)
        yield Finding(
            code="review.rolled-forward",
            severity=Severity.NOTE,
            at=at,
            message=f"{counted(_count(journal), 'concept')} chosen or accepted in the review of {earlier.name} "
            f"({' of '.join(filter(None, (earlier.form, earlier.day)))}) decide where a line is the same; "
            "no fact of this filing is accepted yet",
            hint="`capxbrl review` with the same --review goes on with the journal",
        )
