"""What the commands give out: findings and data, to a terminal, a pipe or a file; the exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from . import __version__
from .console import out, tell
from .findings import Finding, Severity


def errors(findings: Sequence[Finding]) -> list[Finding]:
    """All that --quiet tells."""
    return [f for f in findings if f.severity is Severity.ERROR]


def tell_doubts(findings: Sequence[Finding], text: str, source: str | None = None, *, quiet: bool = False) -> None:
    """Findings to standard error, notes left out: they are in findings.txt."""
    least = (Severity.ERROR,) if quiet else (Severity.ERROR, Severity.WARNING)
    tell([f for f in findings if f.severity in least], text, source)


def show(findings: Sequence[Finding], shape: str, text: str = "", source: str | None = None) -> None:
    """Findings to standard output, in the shape asked for: text, or one of `shaped`."""
    if shape == "text":
        tell(findings, text, source, err=False)
    else:
        out(shaped(findings, shape))


def shaped(findings: Sequence[Finding], shape: str) -> str:
    """Findings for programs: json, sarif or github."""
    from .writers import findings as writer
    from .writers.sarif import as_sarif

    if shape == "github":
        return writer.as_github(findings)
    return as_sarif(findings, __version__) if shape == "sarif" else writer.as_json(findings)


def from_here(findings: Sequence[Finding], source: Path, name: str) -> list[Finding]:
    """The findings of an input with the path by which it was given, as tools look for it. name: what it is called."""
    return [
        replace(f, at=replace(f.at, source=source.as_posix())) if f.at and f.at.source == name else f for f in findings
    ]


def write(text: str, output: Path | None, inputs: Sequence[Path], excel: bool) -> None:
    """Data into a file, or to standard output; never over one of the inputs."""
    if excel:
        text = f"\ufeff{text}"
    if output is None:
        out(text)
        return
    from .files import put

    put(text.encode(), output, inputs)


def leave(findings: Sequence[Finding], fail_on: str = Severity.ERROR.value) -> NoReturn:
    """The end of a command: status 1 where a finding is that severe."""
    bad = {Severity.ERROR.value, fail_on}
    sys.exit(1 if any(f.severity.value in bad for f in findings) else 0)
