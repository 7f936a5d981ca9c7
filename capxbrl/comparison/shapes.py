"""A comparison as text, JSON (docs/schema/diff.json) and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import counted, printable
from ..tables import harmless
from .records import Comparison, Difference, DifferenceKind, Side, Value

SCHEMA = "http://capxbrl.example/schema/diff-1.json"
COLUMNS = (
    "kind",
    "statement",
    "label",
    "concept",
    "concept_after",
    "period",
    "period_after",
    "unit",
    "dimensions",
    "before",
    "after",
    "change",
    "at_before",
    "at_after",
)
_NUMBERS = frozenset({"before", "after", "change"})
_TITLES = {
    DifferenceKind.RESTATED: "restated: another value in a report of another day",
    DifferenceKind.CHANGED: "changed: another value",
    DifferenceKind.ROUNDED: "rounded: the same within their decimals",
    DifferenceKind.CONCEPT: "concept: the same line under another element",
    DifferenceKind.GONE: "gone: only in the first",
    DifferenceKind.ADDED: "added: only in the second",
}


def rows(comparison: Comparison) -> Iterator[dict[str, str]]:
    """One row a difference; all values as text."""
    for made in comparison.differences:
        fact, old, new = made.fact, made.before, made.after
        yield {
            "kind": made.kind.value,
            "statement": fact.statement,
            "label": fact.label or (new.label if new else ""),
            "concept": old.concept if old else "",
            "concept_after": new.concept if new else "",
            "period": old.period if old else "",
            "period_after": new.period if new else "",
            "unit": fact.unit,
            "dimensions": ";".join(f"{axis}={member}" for axis, member in fact.members),
            "before": _plain(old.value) if old else "",
            "after": _plain(new.value) if new else "",
            "change": _plain(made.change) if made.change is not None else "",
            "at_before": old.at if old else "",
            "at_after": new.at if new else "",
        }


def as_csv(comparison: Comparison) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(comparison):
        exact = _NUMBERS if row["unit"] else frozenset[str]()
        writer.writerow({name: cell if name in exact else harmless(cell) for name, cell in row.items()})
    return buffer.getvalue()


def as_json(comparison: Comparison) -> str:
    """{"schema", "before", "after", "equal", "differences"}."""
    made = {
        "schema": SCHEMA,
        "before": _about(comparison.before),
        "after": _about(comparison.after),
        "equal": comparison.equal,
        "differences": list(rows(comparison)),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _about(side: Side) -> dict[str, object]:
    day = side.day.isoformat() if side.day else None
    return {"name": side.name, "entity": side.entity, "day": day, "facts": len(side.facts)}


def as_text(comparison: Comparison, *, everything: bool = False) -> str:
    """Kind by kind. everything: also each fact of periods that the other report does not show; else they are
    counted."""
    lines = [_heading("-", comparison.before), _heading("+", comparison.after)]
    for kind in DifferenceKind:
        found = comparison.of(kind)
        if found:
            lines += ["", f"{_TITLES[kind]} ({len(found)})", *_told(comparison, kind, found, everything)]
    if comparison.equal:
        lines += ["", "no difference"]
    return printable("\n".join([*lines, ""]))


def _heading(mark: str, side: Side) -> str:
    words = [side.entity, f"to {side.day}" if side.day else "", counted(len(side.facts), "fact")]
    return f"{mark} {side.name}: {', '.join(w for w in words if w)}"


def _told(comparison: Comparison, kind: DifferenceKind, found: Sequence[Difference], everything: bool) -> Iterator[str]:
    fold = kind in (DifferenceKind.GONE, DifferenceKind.ADDED) and not everything
    apart = Counter(d.fact.period for d in found if fold and d.fact.period not in comparison.shared)
    for made in found:
        if made.fact.period not in apart:
            yield from _lines(made)
    for period, count in apart.items():
        yield f"  {counted(count, 'fact')} of {period}, which the other does not show (--all lists them)"


def _lines(made: Difference) -> Iterator[str]:
    """A difference in two lines: what differs, and where it stands."""
    fact, old, new = made.fact, made.before, made.after
    members = "".join(f" [{member.rpartition(':')[2]}]" for _, member in fact.members)
    label = " ".join(fact.label.split())[:60]
    if made.kind is DifferenceKind.CONCEPT and old and new:
        period = old.period if old.period == new.period else f"{old.period}, {new.period}"
        yield f"  {old.concept} -> {new.concept}, {period}{members}: {_shown(old.value)} {old.unit}".rstrip()
    elif old and new:
        change = f" ({made.change:+,f})" if made.change is not None else ""
        period = old.period if old.period == new.period else f"{old.period} ({new.period})"
        yield f"  {new.concept}, {period}{members}: {_shown(old.value)} -> {_shown(new.value)} {fact.unit}{change}"
    else:
        yield f"  {fact.concept}, {fact.period}{members}: {_shown(fact.value)} {fact.unit}".rstrip()
    places = " | ".join(dict.fromkeys(f.at for f in (old, new) if f and f.at))
    yield f"      {f'{label!r} ' if label else ''}{places}".rstrip()


def _plain(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value or ""


def _shown(value: Value) -> str:
    if value is None:
        return "nil"
    return f"{value:,f}" if isinstance(value, Decimal) else repr(" ".join(value.split())[:80])
