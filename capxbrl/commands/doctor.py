"""What this installation can do, and what it lacks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_options import LOOKED_AT
from ..console import out, progress, say


@click.command()
@LOOKED_AT
@click.option("--json", "as_json", is_flag=True, help="As docs/schema/doctor.json describes it.")
def doctor(package_folders: Sequence[Path], edgar_plugin: Path | None, as_json: bool) -> None:
    """Tell what this installation can do, and what it lacks.

    It looks at versions, extras, data, taxonomy packages, the plug-in EDGAR, the browser and limits, and converts a
    small filing for a trial. The exit status is 0 when all that is there works (what is optional may be absent), and 1
    when something is wrong.

    \b
    Examples:
      capxbrl doctor
      capxbrl doctor --packages taxonomies
      capxbrl doctor --json
    """
    from .. import health

    with progress() as tell:
        tell("looking")
        checks = health.examine(package_folders, edgar_plugin)
    if as_json:
        import json

        out(json.dumps(health.as_record(checks), indent=1, ensure_ascii=False) + "\n")
    else:
        for line in health.told(checks):
            say(line)
    sys.exit(0 if health.is_well(checks) else 1)
