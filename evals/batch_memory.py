"""Memory of a batch of many tiny filings: of the process that leads, and of its workers, as the batch goes on.

    python evals/batch_memory.py [--count 20000] [--jobs 1]

Filings of made-up companies are generated and converted into Parquet files without validation; the memory of each
process is looked at after every twentieth part (Linux). It must not grow.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from batch_kills import begun, children, done, filings


def held(pid: int) -> int:
    """Megabytes in memory (proc(5))."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 >> 20
    except OSError:
        return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=1)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        filings(work / "in", a.count)
        more = ["--no-validate", "--format", "parquet", "--jobs", str(a.jobs)]
        process = begun(work, work / "out", more)
        start, step, seen = time.monotonic(), max(1, a.count // 20), 0
        print(f"{'filings':>8} {'leading':>8} {'workers':>16} MB", flush=True)
        while process.poll() is None:
            time.sleep(0.2)
            if (now := done(work / "out")) >= seen + step:
                seen = now
                workers = " ".join(str(held(child)) for child in sorted(children(process.pid)))
                print(f"{now:8,} {held(process.pid):8} {workers:>16}", flush=True)
        took = time.monotonic() - start
        print(f"{a.count:,} filings in {took:.0f} s: {a.count / took:.1f} a second; status {process.returncode}")
    return process.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
