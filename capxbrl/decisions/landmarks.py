"""What a statement of a kind must show: its landmarks, by the words of its lines and by its figures.

Both sides of a balance sheet, revenue to net income, the three kinds of activities to closing cash (Regulation S-X,
5-02 and 5-03; ASC 230).  The words are `words/kinds.csv`, lists "mark KIND NAME".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..amounts import PrintedKind
from ..evidence import AnnotatedRow, RowKind
from ..model import Kind
from . import tolerances as tol
from .kinds import says

#: The landmarks of each kind, in the order of the page.
NAMES = {
    Kind.BALANCE_SHEET: ("assets", "other side"),
    Kind.INCOME_STATEMENT: ("revenue", "before tax", "net income", "per share"),
    Kind.CASH_FLOW: ("operating", "investing", "financing", "closing"),
    Kind.COMPREHENSIVE_INCOME: ("net income", "comprehensive"),
}
#: What a landmark is called in a sentence.
_CALLED = {
    "assets": "total assets", "other side": "the total of liabilities and equity", "before tax": "income before taxes",
    "per share": "earnings per share", "operating": "operating activities", "investing": "investing activities",
    "financing": "financing activities", "closing": "closing cash", "comprehensive": "comprehensive income",
}  # fmt: skip


def landmarks(kind: Kind, rows: Sequence[AnnotatedRow]) -> tuple[str, ...]:
    """The landmarks of its kind that a table shows, in the order of the page."""
    labels = [label for i, r in enumerate(rows) if r.has_data for label in labels_of(rows, i)]
    shown = [name for name in NAMES.get(kind, ()) if any(says(f"mark {kind} {name}", label) for label in labels)]
    if kind is Kind.BALANCE_SHEET and _both_sides(rows):
        shown = list(NAMES[kind])
    return tuple(shown)


def is_whole(kind: Kind, shown: Sequence[str]) -> bool:
    """The landmarks are enough for a statement: it runs to its last line."""
    if kind is Kind.CASH_FLOW:
        return len(shown) >= 3
    if kind is Kind.INCOME_STATEMENT:
        return "net income" in shown and len(shown) >= 2
    return kind in NAMES and len(shown) == len(NAMES[kind])


def sentence(shown: Sequence[str]) -> str:
    """ "it shows total assets and the total of liabilities and equity"."""
    names = [_CALLED.get(name, name) for name in shown]
    return "it shows " + (" and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names))


def last_landmark(kind: Kind, rows: Sequence[AnnotatedRow]) -> int | None:
    """The row of the last landmark that every statement of the kind has; None where it does not get so far."""
    if kind is Kind.BALANCE_SHEET:
        sides = [_first(rows, f"mark {kind} {name}") for name in NAMES[kind]]
        known = [at for at in sides if at is not None]
        return max(known) if len(known) == len(sides) and len(set(known)) > 1 else _both_sides(rows)
    if kind is Kind.CASH_FLOW:
        section = _first(rows, f"mark {kind} financing")
        return None if section is None else _first(rows, f"mark {kind} closing", section + 1)
    name = {Kind.INCOME_STATEMENT: "net income", Kind.COMPREHENSIVE_INCOME: "comprehensive"}.get(kind)
    return _first(rows, f"mark {kind} {name}") if name else None


def _first(rows: Sequence[AnnotatedRow], words: str, start: int = 0) -> int | None:
    told = (i for i in range(start, len(rows)) if rows[i].has_data)
    return next((i for i in told if any(says(words, label) for label in labels_of(rows, i))), None)


def labels_of(rows: Sequence[AnnotatedRow], at: int) -> tuple[str, ...]:
    """The label of a row; and that with the words of the row above, where these may be its beginning."""
    label = _words(rows[at])
    above = rows[at - 1] if at else None
    if above is None or above.kind is not RowKind.WORDS or above.label.rstrip().endswith(":"):
        return (label,)
    return label, f"{_words(above)} {label}"


def _words(row: AnnotatedRow) -> str:
    return " ".join(row.label.split()).strip(" .:*$")


def _both_sides(rows: Sequence[AnnotatedRow]) -> int | None:
    """The row where the largest figures of a table stand for the second time: both sides of a balance."""
    figures = [tuple(p.value for _, p in r.figures if p.kind is PrintedKind.NUMBER) for r in rows]
    largest = max(figures, key=lambda f: abs(f[0]) if f else Decimal(0), default=())
    at = [i for i, f in enumerate(figures) if f == largest]
    long = bool(largest) and len(str(abs(int(largest[0])))) >= tol.TABLES.digits
    return at[1] if long and len(at) == 2 and at[1] - at[0] > 2 else None
