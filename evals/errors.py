"""Inject one error at a time into documents that foot; count what is detected, located and rightly repaired.

    python evals/errors.py CORPUS_DIR [--glob '*'] [--count 5000] [--seed 1] [--limit N] [--verbose]

Errors: a digit changed (half of them to one of like shape, as OCR does), two neighbouring digits swapped, a digit lost, a
sign lost, the scale word changed, two columns of a table swapped.  They are made in the cells of the document that was
read, and all stages after reading run again.  Detected: a warning or error of arithmetic that was not there before.
Figures in figures: `two` are cells in two relations and more, `leaf` the parts of a single sum, `none` cells in no
relation (nothing on the page tells of them), `tolerance` changes that rounding would explain.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from capxbrl import footing, repair, rules, statements, tagging, taxonomy, ties
from capxbrl.findings import Finding, Severity
from capxbrl.footing.edits import ALIKE
from capxbrl.model import Amount, Document, Entity, Extension, Paragraph, Report, Table, Tagged, Unit
from capxbrl.readers import read

KINDS = ("digit", "swapped", "lost", "sign", "scale", "columns")
WEIGHTS = (40, 20, 20, 12, 4, 4)
ARITHMETIC = ("foot.", "tie.", "prose.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    tagged: tuple[Tagged, ...]
    relations: tuple[ties.Relation, ...]
    problems: tuple[repair.Problem, ...]
    alarms: frozenset[str]


def analyse(document: Document, concepts: taxonomy.Taxonomy) -> Analysis:
    """All stages after reading that arithmetic needs."""
    found, _ = statements.parse_statements(document)
    proofs, findings = footing.foot(found)
    tagged, _ = tagging.tag(found, proofs, concepts)
    relations = ties.relations(tagged)
    nothing = Extension(namespace="", prefix="", stem="", concepts=(), roles=(), imports=())
    report = Report(
        document=document, entity=Entity(scheme="", identifier=""), contexts=(), units=(), facts=(), extension=nothing,
        statements=tagged,
    )  # fmt: skip
    return Analysis(
        tagged=tagged, relations=relations, problems=repair.problems(relations, tagged),
        alarms=alarms([*findings, *rules.check(report)]),
    )  # fmt: skip


def alarms(findings: Sequence[Finding]) -> frozenset[str]:
    return frozenset(
        f"{f.code} {f.message}" for f in findings if f.severity is not Severity.NOTE and f.code.startswith(ARITHMETIC)
    )


# --- errors --------------------------------------------------------------------------------------------------------


def wrong_digits(shown: str, kind: str, rng: random.Random) -> str | None:
    """The digits of a figure with one slip, grouped in threes as before; None where that slip is not possible."""
    whole, point, places = shown.partition(".")
    digits = list(whole.replace(",", "") + places)
    spots = [i for i, d in enumerate(digits) if d.isdigit()]
    if kind == "digit":
        at = rng.choice(spots)
        alike = [d for d in "0123456789" if frozenset((d, digits[at])) in ALIKE]
        pool = alike if alike and rng.random() < 0.5 else [d for d in "0123456789" if d != digits[at]]
        digits[at] = rng.choice(pool)
    elif kind == "swapped":
        pairs = [i for i in spots[:-1] if digits[i] != digits[i + 1]]
        if not pairs:
            return None
        at = rng.choice(pairs)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        if len(digits) - len(places) < 2:
            return None
        del digits[rng.choice(range(len(digits) - len(places)))]
    cut = len(digits) - len(places)
    if digits[0] == "0" and cut > 1:
        return None  # a figure that begins with 0 is no figure: any reader of the page sees it
    number = "".join(digits[:cut])
    grouped = f"{int(number or '0'):,}" if "," in shown or len(number) < 4 else number
    made = grouped + point + "".join(digits[cut:])
    return made if made != shown and int(re.sub(r"\D", "", made)) else None


def with_cell(document: Document, amount: Amount, start: int, end: int, text: str) -> Document:
    """The document with text[start:end] of the figure's cell replaced."""
    span = amount.span
    table = document.blocks[span.block]
    assert isinstance(table, Table) and span.row is not None and span.cell is not None
    row = table.rows[span.row]
    cell = row.cells[span.cell]
    cells = [*row.cells]
    cells[span.cell] = replace(cell, text=cell.text[:start] + text + cell.text[end:])
    rows = [*table.rows]
    rows[span.row] = replace(row, cells=tuple(cells))
    blocks = [*document.blocks]
    blocks[span.block] = replace(table, rows=tuple(rows))
    return replace(document, blocks=tuple(blocks))


