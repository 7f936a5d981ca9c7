"""A folder of output holds one filing: the set of one conversion, whole, and nothing of another."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from capxbrl import folder, pipeline
from capxbrl.cli import main
from capxbrl.findings import CapxbrlError
from capxbrl.options import DEFAULTS, choose
from capxbrl.receipt import command

ONE = {"report.xhtml": b"one", "viewer.html": b"one"}
TWO = {"report.xhtml": b"two", "facts.csv": b"two"}

FILING = """EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables                      2,500      2,400
Total assets                  $  3,750   $  3,500
"""


def _set(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, folder.MANIFEST: folder.manifest(files)}


def _shown(where: Path) -> dict[str, bytes]:
    names = (p for p in where.rglob("*") if p.is_file())
    return {p.relative_to(where).as_posix(): p.read_bytes() for p in names}


def test_a_set_takes_the_place_of_another(tmp_path: Path) -> None:
    where = tmp_path / "out"
    folder.publish(_set(ONE), where)
    folder.publish(_set(TWO), where)
    assert _shown(where) == _set(TWO)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    folder.publish(_set(ONE), tmp_path / "out")
    (tmp_path / "out" / "mine.csv").write_bytes(b"mine")
    with pytest.raises(CapxbrlError, match=r"mine\.csv"):
        folder.publish(_set(TWO), tmp_path / "out")
    assert _shown(tmp_path / "out") == {**_set(ONE), "mine.csv": b"mine"}
    folder.publish(_set(TWO), tmp_path / "out", force=True)
    assert _shown(tmp_path / "out") == {**_set(TWO), "mine.csv": b"mine"}


def test_a_file_that_a_person_changed_is_theirs(tmp_path: Path) -> None:
    folder.publish(_set(TWO), tmp_path)
    (tmp_path / "facts.csv").write_bytes(b"corrected by hand")
    with pytest.raises(CapxbrlError, match=r"facts\.csv"):
        folder.publish(_set(ONE), tmp_path)


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_bytes(b"an input")
    with pytest.raises(CapxbrlError, match="input"):
        folder.publish(_set(TWO), tmp_path, force=True, inputs=[tmp_path / "facts.csv"])
    assert _shown(tmp_path) == {"facts.csv": b"an input"}


@pytest.mark.parametrize("name", ["viewer.html", "report.xhtml", "link.csv"])
def test_an_input_of_the_old_set_stays(name: str, tmp_path: Path) -> None:
    """The set that leaves may hold what the next is made of: a table of overrides, the page that is read again."""
    folder.publish(_set(ONE), tmp_path / "out")
    (tmp_path / "link.csv").symlink_to(tmp_path / "out" / "viewer.html")
    given = tmp_path / "out" / name if name != "link.csv" else tmp_path / name
    with pytest.raises(CapxbrlError, match="input"):
        folder.publish(_set(TWO), tmp_path / "out", force=True, inputs=[given])
    folder.withdraw(tmp_path / "out", "why", [given])
    assert _shown(tmp_path / "out") == _set(ONE)


@pytest.mark.parametrize("here", [True, False])
def test_what_lies_behind_a_link_is_not_ours(here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "x").write_bytes(b"theirs")
    where = tmp_path / "out"
    where.mkdir()
    (where / "sub").symlink_to(tmp_path / "theirs")
    (where / folder.MANIFEST).write_bytes(folder.manifest({"sub/x": b"theirs"}))
    if here:
        monkeypatch.chdir(where)
    folder.publish(_set(ONE), where, force=True)
    assert (tmp_path / "theirs" / "x").read_bytes() == b"theirs"
    assert (where / "sub").is_symlink()


@pytest.mark.parametrize("here", [True, False])
def test_a_changed_file_stays_where_nothing_takes_its_name(
    here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "out"
    folder.publish(_set(TWO), where)
    (where / "facts.csv").write_bytes(b"corrected by hand")
    if here:
        monkeypatch.chdir(where)
    folder.publish(_set(ONE), where, force=True)
    assert _shown(where) == {**_set(ONE), "facts.csv": b"corrected by hand"}


def test_a_set_that_was_put_aside_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two folders: killed, or refused, between the two steps."""
    where = tmp_path / "out"
    monkeypatch.setattr(folder, "_exchanged", lambda *_: False)
    folder.publish(_set(ONE), where)
    folder.publish(_set(TWO), where)
    assert _shown(where) == _set(TWO)
    aside = tmp_path / f".out.capxbrl-{2**22 + 1}-x"  # no process has this number
    aside.mkdir()
    where.rename(aside / "old")
    (aside / "old" / "mine.csv").write_bytes(b"mine")
    with pytest.raises(CapxbrlError, match=r"mine\.csv"):
        folder.publish(_set(ONE), where)
    assert _shown(where) == {**_set(TWO), "mine.csv": b"mine"}
    folder.publish(_set(ONE), where, force=True)
    assert _shown(where) == {**_set(ONE), "mine.csv": b"mine"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_the_folder_one_works_in_stays_that_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.publish(_set(ONE), tmp_path)
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    folder.publish(_set(TWO), Path())
    assert tmp_path.stat().st_ino == before
    assert _shown(tmp_path) == _set(TWO)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder.publish(_set(ONE), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert _shown(tmp_path / "real") == _set(ONE)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"files": {"../../etc/passwd": {"sha256": "0"}}}', b"[" * 9999]
)
def test_a_broken_manifest_lists_nothing(content: bytes, tmp_path: Path) -> None:
    """What it lists outside of the folder is not ours to look at, and never removed."""
    (tmp_path / folder.MANIFEST).write_bytes(content)
    (tmp_path / "report.xhtml").write_bytes(b"theirs")
    assert "report.xhtml" in folder.strangers(tmp_path)
    with pytest.raises(CapxbrlError):
        folder.publish(_set(ONE), tmp_path)


