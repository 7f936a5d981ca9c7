"""What a caller may choose: the record, what may be assumed, and what the command line makes of it."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import capxbrl as cx
from capxbrl import pipeline
from capxbrl.cli import main
from capxbrl.model import Kind, Period, Unit
from capxbrl.options import Assumptions, Options, WrongOption, assumptions, choose


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_record_is_frozen_and_compares_by_value() -> None:
    made = choose(overrides=["mine.csv"], formats=iter(["facts"]), assume={"scale": 3})
    assert made == Options(overrides=("mine.csv",), formats=("facts",), assume=Assumptions(scale=3))
    assert hash(made) == hash(choose(overrides=("mine.csv",), formats=("facts",), assume=Assumptions(scale=3)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.repair = True  # type: ignore[misc]


def test_a_name_that_is_no_option_is_told(reference: Path) -> None:
    with pytest.raises(TypeError, match="scael"):
        cx.convert(reference, scael=3)


def test_everything_that_may_be_assumed() -> None:
    made = assumptions(
        {"scale": 3, "shares-scale": "0", "currency": "CAD", "period": "2009-07-01/2009-09-30", "year-end": "02-29"}
    )
    assert made == Assumptions(
        scale=3,
        shares_scale=0,
        currency="CAD",
        period=Period(start=date(2009, 7, 1), end=date(2009, 9, 30)),
        year_end=(2, 29),
    )
    assert assumptions(made.said()) == made
    assert assumptions({"shares_scale": 6, "year-end": "06-30"}).said() == {"shares-scale": "6", "year-end": "06-30"}
    assert not assumptions({}).said()


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("scales", "3", "known: scale, shares-scale, currency, period, year-end"),
        ("scale", "thousands", "a power of ten"),
        ("scale", "-3", "a power of ten"),
        ("scale", "13", "a power of ten"),
        ("shares-scale", "", "a power of ten"),
        ("currency", "cad", "ISO 4217"),
        ("currency", "C$", "ISO 4217"),
        ("period", "2009-09-31", "a date such as"),
        ("period", "2009-09-30/2009-07-01", "a date such as"),
        ("period", "/2009-07-01", "a date such as"),
        ("year-end", "2-29", "a month and a day"),
        ("year-end", "02-30", "a month and a day"),
    ],
)
def test_what_cannot_be_assumed_says_what_can(key: str, value: str, word: str, reference: Path) -> None:
    with pytest.raises(WrongOption, match=word):
        assumptions({key: value})
    for command in ("facts", "check", "unknown"):
        done = run(command, reference, "--assume", f"{key}={value}")
        assert done.exit_code == 2 and word in done.stderr and not done.stdout


def test_an_assumption_has_a_key_and_a_value(reference: Path) -> None:
    done = run("check", reference, "--assume", "scale")
    assert done.exit_code == 2 and "KEY=VALUE" in done.stderr


def test_what_no_decision_heeds_is_said(reference: Path) -> None:
    document, _ = pipeline.load(reference)
    assert not [f for f in pipeline.analyse(document).findings if f.code == "options.unheard"]
    chosen = choose(assume={"currency": "CAD", "year-end": "06-30", "period": "2009-12-31"})
    told = [f.message for f in pipeline.analyse(document, chosen).findings if f.code == "options.unheard"]
    assert told == ["--assume period=2009-12-31 changed nothing", "--assume year-end=06-30 changed nothing"]


def test_a_scale_of_shares_that_the_user_says(reference: Path) -> None:
    document, _ = pipeline.load(reference)
    made, found = pipeline.analyse(document, choose(assume={"shares-scale": "6"}))
    plain, _ = pipeline.analyse(document)
    assert "options.unheard" not in {f.code for f in found}
    counts = {f.id: f.value for f in plain.facts if f.statement is Kind.INCOME_STATEMENT and f.unit is Unit.SHARES}
    assert counts and {f.id: f.value for f in made.facts if f.id in counts} == {k: v * 1000 for k, v in counts.items()}


def test_strict_makes_an_error_of_what_is_doubtful() -> None:
    """A total that is not the sum of its parts: its figure is in doubt."""
    case = str(Path(__file__).parent / "cases" / "foot.difference" / "input.txt")
    assert run("facts", case).exit_code == 0
    done = run("facts", case, "--strict")
    assert done.exit_code == 1 and "[reading.doubtful]" in done.stderr and ",doubtful," in done.stdout


def test_a_repair_goes_by_the_callers_own_rows(reference: Path, tmp_path: Path) -> None:
    """The relations that find a slip rest on the concepts, so on the caller's overrides and learned table too."""
    document, _ = pipeline.load(reference)
    missing = Options(repair=True, overrides=(tmp_path / "absent.csv",))
    with pytest.raises(cx.BadData, match="absent"):
        pipeline.repaired(document, missing)
    with pytest.raises(cx.BadData, match="no such file"):
        pipeline.repaired(document, Options(learned=tmp_path / "absent.zip"))
