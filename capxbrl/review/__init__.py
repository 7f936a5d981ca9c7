"""A person's judgement on a filing: the page on which it is made, the journal that keeps it, and what it decides.

`as_page` makes one HTML file of a conversion; a person saves a journal there (review.json); `rows_of` gives its choices
to the tagging of this filing and of the next; `apply` says how each line stands by it and what has changed since.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .applied import Applied, Reviewed, apply, decided, filing_of, rows_for
    from .choices import Decided
    from .journal import JOURNAL, Journal, State, dump, parse, read
    from .page import as_page
    from .rows import overrides_csv, rows_of
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

#: Where each name is. Most filings have no review: a name is loaded when it is first used.
_HOME = {
    "applied": ("Applied", "Reviewed", "apply", "decided", "filing_of", "rows_for"),
    "choices": ("Decided",),
    "journal": ("JOURNAL", "Journal", "State", "dump", "parse", "read"),
    "page": ("as_page",),
    "rows": ("overrides_csv", "rows_of"),
    "states": ("states_of", "tally"),
}


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _HOME.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
