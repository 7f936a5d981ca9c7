"""The examples and the blocks of the README run as they stand."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


def call(words: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, env=os.environ | {"PATH": path})


def test_quickstart(tmp_path: Path) -> None:
    done = call([sys.executable, str(EXAMPLES / "quickstart.py")], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "148 facts in 2 statements" in done.stdout
    assert (tmp_path / "out" / "viewer.html").exists()


@pytest.mark.parametrize(
    ("notebook", "filings"),
    [("convert_a_filing.ipynb", "capstone-2009-11-09.txt"), ("a_company_over_years.ipynb", "birch-gates")],
)
def test_the_notebook(notebook: str, filings: str, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / notebook, tmp_path)
    if (EXAMPLES / filings).is_dir():
        shutil.copytree(EXAMPLES / filings, tmp_path / filings)
    else:
        shutil.copy(EXAMPLES / filings, tmp_path)
    words = [
        sys.executable,
        "-m",
        "pytest",
        "--nbmake",
        "-q",
        "-c",
        os.devnull,
        "-p",
        "no:cacheprovider",
        notebook,
    ]
    done = call(words, tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def commands() -> list[str]:
    """Every `$ capxbrl ...` line of the README."""
    return [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ capxbrl")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(EXAMPLES, folder / "examples")
    return folder


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 5 and blocks("python")


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_readme_runs(command: str, checkout: Path) -> None:
    """Those before it that write what it may need are run first: tests may be dealt to several processes."""
    if not (checkout / "out").exists() and "convert" not in command:
        call(["capxbrl", "convert", "examples/capstone-2009-11-09.txt", "-o", "out"], checkout)
    before = commands()[: commands().index(command)]
    for needed in (c for c in before if " > " in c and not (checkout / _written(c)).exists()):
        _run(needed, checkout)
    _run(command, checkout)


def _written(command: str) -> str:
    return command.partition(" > ")[2].split()[0]


def _run(command: str, checkout: Path) -> None:
    words = shlex.split(command.partition(" > ")[0].partition(" | ")[0], comments=True)
    if words[1] == "view":
        words.append("--no-open")
    done = call(words, checkout)
    assert done.returncode == 0, done.stderr
    if " > " in command:
        (checkout / _written(command)).write_text(done.stdout, encoding="utf-8")


@pytest.mark.parametrize("code", blocks("python"))
def test_every_python_block_of_the_readme_runs(code: str, checkout: Path) -> None:
    done = call([sys.executable, "-c", code], checkout)
    assert done.returncode == 0, done.stderr
