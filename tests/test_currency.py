"""The currency of a statement is decided by its words and signs and by what bears them out; never US dollars in
silence.
"""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl.decisions import CURRENCY
from capxbrl.model import Standing
from capxbrl.options import Assumptions

PAGE = """EXAMPLE FOREST PRODUCTS
CONSOLIDATED STATEMENTS OF EARNINGS
{0}

                                      Years ended December 31,
                                           2009           2008
Net sales                            {1}  412,330       398,110
Cost of sales                             301,205       290,440
Gross profit                              111,125       107,670
Operating expenses                         80,110        79,205
Net earnings                         {1}   31,015        28,465
{2}
"""


def read(caption: str, sign: str = "", after: str = "", **assumed: str) -> tuple[cx.Statement, list[cx.Finding]]:
    text = PAGE.format(caption, sign, after)
    document, _ = cx.read(text.encode(), "page.txt")
    statements, findings = cx.parse_statements(document, assume=Assumptions(**assumed))
    return statements[0], [f for f in findings if f.code.startswith("currency.")]


@pytest.mark.parametrize(
    ("caption", "sign", "code"),
    [
        ("(Expressed in thousands of Canadian dollars)", "", "CAD"),
        ("(Expressed in thousands of Canadian dollars)", "$", "CAD"),
        ("(In thousands of Renminbi)", "", "CNY"),
        ("(in millions of euros)", "", "EUR"),
        ("(Japanese yen in millions)", "", "JPY"),
        ("(Mexican pesos in thousands)", "", "MXN"),
        ("(NIS in thousands)", "", "ILS"),
        ("(in thousands of U.S. dollars)", "$", "USD"),
        ("(US$'000)", "", "USD"),
        ("(S$'000)", "", "SGD"),
        ("(in thousands)", "$", "USD"),
        ("(Amounts in million EUR)", "", "EUR"),
        ("(in thousands, translated from euros at the rate of \u20ac1.00 = $1.43)", "$", "USD"),
    ],
)
def test_the_caption_and_the_signs_tell_the_currency(caption: str, sign: str, code: str) -> None:
    statement, findings = read(caption, sign)
    assert statement.currency == code
    assert not findings


def test_nothing_says_the_currency() -> None:
    statement, findings = read("(in thousands)")
    assert statement.currency == "USD"
    assert [f.code for f in findings] == ["currency.unsaid"]


def test_the_text_bears_the_sign_out() -> None:
    statement, _ = read("(in thousands)", "$", "\n\nThe board raised the quarterly dividend to $0.12 a share.")
    made = next(d for d in statement.decisions if d.subject == CURRENCY)
    assert made.standing is Standing.PROVED


def test_text_and_caption_that_disagree_are_told() -> None:
    _, findings = read("(in thousands of U.S. dollars)", "", "\n\nAll amounts are expressed in Canadian dollars.")
    assert [f.code for f in findings] == ["currency.contradiction"]
    assert "CAD" in findings[0].message and "USD" in findings[0].message


def test_the_user_outranks_the_page() -> None:
    statement, findings = read("(in thousands)", currency="CAD")
    assert statement.currency == "CAD"
    assert not findings


def test_columns_translated_into_another_currency_are_left_out_and_told() -> None:
    text = """EXAMPLE WATER HOLDINGS
CONSOLIDATED STATEMENTS OF OPERATIONS
(Amounts in thousands)

                                             Year ended December 31,
                                        2008         2009         2009
                                         NT$          NT$          US$
Revenues                               312,406      401,877       58,875
Cost of revenues                      (190,221)    (243,119)     (35,617)
Gross profit                           122,185      158,758       23,258
Operating expenses                     (55,884)     (65,318)      (9,569)
Net income                              66,301       93,440       13,689
"""
    document, _ = cx.read(text.encode(), "page.txt")
    (statement,), findings = cx.parse_statements(document)
    assert (statement.currency, len(statement.columns)) == ("TWD", 2)
    assert any(f.code == "statements.column-left-out" and "another currency" in f.message for f in findings)
