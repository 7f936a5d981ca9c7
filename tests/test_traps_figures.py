"""Traps of figures: minus signs, shares below a balance sheet, figures above their labels, labels torn by pages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from test_traps_tables import faults, page_of
from trap_pages import Expected, Page, PageEnd, Raw, Row, Text, company, expected, printed, text_grid, verdict

from capxbrl.cover import read_cover
from capxbrl.readers import read
from capxbrl.readers.words_to_lines import Placed, lay

# --- signs -----------------------------------------------------------------------------------------------------------

SIGNS = ["-{}", "−{}", "- {}", "{}-", "( {} )", "({}", "[{}]"]


@pytest.mark.parametrize("layout", ["plain", "pdf"])
@pytest.mark.parametrize("sign", SIGNS)
def test_every_print_of_a_negative_figure(sign: str, layout: str) -> None:
    if layout == "pdf" and not sign.isascii():
        pytest.skip("the writer of this test has ASCII only")
    made = company(len(sign) + 1, loss=True)
    grids = [
        replace(
            grid,
            rows=tuple(
                replace(r, shown=tuple(sign.format(t.strip("()")) if "(" in t else t for t in printed(r)))
                if r.values
                else r
                for r in grid.rows
            ),
        )
        for grid in made.parts
    ]
    assert faults(page_of(made, grids), layout) == ()


@pytest.mark.parametrize("nothing", ["-", "- 0 -", "-0-", "--", "nil", "N/A"])
def test_nothing_is_no_figure_beside_it(nothing: str) -> None:
    made = company(3)
    row = Row("Gain on sale of division", shown=(nothing,) * len(made.income.periods))
    grid = replace(made.income, rows=(*made.income.rows[:7], row, *made.income.rows[7:]))
    page = replace(page_of(made, (grid, made.balance, made.cash)), allowed=(Decimal(0),))
    assert faults(page, "plain") == ()


# --- shares ----------------------------------------------------------------------------------------------------------

COUNTS = [
    ("Shares outstanding", ("14,123,456", "13,900,123"), 0),
    ("Common shares issued and outstanding", ("14,123,456", "13,900,123"), 0),
    ("Common shares outstanding (in thousands)", ("14,123", "13,900"), 3),
    ("Shares of common stock outstanding (millions)", ("14", "13"), 6),
    ("Limited partnership units outstanding", ("14,123,456", "13,900,123"), 0),
]


@pytest.mark.parametrize("scale", [3, 6])
@pytest.mark.parametrize(("label", "shown", "power"), COUNTS)
def test_shares_under_a_balance_sheet(label: str, shown: tuple[str, str], power: int, scale: int) -> None:
    made = next(c for c in map(company, range(30)) if c.income.scale == scale)
    counted = tuple(
        (label, period, "shares", Decimal(text.replace(",", "")).scaleb(power), True)
        for period, text in zip(made.balance.periods, shown, strict=True)
    )
    grid = replace(made.balance, rows=(*made.balance.rows, Row(label, shown=shown)))
    assert faults(replace(page_of(made, (made.income, grid, made.cash)), extra=counted), "simple") == ()


ISSUED = [
    "Common stock ($0.10 par; 100,000,000 authorized; 45,123,000 issued; {before} - 44,900,000 issued)",
    "Common stock, $0.10 par value, authorized 100,000,000 shares, issued 45,123,000 shares; 44,900,000 in {before}",
]


@pytest.mark.parametrize("label", ISSUED)
def test_a_count_without_a_date_beside_one_of_the_year_before(label: str) -> None:
    made = company(1, interim=False)
    now, before = made.balance.periods
    counts: dict[str, tuple[tuple[str, str], ...]] = {
        now: (("100000000", "shares"), ("45123000", "shares"), ("0.10", "USD/shares")),
        before: (("100000000", "shares"), ("44900000", "shares"), ("0.10", "USD/shares")),
    }
    inner: tuple[Expected, ...] = tuple(
        ("", period, unit, Decimal(value), True) for period, told in counts.items() for value, unit in told
    )
    rows = tuple(
        replace(r, label=label.format(before=before[:4]), name="Common stock") if r.label == "Common stock" else r
        for r in made.balance.rows
    )
    page = page_of(made, (made.income, replace(made.balance, rows=rows), made.cash))
    assert faults(replace(page, extra=inner), "simple") == ()


# --- lines and pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("start", ["Interest expense", "Other income"])
def test_figures_on_the_line_above_or_below_their_label(start: str, above: bool) -> None:
    made = company(5)
    lines = text_grid(made.income)
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {start}"))
    pair = [lines[at][:44].rstrip(), " " * 44 + lines[at][44:]]
    lines[at : at + 1] = pair[::-1] if above else pair
    page = Page(
        (Text(made.name), Raw("", "\n".join(lines)), made.balance, made.cash), extra=tuple(expected(made.income))
    )
    assert faults(page, "plain") == ()


@pytest.mark.parametrize("cut", [0, 1])
def test_a_label_torn_by_a_page_end_is_one(cut: int) -> None:
    made = company(1)
    lines = text_grid(made.balance)
    at = next(i for i, line in enumerate(lines) if line.lstrip().startswith("equity"))
    page_end = ["", "                                   F-3", "\f"]
    lines[at - cut : at - cut] = page_end
    page = Page(
        (Text(made.name), made.income, Raw("", "\n".join(lines)), made.cash), extra=tuple(expected(made.balance))
    )
    assert faults(page, "plain") == ()


# --- the cover -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["10-QT", "10-KT", "10-K"])
def test_the_end_of_a_transition_period(form: str) -> None:
    cover = f"""SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549

