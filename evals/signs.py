"""Signs over corpora: elements of the filer's own that are reported against their print, and inverted cash flows.

    python evals/signs.py CORPUS_DIR... [--glob '*']

Of the facts of the filer's own elements outside statements of cash flows, those printed positive and reported negative
are listed, with what lets them turn: the words of the line or of its heading name a loss, a benefit or a deduction.
Without such words a sign is wrong. Of the totals of cash flows: parentheses on the page against the sign of the fact,
where the words do not name what is used.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from capxbrl.model import Amount, Fact, Kind, LineItem, Tagged
from capxbrl.pipeline import analyse, load
from capxbrl.polarity import deducted, sense

_TOTALS = tuple(f"NetCashProvidedByUsedIn{name}Activities" for name in ("Operating", "Investing", "Financing"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--glob", default="*")
    args = parser.parse_args()
    for folder in args.folders:
        count: Counter[str] = Counter()
        for path in sorted(folder.glob(args.glob)):
            if path.suffix in (".txt", ".htm", ".html", ".pdf"):
                document, _ = load(path)
                made, _ = analyse(document)
                count["documents"] += 1
                cells = {fact.span: fact for fact in made.report.facts if isinstance(fact.value, Decimal)}
                for line, amount, fact in _printed(made.tagged, cells):
                    _own(line, amount, fact, count)
                    _total(line, amount, fact, count)
        print(f"{folder.name}: " + ", ".join(f"{number} {what}" for what, number in sorted(count.items())))


def _printed(tagged: tuple[Tagged, ...], cells: dict[object, Fact]) -> Iterator[tuple[LineItem, Amount, Fact]]:
    for one in tagged:
        for line in one.statement.lines:
            for amount in line.amounts:
                if amount is not None and amount.value and amount.span in cells:
                    yield line, amount, cells[amount.span]


def _own(line: LineItem, amount: Amount, fact: Fact, count: Counter[str]) -> None:
    assert isinstance(fact.value, Decimal)
    if not fact.concept.extension or fact.statement is Kind.CASH_FLOW:
        return
    count["own"] += 1
    if amount.value > 0 > fact.value:
        said = sense(line.label)
        worded = said.way < 0 or said.both or deducted(line) or "expense" in line.label.casefold()
        count["own turned, worded" if worded else "own turned without words"] += 1
        print(f"{'' if worded else 'WRONG '}{fact.at}: {line.label!r} {amount.shown} {fact.value}")


def _total(line: LineItem, amount: Amount, fact: Fact, count: Counter[str]) -> None:
    assert isinstance(fact.value, Decimal)
    if fact.concept.name not in _TOTALS:
        return
    count["totals of cash flows"] += 1
    said = sense(line.label)
    if (amount.value > 0) != (fact.value > 0) and (said.way >= 0 or said.both):
        count["totals inverted"] += 1
        print(f"INVERTED {fact.at}: {line.label!r} {amount.shown} {fact.value}")


if __name__ == "__main__":
    main()