def cell_error(document: Document, amount: Amount, kind: str, rng: random.Random) -> Document | None:
    span = amount.span
    table = document.blocks[span.block]
    if not isinstance(table, Table) or span.row is None or span.cell is None or not amount.shown[:1].isdigit():
        return None
    text = table.rows[span.row].cells[span.cell].text
    if kind == "sign":
        left = re.search(r"[(-][\s$]*$", text[: span.start])
        if amount.value >= 0 or left is None:
            return None
        plain = re.sub(r"[(-]", "", text[: span.start]) + amount.shown + text[span.end :].replace(")", "", 1)
        return with_cell(document, amount, 0, len(text), plain)
    made = wrong_digits(amount.shown, kind, rng)
    return with_cell(document, amount, span.start, span.end, made) if made else None


def scale_error(document: Document, one: Tagged) -> Document | None:
    """Thousands become millions, or the other way round, in the title and headings of one statement."""
    words = {"thousands": "millions", "millions": "thousands"}

    def turned(text: str) -> str:
        return re.sub(r"\b(thousands|millions)\b", lambda m: words[m[0].lower()], text, flags=re.I)

    blocks = list(document.blocks)
    for number in (*one.statement.heading, *one.statement.blocks):
        block = blocks[number]
        if isinstance(block, Paragraph):
            blocks[number] = replace(block, text=turned(block.text))
        elif isinstance(block, Table):
            rows = [replace(row, cells=tuple(replace(c, text=turned(c.text)) for c in row.cells)) for row in block.rows]
            blocks[number] = replace(block, rows=tuple(rows))
    return replace(document, blocks=tuple(blocks)) if tuple(blocks) != document.blocks else None


def column_error(document: Document, one: Tagged, rng: random.Random) -> Document | None:
    """The figures of two columns change places in every line, under headings that stay."""
    width = len(one.statement.columns)
    if width < 2:
        return None
    a, b = sorted(rng.sample(range(width), 2))
    made = document
    for line in one.statement.lines:
        left, right = line.amounts[a], line.amounts[b]
        if left is None or right is None or left.span.cell is None or right.span.cell is None:
            continue
        table = document.blocks[left.span.block]
        assert isinstance(table, Table) and left.span.row is not None and right.span.row is not None
        texts = [table.rows[x.span.row or 0].cells[x.span.cell or 0].text for x in (left, right)]
        made = with_cell(made, left, 0, len(texts[0]), texts[1])
        made = with_cell(made, right, 0, len(texts[1]), texts[0])
    return made if made is not document else None


# --- counting ------------------------------------------------------------------------------------------------------


def kind_of_cell(place: ties.Place, base: Analysis) -> str:
    mine = [r for r in base.relations if place in r.places]
    if not any(r.code == "foot.difference" for r in mine):
        return "none"
    return "two" if len(mine) >= 2 else "leaf"


def places(tagged: Sequence[Tagged]) -> Iterator[tuple[ties.Place, Amount]]:
    for s, one in enumerate(tagged):
        for i, line in enumerate(one.statement.lines):
            for c, amount in enumerate(line.amounts):
                if amount is not None and amount.value:
                    yield ties.Place(statement=s, line=i, column=c), amount


