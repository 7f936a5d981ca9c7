"""The facts as a table: facts.csv, and the same rows as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from operator import itemgetter

from ..model import Fact, Report, Unit
from ..tables import harmless

SUFFIX = ".csv"
COLUMNS = (
    "statement",
    "place",
    "label",
    "concept",
    "period",
    "unit",
    "decimals",
    "value",
    "extension",
    "confidence",
    "why",
    "source",
    "reading",
    "id",
    "dimensions",
)

#: Columns of words of the filing; a value is one where it is no number. The others are ours, and none begins a formula.
_WORDS = ("label", "why", "source")
_in_order = itemgetter(*COLUMNS)


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"facts.csv": as_csv(report).encode()}


def rows(report: Report) -> Iterator[dict[str, str]]:
    """One row a fact, in the order of the page; all values as text."""
    dimensions = {c.id: ";".join(f"{axis}={member}" for axis, member in c.members) for c in report.contexts}
    units = {unit: unit.value.replace(Unit.USD.value, report.currency) for unit in Unit}
    for fact in report.facts:
        yield {
            "statement": fact.statement.value,
            "place": fact.place,
            "label": fact.label,
            "concept": fact.concept.qname,
            "period": str(fact.period),
            "unit": units[fact.unit] if fact.unit else "",
            "decimals": _decimals(fact),
            "value": _value(fact),
            "extension": "true" if fact.concept.extension else "false",
            "confidence": f"{fact.confidence:.2f}",
            "reading": fact.reading.value,
            "why": fact.why,
            "source": str(fact.at),
            "id": fact.id,
            "dimensions": dimensions[fact.context],
        }


def _decimals(fact: Fact) -> str:
    if fact.unit is None:
        return ""
    return "INF" if fact.decimals is None else str(fact.decimals)


def _value(fact: Fact) -> str:
    """Figures in full, as plain decimals with the digits that are shown."""
    return f"{fact.value:f}" if isinstance(fact.value, Decimal) else fact.value


def as_csv(report: Report) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(report):
        for name in _WORDS if row["unit"] else (*_WORDS, "value"):
            row[name] = harmless(row[name])
        writer.writerow(_in_order(row))
    return buffer.getvalue()


def as_json(report: Report) -> str:
    """{"facts": [one object a fact, the columns of the CSV]}."""
    return json.dumps({"facts": list(rows(report))}, ensure_ascii=False, indent=2) + "\n"
