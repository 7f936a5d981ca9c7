"""What a person decided of concepts, as rows of overrides: for this filing, and for the next of the company."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from ..tables import harmless
from ..tagging.labels import normalise
from ..tagging.overrides import HEAD
from ..tagging.tables import OWN_PREFIX, Synonym
from .choices import Decided
from .journal import Action, Entry, Journal, State
from .lines import Key, same


def latest(entries: Iterable[Entry]) -> dict[tuple[int, Key], list[Entry]]:
    """(filing, line) -> what was done to it, in order."""
    out: dict[tuple[int, Key], list[Entry]] = {}
    for entry in entries:
        out.setdefault((entry.filing, entry.key), []).append(entry)
    return out


def is_chosen(done: Sequence[Entry]) -> bool:
    """The concept that a line has in the end was chosen by a person."""
    return any(e.action is Action.CHOOSE and e.after.concept == done[-1].after.concept for e in done)


def rows_of(journal: Journal) -> Decided:
    """A row for each line whose concept was chosen or accepted: of the last filing where several decide one line.

    Lines that a row cannot tell apart get one only where they have one concept.
    """
    found: dict[tuple[str, str, str], list[tuple[Entry, bool]]] = {}
    for (filing, key), done in latest(journal.entries).items():
        chosen, last = is_chosen(done), done[-1]
        if _is_for_rows(key, last) and (chosen or last.after.state is State.ACCEPTED):
            newer = [one for one in found.get(same(key), ()) if one[0].filing == filing]
            found[same(key)] = [*newer, (last, chosen)]
    told = [(_synonym(entry, chosen, journal.name), chosen) for entry, chosen in map(_one, found.values()) if entry]
    return Decided(
        chosen=tuple(row for row, chosen in told if chosen), accepted=tuple(row for row, chosen in told if not chosen)
    )


def _is_for_rows(key: Key, last: Entry) -> bool:
    return bool(key.statement != "cover" and normalise(key.label) and last.after.concept)


def _one(found: Sequence[tuple[Entry, bool]]) -> tuple[Entry | None, bool]:
    """What decides among the lines of one row: what was chosen before what was accepted."""
    told = [one for one in found if one[1]] or found
    return (told[-1][0], told[-1][1]) if len({e.after.concept for e, _ in told}) == 1 else (None, False)


def _synonym(entry: Entry, chosen: bool, name: str) -> Synonym:
    prefix, _, concept = entry.after.concept.rpartition(":")
    return Synonym(
        statement=entry.key.statement,
        label=normalise(entry.key.label),
        under=normalise(entry.key.under),
        concept=concept,
        negate=None,
        source=f"{name}:{entry.number}",
        own=prefix == OWN_PREFIX,
        remembered=True,
        by=by(entry, chosen),
    )


def by(entry: Entry, chosen: bool) -> str:
    """ "chosen by J. Doe on 2026-11-26"."""
    return f"{'chosen' if chosen else 'accepted'} by {entry.who} on {entry.when[:10]}"


def overrides_csv(journal: Journal, filing: int) -> str:
    """overrides.csv: a row for each line of a filing whose concept was chosen."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in _chosen(journal, filing):
        writer.writerow(row)
    return f"{HEAD}\n{buffer.getvalue()}"


def _chosen(journal: Journal, filing: int) -> Iterator[tuple[str, ...]]:
    for (number, key), done in latest(journal.entries).items():
        last = done[-1]
        if number == filing and is_chosen(done) and _is_for_rows(key, last):
            yield key.statement, harmless(key.label), harmless(key.under), last.after.concept, "", by(last, True)
