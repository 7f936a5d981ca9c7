"""Transformations of the SEC: used where the plug-in EDGAR is there, and told once where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny_report import package, report

from capxbrl import gate
from capxbrl.cli import main
from capxbrl.findings import CapxbrlError
from capxbrl.gate import sec

_REGISTRY = ("xmlns:ix=", 'xmlns:own="http://www.sec.gov/inlineXBRL/transformation/2015-08-31" xmlns:ix=')
_NAME, _SHARES = (
    'name="tiny:Name" contextRef="d">Tiny Corporation',
    'decimals="INF" format="ixt:num-dot-decimal">5,000,000',
)
_TWO = (
    _REGISTRY,
    (_NAME, 'name="tiny:Name" contextRef="d" format="own:durwordsen">Two years'),
    (_SHARES, 'decimals="INF" format="own:numwordsen">five'),
)
_PLUG_IN = """
from arelle.ModelValue import qname
from .words import years
def load(transforms, *args):
    at = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
    transforms[qname(at, "own:durwordsen")] = years
    transforms[qname(at, "own:numwordsen")] = lambda text: {"five": "5"}[text]
__pluginInfo__ = {"ModelManager.LoadCustomTransforms": load}
"""


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plug-in of the same form as the SEC's."""
    folder = tmp_path / "EDGAR" / "transform"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(_PLUG_IN)
    (folder / "words.py").write_text('def years(text):\n    return {"Two years": "P2Y"}[text]\n')
    monkeypatch.setenv("CAPXBRL_EDGAR", str(folder.parent))
    return folder


@pytest.fixture
def none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sec, "plug_in", lambda given: None)


def test_without_the_plug_in_it_is_told_once(none: None, tmp_path: Path) -> None:
    made = gate.validate(package(tmp_path / "a.xbri", report(*_TWO)))
    (told,) = made.findings
    assert (told.code, told.fact) == ("gate.no-transformations", "f-name")
    assert told.message.startswith("2 facts are not judged") and "durwordsen, numwordsen" in told.message
    assert [(c.ran, c.why) for c in made.checks if c.name == "SEC transformations"] == [
        (False, "the plug-in EDGAR is not here")
    ]
    assert "valid as far as it is judged" in gate.receipt(made)


def test_other_faults_are_told_all_the_same(none: None, tmp_path: Path) -> None:
    broken = (*_TWO, ('name="tiny:PerShare" contextRef="d"', 'name="tiny:PerShare" contextRef="x"'))
    made = gate.validate(package(tmp_path / "a.xbri", report(*broken)))
    assert not made.valid and "gate.no-transformations" in {f.code for f in made.findings}


def test_a_report_without_them_is_not_concerned(none: None, tmp_path: Path) -> None:
    made = gate.validate(package(tmp_path / "a.xbri", report()))
    assert made.findings == () and "SEC transformations" not in {c.name for c in made.checks}


def test_with_the_plug_in_they_are_used(plug_in: Path, tmp_path: Path) -> None:
    made = gate.validate(package(tmp_path / "a.xbri", report(*_TWO)))
    assert made.findings == ()
    assert {f.id: f.value for f in made.facts}["f-name"] == "P2Y"
    assert [c.ran for c in made.checks if c.name == "SEC transformations"] == [True]
    wrong = (*_TWO[:1], (_NAME, 'name="tiny:Name" contextRef="d" format="own:durwordsen">no years at all'))
    assert not gate.validate(package(tmp_path / "b.xbri", report(*wrong))).valid


def test_a_plug_in_that_is_broken_is_told(plug_in: Path, tmp_path: Path) -> None:
    (plug_in / "words.py").unlink()
    (told,) = gate.validate(package(tmp_path / "a.xbri", report(*_TWO))).findings
    assert told.code == "gate.no-transformations" and "cannot be loaded (ModuleNotFoundError" in told.message
    assert gate.validate(package(tmp_path / "b.xbri", report())).findings == ()


def test_a_folder_that_is_named_and_holds_no_plug_in_is_a_mistake(plug_in: Path, tmp_path: Path) -> None:
    """What is looked for elsewhere then would judge by other rules than were meant."""
    report_of = package(tmp_path / "a.xbri", report())
    (tmp_path / "empty").mkdir()
    with pytest.raises(CapxbrlError, match=r"empty: holds no plug-in EDGAR: there is no transform/__init__\.py in it"):
        gate.validate(report_of, edgar_plugin=tmp_path / "empty")
    with pytest.raises(CapxbrlError, match="no validate/__init__"):
        gate.by_the_manual(gate.validate(report_of), report_of, edgar_plugin=tmp_path / "empty")
    done = CliRunner().invoke(main, ["validate", str(report_of), "--edgar-plugin", str(tmp_path / "empty")])
    assert done.exit_code == 2 and "holds no plug-in EDGAR" in done.stderr and "Traceback" not in done.stderr
