"""What became of many filings: how many, by cause, with examples."""

from __future__ import annotations

import csv
import heapq
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..findings import counted
from ..tables import harmless
from .records import CONVERTED, DOUBTFUL, FAILED, Record

_EXAMPLES = 3
_COUNTS = ("statements", "facts", "proved", "stated", "doubtful", "errors", "warnings")


@dataclass(slots=True)
class Summary:
    """Filled record by record; it keeps counts and a few examples, never the records."""

    outcomes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    verdicts: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    bad: int = 0

    def add(self, record: Record) -> None:
        self.outcomes[record.outcome] += 1
        self.bytes += record.bytes
        self.bad += record.is_bad
        self.verdicts[{True: "valid", False: "not valid", None: "not judged"}[record.valid]] += 1
        for name in _COUNTS:
            self.counts[name] += getattr(record, name)
        if record.outcome != CONVERTED:
            cause = (record.outcome, record.cause)
            self.causes[cause] += 1
            told = (record.input, record.reason)
            # The first by name, so that the order in which they came does not matter.
            self.examples[cause] = heapq.nsmallest(_EXAMPLES, [*self.examples.get(cause, ()), told])

    def as_json(self) -> str:
        """The same for the same records, in whatever order they came."""
        causes = [
            {
                "outcome": outcome,
                "cause": cause,
                "count": count,
                "examples": [{"input": name, "reason": reason} for name, reason in self.examples[outcome, cause]],
            }
            for (outcome, cause), count in self._causes()
        ]
        told: dict[str, Any] = {
            "inputs": self.outcomes.total(),
            **{name: self.outcomes[name] for name in (CONVERTED, DOUBTFUL, FAILED)},
            "bytes": self.bytes,
            "facts": {name: self.counts[name] for name in _COUNTS},
            "validity": dict(sorted(self.verdicts.items())),
            "causes": causes,
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """As a person reads it."""
        total = self.outcomes.total()
        shares = ", ".join(f"{self.outcomes[name]:,} {name}" for name in (CONVERTED, DOUBTFUL, FAILED))
        lines = [f"{counted(total, 'filing')}: {shares}; {counted(self.counts['facts'], 'fact')}"]
        for (outcome, cause), count in self._causes():
            lines.append(f"  {count:>7,} {outcome}: {cause}")
            lines += [f"          {name}: {reason[:160]}" for name, reason in self.examples[outcome, cause][:1]]
        return "\n".join(lines)

    def _causes(self) -> list[tuple[tuple[str, str], int]]:
        return sorted(self.causes.items(), key=lambda item: (item[0][0] != FAILED, -item[1], item[0]))


def set_aside(records: Iterable[Record]) -> str:
    """The filings that failed, each with its reason, as a CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("input", "cause", "reason", "attempts"))
    for record in sorted(records, key=lambda r: r.input):
        writer.writerow((harmless(record.input), record.cause, harmless(record.reason), record.attempts))
    return buffer.getvalue()
