"""The facts of a company in the form of the SEC's companyfacts JSON (data.sec.gov/api/xbrl/companyfacts), so that tools
made for filings since 2009 read a company's history before it.

{"cik", "entityName", "facts": {taxonomy: {element: {"label", "description", "units": {unit: [{"start", "end", "val",
"accn", "fy", "fp", "form", "filed", "frame"}]}}}}}. As there: facts without dimensions, in elements of published
taxonomies; fy and fp are those of the filing; `frame` names the calendar year, quarter or instant that a fact is the
last one filed for. What is derived is not in it: no filing has it. Elements of the filer's own are left out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ..findings import Finding, Position, Severity, counted
from ..taxonomy import DEFAULT, Taxonomy, load, vintage_of
from .records import Entry, Source

if TYPE_CHECKING:
    from .collection import History

#: A frame is of periods so many days long: a calendar year and a quarter, 30 days more or less (EDGAR APIs, "frames").
_GAAP = "us-gaap"
_FRAMES = ((365, 30), (91, 30))


def as_json(history: History) -> str:
    """The JSON of one company. Raises BadData where the filings are of several."""
    return told(history)[0]


def told(history: History) -> tuple[str, tuple[Finding, ...]]:
    """The JSON, and what it leaves out."""
    made, left = document(history)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n", left


def document(history: History) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The content of the JSON, and what it leaves out."""
    company = history.company
    facts: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    left: list[Entry] = []
    for entry in history.entries:
        if entry.row.value is None or entry.row.dimensions:
            continue
        element = _element(entry)
        if element is None:
            left.append(entry)
            continue
        taxonomy, name, sign, label, description = element
        concept = facts[taxonomy].setdefault(name, {"label": label, "description": description, "units": {}})
        concept["units"].setdefault(entry.row.unit, []).append(_fact(entry, sign, history))
    for concepts in facts.values():
        for concept in concepts.values():
            concept["units"] = {unit: _framed(_once(found)) for unit, found in concept["units"].items()}
    cik = next((s.cik for s in reversed(history.sources) if s.cik), None)
    made = {
        "cik": int(cik) if cik and cik.isdigit() else 0,
        "entityName": company,
        "facts": {taxonomy: dict(sorted(concepts.items())) for taxonomy, concepts in sorted(facts.items())},
    }
    return made, _left(left)


def file_name(history: History) -> str:
    """CIK0000320193.json, as the SEC names it; CIK unknown: zeros."""
    cik = next((s.cik for s in reversed(history.sources) if s.cik), None) or "0"
    return f"CIK{cik.zfill(10)}.json"


def _element(entry: Entry) -> tuple[str, str, int, str, str] | None:
    """(taxonomy, element, sign, label, description) in us-gaap of the filing's year; None where it has none."""
    prefix, _, name = entry.row.concept.rpartition(":")
    if entry.row.extension:
        return None
    if prefix in (_GAAP, "dei", "srt"):
        return prefix, name, 1, name, ""
    element = _vintage(entry.source.day.year).elements.get(entry.row.concept)
    if element is None or element.members:
        return None
    ours = load(DEFAULT)
    concept = ours.concepts.get(name) or ours.dei.get(name)
    label = concept.label if concept else name
    return element.prefix, element.name, element.sign, label, concept.documentation if concept else ""


@cache
def _vintage(year: int) -> Taxonomy:
    return vintage_of(_GAAP, dt.date(year, 12, 31)).value


def _fact(entry: Entry, sign: int, history: History) -> dict[str, Any]:
    row, source = entry.row, entry.source
    year, period = _focus(source, history)
    start = {"start": str(row.start)} if row.start else {}
    return {
        **start,
        "end": str(row.end),
        "val": _number(sign * entry.value),
        "accn": source.accession or f"sha256-{source.digest[:13]}",
        "fy": year,
        "fp": period,
        "form": source.form or "",
        "filed": str(source.known),
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _focus(source: Source, history: History) -> tuple[int | None, str | None]:
    """Fiscal year and period of the filing, as its own period has them."""
    year, quarter = history.calendars[source.company].fiscal(source.day)
    yearly = (source.form or "").startswith("10-K") or quarter == 4
    return year, "FY" if yearly else f"Q{quarter}" if quarter else None


def _once(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the repetitions of a filing."""
    out: dict[tuple[Any, ...], dict[str, Any]] = {}
    for fact in found:
        out.setdefault((fact.get("start"), fact["end"], fact["val"], fact["accn"]), fact)
    return sorted(out.values(), key=lambda f: (f["end"], f.get("start") or "", f["filed"]))


def _framed(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the frame of each period at the fact that was filed last."""
    last: dict[str, int] = {}
    for number, fact in enumerate(found):
        frame = _frame(fact)
        if frame and (frame not in last or fact["filed"] >= found[last[frame]]["filed"]):
            last[frame] = number
    named: Mapping[int, str] = {number: frame for frame, number in last.items()}
    return [fact | ({"frame": named[n]} if n in named else {}) for n, fact in enumerate(found)]


def _frame(fact: Mapping[str, Any]) -> str | None:
    """CY2008, CY2008Q3 or CY2008Q3I: the calendar period that is nearest."""
    end = dt.date.fromisoformat(fact["end"])
    if "start" not in fact:
        return _instant(end)
    start = dt.date.fromisoformat(fact["start"])
    days = (end - start).days + 1
    middle = start + dt.timedelta(days // 2)
    shapes = f"CY{middle.year}", f"CY{middle.year}Q{(middle.month + 2) // 3}"
    for (length, off), shape in zip(_FRAMES, shapes, strict=True):
        if abs(days - length) <= off:
            return shape
    return None


def _instant(end: dt.date) -> str:
    """The quarter whose last day is nearest."""
    quarters = [dt.date(year, month, day) for year in (end.year - 1, end.year) for month, day in _ENDS]
    near = min(quarters, key=lambda q: abs((q - end).days))
    return f"CY{near.year}Q{near.month // 3}I"


_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def _left(left: list[Entry]) -> tuple[Finding, ...]:
    if not left:
        return ()
    names = list(dict.fromkeys(e.name for e in left))
    shown = ", ".join(names[:3]) + (" ..." if names[3:] else "")
    return (
        Finding(
            code="history.own-element",
            severity=Severity.NOTE,
            at=Position(source=left[0].source.name),
            message=f"{counted(len(left), 'figure')} of {counted(len(names), 'element')} that us-gaap has not "
            f"({shown}) are not in companyfacts, which holds published elements only",
            hint="facts.csv has them all",
        ),
    )
