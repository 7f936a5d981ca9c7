"""What is installed is what is in the tree, and a wheel alone converts a filing."""

from __future__ import annotations

import configparser
import email
import email.message
import re
import shutil
import subprocess
import sys
import tarfile
import venv
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


#: What a build leaves behind, and what is no part of the project.
_LEFT = shutil.ignore_patterns(".git", ".*_cache", ".hypothesis", ".venv", "__pycache__", "*.egg-info", "build", "dist")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel that was made of it."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=_LEFT)
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(built: Path) -> Path:
    return next(built.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/METADATA"))
        return email.message_from_string(archive.read(name).decode())


def test_the_metadata_say_what_an_index_shows(metadata: email.message.Message) -> None:
    assert {str(url).split(",")[0] for url in metadata.get_all("Project-URL", [])} >= {"Source", "Documentation"}
    assert "Typing :: Typed" in metadata.get_all("Classifier", []) and metadata["Keywords"]
    extras = {"excel", "parquet", "edgar", "ocr", "pdf", "plot", "review", "dask", "docs", "dev"}
    assert extras <= set(metadata.get_all("Provides-Extra", []))
    assert set(metadata.get_all("License-File", [])) == {"LICENSE", "NOTICE"}


def test_links_and_pictures_of_the_description_are_absolute(metadata: email.message.Message) -> None:
    text = str(metadata.get_payload())
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert text.startswith("# capxbrl") and len(targets) > 3
    assert [t for t in targets if not t.startswith(("https://", "#"))] == []
    assert re.search(r"!\[[^\]]+\]\(https://[^)]+\.png\)", text)


def test_the_source_distribution_is_complete(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode or not tracked.stdout:
        pytest.skip("not a checkout")
    assert set(tracked.stdout.splitlines()) - names == {".gitignore"}
    assert not [n for n in names if "__pycache__" in n or n.endswith(".pyc") or "/_build/" in n]


def test_the_source_distribution_installs_and_tests_itself(sdist: Path, tmp_path: Path) -> None:
    """Unpacked somewhere, installed from itself into a new environment that only borrows what it depends on."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = next(p for p in tmp_path.iterdir() if p.is_dir())
    venv.create(tmp_path / "venv", symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    # The last in the path; what is installed anew comes before it.
    borrowed = [p for p in sys.path if p.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(borrowed))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*pip, "--target", str(site), str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    where = [str(python), "-P", "-c", "import capxbrl; print(capxbrl.__file__)"]
    assert subprocess.run(where, capture_output=True, text=True).stdout.startswith(str(site))
    tests = ["tests/test_words.py", "tests/test_catalogue.py", "tests/test_examples.py::test_quickstart"]
    words = [str(python), "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(words, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_wheel_has_the_templates_and_the_taxonomies(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "capxbrl/py.typed" in names
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
