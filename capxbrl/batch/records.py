"""What becomes of one filing of many, in one line of the journal."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..findings import Severity
from ..model import Standing
from ..reprs import Brief

if TYPE_CHECKING:
    from ..conversion import Conversion

CONVERTED, DOUBTFUL, FAILED = "converted", "doubtful", "failed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Record(Brief):
    """input, key: its name, and what its outputs are named by. sha256, bytes: of the input. options: their digest;
    version: of capxbrl. outcome: `converted`, `doubtful` (a finding of severity error, or a fact that is doubtful) or
    `failed` (no report); cause, reason: of the last two, "" else. statements, facts, proved, stated, doubtful: how many
    of each; errors, warnings: findings. valid: what Arelle says, None where it was not asked or could not judge.
    seconds: that it took. attempts: 2, where it was tried again alone. outputs: a digest of what was written.
    """

    input: str
    key: str
    sha256: str
    bytes: int
    options: str
    version: str = __version__
    outcome: str = CONVERTED
    cause: str = ""
    reason: str = ""
    statements: int = 0
    facts: int = 0
    proved: int = 0
    stated: int = 0
    doubtful: int = 0
    errors: int = 0
    warnings: int = 0
    valid: bool | None = None
    seconds: float = 0.0
    attempts: int = 1
    outputs: str = ""

    @property
    def is_bad(self) -> bool:
        """As an exit status of 1 means it."""
        return self.outcome == FAILED or self.errors > 0


def line(record: Record) -> bytes:
    return (json.dumps(asdict(record), ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def parsed(line: bytes) -> Record | None:
    """None for a line that is torn, or none of ours."""
    try:
        said = json.loads(line.decode("utf-8", "surrogatepass"))
        return Record(**said) if line.endswith(b"\n") and said.keys() == _NAMES else None
    except (ValueError, TypeError, AttributeError):
        return None


_NAMES = {f.name for f in fields(Record)}


def told(made: Conversion) -> dict[str, Any]:
    """What a record says of a conversion."""
    standing = Counter(fact.reading for fact in made.facts)
    severities = Counter(f.severity for f in made.findings)
    first = next((f for f in made.findings if f.severity is Severity.ERROR), None)
    outcome, cause, reason = CONVERTED, "", ""
    if not made.facts:
        outcome, cause, reason = FAILED, "no-report", "it holds no fact that could be reported"
    elif first is not None or standing[Standing.DOUBTFUL]:
        outcome, cause, reason = DOUBTFUL, "doubtful-facts", "figures of it are doubtful"
    if first is not None:
        cause, reason = first.code, first.message
    judged = made.validation is not None and made.validation.judged
    return {
        "outcome": outcome,
        "cause": cause,
        "reason": reason,
        "statements": len(made.statements),
        "facts": len(made.facts),
        "proved": standing[Standing.PROVED],
        "stated": standing[Standing.STATED],
        "doubtful": standing[Standing.DOUBTFUL],
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "valid": made.validation.valid if made.validation is not None and judged else None,
    }
