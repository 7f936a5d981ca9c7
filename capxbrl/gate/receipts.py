"""The validation receipt: what was checked, with what, and how anybody can do it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from decimal import Decimal

from .. import __version__
from ..findings import Finding, Severity, counted, one_line
from .inputs import PACKAGE_SUFFIXES
from .records import Validation
from .sec import NO_TRANSFORMATIONS

_COMMAND = "arelleCmdLine --internetConnectivity offline --validate --calc c11r --utr"
_DUPLICATES = "--validateDuplicateFacts inconsistent"


def receipt(validation: Validation) -> str:
    """The receipt as plain text: the same for the same report, whenever and wherever it was validated."""
    numeric = sum(isinstance(f.value, Decimal) for f in validation.facts)
    lines = [
        "Validation receipt",
        "==================",
        "",
        f"Report     {one_line(validation.report)}",
        f"Processor  Arelle {validation.arelle}, offline",
        *(f"Package    {one_line(name)}, SHA-256 {digest}" for name, digest in validation.packages),
        *(f"Taxonomy   {name} of capxbrl {__version__}, SHA-256 {digest}" for name, digest in validation.own),
        f"Facts      {len(validation.facts)} read back: {numeric} numeric, {len(validation.facts) - numeric} other",
        f"Verdict    {_verdict(validation)}",
        "",
        "Checks that ran",
        *(f"  {c.name}: {c.version}" if c.version else f"  {c.name}" for c in validation.checks if c.ran),
        "",
        "Checks that did not run",
        *(f"  {c.name}: {c.why}" for c in validation.checks if not c.ran),
        "",
        f"Taxonomy files read ({len(validation.dts)})",
        *(f"  {one_line(name)}" for name in validation.dts),
        "",
    ]
    if validation.findings:
        lines += [
            "Findings",
            *(f"  {one_line(str(f))}{_about(f)}" for f in validation.findings),
            "",
        ]
    lines += ["To repeat it, in the folder of the report", *(f"  {one_line(c)}" for c in _commands(validation))]
    return "\n".join(lines) + "\n"


def _verdict(validation: Validation) -> str:
    if not validation.judged:
        return f"NOT JUDGED: {validation.findings[0].message}"
    errors = sum(f.severity is Severity.ERROR for f in validation.findings)
    warnings = sum(f.severity is Severity.WARNING for f in validation.findings)
    counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    if not validation.valid:
        return f"NOT VALID: {counts}"
    partly = any(f.code == NO_TRANSFORMATIONS for f in validation.findings)
    return f"{'valid as far as it is judged' if partly else 'valid'}: {counts}"


def _about(finding: Finding) -> str:
    """The fact that is meant, and of what does not count against the report, why."""
    why = finding.hint if finding.severity is Severity.NOTE else None
    said = [f"fact {finding.fact}"] if finding.fact else []
    said += [one_line(why)] if why else []
    return f" ({'; '.join(said)})" if said else ""


def _commands(validation: Validation) -> Iterable[str]:
    names = [name for name, _ in validation.packages]
    if validation.own:  # no file that a reader has: capxbrl brings it along
        yield shlex.join(["capxbrl", "validate", validation.report, *(a for n in names for a in ("--package", n))])
        return
    packages = f" --packages {shlex.quote('|'.join(names))}" if names else ""
    yield f"{_COMMAND}{packages} --file {shlex.quote(validation.report)} {_DUPLICATES}"
    if validation.report.lower().endswith(PACKAGE_SUFFIXES) and not names:
        for name in validation.documents:
            yield f"{_COMMAND} --packages {shlex.quote(validation.report)} --file {shlex.quote(name)} {_DUPLICATES}"
