"""What is added from outside: templates of the user's, and rules, readers and writers of other packages."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import capxbrl as cx
from capxbrl import plugins
from capxbrl.findings import BadData

ROOT = Path(__file__).resolve().parent.parent
PAGE = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

\tYear Ended December 31,
\t2009\t2008
Net sales\t$ 6,000\t$ 5,100
Cost of sales\t4,000\t3,500
Net income\t$ 2,000\t$ 1,600
"""


@pytest.fixture
def fresh() -> Iterator[None]:
    """The additions are looked for anew, before and after."""
    plugins.added.cache_clear()
    yield
    plugins.added.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, kind: str, **modules: object) -> None:
    points = [
        SimpleNamespace(name=name, value=name, dist=SimpleNamespace(name="somebody"), load=lambda m=module: _load(m))
        for name, module in modules.items()
    ]
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == f"capxbrl.{kind}" else [])


def _load(module: object) -> object:
    if isinstance(module, Exception):
        raise module
    return module


@pytest.mark.usefixtures("fresh")
def test_what_is_no_addition_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "rules", broken=ImportError("no module named x"))
    with pytest.raises(BadData, match="broken of somebody cannot be imported: ImportError"):
        plugins.added("rules")
    plugins.added.cache_clear()
    install(monkeypatch, "rules", empty=ModuleType("empty"))
    with pytest.raises(BadData, match="has no check"):
        plugins.added("rules")
    plugins.added.cache_clear()
    install(monkeypatch, "writers", facts=SimpleNamespace(SUFFIX=".csv"))
    with pytest.raises(BadData, match=r"adds 'facts' to capxbrl\.writers, which is there already"):
        plugins.beside("writers", {"facts"})


def test_an_installed_package_adds_a_rule_a_reader_and_a_writer(tmp_path: Path) -> None:
    site, source = tmp_path / "site", tmp_path / "additions"
    subprocess.run(["cp", "-r", str(ROOT / "examples" / "additions"), str(source)], check=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*pip, "--target", str(site), str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    page = tmp_path / "page.txt"
    page.write_bytes(b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(PAGE.encode()))
    out = tmp_path / "out"
    words = [sys.executable, "-m", "capxbrl", "convert", str(page), "-o", str(out), "--no-validate"]
    env = os.environ | {"PYTHONPATH": os.pathsep.join((str(site), str(ROOT)))}
    done = subprocess.run([*words, "--format", "facts,ledger"], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert "2009-12-31 capx-gaap:" in (out / "facts.ledger").read_text()
    told = json.loads((out / "findings.json").read_text())["findings"]
    assert [f["message"] for f in told if f["code"] == "pages.round"]


def test_a_template_of_the_users_is_used_and_told(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("body { color: navy }\n")
    made = cx.convert(PAGE.encode(), name="page.txt", validate=False, template=tmp_path)
    page = made.files["report.xhtml"].decode()
    assert "color: navy" in page and "max-width: 39em" not in page
    assert "Template   " in made.files["receipt.txt"].decode()


def test_the_template_of_the_examples_sets_the_page() -> None:
    made = cx.convert(PAGE.encode(), name="page.txt", validate=False, template=ROOT / "examples" / "template")
    page = made.files["report.xhtml"].decode()
    assert "Georgia" in page and "Charter" not in page and page.count("<ix:nonFraction") == 6


def test_a_folder_without_a_template_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"holds no report\.xhtml\.j2 and no style\.css"):
        cx.convert(PAGE.encode(), name="page.txt", validate=False, template=tmp_path)


def test_a_template_cannot_reach_out_of_its_sandbox(tmp_path: Path) -> None:
    (tmp_path / "report.xhtml.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    with pytest.raises(BadData, match="unsafe"):
        cx.convert(PAGE.encode(), name="page.txt", validate=False, template=tmp_path)
