"""The transformations of the SEC that stand on the words of a cover (reports/registry.py)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

import capxbrl as cx
from capxbrl.gate.sec import plug_in
from capxbrl.reports import registry
from capxbrl.reports.registry import transformation

COVER = (Path(__file__).parent / "cases" / "annual-report" / "input.txt").read_text(encoding="utf-8")
STATE = "EntityIncorporationStateCountryCode"


@pytest.mark.parametrize(
    ("concept", "words", "value", "expected"),
    [
        (STATE, "Delaware", "DE", "stateprovnameen"),
        (STATE, "new\nHampshire", "NH", "stateprovnameen"),
        (STATE, "District of Columbia", "DC", "stateprovnameen"),
        (STATE, "Ontario", "A6", "edgarprovcountryen"),
        (STATE, "Cayman Islands", "E9", "edgarprovcountryen"),
        ("EntityAddressStateOrProvince", "Ontario", "ON", "stateprovnameen"),
        ("EntityAddressCountry", "Bermuda", "BM", "countrynameen"),
        ("SecurityExchangeName", "The NASDAQ Stock Market LLC", "NASDAQ", "exchnameen"),
        ("SecurityExchangeName", "New York Stock Exchange", "NYSE", "exchnameen"),
        ("EntityFilerCategory", "Non-accelerated filer", "Non-accelerated Filer", "entityfilercategoryen"),
    ],
)
def test_words_of_which_the_registry_makes_the_value(concept: str, words: str, value: str, expected: str) -> None:
    assert transformation(concept, words, value) == f"ixt-sec:{expected}"


@pytest.mark.parametrize(
    ("concept", "words", "value"),
    [
        (STATE, "DELAWARE", "DE"),  # the registry takes no capitals
        (STATE, "State of Delaware", "DE"),
        (STATE, "Delaware", "MD"),  # the value is from elsewhere
        (STATE, "Republic of Panama", "R1"),
        ("EntityAddressStateOrProvince", "Conn.", "CT"),
        ("SecurityExchangeName", "American Stock Exchange", "NYSEAMER"),
        ("EntityRegistrantName", "Delaware", "DE"),
    ],
)
def test_words_that_stay_hidden(concept: str, words: str, value: str) -> None:
    assert transformation(concept, words, value) == ""


def test_the_state_of_a_cover_stands_in_its_place() -> None:
    made = cx.convert(COVER.encode(), name="a.txt", profile="edgar", taxonomy="us-gaap-2025", cik="1", validate=False)
    (fact,) = [f for f in made.facts if f.concept.name == STATE]
    assert (fact.shown, fact.value, fact.format) == ("Ohio", "OH", "ixt-sec:stateprovnameen")
    page = made.files[made.report.page].decode()
    assert 'format="ixt-sec:stateprovnameen">Ohio</ix:nonNumeric>' in page
    assert 'xmlns:ixt-sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31"' in page
    for profile, name in (("open", "us-gaap-2025"), ("edgar", "us-gaap-2009")):
        made = cx.convert(COVER.encode(), name="a.txt", profile=profile, taxonomy=name, cik="1", validate=False)
        assert b"ixt-sec" not in made.files[made.report.page]


@pytest.mark.skipif(plug_in(None) is None, reason="the plug-in EDGAR is not at hand (CAPXBRL_EDGAR)")
def test_the_plug_in_makes_the_same_of_every_name() -> None:
    made = loaded()
    for concept, transformations in registry._OF.items():
        for which, names in transformations.items():
            for name, value in names.items():
                words = name.title().replace("Of", "of")
                if transformation(concept, words, value) == f"ixt-sec:{which}":
                    assert getattr(made, which)(words) == value, (which, words)


def loaded() -> Any:
    module = plug_in(None)
    assert module is not None
    spec = importlib.util.spec_from_file_location(
        "sec_transform", module, submodule_search_locations=[str(module.parent)]
    )
    assert spec is not None and spec.loader is not None
    sys.modules["sec_transform"] = made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made
