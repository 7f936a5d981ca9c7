"""Golden cases: what each filing of tests/cases gives. `pytest --accept` rewrites the expectations.

A case is a folder: `input.*` (or the example of its name), `expected.facts.csv`, `expected.findings.txt`, and where it
needs some, `options.json` (fields of capxbrl.options.Options; paths are those of the folder). The case of a finding has
the name of its code (docs/findings.csv). A case that is not read right yet has a README.md, which says what is right,
and no expectation.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from capxbrl import pipeline
from capxbrl.model import Document, text_at
from capxbrl.options import Options, choose
from capxbrl.writers import facts as facts_writer
from capxbrl.writers import findings as findings_writer

CASES = Path(__file__).parent / "cases"
EXAMPLES = CASES.parent.parent / "examples"
#: Formats whose lines are the lines of the file.
_TEXT = ("text", "edgar")


def source(case: Path) -> Path:
    """The input of a case: a file `input.*` of its folder, or the example of the same name."""
    return next(iter(sorted(case.glob("input.*"))), EXAMPLES / f"{case.name}.txt")


def options(case: Path) -> Options:
    path = case / "options.json"
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    given["overrides"] = [case / name for name in given.get("overrides", ())]
    if "review" in given:
        given["review"] = case / given["review"]
    return choose(**given)


def read(case: Path) -> Document:
    path = source(case)
    if path.suffix == ".pdf":
        pytest.importorskip("pypdfium2", reason="needs the extra: pip install 'capxbrl[pdf]'")
    return pipeline.load(path).value


def expect(path: Path, text: str, accept: bool) -> None:
    if accept:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path} differs; `pytest --accept` and git diff show how"


def shown(rows: Iterable[dict[str, str]]) -> str:
    """The facts as a table. Confidence moves with what was learned; what is claimed does not."""
    buffer = io.StringIO()
    columns = [c for c in facts_writer.COLUMNS if c not in ("confidence", "why")]
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


@pytest.fixture(params=sorted(p for p in CASES.iterdir() if p.is_dir()), ids=lambda p: p.name)
def case(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_facts_and_findings(case: Path, accept: bool) -> None:
    if (case / "README.md").exists() and not (case / "expected.facts.csv").exists():
        pytest.skip("not read right yet: README.md says what is right")
    read(case)
    made, found = pipeline.opened(source(case), options=options(case))
    expect(case / "expected.facts.csv", shown(facts_writer.rows(made.report)), accept)
    expect(case / "expected.findings.txt", findings_writer.as_text(found, made.document), accept)


def test_every_fact_stands_where_it_says(case: Path) -> None:
    made, _ = pipeline.analyse(read(case), options(case))
    lines = made.document.text.splitlines()
    assert made.report.facts or not made.statements
    for fact in made.report.facts:
        assert text_at(made.document, fact.span) == fact.shown
        assert fact.at.line and fact.at.column
        if made.document.format in _TEXT and not options(case).repair:
            assert lines[fact.at.line - 1][fact.at.column - 1 :].startswith(fact.shown.split("\n")[0])


def test_the_same_input_gives_the_same_facts(case: Path) -> None:
    document = read(case)
    first, second = (pipeline.analyse(document, options(case))[0].report for _ in range(2))
    assert facts_writer.as_json(first) == facts_writer.as_json(second)
