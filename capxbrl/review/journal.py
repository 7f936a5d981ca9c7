"""review.json: the journal of a person's judgement on the filings of one company.

Only ever added to: each entry says who did what and when, how a line stood before and stands after, and what its facts
claimed, with their hash.  What was undone stays, followed by the entry that undoes it.  docs/schema/review.json
describes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from ..files import load
from ..findings import BadData, UnreadableInput
from ..records import dataclass
from .lines import Claim, Key

#: What the schema is called; another number where a reader of the last one would fail.
SCHEMA = "http://capxbrl.example/schema/review-1.json"
#: A journal is no larger, and no text in it longer.
LARGEST, LONGEST = 64 << 20, 10_000
#: What the file is called.
JOURNAL = "review.json"
_Record = TypeVar("_Record")


class State(StrEnum):
    """What a person has said of a line. changed: another concept was chosen for it."""

    UNSEEN = "unseen"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    FLAGGED = "flagged"
    NOTED = "noted"


class Action(StrEnum):
    """What a person did."""

    ACCEPT = "accept"
    CHOOSE = "choose"
    FLAG = "flag"
    NOTE = "note"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A filing that was reviewed. sha256: of its bytes. scheme, identifier, company: who reports. form, day: which
    report it is ("8-K", the ISO date of the report)."""

    name: str
    sha256: str
    scheme: str
    identifier: str
    company: str
    form: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """How a line stands. concept: as overrides ask for it."""

    state: State
    concept: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A fact as the person saw it. own: it carries the concept of its line."""

    claim: Claim
    hash: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one person did to one line at one time.

    number: from 1, in order. filing: its number in the journal, from 0. at: where the line stood. concept: of the line
    as the page showed it before anybody chose. undoes: the entry that is undone, by its number.
    """

    number: int
    filing: int
    when: str
    who: str
    action: Action
    key: Key
    at: str
    concept: str
    facts: tuple[Seen, ...]
    before: LineState
    after: LineState
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """name: of the file it was read from."""

    filings: tuple[Filing, ...] = ()
    entries: tuple[Entry, ...] = ()
    name: str = JOURNAL


def read(path: Path | str) -> Journal:
    """The journal of a file. Raises BadData naming the file and what is wrong with it."""
    path = Path(path)
    try:
        data = load(path, LARGEST)
    except UnreadableInput as error:
        raise BadData(str(error)) from None
    return parse(data, path.name)


def parse(data: bytes, name: str = JOURNAL) -> Journal:
    """The journal in these bytes, checked whole. Raises BadData."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadData(f"{name}: is no journal of a review ({error})") from None
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise BadData(f"{name}: is no journal of a review; its schema is not {SCHEMA}")
    filings = tuple(_record(Filing, one, f"{name}: filing {n}") for n, one in enumerate(_list(said, "filings", name)))
    entries = tuple(
        _entry(one, n, len(filings), f"{name}: entry {n}") for n, one in enumerate(_list(said, "entries", name), 1)
    )
    return Journal(filings=filings, entries=entries, name=name)


def dump(journal: Journal) -> bytes:
    """The bytes of a journal, an entry a line, so that git shows what was added."""
    filings = ",\n".join(f"  {_line(asdict(one))}" for one in journal.filings)
    entries = ",\n".join(f"  {_line(as_json(one))}" for one in journal.entries)
    return f'{{"schema": "{SCHEMA}",\n "filings": [\n{filings}\n ],\n "entries": [\n{entries}\n ]}}\n'.encode()


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as the file has it."""
    said = asdict(entry)
    line = {**said.pop("key"), "at": said.pop("at"), "concept": said.pop("concept")}
    facts = [{**one["claim"], "hash": one["hash"], "own": one["own"]} for one in said.pop("facts")]
    before, after, undoes = (said.pop(name) for name in ("before", "after", "undoes"))
    return {**said, "line": line, "facts": facts, "before": before, "after": after, "undoes": undoes}


def _line(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


# --- checked as it is read --------------------------------------------------------------------------------------------


def _entry(said: Any, number: int, filings: int, where: str) -> Entry:
    if not isinstance(said, dict) or not isinstance(said.get("line"), dict):
        raise BadData(f"{where}: is no object with a line")
    line: Mapping[str, Any] = said["line"]
    key = _record(Key, line, where)
    try:
        made = Entry(
            number=_number(said, "number"),
            filing=_number(said, "filing"),
            when=_text(said, "when"),
            who=_text(said, "who"),
            action=Action(_text(said, "action")),
            key=key,
            at=_text(line, "at"),
            concept=_text(line, "concept"),
            facts=tuple(_seen(one, where) for one in _list(said, "facts", where)),
            before=_line_state(said["before"]),
            after=_line_state(said["after"]),
            undoes=None if said.get("undoes") is None else _number(said, "undoes"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadData(f"{where}: is damaged ({error})") from None
    if made.number != number or not 0 <= made.filing < filings or not made.who.strip():
        raise BadData(f"{where}: its number, its filing or its name is wrong; the journal was edited or cut")
    wrong = next((one for one in made.facts if one.hash != one.claim.hash_in(key.statement)), None)
    if wrong is not None:
        raise BadData(f"{where}: the hash of {wrong.claim.value} is another; the journal was edited")
    return made


def _seen(said: Any, where: str) -> Seen:
    claim = _record(Claim, said, where)
    return Seen(claim=claim, hash=_text(said, "hash"), own=said["own"] is True)


def _line_state(said: Any) -> LineState:
    return LineState(state=State(_text(said, "state")), concept=_text(said, "concept"), note=_text(said, "note"))


def _record(kind: type[_Record], said: Any, where: str) -> _Record:
    """A record of texts (and of numbers that have a default) of its fields in an object."""
    if not isinstance(said, dict):
        raise BadData(f"{where}: is no object")
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        try:
            values[field.name] = _number(said, field.name) if field.type == "int" else _text(said, field.name)
        except (KeyError, ValueError):
            raise BadData(f"{where}: {field.name} is missing or of another kind") from None
    return kind(**values)


def _list(said: Mapping[str, Any], name: str, where: str) -> Sequence[Any]:
    found = said.get(name)
    if not isinstance(found, list):
        raise BadData(f"{where}: has no list {name!r}")
    return found


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said[name]
    if not isinstance(found, str) or len(found) > LONGEST:
        raise ValueError(f"{name} is no text, or too long")
    return found


def _number(said: Mapping[str, Any], name: str) -> int:
    found = said[name]
    if not isinstance(found, int) or isinstance(found, bool):
        raise ValueError(f"{name} is no number")
    return found
