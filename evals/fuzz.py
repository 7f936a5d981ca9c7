"""Damaged documents: what reading, tagging and writing make of filings that were mutated at random.

    python evals/fuzz.py FOLDER... [--count N] [--seconds S] [--seed N] [--save DIR] [--only N]

Documents are taken from the folders (text, ASCII, HTML, submissions, PDF; a text is also set as a PDF), whole where
they are small, else a piece of them; each is damaged one to four times and goes through read, analyse and write.
Passed when nothing but a CapxbrlError is raised, within 10 s of processor time and 1 GB, and when the report is
well-formed, carries every fact once, and every fact says what its words on the page say.  The same seed gives the same
documents. Prints a table of the outcomes, and each failure with what repeats it; --save keeps the failing documents.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from capxbrl import pipeline, writers
from capxbrl.findings import CapxbrlError
from capxbrl.markup import parse_xml
from capxbrl.model import Fact, Report, text_at
from capxbrl.reports.settle import consistent

SECONDS = 10
MEMORY = 1 << 30
SUFFIXES = (".txt", ".htm", ".html", ".md", ".pdf")
#: A piece of a document: its bytes. Small ones are enough to reach most of the code, and many of them can be tried.
PIECE = 6_000
WHOLE = 10_000


# --- damage --------------------------------------------------------------------------------------------------------

Damage = Callable[[random.Random, bytes], bytes]
_TOKENS = (
    b"<table>",
    b"</table>",
    b"<tr>",
    b"</tr>",
    b"<td>",
    b"</td>",
    b"<td colspan=100000000>",
    b"<td rowspan=100000000 colspan=3>",
    b"<td colspan=-1>",
    b"<td colspan=2e9>",
    b"<th>",
    b"<pre>",
    b"</pre>",
    b"<xmp>",
    b"<plaintext>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</script>",
    b"<style>",
    b"<div style='display:none'>",
    b"</div>",
    b"<div style='position:absolute;left:1e9px;top:-5px'>",
    b"<p style='margin-left:99999999999px'>",
    b"<br>",
    b"<hr>",
    b"<sup>(1)</sup>",
    b"<page>",
    b"<ix:header>",
    b"<svg>",
    b"<math>",
    b"<frameset>",
    b"&nbsp;",
    b"&#0;",
    b"&#xFFFF;",
    b"&#x110000;",
    b"&#55296;",
    b"&#128;",
    b"&amp;amp;lt;",
    b"&unknown;",
    b"&",
    b"&#",
    b"<",
    b">",
    b"<!",
    b"<?xml ",
    b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    b"<!ENTITY a '&a;&a;'>&a;",
    b"<TABLE>",
    b"<CAPTION>",
    b"<S>",
    b"<C>",
    b"<PAGE>",
    b"</TEXT>",
    b"<TEXT>",
    b"<DOCUMENT>",
    b"</DOCUMENT>",
    b"<TYPE>EX-99.1",
    b"<SEC-HEADER>",
    b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n",
    b"begin 644 a.gif\n",
    b"<IMS-DOCUMENT>",
    b"\0",
    b"\x01\x02\x08\x0e\x1f",
    b"\x0c",
    b"\x0b",
    b"\x1b[31m",
    b"\x7f",
    b"\r",
    b"\n\r",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xc2\xa0",
    b"\xe2\x80\x8b",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"\xef\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\x81\x8d",
    b"\xa0",
    b"\xd9\xa1\xd9\xa2\xd9\xa3",
    b"\xc2\xb2\xc2\xbd\xe2\x91\xa0",
    b"\xef\xbc\x91\xef\xbc\x92",
    b"\xe2\x88\x92",
    b"\xe2\x80\x94",
    b"|",
    b"||||",
    b"|---|---|",
    b"\t",
    b"\t\t\t\t",
    b"\\$",
    b"\\",
    b"$",
    b"(",
    b")",
    b"((((",
    b"$ (",
    b"%",
    b"--",
    b"------",
    b"======",
    b"....",
    b"_____",
    b"1,234",
    b"(1,234)",
    b"1.2.3",
    b"0",
    b"-0",
    b"00",
    b"1e999",
    b"NaN",
    b"Infinity",
    b"999999999999999999999999999999999999",
    b".00000000000000000001",
    b"1,23,4",
    b"February 30, 2009",
    b"December 31, 9999",
    b"January 1, 0001",
    b"0000",
    b"13/45/2009",
    b"99999 months ended",
    b"Three Months Ended",
    b"53 weeks ended",
    b"(in billions)",
    b"(in thousands, except per share)",
    b"Total",
    b"Total assets",
    b"Net income",
    b"{{ 7*7 }}",
    b"{% raw %}",
    b"]]&gt;",
)


def _at(rng: random.Random, data: bytes) -> int:
    return rng.randint(0, len(data))


def _span(rng: random.Random, data: bytes, most: int = 400) -> tuple[int, int]:
    start = _at(rng, data)
    return start, min(len(data), start + rng.randint(1, most))


def _flip(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: _at(rng, data)] if rng.random() < 0.7 else data[_at(rng, data) :]


def _delete(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _repeat(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 10, 40)) + data[end:]


def _swap(rng: random.Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(rng, data), _span(rng, data)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _lines(rng: random.Random, data: bytes) -> bytes:
    """Lines deleted, doubled, swapped, joined, indented."""
    rows = data.split(b"\n")
    for _ in range(rng.choice((1, 2, 8))):
        i, j = rng.randrange(len(rows)), rng.randrange(len(rows))
        match rng.randrange(5):
            case 0:
                rows[i] = b""
            case 1:
                rows.insert(j, rows[i])
            case 2:
                rows[i], rows[j] = rows[j], rows[i]
            case 3:
                rows[i] += rng.choice((b" ", b"   ", b"\t", b"")) + rows[j]
            case 4:
                rows[i] = b" " * rng.randrange(60) + rows[i]
    return b"\n".join(rows)


def _insert(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 2, 5))):
        at = _at(rng, data)
        data = data[:at] + rng.choice(_TOKENS) * rng.choice((1, 1, 1, 3)) + data[at:]
    return data


def _long(rng: random.Random, data: bytes) -> bytes:
    """Something repeated very often: long lines, deep nesting, wide rows."""
    at = _at(rng, data)
    return data[:at] + rng.choice(_TOKENS) * rng.choice((100, 1000, 4000)) + data[at:]


def _digits(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    places = [i for i, c in enumerate(out) if 48 <= c < 58]
    for i in rng.sample(places, min(len(places), rng.choice((1, 5, 50)))):
        out[i] = rng.choice(b"0123456789OlS,. ")
    return bytes(out)


def _words(rng: random.Random, data: bytes) -> bytes:
    """Words of dates, scales and totals changed for others, everywhere or once."""
    old, new = rng.choice(_WORDS), rng.choice(_WORDS)
    return data.replace(old, new, rng.choice((1, -1)))


_WORDS = (
    b"2009",
    b"2008",
    b"1999",
    b"0000",
    b"9999",
    b"September",
    b"December",
    b"February",
    b"June",
    b"30",
    b"31",
    b"29",
    b"Three",
    b"Nine",
    b"Twelve",
    b"Six",
    b"months",
    b"weeks",
    b"Ended",
    b"ended",
    b"thousands",
    b"millions",
    b"Total",
    b"Net",
    b"assets",
    b"Cash",
    b"$",
    b",",
    b".",
    b"(",
    b")",
    b" ",
    b"  ",
    b"\n",
    b"\t",
    b"td",
    b"tr",
    b"table",
    b"<",
    b">",
    b"</",
    b"-",
    b"0",
    b"1",
    b"per share",
    b"Basic",
    b"shares",
    b"",
)


def _encode(rng: random.Random, data: bytes) -> bytes:
    """Another encoding than the one that is declared, or a declaration that is wrong."""
    match rng.randrange(4):
        case 0:
            text = data.decode("utf-8", "replace")
            return text.encode(
                rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "utf-8-sig", "cp500")), "replace"
            )
        case 1:
            return (
                b"<meta charset="
                + rng.choice((b"utf-8", b"utf-16", b"latin-1", b"zlib", b"rot13", b"idna", b"cp037"))
                + b">"
                + data
            )
        case 2:
            return data.replace(b" ", b"\xa0", rng.choice((1, 20, -1)))
        case _:
            return data.replace(b"-", b"\x96").replace(b"'", b"\x92")


def _header(rng: random.Random, data: bytes) -> bytes:
    """The SGML header and the documents of a submission, mangled; a header before what had none."""
    if b"<DOCUMENT>" not in data:
        return (
            b"<SEC-HEADER>\n"
            + rng.choice((b"CENTRAL INDEX KEY:\t", b"CONFORMED PERIOD OF REPORT: ", b"FISCAL YEAR END: "))
            + rng.choice((b"x", b"0" * 40, b"20091301", b"99"))
            + b"\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>"
            + rng.choice((b"8-K", b"EX-99.1", b"", b"\x00", b"10-Q" * 50))
            + b"\n<TEXT>\n"
            + data
        )
    old = rng.choice(
        (b"<DOCUMENT>", b"</DOCUMENT>", b"<TYPE>", b"<TEXT>", b"</TEXT>", b":", b"\t", b"20", b"KEY", b"\n")
    )
    return data.replace(old, rng.choice(_TOKENS), rng.choice((1, 2, -1)))


DAMAGES: tuple[Damage, ...] = (
    _flip,
    _truncate,
    _delete,
    _repeat,
    _swap,
    _lines,
    _lines,
    _insert,
    _insert,
    _long,
    _digits,
    _words,
    _words,
    _encode,
    _header,
)


def make_pdf(lines: list[bytes]) -> bytes:
    """A PDF of one page that shows these lines in Courier."""
    marks = b"".join(
        b"BT /F 8 Tf 1 0 0 1 30 %d Tm (%s) Tj ET\n" % (760 - 9 * i, line.translate(None, b"\\()"))
        for i, line in enumerate(lines)
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>",
        b"<</Length %d>>stream\n%sendstream" % (len(marks), marks),
    )
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
        + b"trailer<</Root 1 0 R/Size 6>>\n"
    )


def mutated(sources: list[Path], seed: int, number: int) -> tuple[str, bytes]:
    """Document `number` of this seed: what it is, and its bytes."""
    rng = random.Random(f"{seed}:{number}")
    path = rng.choice(sources)
    data = path.read_bytes()
    if len(data) > WHOLE:
        size = rng.randint(PIECE // 6, PIECE)
        start = max(0, data.rfind(b"\n", 0, rng.randint(0, len(data) - size)))
        piece = data[start : start + size]
        data = b"<html><body><table>" + piece if path.suffix.startswith(".htm") and rng.random() < 0.8 else piece
    if path.suffix in (".txt", ".md") and rng.random() < 0.08:
        data = make_pdf(data.split(b"\n")[:80])
    names = []
    for damage in rng.choices(DAMAGES, k=rng.choice((1, 1, 2, 3, 4))):
        if data:
            data = damage(rng, data)
            names.append(damage.__name__.strip("_"))
    return f"{path.name} {'+'.join(names)}", data


# --- the check -----------------------------------------------------------------------------------------------------

_IX = "{http://www.xbrl.org/2013/inlineXBRL}"


class _TooLong(BaseException):
    """Raised by the alarm; no `except Exception` swallows it."""


def digits(shown: str) -> Decimal | None:
    """The number that bare digits say; 0 for a dash, None for words."""
    bare = shown.replace(",", "").replace(" ", "")
    if not bare.strip("-‐‑‒–—―−"):
        return Decimal(0)
    return Decimal(bare) if bare.replace(".", "", 1).isdecimal() else None


def faults(report: Report) -> list[str]:
    """What is wrong with the facts of a report, by their own words."""
    out = []
    ids = [f.id for f in report.facts]
    out += [f"id {i} twice" for i, n in Counter(ids).items() if n > 1]
    values: dict[tuple[str, str, object], Fact] = {}
    for fact in report.facts:
        words = text_at(report.document, fact.span)
        if words != fact.shown:
            out.append(f"{fact.id}: shown {fact.shown!r}, on the page {words!r}")
        if isinstance(fact.value, Decimal):
            bare = digits(fact.shown)
            if bare is not None and bare.scaleb(fact.scale) != abs(fact.value):
                out.append(f"{fact.id}: {fact.value} is not {fact.shown!r} x 10^{fact.scale}")
        other = values.setdefault((fact.concept.qname, fact.context, fact.unit), fact)
        if (
            isinstance(fact.value, Decimal)
            and isinstance(other.value, Decimal)
            and not consistent((fact.value, fact.decimals), (other.value, other.decimals))
        ):
            out.append(f"{fact.id} and {other.id}: two values of {fact.concept.qname} in one context")
    return out


def check(data: bytes) -> str:
    """The outcome of one document; raises AssertionError for a wrong report, and whatever went wrong."""
    try:
        document, found = pipeline.load(data, "document")
        made, more = pipeline.analyse(document)
        findings = [*found, *more]
        wrong = faults(made.report)
        assert not wrong, "; ".join(wrong[:3])
        if not made.report.facts:
            writers.notes(findings, document)
            return (
                "no statement or fact: said so"
                if any(f.severity == "error" for f in findings)
                else "no facts, no error"
            )
        files = {**writers.write(made.report), **writers.notes(findings, document)}
    except CapxbrlError as error:
        assert str(error).strip(), "an error without a word"
        return "refused with a message"
    for name, content in files.items():
        if name.endswith((".xhtml", ".xml", ".xsd")):
            root = parse_xml(content)
            if name == "report.xhtml":
                tags = Counter(e.get("id") for n in ("nonFraction", "nonNumeric") for e in root.iter(_IX + n))
                assert tags == Counter(f.id for f in made.facts), "the page does not carry every fact once"
    assert files["facts.csv"].count(b"\n") > len(made.facts)
    return f"{document.format}: converted"


def _work(pipe: Connection, sources: list[Path], seed: int, begin: int, end: int) -> None:
    """A worker: tells the number it begins with, then how it went."""

    def stop(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(begin, end):
        pipe.send((number, None, "", 0.0))
        _, data = mutated(sources, seed, number)
        begun, failure = time.process_time(), ""
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            outcome = check(data)
        except _TooLong:
            outcome, failure = "FAILED: time", traceback.format_exc(limit=-6)
        except MemoryError:
            outcome, failure = "FAILED: memory", traceback.format_exc(limit=-6)
        except Exception as error:
            outcome, failure = f"FAILED: {type(error).__name__}", traceback.format_exc(limit=-6)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((number, outcome, failure, time.process_time() - begun))
    pipe.close()


def _worked(sources: list[Path], seed: int, first: int, last: int) -> Iterator[tuple[int, str, str, float]]:
    """The outcomes of a forked worker, document by document; one that hangs or dies ends with a failure."""
    here, there = get_context("fork").Pipe(duplex=False)
    worker = get_context("fork").Process(target=_work, args=(there, sources, seed, first, last))
    worker.start()
    there.close()
    at = first
    try:
        while here.poll(SECONDS * 12):
            number, outcome, failure, seconds = here.recv()
            at = number
            if outcome is not None:  # it tells the number it begins with, then how it went
                at += 1
                yield number, outcome, failure, seconds
        worker.kill()
        yield at, "FAILED: hangs", "killed", 0.0
    except EOFError:
        worker.join()
        if at < last and worker.exitcode:
            yield at, f"FAILED: exit {worker.exitcode}", "the process died", 0.0
    finally:
        worker.kill()
        worker.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3600, help="stop after this time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="keep the documents that fail in this folder")
    parser.add_argument("--only", type=int, metavar="N", help="only document N, with a traceback when it fails")
    a = parser.parse_args()
    sources = sorted(p for f in a.folders for p in ([f] if f.is_file() else f.iterdir()) if p.suffix in SUFFIXES)
    if a.only is not None:
        name, data = mutated(sources, a.seed, a.only)
        if a.save:
            a.save.write_bytes(data)
        print(f"{name}, {len(data)} bytes: {check(data)}")
        return 0
    pipeline.analyse(pipeline.load(b"Total assets  1,234  5,678\n", "warm-up").value)
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    begun, at, slowest, total = time.monotonic(), 0, (0.0, 0), 0.0
    while at < a.count and time.monotonic() - begun < a.seconds:
        # A fork has loaded everything; a new one every thousand documents shows that nothing piles up.
        for number, outcome, failure, seconds in _worked(sources, a.seed, at, min(a.count, at + 1000)):
            name, data = mutated(sources, a.seed, number)
            outcomes[outcome] += 1
            kinds.update(set(name.split()[-1].split("+")))
            total, slowest, at = total + seconds, max(slowest, (seconds, number)), number + 1
            if failure:
                print(f"--- {number}: {outcome}: {name}, {len(data)} bytes\n{failure}", flush=True)
                if a.save:
                    a.save.mkdir(parents=True, exist_ok=True)
                    (a.save / f"{a.seed}-{number}.bin").write_bytes(data)
            if time.monotonic() - begun >= a.seconds:
                break
    print(f"\n{at} documents of seed {a.seed} from {len(sources)} files in {time.monotonic() - begun:.0f} s")
    print(f"processor time: {total / max(at, 1):.3f} s each, slowest {slowest[0]:.2f} s (document {slowest[1]})")
    return _print(outcomes, kinds)


def _print(outcomes: Counter[str], kinds: Counter[str]) -> int:
    for outcome, count in outcomes.most_common():
        print(f"{count:8}  {outcome}")
    print("damages: " + ", ".join(f"{name} {count}" for name, count in kinds.most_common()))
    return 1 if any(name.startswith("FAILED") for name in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
