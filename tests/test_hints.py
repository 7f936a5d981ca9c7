"""Hints only spare work: every text that a pattern matches has one of its hints, as its parts tell."""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from capxbrl import hints, words

#: So many ways to write a run of letters are told apart.
_WAYS = 100
_Ways = frozenset[str]
_ANY: _Ways = frozenset()
_NOTHING: _Ways = frozenset({""})


def is_needed(told: Sequence[str], pattern: str) -> bool:
    """Every match of a pattern, in any case of letters, has one of these texts in small letters."""
    return _sequence(parser.parse(pattern, re.IGNORECASE), told)[1]


def _sequence(items: Any, told: Sequence[str], run: _Ways = _NOTHING) -> tuple[_Ways, bool]:
    """(every text that the parts can be behind the run, empty where these are not few; whether each match has one of
    those told)."""
    few, found = True, False
    for kind, value in items:
        ways, has = _part(kind, value, told, run)
        found = found or has
        if not ways:  # the run ends
            found = found or all(hints.holds(text, told) for text in run)
            ways, few = _NOTHING, False
        run = ways
    return run if few else _ANY, found or all(hints.holds(text, told) for text in run)


def _part(kind: Any, value: Any, told: Sequence[str], run: _Ways) -> tuple[_Ways, bool]:
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):  # takes no letter
        return run, False
    if kind is sre.LITERAL:
        return _behind(run, _letters([(kind, value)])), False
    if kind is sre.IN:
        return _behind(run, _letters(value)), False
    if kind is sre.SUBPATTERN:
        return _sequence(value[-1], told, run)
    if kind is sre.BRANCH:
        parts = [_sequence(part, told, run) for part in value[1]]
        return _together([ways for ways, _ in parts]), all(has for _, has in parts)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, part = value
        ways, has = _sequence(part, told)
        if (least, most) == (0, 1) and ways:
            return _behind(run, ways | _NOTHING), False
        return _ANY, has and least > 0
    return _ANY, False


def _behind(run: _Ways, ways: _Ways) -> _Ways:
    return frozenset(a + b for a in run for b in ways) if len(run) * len(ways) <= _WAYS else _ANY


def _together(parts: Sequence[_Ways]) -> _Ways:
    whole = frozenset().union(*parts)
    return whole if all(parts) and len(whole) <= _WAYS else _ANY


def _letters(items: Any) -> _Ways:
    """Each of some characters; none where one is a letter that is not of ASCII, or a class."""
    made = [chr(value) if kind is sre.LITERAL else "" for kind, value in items]
    return frozenset(c.lower() for c in made) if all(c and (c.isascii() or not c.isalpha()) for c in made) else _ANY


@pytest.mark.parametrize(("room", "name"), sorted(hints.table()))
def test_every_match_of_a_list_has_one_of_its_hints(room: str, name: str) -> None:
    told = hints.hinted(room, name).hints
    for wording in words.table(room):
        if wording.list == name:
            assert is_needed(told, wording.pattern), f"{wording.at}: a word is missing in {hints.path()}"
            assert hints.holds(hints.low(wording.matches), told), wording.at


@pytest.mark.parametrize(
    ("pattern", "told", "needed"),
    [
        (r"\bgr[eo]ws?\b", ("grew", "grow"), True),
        (r"\bgr[eo]ws?\b", ("grew",), False),
        (r"net (?:sales|losses)|\d+ revenues?", ("sales", "losses", "revenue"), True),
        (r"net (?:sales|losses)|\d+ revenues?", ("net", "revenues"), False),
        (r"(?:as )?compared\s+(?:to|with)", ("compared",), True),
        (r"(?:as )?compared\s+(?:to|with)", ("as compared",), False),
        (r"(?:a|\d)x+(?:yes)*", ("x",), True),
        (r"(?:a|\d)x+(?:yes)*", ("yes",), False),
        (r"(?!net )sales", ("net",), False),
        (r"\bswedish\s+krona\b|\bsek\b", ("swedish", "sek"), True),
        (r"\bswedish\s+krona\b|\bsek\b", ("swedish", "krone"), False),
        (r"é", ("é",), False),
    ],
)
def test_what_each_match_must_have_is_read_from_the_pattern(pattern: str, told: Sequence[str], needed: bool) -> None:
    assert is_needed(told, pattern) is needed


def test_small_letters_are_those_that_a_pattern_in_any_case_takes_them_for() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert {c for c in re.findall(letter, every, re.IGNORECASE) if letter not in hints.low(c)} == set()
