"""Decision: which kind of statement a table is, by the words of its title and by its lines.

A statement is known by its content as well as by its title: titles are lost at page breaks and in OCR, and tables of
ratios carry the titles of statements. The words are `words/kinds.csv`; what a line is worth stands in the name of its
list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from .. import words
from ..hints import hinted, holds, low
from ..model import Kind
from ..patterns import compiled
from . import tolerances as tol

#: In the order in which kinds with equal points are taken.
_KINDS = (Kind.CASH_FLOW, Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME, Kind.EQUITY)
#: In the order in which titles that begin at one word are taken.
_TITLED = (Kind.CASH_FLOW, Kind.EQUITY, Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)
#: What kinds that share their lines with others lack without a title: rows of balances, parts of other statements.
_UNNAMED = {Kind.EQUITY: -4, Kind.COMPREHENSIVE_INCOME: -3}
#: A statement shows what it is within so many lines.
_LABELS = 600


def says(name: str, text: str) -> bool:
    """The text has words of a list of `words/kinds.csv`."""
    return words.pattern("kinds", name).search(text) is not None


@lru_cache(maxsize=1024)
def title_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds that the words of a title name, in the order they stand."""
    small = low(text)
    found = [(m.start(), kind) for kind in _TITLED if (m := hinted("kinds", f"title {kind}").search(text, small))]
    if not found or says("no title", text):
        return ()
    kinds = [kind for _, kind in sorted(found, key=lambda f: f[0])]
    if Kind.INCOME_STATEMENT not in kinds:
        return tuple(kinds)
    if says("retained earnings", text):
        kinds[kinds.index(Kind.INCOME_STATEMENT)] = Kind.EQUITY
    elif Kind.COMPREHENSIVE_INCOME in kinds and not says("income beside comprehensive", text):
        kinds.remove(Kind.INCOME_STATEMENT)  # "Statements of Comprehensive Income" names income only within that phrase
    return tuple(kinds)


def is_face(title: str) -> bool:
    """The title does not name a supplementary, pro forma, segment or non-GAAP table."""
    return not says("not face", title)


def is_extract(title: str) -> bool:
    """The title names a supplement, a summary or selected data: some lines of a statement, or of several."""
    return says("extract", title)


def is_statement(title: str) -> bool:
    """The title says beyond doubt that the table is a statement: "Balance Sheets", not "Results of Operations"."""
    return says("statement", title)


def is_sentence(text: str) -> bool:
    """The line is running text that happens to name a statement: "... are included in the balance sheets."."""
    ends = text.rstrip().endswith(".") and not says("abbreviation", text)
    said = [w for w in re.findall(r"[A-Za-z']+", text) if w.lower() not in _SMALL]
    if ends and len(said) > tol.KINDS.ended:
        return True
    return len(said) >= tol.KINDS.sentence and sum(w[0].islower() for w in said) > tol.KINDS.small * len(said)


#: Small words of titles.
_SMALL = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "in",
        "to",
        "at",
        "as",
        "on",
        "ended",
        "ending",
        "except",
        "per",
        "share",
        "amounts",
        "data",
        "or",
    ]
)


@cache
def _lines() -> dict[Kind, tuple[tuple[tuple[str, ...], re.Pattern[str], int], ...]]:
    """What lines of each kind say, with its hints, and what each is worth."""
    rows = [(*w.list.rpartition(" ")[::2], w) for w in words.table("kinds")]
    return {
        kind: tuple(
            (hinted("kinds", w.list).hints, compiled(w.pattern, re.IGNORECASE), int(worth))
            for name, worth, w in rows
            if name == kind
        )
        for kind in _KINDS
    }


def _content_scores(labels: Iterable[str]) -> dict[Kind, int]:
    """What the labels of a table's rows say: points for each kind; each pattern counts once."""
    return dict(_scores(tuple(dict.fromkeys(" ".join(label.split()).strip(" .:") for label in labels))[:_LABELS]))


@lru_cache(maxsize=256)
def _scores(texts: tuple[str, ...]) -> dict[Kind, int]:
    """Asked for a table more than once."""
    small = low("\n".join(texts))
    return {
        kind: sum(worth for hints, p, worth in lines if holds(small, hints) and any(map(p.search, texts)))
        for kind, lines in _lines().items()
    }


def kind_of(named: Sequence[Kind], labels: Sequence[str]) -> tuple[Kind, int]:
    """The kind of a table and the points it has. OTHER when neither title nor content speaks for a statement.

    named: the kinds that its title names.
    """
    scores = _content_scores(labels)
    for kind in named:
        scores[kind] += tol.KINDS.named
    for kind in named[-1:]:
        scores[kind] += tol.KINDS.named_last
    for kind, less in _UNNAMED.items():
        scores[kind] += 0 if kind in named else less
    best = max(_KINDS, key=lambda k: (scores[k], -_KINDS.index(k)))
    return (best if scores[best] >= tol.KINDS.enough else Kind.OTHER), scores[best]
