"""The whole road: inline XBRL with all that belongs to it, in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..cli_inputs import opened_input
from ..cli_options import CONVERTING, INPUT, INTO_FOLDER, READING, TAXONOMY, TELLING, VALIDATING, chosen
from ..cli_printing import leave, tell_doubts
from ..console import progress, say
from ..findings import Severity, UnreadableInput, counted, worst
from ..model import Standing

if TYPE_CHECKING:
    from ..pipeline import Conversion


@click.command()
@INPUT
@INTO_FOLDER
@TAXONOMY
@READING
@TELLING
@VALIDATING
@CONVERTING
def convert(
    source: Path,
    folder: Path,
    no_validate: bool,
    formats: str,
    packages: Sequence[Path],
    package_folders: Sequence[Path],
    edgar_plugin: Path | None,
    force: bool,
    quiet: bool,
    fail_on: str,
    **options: Any,
) -> None:
    """Convert INPUT into inline XBRL in the folder DIR.

    \b
    DIR gets report.xhtml (for EDGAR PREFIX-YYYYMMDD.htm), the filer's extension taxonomy, report.xbri
    (a report package that any XBRL processor opens), facts.csv, findings.txt and .json, viewer.html,
    and receipt.txt, which says what was validated and how to repeat it.

    \b
    Examples:
      capxbrl convert filing.txt -o out
      capxbrl convert filing.txt -o out --cik 1009759 --overrides mine.csv
      capxbrl convert filing.txt -o out --no-validate --format facts
    """
    from ..folder import withdraw
    from ..pipeline import convert as run

    choices = chosen(options)
    data, name = opened_input(source)
    inputs = [
        source,
        *packages,
        *choices["overrides"],
        *choices["precedents"],
        *(p for p in (choices["learn_overrides"], choices["learned"], choices["review"]) if p),
    ]
    with progress() as tell:
        try:
            made = run(
                data,
                name=name,
                packages=packages,
                package_folders=package_folders,
                edgar_plugin=edgar_plugin,
                validate=not no_validate,
                formats=[f.strip() for f in formats.split(",") if f.strip()],
                progress=tell,
                **choices,
            )
        except (UnreadableInput, RecursionError, MemoryError) as error:
            withdraw(folder, str(error) or "there was not enough memory", inputs)
            raise
        written = made.save(folder, force=force, inputs=inputs)
    tell_doubts(made.findings, made.document.text, made.document.name, quiet=quiet)
    if made.report.facts and not quiet:
        say(_verdict(made), err=True)
        opener = next((n for n in ("viewer.html", made.report.page, "facts.csv") if n in made.files), "")
        say(f"Wrote {counted(len(written), 'file')} to {folder}/ - open {folder}/{opener}", err=True)
    leave(made.findings, fail_on)


def _verdict(made: Conversion) -> str:
    """One line: what was read, how it stands, whether it is valid, and what was reviewed of it."""
    read = f"{counted(len(made.statements), 'statement')}, {counted(len(made.facts), 'fact')}"
    counts = Counter(fact.reading.value for fact in made.facts)
    stand = ", ".join(f"{counts[s.value]} {s.value}" for s in Standing if counts[s.value])
    own = counted(len(made.report.extension.concepts), "extension concept")
    if made.validation is None:
        valid = "not validated"
    elif not made.validation.judged:
        valid = "not judged"
    else:
        valid = "NOT valid" if worst(made.validation.findings) is Severity.ERROR else "valid"
    return f"{read}: {stand}; {own}; {valid}.{_reviewed(made)}"


def _reviewed(made: Conversion) -> str:
    if made.journal is None:
        return ""
    from ..review import tally

    return f" Review: {tally(made)}."
