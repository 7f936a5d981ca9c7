"""Figures inside the labels of a balance sheet: what they are, when they hold, in what scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capxbrl.model import LineItem
from capxbrl.readers import read
from capxbrl.statements import parse_statements

FIRST, SECOND = "2023-06-30", "2022-12-31"


def line(label: str, note: str = "(in millions, except share data)", first: str = "9", second: str = "8") -> LineItem:
    rows = [
        ("", "June 30, 2023", "December 31, 2022"),
        ("Cash", "5", "4"),
        ("Total current assets", "5", "4"),
        ("Total assets", "5", "4"),
        ("Accounts payable", "2", "1"),
        ("Retained earnings", "3", "3"),
        (label, first, second),
        ("Total liabilities and equity", "5", "4"),
    ]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    source = f"<html><body><p>Balance Sheets</p><p>{note}</p><table>{cells}</table></body></html>"
    (statement,) = parse_statements(read(source.encode(), "x.htm").value).value
    return next(x for x in statement.lines if x.label.split()[0] == label.split()[0] and x.figures)


def figures(label: str, note: str = "(in millions, except share data)", **amounts: str) -> list[tuple[str, str, str]]:
    """(what, value, at the first date "1", the second "2" or both "12") of each figure."""
    out = []
    for figure in line(label, note, **amounts).figures:
        dates = {str(p) for p in figure.periods}
        value = f"{figure.amount.value.normalize():f}"
        out.append((figure.what, value, ("1" if FIRST in dates else "") + ("2" if SECOND in dates else "")))
    return out


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "Common stock, $0.01 par value, 4,000,000,000 shares authorized, 1,821,926,709 shares issued as of "
            "June 30, 2023 and"
            " 1,813,770,294 as of December 31, 2022",
            [
                ("par value", "0.01", "12"),
                ("authorized", "4000000000", "12"),
                ("issued", "1821926709", "1"),
                ("issued", "1813770294", "2"),
            ],
        ),
        (
            "Preferred stock, $0.001 par value - 10,000 shares authorized; no shares issued or outstanding",
            [
                ("par value", "0.001", "12"),
                ("authorized", "10000", "12"),
                ("issued", "0", "12"),
                ("outstanding", "0", "12"),
            ],
        ),
        (
            "Common stock, par value $0.01 per share (4,084 million shares issued of 6 billion authorized)",
            [("par value", "0.01", "12"), ("issued", "4084000000", "12"), ("authorized", "6000000000", "12")],
        ),
        (
            "Common stock - $0.50 par value: Authorized - 5.6 billion shares; Issued and outstanding - 574 "
            "million and 601 million, respectively",
            [
                ("par value", "0.5", "12"),
                ("authorized", "5600000000", "12"),
                ("issued", "574000000", "1"),
                ("outstanding", "574000000", "1"),
                ("issued", "601000000", "2"),
                ("outstanding", "601000000", "2"),
            ],
        ),
        (
            "Ordinary shares (par value €1.00; 2.0 billion shares authorized; shares issued: 2023 - 692,964,542; "
            "2022 - 709,968,796)",
            [
                ("par value", "1", "12"),
                ("authorized", "2000000000", "12"),
                ("issued", "692964542", "1"),
                ("issued", "709968796", "2"),
            ],
        ),
        (
            "Common stock, $.50 par value Authorized - 6,500,000,000 shares Issued - 3,577,103,522 shares in "
            "2023 and 2022",
            [("par value", "0.5", "12"), ("authorized", "6500000000", "12"), ("issued", "3577103522", "12")],
        ),
        (
            "Common stock, 1,000,000,000 shares authorized as of June 30, 2023 and December 31, 2022, "
            "respectively; 120,205,931 and"
            " 110,442,569 shares issued as of June 30, 2023 and December 31, 2022, respectively",
            [("authorized", "1000000000", "12"), ("issued", "120205931", "1"), ("issued", "110442569", "2")],
        ),
        (
            "Common stock, 415,000,000 shares authorized; 197,004,838 shares issued and 196,109,428 shares "
            "outstanding at June 30, 2023;"
            " 174,888,521 shares issued and 174,070,581 shares outstanding at December 31, 2022",
            [
                ("authorized", "415000000", "12"),
                ("issued", "197004838", "1"),
                ("outstanding", "196109428", "1"),
                ("issued", "174888521", "2"),
                ("outstanding", "174070581", "2"),
            ],
        ),
        (
            "Treasury stock, at cost; 308,513,185 and 308,839,832 shares",
            [("treasury", "308513185", "1"), ("treasury", "308839832", "2")],
        ),
        (
            "Receivables, less allowances of $86 in 2023 and $72 in 2022",
            [("allowance", "86000000", "1"), ("allowance", "72000000", "2")],
        ),
        (
            "Loans, less reserves for credit losses: 2023, $174; 2022, $229",
            [("allowance", "174000000", "1"), ("allowance", "229000000", "2")],
        ),
        (
            "Receivables, net of allowance of $359 and $359, respectively",
            [("allowance", "359000000", "1"), ("allowance", "359000000", "2")],
        ),
    ],
)
def test_labels(label: str, expected: list[tuple[str, str, str]]) -> None:
    assert figures(label) == expected


def test_classes_of_shares_in_parentheses_hold_when_their_sum_does() -> None:
    label = (
        "Class A stock, $0.001 par value: 300,000 shares authorized; 12,849 (Class A 5,964, Class B 6,885) "
        "and 12,460 (Class A 5,899) shares issued"
    )
    assert [f for f in figures(label) if f[0] == "issued"] == [
        ("issued", "12849", "1"),
        ("issued", "5964", "1"),
        ("issued", "6885", "1"),
        ("issued", "12460", "2"),
        ("issued", "5899", "2"),
    ]


def test_par_value_times_shares_proves_the_scale_of_shares() -> None:
    label = "Common stock, $0.25 par value; authorized - 11,200 shares; issued - 7,040 shares"
    assert figures(label, first="1,760", second="1,760")[1:] == [
        ("authorized", "11200000000", "12"),
        ("issued", "7040000000", "12"),
    ]
    # The amounts are single dollars here: a quarter of a dollar each is proof that the shares are single too.
    assert figures(label, note="", first="1,760", second="1,760")[1:] == [
        ("authorized", "11200", "12"),
        ("issued", "7040", "12"),
    ]


def test_the_note_of_scale_holds_for_shares_where_it_does_not_except_them() -> None:
    label = "Preferred stock, 8,000 shares authorized; none issued"
    assert figures(label, note="(In millions)")[0] == ("authorized", "8000000000", "12")
    assert figures(label, note="(In millions, except share data)")[0] == ("authorized", "8000", "12")
    assert figures("Common stock, 8,000,000 shares authorized", note="(In thousands)")[0] == (
        "authorized",
        "8000000",
        "12",
    )


MILLIONS = "(In millions)"


@pytest.mark.parametrize(
    ("label", "note", "expected"),
    [
        (
            "Common stock, no par value; 320,000,000 shares authorized; 127,949,220 shares issued (124,496,972 "
            "shares at December 31, 2022)",
            "",
            [("authorized", "320000000", "12"), ("issued", "127949220", "1"), ("issued", "124496972", "2")],
        ),
        (
            "Premiums, net of allowance: $10 - 2023, $9 - 2022",
            MILLIONS,
            [("allowance", "10000000", "1"), ("allowance", "9000000", "2")],
        ),
        (
            "Common stock: Issued - 1,483,463 shares - 2023 - 1,483,167 shares - 2022",
            "",
            [("issued", "1483463", "1"), ("issued", "1483167", "2")],
        ),
        (
            "Premiums, less allowances $205 (2022, $203)",
            MILLIONS,
            [("allowance", "205000000", "1"), ("allowance", "203000000", "2")],
        ),
        (
            "Premiums, less allowance of $95 ($91 in 2022)",
            MILLIONS,
            [("allowance", "95000000", "1"), ("allowance", "91000000", "2")],
        ),
        (
            "Common stock, 4,137 issued (4,070 issued in 2022)",
            MILLIONS,
            [("issued", "4137000000", "1"), ("issued", "4070000000", "2")],
        ),
        (
            "Common stock, 1,400 million shares authorized, issued 120,000,000 shares in 2023 and 119,542,527 "
            "shares in 2022",
            "",
            [("authorized", "1400000000", "12"), ("issued", "120000000", "1"), ("issued", "119542527", "2")],
        ),
        (
            "Common stock, 5,000,000 issued and 4,000,000 outstanding (4,900,000 issued and 3,900,000 "
            "outstanding at December 31, 2022)",
            "",
            [
                ("issued", "5000000", "1"),
                ("outstanding", "4000000", "1"),
                ("issued", "4900000", "2"),
                ("outstanding", "3900000", "2"),
            ],
        ),
        (
            "Preferred stock, 50,000,000 shares authorized; no shares and 35,263,585 shares issued and "
            "outstanding, respectively",
            "",
            [
                ("authorized", "50000000", "12"),
                ("issued", "0", "1"),
                ("outstanding", "0", "1"),
                ("issued", "35263585", "2"),
                ("outstanding", "35263585", "2"),
            ],
        ),
    ],
)
def test_figures_of_the_earlier_date(label: str, note: str, expected: list[tuple[str, str, str]]) -> None:
    assert figures(label, note) == expected


def test_what_is_paid_above_par_is_no_par_value() -> None:
    label = "Common stock and capital in excess of par value, 4,171 issued (4,137 issued as of December 31, 2022)"
    assert figures(label, MILLIONS) == [("issued", "4171000000", "1"), ("issued", "4137000000", "2")]


@pytest.mark.parametrize(
    "par", ["par value 10 cents", "10¢ par value", "10 cents par value", "par value 10¢ per share"]
)
def test_a_par_value_in_cents(par: str) -> None:
    found = line(f"Common stock, {par}; 3,600 shares issued", MILLIONS).figures[0].amount
    assert (found.value, found.shown, found.scale, found.decimals) == (Decimal("0.10"), "10", -2, 2)


def test_a_fraction_of_a_cent_is_no_figure() -> None:
    label = (
        "Common stock, par value 12/3¢ per share (authorized 3,600 shares; issued, net of stock repurchased "
        "at par value: 1,378 and 1,377 shares)"
    )
    assert [f[0] for f in figures(label, MILLIONS)] == ["authorized", "issued", "issued"]


def test_nobody_counts_parts_of_a_share() -> None:
    label = "Common stock; authorized 1,234.5 shares; issued 1,000.5 shares"
    expected = [("authorized", "1234500000", "12"), ("issued", "1000500000", "12")]
    assert figures(label, MILLIONS) == figures(label, "(In millions, except share data)") == expected


def test_a_point_that_stands_for_a_comma() -> None:
    label = "Common stock, par value $1; authorized 5,000 shares; 2.936 issued and 2,872 outstanding"
    assert figures(label, "(In millions)", first="2,936", second="2,936")[2:] == [
        ("issued", "2936000000", "12"),
        ("outstanding", "2872000000", "12"),
    ]
