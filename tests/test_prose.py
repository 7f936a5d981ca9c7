"""Figures of running text: read with unit, scale, subject and period, and tied to the statements."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.model import Mention, Standing, Verdict, text_at
from capxbrl.prose import calendar, read_prose
from capxbrl.prose.figures import figures
from capxbrl.prose.sentences import folded, sentences_of

TABLES = """
WIDGET CORP CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS

(In thousands, except per share data)

\tThree Months Ended September 30,\t\tNine Months Ended September 30,\t
\t2009\t2008\t2009\t2008
Net sales\t$ 15,522\t$ 13,121\t$ 44,247\t$ 40,645
Cost of sales\t9,520\t8,448\t27,082\t26,074
Gross profit\t6,002\t4,673\t17,165\t14,571
Research and development\t2,271\t2,017\t6,032\t6,001
Selling, general and administrative\t1,840\t1,720\t5,063\t4,651
Income from operations\t1,891\t936\t6,070\t3,919
Restructuring charge\t150\t\t150\t
Income before income taxes\t1,741\t936\t5,920\t3,919
Provision for income taxes\t600\t310\t2,020\t1,301
Net income\t$ 1,141\t$ 626\t$ 3,900\t$ 2,618
Net income per share, basic and diluted\t$ 0.11\t$ 0.06\t$ 0.39\t$ 0.26
Weighted average shares, basic and diluted\t10,000\t10,000\t10,000\t10,000
"""


def mentions(text: str) -> list[Mention]:
    document, _ = pipeline.load(f"{text}\n{TABLES}".encode(), "widget.txt")
    made, _ = pipeline.analyse(document)
    found = read_prose(document, made.tagged)
    for mention in found:
        assert text_at(document, mention.span) == mention.shown
    return list(found)


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(m.shown, m.verdict.value) for m in mentions(text)]


def test_a_level_a_change_and_a_share_that_agree() -> None:
    text = (
        "Net sales for the third quarter of 2009 were $15.5 million, an increase of 18% from the third quarter "
        "of 2008. "
        "Gross profit was $6.0 million, or 39% of net sales, compared to $4.7 million, or 36% of net sales, for "
        "the third quarter of 2008. "
        "Net income was $1.1 million, or $0.11 per share, for the third quarter of 2009."
    )
    assert verdicts(text) == [(n, "agrees") for n in ("15.5", "18", "6.0", "39", "4.7", "36", "1.1", "0.11")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 2,017 -> 2,271 is 12.6 %; 2.0 -> 2.3 is 15 %
        (
            "Research and development was $2.3 million for the third quarter of 2009, an increase of $0.3 "
            "million, or 15%, from the third quarter of 2008.",
            "rounded",
        ),
        (
            "Research and development was $2.3 million for the third quarter of 2009, an increase of $0.3 "
            "million, or 13%, from the third quarter of 2008.",
            "agrees",
        ),
        (
            "Research and development was $2.3 million for the third quarter of 2009, an increase of $0.3 "
            "million, or 25%, from the third quarter of 2008.",
            "disagrees",
        ),
        (
            "Research and development was $2.3 million for the third quarter of 2009, a decrease of $0.3 "
            "million, or 13%, from the third quarter of 2008.",
            "disagrees",
        ),
    ],
)
def test_percentages_are_judged_by_their_amounts(text: str, expected: str) -> None:
    assert verdicts(text)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Net sales for the third quarter of 2009 were $13.1 million.", "is that of 2008-07-01/2008-09-30"),
        ("Net sales for the third quarter of 2009 were $15,522.", "another power of a thousand"),
        ("Net sales for the third quarter of 2009 were $12,522,000.", "one slip away"),
        ("Net income was $0.06 per share for the third quarter of 2009.", "is that of 2008-07-01/2008-09-30"),
    ],
)
def test_a_disagreement_has_a_reason(text: str, reason: str) -> None:
    # Alone it may speak of something else; beside a figure that agrees it does not.
    assert [m.verdict for m in mentions(text)] == [Verdict.NOTHING]
    _, mention = mentions(f"Gross profit was $6.0 million for the third quarter of 2009. {text}")
    assert mention.verdict is Verdict.DISAGREES and reason in mention.why and mention.certain


@pytest.mark.parametrize(
    "text",
    [
        "Backlog was $59.3 million at September 30, 2009, an increase of 18% from a year ago.",
        "Average net sales per unit were $91,000 for the third quarter of 2009.",
        "Deferred revenue was $13.1 million.",
        "Net sales of turbines for the third quarter of 2009 were $13.1 million.",
        "We expect net sales of $13.1 million for the third quarter of 2009.",
        "Net sales for the second quarter of 2009 were $13.1 million.",
        "Adjusted net income for the third quarter of 2009 was $626,000.",
        "The margin rose by 50 basis points and 1.5 percentage points.",
    ],
)
def test_what_no_line_shows_is_nothing_to_compare(text: str) -> None:
    assert {m.verdict for m in mentions(text)} <= {Verdict.NOTHING}


def test_periods_of_other_lengths_and_years_ago() -> None:
    text = (
        "For the nine months ended September 30, 2009 net sales were $44.2 million, up 9% from $40.6 million a "
        "year ago. "
        "Net income for the third quarter of 2009 was $1.1 million, compared with $626,000 in the same period "
        "last year."
    )
    assert verdicts(text) == [(n, "agrees") for n in ("44.2", "9", "40.6", "1.1", "626,000")]


def test_figures() -> None:
    found = list(
        figures(
            "$15.5 million, (2.5)%, $(1,234), 17 cents per share, $58,000 per unit, 138 units, 1.5 percentage points"
        )
    )
    assert [(f.value, f.step, f.unit) for f in found] == [
        (Decimal(15_500_000), Decimal(100_000), "money"),
        (Decimal("2.5"), Decimal("0.1"), "percent"),
        (Decimal(1234), Decimal(1), "money"),
        (Decimal("0.17"), Decimal("0.01"), "share"),
        (Decimal(58_000), Decimal(1), "other"),
    ]


def test_sentences_keep_their_places() -> None:
    text = "One was $1.5 million. Two fell; three rose, while four held."
    assert all(text[at:].startswith(part) for at, part in sentences_of(text))
    assert len(list(sentences_of(text))) == 4


def test_text_that_is_no_sentence_takes_no_time() -> None:
    found = list(sentences_of("$1,234 from 5% (or 6 million) than " * 20_000))
    assert found == []
    (one,) = sentences_of("Net sales were $15.5 million " * 80)
    assert mentions(one[1]) != []


def test_the_reference_filing(reference: Path) -> None:
    document, _ = pipeline.load(reference)
    made, findings = pipeline.analyse(document)
    found = read_prose(document, made.tagged)
    assert Counter(m.verdict.value for m in found) == {"agrees": 26, "nothing": 8, "rounded": 3, "disagrees": 1}
    assert [m.shown for m in found if m.verdict is Verdict.ROUNDED] == ["15", "12", ".07"]
    # A figure of 2009 in the garbled sentence, called one of fiscal 2010.
    (wrong,) = (m for m in found if m.verdict is Verdict.DISAGREES)
    assert (wrong.shown, wrong.at.line) == ("9.9", 84) and "2008-07-01/2008-09-30" in wrong.why
    assert [f.code for f in findings if f.code.startswith("prose.")].count("prose.disagrees") == 1


def test_figures_that_agree_can_be_tagged_in_the_text(reference: Path) -> None:
    plain = pipeline.convert(reference, validate=False)
    made = pipeline.convert(reference, tag_prose=True, viewer=False)
    told = [f for f in made.facts if f.place == "prose"]
    assert [f for f in made.facts if f.place != "prose"] == list(plain.facts)
    assert {(f.concept.name, f.value, f.decimals) for f in told} >= {
        ("Revenues", Decimal("15500000"), -5),
        ("GrossProfit", Decimal("-3000000"), -5),
        ("EarningsPerShareBasic", Decimal("-0.17"), 2),
        ("EarningsPerShareDiluted", Decimal("-0.17"), 2),
        ("CashAndCashEquivalentsAtCarryingValue", Decimal("24000000"), -5),
    }
    assert all(text_at(made.document, f.span) == f.shown for f in told)
    # Consistent duplicates, and nothing else, for Arelle.
    assert made.validation is not None and made.validation.findings == ()
    assert len({f.id for f in made.facts}) == len(made.facts)


def test_every_way_to_name_a_period_reads_its_example() -> None:
    for wording in calendar._WORDINGS:
        example = wording.example.lower()
        assert any(word in example for word in wording.needs), wording.example
        assert re.search(wording.pattern, example), wording.example


def test_white_space_is_single_and_every_character_keeps_its_place() -> None:
    text = "Sales  were\n   $1.5\u00a0million in the company’s year."
    for before, behind in (("", ""), ("\n ", "  ")):
        whole = f"{before}{text}{behind}"
        sentence = folded(whole, 0)
        assert sentence.text.strip() == "Sales were $1.5 million in the company's year."
        for at, c in enumerate(sentence.text):
            there = whole[sentence.place(at)]
            assert there == c or (c == " " and there.isspace()) or (c == "'" and there == "’")


@pytest.mark.parametrize(
    "text",
    [
        # A segment's figure, a sub-line's, and one of a list, beside the total that agrees.
        "The Academic segment had selling, general and administrative of $1.72 million for the third quarter of 2009.",
        "Turbine Works' net sales were $13.1 million for the third quarter of 2009.",
        "Net sales and interest for the third quarter of 2009 were $13.1 million.",
        "The disposal of research and development of $2,017,000 ended the third quarter of 2009.",
        # A comparison's date is not that of the next figure.
        "Net sales (2008 - $13,121,000) were, for the third quarter of 2008 - $13,121,000), net sales of "
        "$15,522,000 in all.",
        "Gross profit was $4.7 million in last year's third quarter.",
        "Net sales were up to $15.5 million compared\n     to $13.1 million in the\n     third quarter of 2008.",
        # Guidance, and a figure of too few digits.
        "We expect net sales for the third quarter of 2009 of up to $13.1 million.",
        "Net sales for the third quarter of 2009 were less than $1 billion.",
    ],
)
def test_what_could_be_something_else_is_not_told(text: str) -> None:
    page = f"Gross profit was $6.0 million for the third quarter of 2009. {text}"
    assert Verdict.DISAGREES not in {m.verdict for m in mentions(page)}


def test_figures_wrong_in_one_way_are_one_finding() -> None:
    page = (
        "Net sales for the third quarter of 2009 were $15,522. Gross profit for the third quarter of 2009 was $6,002. "
        "Research and development for the third quarter of 2009 was $2,271."
    )
    document, _ = pipeline.load(f"{page}\n{TABLES}".encode(), "widget.txt")
    _, findings = pipeline.analyse(document)
    (told,) = (f for f in findings if f.code == "prose.disagrees")
    assert "another power of a thousand" in told.message and "2 more" in told.message


def test_agreeing_figures_say_how_certain_they_are() -> None:
    text = (
        "Net sales for the third quarter of 2009 were $15.5 million, of which parts were $4.7 million. Gross "
        "profit was $6.0 million."
    )
    found = mentions(text)
    assert [(m.verdict.value, m.certain) for m in found] == [
        ("agrees", False),
        ("nothing", False),
        ("agrees", False),
    ]
    (sales, profit) = mentions(
        "Net sales for the third quarter of 2009 were $15.5 million. Gross profit for the third quarter of 2008 "
        "was $4.7 million."
    )
    assert sales.certain and profit.certain and sales.of and profit.of


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Net sales for the third quarter of 2009 were $15.9 million, compared with $13.1 million a year ago.",
            "disagrees",
        ),
        (
            "Net sales were $15.5 million for the third quarter of 2009, compared with $18.1 million a year ago.",
            "disagrees",
        ),
        # Nothing else of the sentence agrees: three digits are as likely a figure of something else.
        ("Net sales for the third quarter of 2009 were $15.9 million.", "nothing"),
    ],
)
def test_a_slip_in_three_digits_beside_a_figure_that_agrees(text: str, verdict: str) -> None:
    assert verdict in {v for _, v in verdicts(text)}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # The income agrees, so what it comes to a share is wrong, slip or not.
        ("Net income was $1,141,000, or $0.17 per share, for the third quarter of 2009.", "disagrees"),
        ("Net income was $1,141,000, or $1.10 per share, for the third quarter of 2009.", "disagrees"),
        ("Net income was $1,141,000, or $0.11 per share, for the third quarter of 2009.", "agrees"),
        ("Pro forma net income was $1,141,000, or $0.17 per share, for the third quarter of 2009.", "nothing"),
    ],
)
def test_what_an_income_that_agrees_comes_to_a_share(text: str, verdict: str) -> None:
    share = next(m for m in mentions(f"Gross profit was $6.0 million for the third quarter of 2009. {text}")[2:])
    assert share.verdict.value == verdict


def test_three_digits_one_slip_away_beside_another_sentence_that_agrees() -> None:
    page = "Gross profit was $6.0 million for the third quarter of 2009. {} for the third quarter of 2009 was {}."
    *_, sales = mentions(page.format("Net sales", "$18.5 million"))
    assert sales.verdict is Verdict.DISAGREES and "one slip away" in sales.why
    *_, other = mentions(page.format("Net sales", "$27.9 million"))
    assert other.verdict is Verdict.NOTHING


STANDS = """Net sales for the third quarter of 2009 were $15.5 million. Net income for the first nine months of 2009
was $3.90 million, compared with $2.62 million for the first nine months of 2008."""


def standings(text: str, tables: str = TABLES) -> dict[str, Standing]:
    made, _ = pipeline.analyse(pipeline.load(f"{text}\n{tables}".encode(), "widget.txt").value)
    return {str(c.period): c.decisions[0].standing for c in made.statements[0].columns}


def test_a_text_that_names_line_period_and_figure_bears_the_column_out() -> None:
    alone = standings("Widget Corp reports.")
    told = standings(STANDS)
    assert set(alone.values()) == {Standing.STATED}
    assert {p for p, s in told.items() if s is Standing.PROVED} == {
        "2009-07-01/2009-09-30",
        "2009-01-01/2009-09-30",
        "2008-01-01/2008-09-30",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Net sales for the third quarter of 2009 were $16 million.",  # two digits are many figures
        "Net sales of the Gadget division for the third quarter of 2009 were $15.5 million.",
        "Net sales were $15.5 million.",
        "We expect net sales for the third quarter of 2009 of $15.5 million.",
    ],
)
def test_a_text_that_may_speak_of_something_else_bears_nothing_out(text: str) -> None:
    assert set(standings(text).values()) == {Standing.STATED}


@pytest.mark.parametrize("years", ["2009\t2008\t2008\t2009", "2008\t2009\t2008\t2009"])
def test_headings_that_the_text_contradicts_are_doubtful(years: str) -> None:
    tables = TABLES.replace("2009\t2008\t2009\t2008", years)
    text = STANDS + " Gross profit for the first nine months of 2009 was $17.2 million."
    made, findings = pipeline.analyse(pipeline.load(f"{text}\n{tables}".encode(), "widget.txt").value)
    assert [f.code for f in findings].count("periods.text") == 1
    doubted = {str(c.period) for c in made.statements[0].columns if c.decisions[0].standing is Standing.DOUBTFUL}
    assert {"2009-01-01/2009-09-30", "2008-01-01/2008-09-30"} <= doubted
    readings = {f.reading for f in made.facts if str(f.period) == "2009-01-01/2009-09-30"}
    assert readings == {Standing.DOUBTFUL}


def test_the_column_that_the_text_gives_other_figures_for_is_doubtful_too() -> None:
    tables = TABLES.replace("2009\t2008\t2009\t2008", "2009\t2008\t2008\t2009")
    text = "Net income for the first nine months of 2009 was $3.90 million. Gross profit for the first nine months of "
    text += "2009 was $17.2 million."
    doubted = {period for period, standing in standings(text, tables).items() if standing is Standing.DOUBTFUL}
    assert {"2009-01-01/2009-09-30", "2008-01-01/2008-09-30"} <= doubted
