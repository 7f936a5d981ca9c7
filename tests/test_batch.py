"""Many filings: each input once, the same bytes whatever the number of workers, nothing lost by a kill, nobody taken
down by another."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import capxbrl as cx
from capxbrl.batch.archives import MAX_RATIO, members
from capxbrl.batch.jobs import Job, jobs, key
from capxbrl.batch.running import ran
from capxbrl.batch.targets import Target
from capxbrl.batch.whole import Plan, batch, conclude
from capxbrl.cli import main
from capxbrl.files import MAX_BYTES
from capxbrl.findings import UnreadableInput
from capxbrl.gate import Limits, Stopped, Workers
from capxbrl.options import Options

PAGE = """EXAMPLE MILLS {number} INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  {cash}   $  1,100
Receivables                      2,500      2,400
Total assets                  $  {total}   $  3,500
"""


def page(number: int) -> bytes:
    """A filing of a made-up company, each with other figures."""
    return PAGE.format(number=number, cash=f"{1000 + number:,}", total=f"{3500 + number:,}").encode()


def filings(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"f{number:03}.txt").write_bytes(page(number))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every output; the journal tells how long it took, which is never the same."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != "journal.jsonl")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def run(*words: object, status: int = 0, stdin: str = "") -> str:
    done = CliRunner().invoke(main, ["batch", *map(str, words)], input=stdin)
    assert done.exit_code == status, done.output
    return done.output


# --- inputs -----------------------------------------------------------------------------------------------------------


def tar_gz(path: Path, named: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in named.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def found(*inputs: object, names: tuple[str, ...] = ()) -> dict[str, Job]:
    return {job.name: job for job in jobs([str(one) for one in inputs], lambda: names)}


def test_inputs_of_every_kind_are_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    filings(Path("in"), 3)
    (Path("in") / ".hidden").write_text("x")
    tar_gz(Path("20010511.nc.tar.gz"), {"0000000001-01-000001.nc": page(7), "sub/b.nc": page(8)})
    with zipfile.ZipFile("more.zip", "w") as archive:
        archive.writestr("a.txt", page(9))
        archive.writestr("__MACOSX/a.txt", b"")
    Path("list").write_text("in/f000.txt\n\nmore.zip\n")
    got = found("in", "in/f*.txt", "20010511.nc.tar.gz", "@list", "-", names=("in/f001.txt\n", "in/f002.txt\n"))
    assert [*got] == [
        "in/f000.txt",
        "in/f001.txt",
        "in/f002.txt",
        "20010511.nc.tar.gz!0000000001-01-000001.nc",
        "20010511.nc.tar.gz!sub/b.nc",
        "more.zip!a.txt",
    ]
    assert got["more.zip!a.txt"].read() == page(9)
    again = Job(name="x", place="20010511.nc.tar.gz", member="sub/b.nc")  # taken out of the archive once more
    assert again.read() == page(8)


@pytest.mark.parametrize("given", ["nowhere.txt", "nowhere/*.txt", "@nowhere"])
def test_an_input_that_is_not_there_is_told(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableInput):
        found(given)
    assert "nowhere" in run(given, "-o", "out", status=2)


def test_files_of_equal_names_have_outputs_of_their_own() -> None:
    assert key("a/filing.txt") != key("b/filing.txt")
    assert key("feed.tar.gz!../../etc/passwd").startswith("passwd-")
    assert key("a/..txt").startswith("input-") and "/" not in key("x\\..\\y/\n?")


def told(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {m.name: m.why for m in members(file, path.name)}


def test_a_tar_made_to_harm_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind in (("../up.nc", tarfile.REGTYPE), ("/etc/x.nc", tarfile.REGTYPE), ("link.nc", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info, io.BytesIO())
        inner = tarfile.TarInfo("inner.tar.gz")
        packed = gzip.compress(b"x")
        inner.size = len(packed)
        archive.addfile(inner, io.BytesIO(packed))
        for _ in range(2):
            good = tarfile.TarInfo("good.nc")
            good.size = 3
            archive.addfile(good, io.BytesIO(b"abc"))
    got = told(path)
    assert "leads outside" in got["../up.nc"] and "leads outside" in got["/etc/x.nc"]
    assert "link" in got["link.nc"] and "archive within an archive" in got["inner.tar.gz"]
    assert got["good.nc"] == got["good.nc#2"] == ""


def test_a_member_that_is_enormous_is_told_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.tar"
    info = tarfile.TarInfo("large.nc")
    info.size = MAX_BYTES + 1
    path.write_bytes(info.tobuf() + b"\0" * 1024)  # its data are missing
    assert "larger than" in told(path)["large.nc"]


def test_a_header_of_an_absurd_size_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.tar"
    info = tarfile.TarInfo("name")
    info.type, info.size = tarfile.XHDTYPE, 1 << 32
    path.write_bytes(info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 2048)
    assert "absurd" in told(path)[""]


def test_bombs_are_told(tmp_path: Path) -> None:
    zeros = b"\0" * (8 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", zeros)
        archive.writestr("good.txt", b"abc")
    got = told(tmp_path / "bomb.zip")
    assert str(MAX_RATIO) in got["bomb.txt"] and got["good.txt"] == ""
    with gzip.open(tmp_path / "bomb.tar.gz", "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for number in range(40):
            info = tarfile.TarInfo(f"{number}.nc")
            info.size = len(zeros)
            tar.addfile(info, io.BytesIO(zeros))
    assert "bomb" in told(tmp_path / "bomb.tar.gz")[""]


def test_a_damaged_archive_gives_what_it_has(tmp_path: Path) -> None:
    whole = tar_gz(tmp_path / "whole.tar.gz", {f"{n}.nc": os.urandom(40_000) for n in range(3)}).read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[:90_000])
    got = told(tmp_path / "cut.tar.gz")
    assert got["0.nc"] == "" and "damaged" in got[""]
    (tmp_path / "none.zip").write_bytes(b"no zip at all")
    assert "damaged" in told(tmp_path / "none.zip")[""]
    out = run(tmp_path / "none.zip", "-o", tmp_path / "out", status=1)
    assert "damaged" in out and "1 failed" in out


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_folder_a_filing_as_convert_makes_it(tmp_path: Path) -> None:
    """The same bytes with one worker, with two, and as `convert` writes them."""
    given = filings(tmp_path / "in", 4)
    (given / "none.txt").write_bytes(b"\x00\x01")
    out = run(given, "-o", tmp_path / "one", "--jobs", 1, "--no-validate", status=1)
    run(given, "-o", tmp_path / "two", "--jobs", 2, "--no-validate", status=1)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert "5 filings: 4 converted, 0 doubtful, 1 failed" in out and "unreadable" in out
    alone = cx.convert(given / "f001.txt", validate=False, viewer=False)
    folder = tmp_path / "one" / key(str(given / "f001.txt"))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == alone.outputs()
    assert cx.verify(folder) == ()
    summary = json.loads((tmp_path / "one" / "summary.json").read_text())
    assert (summary["inputs"], summary["converted"], summary["failed"]) == (5, 4, 1)
    assert summary["causes"][0]["examples"][0]["input"].endswith("none.txt")
    assert "none.txt,unreadable," in (tmp_path / "one" / "set-aside.csv").read_text()
    assert not [p for p in (tmp_path / "one").rglob("*") if ".under-way" in str(p) and p.is_file()]


def test_one_data_set_in_parts(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    given = filings(tmp_path / "in", 3)
    for name, count in (("one", 1), ("two", 2)):
        run(given, "-o", tmp_path / name, "--jobs", count, "--no-validate", "--format", "parquet")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    table = parquet.read_table(tmp_path / "one" / "facts")
    assert {Path(name).name for name in table["source"].to_pylist()} == {"f000.txt", "f001.txt", "f002.txt"}
    run(given, "-o", tmp_path / "sec", "--no-validate", "--format", "fsds")
    assert len([*(tmp_path / "sec" / "num").rglob("*.txt")]) == 3
    done = CliRunner().invoke(main, ["fsds", str(tmp_path / "sec"), "-o", str(tmp_path / "set.zip")])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "set.zip") as archive:
        assert archive.read("sub.txt").count(b"\n") == 4 and archive.read("num.txt").count(b"\n") == 1 + 3 * 6


def test_a_batch_is_taken_up(tmp_path: Path) -> None:
    given, out = filings(tmp_path / "in", 3), tmp_path / "out"
    run(given, "-o", out, "--no-validate")
    first = tree(out)
    assert "--resume" in run(given, "-o", out, "--no-validate", status=2)
    (given / "f003.txt").write_bytes(page(3))
    (given / "f000.txt").write_bytes(page(50))  # another filing by the same name
    (out / key(str(given / "f001.txt")) / "facts.csv").unlink()
    with (out / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"input": "torn')
    run(given, "-o", out, "--no-validate", "--resume")
    lines = [json.loads(line) for line in (out / "journal.jsonl").read_text().splitlines()]
    assert sorted(Path(line["input"]).name for line in lines[3:]) == ["f000.txt", "f001.txt", "f003.txt"]
    run(given, "-o", tmp_path / "fresh", "--no-validate")
    assert tree(out) == tree(tmp_path / "fresh") != first
    run(given, "-o", out, "--no-validate", "--resume", "--taxonomy", "us-gaap-2009")  # other options: all again
    assert len((out / "journal.jsonl").read_text().splitlines()) == 10


def test_two_batches_do_not_write_into_one_folder(tmp_path: Path) -> None:
    given = filings(tmp_path / "in", 2)
    plan = Plan(
        target=Target(place=str(tmp_path / "out")), options=Options(validate=False), journal=tmp_path / "j", jobs=1
    )
    running = batch(jobs([given], tuple), plan)
    next(running)
    with pytest.raises(cx.CapxbrlError, match="another batch"):
        next(batch(jobs([given], tuple), plan))
    running.close()


def test_the_outputs_are_no_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    filings(tmp_path / "in", 2)
    run(".", "-o", "out", "--no-validate")
    run(".", "-o", "out", "--no-validate", "--resume")
    assert json.loads(Path("out/summary.json").read_text())["inputs"] == 2


def test_addresses_in_and_out(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    given = filings(tmp_path / "in", 2)
    for shape in ("folders", "fsds"):
        words = ["--no-validate", "--format", shape, "--journal", tmp_path / f"{shape}.jsonl"]
        run(f"file://{given}/*.txt", "-o", f"file://{tmp_path}/{shape}", *words)
        assert len([*(tmp_path / shape).rglob("manifest.json" if shape == "folders" else "num/*/*.txt")]) == 2
        run(f"file://{given}", "-o", f"file://{tmp_path}/{shape}", *words, "--resume")
        assert len((tmp_path / f"{shape}.jsonl").read_text().splitlines()) == 2
    assert "--journal" in run(given, "-o", f"file://{tmp_path}/x", status=2)


# --- limits -----------------------------------------------------------------------------------------------------------


def hang(job: Job) -> str:
    if job.name == "hangs":
        time.sleep(60)
    if job.name == "eats":
        kept = []
        while True:
            kept.append(bytearray(8 << 20))
    if job.name == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.name == "once":
        marker = Path(job.place)
        if not marker.exists():
            marker.write_text("tried")
            os._exit(3)
    return job.name


def test_who_hangs_eats_or_dies_takes_nobody_down(tmp_path: Path) -> None:
    names = ["a", "hangs", "b", "eats", "dies", "c", "once", "d"]
    given = [Job(name=name, place=str(tmp_path / "marker") if name == "once" else "") for name in names]
    with Workers(2, Limits(seconds=2, megabytes=200)) as workers:
        got = {one.job.name: one for one in ran(given, lambda job: workers.submit(hang, job), 2)}
    assert {n for n in names if got[n].value == n} == {"a", "b", "c", "d", "once"}
    assert got["once"].attempts == 2
    why = {n: (e.why, got[n].attempts) for n in names if isinstance(e := got[n].error, Stopped)}
    assert why == {"hangs": ("time", 2), "eats": ("memory", 2), "dies": ("died", 2)}


def test_a_process_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capxbrl.gate.workers._JOBS", 2)
    with Workers(1) as workers:
        pids = [workers.submit(os.getpid).result() for _ in range(5)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_what_is_stopped_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    """A document that takes long, beside one that does not."""
    given = filings(tmp_path / "in", 1)
    rows = "".join(f"Line {n} of many                 {n:,}   {n + 1:,}\n" for n in range(120_000))
    (given / "long.txt").write_text(f"CONSOLIDATED BALANCE SHEETS\n{rows}")
    warm = Options(validate=False, time_limit=600)
    for options in (warm, Options(validate=False, time_limit=0.001)):
        plan = Plan(target=Target(place=str(tmp_path / "out")), options=options, journal=tmp_path / "out" / "j", jobs=1)
        if options is not warm:
            plan = Plan(target=plan.target, options=options, journal=plan.journal, jobs=1, anew=True)
            [one] = batch(jobs([given / "long.txt"], tuple), plan)
            assert (one.record.outcome, one.record.cause, one.record.attempts) == ("failed", "time-limit", 2)
        else:
            assert [d.record.outcome for d in batch(jobs([given / "f000.txt"], tuple), plan)] == ["converted"]
    conclude(tmp_path / "out" / "j")
    assert "too long" in (tmp_path / "out" / "set-aside.csv").read_text()


# --- killed and taken up ----------------------------------------------------------------------------------------------


def begun(*words: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "capxbrl", "batch", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_killed_at_random_and_taken_up_nothing_is_lost(tmp_path: Path) -> None:
    """Four kills of the whole, or of a worker; evals/batch_kills.py does fifty."""
    given = filings(tmp_path / "in", 24)
    words = (given, "--no-validate", "--jobs", 2, "-o")
    run(*words, tmp_path / "whole")
    rng, out = random.Random(4), tmp_path / "out"
    for number in range(4):
        process = begun(*words, out, "--resume")
        time.sleep(rng.uniform(0.8, 2.5))
        if number % 2:
            for child in children(process.pid)[:1]:
                os.kill(child, signal.SIGKILL)
            process.wait(120)
        else:
            process.kill()
            process.wait()
    run(*words, out, "--resume")
    assert tree(out) == tree(tmp_path / "whole")
    inputs = [json.loads(line)["input"] for line in (out / "journal.jsonl").read_text().splitlines()]
    assert len(inputs) == len(set(inputs)) == 24


def children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] or [
        int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()
    ]


def test_a_disk_that_is_full_ends_a_batch_and_loses_nothing(tmp_path: Path) -> None:
    """The journal may grow to so many bytes and no more: its last line is torn."""
    resource = pytest.importorskip("resource")
    given, out = filings(tmp_path / "in", 4), tmp_path / "out"
    words = [sys.executable, "-m", "capxbrl", "batch", str(given), "-o", str(out), "--no-validate", "--jobs", "1"]
    words += ["--format", "fsds"]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1200, 1200))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run([*words, "--resume"], capture_output=True, text=True, preexec_fn=limited)
    assert done.returncode == 2 and "cannot write" in done.stderr, done.stderr
    run(*words[4:], "--resume")
    run(given, "-o", tmp_path / "whole", "--no-validate", "--format", "fsds")
    assert tree(out) == tree(tmp_path / "whole")


# --- convert_many -----------------------------------------------------------------------------------------------------


def executors() -> Iterator[Any]:
    yield lambda: None
    yield lambda: ThreadPoolExecutor(2)
    yield lambda: ProcessPoolExecutor(1)


@pytest.mark.parametrize("make", [*executors()], ids=["own", "threads", "processes"])
def test_convert_many_gives_what_convert_gives(make: Any, tmp_path: Path) -> None:
    given = filings(tmp_path / "in", 3)
    executor: Executor | None = make()
    inputs = [given, ("tenth", page(10)), ("none", b"\0\1")]
    got = {one.name: one for one in cx.convert_many(inputs, executor, validate=False)}
    assert len(got) == 5
    for name in ("f000.txt", "f002.txt"):
        made = got[str(given / name)].conversion
        assert made is not None and made.files == cx.convert(given / name, validate=False).files
    tenth = got["tenth"].conversion
    assert tenth is not None and tenth.balance_sheet.lines
    assert isinstance(got["none"].error, UnreadableInput) and got["none"].conversion is None
    if executor is not None:
        executor.shutdown()


def test_convert_many_is_lazy() -> None:
    taken: list[int] = []

    def many() -> Iterator[tuple[str, bytes]]:
        for number in range(1000):
            taken.append(number)
            yield f"{number}.txt", page(number)

    results = cx.convert_many(many(), jobs=1, validate=False)
    assert taken == []
    next(results)
    assert len(taken) <= 3
    results.close()  # type: ignore[attr-defined]


def test_convert_many_can_raise() -> None:
    with pytest.raises(UnreadableInput):
        list(cx.convert_many([("none", b"\0\1")], on_error="raise", validate=False))
    with pytest.raises(cx.WrongOption):
        cx.convert_many([], on_error="panic")
    with pytest.raises(TypeError, match="taxonomy"):
        cx.convert_many([], taxonomi="x")


# --- Dask -------------------------------------------------------------------------------------------------------------


def test_dask_gives_the_same_though_a_worker_is_killed(tmp_path: Path) -> None:
    """A scheduler and two workers, as on two machines; one is killed in the middle."""
    if find_spec("distributed") is None:  # to import it would change how every exception is sent
        pytest.skip("the extra dask is not installed")
    given, out = filings(tmp_path / "in", 12), tmp_path / "out"
    run(given, "-o", tmp_path / "whole", "--no-validate")
    where = tmp_path / "scheduler.json"
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    processes = [started("distributed.cli.dask_scheduler", *local, "--port", "0", "--scheduler-file", str(where))]
    try:
        while not where.exists():
            time.sleep(0.1)
        time.sleep(0.2)
        address = json.loads(where.read_text())["address"]
        for _ in range(2):
            processes.append(started("distributed.cli.dask_worker", address, *local, "--nthreads", "1", "--no-nanny"))
        process = begun(given, "-o", out, "--no-validate", "--scheduler", address)
        journal = out / "journal.jsonl"
        while process.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") >= 3):
            time.sleep(0.02)
        processes[1].kill()
        assert process.wait(300) == 0
    finally:
        for one in processes:
            one.kill()
            one.wait()
    assert tree(out) == tree(tmp_path / "whole")
    assert len(journal.read_text().splitlines()) == 12


def started(module: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = filings(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "capxbrl[dask]" in run(given, "-o", tmp_path / "out", "--engine", "dask", status=2)
