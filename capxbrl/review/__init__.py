"""A person's judgement on a filing: the page on which it is made, the journal that keeps it, and what it decides.

`as_page` makes one HTML file of a conversion; a person saves a journal there (review.json); `rows_of` gives its choices
to the tagging of this filing and of the next; `apply` says how each line stands by it and what has changed since.
"""

from __future__ import annotations

from .applied import Applied, Reviewed, apply, decided, filing_of, rows_for
from .journal import JOURNAL, Journal, State, dump, parse, read
from .page import as_page
from .rows import Decided, overrides_csv, rows_of
from .states import states_of, tally

__all__ = [
    "JOURNAL",
    "Applied",
    "Decided",
    "Journal",
    "Reviewed",
    "State",
    "apply",
    "as_page",
    "decided",
    "dump",
    "filing_of",
    "overrides_csv",
    "parse",
    "read",
    "rows_for",
    "rows_of",
    "states_of",
    "tally",
]
