"""Captions of scale: what they say of money and of shares."""

from __future__ import annotations

import pytest

from capxbrl.decisions.captions import is_caption, scale_of


@pytest.mark.parametrize(
    ("caption", "money", "shares"),
    [
        ("(In thousands, except share and per share data)", 3, 0),
        ("(In thousands, except per share, share and unit data)", 3, 0),
        ("($ million, except per share amounts)", 6, None),
        ("($ in millions)", 6, None),
        ("(US$'000)", 3, None),
        ("(S$’000)", 3, None),
        ("RMB'000", 3, None),
        ("($M)", 6, None),
        ("(£ m)", 6, None),
        ("MCh$", 6, None),
        ("Amounts in million EUR", 6, None),
        ("($ and shares in millions, except per share amounts)", 6, 6),
        ("(Dollars and shares in millions)", 6, 6),
        ("(in 000s, except share data)", 3, 0),
        ("(In millions, except per share amounts; shares in thousands)", 6, 3),
        ("(In millions, except number of shares which are reflected in thousands and per share amounts)", 6, 3),
        ("(In millions, except number of shares, which are reflected in thousands, and per share amounts)", 6, 3),
        ("(Rs. in crores)", 7, None),
        ("(in lakhs)", 5, None),
        ("(dollars in tens of thousands)", 4, None),
        ("(In Hundreds)", 2, None),
        ("(Expressed in thousands of Canadian dollars)", 3, None),
        ("(Expressed in U.S. dollars)", 0, 0),
        ("(000's omitted)", 3, None),
        ("Dollar figures in this release are in thousands unless noted", 3, None),
    ],
)
def test_a_caption_tells_the_scale(caption: str, money: int, shares: int | None) -> None:
    made = scale_of(caption)
    assert made is not None and made.said
    assert (made.money, made.shares) == (money, shares)


def test_shares_alone_say_nothing_of_money() -> None:
    made = scale_of("(shares in thousands)")
    assert made is not None
    assert (made.said, made.shares) == (False, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Cash flows from operating activities:",
        "sales of $4.0 million",
        "December 31, 2004",
        "1,000 shares",
        "1,400 million shares authorized",
        "",
    ],
)
def test_a_figure_is_no_caption(text: str) -> None:
    assert scale_of(text) is None


@pytest.mark.parametrize(
    "line", ["MSEK", "Ptas. million", "S$'000", "ThCh$", "(£ million)", "(in thousands of Swiss francs)"]
)
def test_a_line_of_scale_and_currency_is_a_caption(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["Sales in millions of euros rose", "Thousands of shareholders", "EUR", "Swiss francs"]
)
def test_a_line_with_other_words_is_no_caption(line: str) -> None:
    assert not is_caption(line)
