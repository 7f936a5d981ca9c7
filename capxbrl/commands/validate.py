"""Arelle's findings on reports that are there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..cli_inputs import report_in
from ..cli_options import AUDIT, EDGAR, JOBS, REPORTS, TELLING, VALIDATING, shape
from ..cli_printing import errors, leave, show
from ..console import progress, say
from ..findings import CapxbrlError, Finding, Position, UnreadableInput
from ..model import Profile


@click.command()
@REPORTS
@VALIDATING
@EDGAR
@JOBS
@AUDIT
@shape("text", "json", "sarif", "github")
@TELLING
def validate(
    reports: Sequence[Path],
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    time_limit: float,
    memory_limit: int,
    profile: str,
    edgar_plugin: Path | None,
    jobs: int,
    audit: float,
    shape: str,
    quiet: bool,
    fail_on: str,
) -> None:
    """Print Arelle's findings on inline XBRL files, report packages, and folders that `convert` wrote.

    \b
    Examples:
      capxbrl validate out/report.xbri
      capxbrl validate out/report.xhtml --format json
      capxbrl validate out-*/ --packages taxonomies --jobs 4 --audit 1%
      capxbrl validate out --profile edgar --edgar-plugin EDGAR
    """
    from .. import gate

    targets: list[Path] = []
    unread = False
    for report in reports:
        try:
            targets.append(report_in(report))
        except CapxbrlError as error:
            unread = True
            say(f"capxbrl: {error}", err=True)
    limits = gate.Limits(seconds=time_limit, megabytes=memory_limit)
    found: list[Finding] = []
    with progress() as tell:
        tell("validating")
        given: dict[str, Any] = {"packages": packages, "folders": package_folders, "limits": limits}
        given["edgar_plugin"] = edgar_plugin
        results = gate.validate_each(targets, **given, jobs=jobs, audit=audit)
        for target, result in zip(targets, results, strict=True):
            if isinstance(result, UnreadableInput):
                unread = True
                say(f"capxbrl: {result}", err=True)
                continue
            if edgar_plugin or profile == Profile.EDGAR:
                result = gate.by_the_manual(result, target, **given)
            told = [_of(target, f) if len(reports) > 1 else f for f in result.findings]
            found += told
            if shape == "text":
                show(errors(told) if quiet else told, shape)
                if not quiet:
                    say(gate.receipt(result), err=True)
    if shape != "text":
        show(errors(found) if quiet else found, shape)
    if unread:
        sys.exit(2)
    leave(found, fail_on)


def _of(report: Path, finding: Finding) -> Finding:
    """The finding as one among those of other reports, whose files may have the same names."""
    at = finding.at or Position(source=report.name)
    packed = report.suffix.lower() not in (".xhtml", ".html", ".htm", ".xml", ".xbrl") and at.source != report.name
    place = report / at.source if packed else report.parent / at.source
    return replace(finding, at=replace(at, source=str(place)))
