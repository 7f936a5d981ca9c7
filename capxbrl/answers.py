"""One line, one statement, one fact by what a person calls it; where that is none or several, what it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from .findings import NotFound, counted
from .model import Concept, Context, Fact, FactPlace, Kind, LineItem, Standing, Statement
from .options import WrongOption
from .records import dataclass

Word = TypeVar("Word", bound=StrEnum)
#: What may be asked for by one name or by several.
Names = str | Iterable[str]
Day = str | dt.date

#: So many choices are listed.
_LISTED = 12


# --- lines and statements --------------------------------------------------------------------------------------------


def line(statement: Statement, label: str, under: str = "") -> LineItem:
    """The line with this label, or the one line that has these words. Raises NotFound."""
    found = _fitting(statement, _plain(label), _plain(under))
    if len(found) == 1:
        return found[0]
    asked = repr(label) + (f" under {under!r}" if under else "")
    if found:
        raise NotFound(f"{counted(len(found), 'line')} of this statement have {asked}:{_lines(found)}")
    names = {one.label: one for one in statement.lines if one.label and not one.is_heading}
    near = [names[name] for name in nearest(label, names)]
    choices = f"near it are:{_lines(near)}" if near else f"it has:{_lines(list(names.values()))}"
    raise NotFound(f"no line of this statement has {asked}; {choices}")


def _fitting(statement: Statement, label: str, under: str) -> list[LineItem]:
    """The lines of this label, else those that have its words; those with figures before headings."""
    if not label:
        return []
    lines = [one for one in statement.lines if not under or any(under in _plain(above) for above in one.path)]
    exact = [one for one in lines if _plain(one.label) == label]
    found = exact or [one for one in lines if label in _plain(one.label)]
    return [one for one in found if not one.is_heading] or found


def _lines(found: Sequence[LineItem]) -> str:
    shown = [f"{one.label!r}" + (f" under {one.path[-1]!r}" if one.path else "") + f" ({one.at})" for one in found]
    return _listed(shown)


def nearest(word: str, names: Iterable[str], *, most: int = 5) -> list[str]:
    """The names that are like a word, small letters and capitals taken as the same."""
    known = {_plain(name): name for name in names}
    wanted = _plain(word)
    within = [key for key in known if wanted and wanted in key]
    near = get_close_matches(wanted, known, n=most, cutoff=0.6)
    return [known[key] for key in dict.fromkeys((*near, *sorted(within, key=len)))][:most]


def one_of(kind: type[Word], what: str, word: str) -> Word:
    """A word of a closed list, however it is written: "Cash flows" is cash_flow. Raises WrongOption."""
    found = next((one for one in kind if _letters(one.value) == _letters(str(word))), None)
    if found is None:
        raise WrongOption(f"there is no {what} {word!r}; known: {', '.join(kind)}")
    return found


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What facts are asked for; None where anything will do."""

    concept: Names | None = None
    months: int | None = None
    start: Day | None = None
    end: Day | None = None
    statement: Names | None = None
    label: str | None = None
    place: Names | None = None
    reading: Names | None = None
    extension: bool | None = None

    def tests(self) -> list[Callable[[Fact], bool]]:
        """A test for each thing asked. Raises WrongOption for a word or a day that is none."""
        out: list[Callable[[Fact], bool]] = []
        if self.concept is not None:
            names = frozenset(_several(self.concept))  # a prefix, where one is given, counts
            out.append(lambda f: f.concept.name in names or f.concept.qname in names)
        if self.months is not None:
            out.append(lambda f: f.period.months == self.months)
        if self.start is not None:
            start = day(self.start)
            out.append(lambda f: f.period.start == start)
        if self.end is not None:
            end = day(self.end)
            out.append(lambda f: f.period.end == end)
        if self.label is not None:
            label = _plain(self.label)
            out.append(lambda f: label in _plain(f.label))
        if self.extension is not None:
            out.append(lambda f: f.concept.extension == self.extension)
        return [*out, *self._words()]

    def _words(self) -> Iterable[Callable[[Fact], bool]]:
        if self.statement is not None:
            kinds = {one_of(Kind, "statement", word) for word in _several(self.statement)}
            yield lambda f: f.statement in kinds
        if self.place is not None:
            places = {one_of(FactPlace, "place", word) for word in _several(self.place)}
            yield lambda f: f.place in places
        if self.reading is not None:
            readings = {one_of(Standing, "reading", word) for word in _several(self.reading)}
            yield lambda f: f.reading in readings


