"""The interactive viewer of a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_inputs import report_in
from ..cli_options import REPORT, VALIDATING
from ..cli_printing import tell_doubts
from ..console import progress, say
from ..files import load, save
from ..findings import CapxbrlError


@click.command()
@REPORT
@VALIDATING
@click.option("--no-open", is_flag=True, help="Only make the viewer; do not start a browser.")
@click.option("--review", is_flag=True, help="Mark the figures and dates on the page that have no tag.")
def view(
    report: Path,
    no_open: bool,
    review: bool,
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    time_limit: float,
    memory_limit: int,
) -> None:
    """Open the interactive viewer of REPORT: an output folder, a report package, or an inline XBRL file.

    Click a figure to see how it stands, why it carries its concept, and its line of the source; the tab Findings leads
    to the place of each finding.  --review adds review.html, which marks what has no tag.

    Whatever a browser would run or load is taken out of a report of somebody else, and told. A viewer that was not made
    by capxbrl is neither opened nor replaced.

    \b
    Example:
      capxbrl view out
      capxbrl view --review out
    """
    from .. import gate, viewer

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
    if review:
        marked = viewer.reviewing(load(page, gate.MAX_MEMBER_BYTES).decode())
        page = folder / gate.REVIEW
        save({page.name: marked.encode()}, folder)
    say(str(page))
    if not no_open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
