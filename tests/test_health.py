"""`capxbrl doctor`: what is there, what is optional and absent, and what is wrong."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from click.testing import CliRunner, Result

from capxbrl import health, pipeline, plugins
from capxbrl.cli import main
from capxbrl.findings import BadData
from capxbrl.health import State

ROOT = Path(__file__).resolve().parent.parent


def doctor(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, words)])


def states(checks: tuple[health.Check, ...]) -> dict[str, State]:
    return {f"{check.area} {check.name}": check.state for check in checks}


@pytest.fixture
def no_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversion at the end takes a second."""
    monkeypatch.setattr(health, "_trial", lambda: iter(()))


def test_an_installation_that_works_is_well() -> None:
    done = doctor()
    assert done.exit_code == 0 and done.stdout.endswith("all is well\n"), done.output
    assert "  ok      conversion" in done.stdout and f"arelle-release  {version('arelle-release')}" in done.stdout


@pytest.mark.usefixtures("no_trial")
def test_the_record_is_as_its_schema_says() -> None:
    told = json.loads(doctor("--json").stdout)
    jsonschema.validate(told, json.loads((ROOT / "docs" / "schema" / "doctor.json").read_text(encoding="utf-8")))
    assert {check["area"] for check in told["checks"]} >= {
        "versions",
        "extras",
        "data",
        "packages",
        "plug-in",
        "limits",
    }


@pytest.mark.usefixtures("no_trial")
def test_an_absent_extra_is_no_fault_and_a_dependency_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> str:
        if name in ("openpyxl", "rich"):
            raise PackageNotFoundError(name)
        return "2.46.0" if name == "arelle-release" else version(name)

    monkeypatch.setattr(health, "version", without)
    checks = health.examine()
    found = states(checks)
    assert found["extras excel"] is State.ABSENT and found["versions rich"] is State.WRONG
    assert found["versions arelle-release"] is State.WRONG and not health.is_well(checks)
    (arelle,) = (c for c in checks if c.name == "arelle-release")
    assert arelle.found == "2.46.0, not <2.48,>=2.47" and arelle.hint == "pip install 'arelle-release<2.48,>=2.47'"
    assert doctor().exit_code == 1


@pytest.mark.parametrize(
    ("have", "asked", "fits"),
    [
        ("2.47.3", ">=2.47,<2.48", True),
        ("2.48", ">=2.47,<2.48", False),
        ("10.0", ">=9", True),
        ("3.0.0rc1", ">=3", True),
        ("1", "", True),
    ],
)
def test_versions_are_compared_as_numbers(have: str, asked: str, fits: bool) -> None:
    assert health._fits(have, asked) is fits


@pytest.mark.usefixtures("no_trial")
def test_what_was_named_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    done = doctor("--packages", tmp_path, "--edgar-plugin", tmp_path)
    assert done.exit_code == 1
    assert (
        "wrong   broken.zip" in done.stdout and "wrong   EDGAR" in done.stdout and "2 things are wrong" in done.stdout
    )
    assert "no taxonomy package in" in doctor("--packages", tmp_path / "gone").stdout


@pytest.mark.usefixtures("no_trial")
def test_the_packages_of_a_folder_are_named(shared: Path) -> None:
    found = [c for c in health.examine((shared / "taxonomies",)) if c.area == "packages"]
    assert [(c.name, c.state, c.found) for c in found] == [("us-gaap-2009.zip", State.OK, "us-gaap 2009")]


@pytest.mark.usefixtures("no_trial")
def test_a_broken_addition_and_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(kind: str) -> tuple[tuple[str, ModuleType], ...]:
        raise BadData(f"the addition x of somebody is none to capxbrl.{kind}")

    def nothing(using: str | None = None) -> webbrowser.BaseBrowser:
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(plugins, "added", broken)
    monkeypatch.setattr(webbrowser, "get", nothing)
    found = states(health.examine())
    assert found["additions rules"] is State.WRONG and found["browser browser"] is State.ABSENT


@pytest.mark.usefixtures("no_trial")
def test_what_cannot_be_imported_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_gate(*_: object) -> Iterator[health.Check]:
        raise ImportError("no module named arelle")

    monkeypatch.setattr(health, "_packages", no_gate)
    (wrong,) = (check for check in health.examine() if check.state is State.WRONG)
    assert (wrong.area, wrong.found) == ("packages", "ImportError: no module named arelle") and wrong.hint


def test_a_trial_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("libxml2 is of another version")

    monkeypatch.setattr(pipeline, "convert", fails)
    (trial,) = (check for check in health.examine() if check.area == "trial")
    assert trial.state is State.WRONG and trial.found == "RuntimeError: libxml2 is of another version"
