"""The benchmarks run, and what they measure on is what it says it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import capxbrl as cx

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import documents  # noqa: E402
from peers import peers  # noqa: E402


@pytest.mark.parametrize("make", [documents.text, documents.html])
def test_a_made_up_document_has_the_facts_it_says(make) -> None:
    made = cx.convert(make(2, 24, 3, 1), validate=False)
    assert [len(statement.lines) for statement in made.statements] == [24, 24]
    assert {len(line.amounts) for statement in made.statements for line in statement.lines} == {3}


@pytest.mark.parametrize("style", ["text", "html"])
def test_a_sized_document_is_about_that_long(style: str) -> None:
    assert 0.8 < len(documents.sized(style, 100_000)) / 100_000 < 1.2


def test_filings_still_add_up(tmp_path: Path, reference: Path) -> None:
    documents.filings(tmp_path / "in", reference.read_text(encoding="utf-8"), 3)
    first, third = (cx.convert(tmp_path / "in" / f"f0000{n}.txt", validate=False) for n in (0, 2))
    assert (tmp_path / "in" / "f00000.txt").read_bytes() == reference.read_bytes()
    whole = [i for i, fact in enumerate(first.facts) if fact.unit == "USD" and fact.value == int(fact.value)]
    assert len(whole) >= 100
    values = [(third.facts[i].value, 3 * first.facts[i].value) for i in whole if first.facts[i].place != "label"]
    assert [pair for pair in values if pair[0] != pair[1]] == []


def test_the_peers_read_the_cells_of_a_page() -> None:
    page = documents.html(1, 4, 2, 1)
    grid = peers()["lxml grid"](page)
    assert grid[0][1] == ["Net sales", "$", "3,000", "$", "3,931"]
    assert len(peers()["pandas.read_html"](page)[0]) == 5


@pytest.mark.parametrize("parts", [["filings", "peers"], ["growth"], ["start", "memory"], ["batch"]])
def test_the_benchmarks_run(parts: list[str]) -> None:
    words = [sys.executable, str(BENCHMARKS / "run.py"), *parts, "--largest", "0.02", "--count", "4", "--patience", "0"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    tables = done.stdout.count("\n## ")
    assert tables == len(parts)
    assert all(line.count("|") > 3 for line in done.stdout.splitlines() if line.startswith("|"))


def test_an_unknown_part_is_told() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "run.py"), "sped"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no such part: sped" in done.stderr
