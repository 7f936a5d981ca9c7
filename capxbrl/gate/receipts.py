"""The validation receipt: what was checked, with what, and how anybody can do it again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..findings import Severity
from .inputs import PACKAGE_SUFFIXES
from .records import Validation

_COMMAND = "arelleCmdLine --internetConnectivity offline --validate --calc c11r --utr"
_DUPLICATES = "--validateDuplicateFacts inconsistent"


def receipt(validation: Validation) -> str:
    """The receipt as plain text: the same for the same report, whenever and wherever it was validated."""
    numeric = sum(isinstance(f.value, Decimal) for f in validation.facts)
    lines = [
        "Validation receipt",
        "==================",
        "",
        f"Report     {validation.report}",
        f"Processor  Arelle {validation.arelle}, offline",
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
        *(f"  {name}" for name in validation.dts),
        "",
    ]
    if validation.findings:
        lines += ["Findings", *(f"  {f}" + (f" (fact {f.fact})" if f.fact else "") for f in validation.findings), ""]
    lines += ["To repeat it, in the folder of the report", *(f"  {c}" for c in _commands(validation))]
    return "\n".join(lines) + "\n"


def _verdict(validation: Validation) -> str:
    if not validation.judged:
        return f"NOT JUDGED: {validation.findings[0].message}"
    errors = sum(f.severity is Severity.ERROR for f in validation.findings)
    warnings = sum(f.severity is Severity.WARNING for f in validation.findings)
    counts = f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
    return f"{'valid' if validation.valid else 'NOT VALID'}: {counts}"


def _commands(validation: Validation) -> Iterable[str]:
    packages = "|".join(validation.packages)
    with_packages = f' --packages "{packages}"' if "|" in packages else f" --packages {packages}" if packages else ""
    yield f"{_COMMAND}{with_packages} --file {validation.report} {_DUPLICATES}"
    if validation.report.lower().endswith(PACKAGE_SUFFIXES) and not packages:
        for name in validation.documents:
            yield f"{_COMMAND} --packages {validation.report} --file {name} {_DUPLICATES}"
