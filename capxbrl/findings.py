"""What is worth telling about a filing, and where it stands: Finding, Position, Outcome, and the exceptions.

What is wrong with the *filing* is a Finding; an exception is for what the *caller* got wrong, or for input
that cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class CapxbrlError(Exception):
    """Base of all errors of this library; its text is one clear sentence for a person."""


class UnreadableInput(CapxbrlError):
    """The input is not a document that any reader understands."""


class BadData(CapxbrlError):
    """A data file (overrides, synonyms, a taxonomy table) is wrong; the text names file and line."""


class Severity(StrEnum):
    """error: the output would be wrong or there is none. warning: a person must look. note: for the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a source: line and column count from 1; table, row and cell (from 1) where there is a table."""

    source: str
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    def __str__(self) -> str:
        parts = [self.source] + [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to tell. `code` is stable (`tag.unknown-label`); `fact` is a fact id; `hint` is the remedy."""

    code: str
    severity: Severity
    message: str
    at: Position | None = None
    fact: str | None = None
    hint: str | None = None

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]"


class Outcome(NamedTuple, Generic[T]):
    """What a stage gives: its value and what it found. Unpacks: `value, findings = stage(...)`."""

    value: T
    findings: tuple[Finding, ...] = ()


def describe(finding: Finding, lines: Sequence[str] = (), source: str | None = None) -> str:
    """The finding as a person reads it: place, message, the source line it points at, and the remedy.

    source: the name of the file that `lines` are of; a finding about another file shows no line of it.
    """
    out = [str(finding)]
    line = finding.at.line if finding.at and source in (None, finding.at.source) else None
    if line is not None and 1 <= line <= len(lines) and lines[line - 1].strip():
        excerpt = lines[line - 1].replace("\t", "  ").rstrip()
        out.append(f"    {line:>5} | {excerpt if len(excerpt) <= 120 else excerpt[:117] + '...'}")
    if finding.hint:
        out.append(f"  hint: {finding.hint}")
    return "\n".join(out)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest severity among the findings, or None when there are none."""
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return max((f.severity for f in findings), key=order.index, default=None)
