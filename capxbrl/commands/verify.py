"""Is a folder as the conversion wrote it?"""

from __future__ import annotations

from pathlib import Path

import click

from ..cli_options import FOLDER, TELLING, shape
from ..cli_printing import errors, leave, show
from ..console import say


@click.command()
@FOLDER
@shape("text", "json")
@TELLING
def verify(folder: Path, shape: str, quiet: bool, fail_on: str) -> None:
    """Check the files of DIR against its manifest and receipt: nothing missing, nothing changed.

    \b
    Example:
      capxbrl verify out --fail-on warning
    """
    from ..folder import verify as run

    findings = run(folder)
    show(errors(findings) if quiet else findings, shape)
    if not findings and not quiet:
        say(f"{folder}: every file is as the conversion wrote it", err=True)
    leave(findings, fail_on)
