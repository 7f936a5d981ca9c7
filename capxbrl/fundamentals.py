"""The fundamental accounting relations of `taxonomies/capx-gaap/relations.csv`: what always holds between concepts.

A row has a name, a kind, two sides, `unless` (concepts beside which it says nothing), its source and why. Kinds:

    group          left: concepts, any of which the name stands for in other rows
    equal          left = right
    at most        left <= right
    at most gain   left <= right where right is above zero
    one sign       neither side is positive where the other is negative
    not negative   none of the concepts of left is below zero

A side is terms joined by + and -; a term is a concept, concepts joined by |, or a group; "?" behind it: it may be left
out; "@start" and "@end": the balance at which the period begins and ends, as the same statement shows it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from .findings import BadData
from .records import dataclass
from .resources import taxonomies
from .tables import read_table

COLUMNS = ("name", "kind", "left", "right", "unless", "source", "why")


class LawKind(StrEnum):
    """What a relation says of its two sides; GROUP only names elements."""

    GROUP = "group"
    EQUAL = "equal"
    AT_MOST = "at most"
    AT_MOST_GAIN = "at most gain"
    ONE_SIGN = "one sign"
    NOT_NEGATIVE = "not negative"


class TermMoment(StrEnum):
    """When an element of a term is taken: at the start or the end of a period, or over it."""

    START = "start"
    END = "end"
    OVER = ""


_TERM = re.compile(r"(?P<names>[A-Za-z][A-Za-z |]*?)(?:@(?P<moment>start|end))?(?P<optional>\?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """weight x the first of `names` that is there."""

    names: tuple[str, ...]
    weight: int = 1
    optional: bool = False
    moment: TermMoment = TermMoment.OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Fundamental:
    """One row; `right` is empty for "not negative"."""

    name: str
    kind: LawKind
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    unless: tuple[str, ...]
    source: str
    why: str
    at: str  # file:line


def table_path() -> Path:
    """Where the table stands."""
    return taxonomies() / "capx-gaap" / "relations.csv"


@cache
def fundamentals() -> tuple[Fundamental, ...]:
    """Every relation of the table. Raises BadData naming file and line."""
    return load(table_path())


@cache
def orders() -> tuple[tuple[str, str], ...]:
    """The pairs (less, more) of concepts of shares: the one is never more than the other."""
    return tuple(
        (less, more)
        for law in fundamentals()
        if law.kind is LawKind.AT_MOST
        for less in law.left[0].names
        for more in law.right[0].names
        if "Shares" in less and "Shares" in more
    )


def load(path: Path) -> tuple[Fundamental, ...]:
    """The relations of a table of this form, groups put in. Raises BadData naming file and line."""
    groups: dict[str, tuple[str, ...]] = {}
    out: list[Fundamental] = []
    for line, row in read_table(path, COLUMNS):
        where = f"{path}:{line}"
        if row["kind"] not in list(LawKind):
            raise BadData(f"{where}: the kind {row['kind']!r} is none of {', '.join(LawKind)}")
        if not row["source"] or not row["why"]:
            raise BadData(f"{where}: say the source and why")
        if row["kind"] == LawKind.GROUP:
            groups[row["name"]] = tuple(row["left"].split("|"))
            continue
        left, right = (_side(row[side], groups, where) for side in ("left", "right"))
        if not left or bool(right) != (row["kind"] != LawKind.NOT_NEGATIVE):
            raise BadData(f"{where}: a relation of this kind has {'one side' if right else 'two sides'}")
        unless = tuple(row["unless"].split("|")) if row["unless"] else ()
        out.append(
            Fundamental(
                name=row["name"],
                kind=LawKind(row["kind"]),
                left=left,
                right=right,
                unless=unless,
                source=row["source"],
                why=row["why"],
                at=where,
            )
        )
    return tuple(out)


def _side(text: str, groups: dict[str, tuple[str, ...]], where: str) -> tuple[Term, ...]:
    out = []
    for sign, words in re.findall(r"(^|[+-])\s*([^+-]+)", text.strip()) if text.strip() else ():
        match = _TERM.match(words.strip())
        if match is None:
            raise BadData(f"{where}: {words.strip()!r} is no term")
        names = tuple(n for part in match["names"].split("|") for n in groups.get(part, (part,)))
        if any(" " in name or name.islower() for name in names):
            raise BadData(f"{where}: there is no group {match['names']!r} above")
        out.append(
            Term(
                names=names,
                weight=-1 if sign == "-" else 1,
                optional=bool(match["optional"]),
                moment=TermMoment(match["moment"] or ""),
            )
        )
    return tuple(out)
