"""Validation of many: as true as that of one, and how much faster.

    python evals/validation.py [--count 200] [--seed N] [--no-speed] [--repeat N]

Reports are made of the filings of ../shared/corpus/rendered, in capx-gaap and in us-gaap-2009, half of them broken in
one of twenty ways. First each is validated by `validate_many` and alone, in a fresh session of Arelle: all that is said
must be equal (facts, findings, checks, documents). Then, in one interleaved run, the processor time of a report: by
arelleCmdLine, alone, and by `validate_many` with good and with broken reports. Prints what differs, and the figures.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import capxbrl as cx
from capxbrl import gate
from capxbrl.gate.many import said

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
US_GAAP = SHARED / "taxonomies" / "us-gaap-2009.zip"
#: On a machine that is busy, a limit of time would speak of the machine.
_PATIENT = gate.Limits(seconds=1800)
_PAGE, _CAL, _PRE, _LAB, _XSD = "report.xhtml", "_cal.xml", "_pre.xml", "_lab.xml", ".xsd"

#: Ways to break a report: of which file, what is found in it (one of its places is taken), and what stands there then.
BREAKS: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
    (_PAGE, r">(\d)([\d,]*)</ix:nonFraction>", lambda m: f">{(int(m[1]) + 1) % 10}{m[2]}</ix:nonFraction>"),
    (_PAGE, r">[\d,.]+</ix:nonFraction>", lambda m: ">one</ix:nonFraction>"),
    (_PAGE, r'name="[\w-]+:\w+"', lambda m: f'{m[0][:-1]}Nowhere"'),
    (_PAGE, r'contextRef="([^"]+)"', lambda m: 'contextRef="nowhere"'),
    (_PAGE, r'unitRef="([^"]+)"', lambda m: 'unitRef="nowhere"'),
    (_PAGE, r' unitRef="[^"]+"', lambda m: ""),
    (_PAGE, r' decimals="[^"]+"', lambda m: ""),
    (_PAGE, r'decimals="-?\d"', lambda m: 'decimals="x"'),
    (_PAGE, r'scale="\d"', lambda m: 'scale="9"'),
    (_PAGE, r'format="ixt:num-dot-decimal"', lambda m: 'format="ixt:num-comma-decimal"'),
    (_PAGE, r'format="ixt:[\w-]+"', lambda m: 'format="ixt:no-such-thing"'),
    (_PAGE, r' id="f-[\w-]+"', lambda m: ' id="f-same"'),
    (_PAGE, r"<xbrli:instant>[\d-]+", lambda m: "<xbrli:instant>2009-02-31"),
    (_PAGE, r"<xbrli:endDate>[\d-]+", lambda m: "<xbrli:endDate>1909-01-01"),
    (_PAGE, r"<td", lambda m: "<tdd"),
    (_PAGE, r"iso4217:USD", lambda m: "iso4217:XXQ"),
    (_PAGE, r'sign="-"', lambda m: 'sign="+"'),
    (_CAL, r'weight="-?1(?:\.0)?"', lambda m: 'weight="2.0"'),
    (_PRE, r'order="[\d.]+"', lambda m: 'order="x"'),
    (_LAB, r'xlink:label="[^"]+"', lambda m: 'xlink:label="9 x"'),
    (_XSD, r'type="[\w-]+:\w+"', lambda m: 'type="xbrli:noSuchItemType"'),
)


def packages(taxonomy: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Report packages of as many filings."""
    pages = sorted(p for p in (SHARED / "corpus" / "rendered").glob("*.txt"))
    for page in pages[:count]:
        made = cx.convert(page, validate=False, taxonomy=taxonomy, formats="package")
        if "report.xbri" in made.files:
            yield page.stem, made.files["report.xbri"]


