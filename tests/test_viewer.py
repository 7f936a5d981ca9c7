"""The viewer says of each fact how it stands, why it carries its element, and where it was read."""

from __future__ import annotations

from pathlib import Path

import capxbrl as cx
from capxbrl import gate, viewer


def test_every_fact_has_a_note(reference: Path, tmp_path: Path) -> None:
    made = cx.convert(reference)
    page = made.files["viewer.html"].decode()
    for fact in made.facts:
        assert page.count(f' id="{fact.id}" title="') == 1, fact.id
    told = viewer.note(next(f for f in made.facts if f.id == "f-bs-12-1"))
    assert told.startswith("Total: proved; capx-gaap:Assets, confidence ")
    assert told.endswith(f"{reference.name}:126:8") or f"{reference.name}:" in told
    made.save(tmp_path / "out")
    assert gate.holds_viewer(tmp_path / "out")


def test_notes_are_escaped_and_nothing_else_changes(reference: Path) -> None:
    report = cx.convert(reference, validate=False).report
    page = '<p id="x">a</p><i id="f-bs-1-1">b</i>'
    assert viewer.annotated(page, report) == page
    fact = report.facts[0]
    told = viewer.annotated(f'<i id="{fact.id}">b</i>', report)
    assert told.count('"') == 4 and "<i id=" in told
