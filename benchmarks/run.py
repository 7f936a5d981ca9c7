"""How fast it is: each figure beside its goal, and beside what other tools take for the same page in the same run.

    python benchmarks/run.py [PART...] [--corpus FOLDER] [--largest MEGABYTES] [--patience SECONDS]

PART: filings (whole conversions, and what of them is prose), peers (other readers of HTML; `pip install edgartools
sec2md`), growth (time against bytes, facts, lines, columns, statements), start (a command from nothing), memory,
batch (filings a second on two processors), hostile; without PART all of them. --corpus: real filings in place of
made-up ones where they are measured. Times are seconds of processor time, the least of several runs; run it on a quiet
machine. Nothing is validated but where it is said.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import documents
from peers import peers

import capxbrl as cx
from capxbrl import pipeline, prose
from capxbrl.findings import UnreadableInput

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "examples" / "capstone-2009-11-09.txt"
#: Megabytes that a process may hold before it has read anything.
_EMPTY = 75


def seconds(work: Callable[[], object], patience: float) -> float:
    """The least processor time of as many runs as there is patience for."""
    best, spent = math.inf, 0.0
    while spent <= patience:
        begun = time.process_time()
        work()
        taken = time.process_time() - begun
        best, spent = min(best, taken), spent + max(taken, patience / 40)
    return best


def table(title: str, heads: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Prints rows as they come, as a table of Markdown."""
    print(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{' --- |' * len(heads)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


# --- whole filings -------------------------------------------------------------------------------------------------


def largest(corpus: Path | None, suffixes: set[str], most: int, count: int = 3) -> list[tuple[str, bytes]]:
    """The largest real filings, or made-up ones: what they are called and hold."""
    style = "html" if ".htm" in suffixes else "text"
    if corpus is None:
        sizes = [min(size, most) for size in (100_000, 1_000_000)]
        return [(f"{style}, made up", documents.sized(style, size)) for size in sizes]
    found = sorted((p for p in corpus.iterdir() if p.suffix in suffixes), key=lambda p: -p.stat().st_size)
    return [(f"{style}, real", path.read_bytes()) for path in found[:count]]


def prose_share(data: bytes) -> float:
    """The share of the conversion's time that the sentences take."""
    spent, read = 0.0, prose.read_prose

    def timed(*given: object, **named: object) -> object:
        nonlocal spent
        begun = time.process_time()
        try:
            return read(*given, **named)  # type: ignore[arg-type]
        finally:
            spent += time.process_time() - begun

    prose.read_prose = timed
    try:
        begun = time.process_time()
        pipeline.convert(data, validate=False)
        return spent / (time.process_time() - begun)
    finally:
        prose.read_prose = read


def filings(corpus: Path | None, most: int, patience: float) -> None:
    def rows() -> Iterator[Sequence[str]]:
        like = REFERENCE.read_text(encoding="utf-8")
        others = (documents.varied(like, times).encode() for times in itertools.count(1))  # no cache knows its figures
        cx.convert(next(others), validate=False)
        ixbrl = seconds(lambda: cx.convert(next(others), validate=False, formats="xhtml"), patience)
        yield "reference filing", "to the iXBRL string", f"{ixbrl * 1e3:.1f} ms", "20 ms"
        whole = seconds(lambda: cx.convert(next(others), validate=False), patience)
        yield "reference filing", "all files", f"{whole * 1e3:.1f} ms", "35 ms"
        yield "reference filing", "prose", f"{prose_share(next(others)):.1%}", "10 %"
        for suffixes, goal in (({".htm", ".html"}, 400), ({".txt"}, 800)):
            for name, data in largest(corpus, suffixes, most):
                size = len(data) / 1e6
                cost = seconds(lambda data=data: cx.convert(data, validate=False), patience) / size * 1e3
                yield f"{name}, {size * 1e3:,.0f} KB", "all files", f"{cost:,.0f} ms/MB", f"{goal} ms/MB"
                yield f"{name}, {size * 1e3:,.0f} KB", "prose", f"{prose_share(data):.1%}", "10 %"

    table("Filings", ("filing", "what", "taken", "goal"), rows())


def beside_peers(corpus: Path | None, most: int, patience: float) -> None:
    def rows() -> Iterator[Sequence[str]]:
        ours: dict[str, Callable[[bytes], object]] = {
            "capxbrl, blocks and cells": cx.read,
            "capxbrl, all files": lambda data: cx.convert(data, validate=False),
        }
        for name, data in largest(corpus, {".htm", ".html"}, most):
            least = 0.0
            for tool, work in {**peers(), **ours}.items():
                work(data)
                cost = seconds(lambda work=work, data=data: work(data), patience) / len(data) * 1e9
                least = least or cost
                yield f"{name}, {len(data) / 1e3:,.0f} KB", tool, f"{cost:,.0f} ms/MB", f"{cost / least:.1f}"

    table("Beside other readers of HTML", ("page", "tool", "taken", "times the lxml grid"), rows())


# --- growth ----------------------------------------------------------------------------------------------------------


def dimensions(most: int) -> Iterator[tuple[str, list[int], Callable[[int], bytes]]]:
    """What grows, the sizes, and the document of a size."""
    sizes = [n for n in (10_000, 100_000, 1_000_000, 3_000_000, 10_000_000) if n <= most]
    for style in ("text", "html"):
        yield f"bytes of {style}", sizes, lambda n, style=style: documents.sized(style, n)
    limit = most // 1000
    for style, make in (("text", documents.text), ("HTML", documents.html)):
        facts = [n for n in (10, 100, 1_000, 10_000) if n <= limit]
        yield f"facts, {style}", facts, lambda n, make=make: make(1, n // 5, 5, 1)
        lines = [n for n in (10, 100, 500, 1_000, 2_000) if n <= limit]
        yield f"lines, {style}", lines, lambda n, make=make: make(1, n, 2, 1)
        yield f"columns, {style}", [1, 2, 5, 10, 20], lambda n, make=make: make(4, 24, n, 1)
        yield (
            f"statements, {style}",
            [n for n in (1, 10, 50, 100) if n <= limit],
            lambda n, make=make: make(n, 24, 2, 1),
        )


def growth(most: int, patience: float) -> None:
    def rows() -> Iterator[Sequence[str]]:
        for what, sizes, make in dimensions(most):
            times = [seconds(lambda n=n, make=make: cx.convert(make(n), validate=False), patience / 3) for n in sizes]
            steps = [
                math.log(times[i] / times[i - 1]) / math.log(sizes[i] / sizes[i - 1]) for i in range(1, len(sizes))
            ]
            shown = ", ".join(f"{n:,}: {t:.3f}" for n, t in zip(sizes, times, strict=True))
            yield what, shown, f"{max(steps, default=0):.2f}", "1.1"

    table("Growth", ("what grows", "seconds", "steepest exponent of a step", "goal"), rows())


# --- processes -------------------------------------------------------------------------------------------------------


def used(words: Sequence[str], **more: object) -> tuple[float, float, float]:
    """Processor seconds, seconds of the clock, and the most megabytes held, of a command."""
    begun = time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *words], stdout=quiet, stderr=quiet, **more)  # type: ignore[call-overload]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{words}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


def start(patience: float) -> None:
    def rows() -> Iterator[Sequence[str]]:
        for words, goal in ((["-c", "import capxbrl"], ""), (["-m", "capxbrl", "facts", str(REFERENCE)], "0.40 s")):
            yield " ".join(words[:3]), f"{min(used(words)[0] for _ in range(1 + int(2 * patience))):.2f} s", goal

    table("A command from nothing", ("command", "taken", "goal"), rows())


def memory(most: int) -> None:
    def rows() -> Iterator[Sequence[str]]:
        for style, suffix in (("text", ".txt"), ("html", ".htm")):
            for size in (1_000_000, 3_000_000, 10_000_000):
                if size > most:
                    continue
                with tempfile.TemporaryDirectory() as place:
                    page = Path(place) / f"page{suffix}"
                    page.write_bytes(documents.sized(style, size))
                    words = ["-m", "capxbrl", "convert", str(page), "-o", f"{place}/out", "--no-validate"]
                    _, _, held = used(words)
                each = (held - _EMPTY) / size * 1e6
                yield style, f"{size / 1e6:.0f}", f"{held:.0f} MB", f"{each:.0f}", "25"

    table("Memory", ("style", "megabytes", "most held", f"a megabyte, above {_EMPTY} MB", "goal"), rows())


def batch(count: int) -> None:
    def rows() -> Iterator[Sequence[str]]:
        for what, more, goal in (("not validated", ["--no-validate"], 40), ("validated", [], 8)):
            with tempfile.TemporaryDirectory() as place:
                documents.filings(Path(place, "in"), REFERENCE.read_text(encoding="utf-8"), count)
                words = ["-m", "capxbrl", "batch", "in", "-o", "out", "--quiet", *more, "--jobs"]
                one, two = (used([*words, str(jobs), "--force"], cwd=place)[1] for jobs in (1, 2))
                done = json.loads(Path(place, "out", "summary.json").read_text(encoding="utf-8"))
            failed = done["failed"]
            rate = count / two
            yield what, f"{count}", f"{failed}", f"{rate:.1f} a second", f"{goal}", f"{one / two:.2f}"

    heads = ("filings like the reference", "how many", "failed", "two workers", "goal", "times one worker")
    table("Batch", heads, rows())


def hostile() -> None:
    def rows() -> Iterator[Sequence[str]]:
        for name, data in documents.hostile(5_000_000):
            begun = time.process_time()
            try:
                cx.convert(data, validate=False)
                said = "converted"
            except (UnreadableInput, cx.CapxbrlError) as error:
                said = type(error).__name__
            yield name, f"{time.process_time() - begun:.2f} s", said

    table("Hostile inputs of 5 MB", ("input", "taken", "outcome"), rows())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--largest", type=float, default=10.0, metavar="MEGABYTES")
    parser.add_argument("--patience", type=float, default=3.0, help="seconds for the runs of one figure")
    parser.add_argument("--count", type=int, default=400, help="filings of a batch")
    a = parser.parse_args()
    most = int(a.largest * 1_000_000)
    parts: dict[str, Callable[[], None]] = {
        "filings": lambda: filings(a.corpus, most, a.patience),
        "peers": lambda: beside_peers(a.corpus, most, a.patience),
        "start": lambda: start(a.patience),
        "batch": lambda: batch(a.count),
        "memory": lambda: memory(most),
        "growth": lambda: growth(most, a.patience),
        "hostile": hostile,
    }
    if unknown := set(a.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    for name in a.parts or parts:
        parts[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
