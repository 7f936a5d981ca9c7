"""The class of stock that a line, or a figure in its label, is of: an axis and a member beside its concept.

The words of the label decide, then, for figures per share and numbers of shares, the headings above.  A label that
names two classes is of both together; each figure in it is of the class it stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ..model import Basis, Kind, LineItem, Statement, Unit
from ..naming import camel_case, undated
from ..records import replace
from ..taxonomy import Taxonomy
from ..words import pattern
from . import tolerances as tol
from .candidates import Candidate, unit_of
from .labels import normalise

Members = tuple[tuple[str, str], ...]

AXIS = "StatementClassOfStockAxis"


def of_statement(statement: Statement) -> tuple[Members, ...]:
    """The class of every line. Payments and receipts are told apart by class only where several classes have some."""
    found = tuple(of_line(line) if any(line.amounts) else () for line in statement.lines)
    several = statement.kind is not Kind.CASH_FLOW or len(set(filter(None, found))) > 1
    return found if several else ((),) * len(found)


def of_columns(statement: Statement) -> Statement:
    """Columns of parts of the company with the member of each: a class of stock, a product or service, a segment."""
    if any(column.basis is not Basis.PART or statement.face for column in statement.columns):
        return statement
    said = [undated(pattern("classes", "of a period").sub(" ", column.heading)) for column in statement.columns]
    names = [" ".join(words.split()) or column.heading for words, column in zip(said, statement.columns, strict=True)]
    sold = all(_says("sold", name) for name in names)
    classes = all(_named(name) for name in names)
    columns = (
        replace(c, heading=name, members=_one(_named(name), name) if classes else (_part(name, sold=sold),))
        for c, name in zip(statement.columns, names, strict=True)
    )
    return replace(statement, columns=tuple(columns))


def _part(heading: str, *, sold: bool) -> tuple[str, str]:
    """The axis and member of a part: of what is sold, or a segment."""
    if sold:
        name = next((name for name in ("Product", "Service") if _says(name.lower(), heading)), camel_case(heading))
        return "ProductOrServiceAxis", f"{name}Member"
    return "StatementBusinessSegmentsAxis", f"{camel_case(heading)}Member"


def apart(one: LineItem, other: LineItem, kind: Kind) -> bool:
    """The two lines are of different classes of stock: one element may stand for both."""
    first, second = of_line(one), of_line(other)
    return first != second and (kind is not Kind.CASH_FLOW or bool(first and second))


def of_line(line: LineItem) -> Members:
    """The class that the amounts of a line are of; () for all classes together."""
    counted = unit_of(line) is not Unit.USD
    said = _named(line.label)
    about = " ".join((*line.path, line.label))
    if said and (counted or _says("stock", about)):
        return _one(said, about)
    above = next((found for heading in reversed(line.path) if (found := _named(heading))), {}) if counted else {}
    return _one(above, about)


def of_figures(line: LineItem) -> tuple[Members, ...]:
    """The class of every figure in the label of a line."""
    return tuple(_figures(line.label, [f.amount.shown for f in line.figures], of_line(line)))


def one_element(statement: Statement, options: Sequence[list[Candidate]], taxonomy: Taxonomy) -> None:
    """Lines that differ by the class of stock alone are one element: what speaks for one of them speaks for all."""
    alike: dict[tuple[str, Unit, tuple[str, ...]], list[tuple[Members, list[Candidate]]]] = {}
    for line, found in zip(statement.lines, options, strict=True):
        if found and not found[0].overridden and (of_class := of_line(line)):
            key = normalise(_without(line.label)), unit_of(line), tuple(map(_without, line.path))
            alike.setdefault(key, []).append((of_class, found))
            _as_stock(line, statement.kind, key[0], found, taxonomy)
    for group in alike.values():
        if len({of_class for of_class, _ in group}) == len(group) > 1:
            best = list(min((found for _, found in group), key=_own))
            for _, found in group:
                found[:] = best


def _as_stock(line: LineItem, kind: Kind, words: str, found: list[Candidate], taxonomy: Taxonomy) -> None:
    """A line of a balance sheet that says no more than a class of stock is the stock of that class."""
    if kind is Kind.BALANCE_SHEET and unit_of(line) is Unit.USD and not pattern("classes", "more").search(words):
        name = "PreferredStockValue" if _says("preferred", " ".join((*line.path, line.label))) else "CommonStockValue"
        there = next((i for i, one in enumerate(found) if one.called == name), len(found))
        known = found[there : there + 1] or [
            Candidate(concept=taxonomy.concepts[name], score=0.0, why="class of stock")
        ]
        found[there : there + 1] = [replace(known[0], of_role=True)]


def _own(found: Iterable[Candidate]) -> float:
    """How probable an element of the filer's own is."""
    return sum(one.score for one in found if not one.called)


