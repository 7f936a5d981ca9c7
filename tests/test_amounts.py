"""A cell's text -> the number printed in it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capxbrl import currencies
from capxbrl.amounts import _BEFORE, _BEHIND, amount, closes, parse_amount
from capxbrl.findings import Position
from capxbrl.grammar import NUMBERS, OTHERWISE
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
        ("41,250#", "41250", "41,250", "number"),
        ("41,250(1),(2)", "41250", "41,250", "number"),
        ("41,250 A", "41250", "41,250", "number"),
        ("<26,900>", "-26900", "26,900", "number"),
        ("（26,900）", "-26900", "26,900", "number"),
        ("△ 26,900", "-26900", "26,900", "number"),
        ("minus 26,900", "-26900", "26,900", "number"),
        ("-$ 1,000", "-1000", "1,000", "number"),
        ("(26 900)", "-26900", "26 900", "number"),
        ("41'250.50", "41250.50", "41'250.50", "number"),
        ("41, 250", "41250", "41, 250", "number"),
        ("41.250,50", "41250.50", "41.250,50", "number"),
        ("1.250.000", "1250000", "1.250.000", "number"),
        (".12 1/2", "0.125", ".12 1/2", "number"),
        ("$ 12½", "12.5", "12½", "number"),
        ("12-1/2%", "12.5", "12-1/2", "percent"),
        ("RMB (26,900)", "-26900", "26,900", "number"),
    ],
)
def test_numbers_with_their_signs(text: str, value: str, shown: str, kind: str) -> None:
    printed = parse_amount(text)
    assert printed is not None
    assert (printed.value, printed.shown, printed.kind) == (Decimal(value), shown, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30,",
        "June 30, 2009",
        "(a)",
        "$",
        "Ŧ)",
        "12/31/99",
        "3-5",
        "F-3",
        "1A",
        "Q1",
        "RMB",
        "(1a)",
        "[1]",
        "2d",
        "1-800",
    ],
)
def test_words_are_no_numbers(text: str) -> None:
    assert parse_amount(text) is None


UNREAD = [
    "1,2345",
    "12,34",
    "1 2",
    "3.5 x",
    "6,35O",
    "l6,350",
    "0. 37",
    "41,250M",
    "26,900(",
    "41,250)",
    "２６",
    ".12 1/3",
]


@pytest.mark.parametrize("text", UNREAD)
def test_what_looks_like_a_figure_and_is_none_is_told_apart_from_words(text: str) -> None:
    printed = parse_amount(text)
    assert printed is not None
    assert (printed.kind, printed.shown, printed.value) == ("unread", text, 0)


@pytest.mark.parametrize(
    ("text", "sign", "codes"),
    [
        ("RMB 412", "RMB", ("CNY",)),
        ("412 kr", "kr", ("SEK", "NOK", "DKK")),
        ("Cdn. $(412)", "Cdn. $", ("CAD",)),
        ("$ US412", "$ US", ("USD",)),
        ("412", "", ()),
    ],
)
def test_the_currency_beside_a_figure(text: str, sign: str, codes: tuple[str, ...]) -> None:
    printed = parse_amount(text)
    assert printed is not None and printed.currency == sign
    assert currencies.codes(printed.currency) == codes


@pytest.mark.parametrize("example", [example for table in (_BEFORE, _BEHIND) for *_, example in table])
def test_every_token_has_an_example(example: str) -> None:
    for word in example.split():
        assert parse_amount(word + "412") is not None or closes(word)


@pytest.mark.parametrize(("pattern", "examples"), OTHERWISE)
def test_what_is_no_figure_has_an_example(pattern: str, examples: str) -> None:
    for example in examples.split():
        assert re.search(pattern, example, re.IGNORECASE) and parse_amount(example) is None


@pytest.mark.parametrize(("name", "pattern", "example"), NUMBERS)
def test_every_way_to_print_a_number(name: str, pattern: str, example: str) -> None:
    assert re.fullmatch(pattern, example), name
    printed = parse_amount(example)
    assert printed is not None and printed.shown == example


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