def test_verify_tells_what_is_not_as_written(tmp_path: Path) -> None:
    files = {**ONE, "report.xbri": b"package", "receipt.txt": b"of another"}
    folder.publish(_set(files), tmp_path)
    (tmp_path / "report.xhtml").unlink()
    (tmp_path / "viewer.html").write_bytes(b"changed")
    (tmp_path / "notes.txt").write_bytes(b"")
    codes = [f.code for f in folder.verify(tmp_path)]
    assert codes == ["folder.missing", "folder.changed", "folder.stranger", "folder.receipt", "folder.changed"]


_WRITER = """
import sys
from pathlib import Path
from capxbrl import folder
where = Path(sys.argv[1])
sets = [{f"{name}-{i}.txt": name.encode() * 5000 for i in range(20)} for name in ("one", "two")]
for number in range(10**6):
    made = sets[number % 2]
    folder.publish({**made, folder.MANIFEST: folder.manifest(made)}, where)
    if number == 0:
        print("begun", flush=True)
"""


def test_killed_at_any_moment_the_folder_holds_one_set(tmp_path: Path) -> None:
    where, rng = tmp_path / "out", random.Random(1)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(where)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begun\n"
            time.sleep(rng.uniform(0, 0.05))
            writer.kill()
        assert folder.verify(where) == ()
        assert len({name[:3] for name in _shown(where)} - {"man"}) == 1
    folder.publish(_set(ONE), where, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["out"], "the next run sweeps away what a killed one left"


def test_killed_in_the_folder_that_one_works_in(tmp_path: Path) -> None:
    """It cannot be exchanged: a set that is half there says so, and the next run needs no --force."""
    where, rng = tmp_path / "out", random.Random(2)
    where.mkdir()
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", _WRITER, "."], stdout=subprocess.PIPE, cwd=where) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begun\n"
            time.sleep(rng.uniform(0, 0.05))
            writer.kill()
        names = {name[:3] for name in _shown(where) if name.endswith(".txt") and "/" not in name}
        assert folder.verify(where) or len(names) == 1
        folder.publish(_set(ONE), where)
        assert _shown(where) == _set(ONE)


def test_a_conversion_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    run, out = CliRunner(), tmp_path / "out"
    (tmp_path / "a.txt").write_text(FILING)
    assert run.invoke(main, ["convert", str(tmp_path / "a.txt"), "-o", str(out), "--no-validate"]).exit_code == 0
    receipt = (out / "receipt.txt").read_text()
    assert "not validated" in receipt
    assert folder.digest(FILING.encode()) in receipt
    assert run.invoke(main, ["verify", str(out)]).exit_code == 0
    (tmp_path / "b.txt").write_text("Nothing to see here.\n")
    assert run.invoke(main, ["convert", str(tmp_path / "b.txt"), "-o", str(out)]).exit_code == 1
    assert {p.name for p in out.iterdir()} == {"manifest.json", "findings.txt", "findings.json"}
    assert run.invoke(main, ["convert", str(tmp_path / "a.txt"), "-o", str(out), "--no-validate"]).exit_code == 0
    (tmp_path / "c.txt").write_bytes(b"")
    assert run.invoke(main, ["convert", str(tmp_path / "c.txt"), "-o", str(out)]).exit_code == 2
    assert {p.name for p in out.iterdir()} == {"manifest.json"}


def test_facts_alone_can_be_validated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    args = ["convert", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--format", "facts"]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {"facts.csv", "receipt.txt", "manifest.json"}
    assert not (tmp_path / "out" / "report.xhtml").exists()
    assert "Verdict    valid" in (tmp_path / "out" / "receipt.txt").read_text()


#: Options that another way of calling gives: no argument of `convert` makes them.
NO_ARGUMENT = {"viewer"}


@pytest.mark.parametrize("name", [f.name for f in fields(DEFAULTS) if f.name not in NO_ARGUMENT])
def test_the_command_of_a_receipt_repeats_every_option(name: str) -> None:
    """An option that is left out of the command would make another report."""
    default = getattr(DEFAULTS, name)
    given: object = "x"
    if isinstance(default, bool):
        given = not default
    elif isinstance(default, tuple):
        given = ("x",)
    elif name == "assume":
        given = {"scale": 3}
    elif name == "cik":
        given = "320193"
    elif name == "min_confidence":
        given = 0.5
    elif name in ("profile", "layout"):
        given = {"profile": "edgar", "layout": "source"}[name]
    elif name in ("learned", "learn_overrides", "edgar_plugin", "template"):
        given = Path("x")
    assert command("a.txt", choose(**{name: given})) != command("a.txt", DEFAULTS)


@pytest.mark.parametrize("given", [{"memory_limit": 120}, {"time_limit": 2048.0}, {"min_confidence": 0.0}])
def test_a_value_that_is_the_usual_one_of_another_option_is_repeated(given: dict[str, object]) -> None:
    assert command("a.txt", choose(**given)) != command("a.txt", DEFAULTS)


def test_what_is_learnt_of_a_corrected_table_is_in_the_receipt(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    out, run = tmp_path / "out", CliRunner()
    assert run.invoke(main, ["convert", str(tmp_path / "a.txt"), "-o", str(out), "--no-validate"]).exit_code == 0
    corrected = tmp_path / "facts.csv"
    corrected.write_bytes((out / "facts.csv").read_bytes().replace(b"Receivables", b"OtherReceivables"))
    more = ["--no-validate", "--learn-overrides", str(corrected)]
    assert run.invoke(main, ["convert", str(tmp_path / "a.txt"), "-o", str(out), *more]).exit_code == 0
    receipt = (out / "receipt.txt").read_text()
    assert f"Corrected  facts.csv, SHA-256 {folder.digest(corrected.read_bytes())}" in receipt
    assert "--learn-overrides facts.csv" in receipt
    assert {"overrides.csv", "precedents.csv"} <= {p.name for p in out.iterdir()}
    assert folder.verify(out) == ()


_FILING = (
    "ACME CORP\nCONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n                 September 30, 2009\n"
    "Cash                       $ 1,100\nInventories                  2,000\nTotal assets               $ 3,100\n"
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a conversion wrote."""
    where = tmp_path_factory.mktemp("made") / "out"
    pipeline.convert(_FILING.encode(), name="a.txt", validate=False).save(where)
    return where


def _relisted(where: Path, **changed: bytes) -> None:
    """Files changed, and the manifest with them."""
    listed = json.loads((where / folder.MANIFEST).read_text())
    for name, data in changed.items():
        name = name.replace("_", ".")
        (where / name).write_bytes(data)
        listed["files"][name] = {"sha256": folder.digest(data), "bytes": len(data)}
    (where / folder.MANIFEST).write_text(json.dumps(listed))


def _with_manifest(where: Path, **said: object) -> None:
    listed = json.loads((where / folder.MANIFEST).read_text())
    (where / folder.MANIFEST).write_text(json.dumps(listed | said))


_TAMPERED = {
    "a byte": (lambda w: (w / "report.xhtml").write_bytes((w / "report.xhtml").read_bytes()[:-1] + b" "), "changed"),
    "a file more": (lambda w: (w / "notes.txt").touch(), "stranger"),
    "a folder more": (lambda w: [(w / "sub").mkdir(), (w / "sub" / "x").touch()], "stranger"),
    "a viewer more": (lambda w: (w / "viewer.html").touch(), "stranger"),
    "a pipe": (lambda w: os.mkfifo(w / "pipe"), "stranger"),
    "a file less": (lambda w: (w / "report.xbri").unlink(), "missing"),
    "a link in its place": (
        lambda w: [(w / "facts.csv").rename(w.parent / "f.csv"), (w / "facts.csv").symlink_to(w.parent / "f.csv")],
        "changed",
    ),
    "a folder in its place": (lambda w: [(w / "facts.csv").unlink(), (w / "facts.csv").mkdir()], "missing"),
    "the receipt": (lambda w: (w / "receipt.txt").write_bytes(b"Verdict    valid: 0 errors"), "changed"),
    "the verdict, relisted": (
        lambda w: _relisted(
            w,
            receipt_txt=(w / "receipt.txt").read_bytes().replace(b"not validated (--no-validate)", b"valid: 0 errors"),
        ),
        "receipt",
    ),
    "the verdict of the manifest": (lambda w: _with_manifest(w, valid=True), "receipt"),
    "the input of the manifest": (lambda w: _with_manifest(w, input={"name": "b.txt", "sha256": "0" * 64}), "receipt"),
    "the package, relisted": (lambda w: _relisted(w, report_xbri=(w / "report.xbri").read_bytes() + b"x"), "receipt"),
    "the page, relisted": (
        lambda w: _relisted(w, report_xhtml=(w / "report.xhtml").read_bytes().replace(b"3,100", b"9,100")),
        "changed",
    ),
    "a name outside": (lambda w: _with_manifest(w, files={"../f": {"sha256": "0"}}), "receipt"),
    "a file not listed": (
        lambda w: _with_manifest(
            w,
            files={
                k: v for k, v in json.loads((w / "manifest.json").read_text())["files"].items() if k != "report.xhtml"
            },
        ),
        "stranger",
    ),
}


@pytest.mark.parametrize("name", _TAMPERED)
def test_whatever_was_tampered_with_is_told(name: str, written: Path, tmp_path: Path) -> None:
    where = tmp_path / "out"
    shutil.copytree(written, where)
    assert folder.verify(where) == ()
    tamper, code = _TAMPERED[name]
    tamper(where)
    assert f"folder.{code}" in {f.code for f in folder.verify(where)}
    done = CliRunner().invoke(main, ["verify", str(where), "--fail-on", "warning"])
    assert done.exit_code == 1


@pytest.mark.parametrize("where", ["a file", "in a zip", "by name", "overrides"])
def test_a_name_writes_no_line_of_a_receipt(where: str, tmp_path: Path) -> None:
    name = "a\nVerdict    valid: 0 errors\x1b[31m\u202e"
    data, given, more = _FILING.encode(), f"{name}.txt", []
    (tmp_path / f"{name}.csv").write_text("statement,label,under,concept,negate,note\n")
    if where == "in a zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(f"{name}.txt", data)
        given = "a.zip"
    elif where == "overrides":
        (tmp_path / "a.txt").write_bytes(data)
        given, more = "a.txt", ["--overrides", str(tmp_path / f"{name}.csv")]
    else:
        (tmp_path / given).write_bytes(data)
    out = tmp_path / "out"
    if where == "by name":
        pipeline.convert(data, name=f"{name}.txt", validate=False).save(out)
    else:
        done = CliRunner().invoke(main, ["convert", str(tmp_path / given), "-o", str(out), "--no-validate", *more])
        assert done.exit_code == 0 and "\nVerdict" not in done.stderr and "\x1b[31m" not in done.stderr
    for path in (out / "receipt.txt", out / "findings.txt"):
        text = path.read_text()
        assert text.count("\nVerdict") == (path.name == "receipt.txt") and "\x1b" not in text and "\u202e" not in text
    assert folder.verify(out) == ()


_PROSE = """EXAMPLE MILLS INC

Cash was $1,250 thousand at June 30, 2001.

CONSOLIDATED BALANCE SHEETS

                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables of mills             2,500      2,400
Total assets                  $  3,750   $  3,510
"""
_CHOICES: dict[str, tuple[tuple[str, ...], ...]] = {
    "--taxonomy": (("us-gaap-2009",), ("us-gaap",), ("capx-gaap",)),
    "--cik": (("1009759",), ("0000000007",)),
    "--namespace-base": (("https://a.example/x",), ("http://[::1]:80/b'(c)",)),
    "--min-confidence": (("0",), ("0.75",), ("1",), ("1e-3",)),
    "--statements-of": (("Example Mills",), ("EXAMPLE MILLS INC",)),
    "--time-limit": (("2048",), ("0.5",)),
    "--memory-limit": (("120",), ("777",)),
    "--assume": (("scale=3",), ("currency=CAD",), ("year-end=02-29",), ("period=2001-06-30",), ("shares-scale=0",)),
    "--overrides": (("my rows.csv",), ("it's.csv",), ("-x.csv",)),
    "--precedents": (("before.csv",),),
    "--learn-overrides": (("a corrected.csv",),),
    "--format": (("facts",), ("xhtml, facts",), ("package",)),
    **{flag: ((),) for flag in ("--all-tables", "--repair", "--tag-prose", "--strict", "--ocr", "--no-ocr")},
}
_ROWS = "statement,label,under,concept,negate,note\nbalance_sheet,Receivables of mills,,{},,\n"


@pytest.mark.parametrize("seed", range(12))
def test_the_command_of_a_receipt_makes_the_same_bytes(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    name = rng.choice(["a.txt", "my filing.txt", "it's $(a).txt", "-a.txt", "ü.txt", "--force"])
    (tmp_path / name).write_text(_PROSE)
    for file, concept in {"my rows": "ext:Own", "it's": "Assets", "-x": "ext:Other", "before": "Receivable"}.items():
        (tmp_path / f"{file}.csv").write_text(_ROWS.format(concept))
    head = "place,concept,value,source"
    (tmp_path / "a corrected.csv").write_text(f"{head}\ncell,x:ReceivablesNet,2500,{name}:10:33\n")
    monkeypatch.chdir(tmp_path)
    words = ["convert", "--no-validate", "-o", "first"]
    for flag in rng.sample(sorted(_CHOICES), rng.randint(0, 8)):
        several = flag in ("--assume", "--overrides")
        for given in rng.sample(_CHOICES[flag], min(len(_CHOICES[flag]), rng.randint(1, 3) if several else 1)):
            words += [flag, *given]
    done = CliRunner().invoke(main, [*words, "--", name])
    assert done.exit_code in (0, 1), done.stderr
    receipt = (tmp_path / "first" / "receipt.txt").read_text()
    line = next(text for text in receipt.splitlines() if text.startswith("Repeat "))
    program, *again = shlex.split(line.removeprefix("Repeat"))
    assert program == "capxbrl"
    assert CliRunner().invoke(main, again).exit_code == done.exit_code
    assert _shown(tmp_path / "out") == _shown(tmp_path / "first"), line


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("maximum depth")])
def test_nothing_stays_beside_a_filing_that_could_not_be_read(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    args = ["convert", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--no-validate"]
    assert CliRunner().invoke(main, args).exit_code == 0

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "convert", refuse)
    assert CliRunner().invoke(main, args).exit_code == 2
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"manifest.json"}
    (told,) = folder.verify(tmp_path / "out")
    assert told.code == "folder.missing" and "failed" in told.message
