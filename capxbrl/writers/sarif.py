"""findings.sarif: the findings as code scanners exchange them (SARIF 2.1.0, OASIS 2020), for editors and forges."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ..findings import Finding, Position, Severity
from .told import Told

SUFFIX = ".sarif"
ASKED = True

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"findings.sarif": as_sarif(told.findings, told.versions.get("capxbrl", "")).encode()}


def as_sarif(findings: Sequence[Finding], version: str = "") -> str:
    """A log of one run: a rule for each code, a result for each finding; a hint is a paragraph of its message."""
    codes = sorted({f.code for f in findings})
    driver: dict[str, Any] = {"name": "capxbrl", "rules": [{"id": code} for code in codes]}
    if version:
        driver["semanticVersion"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, codes.index(f.code)) for f in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    text = finding.message + (f"\n\nhint: {finding.hint}" if finding.hint else "")
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    if finding.at and finding.at.source:
        made["locations"] = [{"physicalLocation": _location(finding.at)}]
    if finding.fact:
        made["properties"] = {"fact": finding.fact}
    return made


def _location(at: Position) -> dict[str, Any]:
    """The place: lines and columns count from 1 there as here (SARIF, 3.30.5 and 3.30.6)."""
    made: dict[str, Any] = {"artifactLocation": {"uri": quote(at.source)}}
    if at.line:
        made["region"] = {"startLine": at.line} | ({"startColumn": at.column} if at.column else {})
    return made
