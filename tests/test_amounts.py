"""A cell's text -> the number printed in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capxbrl.amounts import amount, parse_amount
from capxbrl.findings import Position
from capxbrl.model import Span, Unit


@pytest.mark.parametrize(
    ("text", "value", "shown", "kind"),
    [
        ("$ (1,234)", "-1234", "1,234", "number"),
        ("$(31,881)", "-31881", "31,881", "number"),
        ("1,234-", "-1234", "1,234", "number"),
        ("(1,234", "-1234", "1,234", "number"),
        ("1,234 CR", "-1234", "1,234", "number"),
        ("- 1,234", "-1234", "1,234", "number"),
        ("(12.5)%", "-12.5", "12.5", "percent"),
        ("$ (.07)", "-0.07", ".07", "number"),
        ("1,234 (a)", "1234", "1,234", "number"),
        ("1,234(1)", "1234", "1,234", "number"),
        ("..... 5", "5", "5", "number"),
        ("--", "0", "--", "dash"),
        ("$ —", "0", "—", "dash"),
        ("n/a", "0", "n/a", "none"),
    ],
)
def test_numbers_with_their_signs(text: str, value: str, shown: str, kind: str) -> None:
    printed = parse_amount(text)
    assert printed is not None
    assert (printed.value, printed.shown, printed.kind) == (Decimal(value), shown, kind)


@pytest.mark.parametrize("text", ["", "30,", "June 30, 2009", "(a)", "$", "Ŧ)", "12/31/99", "3-5", "F-3", "1A", "Q1", "RMB", "(1a)", "[1]", "2d", "1-800"])
def test_words_are_no_numbers(text: str) -> None:
    assert parse_amount(text) is None


@given(
    st.integers(min_value=0, max_value=10**12),
    st.integers(min_value=0, max_value=3),
    st.booleans(),
    st.sampled_from([0, 3, 6]),
)
def test_amounts_round_trip(digits: int, places: int, negative: bool, scale: int) -> None:
    value = Decimal(digits) / (Decimal(10) ** places)
    shown = f"{value:,.{places}f}"
    printed = parse_amount(f"$ ({shown})" if negative else f"$ {shown}")
    assert printed is not None and printed.shown == shown
    span = Span(block=0, start=printed.start, end=printed.end)
    made = amount(printed, scale=scale, unit=Unit.USD, at=Position(source="x"), span=span)
    assert abs(made.value) == value * 10**scale
    assert made.decimals == places - scale
    assert (made.value < 0) == (negative and value > 0)


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    printed = parse_amount(text)
    if printed is not None and printed.kind in ("number", "percent", "dash"):
        assert text[printed.start : printed.end] == printed.shown
