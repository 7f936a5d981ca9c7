"""What the files of a history hold: the statements over years, restated values, gaps; the formats and their needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..findings import BadData, NotFound
from .over_years import OverYears
from .told import Restated, restated

if TYPE_CHECKING:
    from .collection import History

#: The formats that are written where they are asked for, and what each needs: (package, extra of ours).
FORMATS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "excel": (("openpyxl", "excel"),),
    "parquet": (("pyarrow", "parquet"),),
    "fsds": (),
    "charts": (("matplotlib", "plot"),),
}
#: The statements over years that are written, and of periods of which length.
TABLES = (
    ("income_statement", 3), ("income_statement", 12), ("balance_sheet", None), ("cash_flow", 3), ("cash_flow", 12),
)  # fmt: skip
_CALLED = {3: "-quarters", 12: "-years", None: ""}
RESTATED = (
    "concept", "label", "start", "end", "months", "unit", "before", "known_before", "source_before", "after",
    "known_after", "source_after", "basis", "change",
)  # fmt: skip
GAPS = ("statement", "months", "concept", "label", "end", "kind", "why", "at")


def restated_rows(history: History) -> Iterator[dict[str, Any]]:
    """Every value that a later filing gives otherwise, beside the one before it."""
    for one in restated(history.entries):
        yield _restated(one)


def _restated(one: Restated) -> dict[str, Any]:
    event = one.event
    before, after = event.before.best, event.after.entries[0]
    return {
        "concept": one.concept,
        "label": after.row.label,
        "start": event.slot.start,
        "end": event.slot.end,
        "months": event.slot.months,
        "unit": one.unit,
        "before": before.value,
        "known_before": event.before.entries[0].source.known,
        "source_before": str(before.at),
        "after": after.value,
        "known_after": after.source.known,
        "source_after": str(after.at),
        "basis": after.basis,
        "change": event.change,
    }


def tables_of(history: History) -> dict[str, OverYears]:
    """The statements over years that the filings have, by the name of their file."""
    out = {}
    for kind, months in TABLES:
        try:
            table = history.statement(kind, months)
        except NotFound:
            continue
        if table.columns and table.lines:
            out[f"{kind}{_CALLED[months]}"] = table
    return out


def gap_rows(tables: Mapping[str, OverYears]) -> Iterator[dict[str, Any]]:
    """The periods that a line of those tables misses, each with its reason."""
    for table in tables.values():
        for line in table.lines:
            for gap in line.gaps:
                yield {
                    "statement": table.kind,
                    "months": table.months,
                    "concept": line.concept,
                    "label": line.label,
                    "end": gap.slot.end,
                    "kind": gap.kind.value,
                    "why": gap.why,
                    "at": str(gap.at) if gap.at else None,
                }


def needs(name: str) -> None:
    """Raises BadData for a format that is none, or whose package is not installed."""
    if name not in FORMATS:
        raise BadData(f"there is no format {name!r} of a history; known: {', '.join(FORMATS)}")
    for package, extra in FORMATS[name]:
        if find_spec(package) is None:
            raise BadData(f"the format {name} needs {package}; install it: pip install 'capxbrl[{extra}]'")
