"""Who audited: at captions, in tables, in a row, at the signature; and what names no auditor."""

from __future__ import annotations

import pytest

from capxbrl.cover import read_cover
from capxbrl.readers import read

COVER = """SECURITIES AND EXCHANGE COMMISSION
WASHINGTON, D.C. 20549

FORM 10-K
ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d)

For the fiscal year ended December 31, 2023

CEDAR HINGES, INC.
(Exact name of registrant as specified in its charter)

Item 14. Principal Accountant Fees and Services

"""
ALL = {"AuditorName": "Birch & Vale LLP", "AuditorLocation": "Denver, Colorado", "AuditorFirmId": "4242"}


def told(text: str, name: str = "page.txt") -> dict[str, str]:
    facts, _ = read_cover(read((COVER + text).encode(), name).value)
    return {f.concept: f.value for f in facts if f.concept.startswith("Auditor")}


@pytest.mark.parametrize(
    "text",
    [
        "Auditor Name: Birch & Vale LLP\nAuditor Location: Denver, Colorado\nAuditor Firm ID: 4242\n",
        "Auditor Firm ID: 4242   Auditor Name: Birch & Vale LLP   Auditor Location: Denver, Colorado\n",
        "Our auditor is Birch & Vale LLP, Denver, Colorado, PCAOB ID 4242.\n",
        "Birch & Vale LLP; Denver, Colorado; (PCAOB ID No. 4242)\n",
        "Report of Birch & Vale LLP, Denver, Colorado (PCAOB Firm ID: 4242)\n",
        "Report of Independent Registered Public Accounting Firm (PCAOB ID: 4242)\n\nWe have audited the statements."
        "\n\n/s/ Birch & Vale LLP\n\nDenver, Colorado\nMarch 1, 2024\n",
    ],
)
def test_name_place_and_number(text: str) -> None:
    assert told(text) == ALL


def test_in_a_table() -> None:
    head = "".join(f"<p>{line}</p>" for line in COVER.splitlines() if line)
    columns = (
        "<table><tr><td>Auditor Name</td><td>Auditor Location</td><td>Auditor Firm ID</td></tr>"
        "<tr><td>Birch &amp; Vale LLP</td><td>Denver, Colorado</td><td>4242</td></tr></table>"
    )
    rows = (
        "<table><tr><td>Auditor Name:</td><td>Birch &amp; Vale LLP</td></tr><tr><td>Auditor Location:</td>"
        "<td>Denver, Colorado</td></tr><tr><td>Auditor Firm ID:</td><td>4242</td></tr></table>"
    )
    for table in (columns, rows):
        facts, _ = read_cover(read(f"<html><body>{head}{table}</body></html>".encode(), "page.htm").value)
        assert {f.concept: f.value for f in facts if f.concept.startswith("Auditor")} == ALL


@pytest.mark.parametrize(
    "text",
    [
        "We followed the standards of the PCAOB.\n\n/s/ Birch & Vale LLP\nDenver, Colorado\n",
        "We are a public accounting firm registered with the PCAOB and are required to be independent in 2023.\n",
        "The firm identified 4242 loans.\n",
    ],
)
def test_what_names_no_number(text: str) -> None:
    assert told(text) == {}
