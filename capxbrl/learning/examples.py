"""Filings as the models, the precedents and the table of labels learn from them: companies count, not filings, so that
no filer dominates."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..model import ItemType
from ..tagging.labels import normalise, unit_hint, zones
from ..tagging.models import filings as filing_model
from ..tagging.models import lines as line_model
from ..tagging.models import precedents
from ..tagging.models.arrays import number
from . import filings, lines
from .datasets import Filing, Shown

if TYPE_CHECKING:
    import numpy as np

#: What the tables write for the units that an item type tells.
UNITS = {ItemType.SHARES: "#", ItemType.PER_SHARE: "/", ItemType.PERCENT: "%", ItemType.PURE: "%"}


def seen(shown: Shown, types: Mapping[str, ItemType]) -> list[line_model.Seen]:
    """The lines of a statement. types: concept -> item type; the unit stands on a real page, here the type tells it."""
    labels = [normalise(label) for label, _ in shown.lines]
    return [
        line_model.Seen(
            label, shown.statement, zone, UNITS.get(types[tag], "") if tag in types else unit_hint(label), shown.first
        )
        for (label, tag), zone in zip(shown.lines, zones(shown.statement, labels), strict=True)
    ]


def marks(filing: Filing) -> tuple[str, ...]:
    """What the filing has (line_model.marks)."""
    return line_model.marks(normalise(label) for shown in filing.statements for label, _ in shown.lines)


def line_examples(source: Iterable[Filing], types: Mapping[str, ItemType], concepts: Sequence[str]) -> lines.Examples:
    """The lines of all filings; the same line of a company counts once."""
    import numpy as np

    place = {name: i for i, name in enumerate(concepts)}
    features: list[np.ndarray[tuple[int], np.dtype[np.uint32]]] = []
    chosen: list[int] = []
    owner: list[int] = []
    labels: list[tuple[int, int, int]] = []
    known: set[tuple[int, bytes, int]] = set()
    numbers: dict[str, int] = {}
    for filing in source:
        company = numbers.setdefault(filing.company, len(numbers))
        has = marks(filing)
        for shown in filing.statements:
            described = line_model.describe(seen(shown, types), has)
            for (_, tag), names in zip(shown.lines, described, strict=True):
                # A standard element that the taxonomy lacks teaches nothing; the filer's own is a class of its own.
                concept = place.get(tag, -1)
                row = np.array([number(n) for n in names], dtype=np.uint32)
                key = (company, row.tobytes(), concept)
                if concept < 0 or key in known:
                    continue
                known.add(key)
                features.append(row)
                chosen.append(concept)
                owner.append(company)
                labels.append((company, concept, int(row[0])))
    often = Counter(labels)
    return lines.Examples(
        features=np.concatenate(features) if features else np.zeros(0, dtype=np.uint32),
        starts=np.concatenate(([0], np.cumsum([len(f) for f in features]))).astype(np.int64),
        concept=np.array(chosen, dtype=np.int64),
        company=np.array(owner, dtype=np.int64),
        weight=np.array([1 / often[label] ** 0.7 for label in labels], dtype=np.float32),
    )


def filing_examples(
    source: Iterable[Filing], types: Mapping[str, ItemType], concepts: Sequence[str]
) -> filings.Filings:
    """The lines of all filings, as the filing model learns from them."""
    import numpy as np

    place = {name: i for i, name in enumerate(concepts)}
    features = array("I")
    starts, statement, concept, ends, company = [0], [], [], [0], []
    numbers: dict[str, int] = {}
    for filing in source:
        company.append(numbers.setdefault(filing.company, len(numbers)))
        for which, shown in enumerate(filing.statements):
            for (_, tag), names in zip(shown.lines, filing_model.describe(seen(shown, types)), strict=True):
                features.extend(map(number, names))
                starts.append(len(features))
                statement.append(which)
                concept.append(place.get(tag, -1))
        ends.append(len(concept))
    return filings.Filings(
        features=np.frombuffer(features, dtype=np.uint32) if features else np.zeros(0, dtype=np.uint32),
        starts=np.array(starts),
        statement=np.array(statement, dtype=np.int64),
        concept=np.array(concept, dtype=np.int64),
        filings=np.array(ends),
        company=np.array(company, dtype=np.int64),
    )


def precedents_of(
    source: Iterable[Filing], types: Mapping[str, ItemType], concepts: tuple[str, ...]
) -> precedents.Precedents:
    """What each company gave to each of its lines; where its filings differ, what most of them say, then the last."""
    place = {name: i for i, name in enumerate(concepts)}
    numbers: dict[str, int] = {}
    shown: dict[int, tuple[str, dict[int, dict[int, int]]]] = {}
    for filing in source:
        company = numbers.setdefault(filing.company, len(numbers))
        for statement in filing.statements:
            for key, (_, tag) in zip(precedents.keys(seen(statement, types)), statement.lines, strict=True):
                if tag in place:
                    given = shown.setdefault(key, (statement.statement, {}))[1].setdefault(company, {})
                    given[place[tag]] = given.pop(place[tag], 0) + 1
    most = {
        key: (statement, {c: max(reversed(given), key=lambda g: given[g]) for c, given in by.items()})
        for key, (statement, by) in shown.items()
    }
    return precedents.build(most, concepts)


Counts = dict[tuple[str, str, str], dict[str, int]]


def count(source: Iterable[Filing], types: Mapping[str, ItemType], at_least: int = 2) -> Counts:
    """{(statement, unit, label): {concept: number of companies}} of the labels that so many companies show.

    types: concept -> item type, of the concepts to learn; the filer's own and unknown tags count as "".
    """
    found: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for filing in source:
        for shown in filing.statements:
            for line, (_, tag) in zip(seen(shown, types), shown.lines, strict=True):
                label = normalise(line.label)
                if label:
                    found[line.statement, line.unit, label][tag if tag in types else ""].add(filing.company)
    return {
        key: {tag: len(names) for tag, names in sorted(tags.items())}
        for key, tags in sorted(found.items())
        if len(set().union(*tags.values())) >= at_least
    }
