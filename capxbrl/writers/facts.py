"""The facts as a table: facts.csv, and the same rows as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

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

#: Columns of numbers: a minus there begins no formula.
_NUMBERS = frozenset({"decimals", "value", "confidence"})


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"facts.csv": as_csv(report).encode()}


def rows(report: Report) -> Iterator[dict[str, str]]:
    """One row a fact, in the order of the page; all values as text."""
    members = {c.id: c.members for c in report.contexts}
    for fact in report.facts:
        unit = fact.unit.value.replace(Unit.USD.value, report.currency) if fact.unit else ""
        yield {
            "statement": fact.statement.value,
            "place": fact.place,
            "label": fact.label,
            "concept": fact.concept.qname,
            "period": str(fact.period),
            "unit": unit,
            "decimals": _decimals(fact),
            "value": _value(fact),
            "extension": "true" if fact.concept.extension else "false",
            "confidence": f"{fact.confidence:.2f}",
            "reading": fact.reading.value,
            "why": fact.why,
            "source": str(fact.at),
            "id": fact.id,
            "dimensions": ";".join(f"{axis}={member}" for axis, member in members[fact.context]),
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
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(report):
        numbers = _NUMBERS if row["unit"] else _NUMBERS - {"value"}
        writer.writerow({name: cell if name in numbers else harmless(cell) for name, cell in row.items()})
    return buffer.getvalue()


def as_json(report: Report) -> str:
    """{"facts": [one object a fact, the columns of the CSV]}."""
    return json.dumps({"facts": list(rows(report))}, ensure_ascii=False, indent=2) + "\n"
