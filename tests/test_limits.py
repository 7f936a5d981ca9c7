"""Limits round each run of Arelle: what takes too long or too much is a finding, and nobody else is concerned."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiny_report import package, report

import capxbrl as cx
from capxbrl import gate
from capxbrl.cli import main
from capxbrl.findings import UnreadableInput
from capxbrl.gate import limits, preload, session
from capxbrl.gate.limits import Ended, Limits, bounded
from capxbrl.gate.log import Collector, Record

linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is watched on Linux only")


def _sleep() -> str:
    time.sleep(60)
    return "too late"


def _spin() -> str:
    while True:
        pass


def _fill() -> int:
    held = []
    while True:
        held.append(bytearray(b"x" * 10_000_000))


def _swallow() -> str:
    """As Arelle does: whatever is raised within is caught."""
    held = []
    while True:
        try:
            held.append(bytearray(b"x" * 10_000_000))
        except Exception:
            held.append(bytearray())


def _at_once() -> int:
    return len(bytearray(1 << 34))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _refuse() -> None:
    raise UnreadableInput("x: is no report")


class _Odd(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def _raise_what_cannot_be_sent() -> None:
    raise _Odd(1, 2)


def _print() -> str:
    print("this must not come between")
    return "heard"


@pytest.fixture(params=["forked", "started"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A child that is a fork, and one that is started anew, as where the caller has threads."""
    if request.param == "started":
        monkeypatch.setattr(limits, "can_fork", lambda: False)
    elif not limits.can_fork():
        pytest.skip("no safe fork here")
    yield request.param


@pytest.mark.parametrize("job", [_sleep, _spin])
def test_what_takes_too_long_is_stopped(job: Callable[..., Any], way: str) -> None:
    begun = time.monotonic()
    assert bounded(job, (), Limits(seconds=1)) == Ended(why="time")
    assert time.monotonic() - begun < 5


@linux
@pytest.mark.parametrize("job", [_fill, _swallow, _at_once])
def test_what_takes_too_much_is_stopped(job: Callable[..., Any], way: str) -> None:
    assert bounded(job, (), Limits(seconds=60, megabytes=200)) == Ended(why="memory")


@pytest.mark.skipif(os.name == "nt", reason="no signals")
def test_a_child_that_dies_is_told(way: str) -> None:
    assert bounded(_die, (), Limits()) == Ended(why="died", status=-signal.SIGKILL)


def test_what_a_job_raises_reaches_the_caller(way: str) -> None:
    with pytest.raises(UnreadableInput, match="x: is no report"):
        bounded(_refuse, (), Limits())
    with pytest.raises(RuntimeError, match="1 and 2"):
        bounded(_raise_what_cannot_be_sent, (), Limits())


def test_what_a_job_prints_is_not_its_answer(way: str) -> None:
    assert bounded(_print, (), Limits()) == "heard"


def test_the_caller_is_left_as_it_was(way: str) -> None:
    def state() -> tuple[object, ...]:
        at = signal.getsignal(signal.SIGINT), threading.active_count(), os.getcwd(), dict(os.environ)
        if sys.platform == "linux":
            import resource

            return (*at, resource.getrlimit(resource.RLIMIT_AS), len(os.listdir("/proc/self/fd")))
        return at

    before = state()
    bounded(_sleep, (), Limits(seconds=0.1))
    assert state() == before


