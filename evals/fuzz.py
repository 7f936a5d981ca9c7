"""Damaged documents: what reading, tagging and writing make of filings that were mutated at random.

    python evals/fuzz.py [FOLDER...] [--count N] [--seconds S] [--seed N] [--save DIR] [--only N]

Small pages are cut round the statements of the documents in the folders (../shared/corpus; else tests/cases), spliced,
set in other forms (PDF, DOCX, XLSX, RTF, submission, gz), and damaged up to three times: bytes, tokens, lines, columns,
figures, digits of other scripts, encodings, headers. Some are report packages, whose parts are damaged, and tables of
overrides. Each goes through read, analyse and write, or through the look at a package before Arelle opens it.
Passed when nothing but a CapxbrlError is raised, within 10 s of processor time and 1 GB, and the oracles hold
(fuzz_oracles.py). One in 50 is made again in another process, which must give the same bytes; one in 100 of those that
are converted, and of the packages, is given to Arelle, which must call the former valid. The same seed gives the same
documents. Prints a table of the outcomes, and each failure with what repeats it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import fuzz_oracles as oracles
import fuzz_pages as forms
from fuzz_damage import DAMAGES, references, spliced

from capxbrl import gate, pipeline, writers
from capxbrl.findings import CapxbrlError, Severity
from capxbrl.gate.at_hand import prepare
from capxbrl.options import choose
from capxbrl.readers import pdf_document

SECONDS, MEMORY = 10, 1 << 30
#: Every so many documents, a new worker; of these, the samples that are made again, seen by Arelle, and written whole.
BATCH, AGAIN, JUDGED, WHOLE = 1000, 50, 100, 10
ROOT = Path(__file__).resolve().parent.parent
_FORMS = ("text",) * 60 + ("submission",) * 10 + ("pdf",) * 6 + ("docx",) * 5 + ("xlsx",) * 5 + ("rtf",) * 5 + ("gz",)
_ROWS = "statement,label,under,concept,negate,note"


class Case:
    """Document `number` of a seed: kind, what was done to it, and its bytes; for overrides, the table beside a page."""

    def __init__(self, kind: str, done: str, data: bytes, table: bytes = b"") -> None:
        self.kind, self.done, self.data, self.table = kind, done, data, table


def case(sources: Sequence[forms.Page], packages: Sequence[bytes], seed: int, number: int) -> Case:
    rng = random.Random(f"{seed}:{number}")
    page = rng.choice(sources)
    chance = rng.random()
    if chance < 0.04 and packages:
        return _package(rng, rng.choice(packages))
    done = [page.name]
    data = page.data
    if rng.random() < 0.2:
        other = rng.choice([p for p in sources if p.kind == page.kind])
        data, done = spliced(rng, data, other.data), [f"{page.name}/{other.name}"]
    if chance < 0.09:
        return Case("overrides", done[0], data, _table(rng, data))
    form = (
        rng.choice(_FORMS) if page.kind == "text" else rng.choice(("text", "text", "text", "text", "submission", "gz"))
    )
    if form in ("docx", "xlsx"):
        return _office(rng, form, data, done)
    early = rng.random() < 0.7 or form in ("text", "gz")
    if form not in ("text", "gz") and not early:
        data = getattr(forms, form)(data)
    for damage in rng.choices(DAMAGES, k=rng.choice((0, 1, 1, 1, 2, 2, 3))):
        if data:
            data = damage(rng, data)
            done.append(damage.__name__.strip("_"))
    if early and form != "text":
        data = getattr(forms, form)(data)
    return Case(page.kind if form == "text" else form, " ".join(done), data)


def _damaged(rng: random.Random, members: Mapping[str, bytes], names: Sequence[str]) -> tuple[bytes, str]:
    """A zip, one part of which, or the zip itself, was damaged."""
    damage = rng.choice(DAMAGES)
    if rng.random() < 0.8:
        name = rng.choice(names)
        return forms.zipped({**members, name: damage(rng, members[name])}), f"{damage.__name__.strip('_')} in {name}"
    return damage(rng, forms.zipped(dict(members))), damage.__name__.strip("_")


def _office(rng: random.Random, form: str, data: bytes, done: list[str]) -> Case:
    members = getattr(forms, form)(data)
    made, what = _damaged(rng, members, [n for n in members if n.endswith(("document.xml", "sheet1.xml"))])
    return Case(form, f"{done[0]} {what}", made)


def _package(rng: random.Random, package: bytes) -> Case:
    members = forms.unzipped(package)
    name = rng.choice(sorted(members))
    if rng.random() < 0.5:
        changed = {**members, name: references(rng, members[name])}
        return Case("package", f"references in {name}", forms.zipped(changed))
    made, what = _damaged(rng, members, sorted(members))
    return Case("package", what, made)


def _table(rng: random.Random, data: bytes) -> bytes:
    """Overrides for lines of this page, damaged."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_ROWS.split(","))
    lines = [line for line in data.decode("utf-8", "replace").split("\n") if line.strip()]
    for line in rng.sample(lines, min(len(lines), rng.randint(1, 8))):
        label = line.strip().partition("  ")[0]
        concept = rng.choice(("Assets", "NetIncomeLoss", "ext:Own", "", "Nonsense", "ext:", "CashAndCashEquivalents"))
        kind = rng.choice(("balance_sheet", "income_statement", "cash_flow", "", "other", "x"))
        table.writerow([kind, label, "", concept, rng.choice(("", "true", "false", "x")), rng.choice(("", "=1+1"))])
    made = out.getvalue().encode(rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")
    return rng.choice(DAMAGES)(rng, made) if rng.random() < 0.7 else made


# --- the check --------------------------------------------------------------------------------------------------------


class _TooLong(BaseException):
    """Raised by the alarm; no `except Exception` swallows it."""


def check(made: Case, folder: Path, whole: bool = True) -> tuple[str, dict[str, bytes]]:
    """The outcome of one document and the files made of it; whole: all of them, the package too.

    Raises AssertionError for what an oracle tells.
    """
    try:
        if made.kind == "package":
            path = folder / "report.xbri"
            path.write_bytes(made.data)
            prepare(path, (), (), folder)
            return "package: nothing leads outside", {}
        chosen = choose()
        if made.table:
            (folder / "mine.csv").write_bytes(made.table)
            chosen = choose(overrides=[folder / "mine.csv"])
        document, found = pipeline.load(made.data, "document")
        analysed, more = pipeline.analyse(document, chosen)
    except CapxbrlError as error:
        assert str(error).strip(), "an error without a word"
        return f"{made.kind}: refused with a message", {}
    report, findings = analysed.report, [*found, *more]
    told = [*oracles.of_facts(report), *oracles.of_findings(findings, document)]
    assert not told, "; ".join(told[:3])
    notes = writers.notes(findings, document)
    if not report.facts:
        loud = any(f.severity is Severity.ERROR for f in findings)
        return (f"{made.kind}: no statement or fact, said so" if loud else f"{made.kind}: no facts, no error"), notes
    files = {**writers.write(report, () if whole else ("xhtml", "facts")), **notes}
    told = list(oracles.of_files(report, files, made.data))
    assert not told, "; ".join(told[:3])
    return f"{made.kind}: converted", files


def digest(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()


def _work(pipe: Connection, sources: Any, packages: Any, seed: int, numbers: range, folder: Path) -> None:
    """A worker: tells the number it begins with, then how it went."""

    def stop(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in numbers:
        pipe.send((number, None))
        begun, failure, files = time.process_time(), "", {}
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            made = case(sources, packages, seed, number)
            outcome, files = check(made, folder, number % WHOLE == 0)
        except _TooLong:
            outcome, failure = "FAILED: time", traceback.format_exc(limit=-6)
        except MemoryError:
            outcome, failure = "FAILED: memory", traceback.format_exc(limit=-6)
        except Exception as error:
            outcome, failure = f"FAILED: {type(error).__name__}", traceback.format_exc(limit=-6)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if "report.xbri" in files and number % JUDGED == 0:
            (folder / f"{number}.xbri").write_bytes(files["report.xbri"])
        pipe.send((number, (outcome, failure, time.process_time() - begun, digest(files) if files else "")))
    pipe.close()


Result = tuple[int, tuple[str, str, float, str]]


def _worked(sources: Any, packages: Any, seed: int, numbers: range, folder: Path) -> Iterator[Result]:
    """The outcomes of a forked worker, document by document; one that hangs or dies ends with a failure."""
    here, there = get_context("fork").Pipe(duplex=False)
    worker = get_context("fork").Process(target=_work, args=(there, sources, packages, seed, numbers, folder))
    worker.start()
    there.close()
    at = numbers.start
    try:
        while here.poll(SECONDS * 12):
            number, told = here.recv()
            at = number
            if told is not None:
                at += 1
                yield number, told
        yield at, ("FAILED: hangs", "killed", 0.0, "")
    except EOFError:
        worker.join()
        if at < numbers.stop and worker.exitcode:
            yield at, (f"FAILED: exit {worker.exitcode}", "the process died", 0.0, "")
    finally:
        worker.kill()
        worker.join()


def again(a: argparse.Namespace, digests: Mapping[int, str]) -> Iterator[str]:
    """What another process, whose sets have another order, makes otherwise."""
    numbers = [n for n, made in digests.items() if made and n % AGAIN == 0]
    command = [sys.executable, __file__, *map(str, a.folders), "--seed", str(a.seed), "--digests"]
    done = subprocess.run(
        [*command, ",".join(map(str, numbers))],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    yield from (f"{n}: other bytes in another process" for n in numbers if told.get(str(n)) != digests[n])


def judged(folder: Path) -> Iterator[str]:
    """What Arelle says against the reports that lie in a folder."""
    reports = sorted(folder.glob("[0-9]*.xbri"))
    for path, made in zip(reports, gate.validate_each(reports), strict=True):
        errors = [str(made)] if isinstance(made, CapxbrlError) else [str(f) for f in made.findings]
        if errors:
            yield f"{path.stem}: not valid: {errors[0]}"
        path.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=86_400, help="stop after this time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="keep the documents that fail in this folder")
    parser.add_argument("--only", type=int, metavar="N", help="only document N, with a traceback when it fails")
    parser.add_argument("--digests", help=argparse.SUPPRESS)
    a = parser.parse_args()
    corpus = ROOT.parent / "shared" / "corpus"
    a.folders = a.folders or [corpus if corpus.is_dir() else ROOT / "tests" / "cases"]
    pdf_document.is_installed = lambda: False  # pages without a text are not read as pictures: seconds each
    sources = forms.pages(a.folders)
    packages = _packages(sources)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as work:
        if a.only is not None:
            return _one(case(sources, packages, a.seed, a.only), a.save, Path(work))
        if a.digests:
            for number in map(int, a.digests.split(",")):
                with suppress(AssertionError):  # told already
                    print(
                        number,
                        digest(check(case(sources, packages, a.seed, number), Path(work), number % WHOLE == 0)[1]),
                    )
            return 0
        return _all(a, sources, packages, Path(work))


def _packages(sources: Sequence[forms.Page]) -> list[bytes]:
    """Report packages to damage."""
    made = (pipeline.convert(p.data, name=p.name, validate=False) for p in sources[:: max(1, len(sources) // 6)])
    return [m.files["report.xbri"] for m in made if "report.xbri" in m.files]


def _one(made: Case, save: Path | None, work: Path) -> int:
    if save:
        save.write_bytes(made.data)
    print(f"{made.kind}: {made.done}, {len(made.data)} bytes", flush=True)
    print(check(made, work)[0])
    return 0


def _all(a: argparse.Namespace, sources: Sequence[forms.Page], packages: Sequence[bytes], work: Path) -> int:
    outcomes: Counter[str] = Counter()
    begun, at, slowest, total, sampled, shown = time.monotonic(), 0, (0.0, 0), 0.0, 0, 0
    while at < a.count and time.monotonic() - begun < a.seconds:
        digests: dict[int, str] = {}
        for number, told in _worked(sources, packages, a.seed, range(at, min(a.count, at + BATCH)), work):
            outcome, failure, seconds, digests[number] = told
            outcomes[outcome] += 1
            total, slowest, at = total + seconds, max(slowest, (seconds, number)), number + 1
            if failure:
                made = case(sources, packages, a.seed, number)
                print(
                    f"--- {number}: {outcome}: {made.kind}: {made.done}, {len(made.data)} bytes\n{failure}", flush=True
                )
                if a.save:
                    a.save.mkdir(parents=True, exist_ok=True)
                    (a.save / f"{a.seed}-{number}.bin").write_bytes(made.data)
        sampled += sum(n % AGAIN == 0 for n in digests)
        shown += len(list(work.glob("[0-9]*.xbri")))
        for fault in (*again(a, digests), *judged(work)):
            outcomes["FAILED: " + fault.partition(": ")[2].partition(":")[0]] += 1
            print(f"--- {fault}", flush=True)
        print(f"... {at} documents, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    print(f"\n{at} documents of seed {a.seed} from {len(sources)} pages, {time.monotonic() - begun:.0f} s")
    print(
        f"processor time: {total / max(at, 1) * 1000:.0f} ms each, slowest {slowest[0]:.2f} s (document {slowest[1]})"
    )
    print(f"made again in another process: {sampled}; given to Arelle: {shown}")
    for outcome, count in outcomes.most_common():
        print(f"{count:8}  {outcome}")
    failed = sum(count for outcome, count in outcomes.items() if outcome.startswith("FAILED"))
    print(f"{failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
