"""Hostile and broken inputs: a clear message or a report, in seconds, and never a traceback."""

from __future__ import annotations

import errno
import gzip
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capxbrl import pipeline, writers
from capxbrl.cli import main
from capxbrl.findings import UnreadableInput
from capxbrl.folder import MANIFEST, manifest, publish
from capxbrl.markup import parse_xml
from capxbrl.model import Document, Paragraph, Table, text_at
from capxbrl.readers import read
from capxbrl.reports.settle import consistent

_SIZE = 5_000_000


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def clear(done: Result) -> bool:
    """It ended with status 0, 1, 2, or 130 for an interrupt, in its own words."""
    ended = done.exception is None or isinstance(done.exception, SystemExit)
    return ended and done.exit_code in (0, 1, 2, 130) and "Traceback" not in done.output


def long(unit: bytes, size: int = _SIZE) -> bytes:
    return unit * (size // len(unit))


HEAD = b"CONSOLIDATED BALANCE SHEETS\n(in thousands)\n\n\tDecember 31, 2009\tDecember 31, 2008\n"
PAGE = b"<html><body>"
HOSTILE = {
    "one line": lambda: long(b"word "),
    "less than": lambda: long(b"<"),
    "pipes": lambda: long(b"|"),
    "tabs": lambda: b"x" + long(b"\t"),
    "brackets": lambda: long(b"("),
    "digits and blanks": lambda: long(b"1 234 5 "),
    "digits": lambda: long(b"7"),
    "ampersands": lambda: PAGE + long(b"&"),
    "blanks": lambda: b"Form 8-K" + long(b" ") + b"x",
    "nested div": lambda: PAGE + b"<div>" * 100_000 + b"x",
    "nested table": lambda: PAGE + b"<table><tr><td>" * 100_000 + b"x",
    "colspan": lambda: PAGE + b"<table>" + long(b"<tr><td colspan=100000000 rowspan=100000000>1", 500_000),
    "one wide row": lambda: PAGE + b"<table><tr>" + long(b"<td>1", 300_000),
    "tags without text": lambda: PAGE + long(b"<p>a"),
    "comments": lambda: PAGE + b"x" + long(b"<!--"),
    "submission of nothing": lambda: long(b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n", 1_000_000),
    "header": lambda: b"<SEC-HEADER>\n" + long(b"A ") + b"\n<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nhello",
    "half a pair": lambda: long("\ud83d".encode("utf-8", "surrogatepass")),
    "utf-16 without a mark": lambda: long(b"C\0a\0s\0h\0\t\x001\0\n\0"),
    "zeros": lambda: b"a" + long(b"\0"),
    "gzip": lambda: gzip.compress(HEAD),
    "zip": lambda: b"PK\x03\x04" + long(b"\0"),
    "cut pdf": lambda: b"%PDF-1.4\n" + long(b"1 0 obj\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_in_seconds_with_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(HOSTILE[name]())
    begin = time.process_time()
    done = run("check", path)
    assert time.process_time() - begin < 10
    assert clear(done) and done.exit_code in (1, 2) and done.output.strip()


@pytest.mark.parametrize(
    "row", [b"Total assets\t1,234\t5,678\n", b"Cash\t1\t2\nTotal assets\t1\t2\nAccounts payable\t1\t2\n"]
)
@pytest.mark.parametrize("count", [190, 20_000])
def test_rows_that_repeat_cost_little(row: bytes, count: int) -> None:
    begin = time.process_time()
    made, _ = pipeline.analyse(pipeline.load(HEAD + row * count, "rows").value)
    assert time.process_time() - begin < 10
    assert bool(made.facts) == (count < 200)


@pytest.mark.parametrize("unit", [" ", "$", "(", ",", ". ", "_ ", "1,", "(note ", "allowance ", "a", "0", "’"])
@pytest.mark.parametrize(
    "place", ["Accounts {} receivable\t1\t2\n", "Cash\t{}100\t200\n", "Cash\t100{}\t200\n", "\tJune 30, {}2009\t2008\n"]
)
def test_a_very_long_cell_costs_little(unit: str, place: str) -> None:
    text = (
        HEAD.decode()
        + place.format(unit * (20_000 // len(unit)))
        + "Cash\t1\t2\nTotal assets\t3\t4\nAccounts payable\t3\t4\n"
    )
    begin = time.process_time()
    pipeline.analyse(pipeline.load(text.encode(), "cell").value)
    assert time.process_time() - begin < 2


# --- entities and the network --------------------------------------------------------------------------------------

_SECRET = "SECRET 4711"


@pytest.fixture
def listener() -> socket.socket:  # type: ignore[misc]
    """A port that nobody must call."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("suffix", [".htm", ".txt", ".xml", ".xhtml"])
@pytest.mark.parametrize("command", ["check", "facts", "validate"])
def test_entities_read_no_file_and_call_nobody(
    suffix: str, command: str, tmp_path: Path, listener: socket.socket
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(_SECRET, encoding="utf-8")
    port = listener.getsockname()[1]
    path = tmp_path / f"report{suffix}"
    path.write_text(
        '<?xml version="1.0"?>\n'
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b SYSTEM "http://127.0.0.1:{port}/x">'
        f'<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p;]>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>Total '
        "assets &a; &b; 1</p>"
        f'<img src="http://127.0.0.1:{port}/i"/><iframe src="{secret.as_uri()}"/><xi:include '
        f'href="{secret.as_uri()}" parse="text"/></body></html>',
        encoding="utf-8",
    )
    done = run(command, path)
    assert clear(done) and done.exit_code in (1, 2)
    assert _SECRET not in done.output
    if command != "validate":
        assert _SECRET not in str(pipeline.load(path).value.blocks)


@pytest.mark.parametrize("command", ["check", "validate"])
def test_a_billion_laughs_are_not_heard(command: str, tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "report.xhtml"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{levels}]>\n<html><body><p>Total &l11;</p></body></html>', encoding="utf-8"
    )
    begin = time.process_time()
    done = run(command, path)
    assert clear(done) and done.exit_code in (1, 2) and len(done.output) < 2000
    assert time.process_time() - begin < 5


def test_a_zip_bomb_is_refused_as_input_and_as_report(tmp_path: Path) -> None:
    for name in ("filing.txt", "report.xbri"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/reports/report.xhtml", b"0" * (64 << 20))
        begin = time.process_time()
        done = run("validate" if name.endswith("xbri") else "facts", path)
        assert done.exit_code == 2 and "zip" in done.output and clear(done)
        assert time.process_time() - begin < 2


# --- files ---------------------------------------------------------------------------------------------------------


def test_a_file_of_200_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    begin = time.monotonic()
    done = run("facts", path)
    assert done.exit_code == 2 and "larger than 200,000,000 bytes" in done.output
    assert time.monotonic() - begin < 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_without_a_writer_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    done = run("facts", path)
    assert done.exit_code == 2 and "is empty" in done.output


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd here")
def test_a_pipe_with_a_writer_is_read_to_its_end(reference: Path) -> None:
    command = f"sleep 0.3; cat '{reference}'"
    words = ["bash", "-c", f"exec '{sys.executable}' -m capxbrl.cli facts <({command})"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.count("\n") > 100


@pytest.mark.parametrize("name", ["input.txt/below", "absent", "x" * 300])
def test_a_file_that_cannot_be_opened(name: str, tmp_path: Path) -> None:
    (tmp_path / "input.txt").write_text("x", encoding="utf-8")
    done = run("facts", f"{tmp_path}/{name}")
    assert done.exit_code == 2 and clear(done)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "input.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    done = run("facts", path)
    assert done.exit_code == 2 and "Permission denied" in done.output


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_a_name_that_is_no_utf8(reference: Path, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "wb") as file:
        file.write(reference.read_bytes())
    out = tmp_path / "out"
    words = [sys.executable, "-m", "capxbrl.cli", "convert", path, "-o", str(out), "--no-validate"]
    done = subprocess.run(words, capture_output=True, timeout=60)
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    assert (out / "facts.csv").read_text(encoding="utf-8").count("\ufffd\ufffd.txt:") > 100


def test_an_output_folder_that_is_a_file_or_below_one(reference: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine", encoding="utf-8")
    for folder in (path, path / "below"):
        done = run("convert", reference, "-o", folder, "--no-validate")
        assert done.exit_code == 2 and clear(done) and str(path) in done.output
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("after", [0, 3])
def test_a_full_disk_leaves_what_was_there(
    after: int, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish({"facts.csv": b"old", MANIFEST: manifest({"facts.csv": b"old"})}, out)
    written: list[Path] = []
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if len(written) == after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(self)
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("convert", reference, "-o", out, "--no-validate")
    assert done.exit_code == 2 and "No space left on device" in done.output and clear(done)
    assert sorted(p.name for p in out.iterdir()) == ["facts.csv", MANIFEST]
    assert (out / "facts.csv").read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("after", [0, 3])
def test_an_interrupted_convert_leaves_nothing(
    after: int, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the files are written: before the first, and between two."""
    written: list[Path] = []
    write = Path.write_bytes

    def interrupted(self: Path, data: bytes) -> int:
        if len(written) == after:
            signal.raise_signal(signal.SIGINT)
        written.append(self)
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    # A shell that runs the tests in the background has SIGINT ignored.
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    out = tmp_path / "out"
    try:
        done = run("convert", reference, "-o", out, "--no-validate")
    finally:
        signal.signal(signal.SIGINT, previous)
    assert done.exit_code == 130 and "interrupted" in done.output and clear(done)
    assert not out.exists() or not list(out.iterdir())


# --- properties ----------------------------------------------------------------------------------------------------

_few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_SHREDS = [
    "CONSOLIDATED BALANCE SHEETS",
    "CONSOLIDATED STATEMENTS OF INCOME",
    "(in thousands)",
    "(in millions, except per share)",
    "\tDecember 31, 2009\t2008",
    "Three Months Ended",
    "Cash",
    "Total assets",
    "Total current assets",
    "Net income",
    "Net sales",
    "Basic",
    "Diluted",
    "Common stock, $.01 par value; 1,000 shares authorized",
    "$",
    "1,234",
    "(567)",
    "-",
    "--",
    ".07",
    "0",
    "999999999999999999999999",
    "2009",
    "n/a",
    "12%",
    "\t",
    "\t",
    "\t",
    "   ",
    "     ",
    "\n",
    "\n",
    "\n\n",
    "|",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<PAGE>",
    "&nbsp;",
    "<p>",
    "\x00",
    "\x0c",
    "\uffff",
    "Form 8-K",
    "Date of Report",
    "January 2, 2009",
    "(Nasdaq: ABC)",
    "é",
    "[X]",
]
shreds = st.lists(st.sampled_from(_SHREDS), max_size=80).map("".join)


@_few
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace")),
        shreds.map(str.encode),
    )
)
def test_any_bytes_give_a_document_or_a_clear_error(data: bytes) -> None:
    try:
        document = read(data, "input.txt").value
    except UnreadableInput as error:
        assert str(error).startswith("input.txt: ")
        return
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert not [c for t in texts for c in t if ord(c) < 32 and c not in "\t\n\f"]


def _document(text: str) -> Document | None:
    try:
        return read(text.encode(), "input.txt").value
    except UnreadableInput:
        return None


@_few
@given(shreds)
def test_facts_say_what_the_page_says(text: str) -> None:
    document = _document(HEAD.decode() + "Cash\t1,234\t5,678\nTotal assets\t1,234\t5,678\n" + text)
    assert document is not None
    report = pipeline.analyse(document)[0].report
    assert len({f.id for f in report.facts}) == len(report.facts)
    seen: dict[object, tuple[Decimal, int | None]] = {}
    for fact in report.facts:
        assert text_at(document, fact.span) == fact.shown
        if isinstance(fact.value, Decimal):
            digits = fact.shown.replace(",", "")
            value = Decimal(digits).scaleb(fact.scale) if digits[-1].isdigit() else Decimal(0)
            assert abs(fact.value) == value
            place = (fact.concept.qname, fact.context, fact.unit)
            assert consistent(seen.setdefault(place, (fact.value, fact.decimals)), (fact.value, fact.decimals))
    if report.facts:
        page = parse_xml(writers.write(report, ["xhtml"])["report.xhtml"])
        tagged = [
            e.get("id")
            for e in page.iter()
            if isinstance(e.tag, str) and e.tag.endswith(("}nonFraction", "}nonNumeric"))
        ]
        assert sorted(t for t in tagged if t) == sorted(f.id for f in report.facts)


@settings(_few, max_examples=15)
@given(shreds)
def test_the_same_text_gives_the_same_files(text: str) -> None:
    made = []
    for _ in range(2):
        document = _document(HEAD.decode() + "Cash\t1,234\t5,678\nTotal assets\t1,234\t5,678\n" + text)
        assert document is not None
        made.append(writers.write(pipeline.analyse(document)[0].report))
    assert made[0] == made[1]


def test_a_word_of_digits_that_is_no_amount_is_passed_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Sales  1,234  5,678\nCosts  2,345  " + b"9" * 1_000_000 + b"x  3\nIncome  1,000  2,000\n")
    begin = time.process_time()
    assert CliRunner().invoke(main, ["facts", str(path)]).exit_code in (1, 2)
    assert time.process_time() - begin < 10


def test_thousands_of_statements_end_the_search(tmp_path: Path) -> None:
    one = (
        "ACME BALANCE SHEETS\n\n\tJune 30, 2009\tJune 30, 2008\nCash\t100\t90\nTotal assets\t100\t90\n"
        "Equity\t100\t90\nTotal liabilities and equity\t100\t90\n\n"
    )
    path = tmp_path / "many.txt"
    path.write_text(one * 2000, encoding="utf-8")
    begin = time.process_time()
    done = CliRunner().invoke(main, ["check", str(path)])
    assert "[statements.too-many]" in done.stdout
    assert time.process_time() - begin < 10


# --- damaged archives, by every method; memory ------------------------------------------------------------------------


def _zip(method: int, data: bytes = HEAD + b"Cash\t1\t2\nTotal assets\t1\t2\n" * 20) -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("TOP/reports/report.xhtml", data)
    return buffer.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("words", [["facts"], ["validate"], ["facts", "--learned"], ["learn"]], ids=" ".join)
def test_a_damaged_zip_is_one_line(method: int, words: list[str], tmp_path: Path, reference: Path) -> None:
    data = _zip(method)
    (tmp_path / "a.xbri").write_bytes(data[:62] + b"\xff" * 20 + data[82:])
    path = tmp_path / ("a.zip" if words == ["learn"] else "a.xbri")
    if words == ["learn"]:
        (tmp_path / "a.xbri").rename(path)
    more = {"learn": ["-o", tmp_path / "out.zip"]}.get(words[0], [])
    done = run(*words, path, *([reference] if "--learned" in words else []), *more)
    assert clear(done) and done.exit_code == 2 and done.stderr.startswith("capxbrl: ")


def test_what_stands_behind_a_gzip_archive_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(HEAD) + gzip.compress(b"Total assets\t1\t2\n"))
    done = run("facts", tmp_path / "a.txt.gz")
    assert done.exit_code == 2 and "more stands behind its end" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the address space")
@pytest.mark.parametrize("source", ["file", "standard input"])
def test_a_small_file_takes_little_memory(source: str, reference: Path) -> None:
    """A file is read piece by piece: memory is not taken for as much as there may be."""
    import tracemalloc

    from capxbrl.files import MAX_BYTES, load, read_up_to

    tracemalloc.start()
    try:
        if source == "file":
            load(reference, MAX_BYTES)
        else:
            with reference.open("rb") as file:
                assert read_up_to(file, 10) == reference.read_bytes()[:10]
                read_up_to(file, MAX_BYTES)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_what_an_engine_for_pictures_raises_is_told_in_our_words() -> None:
    from capxbrl.readers import ocr

    with pytest.raises(MemoryError), ocr._in_our_words("a.pdf"):
        raise RuntimeError("Status Message: std::bad_alloc")
    with (
        pytest.raises(UnreadableInput, match=r"a\.pdf: the picture of a page could not be read"),
        ocr._in_our_words("a.pdf"),
    ):
        raise RuntimeError("Non-zero status code")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize(
    "words",
    [
        ["validate", "PIPE"],
        ["validate", "PIPE.xbri"],
        ["validate", "PIPE.xhtml"],
        ["validate", "ZERO.xbri"],
        ["view", "--no-open", "PIPE.xbri"],
        ["validate", "GOOD", "--package", "PIPE.zip"],
        ["convert", "GOOD", "-o", "out", "--package", "PIPE"],
        ["facts", "GOOD", "--overrides", "PIPE"],
        ["facts", "GOOD", "--learned", "PIPE"],
        ["facts", "GOOD", "--precedents", "ZERO"],
        ["learn", "PIPE.zip", "-o", "l.zip"],
        ["learn", "PIPE.csv.gz", "-o", "l.zip"],
    ],
    ids=" ".join,
)
def test_a_device_or_pipe_is_never_waited_for(words: list[str], tmp_path: Path, reference: Path) -> None:
    (tmp_path / "GOOD").write_bytes(reference.read_bytes())
    for word in words:
        if word.startswith("PIPE"):
            os.mkfifo(tmp_path / word)
        elif word.startswith("ZERO"):
            (tmp_path / word).symlink_to("/dev/zero")
    command = [sys.executable, "-m", "capxbrl", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.startswith("capxbrl: ") and done.stderr.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("--help > /dev/full", 2),
        ("--version > /dev/full", 2),
        ("facts --help > /dev/full", 2),
        ("facts GOOD -o /dev/full", 2),
        ("facts GOOD -o /dev/stdout | cat", 0),
        ("facts - <&-", 2),
        ("facts GOOD 2>&-", 0),
        ("facts GOOD >&-", 0),
        ("check GOOD <&- >&- 2>&-", 0),
        ("convert GOOD -o out --no-validate 2>&-", 0),
        ("convert GOOD -o out2 --no-validate --namespace-base http://[::1]:99999/x", 2),
    ],
)
def test_streams_that_are_full_or_closed(words: str, status: int, tmp_path: Path, reference: Path) -> None:
    (tmp_path / "GOOD").write_bytes(reference.read_bytes())
    command = f"set -o pipefail; {sys.executable} -m capxbrl {words}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == status and "Traceback" not in done.stderr
    assert not Path("/dev/full").is_file(), "a device is never replaced"
    if status == 2 and "2>&-" not in words:
        assert done.stderr.startswith("capxbrl: ") and done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the address space")
@pytest.mark.parametrize("kilobytes", [60_000, 100_000, 150_000, 180_000])
def test_too_little_memory_is_one_line(kilobytes: int, reference: Path) -> None:
    command = f"ulimit -v {kilobytes}; {sys.executable} -m capxbrl facts {reference}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (2, "capxbrl: there is not enough memory\n")


def test_output_never_takes_the_place_of_an_input(tmp_path: Path, reference: Path) -> None:
    """Of the table of overrides, neither, nor of the input by another name; a link to elsewhere stays a link."""
    (tmp_path / "a.txt").write_bytes(reference.read_bytes())
    (tmp_path / "mine.csv").write_text("statement,label,under,concept,negate,note\n")
    os.link(tmp_path / "a.txt", tmp_path / "hard.txt")
    (tmp_path / "soft.txt").symlink_to("a.txt")
    for name in ("mine.csv", "hard.txt", "soft.txt"):
        before = (tmp_path / name).read_bytes()
        done = run("unknown", tmp_path / "a.txt", "--overrides", tmp_path / "mine.csv", "-o", tmp_path / name)
        assert done.exit_code == 2 and "is an input" in done.stderr and (tmp_path / name).read_bytes() == before
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("facts", tmp_path / "a.txt", "-o", tmp_path / "link.csv").exit_code == 0
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").is_file()


def test_a_loose_row_above_a_total_of_other_columns() -> None:
    """Found by evals/fuzz.py: the figures of a row of fewer columns, above one that has figures in others only."""
    page = (
        "Total stockholders' equity\t12.,43,\t110,946\nTotal Liabilities and Stockholders' Equity\t205,752\t1 2,7,7\n\n"
        "MADE-UP CORP INC CONSOLIDATED STATEMENTS OF OPERATIONS\n\n(Dollars in thousands, except per share data)\n\n"
        "(Unaudited)\n\n\tThree months ended June 31, 2009\tThree months ended June S0, 5408"
        "\tFor the Six Months Ended June 30, 2O02\tFor \n"
        "Product licenses\t\\$ 10,07.\t\\$ 12,340\t\\$ O6,503\t\\$ 21,557\n"
        "Recurring services\t.4,220\t2S,S46\t.7,131\t43,88.\n"
        "Professional and education services\t6,823\t6,674\t12,7l1\t12,004\n"
        "Total revenue\t41,430\t41,920\t86,13 \t.8,750\n"
        "Product licenses\t 54\t5,S\t84S\t956\n\nRecurring services\t8,.23\t9,241\t15,619\t56,847\n"
    )
    pipeline.analyse(pipeline.load(page.encode(), "a.txt").value)


@pytest.mark.parametrize("size", ["1Opt", "0pxx", "1 0pt", "1e3px"])
def test_a_size_that_is_no_length_hides_nothing(size: str) -> None:
    """Found by evals/fuzz.py: browsers pass over such a rule, and show the text."""
    page = f'<html><body><table><tr style="font-size:{size}"><td>Cash</td><td>1,100</td></tr></table></body></html>'
    document, found = pipeline.load(page.encode(), "a.htm")
    assert "1,100" in _words(document) and not found


def test_words_at_the_right_that_make_no_table_are_not_lost() -> None:
    """Found by evals/fuzz.py: lines look like two tables side by side, the right one of which is none."""
    rule, again = " " * 56 + "-" * 24 + "\n", " " * 58 + "2003" + " " * 31 + "December 31,\n"
    page = (
        "MADE-UP CORP\nConsolidated Statements of Operations\n\n" + " " * 59 + "Three Months Ended\n" + " " * 62
        + "December 31,\n" + (rule + again) * 5 + rule + " " * 58 + "2003           2002\n" + " " * 56
        + "---------    -----------\nRevenues:\n   Finance income" + " " * 37 + "$11,455,000    $ 6,751,000\n"
        + "Expenses:\n   General and administrative" + " " * 27 + "2,543,000      1,353,000\n"
    )  # fmt: skip
    document = pipeline.load(page.encode(), "a.txt").value
    assert _words(document).count("December 31,") == page.count("December 31,")


def _words(document: Document) -> str:
    """All that paragraphs and cells show."""
    cells = (c for b in document.blocks if isinstance(b, Table) for row in b.rows for c in row.cells)
    return "\n".join(shown.text for shown in (*(b for b in document.blocks if isinstance(b, Paragraph)), *cells))
