"""Both ends: what may be given, where output goes, and one clear line with the right status for whatever goes wrong."""

from __future__ import annotations

import csv
import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import capxbrl as cx
from capxbrl import console, tables
from capxbrl.cli import main
from capxbrl.findings import BadData, Finding, Severity, UnreadableInput, describe
from capxbrl.options import WrongOption
from capxbrl.pipeline import analyse, load
from capxbrl.tagging import load_overrides, unknown_rows
from capxbrl.writers import facts

FILING = """EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
=Receivables of mills            2,500      2,400
Total assets                  $  3,750   $  3,500
"""
HEAD = "statement,label,under,concept,negate,note"


def run(*args: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


def _zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(FILING.encode()),
        _zipped(filing=FILING.encode()),
        _zipped(filing=FILING.encode(), **{"__MACOSX/._filing": b"x", ".DS_Store": b"y"}),
    ],
)
def test_one_packed_filing_is_read(data: bytes) -> None:
    assert len(cx.convert(data, name="a", validate=False).facts) == 6


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_zipped(a=b"1", b=b"2"), "2 files"),
        (_zipped(), "zip archive"),
        (gzip.compress(FILING.encode())[:-9], "gzip archive"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "gzip archive"),
        (gzip.compress(gzip.compress(FILING.encode())), "archive in an archive"),
        (gzip.compress(bytes(300_000_000), 1), "bomb"),
    ],
)
def test_other_archives_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        load(data, "a")


def test_a_filing_comes_from_standard_input(tmp_path: Path) -> None:
    assert "Total assets" in run("facts", "-", stdin=FILING.encode()).output
    assert run("convert", "-", "-o", tmp_path / "out", "--no-validate", stdin=FILING.encode()).exit_code == 0


@pytest.mark.parametrize("address", ["https://www.example.com/a.txt", "ftp://example.com/a", "s3://bucket/a"])
def test_nothing_is_downloaded(address: str) -> None:
    done = run("facts", address)
    assert (done.exit_code, "never downloads" in done.output) == (2, True)


