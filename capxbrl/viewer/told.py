"""The notes of a report: what the viewer says of each fact and of each finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..explanation import witnesses
from ..findings import Finding, Position, Severity, excerpt, source_lines
from ..model import Fact, Report
from ..ties import relations
from .places import Words, words_of

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class _Texts:
    """Texts that are told many times, each written once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


def notes(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """What templates/viewer.js reads: the facts by id, the findings (the worst first), and the texts they refer to.

    facts: label, standing, confidence, why, at, line (number of a text), told (numbers of texts: what bears the figure
    out). findings: code, severity, message, hint, at, line, fact, place (where its words begin among all characters of
    the page that are no blanks, and the words without blanks).
    """
    lines = source_lines(report.document.text)
    source = report.document.name
    told = witnesses(report.statements, relations(report.statements))
    words = words_of(report.document)
    texts = _Texts()

    def line(at: Position | None) -> int | None:
        if at is None or at.line is None or at.source != source or not 0 < at.line <= len(lines):
            return None
        return texts.number(excerpt(lines[at.line - 1].replace("\f", ""), at.column or 1))

    facts = {
        fact.id: _fact(fact) | {"line": line(fact.at), "told": [texts.number(t) for t in told.get(fact.at, ())]}
        for fact in report.facts
    }
    ordered = sorted(findings, key=lambda f: _ORDER.index(f.severity))
    return {
        "source": source,
        "facts": facts,
        "findings": [_finding(f, words, source) | {"line": line(f.at)} for f in ordered],
        "texts": texts.all(),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "label": fact.label,
        "concept": fact.concept.qname,
        "standing": fact.reading.value,
        "confidence": round(fact.confidence, 2),
        "why": fact.why,
        "at": str(fact.at),
    }


def _finding(finding: Finding, words: Words, source: str) -> dict[str, Any]:
    at = finding.at
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint or "",
        "at": str(at) if at else "",
        "fact": finding.fact or "",
        "place": words.place(at) if at is not None and at.source == source else None,
    }