def broken(package: bytes, rng: random.Random) -> tuple[str, bytes]:
    """A package with one place changed, and in which way."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    while True:
        number = rng.randrange(len(BREAKS))
        suffix, pattern, change = BREAKS[number]
        name = next((n for n in sorted(files) if "/reports/" in n and n.endswith(suffix)), None)
        text = files[name].decode() if name else ""
        places = [*re.finditer(pattern, text)]
        if name and places:
            break
    match = rng.choice(places)
    files[name] = f"{text[: match.start()]}{change(match)}{text[match.end() :]}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in files.items():
            archive.writestr(member, data)
    return f"{number}{suffix}", out.getvalue()


def reports(folder: Path, taxonomy: str, count: int, rng: random.Random) -> tuple[list[Path], list[Path]]:
    """Good reports and broken ones, as many of each."""
    good, bad = [], []
    for name, package in packages(taxonomy, count):
        good.append(folder / f"{taxonomy}-{name}.xbri")
        good[-1].write_bytes(package)
        way, damaged = broken(package, rng)
        bad.append(folder / f"{taxonomy}-{name}-broken-{way.replace('.', '-')}.xbri")
        bad[-1].write_bytes(damaged)
    return good, bad


def given(taxonomy: str) -> list[Path]:
    return [US_GAAP] if taxonomy.startswith("us-gaap") else []


def differential(folder: Path, count: int, rng: random.Random) -> int:
    """How many reports of which something else is said."""
    outcomes: Counter[str] = Counter()
    for taxonomy in ("capx-gaap", "us-gaap-2009"):
        good, bad = reports(folder, taxonomy, count // 4, rng)
        mixed = [path for pair in zip(good, bad, strict=True) for path in pair]
        many = gate.validate_each(mixed, packages=given(taxonomy), limits=_PATIENT)
        for path, one in zip(mixed, many, strict=True):
            try:
                alone: object = gate.validate(path, packages=given(taxonomy), limits=_PATIENT)
            except cx.UnreadableInput as error:
                alone = error
            if isinstance(one, gate.Validation) and isinstance(alone, gate.Validation):
                equal = said(one) == said(alone)
                kind = "valid" if alone.valid else "not valid"
            else:
                equal, kind = str(one) == str(alone), "unreadable"
            outcomes[f"{taxonomy} {kind} {'equal' if equal else 'DIFFERS'}"] += 1
            if not equal:
                print(f"DIFFERS: {path.name}\n  many:  {tell(one)}\n  alone: {tell(alone)}", flush=True)
    for what, number in sorted(outcomes.items()):
        print(f"{number:4}  {what}")
    return sum(number for what, number in outcomes.items() if "DIFFERS" in what)


def tell(made: object) -> str:
    if not isinstance(made, gate.Validation):
        return str(made)
    return f"{len(made.facts)} facts; " + "; ".join(sorted(f"{f.code} {f.message[:80]}" for f in made.findings))


# --- speed ------------------------------------------------------------------------------------------------------------


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time, of children too, and of the clock."""

    def now() -> float:
        each = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        return sum(one.ru_utime + one.ru_stime for one in each)

    before, start = now(), time.monotonic()
    work()
    return now() - before, time.monotonic() - start


def by_command(paths: list[Path], taxonomy: str) -> None:
    for path in paths:
        words = [
            str(Path(sys.executable).parent / "arelleCmdLine"),
            "--file",
            str(path),
            "--validate",
            "--calc",
            "c11r",
        ]
        words += [
            "--utr",
            "--internetConnectivity",
            "offline",
            *(w for p in given(taxonomy) for w in ("--packages", str(p))),
        ]
        subprocess.run(words, capture_output=True, check=False)


def speed(folder: Path, taxonomy: str, repeat: int, rng: random.Random) -> str:
    """A line of figures; what loading the taxonomy takes is left out, as it is done once for all."""
    good, bad = reports(folder, taxonomy, 10, rng)
    sums: Counter[str] = Counter()

    def many(paths: list[Path], jobs: int = 1) -> tuple[float, float]:
        return taken(lambda: list(gate.validate_each(paths, packages=given(taxonomy), jobs=jobs)))

    for _ in range(repeat):
        sums["command"] += taken(lambda: by_command(good[:3], taxonomy))[0] / 3
        sums["alone"] += taken(lambda: [gate.validate(p, packages=given(taxonomy)) for p in good[:3]])[0] / 3
        for name, some, jobs in (("good", good, 1), ("bad", bad, 1), ("two", good, 2)):
            # The first reports, and what they make load, are the same in both.
            few, lots = many([*good[:2], *some], jobs), many([*good[:2], *some * 3], jobs)
            sums[name] += (lots[0] - few[0]) / 2 / len(some)
            sums[f"clock {name}"] += (lots[1] - few[1]) / 2 / len(some)
    each = {name: value / repeat for name, value in sums.items()}
    return (
        f"{taxonomy:14}{each['command']:14.2f}{each['alone']:8.2f}{each['good']:8.3f}{each['bad']:8.3f}"
        f"{each['command'] / each['good']:7.1f}x{each['bad'] / each['good']:13.2f}"
        f"{each['clock good'] / each['clock two']:10.2f}x"
    )


_HEAD = """seconds of processor time a report
taxonomy       arelleCmdLine   alone    many  broken   ratio  broken/good  2 workers"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-speed", action="store_true")
    a = parser.parse_args()
    rng = random.Random(a.seed)
    with tempfile.TemporaryDirectory() as place:
        differing = differential(Path(place), a.count, rng) if a.count else 0
        if not a.no_speed:
            print(_HEAD)
            for taxonomy in ("capx-gaap", "us-gaap-2009"):
                print(speed(Path(place), taxonomy, a.repeat, rng), flush=True)
    print(f"{differing} of {a.count} differ, seed {a.seed}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
