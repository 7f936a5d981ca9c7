"""Traps of currency: as captions name it, by words, codes and signs, and as signs stand at the figures."""

from __future__ import annotations

import pytest
from pages import FORMS, Block, Column, Head, Page, cases, head, income, read_page, some_form, verdict

FILER = "ORRIN BAY LIMITED"
TITLE = "CONSOLIDATED STATEMENTS OF INCOME"
YEARS = ("2009-01-01/2009-12-31", "2008-01-01/2008-12-31")
HEADS = (head(("Years Ended December 31,", 2)), head("2009", "2008"))

#: As captions say it, ISO 4217, powers of ten.
WORDS = cases("currency", "words", "code", "power")
#: The sign at the first figures, ISO 4217.
SIGNS = cases("signs", "sign", "code")
#: (what the text says, ISO 4217).
TEXTS: tuple[tuple[str, str], ...] = (
    ("All amounts are in Canadian dollars unless otherwise stated.", "CAD"),
    ("The Company's reporting currency is the euro.", "EUR"),
    ('Unless otherwise indicated, all references to "$" are to Canadian dollars.', "CAD"),
    ("The financial statements are presented in Swiss francs.", "CHF"),
    ('In this release, references to "dollars" or "$" are to United States dollars.', "USD"),
    ("Figures are expressed in pounds sterling unless noted.", "GBP"),
    ("All figures in this press release are in Renminbi unless otherwise noted.", "CNY"),
    ("The year was strong, although last year's $49.9 million of sales were not reached.", "USD"),
    ("Selling expenses rose by a $2.0 million charge.", "USD"),
)


def page(above: tuple[str, ...], code: str, power: int, heads: tuple[Head, ...] = HEADS, sign: str = "") -> Page:
    columns = tuple(Column(p, power, code) for p in YEARS)
    return Page(above[-1], (Block(above, heads, income(2, earnings=False), columns, sign=sign),))


PLACES = ("caption", "title", "stub", "over", "each")


@pytest.mark.parametrize(("words", "code", "power"), WORDS)
def test_currencies_as_captions_name_them(words: str, code: str, power: str) -> None:
    place = some_form(words, PLACES)
    above, heads = (FILER, TITLE), HEADS
    match place:
        case "caption":
            above = (*above, words)
        case "title":
            above = (FILER, f"{TITLE} {words}")
        case "stub":
            heads = (HEADS[0], Head(words, HEADS[1].cells))
        case "over":
            heads = (*HEADS, head((words, 2)))
        case _:
            heads = (*HEADS, head(words.strip("()"), words.strip("()")))
    assert verdict(some_form(words), page(above, code, int(power), heads)).kind == "right", place


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_signs_at_the_first_figures(sign: str, code: str) -> None:
    assert verdict(some_form(sign), page((FILER, TITLE, "(In thousands)"), code, 3, sign=sign)).kind == "right"


@pytest.mark.parametrize(("text", "code"), TEXTS)
@pytest.mark.parametrize("form", ["plain", "word"])
def test_what_the_text_says_of_the_currency(text: str, code: str, form: str) -> None:
    found = verdict(form, page((text, FILER, TITLE, "(In thousands)"), code, 3, sign="$" * (code == "USD")))
    assert found.kind == "right"


@pytest.mark.parametrize(("words", "code", "power"), WORDS)
def test_a_caption_within_the_table_of_edgar_text(words: str, code: str, power: str) -> None:
    """It stands over one of the columns by chance, and over all of them by its meaning."""
    assert verdict("edgar", page((FILER, TITLE, words), code, int(power))).kind == "right"


@pytest.mark.parametrize(
    ("caption", "code"),
    [("(£ million)", "GBP"), ("RMB million", "CNY"), ("(Australian dollars, millions)", "AUD"), ("MSEK", "SEK")],
)
def test_a_caption_below_the_figures(caption: str, code: str) -> None:
    made = page((FILER, TITLE), code, 6)
    text, name = FORMS["plain"](made)
    found, _ = read_page(f"{text}\n\n{caption}\n", name)
    assert [s.currency for s in found] == [code]
    assert {a.scale for line in found[0].lines for a in line.amounts if a} == {6}
