"""Tolerances of the stages behind reading are needed: moved far, a case is analysed otherwise, or a test fails.

What a small record shows is in tests/tolerance_witnesses.py, what a first page does in tests/cover_witnesses.py.
Reading has tests/test_tolerances.py, sums have tests/test_sum_tolerances.py.
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import cover_witnesses
import pytest
from tolerance_witnesses import WITNESSES

from capxbrl import pipeline, tolerances
from capxbrl.cover import tolerances as cover
from capxbrl.decisions import fiscal, kinds
from capxbrl.decisions import tolerances as decisions
from capxbrl.prose import tolerances as prose
from capxbrl.statements import tolerances as statements
from capxbrl.tagging import tolerances as tagging
from capxbrl.ties import tolerances as ties
from capxbrl.writers import facts

LINE = "the amounts are included within other line items shown here above"
CASES = Path(__file__).resolve().parent / "cases"
#: module -> record -> field -> (a value far from its own, what shows it: a case, a test that fails, or a value).
FAR: dict[ModuleType, dict[str, dict[str, tuple[Any, str | Callable[[], object]]]]] = {
    decisions: {
        "DAYS": {
            "same": (0, lambda: fiscal.year_end(2009, [dt.date(2007, 12, 29), dt.date(2008, 12, 27)])),
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
    statements: {},
    cover: cover_witnesses.WITNESSES,
    tolerances: {
        "AMOUNTS": {
            "bare": (0, "test_amounts::test_numbers_with_their_signs"),
            "dash": (0, "test_amounts::test_numbers_with_their_signs"),
            "letters": (0, "test_amounts::test_what_looks_like_a_figure_and_is_none_is_told_apart_from_words"),
        },
    },
}
#: Every record of these modules, by its name, and the module that it stands in.
RECORDS = {name: module for module in FAR for name in vars(module) if name.isupper()}
ALL = {name: {**FAR[module].get(name, {}), **WITNESSES.get(name, {})} for name, module in RECORDS.items()}
MOVED = [(record, field) for record, far in ALL.items() for field in far]


def fresh() -> None:
    """Forget what was read under other tolerances: all that is kept by its text, which caches with a bound are for."""
    for module in [module for name, module in sys.modules.items() if name.startswith("capxbrl.")]:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"] is not None:
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


def test_every_tolerance_of_a_stage_is_moved() -> None:
    known = {name: {f.name for f in fields(vars(module)[name])} for name, module in RECORDS.items()}
    assert {name: set(far) for name, far in ALL.items()} == known
    assert not {(r, f) for r in WITNESSES for f in WITNESSES[r]} & {
        (r, f) for m in FAR.values() for r in m for f in m[r]
    }


@pytest.mark.parametrize(("record", "name"), MOVED, ids=[f"{record}-{field}" for record, field in MOVED])
def test_a_tolerance_that_is_moved_far_changes_an_analysis(
    record: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, (far, witness) = RECORDS[record], ALL[record][name]
    changed = changes(witness)
    monkeypatch.setattr(module, record, replace(getattr(module, record), **{name: far}))
    fresh()
    assert changed()
