"""The interactive viewer of a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_inputs import report_in
from ..cli_options import REPORT, VALIDATING
from ..cli_printing import tell_doubts
from ..console import progress, say
from ..findings import CapxbrlError


@click.command()
@REPORT
@VALIDATING
@click.option("--no-open", is_flag=True, help="Only make the viewer; do not start a browser.")
def view(
    report: Path,
    no_open: bool,
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    time_limit: float,
    memory_limit: int,
) -> None:
    """Open the interactive viewer of REPORT: an output folder, a report package, or an inline XBRL file.

    Whatever a browser would run or load is taken out of a report of somebody else, and told. A viewer that was not made
    by capxbrl is neither opened nor replaced.

    \b
    Example:
      capxbrl view out
    """
    from .. import gate

    folder = report if report.is_dir() else report.parent
    page = folder / gate.VIEWER_FILES[0]
    if not (gate.holds_viewer(folder) and report.is_dir()):
        target = report_in(report)
        limits = gate.Limits(seconds=time_limit, megabytes=memory_limit)
        with progress() as tell:
            tell("making the viewer")
            made = gate.validate(target, packages=packages, folders=package_folders, viewer=folder, limits=limits)
        tell_doubts([f for f in made.findings if f.code in ("gate.active-content", "gate.no-viewer")], "")
        if not made.viewer:
            raise CapxbrlError(f"{report}: no viewer could be made; `capxbrl validate` says why")
    say(str(page))
    if not no_open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
