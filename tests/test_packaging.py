"""What is installed is what is in the tree, and a wheel alone converts a filing."""

from __future__ import annotations

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def listed() -> set[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return {name for name in config["options"]["packages"].split() if name}


def test_the_package_list_is_the_tree() -> None:
    found = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "capxbrl").rglob("__init__.py")}
    assert listed() == found | {"capxbrl.taxonomies", "capxbrl.templates"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    # From a copy: a build leaves folders behind.
    names = ["setup.cfg", "pyproject.toml", "README.md", "LICENSE", "capxbrl", "taxonomies", "templates"]
    source.mkdir()
    subprocess.run(["cp", "-r", *(str(ROOT / n) for n in names), str(source)], check=True)
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_has_the_templates_and_the_taxonomies(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, package in (("taxonomies", "capxbrl/taxonomies"), ("templates", "capxbrl/templates")):
        files = [
            p.relative_to(ROOT / folder)
            for p in (ROOT / folder).rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        ]
        assert {f"{package}/{path.as_posix()}" for path in files} <= set(names)
    assert not [n for n in names if "__pycache__" in n or n.endswith(".pyc")]


def test_a_wheel_alone_converts_a_filing(wheel: Path, reference: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import capxbrl; assert "
        "capxbrl.__file__.startswith(sys.argv[1]), capxbrl.__file__; "
        "made = capxbrl.convert(sys.argv[2], validate=False); print(len(made.facts), 'report.xbri' in made.files)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(tmp_path / "site"), str(reference)], capture_output=True, text=True
    )
    assert done.stdout.split() == ["148", "True"], done.stderr