def rank(problems: Sequence[repair.Problem], same: object) -> int:
    """The place of the true cell among the cells proposed, from 1; 0 when it is not there."""
    order = list(dict.fromkeys(spot for p in problems for c in p.changes for spot in [c.place]))
    return order.index(same) + 1 if same in order else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glob", default="*")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    concepts = taxonomy.load(taxonomy.DEFAULT)
    paths = [p for p in sorted(args.folder.glob(args.glob)) if p.suffix in (".txt", ".htm", ".html")][: args.limit]
    count: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    began = time.perf_counter()
    documents = false = 0
    share = -(-args.count // max(1, len(paths)))
    for path in paths:
        document, _ = read(path.read_bytes(), path.name)
        base = analyse(document, concepts)
        documents += 1
        if base.alarms:
            false += 1
            continue
        spots = list(places(base.tagged))
        done = tries = 0
        while spots and done < share and tries < 20 * share:
            tries += 1
            kind = rng.choices(KINDS, WEIGHTS)[0]
            place, amount = rng.choice(spots)
            if kind == "scale":
                made = scale_error(document, base.tagged[place.statement])
            elif kind == "columns":
                made = column_error(document, base.tagged[place.statement], rng)
            else:
                made = cell_error(document, amount, kind, rng)
            if made is None:
                continue
            done += 1
            after = analyse(made, concepts)
            detected = bool(after.alarms - base.alarms)
            if kind in ("scale", "columns"):
                count[kind, "whole"].update(all=1, detected=detected)
                continue
            where = kind_of_cell(place, base)
            same = next(
                (
                    p
                    for p, a in places(after.tagged)
                    if a.span.block == amount.span.block
                    and (a.span.row, a.span.cell) == (amount.span.row, amount.span.cell)
                ),
                place,
            )
            now = ties.value_at(after.tagged)(same) if same.statement < len(after.tagged) else amount.value
            step = Decimal(10) ** -(amount.decimals or 0)
            # Two units of rounded figures; three of figures per share, which are rounded quotients.
            units = 3 if amount.unit is Unit.PER_SHARE else 2
            if where != "none" and abs(now - amount.value) <= units * step:
                where = "tolerance"
            at = rank(after.problems, same)
            changes = [c for p in after.problems for c in p.changes][:2]
            mended = any(dict(c.values).get(same) == amount.value for c in changes)
            count[kind, where].update(all=1, detected=detected, first=at == 1, third=1 <= at <= 3, repaired=mended)
            if (
                args.verbose
                and where in ("two", "leaf")
                and not (detected and (at == 1 if where == "two" else 1 <= at <= 3))
            ):
                line = base.tagged[place.statement].statement.lines[place.line]
                print(
                    f"{path.name} {where} {kind} {'' if detected else 'MISSED '}{line.label[:40]!r} column {place.column}: {amount.value:,} -> {now:,}; rank {at}"
                )
    print(f"{documents} documents; {false} left out, which have alarms as they are")
    print(f"{'':24}{'errors':>8}{'detected':>10}{'cell 1st':>10}{'in 3':>8}{'repair in 2':>13}")
    for title, wanted in [
        *((f"{where}, {kind}", [(kind, where)]) for where in ("two", "leaf", "none", "tolerance") for kind in KINDS[:4]),
        *((f"{where}, all", [(kind, where) for kind in KINDS]) for where in ("two", "leaf", "none", "tolerance")),
        ("in a sum, all", [(kind, where) for kind in KINDS for where in ("two", "leaf")]),
        ("scale word", [("scale", "whole")]), ("columns", [("columns", "whole")]),
    ]:  # fmt: skip
        total = sum((count[key] for key in wanted if key in count), Counter())
        if n := total["all"]:
            print(
                f"{title:24}{n:8}"
                + "".join(
                    f"{total[key] / n:{w}.4f}"
                    for key, w in (("detected", 10), ("first", 10), ("third", 8), ("repaired", 13))
                )
            )
    everything = sum(c["all"] for c in count.values())
    print(f"{everything} errors in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
