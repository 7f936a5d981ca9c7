"""Traps of scale: how filers say it, in words, places and forms of page, and what bears it out where they do not."""

from __future__ import annotations

import pytest
from pages import Block, Column, Head, Page, Row, balance, cases, cash, head, income, some_form, verdict

FILER = "CORBEN TOOL WORKS, INC."
TITLE = "CONSOLIDATED STATEMENTS OF INCOME"
YEARS = ("2004-01-01/2004-12-31", "2003-01-01/2003-12-31")
HEADS = (head(("Years Ended December 31,", 2)), head("2004", "2003"))

#: As captions say it; powers of ten of money, and of the share counts below ("": the page counts no shares).
WORDS = cases("scale", "words", "money", "shares")


def rows(money: int, shares: int | None) -> tuple[Row, ...]:
    return income(2, earnings=shares is not None, apart=money - (shares or 0))


def columns(money: int, shares: int | None, periods: tuple[str, ...] = YEARS) -> tuple[Column, ...]:
    return tuple(Column(p, money, shares=shares or 0) for p in periods)


def below_the_title(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    return (Block((FILER, TITLE, words), HEADS, rows(money, shares), columns(money, shares)),)


def in_the_title(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    return (Block((FILER, f"{TITLE} {words}"), HEADS, rows(money, shares), columns(money, shares)),)


def in_the_stub(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    heads = (HEADS[0], Head(words, HEADS[1].cells))
    return (Block((FILER, TITLE), heads, rows(money, shares), columns(money, shares)),)


def under_the_years(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    return (Block((FILER, TITLE), (*HEADS, head((words, 2))), rows(money, shares), columns(money, shares)),)


def over_the_years(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    return (Block((FILER, TITLE), (head((words, 2)), *HEADS), rows(money, shares), columns(money, shares)),)


def below_the_table(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    return (Block((FILER, TITLE), HEADS, rows(money, shares), columns(money, shares), below=(words,)),)


def once_for_all(words: str, money: int, shares: int | None) -> tuple[Block, ...]:
    dates = ("2004-12-31", "2003-12-31")
    sheet = (head("December 31, 2004", "December 31, 2003"),)
    return (
        Block(
            (FILER, "CONSOLIDATED FINANCIAL STATEMENTS", words, TITLE),
            HEADS,
            rows(money, shares),
            columns(money, shares),
        ),
        Block((FILER, "CONSOLIDATED BALANCE SHEETS"), sheet, balance(2), columns(money, None, dates)),
        Block((FILER, "CONSOLIDATED STATEMENTS OF CASH FLOWS"), HEADS, cash(2), columns(money, None)),
    )


PLACES = (
    below_the_title, in_the_title, in_the_stub, under_the_years, over_the_years, below_the_table, once_for_all,
)  # fmt: skip


@pytest.mark.parametrize(("words", "money", "shares"), WORDS)
def test_words_of_scale_in_one_of_their_places(words: str, money: str, shares: str) -> None:
    place = PLACES[len(words) % len(PLACES)]
    page = Page(words, place(words, int(money), int(shares) if shares else None))
    assert verdict(some_form(words), page).kind == "right", (place.__name__, some_form(words))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", ["(In thousands, except per share data)", "($000s omitted)", "$ millions"])
def test_each_place_of_a_caption(words: str, place: object) -> None:
    assert callable(place)
    _, money, shares = next(w for w in WORDS if w[0] == words)
    page = Page(words, place(words, int(money), int(shares) if shares else None))
    assert verdict(some_form(words + place.__name__), page).kind == "right"


#: What the text says of a page that has no caption.
TEXTS = (
    "Net sales for 2004 decreased 2.6% to $48.6 million from $49.9 million in 2003.",
    "The Company reported net income of $5.4 million, or $.52 per share, for 2004.",
    "Corben earned net income of $5,431,000 ($.52 per share) in 2004 against $5,586,000 in 2003.",
    "Gross profit was $17.5 million in 2004, compared with $18.0 million a year earlier.",
    "Sales of $48.6 million were below last year's $49.9 million.",
    "Net sales were approximately $48,620,000 in 2004.",
    "Income before income taxes amounted to $8.5 million in 2004 versus $8.7 million in 2003.",
    "Net income rose to US$5.4 million.",
    "All amounts in this report are in thousands of dollars unless otherwise noted.",
    "Dollars in thousands unless otherwise stated.",
    "(Dollar amounts in tables are in thousands, except per share data.)",
    "The financial tables that follow are expressed in thousands.",
    "Amounts in the accompanying tables are rounded to thousands.",
    "Unless otherwise indicated, dollar amounts are stated in thousands.",
    "NOTE: FIGURES BELOW ARE IN THOUSANDS EXCEPT PER SHARE DATA.",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", ["plain", "edgar", "word"])
def test_the_text_says_what_no_caption_does(text: str, form: str) -> None:
    page = Page(text, (Block((text, FILER, TITLE), HEADS, rows(3, None), columns(3, None)),))
    assert verdict(form, page).kind == "right"


def test_the_scale_word_that_arithmetic_contradicts_is_told() -> None:
    """The caption says millions; earnings per share times the shares, printed in full, say thousands."""
    words = "(In millions, except per share and share amounts)"
    found = verdict("edgar", Page(words, below_the_title(words, 3, 0)))
    assert (found.wrong, found.lost) == ((), ())
    assert "scale.contradiction" in found.told
