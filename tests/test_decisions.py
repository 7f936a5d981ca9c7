"""Decisions are made by witnesses: who outranks whom, and how a decision stands."""

from __future__ import annotations

import pytest

from capxbrl.decisions import YOU, decide, weakest
from capxbrl.model import Standing, Witness


def said(value: str) -> Witness:
    return Witness(value=value, says="a caption")


def proof(value: str, *, against: bool = False) -> Witness:
    return Witness(value=value, says="arithmetic", independent=True, against=against)


@pytest.mark.parametrize(
    ("heard", "value", "standing"),
    [
        ([], "0", Standing.DOUBTFUL),
        ([said("3")], "3", Standing.STATED),
        ([said("3"), proof("3")], "3", Standing.PROVED),
        ([said("3"), said("6")], "3", Standing.DOUBTFUL),
        ([said("3"), proof("6")], "6", Standing.DOUBTFUL),
        ([proof("3")], "3", Standing.PROVED),
        ([said("3"), proof("3", against=True)], "3", Standing.DOUBTFUL),
        ([said("3"), proof("6", against=True)], "3", Standing.STATED),
        ([said("3"), proof("6"), Witness(value="0", says=YOU)], "0", Standing.STATED),
    ],
)
def test_the_judge(heard: list[Witness], value: str, standing: Standing) -> None:
    made = decide("scale", heard, default="0")
    assert (made.value, made.standing) == (value, standing)


def test_a_fact_is_as_sure_as_its_weakest_decision() -> None:
    assert weakest([Standing.PROVED, Standing.STATED]) is Standing.STATED
    assert weakest([Standing.DOUBTFUL, Standing.PROVED]) is Standing.DOUBTFUL
    assert weakest([]) is Standing.PROVED
