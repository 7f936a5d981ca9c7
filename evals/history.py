"""How the histories of companies agree with themselves: derived quarters against printed ones, gaps and their reasons.

    python evals/history.py FOLDER...  [--least 3] [--worst 20]

Every file of the folders that may be a filing is read, and put to its company as `collect` does. For each company of at
least so many filings: a quarter that follows from other figures (six months less three, the year less nine) is compared
with what a filing prints for it; `of other filings` counts those whose figures are not all of the filing that prints
it. A difference is explained where another line of the quarter differs by as much. Where the line was restated between
the filings of the figures, nothing is derived: the series has a gap that says so; these are counted apart.

A gap is explained where no filing shows the period, or the line is not on its page, only in a longer period, doubtful,
restated in between, or in another unit; not explained where the line stands there under another concept, or one of
several could be it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from capxbrl.findings import NotFound
from capxbrl.history import GapKind, History, Slot, collect
from capxbrl.history.bridges import lines_of
from capxbrl.history.contents import tables_of
from capxbrl.history.derived import derive, is_additive, tolerance
from capxbrl.history.printed import States, states_of, vintage

KINDS = ("agrees", "moved", "differs")
UNEXPLAINED = (GapKind.OTHER_CONCEPT, GapKind.UNCLEAR)


def states(history: History, concept: str) -> States:
    known = history.known[history.company]
    lines, _ = lines_of(known.index, concept)
    entries = [e for line in lines.values() for e in line.entries]
    unit = entries[-1].row.unit
    return states_of(e for e in entries if e.row.unit == unit and is_additive(unit, e.slot))


class Compared(NamedTuple):
    """kind: agrees, restated or differs. elsewhere: some of its figures are of other filings than the printed one. off:
    printed less derived; tolerance: of their rounding."""

    kind: str
    elsewhere: bool
    off: Decimal
    tolerance: Decimal
    told: str


def compared(found: States, slot: Slot) -> Compared | None:
    made = derive(slot, found)
    derived = made.vintages or ((made.mixed,) if made.mixed else ())
    if not derived or slot.months != 3:
        return None
    printed = [vintage(s) for s in found[slot]]
    homes = {e.source.number for s in found[slot] for e in s.entries}
    elsewhere = any(p.entry.source.number not in homes for d in derived for p in d.parts)
    agrees = any(abs(p.value - d.value) <= tolerance(p) + tolerance(d) for p in printed for d in derived)
    first, last = printed[-1], derived[-1]
    told = f"{slot}: printed {first.value:,f} ({first.parts[0].entry.at}); {last.value:,f}: {last.why}"
    kind = "restated" if made.mixed else "agrees" if agrees else "differs"
    off = Decimal(0) if agrees else first.value - last.value
    return Compared(kind, elsewhere, off, tolerance(first) + tolerance(last), told)


def measure(history: History) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    worst: list[str] = []
    made: list[tuple[str, Slot, Compared]] = []
    for name in history.concepts:
        if not any(e.name == name and e.row.value is not None and not e.row.dimensions for e in history.entries):
            continue
        found = states(history, name) if history.known[history.company].index.sources.get(name) else {}
        made += [(name, slot, one) for slot in found if (one := compared(found, slot)) is not None]
        try:
            counts["derived only"] += sum(p.how.value == "derived" for p in history.series(name, 3).points)
        except NotFound:
            continue
    for name, slot, one in made:
        moved = one.kind == "differs" and any(
            n != name and s == slot and abs(abs(o.off) - abs(one.off)) <= one.tolerance for n, s, o in made if o.off
        )
        kind = "moved" if moved else one.kind
        counts[kind] += 1
        counts[f"{kind} elsewhere"] += one.elsewhere
        if kind != "agrees":
            worst.append(f"{kind}: {name}, {one.told}")
    for table in tables_of(history).values():
        for line in table.lines:
            counts["series"] += 1
            counts["gaps"] += len(line.gaps)
            bad = [g for g in line.gaps if g.kind in UNEXPLAINED]
            counts["unexplained"] += bool(bad)
            worst += [f"gap: {line.concept}, {g.slot}: {g.kind.value}: {g.why}" for g in bad[:1]]
    return counts, worst


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "none"


def told(counts: Counter[str]) -> str:
    every = sum(counts[kind] for kind in KINDS)
    away = sum(counts[f"{kind} elsewhere"] for kind in KINDS)
    return (
        f"derived quarters that are printed, too: {every}; equal {share(counts['agrees'], every)}; "
        f"explained by a figure moved between two lines {counts['moved']}; unexplained {counts['differs']}; "
        f"not derived, since the line was restated between the filings: {counts['restated']}\n"
        f"    of figures of other filings: {away}; equal {share(counts['agrees elsewhere'], away)}; "
        f"equal or explained {share(away - counts['differs elsewhere'], away)}\n"
        f"    derived quarters that nothing prints: {counts['derived only']}\n"
        f"    series without an unexplained gap: {share(counts['series'] - counts['unexplained'], counts['series'])} "
        f"({counts['gaps']} gaps)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=3, help="filings that a company must have")
    parser.add_argument("--worst", type=int, default=0, help="so many differences are listed")
    given = parser.parse_args()
    history = collect([*given.folders])
    total: Counter[str] = Counter()
    listed: list[str] = []
    for number, company in enumerate(c for c in history.companies if _count(history, c) >= given.least):
        own = history.of(company)
        counts, worst = measure(own)
        total += counts
        listed += worst
        print(f"company {number + 1}: {len(own.sources)} filings, {own.sources[0].day} to {own.sources[-1].day}")
        print(f"    {told(counts)}")
    print(f"all\n    {told(total)}")
    for line in listed[: given.worst]:
        print(line)


def _count(history: History, company: str) -> int:
    return sum(s.company == company for s in history.sources)


if __name__ == "__main__":
    main()