def where(facts: Iterable[Fact], question: Question) -> list[Fact]:
    """The facts that are asked for, in their order. Raises WrongOption."""
    tests = question.tests()
    return [fact for fact in facts if all(test(fact) for test in tests)]


def one(facts: Sequence[Fact], contexts: Sequence[Context], question: Question) -> Fact:
    """The one fact that is asked for: of those with and without members the ones of the whole, of one that is told
    several times the first in a cell. Raises NotFound, which lists the choices, and WrongOption."""
    found = where(facts, question)
    members = {context.id for context in contexts if context.members}
    found = [f for f in found if f.context not in members] or found
    alike: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(found, key=lambda f: f.place is not FactPlace.CELL):
        alike.setdefault((fact.concept.qname, fact.context, fact.unit), fact)
    if len(alike) == 1:
        return next(iter(alike.values()))
    raise NotFound(_several_fit(list(alike.values())) if alike else _none_fits(facts, question))


def _several_fit(found: Sequence[Fact]) -> str:
    return f"{len(found)} facts fit; say which:{_listed([_choice(f) for f in found])}"


def _none_fits(facts: Sequence[Fact], question: Question) -> str:
    """Why no fact fits: no such concept, or none of that period or statement."""
    names = list(_several(question.concept or ()))
    of_concept = where(facts, Question(concept=names)) if names else []
    if names and not of_concept:
        return f"no fact has the concept {', '.join(names)}; {_near(facts, names[0])}"
    what = f"{', '.join(names)} has no fact" if names else "no fact is"
    there = list(dict.fromkeys(_choice(f) for f in (of_concept or facts)))
    return f"{what} of what is asked; there are:{_listed(there)}"


def _choice(fact: Fact) -> str:
    """A fact by what asks for it, and its value."""
    months = fact.period.months
    asked = [
        f'"{fact.concept.name}"',
        *([f"months={months}"] if months is not None else []),
        f'end="{fact.period.end}"',
    ]
    value = f"{fact.value:,f} {fact.measure}" if not isinstance(fact.value, str) else repr(fact.value[:40])
    return f"({', '.join(asked)}) {value} [{fact.statement.value}, {fact.id}]"


def _near(facts: Sequence[Fact], name: str) -> str:
    """The concepts like one that no fact has: by their names, their labels, or of its family of near-synonyms."""
    from .tagging import kin

    local = _local(name)
    concepts: dict[str, Concept] = {f.concept.name: f.concept for f in facts}
    labels = {f.label: f.concept.name for f in facts if f.label}
    near = [n for n in kin(local) if n in concepts]
    near += nearest(local, concepts)
    near += [labels[label] for label in nearest(name, labels)]
    if not near:
        return f"the report has:{_listed(sorted(concepts))}"
    first = {f.concept.name: f.label for f in reversed(facts)}
    return f"near it are:{_listed([f'{n} ({first[n][:60]!r})' for n in dict.fromkeys(near)])}"


# --- words -----------------------------------------------------------------------------------------------------------


def day(said: Day) -> dt.date:
    """A day, as text "2009-09-30", a date, or a datetime or Timestamp. Raises WrongOption."""
    if isinstance(said, dt.datetime):
        return said.date()
    if isinstance(said, dt.date):
        return said
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        raise WrongOption(f"a day is written 2009-09-30, not {said!r}") from None


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _letters(word: str) -> str:
    """A word without what parts its pieces, and of one thing rather than of several."""
    return "".join(c for c in word.casefold() if c.isalnum()).removesuffix("s")


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" :").casefold()


def _listed(words: Collection[str]) -> str:
    shown = list(words)[:_LISTED]
    more = len(words) - len(shown)
    return "".join(f"\n  {word}" for word in (*shown, *([f"and {more} more"] if more else [])))
