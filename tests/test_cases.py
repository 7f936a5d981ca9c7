"""Golden cases: what each filing of tests/cases gives. `pytest --accept` rewrites the expectations."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.model import Document, text_at
from capxbrl.writers import facts as facts_writer
from capxbrl.writers import findings as findings_writer

CASES = Path(__file__).parent / "cases"
EXAMPLES = CASES.parent.parent / "examples"


def source(case: Path) -> Path:
    """The input of a case: a file `input.*` of its folder, or the example of the same name."""
    return next(iter(sorted(case.glob("input.*"))), EXAMPLES / f"{case.name}.txt")


def expect(path: Path, text: str, accept: bool) -> None:
    if accept:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path} differs; `pytest --accept` and git diff show how"


@pytest.fixture(params=sorted(p for p in CASES.iterdir() if p.is_dir()), ids=lambda p: p.name)
def case(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_facts_and_findings(case: Path, accept: bool) -> None:
    document, found = pipeline.load(source(case))
    made, more = pipeline.analyse(document)
    rows = csv.DictReader(io.StringIO(facts_writer.as_csv(made.report)))
    buffer = io.StringIO()
    # Confidence moves with what was learned; what is claimed does not.
    columns = [c for c in facts_writer.COLUMNS if c not in ("confidence", "why")]
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    expect(case / "expected.facts.csv", buffer.getvalue(), accept)
    expect(case / "expected.findings.txt", findings_writer.as_text([*found, *more], document), accept)


def test_every_fact_stands_where_it_says(case: Path) -> None:
    document: Document = pipeline.load(source(case)).value
    made, _ = pipeline.analyse(document)
    lines = document.text.splitlines()
    assert made.report.facts
    for fact in made.report.facts:
        assert text_at(document, fact.span) == fact.shown
        assert fact.at.line and fact.at.column
        assert lines[fact.at.line - 1][fact.at.column - 1 :].startswith(fact.shown.split("\n")[0])


def test_the_same_input_gives_the_same_facts(case: Path) -> None:
    document = pipeline.load(source(case)).value
    first, second = (pipeline.analyse(document)[0].report for _ in range(2))
    assert facts_writer.as_json(first) == facts_writer.as_json(second)