def test_a_module_in_the_folder_of_the_caller_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is validated where it lies, beside files of whoever sent it."""
    monkeypatch.setattr(limits, "can_fork", lambda: False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    for name in ("pickle", "resource", "arelle", "capxbrl"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(7)")
    assert bounded(_print, (), Limits()) == "heard"


# --- reports ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return package(tmp_path / "good.xbri", report())


def test_validation_is_the_same_whichever_way(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = gate.validate(good)
    monkeypatch.setattr(limits, "can_fork", lambda: False)
    assert gate.validate(good) == forked and forked.valid


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Limits(seconds=0.01), "gate.time-limit"),
        pytest.param(Limits(megabytes=1), "gate.memory-limit", marks=linux),
    ],
)
def test_an_overrun_is_a_finding(given: Limits, code: str, good: Path, tmp_path: Path, way: str) -> None:
    made = gate.validate(good, viewer=tmp_path / "viewer", limits=given)
    assert [f.code for f in made.findings] == [code]
    assert not made.judged and not made.valid and made.viewer == ()
    assert not (tmp_path / "viewer").exists()
    assert "NOT JUDGED" in gate.receipt(made)


@pytest.mark.skipif(not limits.can_fork(), reason="no safe fork here")
def test_an_overrun_takes_no_other_report_down(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the process that holds the taxonomy, too: the slow one is stopped, those around it are judged."""
    check = preload.prepare

    def slow(path: Path, *rest: Any) -> Any:
        if path.name == "slow.xbri":
            time.sleep(60)
        return check(path, *rest)

    monkeypatch.setattr(preload, "prepare", slow)
    slow_one = package(tmp_path / "slow.xbri", report())
    other = package(tmp_path / "other.xbri", report(("Tiny Corporation", "Other Corporation")))
    made = list(gate.validate_many([good, slow_one, other], limits=Limits(seconds=4)))
    assert [[f.code for f in v.findings] for v in made] == [[], ["gate.time-limit"], []]
    assert [v.judged for v in made] == [True, False, True]


def test_one_file_that_is_no_report_takes_no_other_down(good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.xbri").write_bytes(b"PK\x03\x04 and no more")
    done = CliRunner().invoke(main, ["validate", str(good), str(tmp_path / "broken.xbri"), str(good)])
    assert done.exit_code == 2
    assert done.stderr.count("Verdict    valid") == 2 and "broken.xbri: is no readable zip" in done.stderr


def test_a_conversion_that_cannot_be_judged_in_time(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "ACME CORP\nCONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n                 September 30, 2009\n"
        "Cash                       $ 1,100\nInventories                  2,000\nTotal assets               $ 3,100\n"
    )
    done = CliRunner().invoke(main, ["convert", str(text), "-o", str(tmp_path / "out"), "--time-limit", "0.01"])
    assert done.exit_code == 1 and "[gate.time-limit]" in done.stderr and "not judged" in done.stderr
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert {"report.xbri", "facts.csv", "receipt.txt", "manifest.json"} <= names and "viewer.html" not in names
    receipt = (tmp_path / "out" / "receipt.txt").read_text()
    assert "NOT JUDGED" in receipt and "--time-limit 0.01" in receipt
    assert '"valid": null' in (tmp_path / "out" / "manifest.json").read_text()
    assert CliRunner().invoke(main, ["verify", str(tmp_path / "out")]).exit_code == 0
    assert [f.code for f in cx.convert(text, time_limit=0.01).findings][-1] == "gate.time-limit"


@pytest.mark.parametrize("words", [["--time-limit", "0"], ["--time-limit", "nan"], ["--memory-limit", "-1"]])
def test_a_limit_that_means_nothing(words: list[str], good: Path) -> None:
    assert CliRunner().invoke(main, ["validate", str(good), *words]).exit_code == 2


def test_no_memory_for_a_watch_is_no_memory(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(MemoryError):
        bounded(_sleep, (), Limits(seconds=60))


@pytest.mark.parametrize(
    ("code", "message"),
    [("exception:MemoryError", "exception: , instance: a"), ("xmlSyntax", "Memory allocation failed")],
)
def test_no_memory_is_no_fault_of_the_report(code: str, message: str) -> None:
    log = Collector()
    log.records.append(Record(level=40, level_name="ERROR", code=code, message=message, refs=()))
    with pytest.raises(MemoryError):
        session.outcome(Path("a.xbri"), (), log, [], "")
