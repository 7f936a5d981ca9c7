"""Two values for one concept, context and unit never come out, however a page is damaged; digits are ASCII or told."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capxbrl import pipeline
from capxbrl.model import Report
from capxbrl.reports.settle import consistent

_PAGE = tuple(
    """MADE-UP TRADING CORP
CONSOLIDATED BALANCE SHEETS
(In thousands)
                                   September 30,   December 31,
                                       2009            2008
Cash and cash equivalents            $ 1,100         $ 1,090
Inventories                            2,000           1,900
Total current assets                   3,100           2,990
Total assets                         $ 6,350         $ 6,310
Accounts payable                     $   350         $   310
Common stock, $1 par value, 6,000,000 shares issued
                                       6,000           6,000
Total liabilities and equity         $ 6,350         $ 6,310

CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)
                                          Nine Months Ended September 30,
                                       2009            2008
Net income                           $   540         $   310
Depreciation                             160             150
Net cash from operations                 700             460
Purchases of equipment                  (690)           (400)
Increase in cash                          10              60
Cash at beginning of period            1,090             980
Cash at end of period                $ 1,100         $ 1,040
""".splitlines()
)
_few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _digits(rows: list[str], row: int, seed: int) -> list[str]:
    """The row again, with other figures."""
    again = re.sub(r"[1-9]", lambda m: str((int(m[0]) * seed + 3) % 9 + 1), rows[row])
    return [*rows[: row + 1], again, *rows[row + 1 :]]


def _moved(rows: list[str], row: int, to: int) -> list[str]:
    rest = rows[:row] + rows[row + 1 :]
    return [*rest[: to % len(rows)], rows[row], *rest[to % len(rows) :]]


def _shifted(rows: list[str], row: int, by: int) -> list[str]:
    at = 30 + by % 30
    return [*rows[:row], rows[row][:at] + " " * (by % 7) + rows[row][at:], *rows[row + 1 :]]


def _swapped(rows: list[str], row: int, word: int) -> list[str]:
    """A word of this row for one of another: dates, scales, totals, kinds of cash."""
    pairs = "2009 2008|September December|thousands millions|end beginning|Total a|Inventories Cash|Nine Three|, .|3 8"
    old, new = pairs.split("|")[word % 9].split()
    return [*rows[:row], rows[row].replace(old, new), *rows[row + 1 :]]


_DAMAGE = st.tuples(
    st.sampled_from([_digits, _moved, _shifted, _swapped, _digits]), st.integers(0, 200), st.integers(0, 200)
)


def _clashes(report: Report) -> list[str]:
    places: dict[tuple[str, str, str], list[tuple[Decimal, int | None]]] = {}
    for fact in report.facts:
        if isinstance(fact.value, Decimal):
            key = (fact.concept.qname, fact.context, str(fact.unit))
            places.setdefault(key, []).append((fact.value, fact.decimals))
    return [str(key) for key, all_ in places.items() for a, b in combinations(all_, 2) if not consistent(a, b)]


@_few
@given(st.lists(_DAMAGE, min_size=1, max_size=8), st.integers(1, 3))
def test_no_place_has_two_values(damages: list[tuple[object, int, int]], copies: int) -> None:
    rows = [*_PAGE] * copies
    for damage, row, seed in damages:
        rows = damage(rows, row % len(rows), seed)  # type: ignore[operator]
    document = pipeline.load("\n".join(rows).encode(), "a.txt").value
    assert _clashes(pipeline.analyse(document).value.report) == []


_SCRIPTS = {
    "Arabic-Indic": 0x660,
    "Persian": 0x6F0,
    "Devanagari": 0x966,
    "Bengali": 0x9E6,
    "fullwidth": 0xFF10,
    "mathematical": 0x1D7CE,
    "Thai": 0xE50,
}
_WHERE = {
    "everywhere": r"[0-9]+",
    "a figure": r"1,100",
    "a half of a figure": r"(?<=2,)000",
    "in a label": r"6,000,000",
    "a half in a label": r"(?<=6,000,)000",
    "the par value": r"(?<=\$)1(?= par)",
    "a year": r"2009",
    "a day": r"30",
}


@pytest.mark.parametrize("where", _WHERE)
@pytest.mark.parametrize("script", _SCRIPTS)
def test_digits_of_other_scripts_are_told_and_never_written(script: str, where: str) -> None:
    other = {48 + n: _SCRIPTS[script] + n for n in range(10)}
    text = re.sub(_WHERE[where], lambda m: m[0].translate(other), "\n".join(_PAGE))
    document, told = pipeline.load(text.encode(), "a.txt")
    made, more = pipeline.analyse(document)
    for fact in made.report.facts:
        assert fact.shown.isascii() or not any(c.isdigit() for c in fact.shown)
        if isinstance(fact.value, Decimal):
            assert text.find(fact.shown) >= 0
    codes = {f.code for f in (*told, *more) if f.severity != "note"}
    # One digit alone may be a mark of a note, or a letter of another alphabet that looks like one.
    assert "read.digits" in codes or where == "the par value"


@pytest.mark.parametrize("script", _SCRIPTS)
def test_entities_and_cells_of_html_too(script: str) -> None:
    def entities(text: str) -> str:
        return "".join(f"&#{_SCRIPTS[script] + int(c)};" if c.isdigit() else c for c in text)

    rows = [
        ("", "September 30, 2009", "December 31, 2008"),
        ("Cash", entities("1,100"), "1,090"),
        ("Inventories", "2,000", entities("1,900")),
        ("Total assets", "3,100", "2,990"),
        (f"Common stock, {entities('600')} shares issued", "3,100", "2,990"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><body><p>CONSOLIDATED BALANCE SHEETS</p><p>(In thousands)</p><table>{table}</table></body></html>"
    document, told = pipeline.load(page.encode(), "a.htm")
    report = pipeline.analyse(document).value.report
    assert [f.code for f in told if f.severity != "note"] == ["read.digits"] and told[0].message.startswith(
        "not read: 3"
    )
    assert all(fact.shown.isascii() for fact in report.facts if isinstance(fact.value, Decimal))
