"""`capxbrl convert` killed at random moments: what the folder of output holds afterwards, and what is left elsewhere.

    python evals/kills.py [--count N] [--seed N] [--no-validate]

Two filings are converted into one folder in turn; each conversion is killed (SIGKILL) at a random moment of the time
that a whole one takes, its children left to themselves. After each kill the folder must hold the old set or the new
one, whole, as `capxbrl verify` says. After the next conversion, that is not killed, nothing of any may be left beside
the folder or where the system keeps scratch files, and no process of them may run. Prints a line a kill.
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

from capxbrl.findings import CapxbrlError
from capxbrl.folder import verify

_PAGE = """ACME CORP
CONSOLIDATED BALANCE SHEETS
(In thousands of dollars)

                              September 30,   December 31,
                                  2009            2008
Cash                            $ {cash}          $ 1,090
Inventories                       2,000           1,900
Total assets                    $ {total}          $ 2,990

Accounts payable                $   350         $   310
Retained earnings                 {rest}           2,680
Total liabilities and equity    $ {total}          $ 2,990
"""


def begun(source: Path, folder: Path, scratch: Path, more: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "capxbrl", "convert", str(source), "-o", str(folder), *more]
    return subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(scratch)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def holds(folder: Path) -> str:
    """Whose whole set a folder holds, by the name of the input in its manifest."""
    try:
        findings = verify(folder)
        name = str(json.loads((folder / "manifest.json").read_text())["input"]["name"])
    except (CapxbrlError, OSError, ValueError, KeyError) as error:
        return f"FAILED: {error}"
    return f"FAILED: {'; '.join(f.message for f in findings)}" if findings else name


def rest(work: Path, scratch: Path) -> list[str]:
    """What lies beside the folder and the inputs, and in the scratch place."""
    kept = {"a.txt", "b.txt", "out", "scratch"}
    return sorted(p.name for p in work.iterdir() if p.name not in kept) + sorted(p.name for p in scratch.iterdir())


def running(scratch: Path) -> list[str]:
    """Processes that still know of this scratch place (Linux)."""
    out = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={scratch}".encode() in (place / "environ").read_bytes().split(b"\0"):
                out.append(place.name)
        except OSError:
            continue
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-validate", action="store_true", help="without Arelle: more of the kills hit the writing")
    a = parser.parse_args()
    more = ["--no-validate"] if a.no_validate else []
    rng = random.Random(a.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        (scratch := work / "scratch").mkdir()
        for name, cash, total, kept in (("a.txt", "1,100", "3,100", "2,750"), ("b.txt", "1,400", "3,400", "3,050")):
            (work / name).write_text(_PAGE.format(cash=cash, total=total, rest=kept))
        start = time.monotonic()
        begun(work / "a.txt", work / "out", scratch, more).wait()
        whole, held = time.monotonic() - start, "a.txt"
        for number in range(1, a.count + 1):
            following = "b.txt" if held == "a.txt" else "a.txt"
            moment = rng.uniform(0, whole * 1.05)
            last = whole
            process = begun(work / following, work / "out", scratch, more)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
            time.sleep(0.1)  # for the system to end what hung on it
            now, left, alive = holds(work / "out"), rest(work, scratch), running(scratch)
            which = "the old set" if now == held else "the new set" if now == following else now
            if alive:
                which = f"FAILED: processes run on: {alive}"
            if now in ("a.txt", "b.txt"):
                start = time.monotonic()
                begun(work / now, work / "out", scratch, more).wait()
                whole = time.monotonic() - start  # as fast as the machine is now
            after = rest(work, scratch)
            if after:
                which = f"FAILED: left after the next run: {after}"
            outcomes[which] += 1
            print(
                f"{number:3}  killed after {moment:.2f} of {last:.2f} s: {which}; left until the next run: {len(left)}"
            )
            held = now if now in ("a.txt", "b.txt") else held
    for outcome, count in outcomes.most_common():
        print(f"{count:4}  {outcome}")
    failed = sum(count for outcome, count in outcomes.items() if outcome.startswith("FAILED"))
    print(f"{failed} failures in {a.count} kills, seed {a.seed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
