"""Findings as text (for editors and people) and as JSON (for programs)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..findings import Finding, Severity, counted, describe, page_numbers, source_lines
from ..model import Document


def as_text(findings: Sequence[Finding], document: Document) -> str:
    """One finding after the other, each with the source line it points at; a last line counts them."""
    lines = source_lines(document.text)
    count, pages = len(findings), page_numbers(lines) if "\f" in document.text else []
    return "\n".join([*(describe(f, lines, document.name, pages) for f in findings), counted(count, "finding"), ""])


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


#: The commands by which a job on GitHub annotates a file.
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """A line a finding, which GitHub Actions shows beside the line of the file ("Workflow commands")."""
    lines = []
    for finding in findings:
        at = finding.at
        place = {"file": at.source, "line": at.line, "col": at.column} if at else {}
        told = {name: str(value) for name, value in place.items() if value} | {"title": finding.code}
        properties = ",".join(f"{name}={_property(value)}" for name, value in told.items())
        text = finding.message + (f"\nhint: {finding.hint}" if finding.hint else "")
        lines.append(f"::{_COMMANDS[finding.severity]} {properties}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    """As it may stand in a command: one line, nothing that ends it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
