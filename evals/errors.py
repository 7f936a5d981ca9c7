"""Put one error at a time into documents; count what is noticed, and whether the finding names the place.

    python evals/errors.py CORPUS_DIR [--glob '*'] [--count 1000] [--seed 1] [--documents N] [--kinds A,B] [--verbose]

--kinds takes kinds of `evals/slips.py`, or all of a sort: figures, rows, headings.

--documents takes a sample of the folder, another for each seed; some 20 documents and 300 errors take a few minutes.

The kinds are in `evals/slips.py`: errors in a figure, in a row, in the headings. They are made in the cells of the
document that was read, and all stages after reading run again.
Noticed: a warning or error about reading, periods, scale, sign or arithmetic that was not there before.
Named: such a finding stands at the erroneous row, or tells its place or its true figures among at most three.
Figures and rows are told apart by where they stand: `sum` in a sum of the page or an exact tie, `free` in none (little
tells of them), `rounding` where the change is within what rounding explains. A row that is deleted is `traceless` where
the page holds together without it, whether it is noticed or not: it is in no sum and is no landmark that every
statement has, or it is a subtotal whose lines go on to the next total, or its figures stand in another line as well.
Errors of a kind are given over all cells too.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from slips import FIGURE, HEADING, ROW, in_figure, in_heading, in_row

from capxbrl import ties
from capxbrl.findings import Finding, Severity
from capxbrl.model import Amount, Document, LineItem, Tagged, Unit
from capxbrl.pipeline import analyse, load
from capxbrl.ties.landmarks import NAMES

#: Findings that are about something else than reading and arithmetic.
APART = ("tag.", "cover.", "prose.", "report.")
GOALS = {
    "figure in a sum": 0.98, "figure anywhere": 0.90, "row deleted": 0.90, "cells swapped": 0.95, "row twice": 0.90,
    "year": 0.90, "headings swapped": 0.95, "scale": 0.97, "columns": 0.95, "named": 0.80,
}  # fmt: skip

SORTS = {"figures": FIGURE, "rows": ROW, "headings": HEADING}
#: What could tell of an error: see above.
PLACES = ("sum", "free", "rounding", "traceless")

Spot = tuple[int, LineItem, ties.Place, Amount]


def told(findings: Sequence[Finding]) -> dict[str, Finding]:
    """What is told about reading and arithmetic."""
    return {
        f"{f.code} {f.message}": f for f in findings if not f.code.startswith(APART) and f.severity is not Severity.NOTE
    }


def spots(tagged: Sequence[Tagged]) -> Iterator[Spot]:
    """Every figure of the face statements."""
    for s, one in enumerate(tagged):
        for i, line in enumerate(one.statement.lines if one.statement.face else ()):
            for c, amount in enumerate(line.amounts):
                if amount is not None and amount.value:
                    yield s, line, ties.Place(statement=s, line=i, column=c), amount


def names(new: Sequence[Finding], kind: str, line: LineItem, amount: Amount) -> bool:
    """A finding stands at the row, or its words hold the place or the figures that were lost."""
    row = [a for a in line.amounts if a is not None]
    places = [amount] if kind in FIGURE else row
    for finding in new:
        words = f"{finding.message} {finding.hint}"
        if kind == "row deleted":
            # A lost landmark is told by its name, another row by its figures, as far as they are not rounded.
            told_of = finding.code == "statement.incomplete" or all(_printed(a, words) for a in row if a.value)
        else:
            label = bool(line.label) and repr(line.label)[:58] in words and "may be" in words
            told_of = label or any(str(a.at) in words for a in places) or _stands_at(finding, places)
        if told_of:
            return True
    return False


def _printed(amount: Amount, words: str) -> bool:
    """The words hold the figure, or one that differs by what rounding explains."""
    numbers = (Decimal(match.replace(",", "")) for match in re.findall(r"\d[\d,]*(?:\.\d+)?", words))
    return any(abs(number - abs(amount.value)) <= _rounding(amount) for number in numbers)


def _rounding(amount: Amount) -> Decimal:
    """What the sum of rounded figures may miss by."""
    return (3 if amount.unit is Unit.PER_SHARE else 2) * Decimal(10) ** -(amount.decimals or 0)


def _stands_at(finding: Finding, places: Sequence[Amount]) -> bool:
    at = finding.at
    return at is not None and any((at.line, at.row) == (a.at.line, a.at.row) for a in places)


def within_rounding(before: Amount, tagged: Sequence[Tagged]) -> bool:
    """The figure that stands there now differs by what rounding explains."""
    for _, _, _, now in spots(tagged):
        if (now.span.block, now.span.row, now.span.cell) == (before.span.block, before.span.row, before.span.cell):
            return abs(now.value - before.value) <= _rounding(before)
    return False


def where(
    spot: Spot, kind: str, tagged: Sequence[Tagged], after: Sequence[Tagged], bound: Collection[ties.Place]
) -> str:
    """What could tell of an error there: a sum, nothing, rounding; see above."""
    s, line, place, amount = spot
    if kind == "row deleted" and _traceless(tagged[s], place.line, place in bound):
        return "traceless"
    changed = {"cells swapped": [a for a in line.amounts if a is not None and a.value]}.get(kind, [amount])
    if kind in (*FIGURE, "cells swapped") and all(within_rounding(a, after) for a in changed):
        return "rounding"
    return "sum" if place in bound else "free"


def _traceless(one: Tagged, line: int, bound: bool) -> bool:
    lines = one.statement.lines
    shown = [tuple(a and abs(a.value) for a in other.amounts) for other in lines]
    if shown.count(shown[line]) > 1:
        return True
    if one.lines[line].role in NAMES:
        return False
    total = any(p.total == line for p in one.footing.proofs)
    part = any(i == line for p in one.footing.proofs for i, _ in p.parts)
    return part if total else not bound


def injected(
    document: Document, tagged: Sequence[Tagged], spot: Spot, kind: str, rng: random.Random
) -> Document | None:
    s, line, _, amount = spot
    if kind in FIGURE:
        return in_figure(document, amount, kind, rng)
    return in_row(document, line, kind, rng) if kind in ROW else in_heading(document, tagged[s], kind, rng)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glob", default="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=10**9, help="a sample of so many")
    parser.add_argument("--kinds", default="figures,rows,headings")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    paths = [p for p in sorted(args.folder.glob(args.glob)) if p.suffix in (".txt", ".htm", ".html", ".pdf")]
    paths = sorted(rng.sample(paths, args.documents)) if args.documents < len(paths) else paths
    kinds = [kind for name in args.kinds.split(",") for kind in SORTS.get(name, (name,))]
    count: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    began = time.perf_counter()
    share = -(-args.count // max(1, len(paths)))
    for n, path in enumerate(paths):
        document, _ = load(path)
        base, found = analyse(document)
        before, cells = told(found), list(spots(base.tagged))
        exact = (relation for relation in ties.relations(base.tagged) if not relation.factors)
        bound = {place for relation in exact for place in relation.places}
        done = tries = 0
        while cells and done < share and tries < 20 * share:
            tries += 1
            kind = kinds[(n * share + done) % len(kinds)] if tries % 7 else rng.choice(kinds)
            spot = rng.choice(cells)
            made = injected(document, base.tagged, spot, kind, rng)
            if made is None:
                continue
            done += 1
            after, again = analyse(made)
            new = [f for key, f in told(again).items() if key not in before]
            noticed = bool(new)
            _, line, _, amount = spot
            place = where(spot, kind, base.tagged, after.tagged, bound)
            count[kind, place].update(all=1, noticed=noticed, named=noticed and names(new, kind, line, amount))
            if args.verbose and not (noticed and names(new, kind, line, amount)):
                print(
                    f"{path.name} {kind} {place} {'UNNAMED' if noticed else 'MISSED'} {line.label[:50]!r} "
                    f"{amount.at} {amount.shown}"
                )
                for f in new[:3]:
                    print(f"      {f.code} {f.at}: {f.message[:160]} | {(f.hint or '')[:200]}")
    report(count)
    print(
        f"{sum(c['all'] for c in count.values())} errors in {len(paths)} documents, {time.perf_counter() - began:.0f} s"
    )


def report(count: dict[tuple[str, str], Counter[str]]) -> None:
    print(f"{'':28}{'errors':>8}{'noticed':>10}{'goal':>7}{'named':>9}{'goal':>7}")
    rows: list[tuple[str, list[tuple[str, str]], str]] = [
        *((f"{kind}, {where}", [(kind, where)], "") for kind in FIGURE for where in PLACES),
        ("figures in a sum", [(kind, "sum") for kind in FIGURE], "figure in a sum"),
        ("figures anywhere", [(kind, where) for kind in FIGURE for where in ("sum", "free")], "figure anywhere"),
        *((f"{kind}, {where}", [(kind, where)], "") for kind in ROW for where in PLACES),
        ("rows that leave a trace", [("row deleted", where) for where in ("sum", "free")], "row deleted"),
        *((kind, [(kind, where) for where in ("sum", "free", "traceless")], kind) for kind in (*ROW, *HEADING)),
    ]
    for title, keys, goal in rows:
        total = sum((count[key] for key in keys if key in count), Counter())
        if n := total["all"]:
            goals = (f"{GOALS[goal]:7.2f}", f"{GOALS['named']:7.2f}") if goal else ("", "")
            named = f"{total['named'] / max(1, total['noticed']):9.4f}" if goal not in HEADING else ""
            print(f"{title:28}{n:8}{total['noticed'] / n:10.4f}{goals[0]:>7}{named:>9}{goals[1] if named else '':>7}")


if __name__ == "__main__":
    main()
