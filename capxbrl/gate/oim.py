"""The report in the forms of the Open Information Model (xBRL-JSON, xBRL-CSV), by Arelle's own writer.

Its function is called with the model that has been validated: naming the plug-in would load the report once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..findings import Finding, Severity

#: What is asked of the plug-in, and what it writes then.
_ASKED = ("report.json", "report.csv")
FILES = ("report.json", "report-metadata.json", "report-facts.csv")


def written(loaded: Sequence[Any], folder: Path) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """{name: bytes} of one loaded report, as the plug-in makes them: references are relative where those of the report
    are. folder: for the time being.
    """
    try:
        from arelle.plugin.saveLoadableOIM import saveLoadableOIM

        folder.mkdir()
        (model,) = loaded
        for name in _ASKED:
            saveLoadableOIM(model, str(folder / name))
        return {name: (folder / name).read_bytes() for name in FILES}, ()
    except MemoryError:
        raise
    except Exception as error:  # a by-product: its failure must not hide the validation
        why = f"{type(error).__name__}: {error}"
        return {}, (_not_written(why),)


def _not_written(why: str) -> Finding:
    return Finding(
        code="gate.no-oim",
        severity=Severity.ERROR,
        message=f"xBRL-JSON and xBRL-CSV could not be made: {why}",
        hint="the report itself is not concerned; other formats hold the same facts",
    )
