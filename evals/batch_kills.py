"""`capxbrl batch` killed at random moments and taken up again: nothing lost, doubled or half written.

    python evals/batch_kills.py [--count 50] [--filings 150] [--seed N] [--validate]

Filings of made-up companies are converted into a folder once without disturbance, and once with: in turn the whole is
killed (SIGKILL), a worker is killed, or the disk is full for a while (Linux: a small file system in memory, mounted for
this process alone; without the right to do that, these are left out). After each the batch is taken up with --resume.
At the end every output must have the bytes of the undisturbed run, the journal must have each filing once, nothing may
be under way, and no process may run. Prints a line a kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

_PAGE = """EXAMPLE MILLS {number} INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  {cash}   $  1,100
Receivables                      2,500      2,400
Total assets                  $  {total}   $  3,500
"""
_DISK = 192 << 20


def filings(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        page = _PAGE.format(number=number, cash=f"{1000 + number:,}", total=f"{3500 + number:,}")
        (folder / f"f{number:05}.txt").write_text(page)


def begun(work: Path, out: Path, more: list[str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "capxbrl", "batch", "in", "-o", str(out), "--jobs", "2", "--quiet", *more]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, cwd=work, stdout=quiet, stderr=quiet, env={**os.environ, "TMPDIR": str(work)})


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def running(work: Path) -> list[str]:
    """Processes that still know of this place (Linux)."""
    out = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={work}".encode() in (place / "environ").read_bytes().split(b"\0"):
                out.append(place.name)
        except OSError:
            continue
    return out


def tree(folder: Path) -> dict[str, bytes]:
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != "journal.jsonl")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def done(out: Path) -> int:
    journal = out / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def filled(out: Path, rooms: int) -> bool:
    """Leave so many bytes of room on the small disk; False where the folder is on a large one."""
    room = os.statvfs(out)
    free = room.f_bavail * room.f_frsize
    if free > _DISK:
        return False
    (out / ".filler").write_bytes(b"\0" * max(0, free - rooms))
    return True


def disturbed(work: Path, out: Path, more: list[str], rng: random.Random, most: int) -> str:
    """One run that is disturbed, and how. most: filings that it does before."""
    kind = rng.choice(("whole", "whole", "worker", "disk"))
    full = kind == "disk" and filled(out, rng.randrange(10_000, 60_000 * most))
    wanted = done(out) + rng.randrange(most)
    process = begun(work, out, [*more, "--resume"])
    start = time.monotonic()
    if full:
        status = process.wait()
        (out / ".filler").unlink()
        return f"the disk was full: status {status}"
    time.sleep(rng.uniform(0, 2))
    while process.poll() is None and done(out) < wanted:
        time.sleep(0.005)
    time.sleep(rng.uniform(0, 0.3))
    moment = time.monotonic() - start
    if process.poll() is not None:
        return "was done before it was killed"
    what = "killed"
    if kind == "worker" and (found := children(process.pid)):
        os.kill(rng.choice(found), signal.SIGKILL)
        what, wanted = "a worker killed, then all", done(out) + most
        while process.poll() is None and done(out) < wanted:
            time.sleep(0.005)
    process.kill()
    process.wait()
    return f"{what} after {moment:.1f} s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--filings", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--validate", action="store_true", help="with Arelle: its processes are killed, too")
    a = parser.parse_args()
    if sys.platform == "linux" and "KILLS_ALONE" not in os.environ and _may_mount():
        alone = ["unshare", "--mount", sys.executable, *sys.argv]
        return subprocess.run(alone, env={**os.environ, "KILLS_ALONE": "1"}, check=False).returncode
    rng = random.Random(a.seed)
    more = [] if a.validate else ["--no-validate"]
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        filings(work / "in", a.filings)
        (out := work / "out").mkdir()
        if "KILLS_ALONE" in os.environ:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(out)], check=True)
        try:
            begun(work, work / "whole", more).wait()
            for number in range(1, a.count + 1):
                before = done(out)
                how = disturbed(work, out, more, rng, max(2, 2 * a.filings // a.count))
                kinds[how.split(" after")[0].split(":")[0]] += 1
                print(f"{number:3}  {how}; {before} -> {done(out)} of {a.filings}", flush=True)
            status = begun(work, out, [*more, "--resume"]).wait()
            failed = judged(work, out, a.filings, status)
        finally:
            if "KILLS_ALONE" in os.environ:
                subprocess.run(["umount", str(out)], check=False)
    for kind, count in kinds.most_common():
        print(f"{count:4}  {kind}")
    print(f"{len(failed)} failures after {a.count} disturbances, seed {a.seed}: {'; '.join(failed) or 'none'}")
    return 1 if failed else 0


def judged(work: Path, out: Path, count: int, status: int) -> list[str]:
    """What is wrong at the end."""
    failed = [] if status == 0 else [f"status {status}"]
    names = [json.loads(line)["input"] for line in (out / "journal.jsonl").read_text().splitlines()]
    if sorted(set(names)) != sorted(f"in/f{number:05}.txt" for number in range(count)):
        failed.append(f"the journal has {len(set(names))} filings")
    if len(names) != len(set(names)):
        failed.append(f"{len(names) - len(set(names))} filings were done twice")
    disturbed, whole = tree(out), tree(work / "whole")
    if disturbed != whole:
        names = [n for n in disturbed.keys() | whole.keys() if disturbed.get(n) != whole.get(n)]
        failed.append(f"{len(names)} files differ, such as {sorted(names)[:3]}")
    if alive := running(work):
        failed.append(f"processes run on: {alive}")
    left = [p.name for p in work.iterdir() if p.name not in ("in", "out", "whole")]
    if left:
        failed.append(f"left: {left[:3]}")
    return failed


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory() as place:
        words = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", place]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