def _without(label: str) -> str:
    for name in ("class", "series"):
        label = pattern("classes", name).sub(" ", label)
    return label


def _figures(label: str, shown: Sequence[str], whole: Members) -> Iterator[Members]:
    """Of each figure the class named right behind it, else the last one before it, else that of the whole label.

    What a parenthesis says that is closed ("5 shares (Series A 2, Series B 3)") is of the figures in it. Of classes
    that are named one after the other a figure is of all.
    """
    at = 0
    for figure in shown:
        at = max(label.find(figure, at), at)
        behind = label[at + len(figure) :][: tol.TAGS.behind]
        near = _named(_BESIDE.split(behind, maxsplit=1)[0])
        before = _last_named(_CLOSED.sub(lambda m: " " * len(m[0]), label[:at]))
        yield _one(near or before, label) if near or before else whole


#: What stands right behind a figure, up to the next one; a parenthesis is of it where it says a class and no more.
_BESIDE = re.compile(r"[;,\d]|\((?!(?:class|series)\s\w+\))", re.IGNORECASE)
_CLOSED = re.compile(r"\([^()]*\)")
_AND = re.compile(r"[\s,&/]*(?:\b(?:and|or)\b)?\s*", re.IGNORECASE)


def _last_named(text: str) -> dict[str, str]:
    """The class that a text names last, with those right before it."""
    out: dict[str, str] = {}
    end = -1
    for stem, kind, start, stop in _places(text):
        if not _AND.fullmatch(text[end:start]):
            out = {}
        out[stem] = kind
        end = stop
    return out


def _every(text: str) -> Iterator[tuple[str, str]]:
    """(member stem, kind) of every class that a text names, in order."""
    return ((stem, kind) for stem, kind, *_ in _places(text))


def _places(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(member stem, kind, start, end) of every class that a text names, in order."""
    found = [*pattern("classes", "class").finditer(text), *pattern("classes", "series").finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        said = {name: value.upper() for name, value in match.groupdict().items() if value}
        stem = "".join(said.values())
        if "class" in said or not stem.isdigit():
            yield stem, "class" if "class" in said else "series", match.start(), match.end()


@lru_cache(maxsize=4096)
def _named(text: str) -> Mapping[str, str]:
    """{letters: class or series} that a text names; {"": ""} for shares without a vote."""
    found = dict(_every(text))
    return found or ({"": ""} if _says("nonvoting", text) else {})


def _one(found: Mapping[str, str], about: str) -> Members:
    """The member of one class. about: all that is said of the line: whether its shares are preferred."""
    if len(found) != 1 or _says("all classes", about):
        return ()
    ((stem, kind),) = found.items()
    if not kind:
        return ((AXIS, "NonvotingCommonStockMember"),)
    if kind == "series":
        return ((AXIS, f"Series{stem}PreferredStockMember"),) if _says("preferred", about) else ()
    return ((AXIS, f"{'PreferredClass' if _says('preferred', about) else 'CommonClass'}{stem}Member"),)


def _says(name: str, text: str) -> bool:
    return pattern("classes", name).search(text) is not None
