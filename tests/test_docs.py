"""The documentation is true: every block of code on its pages runs, in the order of the page, and shows what it says.

Each page begins in a folder that holds `examples/` as a checkout does. What its blocks are:

    console     `$ command` lines, run by bash, and what a terminal shows after each; ... stands for anything. Where
                nothing is shown, nothing is compared. A status other than 0 is a fault, unless `$ echo $?` follows.
    pycon       a session of Python, as doctest compares it
    python      Python that runs; with a caption (`{code-block} python`), a file of that name
    text        is not run
"""

from __future__ import annotations

import configparser
import difflib
import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

import capxbrl as cx

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)
_FENCE = re.compile(r"^( *)(`{3,}|:{3,})(.*?)\n(.*?)^ *\2 *$", re.M | re.S)
_CAPTION = re.compile(r"^:caption: (.+)\n")
_OPTION = re.compile(r"^:[a-z-]+:.*\n", re.M)
_NEEDS = re.compile(r"^% needs: (.+)\n+\Z", re.M)
#: Directives of Sphinx and MyST that show no code.
_NO_CODE = {"toctree", "glossary", "image", "figure", "note", "tip", "warning", "made", "eval-rst", "list-table"}
_END = "~~~~ end of "


@dataclass(frozen=True)
class Block:
    """kind: of its fence. file: its caption. needs: packages and tools without which it is left out."""

    kind: str
    text: str
    line: int
    file: str = ""
    needs: tuple[str, ...] = ()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, those within blocks of words too."""
    yield from _blocks(page.read_text(encoding="utf-8"), 1)


def _blocks(text: str, first: int) -> Iterator[Block]:
    for found in _FENCE.finditer(text):
        kind, body = found[3].strip(), found[4]
        line = first + text.count("\n", 0, found.start()) + 1
        needs = _NEEDS.search(text[: found.start()])
        if kind.startswith("{") and kind[1:].partition("}")[0] in _NO_CODE:
            yield from _blocks(body, line)
            continue
        caption = _CAPTION.match(body) if kind.startswith("{code-block}") else None
        yield Block(
            kind=kind.removeprefix("{code-block}").strip(),
            text=_OPTION.sub("", body).lstrip("\n") if caption else body,
            line=line,
            file=caption[1].strip() if caption else "",
            needs=tuple(needs[1].split()) if needs else (),
        )


def name_of(page: Path) -> str:
    return page.relative_to(ROOT / "docs").as_posix()


def code(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.kind != "text" or block.file]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_is_of_a_kind_that_runs(page: Path) -> None:
    kinds = {(b.line, b.kind) for b in blocks(page) if not b.file}
    assert {(line, kind) for line, kind in kinds if kind not in ("console", "pycon", "python", "text")} == set()


def test_every_public_name_and_every_extra_has_its_place() -> None:
    api = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8").split()
    assert [name for name in cx.__all__ if f"capxbrl.{name}" not in api] == []
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs" / "install.md").read_text(encoding="utf-8"), re.M))
    assert told == set(config["options.extras_require"])


@pytest.mark.parametrize("page", [p for p in PAGES if code(p)], ids=name_of)
def test_what_a_page_shows_is_so(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", "site", prepend=os.pathsep)
    names: dict[str, object] = {"__name__": "__main__"}
    left_out = []
    for block in code(page):
        if absent := [what for what in block.needs if not _at_hand(what)]:
            left_out += absent
        elif block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        else:
            _RUN[block.kind](block, page, names)
    if left_out:
        pytest.skip(f"some of it, for want of {', '.join(dict.fromkeys(left_out))}")


#: A terminal without colours, pip without the network, and this environment's programs first.
_ENVIRONMENT = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "NO_COLOR": "1",
    "COLUMNS": "120",
    "BROWSER": "true",
    "PIP_TARGET": "site",
    "PIP_NO_DEPS": "1",
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # as pip reads it: there is none
    "PIP_QUIET": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


#: Of ours: there for the blocks only that need them.
_VARIABLES = ("CAPXBRL_PACKAGES", "CAPXBRL_EDGAR")


def _at_hand(what: str) -> bool:
    """A package of Python, a variable of the environment, or the shared taxonomies."""
    return bool(os.environ.get(what)) if what.isupper() else find_spec(what) is not None


def _console(block: Block, page: Path, names: dict[str, object]) -> None:
    entries = [entry.partition("\n") for entry in re.split(r"^\$ ", block.text, flags=re.M)[1:]]
    entries = [_joined(command, shown) for command, _, shown in entries]
    script = "".join(f"{command}\n_rc=$?; echo '{_END}'$_rc; (exit $_rc)\n" for command, _ in entries)
    env = {name: value for name, value in os.environ.items() if name not in _VARIABLES or name in block.needs}
    done = subprocess.run(["bash"], input=script, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    told = re.findall(rf"(.*?){_END}(\d+)\n", done.stdout, re.S)
    assert len(told) == len(entries), f"{name_of(page)}:{block.line}:\n{done.stdout}"
    for number, ((command, shown), (output, status)) in enumerate(zip(entries, told, strict=True)):
        asked = number + 1 < len(entries) and entries[number + 1][0] == "echo $?"
        assert status == "0" or asked, f"{name_of(page)}:{block.line}: $ {command}\n{output}"
        if shown.strip():
            _compare(shown, output, f"{name_of(page)}:{block.line}: $ {command}")


def _joined(command: str, shown: str) -> tuple[str, str]:
    """A command that goes on in lines that begin with `> `."""
    while shown.startswith("> "):
        line, _, shown = shown.partition("\n")
        command += f"\n{line[2:]}"
    return command, shown


def _compare(shown: str, output: str, where: str) -> None:
    """... stands for anything within a line; on a line of its own for any number of lines."""
    want, have = ([line.rstrip() for line in text.rstrip().splitlines()] for text in (shown, output))
    lines = [re.escape(line).replace(re.escape("..."), ".*?") + r"\n" for line in want]
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else made for line, made in zip(want, lines, strict=True))
    if not re.fullmatch(pattern, "\n".join([*have, ""])):
        difference = "\n".join(difflib.ndiff(want, have))
        raise AssertionError(f"{where}\n{difference}")


def _pycon(block: Block, page: Path, names: dict[str, object]) -> None:
    session = doctest.DocTestParser().get_doctest(block.text, names, name_of(page), str(page), block.line)
    told: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append, clear_globs=False)
    names.update(session.globs)
    assert not result.failed, "".join(told)


def _python(block: Block, page: Path, names: dict[str, object]) -> None:
    exec(compile("\n" * block.line + block.text, str(page), "exec"), names)


_RUN = {"console": _console, "pycon": _pycon, "python": _python}
