"""Labels of 1981 to 2008: banks, utilities, insurers, brokers, retailers, partnerships, oil, airlines, and their
elements (`tests/eras`, `label_sets`)."""

from __future__ import annotations

from functools import cache

import label_sets
import pytest

import capxbrl as cx
from capxbrl import footing, statements, tagging, taxonomy
from capxbrl.model import Concept, TaggedLine

#: Of the lines of all sets: those with an element that is right, and those with another that no finding doubts.
RIGHT, WRONG = 0.96, 0.01


def tagged(name: str, rows: tuple[label_sets.Row, ...]) -> list[TaggedLine]:
    """The lines with figures, in the order of the page."""
    found, _ = statements.parse_statements(cx.read(label_sets.page(name, rows).encode(), f"{name}.txt").value)
    made = tagging.tag(found, footing.foot(found).value, taxonomy.load()).value
    return [line for one in made for line in one.lines if line.matches]


def is_right(row: label_sets.Row, line: TaggedLine) -> bool:
    return any(("OWN" if m.concept.extension else m.concept.name) in row.right for m in line.matches)


def is_doubted(line: TaggedLine) -> bool:
    match = line.matches[0]
    return match.concept.extension or match.confidence < tagging.overrides.DOUBTFUL


@cache
def judged() -> dict[str, list[tuple[label_sets.Row, TaggedLine]]]:
    """Name of a set -> its rows with what became of them."""
    out = {}
    for name, rows in label_sets.sets():
        shown = [row for row in rows if row.right]
        lines = tagged(name, rows)
        assert len(shown) == len(lines), name
        out[name] = list(zip(shown, lines, strict=True))
    return out


def test_an_accountant_would_sign_them() -> None:
    every = [pair for pairs in judged().values() for pair in pairs]
    wrong = [(row.label, line.matches[0].concept.name) for row, line in every if not is_right(row, line)]
    silent = [
        (row.label, line.matches[0].concept.name)
        for row, line in every
        if not is_right(row, line) and not is_doubted(line)
    ]
    assert len(every) > 700
    assert len(wrong) <= (1 - RIGHT) * len(every), wrong
    assert len(silent) <= WRONG * len(every), silent


@pytest.mark.parametrize("name", [name for name, _ in label_sets.sets()])
def test_no_set_is_far_behind(name: str) -> None:
    pairs = judged()[name]
    assert sum(is_right(row, line) for row, line in pairs) >= 0.8 * len(pairs)


def test_every_element_of_a_set_is_one_of_ours() -> None:
    known: dict[str, Concept] = dict(taxonomy.load().concepts)
    named = {name for _, rows in label_sets.sets() for row in rows for name in row.right}
    assert not named - {"OWN"} - set(known)
