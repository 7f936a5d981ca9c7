"""Precedents: nearer companies count more, the filer's own earlier lines most, and nothing is said of a line nobody
showed.
"""

from __future__ import annotations

import pytest

from capxbrl.learning import datasets, examples
from capxbrl.tagging.models import precedents
from capxbrl.tagging.models.lines import Seen
from capxbrl.taxonomy import load

TYPES = {c.name: c.type for c in load().concepts.values()}
CONCEPTS = ("", *sorted(TYPES))


def filing(company: str, *lines: tuple[str, str]) -> datasets.Filing:
    return datasets.Filing(company, f"{company}-1", (datasets.Shown("BS", True, lines),))


def lines(*labels: str) -> list[Seen]:
    return examples.seen(datasets.Shown("BS", True, tuple((label, "") for label in labels)), TYPES)


COMMON = [
    filing(str(n), ("Cash", "Cash"), (f"Thing {n}", "OtherAssetsCurrent"), ("Sundry", "OtherAssetsNoncurrent"))
    for n in range(5)
]
ODD = filing(
    "odd",
    ("Cash", "Cash"),
    ("Kilns", "MachineryAndEquipmentGross"),
    ("Bricks", "InventoryNet"),
    ("Sundry", "OtherAssets"),
)


def test_the_company_with_the_same_lines_outvotes_the_many() -> None:
    known = examples.precedents_of([*COMMON, ODD], TYPES, CONCEPTS)
    ((_, _, sundry),) = precedents.said(known, [lines("Kilns", "Bricks", "Sundry")])
    assert max(sundry.votes, key=lambda v: sundry.votes[v]) == "OtherAssets" and sundry.near > 0.5
    ((stranger, sundry),) = precedents.said(known, [lines("Never seen", "Sundry")])
    assert stranger == precedents.NOTHING
    assert max(sundry.votes, key=lambda v: sundry.votes[v]) == "OtherAssetsNoncurrent"
    assert sum(sundry.votes.values()) == pytest.approx(1)


def test_what_most_filings_of_a_company_say_then_the_last() -> None:
    tags = ["OtherAssets", "OtherAssetsNoncurrent", "OtherAssetsNoncurrent", "OtherAssets"]
    known = examples.precedents_of([filing("a", ("Sundry", tag)) for tag in tags[:3]], TYPES, CONCEPTS)
    assert precedents.said(known, [lines("Sundry")])[0][0].votes == {"OtherAssetsNoncurrent": 1.0}
    known = examples.precedents_of([filing("a", ("Sundry", tag)) for tag in tags], TYPES, CONCEPTS)
    assert precedents.said(known, [lines("Sundry")])[0][0].votes == {"OtherAssets": 1.0}


def test_the_filers_own_element_is_a_vote() -> None:
    known = examples.precedents_of([filing("a", ("Gizmos", ""))], TYPES, CONCEPTS)
    assert precedents.said(known, [lines("Gizmos")])[0][0].votes == {"": 1.0}


def test_saved_and_restored() -> None:
    known = examples.precedents_of([*COMMON, ODD], TYPES, CONCEPTS)
    members = precedents.save(known)
    again = precedents.restore(members, CONCEPTS)
    page = [lines("Cash", "Kilns", "Sundry")]
    assert precedents.said(again, page) == precedents.said(known, page)
    assert precedents.save(again) == members
    with pytest.raises(ValueError, match="name a concept"):
        precedents.restore(members, CONCEPTS[:3])
    with pytest.raises(KeyError):
        precedents.restore({k: v for k, v in members.items() if "company" not in k}, CONCEPTS)
    broken = members | {"precedents-counts.npy": members["precedents-statement.npy"]}
    with pytest.raises(ValueError, match="do not fit each other"):
        precedents.restore(broken, CONCEPTS)


def test_nothing_known_nothing_said() -> None:
    known = examples.precedents_of([], TYPES, CONCEPTS)
    assert precedents.said(known, [lines("Cash"), []]) == [[precedents.NOTHING], []]
