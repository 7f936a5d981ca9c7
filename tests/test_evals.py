"""The scripts that measure: reading.py counts as the shared tool does, and all.py knows every script."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from capxbrl.pipeline import analyse, load
from capxbrl.writers.facts import as_csv

EVALS = Path(__file__).resolve().parent.parent / "evals"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"evals_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("families", [False, True])
def test_reading_counts_as_the_shared_tool_does(shared: Path, families: bool) -> None:
    ours, theirs = module(EVALS / "reading.py"), module(shared / "tools" / "score.py")
    lines = (shared / "tools" / "families.txt").read_text().splitlines() if families else []
    theirs.FAMILY.update((name, number) for number, line in enumerate(lines) for name in line.split())
    _, path, truth = next(ours.documents(shared / "corpus" / "gold"))
    text = as_csv(analyse(load(path).value).value.report)
    wanted = theirs.score(theirs.load(truth.read_text()), theirs.load(text))
    found, loud = ours.converted(path)
    counted = ours.score(ours.truths(truth), found, loud, {name: line for line in lines for name in line.split()})
    shared_counts = set(wanted) - {"optional", "wrong"}
    assert {k: counted[k] for k in shared_counts} == {k: wanted[k] for k in shared_counts}
    assert counted["silent"] == (0 if loud else wanted["wrong"])


def test_every_script_is_kept_or_known_to_be_run_by_hand() -> None:
    kept = {command.split()[0] for commands in module(EVALS / "all.py").KEPT.values() for command in commands}
    scripts = {path.name for path in EVALS.glob("*.py") if "__main__" in path.read_text(encoding="utf-8")}
    by_hand = {
        "all.py",
        "batch_kills.py",
        "batch_memory.py",
        "tagging.py",
        "fuzz.py",
        "fuzz_grammar.py",
        "kept_pages.py",
        "kills.py",
        "cover.py",
        "forms.py",
        "differences.py",
        "validation.py",
    }
    assert kept == scripts - by_hand


def test_differences_are_printed_one_a_line(tmp_path: Path) -> None:
    differences = module(EVALS / "differences.py")
    for name, value, message in (("old", "1", "a"), ("new", "2", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.csv").write_text(f"label,value\nCash,{value}\nDebt,7\n")
        finding = {"code": "c.d", "severity": "note", "line": 3, "message": message, "hint": None}
        (tmp_path / name / "x.json").write_text(f'{{"findings": [{json.dumps(finding)}]}}')
    old, new = tmp_path / "old", tmp_path / "new"
    assert list(differences.differences(old, new, Path("x"))) == [
        "- fact label=Cash | value=1",
        "+ fact label=Cash | value=2",
        "- c.d note 3: a",
        "+ c.d note 3: b",
    ]
    assert list(differences.differences(old, old, Path("x"))) == []
