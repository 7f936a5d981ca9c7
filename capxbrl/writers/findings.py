"""Findings as text (for editors and people) and as JSON (for programs)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..findings import Finding, describe, source_lines
from ..model import Document


def as_text(findings: Sequence[Finding], document: Document) -> str:
    """One finding after the other, each with the source line it points at; a last line counts them."""
    lines = source_lines(document.text)
    count = len(findings)
    return "\n".join(
        [*(describe(f, lines, document.name) for f in findings), f"{count} finding{'' if count == 1 else 's'}", ""]
    )


def as_json(findings: Sequence[Finding]) -> str:
    """{"findings": [{"code", "severity", "message", "source", "line", "column", "fact", "hint"}]}."""
    rows = [
        {
            "code": f.code,
            "severity": f.severity.value,
            "message": f.message,
            "source": f.at.source if f.at else None,
            "line": f.at.line if f.at else None,
            "column": f.at.column if f.at else None,
            "fact": f.fact,
            "hint": f.hint,
        }
        for f in findings
    ]
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=2) + "\n"