FORM {form}

[ ] QUARTERLY REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934
[X] TRANSITION REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934
For the transition period from July 1, 1998 to December 31, 1998

Commission file number 1-12345

PELLBROOK INSTRUMENTS, INC.
(Exact name of registrant as specified in its charter)
"""
    facts = {f.concept: f.value for f in read_cover(read(cover.encode(), "x.txt").value).value}
    assert facts["DocumentPeriodEndDate"] == "1998-12-31" and facts["DocumentType"] == form


# --- columns and pages of HTML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["word", "plain"])
def test_a_column_of_references_to_notes_is_no_alarm(layout: str) -> None:
    made = company(2)
    notes = {"Inventories": "3", "Property": "4", "Goodwill": "5", "Long-term debt": "7", "Common stock": "10"}
    rows = tuple(
        replace(r, shown=(next((n for s, n in notes.items() if r.label.startswith(s)), ""), *printed(r)))
        if r.values
        else r
        for r in made.balance.rows
    )
    grid = replace(made.balance, rows=rows, heads=tuple((("Note", 1), *level) for level in made.balance.heads))
    found = verdict(page_of(made, (made.income, grid, made.cash)), layout)
    assert (found.lost, found.wrong, found.told) == ((), (), ())


@pytest.mark.parametrize("layout", ["simple", "workiva", "edgar"])
def test_the_last_row_of_a_statement_alone_on_the_next_page(layout: str) -> None:
    made = company(1, interim=False)
    rows = made.balance.rows
    first = replace(made.balance, rows=(*rows[:-1], Row("Total Liabilities and Stockholders'")))
    rest = replace(rows[-1], label="Equity", name="Total Liabilities", rule=False)
    last = replace(made.balance, titles=(), caption="", heads=(), rows=(rest,))
    assert faults(page_of(made, (made.income, first, PageEnd(5), last, made.cash)), layout) == ()


@pytest.mark.parametrize(
    "struck",
    [
        "<del>99</del>",
        "<strike>1,111</strike>",
        '<span style="text-decoration:line-through">9</span>',
        '<span style="mso-hide:all">9</span>',
    ],
)
def test_what_is_struck_out_is_not_read(struck: str) -> None:
    made = company(6)
    rows = tuple(replace(r, shown=tuple(t + struck for t in printed(r))) if r.values else r for r in made.income.rows)
    assert faults(page_of(made, (replace(made.income, rows=rows), made.balance, made.cash)), "simple") == ()


def test_a_dividend_in_a_note_below_a_statement_is_no_par_value() -> None:
    made = company(4)
    note = Row("Note: Cash dividends declared were $.20 per share in each year.")
    grids = [replace(g, rows=(*g.rows, note)) for g in made.parts]
    assert faults(page_of(made, grids), "simple") == ()


def typed(text: str, x: float, y: float, size: float) -> list[Placed]:
    """The words of a line in type of a size, half as wide as high, with blanks of a quarter."""
    words = []
    for word in text.split():
        words.append(Placed(x0=x, x1=x + len(word) * size / 2, y=y, text=word, at=0, size=size))
        x = words[-1].x1 + size / 4
    return words


def test_words_of_larger_type_are_one_heading() -> None:
    words = [*typed("Years Ended December 31,", 150, 10, 12)]
    for n, label in enumerate(("Net sales of valves", "Cost of the goods sold", "Net income")):
        words += [*typed(label, 20, 30 + 12 * n, 8), *typed("17,111", 160, 30 + 12 * n, 8)]
        words += typed("16,901", 220, 30 + 12 * n, 8)
    heading = next(iter(lay(words, 8)))
    assert [text for _, text, _ in heading] == ["Years", "Ended", "December", "31,"]
    assert [b[0] - a[0] for a, b in pairwise(heading)] == [6, 6, 9]
