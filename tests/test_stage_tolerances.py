"""Tolerances of the stages behind reading are needed: moved far, a case is analysed otherwise, or a test fails.

Reading has tests/test_tolerances.py, sums have tests/test_sum_tolerances.py.
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from capxbrl import pipeline, tolerances
from capxbrl.decisions import fiscal, kinds
from capxbrl.decisions import tolerances as decisions
from capxbrl.prose import tolerances as prose
from capxbrl.tagging import tolerances as tagging
from capxbrl.ties import tolerances as ties
from capxbrl.writers import facts

LINE = "the amounts are included within other line items shown here above"
CASES = Path(__file__).resolve().parent / "cases"
#: module -> record -> field -> (a value far from its own, what shows it: a case, a test that fails, or a value).
FAR: dict[ModuleType, dict[str, dict[str, tuple[Any, str | Callable[[], object]]]]] = {
    decisions: {
        "DAYS": {
            "same": (0, "periods.title"),
            "nearest": (0, "periods.inferred"),
            "year": (0, "statements.year-end"),
            "short_year": (357000, "periods.inferred"),
            "month": (26000, "statements.year-end"),
            "late": (7000, "periods.late"),
            "made": (150000, "periods.two-days"),
            "weeks": (0, lambda: fiscal.year_end(2008, [dt.date(2009, 9, 27)])),
            "long": (350000, "test_fiscal::test_years_begin_after_the_years_beside_them"),
        },
        "COUNTS": {
            "alike": (Decimal("1600.0"), "tie.earnings-per-share"),
            "earnings": (
                Decimal("120.00"),
                "test_scale::test_a_caption_that_arithmetic_contradicts_is_told_with_both_places",
            ),
        },
        "SCALES": {
            "count": (
                Decimal("1000000000"),
                "test_traps_scale::test_the_scale_word_that_arithmetic_contradicts_is_told",
            ),
            "shares": (Decimal("0"), "test_scale::test_a_scale_that_arithmetic_bears_out_is_proved"),
            "reach": (0, "test_captions::test_shares_alone_say_nothing_of_money"),
            "caption": (0, "test_traps_scale::test_words_of_scale_in_one_of_their_places"),
            "sentence": (0, "test_traps_scale::test_the_text_says_what_no_caption_does"),
        },
        "TABLES": {
            "near": (0, "test_faces::test_a_total_in_a_table_of_its_own_is_joined"),
            "far": (0, "test_faces::test_a_second_half_with_headings_of_its_own_is_joined"),
        },
        "KINDS": {
            "enough": (7000, "test_faces::test_flows_beside_balances_are_no_statement"),
            "small": (
                9.0,
                lambda: kinds.is_sentence(LINE),
            ),
            "ended": (99, lambda: kinds.is_sentence("Included in balance sheets elsewhere.")),
            "sentence": (
                99,
                lambda: kinds.is_sentence(LINE),
            ),
        },
        "NAMES": {
            "name": (0, "test_whose::test_the_statements_of_a_business_acquired_are_left_out_and_told"),
            "behind": (0, "test_whose::test_another_name_without_an_acquisition_is_only_doubted"),
            "over": (0, "test_whose::test_nobody_of_that_name"),
            "alike": (0.0, "test_whose::test_two_prints_of_a_name"),
        },
    },
    ties: {
        "TIES": {
            "basic": (Decimal("20.00"), "tie.earnings-per-share"),
            "diluted": (Decimal("100.0"), "tie.earnings-per-share"),
        },
    },
    prose: {
        "PROSE": {
            "beside": (0, "test_prose::test_percentages_are_judged_by_their_amounts"),
            "to_period": (0, "test_prose::test_percentages_are_judged_by_their_amounts"),
        },
    },
    tagging: {
        "TAGS": {
            "confidence": (0.0, "tag.low-confidence"),
            "majority": (0.0, "override.shadowed"),
            "row": (0, "repair.applied"),
            "beyond_doubt": (0.0, "tag.low-confidence"),
            "faint": (0.0, "override.shadowed"),
            "synonym": (0.0, "tag.low-confidence"),
            "worded": (0.0, "test_wordings::test_a_row_is_fairly_sure"),
            "sides": (980.0, "tag.low-confidence"),
            "parts": (0.0, "test_vintages::test_products_and_services_are_members_where_a_line_shares_their_element"),
        },
    },
    tolerances: {
        "AMOUNTS": {
            "bare": (0, "test_amounts::test_numbers_with_their_signs"),
            "dash": (0, "test_amounts::test_numbers_with_their_signs"),
            "letters": (0, "test_amounts::test_what_looks_like_a_figure_and_is_none_is_told_apart_from_words"),
        },
    },
}
MOVED = [(m, r, f) for m, records in FAR.items() for r, names in records.items() for f in names]


def fresh() -> None:
    """Forget what was read under other tolerances."""
    for name in ("capxbrl.amounts", "capxbrl.readers.entries", "capxbrl.readers.line_pieces"):
        for value in list(vars(sys.modules[name]).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    fresh()
    yield
    fresh()


def analysed(case: str) -> object:
    found = next((CASES / case).glob("input.*"))
    made = pipeline.analyse(pipeline.load(found).value)
    return facts.as_csv(made.value.report), made.value.statements, [(f.code, f.message) for f in made.findings]


@cache
def as_it_is(case: str) -> object:
    return analysed(case)


def fails(name: str) -> bool:
    """A test, "module::function", fails for one of its parameters."""
    module, _, function = name.partition("::")
    test = getattr(importlib.import_module(module), function)
    calls: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", ()):
        names = [n.strip() for n in mark.args[0].split(",")] if isinstance(mark.args[0], str) else list(mark.args[0])
        rows = [row if len(names) > 1 else (row,) for row in mark.args[1]]
        calls = [{**call, **dict(zip(names, row, strict=True))} for call in calls for row in rows]
    for call in calls:
        try:
            test(**call)
        except (AssertionError, LookupError, TypeError, ValueError):
            return True
    return False


def changes(witness: str | Callable[[], object]) -> Callable[[], bool]:
    """Asked later, whether the witness sees another thing than now."""
    if not isinstance(witness, str):
        usual = witness()
        return lambda: witness() != usual
    if "::" in witness:
        return lambda: fails(witness)
    before = as_it_is(witness)
    return lambda: analysed(witness) != before


@pytest.mark.parametrize(("module", "record", "name"), MOVED, ids=[f"{r}-{f}" for _, r, f in MOVED])
def test_a_tolerance_that_is_moved_far_changes_an_analysis(
    module: ModuleType, record: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, witness = FAR[module][record][name]
    changed = changes(witness)
    monkeypatch.setattr(module, record, replace(getattr(module, record), **{name: far}))
    fresh()
    assert changed()
