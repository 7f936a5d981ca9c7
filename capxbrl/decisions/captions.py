"""What a caption says of scale: "(In thousands, except share and per share data)", "($ million)", "(US$'000)".

A caption is cut into clauses; in each a word of scale speaks for money, for numbers of shares, or for both, and a
clause of exception takes shares out again. The words are in `words/scale.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from .. import currencies, words
from ..evidence import Scale, TitledTable
from ..findings import Position
from ..model import Document, Paragraph, place
from ..records import dataclass
from . import tolerances as tol

#: Powers of ten from the longest wording to the shortest: "tens of thousands" before "thousands".
_POWERS = (8, 5, 4, 9, 7, 6, 3, 2, 0)
_CLAUSE = re.compile(r"[;()\[\]]|,(?!\d)|\s[/|]\s|\bwhile\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A word of scale in a clause: what stands before it tells what is scaled."""

    power: int
    shares: bool
    money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """What a clause says before its word of exception, if it has one, and behind it.

    names_shares: it does behind that word, or anywhere where there is none.
    """

    said: _Said | None
    excepts: bool
    excepted: int | None
    names_shares: bool


@lru_cache(maxsize=1024)
def scale_of(text: str) -> Scale | None:
    """The scale that a caption states, or None. said: it speaks of money, not of shares alone."""
    folded = " ".join(text.replace("’", "'").split())
    if not folded or not _has_word(folded):
        return None
    clauses = [_clause(text) for text in _clauses(folded)]
    money, (shares, excepted) = _of_money(clauses), _of_shares(clauses)
    if money is None and shares is None:
        return None
    if shares is None and (excepted or money == 0):
        shares = 0
    return Scale(money=money or 0, shares=shares, said=money is not None)


def _clause(text: str) -> _Clause:
    exception = words.pattern("scale", "except").search(text)
    if exception is None:
        return _Clause(said=_word_of(text), excepts=False, excepted=None, names_shares=_names_shares(text))
    tail = text[exception.end() :]
    return _Clause(
        said=_word_of(text[: exception.start()]),
        excepts=True,
        excepted=_power_of_shares(tail),
        names_shares=_names_shares(tail),
    )


def _of_money(clauses: Sequence[_Clause]) -> int | None:
    """What is said of money up to the first exception.

    "in Canadian dollars, in thousands": units said of the currency yield to a word of scale.
    """
    last = next((n for n, clause in enumerate(clauses) if clause.excepts), len(clauses))
    powers = [clause.said.power for clause in clauses[: last + 1] if clause.said is not None and clause.said.money]
    return next((power for power in powers if power), 0 if powers else None)


def _of_shares(clauses: Sequence[_Clause]) -> tuple[int | None, bool]:
    """(what is said of shares first, whether an exception names them)."""
    power: int | None = None
    excepting = excepted = False
    for clause in clauses:
        said = clause.said
        if power is None and said is not None and (said.shares or excepted):
            power = said.power  # "except shares, which are in thousands"
        power = clause.excepted if power is None else power
        excepting = excepting or clause.excepts
        excepted = excepted or (excepting and clause.names_shares)
    return power, excepted


def _power_of_shares(clause: str) -> int | None:
    said = _word_of(clause)
    return said.power if said is not None and said.shares else None


@lru_cache(maxsize=1024)
def is_caption(text: str) -> bool:
    """A line that says a scale and nothing else, but for a currency: "$ millions, except per share", "MSEK"."""
    rest = text.replace("’", "'")
    if len(text) < tol.SCALES.caption:
        rest = words.pattern("scale", "caption").sub(" ", rest)
        if 0 < len(rest.strip()) < tol.SCALES.alone:
            rest = _bare(text.replace("’", "'"))
    return not rest.strip() and scale_of(text) is not None


def _bare(text: str) -> str:
    """The text without words of scale, names, codes and signs of currencies, and what else a caption has."""
    for power in _POWERS:
        text = words.pattern("scale", str(power)).sub(" ", text)
    text = currencies.name().sub(" ", currencies.sign().sub(" ", text))
    return words.pattern("scale", "caption").sub(" ", text)


#: So many paragraphs below a table are looked at for its caption.
_FEW = 2


def captions_below(document: Document, table: TitledTable) -> Iterator[tuple[str, Position | None]]:
    """Lines that are a caption and nothing else directly below the figures: in rows of the table, or behind it."""
    for row in reversed(table.rows):
        if row.has_data:
            break
        if is_caption(row.text):
            yield row.text, row.source.at
    for block in document.blocks[max(table.blocks) + 1 :][:_FEW]:
        if not isinstance(block, Paragraph):
            return
        for line in block.text.split("\n"):
            if line.strip() and not is_caption(line):
                return
            yield line, place(block, max(0, block.text.find(line)))


def nearest(texts: Iterable[tuple[str, Position | None]]) -> tuple[Scale, str, Position | None] | None:
    """The first scale that these lines state, and where; single units ("in U.S. dollars") yield to a line beyond."""
    units: tuple[Scale, str, Position | None] | None = None
    for text, at in texts:
        found = scale_of(text)
        if found is None:
            continue
        if found.money or found.shares or not found.said:
            return found, text, at
        units = units or (found, text, at)
    return units


def _has_word(text: str) -> bool:
    return any(words.pattern("scale", str(power)).search(text) for power in _POWERS)


def _clauses(text: str) -> Iterator[str]:
    at = 0
    for match in _CLAUSE.finditer(text):
        yield text[at : match.start()]
        at = match.end()
    yield text[at:]


def _word_of(clause: str) -> _Said | None:
    """The first word of scale in a clause that is no part of a figure, and what it scales."""
    for power in _POWERS:
        for match in words.pattern("scale", str(power)).finditer(clause):
            before = clause[max(0, match.start() - tol.SCALES.reach) : match.start()]
            if words.pattern("scale", "figure before").search(before):
                continue
            around = words.pattern("scale", "per share").sub(" ", before)
            if words.pattern("scale", "not scaled").search(before):
                return _Said(power=0, shares=True, money=False) if _names_shares(around) else None
            behind = words.pattern("scale", "per share").sub(" ", clause[match.end() :][: tol.SCALES.reach])
            counts = _names_shares(around) or behind.strip().lower() in ("shares", "of shares")
            money = bool(words.pattern("scale", "of money").search(around)) or not counts
            return _Said(power=power, shares=counts, money=money)
    return None


def _names_shares(text: str) -> bool:
    """It names shares or units, apart from figures per share."""
    rest = words.pattern("scale", "per share").sub(" ", text)
    return re.search(r"\b(?:shares?|units?|stock)\b", rest, re.IGNORECASE) is not None


def place_of(line: str, document: Document, blocks: Sequence[int]) -> Position | None:
    """Where a line of a title stands among the paragraphs of these numbers, the nearest to the table first."""
    for number in reversed(blocks):
        block = document.blocks[number]
        if isinstance(block, Paragraph) and (at := block.text.find(line)) >= 0:
            return place(block, at)
    return None
