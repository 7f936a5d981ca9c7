"""What the commands give out: findings and data, to a terminal, a pipe or a file; the exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

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
    """Findings to standard output, in the shape asked for: text or json."""
    from .writers import findings as writer

    if shape == "json":
        out(writer.as_json(findings))
    else:
        tell(findings, text, source, err=False)


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