@pytest.mark.parametrize("cik", ["abc", "12345678901", "１２３", "-1", ""])
def test_a_cik_is_digits(cik: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    assert run("facts", tmp_path / "a.txt", "--cik", cik).exit_code == 2
    with pytest.raises(WrongOption):
        cx.convert(FILING.encode(), cik=cik, validate=False)
    assert cx.convert(FILING.encode(), cik=320193, validate=False).entity.identifier == "0000320193"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_overrides_are_read_as_spreadsheets_write_them(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = f"{HEAD}\nbalance_sheet,Cash,,CashAndDueFromBanks,false,à vue\n"
    (tmp_path / "mine.csv").write_bytes(rows.replace(",", delimiter).encode(encoding))
    made = cx.convert(FILING.encode(), overrides=[tmp_path / "mine.csv"], validate=False)
    assert made.facts[0].concept.name == "CashAndDueFromBanks"
    assert [f.code for f in made.findings if f.code == "read.encoding"] == ["read.encoding"] * (encoding == "cp1252")


@pytest.mark.parametrize("cell", ["x" * 120_000, "x" * 200_000])
def test_a_cell_without_end_is_refused(cell: str, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(f"{HEAD}\n,{cell},,Cash,false,\n")
    with pytest.raises(BadData, match=r"mine\.csv:2"):
        load_overrides([tmp_path / "mine.csv"])


@given(st.text(alphabet="'=+-@\t\rab1"))
def test_what_is_made_harmless_comes_back(cell: str) -> None:
    made = tables.harmless(cell)
    assert made[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert tables.plain(made) == cell


def test_a_label_that_looks_like_a_formula_is_harmless_and_comes_back(tmp_path: Path) -> None:
    made, _ = analyse(load(FILING.encode(), "a").value)
    assert ",'=Receivables of mills," in facts.as_csv(made.report)
    statement, label, under, *_ = next(csv.reader([unknown_rows(made.tagged).splitlines()[1]]))
    assert label.startswith("'=")
    (tmp_path / "mine.csv").write_text(f"{HEAD}\n{statement},{label},{under},AccountsReceivableNetCurrent,,\n")
    again = cx.convert(FILING.encode(), overrides=[tmp_path / "mine.csv"], validate=False)
    assert "AccountsReceivableNetCurrent" in {f.concept.name for f in again.facts}


@pytest.mark.parametrize("label", ["=1+2", "-", "2001", "***", "(1)"])
def test_a_label_without_words_is_in_no_row(label: str, tmp_path: Path) -> None:
    """A row is found by the words of its label: one without would be refused, and all others with it."""
    (tmp_path / "a.txt").write_text(FILING.replace("Cash   ", f"{label:7}"))
    rows = tmp_path / "mine.csv"
    assert run("unknown", tmp_path / "a.txt", "-o", rows).exit_code == 0
    load_overrides([rows])
    told = run("facts", tmp_path / "a.txt", "-o", tmp_path / "facts.csv")
    assert told.exit_code == 0
    corrected = (tmp_path / "facts.csv").read_text().replace("capx-gaap:", "x:New")
    (tmp_path / "facts.csv").write_text(corrected)
    more = ["--no-validate", "--learn-overrides", tmp_path / "facts.csv"]
    assert run("convert", tmp_path / "a.txt", "-o", tmp_path / "out", *more).exit_code == 0
    load_overrides([tmp_path / "out" / "overrides.csv"], [tmp_path / "out" / "precedents.csv"])


def test_output_goes_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    for command in ("facts", "check", "unknown"):
        assert run(command, tmp_path / "a.txt", "-o", tmp_path / f"{command}.csv", "--excel").output.count("Cash") == 0
        assert (tmp_path / f"{command}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("facts", tmp_path / "a.txt", "-o", tmp_path / "a.txt").exit_code == 2
    assert (tmp_path / "a.txt").read_text() == FILING


def test_status_and_words_are_for_the_caller_to_choose(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    assert run("check", tmp_path / "a.txt").exit_code == 0
    assert run("check", tmp_path / "a.txt", "--fail-on", "warning").exit_code == 1
    assert run("check", tmp_path / "a.txt", "--quiet").output == ""


def test_what_steers_a_terminal_is_shown() -> None:
    finding = Finding(code="a.b", severity=Severity.NOTE, message="\x1b[2J \x9b31m \u202egnp.exe")
    assert describe(finding) == "note: \\u001b[2J \\u009b31m \\u202egnp.exe [a.b]"


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_a_table_cuts_no_figure_unit_or_period(width: int) -> None:
    made, _ = analyse(load(FILING.replace("1,250", "1,123,456,789,250").encode(), "a").value)
    shown = console.table(facts.rows(made.report), width)
    for text in ("1,123,456,789,250,000", "2001-06-30", "USD"):
        assert text in shown
    if width >= 80:
        assert max(map(len, shown.splitlines())) <= width


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("shape", ["csv", "json", "table"])
def test_a_full_device_is_one_line(shape: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING)
    command = [sys.executable, "-m", "capxbrl", "facts", str(tmp_path / "a.txt"), "--format", shape]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "capxbrl: cannot write: No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_of_few_letters_is_no_failure(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILING.replace("Cash  ", "Čash ✓"), encoding="utf-8")
    for command in (["facts", "--format", "table"], ["facts"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "capxbrl", *command, str(tmp_path / "a.txt")],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("codec", ["punycode", "idna", "unicode_escape", "base64", "zip", "none-such"])
def test_a_declared_encoding_that_is_none_is_passed_over(codec: str) -> None:
    page = f"<html><head><meta charset={codec}></head><body><p>Net sales</p></body></html>"
    assert load(page.encode(), "a.htm").value.blocks


_INTERRUPTED = """
import os, signal, sys, threading
from capxbrl.__main__ import run
sys.argv[1:] = sys.argv[2:]
seen = 0
def watch(frame, event, argument):
    global seen
    seen += event == "call"
    if seen == int(COUNT):
        seen += 1
        for _ in range(2):  # who is impatient presses twice
            os.kill(os.getpid(), signal.SIGINT)
    return None
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.setprofile(watch)
run()
"""


@pytest.mark.parametrize("count", [5, 30, 300, 3_000, 10_000, 30_000, 100_000])
@pytest.mark.parametrize("words", [("--help",), ("facts", "a.txt"), ("convert", "a.txt", "-o", "out", "--no-validate")])
def test_an_interrupt_at_any_moment_is_one_line(count: int, words: tuple[str, ...], tmp_path: Path) -> None:
    """While modules are loaded too, and in the command's own last words; pressed once or twice."""
    (tmp_path / "a.txt").write_text(FILING)
    code = _INTERRUPTED.replace("COUNT", str(count))
    done = subprocess.run([sys.executable, "-c", code, "", *words], cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "Aborted" not in done.stderr
    if done.returncode:  # else it ended before
        assert (done.returncode, done.stderr) == (130, "capxbrl: interrupted\n")


def test_an_interrupt_while_python_ends_changes_nothing(tmp_path: Path) -> None:
    code = (
        "import atexit, os, signal, sys\n"
        "atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from capxbrl.__main__ import run\nsys.argv[1:] = ['--version']\nrun()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("pressed", [True, False])
def test_an_interrupt_that_c_code_makes_another_error_of(pressed: bool) -> None:
    """As the compiler does: "\\N escapes not supported (can't load unicodedata module)"."""
    code = (
        "import os, signal, sys, types\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def main():\n"
        "    try:\n"
        f"        os.kill(os.getpid(), signal.SIGINT) if {pressed} else None\n"
        "    except KeyboardInterrupt:\n"
        "        pass\n"
        "    raise SyntaxError('unicode error')\n"
        "sys.modules['capxbrl.cli'] = types.ModuleType('capxbrl.cli')\n"
        "sys.modules['capxbrl.cli'].main = main\n"
        "from capxbrl.__main__ import run\nrun()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if pressed:
        assert (done.returncode, done.stderr) == (130, "capxbrl: interrupted\n")
    else:
        assert done.returncode == 1 and "SyntaxError" in done.stderr, "a fault of ours is not hidden"
