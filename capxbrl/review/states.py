"""review.csv: how each fact of a conversion stands by the journal of its review."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from ..findings import counted
from ..tables import harmless
from .applied import Applied, Reviewed, apply, filing_of
from .journal import State
from .lines import LineFact

if TYPE_CHECKING:
    from ..conversion import Conversion

COLUMNS = (
    "id",
    "statement",
    "label",
    "concept",
    "period",
    "dimensions",
    "unit",
    "value",
    "state",
    "who",
    "when",
    "note",
)
_FIGURES = frozenset({"value"})


def states_of(made: Conversion) -> dict[str, bytes]:
    """{"review.csv": a row a fact, and a figure without a tag, in the order of the page}; nothing without a journal."""
    if made.journal is None:
        return {}
    filing = filing_of(made.document, made.entity, made.report, made.cover)
    return {"review.csv": as_csv(apply(made.journal, filing, made.report).value).encode()}


def tally(made: Conversion) -> str:
    """ "116 of 148 facts accepted, 2 with a chosen concept"; "" without a journal."""
    if made.journal is None:
        return ""
    filing = filing_of(made.document, made.entity, made.report, made.cover)
    lines = apply(made.journal, filing, made.report).value.lines
    count = Counter(one.state.state for one in lines for _ in one.line.facts)
    told = f"{count[State.ACCEPTED]} of {counted(count.total(), 'fact')} accepted"
    return f"{told}, {count[State.CHANGED]} with a chosen concept" if count[State.CHANGED] else told


def as_csv(applied: Applied) -> str:
    """One row a fact. A fact that changed since its line was accepted is unseen; who and when are of the last entry."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in applied.lines:
        for fact in one.line.facts:
            row = _row(one, fact)
            writer.writerow({k: v if k in _FIGURES and row["unit"] else harmless(v) for k, v in row.items()})
    return buffer.getvalue()


def _row(one: Reviewed, fact: LineFact) -> dict[str, str]:
    entry, claim = one.entry, fact.claim
    said = entry is not None and not (one.changes and one.state.state is State.UNSEEN)
    return {
        "id": fact.id,
        "statement": one.line.key.statement,
        "label": one.line.name,
        "concept": claim.concept,
        "period": claim.period,
        "dimensions": claim.dimensions,
        "unit": claim.unit,
        "value": claim.value,
        "state": one.state.state.value,
        "who": entry.who if entry and said else "",
        "when": entry.when if entry and said else "",
        "note": one.state.note,
    }
